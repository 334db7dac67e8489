"""What each pad plays: its Sound, voiced for the device, in a slot of the shared memory.

Voicing takes milliseconds, so it is never done where a hit or a knob waits: a Sound that a pad will hold is prepared
by who brings it, and what was not prepared is voiced by the speaker's own thread while the pad plays what it played.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from .shared import SLOT_VALUES, SLOTS, Shared
from .voicing import Voicing

log = logging.getLogger("driftkit")


class Voiced(NamedTuple):
    """A slot, filled, and what it was made of: Sound, its rate, pitch, decay, the device's rate."""

    made: tuple[object, ...]
    slot: int
    frames: int
    channels: int

    def of(self, made: tuple[object, ...]) -> bool:
        """Was it made of just this? Sounds are compared by identity."""
        return len(self.made) == len(made) and self.made[0] is made[0] and self.made[1:] == made[1:]


NOTHING = Voiced((), -1, 0, 1)


@dataclass
class Held:
    """A pad's Sound, how it is voiced, and the slots with it."""

    sound: np.ndarray | None = None
    rate_hz: int = 0
    voicing: Voicing = field(default_factory=Voicing)
    now: Voiced = NOTHING  # what it plays
    next: Voiced = NOTHING  # what it will hold next, voiced beforehand
    waiting: "list[Future[None]]" = field(default_factory=list)  # done when `now` is of the Sound


class Bank:
    """The slots of `shared` for so many pads. wake: has `voice` called soon, in a thread that may take its time."""

    def __init__(self, shared: Shared, pads: int, wake: Callable[[], None]) -> None:
        self.pads = {pad: Held() for pad in range(1, pads + 1)}
        self.lock = threading.Lock()  # held for microseconds
        self.last = [0] * SLOTS  # order of the last command that names each slot
        self._shared, self._wake = shared, wake
        self._making = threading.Lock()  # one voicing at a time
        self._closed = False

    def close(self) -> None:
        """Nobody voices any more: who waits for that is told."""
        with self.lock:
            self._closed = True
            done = [one for held in self.pads.values() for one in held.waiting]
            for held in self.pads.values():
                held.waiting = []
        arrived(done)

    def prepare(self, pad: int, samples: np.ndarray, rate_hz: int, voicing: Voicing) -> None:
        """A pad will hold this Sound, voiced so: do now what takes time."""
        with self._making:
            with self.lock:
                held, wanted = self.pads[pad], Held(samples, rate_hz, voicing)
                made = self._made(wanted)
                if not self._shared.status.rate_hz or held.next.of(made) or held.now.of(made):
                    return
                held.next, slot = NOTHING, self._free()
            if slot >= 0:
                voiced = self._fill(pad, slot, made, samples, rate_hz, voicing)
                with self.lock:
                    held.next = voiced

    def hold(self, pad: int, samples: np.ndarray | None, rate_hz: int) -> "Future[None] | None":
        """A pad has another Sound (channels, n) float32, or none; what sounds already is left to sound.

        Waits for nothing: a Sound that was not prepared is heard, in place of the one before, when what is returned
        is done.
        """
        with self.lock:
            held = self.pads[pad]
            if held.sound is samples and not held.waiting:
                return None
            held.sound, held.rate_hz = samples, rate_hz
            if samples is None:
                held.now = NOTHING
            elif held.next.of(self._made(held)):
                held.now, held.next = held.next, NOTHING
            elif self._shared.status.rate_hz and not self._closed:
                held.waiting.append(Future())
                self._wake()
                return held.waiting[-1]
            done, held.waiting = held.waiting, []
        arrived(done)
        return None

    def adjust(self, pad: int, voicing: Voicing) -> None:
        """A pad's player controls have moved; a new pitch or decay is heard some milliseconds later."""
        with self.lock:
            self.pads[pad].voicing = voicing
        self._wake()

    def voice(self) -> None:
        """Bring every pad's slot up to date; where no slot is free, the old one plays on until the next call."""
        for pad in self.pads:
            self._voice(pad)

    def _voice(self, pad: int) -> None:
        with self._making:
            with self.lock:
                held = self.pads[pad]
                sound, rate_hz, voicing, made = held.sound, held.rate_hz, held.voicing, self._made(held)
                if sound is None or not self._shared.status.rate_hz or held.now.of(made):
                    done, held.waiting = held.waiting, []
                    slot = -1
                else:
                    done, slot = [], self._free()
            if slot >= 0 and sound is not None:
                voiced = self._fill(pad, slot, made, sound, rate_hz, voicing)
                with self.lock:
                    if held.sound is sound:
                        held.now = voiced
                        done, held.waiting = held.waiting, []
            arrived(done)

    def _made(self, held: Held) -> tuple[object, ...]:
        voicing = held.voicing
        return held.sound, held.rate_hz, voicing.pitch_semitones, voicing.decay_ms, int(self._shared.status.rate_hz)

    def _fill(
        self, pad: int, slot: int, made: tuple[object, ...], sound: np.ndarray, rate_hz: int, voicing: Voicing
    ) -> Voiced:
        device_hz = int(self._shared.status.rate_hz) or rate_hz
        samples = voicing.samples(sound, rate_hz, device_hz)
        frames = self._shared.put(slot, samples)
        if frames < len(samples):
            most = SLOT_VALUES // samples.shape[1] / device_hz
            log.warning("pad %d lasts longer than the %.1f s that can be played live; its end is cut", pad, most)
        return Voiced((*made[:-1], device_hz), slot, frames, samples.shape[1])

    def _free(self) -> int:
        """A slot that no pad holds and no command or voice refers to; -1 where there is none."""
        taken = {one.slot for held in self.pads.values() for one in (held.now, held.next)}
        read, uses = self._shared.status.read, self._shared.status.uses
        free = (s for s in range(SLOTS) if s not in taken and self.last[s] <= read and not uses[s])
        return next(free, -1)


def arrived(waiting: "list[Future[None]]") -> None:
    """Tell who waits; under no lock, since they may ask for more."""
    for one in waiting:
        one.set_result(None)
