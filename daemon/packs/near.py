"""Which of many sounds are too much like an earlier one: neighbours in an embedding, by the angle between them.

Up to some ten thousand sounds all pairs are compared. Above, usearch finds neighbours in a graph (HNSW), which may miss
a few: each sound then costs about the same, however many there are.
"""

from importlib.util import find_spec
from typing import Any

import numpy as np

from ...sampler.errors import Error, brings

EXACT = 20_000  # sounds of one group, up to which all pairs are compared
CHUNK = 256  # sounds looked up at once


class Neighbours:
    """Sounds that are kept so far. distance: 1 - cos, below which two are alike; most: sounds that may come.

    Sounds come in the order of the plan, and of two that are alike the earlier one stays.
    """

    def __init__(self, distance: float, most: int) -> None:
        self._distance, self._exact = distance, most <= EXACT
        self._index: Any = None
        self._kept = np.zeros((0, 0), np.float32)
        self._count = 0

    def add(self, places: np.ndarray) -> np.ndarray:
        """Whether each of some sounds (n, D) is unlike all that are kept, which it then is, too: (n,)."""
        found = [self._add(places[i : i + CHUNK]) for i in range(0, len(places), CHUNK)]
        return np.concatenate(found) if found else np.zeros(0, bool)

    def _add(self, places: np.ndarray) -> np.ndarray:
        unit = places / np.linalg.norm(places, axis=1, keepdims=True).clip(1e-12)
        apart = 1 - unit @ unit.T
        stays = self._nearest(unit) >= self._distance
        for i in range(len(unit)):
            stays[i] = stays[i] and bool((apart[i, :i][stays[:i]] >= self._distance).all())
        self._keep(unit[stays])
        return stays

    def _nearest(self, unit: np.ndarray) -> np.ndarray:
        """The distance of each (n, D) to the nearest that is kept: (n,)."""
        if not self._count:
            return np.full(len(unit), np.inf)
        if self._exact:
            return np.asarray(1 - (unit @ self._kept[: self._count].T).max(1))
        return np.asarray(self._index.search(unit, 1).distances).reshape(len(unit))

    def _keep(self, unit: np.ndarray) -> None:
        if self._exact:
            if self._count + len(unit) > len(self._kept):
                room = np.zeros((2 * (self._count + len(unit)), unit.shape[1]), np.float32)
                room[: self._count] = self._kept[: self._count] if self._count else 0
                self._kept = room
            self._kept[self._count : self._count + len(unit)] = unit
        elif len(unit):
            if self._index is None:
                from usearch.index import Index

                self._index = Index(ndim=unit.shape[1], metric="cos", dtype="f16")
            keys = np.arange(self._count, self._count + len(unit))
            self._index.add(keys, unit, threads=1)  # with more, the graph would depend on who was first
        self._count += len(unit)


def permit(most: int) -> None:
    """`Error`, before anything is rendered, where so many sounds of a group cannot be compared here."""
    if most > EXACT and not find_spec("usearch"):
        raise Error(f"--unlike among {most} sounds of one kind needs usearch; install it with: {brings('packs')}")
