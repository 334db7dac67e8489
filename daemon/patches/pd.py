"""Pure Data, with its own objects alone: the connection, a pad as an object, and their help.

Names of `s` and `r`: driftkit-out takes `/driftkit/... value`, driftkit-set takes `pad name value`, driftkit-heard
brings every answer as words, driftkit-there is 1 or 0.
"""

from ..pads.surfaces import PREFIX
from .canvas import Box, Canvas
from .connection import ALL_PADS, ASK_MS, AWAY_MS, ONE_PAD

ROOT = PREFIX.strip("/")
ACTIONS = ("render", "undo", "redo")
HELLO = ("status", "preset list", "slot list")
RATE_HZ = 44100  # of a file until it says otherwise


def net() -> Canvas:
    """driftkit-net HOST PORT: asks until driftkit answers, subscribes, and begins again when it has gone.

    Pd hears answers on the socket that it sends from. A send that fails closes that socket, so it is opened anew.
    The inlet takes another host and port.
    """
    p = Canvas(1000, 640)
    send = p.chain("netsend -u -b")[0]
    said = p.chain("r driftkit-out", "list split 1")[-1]
    _formatted(p, send, said, "list prepend set")
    moved = p.chain("r driftkit-set", "list split 2")[-1]
    _formatted(p, send, moved, f"list prepend set {ROOT} pad")

    ask = p.chain("loadbang", "(1)", f"metro {ASK_MS}", "t b b")[-1]
    ping = p.chain(ask, "f 0", "sel 1", f"oscformat {ROOT} notify", send)[1:3]  # is it there, and does it know us?
    p.chain(ping[1], "t b", f"oscformat {ROOT} ping", send, outlet=1)
    p.chain("r driftkit-there", ping[0], inlet=1)
    is_open = p.chain(ask, "f", outlet=1)[-1]
    p.chain(send, is_open, inlet=1)
    place = p.chain(is_open, "sel 0", "list append $1 $2", "list prepend connect", "list trim", send)[2]
    other = p.chain("inlet", "t b a")[-1]
    p.chain(other, place, outlet=1, inlet=1)
    p.chain(other, "(disconnect)", send)

    heard = p.chain(send, "oscparse", "list trim", f"route {ROOT}", "t a b", outlet=1)[-1]
    p.chain(heard, "s driftkit-heard")
    alive = p.chain(heard, "t b b", outlet=1)[-1]
    state = p.chain(alive, "(1)", "change -1", outlet=1)[-1]
    silence = p.chain(alive, f"delay {AWAY_MS}", "(0)", state)[1]
    p.chain("loadbang", silence)
    turned = p.chain(state, "t f f f")[-1]
    p.chain(turned, "s driftkit-there", outlet=1)
    p.chain(turned, "sel 0", "(no driftkit answers: start driftkit serve)", "print driftkit-net", outlet=2)
    hello = p.chain(turned, "sel 1", f"t {' '.join('b' * (len(HELLO) + 1))}")[-1]
    p.chain(hello, "(list 1)", f"oscformat {ROOT} notify", send, outlet=len(HELLO))
    unknown = p.chain("r driftkit-heard", "route done", f"route {PREFIX}/notify", "sel 0")[-1]
    p.chain(unknown, f"delay {ASK_MS // 2}", hello)  # it was started anew
    for outlet, question in enumerate(HELLO):
        p.chain(hello, f"oscformat {ROOT} {question}", send, outlet=outlet)

    # whatever gives a pad another sound: ask for its file and name
    news = p.chain("r driftkit-heard", "route done sound")[-1]
    done = p.chain(news, f"route {' '.join(f'{PREFIX}/{name}' for name in (*ONE_PAD, *ALL_PADS))}")[-1]
    one = p.chain(f"oscformat {ROOT} slot list", send)[0]
    for outlet in range(len(ONE_PAD)):
        p.chain(done, one, outlet=outlet)
    every = p.chain("b", f"oscformat {ROOT} slot list", send)[0]
    for outlet in range(len(ONE_PAD), len(ONE_PAD) + len(ALL_PADS)):
        p.chain(done, every, outlet=outlet)
    pad = p.chain(news, "list split 1", outlet=1)[-1]
    p.chain(pad, "list split 1", one, outlet=1)
    return p


def _formatted(p: Canvas, send: Box, split: Box, address: str) -> None:
    """The first words become the address, the others its values."""
    keep = p.chain(split, "list append", outlet=1, inlet=1)[-1]
    order = p.chain(split, "t b a")[-1]
    form = p.chain(order, address, "list trim", "oscformat", send, outlet=1)[3]
    p.chain(order, keep, form)


