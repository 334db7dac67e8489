"""The engine: one worker, a bounded queue, newest wins for a pad; cancelled, and overtaken, between solver steps.

It is handed what renders and whom to tell; it imports neither torch nor sockets.
"""

import itertools
import logging
import math
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ...sampler.errors import Error
from ...sampler.sound import Sound

CAPACITY = 64  # renders waiting
TOGETHER = 4  # background renders that share a batch
log = logging.getLogger("driftkit")
_numbers = itertools.count(1)


@dataclass(eq=False)
class Job:
    """One render: for which pad, who asked (None: nobody waits), and how to get what to render."""

    pad: int
    prepare: Callable[[], Any]  # resolves the hit, in the worker; raises Error
    id: int | str = 0
    client: Any = None
    background: bool = False  # gives way to renders that somebody waits for
    ahead: bool = False  # for later: gives way to all others, and neither supersedes nor is superseded by them
    turn: int = 0  # of the pad when it was asked for (`Pad.turn`)
    number: int = field(default_factory=lambda: next(_numbers))
    cancelled: bool = False

    @property
    def rank(self) -> int:
        """0: somebody waits for it; 1: of the background; 2: ahead. Lower ones go first."""
        return 2 if self.ahead else int(self.background)


def spent() -> None:
    """In place of what prepared a job whose render has begun."""


class Listener(Protocol):
    """Whom the engine tells; called from the worker, but `cancelled` also from who cancels."""

    def progress(self, job: Job, fraction: float) -> None: ...
    def finished(self, job: Job, sound: Sound) -> None: ...
    def failed(self, job: Job, sentence: str) -> None: ...
    def cancelled(self, job: Job, reason: str) -> None: ...


Steps = Callable[[Sequence[Any]], Generator[float, None, list[Sound]]]
"""Prepared hits -> progress after each solver step, and the Sounds at the end."""


