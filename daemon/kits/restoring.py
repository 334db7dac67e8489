"""How a pad gets the Sound that a kit's entry says it has: from a file with that very recipe, else by rendering it."""

import logging
from collections.abc import Mapping
from functools import partial

from ...sampler.errors import Error
from ...sampler.hit import Hit
from ...sampler.sound import Sound, load_sound
from ..reading.sources import Sources
from ..rendering.engine import Job
from ..rendering.models import Models
from ..rendering.renders import Renders
from ..sinks.folder import Folder
from ..sinks.sounds import Sounds
from ..state import Prepare, State
from .library import PadKit, in_order

log = logging.getLogger("driftkit")


class Restoring:
    """For the pads of a state. `find` takes time and no lock; the others are called under the state's."""

    def __init__(
        self, state: State, renders: Renders, sounds: Sounds, models: Models, sources: Sources, folder: Folder
    ) -> None:
        self._state, self._renders, self._sounds, self._models = state, renders, sounds, models
        self._sources, self._folder = sources, folder

    def find(self, entries: Mapping[int, PadKit]) -> dict[int, Sound]:
        """The Sounds that lie in files, by pad, made ready to be heard as the entries say."""
        found = {number: self._lying(number, entry) for number, entry in entries.items() if entry.hit or entry.file}
        there = {number: sound for number, sound in found.items() if sound is not None}
        for number, sound in there.items():
            self._sounds.prepare(number, sound, entries[number].values)
        return there

    def _lying(self, number: int, entry: PadKit) -> Sound | None:
        """The Sound in its file, or a saved one's in the pad's slot, where its recipe is what the entry asks for."""
        for file in (entry.file, str(self._folder.slot(number)) if entry.hit else ""):
            try:
                sound = load_sound(self._sources.allowed(file)) if file else None
            except Error as reason:
                if not entry.hit:
                    log.warning("pad %d: %s; it is rendered", number, reason)
                continue
            if sound is not None and entry.takes(sound.hit, self._state.tag):
                return sound
        return None

    def empty(self, number: int) -> None:
        """A kit does not name this pad."""
        self._state.board.pad(number).clear()
        self._sounds.show(number)

    def give(self, number: int, entry: PadKit, sound: Sound | None) -> None:
        """Give a pad the Sound of an entry: the one found in a file, else one to be rendered."""
        pad, pending = self._state.board.pad(number), self._state.pending
        if sound is not None:
            pad.take(sound, entry.file)
            self._sounds.show(number)
            self._renders.ahead.fill(number)
        elif entry.hit is None:
            pad.awaiting = True
            self._renders.submit(number, None, 0, background=True)
        else:
            pad.promised = entry.hit
            render = partial(self._keep_promise, number, entry.hit, pending.begin())
            if entry.hit.model == self._state.tag:
                render(self._state.prepare)
            else:
                self._models.lend(entry.hit.model, render)

    def _keep_promise(self, number: int, hit: Hit, token: int, by: Prepare | None) -> None:
        """Render the Sound that a kit promised by the model that made it; where that is gone, by the one that is in."""
        with self._state.lock:
            pad = self._state.board.pad(number)
            if pad.promised is not hit or self._renders.engine.busy(number):
                self._state.pending.end(token)  # while the model was read, somebody wanted something else of the pad
                return
            if by is None:
                made, now = hit.model, self._state.tag
                log.warning("pad %d: its sound was made by %s; %s makes another one of it", number, made, now)
            self._owe(number, hit, by or self._state.prepare, token)

    def _owe(self, number: int, hit: Hit, prepare: Prepare, token: int) -> None:
        render = partial(prepare, *self._renders.with_sources(number, hit))
        turn = self._state.board.pad(number).turn
        self._renders.engine.submit(Job(number, render, background=True, turn=turn, number=token))

    def layers(self, entries: Mapping[int, PadKit], there: Mapping[int, Sound]) -> list[list[int]]:
        """The pads that are to be rendered, in layers made of the Sounds of those before."""
        return in_order({number: entry for number, entry in entries.items() if number not in there})

    def in_turn(self, layers: list[list[int]]) -> None:
        """Have pads that are made of other pads' Sounds rendered layer after layer, each once those are there."""
        pending, before = self._state.pending, None
        for layer in layers:
            tokens: dict[int, int] = {}
            turns = {number: self._state.board.pad(number).turn for number in layer}
            pending.after(partial(self._start, tokens, turns), before)
            tokens.update((number, pending.begin()) for number in layer)
            before = list(tokens.values())

    def _start(self, tokens: dict[int, int], turns: dict[int, int]) -> None:
        with self._state.lock:
            for number, token in tokens.items():
                pad = self._state.board.pad(number)
                wanted = pad.awaiting and pad.turn == turns[number] and not self._renders.engine.busy(number)
                try:
                    if wanted:  # else somebody wanted something else of it meanwhile
                        self._owe(number, self._renders.snapshot(number), self._state.prepare, token)
                except Error:  # shutting down
                    wanted = False
                if not wanted:
                    self._state.pending.end(token)
