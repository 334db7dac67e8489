"""Noise schedules: frozen closed forms of x_t = m(t) x_0 + sigma(t) eps, eps ~ N(0, I).

A schedule is a curve sigma(t) and a relation m = (1 - sigma^gamma)^eta; t runs from 0 to 1.
With f = m'/m (so beta = -2 f) and g^2 = d(sigma^2)/dt - 2 f sigma^2 it is the diffusion
dx = f x dt + g dw (CRASH eq. 1 to 3), and in y = x / m, s = sigma / m every schedule is the same
variance-exploding process y = x_0 + s eps. Solvers work in (y, s); a schedule only says which s
belongs to which t.

Symbols, used everywhere: t time, m mean scale, sigma noise, s = sigma / m, f drift, g diffusion.
All functions take and give floats or float64 tensors.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeVar

import torch
from torch import Tensor

Real = TypeVar("Real", float, Tensor)
SIGMA_MIN = 1e-4  # training and sampling start at sigma(t_min) = 1e-4, imperceptible (CRASH 3.2)
S_CAP = 80.0  # no sampler starts above this s: beyond it nothing is left of a drum


def _sqrt(x: Real) -> Real:
    return x.sqrt() if isinstance(x, Tensor) else math.sqrt(x)


def _apply(name: str, x: Real) -> Real:
    return getattr(torch, name)(x) if isinstance(x, Tensor) else getattr(math, name)(x)


def _over(a: Real, b: Real) -> Real:
    """a / b with floats as with tensors: infinite where b is 0, nan for 0 / 0."""
    return a / b if isinstance(b, Tensor) or b else math.copysign(math.inf, a) if a else math.nan


class Curve(Protocol):
    """sigma(t), its derivative and its inverse on [0, 1], and half the derivative of sigma^2."""

    def sigma(self, t: Real) -> Real: ...
    def dsigma(self, t: Real) -> Real: ...
    def t_of(self, sigma: Real) -> Real: ...
    def rise(self, t: Real) -> Real: ...


class Smooth:
    """A curve whose derivative is finite on all of [0, 1]."""

    def rise(self: Any, t: Real) -> Real:
        """sigma sigma'."""
        return self.sigma(t) * self.dsigma(t)


@dataclass(frozen=True, slots=True)
class Cosine(Smooth):
    """sigma = (1 - cos((1 - shift) pi t)) / 2 (CRASH 3.2)."""

    shift: float = 0.006

    def sigma(self, t: Real) -> Real:
        return (1 - _apply("cos", (1 - self.shift) * math.pi * t)) / 2

    def dsigma(self, t: Real) -> Real:
        rate = (1 - self.shift) * math.pi
        return rate / 2 * _apply("sin", rate * t)

    def t_of(self, sigma: Real) -> Real:
        return _apply("acos", 1 - 2 * sigma) / ((1 - self.shift) * math.pi)


@dataclass(frozen=True, slots=True)
class Exponential:
    """sigma = sqrt(1 - exp(-a t - b t^2)): the linear beta(t) of DDPM, 0.1 to 20, in VP."""

    a: float = 0.1
    b: float = 9.95

    def sigma(self, t: Real) -> Real:
        return _sqrt(-_apply("expm1", -self.a * t - self.b * t * t))

    def rise(self, t: Real) -> Real:
        return (self.a + 2 * self.b * t) * _apply("exp", -self.a * t - self.b * t * t) / 2

    def dsigma(self, t: Real) -> Real:
        return _over(self.rise(t), self.sigma(t))

    def t_of(self, sigma: Real) -> Real:
        area = -_apply("log1p", -sigma * sigma)
        return 2 * area / (self.a + _sqrt(self.a**2 + 4 * self.b * area))


@dataclass(frozen=True, slots=True)
class Linear(Smooth):
    """sigma = (1 - shift) t."""

    shift: float = 1e-4

    def sigma(self, t: Real) -> Real:
        return (1 - self.shift) * t

    def dsigma(self, t: Real) -> Real:
        return (1 - self.shift) + 0 * t

    def t_of(self, sigma: Real) -> Real:
        return sigma / (1 - self.shift)


@dataclass(frozen=True, slots=True)
class Sigmoid(Smooth):
    """sigma^2 = 1 / (1 + exp(b - a t)): the `sigmoid` process of CRASH's public code."""

    a: float = 22.31
    b: float = 18.42

    def sigma(self, t: Real) -> Real:
        return 1 / _sqrt(1 + _apply("exp", self.b - self.a * t))

    def dsigma(self, t: Real) -> Real:
        sigma = self.sigma(t)
        return self.a / 2 * sigma * (1 - sigma * sigma)

    def t_of(self, sigma: Real) -> Real:
        return (self.b - _apply("log", 1 / (sigma * sigma) - 1)) / self.a


