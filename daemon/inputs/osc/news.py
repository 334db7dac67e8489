"""What subscribers hear beside answers and controls: which Sound a pad holds now, and which pad was played.

Noted by whoever gives a pad a Sound or plays it, which costs no time there; told at the next push.
"""

import time
from collections import deque
from collections.abc import Callable

from ...pads.pad import Pad

ROOM = 1024  # notes between two pushes; the oldest go
Say = Callable[..., None]
"""An address below the prefix, and its arguments, to every subscriber."""


def held(pad: Pad) -> tuple[int | str | float, ...]:
    """What a pad holds, as it is told: pad stamp label confidence seed undos redos file."""
    sound = pad.sound
    steps = (len(pad.behind), len(pad.ahead))
    if sound is None:
        return (pad.number, "", "", 0.0, -1, *steps, "")
    return (pad.number, sound.stamp, sound.label, float(sound.confidence), sound.hit.seed, *steps, pad.file[:500])


class News:
    """Notes from any thread, told by one."""

    def __init__(self, pads: dict[int, Pad]) -> None:
        self._pads = pads
        self._held: deque[int] = deque(maxlen=ROOM)
        self._plays: deque[tuple[float, int, float]] = deque(maxlen=ROOM)

    def shown(self, pad: int) -> None:
        """A pad may hold another Sound now."""
        self._held.append(pad)

    def played(self, pad: int, velocity: float, at: float | None) -> None:
        """A pad is played, now or at a time in seconds since 1970."""
        self._plays.append((at or 0.0, pad, velocity))

    def tell(self, say: Say) -> None:
        """Say what is new: each pad once, with its latest."""
        for pad in sorted({self._held.popleft() for _ in range(len(self._held))}):
            say("/holds", *held(self._pads[pad]))
        now, heard = time.time(), {}
        for _ in range(len(self._plays)):
            at, pad, velocity = note = self._plays.popleft()
            if at > now:
                self._plays.append(note)
            else:
                heard[pad] = velocity
        for pad, velocity in heard.items():
            say("/played", pad, velocity)
