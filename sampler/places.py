"""Where torch computes: the CPU, or a GPU. Where there are both they are measured, but not believed for ever.

What a machine does while it is measured says little of what it does later, so the renders that follow are held
against the figure: once they differ from it by `OFF` times, it is given up and taken anew.
"""

import time
from collections import deque
from collections.abc import Callable
from statistics import median

import torch
from torch import Tensor, nn

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


def place_for(device: str, network: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[torch.device, Figure | None]:
    """cpu, cuda or mps; `auto` is cpu or cuda, where a call takes less time, with the figure that says so: a small
    network may need no GPU."""
    place = device_for(device)
    if place.type == "cuda":  # torch would round what convolutions take to ten bits, and others alone than in a batch
        torch.backends.cudnn.allow_tf32 = False
    if device != "auto" or place.type == "cpu":
        return place, None
    took = {}
    for tried in (torch.device("cpu"), place):
        placed = network.to(tried)
        moved = tuple(tensor.to(tried) for tensor in inputs)
        took[tried] = milliseconds(lambda *x, placed=placed: placed(*x).cpu(), moved)
    best = min(took, key=lambda place: took[place])
    return best, Figure(took[best]) if best.type != "cpu" else None  # of the CPU it is torch's, which may not compute
