"""The runner: has every hit of a job made that is not there yet, by a crew, and keeps them as shards.

A part that fails is tried again; a shard that fails three times is set aside, and the others are finished. Only the
process that runs it writes, so workers need no disk in common.
"""

import errno
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from ..errors import Error
from .crew import Crew
from .job import Answer, Span, spans
from .shards import Shards

TRIES = 3
LOOK_S = 0.2  # from one look for a wish to stop to the next
FULL = (errno.ENOSPC, errno.EDQUOT)
Written = TypeVar("Written")


class Task(NamedTuple):
    """Batches of a shard to be given to one worker."""

    shard: int
    spans: tuple[Span, ...]


class Lost(NamedTuple):
    """Hits of a shard that could not be made, and why."""

    first: int
    last: int
    why: str


class Outcome(NamedTuple):
    """How many hits are there, what was set aside, and whether it was stopped before all was tried."""

    there: int
    lost: list[Lost]
    stopped: bool


class Stopped(Exception):
    """It was asked to stop while the disk was full."""


class Runner:
    """One run of a job. stop: asked again and again, True for an end after the parts under way.

    say: hears sentences; tick: hears how many hits are there. `run` raises `Error` where no worker can open the job,
    or where one is another than the plan was begun with.
    """

    def __init__(
        self, shards: Shards, crew: Crew, stop: Callable[[], bool] = lambda: False,
        say: Callable[[str], None] = lambda sentence: None, tick: Callable[[int], None] = lambda there: None,
    ) -> None:  # fmt: skip
        self._shards, self._crew = shards, crew
        self._stop, self._say, self._tick = stop, say, tick
        self._fails: Counter[int] = Counter()
        self._aside: dict[int, str] = {}
        self._left: dict[int, set[int]] = {}  # hits that open shards lack
        self._again: deque[Task] = deque()
        self._there = 0
        self._partly = False  # are shards of which only some hits are wanted left as they are?

    def run(self, only: Collection[int] | None = None) -> Outcome:
        """Make what is lacking, or of that only some hits (and those of their batches)."""
        shards, self._partly = self._shards, only is not None
        known = shards.load()
        self._crew.start(shards.job.settled(shards.about) if known else shards.job)
        try:
            if not known:
                self._begin()
            self._work(self._tasks(only))
        except Stopped:
            pass
        finally:
            self._crew.close()
        lost = [Lost(shards.hits(shard)[0], shards.hits(shard)[-1], why) for shard, why in sorted(self._aside.items())]
        return Outcome(self._there, lost, self._stop())

    def _begin(self) -> None:
        """Ask a first worker what computes the job, and write the plan."""
        try:
            answer = self._crew.give([]).result()
        except Error:
            raise
        except Exception as reason:
            raise Error(f"the first worker could not begin ({told(reason)})") from None
        self._patiently(lambda: self._shards.begin(answer.about, answer.batch))

    def _tasks(self, only: Collection[int] | None) -> Iterator[Task]:
        """Shard by shard, each looked at as its turn comes."""
        size = self._shards.size
        for shard in self._shards.numbers if only is None else sorted({hit // size for hit in only}):
            hits = self._shards.hits(shard)
            lacking = self._patiently(partial(self._shards.lacking, shard))
            self._count(len(hits) - len(lacking))
            if only is not None:
                lacking &= set(only)
            if not lacking:
                if only is None:
                    self._shards.finish(shard)
                continue
            self._left[shard] = lacking
            parts = [
                span for span in spans(hits[0], hits[-1] + 1, self._shards.batch)
                if not lacking.isdisjoint(range(*span))
            ]  # fmt: skip
            portion = self._crew.portion or len(parts)
            for i in range(0, len(parts), portion):
                yield Task(shard, tuple(parts[i : i + portion]))

    def _work(self, tasks: Iterator[Task]) -> None:
        flying: dict[Future[Answer], Task] = {}
        done: set[Future[Answer]] = set()
        while True:
            ended = [(future, flying.pop(future)) for future in done]
            while len(flying) < self._crew.size and not self._stop() and (task := self._next(tasks)):
                flying[self._crew.give(task.spans)] = task  # before the disk keeps them waiting
            for future, task in ended:
                self._take(future, task)
            if not flying and not self._again:
                return
            if not flying and self._stop():
                return
            done, _ = wait(flying, LOOK_S, FIRST_COMPLETED)

    def _next(self, tasks: Iterator[Task]) -> Task | None:
        """What is to be tried again, else the next; nothing of a shard that was set aside."""
        while True:
            task = self._again.popleft() if self._again else next(tasks, None)
            if task is None or task.shard not in self._aside:
                return task

    def _take(self, future: Future[Answer], task: Task) -> None:
        """Keep what a worker brings."""
        try:
            answer = future.result()
        except Exception as reason:  # of a worker anything may come
            self._failed(task, told(reason))
            return
        self._known(answer)
        left = self._left[task.shard]
        made = [one for one in answer.made if one.hit in left]
        self._patiently(lambda: self._shards.add(task.shard, made))
        left -= {one.hit for one in made}
        self._count(len(made))
        if not left:
            del self._left[task.shard]
            if not self._partly:
                self._patiently(lambda: self._shards.finish(task.shard))

    def _known(self, answer: Answer) -> None:
        """`Error` where a worker is another than the plan was begun with."""
        for name, value in self._shards.about.items():
            if answer.about.get(name) != value:
                raise Error(
                    f"the worker {answer.host} has {name} {answer.about.get(name)}, this work was begun with {value}, "
                    f"and sounds would differ; have every worker use {name} {value}, or give another folder"
                )

    def _failed(self, task: Task, why: str) -> None:
        self._fails[task.shard] += 1
        hits = self._shards.hits(task.shard)
        if self._fails[task.shard] < TRIES:
            self._say(f"a part of the hits {hits[0]} to {hits[-1]} failed and is tried again ({why})")
            self._again.append(task)
        elif task.shard not in self._aside:
            self._say(f"the hits {hits[0]} to {hits[-1]} have failed {TRIES} times and are set aside ({why})")
            self._aside[task.shard] = why

    def _count(self, more: int) -> None:
        self._there += more
        self._tick(self._there)

    def _patiently(self, write: Callable[[], Written]) -> Written:
        return patiently(write, self._shards.called, self._stop, self._say)


def told(reason: BaseException) -> str:
    """What went wrong with a worker, in one line."""
    text = " ".join(str(reason).split())[:300]
    return text if isinstance(reason, Error) else f"{type(reason).__name__}: {text}"


def patiently(
    write: Callable[[], Written], folder: Path, stop: Callable[[], bool], say: Callable[[str], None]
) -> Written:
    """What `write` gives, as soon as the disk of a folder has room; `Stopped` where it was asked to stop before."""
    told = False
    while True:
        try:
            return write()
        except OSError as reason:
            if reason.errno not in FULL:
                raise Error(f"{folder} cannot be written: {reason.strerror or reason}") from None
        if not told:
            say(f"the disk of {folder} is full; this goes on as soon as there is room")
            told = True
        if stop():
            raise Stopped
        time.sleep(LOOK_S)
