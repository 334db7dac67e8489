"""A job without sounds: hits of a few bytes, made at once, which can be told to fail, and how."""

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from driftkit.sampler.work.job import Made

BATCH = 4


@dataclass(frozen=True)
class Toy:
    """notes: a folder in which each making of a batch is noted; trouble: hit -> die, fail, once, or slow."""

    count: int
    notes: Path
    suffix: str = ".bin"
    size: int = 100
    kind: str = "toy"
    trouble: tuple[tuple[int, str], ...] = ()

    def said(self) -> dict[str, Any]:
        return {"count": self.count, "kind": self.kind}

    def settled(self, about: dict[str, str]) -> "Toy":
        return replace(self)

    def open(self) -> "ToyMaker":
        return ToyMaker(self)


class ToyMaker:
    def __init__(self, job: Toy) -> None:
        self.job, self.batch = job, BATCH
        said = job.notes / "about"  # what a test has this worker be
        self.about = {"model": said.read_text() if said.exists() else "m@1"}

    def make(self, first: int, last: int) -> list[Made]:
        for hit, how in self.job.trouble:
            if first <= hit < last:
                trouble(self.job.notes / f"{hit}_{how}", how)
        with open(self.job.notes / "made", "a") as file:
            file.write(f"{first}\n")
        return [
            Made(hit, data(hit, self.job.size) if self.job.suffix else b"", {"x": hit}) for hit in range(first, last)
        ]


def trouble(mark: Path, how: str) -> None:
    """Die or fail the first time, fail until `mend` is beside, or take a moment."""
    first = not mark.exists()
    mark.touch()
    if how == "die" and first:
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "slow":
        time.sleep(0.05)
    if (how == "once" and first) or (how == "fail" and not (mark.parent / "mend").exists()):
        raise RuntimeError("no luck")


def data(hit: int, size: int = 100) -> bytes:
    """The file of a hit."""
    return f"{hit:08d}".encode() * (size // 8 + 1)


def made(notes: Path) -> Counter[int]:
    """How often each batch was made, by its first hit."""
    file = notes / "made"
    return Counter(map(int, file.read_text().split())) if file.exists() else Counter()
