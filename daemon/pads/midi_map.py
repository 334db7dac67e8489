"""Which knob moves what: targets by name, the default map of the table, the user's map in a file.

A map goes from a source, `20` for CC 20 or `nrpn 5`, to a target, as MIDI has it: a knob moves one
thing, one thing may have several knobs. `none` takes a source's default away.
"""

import logging
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ...sampler.controls import Control, did_you_mean
from ...sampler.errors import Error
from ...sampler.files import appearing, followed, free
from ...sampler.hit import CLASS_NAME, RESERVED, misspelt
from ..reading.texts import decoded, read_yaml
from .pad import PADS

ACTIONS = ("render", "play", "undo", "redo", "preset/next", "preset/previous")
NONE = "none"  # the target of a source that moves nothing
TAKEN = {  # CCs that MIDI itself gives a meaning
    **dict.fromkeys((0, 32), "bank select"),
    **dict.fromkeys((6, 38, 96, 97, 98, 99, 100, 101), "data entry of NRPN and RPN"),
    **dict.fromkeys(range(120, 128), "a channel mode message"),
}
NRPN_MAX = 16_383
WORDS = {"yes": True, "on": True, "no": False, "off": False}  # truths of YAML 1.1, as maps of before may have them
SIZE_MAX = 64 * 1024  # bytes of the user's map
HEAD = """# Which MIDI knob moves what; written by driftkit when you learn, and yours to edit while it does not run.
# map: a CC (20) or an NRPN (nrpn 5) to a control of the selected pad (guidance), of one pad (pad/3/guidance),
# an action (render, play, undo, redo, select/3, preset/next, preset/previous), or none.
"""
log = logging.getLogger("driftkit")
_SOURCE = re.compile(r"(nrpn )?(0|[1-9][0-9]{0,4})")


@dataclass(frozen=True)
class Target:
    """What a knob moves: a control of a pad (None: the selected one), or an action with its pad."""

    name: str
    pad: int | None = None
    action: bool = False


def parse_target(text: str, controls: Mapping[str, Control]) -> Target:
    """A target by its public name; `Error` with the nearest one for another word."""
    parts = text.split("/")
    if text in ACTIONS:
        return Target(text, action=True)
    if parts[0] in ("select", "pad") and len(parts) == (2 if parts[0] == "select" else 3):
        if parts[1] not in map(str, range(1, PADS + 1)):
            raise Error(f"{text}: pad is {parts[1][:20]!r}; it must be from 1 to {PADS}")
        if parts[0] == "select":
            return Target("select", int(parts[1]), action=True)
    elif len(parts) > 1:
        raise Error(
            f"{text[:60]} is not a target; it must be NAME, pad/N/NAME or an action: {', '.join(ACTIONS)}, select/N"
        )
    name, pad = parts[-1], int(parts[1]) if len(parts) == 3 else None
    if name not in controls:
        known = [name for name, row in controls.items() if turnable(row)]
        raise Error(f"{name[:60]} is neither a control nor an action; {did_you_mean(name, [*known, *ACTIONS])}")
    if not turnable(controls[name]):
        raise Error(f"{name} cannot be moved by a knob; a target is a control with a range or choices, or an action")
    return Target(name, pad)


def turnable(row: Control) -> bool:
    """Can a knob move this control? Not a text, nor what has only one value."""
    return row.kind == "choice" or (row.kind != "text" and row.lo < row.hi)


def source_mistake(source: str) -> str:
    """The sentence that is wrong with a source, or nothing."""
    found = _SOURCE.fullmatch(source)
    if not found:
        return f"{source[:40]!r} is not a knob; it must be a CC (20) or an NRPN (nrpn 5)"
    number = int(found[2])
    if found[1]:
        return "" if number < NRPN_MAX else f"NRPN is {number}; it must be from 0 to {NRPN_MAX - 1}"
    if number > 127:
        return f"CC is {number}; it must be from 0 to 127"
    return f"CC {number} is {TAKEN[number]}; choose another" if number in TAKEN else ""


def spoken(source: str) -> str:
    """A source as a sentence names it."""
    return source.replace("nrpn", "NRPN") if source.startswith("nrpn") else f"CC {source}"


def entry_mistake(source: str, target: Any, controls: Mapping[str, Control]) -> str:
    """The sentence that is wrong with one entry of a map, or nothing.

    The class weight of another model is kept, as in a kit: it moves nothing here.
    """
    wrong = source_mistake(source)
    if wrong:
        return wrong
    if not isinstance(target, str):
        return f"the target of {spoken(source)} is {target!r}; it must be a text such as guidance or pad/3/guidance"
    try:
        if target != NONE:
            parse_target(target, controls)
    except Error as reason:
        name = target.rpartition("/")[2]
        foreign = CLASS_NAME.fullmatch(name) and name not in (*controls, *RESERVED)
        if not foreign or misspelt(name, [*controls, *ACTIONS]) or target.count("/") not in (0, 2):
            return str(reason)
    return ""


