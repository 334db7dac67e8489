"""Jumps: what a network with reach learns of the flow map, beside E[x0 | y].

A jump takes y at s to y' at s' < s in one call (`networks.wiener`); what is learnt is F(y, s, s'), the mean of the
field F(y, s) on the way, in the angle theta = atan(s / S). The targets are a teacher's: a few small steps along the
trajectory, whose fields are summed. This is the form of consistency trajectory models (Kim et al. 2024), and what is
regressed on is as in progressive distillation (Salimans and Ho 2022).

All of it is on coefficients (B, M, K) of the front end, with levels (B,): every row of a batch jumps its own way.
"""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

import torch
from torch import Tensor

from ..denoisers import wide
from ..grids import RHO
from ..networks.wiener import WienerUNet
from ..solvers import at

# what a network has none of that neither jumps nor listens nor hears tones nor takes guidance
NEW = (
    "embedding.reach.weight", "embedding.pull.weight",
    "envelope.size.weight", "envelope.level.weight", "envelope.level.bias", "draft.weight",
    "trust.size.weight", "trust.level.weight", "trust.level.bias",
    *(f"tones.{name}" for name in ("spread", "enter.weight", "enter.bias", "leave.weight", "leave.bias")),
    *(f"tones.middle.{i}.{name}" for i in range(2) for name in ("weight", "bias")),
)  # fmt: skip
SUBSTEPS = 4  # of the teacher in one jump
LOW, HIGH = 2e-3, 5.0  # s from which is jumped, but for
TOP, TOP_SHARE, BEYOND = 4.0, 0.2, 80.0  # a fifth near the start of sampling, half of these below 6
NEAR, FAR = 0.2, 4.5  # ln(s / s')
CLEAN, CLEAN_SHARE = 1e-3, 0.15  # s' below the first is 0; so is that share of all
USUAL, PLAY = 0.5, 0.1  # share of jumps between levels that are given, and how far from them, in log s
LAST = 5e-4  # the level at which a teacher bound for s' = 0 makes its last estimate
SHOWN = (4.5, 0.9, 0.15, 0.02)  # levels of the jumps that are measured
MANY = 24  # steps that they are measured by


Asking = Callable[..., Tensor]


class Field(Protocol):
    """F(y, s) of some rows of a batch, all by default."""

    def __call__(self, y: Tensor, s: Tensor, rows: Tensor | None = None) -> Tensor:
        """y (b, M, K), s (b,), rows (b,), where guidance is -> (b, M, K)."""


def field(
    network: WienerUNet, weights: Tensor, power: Tensor, guidance: Tensor | None = None, ask: Asking | None = None
) -> Field:
    """That of a network; class weights (B, classes), S^2 (B, M, K). Rows of another strength than 1 (B,) are guided.

    ask: what computes its F, (y, s, class weights, S^2) -> (B, M, K), by default the network. guidance and rows may be
    the processor's.
    """
    whitened = ask or network.whitened

    def found(y: Tensor, s: Tensor, rows: Tensor | None = None) -> Tensor:
        there = None if rows is None else rows.to(y.device, non_blocking=True)
        asked, spread = (weights, power) if there is None else (weights[there], power[there])
        own = whitened(y, s, asked, spread).to(y.dtype)
        if guidance is None:
            return own
        strength = guidance if rows is None else guidance[rows]
        pulled = (strength != 1).nonzero()[:, 0]
        if not len(pulled):
            return own
        strength, pulled = (part.to(y.device, non_blocking=True) for part in (strength[pulled], pulled))
        y, s, spread, none = y[pulled], s[pulled], spread[pulled], torch.zeros_like(asked[pulled])
        every = network.power(none)
        skip, out = network.scales(s, every)
        free = skip * y + out * whitened(y, s, none, every).to(y.dtype)  # E[x0 | y] without classes
        skip, out = network.scales(s, spread)
        line = free + wide(strength) * (skip * y + out * own[pulled] - free)
        return own.index_copy(0, pulled, (line - skip * y) / out)

    return found


def strengths(weights: Tensor, most: float, generator: torch.Generator) -> Tensor:
    """Guidance (B,) of a batch, up to `most`: 1 for half of the rows, and for those that ask for no class."""
    drawn, chance = torch.rand(2, len(weights), generator=generator)
    named = weights.sum(1) > 0
    return torch.where(named & (chance < 0.5), (most * drawn).clamp_min(1e-3), 1.0)


def draw(s: Tensor, part: float, generator: torch.Generator, levels: Sequence[float] = ()) -> tuple[Tensor, Tensor]:
    """s and s' of a batch, (B,) each: a part of the rows jumps, the others keep their s and have s' = s.

    With levels half of the jumps go from near one of these to near the next, or from the last to 0. Those rows are
    spread over the batch evenly, so that every process has its share of the work.
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
    if levels:
        usual = torch.rand(len(s), generator=generator) < USUAL
        begin, end = ladder(len(s), levels, generator)
        start, to = torch.where(usual, begin, start), torch.where(usual, end, to)
    jumps = ends.diff() > 0
    return torch.where(jumps, start, s), torch.where(jumps, to, s)


def ladder(count: int, levels: Sequence[float], generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """From near one of falling levels to near the next, or from the last to 0: s and s' (count,)."""
    step = torch.randint(len(levels), (count,), generator=generator)
    begin, end = (PLAY * torch.randn(2, count, generator=generator)).exp()
    known = torch.tensor([*levels, 0.0])
    begin = known[step] * begin
    return begin, torch.minimum(known[step + 1] * end, begin * math.exp(-NEAR))


