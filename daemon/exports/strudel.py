"""Tidal and Strudel: a folder per short name, as SuperDirt reads them, and `strudel.json` beside them.

`n` counts the files of a folder in the order of their names, so they begin with a number: pads in the order of their
notes, of each pad the hard takes first. Neither program has velocity layers, choke groups or a level per file.
"""

import itertools
import json
from pathlib import Path, PurePosixPath

from .kit import Kit


def arrange(kit: Kit) -> Kit:
    """The same kit, every file in the folder of its pad's short name."""
    counts: dict[str, itertools.count[int]] = {}
    places = {}
    for pad in sorted(kit.pads, key=lambda pad: (pad.note, pad.number)):
        for take in (take for layer in reversed(pad.layers) for take in layer.takes):
            number = next(counts.setdefault(pad.short, itertools.count()))
            places[take] = PurePosixPath(pad.short, f"{number:03d}_{take.file.name.partition('_')[2]}")
    return kit.filed(places)


def write(kit: Kit, folder: Path) -> list[Path]:
    """strudel.json, whose paths count from where it lies."""
    names: dict[str, list[str]] = {}
    for file in sorted(str(take.file) for take in kit.takes):
        names.setdefault(file.partition("/")[0], []).append(f"/{file}")
    (folder / "strudel.json").write_text(json.dumps(names, indent=1) + "\n")
    return [Path("strudel.json")]
