"""What the first process of a run does between steps: it measures, has sounds heard, logs, and keeps checkpoints."""

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from .checkpoints import BEST, CHECKPOINT, Run, least, save
from .config import Config
from .data import Corpus
from .log import Log
from .target import Objective, held_out_batch
from .targets import TARGETS
from .watch import Watch

Reporter = Callable[[dict[str, Any]], None]
GO_ON, SAVE, CHECK, STOP, END = range(5)  # what the first process decides before each step
MEASURING = 0.05  # share of the time that the held-out measure may take between evaluations


def learning_rate(config: Config, samples: int, spent: float = 0.0) -> float:
    """Linear warm-up over `warmup` steps, constant, then linear to zero over the `cooldown` share.

    spent: share of the time that the whole run may take; the end comes by the sounds or by the time.
    """
    warm = min(1.0, (samples / config.batch + 1) / config.warmup)
    left = max(0.0, 1 - max(samples / config.samples, spent))
    return config.learning_rate * warm * min(1.0, left / max(config.cooldown, 1e-9))


class Desk:
    """What the first process does between steps: measure, hear, log, keep."""

    def __init__(
        self, target: str, config: Config, run: Run, objective: Objective, out: Path, held_out: Corpus,
        report: Reporter, say: Callable[[str], None], boards: tuple[str, ...],
    ) -> None:  # fmt: skip
        self.target, self.config, self.run, self.objective, self.out = target, config, run, objective, out
        self.report, self.batch = report, held_out_batch(held_out)
        self.log = Log(out, run.samples, boards)
        self.watch: Watch | None = None
        if config.evaluate_every and config.evaluate_sounds and TARGETS[target].denoises:
            self.watch = Watch(target, config, held_out, out, next(run.average.parameters()).device, say)
        self.least = least(out / BEST, config)
        self.since, self.shown = time.monotonic(), run.samples
        self.saved, self.cost = self.since, 0.0
        self.spent, self.until = 0.0, math.inf  # share of the run's time, and when it is over

    @property
    def enough(self) -> bool:
        """Has the held-out error not fallen for as many reports as there is patience for?"""
        errors = [line["held_out"]["mean"] for line in self.log.lines]
        return 0 < self.config.patience < len(errors) - (errors.index(min(errors)) if errors else 0)

    def order(self, checkpoint_s: float) -> int:
        """Whether it is time for a checkpoint, and for a report with it: where measuring, to judge by the last time,
        takes a small share of the time since then."""
        now = time.monotonic()
        if now - self.saved <= checkpoint_s:
            return GO_ON
        return CHECK if self.cost <= MEASURING * (now - self.since) else SAVE

    def save(self) -> None:
        """Keep the checkpoint."""
        save(self.out / CHECKPOINT, self.run.state(self.target, self.config))
        self.saved = time.monotonic()

    def check(self, loss: float | None, evaluate: bool) -> None:
        """One report and a checkpoint; where it is due, the sounds and their distances too.

        Best, log, checkpoint: a kill between any two of them is made good when the run goes on, since
        the best is only replaced by a lesser distance and the log is cut back to the checkpoint.
        """
        run = self.run
        started = time.monotonic()
        # the quickest way for shapes that come once a report is not worth the memory in which it is looked for
        with torch.backends.cudnn.flags(enabled=True, benchmark=False, allow_tf32=False):
            held = self.objective.held_out(run.average, *self.batch)
        self.cost = time.monotonic() - started
        rate = (run.samples - self.shown) / max(time.monotonic() - self.since, 1e-9)
        line: dict[str, Any] = {"samples": run.samples, "loss": loss, "held_out": held}
        line |= {"learning_rate": learning_rate(self.config, run.samples, self.spent), "samples_per_s": rate}
        by_sounds = (self.config.samples - run.samples) / max(rate, 1e-9)
        line["left_s"] = max(0.0, min(by_sounds, self.until - time.monotonic()))
        again = self.log.last == run.samples  # a run that went on from here and took no step
        if self.watch and evaluate and not again:
            sounds, distance = self.watch.hear(run.average, run.samples)
            self.log.sounds(run.samples, self.watch.names, sounds)
            if distance:
                line["distance"] = distance
            if not self.config.patience:
                self.keep(distance.get("frechet", math.inf), distance)
        if self.config.patience:
            self.keep(held["mean"], {"held_out": held["mean"]})
        if not again:
            self.log.write(line)
        self.report(line)
        self.save()
        self.since, self.shown = time.monotonic(), run.samples

    def keep(self, measure: float, told: dict[str, float]) -> None:
        """Keep the moving average where it has the least so far."""
        if measure < self.least:
            self.least = measure
            save(self.out / BEST, self.run.best(self.target, self.config, **told))


def memory(device: str) -> str:
    """The most memory that was taken, in words: of a GPU by torch, or else by this process with all that it read."""
    if device.startswith("cuda"):
        return f"took {torch.cuda.max_memory_allocated(device) / 1e6:.0f} MB of the GPU's memory at most"
    try:
        import resource
    except ImportError:  # Windows
        return "this system does not tell how much memory was taken"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in KB, but on macOS in bytes
    return f"took {most / (1e6 if sys.platform == 'darwin' else 1e3):.0f} MB of memory at most"
