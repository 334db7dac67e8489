"""evaluate --sweep: every schedule as SDE and ODE, row by row."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ...sampler.errors import Error
from ...sampler.files import appearing, replaceable
from ...sampler.processor import processor
from ...sampler.work.crew import Crew
from ..sinks.alone import Alone
from ..sinks.ledger import HIDDEN
from .following import following, say, stopping
from .rendering import progress


def run_sweep(
    model: Any, ear: Any, pack: Path, folder: Path, names: str, study: Any, crew: Crew | None, as_json: bool
) -> None:
    """Run or resume a sweep; every row is written and told as it is finished, or all at the end by a crew.

    study: its sounds, whose blocks are filled in here.
    """
    from ...sampler.store import device_for
    from ...sampler.training.data import Corpus, splits
    from ...sampler.training.sweep import PROCESSES, classes_of, floors, schedules, settings, sweep
    from ...sampler.training.sweep_page import SWEEP, interval, page, plot

    chosen = schedules(names)
    split = "test" if "test" in splits(pack) else "unseen"
    corpus = Corpus.load(pack, split, model.spec.length, device_for("cpu"))
    real = f"{split}, {len(corpus.sounds)} sounds"
    n, seed, told = study.n, study.seed, study.controls
    wanted = settings(model, getattr(ear, "name", "judge"), real, n, seed=seed, **told)
    rows = kept(folder / "sweep.json", wanted)
    replaceable(folder / "sweep.md", SWEEP, folder / "sweep.png")
    if rows:
        print(f"{len(rows)} rows of {folder / 'sweep.json'} are of these settings and are kept", file=sys.stderr)
    result: dict[str, Any] = {
        "settings": wanted, "machine": f"{processor()}, {os.cpu_count()} cores",
        "floors": floors(model, ear, corpus, n), "rows": rows,
    }  # fmt: skip
    done = tuple((row["schedule"], row["process"]) for row in rows)
    todo = [pair for pair in ((name, process) for name in chosen for process in PROCESSES) if pair not in done]
    blocks = tuple((*pair, name) for pair in todo for name in classes_of(model))
    with sampling(replace(study, blocks=blocks), folder, crew) as who:
        for row in sweep(model, ear, corpus, chosen, n, seed=seed, done=done, **told, **who):
            rows.append(row)
            with appearing(folder / "sweep.json") as staged:
                staged.write_text(json.dumps(result, indent=1) + "\n")
            figures = f"Frechet {interval(row['frechet'])}" if "frechet" in row else "diverged"
            if as_json:
                print(json.dumps(row), flush=True)
            else:
                print(f"{row['schedule']:16} {row['process']}  {figures}  {row['seconds']:.0f} s", flush=True)
    (folder / "sweep.md").write_text(page(result), encoding="utf-8")
    plot(result, folder / "sweep.png")


@contextmanager
def sampling(study: Any, folder: Path, crew: Crew | None) -> Iterator[dict[str, Any]]:
    """What `sweep` takes: who hears how many more sounds there are, or what a crew has made of all of them."""
    from ...sampler.training.studies import places_of

    if not crew or not study.blocks:
        with progress() as bar:
            shown = bar.add_task("sampling", total=study.n * len(study.blocks))
            yield {"tick": lambda sounds: bar.update(shown, advance=sounds)}
        return
    at = folder / HIDDEN / "sweep"
    with Alone(folder):
        with stopping() as stop, following(study.count) as tick:
            found = places_of(study, at, crew, stop=stop, say=say, tick=tick)

        def made(schedule: str, process: str) -> tuple[Any, float]:
            parts = [one for block, one in found.items() if block[:2] == (schedule, process)]
            finite = sum(share for _, share in parts) / len(parts)
            return np.concatenate([places for places, _ in parts]) if finite == 1 else None, finite

        yield {"made": made}
        shutil.rmtree(at)


def kept(file: Path, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a sweep of the same settings, none where there is no file; `Error` where it holds something else."""
    try:
        found = json.loads(file.read_text())
        if found["settings"] == wanted:
            return list(found["rows"])
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        raise Error(f"{file} is not a sweep of driftkit; give another folder with --sweep, or move it away") from None
    raise Error(f"{file} is a sweep of other settings; give another folder with --sweep, or move it away")
