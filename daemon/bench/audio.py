"""Live playing, measured, at rest and beside renders: from a packet or a note to the audio callback's buffer, and a
thousand notes in a burst."""

import random
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ...sampler.errors import Error
from ...sampler.spec import find_model
from ..audio.speaker import Speaker
from ..inputs.midi.ports import outlet
from ..inputs.midi.receiver import MidiInput, NoMidi
from ..inputs.osc.packets import encode
from ..inputs.osc.receiver import OscInput
from ..instrument import Instrument, assemble
from ..kits.library import Library
from ..pads.board import Board
from ..pads.midi_map import MapFile
from ..pads.pad import PADS
from ..pads.surfaces import PREFIX, controls
from ..reading.sources import Sources
from ..rendering.models import prepare, steps
from ..serve import load
from ..sinks.folder import Folder

HITS = 200
BURST = 1000
RATE_HZ = 44100
LOCAL = "127.0.0.1"
KEYS = "driftkit bench"  # the name of a keyboard that is not there
NOTE, SOFT = 36, 1
HANG_S = 5.0

ENGINE = "auto"  # as `serve` has it by itself


def playing(name: str, device: str, audio: str | None) -> dict[str, Any]:
    """Every figure of live playing by name, first while nothing renders, then while every pad does."""
    with tempfile.TemporaryDirectory() as scratch, Speaker(audio) as speaker, ExitStack() as stack:
        speaker.wait(HANG_S)
        if not speaker.device:
            return {"audio": speaker.why}
        one = _instrument(Path(scratch), speaker, name, device)
        one.run(stack)
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
        for what, beside in (("", nullcontext()), (" while every pad renders", rendering(one))):
            with beside:
                underruns, started = speaker.xruns, time.monotonic()
                for way, act in ways.items():
                    rows[f"{way} to buffer{what}, ms (min, median, p95, p99 of {HITS})"] = latency(speaker, act)
                minutes = (time.monotonic() - started) / 60
                rows[f"underruns a minute{what}"] = round((speaker.xruns - underruns) / minutes, 1)
        return rows | burst(speaker, midi, strike or (lambda data: midi.receive(KEYS, data)))


def _instrument(scratch: Path, speaker: Speaker, name: str, device: str) -> Instrument:
    """An instrument as the daemon has it, whose pad 1 hisses for 45 ms."""
    model, place = load(name, device, ENGINE), find_model(name)
    folder, board = Folder(scratch, 1, "24"), Board(controls(model.spec))
    library = Library(board.controls)
    sources = Sources(folder, (), library.sources)
    one = assemble(
        board, folder, sources, library, partial(prepare, model), model.tag, steps,
        speaker=speaker, place=place, load=partial(load, device=device, engine=ENGINE), engine=ENGINE,
    )  # fmt: skip
    one.renders.engine.first(partial(one.models.settle, model, place))
    hiss = np.random.default_rng(1).uniform(-0.1, 0.1, (1, 2000)).astype(np.float32)
    told = speaker.hold(1, hiss, RATE_HZ)
    if told:
        told.result(HANG_S)
    return one


@contextmanager
def rendering(one: Instrument) -> Iterator[None]:
    """Every pad but the first, which is heard, renders again and again as long as it lasts."""
    ends = threading.Event()

    def work() -> None:
        while not ends.is_set():
            for pad in range(2, PADS + 1):
                with one.state.lock:
                    one.renders.submit(pad, None, 0, background=False)
            one.renders.engine.idle()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        one.renders.engine.cancel(lambda job: True)
        thread.join()


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
        time.sleep(pause.uniform(0.02, 0.08))
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
