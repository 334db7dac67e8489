"""Kits: YAML files of sixteen pads, read with care and written atomically.

A wrong kit is refused as a whole, with the file, the line and the nearest right key.
"""

import os
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from ..sampler.controls import Control, Value, did_you_mean, is_number, shown
from ..sampler.errors import Error
from ..sampler.files import appearing
from ..sampler.hit import CLASS_NAME, RESERVED, Hit, misspelt
from .kit_text import read_yaml
from .midi_map import entry_mistake
from .pads import PADS, made_of
from .surfaces import WIDEST, kit_schema

SHIPPED = Path(__file__).resolve().parents[1] / "presets"
SIZE_MAX = 512 * 1024  # bytes of a kit file
SESSION = "last"  # the kit that serve keeps by itself
FIRST = "studio"  # the kit of the very first start


@dataclass(frozen=True)
class PadKit:
    """What a kit says of one pad: values set, the resolved Hit of its Sound, and that Sound's file."""

    values: dict[str, Value] = field(default_factory=dict)
    hit: Hit | None = None
    scale: float = 1.0
    file: str = ""


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


def user_folder() -> Path:
    """The user's presets, in the configuration folder of the operating system."""
    import platformdirs

    return Path(platformdirs.user_config_dir("driftkit", appauthor=False)) / "presets"


class Library:
    """The kits of a user and the shipped ones, by name; a user's kit shadows a shipped one."""

    def __init__(self, controls: dict[str, Control], user: Path | None = None) -> None:
        self.controls = controls
        self.user = user or user_folder()

    def list(self) -> dict[str, Path]:
        """Kits by name in alphabetical order, without the session that serve keeps."""
        found: dict[str, Path] = {}
        for folder in (self.user, SHIPPED):
            for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
                if path.stem != SESSION:
                    found.setdefault(path.stem, path)
        return dict(sorted(found.items()))

    def find(self, name: str) -> Path:
        """The file of a kit; `Error` with the nearest name."""
        session = self.user / f"{SESSION}.yaml"
        if name == SESSION and session.is_file():
            return session
        found = self.list()
        if name not in found:
            self.check_name(name)
            raise Error(f"there is no preset {name}; {did_you_mean(name, found)} (`driftkit presets` lists them)")
        return found[name]

    def load(self, name: str) -> Kit:
        """Read a kit by name."""
        return read_kit(self.find(name), self.controls)

    def save(self, kit: Kit) -> Path:
        """Write a kit into the user's folder, replacing it atomically; shipped kits are only shadowed."""
        self.check_name(kit.name)
        path = self.user / f"{kit.name}.yaml"
        try:
            with appearing(path) as staged, staged.open("w", encoding="utf-8") as file:
                file.write(kit.text or to_yaml(kit))
                file.flush()
                os.fsync(file.fileno())
        except OSError as reason:
            raise Error(f"the preset {kit.name} cannot be saved in {self.user}: {reason.strerror}") from None
        return path

    def set_aside(self, name: str) -> Path | None:
        """Keep a file of the user's that cannot be read under another name; None where there is none."""
        path = self.user / f"{name}.yaml"
        aside = path.with_suffix(".yaml.broken")
        try:
            os.replace(path, aside)
        except OSError:
            return None
        return aside

    def drop_sources(self) -> None:
        """Take away the sources beside the kits that no kit names any more; what is younger than a day stays."""
        with suppress(OSError):
            texts = [path.read_text("utf-8", "replace") for path in self.user.glob("*.yaml*")]
            for path in (self.user / "sources").glob("*.wav"):
                old = time.time() - path.stat().st_mtime > 86400
                if old and re.fullmatch(r"[0-9a-f]{64}", path.stem) and not any(path.stem in text for text in texts):
                    path.unlink()

    def check_name(self, name: str) -> None:
        """`Error` for a name that could leave the folder."""
        ok = 0 < len(name) <= 64 and name[0].isalnum() and all(c.isalnum() or c in "-_ " for c in name)
        if not ok or not name.isascii():
            raise Error(
                f"the preset name {name[:64]!r} is not allowed; use letters, digits, spaces, - and _, at most 64"
            )


def in_order(pads: Mapping[int, PadKit]) -> list[list[int]]:
    """Pads that are to be rendered in layers, each made of Sounds of pads in those before it; circles come last."""
    left: dict[int, set[str]] = {}
    for number, entry in sorted(pads.items()):
        left[number] = set() if entry.hit else made_of(entry.values) - {f"pad:{number}"}
    layers = []
    while left:
        names = {f"pad:{number}" for number in left}
        layers.append([number for number, sources in left.items() if not sources & names] or list(left))
        left = {number: sources for number, sources in left.items() if number not in layers[-1]}
    return layers


