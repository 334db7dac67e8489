"""How far one writer goes: `python research/scale.py [--most 1000000]` writes scale.md.

Hits cost nothing here: each is a few bytes with a place in a made-up embedding of as many kinds as the ear hears apart.
What is left is what the process that was started does for each: keeping, hashing, the manifest, and then choosing. The
files are of the size that is said, so that a disk holds a million; a real one is written at the speed of the disk.
"""

import argparse
import base64
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import by_hand
import numpy as np

from driftkit.daemon.packs.choosing import chosen
from driftkit.daemon.packs.making import PLACES
from driftkit.daemon.packs.plan import Group, Plan
from driftkit.sampler.processor import cores, processor
from driftkit.sampler.work.crew import Here
from driftkit.sampler.work.job import Made
from driftkit.sampler.work.runner import Runner
from driftkit.sampler.work.shards import Shards

HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 100_000, 1_000_000)
KINDS = 10  # groups of a pack
DIMENSIONS, INNER = 64, 12  # of an embedding, and of what varies in it
BATCH = 256
UNLIKE = 0.05

TEXT = """# How far one writer goes

Written by `python research/scale.py` on {machine}, {cores} cores: hits that cost nothing, of
{size} bytes and {kinds} kinds, by one process into {folder}. Keeping is the file, its hash, its line in the
manifest and the renaming of shards; looking is what the same command does on what is there; choosing reads the
manifests, finds neighbours (`--unlike {unlike}`, all pairs up to 20,000 of a kind, above that those of the nearest
cells) and ranks. Times are of the processor, in
millionths of a second; memory is the most that the process had.

{table}
"""


@dataclass(frozen=True)
class Nothing:
    """Hits of random bytes that cost nothing."""

    count: int
    size: int
    suffix: str = ".bin"

    def said(self) -> dict[str, Any]:
        """What decides them."""
        return {"count": self.count, "size": self.size}

    def settled(self, about: dict[str, str]) -> "Nothing":
        """As it is."""
        return replace(self)

    def open(self) -> "Maker":
        """Nothing is loaded."""
        return Maker(self)


class Maker:
    """Its maker."""

    about: dict[str, str]
    batch = BATCH

    def __init__(self, job: Nothing) -> None:
        self.about, self._job = {"model": "none"}, job
        self._spread = np.random.default_rng(0).normal(size=(INNER, DIMENSIONS)).astype(np.float32)
        self._bytes = np.random.default_rng(1).bytes(job.size)

    def make(self, first: int, last: int) -> list[Made]:
        """Facts as a pack has them."""
        draw = np.random.default_rng(first)
        places = draw.normal(size=(last - first, INNER)).astype(np.float32) @ self._spread
        sure = draw.random(last - first).round(4)
        made = []
        for hit in range(first, last):
            place = base64.b64encode(places[hit - first].astype(PLACES).tobytes()).decode()
            facts = {
                "label": "kick", "confidence": 0.9, "judged": 0.9, "sure": float(sure[hit - first]), "gain_db": 0.0,
                "place": place,
            }  # fmt: skip
            made.append(Made(hit, self._bytes, facts))
        return made


def memory_mb() -> float:
    """The most that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(count: int, size: int, root: Path) -> list[str]:
    """A row of the table."""
    job, times = Nothing(count, size), []
    for _ in range(2):
        started = time.process_time()
        assert Runner(Shards(root, job), Here()).run().there == count
        times.append(time.process_time() - started)
    kept_mb = memory_mb()
    plan = Plan(tuple(Group(f"{i}", f"{i}", count // KINDS, 0, {}) for i in range(KINDS)))
    shards = Shards(root, job)
    shards.load()
    started = time.process_time()
    numbers, alike = chosen(shards.entries(), plan, UNLIKE, 0.8)
    times.append(time.process_time() - started)
    assert numbers.max() > 0
    return [
        f"{count:,}", *(f"{1e6 * took / count:.0f}" for took in times), f"{kept_mb:.0f}", f"{memory_mb():.0f}",
        f"{alike / count:.1%}",
    ]  # fmt: skip


def main() -> None:
    """Each size in a process of its own, for its memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--size", type=int, default=1000, help="bytes of a file")
    parser.add_argument("--folder", type=Path, default=None, help="on the disk to be measured")
    parser.add_argument("--one", type=int, default=0, help="measure this size alone and print its row")
    asked = parser.parse_args()
    root = Path(tempfile.mkdtemp(dir=asked.folder))
    try:
        if asked.one:
            print("\t".join(measured(asked.one, asked.size, root)))
            return
    finally:
        shutil.rmtree(root)
    rows = []
    for count in (size for size in SIZES if size <= asked.most):
        words = ["--one", str(count), "--size", str(asked.size)]
        words += ["--folder", str(asked.folder)] if asked.folder else []
        alone = subprocess.run([sys.executable, __file__, *words], check=True, capture_output=True, text=True)
        rows.append(alone.stdout.strip().split("\t"))
        print(rows[-1], flush=True)
    columns = ["hits", "keeping, us a hit", "looking", "choosing", "MB, keeping", "MB, choosing", "alike"]
    table = "\n".join([f"| {' | '.join(r)} |" for r in (columns, ["---:"] * len(columns), *rows)])
    folder = asked.folder or "the folder of temporary files"
    text = TEXT.format(
        machine=processor(), cores=cores(), folder=folder, size=asked.size, kinds=KINDS, unlike=UNLIKE, table=table
    )
    by_hand.write(HERE / "scale.md", text, "none")


if __name__ == "__main__":
    main()
