"""A job: hits 0 to `count` - 1, each the same whoever makes it, and a worker's side of it.

The plan is fixed before work begins: hit i is what the job says of i, and hits are made in batches of consecutive
ones, always the same. A sound may differ in its last bits between batches of another make-up, or computed by another
number of threads; so neither depends on how many workers there are.
"""

import os
import platform
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from ..processor import cores
from ..sound import version

Facts = dict[str, Any]
"""What is kept of a hit beside its file, as JSON has it."""

Span = tuple[int, int]
"""Hits first to last, the last not included."""

SHARD = 1000  # hits, or a little more, so that whole batches fit
SHARDS = 20  # at least, where there are as many batches: what is unfinished when a plan stops is that of a shard


class Made(NamedTuple):
    """A hit: its number, the bytes of its file (none where the facts are all) and its facts."""

    hit: int
    data: bytes
    facts: Facts


class Maker(Protocol):
    """A job opened by a worker. about: what computes it, the same for all workers; batch: hits made best at once."""

    about: dict[str, str]
    batch: int

    def make(self, first: int, last: int) -> list[Made]: ...


class Job(Protocol):
    """What is to be made; to be pickled. suffix: of its files, "" where it has none."""

    @property
    def count(self) -> int: ...

    @property
    def suffix(self) -> str: ...

    def said(self) -> dict[str, Any]:
        """What decides its hits, as JSON has it: kept as the plan, and compared when the work goes on."""
        ...

    def settled(self, about: dict[str, str]) -> "Job":
        """The job as another worker has found that it is computed."""
        ...

    def open(self) -> Maker:
        """Load what makes hits; takes seconds."""
        ...


class Answer(NamedTuple):
    """What a worker brings: who it is, the batch that it would have, and hits."""

    about: dict[str, str]
    host: str
    batch: int
    made: list[Made]


class Worker:
    """One worker: opens a job as the first part of it is asked for. threads: how many compute, 0 for its own rule."""

    def __init__(self, job: Job, threads: int = 0) -> None:
        self._job, self._threads = job, threads
        self._maker: Maker | None = None

    def make(self, spans: Sequence[Span]) -> Answer:
        """Some batches of the job, none to ask who this worker is."""
        maker = self._opened()
        made = [one for first, last in spans for one in maker.make(first, last)]
        about = {"driftkit": version(), "Python": ".".join(platform.python_version_tuple()[:2]), **maker.about}
        return Answer(about, f"process {os.getpid()} on {platform.node()}", maker.batch, made)

    def _opened(self) -> Maker:
        if self._maker is None:
            if self._threads:
                os.environ["OMP_NUM_THREADS"] = str(self._threads)
            self._maker = self._job.open()
        return self._maker


def shared_threads(workers: int) -> int:
    """The rule by which so many workers share the cores of this machine."""
    return max(1, cores() // workers)


def shard_size(count: int, batch: int) -> int:
    """Hits of a shard: whole batches, fewer for a small plan."""
    return batch * max(1, -(-min(SHARD, -(-count // SHARDS)) // batch))


def spans(first: int, last: int, batch: int) -> Iterator[Span]:
    """The batches of hits first to last; first is where a batch begins."""
    for start in range(first, last, batch):
        yield start, min(start + batch, last)
