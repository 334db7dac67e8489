"""Kits on the pads: opening one, saving one, and the session that is kept by itself."""

import logging
from pathlib import Path

from ..sampler.errors import Error
from ..sampler.resolve import HASH
from ..sampler.sound import load_sound
from .commands import Instrument
from .kits import FIRST, SESSION, Kit, Library, PadKit

log = logging.getLogger("driftkit")


class Session:
    """What `instrument` plays, as kits of a `library`."""

    def __init__(self, instrument: Instrument, library: Library) -> None:
        self.instrument = instrument
        self.library = library
        self._opened = Kit("", {})
        self._refused = ""  # why the session could not be kept, said once

    def start(self, wanted: str | None) -> None:
        """The kit asked for; else the last session; else the shipped first kit."""
        if wanted:
            self.load(wanted)
            return
        try:
            self.load(SESSION)
        except Error as reason:
            if (self.library.user / f"{SESSION}.yaml").exists():
                log.warning("%s; opening the kit %s instead", reason, FIRST)
            self.load(FIRST)

    def load(self, name: str) -> None:
        """Open a kit: its controls at once, its Sounds from files where they are, else by rendering.

        Renders of the kit before are cancelled; pads that the kit does not name are empty.
        """
        kit = self.library.load(name)
        one = self.instrument
        with one.lock:
            one.engine.cancel(lambda job: True)
            for number, pad in one.board.pads.items():
                entry = kit.pads.get(number)
                one.board.replace(number, entry.values if entry else {})
                pad.promised, pad.awaiting = None, False
                if entry is None:
                    pad.clear()
                    one.write(number, take=False)
                elif entry.hit is None:
                    pad.awaiting = True
                    one.submit(number, None, 0, background=True)
                elif not self._restore(number, entry):
                    pad.promised = entry.hit
                    if entry.hit.model != one.tag:
                        made, now = entry.hit.model, one.tag
                        log.warning("pad %d: its sound was made by %s; %s makes another one of it", number, made, now)
                    one.submit_hit(number, entry.hit, None, 0, background=True)
            self._opened = kit
            one.kit = kit.name
            one.dirty.set()

    def _restore(self, number: int, entry: PadKit) -> bool:
        """Bring a saved Sound back from its take or from the pad's slot, where that holds the same recipe."""
        one = self.instrument
        for file in (entry.file, str(one.folder.slot(number))):
            try:
                sound = load_sound(one.sources.allowed(file)) if file else None
            except Error:
                continue
            if sound is not None and sound.hit == entry.hit:
                one.board.pad(number).take(sound, entry.file)
                try:
                    one.write(number, take=False)
                except Error as reason:
                    log.error("%s", reason)
                return True
        return False

    def save(self, name: str) -> Path:
        """Save the pads as a kit of the user's, with the sources of their Sounds beside it."""
        one = self.instrument
        with one.lock:
            pads = {}
            for number, pad in one.board.pads.items():
                if pad.promised:  # a Sound that is still to come, or whose source is gone, is not forgotten
                    pads[number] = PadKit(dict(pad.values), pad.promised)
                elif pad.sound and not pad.awaiting:
                    pads[number] = PadKit(dict(pad.values), pad.sound.hit, pad.sound.scale, pad.file)
                elif pad.values:
                    pads[number] = PadKit(dict(pad.values))
            for entry in pads.values():
                for source in (entry.hit.source_a, entry.hit.source_b) if entry.hit else ():
                    if source.startswith(HASH):
                        one.sources.keep_beside_kits(source)
            same = self._opened if name in (SESSION, self._opened.name) else Kit("", {})
            path = self.library.save(Kit(name, pads, one.model, same.about, same.program if name != SESSION else None))
            if name != SESSION:
                one.kit = name
            return path

    def keep(self) -> None:
        """Keep the pads as the kit `last`, where they changed."""
        if self.instrument.dirty.is_set():
            self.instrument.dirty.clear()
            try:
                self.save(SESSION)
            except Error as reason:
                self.instrument.dirty.set()  # tried again, until the disk takes it
                if str(reason) != self._refused:
                    log.error("%s", reason)
                self._refused = str(reason)
            else:
                self._refused = ""

    def neighbour(self, step: int) -> str:
        """The name of the next or previous kit in alphabetical order, round and round."""
        names = list(self.library.list())
        if not names:
            raise Error("there are no presets; save one with /driftkit/preset/save NAME")
        here = names.index(self.instrument.kit) if self.instrument.kit in names else -1 if step > 0 else 0
        return names[(here + step) % len(names)]
