"""Jumps: what a network with reach learns of the flow map, beside E[x0 | y].

The probability-flow ODE takes y at s to y' at s' < s. A jump does that in one call,

    y' = D + (s' / s) (y - D),  D = D(y, s, s'):

DDIM's step, with an estimate that knows where the step goes. At s' = s it is E[x0 | y]; below, it makes the straight
line through y end where the curve does. This is the form of consistency trajectory models (Kim et al. 2024); what is
regressed on is as in progressive distillation (Salimans and Ho 2022): a teacher's few small steps, solved for D.

All of it is on coefficients (B, M, K) of the front end, with levels (B,): every row of a batch jumps its own way.
"""

import math
from collections.abc import Callable
from typing import Protocol

import torch
from torch import Tensor

from ..denoisers import wide
from ..grids import RHO
from ..networks.wiener import WienerUNet
from ..solvers import Level, Solver, ancestral, at, ddim, flow_map, trajectory

NEW = ("embedding.reach.weight",)  # what a network without reach lacks
SUBSTEPS = 4  # of the teacher in one jump
LOW, HIGH = 2e-3, 5.0  # s from which is jumped, but for
TOP, TOP_SHARE, BEYOND = 4.0, 0.2, 80.0  # a fifth near the start of sampling, half of these below 6
NEAR, FAR = 0.2, 4.5  # ln(s / s')
CLEAN, CLEAN_SHARE = 1e-3, 0.15  # s' below the first is 0; so is that share of all
LAST = 5e-4  # the level at which a teacher bound for s' = 0 makes its last estimate
SHOWN = (4.5, 0.9, 0.15, 0.02)  # levels of the jumps that are measured
MANY = 24  # steps that they are measured by


class Estimates(Protocol):
    """The clean estimates of some rows of a batch, all by default."""

    def __call__(self, y: Tensor, s: Tensor, to: Tensor | None = None, rows: Tensor | None = None) -> Tensor:
        """y (b, M, K), s and s' (b,), rows (b,) -> (b, M, K)."""


def estimates(network: WienerUNet, weights: Tensor, power: Tensor) -> Estimates:
    """Those of a network; class weights (B, classes), S^2 (B, M, K)."""

    def estimate(y: Tensor, s: Tensor, to: Tensor | None = None, rows: Tensor | None = None) -> Tensor:
        asked, spread = (weights, power) if rows is None else (weights[rows], power[rows])
        skip, out = network.scales(s, spread)
        return skip * y + out * network.whitened(y, s, asked, spread, to).float()

    return estimate


def draw(s: Tensor, part: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """s and s' of a batch, (B,) each: a part of the rows jumps, the others keep their s and have s' = s.

    Those rows are spread over the batch evenly, so that every process has its share of the work.
    """
    ends = (torch.arange(len(s) + 1, dtype=torch.float64) * part + 1e-9).floor()
    place, top, far, clean = torch.rand(4, len(s), generator=generator)
    start = torch.where(
        top < TOP_SHARE,
        TOP * (math.log(BEYOND / TOP) * place**3).exp(),
        LOW * (math.log(HIGH / LOW) * place).exp(),
    )
    to = start * (-NEAR - (FAR - NEAR) * far).exp()
    to = torch.where((to < CLEAN) | (clean < CLEAN_SHARE), 0.0, to)
    jumps = ends.diff() > 0
    return torch.where(jumps, start, s), torch.where(jumps, to, s)


def share(s: Tensor, to: Tensor) -> Tensor:
    """What a row's loss is multiplied by, (B,): 1 - s' / s for a jump, by which an error of D is one of y'."""
    return torch.where(to < s, 1 - to / s, 1.0)


def target(estimate: Estimates, y: Tensor, s: Tensor, to: Tensor, steps: int = SUBSTEPS) -> Tensor:
    """D(y, s, s') by DPM-Solver++ 2M in so many steps, on Karras' levels of each row; one call more where s' = 0.

    The point reached is kept as (s_i / s) y + c_i, so that D = c / (1 - s' / s) is a mean of the estimates on the way
    and no difference of large numbers.
    """
    begin, end = s ** (1 / RHO), to.clamp_min(LAST) ** (1 / RHO)
    levels = [(begin + (end - begin) * i / steps) ** RHO for i in range(steps + 1)]
    found = before = torch.zeros_like(y)
    past = s
    for i in range(steps):
        here, there = levels[i], levels[i + 1]
        clean = estimate(wide(here / s) * y + found, here)
        ahead = clean if not i else clean + wide((here / there).log() / (past / here).log() / 2) * (clean - before)
        found = ahead + wide(there / here) * (found - ahead)
        past, before = here, clean
    rows = (to == 0).nonzero()[:, 0]
    if len(rows):
        low = levels[-1][rows]
        found = found.index_copy(0, rows, estimate(wide(low / s[rows]) * y[rows] + found[rows], low, None, rows))
    return found / wide(1 - to / s)


@torch.no_grad()
def goals(
    teacher: Callable[[Tensor, Tensor], Estimates],
    clean: Tensor,
    noisy: Tensor,
    s: Tensor,
    to: Tensor,
    weights: Tensor,
    power: Tensor,
) -> Tensor:
    """What each row is to find, (B, M, K): the clean sound where s' = s, a teacher's D(y, s, s') where it is below."""
    rows = (to < s).nonzero()[:, 0]
    if not len(rows):
        return clean
    estimate = teacher(weights[rows], power[rows])
    return clean.index_copy(0, rows, target(estimate, noisy[rows], s[rows], to[rows]))


@torch.no_grad()
def landing(network: WienerUNet, weights: Tensor) -> dict[str, float]:
    """How far from a solution in many steps few land from the same latents: the error over the sound, root mean square.

    "jump": by the flow map, "ddim": by the same steps with E[x0 | y], which is what there was without learning.
    weights: (B, classes), of which 16 are taken.
    """
    weights = weights[:: max(1, len(weights) // 16)][:16]
    power = network.power(weights)
    estimate = estimates(network, weights, power)
    noise = torch.randn(power.shape, generator=torch.Generator().manual_seed(2)).to(power)
    y, ways = SHOWN[0] * noise, {"jump": flow_map, "ddim": ddim}
    many = target(estimate, y, at(y, SHOWN[0]), at(y, 0.0), MANY)  # at s' = 0 that is the sound
    found = {}
    for name, rule in ways.items():
        levels = [Level(0.0, s) for s in (*SHOWN, 0.0)]
        *_, (few, _) = trajectory(estimate, y, levels, Solver(ancestral(rule), 1, 1, name))
        error = (few - many).flatten(1).norm(dim=1) / many.flatten(1).norm(dim=1).clamp_min(1e-9)
        found[name] = float(error.mean())
    return found
