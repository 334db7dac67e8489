"""Solvers against the exact flow of a Gaussian: measured orders, exact moments, and the identities of the papers."""

import itertools
import math

import pytest
import torch
from oracles import Gaussian, Mixture, normal
from torch import Tensor

from driftkit.sampler.denoisers import from_eps, from_v
from driftkit.sampler.grids import SPACINGS, grid, grid_up, level
from driftkit.sampler.hit import ADAPTIVE, LEARNED, SOLVER_NAMES, SPACING_NAMES
from driftkit.sampler.schedules import SCHEDULES, Schedule
from driftkit.sampler.solvers import SOLVERS, Level, split, trajectory

DRUM = Gaussian(0.3, 0.5)
EACH = pytest.mark.parametrize("name", [name for name in SOLVERS if name not in ADAPTIVE])
COS = SCHEDULES["vp_cos"]


def last(walk) -> Tensor:
    *_, (y, _) = walk
    return y


def measured_order(name: str, schedule: Schedule, spacing: str, up: bool = False) -> float:
    """The slope of log error over log steps, between the start of sampling and s = 0.05."""
    errors = []
    for steps in (100, 200, 400):
        visited = SPACINGS[spacing](schedule, schedule.s(schedule.t_start), 0.05, steps + 1)
        levels = [level(schedule, schedule.t_of_s(s)) for s in (reversed(visited) if up else visited)]
        start, end = levels[0].s, levels[-1].s
        y = DRUM.mean + math.sqrt(DRUM.std**2 + start**2) * torch.tensor([[[-1.3, 0.2, 0.9]]], dtype=torch.float64)
        exact = DRUM.flow(y, start, end)
        errors.append(float((last(trajectory(DRUM, y, levels, SOLVERS[name])) - exact).norm()))
    return math.log(errors[0] / errors[-1]) / math.log(4)


def test_a_hit_can_name_every_solver_and_spacing_and_no_other() -> None:
    assert SOLVER_NAMES == tuple(SOLVERS) and SPACING_NAMES == (*SPACINGS, LEARNED)
    assert ADAPTIVE == tuple(name for name, solver in SOLVERS.items() if not solver.evals)


@EACH
def test_errors_fall_with_the_order_that_the_solver_claims(name: str) -> None:
    assert measured_order(name, COS, "karras") == pytest.approx(SOLVERS[name].order, abs=0.25)


@pytest.mark.parametrize(
    "schedule", ["vp_exp", "subvp_cos", "subvp_1_1_cos", "subvp_1_2_sigmoid", "vp_linear", "v", "ve"]
)
@pytest.mark.parametrize("spacing", ["karras", "log_snr"])
def test_euler_which_works_in_t_keeps_its_order_on_every_schedule(schedule: str, spacing: str) -> None:
    assert measured_order("euler", SCHEDULES[schedule], spacing) == pytest.approx(1, abs=0.25)


@pytest.mark.parametrize("name", ["ddim", "heun", "dpmpp_2m", "euler"])
@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("up", [False, True])
def test_orders_hold_on_every_grid_and_both_ways(name: str, spacing: str, up: bool) -> None:
    assert measured_order(name, COS, spacing, up) == pytest.approx(SOLVERS[name].order, abs=0.25)


@pytest.mark.parametrize("spacing", SPACINGS)
def test_the_third_order_is_more_than_the_second_on_every_grid(spacing: str) -> None:
    """Its first two steps are of lower order, which shows where they are long; on Karras levels it is 3, see above."""
    assert measured_order("dpmpp_3m", COS, spacing) > 2.2


@EACH
def test_a_step_costs_the_calls_that_the_solver_claims(name: str) -> None:
    calls = []

    def counting(y: Tensor, s: Tensor, to: Tensor | None = None) -> Tensor:
        calls.append(float(s[0]))
        return DRUM(y, s)

    visited = grid(COS, "karras", 80, 0.01, 10)[:-1]
    last(trajectory(counting, normal(1, 1, 2), visited, SOLVERS[name]))
    assert len(calls) == SOLVERS[name].evals * (len(visited) - 1)


def moments(name: str, stochasticity: float, steps: int, schedule: Schedule = COS) -> tuple[float, float]:
    """Mean and standard deviation of what sampling gives on N(0.3, 0.5^2), without any sampling error.

    The sampler is affine in the start noise and every draw: the mean is what silence gives, and with one draw per
    sample of the sound, that sample holds the draw's weight; independent weights add in squares.
    """
    levels = grid(schedule, "karras", schedule.s(schedule.t_start), 1e-3, steps)
    silence = torch.zeros(1, 1, steps + 2, dtype=torch.float64)
    mean = last(trajectory(DRUM, silence, levels, SOLVERS[name], stochasticity, lambda: silence))
    units = iter(torch.eye(steps + 2, dtype=torch.float64)[:, None, None])
    one = last(trajectory(DRUM, levels[0].s * next(units), levels, SOLVERS[name], stochasticity, lambda: next(units)))
    return float(mean[0, 0, 0]), float((one - mean).norm())


