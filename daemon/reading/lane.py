"""The slow lane: one thread for what decodes, parses, reads folders or asks the disk, in the order of asking.

Neither a note nor a knob waits for it. What a client asks for while something of its own is in the lane may be put
behind that (`in_turn`), so that its messages take effect in their order; other clients do not notice.
"""

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from ...sampler.errors import Error
from ..rendering.pending import Pending

ROOM = 10_000  # tasks that may wait
JOIN_S = 1.0  # how long the end of the program waits for the task in progress
log = logging.getLogger("driftkit")


class Lane:
    """Use as a context manager: the thread lives inside the `with`; what waits at its end is dropped."""

    def __init__(self, pending: Pending) -> None:
        self._pending = pending
        self._waiting: deque[tuple[Callable[[], None], Any, str, int]] = deque()
        self._of: Counter[Any] = Counter()  # tasks of each client, the one in progress included
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="slow lane", daemon=True)

    def __enter__(self) -> "Lane":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout=JOIN_S)

    def put(self, what: Callable[[], None], client: Any = None, kind: str = "") -> None:
        """Have `what` called after all that was put before; it tells of its own failures.

        kind: tasks of one kind may ask whether they are `overtaken`. What a task puts is a part of it, and called at
        once. `Error` where too many wait.
        """
        if threading.current_thread() is self._thread:
            what()
            return
        with self._changed:
            if len(self._waiting) >= ROOM:
                raise Error(f"{ROOM} commands wait for kits and files to be read already; wait for their answers")
            self._of[client] += 1
            self._waiting.append((what, client, kind, self._pending.begin()))
            self._changed.notify_all()

    def in_turn(self, client: Any, what: Callable[[], None], kind: str = "") -> None:
        """Call `what` at once, or after what this client has in the lane; kind as in `put`."""
        if self._of[client]:  # only this client's own thread adds to it
            self.put(what, client, kind)
        else:
            what()

    def overtaken(self, kind: str) -> bool:
        """Is the very next task of that kind, too? Then the one in progress may leave its work to it."""
        with self._changed:
            return bool(self._waiting) and self._waiting[0][2] == kind

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing)
                if self._closing:
                    return
                what, client, _, token = self._waiting.popleft()
            try:
                what()
            except Exception:  # the thread never dies
                log.exception("the slow lane stumbled; please report this")
            with self._changed:
                self._of[client] -= 1
                if not self._of[client]:
                    del self._of[client]
            self._pending.end(token)
