"""What is heard: the pads' Sounds, through their effects, on a speaker."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
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

    def __init__(
        self, board: Board, speaker: Speaker | Silence | None = None, rack: Rack | None = None,
        lock: AbstractContextManager[object] | None = None,
    ) -> None:  # fmt: skip
        self._board, self._lock = board, lock or threading.RLock()
        self._later = ThreadPoolExecutor(1, "effects")
        self.speaker = speaker or Silence()
        self._rack = rack or Rack()
        self._held: dict[int, Sound | None] = {}
        self._wet: WeakKeyDictionary[Sound, Wet] = WeakKeyDictionary()

    def prepare(self, number: int, sound: Sound, effects: object = None) -> None:
        """Take a Sound that a pad will hold through its effects, or other ones, so that `hold` finds it done."""
        chain = self._chain(number) if effects is None else str(effects)
        if not chain or isinstance(self.speaker, Silence):
            self._wet.pop(sound, None)
        elif self._wet.get(sound, ("",))[0] != chain:
            self._wet[sound] = chain, self._rack.apply(sound.samples, sound.rate_hz, chain)

    def hold(self, number: int) -> "Future[None] | None":
        """A pad may have another Sound or other effects now; what sounds already is left to sound.

        Effects that are not worked out take time: until what is returned is done, the pad plays what it played.
        """
        return None if self._give(number) else self._later.submit(self._rework, number)

    def _give(self, number: int) -> bool:
        """The speaker has what the pad has; False, and nothing done, where effects are to be worked out first."""
        sound, before = self._board.pad(number).sound, self._held.get(number)
        chain, heard = self._wet.get(sound, ("", sound.samples)) if sound else ("", None)
        if sound and chain != self._chain(number) and not isinstance(self.speaker, Silence):
            return False
        self._held[number] = sound
        if before is not None and before is not sound:
            self._wet.pop(before, None)
        self.speaker.hold(number, heard, sound.rate_hz if sound else 0)
        return True

    def changed(self, number: int, name: str) -> "Future[None] | None":
        """A control of a pad has moved. Effects take time, and are heard when what is returned is done."""
        if name in Voicing.__dataclass_fields__:
            self.speaker.adjust(number, Voicing.of(self._board.pad(number).values))
        elif name == "effects":
            return self.hold(number)
        return None

    def _chain(self, number: int) -> str:
        return str(self._board.get(number, "effects"))

    def _rework(self, number: int) -> None:
        """Have the Sound of a pad heard through the effects that it has now."""
        given = False
        while not given:  # again where another Sound or other effects came meanwhile
            sound = self._board.pad(number).sound
            if sound is not None:
                self.prepare(number, sound)
            with self._lock:
                given = self._give(number)

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
