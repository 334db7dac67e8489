"""CRASH's training (Alg. 1, section 2.5): the network that hears the noise, and the classifier of noisy sounds."""

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..denoisers import wide
from ..errors import Error
from ..spec import Spec
from .config import Config, Key
from .data import Corpus, drums
from .noise_levels import LEVELS, NoiseLevels, white
from .target import Objective, Target, beside

KIND = "crash"
BOTH = {
    "crash_enter": Key(32, "`crash`, `crash_classifier`: channels after the first convolution", 1, 8192),
    "crash_level": Key(
        (32, 128, 256, 512),
        "`crash`, `crash_classifier`: random frequencies of sigma, then widths of the perceptron", 1, 8192,
    ),
}  # fmt: skip
KEYS = BOTH | {
    "crash_widths": Key((128, 128, 256, 512, 512), "`crash`: channels per level", 1, 8192),
    "crash_factors": Key((2, 2, 3, 5, 5), "`crash`: rate division per level; `length` is a multiple", 1, 44100),
}
HEARING_KEYS = BOTH | {
    "crash_classifier_widths": Key((128, 256, 256, 256, 512, 512), "`crash_classifier`: channels per level", 1, 8192),
    "crash_classifier_factors": Key(
        (4, 6, 5, 5, 5, 7), "`crash_classifier`: rate division per level; `length` is at most their product", 1, 44100
    ),
}


def shape(config: Config) -> dict[str, Any]:
    """The arguments of the U-Net."""
    levels = {"widths": list(config.crash_widths), "factors": list(config.crash_factors)}
    return {"enter": config.crash_enter, "level": list(config.crash_level)} | levels


def hearing_shape(config: Config) -> dict[str, Any]:
    """The arguments of the classifier."""
    levels = {"widths": list(config.crash_classifier_widths), "factors": list(config.crash_classifier_factors)}
    return {"enter": config.crash_enter, "level": list(config.crash_level)} | levels | {"classes": len(config.classes)}


def like(spec: Spec) -> dict[str, Any]:
    """The keys of a config that say what the U-Net of a model is."""
    known = {f"crash_{name}": tuple(spec.network[name]) for name in ("level", "widths", "factors")}
    return known | {"crash_enter": spec.network["enter"], "length": spec.length, "schedule": spec.schedule}


def check(config: Config) -> None:
    """`Error` where the lists differ in length, or the sound does not divide into levels."""
    check_levels("crash_widths", config.crash_widths, "crash_factors", config.crash_factors)
    multiple = math.prod(config.crash_factors)
    if config.length % multiple:
        raise Error(
            f"length is {config.length}; for crash it must be a multiple of {multiple} samples, "
            "such as 21000 of the recipe `--config crash`"
        )


def check_hearing(config: Config) -> None:
    """`Error` where the lists differ in length, or the sound is longer than they hear."""
    widths, factors = config.crash_classifier_widths, config.crash_classifier_factors
    check_levels("crash_classifier_widths", widths, "crash_classifier_factors", factors)
    longest = math.prod(factors)
    if config.length > longest:
        raise Error(
            f"length is {config.length}; for crash_classifier it must be at most {longest}; "
            "use the recipe `--config crash` or larger crash_classifier_factors"
        )


def check_levels(widths: str, some: tuple[int, ...], factors: str, others: tuple[int, ...]) -> None:
    """`Error` where two lists of the config, one entry a level, differ in length."""
    if len(some) != len(others):
        raise Error(f"{widths} has {len(some)} levels and {factors} {len(others)}; give both as many")


def noised(x: Tensor, m: Tensor, sigma: Tensor, eps: Tensor) -> Tensor:
    """x_t = m x_0 + sigma eps (CRASH eq. 2): x, eps (B, 1, N), m, sigma (B,)."""
    return wide(m) * x + wide(sigma) * eps


class ScoreMatching(Objective):
    """Alg. 1: E w(t) | eps_theta(x_t, sigma) - eps |^2, w = lambda / sigma^2; t uniform and w = 1 unless told."""

    def __init__(self, config: Config, corpus: Corpus) -> None:
        super().__init__()
        self.config = config
        self.levels = NoiseLevels(config, "uniform", "sigma2")
        self.network = TARGET.build(config)

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """m, sigma, w (B,) and eps (B, 1, N) of a batch; the paper's network knows no classes."""
        t = self.levels.draw(len(soft), generator)
        schedule = self.levels.schedule
        eps = white((len(soft), 1, self.config.length), generator, self.device)
        return schedule.m(t).float(), schedule.sigma(t).float(), self.levels.weight(t).float(), eps

    def forward(self, x: Tensor, m: Tensor, sigma: Tensor, weight: Tensor, eps: Tensor) -> Tensor:
        """x (B, 1, N) and what `draw` gave -> scalar."""
        m, sigma, weight = beside(x, m, sigma, weight)
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


class NoisyHearing(Objective):
    """Cross-entropy of the class of x_t under the same schedule, from the log-softmax of the logits."""

    def __init__(self, config: Config, corpus: Corpus) -> None:
        super().__init__()
        self.config = config
        self.levels = NoiseLevels(config, "uniform", "sigma2")
        self.network = HEARING.build(config)

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """Labels (B, classes), m, sigma (B,) and eps (B, 1, N) of a batch."""
        t = self.levels.draw(len(soft), generator)
        eps = white((len(soft), 1, self.config.length), generator, self.device)
        return soft, self.levels.schedule.m(t).float(), self.levels.schedule.sigma(t).float(), eps

    def forward(self, x: Tensor, soft: Tensor, m: Tensor, sigma: Tensor, eps: Tensor) -> Tensor:
        """x (B, 1, N) and what `draw` gave -> scalar."""
        soft, m, sigma = beside(x, soft, m, sigma)
        return F.cross_entropy(self.network(noised(x, m, sigma, eps), sigma), drums(soft, self.config.classes))

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


def fits(own: Config, other: Config) -> tuple[str, str] | None:
    """It hears all of what a denoiser makes, under the same schedule."""
    if not {*own.classes} <= {*other.classes}:
        return f"names {', '.join(own.classes)}", f"is asked for {', '.join(other.classes)}"
    if own.length != other.length:
        return f"hears {own.length} samples", f"makes {other.length}"
    return (f"hears {own.schedule}", f"is of {other.schedule}") if own.schedule != other.schedule else None


TARGET = Target(
    kind=KIND,
    shape=shape,
    objective=ScoreMatching,
    keys=KEYS,
    fixed=("length", "crash_enter", "crash_widths", "crash_factors", "crash_level", "schedule"),
    check=check,
    like=like,
    recipe="crash",
    exact=True,
)
HEARING = Target(
    kind=KIND,
    shape=hearing_shape,
    objective=NoisyHearing,
    keys=HEARING_KEYS,
    fixed=(
        "length", "crash_enter", "crash_classifier_widths", "crash_classifier_factors", "crash_level", "schedule",
    ),
    check=check_hearing,
    denoises=False,
    exact=True,  # half precision would move its random frequencies
    fits=fits,
)  # fmt: skip
