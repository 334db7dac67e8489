"""What lies beside a pack's sounds: `pack.json`, the licence, the sources, a contact sheet and a page to listen."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ...sampler.files import appearing, source_name, write_source
from ...sampler.sound import RATE_HZ
from ...sampler.wav import read_sound
from ...sampler.work.shards import Shards
from .filing import Row, rows
from .page import page
from .plan import Plan

TOLD, PAGE, SHEET = "pack.json", "index.html", "contact_sheet.png"
SHOWN = 3000  # sounds on the page at most, the surest of each kind
PICTURED = 1300  # on the contact sheet
COLUMNS = 25
NUMBERS = ("number", "hit", "seed", "confidence", "judged", "sure", "gain_db")


def write_sheet(out: Path, plan: Plan, shards: Shards) -> None:
    """Draw the contact sheet, of sounds that still lie among the shards or already in their place."""
    if (out / SHEET).exists():
        return
    from ...sampler.training.sheets import write_sheet as drawn

    groups = []
    for name, some in best(out, plan, PICTURED).items():
        files = [shards.file(int(row["hit"])) for row in some]
        there = [file if file.is_file() else out / row["file"] for file, row in zip(files, some)]
        sounds = [read_sound(file, RATE_HZ).mean(axis=0) for file in there if file.is_file()]
        groups.append((f"{name.replace('_', ' ')}, {len(sounds)} sounds", sounds))
    with appearing(out / SHEET) as staged:
        drawn(groups, plan.columns or COLUMNS, staged)


def write_page(out: Path, plan: Plan, name: str, licence: str) -> None:
    """Write the page by which a browser plays the pack."""
    shown = best(out, plan, SHOWN)
    with appearing(out / PAGE) as staged:
        staged.write_text(page(name, licence, shown, plan.columns, total=sum(1 for _ in rows(out))), encoding="utf-8")


def write_sources(out: Path, sources: Mapping[str, np.ndarray], rate_hz: int) -> None:
    """Keep what neighbours were made of, so that `recall` finds it."""
    for hash_, samples in sources.items():
        kept = out / "sources" / source_name(hash_)
        if not kept.exists():
            with appearing(kept) as staged:
                write_source(staged, samples, rate_hz)


def write_told(out: Path, head: Mapping[str, Any]) -> None:
    """Write `pack.json`: what the pack is, and a line for each sound. It comes last: with it the pack is finished."""
    with appearing(out / TOLD) as staged, open(staged, "w", encoding="utf-8") as file:
        text = json.dumps(dict(head), indent=1)
        file.write(text.removesuffix("\n}") + ',\n "sounds": [')
        for count, row in enumerate(rows(out)):
            values = {name: json.loads(value) if name in NUMBERS else value for name, value in row.items()}
            file.write(f"{',' if count else ''}\n  {json.dumps(values)}")
        file.write("\n ]\n}\n")


def best(out: Path, plan: Plan, most: int) -> dict[str, list[Row]]:
    """The surest sounds of each kind, at most so many in all; of a grid those of its cells, in their order."""
    found: dict[str, list[Row]] = {}
    each = max(1, most // len(plan.groups))
    for row in rows(out):
        if int(row["number"]) <= each:
            found.setdefault(row["file"].partition("/")[0], []).append(row)
    if not plan.columns:
        for some in found.values():
            some.sort(key=lambda row: int(row["number"]))
    return {name: some[:most] for name, some in found.items()}
