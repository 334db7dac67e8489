"""A private JACK server without a sound card, and a MIDI sender that is a process of its own.

The server waits for its clients (-S), so a busy machine is late and drops nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from .daemon import until

SENDER = """
import sys
from driftkit.daemon.inputs.midi.ports import client, library
name, into = sys.argv[1:]
port = library().MidiOut(client().get_current_api(), name)
if into:
    port.open_port(next(i for i, there in enumerate(port.get_ports()) if into in there), name)
else:
    port.open_virtual_port(name)
print("open", flush=True)
for line in sys.stdin:
    for data in line.split():
        port.send_message(list(bytes.fromhex(data)))
    print("sent", flush=True)
port.delete()
"""

FLOOD = """
import sys, time
from driftkit.daemon.inputs.midi.ports import outlet
with outlet(sys.argv[1]) as send:
    while True:
        for note in range(36, 52):
            send([0x90, note, 100])
        time.sleep(0.005)
"""


@contextmanager
def jack_server(name: str = "", outputs: int = 2) -> Iterator[dict[str, str]]:
    """Runs jackd on its dummy driver; yields the environment of its clients. Skips where it cannot start."""
    name = name or f"driftkit_{uuid.uuid4().hex[:8]}"
    env = {"JACK_DEFAULT_SERVER": name, "JACK_NO_START_SERVER": "1", "JACK_NO_AUDIO_RESERVATION": "1"}
    with tempfile.TemporaryFile() as log:
        process = None
        if shutil.which("jackd"):
            command = ["jackd", "--no-realtime", "-S", "-n", name, "-d", "dummy", "-r", "44100", "-p", "256"]
            command += ["-P", str(outputs)]
            process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | env)
            until(lambda: process.poll() is not None or sockets(name), "a JACK server")
        if process is None or process.poll() is not None:
            if os.environ.get("DRIFTKIT_CI"):
                pytest.fail("jackd does not start (apt-get install jackd2)")
            pytest.skip("jackd does not start here (apt-get install jackd2)")
        try:
            yield env
        finally:
            process.terminate()
            process.wait(20)
            for left in [*Path("/dev/shm").glob(f"jack_*{name}*")]:
                with suppress(OSError):
                    left.unlink()


def sockets(name: str) -> list[Path]:
    """Where the clients of that server come in."""
    return list(Path("/dev/shm").glob(f"jack_{name}_*_0"))


class Sender:
    """An output port of that name, which any MIDI program can listen to. Closing it is pulling the plug.

    It may also play into the input port of another program.
    """

    def __init__(self, name: str, env: dict[str, str], into: str = "") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", SENDER, name, into],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | env,
        )  # fmt: skip
        self._hear("open")

    def send(self, *messages: tuple[int, ...]) -> None:
        """Messages as bytes, in one burst."""
        assert self._process.stdin
        self._process.stdin.write(" ".join(bytes(message).hex() for message in messages) + "\n")
        self._process.stdin.flush()
        self._hear("sent")

    def _hear(self, word: str) -> None:
        assert self._process.stdout
        assert self._process.stdout.readline().strip() == word

    def __enter__(self) -> "Sender":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=20)


class Flood:
    """A keyboard that plays as long as its server lives."""

    def __init__(self, name: str, env: dict[str, str]) -> None:
        self._process = subprocess.Popen([sys.executable, "-P", "-c", FLOOD, name], env=os.environ | env)

    def __enter__(self) -> "Flood":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait(20)
