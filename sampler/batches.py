"""Batches: which hits are rendered together, and what a batch of them asks of a model.

Hits that travel the same way share a batch, as far as memory allows.
"""

import logging
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
from torch import Tensor

from . import tasks
from .denoisers import Denoiser
from .errors import Error
from .hit import ADAPTIVE, Hit
from .loudness import Loudness
from .paths import encoding_of, path_of
from .processor import cores
from .resolve import Resolved, span
from .spec import Spec

MOST = {"cuda": 256}  # sounds of one batch by the type of the device: more take memory and save no time
MOST_ELSEWHERE = 32

Guided = Callable[[Tensor, Tensor, str], Denoiser]
"""(class weights (B, classes), strength (B,), guidance_weight) -> the denoiser that they pull."""

Render = Callable[[list[Resolved]], Generator[float, None, list[Any]]]
"""Hits that travel the same way -> the share that is done, step by step; returns what was made of them, in order."""

log = logging.getLogger(__name__)


class Together:
    """How many sounds a device renders at a time: fewer once its memory has not sufficed."""

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self.most = MOST.get(device.type, MOST_ELSEWHERE)

    def steps(self, batch: Sequence[Resolved], render: Render) -> Generator[float, None, list[Any]]:
        """Render hits, those that travel the same way together, yielding progress 0..1; returns what `render` does.

        Where memory runs out half as many are rendered at a time from there on. `Error` where it does for one sound.
        """
        made: dict[int, Any] = {}
        waiting = deque(alike(batch))
        while waiting:
            places = waiting.popleft()
            if places[self.most :]:
                waiting.appendleft(places[self.most :])
            places = places[: self.most]
            walked = render([batch[i] for i in places])
            try:
                while True:
                    share = next(walked)
                    yield min(1.0, (len(made) + share * len(places)) / len(batch))
            except StopIteration as done:
                made |= dict(zip(places, done.value))
            except torch.OutOfMemoryError as reason:
                self._halve(len(places), reason)
                waiting.appendleft(places)
        return [made[i] for i in range(len(batch))]

    def _halve(self, sounds: int, reason: BaseException) -> None:
        if sounds == 1:
            raise Error(
                f"there is not enough memory on {self.device} for one sound; end other programs, or take the device cpu"
            ) from reason
        self.most = sounds // 2
        log.warning("%s has no memory for %d sounds at once; it goes on with %d", self.device, sounds, self.most)
        if self.device.type == "cuda":
            torch.cuda.empty_cache()


def alike(batch: Sequence[Resolved]) -> list[list[int]]:
    """The places in `batch` of the hits that may be rendered together."""
    groups: dict[object, list[int]] = {}
    for i, item in enumerate(batch):
        # an adaptive solver lets every sound of a batch decide on its steps: such a hit goes alone
        alone = i if item.hit.solver in ADAPTIVE else None
        groups.setdefault((alone, *item.hit.route), []).append(i)
    return list(groups.values())


def walk(
    items: list[Resolved], spec: Spec, guided: Guided, device: torch.device, loudness: Loudness | None = None
) -> Generator[Tensor, None, None]:
    """The clean estimates (B, C, N) of one batch after each step."""
    hit = items[0].hit
    index = {name: k for k, name in enumerate(spec.classes)}
    weights = torch.zeros(len(items), len(index))  # here, where to look at them costs no wait for a GPU
    for row, item in enumerate(items):
        for name, weight in item.hit.classes.items():
            weights[row, index[name]] = weight
    strength = torch.tensor([item.hit.guidance for item in items])
    generators = [torch.Generator().manual_seed(item.hit.seed) for item in items]

    def noise() -> Tensor:
        return drawn(generators, (spec.channels, spec.length), device)

    def source(slot: str) -> Tensor:
        arrays = [item.sources[getattr(item.hit, slot)] for item in items]
        return torch.from_numpy(np.stack(arrays)).to(device, non_blocking=True)

    denoise = guided(weights, strength, hit.guidance_weight)
    if loudness is not None and not hit.encodes and hit.task != "inpaint":
        wanted = loudness.of_seeds(weights, strength, [item.hit.seed for item in items])
        if not hit.anew:
            noised, t = varied(hit, source)  # what the noise leaves of it is as loud as it was
            wanted = torch.lerp(loudness.of(noised[:, 0]), wanted, t)
        denoise = loudness.holding(denoise, wanted)
    path = path_of(hit, spec, denoise)
    free = encoding_of(hit, spec, guided(weights, torch.zeros_like(strength), "bayes"), path)
    yield from tasks.TASKS[hit.task](tasks.Asked(hit, path, free, source, span(hit, spec), noise))


def varied(hit: Hit, source: Callable[[str], Tensor]) -> tuple[Tensor, float]:
    """What a task noises, (B, C, N), and the t that it noises it to."""
    if hit.task == "vary":
        return source("source_a"), hit.variation
    return torch.lerp(source("source_a"), source("source_b"), hit.interpolation), hit.interpolation_t


def drawn(generators: list[torch.Generator], shape: tuple[int, ...], device: torch.device) -> Tensor:
    """Standard normal noise of each generator on the processor, (B, *shape) on a device.

    A core draws for some 2,500 sounds a second. A GPU uses up more, and leaves the cores to it meanwhile.
    """
    rows = torch.empty(len(generators), *shape, pin_memory=device.type == "cuda")  # then nobody waits for the transfer

    def draw(generator: torch.Generator, row: Tensor) -> None:
        torch.randn(shape, generator=generator, out=row)

    if len(generators) > 1 and device.type != "cpu":
        with ThreadPoolExecutor(cores(), "noise") as pool:
            list(pool.map(draw, generators, rows))
    else:
        for generator, row in zip(generators, rows):
            draw(generator, row)
    return rows.to(device, non_blocking=True)
