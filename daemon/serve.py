"""The composition root: starts everything in order, stops it in reverse."""

import gc
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ..sampler.compiled import COMPUTES_ON, begin
from ..sampler.errors import Error
from ..sampler.libraries import preload
from ..sampler.processor import has_gpu, threads
from ..sampler.spec import check_whole, find_model, read_spec, tag_of
from .audio.speaker import BLOCK, Silence, Speaker
from .console import Console
from .effects import Rack
from .inputs.inbox import Inbox
from .inputs.midi.receiver import MidiInput, NoMidi
from .inputs.osc.receiver import OscInput
from .inputs.watching import Watcher
from .inputs.web.announcing import announced
from .inputs.web.panel import Panel
from .inputs.web.port import WebServer
from .inputs.web.slots import Slots
from .inputs.web.sockets import OscQuery
from .inputs.web.uploads import Uploads
from .instrument import Instrument, assemble
from .kits.library import SHIPPED, Library
from .pads.board import Board
from .pads.midi_map import MapFile
from .pads.surfaces import controls
from .reading.sources import Sources
from .rendering.models import Coming, steps
from .sinks.folder import KEEP, Folder

SAVE_S = 2.0  # the session is saved this long after a change
SWITCH_S = 0.0005  # for which a thread may hold Python's lock while a note waits for it; Python's own is 0.005
RETRY_S = 3.0  # how often a folder that refused is tried again
log = logging.getLogger("driftkit")


@dataclass
class Stop:
    """A plain flag: what a signal handler may touch without taking a lock."""

    asked: bool = False
    why: Error | None = None  # what ends the program, unless somebody asked for it
    loading: bool = False  # nothing is there yet that must be ended with care

    def begun(self, why: Error | None) -> None:
        """The first model is in, or cannot be, which ends the program; what is there by now is never garbage."""
        gc.freeze()
        gc.enable()
        if why:
            self.why, self.asked = why, True


@dataclass(frozen=True)
class Settings:
    """What `driftkit serve` was asked for."""

    out: Path
    osc_port: int = 9001
    http_port: int | None = 9010  # None: no HTTP
    bind: str = "127.0.0.1"
    allow_origin: tuple[str, ...] = ()  # whose web pages may read sounds
    samples: tuple[Path, ...] = field(default_factory=tuple)
    model: str = "default"
    device: str = "auto"
    engine: str = "auto"
    preset: str | None = None
    midi: tuple[str, ...] | None = ()  # parts of the inputs' names; empty: every input; None: off
    select_on_play: bool = False
    keep: int = KEEP
    depth: str = "24"
    plugins: tuple[Path, ...] = ()  # folders of effect plugins
    audio: str | None = None  # part of a device's name; None: the system's default; "none": no speaker
    audio_block: int = BLOCK
    outputs: str = "stereo"  # or "pads": each on a pair of its own
    as_json: bool = False  # the ready line as JSON alone
    audio_rate: int = 0  # Hz; 0: that of the Sounds where the device takes it, else the device's own


def device_of(settings: Settings) -> str:
    """Where the models compute: where an engine does that is asked for."""
    return COMPUTES_ON.get(settings.engine, "auto") if settings.device == "auto" else settings.device


def needs_torch(device: str) -> bool:
    """Can the device be told by torch alone? Else driftkit plays before the model is there."""
    return device != "cpu" and (device != "auto" or has_gpu())


