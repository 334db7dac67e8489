"""Measures of a model's sounds: do judges hear the class that was asked for, how close is the whole to
real sounds, and is anything there that a drum does not have.

Distances use the embedding of the judge, which was trained apart from every model on the split
`train`. They mean something only beside their floor, the same distance between two real sets.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..hit import Hit
from ..model import Model
from .config import CLASSES, KINDS
from .data import Corpus, splits
from .judge import Judge

THREE = ("kick", "snare", "cymbal")


@dataclass(frozen=True)
class Interval:
    """A value with its bootstrap 95 % interval."""

    value: float
    low: float
    high: float


def render_class(model: Model, name: str, n: int, seed: int, batch: int = 10, **controls: Any) -> Tensor:
    """n sounds (n, N) of one class at full weight, seeds counting up."""
    hits = [Hit(classes={name: 1.0}, seed=seed + i, **controls) for i in range(n)]
    made = [model.render_batch(hits[i : i + batch]) for i in range(0, n, batch)]
    return torch.from_numpy(np.stack([sound.samples[0] for part in made for sound in part]))


def heard(names: list[str], wanted: str) -> float:
    """Share of names that are the class wanted, or a kind of it."""
    return sum(name in (wanted, *KINDS.get(wanted, ())) for name in names) / len(names)


def agreement(model: Model, judge: Judge, sounds: Tensor, wanted: str) -> dict[str, float]:
    """Share in which the model's own classifier at sigma 0, and the judge, hear the class wanted."""
    with torch.no_grad():
        own = torch.cat([model.classify(x[:, None], torch.zeros(len(x))).cpu() for x in sounds.split(64)]).argmax(1)
        other = torch.cat([judge.probabilities(x) for x in sounds.split(64)]).argmax(1)
    return {
        "classifier": heard([model.spec.classes[int(i)] for i in own], wanted),
        "judge": heard([CLASSES[int(i)] for i in other], wanted),
    }


def embed(judge: Judge, sounds: Tensor) -> np.ndarray:
    """Embeddings (n, 128) in float64."""
    with torch.no_grad():
        return torch.cat([judge.embedding(x) for x in sounds.split(64)]).double().numpy()


def frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Frechet distance of two Gaussian fits: |mu_a - mu_b|^2 + tr(A + B - 2 (A B)^(1/2))."""
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    # tr (A B)^(1/2) from the symmetric form A^(1/2) B A^(1/2), whose eigenvalues are real
    values, vectors = np.linalg.eigh(cov_a)
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    cross = np.sqrt(np.linalg.eigvalsh(root @ cov_b @ root).clip(0)).sum()
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(cov_a) + np.trace(cov_b) - 2 * cross)


def kernel(a: np.ndarray, b: np.ndarray, width: float) -> float:
    """Unbiased squared maximum mean discrepancy with a Gaussian kernel, times 1000."""

    def k(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        square = (x**2).sum(1)[:, None] + (y**2).sum(1)[None] - 2 * x @ y.T
        return np.asarray(np.exp(-square.clip(0) / (2 * width**2)))

    n, m = len(a), len(b)
    within_a = (k(a, a).sum() - n) / (n * (n - 1))
    within_b = (k(b, b).sum() - m) / (m * (m - 1))
    return float(1000 * (within_a + within_b - 2 * k(a, b).mean()))


def median_width(real: np.ndarray) -> float:
    """Kernel width: the median distance between real sounds."""
    square = (real**2).sum(1)[:, None] + (real**2).sum(1)[None] - 2 * real @ real.T
    return float(np.sqrt(np.median(square[np.triu_indices(len(real), 1)].clip(0))))


def bootstrap(a: np.ndarray, b: np.ndarray, measure: Any, rounds: int = 100, seed: int = 0) -> Interval:
    """measure(a, b) with the 95 % interval over resampled rows of both."""
    draw = np.random.default_rng(seed)
    values = [
        measure(a[draw.integers(len(a), size=len(a))], b[draw.integers(len(b), size=len(b))]) for _ in range(rounds)
    ]
    low, high = np.percentile(values, [2.5, 97.5])
    return Interval(measure(a, b), float(low), float(high))


def faults(sounds: Tensor, rate_hz: int = 44100) -> dict[str, float]:
    """What a drum does not have: a tail that stops instead of dying, DC, tones at multiples of rate / 32."""
    x = sounds.double().numpy()
    peak = np.abs(x).max(1)
    tail = np.abs(x[:, -rate_hz // 100 :]).max(1)
    late = x[:, x.shape[1] // 2 : -rate_hz // 20]
    power = (np.abs(np.fft.rfft(late * np.hanning(late.shape[1]), axis=1)) ** 2).mean(0)
    bins = np.round(np.arange(1, 16) * late.shape[1] / 32).astype(int)
    around = [np.median(np.r_[power[b - 40 : b - 5], power[b + 6 : b + 41]]) for b in bins]
    lines = [10 * np.log10(power[b - 1 : b + 2].max() / max(level, 1e-30)) for b, level in zip(bins, around)]
    return {
        "tail_50_db_down": float((tail < peak * 10 ** (-50 / 20)).mean()),
        "dc_db": float(20 * np.log10(np.median(np.abs(x.mean(1)) / peak))),
        "worst_line_db": float(max(lines)),
    }


def evaluate(model: Model, judge: Judge, pack: Path | None, n: int, seed: int = 1, **controls: Any) -> dict[str, Any]:
    """All measures on n sounds a class: agreement per class, faults, and distances where a pack is given."""
    made = {name: render_class(model, name, n, seed, **controls) for name in model.spec.classes}
    report: dict[str, Any] = {"model": model.tag, "n": n, "seed": seed, "controls": controls}
    report["agreement"] = {name: agreement(model, judge, sounds, name) for name, sounds in made.items()}
    report["faults"] = {name: faults(sounds) for name, sounds in made.items()}
    if pack is not None:
        report["distance"] = {
            split: distances(judge, made, Corpus.load(pack, split, model.spec.length, torch.device("cpu")))
            for split in splits(pack)
            if split != "train"
        }
    return report


def distances(judge: Judge, made: dict[str, Tensor], corpus: Corpus) -> dict[str, Any]:
    """Distances of kick, snare and cymbal sounds to real ones of a split, and the floor between two halves."""
    names = [CLASSES[int(i)] for i in corpus.labels]
    rows = [i for i, name in enumerate(names) if any(heard([name], wanted) for wanted in THREE)]
    real = embed(judge, corpus.clean()[rows])
    draw = np.random.default_rng(0).permutation(len(real))
    half_a, half_b = real[draw[::2]], real[draw[1::2]]
    generated = embed(judge, torch.cat([made[name] for name in THREE]))
    width = median_width(real)
    return {
        "frechet": vars(bootstrap(generated, real, frechet)),
        "kernel": vars(bootstrap(generated, real, lambda a, b: kernel(a, b, width))),
        "floor_frechet": frechet(half_a, half_b),
        "floor_kernel": kernel(half_a, half_b, width),
        "real": len(real),
        "generated": len(generated),
    }
