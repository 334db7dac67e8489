"""Hearing a run as it learns: the same sounds rendered from the moving average, and their distance to real ones."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..errors import Error
from ..hit import Hit
from ..model import Model
from ..spec import SHIPPED
from .config import Config
from .data import Corpus
from .targets import TARGETS, spec_of

JUDGE = SHIPPED / "judge" / "judge.safetensors"
REAL = 1000  # held-out sounds compared with, at most
TOGETHER = 8  # sounds rendered at a time


class Watch:
    """A fixed set of hits, and the judge's embedding of the held-out split.

    Few sounds against many real ones make a distance too large (the covariance of 128 features is then poorly
    known), but by as much at every checkpoint: it ranks the checkpoints of a run. `driftkit evaluate` measures.
    """

    def __init__(
        self, target: str, config: Config, held_out: Corpus, out: Path, device: torch.device,
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        if config.evaluate_sounds < 2:
            raise Error(f"evaluate_sounds is {config.evaluate_sounds}; it must be 2 or more, or 0, which renders none")
        self.spec = spec_of(target, config, "training")
        self.folder, self.device, self.say = out / "sounds", device, say
        ordered = held_out.labels.sort().values
        places = torch.linspace(0, len(ordered) - 1, config.evaluate_sounds).round().long()
        named = [held_out.classes[int(label)] for label in ordered.cpu()[places]]
        known = TARGETS[target].conditional
        self.hits = [Hit(classes={name: 1.0} if known else {}, seed=i) for i, name in enumerate(named)]
        self.names = [f"{i:02d}_{name}" if known else f"{i:02d}" for i, name in enumerate(named)]
        self.judge = None
        if len(ordered) < 2:
            say("the held-out split has one sound: sounds are rendered, distances left out")
            return
        try:
            from .evaluate import embed, median_width
            from .judge import Judge
        except ImportError:
            say("safetensors is not installed, so the judge cannot be read: sounds are rendered, distances left out")
            return
        try:
            self.judge = Judge.load(JUDGE)
        except Error as reason:
            say(f"{reason}: sounds are rendered, distances left out")
            return
        few = torch.linspace(0, len(ordered) - 1, min(REAL, len(ordered))).round().long()
        real = held_out.only(few.to(held_out.labels.device))
        self.real = embed(self.judge, real.clean().cpu())
        self.width = median_width(self.real)

    def hear(self, average: nn.Module, samples: int) -> tuple[Tensor, dict[str, float]]:
        """Render the hits into OUT/sounds/SAMPLES/; the sounds (n, N), and distances where there is a judge.

        A network that gives no finite sound yet is said, and has neither.
        """
        model = Model(self.spec, f"training@{samples}", average, None, self.device)
        parts = [self.hits[i : i + TOGETHER] for i in range(0, len(self.hits), TOGETHER)]
        try:
            made = [sound for part in parts for sound in model.render_batch(part)]
        except Error as reason:
            self.say(f"no sounds after {samples}: {reason}")
            return torch.zeros(0, self.spec.length), {}
        folder = self.folder / f"{samples:08d}"
        folder.mkdir(parents=True, exist_ok=True)
        for name, sound in zip(self.names, made):
            sound.save(folder / f"{name}.wav", name=name)
        sounds = torch.from_numpy(np.stack([sound.samples.mean(axis=0) for sound in made]))
        if self.judge is None:
            return sounds, {}
        from .evaluate import embed, frechet, kernel

        found = embed(self.judge, sounds)
        return sounds, {"frechet": frechet(found, self.real), "kernel": kernel(found, self.real, self.width)}
