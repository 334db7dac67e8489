"""The Max for Live device: a MIDI effect before a Drum Rack.

Its dials move one pad of driftkit and can be automated. What the daemon says is shown by `set`, which Live does not
take for a change of the set. Every new sound goes onto its pad's Simpler, where Live can do that.
"""

from typing import Any

from ...sampler.controls import Control
from ..pads.pad import FIRST_NOTE, PADS
from ..pads.surfaces import PREFIX as ROOT
from .boxes import Box, Patcher
from .cells import HEIGHT, WIDTH, cell, hears, moves
from .connection import OF_DEVICE, connection

WIDE, TALL, EDGE = 718.0, 169.0, 8.0  # pixels; Live has so many for a device
DIALS, PLACE = 6, 600.0  # dials of a row; where the connection begins
REPLACES = 1204  # Live 12.4, the first whose Simpler has replace_sample
AUTOMATED, STORED = 0, 1
TEXT: dict[str, Any] = {"fontsize": 10.0, "textjustification": 0}
AWAY, BY_HAND = "no driftkit yet", "Live before 12.4: drag live/NN.wav onto the pads"
PROJECT: dict[str, Any] = {  # of a device that needs no other file; Max asks for it
    "version": 1, "creationdate": 3590052493, "modificationdate": 3590052493, "viewrect": [0.0, 0.0, 300.0, 500.0],
    "autoorganize": 1, "hideprojectwindow": 1, "showdependencies": 1, "autolocalize": 0, "contents": {"patchers": {}},
    "layout": {}, "searchpath": {}, "detailsvisible": 0, "amxdtype": int.from_bytes(b"mmmm", "big"), "readonly": 0,
    "devpathtype": 0, "devpath": ".", "sortmode": 0, "viewmode": 0,
}  # fmt: skip


def device(known: dict[str, Control]) -> Patcher:
    """The patcher of the device. Its dials are the controls with a CC, as on a keyboard with knobs."""
    rows = [row for row in known.values() if row.cc is not None][: 2 * DIALS]
    more: dict[str, Any] = {
        "openinpresentation": 1, "devicewidth": WIDE, "openrect": [0.0, 0.0, WIDE, TALL], "latency": 0,
        "minimum_live_version": "", "minimum_max_version": "", "platform_compatibility": 0, "project": PROJECT,
        "dependency_cache": [], "autosave": 0,
    }  # fmt: skip
    p = Patcher(WIDE, TALL, more)
    note = p.ui("live.comment", (EDGE, 24, 148, 30), text=AWAY, **TEXT)
    head(p, note)
    for index, row in enumerate(rows):
        line, column = divmod(index, DIALS)
        cell(p, OF_DEVICE, row, (164 + column * (WIDTH - 20), 14 + line * (HEIGHT + 18)), WIDTH - 24, AUTOMATED)
    where(p)
    midi(p)
    p.sub("daemon_to_controls", hears(OF_DEVICE, rows))
    p.sub("controls_to_daemon", moves(OF_DEVICE, guarded=True))
    p.sub("sounds_to_simplers", simplers(note_name=f"{OF_DEVICE}.note"))
    p.chain(f"r {OF_DEVICE}.note", note)
    return p


def setting(name: str, invisible: int, lo: float = 0, hi: float = 1, start: float | None = None) -> dict[str, Any]:
    """The block of a parameter that is no control of the table: a number, or a switch where it goes from 0 to 1."""
    kind = {"parameter_type": 2, "parameter_enum": ["off", "on"]} if hi == 1 else {"parameter_type": 0}
    initial = {} if start is None else {"parameter_initial": [start]}
    block = {
        "parameter_longname": name, "parameter_shortname": name, "parameter_mmin": lo, "parameter_mmax": hi,
        "parameter_initial_enable": int(start is not None), "parameter_unitstyle": 0,
        "parameter_invisible": invisible, "parameter_modmode": 0, **initial, **kind,
    }  # fmt: skip
    return {"parameter_enable": 1, "varname": name, "saved_attribute_attributes": {"valueof": block}}


def head(p: Patcher, note: Box) -> None:
    """Name, light, the pad that the dials move, and buttons."""
    p.ui("live.comment", (EDGE, 6, 60, 18), text="driftkit", fontsize=12.0, fontface=1)
    light = p.ui("led", (EDGE + 66, 7, 14, 14), oncolor=[0.2, 0.8, 0.3, 1])
    p.chain(f"r {OF_DEVICE}.there", light)
    p.chain(f"r {OF_DEVICE}.there", "sel 0 1", f"(set {AWAY})", note)
    p.chain(p.boxes[-2], "(set driftkit answers)", note, outlet=1)
    failed = p.chain(f"r {OF_DEVICE}.fail", "zl slice 1")[-1]
    p.chain(failed, "prepend set", note, outlet=1)
    p.ui("live.comment", (EDGE, 60, 34, 18), text="pad", **TEXT)
    pad = p.ui("live.numbox", (EDGE + 36, 60, 40, 16), **setting("pad", AUTOMATED, 1, PADS, 1))
    chosen = p.chain("live.thisdevice", pad, "i", "t i i")[-1]
    p.chain(chosen, f"s {OF_DEVICE}.selected", outlet=1)
    ask = p.chain(chosen, f"sprintf {ROOT}/pad/%ld/*", f"s {OF_DEVICE}.out")[1]
    known = p.chain(f"r {OF_DEVICE}.there", "sel 1", "i 1")[-1]
    p.chain(chosen, known, outlet=1, inlet=1)
    p.chain(known, ask)
    for index, name in enumerate(("render", "play", "undo", "redo")):
        line, column = divmod(index, 2)
        at = (EDGE + column * 74, 86 + line * 26, 70.0, 20.0)
        button = p.ui("live.text", at, mode=0, text=name, **setting(name, AUTOMATED))
        number = p.chain(button, "i 1", f"prepend {ROOT}/{name}", f"s {OF_DEVICE}.out")[1]
        p.chain(chosen, number, outlet=1, inlet=1)
    fill = p.ui("live.toggle", (EDGE, 142, 16, 16), **setting("fill the rack", STORED, start=1))
    p.ui("live.comment", (EDGE + 20, 142, 70, 18), text="fill the rack", **TEXT)
    p.chain(fill, f"s {OF_DEVICE}.fill")


