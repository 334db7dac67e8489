"""Which noise levels a network learns at, and how much each counts (CRASH Alg. 1).

Training draws t from a density p(t) on [t_min, 1] and minimises lambda(t) | s_theta - score |^2. With
score = -eps / sigma and eps_theta = -sigma s_theta that is w(t) | eps_theta - eps |^2, w = lambda / sigma^2.
What a network learns in the mean is set by the product p(t) w(t).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from ..errors import Error
from ..schedules import SCHEDULES, Schedule
from .config import Config

LEVELS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)  # noise levels s of the held-out measures
MIN_SNR_GAMMA = 5.0
T_SAMPLINGS = ("uniform", "log_normal")


def simple(schedule: Schedule, t: Tensor) -> Tensor:
    """lambda = sigma^2, so w = 1: every t counts alike, as in DDPM and CRASH."""
    return torch.ones_like(t)


def likelihood(schedule: Schedule, t: Tensor) -> Tensor:
    """lambda = g^2, so w = g^2 / sigma^2 = 2 d log s / dt: a bound on the likelihood (Song et al. 2021).

    Under uniform t every octave of s counts alike.
    """
    return schedule.g2(t) / schedule.sigma(t) ** 2


def min_snr(schedule: Schedule, t: Tensor) -> Tensor:
    """w = min(SNR, 5) / SNR, SNR = 1 / s^2 (Hang et al. 2023): the clean sound's error, capped at low noise."""
    snr = schedule.s(t) ** -2
    return snr.clamp_max(MIN_SNR_GAMMA) / snr


WEIGHTINGS: dict[str, Callable[[Schedule, Tensor], Tensor]] = {
    "sigma2": simple,
    "g2": likelihood,
    "min_snr": min_snr,
}


def chosen(what: str, name: str, table: Mapping[str, Any]) -> Any:
    """The entry of a table by its name; `Error` names what there is."""
    if name not in table:
        raise Error(f"{what} is {name}; it must be one of {', '.join(table)}")
    return table[name]


def t_of_s(schedule: Schedule, s: Tensor) -> Tensor:
    """The times at which sigma / m is s, for a whole batch: `Schedule.t_of_s` on tensors."""
    if not schedule.eta:
        return schedule.t_of(s)
    low, high = torch.zeros_like(s), torch.ones_like(s)
    for _ in range(60):  # to the last bit of float64
        middle = (low + high) / 2
        below = middle < s * schedule.m_of(middle)
        low, high = torch.where(below, middle, low), torch.where(below, high, middle)
    return schedule.t_of((low + high) / 2)


def white(shape: Sequence[int], generator: torch.Generator, device: torch.device) -> Tensor:
    """Standard normal noise, drawn where it is needed, from a seed that a run's generator on the processor gives.

    One generator on the processor gives noise for some 1,750 sounds a second, which is less than a GPU learns from.
    Equal states give equal noise on every device of one kind.
    """
    seed = int(torch.randint(2**63 - 1, (), generator=generator))
    return torch.randn(*shape, generator=torch.Generator(device).manual_seed(seed), device=device)


class NoiseLevels:
    """p(t) and w(t) of one run under one schedule; the network's own choices stand in for `auto`."""

    def __init__(self, config: Config, t_sampling: str, weighting: str) -> None:
        self.schedule: Schedule = chosen("schedule", config.schedule, SCHEDULES)
        named = {name: name for name in T_SAMPLINGS}
        self.t_sampling = chosen("t_sampling", config.t_sampling, {"auto": t_sampling, **named})
        self.weighting = chosen("weighting", config.weighting, {"auto": weighting, **{n: n for n in WEIGHTINGS}})
        self.mean, self.std = config.log_s_mean, config.log_s_std

    def _ends(self) -> tuple[float, float]:
        """The quantiles of the log-normal at t_min and at the loudest noise that samplers start from."""
        schedule = self.schedule
        ends = torch.tensor([schedule.t_min, schedule.t_start], dtype=torch.float64)
        low, high = torch.special.ndtr((schedule.s(ends).log() - self.mean) / self.std).tolist()
        return low, high

    def draw(self, n: int, generator: torch.Generator) -> Tensor:
        """Times t (n,) in float64, from the density that `density` gives."""
        u = torch.rand(n, dtype=torch.float64, generator=generator)
        if self.t_sampling == "uniform":
            return self.schedule.t_min + (1 - self.schedule.t_min) * u
        low, high = self._ends()
        z = torch.special.ndtri((low + (high - low) * u).clamp(1e-12, 1 - 1e-12))
        return t_of_s(self.schedule, (self.mean + self.std * z).exp())

    def density(self, t: Tensor) -> Tensor:
        """p(t): 1 / (1 - t_min), or N(log s; mean, std^2) d log s / dt between its two ends."""
        if self.t_sampling == "uniform":
            return torch.full_like(t, 1 / (1 - self.schedule.t_min))
        low, high = self._ends()
        z = (self.schedule.s(t).log() - self.mean) / self.std
        bell = (-z * z / 2).exp() / (self.std * math.sqrt(2 * math.pi)) / (high - low)
        slope = self.schedule.g2(t) / (2 * self.schedule.sigma(t) ** 2)  # d log s / dt
        inside = (t >= self.schedule.t_min) & (t <= self.schedule.t_start)
        return torch.where(inside, bell * slope, torch.zeros_like(t))

    def weight(self, t: Tensor) -> Tensor:
        """w(t) on the squared error of eps."""
        return WEIGHTINGS[self.weighting](self.schedule, t)