@dataclass(frozen=True, slots=True)
class Sine(Smooth):
    """sigma = sin(pi t / 2): with VP, the v-diffusion of Tiny Audio Diffusion."""

    def sigma(self, t: Real) -> Real:
        return _apply("sin", math.pi / 2 * t)

    def dsigma(self, t: Real) -> Real:
        return math.pi / 2 * _apply("cos", math.pi / 2 * t)

    def t_of(self, sigma: Real) -> Real:
        return 2 / math.pi * _apply("asin", sigma)


@dataclass(frozen=True, slots=True)
class Geometric(Smooth):
    """sigma = low (high / low)^t: the curve of VE; `high` is about 80 times the data's spread."""

    low: float = 1e-4
    high: float = 11.5

    def sigma(self, t: Real) -> Real:
        return self.low * _apply("exp", math.log(self.high / self.low) * t)

    def dsigma(self, t: Real) -> Real:
        return math.log(self.high / self.low) * self.sigma(t)

    def t_of(self, sigma: Real) -> Real:
        return _apply("log", sigma / self.low) / math.log(self.high / self.low)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A curve and its relation m = (1 - sigma^gamma)^eta; eta = 0 is VE (m = 1)."""

    curve: Any  # a Curve; a Protocol cannot be generic in the call, so it is checked by the tests
    gamma: float = 2.0
    eta: float = 0.5

    def sigma(self, t: Real) -> Real:
        """Standard deviation of the noise at t."""
        return self.curve.sigma(t)

    def dsigma(self, t: Real) -> Real:
        """d sigma / dt."""
        return self.curve.dsigma(t)

    def t_of(self, sigma: Real) -> Real:
        """The time at which the noise is sigma."""
        return self.curve.t_of(sigma)

    def m_of(self, sigma: Real) -> Real:
        """m as a function of sigma."""
        return (1 - sigma**self.gamma) ** self.eta

    def m(self, t: Real) -> Real:
        """Scale of the clean sound at t."""
        return self.m_of(self.sigma(t))

    def dm(self, t: Real) -> Real:
        """dm / dt = m f."""
        return self.m(t) * self.f(t)

    def f(self, t: Real) -> Real:
        """Drift m'/m = -eta gamma sigma^(gamma - 1) sigma' / (1 - sigma^gamma); infinite where m ends at 0."""
        sigma = self.sigma(t)
        if not self.eta:
            return 0 * sigma
        slope = self.curve.rise(t) if self.gamma == 2 else sigma ** (self.gamma - 1) * self.dsigma(t)
        return -_over(self.eta * self.gamma * slope, 1 - sigma**self.gamma)

    def beta(self, t: Real) -> Real:
        """beta = -2 f, the paper's convention."""
        return -2 * self.f(t)

    def g2(self, t: Real) -> Real:
        """Squared diffusion g^2 = d(sigma^2)/dt - 2 f sigma^2 (CRASH eq. 3); infinite where m ends at 0."""
        twice = 2 * self.curve.rise(t)
        if not self.eta:
            return twice
        power = self.sigma(t) ** self.gamma
        return twice * (1 + _over(self.eta * self.gamma * power, 1 - power))

    def s(self, t: Real) -> Real:
        """Noise relative to the clean sound, sigma / m; infinite where m ends at 0."""
        return _over(self.sigma(t), self.m(t))

    def sigma_of_s(self, s: float) -> float:
        """The sigma whose ratio sigma / m is s."""
        return _sigma_of_s(self, s) if self.eta else s

    def t_of_s(self, s: float) -> float:
        """The time at which sigma / m is s."""
        return self.t_of(self.sigma_of_s(s))

    @property
    def t_min(self) -> float:
        """The time at which the noise is SIGMA_MIN; the curves of VE begin there."""
        return self.t_of(max(SIGMA_MIN, self.sigma(0.0)))

    @property
    def t_start(self) -> float:
        """The time from which sampling starts: 1, or where s reaches S_CAP if that is earlier."""
        end = self.sigma(1.0)
        capped = not self.eta or (end < 1 and end / self.m_of(end) <= S_CAP)
        return 1.0 if capped else self.t_of_s(S_CAP)


@lru_cache(maxsize=4096)  # the levels of a grid come again with every hit
def _sigma_of_s(schedule: Schedule, s: float) -> float:
    """By bisection, since m(sigma) falls."""
    low, high = 0.0, 1.0
    for _ in range(100):  # to the last bit of float64
        middle = (low + high) / 2
        low, high = (middle, high) if middle < s * schedule.m_of(middle) else (low, middle)
    return (low + high) / 2


RELATIONS = {"vp": (2.0, 0.5), "subvp": (1.0, 0.5), "subvp_1_1": (1.0, 1.0), "subvp_1_2": (1.0, 2.0)}
CURVES = {"cos": Cosine(), "exp": Exponential(), "linear": Linear(), "sigmoid": Sigmoid()}

SCHEDULES: dict[str, Schedule] = {
    **{f"{r}_{c}": Schedule(curve, *pair) for r, pair in RELATIONS.items() for c, curve in CURVES.items()},
    "v": Schedule(Sine(), 2.0, 0.5),
    "ve": Schedule(Geometric(), 1.0, 0.0),
}
