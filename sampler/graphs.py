"""Graphs: a model's network as ONNX, which OpenVINO computes on the CPU.

`network.onnx` is the network of the safetensors beside it, operation by operation. OpenVINO fuses operations and
spares what torch does between them. In float32 it gives the same sounds but for rounding; in bfloat16, on processors
that multiply in it, sounds that differ by some 40 dB less than they are loud, in two thirds of the time again
(research/model.md has both measured).
"""

import warnings
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from .compiled import FOUND_IN, GRAPH, OPENVINO, compiled, digest, meanwhile
from .errors import Error, brings
from .files import appearing
from .processor import Others

LITTLE = 64  # numbers that are not worth a node of their own
OFTEN = 8  # calls of one sound after which all threads together are to compute it


class Graph:
    """A graph that takes what its network takes: float32 on the CPU, any batch, no gradients.

    A sound is the same alone and in a batch, and however many threads compute it, bit for bit: each is computed by
    itself, with all threads, or beside others with one thread each (`Graph.apart`).

    Parameters
    ----------
    folder: of the model.
    threads: how many compute.
    engine: a key of `PRECISION`.

    Raises `Error` where OpenVINO is missing or cannot compute so here, or the graph is missing, broken or of other
    weights.
    """

    def __init__(self, folder: Path, threads: int, engine: str = OPENVINO) -> None:
        self._compiled = compiled(folder, threads, engine)
        self.threads = threads
        self._others, self._asked = Others(), 0
        self.together: Future[list[Any]] | None = None

    def __call__(self, *inputs: Tensor) -> Tensor:
        """As the network."""
        if torch.is_grad_enabled() and any(tensor.requires_grad for tensor in inputs):
            raise Error("OpenVINO gives no gradients; load the model with engine='torch'")
        if not len(inputs[0]):
            return inputs[0].clone()
        wanted = self._compiled.inputs
        if len(inputs) < wanted and len(inputs) < 4:  # a network with reach, asked for the denoiser: s' = s
            inputs = (*inputs, inputs[1])
        if len(inputs) < wanted:  # one that takes guidance, asked for none but Bayes'
            inputs = (*inputs, torch.ones_like(inputs[1]))
        split = (tensor.contiguous().split(1) for tensor in inputs)
        rows = [[tensor.numpy() for tensor in row] for row in zip(*split, strict=True)]
        requests = self._requests(len(rows))
        found = []
        for first in range(0, len(rows), len(requests)):
            under_way = list(zip(requests, rows[first:]))
            for request, row in under_way:
                request.start_async(row, share_inputs=True)
            for request, _ in under_way:
                request.wait()  # the request writes to the same place again
                found.append(torch.from_numpy(request.get_output_tensor().data).clone())
        return torch.cat(found)

    def _requests(self, rows: int) -> list[Any]:
        """Those that compute so many sounds soonest.

        The one with all threads is compiled beside, which takes a second of a core, for who has often had a use for it.
        """
        if self.apart(rows, self._others.look()):
            return self._compiled.beside
        self._asked += 1
        if self._asked == OFTEN:
            self.together = meanwhile(self._compiled.together)
        ready = self.together and self.together.done() and not self.together.exception()
        return self.together.result() if self.together and ready else self._compiled.beside

    def apart(self, rows: int, others: int) -> bool:
        """Are so many sounds sooner done with one thread each, while others compute on so many of the cores?

        Threads that compute one sound together wait for each other after every layer, so for the one that has to share
        its core: all are as slow as that one.
        """
        together = self.threads / 2 if others else self.threads
        return min(rows, max(1, self.threads - others)) >= together


def write_graph(network: nn.Module, folder: Path, inputs: tuple[Tensor, ...]) -> Path:
    """Write `network.onnx` beside the safetensors of a network, its weights in half precision as they are there.

    Raises `Error` where the package onnx is missing, or a graph is there that somebody else wrote.
    """
    try:
        import onnx
    except ImportError:
        raise Error(f"to write a graph onnx is needed; install it with: {brings('fast')}") from None
    names = ["y", "s", "weights", "to", "guidance"][: len(inputs)]
    file = folder / GRAPH
    if file.exists() and not by_driftkit(file, onnx):
        raise Error(f"{file} is there already, and `driftkit onnx` did not write it; move it away")
    with appearing(file) as staged:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of tracing: what it calls constant is
            torch.onnx.export(
                network, inputs, str(staged), input_names=names, output_names=["clean"],
                dynamic_axes={name: {0: "batch"} for name in (*names, "clean")}, dynamo=False, opset_version=18,
            )  # fmt: skip
        graph = onnx.load(staged)
        share(graph)
        halve(graph, onnx)
        graph.metadata_props.add(key=FOUND_IN, value=digest(folder))
        onnx.checker.check_model(graph)
        onnx.save(graph, staged)
    return file


def by_driftkit(file: Path, onnx: Any) -> bool:
    """Does a graph name the weights that it was made of, as those of `write_graph` do?"""
    try:
        return any(entry.key == FOUND_IN for entry in onnx.load(file).metadata_props)
    except Exception:  # whatever the parser meets in a file that is no graph
        return False


def share(graph: Any) -> None:
    """Keep constants that are the same once: the tracer writes a buffer at every place where it is used."""
    first: dict[bytes, str] = {}
    renamed = {}
    for node in list(graph.graph.node):
        if node.op_type == "Constant":
            found = first.setdefault(node.attribute[0].SerializeToString(), node.output[0])
            if found != node.output[0]:
                renamed[node.output[0]] = found
                graph.graph.node.remove(node)
    for node in graph.graph.node:
        node.input[:] = [renamed.get(name, name) for name in node.input]


def halve(graph: Any, onnx: Any) -> None:
    """Keep initialisers that are exact in float16, or squares of such, as these: half the file, the same numbers.

    A Cast stands behind them, and behind roots their product with themselves.
    """
    back = []
    for tensor in graph.graph.initializer:
        values = onnx.numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size <= LITTLE:
            continue
        name = tensor.name
        for kept, ending in ((values, "half"), (np.sqrt(np.maximum(values, 0)), "root")):
            with np.errstate(over="ignore"):
                half = kept.astype(np.float16)
            whole = half.astype(np.float32)
            if not (whole == values if ending == "half" else whole * whole == values).all():
                continue
            tensor.CopyFrom(onnx.numpy_helper.from_array(half, f"{name}_{ending}"))
            cast = name if ending == "half" else f"{name}_whole"
            back.append(onnx.helper.make_node("Cast", [f"{name}_{ending}"], [cast], to=onnx.TensorProto.FLOAT))
            if ending == "root":
                back.append(onnx.helper.make_node("Mul", [cast, cast], [name]))
            break
    nodes = [*back, *graph.graph.node]
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
