"""What computes the calls of a network: torch; OpenVINO where a model brings its graph; CUDA graphs on a GPU.

Which one is a rule, not a race: a measurement at start says how busy a machine is, not how fast.
"""

import copy
import math
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from .captured import Captured
from .compiled import COMPUTES_ON, CUDA_GRAPH, CUDA_GRAPH_BF16, OPENVINO, OPENVINO_BF16
from .errors import Error
from .graphs import Graph
from .processor import threads
from .spec import Spec

TORCH = "torch"
ENGINES = (TORCH, *COMPUTES_ON)
PREFERRED = (OPENVINO_BF16, OPENVINO, CUDA_GRAPH_BF16, CUDA_GRAPH)  # of those that compute on a device, the first
AGREES_DB = {  # the least by which a hit must be louder than how far it is off
    OPENVINO_BF16: 25.0, OPENVINO: 60.0, CUDA_GRAPH_BF16: 25.0, CUDA_GRAPH: 60.0,
}  # fmt: skip

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
    place = COMPUTES_ON.get(engine, device)
    if device not in ("auto", place):
        where = {"cpu": "the CPU", "cuda": "an NVIDIA GPU"}[place]
        raise Error(f"engine is {engine}, which computes on {where}, and device is {device}; take {place}, or {TORCH}")


def captured(network: nn.Module, engine: str, inputs: tuple[Tensor, ...]) -> Captured:
    """A network as CUDA graphs, recorded once for such inputs, in the precision of an engine.

    Raises `Error` where that cannot be, or the device or the network has no bfloat16.
    """
    device = next(network.parameters()).device
    if engine == CUDA_GRAPH_BF16:
        if not hasattr(network, "in_bfloat16"):  # it does not say what is to stay exact
            raise Error(f"engine is {engine}, and networks of this kind compute in float32; take {CUDA_GRAPH}")
        if device.type == "cuda" and not torch.cuda.is_bf16_supported(including_emulation=False):
            raise Error(f"engine is {engine}, and this GPU has no bfloat16; take {CUDA_GRAPH}")
        network = copy.copy(network)  # of the same weights
        network.in_bfloat16 = True  # type: ignore[assignment]
    return Captured(network, device).ready(tuple(tensor.to(device) for tensor in inputs))


def engine_for(
    name: str, network: nn.Module, folder: Path, agreement: Callable[[Call], float], inputs: tuple[Tensor, ...] = ()
) -> Computing:
    """What computes a network, on the device where it is, by an engine's name.

    `auto` is the first of `PREFERRED` that computes there: OpenVINO the graph in `folder`, CUDA graphs what is recorded
    for such `inputs`. Its hit must be `AGREES_DB` louder than what it is off torch's, as `agreement` says; else torch.

    To be asked in the thread that renders: torch's helpers belong to a thread. On a CPU this sets torch's number of
    threads, to one beside OpenVINO, since the helpers of both would wait for work on the same cores. Raises `Error` as
    `Graph` and `captured` do where an engine was asked for that cannot be had, with torch as it is to be.
    """
    place = next(network.parameters()).device.type
    checked(name, place)
    if place == "cpu":
        torch.set_num_threads(threads())  # an earlier graph may have left it one; where this one fails, torch goes on
    whys: list[str] = []
    for engine in [one for one in PREFERRED if COMPUTES_ON[one] == place] if name == "auto" else [name]:
        if engine == TORCH:
            break
        try:
            call: Call = Graph(folder, threads(), engine) if place == "cpu" else captured(network, engine, inputs)
            near, least = agreement(call) if name == "auto" else math.inf, AGREES_DB[engine]
        except (Error, RuntimeError) as reason:
            if name != "auto":
                raise
            whys.append(str(reason))
            continue
        if near >= least:
            if place == "cpu":
                torch.set_num_threads(1)
            return Computing(told(engine, place), call)
        whys.append(f"a hit by {engine} is only {near:.0f} dB louder than what it is off torch's, not {least:.0f} dB")
    return Computing(told(TORCH, place), network, whys[-1] if whys else "")


def told(engine: str, place: str) -> str:
    """An engine in words, on a CPU with its threads."""
    return f"{engine}, {threads()} thread{'s' if threads() > 1 else ''}" if place == "cpu" else engine


def steady(engine: str, device: str) -> None:
    """Have sounds not depend on the number of threads: torch on a CPU rounds otherwise with more, so it gets one.

    OpenVINO gives the same with any number.
    """
    if engine == TORCH and device == "cpu":
        torch.set_num_threads(1)
