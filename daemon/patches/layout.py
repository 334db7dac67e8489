"""Where the boxes of a patch lie: cables run down, what belongs together stands together, nothing overlaps.

What hangs together is laid out in rows: a box lies below everything that feeds it, and as nearly below it as there is
room. Cables that go in a circle run up. The parts are then set side by side, as lines of text are.
"""

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Protocol

MARGIN, GAP, ROW, BETWEEN = 20.0, 16.0, 18.0, 36.0  # pixels: around, beside, below, between parts
SWEEPS = 8


class Placed(Protocol):
    """A box; of its rectangle only the place is set here."""

    rect: tuple[float, float, float, float]


def arrange(boxes: "Sequence[Placed]", cables: "Iterable[tuple[Placed, Placed]]", width: float) -> None:
    """Give every box its place, in a view of about so many pixels."""
    count = {id(box): index for index, box in enumerate(boxes)}
    ends = sorted({(count[id(a)], count[id(b)]) for a, b in cables if a is not b})
    left, top, tallest = MARGIN, MARGIN, 0.0
    for part in parts(len(boxes), ends):
        size = part_of([boxes[i] for i in part], [(part.index(a), part.index(b)) for a, b in ends if a in part])
        if left > MARGIN and left + size[0] > width:
            left, top, tallest = MARGIN, top + tallest + BETWEEN, 0.0
        for i in part:
            x, y, w, h = boxes[i].rect
            boxes[i].rect = (x + left, y + top, w, h)
        left, tallest = left + size[0] + BETWEEN, max(tallest, size[1])


def parts(count: int, ends: list[tuple[int, int]]) -> list[list[int]]:
    """What hangs together, in order of the first of each."""
    head = list(range(count))

    def of(i: int) -> int:
        while head[i] != i:
            i = head[i]
        return i

    for a, b in ends:
        head[max(of(a), of(b))] = min(of(a), of(b))
    found: dict[int, list[int]] = {}
    for i in range(count):
        found.setdefault(of(i), []).append(i)
    return list(found.values())


def part_of(boxes: "Sequence[Placed]", ends: list[tuple[int, int]]) -> tuple[float, float]:
    """Lay out one part with its corner at 0; width and height."""
    down = downward(len(boxes), ends)
    above = {i: [a for a, b in down if b == i] for i in range(len(boxes))}
    under = {i: [b for a, b in down if a == i] for i in range(len(boxes))}
    row = [0] * len(boxes)
    for i in TopologicalSorter(above).static_order():
        row[i] = max((row[a] + 1 for a in above[i]), default=0)
    for i in range(len(boxes)):  # what nothing feeds stands just above what it feeds
        if not above[i] and under[i]:
            row[i] = min(row[b] for b in under[i]) - 1
    rows = [[i for i in range(len(boxes)) if row[i] == level] for level in range(max(row) + 1)]
    middle = [0.0] * len(boxes)
    for sweep in range(SWEEPS):
        near = above if sweep % 2 == 0 else under
        for line in rows if sweep % 2 == 0 else rows[::-1]:
            wish = {i: mean([middle[n] for n in near[i]], middle[i]) for i in line}
            line.sort(key=lambda i: wish[i])
            edge = 0.0
            for i in line:
                width = boxes[i].rect[2]
                middle[i] = max(edge + width / 2, wish[i])
                edge = middle[i] + width / 2 + GAP
    left = min(middle[i] - boxes[i].rect[2] / 2 for i in range(len(boxes)))
    y = 0.0
    for line in rows:
        for i in line:
            _, _, w, h = boxes[i].rect
            boxes[i].rect = (round(middle[i] - w / 2 - left), y, w, h)
        y += max((boxes[i].rect[3] for i in line), default=0.0) + ROW
    return max(box.rect[0] + box.rect[2] for box in boxes), y - ROW


def mean(values: list[float], other: float) -> float:
    """The mean, or another value where there is none."""
    return sum(values) / len(values) if values else other


def downward(count: int, ends: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cables without those that close a circle, of which the last in order of the boxes is taken out."""
    kept = list(ends)
    while True:
        sorter = TopologicalSorter({i: [a for a, b in kept if b == i] for i in range(count)})
        try:
            sorter.prepare()
            return kept
        except CycleError as circle:
            round_trip = circle.args[1]
            kept.remove(max(pair for pair in pairwise(round_trip) if pair in kept))
