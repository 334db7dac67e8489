"""Sounds for training: read once, packed in one file, handed out as augmented batches.

A pack is a .npz with `sounds` (n, 44100) int16, `labels` (n,) indices into `classes`, `split`
(n,) and `paths` (n,). Only reading audio files needs soundfile; training from a pack needs torch
and numpy alone.
"""

import csv
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Error
from ..files import appearing
from ..networks.classifier import fade
from .config import CLASSES, KINDS, RATE_HZ, TrainConfig

PACKED = RATE_HZ  # samples kept per sound: one second
SEMITONES = (-2.0, -1.0, -0.5, 0.0, 0.0, 0.0, 0.5, 1.0, 2.0)
GAP = 2048  # samples of silence that keep what ends abruptly from being heard where the sound begins
RENAMED = {"cymbal_other": "cymbal"}
BROKEN = (OSError, KeyError, ValueError, TypeError, IndexError, EOFError, zipfile.BadZipFile, zlib.error)  # of numpy
AUDIO = {".wav", ".flac", ".aif", ".aiff", ".ogg", ".mp3"}


Row = tuple[Path, str, str]
"""A sound: its file, its class, its split."""


def list_sounds(folder: Path) -> list[Row]:
    """The sounds that MANIFEST.csv names, or those in folders named after classes, every tenth of them a test.

    There the class is the first folder below `folder` that names one, or else itself; what is hidden is no sound.
    """
    manifest = folder / "MANIFEST.csv"
    if manifest.is_file():
        return listed(manifest)
    inside = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.suffix.lower() in AUDIO)
    found = [p for p in inside if not any(part.startswith(".") or part == "__MACOSX" for part in p.parts)]
    if not found:
        raise Error(f"{folder} holds neither MANIFEST.csv nor sounds; give a folder with one sub-folder per class")
    on_the_way = [[RENAMED.get(part, part) for part in (folder.name, *p.parts[:-1])] for p in found]
    labels = [next((name for name in (*names[1:], names[0]) if name in CLASSES), None) for names in on_the_way]
    strange = sorted({names[-1] for names, label in zip(on_the_way, labels) if label is None})
    if strange:
        raise Error(
            f"{folder} has sub-folders {', '.join(strange[:5])}; "
            f"a sub-folder is named after a class: {', '.join(CLASSES)}"
        )
    return [
        (folder / path, str(label), "test" if i % 10 == 0 else "train")
        for i, (path, label) in enumerate(zip(found, labels))
    ]


def listed(manifest: Path) -> list[Row]:
    """The sounds that a manifest names; `Error` where it is damaged or has other classes."""
    try:
        with manifest.open(newline="", encoding="utf-8-sig") as file:
            table = [(r["path"], r["class"], r["split"]) for r in csv.DictReader(file)]
        if any(None in row for row in table):
            raise ValueError("a line is too short")
    except (KeyError, ValueError, csv.Error) as reason:
        raise Error(f"{manifest} is damaged ({reason}); it needs the columns path, class and split") from None
    rows = [(manifest.parent / path, RENAMED.get(label, label), split) for path, label, split in table]
    strange = sorted({label for _, label, _ in rows} - set(CLASSES))
    if strange:
        raise Error(f"{manifest} has the classes {', '.join(strange[:5])}; known are {', '.join(CLASSES)}")
    return rows


def digest(rows: list[Row]) -> str:
    """What tells whether sounds are still those that were packed: their places, sizes and times."""
    found = hashlib.sha256()
    for path, label, split in rows:
        try:
            about = path.stat()
        except OSError as reason:
            raise Error(f"the sound {path} cannot be read: {reason.strerror}") from None
        found.update(repr((str(path), label, split, about.st_size, about.st_mtime_ns)).encode())
    return found.hexdigest()


def read_mono(path: Path) -> np.ndarray:
    """float32 (n,) at 44.1 kHz, the mean of the channels."""
    import soundfile

    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.SoundFileError) as reason:
        raise Error(f"the sound {path} cannot be read: {reason}") from None
    mono = sound.mean(axis=1)
    if rate != RATE_HZ:
        import soxr

        mono = soxr.resample(mono, rate, RATE_HZ)
    return mono


def pack(folder: Path, target: Path) -> int:
    """Read every sound of `folder` into the pack `target`; returns how many."""
    folder = folder.resolve()
    rows = list_sounds(folder)
    stamp = digest(rows)
    sounds = np.zeros((len(rows), PACKED), np.int16)
    for i, (path, _, _) in enumerate(rows):
        mono = read_mono(path)[:PACKED]
        sounds[i, : len(mono)] = np.round(np.clip(mono, -1, 1) * 32767)
    arrays: dict[str, Any] = dict(
        folder=np.array(str(folder)),
        digest=np.array(stamp),
        sounds=sounds,
        labels=np.array([CLASSES.index(label) for _, label, _ in rows], np.int64),
        split=np.array([split for _, _, split in rows]),
        paths=np.array([str(path.relative_to(folder) if path.is_relative_to(folder) else path) for path, _, _ in rows]),
        classes=np.array(CLASSES),
    )
    with appearing(target) as staged, staged.open("wb") as file:
        np.savez_compressed(file, **arrays)
    return len(rows)


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
        return before is not None and digest(list_sounds(folder.resolve())) != before
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
    length: int

    @classmethod
    def load(cls, file: Path, split: str, length: int, device: torch.device) -> "Corpus":
        """The sounds of one split; `Error` where the pack is not one or the split is empty."""
        with opened(file) as packed:
            chosen = packed["split"] == split
            sounds, labels = packed["sounds"][chosen], packed["labels"][chosen]
            if sounds.ndim != 2 or sounds.shape[1] < length:
                raise ValueError(f"its sounds are {sounds.shape[1:]} samples long, and {length} are needed")
        if not len(sounds):
            raise Error(f"{file} holds no sounds of the split {split}")
        return cls(torch.from_numpy(sounds).to(device), torch.from_numpy(labels).to(device), length)

    def clean(self) -> Tensor:
        """Every sound as the model should learn it, without augmentation: (n, N)."""
        return self.sounds[:, : self.length].float() / 32768 * fade(self.length).to(self.sounds.device)

    def batches(self, config: TrainConfig, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """Endless augmented batches: sounds (B, 1, N) and leaf labels as soft vectors (B, classes)."""
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
            soft = torch.nn.functional.one_hot(self.labels[index.to(device)], len(CLASSES)).float()
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


def condition(soft: Tensor, unlabelled: float, generator: torch.Generator) -> Tensor:
    """Class weights as a user sets them: sometimes none, sometimes the family for the kind."""
    weights = soft.clone()
    for family, kinds in KINDS.items():
        rows = torch.rand(len(soft), 1, generator=generator).to(soft.device) < 0.35
        members = [CLASSES.index(kind) for kind in kinds]
        moved = weights[:, members].sum(1) * rows[:, 0]
        weights[:, members] *= ~rows
        weights[:, CLASSES.index(family)] += moved
    keep = torch.rand(len(soft), 1, generator=generator).to(soft.device) >= unlabelled
    return weights * keep
