"""What is heard: the pads' Sounds, through their effects, on a speaker."""

from contextlib import suppress
from weakref import WeakKeyDictionary

import numpy as np

from ..sampler.errors import Error
from ..sampler.sound import Sound
from .audio.speaker import Silence, Speaker
from .audio.voicing import Voicing
from .board import Board
from .effects import Rack

Wet = tuple[str, np.ndarray]
"""A chain of effects, and a Sound's samples through it."""


class Live:
    """Keeps a speaker told of a board's pads. `hold`, `changed` and `audition` are called under the instrument's lock,
    the others without it."""

    def __init__(self, board: Board, speaker: Speaker | Silence | None = None, rack: Rack | None = None) -> None:
        self._board = board
        self.speaker = speaker or Silence()
        self._rack = rack or Rack()
        self._held: dict[int, Sound | None] = {}
        self._wet: WeakKeyDictionary[Sound, Wet] = WeakKeyDictionary()

    def prepare(self, number: int, sound: Sound) -> None:
        """Take a Sound that a pad will hold through the pad's effects, so that `hold` finds it done."""
        chain = str(self._board.get(number, "effects"))
        if not chain or isinstance(self.speaker, Silence):
            self._wet.pop(sound, None)
        elif self._wet.get(sound, ("",))[0] != chain:
            self._wet[sound] = chain, self._rack.apply(sound.samples, sound.rate_hz, chain)

    def hold(self, number: int) -> None:
        """A pad may have another Sound or other effects now; what sounds already is left to sound."""
        sound, before = self._board.pad(number).sound, self._held.get(number)
        self._held[number] = sound
        if before is not None and before is not sound:
            self._wet.pop(before, None)
        if sound is None:
            self.speaker.hold(number, None, 0)
            return
        self.prepare(number, sound)
        _, heard = self._wet.get(sound, ("", sound.samples))
        self.speaker.hold(number, heard, sound.rate_hz)

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
