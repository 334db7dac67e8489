"""Inpainting with resampling steps (RePaint), against the exact posterior of correlated Gaussian sounds."""

import itertools

import numpy as np
import pytest
import torch
from oracles import Correlated, normal
from torch import Tensor

from driftkit.sampler.grids import grid
from driftkit.sampler.hit import ADAPTIVE
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.solvers import SOLVERS, trajectory
from driftkit.sampler.tasks import Path, inpaint

COS = SCHEDULES["vp_cos"]
PLACE = torch.arange(8, dtype=torch.float64)
SMOOTH = torch.exp(-0.5 * ((PLACE[:, None] - PLACE) / 2) ** 2) / 4 + 1e-3 * torch.eye(8, dtype=torch.float64)
DRUM = Correlated(0.2, SMOOTH)
SOURCE = DRUM.mean + torch.linalg.cholesky(SMOOTH) @ normal(8, seed=3)
OPEN = (PLACE >= 3) & (PLACE < 6)


def noise(*shape: int):
    draw = np.random.default_rng(0)  # torch takes four times as long for such numbers
    return lambda: torch.from_numpy(draw.standard_normal(shape))


def made(solver: str, stochasticity: float, resampling: int, sounds: int = 1500, steps: int = 16) -> Tensor:
    """Many sounds with samples 3 to 5 new, (B, 3), as the last step takes them: before the cross-fade at the join."""
    seen: list[Tensor] = []

    def watching(y: Tensor, s: Tensor, to: Tensor | None = None) -> Tensor:
        seen[:] = [y]
        return DRUM(y, s)

    path = Path(watching, COS, SOLVERS[solver], "karras", steps, 5e-4, stochasticity)
    for _ in inpaint(path, SOURCE.expand(sounds, 1, 8), 3, 6, noise(sounds, 1, 8), resampling):
        pass
    return seen[0][:, 0, OPEN]


def errors(x: Tensor) -> tuple[float, float]:
    """How far mean and covariance are from those that the kept samples leave."""
    mean, covariance = DRUM.given(SOURCE, OPEN)
    return float((x.mean(0) - mean).norm()), float((torch.cov(x.T) - covariance).norm())


@pytest.mark.parametrize("stochasticity", [0.0, 1.0])
@pytest.mark.parametrize("solver", [name for name in SOLVERS if name not in ADAPTIVE])
def test_more_resampling_brings_mean_and_covariance_nearer_to_the_exact_posterior(
    solver: str, stochasticity: float
) -> None:
    once, some, often = (errors(made(solver, stochasticity, k)) for k in (1, 5, 20))
    for one, two, three in zip(once, some, often):
        assert one > two > three
    assert often[0] < 0.25 * once[0] and often[1] < 0.2 * once[1]


def test_with_much_of_it_the_posterior_is_reached() -> None:
    mean, covariance = DRUM.given(SOURCE, OPEN)
    x = made("ddim", 1.0, 40, steps=24)
    torch.testing.assert_close(x.mean(0), mean, rtol=0, atol=0.02)
    torch.testing.assert_close(torch.cov(x.T), covariance, rtol=0, atol=0.01)
    assert float((DRUM.mean - mean).norm()) > 0.3 and float(SMOOTH.diagonal().max()) > 8 * float(covariance.max())


def test_resampling_works_with_the_adaptive_solver() -> None:
    once, often = (errors(made("rk45", 0.0, k, sounds=500, steps=8)) for k in (1, 5))
    assert often[0] < once[0] and often[1] < once[1]


@pytest.mark.parametrize("solver", SOLVERS)
def test_each_step_but_the_last_is_taken_so_often_and_yields_as_often(solver: str) -> None:
    levels = grid(COS, "karras", 75.0, 5e-4, 6)
    jumps = []

    def back(y: Tensor, here, there) -> Tensor:
        jumps.append((here.s, there.s))
        return y

    walked = trajectory(DRUM, normal(1, 1, 8), levels, SOLVERS[solver], resampling=3, back=back)
    assert len(list(walked)) == 5 * 3 + 1
    assert jumps == [(b.s, a.s) for a, b in itertools.pairwise(levels[:-1]) for _ in range(2)]


@pytest.mark.parametrize("resampling", [1, 3])
def test_what_is_kept_stays_bit_for_bit(resampling: int) -> None:
    path = Path(DRUM, COS, SOLVERS["dpmpp_2m"], "karras", 8, 5e-4, 0.5)
    source = SOURCE.expand(2, 1, 8)
    for y in inpaint(path, source, 3, 6, noise(2, 1, 8), resampling):
        assert torch.equal(y[..., ~OPEN], source[..., ~OPEN])
