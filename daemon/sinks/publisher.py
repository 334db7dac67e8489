"""Sounds on their way to the disk: one thread writes, so that neither a knob nor a note waits for it.

The newest Sound of a slot wins. What waits for the same pad is written together: the last Sound becomes the slot,
all the answers go out once it is in place, and then each becomes a take.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from ...sampler.controls import Value
from ...sampler.errors import Error
from ...sampler.sound import Sound
from ..pads.board import Board
from ..rendering.pending import Pending
from .folder import Folder
from .sounds import Then, grumble

WAITING = 32  # Sounds of a pad that wait for a slow disk; the takes of those before are given up
REFUSED = 128  # takes that a full disk refused and that are written later, more than undo can reach
DRAIN_S = 1.0  # how long the end of the program waits for what is not written yet
log = logging.getLogger("driftkit")


@dataclass(frozen=True)
class Order:
    """A pad as it was when it was asked for: its Sound (None: empty), and the take to write, or ""."""

    sound: Sound | None  # None: the pad is empty, or so much has been asked for since that this is given up
    name: str
    note: int
    take: str
    then: Then
    token: int  # among what is pending


class Publisher:
    """The sink that writes pads of a board into a folder; its thread lives inside the `with`, which ends written out.

    Lock order: `accept` and `write` are called under the lock of the state; `then` is called under none.
    """

    def __init__(self, board: Board, folder: Folder, pending: Pending) -> None:
        self._board = board
        self._folder = folder
        self._pending = pending
        self._waiting: dict[object, list[Order] | Callable[[], None]] = {}
        self._changed = threading.Condition()
        self._closing = False
        self._unwritten: set[int] = set()  # pads whose Sound the disk refused
        self._untaken: dict[str, None] = {}  # takes that it refused, the oldest first
        self._thread = threading.Thread(target=self._work, name="publisher", daemon=True)

    def __enter__(self) -> "Publisher":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout=DRAIN_S)

    @property
    def root(self) -> Path:
        """The folder."""
        return self._folder.root

    def slot(self, number: int) -> Path:
        """The fixed file of a pad."""
        return self._folder.slot(number)

    def prepare(self, number: int, sound: Sound, values: Mapping[str, Value]) -> None:
        """Nothing to do beforehand."""

    def accept(self, number: int, fresh: bool) -> "Future[None]":
        """Have a pad's Sound written into its slot, and among the takes where it is a new one."""
        told: Future[None] = Future()
        self.write(number, fresh, lambda reason: told.set_exception(reason) if reason else told.set_result(None))
        return told

    def write(self, number: int, take: bool, then: Then | None = None) -> None:
        """Have a pad's Sound written into its slot, and among the takes where it is a new one."""
        token = self._pending.begin()
        pad = self._board.pad(number)
        if take and pad.sound:
            pad.file = self._folder.reserve(pad.name, pad.sound.hit.seed)
        with self._changed:
            kept = pad.file if pad.sound and (take or pad.file in self._untaken) else ""
            orders = self._waiting.setdefault(number, [])
            assert isinstance(orders, list)
            orders.append(Order(pad.sound, pad.name, pad.note, kept, then or grumble, token))
            if len(orders) > WAITING:  # their answers still go out
                orders[-1 - WAITING] = replace(orders[-1 - WAITING], sound=None, take="")
            self._changed.notify_all()

    def after(self, what: Callable[[], None]) -> None:
        """Call `what` in the thread that writes, once everything asked for before is written."""
        token = self._pending.begin()

        def then() -> None:
            try:
                what()
            finally:
                self._pending.end(token)

        with self._changed:
            self._waiting[object()] = then
            self._changed.notify_all()

    def wait(self, timeout_s: float = DRAIN_S) -> bool:
        """Wait until everything asked for before is written; never under the lock of the state."""
        done = threading.Event()
        self.after(done.set)
        return done.wait(timeout_s)

    def refused(self) -> list[int]:
        """The pads whose Sound the disk refused, and that are not about to be written."""
        with self._changed:
            return sorted(self._unwritten - self._waiting.keys())

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing)
                if not self._waiting:
                    return
                key = next(iter(self._waiting))
                task = self._waiting.pop(key)
            try:
                if isinstance(task, list):
                    assert isinstance(key, int)
                    self._publish(key, task)
                else:
                    task()
            except Exception:  # the thread never dies
                log.exception("writing a sound made driftkit stumble; please report this")

    def _publish(self, number: int, orders: list[Order]) -> None:
        takes = [order for order in orders if order.take and order.sound]
        with self._changed:
            self._untaken |= dict.fromkeys(order.take for order in takes)
            for oldest in list(self._untaken)[:-REFUSED]:
                del self._untaken[oldest]
        try:
            reason = self._refused(number, self._put, number, orders[-1])
            for order in orders:
                try:
                    order.then(reason)
                except Exception:
                    log.exception("an answer about pad %d made driftkit stumble; please report this", number)
            if reason is None:
                grumble(self._refused(number, self._keep, takes))
        finally:
            for order in orders:
                self._pending.end(order.token)

    def _refused(self, number: int, write: Callable[..., None], *arguments: object) -> Error | None:
        """Why the disk refuses what shall be written of a pad, or None where it is written."""
        reason = None
        try:
            write(*arguments)
        except Error as refusal:
            reason = refusal
        with self._changed:
            (self._unwritten.add if reason else self._unwritten.discard)(number)
        return reason

    def _put(self, number: int, order: Order) -> None:
        if order.sound is None:
            self._folder.withdraw(number)
        else:
            self._folder.publish(number, order.sound, order.name, order.note)

    def _keep(self, takes: list[Order]) -> None:
        for order in takes:
            assert order.sound
            self._folder.keep(order.sound, order.take, order.name, order.note)
            with self._changed:
                self._untaken.pop(order.take, None)
