"""Kits as YAML text: every key is checked by its row of the table; a mistake is a sentence with file and line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from ...sampler.controls import Control, Value, did_you_mean, shown
from ...sampler.errors import Error
from ...sampler.hit import CLASS_NAME, CONTROLS, RESERVED, Hit, class_row, misspelt
from ..pads.midi_map import entry_mistake
from ..pads.pad import PADS
from ..pads.surfaces import KIT, WIDEST
from ..reading.texts import Places, read_yaml

KEYS = (*KIT, "midi", "pads")
_SAVED = ("hit", "file")  # keys of a pad that a save writes
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True)
class PadKit:
    """What a kit says of one pad: values set, the resolved Hit of its Sound, and that Sound's file.

    A file without a Hit brings the Sound of the values, rendered beforehand.
    """

    values: dict[str, Value] = field(default_factory=dict)
    hit: Hit | None = None
    scale: float = 1.0
    file: str = ""

    def takes(self, hit: Hit, model: str) -> bool:
        """Whether a Sound of that recipe is what the entry asks for, with the model of that tag.

        How finely it was rendered is no matter where the entry has no Hit of its own.
        """
        if self.hit is not None:
            return hit == self.hit
        weights = {name: value for name, value in self.values.items() if name not in WIDEST}
        asked = {name: value for name, value in self.values.items() if name in CONTROLS and name != "quality"}
        if asked.get("seed") == -1:
            del asked["seed"]
        return hit.model == model and hit.classes == weights and all(getattr(hit, n) == v for n, v in asked.items())


@dataclass(frozen=True)
class Kit:
    """A kit: pads by number, those not named being empty."""

    name: str
    pads: dict[int, PadKit]
    model: str = ""
    about: str = ""
    program: int | None = None
    midi: Mapping[str, str] = field(default_factory=dict)  # knobs that this kit gives another target
    kit: str = ""  # of the session: the kit that was open
    text: str = field(default="", compare=False, repr=False)  # the file as it was read or written


def parse_kit(text: str, name: str, where: str, controls: Mapping[str, Control]) -> Kit:
    """A kit from YAML text; `where` names it in error sentences.

    A kit that names its model was saved: its values may be beyond the limits of the model that is in, and its
    classes like those of that one.
    """
    return _Parser(text, where, controls).kit(name)


class _Parser:
    """Reads one kit."""

    def __init__(self, text: str, where: str, controls: Mapping[str, Control]) -> None:
        self._text, self._where = text, where
        self._places: Places = {}
        self._controls = controls
        self._near = controls  # of which another word may be a slip

    def kit(self, name: str) -> Kit:
        tree, self._places = read_yaml(self._text, self._where)
        if not isinstance(tree, dict):
            raise self._wrong((), "a kit is a table with the key pads")
        for key in tree:
            if key not in KEYS:
                raise self._wrong((key,), f"{_named(key)} is not a key of a kit; {did_you_mean(key, KEYS)}")
        if "pads" not in tree:
            raise self._wrong((), "there is no key pads; it must be a table of pads, as 1: {kick: 1}")
        head: dict[str, Any] = {
            key: self._value((key,), row, tree[key]) for key, row in KIT.items() if tree.get(key) is not None
        }
        if "model" in head:
            self._near = WIDEST
            self._controls = {name: WIDEST.get(name, row) for name, row in self._controls.items()}
        pads: dict[int, PadKit] = {}
        for key, entry in self._table(("pads",), tree["pads"], "pads", "1: {kick: 1}").items():
            number = int(key) if key.isascii() and key.isdigit() and len(key) <= 6 else 0
            if not 1 <= number <= PADS:
                raise self._wrong(("pads", key), f"pad is {_named(key)}; it must be from 1 to {PADS}")
            if number in pads:
                raise self._wrong(("pads", key), f"pad {number} is given twice; keep one of them")
            pads[number] = self._pad(("pads", key), number, entry)
        return Kit(**{**head, "name": name}, pads=pads, midi=self._midi(tree.get("midi")), text=self._text)

    def _wrong(self, path: tuple[str, ...], sentence: object) -> Error:
        known = (path[:end] for end in range(len(path), -1, -1) if path[:end] in self._places)
        line = next((self._places[one].line for one in known), 1)
        return Error(f"{self._where}, line {line}: {sentence}")

    def _table(self, path: tuple[str, ...], value: Any, what: str, example: str) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self._wrong(path, f"{what} is {shown(value)}; it must be a table, as {example}")
        return value

    def _value(self, path: tuple[str, ...], row: Control, value: Any) -> Value:
        """A value as its row takes it; a text is what is written, where YAML has made a number of it."""
        try:
            return row.check(self._worded(path, row, value))
        except Error as reason:
            raise self._wrong(path, reason) from None

    def _worded(self, path: tuple[str, ...], row: Control, value: Any) -> Any:
        if row.kind != "text" or isinstance(value, list | dict):
            return value
        word = self._places[path].word or ""
        return " ".join(word.split()) if "\n" in word else word

    def _pad(self, path: tuple[str, ...], number: int, entry: Any) -> PadKit:
        table = self._table(path, entry, f"pad {number}", "{kick: 1}")
        given = {key: value for key, value in table.items() if value is not None}  # without a value, as if left out
        values = {
            key: self._value((*path, key), self._row(path, key), given[key]) for key in given if key not in _SAVED
        }
        made = self._table((*path, "hit"), given.get("hit"), "hit", "{kick: 1}")
        file = self._worded((*path, "file"), KIT["kit"], given["file"]) if "file" in given else ""
        if not isinstance(file, str):
            raise self._wrong((*path, "file"), f"file is {shown(file)}; it must be a text")
        if not made:
            return PadKit(values, file=file)
        try:
            rows = {key: CONTROLS[key] for key in made if key in CONTROLS}
            made |= {key: self._worded((*path, "hit", key), row, made[key]) for key, row in rows.items()}
            scale = float(made.pop("scale", 1.0))
            return PadKit(values, Hit(**made), scale, file)
        except (Error, TypeError, ValueError) as reason:
            raise self._wrong((*path, "hit"), f"the hit of this pad is damaged: {reason}") from None

    def _row(self, path: tuple[str, ...], key: str) -> Control:
        """The row of a pad's key: a control, or the weight of a class, be it of another model."""
        if key in self._controls:
            return self._controls[key]
        if CLASS_NAME.fullmatch(key) and key not in RESERVED and not misspelt(key, self._near):
            return class_row(key)
        raise self._wrong((*path, key), f"{_named(key)} is not a control; {did_you_mean(key, self._controls)}")

    def _midi(self, table: Any) -> dict[str, str]:
        knobs = self._table(("midi",), table, "midi", "20: guidance")
        for source, target in knobs.items():
            sentence = entry_mistake(source, target, self._controls)
            if sentence:
                raise self._wrong(("midi", source), sentence)
        return knobs


def _named(key: str) -> str:
    """A key as a sentence names it: in quotes where one could not see what it is."""
    return key if key.isprintable() and key and len(key) <= 40 and " " not in key else shown(key)


def to_tree(kit: Kit) -> dict[str, Any]:
    """A kit as plain tables and values."""
    tree: dict[str, Any] = {"name": kit.name}
    for key in ("about", "model", "program", "kit"):
        if getattr(kit, key):
            tree[key] = getattr(kit, key)
    if kit.midi:
        tree["midi"] = dict(kit.midi)
    tree["pads"] = {}
    for number, pad in sorted(kit.pads.items()):
        entry: dict[str, Any] = dict(pad.values)
        if pad.hit is not None:
            entry["hit"] = pad.hit.as_dict() | ({"scale": pad.scale} if pad.scale != 1 else {})
        if pad.file:
            entry["file"] = pad.file
        tree["pads"][number] = entry
    return tree


def to_yaml(kit: Kit) -> str:
    """A kit as YAML that a person can edit; `parse_kit` reads it back as it was."""
    text: str = yaml.dump(to_tree(kit), Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=100)
    return text
