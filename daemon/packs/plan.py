"""The plan of a pack: hit i is a group (a class, a sound of the user's, a place of a grid), a seed and its controls.

Nothing of it is decided later, so it is the same sounds whoever renders them, in whatever order.
"""

import itertools
import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ...sampler.controls import did_you_mean
from ...sampler.errors import Error
from ...sampler.hit import CONTROLS, SEED_MAX, Hit, table
from ...sampler.spec import Spec

NOTES = {  # of General MIDI
    "kick": 36, "rim": 37, "snare": 38, "clap": 39, "hihat_closed": 42, "tom": 45, "hihat_open": 46, "crash": 49,
    "cymbal": 49, "ride": 51, "conga": 63, "shaker": 70, "block": 76,
}  # fmt: skip
NOTE = 60  # of what has none there
MOST = SEED_MAX + 1  # hits: each has a seed of its own
MOST_CELLS = 10_000
SOUNDS = (".wav", ".aif", ".aiff", ".flac", ".ogg", ".mp3")


@dataclass(frozen=True)
class Group:
    """Hits that share everything but the seed, which counts up. label: the class that they are to be, or ""."""

    folder: str
    stem: str
    count: int
    seed: int
    controls: Mapping[str, Any]
    label: str = ""
    note: int = NOTE


@dataclass(frozen=True)
class Plan:
    """Groups, one after the other. columns: of a grid, 0 for none."""

    groups: tuple[Group, ...]
    columns: int = 0

    @cached_property
    def firsts(self) -> list[int]:
        """The first hit of each group, and the count of all."""
        return [0, *itertools.accumulate(group.count for group in self.groups)]

    @property
    def count(self) -> int:
        """All hits."""
        return self.firsts[-1]

    def place(self, hit: int) -> tuple[int, int]:
        """The group of a hit, and its number within."""
        group = bisect_right(self.firsts, hit) - 1
        return group, hit - self.firsts[group]

    def group(self, hit: int) -> Group:
        """That of a hit."""
        return self.groups[self.place(hit)[0]]

    def hit(self, number: int) -> Hit:
        """What is to be rendered."""
        index, nth = self.place(number)
        group = self.groups[index]
        return Hit(**group.controls, seed=group.seed + nth)

    def said(self) -> dict[str, Any]:
        """All of it, as JSON has it."""
        return {"groups": [vars(group) | {"controls": dict(group.controls)} for group in self.groups]}


def of_classes(count: int, shares: Mapping[str, float], seed: int, controls: Mapping[str, Any]) -> Plan:
    """So many hits shared out among classes, each at full weight; of no class where there are no shares."""
    if not shares:
        label = Hit(**controls).label
        return Plan((Group(*called(label or "hit"), count, seed, controls, label, NOTES.get(label, NOTE)),))
    groups = []
    for name, own in zip(shares, shared(count, list(shares.values()))):
        if own:
            weights = {**controls, "classes": {name: 1.0}}
            groups.append(Group(*called(name), own, seed, weights, name, NOTES.get(name, NOTE)))
        seed += own
    return Plan(tuple(groups))


def of_sources(count: int, sources: Mapping[str, str], seed: int, controls: Mapping[str, Any]) -> Plan:
    """So many neighbours of sounds (name -> hash), shared out among them."""
    groups, label = [], Hit(**controls).label
    for (name, hash_), own in zip(sources.items(), shared(count, [1.0] * len(sources))):
        if own:
            given = {**controls, "task": "vary", "source_a": hash_}
            groups.append(Group(name, name, own, seed, given, label, NOTES.get(label, NOTE)))
        seed += own
    return Plan(tuple(groups))


def of_grid(
    count: int, axes: "Sequence[Axis]", sources: Mapping[str, str], seed: int, controls: Mapping[str, Any]
) -> Plan:
    """So many hits, of the same seeds, for each pair of values of two controls. sources: hashes by slot."""
    across, down = axes
    given = {**controls, **sources, "task": task_of([axis.name for axis in axes], sources)}
    label, groups = Hit(**given).label, []
    for row, column in itertools.product(range(len(down.values)), range(len(across.values))):
        own = dict(given)
        for axis, place in ((across, column), (down, row)):
            own |= meant(axis.name, axis.values[place], own)
        groups.append(
            Group("Grid", f"Grid_{row + 1:02d}_{column + 1:02d}", count, seed, own, label, NOTES.get(label, NOTE))
        )
    return Plan(tuple(groups), len(across.values))


