"""Sounds for training: read once, packed in one file, handed out as augmented batches.

A pack is a .npz with `sounds` (n, 44100) int16, `labels` and `manners` (n,) indices into `classes` (no manner is -1),
`split` (n,) and `paths` (n,). Only reading audio files needs soundfile; training from a pack needs torch
and numpy alone.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Error
from ..files import appearing
from ..home import named
from ..networks.classifier import fade
from ..wav import read_sound
from .config import CLASSES, KINDS, MANNERS, RATE_HZ, Config
from .folders import digest, list_sounds, told

PACKED = RATE_HZ  # samples kept per sound: one second
SEMITONES = (-2.0, -1.0, -0.5, 0.0, 0.0, 0.0, 0.5, 1.0, 2.0)
LOUDEST = 16.0  # 24 dB above full scale: no mixer is so loud, whole numbers written as floats are
QUIETEST = 10 ** (-60 / 20)  # of full scale: nobody hears it beside a drum
ALONE, EVEN, TOLD = 0.1, 0.5, 0.85  # of sounds of a manner: named by it alone, by it half and half, by it at all
GAP = 2048  # samples of silence that keep what ends abruptly from being heard where the sound begins
BROKEN = (OSError, KeyError, ValueError, TypeError, IndexError, EOFError, zipfile.BadZipFile, zlib.error)  # of numpy


def learnable(path: Path) -> np.ndarray:
    """The first second of a sound, int16 (PACKED,), its channels mixed; `Error` where it is nothing to learn from."""
    sound = read_sound(path, RATE_HZ)
    mono = sound.mean(axis=0)
    peak, heard = float(np.abs(sound).max()), float(np.ptp(mono[:PACKED])) / 2
    if peak > LOUDEST:
        raise Error(
            f"the sound {path} peaks at {peak:.0f}, and full scale is 1: whole numbers as floats; export it again"
        )
    if heard < QUIETEST:
        cancel = len(sound) > 1 and float(np.ptp(sound[:, :PACKED], axis=1).max()) / 2 >= QUIETEST
        why = "its channels cancel one another out" if cancel else f"it is silent in its first {PACKED / RATE_HZ:.0f} s"
        raise Error(f"the sound {path} cannot be learnt from: {why}")
    packed = np.zeros(PACKED, np.int16)
    packed[: len(mono)] = np.round(mono[:PACKED] / max(peak, 1) * 32767)
    return packed


def pack(folder: Path, target: Path, skip_bad: bool = False, say: Callable[[str], object] = lambda text: None) -> int:
    """Read every sound of `folder` into the pack `target`; returns how many.

    What cannot be learnt from is told all at once: as an `Error`, or with `skip_bad` by `say`, and left out.
    """
    folder = folder.resolve()
    rows, faults = list_sounds(folder)
    sounds, kept = [], []
    for row in rows:
        try:
            sounds.append(learnable(row.path))
            kept.append(row)
        except Error as reason:
            faults.append(named(reason))
    if faults and not skip_bad:
        raise Error(told(faults, len(kept) + len(faults), folder))
    if not kept:
        raise Error(f"{told(faults, len(faults), folder)}\nnothing is left to learn from")
    for fault in faults:
        say(f"left out: {fault}")
    arrays: dict[str, Any] = dict(
        folder=np.array(str(folder)),
        digest=np.array(digest(rows)),
        sounds=np.stack(sounds),
        labels=np.array([CLASSES.index(row.label) for row in kept], np.int64),
        manners=np.array([CLASSES.index(row.manner) if row.manner else -1 for row in kept], np.int64),
        split=np.array([row.split for row in kept]),
        paths=np.array([named(r.path.relative_to(folder) if r.path.is_relative_to(folder) else r.path) for r in kept]),
        classes=np.array(CLASSES),
    )
    with appearing(target) as staged, staged.open("wb") as file:
        np.savez_compressed(file, **arrays)
    return len(kept)


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

    @classmethod
    def load(cls, file: Path, split: str, length: int, device: torch.device) -> "Corpus":
        """The sounds of one split; `Error` where the pack is not one or the split is empty."""
        with opened(file) as packed:
            chosen = packed["split"] == split
            sounds = packed["sounds"][chosen]
            if sounds.ndim != 2 or sounds.shape[1] < length:
                raise ValueError(f"its sounds are {sounds.shape[1:]} samples long, and {length} are needed")
            if "classes" in packed.files and tuple(packed["classes"]) != CLASSES:
                raise ValueError(f"its classes are {', '.join(packed['classes'])}, and now they are other ones")
            labels = packed["labels"][chosen]
            manners = packed["manners"][chosen] if "manners" in packed.files else np.full(len(labels), -1)
        if not len(sounds):
            raise Error(f"{file} holds no sounds of the split {split}")
        found = [torch.from_numpy(part).to(device) for part in (sounds, labels, manners)]
        return cls(found[0], found[1], found[2], length)

    def only(self, rows: Tensor) -> "Corpus":
        """Some of the sounds, by number or by mask."""
        return Corpus(self.sounds[rows], self.labels[rows], self.manners[rows], self.length)

    def members(self, name: str) -> Tensor:
        """Which sounds are of a class, of one of its kinds, or made in that manner: a mask (n,)."""
        kinds = torch.tensor([CLASSES.index(kind) for kind in (name, *KINDS.get(name, ()))], device=self.labels.device)
        return torch.isin(self.labels, kinds) | (self.manners == CLASSES.index(name))

    def soft(self, rows: Tensor) -> Tensor:
        """Labels of some sounds as vectors (B, classes): 1 at the class, and 1 at the manner."""
        nothing = torch.zeros(len(rows), len(CLASSES) + 1, device=self.labels.device)
        for found in (self.labels[rows], self.manners[rows]):
            nothing.scatter_(1, found[:, None] % (len(CLASSES) + 1), 1.0)
        return nothing[:, :-1]

    def clean(self) -> Tensor:
        """Every sound as the model should learn it, without augmentation: (n, N)."""
        return self.sounds[:, : self.length].float() / 32768 * fade(self.length).to(self.sounds.device)

    def batches(self, config: Config, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """Endless augmented batches: sounds (B, 1, N) and their labels (B, classes), as `soft` has them."""
        device = self.sounds.device
        labels = self.labels.cpu()  # Metal has no float64
        chance = torch.bincount(labels, minlength=len(CLASSES)).double()[labels].pow(-config.balance)
        while True:
            index = torch.multinomial(chance, config.batch, replacement=True, generator=generator)
            x = self.sounds[index.to(device)].float() / 32768
            x = resample(x, SEMITONES[int(torch.randint(len(SEMITONES), (), generator=generator))])
            shift = int(torch.randint(48, (), generator=generator))
            x = torch.nn.functional.pad(x, (shift, 0))[:, : self.length]
            x = x * fade(x.shape[1]).to(device)  # what was made higher ends sooner
            x = torch.nn.functional.pad(x, (0, self.length - x.shape[1]))
            soft = self.soft(index.to(device))
            x, soft = layer(x, soft, config.layered, generator)
            sign = torch.randint(2, (config.batch, 1), generator=generator) * 2.0 - 1
            gain = 0.8 + 0.2 * torch.rand(config.batch, 1, generator=generator)
            yield (x * (sign * gain).to(device))[:, None], soft


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
    mine = torch.where(chosen, 0.25 + 0.5 * torch.rand(len(x), 1, generator=generator), 1.0).to(x.device)
    mixed = mine * x + (1 - mine) * x.roll(1, 0)
    peak = mixed.abs().amax(1, keepdim=True).clamp_min(1e-3)
    mixed = torch.where(chosen.to(x.device), mixed * (0.98 / peak), mixed)
    return mixed, mine * soft + (1 - mine) * soft.roll(1, 0)


def drums(soft: Tensor) -> Tensor:
    """Labels without the manners, and so summing to one: (B, classes) -> (B, classes)."""
    only = soft.clone()
    only[:, [CLASSES.index(name) for name in MANNERS]] = 0
    return only


def condition(soft: Tensor, unlabelled: float, generator: torch.Generator) -> Tensor:
    """Class weights as a user sets them: sometimes none, sometimes the family for the kind, or with the manner.

    Manners take their share of the weight from the class. It is large for sounds that were made in that manner, and
    small or none for all others, so that what a share between stands for is as likely the one as the other.
    """
    weights = drums(soft)
    for name in MANNERS:
        made = soft[:, CLASSES.index(name)]
        chance, far = torch.rand(2, len(soft), generator=generator).to(soft.device)
        most = torch.where(chance < ALONE, 1.0, torch.where(chance < EVEN, 0.5, 0.5 * far.sqrt()))
        most = most * (chance < TOLD)
        least = 0.5 * far.square() * (chance < 1 - TOLD + ALONE)
        share = (made * most + (1 - made) * least)[:, None]
        weights = (1 - share) * weights
        weights[:, CLASSES.index(name)] = share[:, 0]
    for family, kinds in KINDS.items():
        rows = torch.rand(len(soft), 1, generator=generator).to(soft.device) < 0.35
        members = [CLASSES.index(kind) for kind in kinds]
        moved = weights[:, members].sum(1) * rows[:, 0]
        weights[:, members] *= ~rows
        weights[:, CLASSES.index(family)] += moved
    keep = torch.rand(len(soft), 1, generator=generator).to(soft.device) >= unlabelled
    return weights * keep