@EACH
@pytest.mark.parametrize("stochasticity", [0.0, 0.5, 1.0])
def test_the_mean_and_spread_of_samples_are_those_of_the_data(name: str, stochasticity: float) -> None:
    mean, std = moments(name, stochasticity, 400)
    assert mean == pytest.approx(DRUM.mean, abs=0.006)  # starting from mean 0 at s = 75 leaves 0.002
    assert std == pytest.approx(DRUM.std, abs=0.008)
    coarse = moments(name, stochasticity, 100)[1]
    assert abs(std - DRUM.std) < 0.4 * abs(coarse - DRUM.std)


@pytest.mark.parametrize("schedule", ["vp_exp", "subvp_1_1_cos", "v", "ve"])
@pytest.mark.parametrize("stochasticity", [0.5, 1.0])
def test_euler_keeps_the_spread_on_other_schedules(schedule: str, stochasticity: float) -> None:
    assert moments("euler", stochasticity, 400, SCHEDULES[schedule])[1] == pytest.approx(DRUM.std, abs=0.008)


@pytest.mark.parametrize("name", ["heun", "dpmpp_2m", "dpmpp_3m"])
@pytest.mark.parametrize("stochasticity", [0.5, 1.0])
def test_higher_orders_stay_better_than_ddim_under_noise(name: str, stochasticity: float) -> None:
    for steps in (16, 64):
        bias = abs(moments(name, stochasticity, steps)[1] - DRUM.std)
        assert bias < abs(moments("ddim", stochasticity, steps)[1] - DRUM.std)


@pytest.mark.parametrize("name, stochasticity", [("dpmpp_2m", 0.0), ("heun", 1.0), ("ddim", 1.0), ("dpmpp_2m", 1.0)])
def test_a_mixture_is_sampled_with_its_weights_and_its_spreads(name: str, stochasticity: float) -> None:
    kinds = Mixture(
        torch.tensor([[-1.0], [0.2], [1.5]], dtype=torch.float64),
        torch.tensor([0.1, 0.15, 0.2], dtype=torch.float64),
        torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64),
    )
    draws = (normal(10_000, 1, 1, seed=i) for i in itertools.count())
    levels = grid(COS, "karras", 75, 1e-3, 120)
    x = last(trajectory(kinds, levels[0].s * next(draws), levels, SOLVERS[name], stochasticity, lambda: next(draws)))
    owner = (x[:, 0] - kinds.means[:, 0]).abs().argmin(1)
    for k in range(3):
        mine = x[owner == k]
        assert len(mine) / len(x) == pytest.approx(float(kinds.weights[k]), abs=0.015)
        assert float(mine.mean()) == pytest.approx(float(kinds.means[k, 0]), abs=0.02)
        assert float(mine.std()) == pytest.approx(float(kinds.stds[k]), abs=0.012)


def bent(y: Tensor, s: Tensor, to: Tensor | None = None) -> Tensor:
    """A denoiser that is nobody's posterior mean, for identities that must hold whatever the network says."""
    return torch.tanh(y / (1 + s[:, None, None])) - 0.2


