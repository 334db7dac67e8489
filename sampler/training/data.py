"""Sounds for training: read once, packed in one file, handed out as augmented batches.

A pack is a .npz with `sounds` (n, 44100) int16, `labels` and `manners` (n,) indices into `classes` (no manner is -1),
`split` (n,) and `paths` (n,); where some are in stereo, `sides` like `sounds`. Only reading audio needs soundfile;
training from a pack needs torch and numpy alone.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Error
from ..files import appearing
from ..home import named
from ..networks.classifier import fade
from .config import CLASSES, MANNERS, Config, kinds_of
from .folders import Row, digest, list_sounds, told
from .sounds import PACKED, duplicates, held_out, learnable

SEMITONES = (-2.0, -1.0, -0.5, 0.0, 0.0, 0.0, 0.5, 1.0, 2.0)
ALONE, EVEN, TOLD = 0.1, 0.5, 0.85  # of sounds of a manner: named by it alone, by it half and half, by it at all
GAP = 2048  # samples of silence that keep what ends abruptly from being heard where the sound begins
BROKEN = (OSError, KeyError, ValueError, TypeError, IndexError, EOFError, zipfile.BadZipFile, zlib.error)  # of numpy


def pack(folder: Path, target: Path, skip_bad: bool = False, say: Callable[[str], object] = lambda text: None) -> int:
    """Read every sound of `folder` into the pack `target`; returns how many.

    What cannot be learnt from is told all at once: as an `Error`, or with `skip_bad` by `say`, and left out. So is a
    sound that is there twice. Where the folder does not say which sounds are tests, `sounds.held_out` does.
    """
    folder = folder.resolve()
    rows, faults = list_sounds(folder)
    sounds, kept = np.zeros((len(rows), PACKED), np.int16), list[Row]()
    sides: dict[int, np.ndarray] = {}  # of those that are in stereo
    for row in rows:
        try:
            sounds[len(kept)], side = learnable(row.path)
            if side.any():
                sides[len(kept)] = side
            kept.append(row)
        except Error as reason:
            faults.append(named(reason))
    if faults and not skip_bad:
        raise Error(told(faults, len(kept) + len(faults), folder))
    if not kept:
        raise Error(f"{told(faults, len(faults), folder)}\nnothing is left to learn from")
    for fault in faults:
        say(f"left out: {fault}")
    twice = duplicates(sounds[: len(kept)])
    places = [named(r.path.relative_to(folder) if r.path.is_relative_to(folder) else r.path) for r in kept]
    for again, first in twice.items():
        say(f"left out: {places[again]} is the same sound as {places[first]}")
    unlike = [i for i in range(len(kept)) if i not in twice]
    chosen, sounds = [kept[i] for i in unlike], sounds[unlike]
    if len(chosen) < 2 and not chosen[0].split:
        raise Error(
            f"{folder} holds one sound to learn from; give two at least, thirty or more are better: a sixth is held out"
        )
    by_hash = held_out(sounds, [row.label for row in chosen])
    present = {name for row in chosen for name in (row.label, row.manner) if name}
    classes = [name for name in (*CLASSES, *sorted(present - {*CLASSES})) if name in present]
    arrays: dict[str, Any] = dict(
        folder=np.array(str(folder)),
        digest=np.array(digest(rows)),
        sounds=sounds,
        labels=np.array([classes.index(row.label) for row in chosen], np.int64),
        manners=np.array([classes.index(row.manner) if row.manner else -1 for row in chosen], np.int64),
        split=np.array([row.split or split for row, split in zip(chosen, by_hash)]),
        paths=np.array([places[i] for i in unlike]),
        classes=np.array(classes),
    )
    if sides:
        none = np.zeros(PACKED, np.int16)
        arrays["sides"] = np.stack([sides.get(i, none) for i in unlike])
    with appearing(target) as staged, staged.open("wb") as file:
        np.savez_compressed(file, **arrays)
    return len(chosen)


@contextmanager
def opened(file: Path) -> Iterator[Any]:
    """The arrays of a pack by name; `Error` where it is none."""
    try:
        with file.open("rb") as raw, np.load(raw) as packed:
            yield packed
    except BROKEN as reason:
        raise Error(
            f"{file} is not a pack of sounds ({reason}); make one with `driftkit train --data FOLDER`"
        ) from None


def packs(file: Path, folder: Path) -> bool:
    """Whether a file is a pack of this folder."""
    try:
        with opened(file) as packed:
            return str(packed["folder"]) == str(folder.resolve())
    except Error:
        return False


def changed(file: Path, folder: Path) -> bool:
    """Whether a folder has other sounds than when it was packed, or cannot be read any more."""
    with opened(file) as packed:
        before = str(packed["digest"]) if "digest" in packed.files else None
    try:
        return before is not None and digest(list_sounds(folder.resolve()).rows) != before
    except Error:
        return True


def classes_of(packed: Any) -> tuple[str, ...]:
    """The classes that an open pack numbers."""
    return tuple(map(str, packed["classes"])) if "classes" in packed.files else CLASSES


def classes_in(file: Path) -> tuple[str, ...]:
    """The classes of which a pack has sounds, in their order there."""
    with opened(file) as packed:
        numbers = np.concatenate([packed[name] for name in ("labels", "manners") if name in packed.files])
        return tuple(name for i, name in enumerate(classes_of(packed)) if (numbers == i).any())


def splits(file: Path) -> list[str]:
    """The splits that a pack has."""
    with opened(file) as packed:
        return sorted({str(name) for name in packed["split"]})


def paths(file: Path, split: str) -> list[str]:
    """The files that the sounds of a split came from, or their numbers where a pack does not say."""
    with opened(file) as packed:
        rows = np.flatnonzero(packed["split"] == split)
        return [str(packed["paths"][i]) for i in rows] if "paths" in packed.files else [f"sound {i}" for i in rows]


@dataclass
class Corpus:
    """One split of a pack, on one device."""

    sounds: Tensor  # (n, PACKED) int16
    labels: Tensor  # (n,)
    manners: Tensor  # (n,), -1 where there is none
    length: int
    classes: tuple[str, ...] = CLASSES  # what labels and manners are numbers of
    sides: Tensor | None = None  # (n, PACKED) int16 for who learns in stereo: left is sound and side, right without

    @classmethod
    def load(
        cls, file: Path, split: str, length: int, device: torch.device, classes: Sequence[str] = (), channels: int = 1
    ) -> "Corpus":
        """The sounds of one split; `Error` where the pack is not one, the split is empty, or a sound of no class.

        classes: by default all that there are in `CLASSES`, and behind them what else the pack has. channels: 2 keeps
        what is in stereo.
        """
        with opened(file) as packed:
            chosen = packed["split"] == split
            sounds = packed["sounds"][chosen]
            sides = packed["sides"][chosen] if channels == 2 and "sides" in packed.files else None
            if sounds.ndim != 2 or sounds.shape[1] < length:
                raise ValueError(f"its sounds are {sounds.shape[1:]} samples long, and {length} are needed")
            own = classes_of(packed)
            classes = tuple(classes) or (*CLASSES, *(name for name in own if name not in CLASSES))
            places = np.array([classes.index(name) if name in classes else -1 for name in own] + [-1])
            labels = packed["labels"][chosen]
            strange = sorted({own[i] for i in labels[places[labels] < 0]})
            manners = packed["manners"][chosen] if "manners" in packed.files else np.full(len(labels), -1)
            labels, manners = places[labels], places[manners]
        if not len(sounds):
            raise Error(f"{file} holds no sounds of the split {split}")
        if strange:
            raise Error(f"{file} has sounds of {', '.join(strange)}, and this is of {', '.join(classes)}; begin anew")
        found = [torch.from_numpy(part).to(device) for part in (sounds, labels, manners)]
        both = None if sides is None else torch.from_numpy(sides).to(device)
        return cls(found[0], found[1], found[2], length, classes, both)

    def only(self, rows: Tensor) -> "Corpus":
        """Some of the sounds, by number or by mask."""
        sides = None if self.sides is None else self.sides[rows]
        sounds, labels, manners = self.sounds[rows], self.labels[rows], self.manners[rows]
        return replace(self, sounds=sounds, labels=labels, manners=manners, sides=sides)

    def members(self, name: str) -> Tensor:
        """Which sounds are of a class, of one of its kinds, or made in that manner: a mask (n,)."""
        named = (name, *kinds_of(self.classes).get(name, ()))
        kinds = torch.tensor([self.classes.index(kind) for kind in named], device=self.labels.device)
        return torch.isin(self.labels, kinds) | (self.manners == self.classes.index(name))

    def soft(self, rows: Tensor) -> Tensor:
        """Labels of some sounds as vectors (B, classes): 1 at the class, and 1 at the manner."""
        count = len(self.classes) + 1  # the last column takes what has no manner
        nothing = torch.zeros(len(rows), count, device=self.labels.device)
        for found in (self.labels[rows], self.manners[rows]):
            nothing.scatter_(1, found[:, None] % count, 1.0)
        return nothing[:, :-1]

    def clean(self) -> Tensor:
        """Every sound as the model should learn it, without augmentation: (n, N)."""
        return self.sounds[:, : self.length].float() / 32768 * fade(self.length).to(self.sounds.device)

    def waves(self) -> Tensor:
        """As `clean`, in stereo where this is: (n, C, N)."""
        mono = self.clean()[:, None]
        if self.sides is None:
            return mono
        side = replace(self, sounds=self.sides).clean()[:, None]
        return torch.cat([mono + side, mono - side], 1)

    def batches(self, config: Config, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """Endless augmented batches: sounds (B, C, N) and their labels (B, classes), as `soft` has them.

        Labels and all chance are the processor's, where nobody waits for a GPU to see them.
        """
        device = self.sounds.device
        named = replace(self, labels=self.labels.cpu(), manners=self.manners.cpu())
        labels = named.labels  # Metal has no float64
        chance = torch.bincount(labels, minlength=len(self.classes)).double()[labels].pow(-config.balance)
        while True:
            index = torch.multinomial(chance, config.batch, replacement=True, generator=generator)
            rows = index.to(device, non_blocking=True)
            x = torch.cat([part[rows] for part in (self.sounds, self.sides) if part is not None]).float() / 32768
            x = resample(x, SEMITONES[int(torch.randint(len(SEMITONES), (), generator=generator))])
            shift = int(torch.randint(48, (), generator=generator))
            x = torch.nn.functional.pad(x, (shift, 0))[:, : self.length]
            x = x * fade(x.shape[1], device)  # what was made higher ends sooner
            x = torch.nn.functional.pad(x, (0, self.length - x.shape[1]))
            x = x.unflatten(0, (-1, config.batch)).transpose(0, 1)  # (B, 1 or 2, N): what is common, and the side
            if self.sides is not None:
                x = torch.stack([x.sum(1), x[:, 0] - x[:, 1]], 1)
            shape, soft = x.shape, named.soft(index)
            x, soft = layer(x.flatten(1), soft, config.layered, generator)
            sign = torch.randint(2, (config.batch, 1), generator=generator) * 2.0 - 1
            gain = 0.8 + 0.2 * torch.rand(config.batch, 1, generator=generator)
            yield (x * (sign * gain).to(device, non_blocking=True)).view(shape), soft


def resample(x: Tensor, semitones: float) -> Tensor:
    """Play (B, n) faster or slower by so many semitones, band-limited through the spectrum."""
    if not semitones:
        return x
    ratio = 2 ** (semitones / 12)
    n = x.shape[1] + GAP
    out = 2 * round(n / ratio / 2)
    longer = torch.fft.irfft(torch.fft.rfft(x, n), out) * (out / n)
    return longer[:, : 2 * round(x.shape[1] / ratio / 2)]


def layer(x: Tensor, soft: Tensor, share: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Lay a share of the batch over its neighbour, labels mixed by amplitude: hybrids to learn from."""
    chosen = torch.rand(len(x), 1, generator=generator) < share
    mine = torch.where(chosen, 0.25 + 0.5 * torch.rand(len(x), 1, generator=generator), 1.0)
    own, laid = (part.to(x.device, non_blocking=True) for part in (mine, chosen))
    mixed = own * x + (1 - own) * x.roll(1, 0)
    peak = mixed.abs().amax(1, keepdim=True).clamp_min(1e-3)
    mixed = torch.where(laid, mixed * (0.98 / peak), mixed)
    return mixed, mine * soft + (1 - mine) * soft.roll(1, 0)


