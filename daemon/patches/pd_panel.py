"""The panel for Pure Data: sixteen pads, and every control of the selected one, with Pd's own sliders.

A control NAME is sent by driftkit-knob-NAME and shown, silently, by driftkit-show-NAME.
"""

from ...sampler.controls import Control
from ..pads.pad import PADS
from ..pads.surfaces import PREFIX
from .canvas import Canvas
from .cells import number, shown, toggles

ACROSS, STEP, EDGE = 4, 74, 16  # pads of a row; from pad to pad; around, in pixels
LEFT, WIDE, TALL, COLUMNS = 340, 190, 54, 4  # where the controls begin; of a cell; cells of a row
PLACE = "127.0.0.1 9001"
LOOK = "0 10 #fcfcfc #000000 #000000"  # font, size, colours


def panel(known: dict[str, Control]) -> Canvas:
    """The window, for the controls of a model."""
    rows = [row for row in known.values() if shown(row)]
    lines = -(-len(rows) // COLUMNS)
    p = Canvas(LEFT + COLUMNS * WIDE + EDGE, max(EDGE * 2 + lines * TALL, 470))
    p.note("driftkit", (EDGE, EDGE))
    p.add("obj", f"tgl 18 0 empty driftkit-light there 24 9 {LOOK} 0 1", (EDGE + 80, EDGE))
    p.add("obj", f"nbx 3 18 1 {PADS} 0 0 driftkit-choose driftkit-pad pad 40 9 {LOOK} 1 256", (EDGE + 170, EDGE))
    for pad in range(1, PADS + 1):
        row, column = divmod(pad - 1, ACROSS)
        x, y = EDGE + column * STEP, EDGE + 44 + (PADS // ACROSS - 1 - row) * (STEP + 20)
        p.add("obj", f"bng 50 150 50 0 driftkit-hit-{pad} empty {pad} 18 -8 {LOOK}", (x, y))
        p.add("obj", f"bng 14 150 50 0 driftkit-new-{pad} empty empty 18 7 {LOOK}", (x, y + 54))
        p.add("symbolatom", f"6 0 0 0 - driftkit-name-{pad} -", (x + 16, y + 53))
    about = "A pad plays and is selected. The small button below makes another sound."
    p.note(about, (EDGE, EDGE + 44 + 4 * (STEP + 20)), 46)
    for index, control in enumerate(rows):
        line, column = divmod(index, COLUMNS)
        widget(p, control, LEFT + column * WIDE, EDGE + 12 + line * TALL)
    p.sub("connection", connection(), (EDGE, p.height - 30))
    p.sub("pads", pads(), (EDGE + 110, p.height - 30))
    p.sub("controls", controls(rows), (EDGE + 180, p.height - 30))
    return p


def widget(p: Canvas, row: Control, x: int, y: int) -> None:
    """A control at its place."""
    names = f"driftkit-knob-{row.name} driftkit-show-{row.name}"
    label = f"{row.name} 0 -8 {LOOK}"
    if row.kind == "text":
        p.note(row.name, (x - 4, y - 16), 24)
        p.add("symbolatom", f"24 0 0 0 - driftkit-show-{row.name} driftkit-knob-{row.name}", (x, y))
    elif row.kind == "choice":
        p.add("obj", f"hradio 14 1 0 {len(row.choices)} {names} {label} 0", (x, y))
        p.note(" ".join(row.choices), (x - 4, y + 13), 30)
    elif toggles(row):
        p.add("obj", f"tgl 16 0 {names} {label} 0 1", (x, y))
    elif number(row) or row.kind == "int":
        p.add("obj", f"nbx 9 16 {row.lo:g} {row.hi:g} 0 0 {names} {label} 0 256", (x, y))
    else:
        p.add("obj", f"hsl 100 15 {row.lo:g} {row.hi:g} 0 0 {names} {label} 0 1", (x, y))
        p.add("floatatom", f"7 0 0 0 - driftkit-value-{row.name} -", (x + 108, y))


def connection() -> Canvas:
    """Where driftkit is: a list to driftkit-place is another machine and port."""
    p = Canvas()
    p.chain("r driftkit-place", f"driftkit-net {PLACE}")
    p.chain("r driftkit-there", "(set $1)", "s driftkit-light")
    return p


def pads() -> Canvas:
    """Playing, selecting, and the names of the pads."""
    p = Canvas(900, 600)
    out = p.chain("s driftkit-out")[0]
    for pad in range(1, PADS + 1):
        p.chain(f"r driftkit-hit-{pad}", f"({pad})", "s driftkit-hit")
        p.chain(f"r driftkit-new-{pad}", f"({PREFIX}/render {pad})", out)
    hit = p.chain("r driftkit-hit", "t f f")[-1]
    p.chain(hit, f"({PREFIX}/play $1)", out, outlet=1)
    p.chain(hit, "s driftkit-choose")
    p.chain("r driftkit-choose", f"({PREFIX}/select $1)", out)
    chosen = p.chain("r driftkit-heard", "route done", f"route {PREFIX}/select", "t f f f")[-1]
    p.chain(chosen, "s driftkit-selected", outlet=2)
    p.chain(chosen, "(set $1)", "s driftkit-pad", outlet=1)
    p.chain(chosen, f"({PREFIX}/pad/$1/*)", out)  # asks for all of its controls
    now = p.chain("r driftkit-there", "sel 1", "f 1", "s driftkit-choose")[2]
    p.chain("r driftkit-selected", now, inlet=1)
    slots = p.chain("r driftkit-heard", "route slot", f"route {' '.join(str(pad) for pad in range(1, PADS + 1))}")[-1]
    for pad in range(1, PADS + 1):
        name = p.chain(slots, "list split 1", outlet=pad - 1)[-1]
        p.chain(name, "(set $1)", f"s driftkit-name-{pad}", outlet=1)
    return p


def controls(rows: list[Control]) -> Canvas:
    """What the knobs send goes to the selected pad; what belongs to that pad is shown on the knobs."""
    p = Canvas(1200, 900)
    mine = p.chain("r driftkit-move", "list prepend 1", "s driftkit-set")[1]
    p.chain("r driftkit-selected", mine, inlet=1)
    moved = p.chain("r driftkit-heard", "route pad", "t a a")[-1]
    gate = p.chain(p.chain(moved, "list split 1")[-1], "spigot", outlet=1)[-1]
    same = p.chain(moved, "list split 1", "symbol", "sel none", outlet=1)[-1]  # a word of an address is a symbol
    for outlet, is_open in enumerate((1, 0)):
        p.chain(p.chain(same, f"({is_open})", outlet=outlet)[-1], gate, inlet=1)
    p.chain("r driftkit-selected", "makefilename %d", same, inlet=1)
    names = p.chain(gate, "list trim", f"route {' '.join(row.name for row in rows)}")[-1]
    for outlet, row in enumerate(rows):
        sends, knob, shows = "s driftkit-move", f"r driftkit-knob-{row.name}", f"s driftkit-show-{row.name}"
        if row.kind == "choice":
            picked = p.chain(knob, f"sel {' '.join(str(index) for index in range(len(row.choices)))}")[-1]
            told = p.chain(names, f"route {' '.join(row.choices)}", outlet=outlet)[-1]
            for index, choice in enumerate(row.choices):
                p.chain(picked, f"({row.name} {choice})", sends, outlet=index)
                p.chain(told, f"(set {index})", shows, outlet=index)
            continue
        value = p.chain(names, "t a a", outlet=outlet)[-1]
        p.chain(value, "list", "(set $1)", shows)
        p.chain(knob, f"list prepend {row.name}", "list trim", sends)
        if row.kind == "float":
            p.chain(value, f"s driftkit-value-{row.name}", outlet=1)
            p.chain(knob, f"s driftkit-value-{row.name}")
    return p
