"""Kits on the pads: opening one, saving one, and the session that is kept by itself."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from ..sampler.controls import Value
from ..sampler.errors import Error
from ..sampler.hit import Hit
from ..sampler.resolve import HASH
from ..sampler.sound import Sound, load_sound
from . import effects
from .commands import Instrument, Prepare
from .engine import Job
from .kits import FIRST, SESSION, Kit, Library, PadKit, in_order, to_yaml
from .publisher import Then

log = logging.getLogger("driftkit")


class Session:
    """What `instrument` plays, as kits of a `library`."""

    def __init__(self, instrument: Instrument, library: Library) -> None:
        self.instrument = instrument
        self.library = library
        self._opened = self._saved = Kit("", {})  # the open kit, and that of the last save
        self._refused = ""  # why the session could not be kept, said once
        self._seen: object = None  # the state of the open kit's file when it was last looked at
        self._files = threading.Lock()  # between who saves a kit and who looks whether one has changed
        instrument.board.on_reshape.append(self._reshaped)

    def _reshaped(self) -> None:
        self.library.controls = self.instrument.board.controls

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
        one = self.instrument
        one.publisher.wait()  # a slot may hold the very Sound
        found = {number: self._find(number, entry) for number, entry in kit.pads.items()}
        for number, sound in found.items():
            if sound is not None:
                one.live.prepare(number, sound, effects.parse(kit.pads[number].values.get("effects", "")))
        layers = in_order({number: entry for number, entry in kit.pads.items() if not found[number]})  # to be rendered
        later = {number for layer in layers[1:] for number in layer}
        with one.lock:
            one.engine.cancel(lambda job: True)
            for number, pad in one.board.pads.items():
                entry = kit.pads.get(number)
                one.board.replace(number, entry.values if entry else {})
                pad.forget()
                if entry is None:
                    pad.clear()
                    one.write(number)
                elif number in later:
                    pad.awaiting = True
                else:
                    self._give(number, entry, found[number])
            self._in_turn(layers[1:])
            one.kit = kit.kit if name == SESSION and kit.kit else kit.name
            self._opened = self._baseline(one.kit, kit.midi) if one.kit != kit.name else kit
            one.dirty.set()
            if then:
                one.publisher.after(partial(then, None))

    def _baseline(self, name: str, midi: Mapping[str, str]) -> Kit:
        """The kit that a session was made of, so that only what changes in its file from now on is taken over."""
        try:
            return self.library.load(name)
        except Error:  # gone or wrong by now
            return Kit(name, {}, midi=midi)

    def look(self) -> bool:
        """Take over what somebody has changed in the file of the open kit; the old stays where the new is wrong."""
        one, opened = self.instrument, self._opened
        if opened.name in ("", SESSION):
            return False
        with self._files:
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
                    one.fail(None, "/driftkit/preset/load", str(reason))
                return False
        if kit.text != opened.text:
            self._reload(opened, kit)  # which waits for what is being written, and that may wait for the files
        return False

    def _reload(self, opened: Kit, kit: Kit) -> None:
        one = self.instrument
        one.publisher.wait()
        changed = [n for n in one.board.pads if kit.pads.get(n) != opened.pads.get(n)]
        found = {n: self._find(n, kit.pads[n]) for n in changed if n in kit.pads}
        with one.lock:
            if self._opened is not opened:
                return
            for number in changed:
                self._change(number, opened.pads.get(number, PadKit()), kit.pads.get(number), found.get(number))
            self._opened = kit
            one.dirty.set()
            log.info("the kit %s has changed: pads %s", kit.name, ", ".join(map(str, changed)) or "none")
            one.publisher.after(lambda: one.answer(None, "/done", "/driftkit/preset/load", kit.name))

    def _change(self, number: int, old: PadKit, new: PadKit | None, found: Sound | None) -> None:
        """Bring a pad from one entry of a kit's file to the next, rendering only what sounds different."""
        one = self.instrument
        pad = one.board.pad(number)
        one.board.replace(number, new.values if new else {})
        other_hit = new is None or (new.hit is not None and new.hit != old.hit)
        if not other_hit and new and self._heard(new) == self._heard(old) and (pad.sound or pad.awaiting):
            one.write(number)  # the name and the note are in the file
            return
        one.engine.cancel(lambda job: job.pad == number)
        pad.forget()
        if new is None:
            pad.clear()
            one.write(number)
        else:
            self._give(number, new if other_hit else PadKit(new.values), found if other_hit else None)

    def _heard(self, entry: PadKit) -> dict[str, Value]:
        """The values of an entry that decide its sound."""
        known = self.instrument.board.controls
        return {name: value for name, value in entry.values.items() if name not in known or known[name].render}

    def _give(self, number: int, entry: PadKit, sound: Sound | None) -> None:
        """Give a pad the Sound of a kit's entry: the one found in a file, else one to be rendered."""
        one = self.instrument
        pad = one.board.pad(number)
        if sound is not None:
            pad.take(sound, entry.file)
            one.write(number)
            one.ahead.fill(number)
        elif entry.hit is None:
            pad.awaiting = True
            one.submit(number, None, 0, background=True)
        else:
            pad.promised = entry.hit
            render = partial(self._keep_promise, number, entry.hit, one.pending.begin())
            if entry.hit.model == one.tag or one.models is None:
                render(one.prepare)
            else:
                one.models.lend(entry.hit.model, render)

    def _in_turn(self, layers: list[list[int]]) -> None:
        """Have pads that are made of other pads' Sounds rendered layer after layer, each once those are there."""
        pending, before = self.instrument.pending, None
        for layer in layers:
            tokens: dict[int, int] = {}
            pending.after(partial(self._start, tokens), before)
            tokens.update((number, pending.begin()) for number in layer)
            before = list(tokens.values())

    def _start(self, tokens: dict[int, int]) -> None:
        one = self.instrument
        with one.lock:
            for number, token in tokens.items():
                pad = one.board.pad(number)
                if not pad.awaiting or one.engine.busy(number):  # somebody wanted something else of it meanwhile
                    one.pending.end(token)
                    continue
                hit, strange = one.board.snapshot(number)
                one.board.remark(strange, one.model)
                render = partial(one.prepare, *one.with_sources(number, hit))
                one.engine.submit(Job(number, render, background=True, turn=pad.turn, number=token))

    def _keep_promise(self, number: int, hit: Hit, token: int, by: Prepare | None) -> None:
        """Render the Sound that a kit promised by the model that made it; where that is gone, by the one that is in."""
        one = self.instrument
        with one.lock:
            if one.board.pad(number).promised is not hit or one.engine.busy(number):
                one.pending.end(token)  # while the model was read, somebody wanted something else of the pad
                return
            if by is None:
                made, now = hit.model, one.tag
                log.warning("pad %d: its sound was made by %s; %s makes another one of it", number, made, now)
            render = partial(by or one.prepare, *one.with_sources(number, hit))
            turn = one.board.pad(number).turn
            one.engine.submit(Job(number, render, background=True, turn=turn, number=token))

    def _find(self, number: int, entry: PadKit) -> Sound | None:
        """A saved Sound from its take or from the pad's slot, where that holds the same recipe."""
        one = self.instrument
        for file in (entry.file, str(one.folder.slot(number))) if entry.hit else ():
            try:
                sound = load_sound(one.sources.allowed(file)) if file else None
            except Error:
                continue
            if sound is not None and sound.hit == entry.hit:
                return sound
        return None

    def save(self, name: str, then: Then | None = None) -> None:
        """Save the pads as they are now as a kit of the user's, with the sources of their Sounds beside it.

        The file is written after those of the Sounds, and `then` told. `Error` for a name that cannot be.
        """
        one = self.instrument
        self.library.check_name(name)
        with one.lock:
            pads = {}
            for number, pad in one.board.pads.items():
                if pad.promised:  # a Sound that is still to come, or whose source is gone, is not forgotten
                    pads[number] = PadKit(dict(pad.values), pad.promised)
                elif pad.sound and not pad.awaiting:
                    pads[number] = PadKit(dict(pad.values), pad.sound.hit, pad.sound.scale, pad.file)
                elif pad.values:
                    pads[number] = PadKit(dict(pad.values))
            before = self._opened
            same = before if name in (SESSION, before.name) else Kit("", {})
            kit = Kit(name, pads, one.model, same.about, midi=self.midi)
            if name == SESSION:
                kit = replace(kit, kit=one.kit)
            else:
                kit = replace(kit, program=same.program)
            one.publisher.after(lambda: self._save(kit, before, then))

    def _save(self, kit: Kit, before: Kit, then: Then | None) -> None:
        one, reason = self.instrument, None
        kit = replace(kit, text=to_yaml(kit))
        try:
            for entry in kit.pads.values():
                for source in (entry.hit.source_a, entry.hit.source_b) if entry.hit else ():
                    if source.startswith(HASH):
                        one.sources.keep_beside_kits(source)
            with self._files:
                self.library.save(kit)
                with one.lock:
                    still = self._opened is before or self._opened is self._saved  # else another was opened since
                    if kit.name != SESSION and still:
                        one.kit, self._opened, self._saved = kit.name, kit, kit
                        one.dirty.set()  # the session is made of this kit now
        except Error as refusal:
            reason = refusal
        if then:
            then(reason)
        elif reason:
            log.error("%s", reason)

    def keep(self) -> None:
        """Keep the pads as the kit `last`, where they changed."""
        if self.instrument.dirty.is_set():
            self.instrument.dirty.clear()
            self.save(SESSION, self._kept)

    def _kept(self, reason: Error | None) -> None:
        if reason:
            self.instrument.dirty.set()  # tried again, until the disk takes it
            if str(reason) != self._refused:
                log.error("%s", reason)
        self._refused = str(reason or "")

    def neighbour(self, step: int) -> str:
        """The name of the next or previous kit in alphabetical order, round and round, past what cannot be opened."""
        names = list(self.library.list())
        here = names.index(self.instrument.kit) if self.instrument.kit in names else -1 if step > 0 else 0
        for turn in range(1, len(names) + 1):
            name = names[(here + step * turn) % len(names)]
            try:
                self.library.load(name)
            except Error as reason:
                log.error("%s; the kit is passed over", reason)
                continue
            return name
        raise Error("there is no preset that can be opened; save one with /driftkit/preset/save NAME")
