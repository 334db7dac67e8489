"""Batches: which hits are rendered together, and what a batch of them asks of a model.

Hits that travel the same way share a batch, as far as memory allows.
"""

from collections.abc import Callable, Generator, Sequence

import numpy as np
import torch
from torch import Tensor

from . import tasks
from .denoisers import Denoiser
from .hit import ADAPTIVE
from .paths import encoding_of, path_of
from .resolve import Resolved, span
from .spec import Spec

MOST = {"cuda": 512}  # sounds of one batch by the type of the device: more take memory and save no time
MOST_ELSEWHERE = 32

Guided = Callable[[Tensor, Tensor, str], Denoiser]
"""(class weights (B, classes), strength (B,), guidance_weight) -> the denoiser that they pull."""


def parts(batch: Sequence[Resolved], device: torch.device) -> list[list[int]]:
    """The places in `batch` of the hits that are rendered together."""
    groups: dict[object, list[int]] = {}
    for i, item in enumerate(batch):
        # an adaptive solver lets every sound of a batch decide on its steps: such a hit goes alone
        alone = i if item.hit.solver in ADAPTIVE else None
        groups.setdefault((alone, *item.hit.route), []).append(i)
    most = MOST.get(device.type, MOST_ELSEWHERE)
    return [places[i : i + most] for places in groups.values() for i in range(0, len(places), most)]


def walk(items: list[Resolved], spec: Spec, guided: Guided, device: torch.device) -> Generator[Tensor, None, None]:
    """The clean estimates (B, C, N) of one batch after each step."""
    hit = items[0].hit
    index = {name: k for k, name in enumerate(spec.classes)}
    weights = torch.zeros(len(items), len(index), device=device)
    for row, item in enumerate(items):
        for name, weight in item.hit.classes.items():
            weights[row, index[name]] = weight
    strength = torch.tensor([item.hit.guidance for item in items], device=device)
    generators = [torch.Generator().manual_seed(item.hit.seed) for item in items]

    def noise() -> Tensor:
        shape = (spec.channels, spec.length)
        return torch.stack([torch.randn(shape, generator=g) for g in generators]).to(device)

    def source(slot: str) -> Tensor:
        arrays = [item.sources[getattr(item.hit, slot)] for item in items]
        return torch.from_numpy(np.stack(arrays)).to(device)

    path = path_of(hit, spec, guided(weights, strength, hit.guidance_weight))
    free = encoding_of(hit, spec, guided(weights, torch.zeros_like(strength), "bayes"), path)
    yield from tasks.TASKS[hit.task](tasks.Asked(hit, path, free, source, span(hit, spec), noise))
