"""Prints how long a hit takes: from the send of /driftkit/play to its first sample in what a sound card plays.

.venv/bin/python research/measure_playing.py [BLOCK]

The card is the null sink of a PulseAudio of its own, recorded by parec, whose own delay is included. Every hit is
found in the recording bit for bit.
"""

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from rig.daemon import Daemon
from rig.listening import QUIET, frames_of, home_with_kits, opened, samples_of
from rig.osc import OscClient
from rig.sound_server import RATE, SoundServer, places

HITS = 60
FRAME_BYTES = 8


class Recorder:
    """What the sink plays inside the `with`, and when each part of it came."""

    def __enter__(self) -> "Recorder":
        self._parts: list[bytes] = []
        self._times: list[float] = []
        command = ["parec", "-d", "rig.monitor", "--raw", "--format=float32le", f"--rate={RATE}", "--channels=2"]
        self._process = subprocess.Popen([*command, "--latency-msec=5"], stdout=subprocess.PIPE)
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        return self

    def _read(self) -> None:
        assert self._process.stdout
        while part := os.read(self._process.stdout.fileno(), 1 << 16):
            self._times.append(time.time())
            self._parts.append(part)

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        self._thread.join()

    @property
    def samples(self) -> np.ndarray:
        """Frames (n, 2) float32."""
        raw = b"".join(self._parts)
        return np.frombuffer(raw[: len(raw) // FRAME_BYTES * FRAME_BYTES], np.float32).reshape(-1, 2)

    @property
    def began(self) -> float:
        """When frame 0 was played, by the earliest part: a part is never early, only late. s since 1970."""
        frames = np.cumsum([len(part) for part in self._parts]) / FRAME_BYTES
        return float(np.min(np.array(self._times) - frames / RATE))


def measure(block: int) -> np.ndarray:
    """Milliseconds from the send to the sink, one a hit."""
    with SoundServer(), tempfile.TemporaryDirectory() as scratch:
        options = ("--preset", "two", "--audio", "pulse", "--audio-block", block, "--depth", "float")
        with (
            Daemon(home_with_kits(Path(scratch)), Path(scratch) / "out", *options) as daemon,
            OscClient(daemon.port) as client,
        ):
            opened(client, "two")
            client.send("/pad/1/decay_ms", 40)
            time.sleep(1.0)
            pause, sent = random.Random(1), []
            with Recorder() as recorder:
                time.sleep(1.0)
                for _ in range(HITS):
                    time.sleep(pause.uniform(0.1, 0.2))
                    sent.append(time.time())
                    client.send("/play", 1)
                time.sleep(1.0)
            sound = frames_of(samples_of(daemon.live(1)), type(QUIET)(gain_db=QUIET.gain_db, decay_ms=40))
            heard = places(recorder.samples, sound)
    if len(heard) != HITS:
        raise SystemExit(f"{len(heard)} of {HITS} hits came whole; the machine is too busy to measure on")
    return (recorder.began + np.array(heard) / RATE - np.array(sent)) * 1000


if __name__ == "__main__":
    frames = int(sys.argv[1]) if len(sys.argv) > 1 else 128
    took = measure(frames)
    least, middle, most = np.round([took.min(), *np.percentile(took, (50, 95))], 1)
    print(
        f"/play to the recorded sound, blocks of {frames}: min {least}, median {middle}, p95 {most} ms of {HITS} hits"
    )
