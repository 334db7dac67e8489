"""What lists of sounds call otherwise than the classes are called here, and which sounds are electronic.

A folder of many sources has one word, percussion, for skins, seeds and wood alike; nobody can learn what that sounds
like. The name of the file tells which of them it is. What no name tells was placed by its nearest neighbours in the
embedding of the judge, and stands here by its own name.
"""

import re
from typing import NamedTuple

from ..hit import nameable
from .config import DRUMS, MANNERS

RENAMED = {"cymbal_other": "cymbal"}
PERCUSSION = {  # what a name has in it, in the order of looking
    "block": r"bell|claves|castanets|wood[-_]?block|elec_wood|/\w+__c[bl]8?-|triangle|metro|perc_(3|4|6|11)-",
    "cymbal": r"gong",
    "conga": r"bongo|conga|darbuka|cajon|tabla|djembe|dununba|kenkeni|sangban|__[hlm]c8-|perc_(1|2|8|10|12|14)-",
    "shaker": r"shak|maraca|tamb|cabasa|__(ma8|sh|tb)-|perc_(7|13)-",
    "clap": r"snap",
    "rim": r"kluck",
}
ELECTRONIC = {"freepats_synth", "libre", "sonicpi", "tr707_dion", "tr808_fischer", "uzu"}  # sources
PLAYED = r"tabla|/sonicpi__(drum|perc)_"  # what was recorded for them all the same


class Label(NamedTuple):
    """A class, and the manner in which the sound was made, or nothing."""

    name: str
    manner: str = ""


def label(name: str, path: str = "", source: str = "") -> Label:
    """The class that a list names, as it is called here: by the path and the source of the sound where they tell.

    Two classes with a plus between are a drum and its manner: `kick+electronic`.
    """
    name, _, manner = name.strip().casefold().partition("+")
    name, manner, where = RENAMED.get(name, name), manner.strip(), path.replace("\\", "/").casefold()
    if name == "percussion":
        name = next((kind for kind, words in PERCUSSION.items() if re.search(words, where)), name)
    if not manner and source in ELECTRONIC and not re.search(PLAYED, where):
        manner = "electronic"
    return Label(name.strip(), manner)


def known(one: Label) -> bool:
    """Whether it is a class that is known by name."""
    return one.name in DRUMS and one.manner in ("", *MANNERS)


def class_of(folder: str) -> str:
    """The class that a folder of any other name stands for: `Big Boings` is big_boings; "" where none can."""
    found = re.sub(r"[\W_]+", "_", folder.strip().casefold()).strip("_")
    return found if nameable(found) and found not in MANNERS else ""
