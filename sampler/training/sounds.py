"""From a sound file to what is learnt from: its first second, begun at the hit; and what is no hit, or there twice.

Levels are no part of a drum here: every sound is as loud as full scale nearly allows, as those were from which the
shipped model learned. Only reading audio files needs soundfile.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import Error
from ..wav import read_sound
from .config import RATE_HZ

PACKED = RATE_HZ  # samples kept per sound: one second
PEAK = 0.98  # of full scale
LOUDEST = 16.0  # 24 dB above full scale: no mixer is so loud, whole numbers written as floats are
QUIETEST = 10 ** (-60 / 20)  # of full scale: nobody hears it beside a drum
BEGINS = 10 ** (-40 / 20)  # of the peak: the first sample above is where the hit begins
BEFORE = 32  # samples kept before that
HELD_OUT = 6  # every so many-th sound of a class is for measuring

BLOCK = 220  # samples, 5 ms, of an envelope
LOOKED_AT = 3 * RATE_HZ  # samples in which a loop shows itself
APART, QUIET = 24, 16  # blocks between two hits at least, and before a hit in which it was quieter
STRONG, RISE = 10 ** (-9 / 20), 10 ** (12 / 20)  # of a hit: of the peak, and above what was before
HITS = 3  # of which a loop has as many at least

COMPARED = 16384  # samples in which two sounds are the same
COARSE = 64  # samples to a mean, of what is compared first
LIKE, SAME = 0.98, 0.9995  # correlations of means, of samples


def learnable(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """The first second of a hit, int16 (PACKED,) each: its channels mixed, and half of what left is more than right.

    `Error` where it is nothing to learn from. More than two channels count as mono.
    """
    sound = read_sound(path, RATE_HZ)
    mono = sound.mean(axis=0)
    most = float(np.abs(sound).max())
    if most > LOUDEST:
        raise Error(
            f"the sound {path} peaks at {most:.0f}, and full scale is 1: whole numbers as floats; export it again"
        )
    peak = float(np.abs(mono).max())
    begin = max(0, int(np.argmax(np.abs(mono) >= BEGINS * peak)) - BEFORE) if peak else 0
    side = (sound[0] - sound[1])[begin:] / 2 if len(sound) == 2 else np.zeros_like(mono[begin:])
    mono = mono[begin:]
    if float(np.ptp(mono[:PACKED])) / 2 < QUIETEST:
        cancel = len(sound) > 1 and float(np.ptp(sound, axis=1).max()) / 2 >= QUIETEST
        why = "its channels cancel one another out" if cancel else "it is silent"
        raise Error(f"the sound {path} cannot be learnt from: {why}")
    found = hits(mono)
    if found >= HITS:
        raise Error(
            f"the sound {path} has {found} hits in its first {LOOKED_AT / RATE_HZ:.0f} s, as a loop has; "
            "cut it into single hits"
        )
    packed, scale = np.zeros((2, PACKED), np.int16), PEAK / np.abs(mono[:PACKED]).max() * 32767
    both = np.stack([mono, side])[:, :PACKED] * scale
    packed[:, : both.shape[1]] = np.round(both.clip(-32767, 32767))
    return packed[0], packed[1]


def hits(sound: np.ndarray) -> int:
    """How often a sound (n,) is struck: where its envelope rises far above what it was just before."""
    part = np.abs(sound[:LOOKED_AT])
    envelope = np.pad(part, (0, -len(part) % BLOCK)).reshape(-1, BLOCK).max(axis=1)
    strong, last, count = STRONG * envelope.max(), -APART, 0
    for i, level in enumerate(envelope):
        before = envelope[max(0, i - QUIET) : i].min() if i else 0.0
        if level >= strong and level >= RISE * before and i - last >= APART:
            last, count = i, count + 1
    return count


def unit(sounds: np.ndarray, coarse: int) -> np.ndarray:
    """The beginnings of sounds (n, PACKED) from where they are heard, as rows of length 1: (n, COMPARED / coarse)."""
    begun = (np.abs(sounds[:, : 2 * BEFORE]) >= BEGINS * PEAK * 32767).argmax(axis=1)
    means = np.empty((len(sounds), COMPARED // coarse), np.float32)
    for row, sound, begin in zip(means, sounds, begun):
        sound[begin : begin + COMPARED].reshape(-1, coarse).mean(axis=1, dtype=np.float32, out=row)
    return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9))


def duplicates(sounds: np.ndarray) -> dict[int, int]:
    """Which of sounds (n, PACKED) is which earlier one once more, at whatever level it was."""
    coarse, found = unit(sounds, COARSE), dict[int, int]()
    for i in range(1, len(sounds)):
        near = np.flatnonzero(coarse[:i] @ coarse[i] > LIKE)
        near = np.array([j for j in near if j not in found], int)
        if len(near):
            likeness = unit(sounds[near], 1) @ unit(sounds[i : i + 1], 1)[0]
            if likeness.max() > SAME:
                found[i] = int(near[likeness.argmax()])
    return found


def held_out(sounds: np.ndarray, labels: Sequence[str]) -> list[str]:
    """The split of each sound, `train` or `test`: a share of each class is a test, one at least in all.

    The bytes of a sound decide, so that neither its name nor the order of the files does.
    """
    order = sorted(range(len(sounds)), key=lambda i: hashlib.sha256(sounds[i].tobytes()).digest())
    tests: set[int] = set()
    for name in set(labels):
        own = [i for i in order if labels[i] == name]
        tests.update(own[: len(own) // HELD_OUT])
    tests = tests or set(order[:1])
    return ["test" if i in tests else "train" for i in range(len(sounds))]
