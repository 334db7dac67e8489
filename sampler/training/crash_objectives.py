"""CRASH's training (Alg. 1, section 2.5): the network that hears the noise, and the classifier of noisy sounds."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..denoisers import wide
from .config import TrainConfig
from .data import Corpus
from .noise_levels import LEVELS, NoiseLevels, white
from .shapes import build


def noised(x: Tensor, m: Tensor, sigma: Tensor, eps: Tensor) -> Tensor:
    """x_t = m x_0 + sigma eps (CRASH eq. 2): x, eps (B, 1, N), m, sigma (B,)."""
    return wide(m) * x + wide(sigma) * eps


class ScoreMatching(nn.Module):
    """Alg. 1: E w(t) | eps_theta(x_t, sigma) - eps |^2, w = lambda / sigma^2; t uniform and w = 1 unless told."""

    def __init__(self, config: TrainConfig, corpus: Corpus) -> None:
        super().__init__()
        self.config = config
        self.levels = NoiseLevels(config, "uniform", "sigma2")
        self.network = build("crash", config)

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """m, sigma, w (B,) and eps (B, 1, N) of a batch; the paper's network knows no classes."""
        t = self.levels.draw(len(soft), generator)
        schedule = self.levels.schedule
        eps = white((len(soft), 1, self.config.length), generator, soft.device)
        return schedule.m(t).float(), schedule.sigma(t).float(), self.levels.weight(t).float(), eps

    def forward(self, x: Tensor, m: Tensor, sigma: Tensor, weight: Tensor, eps: Tensor) -> Tensor:
        """x (B, 1, N) and what `draw` gave -> scalar."""
        with torch.autocast(x.device.type, torch.bfloat16, enabled=self.config.precision == "bfloat16"):
            found = self.network(noised(x, m, sigma, eps), sigma)
        return (weight * (found.float() - eps).square().mean((1, 2))).mean()

    @torch.no_grad()
    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """E | eps_theta - eps |^2 by noise level on fixed noise: 1 is what a network that says nothing leaves."""
        generator = torch.Generator().manual_seed(1)
        losses = {}
        for s in LEVELS:
            sigma = self.levels.schedule.sigma_of_s(s)
            error = 0.0
            for part in x.split(32):
                eps = torch.randn(part.shape, generator=generator).to(x.device)
                level = torch.full((len(part),), sigma, device=x.device)
                found = network(noised(part, level / s, level, eps), level)
                error += float((found - eps).square().mean((1, 2)).sum())
            losses[f"s={s:g}"] = error / len(x)
        return losses | {"mean": sum(losses.values()) / len(LEVELS)}


class NoisyHearing(nn.Module):
    """Cross-entropy of the class of x_t under the same schedule, from the log-softmax of the logits."""

    def __init__(self, config: TrainConfig, corpus: Corpus) -> None:
        super().__init__()
        self.config = config
        self.levels = NoiseLevels(config, "uniform", "sigma2")
        self.network = build("crash_classifier", config)

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """Labels (B, classes), m, sigma (B,) and eps (B, 1, N) of a batch."""
        t = self.levels.draw(len(soft), generator)
        eps = white((len(soft), 1, self.config.length), generator, soft.device)
        return soft, self.levels.schedule.m(t).float(), self.levels.schedule.sigma(t).float(), eps

    def forward(self, x: Tensor, soft: Tensor, m: Tensor, sigma: Tensor, eps: Tensor) -> Tensor:
        """x (B, 1, N) and what `draw` gave -> scalar."""
        return F.cross_entropy(self.network(noised(x, m, sigma, eps), sigma), soft)

    @torch.no_grad()
    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """Share of sounds whose class is wrong, by noise level."""
        generator = torch.Generator().manual_seed(1)
        wrong = {}
        for s in (1e-4, *LEVELS[2:6]):
            sigma = self.levels.schedule.sigma_of_s(s)
            miss = 0
            for part, label in zip(x.split(64), soft.split(64)):
                eps = torch.randn(part.shape, generator=generator).to(x.device)
                level = torch.full((len(part),), sigma, device=x.device)
                miss += int((network(noised(part, level / s, level, eps), level).argmax(1) != label.argmax(1)).sum())
            wrong[f"s={s:g}"] = miss / len(x)
        return wrong | {"mean": sum(wrong.values()) / len(wrong)}
