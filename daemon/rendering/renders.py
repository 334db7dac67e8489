"""Hits to the engine and back: what a pad asks for becomes a job, and a job's Sound goes onto its pad."""

import itertools
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ...sampler.errors import Error
from ...sampler.hit import TASKS, Hit
from ...sampler.resolve import Reader
from ...sampler.sound import Sound
from ..reading.sources import Sources
from ..replies import Replies
from ..sinks.sounds import Sounds
from ..state import State
from .ahead import Ahead
from .engine import Engine, Job, Steps

CLIENTS = 1024  # whose ids go on counting
log = logging.getLogger("driftkit")


class Renders:
    """Use as a context manager: the engine runs inside the `with`. It is the engine's listener itself.

    slot: the file of a pad, as answers name it. audition: plays a pad whose render is done, if it is set to be heard.
    Called under the lock of the state, but for the listener's methods, which take it.
    """

    def __init__(
        self, state: State, replies: Replies, sounds: Sounds, sources: Sources, steps: Steps,
        slot: Callable[[int], Path], audition: Callable[[int], None],
    ) -> None:  # fmt: skip
        self._state, self._replies, self._sounds, self._sources = state, replies, sounds, sources
        self._slot, self._audition = slot, audition
        self._ids: OrderedDict[Any, itertools.count[int]] = OrderedDict()
        self.engine = Engine(steps, self)
        self.ahead = Ahead(state.board, self._render_ahead, self._put_ahead, self._remark)
        state.board.on_change.append(lambda pad, name: self.ahead.fill(pad))

    def __enter__(self) -> "Renders":
        self.engine.__enter__()
        return self

    def __exit__(self, *failure: object) -> None:
        self.engine.__exit__(*failure)

    # -- asked for ----------------------------------------------------------------------------------------

    def render(self, pad: int, client: Any, wanted: int | str | None = None) -> None:
        """Queue a render of a pad; answers queued, then exactly one of sound, cancelled and fail."""
        self._state.board.pad(pad)
        self.submit(pad, client, self._next_id(client) if wanted is None else wanted, background=False)

    def _next_id(self, client: Any) -> int:
        counter = self._ids.setdefault(client, itertools.count(1))
        self._ids.move_to_end(client)
        if len(self._ids) > CLIENTS:  # over UDP nobody says goodbye
            self._ids.popitem(last=False)
        return next(counter)

    def leave(self, client: Any) -> None:
        """A client has gone and will not come back."""
        self._ids.pop(client, None)

    def follow(self, pad: int) -> None:
        """A render control of a pad has moved: render it where it is set to follow."""
        if self._state.board.get(pad, "auto_render") == "on_change":
            self.submit(pad, None, 0, background=False)

    def submit(self, pad: int, client: Any, wanted: int | str, *, background: bool) -> None:
        """Queue what a pad's controls ask for; what of it the model cannot take is named once in the log."""
        self.submit_hit(pad, self.snapshot(pad), client, wanted, background)

    def snapshot(self, pad: int) -> Hit:
        """The hit that a pad's controls ask for of this model."""
        hit, strange = self._state.board.snapshot(pad)
        self._state.board.remark(strange, self._state.model)
        return hit

    def submit_hit(self, pad: int, hit: Hit, client: Any, wanted: int | str, background: bool) -> None:
        """Queue a hit for a pad; an empty source A is the pad's Sound as it is now."""
        prepare = partial(self._state.prepare, *self.with_sources(pad, hit))
        job = Job(pad, prepare, wanted, client, background, turn=self._state.board.pad(pad).turn)

        def queued() -> None:
            self._state.pending.begin(job.number)
            if not background:
                self._replies.answer(client, "/queued", wanted, pad)

        self.engine.submit(job, queued)

    def with_sources(self, pad: int, hit: Hit) -> tuple[Hit, Reader]:
        """A hit of a pad and the reader of its sources, pads as they sound now."""
        needs, pads = TASKS[hit.task], self._state.board.pads
        if needs and not hit.source_a:
            hit = hit.replace(source_a=f"pad:{pad}")
        held = {f"pad:{n}": p.sound.samples for n, p in pads.items() if needs and p.sound is not None}
        return hit, self._sources.reader(held)

    def cancel(self, client: Any, wanted: int | str | None = None) -> int:
        """Cancel the client's renders: all of them, one by id, or with * everybody's."""
        return self.engine.cancel(
            lambda job: wanted == "*" or (job.client == client and (wanted is None or job.id == wanted))
        )

    # -- ahead of a player's hits -------------------------------------------------------------------------

    def _render_ahead(self, pad: int) -> None:
        def prepare() -> Any:
            with self._state.lock:
                hit, reader = self.with_sources(pad, self.ahead.begin(pad))
                prepared = self._state.prepare
            return prepared(hit, reader)

        self.engine.submit(Job(pad, prepare, background=True, ahead=True))

    def _put_ahead(self, pad: int, sound: Sound) -> None:
        self._put(pad, sound, lambda reason: log.error("%s", reason) if reason else self._tell(None, 0, pad, sound))

    def _remark(self, pad: int, sentence: str) -> None:
        log.warning("%s", sentence)
        self._replies.fail(None, f"/driftkit/pad/{pad}/auto_render", sentence)

    # -- what becomes of a job ----------------------------------------------------------------------------

    def progress(self, job: Job, fraction: float) -> None:
        """A solver step is done."""
        if not job.background:
            self._replies.answer(job.client, "/progress", job.id, float(fraction))

    def finished(self, job: Job, sound: Sound) -> None:
        """A Sound is done: onto its pad, into every sink, and out with the answer."""
        self._sounds.prepare(job.pad, sound, self._values(job.pad))
        with self._state.lock:
            if self._late(job):
                return
            if job.ahead:
                self.ahead.arrived(job.pad, sound, stale=sound.hit.model != self._state.tag)
                return
            self._put(job.pad, sound, partial(self._written, job, sound))
            if not job.background:
                self._audition(job.pad)

    def _values(self, pad: int) -> Mapping[str, Any]:
        with self._state.lock:
            return dict(self._state.board.pad(pad).values)

    def _put(self, pad: int, sound: Sound, then: Callable[[Error | None], None]) -> None:
        self._sounds.put(pad, sound, then)
        self.ahead.fill(pad)

    def _late(self, job: Job) -> bool:
        """Whether a kit or a recall took the pad over while the worker was about to tell; then all is said."""
        late = not job.ahead and job.turn != self._state.board.pad(job.pad).turn
        if late:
            self.cancelled(job, "cancelled")
        return late

    def _written(self, job: Job, sound: Sound, reason: Error | None) -> None:
        if reason:
            log.error("%s", reason)
            self._replies.fail(job.client, "/driftkit/render", str(reason), job.id)
        else:
            self._tell(job.client, job.id, job.pad, sound)
        self._state.pending.end(job.number)

    def _tell(self, client: Any, wanted: int | str, number: int, sound: Sound) -> None:
        path, ms = str(self._slot(number)), round(sound.took_s * 1000, 1)
        told = (wanted, number, path, sound.hit.seed, ms, sound.label, float(sound.confidence))
        self._replies.answer(client, "/sound", *told)

    def failed(self, job: Job, sentence: str) -> None:
        """A render failed; its pad keeps what it has."""
        with self._state.lock:
            if self._late(job):
                return
            if job.background:
                log.error("pad %d: %s", job.pad, sentence)
            if job.ahead:
                self.ahead.ended(job.pad)
                return
            self._replies.fail(job.client, "/driftkit/render", sentence, job.id)
            self._state.pending.end(job.number)

    def cancelled(self, job: Job, reason: str) -> None:
        """A render will not be."""
        with self._state.lock:
            if job.ahead:
                self.ahead.ended(job.pad)
                return
            if not job.background:
                self._replies.answer(job.client, "/cancelled", job.id, job.pad, reason)
            self._state.pending.end(job.number)