class Engine:
    """Use as a context manager: the worker runs inside the `with`."""

    def __init__(self, steps: Steps, listener: Listener, capacity: int = CAPACITY) -> None:
        self._steps = steps
        self._listener = listener
        self._capacity = capacity
        self._waiting: list[Job] = []
        self._running: list[Job] = []
        self._before: list[Callable[[], None]] = []
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="engine", daemon=True)
        self.done = 0
        self.failed = 0

    def __enter__(self) -> "Engine":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel everything and stop after the solver step in progress."""
        with self._changed:
            self._closing = True
            dropped, self._waiting = self._waiting, []
            for job in self._running:
                if not job.cancelled:
                    job.cancelled = True
                    dropped.append(job)
            self._changed.notify_all()
        for job in dropped:
            self._listener.cancelled(job, "shutdown")
        self._thread.join(timeout=1.5)

    def first(self, what: Callable[[], None]) -> None:
        """Have `what` called in the worker before its next render."""
        with self._changed:
            self._before.append(what)
            self._changed.notify_all()

    @property
    def counts(self) -> tuple[int, int]:
        """Jobs waiting and jobs rendering."""
        with self._changed:
            return len(self._waiting), len(self._running)

    def submit(self, job: Job, queued: Callable[[], None] = lambda: None) -> None:
        """Queue a job. A waiting one of the same pad is superseded; a full queue drops its oldest, ahead ones first.

        `queued` is called before the worker can see the job, so that its answer comes first.
        """
        dropped: list[tuple[Job, str]] = []
        with self._changed:
            if self._closing:
                raise Error("driftkit is shutting down; nothing new is rendered")
            for old in [old for old in self._waiting if (old.pad, old.ahead) == (job.pad, job.ahead)]:
                self._waiting.remove(old)
                dropped.append((old, "superseded"))
            if len(self._waiting) >= self._capacity:
                last = next((old for old in self._waiting if old.ahead), self._waiting[0])
                self._waiting.remove(last)
                dropped.append((last, "queue full"))
            queued()
            self._waiting.append(job)
            self._changed.notify_all()
        for old, reason in dropped:
            self._listener.cancelled(old, reason)

    def cancel(self, chosen: Callable[[Job], bool]) -> int:
        """Cancel waiting and running jobs; returns how many."""
        with self._changed:
            dropped = [job for job in self._waiting if chosen(job)]
            self._waiting = [job for job in self._waiting if job not in dropped]
            for job in self._running:
                if not job.cancelled and chosen(job):
                    job.cancelled = True
                    dropped.append(job)
            self._changed.notify_all()
        for job in dropped:
            self._listener.cancelled(job, "cancelled")
        return len(dropped)

    def busy(self, pad: int) -> bool:
        """Does a pad wait for a render that is not ahead of its time?"""
        with self._changed:
            jobs = (*self._waiting, *self._running)
            return any(job.pad == pad and not job.ahead and not job.cancelled for job in jobs)

    def idle(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing waits or renders; False where that took longer than `timeout_s`."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._running, timeout_s)

    def _work(self) -> None:
        while not self._closing:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._before or self._closing)
            self._attend(math.inf)

    def _attend(self, below: float) -> bool:
        """Do what is to be done before renders, or else render the most urgent of what waits with a rank below that.

        Called again between the steps of a render, for whatever is to overtake it; False where nothing is.
        """
        with self._changed:
            if self._closing:
                return False
            jobs, before = self._most_urgent(below), None
            if self._before and (jobs or below == math.inf):
                jobs, before = [], self._before.pop(0)
            self._waiting = [job for job in self._waiting if job not in jobs]
            self._running += jobs
        try:
            if before:
                before()
            elif jobs:
                self._render(jobs)
        except Exception:  # the worker never dies
            log.exception("the engine stumbled; it goes on")
        with self._changed:
            self._running = [job for job in self._running if job not in jobs]
            self._changed.notify_all()
        return bool(before or jobs)

    def _most_urgent(self, below: float) -> list[Job]:
        """The oldest that somebody waits for, else a few of the background, else ahead."""
        first = min((job.rank for job in self._waiting), default=below)
        found = [job for job in self._waiting if job.rank == first < below]
        return found[: TOGETHER if first else 1]

    def _render(self, jobs: list[Job]) -> None:
        ready: list[tuple[Job, Any]] = []
        for job in jobs:
            try:
                ready.append((job, job.prepare()))
            except Exception as reason:
                self._fail([job], reason)
            job.prepare = spent  # who remembers the job shall not keep its model and its sources
        if not ready:
            return
        try:
            sounds = self._run(ready)
        except Exception as reason:
            self._fail([job for job, _ in ready], reason)
            return
        for (job, _), sound in zip(ready, sounds):
            if self._close(job):
                self.done += 1
                self._listener.finished(job, sound)

    def _close(self, job: Job) -> bool:
        """Too late to cancel it from here on; False where it has been cancelled."""
        with self._changed:
            alive, job.cancelled = not job.cancelled, True
            return alive

    def _run(self, ready: list[tuple[Job, Any]]) -> list[Sound]:
        steps = self._steps([prepared for _, prepared in ready])
        told = time.monotonic()
        while not all(job.cancelled for job, _ in ready):
            if self._attend(ready[0][0].rank):
                continue
            try:
                fraction = next(steps)
            except StopIteration as end:
                return list(end.value)
            if time.monotonic() - told > 0.03:
                told = time.monotonic()
                for job, _ in ready:
                    if not job.cancelled:
                        self._listener.progress(job, fraction)
        steps.close()
        return []

    def _fail(self, jobs: list[Job], reason: Exception) -> None:
        if not isinstance(reason, Error):
            log.error("a render failed", exc_info=reason)
        for job in jobs:
            if self._close(job):
                self.failed += 1
                sentence = (
                    str(reason) if isinstance(reason, Error) else f"driftkit failed: {reason!r}; please report this"
                )
                self._listener.failed(job, sentence)
