"""How the default classifier learns: the class of a sound, noisy or clean."""

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..errors import Error
from ..networks.classifier import FrameClassifier
from ..networks.wiener import measure_spread
from ..spec import Spec
from ..store import read_tensors
from .config import Config, Key
from .data import Corpus, drums
from .frames import BANDS, check_frames
from .graft import rename_heard
from .noise_levels import LEVELS, white
from .target import Objective, Target, beside

KEYS = {
    **BANDS,
    "classifier_widths": Key((32, 64, 96, 128, 128, 128, 128), "`classifier`: channels per stage", 4, 8192),
}


def shape(config: Config) -> dict[str, Any]:
    """The arguments of `FrameClassifier`."""
    return {
        "length": config.length, "bands": config.bands, "classes": len(config.classes),
        "widths": list(config.classifier_widths),
    }  # fmt: skip


class Classification(Objective):
    """Cross-entropy of the class of a noisy sound, a quarter of the batch clean."""

    network: FrameClassifier

    def __init__(self, config: Config, corpus: Corpus) -> None:
        super().__init__()
        self.config = config
        network = TARGET.build(config)
        assert isinstance(network, FrameClassifier)
        self.network = network
        network.spread.copy_(measure_spread(network.frames, corpus.clean().cpu()))

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """Labels (B, classes), s (B,) and noise (B, 1, N) of a batch."""
        log_s = (-3 + 2 * torch.randn(len(soft), generator=generator)).clamp(-9, 4.5)
        log_s[torch.rand(len(soft), generator=generator) < 0.25] = -9.2
        return soft, log_s.exp(), white((len(soft), 1, self.config.length), generator, self.device)

    def forward(self, x: Tensor, soft: Tensor, s: Tensor, noise: Tensor) -> Tensor:
        """x (B, 1, N) and what `draw` gave -> scalar."""
        soft, s = beside(x, soft, s)
        return F.cross_entropy(
            self.network(x + s[:, None, None] * noise, s), drums(soft, self.config.classes), label_smoothing=0.05
        )

    def take_over(self, file: Path, spec: Spec, corpus: Corpus) -> None:
        """Weights of a classifier of other classes, by their names."""
        about = {key: value for key, value in (spec.classifier or {}).items() if key not in ("kind", "classes")}
        old = FrameClassifier(classes=len(spec.classes), **about)
        read_tensors(file, old)
        old.leave = rename_heard(old.leave, spec.classes, self.config.classes)
        try:
            self.network.load_state_dict(old.state_dict())
        except RuntimeError as reason:
            why = str(reason).splitlines()[-1].strip()
            raise Error(f"the classifier of {spec.name} has another shape than the config: {why}") from None

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


def fits(own: Config, other: Config) -> tuple[str, str] | None:
    """It hears the beginning of what a denoiser makes."""
    if not {*own.classes} <= {*other.classes}:
        return f"names {', '.join(own.classes)}", f"is asked for {', '.join(other.classes)}"
    return (f"hears {own.length} samples", f"makes {other.length}") if own.length > other.length else None


TARGET = Target(
    kind="frames",
    shape=shape,
    objective=Classification,
    keys=KEYS,
    fixed=("length", "bands", "classifier_widths"),
    check=lambda config: check_frames("classifier_widths", config),
    denoises=False,
    fits=fits,
)