def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; raises `Error` where it cannot start."""
    stop = Stop()
    sys.setswitchinterval(SWITCH_S)
    gc.disable()  # until the model is in: of what torch brings, every collection takes a tenth of a second
    with ExitStack() as stack:
        stack.enter_context(stopping(stop))
        folder = Folder(settings.out, settings.keep, settings.depth)
        stack.enter_context(folder.alone)
        folder.prepare()
        speaker: Speaker | Silence = Silence()
        if settings.audio != "none":  # it starts while the model is loaded
            try:
                wanted = (settings.audio, settings.audio_rate, settings.audio_block)
                speaker = stack.enter_context(Speaker(*wanted, apart=settings.outputs == "pads"))
            except OSError as reason:  # /dev/shm is not there or too small
                log.warning("no sound: the system gives no shared memory (%s); --audio none is silent about it", reason)
        place = find_model(settings.model)
        if settings.engine == "auto" and settings.device in ("auto", "cpu"):
            begin(place, threads())  # while torch is imported
        spec, tag, device = read_spec(place), tag_of(place), "cpu"
        coming = Coming(partial(load, place, device_of(settings), settings.engine))
        check_whole(place, spec)
        if needs_torch(device_of(settings)):
            stop.loading = True
            device = str(coming().device)
            stop.loading = False
            if stop.asked:
                return
        board = Board(controls(spec))
        library = Library(board.controls)
        if settings.preset:
            library.load(settings.preset)  # refused before anything is computed for it
        sources = Sources(
            folder, (*settings.samples, settings.out, folder.root, library.user, SHIPPED), library.sources
        )
        one = assemble(
            board, folder, sources, library, coming.prepare, tag, steps,
            speaker=speaker, rack=Rack(settings.plugins),
            place=place, load=partial(load, device=device_of(settings), engine=settings.engine), engine=settings.engine,
        )  # fmt: skip
        own = MapFile(library.user.parent / "midi.yaml", board.controls)
        midi: MidiInput | NoMidi = NoMidi()
        if settings.midi is not None:
            midi = MidiInput(one.commands, own, settings.midi, settings.select_on_play)
        osc = OscInput(one.commands, settings.bind, settings.osc_port, lambda: status(one, osc, web, device), midi)
        web = open_web(one, osc, folder, settings)
        inbox = Inbox(one.commands, folder.root)
        stack.enter_context(one.publisher)  # last of all, written out
        stack.callback(one.session.keep)  # when nothing can change any more
        stack.enter_context(osc)
        if web:
            stack.enter_context(web)
        stack.callback(one.publisher.wait, 0.3)  # while there is still somebody to answer
        stack.enter_context(one.renders)
        stack.enter_context(one.models)
        one.models.begin(coming, stop.begun)
        one.session.start(settings.preset)
        del coming  # only the instrument and its renders hold it, so that it is freed when another one is in
        stack.enter_context(one.lane)  # what came meanwhile is done now
        stack.enter_context(Watcher([*watched(library), inbox.folder], [one.session.look, inbox.look]))
        speaker.wait()
        if isinstance(midi, MidiInput):
            stack.enter_context(midi)
        if web:
            stack.enter_context(announced(settings.bind, web.address[1], osc.address[1]))
        line = ready(osc, web, folder, tag, device, speaker.device, None if settings.midi is None else midi.names)
        print(line if settings.as_json else f"ready {line}", flush=True)
        console = stack.enter_context(Console(one.state, lambda: about(one, osc, web, folder, midi)))
        keep_house(one, stop, console)
        log.info("stopping")
    if stop.why:
        raise stop.why


def open_web(one: Instrument, osc: OscInput, folder: Folder, settings: Settings) -> WebServer | None:
    """The HTTP port, and what is to be seen there; None where it is off."""
    if settings.http_port is None:
        return None
    query = OscQuery(osc)
    osc.commands.replies.join(query)
    panel, slots, uploads = Panel(folder), Slots(one.state, folder.depth), Uploads(one.commands, folder)
    routes = [panel.route, slots.route, query.route]  # the last answers whatever is asked
    return WebServer(settings.bind, settings.http_port, routes, query, uploads.begin, settings.allow_origin)


def watched(library: Library) -> list[Path]:
    """The folders in which somebody may change a file that is open."""
    with suppress(OSError):
        library.user.mkdir(parents=True, exist_ok=True)
    return [library.user, SHIPPED]


def load(model: str | Path, device: str, engine: str) -> Any:
    """A model that an engine will compute; torch is imported only now, since that takes seconds."""
    preload("torch")
    from ..sampler.model import load as load_model
    from ..sampler.store import in_one_thread

    with in_one_thread():
        return load_model(str(model), device, later=engine)


@contextmanager
def stopping(stop: Stop) -> Iterator[None]:
    """SIGTERM, SIGINT and the end of the terminal set `stop`; while the model is loaded they end that.

    A second one ends all at once.
    """

    def ask(number: int, frame: object) -> None:
        if stop.asked:
            os._exit(0)
        stop.asked = True
        if stop.loading:
            raise SystemExit(0)

    numbers = [signal.SIGTERM, signal.SIGINT]
    if sys.platform == "win32":
        numbers.append(signal.SIGBREAK)  # Ctrl-Break, and a console window that is closed
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ready(
    osc: OscInput, web: WebServer | None, folder: Folder, model: str, device: str, audio: str, midi: list[str] | None
) -> str:
    """The one line on stdout that tells a script where everything is; null for what is off."""
    line = {
        "pid": os.getpid(), "osc": list(osc.address), "http": list(web.address) if web else None,
        "out": str(folder.root), "audio": audio or None,
        "midi": midi, "model": model, "device": device,
    }  # fmt: skip
    return json.dumps(line)


def status(one: Instrument, osc: OscInput, web: WebServer | None, device: str) -> tuple[int | str, ...]:
    """The arguments of /driftkit/status.reply."""
    engine, speaker = one.renders.engine, one.live.speaker
    queued, rendering = engine.counts
    state = "rendering" if rendering else "loading" if one.models.loading else "ready"
    counts = (queued, rendering, engine.done, engine.failed)
    heard = (speaker.device, speaker.xruns)
    http_port = web.address[1] if web else 0
    return (state, *counts, one.state.model, device, *heard, osc.traffic.bad, one.state.kit, http_port)


def about(one: Instrument, osc: OscInput, web: WebServer | None, folder: Folder, midi: MidiInput | NoMidi) -> str:
    """The state in a few lines for people."""
    queued, rendering = one.renders.engine.counts
    inputs = "off" if isinstance(midi, NoMidi) else ", ".join(midi.names) or "none"
    host, port = osc.address
    line = f"kit {one.state.kit} · model {one.state.model} · OSC {host}:{port} · MIDI {inputs}"
    panel = f"in a browser: http://{web.address[0]}:{web.address[1]}\n" if web else ""
    return f"{panel}{line} · {rendering} rendering, {queued} waiting · {folder.live}\n{one.live.speaker.about}"


def keep_house(one: Instrument, stop: Stop, console: Console) -> None:
    """Until `stop`: save the session after changes, write again what a full disk refused, draw the status."""
    saved = tried = time.monotonic()
    while not stop.asked:
        time.sleep(0.1)
        now = time.monotonic()
        if one.state.dirty.is_set() and now - saved > SAVE_S:
            saved = now
            one.session.keep()
        if now - tried > RETRY_S:
            tried = now
            one.commands.write_again()
        console.draw()