def pad_object() -> Canvas:
    """driftkit-pad~ N: plays pad N from an array of its own, at any sample rate; the array follows every new sound.

    Inlet: bang or a velocity 0..1 plays; render, undo and redo act on the pad; `set NAME VALUE` moves a control.
    Outlets: the sound; its length in samples when it has been loaded.
    """
    p = Canvas(1000, 600)
    heard = p.chain("outlet~")[0]  # the left one
    asked = p.chain("inlet", f"route bang float {' '.join(ACTIONS)} set")[-1]
    struck = p.chain(asked, "(1)", "t b f")[-1]
    p.chain(asked, struck, outlet=1)
    for outlet, action in enumerate(ACTIONS, start=2):
        p.chain(asked, "f $1", f"({PREFIX}/{action} $1)", "s driftkit-out", outlet=outlet)
    p.chain(asked, "list prepend $1", "s driftkit-set", outlet=2 + len(ACTIONS))

    slot = p.chain("r driftkit-heard", "route slot", "route $1")[-1]
    read = ("list split 1", "list prepend read -resize", "list append $0-pad", "list trim", "soundfiler")
    file = p.chain(slot, *read)[-1]
    count = p.chain(p.chain(file, "moses 1")[-1], "t f f f", outlet=1)[-1]  # 0: the file has gone, the old sound stays
    p.chain(count, "outlet")
    length_ms = p.chain(count, "* 1000", f"/ {RATE_HZ}", outlet=2)[-1]
    p.chain(p.chain(file, "list split 1", outlet=1)[-1], length_ms, inlet=1)  # the file's own rate
    frames = p.chain(struck, "f")[-1]
    p.chain(count, frames, outlet=1, inlet=1)
    way = p.chain(frames, "pack f f", "(0, $1 $2)", "vline~", "tabread4~ $0-pad", "*~ 1", heard)
    p.chain(length_ms, way[1], inlet=1)
    square = p.chain(struck, "t f f", "*", way[-2], outlet=1, inlet=1)
    p.chain(square[1], square[2], outlet=1, inlet=1)
    p.chain("array define $0-pad")
    p.chain("loadbang", "f $1", f"({PREFIX}/slot/list $1)", "s driftkit-out")
    return p


def _page(title: str, about: list[str]) -> Canvas:
    p = Canvas(860, 480)
    for line, text in enumerate([title, *about]):
        p.note(text, (20, 16 + 22 * line))
    p.top = 40.0 + 22 * (len(about) + 1)
    return p


def pad_help() -> Canvas:
    """driftkit-pad~-help.pd."""
    about = [
        "A pad of driftkit as an object. Its argument is the number of the pad, 1 to 16.",
        "It needs one driftkit-net in all of Pd, here for a driftkit serve on this machine.",
        "bang or a velocity from 0 to 1 plays. render makes another sound, undo and redo go back and forth.",
        "set NAME VALUE moves a control. docs/controls.md lists their names.",
        "Outlets: the sound, and its length in samples when it has been loaded.",
    ]
    p = _page("driftkit-pad~", about)
    p.chain("driftkit-net 127.0.0.1 9001")
    pad = p.chain("(bang)", "driftkit-pad~ 1")[-1]
    for message in ("0.4", *ACTIONS, "set kick 0.7", "set guidance 2"):
        p.chain(f"({message})", pad)
    p.chain(pad, "dac~")
    p.chain(pad, p.boxes[-1], inlet=1)
    p.chain(pad, "print samples", outlet=1)
    return p


def net_help() -> Canvas:
    """driftkit-net-help.pd."""
    about = [
        "The connection to driftkit serve. Have one of it in all of Pd. Arguments: machine and port.",
        "It asks every two seconds until driftkit answers, and begins again when driftkit has gone.",
        "driftkit-out takes any message of docs/osc.md, driftkit-set takes pad, name and value of a control.",
        "driftkit-heard brings every answer without /driftkit, driftkit-there is 1 or 0.",
    ]
    p = _page("driftkit-net", about)
    p.chain("(list localhost 9001)", "driftkit-net 127.0.0.1 9001")
    for message in ("render 1", "play 1", "status", "pad/1/snare"):
        p.chain(f"({PREFIX}/{message})", "s driftkit-out")
    p.chain("(1 snare 0.5)", "s driftkit-set")
    p.chain("r driftkit-there", p.add("obj", "tgl 25 0 empty empty there 30 12 0 10 #fcfcfc #000000 #000000 0 1"))
    p.chain("r driftkit-heard", "print driftkit")
    return p
