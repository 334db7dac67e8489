"""How like real sounds a set is in what one hears: how far apart the distributions of each trait are, class by class.

The distance of a trait is W1 = int |F^-1(q) - G^-1(q)| dq, how far its values have to be moved on average, over the
interquartile range of real ones: 0 is alike, 1 is off by as much as the middle half of real sounds is wide. A few
sounds are some way off by chance, so it stands beside its floor: the same of as many real sounds of the split `train`.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .config import KINDS
from .traits import traits

TONAL = ("kick", "tom")  # of which the lowest partial is heard as a pitch
FEWEST = 8  # real sounds of a class, below which its traits say nothing
MOST = 150  # sounds of a class that are enough
DRAWS = 40  # of as many sounds of `train`, whose mean is the floor
LEAST = {  # real sounds count as no less spread than one would hear
    "rise_ms": 1.0, "decay_ms": 10.0, "centroid_hz": 50.0, "flutter_db": 0.3, "partials_db": 1.0, "grain_db": 0.3,
    "hiss_db": 6.0, "sway_cents": 10.0, "tail_50_db": 6.0, "tail_75_db": 6.0, "tail_95_db": 6.0,
}  # fmt: skip

Values = dict[str, np.ndarray]
"""Traits (n,) by name."""


def wasserstein(a: np.ndarray, b: np.ndarray) -> float:
    """W1 between two samples (n,) and (m,): the area between their distribution functions."""
    a, b = np.sort(a), np.sort(b)
    places = np.sort(np.concatenate([a, b]))
    apart = np.searchsorted(a, places[:-1], "right") / len(a) - np.searchsorted(b, places[:-1], "right") / len(b)
    return float(np.abs(apart) @ np.diff(places))


def apart(made: np.ndarray, real: np.ndarray, least: float = 1e-12) -> float:
    """W1 over the interquartile range of the real ones, this at least `least`; nan where nothing could be measured."""
    made, real = made[np.isfinite(made)], real[np.isfinite(real)]
    if not len(made) or not len(real):
        return float("nan")
    low, high = np.percentile(real, [25, 75])
    return wasserstein(made, real) / max(float(high - low), least)


def counted(name: str) -> list[str]:
    """The traits that count for a class."""
    return [trait for trait in LEAST if trait != "sway_cents" or name in TONAL]


def family(values: dict[str, Values], name: str) -> Values | None:
    """Traits of a class, its kinds included; None where there are too few sounds."""
    found = [values[each] for each in (name, *KINDS.get(name, ())) if each in values]
    joined = {trait: np.concatenate([each[trait] for each in found]) for trait in LEAST} if found else {}
    return joined if found and len(joined["rise_ms"]) >= FEWEST else None


def heard_of(sounds: dict[str, Tensor]) -> dict[str, Values]:
    """Traits of sounds (n, N) by class, of at most `MOST` drawn from each."""
    draw = np.random.default_rng(0)
    rows = {name: np.sort(draw.permutation(len(x))[:MOST]) for name, x in sounds.items() if len(x)}
    return {name: traits(sounds[name][torch.from_numpy(some)]) for name, some in rows.items()}


def likeness(made: Values, real: Values, train: Values | None, names: Iterable[str]) -> dict[str, Any]:
    """The distance of each trait named, its floor (None without `train`), the means of both, and the worst trait."""
    count = len(made["rise_ms"])
    draw = np.random.default_rng(0)
    found: dict[str, Any] = {"generated": count, "real": len(real["rise_ms"]), "traits": {}}
    for name in names:
        value, ground = apart(made[name], real[name], LEAST[name]), None
        if train:
            rows = [draw.permutation(len(train[name]))[:count] for _ in range(DRAWS)]
            ground = float(np.mean([apart(train[name][some], real[name], LEAST[name]) for some in rows]))
        if np.isfinite(value):
            found["traits"][name] = {"value": value, "floor": ground}
    values = {name: each["value"] for name, each in found["traits"].items()}
    floors = [each["floor"] for each in found["traits"].values() if each["floor"] is not None]
    found["mean"], found["worst"] = float(np.mean(list(values.values()))), max(values, key=values.__getitem__)
    return found | {"floor": float(np.mean(floors)) if floors else None}


def likenesses(made: dict[str, Values], real: dict[str, Values], train: dict[str, Values]) -> dict[str, dict[str, Any]]:
    """`likeness` of each class of which there are real sounds enough."""
    found = {}
    for name, values in made.items():
        known = family(real, name)
        if known is not None:
            found[name] = likeness(values, known, family(train, name), counted(name))
    return found
