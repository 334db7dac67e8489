"""Live playing, measured: from a packet or a note to the audio callback's buffer, and a thousand notes in a burst."""

import random
import socket
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from ...sampler.errors import Error
from ...sampler.sound import Sound
from ...sampler.spec import find_model, read_spec
from ..audio.speaker import Speaker
from ..board import Board
from ..folder import Folder
from ..inputs.midi import MidiInput, NoMidi
from ..inputs.midi_ports import outlet
from ..inputs.osc import OscInput
from ..inputs.osc_packets import encode
from ..instrument import Instrument, assemble
from ..kits import Library
from ..midi_map import MapFile
from ..sources import Sources
from ..surfaces import PREFIX, controls

HITS = 60
BURST = 1000
RATE_HZ = 44100
LOCAL = "127.0.0.1"
KEYS = "driftkit bench"  # the name of a keyboard that is not there
NOTE, SOFT = 36, 1
HANG_S = 5.0


def playing(audio: str | None) -> dict[str, Any]:
    """Every figure of live playing while nothing renders, by name."""
    with tempfile.TemporaryDirectory() as scratch, Speaker(audio) as speaker, ExitStack() as stack:
        speaker.wait(HANG_S)
        if not speaker.device:
            return {"audio": speaker.why}
        one = _instrument(Path(scratch), speaker)
        osc = stack.enter_context(OscInput(one.commands, LOCAL, 0, tuple, NoMidi()))
        client = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        strike = stack.enter_context(keyboard())
        own = MapFile(Path(scratch) / "midi.yaml", one.state.board.controls)
        midi = stack.enter_context(MidiInput(one.commands, own, (KEYS,), False))
        packet = encode(f"{PREFIX}/play", 1, 0.1)
        ways: dict[str, Callable[[], object]] = {
            "/play": lambda: client.sendto(packet, osc.address),
            "MIDI note that has come": lambda: midi.receive(KEYS, [0x90, NOTE, SOFT]),
        }
        if strike:
            until(lambda: any(KEYS in name for name in midi.names), "the MIDI port was not opened")
            ways["MIDI note sent through a port"] = lambda: strike([0x90, NOTE, SOFT])
        rows: dict[str, Any] = {"audio": speaker.about}
        for name, act in ways.items():
            rows[f"{name} to buffer, ms (min, median, p95, p99 of {HITS})"] = latency(speaker, act)
        return rows | burst(speaker, midi, strike or (lambda data: midi.receive(KEYS, data)))


def _instrument(scratch: Path, speaker: Speaker) -> Instrument:
    """An instrument that renders nothing, whose pad 1 hisses for 45 ms."""
    folder, board = Folder(scratch, 1, "24"), Board(controls(read_spec(find_model("default"))))
    sources, library = Sources(folder, (), scratch), Library(board.controls)
    one = assemble(board, folder, sources, library, lambda hit, reader: hit, "none@0", idle, speaker=speaker)
    hiss = np.random.default_rng(1).uniform(-0.1, 0.1, (1, 2000)).astype(np.float32)
    told = speaker.hold(1, hiss, RATE_HZ)
    if told:
        told.result(HANG_S)
    return one


def idle(prepared: Sequence[Any]) -> Generator[float, None, list[Sound]]:
    """Renders nothing."""
    yield 1.0
    return []


@contextmanager
def keyboard() -> Iterator[Callable[[list[int]], None] | None]:
    """What sends MIDI bytes through a port of the system; None where it has no MIDI."""
    with ExitStack() as stack:
        strike = None
        with suppress(Error):
            strike = stack.enter_context(outlet(KEYS))
        yield strike


def latency(speaker: Speaker, act: Callable[[], object]) -> str:
    """From `act` to the full buffer in which its sound begins."""
    pause, took = random.Random(1), []
    for _ in range(HITS):
        time.sleep(pause.uniform(0.05, 0.15))
        before, sent = speaker.status.started, time.time()
        act()
        until(lambda before=before: speaker.status.started != before, "a hit was not played")  # type: ignore[misc]
        took.append((speaker.status.started_at - sent) * 1000)
    return ", ".join(map(str, np.round([min(took), *np.percentile(took, (50, 95, 99))], 2)))


def burst(speaker: Speaker, midi: MidiInput, send: Callable[[list[int]], None]) -> dict[str, Any]:
    """A thousand notes as fast as they can be sent: how many driftkit took, and how many came to the player."""
    heard, given = midi.notes, speaker.status.written
    for _ in range(BURST):
        send([0x90, NOTE, SOFT])
    until(lambda: midi.notes - heard >= BURST, "notes of the burst were lost")
    time.sleep(0.2)  # a note that is doubled would come now
    return {
        f"burst of {BURST} MIDI notes, heard": midi.notes - heard,
        f"burst of {BURST} MIDI notes, taken by the player": speaker.status.read - given,
    }


def until(happens: Callable[[], object], what: str) -> None:
    """Wait for something; `Error` where it does not come."""
    deadline = time.monotonic() + HANG_S
    while not happens():
        if time.monotonic() > deadline:
            raise Error(f"{what} within {HANG_S:.0f} s; is the audio device standing still?")
        time.sleep(0.0005)
