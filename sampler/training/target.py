"""What a trainable network is to the trainer: its `Target`. All of them stand in `targets.TARGETS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..errors import Error
from ..networks.kinds import CLASSIFIERS, NETWORKS
from ..spec import Spec
from ..store import read_tensors
from .config import Config, Key
from .data import Corpus


class Objective(nn.Module):
    """What is minimised: it owns its network and turns a batch into a loss.

    `draw` takes all chance from the generator it is given, for a whole batch. What it draws is the processor's, but
    for noise, which is drawn on the network's device by a seed. `forward` is a function of a batch, or any share of
    it, and of what was drawn; it may look at that, where on a GPU nobody waits. `held_out` measures on fixed noise, so
    two runs can be compared.
    """

    network: nn.Module

    @property
    def device(self) -> torch.device:
        """Where the network is."""
        return next(self.network.parameters(), torch.empty(0)).device

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """Soft labels (B, classes) -> what `forward` needs beside the sounds, each (B, ...)."""
        raise NotImplementedError

    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """Measures by noise level, and their mean, from x (B, 1, N) and labels."""
        raise NotImplementedError

    def taught_by(self, network: nn.Module) -> None:
        """The run's moving average, for an objective that learns from it."""

    def learning(self) -> list[dict[str, Any]]:
        """What the optimiser moves: groups of parameters, each with its `pace`, which the learning rate is times.

        A group with `after` stays as it is over that share of the run.
        """
        return [{"params": list(self.network.parameters()), "pace": 1.0}]

    def aside(self) -> nn.Module | None:
        """Networks that learn or stay beside its own, for a checkpoint to keep."""
        return None

    def take_over(self, file: Path, spec: Spec, corpus: Corpus) -> None:
        """Begin with the weights of a file of the model that `spec` describes."""
        read_tensors(file, self.network)


@dataclass(frozen=True)
class Target:
    """One trainable network.

    kind: its key in `networks.kinds`, and that of model.json. shape: the arguments of its class. objective: from a
    config and the corpus of the run. keys: its own in a training config; fixed: those that a run cannot change as it
    goes on. check: `Error` where the values of a config do not fit together.
    """

    kind: str
    shape: Callable[[Config], dict[str, Any]]
    objective: Callable[[Config, Corpus], Objective]
    keys: Mapping[str, Key]
    fixed: tuple[str, ...]
    check: Callable[[Config], None] = lambda config: None
    denoises: bool = True  # else it hears: names what was rendered
    exact: bool = False  # keeps float32 when it is exported
    told: tuple[str, ...] = ()  # keys of its own that a model card names
    follows: bool = False  # begins with a model's weights, which are its teacher
    like: Callable[[Spec], dict[str, Any]] = lambda spec: {}  # keys of a config whose network is that of a model
    recipe: str = ""  # of a run that goes on with a model and few sounds
    plays: Callable[[Config], dict[str, Any]] = lambda config: {}  # what model.json says of how it is sampled
    channels: Callable[[Config], int] = lambda config: 1
    fades: tuple[int, int] = (0, 0)  # samples in and out of what it makes: what begins or ends abruptly clicks
    frugal: Callable[[Config], bool] = lambda config: False  # sounds stay in the processor's memory
    loud: bool = False  # whether a model of it is told how loud its sounds are to be, see `sampler.loudness`
    fits: Callable[[Config, Config], tuple[str, str] | None] = lambda own, other: None
    """Of what hears: its config and that of a denoiser -> what the one does and the other does not, or None."""

    def build(self, config: Config) -> nn.Module:
        """A fresh network; `Error` where the values of the config do not fit together."""
        self.check(config)
        known: Mapping[str, Any] = NETWORKS if self.denoises else CLASSIFIERS
        try:
            network: nn.Module = known[self.kind].build(**self.shape(config))
        except ValueError as reason:
            raise Error(f"the training config does not fit together: {reason}") from None
        return network

    def entry(self, config: Config) -> dict[str, Any]:
        """What model.json says of it: {"kind": ..., the arguments of its class}."""
        return {"kind": self.kind} | self.shape(config)

    @property
    def conditional(self) -> bool:
        """Is it a denoiser that is told the classes?"""
        return self.denoises and NETWORKS[self.kind].conditional


def half(config: Config, device: torch.device) -> torch.autocast:
    """bfloat16 for the layers called inside, where the config asks for it; what is exact stays outside."""
    return torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bfloat16")


def beside(x: Tensor, *drawn: Tensor) -> tuple[Tensor, ...]:
    """What was drawn, on the device of the sounds."""
    return tuple(part.to(x.device, non_blocking=True) for part in drawn)


def taken(mask: Tensor, *drawn: Tensor) -> tuple[Tensor, ...]:
    """Rows of what was drawn, on whichever device each is, by a mask (B,) of the processor's."""
    rows = mask.nonzero()[:, 0]
    return tuple(part[rows.to(part.device, non_blocking=True)] for part in drawn)


def held_out_batch(corpus: Corpus, limit: int = 320) -> tuple[Tensor, Tensor]:
    """The fixed sounds on which losses are measured, spread evenly over the split: (n, C, N) and one-hot labels."""
    count = len(corpus.labels)
    rows = torch.linspace(0, count - 1, min(limit, count), dtype=torch.float64).round().long()
    few = corpus.only(rows)
    return few.waves(), F.one_hot(few.labels, len(corpus.classes)).float()
