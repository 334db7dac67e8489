"""Measuring by many workers: the sounds of an evaluation and the embeddings of a sweep as jobs of `sampler.work`.

A job is made of blocks: as many sounds of one class (and in a sweep, of one row) as are wanted, rendered in the same
tens as by one process. A block is filled up to whole tens with hits that are nothing.
"""

import base64
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Error
from ..model import Model
from ..sound import version
from ..work.crew import Crew
from ..work.job import Made
from ..work.listed import opened
from ..work.runner import Runner
from ..work.shards import Shards
from .embeddings import Embedding, load_embedding
from .evaluate import render_class
from .judge import Judge
from .sweep import BATCH, PROCESSES, sample

Block = tuple[str, ...]
"""A class, or schedule, process and class."""


@dataclass(frozen=True)
class Study:
    """n sounds of each block. suffix: of files of float32 samples, "" where only the places of sounds are wanted.

    listener: the file of the embedding, and the rate that it hears at; the judge's where it has none.
    """

    model: str
    tag: str
    device: str
    engine: str
    blocks: tuple[Block, ...]
    n: int
    seed: int
    controls: Mapping[str, Any] = field(default_factory=dict)
    suffix: str = ".f32"
    listener: tuple[Path, int | None] = (Path(), None)

    @property
    def block(self) -> int:
        """Hits of a block, those included that are nothing."""
        return -(-self.n // BATCH) * BATCH

    @property
    def count(self) -> int:
        """All hits."""
        return self.block * len(self.blocks)

    def said(self) -> dict[str, Any]:
        """What decides the sounds."""
        told = {"driftkit": version(), "listener": str(self.listener[0]), "controls": dict(self.controls)}
        return {name: value for name, value in vars(self).items() if name != "tag"} | told | {"model": self.tag}

    def settled(self, about: Mapping[str, str]) -> "Study":
        """With the engine that the first worker found."""
        return replace(self, engine=about["engine"])

    def open(self) -> "StudyMaker":
        """The model, and the embedding."""
        return StudyMaker(self)


class StudyMaker:
    """Its sounds, made here."""

    batch = BATCH

    def __init__(self, study: Study) -> None:
        from .listening import JUDGE

        self._study = study
        self._model, self.about = opened(study.model, study.device, study.engine)
        self._ear: Embedding | None = None
        if not study.suffix:
            file, rate_hz = study.listener
            self._ear = load_embedding(file, rate_hz) if file.name else Judge.load(JUDGE)

    def make(self, first: int, last: int) -> list[Made]:
        """A ten of one block."""
        study = self._study
        index, at = divmod(first, study.block)
        size = min(study.n, at + last - first) - at
        sounds = self._rendered(study.blocks[index], study.seed + at, size)
        made = [Made(first + i, b"", {}) for i in range(last - first)]
        if self._ear is None:
            made[:size] = [Made(first + i, x.numpy().astype("<f4").tobytes(), {}) for i, x in enumerate(sounds)]
            return made
        finite = sounds.isfinite().all(1)
        places = np.zeros((size, 0), np.float32)
        if bool(finite.all()):  # a sound that ran away cannot be embedded, and then no distance is measured
            places = self._ear.embedding(sounds).float().numpy()
        for i, well in enumerate(finite.tolist()):
            place = base64.b64encode(places[i].tobytes()).decode()
            made[i] = Made(first + i, b"", {"finite": well, "place": place})
        return made

    def _rendered(self, block: Block, seed: int, size: int) -> Tensor:
        """(size, N)."""
        if len(block) == 1:
            return render_class(self._model, block[0], size, seed, BATCH, **self._study.controls)
        schedule, process, name = block
        return sample(self._model, schedule, PROCESSES[process], name, size, seed=seed, **self._study.controls)


def study_of(model: Model, folder: Path, n: int, seed: int, **told: Any) -> Study:
    """A study of a model that is loaded from a folder, by its engine and on its kind of device."""
    engine = model.engine.partition(",")[0]
    return Study(str(folder.resolve()), model.tag, model.device.type, engine, n=n, seed=seed, **told)


def sounds_of(study: Study, crew: Crew, **told: Callable[..., Any]) -> dict[str, Tensor]:
    """The sounds (n, N) of each class of a study, by a crew; `Error` where some cannot be made, or it was stopped.

    told: `stop`, `say` and `tick` of the runner.
    """
    with tempfile.TemporaryDirectory() as scratch:
        shards = finished(study, Path(scratch), crew, **told)
        found = {}
        for index, block in enumerate(study.blocks):
            files = [shards.file(index * study.block + i) for i in range(study.n)]
            rows = [np.frombuffer(file.read_bytes(), "<f4").astype(np.float32) for file in files]
            found[block[-1]] = torch.from_numpy(np.stack(rows))
        return found


def places_of(
    study: Study, folder: Path, crew: Crew, **told: Callable[..., Any]
) -> dict[Block, tuple[np.ndarray | None, float]]:
    """Embeddings (n, D) of each block, None where a sound ran away, and the share of finite sounds.

    They are kept in `folder`, where the same study goes on.
    """
    shards = finished(study, folder, crew, **told)
    found: dict[Block, list[Mapping[str, Any]]] = {block: [] for block in study.blocks}
    for entry in shards.entries():
        index, at = divmod(entry.hit, study.block)
        if at < study.n:
            found[study.blocks[index]].append(entry.facts)
    return {block: joined(facts) for block, facts in found.items()}


def joined(facts: list[Mapping[str, Any]]) -> tuple[np.ndarray | None, float]:
    """Embeddings in float64 as `embed` gives them, and the share of finite sounds."""
    finite = float(np.mean([bool(each.get("finite")) for each in facts]))
    if finite < 1:
        return None, finite
    return np.stack([np.frombuffer(base64.b64decode(each["place"]), np.float32) for each in facts]).astype(float), 1.0


def finished(study: Study, folder: Path, crew: Crew, **told: Callable[..., Any]) -> Shards:
    """The shards of a study once all is there."""
    shards = Shards(folder, study)
    outcome = Runner(shards, crew, **told).run()
    for lost in outcome.lost:
        raise Error(f"the sounds {lost.first} to {lost.last} could not be made: {lost.why}")
    if outcome.stopped:
        raise Error("stopped before all sounds were made")
    return shards
