"""A crew: workers of one kind, wherever they are, as one thing to which parts of a job are given."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from .job import Answer, Job, Span, Worker


class Crew(Protocol):
    """Workers. size: how many parts are under way at once; portion: batches of one part, 0 for those of a shard."""

    size: int
    portion: int

    def start(self, job: Job) -> None:
        """Have workers for a job; `Error` where they cannot be had."""
        ...

    def give(self, spans: Sequence[Span]) -> Future[Answer]:
        """Have some batches made. A worker that is lost is replaced, and its part fails."""
        ...

    def close(self) -> None:
        """Let the workers go; what they are at is lost."""
        ...


class Here:
    """This very process, which makes a part while it is given."""

    size, portion = 1, 1

    def start(self, job: Job) -> None:
        """Nothing is begun yet."""
        self._worker = Worker(job)

    def give(self, spans: Sequence[Span]) -> Future[Answer]:
        """The part, made."""
        future: Future[Answer] = Future()
        try:
            future.set_result(self._worker.make(spans))
        except Exception as reason:
            future.set_exception(reason)
        return future

    def close(self) -> None:
        """Nothing to let go."""


class Places:
    """Workers that each have a place, and in it at most one part; kinds differ in what stands there."""

    portion = 1

    def __init__(self, size: int) -> None:
        self.size = size
        self._parts: list[Future[Answer] | None] = [None] * size

    def give(self, spans: Sequence[Span]) -> Future[Answer]:
        """Have it made by a worker that is free: there is one while fewer than `size` parts are under way."""
        place = next(i for i, part in enumerate(self._parts) if part is None or part.done())
        part = self._parts[place] = self._ask(place, spans)
        return part

    def _ask(self, place: int, spans: Sequence[Span]) -> Future[Answer]:
        raise NotImplementedError
