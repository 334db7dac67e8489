"""`python -m sampler.gpu_check`: what driftkit promises of a GPU, tried there, a line for each.

python -m sampler.gpu_check [--model default] [--json]

From the root of a checkout, with nothing but torch, numpy and safetensors. Exit code 0: all promises are kept; 1: one
is not; 2: there is no GPU. `--device cpu` goes through the same lines without one, at sizes that a test has time for.
"""

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median

import numpy as np
import torch
from torch import Tensor

from .captured import Captured
from .compiled import COMPUTES_ON, CUDA_GRAPH, CUDA_GRAPH_BF16
from .engines import TORCH, Call, captured, example
from .errors import Error
from .hit import FLOW_MAP, Hit
from .model import Model, load
from .spec import find_model
from .training.gpu_steps import Steps
from .training.targets import TrainConfig

EXACT, NEAR = 1e-4, 0.056  # most that a sound may be off, over its size: in float32, and in bfloat16 (25 dB)
HIT_MS, FINE_MS, SOUNDS_PER_S, STEPS_PER_S = 5.0, 200.0, 2000.0, 1750.0
UNTOLD = 2  # tries before those that are timed
GROWS = 1.02  # times the memory of the first round that the second may take

Row = tuple[str, float, str, bool | None]
"""What is promised, its figure, the unit and the limit in words, whether it is kept; None where nothing is promised."""


@dataclass(frozen=True)
class Sizes:
    """How much is tried."""

    batches: tuple[int, ...] = (64, 256, 1024)
    times: int = 30
    fine: int | None = None  # steps
    rows: int = 8  # of the steps whose slopes are compared
    batch: int = 256  # of the steps that are timed
    steps: int = 20


SMALL: dict[str, object] = {"length": 2048, "bands": 16, "widths": (16, 24), "embedding": 16}
SIZES = {"cuda": Sizes(), "cpu": Sizes((2,), 1, 1, 3, 4, 2)}


def at_most(what: str, found: float, limit: float, unit: str) -> Row:
    """A promise that a figure is no larger."""
    return what, found, f"{unit}, at most {limit:g}", found <= limit


def at_least(what: str, found: float, limit: float, unit: str) -> Row:
    """A promise that it is no smaller."""
    return what, found, f"{unit}, at least {limit:g}", found >= limit


def apart(wanted: np.ndarray, found: np.ndarray) -> float:
    """How far a sound is off, over its size, root mean square."""
    return float(np.linalg.norm(found - wanted) / np.linalg.norm(wanted))


