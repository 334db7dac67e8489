"""Several processes that train one network: each takes its share of the same batch and the same noise.

Every process draws the whole batch from its copy of the one generator and keeps its slice, so that the
mean of the processes' gradients is the gradient of one process, up to the order of the sums. Only the
first writes and reports.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import torch
from torch import Tensor, nn
from torch import distributed as dist

from ..errors import Error

PATIENCE = timedelta(hours=1)  # the others wait while the first renders and measures


@dataclass(frozen=True)
class Processes:
    """This process among those that train together; alone by default."""

    device: torch.device
    rank: int = 0
    count: int = 1

    @property
    def first(self) -> bool:
        """Whether this is the process that writes and reports."""
        return self.rank == 0

    def share(self, batch: int) -> slice:
        """This process's part of a batch; `Error` where the processes cannot share it evenly."""
        if batch % self.count:
            raise Error(
                f"batch is {batch}, which {self.count} processes cannot share evenly; "
                f"make it a multiple of {self.count}"
            )
        part = batch // self.count
        return slice(self.rank * part, (self.rank + 1) * part)

    def wrap(self, objective: nn.Module) -> nn.Module:
        """The objective, its gradients averaged over the processes."""
        if self.count == 1:
            return objective
        places = [self.device] if self.device.type == "cuda" else None
        return nn.parallel.DistributedDataParallel(objective, device_ids=places)

    def agree(self, order: int) -> int:
        """What the first process decided, in all of them."""
        if self.count == 1:
            return order
        told = torch.tensor(order, device=self.device)
        dist.broadcast(told, 0)
        return int(told)

    def mean(self, value: Tensor) -> Tensor:
        """The mean of a value over the processes."""
        if self.count > 1:
            dist.all_reduce(value)
        return value / self.count


@contextmanager
def joined(device: str) -> Iterator[Processes]:
    """The processes that torchrun started, or this one alone where it did not.

    They speak nccl between CUDA devices, gloo between processors.
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    place = torch.device(device)
    if count == 1:
        yield Processes(place)
        return
    if place.type == "cuda":
        place = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        if (place.index or 0) >= torch.cuda.device_count():
            raise Error(
                f"there are more processes on this machine than its {torch.cuda.device_count()} CUDA devices; "
                "start fewer"
            )
        torch.cuda.set_device(place)
    dist.init_process_group("nccl" if place.type == "cuda" else "gloo", timeout=PATIENCE)
    try:
        yield Processes(place, dist.get_rank(), dist.get_world_size())
    finally:
        dist.destroy_process_group()
