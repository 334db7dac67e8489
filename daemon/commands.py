"""What any input may ask of driftkit, one method each; answers go out through `outputs`.

Commands come from several threads (OSC, later MIDI and web) and take the one lock; the engine's
worker takes it too when a Sound is done. Nothing under the lock renders or waits for a render.
"""

import itertools
import logging
import threading
from collections.abc import Callable
from typing import Any, Protocol

from ..sampler.controls import Value
from ..sampler.errors import Error
from ..sampler.hit import Hit
from ..sampler.resolve import NEEDS, Reader
from ..sampler.sound import Sound, load_sound
from .board import Board
from .engine import Engine, Job
from .folder import Folder
from .sources import Sources

log = logging.getLogger("driftkit")
Prepare = Callable[[Hit, Reader], Any]


class Output(Protocol):
    """Where answers go. A client is whatever the output uses to know whom to answer."""

    def answer(self, client: Any, address: str, *arguments: int | float | str) -> None:
        """To one client and to every subscriber, each once; client None: subscribers alone."""

    def changed(self, pad: int, name: str, origin: Any) -> None:
        """A control moved; `origin` moved it and need not be told."""


class Instrument:
    """The board, the engine and the folder, as one thing to give orders to."""

    def __init__(self, board: Board, folder: Folder, sources: Sources, prepare: Prepare, tag: str) -> None:
        self.board = board
        self.folder = folder
        self.sources = sources
        self.tag = tag  # the model, name@hash
        self.model = tag.partition("@")[0]
        self.kit = ""  # the name of the kit that is open
        self.outputs: list[Output] = []
        self.engine: Engine  # set by who composes: the engine needs the instrument as its listener
        self.lock = threading.RLock()
        self.dirty = threading.Event()  # the session differs from what is saved
        self._prepare = prepare
        self._ids: dict[Any, Any] = {}
        self._origin: Any = None
        self._warned: set[str] = set()
        self._unwritten: set[int] = set()  # pads whose Sound could not be written yet
        self._syncs: list[tuple[Any, int, set[int]]] = []
        self._open: dict[int, Job] = {}
        board.on_change = self._changed

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
        for output in self.outputs:
            output.changed(pad, name, self._origin)

    # -- controls -----------------------------------------------------------------------------------------

    def set(self, pad: int, name: str, value: object, client: Any = None) -> None:
        """Move a control; renders the pad where auto_render says so."""
        with self.lock:
            self._origin = client
            try:
                moved = self.board.set(pad, name, value)
            finally:
                self._origin = None
            if moved and self.board.controls[name].render and self.board.get(pad, "auto_render") == "on_change":
                self.submit(pad, None, 0, background=False)

    def get(self, pad: int, name: str) -> Value:
        """Where a control is."""
        with self.lock:
            return self.board.get(pad, name)

    def select(self, pad: int) -> None:
        """Choose the pad that unnumbered controls move."""
        with self.lock:
            self.board.pad(pad)
            self.board.selected = pad

    # -- rendering ----------------------------------------------------------------------------------------

    def render(self, pad: int, client: Any, wanted: int | str | None = None) -> None:
        """Queue a render of a pad; answers queued, then exactly one of sound, cancelled and fail."""
        with self.lock:
            self.board.pad(pad)
            self.submit(pad, client, self._next_id(client) if wanted is None else wanted, background=False)

    def _next_id(self, client: Any) -> int:
        counter = self._ids.setdefault(client, itertools.count(1))
        return int(next(counter))

    def submit(self, pad: int, client: Any, wanted: int | str, *, background: bool) -> None:
        """Queue what a pad's controls ask for; class weights that the model lacks are named once in the log."""
        hit, strange = self.board.snapshot(pad)
        for name in set(strange) - self._warned:
            self._warned.add(name)
            log.warning(
                "pad %d has the class %s, which the model %s does not; it stays in the kit", pad, name, self.model
            )
        self.submit_hit(pad, hit, client, wanted, background)

    def submit_hit(self, pad: int, hit: Hit, client: Any, wanted: int | str, background: bool) -> None:
        """Queue a hit for a pad; an empty source A is the pad's Sound as it is now."""
        needs = NEEDS.get(hit.task, ())
        if needs and not hit.source_a:
            hit = hit.replace(source_a=f"pad:{pad}")
        held = {f"pad:{n}": p.sound.samples for n, p in self.board.pads.items() if needs and p.sound is not None}
        job = Job(pad, lambda: self._prepare(hit, self.sources.reader(held)), wanted, client, background)

        def queued() -> None:
            self._open[job.number] = job
            if not background:
                self.answer(client, "/queued", wanted, pad)

        self.engine.submit(job, queued)

    def cancel(self, client: Any, wanted: int | str | None = None) -> int:
        """Cancel the client's renders: all of them, one by id, or with * everybody's."""
        return self.engine.cancel(
            lambda job: wanted == "*" or (job.client == client and (wanted is None or job.id == wanted))
        )

    def sync(self, client: Any, number: int) -> None:
        """Answer synced when every render asked for before has ended."""
        with self.lock:
            self._syncs.append((client, number, set(self._open)))
            self._settle(0)

    def _settle(self, ended: int) -> None:
        """A job has ended: answer the syncs that waited for nothing else."""
        self._open.pop(ended, None)
        for entry in list(self._syncs):
            entry[2].discard(ended)
            if not entry[2]:
                self._syncs.remove(entry)
                self.answer(entry[0], "/synced", entry[1])

    # -- the engine's listener ----------------------------------------------------------------------------

    def progress(self, job: Job, fraction: float) -> None:
        """A solver step is done."""
        if not job.background:
            self.answer(job.client, "/progress", job.id, float(fraction))

    def finished(self, job: Job, sound: Sound) -> None:
        """A Sound is done: onto its pad, into the folder, and out with the answer."""
        with self.lock:
            pad = self.board.pad(job.pad)
            pad.take(sound)
            self.dirty.set()
            try:
                self.write(job.pad, take=True)
            except Error as reason:
                log.error("%s", reason)
                self.fail(job.client, "/driftkit/render", str(reason), job.id)
            else:
                ms = round(sound.took_s * 1000, 1)
                told = (
                    job.id,
                    job.pad,
                    str(self.folder.slot(job.pad)),
                    sound.hit.seed,
                    ms,
                    sound.label,
                    float(sound.confidence),
                )
                self.answer(job.client, "/sound", *told)
            self._settle(job.number)

    def failed(self, job: Job, sentence: str) -> None:
        """A render failed; its pad keeps what it has."""
        with self.lock:
            if job.background:
                log.error("pad %d: %s", job.pad, sentence)
            self.fail(job.client, "/driftkit/render", sentence, job.id)
            self._settle(job.number)

    def cancelled(self, job: Job, reason: str) -> None:
        """A render will not be."""
        with self.lock:
            if not job.background:
                self.answer(job.client, "/cancelled", job.id, job.pad, reason)
            self._settle(job.number)

    def write(self, number: int, take: bool) -> None:
        """Put a pad's Sound into the folder; where the disk refuses, `write_again` tries later."""
        pad = self.board.pad(number)
        if pad.sound is None:
            self.folder.withdraw(number)
        else:
            self._unwritten.add(number)
            pad.file = self.folder.publish(number, pad.sound, pad.name, pad.note, take=take) or pad.file
        self._unwritten.discard(number)

    def write_again(self) -> None:
        """Try once more to write the Sounds that the disk refused."""
        with self.lock:
            for number in sorted(self._unwritten):
                try:
                    self.write(number, take=not self.board.pad(number).file)
                except Error:
                    return
                log.warning("%s can be written again; pad %d is there", self.folder.root, number)

    # -- what a pad had, and what a file says -------------------------------------------------------------

    def step(self, number: int, back: bool) -> None:
        """Undo or redo a pad's Sound and its file; the knobs stay."""
        with self.lock:
            if not self.board.pad(number).step(back):
                raise Error(f"pad {number} has nothing to {'undo' if back else 'redo'}")
            self.dirty.set()
            self.write(number, take=False)

    def recall(self, number: int, name: str) -> None:
        """Set a pad's controls and Sound from a WAV with a recipe."""
        with self.lock:
            sound = load_sound(self.sources.allowed(name))
            self.engine.cancel(lambda job: job.pad == number)  # what was asked before must not land on top
            self.board.adopt(number, sound.hit)
            self.board.pad(number).take(sound)
            self.dirty.set()
            self.write(number, take=False)
