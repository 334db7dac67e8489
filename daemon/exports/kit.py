"""What a kit is to every format: pads, on each some layers for soft and hard hits, in each some takes in turn.

Nothing here changes, knows of a format, or lies on a disk yet.
"""

import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from ...sampler.sound import Sound, version

VELOCITIES = 127
HATS = (42, 44, 46)  # notes that end each other on every drum machine
OURS = (
    "Made by driftkit {version} with its model {model}. The sounds are yours: use them in anything, no credit needed."
)
THEIRS = "Made by driftkit {version} with the model {model}, whose licence says how its sounds may be used."


@dataclass(frozen=True, eq=False)
class Take:
    """A file: its place in the kit's folder, the samples (C, n) in it, and what is left to the sampler to do.

    played: what of the pad's playing is in the samples. gain_db: for the sampler to add. lowered_db: by which the
    samples were lowered, since a file cannot hold more.
    """

    file: PurePosixPath
    sound: Sound
    samples: np.ndarray
    played: Mapping[str, Any] = field(default_factory=dict)
    gain_db: float = 0.0
    lowered_db: float = 0.0

    @property
    def frames(self) -> int:
        """Its length in frames."""
        return int(self.samples.shape[1])


@dataclass(frozen=True)
class Layer:
    """What hits of these velocities sound like, one take after the other."""

    low: int
    high: int
    takes: tuple[Take, ...]


@dataclass(frozen=True)
class Pad:
    """Layers from soft to hard. choke: 0 is none. pan: -1 to 1, for the sampler to do."""

    number: int
    name: str
    short: str  # as Tidal and Strudel call it
    note: int
    choke: int
    pan: float
    velocity_curve: str
    layers: tuple[Layer, ...]

    @property
    def takes(self) -> tuple[Take, ...]:
        """Of all layers, from soft to hard."""
        return tuple(take for layer in self.layers for take in layer.takes)

    @property
    def turns(self) -> int:
        """How many takes a layer has."""
        return max(len(layer.takes) for layer in self.layers)


@dataclass(frozen=True)
class Kit:
    """Pads in the order of their numbers."""

    name: str
    about: str
    licence: str
    pads: tuple[Pad, ...]

    @property
    def takes(self) -> tuple[Take, ...]:
        """Every file."""
        return tuple(take for pad in self.pads for take in pad.takes)

    def filed(self, places: Mapping[Take, PurePosixPath]) -> "Kit":
        """The same kit with its files elsewhere."""

        def moved(layer: Layer) -> Layer:
            return replace(layer, takes=tuple(replace(take, file=places[take]) for take in layer.takes))

        pads = (replace(pad, layers=tuple(map(moved, pad.layers))) for pad in self.pads)
        return replace(self, pads=tuple(pads))


def licence(model: str, shipped: bool) -> str:
    """The terms of sounds of a model."""
    return (OURS if shipped else THEIRS).format(version=version(), model=model)


def velocities(layers: int) -> list[tuple[int, int]]:
    """So many spans of velocities, 1 to 127, from soft to hard."""
    ends = [round(VELOCITIES * k / layers) for k in range(layers + 1)]
    return [(low + 1, high) for low, high in itertools.pairwise(ends)]


def plain(name: str) -> str:
    """A name as every file system and sampler takes it: small letters, digits and -, at most 32; "" for none."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-").lower()[:32].rstrip("-")


def one_line(text: str) -> str:
    """A text without line ends and other signs that cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def chokes(groups: Mapping[int, int | None], notes: Mapping[int, int]) -> dict[int, int]:
    """The choke group of each pad: its own, else that of the hats for a hat, where nothing is said; else 0."""
    said = {number: group for number, group in groups.items() if group is not None}
    theirs = [group for number, group in said.items() if group and notes[number] in HATS]
    free = next(group for group in range(1, 18) if group not in said.values())
    hats = theirs[0] if theirs else free
    return {number: said.get(number, hats if notes[number] in HATS else 0) for number in groups}
