"""Live playing, measured: from a packet to the audio callback's buffer, and a soak of hits while pads render."""

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from ..sampler.errors import Error
from ..sampler.spec import find_model, read_spec
from .audio.speaker import Speaker
from .bench import resident
from .board import Board
from .commands import Instrument
from .folder import Folder
from .inputs.osc import OscInput
from .inputs.osc_packets import decode, encode
from .kits import Library
from .live import Live
from .session import Session
from .sources import Sources
from .surfaces import PREFIX, controls

HITS = 60
RATE_HZ = 44100
HITS_PER_S = 8
LOCAL = "127.0.0.1"


def latency(audio: str | None) -> dict[str, Any]:
    """From the send of /driftkit/play to the full buffer in which its sound begins; nothing renders meanwhile."""
    with tempfile.TemporaryDirectory() as scratch, Speaker(audio) as speaker:
        speaker.wait()
        if not speaker.device:
            return {"audio": speaker.why}
        folder, board = Folder(Path(scratch), 1, "24"), Board(controls(read_spec(find_model("default"))))
        library = Library(board.controls)
        sources = Sources(folder, (), Path(scratch))
        instrument = Instrument(board, folder, sources, lambda hit, reader: hit, "none@0")
        instrument.live = Live(board, speaker)
        speaker.hold(1, np.random.default_rng(1).uniform(-0.1, 0.1, (1, 2000)).astype(np.float32), RATE_HZ)
        with (
            OscInput(instrument, Session(instrument, library), LOCAL, 0, tuple) as osc,
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
        ):
            pause, took = random.Random(1), []
            for _ in range(HITS):
                time.sleep(pause.uniform(0.05, 0.15))
                before, sent = speaker.status.started, time.time()
                client.sendto(encode(f"{PREFIX}/play", 1), osc.address)
                while speaker.status.started == before:
                    if time.time() - sent > 5:
                        raise Error("a hit was not played within 5 s; is the audio device standing still?")
                    time.sleep(0.0005)
                took.append((speaker.status.started_at - sent) * 1000)
        shown = np.round([min(took), *np.percentile(took, (50, 95, 99))], 2)
        return {
            "audio": speaker.about,
            f"play to buffer, ms (min, median, p95, p99 of {HITS})": ", ".join(map(str, shown)),
        }


def soak(name: str, device: str, audio: str | None, minutes: float) -> dict[str, Any]:
    """Hits for so many minutes while pads render all the time, and the same with nothing rendering."""
    rows: dict[str, Any] = {}
    for what, renders in (("idle", False), ("while pads render", True)):
        with running(name, device, audio) as (port, pid), Client(port) as client:
            client.settle()
            memory, before = str(resident(pid)), client.status()
            for hit in range(round(minutes * 60 * HITS_PER_S)):
                client.send("/play", hit % 16 + 1)
                if renders:
                    client.send("/render", (hit + 8) % 16 + 1)
                time.sleep(1 / HITS_PER_S)
            after = client.status()
            done, memory = int(after[3]) - int(before[3]), f"{memory} to {resident(pid)}"
        rows[f"underruns in {minutes:g} min of hits, {what}"] = int(after[8]) - int(before[8])
        rows[f"renders, {what}"], rows[f"the daemon's MB, {what}"] = done, memory
    return rows


class Client:
    """Just enough OSC."""

    def __init__(self, port: int) -> None:
        self._target = (LOCAL, port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.settimeout(60)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, address: str, *arguments: int) -> None:
        """One message."""
        self._socket.sendto(encode(PREFIX + address, *arguments), self._target)

    def _answer(self, address: str) -> tuple[Any, ...]:
        while True:
            for message in decode(self._socket.recv(65535)):
                if message.address == PREFIX + address:
                    return message.arguments

    def settle(self) -> None:
        """Until everything that renders is done, and the audio has found its feet."""
        self.send("/sync", 1)
        self._answer("/synced")
        time.sleep(1)

    def status(self) -> tuple[Any, ...]:
        """The fields of the status; what was answered before is thrown away."""
        self.send("/status")
        return self._answer("/status.reply")


@contextmanager
def running(name: str, device: str, audio: str | None) -> Iterator[tuple[int, int]]:
    """A daemon in an empty folder: its OSC port and process id."""
    with tempfile.TemporaryDirectory() as scratch:
        home = {"XDG_CONFIG_HOME": scratch, "HOME": scratch, "APPDATA": scratch, "LOCALAPPDATA": scratch}
        command = [sys.executable, "-c", "from driftkit.daemon.cli import main; main()", "serve", "--osc-port", "0"]
        command += ["--http-port", "0"]
        command += ["--out", str(Path(scratch) / "out"), "--model", name, "--device", device]
        command += ["--audio", audio] if audio else []
        process = subprocess.Popen(command, env=os.environ | home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            assert process.stdout
            line = process.stdout.readline().decode()
            if not line.startswith("ready "):
                raise Error("the daemon did not start; run `driftkit serve` to see why")
            ready = json.loads(line.removeprefix("ready "))
            if not ready["audio"]:
                raise Error("the daemon plays nothing; run `driftkit serve` to see why, or choose with --audio")
            yield int(ready["osc"][1]), process.pid
        finally:
            process.terminate()
            process.wait(10)
