"""The short names that Tidal and Strudel have for drums: bd sd hh oh cp rim cr rd ht mt lt, and a few more."""

import re
from collections.abc import Iterable

from .pad import Pad

TOMS = ("lt", "mt", "ht")
NAMES = {
    "kick": "bd", "snare": "sd", "hihat_closed": "hh", "hihat_open": "oh", "clap": "cp", "rim": "rim", "crash": "cr",
    "cymbal": "cr", "ride": "rd", "tom": "tom", "conga": "perc", "shaker": "sh",
    "block": "perc",
}  # fmt: skip
WORDS = {
    r"kick|bass ?drum": "bd", r"rim|side ?stick": "rim", r"snare": "sd", r"clap": "cp", r"open": "oh", r"hat": "hh",
    r"ride": "rd", r"crash|cymbal|splash|china": "cr", r"tom": "tom", r"cow ?bell": "cb", r"shak|maraca": "sh",
}  # fmt: skip
"""What a name must hold, in the order in which they are asked, for pads whose class has no short name."""


def short_names(pads: Iterable[Pad]) -> dict[str, list[Pad]]:
    """The pads by short name, each name's in the order of their notes; toms are shared out, the lowest being lt."""
    found: dict[str, list[Pad]] = {}
    for pad in sorted(pads, key=lambda pad: (pad.note, pad.number)):
        found.setdefault(_short(pad), []).append(pad)
    toms = found.pop("tom", [])
    for index, pad in enumerate(toms):
        found.setdefault(TOMS[index * len(TOMS) // len(toms)], []).append(pad)
    return found


def _short(pad: Pad) -> str:
    label = pad.hit().label or (pad.sound.label if pad.sound else "")
    if label in NAMES:
        return NAMES[label]
    name = pad.name.casefold()
    word = next((short for words, short in WORDS.items() if re.search(words, name)), "")
    return word or re.sub(r"[^a-z0-9]+", "", name)[:24] or "perc"
