"""What happens behind the pads of a panel: playing, selecting, loading their files, telling what was made."""

from ..pads.pad import PADS
from ..pads.surfaces import PREFIX as ROOT
from .boxes import Patcher

DARK, BRIGHT = [0.2, 0.22, 0.26, 1.0], [0.9, 0.48, 0.1, 1.0]


def pads(prefix: str) -> Patcher:
    """PREFIX.hit plays a pad and selects it; PREFIX.selected is the daemon's selection; PREFIX.do acts on that pad."""
    p, out = Patcher(), f"s {prefix}.out"
    hit = p.chain(f"r {prefix}.hit", "t i i")[-1]
    p.chain(hit, f"prepend {ROOT}/play", out, outlet=1)
    new = p.chain(hit, "change", f"prepend {ROOT}/select", out)[1]

    done = p.chain(f"r {prefix}.done", f"route {ROOT}/select")[-1]
    told = p.chain(done, "i", "t i i i i")[-1]  # the daemon's selection, whoever made it
    p.chain(told, f"s {prefix}.selected", outlet=3)
    p.chain(told, "(set $1)", new, outlet=2)
    p.chain(told, f"sprintf {ROOT}/pad/%ld/*", out, outlet=0)  # asks for all of its controls
    moved = p.chain(f"r {prefix}.control", "zl slice 1")[-1]  # a pad that has another name
    named = p.chain(p.chain(moved, "route name", "t b", "(1)", outlet=1)[-1], "gate 1 0")[-1]
    number = p.chain(moved, "t b i")[-1]
    p.chain(number, named, outlet=1, inlet=1)
    p.chain(number, "(0)", named)
    p.chain(named, f"prepend {ROOT}/slot/list", out)

    now = p.chain(f"r {prefix}.there", "sel 1", "i 1", f"prepend {ROOT}/select", out)[
        2
    ]  # the pad that was selected here
    p.wire(told, now, 1, 1)
    do = p.chain(f"r {prefix}.do", "route render undo redo stop")[-1]
    for outlet, command in enumerate(("render", "undo", "redo", "stop")):
        number = p.chain(do, "i 1", f"prepend {ROOT}/{command}", out, outlet=outlet)[1]
        p.chain(f"r {prefix}.selected", number, inlet=1)
    for pad in range(1, PADS + 1):
        chosen = p.chain(f"r {prefix}.selected", f"sel {pad}")[-1]
        for outlet, colour in enumerate((BRIGHT, DARK)):
            p.chain(chosen, f"(bgcolor {' '.join(map(str, colour))})", f"s {prefix}.pad.{pad}", outlet=outlet)
    return p


def sounds(prefix: str) -> Patcher:
    """Each pad's file in the buffer PREFIX.N, its name on the pad, and a line about each new sound."""
    p = Patcher()
    new = p.chain(f"r {prefix}.sound", "zl slice 1")[-1]  # the id, then the rest
    parts = p.chain(new, "unpack i s i f s f", outlet=1)[-1]
    line = p.chain("sprintf set pad %ld  %s %.2f  seed %ld  %.0f ms", f"s {prefix}.told")[0]
    for outlet, inlet in ((0, 0), (4, 1), (5, 2), (2, 3), (3, 4)):
        p.wire(parts, line, outlet, inlet)
    slots = p.chain(f"r {prefix}.slot", f"route {' '.join(str(pad) for pad in range(1, PADS + 1))}")[-1]
    for pad in range(1, PADS + 1):
        file = p.chain(slots, "unpack s s", outlet=pad - 1)[-1]
        p.chain(file, "prepend replace", f"buffer~ {prefix}.{pad}")
        p.chain(file, "prepend text", f"s {prefix}.pad.{pad}", outlet=1)
    return p