def read_kit(path: Path, controls: dict[str, Control]) -> Kit:
    """A kit from a YAML file; every mistake is an `Error` with the file and the line."""
    try:
        if path.stat().st_size > SIZE_MAX:
            raise Error(f"{path} is larger than {SIZE_MAX // 1024} KiB; a kit is not")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise Error(f"the preset {path} cannot be read: {reason}") from None
    return parse_kit(text, path.stem, str(path), controls)


def parse_kit(text: str, name: str, where: str, controls: dict[str, Control]) -> Kit:
    """A kit from YAML text; `where` names it in error sentences.

    A kit that names its model was saved: its values may be beyond the limits of the model that is in, and its
    classes like those of that one.
    """
    values, lines = read_yaml(text, where)

    def wrong(keys: tuple[Any, ...], sentence: str) -> Error:
        return Error(f"{where}, line {lines.get(tuple(map(str, keys)), 1)}: {sentence}")

    if not isinstance(values, dict):
        raise wrong((), "a kit is a table with the key pads")
    near: Mapping[str, Control] = controls  # of which another word may be a slip
    if "model" in values:
        near, controls = WIDEST, {name: WIDEST.get(name, row) for name, row in controls.items()}
    schema = kit_schema(controls)
    values |= {key: shown(values[key]) for key in ("name", "about", "kit") if is_number(values.get(key))}
    for key in values:
        if key not in schema["properties"]:
            raise wrong((key,), f"{key} is not a key of a kit; {did_you_mean(str(key), schema['properties'])}")
    pads = values.get("pads")
    if isinstance(pads, dict):
        values["pads"] = pads = {str(number): _worded(pad or {}, controls) for number, pad in pads.items()}
        for number, pad in pads.items():
            if number not in schema["properties"]["pads"]["propertyNames"]["enum"]:
                raise wrong(("pads", number), f"pad is {number}; it must be from 1 to {PADS}")
            for key, value in pad.items() if isinstance(pad, dict) else ():
                sentence = _mistake(str(key), value, controls, near)
                if sentence:
                    raise wrong(("pads", number, key), sentence)
    knobs = values.get("midi")
    if isinstance(knobs, dict):
        values["midi"] = knobs = {str(source): target for source, target in knobs.items()}
        for source, target in knobs.items():
            sentence = entry_mistake(source, target, controls)
            if sentence:
                raise wrong(("midi", source), sentence)
    for fault in jsonschema.Draft202012Validator(schema).iter_errors(values):
        place = tuple(fault.absolute_path)
        raise wrong(place, f"{'.'.join(map(str, place)) or 'the kit'}: {fault.message[:200]}")
    assert isinstance(pads, dict)
    return Kit(
        name=name,
        pads={int(number): _pad(pad, lambda s, n=number: wrong(("pads", n, "hit"), s)) for number, pad in pads.items()},
        model=values.get("model", ""),
        about=values.get("about", ""),
        program=values.get("program"),
        midi=values.get("midi", {}),
        kit=values.get("kit", ""),
        text=text,
    )


def _worded(pad: Any, controls: Mapping[str, Control]) -> Any:
    """A pad whose texts are texts, where YAML has made a number of them: `name: 808`."""
    if not isinstance(pad, dict):
        return pad
    texts = {key for key, value in pad.items() if key in controls and controls[key].kind == "text"}
    return {key: shown(value) if key in texts and is_number(value) else value for key, value in pad.items()}


def _mistake(key: str, value: Any, controls: Mapping[str, Control], near: Mapping[str, Control]) -> str:
    """The sentence that is wrong with one key of a pad, or nothing."""
    if key in ("hit", "file"):
        return ""
    if key not in controls:
        if CLASS_NAME.fullmatch(key) and key not in RESERVED and not misspelt(key, near):
            return ""  # a class weight of another model; the schema checks its range
        return f"{key} is not a control; {did_you_mean(key, controls)}"
    try:
        controls[key].check(value)
    except Error as reason:
        return str(reason)
    return ""


def _pad(pad: dict[str, Any], wrong: Any) -> PadKit:
    values = {key: value for key, value in pad.items() if key not in ("hit", "file")}
    if "hit" not in pad:
        return PadKit(values)
    made = dict(pad["hit"])
    try:
        scale = float(made.pop("scale", 1.0))
        return PadKit(values, Hit(**made), scale, str(pad.get("file", "")))
    except (Error, TypeError, ValueError) as reason:
        raise wrong(f"the hit of this pad is damaged: {reason}") from None


def to_yaml(kit: Kit) -> str:
    """A kit as YAML that a person can edit; `parse_kit` reads it back as it was."""
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
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=100)
