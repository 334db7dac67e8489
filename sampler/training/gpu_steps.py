"""Steps of training on a device, tried on sounds that are made up: what they learn, and how fast they are.

For `python -m sampler.gpu_check`, which says of each figure what it is to be.
"""

import copy
import time
import warnings
from collections.abc import Iterator
from functools import partial

import torch
from torch import Tensor

from ..captured import recorder
from .config import CLASSES, RATE_HZ, Config
from .data import Corpus
from .jumps import field
from .targets import TARGETS
from .train import begin, step
from .unet import Denoising, asking

SOUNDS = 600
LIVELY = 0.02  # drawn onto every weight, as some begin at 0 and would have nothing to say
SETTLED = 12  # steps after which libraries have chosen their ways and graphs are recorded


def made_up(config: Config, device: torch.device) -> Corpus:
    """Noises that die away, some of every class."""
    draw = torch.Generator().manual_seed(0)
    decay = torch.exp(-torch.arange(RATE_HZ) / (500 + 8000 * torch.rand(SOUNDS, 1, generator=draw)))
    sounds = (8000 * torch.randn(SOUNDS, RATE_HZ, generator=draw) * decay).clamp(-32768, 32767).short()
    labels = torch.arange(SOUNDS) % (len(CLASSES) - 1)
    return Corpus(sounds.to(device), labels.to(device), torch.full_like(labels, -1).to(device), config.length)


class Steps:
    """The default network with jumps, learning; `config` says of what size."""

    def __init__(self, config: Config, device: torch.device) -> None:
        torch.backends.cudnn.allow_tf32, torch.backends.cudnn.benchmark = False, True
        self.config, self.device = config, device
        self.corpus = made_up(config, device)

    def _objective(self, config: Config, device: torch.device | None = None) -> Denoising:
        """The same weights each time, drawn on the processor, and a teacher that is their copy."""
        torch.manual_seed(1)
        found = TARGETS["unet"].objective(config, self.corpus)
        assert isinstance(found, Denoising)
        with torch.no_grad():
            for parameter in found.network.parameters():
                parameter.add_(LIVELY * torch.randn_like(parameter))
        found.network.to(device or self.device)
        found.taught_by(copy.deepcopy(found.network).eval())
        return found

    def _shown(self, objective: Denoising, rows: int) -> tuple[Tensor, ...]:
        """A batch, and what is drawn for it."""
        generator = torch.Generator().manual_seed(2)
        config = objective.config.changed(batch=rows)
        x, soft = next(self.corpus.batches(config, generator))
        return (x, *objective.draw(soft, generator))

    def against_float64(self, rows: int) -> tuple[float, float]:
        """By how much the loss and the slopes of a step in float32 are off those of a processor in float64."""
        config = self.config.changed(precision="float32")
        objective = self._objective(config)
        shown = self._shown(objective, rows)
        loss = objective(*shown)
        loss.backward()
        exact = self._objective(config, torch.device("cpu")).double()
        exact.taught_by(copy.deepcopy(exact.network).eval())
        usual = torch.get_default_dtype()
        torch.set_default_dtype(torch.float64)
        try:
            wanted = exact(*(part.cpu().double() for part in shown))
            wanted.backward()
        finally:
            torch.set_default_dtype(usual)
        slopes, right = (
            torch.cat([p.grad.cpu().double().flatten() for p in one.network.parameters() if p.grad is not None])
            for one in (objective, exact)
        )
        return abs(float(loss.detach()) / float(wanted.detach()) - 1), float((slopes - right).norm() / right.norm())

    def recorded(self, rows: int) -> float:
        """By how much the loss is another where the teacher's calls are replayed, its weights having moved since."""
        objective = self._objective(self.config)
        shown = self._shown(objective, rows)
        teacher = objective.teacher.args[0]  # type: ignore[attr-defined]
        asked = asking(teacher, self.config, recorder(self.device))
        found = []
        for _ in range(2):
            for ask in (None, asked):
                objective.teacher = partial(field, teacher, ask=ask)
                found.append(float(objective(*shown).detach()))
            with torch.no_grad():
                for parameter in teacher.parameters():
                    parameter += LIVELY / 4 * torch.randn_like(parameter)
        return max(abs(found[i + 1] / found[i] - 1) for i in (0, 2))

    def _going(self, batch: int) -> Iterator[None]:
        """Steps of a run, one after the other."""
        config = self.config.changed(batch=batch)
        objective = self._objective(config)
        run = begin(objective, "unet", config, None, self.corpus, self.device)
        recent: list[Tensor] = []
        for x, soft in self.corpus.batches(config, run.generator):
            step(run, objective, objective, x, soft, slice(0, batch), config, recent)
            yield

    def waits(self, batch: int) -> int:
        """How often three steps wait for a GPU, as torch tells it."""
        going = self._going(batch)
        for _ in range(SETTLED):
            next(going)
        torch.cuda.set_sync_debug_mode("warn")
        try:
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                for _ in range(3):
                    next(going)
        finally:
            torch.cuda.set_sync_debug_mode("default")
        return sum("synchroniz" in str(one.message) for one in told)

    def rate(self, batch: int, steps: int) -> tuple[float, float]:
        """Sounds a second, and the most memory of a GPU in MB."""
        going, cuda = self._going(batch), self.device.type == "cuda"
        for _ in range(SETTLED if cuda else 1):
            next(going)
        if cuda:
            torch.cuda.reset_peak_memory_stats()
            torch.cuda.synchronize()
        started = time.perf_counter()
        for _ in range(steps):
            next(going)
        if cuda:
            torch.cuda.synchronize()
        took = time.perf_counter() - started
        return batch * steps / took, torch.cuda.max_memory_allocated() / 1e6 if cuda else 0.0
