"""Schedules against autograd, against the formulas of the papers, and against the public code's numbers."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.integrate import quad
from torch import Tensor

from driftkit.sampler.schedules import RELATIONS, SCHEDULES, SIGMA_MIN, Cosine, Schedule

RECORDED = np.load(Path(__file__).parents[1] / "golden" / "crash_sdes.npz")
EACH = pytest.mark.parametrize("name", SCHEDULES)


def times(schedule: Schedule) -> Tensor:
    """Times over all that sampling visits, its ends included."""
    return torch.linspace(schedule.t_min, schedule.t_start, 201, dtype=torch.float64)[:-1] + 1e-9


def slope(function, t: Tensor) -> Tensor:
    t = t.clone().requires_grad_(True)
    return torch.autograd.grad(function(t).sum(), t)[0]


def close(a: Tensor, b: Tensor, rtol: float = 1e-9) -> None:
    torch.testing.assert_close(a, b, rtol=rtol, atol=1e-12)


@EACH
def test_the_derivatives_of_sigma_and_m_are_those_of_autograd(name: str) -> None:
    schedule = SCHEDULES[name]
    t = times(schedule)
    close(schedule.dsigma(t), slope(schedule.sigma, t))
    if schedule.eta:
        close(schedule.dm(t), slope(schedule.m, t))
        close(schedule.f(t), slope(lambda t: schedule.m(t).log(), t))
    else:
        assert not schedule.dm(t).any() and not schedule.f(t).any() and bool((schedule.m(t) == 1).all())


@EACH
def test_g2_is_the_growth_of_the_variance_that_drift_does_not_explain(name: str) -> None:
    schedule = SCHEDULES[name]
    t = times(schedule)
    drift = slope(lambda t: schedule.m(t).log(), t) if schedule.eta else 0
    close(schedule.g2(t), slope(lambda t: schedule.sigma(t) ** 2, t) - 2 * drift * schedule.sigma(t) ** 2, 1e-8)
    assert bool((schedule.g2(t) > 0).all())


@EACH
def test_t_of_undoes_sigma_and_t_of_s_undoes_s(name: str) -> None:
    schedule = SCHEDULES[name]
    t = times(schedule)
    close(schedule.t_of(schedule.sigma(t)), t)
    back = [schedule.t_of_s(s) for s in schedule.s(t).tolist()]
    close(torch.tensor(back, dtype=torch.float64), t)


@EACH
def test_floats_and_tensors_give_the_same(name: str) -> None:
    schedule = SCHEDULES[name]
    t = times(schedule)[::20]
    for function in (schedule.sigma, schedule.dsigma, schedule.m, schedule.f, schedule.beta, schedule.g2, schedule.s):
        close(torch.tensor([function(x) for x in t.tolist()], dtype=torch.float64), function(t), 1e-12)


@EACH
@pytest.mark.parametrize("t", [0.0, 1.0])
def test_the_ends_have_numbers_too_and_they_are_limits(name: str, t: float) -> None:
    schedule = SCHEDULES[name]
    near = abs(t - 1e-9)
    for function in (schedule.sigma, schedule.dsigma, schedule.m, schedule.f, schedule.beta, schedule.g2, schedule.s):
        end, limit = function(t), function(near)
        assert end == float(function(torch.tensor(t, dtype=torch.float64))), function
        assert math.isclose(end, limit, rel_tol=1e-3, abs_tol=1e-4) or (abs(limit) > 1e3 and abs(end) == math.inf), (
            function
        )


def test_where_ddpm_begins_and_v_ends() -> None:
    assert SCHEDULES["vp_exp"].g2(0.0) == SCHEDULES["vp_exp"].beta(0.0) == 0.1
    assert SCHEDULES["v"].g2(1.0) == SCHEDULES["v"].s(1.0) == math.inf == -SCHEDULES["v"].f(1.0)


@EACH
def test_the_signal_to_noise_ratio_falls_all_the_way(name: str) -> None:
    schedule = SCHEDULES[name]
    s = schedule.s(times(schedule))
    assert bool((s[1:] > s[:-1]).all())


@EACH
def test_sampling_begins_at_sigma_min_and_ends_at_t_1_or_where_s_is_80(name: str) -> None:
    schedule = SCHEDULES[name]
    assert math.isclose(schedule.sigma(schedule.t_min), SIGMA_MIN, rel_tol=1e-3)  # sigmoid starts a hair above
    end = schedule.s(schedule.t_start)
    assert end <= 80 * (1 + 1e-9)
    assert schedule.t_start == 1 or math.isclose(end, 80, rel_tol=1e-9)


RELATIONS_OF_THE_PAPER = {
    "vp": lambda sigma: (1 - sigma**2).sqrt(),
    "subvp": lambda sigma: (1 - sigma).sqrt(),
    "subvp_1_1": lambda sigma: 1 - sigma,
    "subvp_1_2": lambda sigma: (1 - sigma) ** 2,
}
CURVES_OF_THE_PAPER = {
    "cos": lambda t: (1 - torch.cos((1 - 0.006) * math.pi * t)) / 2,
    "exp": lambda t: (1 - torch.exp(-0.1 * t - 9.95 * t**2)).sqrt(),
    "sigmoid": lambda t: torch.sigmoid(22.31 * t - 18.42).sqrt(),
}


@pytest.mark.parametrize("relation", RELATIONS_OF_THE_PAPER)
@pytest.mark.parametrize("curve", CURVES_OF_THE_PAPER)
def test_m_and_sigma_are_the_formulas_of_the_paper(relation: str, curve: str) -> None:
    schedule = SCHEDULES[f"{relation}_{curve}"]
    t = torch.linspace(0.01, schedule.t_start, 100, dtype=torch.float64)
    sigma = CURVES_OF_THE_PAPER[curve](t)
    close(schedule.sigma(t), sigma)
    close(schedule.m(t), RELATIONS_OF_THE_PAPER[relation](sigma))


def test_v_goes_round_a_quarter_circle_and_ve_keeps_the_sound() -> None:
    t = torch.linspace(0.01, 0.99, 50, dtype=torch.float64)
    close(SCHEDULES["v"].sigma(t), torch.sin(math.pi * t / 2))
    close(SCHEDULES["v"].m(t), torch.cos(math.pi * t / 2))
    ve = SCHEDULES["ve"]
    assert math.isclose(ve.sigma(0.0), 1e-4, rel_tol=1e-12) and math.isclose(ve.s(1.0), ve.sigma(1.0))
    close((ve.sigma(t[1:]) / ve.sigma(t[:-1])).log().diff(), torch.zeros(48, dtype=torch.float64))


def test_vp_exp_has_the_linear_beta_of_ddpm() -> None:
    t = torch.linspace(0.001, 0.9, 50, dtype=torch.float64)
    close(SCHEDULES["vp_exp"].beta(t), 0.1 + 19.9 * t)
    close(SCHEDULES["vp_exp"].g2(t), 0.1 + 19.9 * t)


G2_OVER_BETA = {  # CRASH table 2, by the integral of beta; the last row with its exponents put right
    "vp": lambda area: 1.0,
    "subvp": lambda area: 1 - math.exp(-2 * area),
    "subvp_1_1": lambda area: 1 - math.exp(-area / 2),
    "subvp_1_2": lambda area: 1 - 1.5 * math.exp(-area / 4) + 0.5 * math.exp(-area / 2),
}


@pytest.mark.parametrize("relation", G2_OVER_BETA)
@pytest.mark.parametrize("curve", ["cos", "linear"])
def test_g2_is_the_closed_form_of_table_2(relation: str, curve: str) -> None:
    schedule = SCHEDULES[f"{relation}_{curve}"]
    for t in (0.1, 0.4, 0.85):
        area, _ = quad(schedule.beta, 0, t, epsabs=1e-13, epsrel=1e-12)
        assert math.isclose(schedule.g2(t), schedule.beta(t) * G2_OVER_BETA[relation](area), rel_tol=1e-9)


PUBLIC = {
    "vp_exp": SCHEDULES["vp_sigmoid"],  # the public code's name for the sigmoid curve
    **{f"{r.replace('1_', '1-')}_cos": Schedule(Cosine(0), *pair) for r, pair in RELATIONS.items()},
}


@pytest.mark.parametrize("row", PUBLIC)
def test_the_numbers_of_the_public_code_are_met(row: str) -> None:
    t = torch.from_numpy(RECORDED["t"])
    schedule = PUBLIC[row]
    for name, ours in {
        "sigma": schedule.sigma(t), "mean": schedule.m(t), "beta": schedule.beta(t), "g": schedule.g2(t).sqrt(),
    }.items():  # fmt: skip
        close(ours, torch.from_numpy(RECORDED[f"{row}/{name}"]), 1e-12)
