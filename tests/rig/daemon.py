"""The real daemon as a process, with a home of its own, so that the user's presets are never touched."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from driftkit.daemon.cli.main import main

from . import warm
from .models import stand_in

PATIENCE_S = 60.0  # a hang, not slowness, is what may fail a test
MAIN = ["-c", "from driftkit.daemon.cli import main; main()"]
START = [sys.executable, "-P", *MAIN]


def environment(home: Path) -> dict[str, str]:
    """A user of their own: configuration, models and music below `home`; one thread, as the tests have."""
    home.mkdir(parents=True, exist_ok=True)
    places = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
    return os.environ | {name: str(home) for name in places} | {"OMP_NUM_THREADS": "1"}


def presets(home: Path) -> Path:
    """Where that user's kits lie."""
    return home / "driftkit" / "presets"


def driftkit(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return warm.run([*MAIN, *arguments], environment(home), timeout=PATIENCE_S)


def here(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    """The same in this process, for commands that are refused before they begin: a fork costs a third of a second."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    before, code = os.environ.copy(), 0
    os.environ.update(environment(home))
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main(list(map(str, arguments)))
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    finally:
        os.environ.clear()
        os.environ.update(before)
    said = (stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(arguments, code, *said)


class Daemon:
    """`driftkit serve` on a free port. Leaving the `with` sends SIGTERM and asserts a clean end.

    Its model is a small one unless one is named: `SHIPPED / "default"` where the sound matters.
    """

    def __init__(self, home: Path, out: Path, *options: object) -> None:
        self.home, self.out = home, out
        if "--model" not in options:
            stand_in(home)
        self._err = home / f"stderr_{time.monotonic_ns()}.txt"
        env = environment(home)
        command = [*MAIN, "serve", "--osc-port", "0", "--device", "cpu", "--out", str(out), *map(str, options)]
        if "--http-port" not in options:
            command += ["--http-port", "0"]
        if "--audio" not in options:
            command += ["--audio", "none"]  # what is tested with sound has a sound server of its own
        if "--engine" not in options:
            command += ["--engine", "torch"]  # what is compared bit for bit was rendered by torch
        with self._err.open("w") as err:
            self._process = warm.Process(command, env, subprocess.PIPE, err)
        assert self._process.stdout
        hang = threading.Timer(PATIENCE_S, self._process.kill)
        hang.start()
        first = self._process.stdout.readline()
        hang.cancel()
        if not first.startswith("ready "):
            self._process.communicate()
            raise AssertionError(f"no ready line but {first!r}; stderr: {self.stderr}")
        self.ready = json.loads(first.removeprefix("ready "))
        self.port: int = self.ready["osc"][1]

    @property
    def stderr(self) -> str:
        """What it has said so far."""
        return self._err.read_text()

    @property
    def alive(self) -> bool:
        """Has it not ended?"""
        return self._process.poll() is None

    def live(self, pad: int) -> Path:
        """The fixed file of a pad."""
        return self.out / "live" / f"{pad:02d}.wav"

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end; it must, with 0 unless killed, having said nothing more on stdout and no traceback."""
        if self._process.returncode is not None:
            return
        self._process.send_signal(number)
        try:
            more, _ = self._process.communicate(timeout=PATIENCE_S)
        finally:
            self._process.kill()
        assert self._process.returncode == (-number if number == signal.SIGKILL else 0), self.stderr
        assert more == "", "stdout carries the ready line and nothing else"
        assert "Traceback" not in self.stderr, self.stderr

    def __enter__(self) -> "Daemon":
        return self

    def __exit__(self, *failure: object) -> None:
        with suppress(*([Exception] if failure[0] else [])):  # the test's own failure says more
            self.stop()


def until(happens: Callable[[], object], what: str) -> None:
    """Wait until a condition holds; fails on a hang only."""
    deadline = time.monotonic() + PATIENCE_S
    while not happens():
        assert time.monotonic() < deadline, f"still not: {what}"
        time.sleep(0.02)
