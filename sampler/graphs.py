"""Graphs: a model's network as ONNX, which OpenVINO computes on the CPU.

`network.onnx` is the network of the safetensors beside it, operation by operation. OpenVINO fuses operations and
spares what torch does between them. In float32 it gives the same sounds but for rounding; in bfloat16, on processors
that multiply in it, sounds that differ by some 40 dB less than they are loud, in two thirds of the time again
(research/model.md has both measured).
"""

import hashlib
import json
import sys
import warnings
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from .errors import Error, brings
from .files import appearing
from .processor import Others
from .spec import read_spec
from .store import NETWORK

GRAPH = "network.onnx"
FOUND_IN = "weights"  # the key in a graph's metadata under which the digest of its safetensors stands
OPENVINO, OPENVINO_BF16 = "openvino", "openvino_bf16"
OFTEN = 8  # calls of one sound after which all threads together are to compute it
PRECISION = {OPENVINO: "f32", OPENVINO_BF16: "bf16"}  # OpenVINO's words for what it multiplies in


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
        core, found = openvino_core()
        if engine == OPENVINO_BF16 and "BF16" not in found:
            raise Error(f"engine is {engine}, and this processor has no bfloat16; take {OPENVINO} or torch")
        file = folder / GRAPH
        if not file.is_file():
            raise Error(f"the model {folder.name} has no {GRAPH}; `driftkit onnx --model {folder.name}` writes it")
        try:
            model = core.read_model(file)
            written = model.get_rt_info(["framework", FOUND_IN]).astype(str)
        except RuntimeError as reason:
            raise Error(
                f"the graph {file} cannot be read ({last(reason)}); write it again with `driftkit onnx`"
            ) from None
        if written != digest(folder):
            raise Error(f"the graph {file} is of other weights than {NETWORK}; write it again with `driftkit onnx`")
        settings = {
            "INFERENCE_PRECISION_HINT": PRECISION[engine], "INFERENCE_NUM_THREADS": threads,
            "ENABLE_CPU_PINNING": False,  # the player needs those cores, too
        }  # fmt: skip

        def requests(streams: int) -> list[Any]:
            compiled = core.compile_model(model, "CPU", settings | {"NUM_STREAMS": streams})
            return [compiled.create_infer_request() for _ in range(streams)]

        try:
            model.reshape({one.any_name: [1, *list(one.partial_shape)[1:]] for one in model.inputs})
            self._beside = requests(threads)
        except (RuntimeError, MemoryError) as reason:
            raise Error(f"OpenVINO cannot compile the graph {file} ({last(reason)}); take the engine torch") from None
        self._inputs = len(model.inputs)
        self.threads = threads
        self._others = Others()
        self._compile, self._asked = partial(requests, 1), 0
        self.together: Future[list[Any]] | None = None

    def __call__(self, *inputs: Tensor) -> Tensor:
        """As the network."""
        if torch.is_grad_enabled() and any(tensor.requires_grad for tensor in inputs):
            raise Error("OpenVINO gives no gradients; load the model with engine='torch'")
        if not len(inputs[0]):
            return inputs[0].clone()
        if len(inputs) < self._inputs and len(inputs) < 4:  # a network with reach, asked for the denoiser: s' = s
            inputs = (*inputs, inputs[1])
        if len(inputs) < self._inputs:  # one that takes guidance, asked for none but Bayes'
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
            return self._beside
        self._asked += 1
        if self._asked == OFTEN:
            pool = ThreadPoolExecutor(1)
            self.together = pool.submit(self._compile)
            pool.shutdown(wait=False)
        ready = self.together and self.together.done() and not self.together.exception()
        return self.together.result() if self.together and ready else self._beside

    def apart(self, rows: int, others: int) -> bool:
        """Are so many sounds sooner done with one thread each, while others compute on so many of the cores?

        Threads that compute one sound together wait for each other after every layer, so for the one that has to share
        its core: all are as slow as that one.
        """
        together = self.threads / 2 if others else self.threads
        return min(rows, max(1, self.threads - others)) >= together


def openvino_core() -> tuple[Any, list[str]]:
    """The library's core and what it can multiply in here, without the telemetry that its import would send.

    `Error` where it is missing or does not work.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # as if missing: it has a stub for that
    try:
        import openvino

        core = openvino.Core()
        return core, list(core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"))
    except ModuleNotFoundError:
        raise Error(f"OpenVINO is not installed; install it with: {brings('fast')}") from None
    except (ImportError, OSError, RuntimeError) as reason:  # a library of the system that it needs, say
        raise Error(f"OpenVINO does not work here ({last(reason)}); take the engine torch") from None


def last(reason: BaseException) -> str:
    """The last line of what a library says of its failure: those before it tell where in its sources that was."""
    return (str(reason).strip().splitlines() or [type(reason).__name__])[-1]


def digest(folder: Path) -> str:
    """SHA-256 of a model's network: its weights, and what model.json says of it."""
    said = json.dumps(read_spec(folder).network, sort_keys=True)
    return hashlib.sha256((folder / NETWORK).read_bytes() + said.encode()).hexdigest()


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
