"""A sound card for machines without one: a PulseAudio of our own whose null sink is recorded, sample by sample."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

RATE = 44100
TOOLS = ("pulseaudio", "pactl", "pacat", "parec")
PACKAGES = "libportaudio2 libasound2-plugins pulseaudio pulseaudio-utils"
IDLE_S = 2.2  # an idle null sink has filled 2 s of buffer, and a new client waits for it to drain


class SoundServer:
    """Inside the `with`, PULSE_SERVER leads ALSA's device `pulse`, here and in child processes, to the null sink."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="driftkit_sound_"))
        self._socket, self._log = self.folder / "socket", self.folder / "log"
        self._environment = {
            "PULSE_SERVER": f"unix:{self._socket}", "PULSE_COOKIE": str(self.folder / "cookie"),
            "PULSE_SINK": "rig", "PULSE_SOURCE": "rig.monitor",
        }  # fmt: skip
        self._server: subprocess.Popen | None = None
        self._silence: subprocess.Popen | None = None

    def __enter__(self) -> "SoundServer":
        self._before = {name: os.environ.get(name) for name in self._environment}
        os.environ.update(self._environment)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        for name, value in self._before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server, and silence that keeps its sink running; with much in hand, or it would tear recordings."""
        self._socket.unlink(missing_ok=True)
        own = {name: str(self.folder) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
        self._server = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--system=false", "--exit-idle-time=-1", "--use-pid-file=no",
                "--disable-shm=yes", "--realtime=yes", "--high-priority=yes",
                "--log-level=debug", f"--log-target=file:{self._log}",
                "-L", f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
                "-L", f"module-null-sink sink_name=rig format=float32le rate={RATE} channels=2",
            ],
            env=os.environ | own, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 20
        while subprocess.run(["pactl", "info"], capture_output=True).returncode:
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("pulseaudio does not start")
            time.sleep(0.05)
        command = ["pacat", "-p", "-d", "rig", "--raw", "--format=float32le", f"--rate={RATE}", "--channels=2"]
        with open("/dev/zero", "rb") as zeros:
            self._silence = subprocess.Popen(
                [*command, "--latency-msec=200"], stdin=zeros, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        time.sleep(IDLE_S)

    @property
    def torn(self) -> int:
        """How often a stream came too late for the sink so far, of which not every one is told to who plays."""
        return self._log.read_bytes().count(b"Rewound") if self._log.exists() else 0

    def kill(self) -> None:
        """As if the card was pulled out."""
        for process in (self._server, self._silence):
            if process is not None:
                process.kill()
                process.wait()

    def revive(self) -> None:
        """Start it again where it was killed, let it go on where it was paused."""
        assert self._server
        if self._server.poll() is not None:
            self.kill()
            self.start()
        self.resume()

    def pause(self) -> None:
        """The server stands still."""
        assert self._server
        self._server.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """It goes on."""
        assert self._server
        self._server.send_signal(signal.SIGCONT)


class Recording:
    """What the sink plays inside the `with`: `samples` (n, 2) float32 after it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"recording_{time.monotonic_ns()}.raw"
        self.samples = np.zeros((0, 2), np.float32)

    def __enter__(self) -> "Recording":
        command = ["parec", "-d", "rig.monitor", "--raw", "--format=float32le", f"--rate={RATE}", "--channels=2"]
        with self._file.open("wb") as file:
            self._process = subprocess.Popen([*command, "--latency-msec=10"], stdout=file, stderr=subprocess.DEVNULL)
        self._more(0.0)
        return self

    def _more(self, seconds: float) -> None:
        """Wait for that much to be recorded."""
        size, deadline = self._file.stat().st_size + seconds * RATE * 8, time.monotonic() + 20
        while self._file.stat().st_size <= size:
            assert time.monotonic() < deadline, "the recorder does not record"
            time.sleep(0.02)

    def __exit__(self, *_: object) -> None:
        self._more(0.5)  # what is in the buffers on the way
        self._process.terminate()
        self._process.wait()
        raw = self._file.read_bytes()
        self.samples = np.frombuffer(raw[: len(raw) // 8 * 8], np.float32).reshape(-1, 2)
        self._file.unlink()


@contextlib.contextmanager
def sound_server() -> Iterator[SoundServer]:
    """A running one; where that cannot be the test is skipped, or fails where DRIFTKIT_CI is set."""
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    try:
        import sounddevice  # noqa: F401
    except (ImportError, OSError):
        missing.append("PortAudio")
    why = f"{', '.join(missing)} is missing; apt-get install {PACKAGES}"
    if not missing:
        server = SoundServer()
        try:
            server.__enter__()
        except (OSError, RuntimeError) as reason:
            server.__exit__()
            why = f"no sound server: {reason}"
        else:
            try:
                yield server
            finally:
                server.__exit__()
            return
    if os.environ.get("DRIFTKIT_CI"):
        pytest.fail(why)
    pytest.skip(why)


def places(recorded: np.ndarray, sound: np.ndarray) -> list[int]:
    """The frames of `recorded` (n, 2) at which `sound` (m, 1 or 2) stands whole and bit for bit."""
    both = np.broadcast_to(sound, (len(sound), 2))
    first = int(np.flatnonzero(both[:, 0])[0])
    starts = np.flatnonzero(recorded[:, 0] == both[first, 0]) - first
    return [int(i) for i in starts if i >= 0 and np.array_equal(recorded[i : i + len(both)], both)]


def onset(recorded: np.ndarray, sound: np.ndarray) -> int:
    """The frame at which `sound` (m, 1 or 2) begins in `recorded` (n, 2), by the peak of their correlation."""
    from scipy.signal import correlate

    return int(np.argmax(correlate(recorded[:, 0].astype(float), sound[:, 0].astype(float), "valid")))
