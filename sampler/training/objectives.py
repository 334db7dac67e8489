"""What is minimised: each objective owns its network and turns a batch into a loss.

`draw` takes all chance from the generator it is given, for a whole batch, noise by a seed of that on the labels'
device; `forward` is a function of a batch, or any share of it, and of what was drawn. `held_out` measures on
fixed noise, so two runs can be compared.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from typing import Protocol

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..errors import Error
from ..networks.classifier import FrameClassifier
from ..networks.wiener import WienerUNet, class_spreads, measure_spread
from .config import CLASSES, KINDS, TrainConfig
from .crash_objectives import NoisyHearing, ScoreMatching
from .data import Corpus, condition
from .graft import Case
from .jumps import Field, draw, field, goals, landing, strengths
from .noise_levels import LEVELS, NoiseLevels, t_of_s, white
from .shapes import build


class Objective(Protocol):
    """A module with `network` inside, whose forward gives the loss of a batch."""

    @property
    def network(self) -> nn.Module:
        """What is trained."""

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """Soft labels (B, classes) -> what `forward` needs beside the sounds, each (B, ...)."""

    def __call__(self, x: Tensor, *drawn: Tensor) -> Tensor:
        """x (B, 1, N) -> scalar."""

    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """Measures by noise level, and their mean."""


def half(config: TrainConfig, device: torch.device) -> torch.autocast:
    """bfloat16 for the layers called inside, where the config asks for it; what is exact stays outside."""
    return torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bfloat16")


class Denoising(nn.Module):
    """E || F - (x0 - c_skip y) / c_out ||^2, weighted by loudness, over log-normal s.

    After EDM (Karras et al. 2022, eq. 8); the weight of a coefficient is its spread S relative to
    the class's mean power, at least `quiet`. On the squared error of eps, as D - x0 = -s (eps_theta - eps),
    that is a weight (s / c_out)^2 = 1 + s^2 / S^2 a coefficient, times the loudness. A named weighting
    stands in for both: then the loss is w(t) | eps_theta - eps |^2, whatever the class.

    With `jumps` a share of the rows learns the flow map (see `training.jumps`): from its own s to a level s' below,
    with the mean field of `teacher` on the way there for F. With `guidance` half of the rows that ask for a class are
    told a strength, and learn what the teacher says in two calls (Meng et al. 2023).
    """

    network: WienerUNet

    def __init__(self, config: TrainConfig, corpus: Corpus) -> None:
        super().__init__()
        if not 0 <= config.jumps <= 1:
            raise Error(f"jumps is {config.jumps:g}; it must be from 0 to 1")
        if config.guidance and not config.jumps:
            raise Error(f"guidance is {config.guidance:g}, which is learnt beside jumps; set jumps above 0, too")
        if any(s <= to for s, to in pairwise((*config.jump_levels, 0.0))):
            raise Error(f"jump_levels is {list(config.jump_levels)}; they must fall, and stay above 0")
        self.config = config
        self.levels = NoiseLevels(config, "log_normal", "sigma2")
        network = build("unet", config)
        assert isinstance(network, WienerUNet)
        self.network = network
        labels = corpus.labels.cpu()
        kinds = [[CLASSES.index(kind) for kind in (name, *KINDS.get(name, ()))] for name in CLASSES]
        members = [torch.isin(labels, torch.tensor(indices)) for indices in kinds]
        for part, smooth in ((network, 9), (network.tones, 3)):  # frames: of 0.7 ms, and of 23 ms
            if part is not None:
                found = class_spreads(part.frames, corpus.clean().cpu(), members, floor=config.floor, smooth=smooth)
                part.spread.copy_(found)
        self.taught_by(network)

    def taught_by(self, network: nn.Module) -> None:
        """Let jumps land where a network's small steps do: the moving average, in a run."""
        assert isinstance(network, WienerUNet)
        self.teacher: Callable[..., Field] = partial(field, network)

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """s and w (B,), class weights (B, classes), noise (B, M, K), s' with jumps, strengths with guidance."""
        config = self.config
        if self.levels.t_sampling == "log_normal":
            log_s = config.log_s_mean + config.log_s_std * torch.randn(len(soft), generator=generator)
        else:
            log_s = self.levels.schedule.s(self.levels.draw(len(soft), generator)).log().float()
        s = log_s.clamp(-8.5, 4.5).exp()
        weights = condition(soft, config.unlabelled, generator)
        noise = white((len(soft), config.bands, config.length // config.bands), generator, soft.device)
        named = config.weighting != "auto"
        more: tuple[Tensor, ...] = ()
        if config.jumps:
            s, to = draw(s, config.jumps, generator, config.jump_levels)
            more = (to,)
        if config.guidance:
            more = (*more, strengths(weights, config.guidance, generator))
        w = self.levels.weight(t_of_s(self.levels.schedule, s.double())).float() if named else torch.ones_like(s)
        return (s, w, weights, noise, *more)

    def forward(
        self, x: Tensor, s: Tensor, w: Tensor, weights: Tensor, noise: Tensor, to: Tensor | None = None,
        guidance: Tensor | None = None,
    ) -> Tensor:  # fmt: skip
        """x (B, 1, N) and what `draw` gave -> scalar."""
        network = self.network
        clean = network.frames.analyse(x[:, 0])
        noisy = clean + s[:, None, None] * noise
        power = network.power(weights)
        skip, out = network.scales(s, power)
        with half(self.config, x.device):
            goal = (clean - skip * noisy) / out
            if to is not None:
                goal = goals(self.teacher, goal, noisy, s, to, weights, power, guidance)
            found = network.whitened(noisy, s, weights, power, to, guidance=guidance)
        error = (found.float() - goal).square()
        if self.config.weighting != "auto":
            return (w * (error * (out / s[:, None, None]).square()).mean((1, 2))).mean()
        # Whitened, a hiss 60 dB down counts as much as the tone of a kick, which is one coefficient in a
        # hundred. Weights that depend on the class alone, not on the sound, leave E[x0 | y] the minimiser.
        return (w * (self.loudness(power) * error).mean((1, 2))).mean()

    def loudness(self, power: Tensor) -> Tensor:
        """The weight of each coefficient in the loss, 1 on average: S^2 (B, M, K) -> (B, M, K)."""
        found = (power / power.mean((1, 2), keepdim=True)).sqrt().clamp_min(self.config.quiet)
        return found / found.mean((1, 2), keepdim=True)

    def cases(self, batches: Iterable[tuple[Tensor, Tensor]], generator: torch.Generator) -> Iterator[Case]:
        """What a `graft` is fitted on, from batches of sounds and their labels."""
        for x, soft in batches:
            s, _, weights, noise, *_ = (part.to(x.device) for part in self.draw(soft, generator))
            noisy = x + s[:, None, None] * self.network.frames.synthesise(noise)[:, None]
            yield x, noisy, s, weights, self.loudness(self.network.power(weights))

    @torch.no_grad()
    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """Loss by noise level, each relative to what a Wiener filter for all drums leaves; with jumps `landing` too."""
        assert isinstance(network, WienerUNet)
        generator = torch.Generator().manual_seed(1)
        losses = {}
        for s in LEVELS:
            error = base = 0.0
            for part, label in zip(x.split(32), soft.split(32)):
                level = torch.full((len(part),), s, device=x.device)
                shape = (len(part), self.config.bands, self.config.length // self.config.bands)
                noise = torch.randn(shape, generator=generator).to(x.device)
                power = network.power(label)
                skip, out = network.scales(level, power)
                clean = network.frames.analyse(part[:, 0])
                noisy = clean + s * noise
                rest = clean - skip * noisy
                error += float((out * network.whitened(noisy, level, label, power) - rest).square().sum())
                plain, _ = network.scales(level, network.power(torch.zeros_like(label)))
                base += float((clean - plain * noisy).square().sum())
            losses[f"s={s:g}"] = error / base
        losses["mean"] = sum(losses.values()) / len(LEVELS)
        return losses | landing(network, soft) if self.config.jumps else losses


class Classification(nn.Module):
    """Cross-entropy of the class of a noisy sound, a quarter of the batch clean."""

    def __init__(self, config: TrainConfig, corpus: Corpus) -> None:
        super().__init__()
        self.config = config
        network = build("classifier", config)
        assert isinstance(network, FrameClassifier)
        network.spread.copy_(measure_spread(network.frames, corpus.clean().cpu()))
        self.network = network

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """Labels (B, classes), s (B,) and noise (B, 1, N) of a batch."""
        log_s = (-3 + 2 * torch.randn(len(soft), generator=generator)).clamp(-9, 4.5)
        log_s[torch.rand(len(soft), generator=generator) < 0.25] = -9.2
        return soft, log_s.exp(), white((len(soft), 1, self.config.length), generator, soft.device)

    def forward(self, x: Tensor, soft: Tensor, s: Tensor, noise: Tensor) -> Tensor:
        """x (B, 1, N) and what `draw` gave -> scalar."""
        return F.cross_entropy(self.network(x + s[:, None, None] * noise, s), soft, label_smoothing=0.05)

    @torch.no_grad()
    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """Share of sounds whose class is wrong, by noise level."""
        generator = torch.Generator().manual_seed(1)
        wrong = {}
        for s in (1e-4, *LEVELS[2:6]):
            miss = 0
            for part, label in zip(x.split(64), soft.split(64)):
                noise = torch.randn(part.shape, generator=generator).to(x.device)
                level = torch.full((len(part),), s, device=x.device)
                miss += int((network(part + s * noise, level).argmax(1) != label.argmax(1)).sum())
            wrong[f"s={s:g}"] = miss / len(x)
        return wrong | {"mean": sum(wrong.values()) / len(wrong)}


OBJECTIVES: dict[str, Callable[[TrainConfig, Corpus], Objective]] = {
    "unet": Denoising,
    "classifier": Classification,
    "crash": ScoreMatching,
    "crash_classifier": NoisyHearing,
}


def held_out_batch(corpus: Corpus, limit: int = 320) -> tuple[Tensor, Tensor]:
    """The fixed sounds on which losses are measured, spread evenly over the split: (n, 1, N) and one-hot labels."""
    count = len(corpus.labels)
    rows = torch.linspace(0, count - 1, min(limit, count), dtype=torch.float64).round().long()
    few = Corpus(corpus.sounds[rows], corpus.labels[rows], corpus.length)
    return few.clean()[:, None], F.one_hot(few.labels, len(CLASSES)).float()
