"""What OSC clients are told: answers, and pushes to subscribers. It knows no socket: a `Client` delivers packets.

A snapshot of all controls leaves in small portions, so that it neither floods its client nor keeps others waiting.
What a client is told meanwhile waits behind its snapshot, in order.
"""

import logging
import threading
from collections import deque
from functools import partial
from typing import Any

from ....sampler.controls import Value
from ....sampler.errors import Error
from ...pads.surfaces import PREFIX
from ...state import State
from .news import News
from .packets import MAX_REPLY_BYTES, encode
from .subscribers import Client, Subscribers

PACE_S = 0.003  # between portions of snapshots
PORTION = 4  # packets of one portion, of all clients together
SYNCED = "/synced"
MOST_BEHIND = 4096  # packets and values that may wait behind a snapshot
_HEAD = b"#bundle\0" + (1).to_bytes(8, "big")
log = logging.getLogger("driftkit")

Told = bytes | tuple[str, Value]
"""A packet, or a control's address and value that is still to be put into one."""


class OscOutput:
    """An output of the instrument. Answers leave from the thread that has them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.subscribers = Subscribers()
        self.news = News(state.board.pads)
        self.reshaped = threading.Event()  # another model's controls: subscribers need all of them
        self._behind: dict[Client, deque[Told]] = {}  # those who are being sent a snapshot, and what waits for them
        self._synced: deque[tuple[Any, tuple[int | float | str, ...]]] = deque()  # told after the next push
        self._lock = threading.Lock()

    def send(self, targets: set[Client], address: str, *arguments: int | float | str) -> None:
        """One answer, below the prefix, to these destinations alone."""
        packet = encode(PREFIX + address, *arguments)
        for target in targets:
            self._deliver(target, packet)

    def _deliver(self, target: Client, packet: bytes) -> None:
        with self._lock:
            waiting = self._behind.get(target)
            if waiting is not None and len(waiting) < MOST_BEHIND:
                waiting.append(packet)
                return
        if waiting is None:
            target.deliver(packet)
        else:
            log.warning("a client at %s cannot be told as fast as things change; it is no longer told", target.host)
            self.forget(target)

    def answer(self, client: Any, address: str, *arguments: int | float | str) -> None:
        """To the client, where it is one of OSC, and to every subscriber, each destination once.

        `/synced` comes behind all that changed before it: where anybody is told of that, it waits for the next push.
        """
        if address == SYNCED and self.subscribers.all():
            self._synced.append((client, arguments))
        else:
            self._answer(client, address, *arguments)

    def _answer(self, client: Any, address: str, *arguments: int | float | str) -> None:
        self.send({*([client] if isinstance(client, Client) else []), *self.subscribers.all()}, address, *arguments)

    def changed(self, pad: int, name: str, origin: Any) -> None:
        """Push a control to the subscribers at the next tick."""
        self.subscribers.changed(pad, name, origin)

    def push(self) -> None:
        """Tell the subscribers what has changed since the last push."""
        board = self._state.board
        synced = [self._synced.popleft() for _ in range(len(self._synced))]  # what changes from here on may come later
        if self.reshaped.is_set():
            self.reshaped.clear()
            for target in self.subscribers.all():
                self.snapshot(target)
        self.news.tell(partial(self.answer, None))
        for pad, name, targets in self.subscribers.take_changes():
            try:
                packet = encode(f"{PREFIX}/pad/{pad}/{name}", plain(board.get(pad, name)))
            except Error:  # a control of the model before
                continue
            for target in targets:
                self._deliver(target, packet)
        for client, arguments in synced:
            self._answer(client, SYNCED, *arguments)

    def snapshot(self, client: Client) -> None:
        """Have every control of every pad sent, in bundles small enough for any client, a portion at a time."""
        board = self._state.board
        with self._state.lock:
            values = [(f"/pad/{n}/{name}", board.get(n, name)) for n in board.pads for name in board.controls]
        with self._lock:
            whole = [one for one in self._behind.get(client, ()) if isinstance(one, bytes)]
            self._behind[client] = deque([*whole, *values])  # values that were still to be sent are sent anew

    @property
    def pacing(self) -> bool:
        """Is there a snapshot to go on with after `PACE_S`?"""
        return bool(self._behind)

    def pace(self) -> None:
        """Send the next portion, in turn to each client that is behind."""
        with self._lock:
            for _ in range(PORTION):
                client = next(iter(self._behind), None)
                if client is None:
                    return
                waiting = self._behind.pop(client)
                if waiting:
                    client.deliver(_packet(waiting))
                if waiting:
                    self._behind[client] = waiting  # at the end: the others first

    def forget(self, client: Client) -> None:
        """Tell a client, and those that it asked for, no more."""
        self.subscribers.remove(client)
        with self._lock:
            self._behind.pop(client, None)


def _packet(waiting: deque[Told]) -> bytes:
    """Take the next packet off what waits: one that is whole already, or as many values as a bundle holds."""
    bundle = _HEAD
    while waiting and not isinstance(waiting[0], bytes):
        address, value = waiting[0]
        message = encode(PREFIX + address, plain(value))
        if len(_HEAD) + 4 + len(message) > MAX_REPLY_BYTES and bundle == _HEAD:
            waiting.popleft()
            return message  # a long text fills a packet by itself
        if len(bundle) + 4 + len(message) > MAX_REPLY_BYTES:
            return bundle
        waiting.popleft()
        bundle += len(message).to_bytes(4, "big") + message
    if bundle != _HEAD:
        return bundle
    whole = waiting.popleft()
    assert isinstance(whole, bytes)
    return whole


def plain(value: Value) -> int | float | str:
    """A control's value as an OSC argument."""
    return "" if value is None else value
