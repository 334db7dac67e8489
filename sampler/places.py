"""Where a network computes: the CPU, or a GPU. Where there are both, each is measured with what will compute there.

What a machine does while it is measured says little of what it does later. So where torch computes, the renders that
follow are held against the figure: once they differ from it by `OFF` times, it is given up and taken anew.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import torch
from torch import Tensor

from .store import device_for

CALLS = 6  # that are timed
OFF = 3.0  # times, up or down
SEEN = 8  # renders, of which the median counts


class Figure:
    """What a call for one sound was measured to take, in milliseconds, held against what such calls take."""

    def __init__(self, ms: float) -> None:
        self.ms = ms
        self._seen: deque[float] = deque(maxlen=SEEN)

    def took(self, ms: float) -> None:
        """A call of a render has taken so long."""
        self._seen.append(ms)

    @property
    def off(self) -> bool:
        """Is it to be given up?"""
        return len(self._seen) == SEEN and not self.ms / OFF <= median(self._seen) <= self.ms * OFF


def milliseconds(call: Callable[..., object], inputs: tuple[Tensor, ...], calls: int = CALLS) -> float:
    """Median time of a call, after two that are not counted."""
    took = []
    with torch.no_grad():
        for _ in range(calls + 2):
            started = time.perf_counter()
            call(*inputs)
            took.append(time.perf_counter() - started)
    return 1000 * median(took[2:])


def places_for(device: str) -> list[torch.device]:
    """Where a model may compute: cpu, cuda or mps as asked; with `auto` the GPU of CUDA, if there is one, and the CPU.

    `Error` where the machine lacks what was asked for.
    """
    place = device_for(device)
    if place.type == "cuda":  # torch would round what convolutions take to ten bits, and others alone than in a batch
        torch.backends.cudnn.allow_tf32 = False
    return [place] if device != "auto" or place.type == "cpu" else [place, torch.device("cpu")]


def quickest(
    places: Sequence[torch.device], computing: Callable[[torch.device], Callable[..., Tensor]],
    inputs: tuple[Tensor, ...],
) -> tuple[torch.device, Figure]:  # fmt: skip
    """Where a call takes least time, with the figure that says so: a small network may need no GPU.

    computing: has a network go to a place, and gives the very call that will compute it there.
    """
    threads = torch.get_num_threads()

    def timed(place: torch.device) -> float:
        call = computing(place)
        return milliseconds(lambda *x: call(*x).cpu(), tuple(tensor.to(place) for tensor in inputs))

    try:
        with ThreadPoolExecutor(1, "places") as aside:  # with which the helpers end that torch makes for it
            took = list(aside.map(timed, places))
    finally:
        torch.set_num_threads(threads)  # which belongs to whoever renders
    ms, best = min(zip(took, range(len(took))))
    return places[best], Figure(ms)
