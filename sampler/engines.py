"""What computes the calls of a network: torch, or ONNX Runtime where a model brings its graph.

A graph (`network.onnx`, written by `driftkit onnx`) is the network of the safetensors beside it, operation by
operation, and gives the same sounds but for rounding; it only spares what torch does between the operations. Which
is faster is for the machine to say: `engine_for` asks it.
"""

import hashlib
import json
import os
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import torch
from torch import Tensor, nn

from .errors import Error, brings
from .spec import Spec, read_spec
from .store import NETWORK, device_for

GRAPH = "network.onnx"
TORCH, ONNX = ENGINES = ("torch", "onnxruntime")
MOST_THREADS = min(  # what torch takes until it is told otherwise, but no more than this process may use
    torch.get_num_threads(), len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 64
)
CALLS = 6  # of each candidate that are timed
MARGIN = 0.9  # another engine than torch must take less than this share of its time
FOUND_IN = "weights"  # the key in a graph's metadata under which the digest of its safetensors stands

Call = Callable[..., Tensor]
"""A network: (y (B, C, N), s (B,), ...) -> (B, C, N)."""


class Graph:
    """A graph in ONNX Runtime that takes what the network takes: float32 on the CPU, any batch, no gradients.

    Raises `Error` where ONNX Runtime is missing, or the graph is missing, broken or of other weights.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        try:
            import onnxruntime
        except ImportError:
            raise Error(f"the engine {ONNX} is not installed; install it with: {brings('fast')}") from None
        file = folder / GRAPH
        if not file.is_file():
            raise Error(f"the model {folder.name} has no {GRAPH}; `driftkit onnx --model {folder.name}` writes it")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3  # errors
        try:
            self._session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        except Exception as reason:  # the library has kinds of its own for a broken file
            raise Error(f"the graph {file} cannot be read ({reason}); write it again with `driftkit onnx`") from None
        if self._session.get_modelmeta().custom_metadata_map.get(FOUND_IN) != digest(folder):
            raise Error(f"the graph {file} is of other weights than {NETWORK}; write it again with `driftkit onnx`")
        self._names = [one.name for one in self._session.get_inputs()]

    def __call__(self, *inputs: Tensor) -> Tensor:
        """As the network."""
        if len(inputs) < len(self._names):  # a network with reach, asked for the denoiser: s' = s
            inputs = (*inputs, inputs[1])
        feeds = {name: tensor.contiguous().numpy() for name, tensor in zip(self._names, inputs, strict=True)}
        return torch.from_numpy(self._session.run(None, feeds)[0])


def digest(folder: Path) -> str:
    """SHA-256 of a model's network: its weights, and what model.json says of it."""
    said = json.dumps(read_spec(folder).network, sort_keys=True)
    return hashlib.sha256((folder / NETWORK).read_bytes() + said.encode()).hexdigest()


def example(spec: Spec, conditional: bool) -> tuple[Tensor, ...]:
    """Inputs of a model's network, a batch of one: (y, s, class weights) of a conditional one, with s' where it has
    reach; else (x, sigma)."""
    inputs: tuple[Tensor, ...] = torch.randn(1, spec.channels, spec.length), torch.full((1,), 0.5)
    if conditional:
        inputs = (*inputs, torch.zeros(1, len(spec.classes)))
    return (*inputs, torch.full((1,), 0.1)) if spec.network.get("reach") else inputs


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
        raise Error(f"engine is {engine}; it must be auto, {' or '.join(ENGINES)}")
    if engine == ONNX and device not in ("auto", "cpu"):
        raise Error(f"engine is {ONNX}, which computes on the CPU, and device is {device}; take device cpu, or {TORCH}")


def engine_for(name: str, network: nn.Module, folder: Path, inputs: tuple[Tensor, ...]) -> tuple[str, Call]:
    """What an engine is called with its threads, and the call itself; `auto` is the one that takes least time.

    To be asked in the thread that renders: torch's helpers belong to a thread. `auto` sets torch's number of threads
    to what suits it best, and takes torch where nothing beats it clearly. Beside ONNX Runtime torch gets one thread,
    since the helpers of both would wait for work on the same cores. Raises `Error` as `Graph` does.
    """
    checked(name, "cpu")
    if name != "auto":
        threads = thread_counts()[0]
        torch.set_num_threads(threads)  # an earlier graph may have left it one; where this one fails, torch goes on
        if name == TORCH:
            return told(name, threads), network
        graph = Graph(folder, threads)
        torch.set_num_threads(1)
        return told(name, threads), graph
    tried: list[tuple[float, int]] = []
    for threads in thread_counts():
        torch.set_num_threads(threads)
        tried.append((milliseconds(network, inputs), threads))
    least, threads = min(tried)
    torch.set_num_threads(threads)
    best: tuple[str, Call] = told(TORCH, threads), network
    least *= MARGIN
    for threads in thread_counts():
        try:
            graph = Graph(folder, threads)
        except Error:
            break
        took = milliseconds(graph, inputs)
        if took < least:
            least, best = took, (told(ONNX, threads), graph)
    if best[1] is not network:
        torch.set_num_threads(1)
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


def write_graph(network: nn.Module, folder: Path, inputs: tuple[Tensor, ...]) -> Path:
    """Write `network.onnx` beside the safetensors of a network, its weights in half precision as they are there.

    Raises `Error` where the package onnx is missing.
    """
    try:
        import onnx
    except ImportError:
        raise Error(f"to write a graph onnx is needed; install it with: {brings('fast')}") from None
    names = ["y", "s", "weights", "to"][: len(inputs)]
    file = folder / GRAPH
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tracing: what it calls constant is
        torch.onnx.export(
            network, inputs, str(file), input_names=names, output_names=["clean"],
            dynamic_axes={name: {0: "batch"} for name in (*names, "clean")}, dynamo=False, opset_version=18,
        )  # fmt: skip
    graph = onnx.load(file)
    halve(graph, onnx)
    graph.metadata_props.add(key=FOUND_IN, value=digest(folder))
    onnx.checker.check_model(graph)
    onnx.save(graph, file)
    return file


def halve(graph: Any, onnx: Any) -> None:
    """Keep initialisers that are exact in float16 as such, with a Cast behind: half the file, the same numbers."""
    casts = []
    for tensor in graph.graph.initializer:
        values = onnx.numpy_helper.to_array(tensor)
        if (
            values.dtype == "float32"
            and values.size > 64
            and (values.astype("float16").astype("float32") == values).all()
        ):
            name = tensor.name
            tensor.CopyFrom(onnx.numpy_helper.from_array(values.astype("float16"), f"{name}_half"))
            casts.append(onnx.helper.make_node("Cast", [f"{name}_half"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.graph.node]
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