class Check:
    """The tries, one method each, on a model of that name that is loaded on the device."""

    def __init__(self, name: str, model: Model, sizes: Sizes) -> None:
        self.name, self.model, self.sizes, self.device = name, model, sizes, model.device
        self.cuda = model.device.type == "cuda"
        self.calls: dict[str, Call] = {TORCH: model.module}
        self.hear: Call | None = model.heard and Captured(model.heard, model.device)
        self.live = Hit(classes=dict.fromkeys(model.classes[:1], 1.0), seed=1)
        self.hits = {"live": self.live}
        if model.spec.has_reach and model.spec.jumps:
            self.hits["in jumps"] = self.live.replace(solver=FLOW_MAP, steps=len(model.spec.jumps))

    def compute_by(self, engine: str) -> None:
        """Have the model computed by graphs, or by torch; on a CPU by what stands for graphs, too."""
        model = self.model
        if engine not in self.calls:
            self.calls[engine] = captured(model.module, engine, example(model.spec, model.kind.conditional))
        model.engine, model.call.by = engine, self.calls[engine]
        if model.heard is not None and self.hear is not None:
            model.hear.by = model.heard if engine == TORCH else self.hear

    def ms(self, work: Callable[[], object], times: int) -> float:
        """Median milliseconds, after some that are not counted."""
        took = []
        for _ in range(UNTOLD + times):
            started = time.perf_counter()
            work()
            if self.cuda:
                torch.cuda.synchronize()
            took.append(1000 * (time.perf_counter() - started))
        return median(took[UNTOLD:])

    def equal(self) -> Iterator[Row]:
        """Graphs against torch on the same device and on the CPU."""
        model, eager = self.model, {}
        if self.cuda:
            model.settle(find_model(self.name))
            yield f"{model.engine} is the engine by rule {model.why}".strip(), 1.0, "", model.engine in COMPUTES_ON
        self.compute_by(TORCH)
        for name, hit in self.hits.items():
            eager[name] = model.render(hit).samples
        cpu = load(self.name, "cpu")
        for engine, limit in ((CUDA_GRAPH, EXACT), (CUDA_GRAPH_BF16, NEAR)):
            self.compute_by(engine)
            for name, hit in self.hits.items():
                found = model.render(hit).samples
                yield at_most(f"{engine} equals torch, {name}", apart(eager[name], found), limit, "of the sound")
                if engine == CUDA_GRAPH:
                    wanted = cpu.render(hit).samples
                    yield at_most(f"{engine} equals the CPU, {name}", apart(wanted, found), limit, "of the sound")

    def speed(self) -> Iterator[Row]:
        """A hit from the asking to its Sound, alone and in batches."""
        for engine in (CUDA_GRAPH, CUDA_GRAPH_BF16):
            self.compute_by(engine)
            for name, hit in self.hits.items():
                took = self.ms(partial(self.model.render, hit), self.sizes.times)
                yield at_most(f"a hit, {name}, by {engine}", took, HIT_MS, "ms p50")
            fine = self.live.replace(quality="fine", steps=self.sizes.fine)
            took = self.ms(partial(self.model.render, fine), max(1, self.sizes.times // 10))
            yield at_most(f"a fine hit by {engine}", took, FINE_MS, "ms p50")
        yield from self.batches()  # in bfloat16, as by rule

    def batches(self) -> Iterator[Row]:
        """Sounds a second, and that a second round takes no more memory than the first."""
        held = []
        for _ in range(2 if self.cuda else 1):
            rows = [self.batch(name, count) for name in self.hits for count in self.sizes.batches]
            held.append(torch.cuda.max_memory_reserved() / 1e6 if self.cuda else 0.0)
        yield from rows
        if self.cuda:
            yield at_most("memory after a second round of batches over the first", held[1] / held[0], GROWS, "times")
            yield "memory of batches", held[1], "MB", None

    def batch(self, name: str, count: int) -> Row:
        """So many sounds at once. Few do not fill a GPU; nothing is promised of them."""
        hits = [self.hits[name].replace(seed=seed) for seed in range(count)]
        rate = 1000 * count / self.ms(partial(self.model.render_batch, hits), 1)
        what = f"{count} sounds, {name}, by {self.model.engine}"
        return at_least(what, rate, SOUNDS_PER_S, "a second") if count > 64 else (what, rate, "a second", None)

    def bounded(self) -> Iterator[Row]:
        """Where there is memory for half of a batch only, it is rendered all the same."""
        model, count = self.model, self.sizes.batches[0]
        hits = [self.live.replace(seed=seed) for seed in range(count)]
        wanted, by, most = model.render_batch(hits), model.call.by, model.together.most

        def little(*inputs: Tensor) -> Tensor:
            if len(inputs[0]) > count // 2:
                raise torch.OutOfMemoryError("as if the memory were full")
            return by(*inputs)

        model.call.by = little
        try:
            found = model.render_batch(hits)
        finally:
            model.call.by, model.together.most = by, most
        off = max(apart(one.samples, other.samples) for one, other in zip(wanted, found))
        yield at_most(f"{count} sounds where memory holds {count // 2}", off, NEAR, "of the sound")

    def training(self) -> Iterator[Row]:
        """A step of training: what it learns, what it waits for, how many sounds it takes a second."""
        tried = Steps(TrainConfig(jumps=0.4) if self.cuda else TrainConfig(jumps=0.4, **SMALL), self.device)
        loss, slopes = tried.against_float64(self.sizes.rows)
        yield at_most("loss of a training step in float32 equals float64's", loss, EXACT, "of it")
        yield at_most("its slopes", slopes, EXACT * 10, "of them")
        off = tried.recorded(self.sizes.rows)
        yield at_most("loss with a teacher by graphs equals that without", off, NEAR, "of it")
        if self.cuda:
            yield at_most("times that three steps wait for the GPU", tried.waits(self.sizes.batch), 0, "times")
        rate, memory = tried.rate(self.sizes.batch, self.sizes.steps)
        yield at_least(f"training in batches of {self.sizes.batch}", rate, STEPS_PER_S, "sounds a second")
        if self.cuda:
            yield "memory of training", memory, "MB", None

    def all(self) -> Iterator[Row]:
        """Every line; what goes wrong in one is a promise that is not kept, and the others go on."""
        for part in (self.equal, self.speed, self.bounded, self.training):
            try:
                yield from part()
            except Exception as reason:  # of whatever a GPU, its driver or torch may say
                first = (str(reason).strip().splitlines() or [""])[0]
                yield f"{part.__name__} could be tried ({type(reason).__name__}: {first[:200]})", 0.0, "", False


def said(row: Row, as_json: bool) -> str:
    """A line for people, or an object for scripts."""
    what, found, about, kept = row
    if as_json:
        return json.dumps({"what": what, "figure": found, "about": about, "pass": kept})
    word = {True: "pass", False: "FAIL", None: "    "}[kept]
    return f"{word}  {what}: {found:.4g} {about}"


def main(argv: list[str] | None = None) -> int:
    """Try all, and print it as it is found."""
    about = "Tries what driftkit promises of a GPU."
    flags = argparse.ArgumentParser(prog="python -m sampler.gpu_check", description=about)
    flags.add_argument("--model", default="default", help="a model by name or folder")
    flags.add_argument("--device", choices=tuple(SIZES), default="cuda", help="cpu tries the same lines, on little")
    flags.add_argument("--json", action="store_true", help="one JSON object per line")
    asked = flags.parse_args(argv)
    logging.basicConfig(format="gpu_check: %(message)s")
    try:
        model = load(asked.model, asked.device)
    except Error as reason:
        print(f"gpu_check: {reason}", file=sys.stderr)
        return 2
    device = torch.cuda.get_device_name(model.device) if model.device.type == "cuda" else str(model.device)
    tried = {"torch": torch.__version__, "model": model.tag, "device": device}
    print(json.dumps(tried) if asked.json else ", ".join(tried.values()), flush=True)
    failed = 0
    for row in Check(asked.model, model, SIZES[asked.device]).all():
        failed += row[3] is False
        print(said(row, asked.json), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
