"""Prints research/solvers.md: every solver, its order as claimed and as measured, its calls, and UniPC beside them.

.venv/bin/python research/solvers.py > research/solvers.md
"""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from driftkit.sampler.denoisers import Denoiser
from driftkit.sampler.grids import SPACINGS, grid, level
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.solvers import SOLVERS, Memory, Rule, Solver, ancestral, at, trajectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from oracles import Gaussian, normal

COS = SCHEDULES["vp_cos"]
START, S_MIN = 75.0, 5e-4
BANDS = Gaussian(0.1, torch.logspace(-3, 0, 200, dtype=torch.float64))  # as far apart as the bands of a drum
FOR = {
    "ddim": "the first order by itself, and DDPM's ancestral sampler at stochasticity 1",
    "heun": "encoding and decoding, where errors of both ways should cancel; a grid without a past",
    "dpmpp_2m": "more steps than jumps, and inpaint: nearest to the exact end at 16 calls",
    "dpmpp_3m": "many steps, from about 30",
    "euler": "comparison with CRASH: its algorithms as printed",
    "flow_map": "1 to 4 jumps of a model that has learnt them",
    "rk45": "measuring the others; needs the extra `ode`",
}

TEXT = """# Solvers, measured

Which one to take is told in [docs/solvers.md](../docs/solvers.md). Printed by `python research/solvers.py`. All solve
dy/ds = (y - D(y; s)) / s, and its SDE with stochasticity.

{summary}
The measured order is the slope of the error from 200 to 800 steps, from s = 75 to 0.05, on a Gaussian
whose flow is exact. Solvers keep their orders on every spacing, but for `dpmpp_3m`: its first two steps are of lower
order, and long on `uniform`, where it measures 2.3. `rk45` is scipy's Dormand-Prince at tolerances of 1e-5.

## UniPC

Why it is not here. RMS distance to the exact end of the flow, by calls of the denoiser, on 200 independent Gaussians
with standard deviations from 0.001 to 1; Karras levels, s from 75 to 0.0005. UniPC (Zhao et al. 2023) has
B(h) = e^h - 1 and its corrector. With it UniPC-2 is of order 3 and UniPC-3 of order 4; that shows from about 32 calls.
At 8 and 16, where an instrument plays, DPM-Solver++ 2M is nearer than either. Not yet compared on the shipped model.

{oracle}
## CRASH's SDESampling3

It is y + 2 (s' - s) eps + sqrt(s^2 - s'^2) z: Euler-Maruyama in s. No setting here equals it; `euler` with
stochasticity 1 is Euler-Maruyama in x and t, and `ddim` with stochasticity 1 draws from the posterior, which alone can
step to s' = 0. It is not wrong: on CRASH's grid of 20 steps it misses the spread of a Gaussian by 1 to 2 %, `ddim` with
stochasticity 1 by 14 to 18 %; both errors vanish with more steps (tests/sampler/test_reference_samplers.py).
"""


@dataclass
class Past:
    """What UniPC keeps: levels, estimates, and the last y as corrected."""

    s: list[float] = field(default_factory=list)
    clean: list[Tensor] = field(default_factory=list)
    y: Tensor | None = None


