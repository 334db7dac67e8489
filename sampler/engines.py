"""What computes the calls of a network: torch, or OpenVINO where a model brings its graph (`sampler.graphs`).

Which is faster is for the machine to say: `engine_for` asks it.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median

import torch
from torch import Tensor, nn

from .errors import Error
from .fastest import remember, remembered, situation
from .graphs import OPENVINO, OPENVINO_BF16, PRECISION, Graph
from .spec import Spec
from .store import device_for

TORCH = "torch"
ENGINES = (TORCH, OPENVINO, OPENVINO_BF16)
MOST_THREADS = min(  # what torch takes until it is told otherwise, but no more than this process may use
    torch.get_num_threads(), len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 64
)
CALLS = 6  # of each candidate that are timed
MARGIN = 0.9  # another engine than torch must take less than this share of its time

Call = Callable[..., Tensor]
"""A network: (y (B, C, N), s (B,), ...) -> (B, C, N)."""


def example(spec: Spec, conditional: bool) -> tuple[Tensor, ...]:
    """Inputs of a model's network, a batch of one: (y, s, class weights) of a conditional one, with s' where it has
    reach, and guidance where it takes that; else (x, sigma)."""
    inputs: tuple[Tensor, ...] = torch.randn(1, spec.channels, spec.length), torch.full((1,), 0.5)
    if conditional:
        inputs = (*inputs, torch.zeros(1, len(spec.classes)))
    if spec.network.get("reach"):
        inputs = (*inputs, torch.full((1,), 0.1))
    return (*inputs, torch.full((1,), spec.guided[1])) if spec.network.get("guided") else inputs


def milliseconds(call: Call, inputs: tuple[Tensor, ...], calls: int = CALLS) -> float:
    """Median time of a call, after two that are not counted."""
    took = []
    with torch.no_grad():
        for _ in range(calls + 2):
            started = time.perf_counter()
            call(*inputs)
            took.append(time.perf_counter() - started)
    return 1000 * median(took[2:])


def thread_counts(most: int = MOST_THREADS) -> list[int]:
    """How many threads to try: what torch would take, and half of it, since two threads of a core may be in each
    other's way; at most eight, more have nothing to do in networks of this size."""
    return sorted({min(most, 8), max(1, min(most, 16) // 2)} if most > 2 else {most}, reverse=True)


def checked(engine: str, device: str) -> None:
    """`Error` where there is no such engine, or not on that kind of device."""
    if engine not in ("auto", *ENGINES):
        raise Error(f"engine is {engine}; it must be auto, {', '.join(ENGINES[:-1])} or {ENGINES[-1]}")
    if engine in PRECISION and device not in ("auto", "cpu"):
        raise Error(f"engine is {engine}, which computes on the CPU, and device is {device}; take cpu, or {TORCH}")


def engine_for(name: str, network: nn.Module, folder: Path, inputs: tuple[Tensor, ...]) -> tuple[str, Call]:
    """What an engine is called with its threads, and the call itself; `auto` is the one that takes least time.

    To be asked in the thread that renders: torch's helpers belong to a thread. Sets torch's number of threads, to one
    beside OpenVINO, since the helpers of both would wait for work on the same cores. `auto` is measured once and then
    remembered (`sampler.fastest`). Raises `Error` as `Graph` does, with torch as it was asked for.
    """
    checked(name, "cpu")
    if name != "auto":
        return computed(name, thread_counts()[0], network, folder)
    key = situation(folder, MOST_THREADS)
    known = remembered(key)
    if known and known[0] in ENGINES and known[1] in thread_counts():
        with suppress(Error):  # it is not there any more
            return computed(*known, network, folder)
    engine, threads, call = fastest(network, folder, inputs)
    torch.set_num_threads(threads if engine == TORCH else 1)
    remember(key, engine, threads)
    return told(engine, threads), call


def computed(engine: str, threads: int, network: nn.Module, folder: Path) -> tuple[str, Call]:
    """As `engine_for`, by an engine and with a number of threads."""
    torch.set_num_threads(threads)  # an earlier graph may have left it one; where this one fails, torch goes on
    if engine == TORCH:
        return told(engine, threads), network
    graph = Graph(folder, threads, engine)
    torch.set_num_threads(1)
    return told(engine, threads), graph


def fastest(network: nn.Module, folder: Path, inputs: tuple[Tensor, ...]) -> tuple[str, int, Call]:
    """The engine that takes least time, its threads, the call. It is torch where nothing beats it clearly; of OpenVINO
    bfloat16 is tried, or float32 where there is none."""
    tried: list[tuple[float, int]] = []
    for threads in thread_counts():
        torch.set_num_threads(threads)
        tried.append((milliseconds(network, inputs), threads))
    least, threads = min(tried)
    best: tuple[str, int, Call] = TORCH, threads, network
    least *= MARGIN
    for threads in thread_counts():
        for engine in (OPENVINO_BF16, OPENVINO):
            with suppress(Error):
                graph = Graph(folder, threads, engine)
                took = milliseconds(graph, inputs)
                if took < least:
                    least, best = took, (engine, threads, graph)
                break
    return best


def told(engine: str, threads: int) -> str:
    """An engine and its threads in words."""
    return f"{engine}, {threads} thread{'s' if threads > 1 else ''}"


def place_for(device: str, network: nn.Module, inputs: tuple[Tensor, ...]) -> torch.device:
    """cpu, cuda or mps; `auto` is cpu or cuda, where a call takes less time: a small network may need no GPU."""
    place = device_for(device)
    if device != "auto" or place.type == "cpu":
        return place
    took = {}
    for tried in (torch.device("cpu"), place):
        placed = network.to(tried)
        moved = tuple(tensor.to(tried) for tensor in inputs)
        took[tried] = milliseconds(lambda *x, placed=placed: placed(*x).cpu(), moved)
    return min(took, key=lambda place: took[place])
