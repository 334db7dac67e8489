"""What is minimised: each objective owns its network and turns a batch into a loss.

`loss` draws its noise from the generator it is given; `held_out` measures on fixed noise, so two
runs can be compared.
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..networks.classifier import FrameClassifier
from ..networks.wiener import WienerUNet, class_spreads, measure_spread
from .config import CLASSES, KINDS, TrainConfig
from .data import Corpus, condition

LEVELS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)  # noise levels s of the held-out measures


def half(config: TrainConfig, device: torch.device) -> torch.autocast:
    """bfloat16 for the layers called inside, where the config asks for it; what is exact stays outside."""
    return torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bfloat16")


class Denoising:
    """E || F - (x0 - c_skip y) / c_out ||^2, weighted by loudness, over log-normal s.

    After EDM (Karras et al. 2022, eq. 8); the weight of a coefficient is its spread S relative to
    the class's mean power, at least `quiet`.
    """

    def __init__(self, config: TrainConfig, corpus: Corpus) -> None:
        self.config = config
        self.network = WienerUNet(config.length, config.bands, len(CLASSES), config.widths, config.embedding)
        labels = corpus.labels.cpu()
        kinds = [[CLASSES.index(kind) for kind in (name, *KINDS.get(name, ()))] for name in CLASSES]
        members = [torch.isin(labels, torch.tensor(indices)) for indices in kinds]
        self.network.spread.copy_(class_spreads(self.network.frames, corpus.clean().cpu(), members))

    def _error(self, network: WienerUNet, x: Tensor, s: Tensor, noise: Tensor, weights: Tensor) -> Tensor:
        clean = network.frames.analyse(x[:, 0])
        noisy = clean + s[:, None, None] * noise
        power = network.power(weights)
        skip, out = network.scales(s, power)
        with half(self.config, x.device):
            found = network.whitened(noisy, s, weights, power)
        error = (found.float() - (clean - skip * noisy) / out).square()
        # Whitened, a hiss 60 dB down counts as much as the tone of a kick, which is one coefficient in a
        # hundred. Weights that depend on the class alone, not on the sound, leave E[x0 | y] the minimiser.
        loudness = (power / power.mean((1, 2), keepdim=True)).sqrt().clamp_min(self.config.quiet)
        return (loudness / loudness.mean((1, 2), keepdim=True) * error).mean((1, 2))

    def loss(self, x: Tensor, soft: Tensor, generator: torch.Generator) -> Tensor:
        """x (B, 1, N), soft labels (B, classes) -> scalar."""
        config = self.config
        log_s = config.log_s_mean + config.log_s_std * torch.randn(len(x), generator=generator)
        s = log_s.clamp(-8.5, 4.5).exp().to(x.device)
        weights = condition(soft, config.unlabelled, generator)
        network = self.network
        noise = torch.randn(len(x), config.bands, config.length // config.bands, generator=generator)
        return self._error(network, x, s, noise.to(x.device), weights).mean()

    @torch.no_grad()
    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """Loss by noise level, each relative to what a Wiener filter for all drums leaves."""
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
        return losses | {"mean": sum(losses.values()) / len(LEVELS)}


class Classification:
    """Cross-entropy of the class of a noisy sound, a quarter of the batch clean."""

    def __init__(self, config: TrainConfig, corpus: Corpus) -> None:
        self.config = config
        self.network = FrameClassifier(config.length, config.bands, len(CLASSES), config.classifier_widths)
        self.network.spread.copy_(measure_spread(self.network.frames, corpus.clean().cpu()))

    def loss(self, x: Tensor, soft: Tensor, generator: torch.Generator) -> Tensor:
        """x (B, 1, N), soft labels (B, classes) -> scalar."""
        log_s = (-3 + 2 * torch.randn(len(x), generator=generator)).clamp(-9, 4.5)
        log_s[torch.rand(len(x), generator=generator) < 0.25] = -9.2
        s = log_s.exp().to(x.device)
        noise = torch.randn(x.shape, generator=generator).to(x.device)
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


OBJECTIVES: dict[str, Callable[[TrainConfig, Corpus], Denoising | Classification]] = {
    "unet": Denoising,
    "classifier": Classification,
}


def held_out_batch(corpus: Corpus, limit: int = 320) -> tuple[Tensor, Tensor]:
    """The fixed sounds on which losses are measured: (n, 1, N) and one-hot labels."""
    x = corpus.clean()[:limit, None]
    return x, F.one_hot(corpus.labels[:limit], len(CLASSES)).float()
