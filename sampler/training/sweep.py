"""Table 3 of CRASH as an experiment: every schedule, sampled as SDE and as ODE, measured against real drums.

One network serves all rows. In y = x / m, s = sigma / m every schedule is the same process
y = x_0 + s eps, and a denoiser D(y; s) trained over all s is right for each; what differs between rows
is where a time grid uniform in t puts its steps. The paper trained a network per row, so its table
also holds differences of training; this one holds those of sampling alone.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Error
from ..model import Model
from ..schedules import SCHEDULES
from ..solvers import SOLVERS
from ..sound import PEAK
from ..tasks import Path as Travel
from ..tasks import generate
from .data import Corpus
from .embeddings import Embedding, embed
from .evaluate import ANY, THREE, measures, reference
from .evaluate import floors as measured_floors

PROCESSES = {"SDE": 1.0, "ODE": 0.0}  # with their stochasticity
PAPER: dict[str, dict[str, float]] = {  # CRASH, table 3: Frechet Audio Distance at 400 steps
    "vp_exp": {"SDE": 4.30, "ODE": 4.03},
    "vp_cos": {"SDE": 2.32, "ODE": 1.79},
    "subvp_cos": {"SDE": 2.46, "ODE": 2.07},
    "subvp_1_1_cos": {"SDE": 2.62, "ODE": 1.73},
    "subvp_1_2_cos": {"SDE": 2.56, "ODE": 1.75},
}
BATCH = 10

Made = Callable[[str, str], tuple[np.ndarray | None, float]]
"""(schedule, process) -> embeddings (n, D), or None, and the share of sounds that are finite."""


def schedules(names: str = "") -> tuple[str, ...]:
    """The schedules to sweep, from names with commas between; all by default, those of the paper first."""
    if not names:
        return (*PAPER, *(name for name in SCHEDULES if name not in PAPER))
    asked = tuple(name.strip() for name in names.split(","))
    for name in asked:
        if name not in SCHEDULES:
            raise Error(f"there is no schedule {name!r}; there are {', '.join(SCHEDULES)}")
    return asked


def classes_of(model: Model) -> tuple[str, ...]:
    """The classes that a sweep asks for, in equal parts as in the paper; `ANY` of a model without classes."""
    found = tuple(name for name in THREE if name in model.classes) if model.classes else (ANY,)
    if not found:
        raise Error(f"a sweep needs a model with one of the classes {', '.join(THREE)}; {model.spec.name} has none")
    return found


def sample(
    model: Model, schedule: str, stochasticity: float, name: str, n: int, steps: int, seed: int, solver: str,
    guidance: float = 1.0, tick: Callable[[float], None] = lambda sounds: None,
) -> Tensor:  # fmt: skip
    """n sounds (n, N) of one class, or of `ANY`, on another schedule, the grid uniform in t.

    The same seeds give the same noise, and the same loudness.
    """
    made = []
    for first in range(0, n, BATCH):
        size = min(BATCH, n - first)
        weights = torch.zeros(size, len(model.spec.classes), device=model.device)
        if name != ANY:
            weights[:, model.spec.classes.index(name)] = 1
        seeds = range(seed + first, seed + first + size)
        generators = [torch.Generator().manual_seed(one) for one in seeds]

        def noise(generators: list[torch.Generator] = generators) -> Tensor:
            shape = (model.spec.channels, model.spec.length)
            return torch.stack([torch.randn(shape, generator=g) for g in generators]).to(model.device)

        strength = torch.full((size,), guidance, device=model.device)
        denoise = model.denoiser(weights, strength)
        if model.loudness is not None:
            denoise = model.loudness.holding(denoise, model.loudness.of_seeds(weights, strength, seeds))
        path = Travel(denoise, SCHEDULES[schedule], SOLVERS[solver], "uniform", steps, model.spec.s_min, stochasticity)
        y = torch.empty(0)
        with torch.no_grad():
            for y in generate(path, noise):  # noqa: B007
                tick(size / steps)
        made.append(y[:, 0].cpu())
    sounds = torch.cat(made)
    return sounds * (PEAK / sounds.abs().amax(1, keepdim=True).clamp_min(PEAK))


def settings(model: Model, ear: str, real: str, n: int, steps: int, seed: int, solver: str, guidance: float) -> Any:
    """What decides the figures: rows of equal settings may be kept when a sweep is resumed."""
    return {
        "model": model.tag, "classes": list(classes_of(model)), "sounds_per_class": n, "steps": steps, "seed": seed,
        "solver": solver, "guidance": guidance, "engine": model.engine.partition(",")[0], "spacing": "uniform in t",
        "embedding": ear, "real": real,
    }  # fmt: skip


def floors(model: Model, ear: Embedding, corpus: Corpus, n: int) -> dict[str, Any]:
    """Frechet and kernel distance between two real sets, the first of as many sounds as a row has where there are."""
    real = embed(ear, reference(corpus, classes_of(model)))
    return measured_floors(real, n * len(classes_of(model)), "frechet", "kernel")


def sweep(
    model: Model, ear: Embedding, corpus: Corpus, names: tuple[str, ...], n: int, steps: int, seed: int = 1,
    solver: str = "ddim", guidance: float = 1.0, done: tuple[tuple[str, str], ...] = (),
    tick: Callable[[float], None] = lambda sounds: None, made: Made | None = None,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """A row of figures per schedule and process as each is finished; `done` rows are left out.

    made: who has sampled instead, as embeddings of all classes (None where a sound ran away) and the finite share.
    """
    wanted = classes_of(model)
    real = embed(ear, reference(corpus, wanted))

    def here(schedule: str, process: str) -> tuple[np.ndarray | None, float]:
        amount = PROCESSES[process]
        parts = [sample(model, schedule, amount, name, n, steps, seed, solver, guidance, tick) for name in wanted]
        sounds = torch.cat(parts)
        finite = float(sounds.isfinite().all(1).double().mean())
        return embed(ear, sounds) if finite == 1 else None, finite

    for schedule in names:
        for process in PROCESSES:
            if (schedule, process) in done:
                continue
            started = time.perf_counter()
            places, finite = (made or here)(schedule, process)
            row: dict[str, Any] = {"schedule": schedule, "process": process, "sounds": n * len(wanted)}
            # a solver may run away at few steps: that is a result too, but none that can be embedded
            row["finite"] = finite
            if places is not None:
                found = measures(places, real)
                row |= {key: found[key] for key in ("frechet", "kernel", "density", "coverage")}
            yield row | {"seconds": round(time.perf_counter() - started, 1)}


def best(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The row of the smallest Frechet distance."""
    return min((row for row in rows if "frechet" in row), key=lambda row: row["frechet"]["value"], default={})


def ranks(rows: list[dict[str, Any]]) -> float | None:
    """Spearman's correlation between the Frechet distances here and the paper's, over the rows that both have."""
    both = [
        (row["frechet"]["value"], PAPER[row["schedule"]][row["process"]])
        for row in rows
        if row["schedule"] in PAPER and "frechet" in row
    ]
    if len(both) < 4:
        return None
    here, there = np.array(both).argsort(0).argsort(0).T
    return float(np.asarray(np.corrcoef(here, there))[0, 1])
