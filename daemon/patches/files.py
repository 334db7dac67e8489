"""The files that a user opens, by name, made from the controls of a model."""

from collections.abc import Callable
from pathlib import Path

from ...sampler.controls import Control
from . import amxd, pd, pd_panel
from .boxes import Patcher
from .canvas import Canvas
from .connection import GLOBAL, connection
from .device import device
from .objects import net_help, pad_help, pad_object, panel_help
from .panel import panel

CLIENTS = Path(__file__).resolve().parents[2] / "clients"

Rows = dict[str, Control]

PATCHERS: dict[str, Callable[[Rows], Patcher]] = {
    "driftkit.maxpat": panel,
    "driftkit.maxhelp": lambda known: panel_help(),
    "driftkit.net.maxpat": lambda known: connection(GLOBAL, "#1", "#2", "#3"),
    "driftkit.net.maxhelp": lambda known: net_help(),
    "driftkit.pad~.maxpat": lambda known: pad_object(),
    "driftkit.pad~.maxhelp": lambda known: pad_help(),
}


def max_files(known: Rows) -> dict[str, bytes]:
    """Everything for Max and Live, for a table of controls."""
    made = {name: make(known).text.encode() for name, make in PATCHERS.items()}
    return {**made, "driftkit.amxd": amxd.pack(device(known).text)}


def pd_files(known: Rows) -> dict[str, bytes]:
    """Everything for Pure Data."""
    made: dict[str, Callable[[], Canvas]] = {
        "driftkit.pd": lambda: pd_panel.panel(known), "driftkit-net.pd": pd.net, "driftkit-net-help.pd": pd.net_help,
        "driftkit-pad~.pd": pd.pad_object, "driftkit-pad~-help.pd": pd.pad_help,
    }  # fmt: skip
    return {name: make().text.encode() for name, make in made.items()}


def as_they_are(name: str) -> dict[str, bytes]:
    """What has no knobs of its own, and so is the same for every model."""
    folder = CLIENTS / name
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


KINDS: dict[str, Callable[[Rows], dict[str, bytes]]] = {
    "max": max_files,
    "pd": pd_files,
    "supercollider": lambda known: as_they_are("supercollider"),
    "reaper": lambda known: as_they_are("reaper"),
}
"""What there is for each program: the controls of a model -> names of files and what they hold."""
