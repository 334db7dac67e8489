"""Kits on the pads: opening one, saving one, and the session that is kept by itself."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from ...sampler.controls import Value
from ...sampler.errors import Error
from ...sampler.resolve import HASH
from ...sampler.sound import Sound
from ..reading.lane import Lane
from ..reading.sources import Sources
from ..rendering.renders import Renders
from ..replies import Replies
from ..sinks.publisher import Publisher
from ..sinks.sounds import Sounds, Then
from ..state import State
from .library import FIRST, SESSION, Kit, Library, PadKit
from .restoring import Restoring

log = logging.getLogger("driftkit")


class Session:
    """What the pads of a state are, as kits of a `library`. Kits are opened and saved in one thread: the slow lane."""

    def __init__(
        self, state: State, replies: Replies, renders: Renders, sounds: Sounds, restoring: Restoring,
        publisher: Publisher, sources: Sources, library: Library, lane: Lane,
    ) -> None:  # fmt: skip
        self._state, self._replies, self._renders, self._sounds = state, replies, renders, sounds
        self._restoring, self._publisher, self._sources, self._lane = restoring, publisher, sources, lane
        self.library = library
        self._opened = self._saved = Kit("", {})  # the open kit, and that of the last save
        self._refused = ""  # why the session could not be kept, said once
        self._seen: object = None  # the state of the open kit's file when it was last looked at
        self._files = threading.Lock()  # between who saves a kit and who looks whether one has changed
        state.board.on_reshape.append(self._reshaped)

    def _reshaped(self) -> None:
        self.library.controls = self._state.board.controls

    @property
    def midi(self) -> Mapping[str, str]:
        """What the open kit says of MIDI knobs."""
        return self._opened.midi

    def start(self, wanted: str | None) -> None:
        """The kit asked for; else the last session; else the shipped first kit."""
        self.library.drop_sources()
        if wanted:
            self.load(wanted)
            return
        try:
            self.load(SESSION)
        except Error as reason:
            aside = self.library.set_aside(SESSION)  # it would be written over at the next change
            if aside:
                log.warning("%s; opening the kit %s instead, the last session is kept as %s", reason, FIRST, aside)
            self.load(FIRST)

    def load(self, name: str, then: Then | None = None) -> None:
        """Open a kit: its controls at once, its Sounds from files where they are, else by rendering.

        Renders of the kit before are cancelled; pads that the kit does not name are empty. `then` is
        told when the Sounds that are there lie in their slots.
        """
        kit = self.library.load(name)
        state, restoring = self._state, self._restoring
        self._publisher.wait()  # a slot may hold the very Sound
        there = restoring.find(kit.pads)
        layers = restoring.layers(kit.pads, there)
        later = {number for layer in layers[1:] for number in layer}
        with state.lock:
            self._renders.engine.cancel(lambda job: True)
        # those that may be another one's source come first
        order = sorted(state.board.pads, key=lambda number: number in kit.pads and number not in there)
        for number in order:
            with state.lock:  # pad by pad: a knob that moves meanwhile waits for one of them only
                self._bring(number, kit.pads.get(number), there.get(number), number in later)
        with state.lock:
            restoring.in_turn(layers[1:])
            state.kit = kit.kit if name == SESSION and kit.kit else kit.name
            self._opened = self._baseline(state.kit, kit.midi) if state.kit != kit.name else kit
            state.dirty.set()
            if then:
                self._publisher.after(partial(then, None))

    def _bring(self, number: int, entry: PadKit | None, sound: Sound | None, later: bool) -> None:
        pad = self._state.board.pad(number)
        self._renders.engine.cancel(lambda job: job.pad == number)
        self._state.board.replace(number, entry.values if entry else {})
        pad.forget()
        if entry is None:
            self._restoring.empty(number)
        elif later:
            pad.awaiting = True
        else:
            self._restoring.give(number, entry, sound)

    def _baseline(self, name: str, midi: Mapping[str, str]) -> Kit:
        """The kit that a session was made of, so that only what changes in its file from now on is taken over."""
        try:
            return self.library.load(name)
        except Error:  # gone or wrong by now
            return Kit(name, {}, midi=midi)

    # -- the file of the open kit -------------------------------------------------------------------------

    def look(self) -> bool:
        """Take over what somebody has changed in the file of the open kit; the old stays where the new is wrong."""
        with self._files:  # held while one is saved: what is open then is compared with what was written
            opened = self._opened
            if opened.name in ("", SESSION):
                return False
            try:
                path = self.library.find(opened.name)
                state = path.stat()
                seen = (path, state.st_mtime_ns, state.st_size, state.st_ino)
                if seen == self._seen or not state.st_size:  # empty: still being written
                    return False
                self._seen = seen
                kit = self.library.load(opened.name)
            except OSError:
                return False  # between delete and create
            except Error as reason:
                if self._opened is opened and opened.name in self.library.list():
                    log.error("%s; the kit stays as it was", reason)
                    self._replies.fail(None, "/driftkit/preset/load", str(reason))
                return False
        if kit.text != opened.text:
            self._lane.put(partial(self._reload, kit))  # in its turn among kits that are opened and saved
        return False

    def _reload(self, kit: Kit) -> None:
        opened = self._opened  # perhaps an edit before this one, or what has just been saved
        if opened.name != kit.name or opened.text == kit.text:
            return
        self._publisher.wait()
        changed = [n for n in self._state.board.pads if kit.pads.get(n) != opened.pads.get(n)]
        there = self._restoring.find({n: kit.pads[n] for n in changed if n in kit.pads})
        for number in changed:
            with self._state.lock:
                self._change(number, opened.pads.get(number, PadKit()), kit.pads.get(number), there.get(number))
        with self._state.lock:
            self._opened = kit
            self._state.dirty.set()
            log.info("the kit %s has changed: pads %s", kit.name, ", ".join(map(str, changed)) or "none")
            self._publisher.after(lambda: self._replies.answer(None, "/done", "/driftkit/preset/load", kit.name))

    def _change(self, number: int, old: PadKit, new: PadKit | None, found: Sound | None) -> None:
        """Bring a pad from one entry of a kit's file to the next, rendering only what sounds different."""
        pad = self._state.board.pad(number)
        self._state.board.replace(number, new.values if new else {})
        other_hit = new is None or (new.hit != old.hit if new.hit else bool(new.file) and new.file != old.file)
        if not other_hit and new and self._heard(new) == self._heard(old) and (pad.sound or pad.awaiting):
            self._sounds.show(number)  # the name and the note are in the file
            return
        self._renders.engine.cancel(lambda job: job.pad == number)
        pad.forget()
        if new is None:
            self._restoring.empty(number)
        else:
            self._restoring.give(number, new if other_hit else PadKit(new.values), found if other_hit else None)

    def _heard(self, entry: PadKit) -> dict[str, Value]:
        """The values of an entry that decide its sound."""
        known = self._state.board.controls
        return {name: value for name, value in entry.values.items() if name not in known or known[name].render}

    # -- saving -------------------------------------------------------------------------------------------

    def save(self, name: str, then: Then | None = None) -> None:
        """Save the pads as they are now as a kit of the user's, with the sources of their Sounds beside it.

        The file is written after those of the Sounds, and `then` told. `Error` for a name that cannot be.
        """
        self.library.check_name(name)
        with self._state.lock:
            pads = {}
            for number, pad in self._state.board.pads.items():
                if pad.promised:  # a Sound that is still to come, or whose source is gone, is not forgotten
                    pads[number] = PadKit(dict(pad.values), pad.promised)
                elif pad.sound and not pad.awaiting:
                    pads[number] = PadKit(dict(pad.values), pad.sound.hit, pad.sound.scale, pad.file)
                elif pad.values:
                    pads[number] = PadKit(dict(pad.values))
            before = self._opened
            same = before if name in (SESSION, before.name) else Kit("", {})
            kit = Kit(name, pads, self._state.model, same.about, midi=self.midi)
            if name == SESSION:
                kit = replace(kit, kit=self._state.kit)
            else:
                kit = replace(kit, program=same.program)
            self._publisher.after(lambda: self._save(kit, before, then))

    def _save(self, kit: Kit, before: Kit, then: Then | None) -> None:
        reason = None
        try:
            for entry in kit.pads.values():
                for source in (entry.hit.source_a, entry.hit.source_b) if entry.hit else ():
                    if source.startswith(HASH):
                        self._sources.keep_beside_kits(source)
            with self._files:
                kit = self.library.save(kit)
                with self._state.lock:
                    still = self._opened is before or self._opened is self._saved  # else another was opened since
                    if kit.name != SESSION and still:
                        self._state.kit, self._opened, self._saved = kit.name, kit, kit
                        self._state.dirty.set()  # the session is made of this kit now
        except Error as refusal:
            reason = refusal
        if then:
            then(reason)
        elif reason:
            log.error("%s", reason)

    def keep(self) -> None:
        """Keep the pads as the kit `last`, where they changed."""
        if self._state.dirty.is_set():
            self._state.dirty.clear()
            self.save(SESSION, self._kept)

    def _kept(self, reason: Error | None) -> None:
        if reason:
            self._state.dirty.set()  # tried again, until the disk takes it
            if str(reason) != self._refused:
                log.error("%s", reason)
        self._refused = str(reason or "")

    def neighbour(self, step: int, here: str) -> str:
        """The name of the next or previous kit in alphabetical order, round and round, past what cannot be opened."""
        names = list(self.library.list())
        place = names.index(here) if here in names else -1 if step > 0 else 0
        for turn in range(1, len(names) + 1):
            name = names[(place + step * turn) % len(names)]
            try:
                self.library.load(name)
            except Error as reason:
                log.error("%s; the kit is passed over", reason)
                continue
            return name
        raise Error("there is no preset that can be opened; save one with /driftkit/preset/save NAME")
