"""The speaker: what the instrument tells of Sounds and of hits. Playing writes one record and waits for nothing."""

import logging
import math
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType

import numpy as np

from ...sampler.controls import shown
from ...sampler.errors import Error
from . import player
from .bank import Bank
from .shared import LOST, OFF, PLAYING, STALLED, STARTING, STOP, Shared
from .voicing import Voicing

BLOCK = 128  # frames
TICK_S = 0.05
PATIENCE_S = 3.0  # for the first sign of the player
log = logging.getLogger("driftkit")


class Silence:
    """The speaker of a daemon that has none."""

    device, xruns, about, latency_ms = "", 0, "no audio", 0.0

    def wait(self, within_s: float = 0.0) -> None:
        """Nothing to wait for."""

    def prepare(self, pad: int, samples: np.ndarray, rate_hz: int, voicing: Voicing) -> None:
        """Nothing to do."""

    def hold(self, pad: int, samples: np.ndarray | None, rate_hz: int) -> "Future[None] | None":
        """Nothing to do."""

    def adjust(self, pad: int, voicing: Voicing) -> None:
        """Nothing to do."""

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        """Refused with a sentence."""
        raise Error("audio is off; start driftkit with --audio DEVICE (`driftkit doctor` lists the devices)")

    def stop(self, pad: int | None = None, at: float | None = None) -> None:
        """Silent it is already."""


class Speaker:
    """Use as a context manager: the player process lives inside the `with`.

    apart: each pad on a pair of outputs of its own, as far as the device has them.
    """

    def __init__(
        self, device: str | None = None, rate_hz: int = 0, block: int = BLOCK, pads: int = 16, apart: bool = False
    ) -> None:
        self._arguments = (device, rate_hz, block, pads if apart else 1)
        self._pads = pads
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
        self._bank = Bank(self._shared, self._pads, self._work.set)
        self.status = self._shared.status
        self._start()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._work.set()
        self._thread.join()
        self._bank.close()
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
    def latency_ms(self) -> float:
        """From an OSC timetag to what is heard."""
        if not self.device:
            return 0.0
        return float(self.status.latency_s + player.LEAD_BLOCKS * self._arguments[2] / self.status.rate_hz) * 1000

    @property
    def about(self) -> str:
        """One line for people."""
        status = self.status
        if not self.device:
            return f"no audio: {self.why}"
        line = f"{self.device}, {status.rate_hz} Hz, blocks of {self._arguments[2]}, latency "
        line += f"{status.latency_s * 1000:.1f} ms ({self.latency_ms:.1f} ms after an OSC timetag)"
        if status.pairs > 1:
            line += f", {status.pairs} pairs of outputs"
        counts = {"xruns": status.underruns, "late": status.late, "dropped": status.dropped}
        return line + "".join(f", {count} {name}" for name, count in counts.items() if count)

    @property
    def pid(self) -> int:
        """Of the player process."""
        return self._process.pid or 0

    # -- what the instrument tells ------------------------------------------------------------------------

    def prepare(self, pad: int, samples: np.ndarray, rate_hz: int, voicing: Voicing) -> None:
        """See `Bank`."""
        self._bank.prepare(pad, samples, rate_hz, voicing)

    def hold(self, pad: int, samples: np.ndarray | None, rate_hz: int) -> "Future[None] | None":
        """See `Bank`."""
        return self._bank.hold(pad, samples, rate_hz)

    def adjust(self, pad: int, voicing: Voicing) -> None:
        """See `Bank`."""
        self._bank.adjust(pad, voicing)

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        """Play a pad at the next block, or at a time in seconds since 1970 plus a constant latency."""
        if not 0 <= velocity <= 1:
            raise Error(f"velocity is {shown(velocity)}; it must be from 0 to 1")
        self._check_time(at)
        with self._bank.lock:
            held, status = self._bank.pads[pad], self.status
            if status.state != PLAYING:
                raise Error(f"nothing can be played: {self.why}")
            if held.sound is None:
                raise Error(f"pad {pad} has no sound yet; render it with /driftkit/render {pad}")
            now = held.now
            if not now.made or now.made[-1] != status.rate_hz:
                raise Error(f"pad {pad} is not ready for the audio device yet; play it again")
            left, right = held.voicing.gains(velocity)
            pair = (held.voicing.output or pad) - 1
            order = self._shared.give(
                now.slot, pad, held.voicing.choke, pair, now.frames, now.channels, left, right, at or 0.0, time.time()
            )
            if not order:
                raise Error("too many plays are waiting for the audio device; play fewer at a time")
            self._bank.last[now.slot] = order

    def stop(self, pad: int | None = None, at: float | None = None) -> None:
        """Fade a pad out in 5 ms, or everything; at once this forgets what was to be played later, too."""
        self._check_time(at)
        with self._bank.lock:
            if self.status.state == PLAYING:
                self._shared.give(STOP, pad or 0, 0, 0, 0, 0, 0.0, 0.0, at or 0.0, time.time())

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
            try:
                self._bank.voice()
            except Exception:  # the thread never dies
                log.exception("voicing a sound made driftkit stumble; please report this")
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
