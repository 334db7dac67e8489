"""A real daemon in an empty folder, for whatever is measured from outside."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ...sampler.errors import Error
from ...sampler.spec import find_model


@dataclass(frozen=True)
class Running:
    """One that runs."""

    pid: int
    port: int  # of OSC, on this machine
    http_port: int
    out: Path
    audio: str | None  # the name of the device that plays
    started: float  # by time.perf_counter
    ready_s: float  # from there to its ready line

    @property
    def memory(self) -> int | str:
        """Resident memory in MB of the daemon and its audio player, where the system tells."""
        found = [resident(pid) for pid in (self.pid, *children(self.pid))]
        return sum(found) // 1_000_000 if all(found) else "not told by this system"


@contextmanager
def running(name: str, device: str, audio: str | None) -> Iterator[Running]:
    """A daemon with a model on a device of torch and of audio ("none": silent); it ends with the `with`."""
    with tempfile.TemporaryDirectory() as scratch:
        home = {
            "XDG_CONFIG_HOME": scratch,
            "XDG_CACHE_HOME": scratch,
            "HOME": scratch,
            "APPDATA": scratch,
            "LOCALAPPDATA": scratch,
        }
        out = Path(scratch) / "out"
        command = [sys.executable, "-c", "from driftkit.daemon.cli import main; main()", "serve", "--osc-port", "0"]
        command += ["--http-port", "0"]
        command += ["--midi", "none", "--out", str(out), "--device", device]
        command += ["--model", str(find_model(name))]  # the user's own models lie in the home that it does not have
        command += ["--audio", audio] if audio else []
        started = time.perf_counter()
        process = subprocess.Popen(command, env=os.environ | home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout
        try:
            line = process.stdout.readline().decode()
            if not line.startswith("ready "):
                raise Error("the daemon did not start; run `driftkit serve` to see why")
            told, ready_s = json.loads(line.removeprefix("ready ")), time.perf_counter() - started
            yield Running(process.pid, int(told["osc"][1]), int(told["http"][1]), out, told["audio"], started, ready_s)
        finally:
            process.terminate()
            process.wait(10)
            process.stdout.close()


def resident(pid: int) -> int:
    """Resident memory of a process in bytes, 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def children(pid: int) -> list[int]:
    """The processes that a process has started, where the system tells."""
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = stat.read_text().rpartition(")")[2].split()  # after the name: the state, the parent
            if int(words[1]) == pid:
                found.append(int(stat.parent.name))
    return found
