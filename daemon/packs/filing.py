"""A pack's files: `pack.csv`, which says where each sound is to lie, and how the sounds come there.

The list is written as soon as it is known which sounds stay. From then on it is the truth: whoever goes on with a pack
moves what is not yet in its place, and has made again what is neither there nor among the shards.
"""

import csv
import io
import os
import tarfile
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Protocol

import numpy as np

from ...sampler.errors import Error
from ...sampler.files import appearing, replace
from ...sampler.work.shards import Shards, digest
from .plan import Plan

LIST = "pack.csv"
DIGITS = 3  # of a number, at least
COLUMNS = ("file", "number", "class", "hit", "seed", "label", "confidence", "judged", "sure", "gain_db", "sha256")
Row = Mapping[str, str]
"""A line of the list by its columns."""


def write_list(out: Path, plan: Plan, shards: Shards, numbers: np.ndarray) -> None:
    """Write the list of what stays, in the order of the hits."""
    most = [int(numbers[first:last].max(initial=0)) for first, last in zip(plan.firsts, plan.firsts[1:])]
    with appearing(out / LIST) as staged, open(staged, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for entry in shards.entries():
            number = int(numbers[entry.hit])
            if not number:
                continue
            index, nth = plan.place(entry.hit)
            group, digits = plan.groups[index], max(DIGITS, len(str(most[index])))
            end = "" if plan.columns and group.count == 1 else f"_{number:0{digits}d}"
            facts = [entry.facts[name] for name in ("label", "confidence", "judged", "sure", "gain_db")]
            name = f"{group.folder}/{group.stem}{end}{shards.job.suffix}"
            writer.writerow([name, number, group.label, entry.hit, group.seed + nth, *facts, entry.sha256])


def rows(out: Path) -> Iterator[Row]:
    """The lines of the list; `Error` where it is none."""
    try:
        with open(out / LIST, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise ValueError("other columns")
            yield from reader
    except (OSError, ValueError, csv.Error) as reason:
        raise Error(
            f"{out / LIST} cannot be read ({reason}); move it away, and the pack is put together again"
        ) from None


class Filing(Protocol):
    """How sounds lie in a pack."""

    def lacking(self) -> set[int]:
        """Hits that lie neither in their place nor among the shards as the list says."""
        ...

    def place(self) -> None:
        """Move to its place what is not there yet; `OSError` where the disk cannot, and then it can be done again."""
        ...


class Loose:
    """Each sound a file in the folder of its kind."""

    def __init__(self, out: Path, shards: Shards) -> None:
        self._out, self._shards = out, shards

    def lacking(self) -> set[int]:
        """As in `Filing`."""
        found = set()
        for row in rows(self._out):
            hit = int(row["hit"])
            if row["sha256"] not in (digest(self._out / row["file"]), digest(self._shards.file(hit))):
                found.add(hit)
        return found

    def place(self) -> None:
        """As in `Filing`."""
        for row in rows(self._out):
            made = checked(self._shards, row)
            if made:
                (self._out / row["file"]).parent.mkdir(parents=True, exist_ok=True)
                replace(made, self._out / row["file"])


class Archives:
    """The sounds of each shard in a tar, for who reads them by the thousand."""

    def __init__(self, out: Path, shards: Shards) -> None:
        self._out, self._shards = out, shards

    def lacking(self) -> set[int]:
        """As in `Filing`; an archive of which anything is broken is removed."""
        found = set()
        for archive, some in self._by_archive():
            inside = members(archive)
            if all(inside.get(row["file"]) == row["sha256"] for row in some):
                continue
            archive.unlink(missing_ok=True)
            hits = {int(row["hit"]): row["sha256"] for row in some}
            found |= {hit for hit, wanted in hits.items() if digest(self._shards.file(hit)) != wanted}
        return found

    def place(self) -> None:
        """As in `Filing`."""
        for archive, some in self._by_archive():
            if archive.exists():
                continue
            with appearing(archive) as staged, tarfile.open(staged, "w", format=tarfile.USTAR_FORMAT) as tar:
                for row in some:
                    made = checked(self._shards, row)
                    assert made is not None
                    data = made.read_bytes()
                    about = tarfile.TarInfo(
                        row["file"]
                    )  # of no time and no owner: the same sounds are the same archive
                    about.size = len(data)
                    tar.addfile(about, io.BytesIO(data))

    def _by_archive(self) -> Iterator[tuple[Path, list[Row]]]:
        for shard, some in groupby(rows(self._out), lambda row: int(row["hit"]) // self._shards.size):
            yield self._out / f"sounds_{shard:05d}.tar", list(some)


def checked(shards: Shards, row: Row) -> Path | None:
    """The file of a hit among the shards, None where it is not there; `Error` where it is not the one of the list."""
    file = shards.file(int(row["hit"]))
    if not os.path.lexists(file):
        return None
    if digest(file) != row["sha256"]:
        raise Error(
            f"the hit {row['hit']} came out otherwise than before; go on on the machine where the pack was begun"
        )
    return file


def members(archive: Path) -> dict[str, str]:
    """SHA-256 by name of what is in a tar; what can be read of it."""
    import hashlib

    found = {}
    try:
        with tarfile.open(archive) as tar:
            for about in tar:
                file = tar.extractfile(about)
                if file is not None:
                    found[about.name] = hashlib.sha256(file.read()).hexdigest()
    except (OSError, tarfile.TarError):
        pass
    return found
