"""driftkit.pad~, a pad as an object inside other patches, and the help patches."""

from ..pads.surfaces import PREFIX as ROOT
from .boxes import Box, Patcher
from .connection import GLOBAL, connection

ACTIONS = ("render", "undo", "redo")
PAGE = 860.0  # pixels, the width of a help patch


def pad_object() -> Patcher:
    """driftkit.pad~ N: plays pad N of the daemon from a buffer of its own, which follows every new sound.

    Inlet: bang or a velocity 0..1 plays; render, undo and redo act on the pad; `set NAME VALUE` moves a control.
    Outlets: the sound, a bang at its end, the name of each new sound.
    """
    p = Patcher(900, 520)
    out, buffer = f"s {GLOBAL}.out", "#0-sound"
    asked = p.chain("inlet", f"route bang {' '.join(ACTIONS)} set")[-1]
    struck = p.chain(asked, "(1.)", "t b f")[-1]
    p.chain(asked, struck, outlet=len(ACTIONS) + 2)  # what is no word is a velocity
    play, loud, _ = p.chain(p.chain(struck, "(start)")[-1], f"play~ {buffer}", "*~ 1.", "outlet")[1:]
    p.chain(struck, "expr $f1 * $f1", loud, outlet=1, inlet=1)
    p.chain(play, "outlet", outlet=1)
    for outlet, action in enumerate(ACTIONS):
        p.chain(asked, f"({ROOT}/{action} #1)", out, outlet=1 + outlet)
    named = p.chain(asked, "zl slice 1", outlet=1 + len(ACTIONS))[-1]
    whole = p.chain(named, "(#1 $1)", f"sprintf {ROOT}/pad/%ld/%s", "zl join", out)[-2]
    p.chain(named, whole, outlet=1, inlet=1)
    slot = p.chain(f"r {GLOBAL}.slot", "route #1", "unpack s s")[-1]
    p.chain(slot, "prepend replace", f"buffer~ {buffer}")
    p.chain(slot, "outlet", outlet=1)
    p.chain("loadbang", f"({ROOT}/slot/list #1)", out)
    return p


def _page(title: str, about: list[str]) -> Patcher:
    p = Patcher(PAGE + 60, 520)
    p.ui("comment", size=(PAGE, 30), text=title, fontsize=20, fontface=1)
    for line in about:
        p.ui("comment", size=(PAGE, 20), text=line)
    return p


def _net(p: Patcher) -> Box:
    return p.abstraction("driftkit.net 127.0.0.1 9001 9002", connection(GLOBAL, "#1", "#2", "#3"))


def pad_help() -> Patcher:
    """driftkit.pad~.maxhelp."""
    about = [
        "A pad of driftkit as an object. Its argument is the number of the pad, 1 to 16.",
        "One driftkit.net in all of Max is needed beside it, or the panel driftkit.maxpat, which holds one.",
        "bang or a velocity from 0 to 1 plays; render makes another sound; undo and redo go back and forth.",
        "set NAME VALUE moves a control: docs/controls.md lists their names.",
        "Outlets: the sound, a bang at its end, the name of each new sound.",
    ]
    p = _page("driftkit.pad~", about)
    _net(p)
    pad = p.abstraction("driftkit.pad~ 1", pad_object())
    for message in ("0.4", *ACTIONS, "set kick 0.7", "set guidance 2."):
        p.chain(f"({message})", pad)
    p.chain(p.ui("button", size=(24, 24)), pad)
    speaker = p.ui("ezdac~", size=(45, 45))
    p.chain(pad, speaker)
    p.chain(pad, speaker, inlet=1)
    p.chain(pad, p.ui("button", size=(24, 24)), outlet=1)
    p.chain(pad, "prepend set", p.ui("message", size=(160, 22)), outlet=2)
    return p


def net_help() -> Patcher:
    """driftkit.net.maxhelp."""
    about = [
        "The connection to driftkit serve: have one of it in all of Max. The panel driftkit.maxpat holds one.",
        "Arguments: machine, port of driftkit, and a port for its answers that no other program on this machine has.",
        "It asks every two seconds until driftkit answers, and begins again when driftkit has gone.",
        "s driftkit.out takes any message of docs/osc.md. These bring what is answered, without the address:",
        "r driftkit.there (1 or 0), done, fail, sound, slot, preset, status.reply, and control (pad name value).",
    ]
    p = _page("driftkit.net", about)
    net = _net(p)
    for message in ("host 127.0.0.1", "port 9001", "listen 9002"):
        p.chain(f"({message})", net)
    for message in ("render 1", "play 1", "pad/1/kick 0.5", "slot/list"):
        p.chain(f"({ROOT}/{message})", f"s {GLOBAL}.out")
    for name in ("there", "done", "sound", "slot", "fail"):
        p.chain(f"r {GLOBAL}.{name}", f"print {name}")
    return p


def panel_help() -> Patcher:
    """driftkit.maxhelp."""
    about = [
        "driftkit.maxpat is the panel: open it, and start driftkit serve in a terminal. Its light goes on.",
        "A pad plays when you click it, and is selected: the controls on the right are its own.",
        "new below a pad makes another sound for it; undo brings back the one before.",
        "Type or drop a file at source a, choose the task vary, and render: a sound near that file.",
        "Every sound also lies in a buffer, driftkit.1 to driftkit.16, for play~, groove~ and all others.",
        "In patches of your own take driftkit.pad~, with one driftkit.net beside it.",
    ]
    p = _page("driftkit", about)
    p.chain("(load driftkit.maxpat)", "pcontrol")
    p.chain(p.ui("button", size=(24, 24)), "(start)", "play~ driftkit.1", p.ui("ezdac~", size=(45, 45)))
    return p
