"""Another program in an Ableton Link session: `aalink` in a process of its own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from filelock import FileLock

_OTHER = """
import asyncio, json, sys, time
from aalink import Link
async def main():
    link = Link(97.0); link.quantum = 4.0; link.enabled = True
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        if line.strip(): link.tempo = float(line)
        print(json.dumps([link.num_peers, link.tempo, link.beat % 4, time.time()]), flush=True)
asyncio.run(main())
"""


class Other:
    """Another program in the session; each look asks it for peers, tempo, phase and its time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def look(self, tempo: object = "") -> list[float]:
        """Peers, tempo, phase and time of now, after it has set the tempo where one is given."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{tempo}\n")
        self._process.stdin.flush()
        found: list[float] = json.loads(self._process.stdout.readline())
        return found


def alone() -> AbstractContextManager[object]:
    """Of all tests, the only one in this network's session."""
    return FileLock(Path(tempfile.gettempdir()) / "driftkit_tests_link.lock", timeout=300)


@contextmanager
def another() -> Iterator[Other]:
    """A program in the session, until the block ends."""
    with subprocess.Popen([sys.executable, "-c", _OTHER], stdin=-1, stdout=-1, text=True) as process:
        yield Other(process)
        process.kill()
