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
from driftkit.sampler.solvers import SOLVERS, Level, Memory, at, trajectory

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


@pytest.mark.parametrize("process", PROCESSES)
def test_two_ddim_steps_in_one_and_fresh_noise_are_the_public_sde_sampler_3(process: str) -> None:
    """SDESampling3 is Euler-Maruyama in s: y + 2 (s' - s) eps + sqrt(s^2 - s'^2) z, dy = 2 eps ds + sqrt(2 s ds) z.

    It is sound, but no setting of ours is equal to it: `euler` with stochasticity 1 is Euler-Maruyama in x and t, and
    `ddim` with stochasticity 1 draws from the posterior, whose drift is (1 + s' / s) (s' - s) eps and whose noise is
    smaller by s' / s. Only the posterior can step to s' = 0, where this one would leave 2 D - y + s z instead of D.
    """
    run = Run(process)
    levels = run.levels(*range(STEPS - 1, -1, -1))
    draws = noises()
    y = recorded("start_noise") / levels[0].m
    for here, there in itertools.pairwise(levels):
        ahead, _ = SOLVERS["ddim"].step(run.denoise, y, here, there, Memory(), 0.0, lambda: next(draws))
        y = y + 2 * (ahead - y) + math.sqrt(here.s**2 - there.s**2) * next(draws)
    close(run.denoise(y, at(y, levels[-1].s)), f"{process}/SDESampling3")


def test_the_public_sde_sampler_3_and_ddim_both_tend_to_the_spread_of_the_data() -> None:
    """Exact spreads, both being linear in every draw, so that variances add; from the side that each errs on."""
    for schedule, t_min, t_max in PROCESSES.values():
        off = []
        for steps in (20, 80, 320):
            ss = [schedule.s(t_max + (t_min - t_max) * k / steps) for k in range(steps + 1)]
            public = ours = ss[0] ** 2 + STD**2
            for s, to in itertools.pairwise(ss):
                kept, share, fresh = STD**2 / (STD**2 + s**2), to / s, s**2 - to**2  # D = kept y
                public = (1 - 2 * (1 - share) * (1 - kept)) ** 2 * public + fresh
                ours = (kept + share * share * (1 - kept)) ** 2 * ours + share**2 * fresh
            off.append([math.sqrt(v / (STD**2 + ss[-1] ** 2)) - 1 for v in (public, ours)])
        print([f"public {a:+.3f}, ddim {b:+.3f}" for a, b in off])
        for public, ours in itertools.pairwise(off):
            assert abs(ours[0]) < 0.5 * abs(public[0]) and abs(ours[1]) < 0.5 * abs(public[1])


def test_regeneration_starts_where_sigma_is_what_was_asked() -> None:
    for process, (schedule, *_) in PROCESSES.items():
        assert math.isclose(schedule.sigma(Run(process, sigma_max=0.3).t_max), 0.3, rel_tol=1e-14)
