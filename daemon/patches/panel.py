"""The panel for Max: sixteen pads, the sound of the selected one, and every control of the table."""

from typing import Any

from ...sampler.controls import Control
from ...sampler.hit import CONTROLS
from ..pads.pad import PADS
from ..pads.surfaces import PREFIX as ROOT
from .boxes import Box, Patcher
from .cells import HEIGHT, SMALL, WIDTH, cell, hears, moves, shown, width
from .connection import GLOBAL, connection
from .pads import DARK, pads, sounds

SIDE, STEP, EDGE = 78.0, 86.0, 12.0  # of a pad, from pad to pad, around
ACROSS, COLUMNS, LEFT = 4, 8, 372.0  # pads of a row; cells of a row, and where they begin
TOP, VIEW, FOOT = 96.0, 450.0, 592.0  # where the pads begin, the waveform, the connection
GROUND, CARD = [0.86, 0.86, 0.86, 1], [0.94, 0.94, 0.94, 1]
BUTTON: dict[str, Any] = {"mode": 0, "outputmode": 0, "rounded": 6, "bgcolor": DARK, "textcolor": [1, 1, 1, 1]}
CONNECTED_TO = ("127.0.0.1", "9001", "9002")  # host and port of the daemon, port for its answers
HOW = "A pad plays and is selected when you click it; the controls above are those of the selected pad. Hover for help."
AWAY = "no driftkit yet: start driftkit serve"


def panel(known: dict[str, Control]) -> Patcher:
    """The whole window, for the controls of a model."""
    rows = [row for row in known.values() if shown(row)]
    task = next(iter(CONTROLS))
    first = [row for row in rows if row.name == task or (row.render and row.name not in CONTROLS)]
    groups = {
        "what it is": first,
        "how it is made": [row for row in rows if row.render and row not in first],
        "how it is played": [row for row in rows if not row.render],
    }
    p = Patcher(1130, 628, {"openinpresentation": 1, "locked_bgcolor": GROUND, "editing_bgcolor": GROUND})
    cards = [p.ui("panel", (0, 0, 0, 0), background=1, bgcolor=CARD, rounded=8) for _ in groups]
    head(p)
    for pad in range(1, PADS + 1):
        square(p, pad)
    view(p)
    foot(p)
    y = EDGE
    for card, (name, members) in zip(cards, groups.items()):
        y = group(p, card, name, members, y) + 8
    p.ui("comment", (LEFT + 6, FOOT + 2, 720, 18), text=HOW, **SMALL)
    p.sub("daemon_to_controls", hears(GLOBAL, rows))
    p.sub("controls_to_daemon", moves(GLOBAL))
    p.sub("pads", pads(GLOBAL))
    p.sub("sounds", sounds(GLOBAL))
    return p


def group(p: Patcher, card: Box, name: str, rows: list[Control], top: float) -> float:
    """Controls in lines below a title, on a card; where it ends."""
    p.ui("comment", (LEFT + 6, top + 4, 200, 20), text=name, fontface=1)
    column, y = 0, top + 26
    for row in rows:
        if column + width(row) > COLUMNS:
            column, y = 0, y + HEIGHT
        cell(p, GLOBAL, row, (LEFT + 8 + column * WIDTH, y))
        column += width(row)
    card.attributes["presentation_rect"] = [LEFT, top, COLUMNS * WIDTH + 10, y + HEIGHT - top]
    return y + HEIGHT


def head(p: Patcher) -> None:
    """Is the daemon there, what does it say, and which kit is open?"""
    p.ui("comment", (EDGE, 10, 100, 30), text="driftkit", fontsize=20, fontface=1)
    light = p.ui("led", (EDGE + 104, 16, 18, 18), oncolor=[0.2, 0.8, 0.3, 1], hint="lights when driftkit answers")
    note = p.ui("comment", (EDGE + 126, 8, 216, 36), text=AWAY, linecount=2, fontsize=11)
    p.chain(f"r {GLOBAL}.there", light)
    p.chain(f"r {GLOBAL}.there", "sel 0", f"(set {AWAY})", note)
    p.chain(f"r {GLOBAL}.status.reply", "zl nth 6", "sprintf set model %s", note)
    failed = p.chain(f"r {GLOBAL}.fail", "zl slice 1")[-1]  # the command, then the sentence
    p.chain(failed, "prepend set", note, outlet=1)
    kit(p)


