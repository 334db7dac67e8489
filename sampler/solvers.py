"""Solvers of the reverse process: pure steps, and the one loop over time.

In y = x / m and s = sigma / m the probability-flow ODE of every schedule is dy/ds = eps =
(y - D(y; s)) / s. A rule takes y from one s to another; `ancestral` turns any rule into an SDE
step: with stochasticity eta in [0, 1] a step to s' aims at sqrt(s'^2 - up^2) and is then noised by
up = eta s' sqrt(1 - s'^2 / s^2) (DDIM, Song et al. 2021, eq. 16, written in s). With eta = 1,
`ddim` is DDPM's ancestral sampler and `dpmpp_2m` is SDE-DPM-Solver++ 2M.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import torch
from torch import Tensor

from .adaptive import RungeKutta
from .denoisers import Denoiser, eps_of

Noise = Callable[[], Tensor]
"""Draws standard normal noise in the shape of the batch."""


@dataclass(frozen=True, slots=True)
class Level:
    """One point of a time grid, with what the schedule says of it; s = 0 is the clean sound."""

    t: float
    s: float
    m: float = 1.0
    f: float = 0.0
    g2: float = 0.0


@dataclass(slots=True)
class Memory:
    """What a solver keeps between steps: levels and clean estimates, newest last."""

    end: float = 0.0  # the last level above s = 0
    levels: list[float] = field(default_factory=list)
    clean: list[Tensor] = field(default_factory=list)
    pace: float = 1.0  # ln(s / s') over the ln(s / down) of a stochastic step, see `ancestral`
    run: RungeKutta | None = None

    def keep(self, s: float, clean: Tensor, size: int) -> None:
        """Remember an estimate and forget all but the newest `size`."""
        self.levels = [*self.levels, s][-size:]
        self.clean = [*self.clean, clean][-size:]


Step = Callable[[Denoiser, Tensor, Level, Level, Memory, float, Noise], tuple[Tensor, Tensor]]
"""(denoise, y, here, there, memory, stochasticity, noise) -> (y there, clean estimate)."""

Rule = Callable[[Denoiser, Tensor, float, float, Memory], tuple[Tensor, Tensor]]
"""(denoise, y, s, s', memory) -> (y at s', clean estimate), on the ODE."""


@dataclass(frozen=True, slots=True)
class Solver:
    """A step, the order of convergence that it claims on the ODE, and denoiser calls per step.

    evals is 0 where a solver takes its own steps, with as many calls as these need.
    """

    step: Step
    order: int
    evals: int
    doc: str


def at(y: Tensor, s: float) -> Tensor:
    """The noise level as a denoiser takes it: (B,)."""
    return torch.full((len(y),), s, dtype=y.dtype, device=y.device)


def ddim(denoise: Denoiser, y: Tensor, s: float, to: float, memory: Memory) -> tuple[Tensor, Tensor]:
    """y' = D + (s' / s) (y - D): Euler in s (DDIM, Song et al. 2021)."""
    clean = denoise(y, at(y, s))
    return clean + to / s * (y - clean), clean


def flow_map(denoise: Denoiser, y: Tensor, s: float, to: float, memory: Memory) -> tuple[Tensor, Tensor]:
    """The same with an estimate that knows s', D(y, s, s'): one jump along the ODE (see `training.jumps`)."""
    clean = denoise(y, at(y, s), at(y, to))
    return clean + to / s * (y - clean), clean


def heun(denoise: Denoiser, y: Tensor, s: float, to: float, memory: Memory) -> tuple[Tensor, Tensor]:
    """Euler in s, corrected by the slope at its end (EDM, Karras et al. 2022, alg. 1)."""
    clean = denoise(y, at(y, s))
    slope = eps_of(y, clean, s)
    ahead = y + (to - s) * slope
    if to == 0:
        return ahead, clean
    end = eps_of(ahead, denoise(ahead, at(y, to)), to)
    return y + (to - s) * (slope + end) / 2, clean


def dpmpp_2m(denoise: Denoiser, y: Tensor, s: float, to: float, memory: Memory) -> tuple[Tensor, Tensor]:
    """DPM-Solver++ 2M (Lu et al. 2022, alg. 2) with lambda = -ln s; first order where s' = 0."""
    clean = denoise(y, at(y, s))
    ahead = clean
    if memory.levels and to > 0:
        h, before = memory.pace * math.log(s / to), math.log(memory.levels[-1] / s)
        ahead = clean + h / (2 * before) * (clean - memory.clean[-1])
    memory.keep(s, clean, 1)
    return ahead + to / s * (y - ahead), clean


def dpmpp_3m(denoise: Denoiser, y: Tensor, s: float, to: float, memory: Memory) -> tuple[Tensor, Tensor]:
    """DPM-Solver++ 3M: the same with two estimates back, integrated exactly in lambda = -ln s.

    With D(lambda + u) = D + D' u + D'' u^2 / 2 and the exact integrals of e^u, u e^u and u^2 e^u
    over the step; D' and D'' from the last three estimates by divided differences. The first two
    steps are of lower order: nothing on the way down from a high s, but going up they make it 2.
    """
    clean = denoise(y, at(y, s))
    levels, past = memory.levels, memory.clean
    h = math.log(s / to) if to > 0 else math.inf
    result = clean + to / s * (y - clean)
    if past and to > 0:
        pace = memory.pace
        first = h + math.expm1(-h)  # the weight of D'; that of D is 1 - e^-h
        near = math.log(levels[-1] / s)
        slope = (clean - past[-1]) / near
        if len(past) > 1:
            far = math.log(levels[-2] / levels[-1])
            curve = 2 * (slope - (past[-1] - past[-2]) / far) / (near + far)
            slope = slope + curve * near / 2
            result = result + pace**2 * (h * h / 2 - first) * curve
        result = result + pace * first * slope
    memory.keep(s, clean, 2)
    return result, clean