def drums(soft: Tensor, classes: Sequence[str]) -> Tensor:
    """Labels without the manners, and so summing to one: (B, classes) -> (B, classes)."""
    only = soft.clone()
    only[:, [i for i, name in enumerate(classes) if name in MANNERS]] = 0
    return only


def condition(soft: Tensor, classes: Sequence[str], unlabelled: float, generator: torch.Generator) -> Tensor:
    """Class weights as a user sets them: sometimes none, sometimes the family for the kind, or with the manner.

    Manners take their share of the weight from the class. It is large for sounds that were made in that manner, and
    small or none for all others, so that what a share between stands for is as likely the one as the other.
    """
    weights = drums(soft, classes)
    for name in (name for name in MANNERS if name in classes):
        made = soft[:, classes.index(name)]
        chance, far = torch.rand(2, len(soft), generator=generator).to(soft.device)
        most = torch.where(chance < ALONE, 1.0, torch.where(chance < EVEN, 0.5, 0.5 * far.sqrt()))
        most = most * (chance < TOLD)
        least = 0.5 * far.square() * (chance < 1 - TOLD + ALONE)
        share = (made * most + (1 - made) * least)[:, None]
        weights = (1 - share) * weights
        weights[:, classes.index(name)] = share[:, 0]
    for family, kinds in kinds_of(classes).items():
        rows = torch.rand(len(soft), 1, generator=generator).to(soft.device) < 0.35
        members = [classes.index(kind) for kind in kinds]
        moved = weights[:, members].sum(1) * rows[:, 0]
        weights[:, members] *= ~rows
        weights[:, classes.index(family)] += moved
    keep = torch.rand(len(soft), 1, generator=generator).to(soft.device) >= unlabelled
    return weights * keep
