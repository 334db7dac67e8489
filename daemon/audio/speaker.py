"""The speaker: what the instrument tells of Sounds and of hits. Playing writes one record and waits for nothing."""

import logging
import math
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType

import numpy as np

from ...sampler.controls import shown
from ...sampler.errors import Error
from . import player
from .shared import LOST, OFF, PLAYING, SLOT_VALUES, SLOTS, STALLED, STARTING, STOP, Shared
from .voicing import Voicing

BLOCK = 128  # frames
TICK_S = 0.05
PATIENCE_S = 3.0  # for the first sign of the player
log = logging.getLogger("driftkit")


class Silence:
    """The speaker of a daemon that has none."""

    device, xruns, about = "", 0, "no audio"

    def wait(self, within_s: float = 0.0) -> None:
        """Nothing to wait for."""

    def hold(self, pad: int, samples: np.ndarray | None, rate_hz: int) -> None:
        """Nothing to do."""

    def adjust(self, pad: int, voicing: Voicing) -> None:
        """Nothing to do."""

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        """Refused with a sentence."""
        raise Error("audio is off; start driftkit with --audio DEVICE (`driftkit doctor` lists the devices)")

    def stop(self, pad: int | None = None, at: float | None = None) -> None:
        """Silent it is already."""


@dataclass
class Held:
    """What a pad plays: a slot of the bank once its Sound has been voiced for the device."""

    sound: np.ndarray | None = None
    rate_hz: int = 0
    voicing: Voicing = field(default_factory=Voicing)
    slot: int = -1
    frames: int = 0
    channels: int = 1
    made: tuple[object, ...] = ()  # of what the slot was made


