"""Ableton Link: the tempo and the bar that programs in one network share. Needs the extra `link`.

Nobody is the master: whoever sets the tempo sets it for all. The panel's beat keeps to it; any client may ask for it.
"""

import asyncio
import importlib.util
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from ...sampler.errors import Error, brings

BAR = 4.0  # beats
START_BPM = 120.0  # of a session that is found empty
LOOK_S = 0.02  # between two looks at the session
SLIGHT_BPM, SLIGHT = 0.01, 0.02  # changes, of the tempo and in beats, that nobody is told of
NS_PER_MINUTE = 60e9
log = logging.getLogger("driftkit")


class Shared(NamedTuple):
    """A session at a moment: at `ns` since 1970 its bar had gone on for `phase` beats."""

    on: bool = False
    peers: int = 0  # others in it
    tempo: float = 0.0  # beats a minute
    phase: float = 0.0  # from 0 to `BAR`
    ns: int = 0

    def differs(self, before: "Shared") -> bool:
        """Would somebody who counts on from `before` be wrong by now?"""
        due = before.phase + (self.ns - before.ns) / NS_PER_MINUTE * before.tempo
        off = (self.phase - due + BAR / 2) % BAR - BAR / 2
        named = (self.on, self.peers) != (before.on, before.peers)
        return named or abs(self.tempo - before.tempo) > SLIGHT_BPM or abs(off) > SLIGHT


Then = Callable[[], object]
Orders = SimpleQueue[tuple[Callable[[Any], None], Then]]


class LinkSession:
    """A session is looked at in a thread of its own, from `join` to `leave`, which wait for nothing."""

    def __init__(self) -> None:
        self.on_change: list[Then] = []  # called by that thread
        self._orders: Orders = SimpleQueue()
        self._seen = Shared()
        self._leaving: threading.Event | None = None  # None: no session has been joined

    @property
    def shared(self) -> Shared:
        """The session as it was looked at last."""
        return self._seen if self._leaving else Shared()

    def join(self, then: Then) -> None:
        """Join the session of this network; `then` is called once that is done. `Error` without the library."""
        if self._leaving:
            then()
            return
        if importlib.util.find_spec("aalink") is None:
            raise Error(f"Ableton Link needs the library aalink; install it with: {brings('link')}")
        self._leaving = threading.Event()
        self._orders = SimpleQueue()
        self._orders.put((lambda link: None, then))
        threading.Thread(target=self._work, args=(self._leaving, self._orders), name="link", daemon=True).start()

    def leave(self) -> None:
        """Leave it; the others go on."""
        if self._leaving:
            self._leaving.set()
            self._leaving = None

    def set_tempo(self, bpm: float, then: Then) -> None:
        """Set the tempo of all; `Error` where no session has been joined."""
        if not self._leaving:
            raise Error("there is no Link session here; join one with /driftkit/link/session 1")
        self._orders.put((lambda link: setattr(link, "tempo", bpm), then))

    def _work(self, leaving: threading.Event, orders: Orders) -> None:
        try:
            asyncio.run(self._live(leaving, orders))
        except Exception:  # whatever the library meets in a network
            log.exception("Ableton Link made driftkit stumble; please report this")

    async def _live(self, leaving: threading.Event, orders: Orders) -> None:
        from aalink import Link

        link = Link(START_BPM)
        link.quantum = BAR  # else all agree on the beat alone, and on the bar by chance
        link.enabled = True
        told = Shared()
        while not leaving.is_set():
            done = obey(link, orders)
            seen = self._seen = Shared(True, link.num_peers, link.tempo, link.beat % BAR, time.time_ns())
            if seen.differs(told):
                told = seen
                for tell in self.on_change:
                    tell()
            for then in done:
                then()
            await asyncio.sleep(LOOK_S)
        link.enabled = False


def obey(link: Any, orders: Orders) -> list[Then]:
    """Do what was ordered; whom to tell once it has been looked at."""
    done = []
    with suppress(Empty):
        while True:
            order, then = orders.get_nowait()
            order(link)
            done.append(then)
    return done
