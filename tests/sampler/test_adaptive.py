"""RK45 from scipy: the exact flow to its tolerance, whatever the grid, and how it stands beside the other solvers."""

import math
import sys

import numpy as np
import pytest
import torch
from oracles import Gaussian, Mixture, normal
from rig.models import small_model
from torch import Tensor

from driftkit.sampler.errors import Error
from driftkit.sampler.grids import grid
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import load
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.solvers import SOLVERS, trajectory
from driftkit.sampler.tasks import Path, decode, generate, inpaint, interpolate, latent, reshape, vary

DRUM = Gaussian(0.3, torch.tensor([0.001, 0.02, 0.5, 2.0], dtype=torch.float64))
COS = SCHEDULES["vp_cos"]
S_MIN = 5e-4


def path(denoise=DRUM, steps: int = 20, solver: str = "rk45") -> Path:
    return Path(denoise, COS, SOLVERS[solver], "karras", steps, S_MIN)


def flow(y: Tensor, s: float, to: float) -> Tensor:
    return DRUM.mean + (y - DRUM.mean) * ((DRUM.std**2 + to**2) / (DRUM.std**2 + s**2)).sqrt()


def last(walk) -> Tensor:
    *_, y = walk
    return y


@pytest.mark.parametrize("steps", [2, 20, 400])
def test_it_follows_the_exact_flow_at_every_level_of_any_grid(steps: int) -> None:
    levels = grid(COS, "karras", 75.0, S_MIN, steps)
    y = 75 * normal(2, 1, 4)
    walked = list(trajectory(DRUM, y, levels, SOLVERS["rk45"]))
    assert len(walked) == steps
    for level, (there, _) in zip(levels[1:-1], walked):
        exact = flow(y, 75.0, level.s)
        assert float((there - exact).norm()) < 1e-3 * math.hypot(1, level.s)
    torch.testing.assert_close(walked[-2][0], flow(y, 75.0, S_MIN), rtol=0, atol=3e-4)
    torch.testing.assert_close(walked[-1][0], DRUM(walked[-2][0], torch.full((2,), S_MIN, dtype=y.dtype)))


def test_the_grid_costs_no_calls() -> None:
    def calls(steps: int) -> int:
        seen = []

        def counting(y: Tensor, s: Tensor) -> Tensor:
            seen.append(1)
            return DRUM(y, s)

        last(generate(path(counting, steps), lambda: normal(1, 1, 4)))
        return len(seen)

    assert calls(2) == calls(400) < 400


def test_it_tells_the_clean_estimate_of_the_denoiser() -> None:
    levels = grid(COS, "karras", 75.0, S_MIN, 3000)  # so fine that a level lies near every step
    seen = {}

    def watching(y: Tensor, s: Tensor) -> Tensor:
        seen[float(s[0])] = DRUM(y, s)
        return seen[float(s[0])]

    (_, clean), *_ = trajectory(watching, 75 * normal(1, 1, 4), levels, SOLVERS["rk45"])
    assert min(float((clean - told).abs().max()) for told in seen.values()) < 1e-9


def test_a_very_long_run_of_dpmpp_3m_comes_to_the_same_sounds() -> None:
    kinds = Mixture(
        normal(3, 6, seed=1), torch.tensor([0.1, 0.2, 0.4], dtype=torch.float64), torch.full((3,), 1 / 3).double()
    )
    start = normal(5, 1, 6, seed=2)
    adaptive = last(generate(path(kinds), lambda: start))
    long = last(generate(path(kinds, 4000, "dpmpp_3m"), lambda: start))
    short = last(generate(path(kinds, 30, "dpmpp_3m"), lambda: start))
    assert 10 * float((adaptive - long).abs().max()) < 2e-3 < float((short - long).abs().max())


def test_rows_of_a_batch_move_each_other_by_no_more_than_the_tolerance() -> None:
    start = normal(4, 1, 4) * torch.tensor([0.1, 1, 1, 3], dtype=torch.float64)[:, None, None]
    together = last(generate(path(), lambda: start))
    for one, row in zip(start.split(1), together.split(1)):
        torch.testing.assert_close(last(generate(path(), iter([one]).__next__)), row, rtol=0, atol=3e-4)


