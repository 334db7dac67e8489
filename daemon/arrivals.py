"""What becomes of a render: onto its pad and out with the answer, or why it did not come."""

import logging
from functools import partial

from ..sampler.errors import Error
from ..sampler.sound import Sound
from .commands import Instrument
from .engine import Job

log = logging.getLogger("driftkit")


class Arrivals:
    """The engine's listener, for an instrument."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument

    def progress(self, job: Job, fraction: float) -> None:
        """A solver step is done."""
        if not job.background:
            self.instrument.answer(job.client, "/progress", job.id, float(fraction))

    def finished(self, job: Job, sound: Sound) -> None:
        """A Sound is done: onto its pad, into the folder, and out with the answer."""
        one = self.instrument
        one.live.prepare(job.pad, sound)
        with one.lock:
            if self._late(job):
                return
            if job.ahead:
                one.ahead.arrived(job.pad, sound, stale=sound.hit.model != one.tag)
                return
            one.put(job.pad, sound, partial(self._written, job, sound))
            if not job.background:
                one.live.audition(job.pad)

    def _late(self, job: Job) -> bool:
        """Whether a kit or a recall took the pad over while the worker was about to tell; then all is said."""
        late = not job.ahead and job.turn != self.instrument.board.pad(job.pad).turn
        if late:
            self.cancelled(job, "cancelled")
        return late

    def _written(self, job: Job, sound: Sound, reason: Error | None) -> None:
        one = self.instrument
        if reason:
            log.error("%s", reason)
            one.fail(job.client, "/driftkit/render", str(reason), job.id)
        else:
            one.tell(job.client, job.id, job.pad, sound)
        one.pending.end(job.number)

    def failed(self, job: Job, sentence: str) -> None:
        """A render failed; its pad keeps what it has."""
        one = self.instrument
        with one.lock:
            if self._late(job):
                return
            if job.background:
                log.error("pad %d: %s", job.pad, sentence)
            if job.ahead:
                one.ahead.ended(job.pad)
                return
            one.fail(job.client, "/driftkit/render", sentence, job.id)
            one.pending.end(job.number)

    def cancelled(self, job: Job, reason: str) -> None:
        """A render will not be."""
        one = self.instrument
        with one.lock:
            if job.ahead:
                one.ahead.ended(job.pad)
                return
            if not job.background:
                one.answer(job.client, "/cancelled", job.id, job.pad, reason)
            one.pending.end(job.number)
