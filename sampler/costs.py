"""What a model costs: its size, its multiply-accumulates, and seconds on this machine.

Every function goes from a model to figures by name, so another network is measured by the same lines.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial
from statistics import median
from typing import Any

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from .hit import Hit
from .model import Model
from .solvers import SOLVERS

CALLS, HITS, BATCHES = 20, 10, 3  # of which the median is taken
TOGETHER = {"cuda": 256}  # sounds in a batch; 8 elsewhere, which on a GPU tell how fast calls are launched
BUDGET_S = 3.0  # after which a figure is not measured again
RUN_S = 10.0  # a hit without classes that would take longer is computed from its calls


def costs(
    model: Model, hits: Mapping[str, Hit], sounds: int | None = None, settle: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """Size, one call, each of the hits, and the first of them `sounds` times in a batch, by default `TOGETHER`.

    settle: called once all is counted and before anything is timed; a graph's multiplications cannot be counted.
    """
    found = size(model)
    counts = {name: macs(partial(model.render, hit)) for name, hit in hits.items() if hit.classes}
    settle()
    found |= of_call(model)
    told = {name: of_hit(model, hit, found, counts.get(name)) for name, hit in hits.items()}
    first = next(iter(hits))
    sounds = sounds or TOGETHER.get(model.device.type, 8)
    return found | {"hits": told, "batch": of_batch(model, hits[first], told[first], sounds)}


def size(model: Model) -> dict[str, Any]:
    """What does not depend on the machine."""
    return {
        "network": model.spec.network["kind"],
        "parameters": sum(tensor.numel() for tensor in model.module.parameters()),
        "samples": model.spec.channels * model.spec.length,
        "length_ms": model.spec.length_ms,
        "macs": macs(one_call(model)),
    }


def of_call(model: Model) -> dict[str, Any]:
    """One call of the network, for one sound."""
    return {"call_s": round(seconds(one_call(model), model.device, CALLS), 6), "engine": model.engine}


def of_hit(model: Model, hit: Hit, call: Mapping[str, Any], counted: int | None = None) -> dict[str, Any]:
    """One hit, rendered where that is soon done; else so many times its call, of which `call` has macs and call_s.

    counted: its multiply-accumulates, where they are known.
    """
    calls = calls_of(model, hit)
    rendered = bool(hit.classes) or calls * call["call_s"] < RUN_S
    took = seconds(lambda: model.render(hit), model.device, HITS) if rendered else calls * call["call_s"]
    return {
        "steps": hit.steps or model.spec.steps,
        "guidance": hit.guidance,
        "rendered": rendered,
        "s": round(took, 6),
        "macs": counted or (macs(lambda: model.render(hit)) if rendered else calls * call["macs"]),
    }


def of_batch(model: Model, hit: Hit, alone: Mapping[str, Any], sounds: int) -> dict[str, Any]:
    """The same hit so many times in one batch, or half as often until the GPU has the memory for it.

    Computed where `alone`, its own figures, are.
    """
    try:
        if alone["rendered"]:
            took = seconds(lambda: model.render_batch([hit] * sounds), model.device, BATCHES)
        else:
            took = calls_of(model, hit) * seconds(one_call(model, sounds), model.device, BATCHES)
    except torch.cuda.OutOfMemoryError:
        if sounds == 1:
            raise
        return of_batch(model, hit, alone, sounds // 2)
    return {"sounds": sounds, "rendered": alone["rendered"], "sounds_per_s": round(sounds / took, 4)}


def calls_of(model: Model, hit: Hit) -> int:
    """Calls of the network in a hit without guidance; 0 where its solver takes its own steps."""
    solver = hit.solver if hit.solver != "auto" else model.spec.solver
    return (hit.steps or model.spec.steps) * SOLVERS[solver].evals


def one_call(model: Model, sounds: int = 1) -> Callable[[], object]:
    """A call of the network on noise, to be timed or counted."""
    x = torch.randn(sounds, model.spec.channels, model.spec.length, device=model.device)
    sigma = torch.full((sounds,), 0.5, device=model.device)
    return lambda: model.network(x, sigma)


def macs(call: Callable[[], object]) -> int:
    """Multiply-accumulates of a call: of its convolutions, its products of matrices and its attention."""
    # attention by its formula: torch's counter does not know what the CPU fuses it into
    with torch.no_grad(), sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        call()
    return counter.get_total_flops() // 2


def seconds(call: Callable[[], object], device: torch.device, times: int) -> float:
    """Median seconds of a call; the first is not counted unless it alone takes longer than all may."""

    def timed() -> float:
        started = time.perf_counter()
        call()
        getattr(torch, device.type).synchronize()
        return time.perf_counter() - started

    with torch.no_grad():
        first, took = timed(), list[float]()
        while first < BUDGET_S and len(took) < times and sum(took) < BUDGET_S:
            took.append(timed())
    return median(took or [first])


def gpu_memory(model: Model) -> dict[str, int]:
    """What this process has held at most on a model's GPU, in MB; nothing where it has none."""
    return {"gpu_memory_mb": torch.cuda.max_memory_allocated() // 1_000_000} if model.device.type == "cuda" else {}
