"""Messages that come by two inputs and are one: a program that plays into driftkit's own port often has a port too.

No MIDI system tells who plays into a virtual port. But a copy is the same bytes, by another input, at the same moment.
"""

from collections import deque
from dataclasses import dataclass, field

APART_S = 0.03  # a copy follows within; two players are seldom that near with the same velocity


@dataclass
class Heard:
    """A message, when it came first, and by which inputs it has come."""

    data: bytes
    at: float
    ports: list[str]


@dataclass
class Copies:
    """Which messages count, and for which input. Pure: the clock is the caller's."""

    _heard: deque[Heard] = field(default_factory=deque)
    _same: dict[bytes, deque[Heard]] = field(default_factory=dict)
    _cable: dict[str, str] = field(default_factory=dict)  # an input -> the one that brings the same

    def first(self, port: str, data: bytes, at: float) -> str | None:
        """The input that a message counts for, or nothing where another one has brought it.

        Inputs that bring the same are one input to knobs: whichever is quicker, a knob and its LSB stay together.
        """
        self._forget(at)
        for before in self._same.get(data, ()):
            if port not in before.ports:
                before.ports.append(port)
                self._cable[port] = self._cable.get(before.ports[0], before.ports[0])
                return None
        mine = Heard(data, at, [port])
        self._heard.append(mine)
        self._same.setdefault(data, deque()).append(mine)
        return self._cable.get(port, port)

    def _forget(self, now: float) -> None:
        while self._heard and now - self._heard[0].at > APART_S:
            old = self._heard.popleft()
            same = self._same[old.data]
            same.popleft()
            if not same:
                del self._same[old.data]
            if len(old.ports) == 1:  # what an input brings alone is not the other's
                self._cable.pop(old.ports[0], None)