@pytest.mark.parametrize("stochasticity", [0.0, 0.4, 1.0])
def test_ddim_is_the_formula_of_ddim_and_at_1_the_posterior_of_ddpm(stochasticity: float) -> None:
    here, there = level(COS, 0.7), level(COS, 0.55)
    x, z = normal(2, 1, 5), normal(2, 1, 5, seed=1)
    y = last(trajectory(bent, x / here.m, [here, there], SOLVERS["ddim"], stochasticity, lambda: z))
    bar, bar_to = here.m**2, there.m**2  # the alpha-bars of DDPM; under VP sigma^2 = 1 - alpha-bar
    clean = bent(x / here.m, torch.full((2,), here.s, dtype=x.dtype))
    eps = (x - math.sqrt(bar) * clean) / math.sqrt(1 - bar)
    alpha = bar / bar_to
    std = stochasticity * math.sqrt((1 - bar_to) / (1 - bar) * (1 - alpha))  # DDIM eq. 16
    ddim = math.sqrt(bar_to) * clean + math.sqrt(1 - bar_to - std**2) * eps + std * z  # DDIM eq. 12
    torch.testing.assert_close(there.m * y, ddim, rtol=1e-12, atol=1e-12)
    if stochasticity == 1:
        mean = (math.sqrt(bar_to) * (1 - alpha) * clean + math.sqrt(alpha) * (1 - bar_to) * x) / (1 - bar)  # eq. 7
        torch.testing.assert_close(there.m * y, mean + std * z, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("schedule", ["vp_cos", "subvp_1_1_cos", "ve"])
def test_dpmpp_2m_with_stochasticity_1_is_sde_dpm_solver_2m(schedule: str) -> None:
    """Lu et al. 2022, the SDE solver of second order, in its own letters: alpha, sigma, h = ln(s / s'), r = h' / h."""
    levels = [level(SCHEDULES[schedule], t) for t in (0.7, 0.62, 0.5)]
    x, draws = normal(2, 1, 5), [normal(2, 1, 5, seed=1), normal(2, 1, 5, seed=2)]
    y = last(trajectory(bent, x / levels[0].m, levels, SOLVERS["dpmpp_2m"], 1.0, iter(draws).__next__))
    before, h_before = None, 0.0
    for (here, there), z in zip(itertools.pairwise(levels), draws):
        h, sigma, sigma_to = math.log(here.s / there.s), here.s * here.m, there.s * there.m
        clean = bent(x / here.m, torch.full((2,), here.s, dtype=x.dtype))
        slope = 0 if before is None else (clean - before) * h / h_before
        gain = there.m * (1 - math.exp(-2 * h))
        x = sigma_to / sigma * math.exp(-h) * x + gain * (clean + slope / 2)
        x = x + sigma_to * math.sqrt(1 - math.exp(-2 * h)) * z
        before, h_before = clean, h
    torch.testing.assert_close(levels[-1].m * y, x, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("stochasticity", [0.0, 0.3, 1.0])
def test_split_keeps_the_variance_of_the_level(stochasticity: float) -> None:
    for s, to in ((80, 30), (1, 0.9999), (0.3, 0.001), (2, 0)):
        down, up = split(s, to, stochasticity)
        assert down**2 + up**2 == pytest.approx(to**2, rel=1e-12)
        assert (up > 0) == (stochasticity > 0 and to > 0)
    assert split(1, 0.5, 1)[0] == pytest.approx(0.25)  # s'^2 / s: what is left of DDPM's own eps
    assert split(0.5, 1, 1) == (1, 0)  # upwards there is nothing to add


@EACH
def test_no_noise_is_drawn_at_stochasticity_0_nor_by_the_last_step(name: str) -> None:
    levels = grid(COS, "karras", 80, 0.01, 12)
    last(trajectory(DRUM, normal(1, 1, 2), levels, SOLVERS[name]))  # its default noise raises
    drawn = []
    last(trajectory(DRUM, normal(1, 1, 2), levels, SOLVERS[name], 1, lambda: drawn.append(1) or normal(1, 1, 2)))
    assert len(drawn) == len(levels) - 2
    with pytest.raises(ValueError, match="needs a source of noise"):
        last(trajectory(DRUM, normal(1, 1, 2), levels, SOLVERS[name], 0.1))


@EACH
def test_the_last_step_ends_on_the_clean_estimate(name: str) -> None:
    levels = grid(COS, "karras", 80, 0.01, 12)
    *_, (before, _), (y, clean) = trajectory(bent, 80 * normal(1, 1, 4), levels, SOLVERS[name])
    torch.testing.assert_close(y, clean, rtol=0, atol=1e-15)
    torch.testing.assert_close(y, bent(before, torch.full((1,), levels[-2].s, dtype=y.dtype)), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("spacing", SPACINGS)
def test_grids_visit_what_was_asked_from_end_to_end(spacing: str) -> None:
    levels = grid(COS, spacing, 70, 5e-4, 16)
    assert len(levels) == 17 and levels[-1] == Level(0.0, 0.0)
    assert [levels[0].s, levels[-2].s] == pytest.approx([70, 5e-4], rel=1e-9)
    assert all(a.s > b.s and a.t > b.t for a, b in itertools.pairwise(levels))
    up = grid_up(COS, spacing, 70, 5e-4, 16)
    assert len(up) == 17 and [up[0].s, up[-1].s] == pytest.approx([5e-4, 70], rel=1e-9)
    for one in levels[:-1]:
        assert (one.m, one.f, one.g2) == (COS.m(one.t), COS.f(one.t), COS.g2(one.t))
        assert one.s == pytest.approx(COS.sigma(one.t) / one.m)


@pytest.mark.parametrize("schedule", ["vp_cos", "vp_sigmoid", "subvp_cos", "subvp_1_1_exp", "subvp_1_2_cos", "ve", "v"])
def test_a_network_that_predicts_exactly_becomes_the_exact_denoiser(schedule: str) -> None:
    process = SCHEDULES[schedule]
    s = torch.tensor([1e-3, 0.3, 2.0, 6.5], dtype=torch.float64)
    y = DRUM.mean + normal(4, 1, 3) * (DRUM.std**2 + s**2).sqrt()[:, None, None]

    def eps(x: Tensor, sigma: Tensor) -> Tensor:  # E[eps | x] = -sigma score, x ~ N(m mean, m^2 std^2 + sigma^2)
        sigma = sigma[:, None, None]
        m = process.m_of(sigma)
        return sigma * (x - m * DRUM.mean) / (m**2 * DRUM.std**2 + sigma**2)

    def v(x: Tensor, sigma: Tensor) -> Tensor:
        wide = sigma[:, None, None]
        m = process.m_of(wide)
        noise = eps(x, sigma)
        return m * noise - wide * (x - wide * noise) / m

    torch.testing.assert_close(from_eps(eps, process)(y, s), DRUM(y, s), rtol=1e-10, atol=1e-12)
    torch.testing.assert_close(from_v(v, process)(y, s), DRUM(y, s), rtol=1e-10, atol=1e-12)
