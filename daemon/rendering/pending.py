"""What is under way, renders and writes alike, and who waits for it to end."""

import itertools
import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future

log = logging.getLogger("driftkit")


class Pending:
    """Numbers that have begun and not ended. It calls nobody under its lock."""

    def __init__(self) -> None:
        self._open: set[int] = set()
        self._waiting: list[tuple[set[int], Callable[[], None]]] = []
        self._own = itertools.count(-1, -1)  # renders bring their own numbers, which are positive
        self._lock = threading.Lock()

    def begin(self, number: int | None = None) -> int:
        """Something begins, under a number of its own or a new one."""
        with self._lock:
            number = next(self._own) if number is None else number
            self._open.add(number)
            return number

    def end(self, number: int) -> None:
        """It has ended: whoever waited for nothing else is called."""
        with self._lock:
            self._open.discard(number)
            for numbers, _ in self._waiting:
                numbers.discard(number)
            ready = [then for numbers, then in self._waiting if not numbers]
            self._waiting = [entry for entry in self._waiting if entry[0]]
        for then in ready:
            try:
                then()
            except Exception:  # who ends something is not who waited for it
                log.exception("what waited for renders made driftkit stumble; please report this")

    def until(self, done: "Future[None] | None") -> None:
        """Under way until then; None is nothing."""
        if done is not None:
            number = self.begin()
            done.add_done_callback(lambda _: self.end(number))

    def after(self, then: Callable[[], None], these: Iterable[int] | None = None) -> None:
        """Call `then` when everything that is under way now, or `these` of it, has ended; at once where nothing is."""
        with self._lock:
            waits = set(self._open) if these is None else self._open.intersection(these)
            if waits:
                self._waiting.append((waits, then))
                return
        then()
