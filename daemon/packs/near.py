"""Which of many sounds are too much like an earlier one: neighbours in an embedding, by the angle between them.

Up to some ten thousand sounds all pairs are compared. Of more, each lies in the cell of the nearest of some early
sounds, and is compared with those of the nearest cells; so a neighbour in a farther one is missed. There are as many
cells as it takes for a sound to cost about the same, however many there are. The work is that of products of matrices:
graphs of neighbours take five times as long among a hundred thousand sounds (research/scale.md).
"""

import numpy as np

EXACT = 20_000  # sounds of one group, up to which all pairs are compared
CELL = 1000  # sounds of a cell, where there are enough cells
CHUNK = 512  # sounds looked up at once, and the most cells
PROBED = 8  # nearest cells that are looked into


class Neighbours:
    """Sounds that are kept so far. distance: 1 - cos, below which two are alike; most: sounds that may come.

    Sounds come in the order of the plan, and of two that are alike the earlier one stays.
    """

    def __init__(self, distance: float, most: int) -> None:
        self._near = 1 - distance  # the cosine above which two are alike
        self._cells = [Cell() for _ in range(1 if most <= EXACT else min(-(-most // CELL), CHUNK))]
        self._centres = np.zeros((0, 0), np.float32)

    def add(self, places: np.ndarray) -> np.ndarray:
        """Whether each of some sounds (n, D) is unlike all that are kept, which it then is, too: (n,)."""
        found = [self._add(places[i : i + CHUNK]) for i in range(0, len(places), CHUNK)]
        return np.concatenate(found) if found else np.zeros(0, bool)

    def _add(self, places: np.ndarray) -> np.ndarray:
        unit = places / np.linalg.norm(places, axis=1, keepdims=True).clip(1e-12)
        if not len(self._centres):
            self._centres = unit[: len(self._cells)]  # seeds count up, so early sounds are as good as any
        cosines = unit @ self._centres.T
        stays = self._nearest(unit, cosines) <= self._near
        alike = np.tril(unit @ unit.T > self._near, -1)
        for i in np.flatnonzero(stays & alike.any(1)):
            stays[i] = not (alike[i] & stays).any()
        new = unit[stays]
        for cell, rows in by_value(cosines[stays].argmax(1)):
            self._cells[cell].keep(new[rows])
        return stays

    def _nearest(self, unit: np.ndarray, cosines: np.ndarray) -> np.ndarray:
        """The cosine of each (n, D) to the nearest that is kept in the cells nearest to it: (n,)."""
        best = np.full(len(unit), -1.0, np.float32)
        probed = min(PROBED, cosines.shape[1])
        for cell, pairs in by_value(np.argpartition(-cosines, probed - 1, axis=1)[:, :probed].ravel()):
            kept, rows = self._cells[cell].kept, pairs // probed
            if len(kept):
                best[rows] = np.maximum(best[rows], (unit[rows] @ kept.T).max(1))
        return best


class Cell:
    """Sounds that lie together: kept (n, D)."""

    def __init__(self) -> None:
        self._room = self.kept = np.zeros((0, 0), np.float32)

    def keep(self, unit: np.ndarray) -> None:
        """Some more of them."""
        count = len(self.kept) + len(unit)
        if count > len(self._room):
            self._room = np.empty((count + count // 2, unit.shape[1]), np.float32)
            self._room[: len(self.kept)] = self.kept if len(self.kept) else 0
        self._room[len(self.kept) : count] = unit
        self.kept = self._room[:count]


def by_value(numbers: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """Each of some whole numbers (n,), and where it stands."""
    order = np.argsort(numbers, kind="stable")
    values, firsts = np.unique(numbers[order], return_index=True)
    return list(zip(values.tolist(), np.split(order, firsts[1:])))
