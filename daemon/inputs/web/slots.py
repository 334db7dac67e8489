"""Sounds over HTTP, for Strudel: `/strudel.json` names the pads, `/sounds/NN.wav` are the files of their slots."""

import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ...dirt import short_names
from ...state import State
from .served import Answer, Ask, said

LIST, PLACE = "/strudel.json", "/sounds/"
SLOT = re.compile(rf"{PLACE}(0[1-9]|1[0-6])\.wav")


class Slots:
    """The slots of a state's pads; `slot` tells where the file of a pad lies."""

    def __init__(self, state: State, slot: Callable[[int], Path]) -> None:
        self._state, self._slot = state, slot

    def route(self, ask: Ask) -> Answer | None:
        """The list, a sound, or None for what is neither."""
        if ask.path == LIST:
            return Answer(json.dumps({"_base": f"http://{ask.host}"} | self._list()).encode(), shared=True)
        found = SLOT.fullmatch(ask.path)
        return self._sound(int(found[1])) if found else None

    def _list(self) -> dict[str, list[str]]:
        """Files by short name. Another sound has another address, since Strudel reads none of them twice."""
        with self._state.lock:
            there = [pad for pad in self._state.board.pads.values() if pad.sound]
            recipes = {pad.number: pad.sound.hit for pad in there if pad.sound}
            names = short_names(there)
        marks = {number: zlib.crc32(repr(hit).encode()) for number, hit in recipes.items()}
        return {
            name: [f"{PLACE}{pad.number:02d}.wav?{marks[pad.number]:08x}" for pad in pads]
            for name, pads in names.items()
        }

    def _sound(self, number: int) -> Answer:
        try:
            return Answer(self._slot(number).read_bytes(), "audio/wav", shared=True)
        except OSError:
            return replace(
                said(404, f"pad {number} has no sound; render it with /driftkit/render {number}"), shared=True
            )
