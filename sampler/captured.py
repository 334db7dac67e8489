"""A network as CUDA graphs: a GPU is told of all its operations at once, in place of one after the other.

Alone, a sound keeps a GPU busy for a fifth of the time that it takes the processor to begin every operation. A graph is
recorded for inputs of one shape, which lie where they lay when it was recorded: inputs are copied there, the graph is
replayed, and what it wrote is copied out. Batches are filled up to a power of two, so that few graphs serve all; of
these the `KEPT` used last are kept, and their memory is shared, since no two of them are ever under way together.

What records is a parameter. Where there is no GPU, `repeated` stands for it, which computes the same again.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

from .errors import Error
from .folding import folded

KEPT = 8  # graphs
MOST = 256  # sounds of one graph: more take memory and save no time
WARM_UP = 3  # calls before a recording: libraries choose their ways and take their memory in the first ones

log = logging.getLogger(__name__)

Function = Callable[..., Tensor]


class Recording(NamedTuple):
    """What was recorded: `replay` computes `output` anew from what then stands in `inputs`.

    reads: what holds the other tensors that it reads. A CUDA graph knows where they lay and does not keep them there.
    """

    inputs: tuple[Tensor, ...]
    replay: Callable[[], object]
    output: Tensor
    reads: object = None


Recorder = Callable[[Function, tuple[Tensor, ...]], Recording]
"""(function, inputs that stay where they are) -> its recording."""


def recorder(device: torch.device) -> Recorder:
    """CUDA graphs with one pool of memory on a GPU of NVIDIA's; elsewhere `repeated`."""
    if device.type != "cuda":
        return repeated
    pool = torch.cuda.graph_pool_handle()

    def record(function: Function, inputs: tuple[Tensor, ...]) -> Recording:
        aside = torch.cuda.Stream(device)
        aside.wait_stream(torch.cuda.current_stream(device))
        with torch.cuda.stream(aside):
            for _ in range(WARM_UP):
                function(*inputs)
        torch.cuda.current_stream(device).wait_stream(aside)
        graph = torch.cuda.CUDAGraph()
        # other threads may ask the driver for memory meanwhile: a model is read while another one plays
        with torch.cuda.graph(graph, pool=pool, stream=aside, capture_error_mode="thread_local"):
            output = function(*inputs)
        return Recording(inputs, graph.replay, output)

    return record


def repeated(function: Function, inputs: tuple[Tensor, ...]) -> Recording:
    """A recording that computes again: as a graph does, from the inputs where they lie, to where the output lies."""
    output = function(*inputs).clone()
    return Recording(inputs, lambda: output.copy_(function(*inputs)), output)


def full(rows: int) -> int:
    """How many sounds a graph is recorded for that is to compute so many: the next power of two."""
    return 1 << (rows - 1).bit_length()


class Captured:
    """A network that takes what it takes, any batch, by recordings; with gradients it is called itself.

    Parameters
    ----------
    network: on its device. It is computed as it is at the first call of each shape, where `folds`; else every replay
        heeds its weights as they are then, as long as they lie where they lay.
    record: what records, by default what suits the device.
    size: rows -> rows of the recording that computes them.
    """

    def __init__(
        self, network: Function, device: torch.device, record: Recorder | None = None, folds: bool = True,
        size: Callable[[int], int] = full,
    ) -> None:  # fmt: skip
        self.network, self.device = network, device
        self._record, self._folds, self._size = record or recorder(device), folds, size
        self._kept: OrderedDict[object, Recording | None] = OrderedDict()  # None: cannot be recorded

    def __call__(self, *inputs: Tensor) -> Tensor:
        """As the network: inputs (B, ...) -> (B, ...)."""
        rows = len(inputs[0])
        if torch.is_grad_enabled() and any(tensor.requires_grad for tensor in inputs):
            return self.network(*inputs)
        if not rows:
            return inputs[0].clone()
        if rows > MOST:
            return torch.cat([self(*part) for part in zip(*(tensor.split(MOST) for tensor in inputs))])
        key = (self._size(rows), *((tensor.shape[1:], tensor.dtype) for tensor in inputs))
        if key not in self._kept:
            self._keep(key, self._recorded_or_none(inputs, self._size(rows)))
        recording = self._kept[key]
        self._kept.move_to_end(key)
        if recording is None:
            return self.network(*inputs)
        torch._foreach_copy_([place[:rows] for place in recording.inputs], list(inputs))
        recording.replay()
        return recording.output[:rows].clone()

    def ready(self, inputs: tuple[Tensor, ...]) -> "Captured":
        """Record for inputs of this shape now; `Error` where that cannot be."""
        rows = len(inputs[0])
        try:
            recording = self._recorded(inputs, self._size(rows))
        except Exception as reason:  # of any library below
            raise Error(f"no CUDA graph can be made of the network ({told(reason)})") from None
        self._keep((self._size(rows), *((tensor.shape[1:], tensor.dtype) for tensor in inputs)), recording)
        return self

    def _keep(self, key: object, recording: Recording | None) -> None:
        self._kept[key] = recording
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _recorded_or_none(self, inputs: tuple[Tensor, ...], size: int) -> Recording | None:
        """A recording, or None where none can be made, which the log says once. Out of memory is the caller's: it may
        ask for fewer sounds."""
        try:
            return self._recorded(inputs, size)
        except torch.OutOfMemoryError:
            self._kept.clear()
            if size > 1:
                raise
            log.warning("the GPU has no memory for a CUDA graph; its operations are begun one by one")
        except Exception as reason:
            log.warning("no CUDA graph of %d sounds (%s); its operations are begun one by one", size, told(reason))
        return None

    def _recorded(self, inputs: tuple[Tensor, ...], size: int) -> Recording:
        with torch.no_grad():
            rows = torch.arange(size, device=self.device).clamp_max(len(inputs[0]) - 1)
            places = tuple(tensor.detach().index_select(0, rows) for tensor in inputs)
            function = self._operations(places)
            return self._record(function, places)._replace(reads=function)

    def _operations(self, places: tuple[Tensor, ...]) -> Function:
        if not self._folds:
            return self.network
        try:
            return folded(self.network, places)
        except torch.OutOfMemoryError:
            raise
        except Exception as reason:
            log.warning("the network is recorded as it is, with all that never changes (%s)", told(reason))
            return self.network


def told(reason: BaseException) -> str:
    """The first line of what a library says of its failure."""
    return (str(reason).strip().splitlines() or [type(reason).__name__])[0][:200]
