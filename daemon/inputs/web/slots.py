"""Sounds over HTTP: `/sounds/NN.wav` is what a pad holds now, `/strudel.json` names the pads for Strudel.

They come from memory, with the very bytes of the file of the pad's slot: a disk that is full takes none away.
`/sounds/NN/ANYTHING.wav` is the same, for programs that name a file by its address.
"""

import json
import re
from dataclasses import replace

from ...pads.dirt import short_names
from ...pads.pad import Pad
from ...state import State
from .served import Answer, Ask, said

LIST, PLACE = "/strudel.json", "/sounds/"
SLOT = re.compile(rf"{PLACE}(0[1-9]|1[0-6])(?:/[^/]+)?\.wav")


class Slots:
    """The Sounds of a state's pads, as WAVs of a depth."""

    def __init__(self, state: State, depth: str) -> None:
        self._state, self._depth = state, depth

    def route(self, ask: Ask) -> Answer | None:
        """The list, a sound, or None for what is neither."""
        if ask.path == LIST:
            return Answer(json.dumps({"_base": f"http://{ask.host}"} | self._list()).encode(), shared=True)
        found = SLOT.fullmatch(ask.path)
        return self._sound(self._state.board.pad(int(found[1]))) if found else None

    def _list(self) -> dict[str, list[str]]:
        """Files by short name. Another sound has another address, since Strudel reads none of them twice."""
        with self._state.lock:
            there = [pad for pad in self._state.board.pads.values() if pad.sound]
            held = {pad.number: pad.sound for pad in there if pad.sound}
            names = short_names(there)
        return {
            name: [f"{PLACE}{pad.number:02d}.wav?{held[pad.number].stamp}" for pad in pads]
            for name, pads in names.items()
        }

    def _sound(self, pad: Pad) -> Answer:
        sound = pad.sound
        if sound is None:
            words = f"pad {pad.number} has no sound; render it with /driftkit/render {pad.number}"
            return replace(said(404, words), shared=True)
        data = sound.wav(name=pad.name, note=pad.note, depth=self._depth)
        return Answer(data, "audio/wav", shared=True)
