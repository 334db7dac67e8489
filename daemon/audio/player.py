"""The player: a process of its own that holds the stream, so that rendering can never make it stutter.

It imports neither torch nor anything that renders. A device that is not there or goes away is tried again; a
stream that stands still for long ends the process, which the daemon starts again, because a sound server that
hangs can hang whoever closes its streams. It ends when the daemon does.
"""

import gc
import os
import signal
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from ...sampler.errors import Error
from .clock import Clock
from .devices import find, hush, outputs, portaudio, rate_for
from .mixer import Mixer
from .shared import LOST, OFF, PLAYING, STALLED, STARTING, STOP, TEXT_BYTES, Shared

TICK_S = 0.05
STALL_S = 0.5  # no callback for this long: the device stands still
GIVE_UP_S = 3.0  # for this long: start over
RETRY_S = 1.0
LEAVE_S = 0.5  # to say goodbye to the sound server
STALE_S = 0.5  # a command that has waited for longer than this is not played any more
LEAD_BLOCKS = 2  # a play with a time is put this far behind it, so that it is not late for its block


class Player:
    """Plays what the daemon orders through the shared memory."""

    def __init__(self, shared: Shared, device: str | None, rate_hz: int, block: int, pairs: int = 1) -> None:
        self.shared, self.status = shared, shared.status
        self._device, self._rate_hz, self._block, self._pairs = device, rate_hz, block, pairs
        self._ended, self._closing = threading.Event(), threading.Event()
        self._mixer: Mixer
        self._clock: Clock
        self._now = 0.0
        self._stereo = np.zeros((block, 2), np.float32)  # what a device of one channel is mixed down from

    def run(self) -> None:
        """Until `close`; returns before only where the system has no sound library."""
        try:
            sounddevice = portaudio()
        except Error as reason:
            self._tell(OFF, str(reason))
            return
        while True:
            try:
                stream = self._open(sounddevice)
            except (Error, ValueError, sounddevice.PortAudioError) as reason:
                self._tell(LOST, str(reason))
            else:
                self._watch(stream)
                self._close(stream)
            ends = self._closing.wait(RETRY_S)
            with suppress(sounddevice.PortAudioError):  # else PortAudio keeps to the devices that it saw at first
                sounddevice._terminate()
            if ends:
                return
            with suppress(sounddevice.PortAudioError):
                sounddevice._initialize()

    def close(self) -> None:
        """Have `run` end and leave the sound server in good order; from another thread."""
        self._closing.set()

    def _tell(self, state: int, reason: str = "") -> None:
        self.status.reason = reason.encode()[: TEXT_BYTES - 1]
        self.status.state = state

    def _open(self, sounddevice: Any) -> Any:
        """A running stream."""
        device = find(outputs(sounddevice, self._pairs), self._device)
        rate_hz = rate_for(sounddevice, device, self._rate_hz)
        for slot in range(len(self.status.uses)):
            self.status.uses[slot] = 0
        pairs = max(device.channels // 2, 1)
        self._mixer, self._clock = Mixer(rate_hz, self.status.uses, pairs), Clock(rate_hz)
        self.status.frames = 0
        self._ended.clear()
        stream = sounddevice.OutputStream(
            device=device.number, samplerate=rate_hz, blocksize=self._block, channels=device.channels, dtype="float32",
            latency="low", callback=self._callback, finished_callback=self._ended.set,
        )  # fmt: skip
        self.status.device = device.name.encode()[: TEXT_BYTES - 1]
        self.status.rate_hz, self.status.pairs = rate_hz, pairs
        self.status.latency_s = stream.latency
        self._tell(STARTING)
        stream.start()
        hasten()
        return stream

    def _watch(self, stream: Any) -> None:
        """Until the stream ends; where its callbacks stay away, say so, and in the end start over."""
        seen, since = self.status.callbacks, time.monotonic()
        while not self._ended.wait(TICK_S):
            if self._closing.is_set():
                return
            now = time.monotonic()
            if self.status.callbacks != seen:
                seen, since = self.status.callbacks, now
                if self.status.state != PLAYING:
                    self._tell(PLAYING)
            elif now - since > GIVE_UP_S:
                os._exit(1)
            elif now - since > STALL_S and self.status.state == PLAYING:
                self._tell(STALLED, f"the audio device {self.status.device.decode()} takes no more sound")
        self._tell(LOST, f"the audio device {self.status.device.decode()} has gone")

    def _close(self, stream: Any) -> None:
        """Where even that hangs, the process ends."""
        hang = threading.Timer(GIVE_UP_S, os._exit, (1,))
        hang.daemon = True
        hang.start()
        stream.close(ignore_errors=True)
        hang.cancel()

    # -- in the audio callback: nothing here waits, locks or logs -----------------------------------------

    def _callback(self, out: np.ndarray, frames: int, _: Any, flags: Any) -> None:
        self._now = time.time()
        status, mixer = self.status, self._mixer
        if flags.output_underflow:
            status.underruns += 1
        self._clock.tick(self._now, mixer.frame)
        dropped = mixer.dropped
        self.shared.take(self._take)
        if out.shape[1] > 1:
            mixer.render(out)
        else:
            mixer.render(self._stereo[:frames])
            np.mean(self._stereo[:frames], axis=1, keepdims=True, out=out)
        if mixer.started != status.started:
            status.started_at = time.time()
            status.started = mixer.started
        status.dropped += mixer.dropped - dropped
        status.voices = mixer.voices
        status.frames = mixer.frame
        status.callbacks += 1

    def _take(
        self, order: int, slot: int, pad: int, group: int, pair: int, frames: int, channels: int,
        left: float, right: float, at: float, sent: float,
    ) -> None:  # fmt: skip
        mixer = self._mixer
        if self._now - max(at, sent) > STALE_S:
            self.status.dropped += 1
            return
        frame = mixer.frame
        if at:
            frame = self._clock.frame_at(at) + LEAD_BLOCKS * self._block
            if frame < mixer.frame:
                self.status.late += 1
        if slot == STOP:
            mixer.stop(frame, order, pad)
        else:
            mixer.play(frame, order, self.shared.samples(slot, frames, channels), slot, pad, group, left, right, pair)


def hasten() -> None:
    """Real-time priority for this process, the lowest there is, on Linux for users who may; elsewhere PortAudio does.

    Every thread of it: between the callback and a sound server there is one of the server's library.
    """
    with suppress(OSError, AttributeError):
        for thread in os.listdir("/proc/self/task"):
            os.sched_setscheduler(int(thread), os.SCHED_RR, os.sched_param(1))


def run(name: str, parent: Connection, device: str | None, rate_hz: int, block: int, pairs: int) -> None:
    """The process: plays from the shared memory of that name until `parent` is closed at the other end."""
    for sent in ("SIGINT", "SIGTERM", "SIGHUP"):  # to both at once, but it is the daemon that ends this process
        if hasattr(signal, sent):
            signal.signal(getattr(signal, sent), signal.SIG_IGN)
    hush()
    if hasattr(os, "nice"):
        with suppress(OSError):  # only some users may
            os.nice(-11)
    gc.freeze()
    player = Player(Shared(name), device, rate_hz, block, pairs)
    threading.Thread(target=_end_with, args=(parent, player), name="end with", daemon=True).start()
    player.run()
    os._exit(0)


def _end_with(parent: Connection, player: Player) -> None:
    with suppress(EOFError, OSError):
        parent.recv()
    player.close()
    time.sleep(LEAVE_S)
    os._exit(0)  # the sound server hangs
