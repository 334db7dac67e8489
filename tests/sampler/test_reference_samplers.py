"""Against what CRASH's public code gave: the same sampler, noise and predictor must give the same numbers.

The public loops return the x_0 estimate at their lowest level, and their 21-point grids begin one
point late (science.md, section 4): both are reproduced here, not in the solvers.
"""

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from driftkit.sampler.denoisers import from_eps
from driftkit.sampler.grids import level
from driftkit.sampler.schedules import RELATIONS, Cosine, Schedule
from driftkit.sampler.solvers import SOLVERS, Level, at, trajectory

RECORDED = np.load(Path(__file__).parents[1] / "golden" / "crash_samplers.npz")
STEPS = int(RECORDED["steps"])
STD = float(RECORDED["data_std"])
PROCESSES = {
    "vp_cos": (Schedule(Cosine(0), *RELATIONS["vp"]), 0.007, 0.993),
    "subvp_1-1_cos": (Schedule(Cosine(0), *RELATIONS["subvp_1_1"]), 0.006, 0.994),
}


def recorded(name: str) -> Tensor:
    return torch.from_numpy(RECORDED[name])[:, None]  # (B, N) -> (B, 1, N)


class Run:
    """One process: its levels by index k of the public grid, its denoiser, and the way from x to x_0."""

    def __init__(self, process: str, sigma_max: float | None = None):
        self.schedule, self.t_min, self.t_max = PROCESSES[process]
        if sigma_max is not None:
            self.t_max = self.schedule.t_of(sigma_max)

        def eps(x: Tensor, sigma: Tensor) -> Tensor:
            sigma = sigma[:, None, None]
            return sigma * x / (self.schedule.m_of(sigma) ** 2 * STD**2 + sigma**2)

        self.denoise = from_eps(eps, self.schedule)

    def levels(self, *ks: int) -> list[Level]:
        return [level(self.schedule, self.t_min + (self.t_max - self.t_min) * k / STEPS) for k in ks]

    def walk(self, x: Tensor, levels: list[Level], solver: str, eta: float = 0, draws=()) -> Tensor:
        """From x at the first level to x at the last."""
        draws = iter(draws)
        start = x / levels[0].m
        *_, (y, _) = trajectory(self.denoise, start, levels, SOLVERS[solver], eta, lambda: next(draws))
        return y * levels[-1].m

    def jump(self, x: Tensor, lowest: Level) -> Tensor:
        """The estimate of x_0 with which the public samplers end."""
        y = x / lowest.m
        return self.denoise(y, at(y, lowest.s))


def noises(first: int = 0):
    return (draw[:, None] for draw in torch.from_numpy(RECORDED["noise_draws"])[first:])


def close(ours: Tensor, name: str) -> None:
    torch.testing.assert_close(ours, recorded(name), rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize("solver, name", [("ddim", "DDIMSampling"), ("euler", "ODESampling")])
def test_the_ode_samplers_give_the_public_sounds(process: str, solver: str, name: str) -> None:
    run = Run(process)
    levels = run.levels(*range(STEPS, 0, -1))
    x = run.walk(recorded("start_noise"), levels, solver)
    close(run.jump(x, levels[-1]), f"{process}/{name}")


@pytest.mark.parametrize("process", PROCESSES)
def test_ddim_with_stochasticity_1_is_the_public_ddpm_sampler(process: str) -> None:
    run = Run(process)
    levels = run.levels(*range(STEPS - 1, -1, -1))
    x = run.walk(recorded("start_noise"), levels, "ddim", 1, noises())
    close(run.jump(x, levels[-1]), f"{process}/SDESampling2")


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize("eta", [0.0, 0.3, 1.0])
def test_ddim_with_stochasticity_is_the_public_random_ddim(process: str, eta: float) -> None:
    run = Run(process)
    levels = run.levels(*range(STEPS, 0, -1))
    x = run.walk(recorded("start_noise"), levels, "ddim", eta, noises())
    close(run.jump(x, levels[-1]), f"{process}/RandomDDIM_eta{eta}")


@pytest.mark.parametrize("process", PROCESSES)
def test_ddim_upwards_is_the_public_encoder(process: str) -> None:
    run = Run(process)
    start = recorded("clean") + 1e-4 * next(noises())
    x = run.walk(start, run.levels(*range(STEPS + 1)), "ddim")
    close(x, f"{process}/ForwardDDIM")


@pytest.mark.parametrize("process", PROCESSES)
def test_noising_to_sigma_and_back_is_the_public_regeneration(process: str) -> None:
    run = Run(process, sigma_max=0.3)
    (top,) = run.levels(STEPS)
    start = top.m * recorded("clean") + 0.3 * next(noises())
    levels = run.levels(*range(STEPS - 1, -1, -1))
    x = run.walk(start, levels, "ddim", 1, noises(1))
    close(run.jump(x, levels[-1]), f"{process}/Regenerate_sigma0.3")


@pytest.mark.parametrize("process", PROCESSES)
def test_euler_with_stochasticity_1_is_the_public_sde_sampler_but_for_its_silent_end(process: str) -> None:
    run = Run(process)
    levels = run.levels(*range(STEPS - 1, 0, -1))
    noisy = itertools.islice(noises(), STEPS - 2 - 10)  # the public loop adds no noise in its last 10 steps
    silent = itertools.repeat(torch.zeros_like(recorded("clean")))
    x = run.walk(recorded("start_noise"), levels, "euler", 1, itertools.chain(noisy, silent))
    close(run.jump(x, levels[-1]), f"{process}/SDESampling")


def test_regeneration_starts_where_sigma_is_what_was_asked() -> None:
    for process, (schedule, *_) in PROCESSES.items():
        assert math.isclose(schedule.sigma(Run(process, sigma_max=0.3).t_max), 0.3, rel_tol=1e-14)