def defaults(controls: Mapping[str, Control]) -> dict[str, str]:
    """The map that the table of controls makes: its CC column, and each row's number as NRPN."""
    ccs = {str(row.cc): name for name, row in controls.items() if row.cc is not None and turnable(row)}
    nrpns = {f"nrpn {number}": name for number, (name, row) in enumerate(controls.items()) if turnable(row)}
    return ccs | nrpns


def effective(*maps: Mapping[str, str], controls: Mapping[str, Control]) -> dict[str, Target]:
    """Maps laid over each other, the last on top; sources without a target here are left out."""
    laid: dict[str, str] = {}
    for one in maps:
        laid |= one
    found = {}
    for source, text in laid.items():
        try:
            found[source] = parse_target(text, controls)
        except Error:  # none, or a class of another model
            continue
    return found


@dataclass(frozen=True)
class UserMap:
    """What the user's file says."""

    map: Mapping[str, str]
    select_on_play: bool = False


class MapFile:
    """The user's map: read when asked, changed by reading, changing and replacing; a wrong file is left as it is."""

    def __init__(self, path: Path, controls: Mapping[str, Control]) -> None:
        self.path = path
        self.controls = controls

    def read(self) -> UserMap:
        """The file's map, empty where there is none; `Error` names the file and what is wrong."""
        try:
            if self.path.stat().st_size > SIZE_MAX:
                raise Error(f"{self.path} is larger than {SIZE_MAX // 1024} KiB; a MIDI map is not")
            data = self.path.read_bytes()
        except FileNotFoundError:
            return UserMap({})
        except OSError as reason:
            raise Error(f"the MIDI map {self.path} cannot be read: {reason}") from None
        tree, _ = read_yaml(decoded(data, str(self.path)), str(self.path))
        return self._checked({} if tree is None else tree)

    def _checked(self, tree: Any) -> UserMap:
        if not isinstance(tree, dict):
            raise Error(f"{self.path}: a MIDI map is a table with the keys map and select_on_play")
        for key in tree:
            if key not in ("map", "select_on_play"):
                raise Error(f"{self.path}: {key} is no key; {did_you_mean(str(key), ('map', 'select_on_play'))}")
        chosen, table = tree.get("select_on_play", False), tree.get("map") or {}
        chosen = WORDS.get(str(chosen).lower(), chosen)
        if not isinstance(chosen, bool):
            raise Error(f"{self.path}: select_on_play is {chosen!r}; it must be true or false")
        if not isinstance(table, dict):
            raise Error(f"{self.path}: map is {table!r}; it must be a table of knobs and targets")
        for source, target in table.items():
            wrong = entry_mistake(source, target, self.controls)
            if wrong:
                raise Error(f"{self.path}: {wrong}")
        return UserMap(table, chosen)

    def write(self, user: UserMap) -> None:
        """Replace the file atomically, or the one that a link leads to; `Error` where the disk refuses.

        Comments in it, which cannot be kept, stay in a copy beside it.
        """
        tree = {
            "select_on_play": user.select_on_play,
            "map": {_key(s): t for s, t in sorted(user.map.items(), key=_rank)},
        }
        try:
            path = followed(self.path)
            if path.exists() and "#" in decoded(path.read_bytes(), str(path)).removeprefix(HEAD):
                aside = free(path.with_suffix(".yaml.before"))
                shutil.copyfile(path, aside)
                log.warning("%s is written anew without its comments; as it was it is kept as %s", path, aside)
            with appearing(path) as staged, staged.open("w", encoding="utf-8") as file:
                file.write(HEAD + yaml.safe_dump(tree, sort_keys=False))
                file.flush()
                os.fsync(file.fileno())
        except OSError as reason:
            raise Error(f"the MIDI map {self.path} cannot be saved: {reason.strerror}") from None


def learned(user: UserMap, known: Mapping[str, str], source: str, target: str) -> UserMap:
    """The user's map once `target` has `source` alone; `known` is the default map."""
    return UserMap({**forgotten(user, known, target).map, source: target}, user.select_on_play)


def forgotten(user: UserMap, known: Mapping[str, str], target: str) -> UserMap:
    """The user's map once no CC moves `target`; NRPNs of the table, which are addresses, stay."""
    kept = {source: name for source, name in user.map.items() if name != target}
    masked = {source: NONE for source, name in known.items() if name == target and not source.startswith("nrpn")}
    return UserMap(masked | {source: name for source, name in kept.items()}, user.select_on_play)


def _key(source: str) -> int | str:
    return int(source) if source.isdigit() else source


def _rank(entry: tuple[str, str]) -> tuple[bool, int]:
    return not entry[0].isdigit(), int(entry[0].rpartition(" ")[2])
