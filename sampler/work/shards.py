"""Where made hits are kept until all are there: `plan.json` and a folder for each shard of about a thousand.

A shard is made in `00012.part` and renamed to `00012` when it is whole. Its `manifest.jsonl` has a line a hit, written
after the file: its number, the SHA-256 of its bytes, its facts. What the manifest does not confirm is not there.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import Error
from ..files import appearing
from .job import Facts, Job, Made, shard_size

PLAN, MANIFEST = "plan.json", "manifest.jsonl"
BLOCK = 1 << 20  # bytes read at once


class Entry(NamedTuple):
    """A line of a manifest. sha256: of the hit's file, "" where it has none."""

    hit: int
    sha256: str
    facts: Facts


class Shards:
    """The shards of a job below `root`; who uses it has seen to it that nobody else does."""

    def __init__(self, root: Path, job: Job, called: Path | None = None) -> None:
        self.root, self.job, self.called = root, job, called or root  # as whoever asked for the work calls it
        self.about: dict[str, str] = {}
        self.batch = 0

    # -- the plan -----------------------------------------------------------------------------------------

    def load(self) -> bool:
        """Take up the plan of this folder; False where there is none, `Error` where it is of another job."""
        file = self.root / PLAN
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            said, about, batch = dict(kept["job"]), dict(kept["about"]), int(kept["batch"])
        except FileNotFoundError:
            return False
        except (OSError, ValueError, KeyError, TypeError) as reason:
            raise Error(f"{file} cannot be read ({reason}); give another folder, or move it away") from None
        for name, value in json.loads(json.dumps(self.job.said())).items():
            if said.get(name) != value:
                raise Error(
                    f"{self.called} was begun with another {name}: {brief(said.get(name))}, not {brief(value)}; "
                    "give the same command as then, or another folder"
                )
        self.about, self.batch = about, batch
        return True

    def begin(self, about: dict[str, str], batch: int) -> None:
        """Write the plan: nothing of it changes from now on."""
        self.root.mkdir(parents=True, exist_ok=True)
        with appearing(self.root / PLAN) as staged:
            plan = {"job": self.job.said(), "about": about, "batch": batch}
            staged.write_text(json.dumps(plan, indent=1) + "\n", encoding="utf-8")
        self.about, self.batch = about, batch

    @property
    def size(self) -> int:
        """Hits of a shard."""
        return shard_size(self.job.count, self.batch)

    @property
    def numbers(self) -> range:
        """Of all shards."""
        return range(-(-self.job.count // self.size))

    def hits(self, shard: int) -> range:
        """Those of a shard."""
        return range(shard * self.size, min((shard + 1) * self.size, self.job.count))

    # -- what is there ------------------------------------------------------------------------------------

    def folder(self, shard: int) -> Path:
        """Where a shard lies: whole, or else its part."""
        whole = self.root / f"{shard:05d}"
        return whole if whole.is_dir() else whole.with_suffix(".part")

    def file(self, hit: int) -> Path:
        """Where the file of a hit lies, or would."""
        return self.folder(hit // self.size) / f"{hit:07d}{self.job.suffix}"

    def lacking(self, shard: int) -> set[int]:
        """The hits of a shard that are not there as its manifest says; only the others stay in that."""
        folder, wanted = self.folder(shard), self.hits(shard)
        if not folder.is_dir():
            return set(wanted)
        told = self.manifest(shard)
        good = [entry for entry in told if not entry.sha256 or digest(self.file(entry.hit)) == entry.sha256]
        lacking = set(wanted) - {entry.hit for entry in good}
        if lacking:
            part = self.root / f"{shard:05d}.part"
            if folder != part:
                os.rename(folder, part)
            with appearing(part / MANIFEST) as staged:
                staged.write_text("".join(map(line, good)), encoding="utf-8")
        return lacking

    def manifest(self, shard: int) -> list[Entry]:
        """The entries of a shard in the order of its hits; torn lines are left out."""
        found, wanted = dict[int, Entry](), self.hits(shard)
        try:
            lines = (self.folder(shard) / MANIFEST).read_bytes().splitlines()
        except FileNotFoundError:
            return []
        for text in lines:
            try:
                entry = Entry(*json.loads(text))
                if isinstance(entry.facts, dict) and entry.hit in wanted:
                    found[entry.hit] = entry
            except (ValueError, TypeError):
                continue
        return [found[hit] for hit in sorted(found)]

    def entries(self) -> Iterator[Entry]:
        """Every entry that is there, in the order of the hits, one shard in memory at a time."""
        for shard in self.numbers:
            yield from self.manifest(shard)

    # -- what is added ------------------------------------------------------------------------------------

    def add(self, shard: int, made: Sequence[Made]) -> None:
        """Keep hits of a shard; `OSError` where the disk cannot, and then nothing is told of them."""
        folder = self.folder(shard)
        folder.mkdir(parents=True, exist_ok=True)
        entries = []
        for one in made:
            if self.job.suffix:
                (folder / f"{one.hit:07d}{self.job.suffix}").write_bytes(one.data)
            entries.append(Entry(one.hit, hashlib.sha256(one.data).hexdigest() if self.job.suffix else "", one.facts))
        with open(folder / MANIFEST, "ab") as file:
            end = file.tell()
            try:
                file.write("".join(map(line, entries)).encode())
                file.flush()
            except OSError:
                os.ftruncate(file.fileno(), end)
                raise

    def finish(self, shard: int) -> None:
        """Rename a shard of which every hit is there."""
        part = self.root / f"{shard:05d}.part"
        if part.is_dir():
            with open(part / MANIFEST, "rb") as file:
                os.fsync(file.fileno())
            os.rename(part, self.root / f"{shard:05d}")

    def clear(self) -> None:
        """Delete the shards and what is in them; the plan stays."""
        for shard in self.numbers:
            shutil.rmtree(self.folder(shard), ignore_errors=True)


def line(entry: Entry) -> str:
    """An entry as it stands in a manifest."""
    return json.dumps(entry, separators=(",", ":")) + "\n"


def digest(file: Path) -> str:
    """The SHA-256 of a file, "" where there is none."""
    try:
        with open(file, "rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


def brief(value: Any) -> str:
    """A value of a plan, as a sentence can quote it."""
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