def split(s: float, to: float, stochasticity: float) -> tuple[float, float]:
    """(down, up): the level a step aims at and the noise added after it; down^2 + up^2 = s'^2."""
    if to >= s or not stochasticity:
        return to, 0.0
    up = stochasticity * to * math.sqrt(1 - (to / s) ** 2)
    return math.sqrt(to**2 - up**2), up


def ancestral(rule: Rule) -> Step:
    """Any rule of the ODE as a step of the SDE, by the split of the module docstring.

    A rule goes on to `down`, but what a multistep rule has learnt from its past is how the estimate
    changes with the true level: over ln(s / s'), the share `pace` of its way (Lu et al. 2022).
    Without it the estimate is carried too far, and few steps with much noise diverge.
    """

    def step(
        denoise: Denoiser, y: Tensor, here: Level, there: Level, memory: Memory, eta: float, noise: Noise
    ) -> tuple[Tensor, Tensor]:
        down, up = split(here.s, there.s, eta)
        memory.pace = math.log(here.s / there.s) / math.log(here.s / down) if up else 1.0
        y, clean = rule(denoise, y, here.s, down, memory)
        return (y + up * noise() if up else y), clean

    return step


def euler(
    denoise: Denoiser, y: Tensor, here: Level, there: Level, memory: Memory, eta: float, noise: Noise
) -> tuple[Tensor, Tensor]:
    """Euler in x and t, with f and g: CRASH alg. 3 at eta = 0, alg. 2 (Euler-Maruyama) at eta = 1.

    dx = [f x - (1 + eta^2) / 2 g^2 score] dt + eta g dw keeps the marginals at every eta.
    """
    clean = denoise(y, at(y, here.s))
    if there.s == 0:
        return clean, clean  # the jump that ends both algorithms; f and g mean nothing at s = 0
    dt = there.t - here.t
    x = here.m * y
    score = eps_of(clean, y, here.s) / (here.m * here.s)
    drift = here.f * x - (1 + eta**2) / 2 * here.g2 * score
    x = x + dt * drift
    if eta and dt < 0:
        x = x + eta * math.sqrt(-dt * here.g2) * noise()
    return x / there.m, clean


def rk45(
    denoise: Denoiser, y: Tensor, here: Level, there: Level, memory: Memory, eta: float, noise: Noise
) -> tuple[Tensor, Tensor]:
    """Runge-Kutta 5(4) at its own pace; the step only asks how far it has come (see `sampler.adaptive`)."""
    if eta:
        raise ValueError("an adaptive solver follows the ODE; stochasticity must be 0")
    if there.s == 0:
        clean = denoise(y, at(y, here.s))
        return clean, clean
    if memory.run is None or memory.run.given is not y:  # the first step, or a task has changed y
        memory.run = RungeKutta(denoise, y, here.s, memory.end)
    return memory.run.to(there.s)


def silent() -> Tensor:
    """The noise of a deterministic trajectory, which draws none."""
    raise ValueError("a stochastic trajectory needs a source of noise")


def trajectory(
    denoise: Denoiser,
    y: Tensor,
    levels: list[Level],
    solver: Solver,
    stochasticity: float = 0.0,
    noise: Noise = silent,
    project: Callable[[Tensor, Level], Tensor] = lambda y, level: y,
    resampling: int = 1,
    back: Callable[[Tensor, Level, Level], Tensor] = lambda y, here, there: y,
) -> Iterator[tuple[Tensor, Tensor]]:
    """Walk y (B, C, N) along the levels, up or down; yields (y, clean estimate) after each step.

    project: applied to y after each step, for tasks that hold a part of the sound. resampling: how
    often each step but the last, to s = 0, is taken; back(y, there, here) noises y up again between.
    A jump back forgets the past: extrapolating over it diverges. Stop iterating to cancel.
    """
    end = next(level.s for level in reversed(levels) if level.s > 0)
    memory = Memory(end=end)
    for here, there in pairwise(levels):
        for again in range(resampling if there.s > 0 else 1):
            if again:
                y, memory = back(y, there, here), Memory(end=end)
            y, clean = solver.step(denoise, y, here, there, memory, stochasticity, noise)
            y = project(y, there)
            yield y, clean


SOLVERS: dict[str, Solver] = {
    "ddim": Solver(ancestral(ddim), 1, 1, "first order; with stochasticity 1 DDPM's ancestral sampler"),
    "heun": Solver(ancestral(heun), 2, 2, "second order, two calls a step"),
    "dpmpp_2m": Solver(ancestral(dpmpp_2m), 2, 1, "DPM-Solver++ 2M, one call a step; the one to take"),
    "dpmpp_3m": Solver(ancestral(dpmpp_3m), 3, 1, "DPM-Solver++ 3M, for many steps"),
    "euler": Solver(euler, 1, 1, "CRASH's algorithms 3 (stochasticity 0) and 2 (1), in x and t"),
    "rk45": Solver(rk45, 5, 0, "the yardstick: adaptive Runge-Kutta at a tolerance of 1e-5"),
    "flow_map": Solver(
        ancestral(flow_map), 1, 1, "learnt jumps: one is as good as its teacher's steps; small ones ddim's"
    ),
}