def where(p: Patcher) -> None:
    """Where the daemon and the rack are; stored with the set."""
    net = p.sub("driftkit.net", connection(OF_DEVICE, "127.0.0.1", "9001", "9002", start="live.thisdevice"))
    ready = p.chain("live.thisdevice", "t b b b b")[-1]
    p.ui("live.comment", (PLACE, 6, 110, 18), text="driftkit serve at", **TEXT)
    text = {
        "parameter_longname": "host", "parameter_shortname": "host", "parameter_type": 3, "parameter_invisible": STORED,
        "parameter_initial": ["127.0.0.1"], "parameter_initial_enable": 1,
    }  # fmt: skip
    host = p.ui(
        "textedit", (PLACE, 26, 110, 20), text="127.0.0.1", keymode=1, outputmode=1, lines=1, fontsize=10.0,
        parameter_enable=1, varname="host", saved_attribute_attributes={"valueof": text},
    )  # fmt: skip
    p.chain(ready, host, "route text", "prepend host", net)
    for outlet, (name, start) in enumerate((("port", 9001), ("listen", 9002)), start=1):
        y = 28.0 + 24 * outlet
        p.ui("live.comment", (PLACE, y, 46, 18), text=name, **TEXT)
        box = p.ui("live.numbox", (PLACE + 50, y, 56, 16), **setting(name, STORED, 1024, 65535, start))
        p.chain(ready, box, "i", f"prepend {name}", net, outlet=outlet)
    p.ui("live.comment", (PLACE, 106, 60, 18), text="rack is no.", **TEXT)
    rack = p.ui("live.numbox", (PLACE + 66, 106, 40, 16), **setting("rack", STORED, 1, 32, 2))
    p.chain(ready, rack, "i", "- 1", f"s {OF_DEVICE}.rack", outlet=3)


def midi(p: Patcher) -> None:
    """Notes go on to the rack; where the switch is on, they play driftkit's own pads as well."""
    bytes_in = p.chain("midiin", "midiout")[0]
    plays = p.ui("live.toggle", (EDGE + 96, 142, 16, 16), **setting("notes play", STORED, start=0))
    p.ui("live.comment", (EDGE + 116, 142, 38, 18), text="notes", **TEXT)
    gate = p.chain(plays, "gate 1 0")[-1]
    p.chain(bytes_in, "midiparse", gate, inlet=1)
    note = p.chain(gate, "unpack i i")[-1]
    pad = p.chain(
        note, f"- {FIRST_NOTE - 1}", f"split 1 {PADS}", "pack i f", f"prepend {ROOT}/play", f"s {OF_DEVICE}.out"
    )
    p.chain(note, "/ 127.", pad[3], outlet=1, inlet=1)  # a velocity of 0 is a release, which the daemon ignores


def simplers(note_name: str) -> Patcher:
    """Each pad's new file onto the Simpler of its note, in the rack of this track; a pad without one is left alone."""
    p = Patcher()
    app = p.chain("live.thisdevice", "(goto live_app)", "live.path", "t b l")[-1]
    live = p.chain(app, "(call get_minor_version, call get_major_version)", "live.object")[-1]
    p.chain(app, live, outlet=1, inlet=1)
    version = p.chain(live, "route get_major_version get_minor_version")[-1]
    able = p.chain(version, f"expr ($i1 * 100 + $i2) >= {REPLACES}", "t i i")[-2:]
    p.chain(version, able[0], outlet=1, inlet=1)
    p.chain(able[1], "sel 0", f"(set {BY_HAND})", f"s {note_name}", outlet=1)
    can = p.chain(able[1], "gate 1 0")[-1]
    wanted = p.chain(f"r {OF_DEVICE}.fill", "gate 1 1")[-1]
    p.chain(f"r {OF_DEVICE}.slot", can, inlet=1)
    p.chain(can, wanted, inlet=1)
    slots = p.chain(wanted, f"route {' '.join(str(pad) for pad in range(1, PADS + 1))}")[-1]
    for pad in range(1, PADS + 1):
        place = f"devices $1 drum_pads {FIRST_NOTE - 1 + pad} chains 0 devices 0"
        file = p.chain(slots, "unpack s s", "t b s", outlet=pad - 1)[-1]
        rack, *_, found = p.chain(
            p.chain(file, "i 1")[-1], f"(goto this_device canonical_parent {place})", "live.path", "route id", "sel 0"
        )
        p.chain(f"r {OF_DEVICE}.rack", rack, inlet=1)
        there = p.chain(found, "t b i", outlet=1)[-1]
        path = p.chain(there, "zl reg", "prepend call replace_sample", "live.object")
        p.chain(file, path[1], outlet=1, inlet=1)
        p.chain(there, "prepend id", path[-1], outlet=1, inlet=1)
    return p
