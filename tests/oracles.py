"""Denoisers known in closed form, in y = x0 + s eps: what solvers, guidance and tasks are held to.

Told a level s' below s, all but `FlowMap` give E[x0 | y] still, which is what a jump of no length gives.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

Number = float | Tensor


def normal(*shape: int, seed: int = 0) -> Tensor:
    """Standard normal numbers in float64, the same on every run."""
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@dataclass(frozen=True)
class Gaussian:
    """Sounds are N(mean, std^2) in every sample: E[x0 | y] and the flow of dy/ds = (y - E[x0 | y]) / s."""

    mean: Number = 0.0
    std: Number = 1.0

    def __call__(self, y: Tensor, s: Tensor, to: Tensor | None = None) -> Tensor:
        s = s[:, None, None]
        return self.mean + self.std**2 / (self.std**2 + s**2) * (y - self.mean)

    def flow(self, y: Tensor, s: float, to: float) -> Tensor:
        """The probability-flow ODE from s to s', exactly."""
        return self.mean + (y - self.mean) * ((self.std**2 + to**2) / (self.std**2 + s**2)) ** 0.5


class FlowMap(Gaussian):
    """The same sounds, and D(y, s, s') with which D + (s' / s) (y - D) is on the flow at s' exactly."""

    def __call__(self, y: Tensor, s: Tensor, to: Tensor | None = None) -> Tensor:
        if to is None or torch.equal(s, to):
            return super().__call__(y, s)
        s, to = s[:, None, None], to[:, None, None]
        shrink = ((self.std**2 + to**2) / (self.std**2 + s**2)).sqrt()
        return self.mean + (shrink - to / s) / (1 - to / s) * (y - self.mean)


@dataclass(frozen=True)
class Correlated:
    """Sounds are N(mean, covariance), the samples of a sound hanging together."""

    mean: float
    covariance: Tensor  # (N, N)

    def __call__(self, y: Tensor, s: Tensor, to: Tensor | None = None) -> Tensor:
        values, vectors = torch.linalg.eigh(self.covariance)
        gain = values / (values + s[:, None, None] ** 2)
        return self.mean + ((y - self.mean) @ vectors * gain) @ vectors.T

    def given(self, sound: Tensor, open_: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and covariance of the samples `open_` (N,) of a sound (N,) whose others are known."""
        k = self.covariance
        gain = torch.linalg.solve(k[~open_][:, ~open_], k[~open_][:, open_]).T
        return self.mean + gain @ (sound[~open_] - self.mean), k[open_][:, open_] - gain @ k[~open_][:, open_]


@dataclass(frozen=True)
class Mixture:
    """Sounds (1, N) of K classes: with probability weights[k] from N(means[k], stds[k]^2 I)."""

    means: Tensor  # (K, N)
    stds: Tensor  # (K,)
    weights: Tensor  # (K,)

    def component(self, k: int) -> Gaussian:
        """The exact denoiser of class k alone."""
        return Gaussian(self.means[k], self.stds[k])

    def log_posterior(self, y: Tensor, s: Tensor) -> Tensor:
        """log p(k | y, s), (B, K), by Bayes."""
        variance = self.stds**2 + s[:, None] ** 2  # (B, K)
        distance = ((y - self.means) ** 2).sum(2)  # (B, 1, N) - (K, N) -> (B, K)
        log_joint = self.weights.log() - distance / (2 * variance) - y.shape[2] / 2 * variance.log()
        return log_joint.log_softmax(1)

    def __call__(self, y: Tensor, s: Tensor, to: Tensor | None = None) -> Tensor:
        each = torch.stack([self.component(k)(y, s) for k in range(len(self.weights))], 1)
        return (self.log_posterior(y, s).exp()[:, :, None, None] * each).sum(1)


@dataclass(frozen=True)
class Hearing:
    """A classifier of sounds of one Gaussian: p(k | x0) is the product of exp(-(x0 - heard[k])^2 / 2 width^2).

    Bayes makes of it Gaussians again, so that every guided way is known. With weights that sum to 1, CRASH eq. 12
    mixes their gradients into that of a class heard at the weighted mean.
    """

    sounds: Gaussian
    heard: tuple[float, ...]
    width: float

    def log_p(self, y: Tensor, s: Tensor) -> Tensor:
        """log p(k | y, s), (B, K): the expectation over x0 given y, N(D, std^2 s^2 / (std^2 + s^2)) in every sample."""
        std, wide = self.sounds.std, s[:, None, None]
        open_ = std**2 * wide**2 / (std**2 + wide**2)
        clean = self.sounds(y, s)
        each = [
            -((clean - k) ** 2) / (2 * (self.width**2 + open_)) - (1 + open_ / self.width**2).log() / 2
            for k in self.heard
        ]
        return torch.stack([part.sum((1, 2)) for part in each], 1)

    def given(self, weights: tuple[float, ...]) -> Gaussian:
        """The sounds of a class, or of a mixture of classes whose weights sum to 1."""
        centre = sum(w * k for w, k in zip(weights, self.heard))
        precision = 1 / self.sounds.std**2 + 1 / self.width**2
        return Gaussian((self.sounds.mean / self.sounds.std**2 + centre / self.width**2) / precision, precision**-0.5)

    def conditional(self, y: Tensor, s: Tensor, weights: Tensor, to: Tensor | None = None) -> Tensor:
        """An exact network trained with classes; weights (B, K), what they leave of 1 being of no class."""
        alone = torch.eye(len(self.heard)).tolist()
        parts = torch.stack([self.given(tuple(one))(y, s) for one in alone], 1)
        return (weights[:, :, None, None] * parts).sum(1) + (1 - weights.sum(1))[:, None, None] * self.sounds(y, s)
