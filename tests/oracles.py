"""Denoisers known in closed form, in y = x0 + s eps: what solvers, guidance and tasks are held to."""

import math
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

    def __call__(self, y: Tensor, s: Tensor) -> Tensor:
        s = s[:, None, None]
        return self.mean + self.std**2 / (self.std**2 + s**2) * (y - self.mean)

    def flow(self, y: Tensor, s: float, to: float) -> Tensor:
        """The probability-flow ODE from s to s', exactly."""
        return self.mean + (y - self.mean) * math.sqrt((self.std**2 + to**2) / (self.std**2 + s**2))


@dataclass(frozen=True)
class Correlated:
    """Sounds are N(mean, covariance), the samples of a sound hanging together."""

    mean: float
    covariance: Tensor  # (N, N)

    def __call__(self, y: Tensor, s: Tensor) -> Tensor:
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

    def __call__(self, y: Tensor, s: Tensor) -> Tensor:
        each = torch.stack([self.component(k)(y, s) for k in range(len(self.weights))], 1)
        return (self.log_posterior(y, s).exp()[:, :, None, None] * each).sum(1)