def size(s: Tensor, power: Tensor) -> Tensor:
    """sqrt(s^2 + S^2): s (B,) -> (B, M, K)."""
    return (wide(s) ** 2 + power).sqrt()


def turn(s: Tensor, to: Tensor, power: Tensor) -> Tensor:
    """theta - theta', also where both are near pi / 2: s and s' (B,) -> (B, M, K)."""
    return (power.sqrt() * wide(s - to) / (power + wide(s * to))).atan()


def target(of: Field, y: Tensor, s: Tensor, to: Tensor, power: Tensor, steps: int = SUBSTEPS) -> Tensor:
    """F(y, s, s') (B, M, K): the mean of the field over so many steps on Karras' levels of each row, and one to s' = 0.

    Each step takes the field in the middle of its angle, extrapolated in log s from the last two: of second order.
    s and s' may be the processor's.
    """
    clean = (to == 0).nonzero()[:, 0]
    rows, s, to = (part.to(y.device, non_blocking=True) for part in (clean, s, to))
    begin, end = s ** (1 / RHO), to.clamp_min(LAST) ** (1 / RHO)
    levels = [(begin + (end - begin) * i / steps) ** RHO for i in range(steps + 1)]
    white, way = y / size(s, power), torch.zeros_like(y)
    past, before = s, way
    for i in range(steps):
        here, there = levels[i], levels[i + 1]
        now = of(size(here, power) * (white + way), here)
        ahead = now
        if i:
            one, other = size(here, power), size(there, power)
            middle = (wide(here) / one + wide(there) / other) / (1 / one + 1 / other)
            ahead = now + (wide(here) / middle).log() / wide((past / here).log()) * (now - before)
        way = way + turn(here, there, power) * ahead
        past, before = here, now
    if len(clean):
        low, spread = levels[-1][rows], power[rows]
        last = of(size(low, spread) * (white + way)[rows], low, clean)
        way = way.index_add(0, rows, turn(low, torch.zeros_like(low), spread) * last)
    return way / turn(s, to, power)


@torch.no_grad()
def goals(
    teacher: Callable[..., Field], plain: Tensor, noisy: Tensor, s: Tensor, to: Tensor, weights: Tensor, power: Tensor,
    guidance: Tensor | None = None,
) -> Tensor:  # fmt: skip
    """What F of each row is to be, (B, M, K): `plain` where s' = s, a teacher's mean field where it is below.

    Guided rows, guidance (B,) being another than 1, have a teacher's field where s' = s, too. Which rows these are is
    told on the processor, where levels and strengths are, so that nobody waits for a GPU.
    """
    strength = torch.ones_like(s) if guidance is None else guidance
    jumps = to < s
    for rows in (jumps, ~jumps & (strength != 1)):
        places = rows.nonzero()[:, 0]
        if len(places):
            there, level = (part.to(noisy.device, non_blocking=True) for part in (places, s[places]))
            of = teacher(weights[there], power[there], strength[places])
            y = noisy[there]
            found = target(of, y, level, to[places], power[there]) if rows is jumps else of(y, level)
            plain = plain.index_copy(0, there, found)
    return plain


@torch.no_grad()
def landing(network: WienerUNet, weights: Tensor) -> dict[str, float]:
    """How far from a solution in many steps few land from the same latents: the error over the sound, root mean square.

    "jump": by the flow map, "ddim": by the same steps with E[x0 | y], "still": by jumps that take the field of
    E[x0 | y] where they begin, which is what there was without learning. weights: (B, classes), of which 16 are taken.
    """
    weights = weights[:: max(1, len(weights) // 16)][:16]
    power = network.power(weights)
    noise = torch.randn(power.shape, generator=torch.Generator().manual_seed(2)).to(power)
    start = SHOWN[0] * noise
    top, none = at(start, SHOWN[0]), at(start, 0.0)
    many = target(field(network, weights, power), start, top, none, power, MANY)
    sound = power.sqrt() * (start / size(top, power) + turn(top, none, power) * many)
    found = {}
    for name in ("jump", "still", "ddim"):
        y = start
        for s, to in pairwise((*SHOWN, 0.0)):
            here, there = at(y, s), at(y, to)
            skip, out = network.scales(here, power, None if name == "ddim" else there)
            reached = there if name == "jump" else None
            clean = skip * y + out * network.whitened(y, here, weights, power, reached).float()
            y = clean + to / s * (y - clean)
        error = (y - sound).flatten(1).norm(dim=1) / sound.flatten(1).norm(dim=1).clamp_min(1e-9)
        found[name] = float(error.mean())
    return found
