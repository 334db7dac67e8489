"""What computes the calls of a network: torch, or OpenVINO where a model brings its graph (`sampler.graphs`).

Which one is a rule, not a race: a measurement at start says how busy a machine is, not how fast.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from .compiled import OPENVINO, OPENVINO_BF16, PRECISION
from .errors import Error
from .graphs import Graph
from .processor import threads
from .spec import Spec

TORCH = "torch"
ENGINES = (TORCH, OPENVINO, OPENVINO_BF16)
AGREES_DB = {OPENVINO_BF16: 25.0, OPENVINO: 60.0}  # the least by which a hit must be louder than how far it is off

Call = Callable[..., Tensor]
"""A network: (y (B, C, N), s (B,), ...) -> (B, C, N)."""


class Switch:
    """A network by whatever computes it, which may change; counts the sounds that it has been called for."""

    def __init__(self, by: Call) -> None:
        self.by = by
        self.rows = 0

    def __call__(self, *inputs: Tensor) -> Tensor:
        """As the network."""
        self.rows += len(inputs[0])
        return self.by(*inputs)


class Computing(NamedTuple):
    """What computes a network: an engine with its threads in words, the call, why it is not another engine."""

    engine: str
    call: Call
    why: str = ""


def example(spec: Spec, conditional: bool) -> tuple[Tensor, ...]:
    """Inputs of a model's network, a batch of one: (y, s, class weights) of a conditional one, with s' where it has
    reach, and guidance where it takes that; else (x, sigma)."""
    inputs: tuple[Tensor, ...] = torch.randn(1, spec.channels, spec.length), torch.full((1,), 0.5)
    if conditional:
        inputs = (*inputs, torch.zeros(1, len(spec.classes)))
    if spec.network.get("reach"):
        inputs = (*inputs, torch.full((1,), 0.1))
    return (*inputs, torch.full((1,), spec.guided[1])) if spec.network.get("guided") else inputs


def checked(engine: str, device: str) -> None:
    """`Error` where there is no such engine, or not on that kind of device."""
    if engine not in ("auto", *ENGINES):
        raise Error(f"engine is {engine}; it must be auto, {', '.join(ENGINES[:-1])} or {ENGINES[-1]}")
    if engine in PRECISION and device not in ("auto", "cpu"):
        raise Error(f"engine is {engine}, which computes on the CPU, and device is {device}; take cpu, or {TORCH}")


def engine_for(name: str, network: nn.Module, folder: Path, agreement: Callable[[Call], float]) -> Computing:
    """What computes a network by an engine's name.

    `auto` is OpenVINO, in bfloat16 where the processor has it, wherever it computes the graph in `folder` and
    `agreement` says that a hit by it is `AGREES_DB` louder than what it is off torch's; else torch.

    To be asked in the thread that renders: torch's helpers belong to a thread. Sets torch's number of threads, to one
    beside OpenVINO, since the helpers of both would wait for work on the same cores. Raises `Error` as `Graph` does
    where an engine was asked for that cannot be had, with torch as it is to be.
    """
    checked(name, "cpu")
    torch.set_num_threads(threads())  # an earlier graph may have left it one; where this one fails, torch goes on
    whys: list[str] = []
    for engine in (OPENVINO_BF16, OPENVINO) if name == "auto" else () if name == TORCH else (name,):
        try:
            graph = Graph(folder, threads(), engine)
            near, least = agreement(graph) if name == "auto" else math.inf, AGREES_DB[engine]
        except (Error, RuntimeError) as reason:
            if name != "auto":
                raise
            whys.append(str(reason))
            continue
        if near >= least:
            torch.set_num_threads(1)
            return Computing(told(engine), graph)
        whys.append(f"a hit by {engine} is only {near:.0f} dB louder than what it is off torch's, not {least:.0f} dB")
    return Computing(told(TORCH), network, whys[-1] if whys else "")


def told(engine: str) -> str:
    """An engine and its threads in words."""
    return f"{engine}, {threads()} thread{'s' if threads() > 1 else ''}"
