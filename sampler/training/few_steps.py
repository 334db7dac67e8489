"""Few steps: the noise levels at which a few steps of a solver come nearest to many.

Levels are learned for one model: from the same latents its sounds in few steps are compared with those in
many, and one level after the other is moved as long as they come nearer. That is the idea of learned
discretisations (LD3, Tong et al. 2024) with a search in place of a gradient: there are so few levels that
it costs less than a gradient through every step, and any solver will do: the model's own, or the jumps of
the flow map where the network has learnt them (`training.jumps`).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from ..errors import Error
from ..grids import karras, level, log_snr
from ..hit import FLOW_MAP
from ..model import Model
from ..solvers import SOLVERS, Level, Solver, trajectory
from ..spec import Spec
from .mel import mel_filters

MANY = 64  # steps of the yardstick
WINDOWS = (256, 1024, 4096)
BINS = 32  # of a spectrum to a mel band, on average
FLOOR = 1e-3  # of a magnitude under a Hann window: what lies below is not heard
FIRST, LAST, SHRINK = 0.35, 0.06, 1.8  # how far a level is moved, in ln s: at first, at last, and how that narrows
APART = 1.05  # two levels are never nearer than this ratio
FEWEST, MOST = 2, 32
JUMPS_FROM, JUMPS_TO = 12.0, 4e-3  # where a search for the levels of jumps begins: even in log s, the end left out

Report = Callable[[float, float, list[float]], None]
"""(move in ln s, distance, levels) after each pass over the levels."""


def spectra(sounds: Tensor, rate_hz: int) -> list[Tensor]:
    """Log magnitudes of sounds (B, C, N) in mel bands, under three lengths of window.

    On bins of even width, thirty-nine of forty decide about hiss, and a kick is the fortieth.
    """
    flat = sounds.flatten(0, 1)
    found = []
    for n in WINDOWS:
        if n <= flat.shape[-1]:
            bins = torch.stft(flat, n, n // 4, window=torch.hann_window(n), return_complex=True).abs()
            bands = mel_filters(n // BINS, n, rate_hz)
            found.append(((bands / bands.sum(1, keepdim=True)) @ bins + FLOOR).log())
    return found


class Yardstick:
    """Sounds of a model in many steps, and how far from them others from the same latents are."""

    def __init__(self, model: Model, count: int = 22, seed: int = 5, many: int = MANY, jumps: bool = False) -> None:
        """count: sounds, the classes of the model in turn. jumps: few steps are those of the flow map."""
        spec = model.spec
        self.model, self.jumps = model, jumps
        self._few = SOLVERS[FLOW_MAP if jumps else spec.solver]
        self.high = model.schedule.s(model.schedule.t_start)
        generator = torch.Generator().manual_seed(seed)
        self._latent = torch.randn(count, spec.channels, spec.length, generator=generator).to(model.device)
        weights = torch.zeros(count, len(spec.classes), device=model.device)
        if spec.classes:
            weights[torch.arange(count), torch.arange(count) % len(spec.classes)] = 1
        self._denoise = model.denoiser(weights, torch.ones(count, device=model.device))
        levels = karras(model.schedule, self.high, min(spec.s_min, 5e-4), many)
        self._many = self._sounds(levels, SOLVERS[spec.solver])
        self._spectra = spectra(self._many, spec.rate_hz)

    def sounds(self, levels: Sequence[float]) -> Tensor:
        """The sounds (B, C, N) that few steps over these levels, high to low, make of the latents."""
        return self._sounds(levels, self._few)

    @torch.no_grad()
    def _sounds(self, levels: Sequence[float], solver: Solver) -> Tensor:
        schedule = self.model.schedule
        path = [*(level(schedule, schedule.t_of_s(s)) for s in levels), Level(0.0, 0.0)]
        *_, (sounds, _) = trajectory(self._denoise, levels[0] * self._latent, path, solver)
        return sounds.cpu()

    def distance(self, levels: Sequence[float]) -> float:
        """From the sounds in many steps: of log magnitudes, which is mostly about what is quiet, plus the error over
        the sound in root mean square, which is about what is loud."""
        few = self.sounds(levels)
        quiet = np.mean(
            [float((a - b).abs().mean()) for a, b in zip(spectra(few, self.model.spec.rate_hz), self._spectra)]
        )
        loud = (few - self._many).flatten(1).norm(dim=1) / self._many.flatten(1).norm(dim=1).clamp_min(1e-9)
        return float(quiet) + float(loud.mean())


def check_steps(steps: int, jumps: bool) -> None:
    """`Error` where so many steps, or jumps, are no matter of levels of their own."""
    fewest = 1 if jumps else FEWEST
    if not fewest <= steps <= MOST:
        raise Error(f"steps is {steps}; it must be from {fewest} to {MOST}: more need no levels of their own")


def learn(yardstick: Yardstick, steps: int, report: Report = lambda *_: None) -> tuple[float, ...]:
    """The levels, high to low, one per step; begins at Karras' between s = 2 and s = 5e-4, jumps further apart."""
    check_steps(steps, yardstick.jumps)
    schedule = yardstick.model.schedule
    if yardstick.jumps:
        found = log_snr(schedule, min(JUMPS_FROM, yardstick.high), JUMPS_TO, steps + 1)[:-1]
    else:
        found = karras(schedule, min(2.0, yardstick.high), 5e-4, steps)
    best, move = yardstick.distance(found), FIRST
    while move > LAST:
        moved = False
        for i in range(steps):
            for factor in (math.exp(move), math.exp(-move)):
                tried = [s * factor if k == i else s for k, s in enumerate(found)]
                if tried[0] > yardstick.high or any(a < b * APART for a, b in pairwise(tried)):
                    continue
                distance = yardstick.distance(tried)
                if distance < best - 1e-4:
                    best, found, moved = distance, tried, True
                    break
        report(move, best, found)
        if not moved:
            move /= SHRINK
    return tuple(round(s, 6) for s in found)


def with_levels(spec: Spec, levels: tuple[float, ...], jumps: bool = False) -> Spec:
    """A model's spec that takes so many steps or jumps, at these levels, unless more are asked for.

    A model that jumps keeps the levels of its solver: what cannot be jumped takes as many steps as they are.
    """
    if jumps:
        return replace(spec, steps=len(levels), jumps=levels)
    return replace(spec, steps=spec.steps if spec.jumps else len(levels), levels=levels)