class Speaker:
    """Use as a context manager: the player process lives inside the `with`."""

    def __init__(self, device: str | None = None, rate_hz: int = 0, block: int = BLOCK, pads: int = 16) -> None:
        self._arguments = (device, rate_hz, block)
        self._held = {pad: Held() for pad in range(1, pads + 1)}
        self._last = [0] * SLOTS  # order of the last command that names each slot
        self._lock = threading.Lock()  # held for microseconds
        self._making = threading.Lock()  # one voicing at a time
        self._work, self._closing, self._known = threading.Event(), threading.Event(), threading.Event()
        self._told: tuple[int, str] = (STARTING, "")
        self._aloud = False
        self._process: BaseProcess
        self._wire: Connection
        self.starts = 0  # of the player process
        self._thread = threading.Thread(target=self._keep, name="speaker", daemon=True)

    def __enter__(self) -> "Speaker":
        with _no_signals():  # which what keeps book of shared memory inherits: it shall outlive a terminal, too
            self._shared = Shared()
        self.status = self._shared.status
        self._start()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._work.set()
        self._thread.join()
        self._wire.close()  # the player sees that and ends
        self._process.join(1)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(1)
        del self.status
        self._shared.close()

    # -- what there is ------------------------------------------------------------------------------------

    def wait(self, within_s: float = PATIENCE_S) -> None:
        """Until it is known whether the device plays, or so long; from now on what happens to it is logged.

        Before that it is not, for a daemon that is refused its start says why, and nothing else.
        """
        self._known.wait(within_s)
        self._aloud = True

    @property
    def device(self) -> str:
        """The name of the device that plays now, or ""."""
        return str(self.status.device.decode(errors="replace")) if self.status.state == PLAYING else ""

    @property
    def xruns(self) -> int:
        """Blocks that came too late for the device since the start."""
        return int(self.status.underruns)

    @property
    def about(self) -> str:
        """One line for people."""
        status = self.status
        if not self.device:
            return f"no audio: {self.why}"
        lead = player.LEAD_BLOCKS * self._arguments[2] / status.rate_hz
        line = f"{self.device}, {status.rate_hz} Hz, blocks of {self._arguments[2]}, latency "
        line += f"{status.latency_s * 1000:.1f} ms ({(status.latency_s + lead) * 1000:.1f} ms after an OSC timetag)"
        counts = {"xruns": status.underruns, "late": status.late, "dropped": status.dropped}
        return line + "".join(f", {count} {name}" for name, count in counts.items() if count)

    @property
    def pid(self) -> int:
        """Of the player process."""
        return self._process.pid or 0

    # -- what the instrument tells ------------------------------------------------------------------------

    def hold(self, pad: int, samples: np.ndarray | None, rate_hz: int) -> None:
        """A pad has another Sound (channels, n) float32, or none; what sounds already is left to sound."""
        with self._lock:
            held = self._held[pad]
            if held.sound is samples:
                return
            held.sound, held.rate_hz = samples, rate_hz
            if samples is None:
                held.slot, held.made = -1, ()
        self._voice(pad)

    def adjust(self, pad: int, voicing: Voicing) -> None:
        """A pad's player controls have moved; a new pitch or decay is heard some milliseconds later."""
        with self._lock:
            self._held[pad].voicing = voicing
        self._work.set()

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        """Play a pad at the next block, or at a time in seconds since 1970 plus a constant latency."""
        if not 0 <= velocity <= 1:
            raise Error(f"velocity is {shown(velocity)}; it must be from 0 to 1")
        self._check_time(at)
        with self._lock:
            held, status = self._held[pad], self.status
            if status.state != PLAYING:
                raise Error(f"nothing can be played: {self.why}")
            if held.sound is None:
                raise Error(f"pad {pad} has no sound yet; render it with /driftkit/render {pad}")
            if not held.made or held.made[-1] != status.rate_hz:
                raise Error(f"pad {pad} is not ready for the audio device yet; play it again")
            left, right = held.voicing.gains(velocity)
            order = self._shared.give(
                held.slot, pad, held.voicing.choke, held.frames, held.channels, left, right, at or 0.0, time.time()
            )
            if not order:
                raise Error("too many plays are waiting for the audio device; play fewer at a time")
            self._last[held.slot] = order

    def stop(self, pad: int | None = None, at: float | None = None) -> None:
        """Fade a pad out in 5 ms, or everything; at once this forgets what was to be played later, too."""
        self._check_time(at)
        with self._lock:
            if self.status.state == PLAYING:
                self._shared.give(STOP, pad or 0, 0, 0, 0, 0.0, 0.0, at or 0.0, time.time())

    @staticmethod
    def _check_time(at: float | None) -> None:
        if at is not None and not (math.isfinite(at) and at > 0):
            raise Error(f"the time is {shown(at)}; it must be in seconds since 1970")

    @property
    def why(self) -> str:
        """Why nothing sounds."""
        reason = self.status.reason.decode(errors="replace")
        if self.status.state in (LOST, STALLED):
            return f"{reason}; driftkit tries again every second"
        return reason or "the audio device is not open yet; try again"

    # -- voicing ------------------------------------------------------------------------------------------

    def _voice(self, pad: int) -> None:
        """Bring a pad's slot up to date; where no slot is free, the old one plays on until `_keep` finds one."""
        device_hz = self.status.rate_hz
        with self._making:
            with self._lock:
                now = replace(self._held[pad])
                made = (now.sound, now.rate_hz, now.voicing.pitch_semitones, now.voicing.decay_ms, device_hz)
                same = len(now.made) == len(made) and now.made[0] is made[0] and now.made[1:] == made[1:]
                if now.sound is None or not device_hz or same:
                    return
                slot = self._free()
            if slot < 0:
                return
            samples = now.voicing.samples(now.sound, now.rate_hz, device_hz)
            frames = self._shared.put(slot, samples)
            if frames < len(samples):
                most = SLOT_VALUES // samples.shape[1] / device_hz
                log.warning("pad %d lasts longer than the %.1f s that can be played live; its end is cut", pad, most)
            with self._lock:
                held = self._held[pad]
                if held.sound is now.sound:
                    held.slot, held.frames, held.channels, held.made = slot, frames, samples.shape[1], made

    def _free(self) -> int:
        """A slot that no pad holds and no command or voice refers to; -1 where there is none."""
        taken = {held.slot for held in self._held.values()}
        read, uses = self.status.read, self.status.uses
        free = (s for s in range(SLOTS) if s not in taken and self._last[s] <= read and not uses[s])
        return next(free, -1)

    # -- the player process -------------------------------------------------------------------------------

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        theirs, self._wire = context.Pipe(duplex=False)
        arguments = (self._shared.name, theirs, *self._arguments)
        self._process = context.Process(target=player.run, args=arguments, name="driftkit audio", daemon=True)
        with _no_main(), _no_signals():
            self._process.start()
        theirs.close()
        self.starts += 1

    def _keep(self) -> None:
        """Voice what has changed, say what happens to the device, start a player that has died again."""
        while not self._closing.is_set():
            self._work.wait(TICK_S)
            self._work.clear()
            for pad in self._held:
                self._voice(pad)
            self._tell()
            if not self._process.is_alive() and self.status.state != OFF:
                if self.status.state == PLAYING:
                    self.status.reason = b"the audio player has died and is started again"
                self.status.state = LOST
                self._tell()
                if not self._closing.wait(1.0):
                    self._wire.close()
                    with suppress(OSError):  # the system is short of something; tried again
                        self._start()

    def _tell(self) -> None:
        """Log what is new, once."""
        state = self.status.state
        now = (state, "" if state in (PLAYING, STARTING) else self.status.reason.decode(errors="replace"))
        if state != STARTING:
            self._known.set()
        if now == self._told or state == STARTING or not self._aloud:
            return
        if state == PLAYING:
            log.info("audio: %s", self.about)
        elif now[1] != self._told[1]:
            log.warning("%s", now[1] if state == OFF else self.why)
        self._told = now


@contextmanager
def _no_main() -> Iterator[None]:
    """A process that is started inside does not import the program's main module, as others that are spawned do:
    it would be slower and larger, and a script that calls driftkit without asking for its own name would run again."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _no_signals() -> Iterator[None]:
    """A process that is started inside is born deaf to Ctrl-C and a closed terminal, which are sent to it too."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
