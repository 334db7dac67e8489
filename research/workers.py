"""One process against several: `python research/workers.py -n 200 --workers 1 2 ray:2` (on a quiet machine).

Makes the same pack by each, in turn and several times over, and prints hits per second, from when a fifth of the sounds
is there, so that the start of workers is left out. The files are compared, too.
"""

import argparse
import itertools
import shutil
import statistics
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from driftkit.daemon.exports.kit import licence
from driftkit.daemon.packs.making import Form, PackJob
from driftkit.daemon.packs.pack import Choice, Pack
from driftkit.daemon.packs.plan import of_classes
from driftkit.sampler.processor import cores, processor
from driftkit.sampler.spec import find_model, model_hash
from driftkit.sampler.work.crews import crew_for


def rate(job: PackJob, workers: str, out: Path) -> float:
    """Hits per second once all workers are at it."""
    heard: list[tuple[float, int]] = []
    Pack(job, Choice("same"), out, lambda: False, print, lambda there: heard.append((time.perf_counter(), there))).make(
        crew_for(workers)
    )
    from_there = next((at, there) for at, there in heard if there >= max(job.count // 5, 1))
    return (heard[-1][1] - from_there[1]) / (heard[-1][0] - from_there[0])


def files(out: Path) -> dict[str, str]:
    """Every sound by its hash."""
    return {str(file.relative_to(out)): sha256(file.read_bytes()).hexdigest() for file in out.glob("*/*.wav")}


def main() -> None:
    """Measure in turn, so that a slow minute of the machine falls on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=200)
    parser.add_argument("--workers", nargs="+", default=["1", "2"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="default")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--device", default="auto")
    told = parser.parse_args()
    folder = find_model(told.model)
    plan = of_classes(told.n, {"kick": 0.4, "snare": 0.4, "tom": 0.2}, 1, {})
    tag = f"{folder.name}@{model_hash(folder)}"
    job = PackJob(plan, str(folder), tag, told.device, told.engine, Form(licence=licence(told.model, True)))
    found: dict[str, list[float]] = {workers: [] for workers in told.workers}
    first: dict[str, str] = {}
    for turn, workers in itertools.product(range(told.rounds), told.workers):
        out = Path(tempfile.mkdtemp())
        found[workers].append(rate(job, workers, out))
        first = first or files(out)
        assert files(out) == first, f"the files of {workers} are others"
        shutil.rmtree(out)
        print(f"round {turn + 1}, --workers {workers}: {found[workers][-1]:.2f} hits/s", flush=True)
    print(f"{processor()}, {cores()} cores, {told.n} hits, engine {told.engine}; the files are the same")
    for workers, rates in found.items():
        middle, base = statistics.median(rates), statistics.median(found[told.workers[0]])
        print(f"--workers {workers}: {middle:.2f} hits/s (median), {middle / base:.2f} times the first")


if __name__ == "__main__":
    main()