def unipc(order: int) -> Rule:
    """UniPC (Zhao et al. 2023) on data, B(h) = e^h - 1: a predictor, corrected when the next estimate is there."""
    past = Past()

    def weights(s: float, to: float, before: list[float], unknowns: int) -> tuple[list[float], np.ndarray]:
        h = math.log(s / to)
        ratios = [math.log(s / b) / h for b in before]
        places = [*ratios, 1.0][:unknowns] if unknowns <= len(ratios) else [*ratios, 1.0]
        b, phi, factorial = [], math.expm1(-h) / -h - 1, 1
        for i in range(1, len(places) + 1):
            factorial *= i
            b.append(phi * factorial / math.expm1(-h))
            phi = phi / -h - 1 / (factorial * (i + 1))
        rows = np.array([[place ** (i) for place in places] for i in range(len(places))])
        return ratios, np.linalg.solve(rows, np.array(b)) if places else np.zeros(0)

    def move(y: Tensor, s: float, to: float, ahead: Tensor | None) -> Tensor:
        """From s to s' by the estimates at s and before, and that at s' where it is known."""
        base, before = past.clean[-1], past.s[:-1][::-1][: order - 1]
        unknowns = len(before) + (ahead is not None)
        ratios, rho = weights(s, to, before, unknowns)
        terms = [(c - base) / r for c, r in zip(past.clean[:-1][::-1], ratios)]
        terms += [ahead - base] if ahead is not None else []
        bend = sum((w * term for w, term in zip(rho.tolist(), terms)), torch.zeros_like(y))
        return base + to / s * (y - base) + (1 - to / s) * bend

    def rule(denoise: Denoiser, y: Tensor, s: float, to: float, memory: Memory) -> tuple[Tensor, Tensor]:
        if not memory.levels:
            past.s, past.clean, past.y = [], [], None
        clean = denoise(y, at(y, s))
        if past.y is not None:
            y = move(past.y, past.s[-1], s, clean)
        past.s, past.clean, past.y = [*past.s, s][-order:], [*past.clean, clean][-order:], y
        memory.keep(s, clean, 1)
        return (move(y, s, to, None) if to > 0 else clean), clean

    return rule


STEPS = {name: solver for name, solver in SOLVERS.items() if name != "flow_map"}  # which is ddim where none were learnt
ALL: dict[str, Solver] = STEPS | {
    f"unipc_{p}": Solver(ancestral(unipc(p)), p, 1, f"UniPC-{p} with its corrector; not in driftkit") for p in (2, 3)
}


def measured_order(solver: Solver) -> float:
    """The slope of log error over log steps between 200 and 800, down to s = 0.05 on one Gaussian."""
    drum, errors = Gaussian(0.3, 0.5), []
    for steps in (200, 800):
        levels = [level(COS, COS.t_of_s(s)) for s in SPACINGS["karras"](COS, START, 0.05, steps + 1)]
        y = 0.3 + levels[0].s * torch.tensor([[[-1.3, 0.2, 0.9]]], dtype=torch.float64)
        *_, (end, _) = trajectory(drum, y, levels, solver)
        errors.append(float((end - drum.flow(y, levels[0].s, levels[-1].s)).norm()))
    return math.log(errors[0] / errors[1]) / math.log(4)


def apart(denoise: Denoiser, y: Tensor, end: Tensor, solver: Solver, calls: int) -> float:
    """RMS distance to where the way should end, after so many calls."""
    *_, (x, _) = trajectory(
        denoise, y, grid(COS, "karras", START, S_MIN, max(calls // max(solver.evals, 1), 2)), solver
    )
    return float((x - end).square().mean().sqrt())


def table(columns: list[str], row: Callable[[Solver, str], str]) -> str:
    """A line per solver."""
    head = f"| solver | {' | '.join(columns)} |\n| --- |{' ---: |' * len(columns)}\n"
    return head + "".join(f"| `{name}` | {row(solver, name)} |\n" for name, solver in ALL.items() if solver.evals)


def main() -> None:
    """Print the page."""
    torch.set_grad_enabled(False)
    y = START * normal(1, 1, 200)
    exact = 0.1 + (y - 0.1) * torch.sqrt(BANDS.std**2 / (BANDS.std**2 + START**2))
    calls = (8, 16, 32, 64)
    oracle = table(
        [f"{n} calls" for n in calls],
        lambda solver, _: " | ".join(f"{apart(BANDS, y, exact, solver, n):.1e}" for n in calls),
    )
    summary = "| solver | order | measured | calls a step | for |\n| --- | ---: | ---: | ---: | --- |\n"
    for name, solver in SOLVERS.items():
        known = f"{measured_order(solver):.2f}" if solver.evals else "adaptive"
        summary += f"| `{name}` | {solver.order} | {known} | {solver.evals or 'its own'} | {FOR[name]} |\n"
    print(TEXT.format(summary=summary, oracle=oracle), end="")


if __name__ == "__main__":
    main()
