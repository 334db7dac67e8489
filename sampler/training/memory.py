"""Does the model repeat its training sounds? The nearest training sound of each generated one.

Near is what hardly any honest stranger is: nearer than the 1 % quantile of the distances from sounds
that never were near the training (the split `unseen`) to their nearest training sounds. Without
memorisation about one in a hundred generated sounds is that near, if the strangers are the same drums: they
count by class as often as there are generated ones.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from torch import Tensor

from .judge import Judge
from .metrics import nearest, wilson

QUANTILE = 0.01
LISTED = 10  # nearest pairs, for a person to listen to

Features = Callable[[Tensor], np.ndarray]
"""Sounds (n, N) -> features (n, D)."""


def log_mel(judge: Judge) -> Features:
    """The judge's log-mel pictures as rows; a distance of 1 is an RMS difference of 1 dB."""

    def features(sounds: Tensor) -> np.ndarray:
        parts = [judge.features(part).flatten(1).numpy() for part in sounds.split(64)]
        pictures = np.concatenate(parts).astype(np.float32)
        return np.asarray(pictures * np.float32(10 / np.log(10) / np.sqrt(pictures.shape[1])))

    return features


def quantile(values: np.ndarray, weights: np.ndarray, share: float) -> float:
    """The least of the values at or below which lies so much of the weight."""
    order = values.argsort()
    below = weights[order].cumsum()
    return float(values[order][np.searchsorted(below, share * below[-1])])


def memorised(
    generated: np.ndarray, train: np.ndarray, strangers: np.ndarray, made: list[str], known: list[str],
    weights: np.ndarray | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Share of generated sounds nearer to `train` than the threshold, with its interval, and the nearest pairs.

    generated (n, D), train (m, D), strangers (k, D) are features; made (n) and known (m) name their rows;
    weights (k,): how much each stranger counts, all alike by default.
    """
    index, distance = nearest(generated, train)
    usual = nearest(strangers, train)[1]
    threshold = quantile(usual, np.ones(len(usual)) if weights is None else weights, QUANTILE)
    order = distance.argsort()[:LISTED]
    return {
        "share": vars(wilson(int((distance < threshold).sum()), len(distance))),
        "expected": QUANTILE,
        "threshold": threshold,
        "median": float(np.median(distance)),
        "median_of_strangers": float(np.median(usual)),
        "pairs": [
            {"generated": made[i], "train": known[index[i]], "distance": float(distance[i])} for i in order.tolist()
        ],
    }
