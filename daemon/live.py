"""What is heard: the pads' Sounds, through their effects, on a speaker."""

from contextlib import suppress

import numpy as np

from ..sampler.errors import Error
from .audio.speaker import Silence, Speaker
from .audio.voicing import Voicing
from .board import Board
from .effects import Rack

Wet = tuple[np.ndarray, str, np.ndarray]
"""A Sound's samples, a chain of effects, and the first through the second."""


class Live:
    """Keeps a speaker told of a board's pads. Only `play` and `stop` may be called without the instrument's lock."""

    def __init__(self, board: Board, speaker: Speaker | Silence | None = None, rack: Rack | None = None) -> None:
        self._board = board
        self.speaker = speaker or Silence()
        self._rack = rack or Rack()
        self._wet: dict[int, Wet] = {}

    def hold(self, number: int) -> None:
        """A pad may have another Sound or other effects now; what sounds already is left to sound."""
        sound = self._board.pad(number).sound
        if sound is None:
            self._wet.pop(number, None)
            self.speaker.hold(number, None, 0)
            return
        chain = str(self._board.get(number, "effects"))
        made = self._wet.get(number)
        if made is None or made[0] is not sound.samples or made[1] != chain:
            made = (sound.samples, chain, self._rack.apply(sound.samples, sound.rate_hz, chain))
            self._wet[number] = made
        self.speaker.hold(number, made[2], sound.rate_hz)

    def changed(self, number: int, name: str) -> None:
        """A control of a pad has moved."""
        if name in Voicing.__dataclass_fields__:
            self.speaker.adjust(number, Voicing.of(self._board.pad(number).values))
        elif name == "effects":
            self.hold(number)

    def audition(self, number: int) -> None:
        """Play a pad whose render is done, where it is set to be heard and there is something to hear it on."""
        if self._board.get(number, "audition"):
            with suppress(Error):  # without audio there is nothing to hear
                self.speaker.play(number)

    def play(self, number: int, velocity: float = 1.0, at: float | None = None) -> None:
        """Play a pad at once, or at a time in seconds since 1970; `Error` where there is nothing to play."""
        self._board.pad(number)
        self.speaker.play(number, velocity, at)

    def stop(self, number: int | None = None, at: float | None = None) -> None:
        """Fade out a pad, or everything."""
        if number is not None:
            self._board.pad(number)
        self.speaker.stop(number, at)
