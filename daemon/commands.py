"""What any input may ask of driftkit, one method each; answers go out through the replies.

Called from several threads (OSC, MIDI, web), which take the state's one lock. What decodes, parses or asks the disk
goes into the slow lane, and tells `then` when it is done.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from ..sampler.controls import Value
from ..sampler.errors import Error
from ..sampler.sound import load_sound
from .kits.session import Session
from .reading.lane import Lane
from .reading.sources import Sources
from .rendering.models import Models
from .rendering.renders import Renders
from .replies import Replies
from .sinks.playing import Live
from .sinks.publisher import Publisher
from .sinks.sounds import Sounds, Then
from .sinks.takes import Takes
from .state import State

OPENING = "opening"  # tasks of the lane of which the newest wins
Named = Callable[[Error | None, str], None]
"""As `Then`, with the name of what was done, or was to be."""
log = logging.getLogger("driftkit")


def sentence(reason: Exception) -> Error:
    """A failure as it is told; one that nobody foresaw goes into the log as a whole."""
    if isinstance(reason, Error):
        return reason
    log.error("a command made driftkit stumble", exc_info=reason)
    return Error(f"driftkit failed: {reason!r}; please report this")


class Commands:
    """The verbs of the instrument."""

    def __init__(
        self, state: State, replies: Replies, renders: Renders, sounds: Sounds, live: Live, publisher: Publisher,
        sources: Sources, models: Models, session: Session, lane: Lane, takes: Takes,
    ) -> None:  # fmt: skip
        self.state, self.replies, self.renders, self.sounds, self.live = state, replies, renders, sounds, live
        self.publisher, self.sources, self.models, self.session, self.lane = publisher, sources, models, session, lane
        self.takes = takes
        self._wanted = ""  # the kit that is being opened, from which the next one counts
        self._passed: tuple[str, Named] | None = None  # one that was left out for a newer, until that one is open

    # -- controls -----------------------------------------------------------------------------------------

    def set(self, pad: int, name: str, value: object, client: Any = None) -> None:
        """Move a control; renders the pad where auto_render says so."""
        board = self.state.board
        with self.state.lock:
            with self.replies.moved_by(client):
                moved = board.set(pad, name, value)
            if moved and board.controls[name].render:
                self.renders.follow(pad)
            elif moved and name in ("name", "note") and board.pad(pad).sound:
                self.sounds.show(pad)  # both are in its file

    def offer(self, pad: int, source: str) -> None:
        """Make a file source A of a pad; the same name may hold another sound than before."""
        with self.state.lock:
            if self.state.board.get(pad, "source_a") == source:
                self.renders.follow(pad)
            self.set(pad, "source_a", source)

    def get(self, pad: int, name: str) -> Value:
        """Where a control is."""
        with self.state.lock:
            return self.state.board.get(pad, name)

    def select(self, pad: int) -> None:
        """Choose the pad that unnumbered controls move."""
        with self.state.lock:
            self.state.board.pad(pad)
            self.state.board.selected = pad

    def slots(self) -> list[tuple[int, str, str]]:
        """Pad, file and name of every pad that has a Sound."""
        with self.state.lock:
            pads = self.state.board.pads.values()
            return [(pad.number, str(self.publisher.slot(pad.number)), pad.name) for pad in pads if pad.sound]

    # -- playing ------------------------------------------------------------------------------------------

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        """Play a pad's latest Sound at once, or at a time in seconds since 1970 plus a constant latency.

        The hit waits for no lock: nothing that renders or writes a file delays it. `Error` where there is
        nothing to play.
        """
        self.live.play(pad, velocity, at)
        if self.state.board.get(pad, "auto_render") != "after_hit":
            return
        played = partial(self._played, pad, self.state.board.pad(pad).turn)
        if not self.state.lock.acquire(blocking=False):
            self.lane.put(played)
            return
        try:
            played()
        finally:
            self.state.lock.release()

    def _played(self, pad: int, turn: int) -> None:
        with self.state.lock:
            if self.state.board.pad(pad).turn == turn:  # else a kit has taken it over
                self.renders.ahead.played(pad)

    def stop(self, pad: int | None = None, at: float | None = None) -> None:
        """Fade out a pad, or everything (panic), at once or at a time."""
        self.live.stop(pad, at)

    # -- rendering ----------------------------------------------------------------------------------------

    def render(self, pad: int, client: Any, wanted: int | str | None = None) -> None:
        """Queue a render of a pad; answers queued, then exactly one of sound, cancelled and fail."""
        with self.state.lock:
            self.renders.render(pad, client, wanted)

    def cancel(self, client: Any, wanted: int | str | None = None) -> int:
        """Cancel the client's renders: all of them, one by id, or with * everybody's."""
        return self.renders.cancel(client, wanted)

    def leave(self, client: Any) -> None:
        """A client has gone and will not come back."""
        with self.state.lock:
            self.renders.leave(client)

    def sync(self, client: Any, number: int) -> None:
        """Answer synced when every render, write and load asked for before has ended."""
        self.state.pending.after(partial(self.replies.answer, client, "/synced", number))

    # -- what a pad had, and what a file says -------------------------------------------------------------

    def step(self, number: int, back: bool, then: Then | None = None) -> None:
        """Undo or redo a pad's Sound and its file; the knobs stay."""
        with self.state.lock:
            if not self.state.board.pad(number).step(back):
                raise Error(f"pad {number} has nothing to {'undo' if back else 'redo'}")
            self.renders.engine.cancel(lambda job: job.pad == number and job.background and not job.ahead)
            self.state.dirty.set()
            self.sounds.show(number, then)
            self.renders.ahead.fill(number)

    def recall(self, number: int, name: str, client: Any, then: Then) -> None:
        """Set a pad's controls and Sound from a WAV with a recipe."""
        self.state.board.pad(number)
        self._slowly(partial(self._recall, number, name, then), client, then)

    def _recall(self, number: int, name: str, then: Then) -> None:
        self.publisher.wait()  # the file may be a slot that is about to change
        file = self.sources.allowed(name)
        sound = load_sound(file)
        sound.sources.update(self.sources.near(file, sound.hit))
        pad, board = self.state.board.pad(number), self.state.board
        self.sounds.prepare(number, sound, pad.values)
        with self.state.lock:
            self.renders.engine.cancel(lambda job: job.pad == number)  # what was asked before must not land on top
            pad.forget()
            board.adopt(number, sound.hit)
            pad.take(sound)
            self.state.dirty.set()
            self.sounds.show(number, then)
            self.renders.ahead.fill(number)

    # -- kits and models ----------------------------------------------------------------------------------

    def open(self, name: str, client: Any, then: Named) -> None:
        """Open a kit by its name; where several are asked for, those between are left out."""
        self._open(lambda: name, client, then)

    def turn(self, step: int, client: Any, then: Named) -> None:
        """Open the next (1) or previous (-1) kit in alphabetical order."""
        self._open(lambda: self.session.neighbour(step, self._wanted or self.state.kit), client, then)

    def open_found(self, find: Callable[[], str], client: Any, then: Named) -> None:
        """Open the kit that `find` names, which is called in the slow lane; it may raise `Error`."""
        self._open(find, client, then)

    def _open(self, find: Callable[[], str], client: Any, then: Named) -> None:
        def act() -> None:
            name, goes_on = "", self.lane.overtaken(OPENING)
            try:
                self._wanted = name = find()
                if not goes_on:
                    self.session.load(name, lambda reason: then(reason, name))
                self._pass((name, then) if goes_on else None)
            except Exception as reason:
                then(sentence(reason), name)
                if not goes_on:
                    self._fall_back()
            finally:
                if not goes_on:
                    self._wanted = ""

        self.lane.put(act, client, OPENING)

    def _pass(self, name_then: tuple[str, Named] | None) -> None:
        """Leave a kit out, for now; the one that was left out before it, or for a kit that is open, is told."""
        if self._passed:
            name, then = self._passed
            then(Error(f"another kit was asked for before {name} was open; that one is opened"), name)
        self._passed = name_then

    def _fall_back(self) -> None:
        """The newest kit cannot be opened: open the one that was left out for it."""
        if self._passed:
            (name, then), self._passed = self._passed, None
            try:
                self.session.load(name, lambda reason: then(reason, name))
            except Exception as reason:
                then(sentence(reason), name)

    def save(self, name: str, client: Any, then: Then) -> None:
        """Save the pads as they are when all before is done as a kit of the user's."""
        self.session.library.check_name(name)
        self._slowly(lambda: self.session.save(name, then), client, then)

    def load_model(self, name: str, client: Any, then: Then) -> None:
        """Put another model in; everything else goes on meanwhile."""
        self._slowly(lambda: self.models.load(name, then), client, then)

    def list(self, what: Callable[[], list[str]], client: Any, tell: Callable[[list[str]], None], then: Then) -> None:
        """Tell names that are read from the disk; `then` is told where that cannot be."""
        self._slowly(lambda: tell(what()), client, then)

    def _slowly(self, what: Callable[[], None], client: Any, then: Then) -> None:
        def act() -> None:
            try:
                what()
            except Exception as reason:
                then(sentence(reason))

        self.lane.put(act, client)

    # -- house-keeping ------------------------------------------------------------------------------------

    def write_again(self) -> None:
        """Try once more to write the Sounds that the disk refused."""

        def told(number: int, reason: Error | None) -> None:
            if not reason:
                log.warning("%s can be written again; pad %d is there", self.publisher.root, number)

        with self.state.lock:
            for number in self.publisher.refused():
                self.publisher.write(number, False, partial(told, number))