def test_every_task_goes_its_way() -> None:
    a, b = (DRUM.mean + DRUM.std * normal(1, 1, 4, seed=i) for i in (1, 2))
    close = {"rtol": 0, "atol": 1e-3}
    way, fine = path(), path(steps=3000, solver="heun")
    fresh = normal(1, 1, 4, seed=3)
    torch.testing.assert_close(latent(way, a), flow(a, S_MIN, way.s(1.0)), rtol=3e-3, atol=1e-2)
    torch.testing.assert_close(last(decode(way, latent(way, a), 1.0, lambda: fresh)), a, **close)
    torch.testing.assert_close(last(reshape(way, way, a, lambda: fresh)), a, **close)
    for t in (0.4, 1.0):
        mixed, exact = (last(interpolate(one, one, a, b, 0.3, t, lambda: fresh)) for one in (way, fine))
        torch.testing.assert_close(mixed, exact, **close)
    torch.testing.assert_close(
        last(vary(way, a, 0.4, lambda: fresh)), flow(a + way.s(0.4) * fresh, way.s(0.4), 0), **close
    )
    draws = [normal(1, 1, 300, seed=i) for i in (4, 5)]
    source, white = torch.zeros(1, 1, 300, dtype=torch.float64), Gaussian(0.3, 0.5)
    made, other = (
        last(inpaint(path(white, steps, solver), source, 100, 200, iter(draws).__next__))
        for steps, solver in ((20, "rk45"), (3000, "heun"))
    )
    torch.testing.assert_close(made, other, **close)


@pytest.mark.parametrize("below", [1.0, math.inf])
def test_a_denoiser_that_breaks_is_told_in_a_sentence(below: float) -> None:
    def broken(y: Tensor, s: Tensor) -> Tensor:
        return y * math.nan if float(s[0]) < below else DRUM(y, s)

    with pytest.raises(
        Error, match=r"the solver rk45 met numbers that are not finite at s = .*; the model or a source"
    ):
        last(generate(path(broken), lambda: normal(1, 1, 4)))


def test_a_way_that_ends_nowhere_is_told_in_a_sentence() -> None:
    def steep(y: Tensor, s: Tensor) -> Tensor:
        return y**3  # the flow of dz/du = -z^3 leaves all bounds at some u

    with pytest.raises(Error, match=r"rk45 (found no step small enough|met numbers that are not finite) at s = "):
        last(generate(path(steep), lambda: normal(1, 1, 4)))


def test_without_scipy_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.integrate", None)
    with pytest.raises(Error, match=r"needs scipy, which is not installed; `.* -m pip install .driftkit\[ode\].` br"):
        last(generate(path(), lambda: normal(1, 1, 4)))


def test_stochasticity_is_refused() -> None:
    with pytest.raises(Error, match=r"stochasticity is 0\.5; the solver rk45 follows the ODE alone; leave it at 0"):
        load("default", "cpu").resolve(Hit(solver="rk45", stochasticity=0.5))


def test_hits_are_the_same_together_and_alone_and_tell_how_far_they_are(tmp_path) -> None:
    model = load(small_model(tmp_path, "small", ("kick", "snare"), 4096), "cpu")
    hits = [Hit(kick=1, seed=1, solver="rk45"), Hit(snare=1, seed=2, solver="rk45", steps=3)]
    told = []
    steps = model.steps([model.resolve(hit) for hit in hits])
    try:
        while True:
            told.append(next(steps))
    except StopIteration as done:
        sounds = done.value
    assert told == sorted(told) and told[-1] == 1 and len(set(told)) > 40
    assert np.array_equal(model.render(hits[1].replace(steps=50)).samples, sounds[1].samples)


@pytest.mark.slow
def test_on_the_shipped_model_it_is_near_many_steps() -> None:
    model = load("default", engine="openvino")
    adaptive, many, few = (
        model.render(Hit(tom=1, seed=1, **how)).samples
        for how in ({"solver": "rk45"}, {"solver": "dpmpp_3m", "steps": 24}, {"solver": "dpmpp_3m", "steps": 8})
    )
    apart = np.sqrt(np.square(adaptive - many).mean())
    print(f"rk45 to 24 steps of dpmpp_3m: {apart:.2e}; 8 steps: {np.sqrt(np.square(few - many).mean()):.2e}")
    assert apart < 0.1 * np.sqrt(np.square(few - many).mean())
