"""How the network of Tiny Audio Diffusion learns: v = m eps - sigma x_0, in little memory."""

import math
from typing import Any

import torch
from torch import Tensor, nn

from ..denoisers import wide
from ..errors import Error
from ..spec import Spec
from .config import Config, Key
from .crash import noised
from .data import Corpus
from .noise_levels import LEVELS, NoiseLevels, white
from .target import Objective, Target, beside, half

KIND = "tiny"
HELD_OUT = 32  # sounds
KEYS = {
    "tiny_channels": Key(2, "`tiny`: channels of a sound; what is mono is on both of two", 1, 2),
    "tiny_widths": Key((32, 32, 64, 64, 128, 128, 256, 256), "`tiny`: channels per level, multiples of 8", 8, 8192),
    "tiny_factors": Key((1, 2, 2, 2, 2, 2, 2, 2), "`tiny`: rate division per level; `length` is a multiple", 1, 44100),
    "tiny_items": Key((2, 2, 2, 2, 2, 2, 4, 4), "`tiny`: blocks per level on either way", 1, 64),
    "tiny_attentions": Key((0, 0, 0, 0, 0, 1, 1, 1), "`tiny`: per level, whether its blocks have attention", 0, 1),
    "tiny_ends": Key(
        "direct", "`tiny`: what it takes: samples (`direct`), `patches` of them, or a `learned` transform"
    ),
    "tiny_stride": Key(1, "`tiny`: samples to a patch, or to a step of the transform", 1, 1024),
    "tiny_frugal": Key(
        True, "`tiny`: computes for gradients again what it would have to keep, and leaves the sounds out of a GPU"
    ),
}


def shape(config: Config) -> dict[str, Any]:
    """The arguments of `TinyUNet`."""
    ends = {"ends": config.tiny_ends, "stride": config.tiny_stride}
    return {
        "channels": config.tiny_channels, "widths": list(config.tiny_widths), "factors": list(config.tiny_factors),
        "items": list(config.tiny_items), "attentions": list(config.tiny_attentions),
    } | ({} if ends == {"ends": "direct", "stride": 1} else ends)  # fmt: skip


def like(spec: Spec) -> dict[str, Any]:
    """The keys of a config that say what the network of a model is."""
    known = {f"tiny_{name}": tuple(spec.network[name]) for name in ("widths", "factors", "items", "attentions")}
    known |= {f"tiny_{name}": spec.network[name] for name in ("ends", "stride") if name in spec.network}
    return known | {"tiny_channels": spec.channels, "length": spec.length, "schedule": spec.schedule}


def check(config: Config) -> None:
    """`Error` where the sound does not divide into levels."""
    multiple = math.prod(config.tiny_factors) * config.tiny_stride
    if config.length % multiple:
        raise Error(
            f"length is {config.length}; for tiny it must be a multiple of {multiple} samples, "
            "such as 32768 of the recipe `--config tiny`"
        )


class Velocity(Objective):
    """E | v_theta(x_t, sigma) - v |^2, t uniform; a named weighting weighs the error of eps, which is m times that."""

    def __init__(self, config: Config, corpus: Corpus) -> None:
        super().__init__()
        self.config = config
        self.levels = NoiseLevels(config, "uniform", "sigma2")
        self.network = TARGET.build(config)
        self.network.frugal = config.tiny_frugal

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """m, sigma, w (B,) and eps (B, C, N) of a batch; the network knows no classes."""
        t = self.levels.draw(len(soft), generator)
        schedule = self.levels.schedule
        m, weight = schedule.m(t), self.levels.weight(t)
        if self.config.weighting != "auto":
            weight = weight * m**2
        eps = white((len(soft), self.config.tiny_channels, self.config.length), generator, self.device)
        return m.float(), schedule.sigma(t).float(), weight.float(), eps

    def forward(self, x: Tensor, m: Tensor, sigma: Tensor, weight: Tensor, eps: Tensor) -> Tensor:
        """x (B, C or 1, N) and what `draw` gave -> scalar."""
        m, sigma, weight = beside(x, m, sigma, weight)
        with half(self.config, x.device):
            found = self.network(noised(x, m, sigma, eps), sigma)
        return (weight * (found.float() - velocity(x, m, sigma, eps)).square().mean((1, 2))).mean()

    @torch.no_grad()
    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """E | v_theta - v |^2 by noise level on fixed noise, of few sounds: on a CPU a call takes long."""
        x = x[:: math.ceil(len(x) / HELD_OUT)].to(self.device)
        generator = torch.Generator().manual_seed(1)
        schedule, losses = self.levels.schedule, {}
        for s in LEVELS:
            sigma = schedule.sigma_of_s(s)
            error = 0.0
            for part in x.split(self.config.at_once or 32):
                eps = torch.randn(len(part), self.config.tiny_channels, part.shape[-1], generator=generator).to(
                    x.device
                )
                level = torch.full((len(part),), sigma, device=x.device)
                found = network(noised(part, level / s, level, eps), level)
                error += float((found - velocity(part, level / s, level, eps)).square().mean((1, 2)).sum())
            losses[f"s={s:g}"] = error / len(x)
        return losses | {"mean": sum(losses.values()) / len(LEVELS)}


def velocity(x: Tensor, m: Tensor, sigma: Tensor, eps: Tensor) -> Tensor:
    """m eps - sigma x_0: x (B, C or 1, N), eps (B, C, N), m, sigma (B,) -> (B, C, N)."""
    return wide(m) * eps - wide(sigma) * x


TARGET = Target(
    kind=KIND,
    shape=shape,
    objective=Velocity,
    keys=KEYS,
    fixed=(
        "length",
        "tiny_channels",
        "tiny_widths",
        "tiny_factors",
        "tiny_items",
        "tiny_attentions",
        "tiny_ends",
        "tiny_stride",
        "schedule",
    ),
    check=check,
    like=like,
    recipe="tiny",
    exact=True,  # as the frequencies of CRASH's
    channels=lambda config: int(config.tiny_channels),
    fades=(16, 441),
    frugal=lambda config: bool(config.tiny_frugal),
)