def meant(name: str, value: float, controls: Mapping[str, Any]) -> dict[str, Any]:
    """The control that a name of an axis stands for: between two sounds, variation is the noise that both get."""
    if name not in CONTROLS:
        return {"classes": {**controls.get("classes", {}), name: value}}
    if name == "variation" and controls["task"] == "interpolate":
        return {"interpolation_latent": "noise", "interpolation_t": value}
    return {name: value}


def task_of(names: Sequence[str], sources: Mapping[str, str]) -> str:
    """What a grid of those controls, with those sources, renders."""
    if "source_b" in sources:
        return "interpolate"
    if "source_a" not in sources:
        return "generate"
    return "inpaint" if any(name.startswith("inpaint") for name in names) else "vary"


def called(name: str) -> tuple[str, str]:
    """Folder and stem of files of a class: hihat_closed is Hihat_Closed."""
    words = "_".join(word.capitalize() for word in name.split("_"))
    return words, words


def shared(count: int, shares: Sequence[float]) -> list[int]:
    """So many in proportion to shares, in whole numbers: the largest remainders are rounded up, first the first."""
    total = math.fsum(shares)
    exact = [count * share / total for share in shares]
    found = [math.floor(x) for x in exact]
    order = sorted(range(len(shares)), key=lambda i: (found[i] - exact[i], i))
    for i in order[: count - sum(found)]:
        found[i] += 1
    return found


def classes_in(text: str, spec: Spec) -> dict[str, float]:
    """Shares by class from kick=.4,snare=.6, or kick,snare in equal parts; `Error` for what is no such thing."""
    shares: dict[str, float] = {}
    for part in text.split(","):
        name, equals, number = (piece.strip() for piece in part.partition("="))
        if name not in spec.classes:
            raise Error(
                f"--classes names {name!r}, which the model {spec.name} has not; {did_you_mean(name, spec.classes)}"
            )
        try:
            share = float(number) if equals else 1.0
        except ValueError:
            share = math.nan
        if name in shares or not 0 <= share < math.inf:
            raise Error(f"--classes has {part.strip()}; each class stands there once, as NAME=SHARE, a share from 0 on")
        shares[name] = share
    if not math.fsum(shares.values()):
        raise Error(f"the shares of --classes ({text}) sum to nothing; give one a share above 0")
    return shares


@dataclass(frozen=True)
class Axis:
    """A control and the values that it takes."""

    name: str
    values: tuple[float, ...]


def axis_in(text: str, spec: Spec) -> Axis:
    """An axis from NAME=LOW:HIGH:COUNT; `Error` for what is no such thing."""
    known = {name: row for name, row in table(spec.classes).items() if row.kind in ("float", "int") and name != "seed"}
    found = re.fullmatch(r"(\w+)=([^:]+):([^:]+):(\d{1,3})", text.strip())
    if not found:
        raise Error(f"--grid has {text}; an axis is NAME=LOW:HIGH:COUNT, such as variation=0:1:8")
    name, low, high, many = found.groups()
    if name not in known:
        raise Error(f"--grid names {name}, which is no control with numbers; {did_you_mean(name, known)}")
    row, count = known[name], int(many)
    ends = [float(row.check(end) or 0) for end in (low, high)]
    if count < 1:
        raise Error(f"--grid has {text}; an axis has at least one value")
    steps = [ends[0] + (ends[1] - ends[0]) * i / max(1, count - 1) for i in range(count)]
    return Axis(name, tuple(round(step) if row.kind == "int" else round(step, 9) for step in steps))


def sounds_in(folder: Path) -> list[Path]:
    """The sound files of a folder in the order of their names; `Error` where there are none."""
    if not folder.is_dir():
        raise Error(f"--vary is {folder}, which is no folder; give one of sounds")
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in SOUNDS and path.is_file())
    if not found:
        raise Error(f"the folder {folder} has no sounds; --vary takes WAV, AIFF, FLAC, OGG and MP3 files")
    return found
