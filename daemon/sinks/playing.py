"""What is heard: the pads' Sounds, through their effects, on a speaker."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from weakref import WeakKeyDictionary

import numpy as np

from ...sampler.controls import Value
from ...sampler.errors import Error
from ...sampler.sound import Sound
from ..audio.speaker import Silence, Speaker
from ..audio.voicing import Voicing
from ..effects import Rack
from ..state import State

Wet = tuple[str, np.ndarray]
"""A chain of effects, and a Sound's samples through it."""


class Live:
    """The sink that keeps a speaker told of a board's pads. `play` and `stop` take no lock."""

    def __init__(self, state: State, speaker: Speaker | Silence | None = None, rack: Rack | None = None) -> None:
        self._board, self._state = state.board, state
        self._later = ThreadPoolExecutor(1, "effects")
        self.on_play: list[Callable[[int, float, float | None], None]] = []  # called with pad, velocity and time
        self.speaker = Silence() if speaker is None else speaker
        self._rack = rack or Rack()
        self._held: dict[int, Sound | None] = {}
        self._wet: WeakKeyDictionary[Sound, Wet] = WeakKeyDictionary()
        state.board.guards["effects"] = self._rack.permit
        state.board.on_change.append(self._changed)

    def prepare(self, number: int, sound: Sound, values: Mapping[str, Value]) -> None:
        """Take a Sound that a pad will hold through effects, pitch and rate, so that `accept` finds it done."""
        if isinstance(self.speaker, Silence):
            return
        self._wet_through(sound, str(values.get("effects") or ""))
        _, samples = self._wet.get(sound, ("", sound.samples))
        self.speaker.prepare(number, samples, sound.rate_hz, Voicing.of(values))

    def _wet_through(self, sound: Sound, chain: str) -> None:
        if not chain:
            self._wet.pop(sound, None)
        elif self._wet.get(sound, ("",))[0] != chain:
            self._wet[sound] = chain, self._rack.apply(sound.samples, sound.rate_hz, chain)

    def accept(self, number: int, fresh: bool) -> "Future[None] | None":
        """A pad may have another Sound or other effects now; what sounds already is left to sound.

        What is not worked out yet takes time: until what is returned is done, the pad plays what it played.
        """
        given, told = self._give(number)
        return told if given else self._later.submit(self._rework, number)

    def _give(self, number: int) -> "tuple[bool, Future[None] | None]":
        """The speaker has what the pad has, perhaps from some time on; False, and nothing done, where effects are to be
        worked out first."""
        sound, before = self._board.pad(number).sound, self._held.get(number)
        chain, heard = self._wet.get(sound, ("", sound.samples)) if sound else ("", None)
        if sound and chain != self._chain(number) and not isinstance(self.speaker, Silence):
            return False, None
        self._held[number] = sound
        if before is not None and before is not sound:
            self._wet.pop(before, None)
        return True, self.speaker.hold(number, heard, sound.rate_hz if sound else 0)

    def _changed(self, number: int, name: str) -> None:
        """A control of a pad has moved; effects take time, which is pending."""
        if name in Voicing.__dataclass_fields__:
            self.speaker.adjust(number, Voicing.of(self._board.pad(number).values))
        elif name == "effects":
            self._state.pending.until(self.accept(number, False))

    def _chain(self, number: int) -> str:
        return str(self._board.get(number, "effects"))

    def _rework(self, number: int) -> None:
        """Have the Sound of a pad heard through the effects that it has now."""
        given, told = False, None
        while not given:  # again where another Sound or other effects came meanwhile
            sound = self._board.pad(number).sound
            if sound is not None:
                self._wet_through(sound, self._chain(number))
            with self._state.lock:
                given, told = self._give(number)
        if told is not None:
            told.result()

    def audition(self, number: int) -> None:
        """Play a pad whose render is done, where it is set to be heard and there is something to hear it on."""
        if self._board.get(number, "audition"):
            with suppress(Error):  # without audio there is nothing to hear
                self.speaker.play(number)

    def play(self, number: int, velocity: float = 1.0, at: float | None = None) -> None:
        """Play a pad at once, or at a time in seconds since 1970; `Error` where there is nothing to play."""
        self._board.pad(number)
        self.speaker.play(number, velocity, at)
        for tell in self.on_play:
            tell(number, velocity, at)

    def stop(self, number: int | None = None, at: float | None = None) -> None:
        """Fade out a pad, or everything."""
        if number is not None:
            self._board.pad(number)
        self.speaker.stop(number, at)
