"""A model's graph as OpenVINO compiles it, which takes a second of a core and can begin before torch is there."""

import hashlib
import json
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from .errors import Error, brings
from .spec import NETWORK, read_spec

GRAPH = "network.onnx"
FOUND_IN = "weights"  # the key in a graph's metadata under which the digest of its safetensors stands
OPENVINO, OPENVINO_BF16 = "openvino", "openvino_bf16"
CUDA_GRAPH, CUDA_GRAPH_BF16 = "cuda_graph", "cuda_graph_bf16"
COMPUTES_ON = {OPENVINO: "cpu", OPENVINO_BF16: "cpu", CUDA_GRAPH: "cuda", CUDA_GRAPH_BF16: "cuda"}  # kinds of devices
PRECISION = {OPENVINO: "f32", OPENVINO_BF16: "bf16"}  # OpenVINO's words for what it multiplies in
Made = TypeVar("Made")


class Compiled:
    """A graph that is ready to compute: `beside` are as many requests as there are threads, for one sound each.

    Raises `Error` where OpenVINO is missing or cannot compute so here, or the graph is missing, broken or of other
    weights.
    """

    def __init__(self, folder: Path, threads: int, engine: str) -> None:
        self.engine = engine
        self._core, found = openvino_core()
        if engine == OPENVINO_BF16 and "BF16" not in found:
            raise Error(f"engine is {engine}, and this processor has no bfloat16; take {OPENVINO} or torch")
        file = folder / GRAPH
        if not file.is_file():
            raise Error(f"the model {folder.name} has no {GRAPH}; `driftkit onnx --model {folder.name}` writes it")
        try:
            model = self._core.read_model(file)
            written = model.get_rt_info(["framework", FOUND_IN]).astype(str)
        except RuntimeError as reason:
            raise Error(
                f"the graph {file} cannot be read ({last(reason)}); write it again with `driftkit onnx`"
            ) from None
        if written != digest(folder):
            raise Error(f"the graph {file} is of other weights than {NETWORK}; write it again with `driftkit onnx`")
        self._settings = {
            "INFERENCE_PRECISION_HINT": PRECISION[engine], "INFERENCE_NUM_THREADS": threads,
            "ENABLE_CPU_PINNING": False,  # the player needs those cores, too
        }  # fmt: skip
        self._model, self.inputs = model, len(model.inputs)
        try:
            model.reshape({one.any_name: [1, *list(one.partial_shape)[1:]] for one in model.inputs})
            self.beside = self._requests(threads)
        except (RuntimeError, MemoryError) as reason:
            raise Error(f"OpenVINO cannot compile the graph {file} ({last(reason)}); take the engine torch") from None

    def together(self) -> list[Any]:
        """One request that all threads compute."""
        return self._requests(1)

    def _requests(self, streams: int) -> list[Any]:
        compiled = self._core.compile_model(self._model, "CPU", self._settings | {"NUM_STREAMS": streams})
        return [compiled.create_infer_request() for _ in range(streams)]


_begun: dict[tuple[Path, int], Future[Compiled]] = {}


def begin(folder: Path, threads: int) -> None:
    """Have a graph compiled meanwhile, in bfloat16 where the processor has it; `compiled` will take that one."""

    def work() -> Compiled:
        return Compiled(folder, threads, OPENVINO_BF16 if "BF16" in openvino_core()[1] else OPENVINO)

    _begun[folder, threads] = meanwhile(work)


def compiled(folder: Path, threads: int, engine: str) -> Compiled:
    """A graph compiled for so many threads by an engine, a key of `PRECISION`; `Error` as `Compiled` raises it."""
    begun = _begun.get((folder, threads))
    if begun and (begun.exception() or begun.result().engine == engine):
        return _begun.pop((folder, threads)).result()
    return Compiled(folder, threads, engine)


def meanwhile(work: Callable[[], Made]) -> "Future[Made]":
    """What `work` makes in a thread of its own. The end of the program waits for it: killed inside OpenVINO, it would
    take the program's exit code with it."""
    future: Future[Made] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as reason:
            future.set_exception(reason)

    threading.Thread(target=run, name="compile").start()
    return future


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
