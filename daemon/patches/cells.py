"""A control of the table as a control of Max: which one, its parameter block, and its cables to and from the daemon."""

import math
from typing import Any

from ...sampler.controls import Control
from ...sampler.hit import TASKS
from ..pads.surfaces import PREFIX as ROOT
from .boxes import Box, Patcher, Rect

WIDTH, HEIGHT = 92.0, 60.0  # of a cell in the presentation
STEPS = 256  # of an integer parameter, at most
UNITS = {"ms": 2, "dB": 4, "semitones": 7}  # styles of parameters; 0 int, 1 float
SMALL: dict[str, Any] = {"fontsize": 9.5}
SOURCES = {slot for slots in TASKS.values() for slot in slots}


def shown(row: Control) -> bool:
    """Has a person something to choose there? A model has one length, for instance."""
    return row.kind in ("choice", "text") or row.lo < row.hi


def width(row: Control) -> int:
    """How many cells it takes."""
    return 3 if row.kind == "text" else 1


def title(row: Control) -> str:
    """Its name as a panel has room for it: the unit stands with the value."""
    name = row.name
    for unit in (row.unit, "db"):
        name = name.removesuffix(f"_{unit.lower()}")
    return name.replace("_", " ")


def parameter(row: Control, name: str, invisible: int = 1) -> dict[str, Any]:
    """The block with which Max saves a parameter. invisible: 0 automated and stored, 1 stored, 2 hidden.

    No initial value is enabled: Max would send it when the patch opens, and so change the pad.
    """
    block: dict[str, Any] = {
        "parameter_longname": name,
        "parameter_shortname": title(row),
        "parameter_invisible": invisible,
        "parameter_modmode": 0,
        "parameter_initial_enable": 0,
    }
    if row.kind == "choice" or toggles(row):
        items = list(row.choices) or ["off", "on"]
        block |= {"parameter_type": 2, "parameter_enum": items, "parameter_mmax": len(items) - 1}
    else:
        whole = row.kind == "int"
        block |= {
            "parameter_type": int(whole and row.hi - row.lo < STEPS),
            "parameter_mmin": float(row.lo),
            "parameter_mmax": float(row.hi),
            "parameter_unitstyle": 0 if whole else UNITS.get(row.unit, 1),
        }
        if row.curve == "log":  # half of the way is the geometric mean
            middle = (math.sqrt(row.lo * row.hi) - row.lo) / (row.hi - row.lo)
            block["parameter_exponent"] = round(math.log(middle) / math.log(0.5), 3)
    return {"parameter_enable": 1, "saved_attribute_attributes": {"valueof": block}}


def toggles(row: Control) -> bool:
    """Is it a switch?"""
    return row.kind == "int" and (row.lo, row.hi) == (0, 1)


def number(row: Control) -> bool:
    """Has it more values than a dial can be set to?"""
    return row.kind == "int" and row.hi - row.lo > 1000


def cell(
    p: Patcher, prefix: str, row: Control, corner: tuple[float, float], wide: float = 0, invisible: int = 1
) -> None:
    """A control at its place, with its cables: it sends what a person does, and shows what the daemon says."""
    x, y = corner
    wide = wide or width(row) * WIDTH - 8
    hint: dict[str, Any] = {"hint": row.doc, "annotation": row.doc}
    shows, sends = f"r {prefix}.is.{row.name}", [f"prepend {row.name}", f"s {prefix}.move"]
    if row.kind in ("choice", "text") or toggles(row) or number(row):
        p.ui("comment", (x, y, wide + 6, 18), text=title(row), **SMALL)
    below = (x, y + 20, wide, 20)
    if row.kind == "text":
        source = row.name in SOURCES
        field: Rect = (x, y + 20, wide - 64, 22) if source else (x, y + 20, wide, 22)
        box = p.ui("textedit", field, outputmode=1, keymode=1, lines=1, nosymquotes=1, **SMALL, **hint)
        p.chain(shows, box, "route text", *sends)
        if source:
            drop(p, prefix, row, (x + wide - 60, y + 20, 60, 22))
    elif row.kind == "choice":
        box = p.ui("live.menu", below, varname=row.name, **parameter(row, row.name, invisible), **hint)
        p.chain(shows, box)
        p.chain(box, *sends, outlet=1)
    elif toggles(row):
        box = p.ui(
            "live.toggle", (x + 2, y + 20, 20, 20), varname=row.name, **parameter(row, row.name, invisible), **hint
        )
        p.chain(shows, box, *sends)
    elif number(row):
        box = p.ui("number", below, minimum=int(row.lo), maximum=int(row.hi), **hint)
        p.chain(shows, box, *sends)
    else:
        box = p.ui("live.dial", (x, y, wide, 52), varname=row.name, **parameter(row, row.name, invisible), **hint)
        whole = ["i"] if row.kind == "int" and row.hi - row.lo >= STEPS else []
        p.chain(shows, box, *whole, *sends)


def drop(p: Patcher, prefix: str, row: Control, at: Rect) -> Box:
    """Where a sound file can be dropped; its path goes to the daemon as the system writes it."""
    p.ui("comment", at, text="drop file", textjustification=1, ignoreclick=1, **SMALL)
    box = p.ui("dropfile", at, types=[], hint=row.doc)
    p.chain(box, "conformpath native boot", f"prepend {row.name}", f"s {prefix}.move")
    return box


def hears(prefix: str, rows: list[Control]) -> Patcher:
    """`pad name value` of every change; what belongs to the selected pad goes to its control, which stays silent."""
    p = Patcher()
    cut, same, keep = p.chain(f"r {prefix}.control", "zl slice 1", "sel 1", "zl reg")[1:]
    p.chain(cut, keep, outlet=1, inlet=1)
    p.chain(f"r {prefix}.selected", same, inlet=1)
    names = p.chain(keep, f"route {' '.join(row.name for row in rows)}")[-1]
    for outlet, row in enumerate(rows):
        verb = "setsymbol" if row.kind == "choice" else "set"
        p.chain(names, f"prepend {verb}", f"s {prefix}.is.{row.name}", outlet=outlet)
    return p


def moves(prefix: str, guarded: bool = False) -> Patcher:
    """`name value` from a control becomes a message for the selected pad.

    guarded: nothing passes until the device is ready, for Live sends what it stored while it opens a set.
    """
    p = Patcher()
    moved = p.chain(f"r {prefix}.move")[-1]
    if guarded:
        gate = p.chain("live.thisdevice", "(1)", "gate 1 0")[-1]
        moved = p.chain(moved, gate, inlet=1)[-1]
    cut = p.chain(moved, "zl slice 1")[-1]
    split = p.chain(cut, "t b s")[-1]
    pad, address, whole = p.chain(split, "i 1", f"sprintf {ROOT}/pad/%ld/%s", "zl join", f"s {prefix}.out")[1:4]
    p.chain(split, address, outlet=1, inlet=1)
    p.chain(cut, whole, outlet=1, inlet=1)
    p.chain(f"r {prefix}.selected", pad, inlet=1)
    return p
