"""What any input may ask of driftkit, one method each; answers go out through `outputs`.

Commands come from several threads (OSC, MIDI, web) and take the one lock; the engine's worker takes it
too when a Sound is done (`daemon.arrivals`). Nothing under the lock renders, waits for a render or writes.
"""

import itertools
import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from ..sampler.controls import Value
from ..sampler.errors import Error
from ..sampler.hit import Hit
from ..sampler.resolve import NEEDS, Reader
from ..sampler.sound import Sound, load_sound
from .ahead import Ahead
from .board import Board
from .engine import Engine, Job
from .folder import Folder
from .live import Live
from .outputs import Output
from .pending import Pending
from .publisher import Publisher, Then
from .sources import Sources

log = logging.getLogger("driftkit")
Prepare = Callable[[Hit, Reader], Any]


class Instrument:
    """The board, the engine and the folder, as one thing to give orders to."""

    def __init__(self, board: Board, folder: Folder, sources: Sources, prepare: Prepare, tag: str) -> None:
        self.board = board
        self.folder = folder
        self.pending = Pending()  # renders, writes and loads
        self.publisher = Publisher(board, folder, self.pending)  # entered by who composes
        self.sources = sources
        self.prepare = prepare  # resolves a hit for the model
        self.tag = tag  # the model, name@hash
        self.kit = ""  # the name of the kit that is open
        self.live = Live(board)  # silent; who composes may give another
        self.outputs: list[Output] = []
        self.engine: Engine  # set by who composes: its listener needs the instrument
        self.midi: Any = None  # the MIDI input, where there is one
        self.models: Any = None  # where there are other models to be had
        self.lock = threading.RLock()
        self.dirty = threading.Event()  # the session differs from what is saved
        self._ids: dict[Any, Any] = {}
        self._origin: Any = None
        self.ahead = Ahead(board, self._render_ahead, self._put_ahead, self._remark)
        board.on_change = self._changed

    @property
    def model(self) -> str:
        """The name of the model."""
        return self.tag.partition("@")[0]

    # -- answers ------------------------------------------------------------------------------------------

    def answer(self, client: Any, address: str, *arguments: int | float | str) -> None:
        """Send an answer through every output."""
        for output in self.outputs:
            output.answer(client, address, *arguments)

    def fail(self, client: Any, command: str, sentence: str, *tail: int | str) -> None:
        """Say what is wrong."""
        self.answer(client, "/fail", command, sentence, *tail)

    def _changed(self, pad: int, name: str) -> None:
        self.dirty.set()
        self.pending.until(self.live.changed(pad, name))
        for output in self.outputs:
            output.changed(pad, name, self._origin)
        self.ahead.fill(pad)

    # -- controls -----------------------------------------------------------------------------------------

    def set(self, pad: int, name: str, value: object, client: Any = None) -> None:
        """Move a control; renders the pad where auto_render says so."""
        with self.lock:
            self._origin = client
            try:
                moved = self.board.set(pad, name, value)
            finally:
                self._origin = None
            if moved and self.board.controls[name].render:
                self._follow(pad)
            elif moved and name in ("name", "note") and self.board.pad(pad).sound:
                self.write(pad)  # both are in its file

    def _follow(self, pad: int) -> None:
        if self.board.get(pad, "auto_render") == "on_change":
            self.submit(pad, None, 0, background=False)

    def offer(self, pad: int, source: str) -> None:
        """Make a file source A of a pad; the same name may hold another sound than before."""
        with self.lock:
            if self.board.get(pad, "source_a") == source:
                self._follow(pad)
            self.set(pad, "source_a", source)

    def get(self, pad: int, name: str) -> Value:
        """Where a control is."""
        with self.lock:
            return self.board.get(pad, name)

    def select(self, pad: int) -> None:
        """Choose the pad that unnumbered controls move."""
        with self.lock:
            self.board.pad(pad)
            self.board.selected = pad

    # -- playing ------------------------------------------------------------------------------------------

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        """Play a pad's latest Sound at once, or at a time in seconds since 1970 plus a constant latency.

        The hit waits for no lock: nothing that renders or writes a file delays it. `Error` where there is
        nothing to play.
        """
        self.live.play(pad, velocity, at)
        if self.board.get(pad, "auto_render") == "after_hit":
            with self.lock:
                self.ahead.played(pad)

    def stop(self, pad: int | None = None, at: float | None = None) -> None:
        """Fade out a pad, or everything (panic), at once or at a time."""
        self.live.stop(pad, at)

    # -- rendering ----------------------------------------------------------------------------------------

    def render(self, pad: int, client: Any, wanted: int | str | None = None) -> None:
        """Queue a render of a pad; answers queued, then exactly one of sound, cancelled and fail."""
        with self.lock:
            self.board.pad(pad)
            self.submit(pad, client, self._next_id(client) if wanted is None else wanted, background=False)

    def _next_id(self, client: Any) -> int:
        counter = self._ids.setdefault(client, itertools.count(1))
        return int(next(counter))

    def leave(self, client: Any) -> None:
        """A client has gone and will not come back."""
        with self.lock:
            self._ids.pop(client, None)

    def submit(self, pad: int, client: Any, wanted: int | str, *, background: bool) -> None:
        """Queue what a pad's controls ask for; what of it the model cannot take is named once in the log."""
        hit, strange = self.board.snapshot(pad)
        self.board.remark(strange, self.model)
        self.submit_hit(pad, hit, client, wanted, background)

    def submit_hit(self, pad: int, hit: Hit, client: Any, wanted: int | str, background: bool) -> None:
        """Queue a hit for a pad; an empty source A is the pad's Sound as it is now."""
        prepare, turn = partial(self.prepare, *self.with_sources(pad, hit)), self.board.pad(pad).turn
        job = Job(pad, prepare, wanted, client, background, turn=turn)

        def queued() -> None:
            self.pending.begin(job.number)
            if not background:
                self.answer(client, "/queued", wanted, pad)

        self.engine.submit(job, queued)

    def with_sources(self, pad: int, hit: Hit) -> tuple[Hit, Reader]:
        """A hit of a pad and the reader of its sources, pads as they sound now."""
        needs = NEEDS.get(hit.task, ())
        if needs and not hit.source_a:
            hit = hit.replace(source_a=f"pad:{pad}")
        held = {f"pad:{n}": p.sound.samples for n, p in self.board.pads.items() if needs and p.sound is not None}
        return hit, self.sources.reader(held)

    def _render_ahead(self, pad: int) -> None:
        def prepare() -> Any:
            with self.lock:
                hit, reader = self.with_sources(pad, self.ahead.begin(pad))
                prepared = self.prepare
            return prepared(hit, reader)

        self.engine.submit(Job(pad, prepare, background=True, ahead=True))

    def _put_ahead(self, pad: int, sound: Sound) -> None:
        self.put(pad, sound, lambda reason: log.error("%s", reason) if reason else self.tell(None, 0, pad, sound))

    def _remark(self, pad: int, sentence: str) -> None:
        log.warning("%s", sentence)
        self.fail(None, f"/driftkit/pad/{pad}/auto_render", sentence)

    def cancel(self, client: Any, wanted: int | str | None = None) -> int:
        """Cancel the client's renders: all of them, one by id, or with * everybody's."""
        return self.engine.cancel(
            lambda job: wanted == "*" or (job.client == client and (wanted is None or job.id == wanted))
        )

    def sync(self, client: Any, number: int) -> None:
        """Answer synced when every render and every write asked for before has ended."""
        self.pending.after(partial(self.answer, client, "/synced", number))

    # -- Sounds ------------------------------------------------------------------------------------------

    def put(self, number: int, sound: Sound, then: Then) -> None:
        """Give a pad a new Sound and have it written; `then` is told when it is."""
        self.board.pad(number).take(sound)
        self.dirty.set()
        self.pending.until(self.live.hold(number))
        self.publisher.write(number, True, then)
        self.ahead.fill(number)

    def tell(self, client: Any, wanted: int | str, number: int, sound: Sound) -> None:
        """Answer that a Sound lies in its slot."""
        path, ms = str(self.folder.slot(number)), round(sound.took_s * 1000, 1)
        told = (wanted, number, path, sound.hit.seed, ms, sound.label, float(sound.confidence))
        self.answer(client, "/sound", *told)

    # -- the folder ---------------------------------------------------------------------------------------

    def write(self, number: int, then: Then | None = None) -> None:
        """Have a pad's Sound heard, and written into its slot; where the disk refuses, `write_again` tries later."""
        self.pending.until(self.live.hold(number))
        self.publisher.write(number, False, then)

    def write_again(self) -> None:
        """Try once more to write the Sounds that the disk refused."""

        def told(number: int, reason: Error | None) -> None:
            if not reason:
                log.warning("%s can be written again; pad %d is there", self.folder.root, number)

        with self.lock:
            for number in self.publisher.refused():
                self.publisher.write(number, False, partial(told, number))

    # -- what a pad had, and what a file says -------------------------------------------------------------

    def step(self, number: int, back: bool, then: Then | None = None) -> None:
        """Undo or redo a pad's Sound and its file; the knobs stay."""
        with self.lock:
            if not self.board.pad(number).step(back):
                raise Error(f"pad {number} has nothing to {'undo' if back else 'redo'}")
            self.engine.cancel(lambda job: job.pad == number and job.background and not job.ahead)
            self.dirty.set()
            self.write(number, then)
            self.ahead.fill(number)

    def recall(self, number: int, name: str, then: Then | None = None) -> None:
        """Set a pad's controls and Sound from a WAV with a recipe."""
        pad = self.board.pad(number)
        self.publisher.wait()  # the file may be a slot that is about to change
        file = self.sources.allowed(name)
        sound = load_sound(file)
        sound.sources.update(self.sources.near(file, sound.hit))
        with self.lock:
            self.engine.cancel(lambda job: job.pad == number)  # what was asked before must not land on top
            pad.forget()
            self.board.adopt(number, sound.hit)
            pad.take(sound)
            self.dirty.set()
            self.write(number, then)
            self.ahead.fill(number)