def kit(p: Patcher) -> None:
    """A menu of kits, buttons to the next and the one before, and a name to save under."""
    y, out = 52.0, f"s {GLOBAL}.out"
    menu = p.ui("umenu", (EDGE, y, 132, 22), items=["kits"], hint="opens a kit")
    p.chain(menu, "tosymbol", f"prepend {ROOT}/preset/load", out, outlet=1)
    opened = p.chain(f"r {GLOBAL}.status.reply", "zl nth 11", "zl reg", "prepend setsymbol", menu)[2]
    listed = p.chain(f"r {GLOBAL}.preset", "t b l l")[-1]
    p.chain(listed, "zl slice 1", "sel 0", "(clear)", menu, outlet=2)  # the first of a new list
    p.chain(p.chain(listed, "unpack i i s", outlet=1)[-1], "prepend append", menu, outlet=2)
    p.chain(listed, opened)
    for x, text, command in ((148.0, "<", "previous"), (174.0, ">", "next")):
        button = p.ui("textbutton", (EDGE + x - 12, y, 24, 22), text=text, hint=f"opens the {command} kit", **BUTTON)
        p.chain(button, f"({ROOT}/preset/{command})", out)
    p.ui("comment", (EDGE + 190, y + 2, 48, 18), text="save as", **SMALL)
    name = p.ui("textedit", (EDGE + 240, y, 96, 22), keymode=1, outputmode=1, lines=1, hint="type a name, then Return")
    p.chain(name, "route text", f"prepend {ROOT}/preset/save", out)


def square(p: Patcher, pad: int) -> None:
    """A pad: its button plays and selects it, the small one below makes another sound."""
    row, column = divmod(pad - 1, ACROSS)
    x, y = EDGE + column * STEP, TOP + (PADS // ACROSS - 1 - row) * STEP  # pad 1 below on the left, as on hardware
    play = p.ui("textbutton", (x, y, SIDE, 54), text=str(pad), hint=f"plays and selects pad {pad}", **BUTTON)
    again = p.ui("textbutton", (x, y + 56, SIDE, 22), text="new", hint=f"makes another sound for pad {pad}", **BUTTON)
    p.chain(f"r {GLOBAL}.pad.{pad}", play, f"({pad})", f"s {GLOBAL}.hit")
    p.chain(again, f"({ROOT}/render {pad})", f"s {GLOBAL}.out")


def view(p: Patcher) -> None:
    """The waveform of the selected pad, what was heard in it, and what can be done to it."""
    wave = p.ui("waveform~", (EDGE, VIEW, 336, 76), buffername=f"{GLOBAL}.1", vticks=0, labels=0)
    p.chain(f"r {GLOBAL}.selected", f"sprintf set {GLOBAL}.%ld", wave)
    told = p.ui("comment", (EDGE, VIEW + 78, 336, 20), text="no sound yet", **SMALL)
    p.chain(f"r {GLOBAL}.told", told)
    for index, command in enumerate(("render", "undo", "redo", "stop")):
        at = (EDGE + index * STEP, VIEW + 102, SIDE, 26.0)
        button = p.ui("textbutton", at, text=command, hint=f"{command} the selected pad", **BUTTON)
        p.chain(button, f"({command})", f"s {GLOBAL}.do")


def foot(p: Patcher) -> None:
    """Where the daemon is, and the port for its answers."""
    net = p.abstraction(f"driftkit.net {' '.join(CONNECTED_TO)}", connection(GLOBAL, *CONNECTED_TO))
    x = EDGE
    for name, value, wide in zip(("host", "port", "listen"), CONNECTED_TO, (96.0, 56.0, 56.0)):
        p.ui("comment", (x, FOOT + 2, 40, 18), text=name, **SMALL)
        at = (x + 40, FOOT, wide - 4, 22.0)
        if name == "host":
            box = p.ui("textedit", at, keymode=1, outputmode=1, lines=1, hint="the machine of driftkit serve")
            p.chain(f"loadmess set {value}", box, "route text", f"prepend {name}", net)
        else:
            box = p.ui("number", at, minimum=1, maximum=65535, hint="a port; another program may have the other one")
            p.chain(f"loadmess set {value}", box, f"prepend {name}", net)
        x += wide + 44
