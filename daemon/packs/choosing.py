"""Which of the sounds that were made stay in the pack, and what number each of them gets."""

import math
from collections.abc import Iterable

import numpy as np

from ...sampler.work.shards import Entry
from .making import places_of
from .near import CHUNK, Neighbours
from .plan import Plan


def chosen(entries: Iterable[Entry], plan: Plan, unlike: float, keep: float) -> tuple[np.ndarray, int]:
    """The number of each hit in its group (count,), the surest being 1, 0 for those that go; and how many were alike.

    entries: of all hits, in their order. unlike: by how much sounds of a group must differ; keep: the share of those
    left that stays. Only that order and the facts of hits decide.
    """
    sure, judged = np.zeros((2, plan.count), np.float32)
    stays = np.ones(plan.count, bool)
    for first, last, some in chunks(entries, plan):
        sure[first:last] = [entry.facts["sure"] for entry in some]
        judged[first:last] = [entry.facts["judged"] for entry in some]
        if unlike:
            group = plan.place(first)[0]
            if first == plan.firsts[group]:
                known = Neighbours(unlike, plan.groups[group].count)
            stays[first:last] = known.add(places_of([entry.facts for entry in some]))
    alike = int((~stays).sum())
    numbers = np.zeros(plan.count, np.int32)
    for first, last in zip(plan.firsts, plan.firsts[1:]):
        there = first + np.flatnonzero(stays[first:last])
        best = there[np.lexsort((there, -judged[there], -sure[there]))]
        best = best[: math.ceil(round(keep * len(best), 6))]
        numbers[best] = np.arange(1, len(best) + 1)
    return numbers, alike


def chunks(entries: Iterable[Entry], plan: Plan) -> Iterable[tuple[int, int, list[Entry]]]:
    """Entries some at a time, of one group each: first and last hit, and they."""
    some: list[Entry] = []
    for entry in entries:
        if some and (len(some) == CHUNK or entry.hit in plan.firsts):
            yield some[0].hit, some[-1].hit + 1, some
            some = []
        some.append(entry)
    if some:
        yield some[0].hit, some[-1].hit + 1, some
