"""What happens to a pad's new Sound: every sink is given it.

Who wants Sounds (the folder, the player, a panel, a pack) is a `Sink` and stands in one list, in `serve.py`.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Protocol

from ...sampler.controls import Value
from ...sampler.errors import Error
from ...sampler.sound import Sound
from ..state import State

Then = Callable[[Error | None], None]
"""Told when something is done (None), or why it could not be."""
log = logging.getLogger("driftkit")


class Sink(Protocol):
    """Who wants to know the Sounds of pads."""

    def prepare(self, number: int, sound: Sound, values: Mapping[str, Value]) -> None:
        """Do beforehand what takes time: the pad will hold this Sound, its controls being at these values.

        Called under no lock, by a thread that may take its time; perhaps for a Sound that never comes.
        """

    def accept(self, number: int, fresh: bool) -> "Future[None] | None":
        """A pad of the board holds another Sound now, or none; fresh: it has just been rendered.

        Called under the lock of the state, so nothing here may wait. What is returned, if anything, is done when
        the Sound has got there, or holds the `Error` for which it has not.
        """


class Sounds:
    """Gives the Sounds of a state's pads to sinks. All but `prepare` are called under the lock of the state."""

    def __init__(self, state: State, sinks: Sequence[Sink]) -> None:
        self._state = state
        self._sinks = sinks
        self.on_show: list[Callable[[int], None]] = []  # called with each pad that is given; must be quick

    def prepare(self, number: int, sound: Sound, values: Mapping[str, Value]) -> None:
        """Have every sink do beforehand what takes time; under no lock."""
        for sink in self._sinks:
            try:
                sink.prepare(number, sound, values)
            except Exception:  # it will have to do so when it accepts the Sound
                log.exception("preparing a sound made driftkit stumble; please report this")

    def put(self, number: int, sound: Sound, then: Then | None = None) -> None:
        """Give a pad a Sound that has just been rendered; `then` is told when it is everywhere."""
        self._state.board.pad(number).take(sound)
        self._state.dirty.set()
        self._give(number, True, then)

    def show(self, number: int, then: Then | None = None) -> None:
        """A pad holds another Sound, or none, or the same under another name; `then` is told as in `put`."""
        self._give(number, False, then)

    def _give(self, number: int, fresh: bool, then: Then | None) -> None:
        for tell in self.on_show:
            tell(number)
        given = [sink.accept(number, fresh) for sink in self._sinks]
        together([one for one in given if one is not None], then or grumble)


def together(these: "Sequence[Future[None]]", then: Then) -> None:
    """Call `then` once all are done, with the first `Error` among them; at once where there is nothing to wait for."""
    left, lock = len(these), threading.Lock()

    def ended(_: "Future[None]") -> None:
        nonlocal left
        with lock:
            left -= 1
            last = not left
        if last:
            tell(next((reason for one in these if (reason := one.exception())), None))

    def tell(reason: BaseException | None) -> None:
        try:
            then(reason if reason is None or isinstance(reason, Error) else Error(f"driftkit failed: {reason!r}"))
        except Exception:
            log.exception("an answer made driftkit stumble; please report this")

    for one in these:
        one.add_done_callback(ended)
    if not these:
        tell(None)


def grumble(reason: Error | None) -> None:
    """What becomes of a refusal that nobody waits for."""
    if reason:
        log.error("%s", reason)
