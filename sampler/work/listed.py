"""Any list of hits as a job: for a study that renders many, and wants samples alone.

And what every job of sounds begins with: the model, opened by a worker.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..engines import steady
from ..errors import Error
from ..hit import Hit
from ..model import Model, load
from ..sound import version
from ..spec import find_model
from .crews import crew_for
from .job import Made
from .runner import Runner
from .shards import Shards

BATCH = 10  # sounds rendered together


@dataclass(frozen=True)
class Listed:
    """Hits of no sources, of a model in a folder; their files are float32 samples."""

    folder: str
    tag: str
    device: str
    engine: str
    hits: tuple[Hit, ...]
    suffix: str = ".f32"

    @property
    def count(self) -> int:
        """All hits."""
        return len(self.hits)

    def said(self) -> dict[str, Any]:
        """What decides the sounds."""
        told = {"driftkit": version(), "model": self.tag, "device": self.device, "engine": self.engine}
        return told | {"hits": [hit.as_dict() for hit in self.hits]}

    def settled(self, about: dict[str, str]) -> "Listed":
        """With the engine that the first worker found."""
        return replace(self, engine=about["engine"])

    def open(self) -> "ListedMaker":
        """The model."""
        return ListedMaker(self)


def opened(name: str, device: str, engine: str) -> tuple[Model, dict[str, str]]:
    """A model for a worker, so that sounds do not depend on its threads; what computes it, the maker's `about`."""
    model = load(name, device, engine)
    about = {"model": model.tag, "engine": model.engine.partition(",")[0], "device": model.device.type}
    steady(about["engine"], about["device"])
    return model, about


class ListedMaker:
    """Their sounds, made here."""

    batch = BATCH

    def __init__(self, job: Listed) -> None:
        self._job = job
        self._model, self.about = opened(job.folder, job.device, job.engine)

    def make(self, first: int, last: int) -> list[Made]:
        """A batch."""
        sounds = mono(self._model, self._job.hits[first:last])
        return [Made(first + i, samples.astype("<f4").tobytes(), {}) for i, samples in enumerate(sounds)]


def mono(model: Model, hits: Sequence[Hit]) -> list[np.ndarray]:
    """What hits sound like, their channels mixed: (N,) each."""
    return [sound.samples.mean(axis=0) for sound in model.render_batch(list(hits))]


def rendered(model: Model, name: str | Path, hits: Sequence[Hit], workers: str = "") -> np.ndarray:
    """What hits of no sources sound like, their channels mixed: (n, N) float32.

    name: what the model was loaded by. workers: as `--workers` has them, "" for the model at hand. `Error` where some
    cannot be made.
    """
    if not workers:
        parts = [hits[i : i + BATCH] for i in range(0, len(hits), BATCH)]
        return np.stack([samples for part in parts for samples in mono(model, part)])
    engine = model.engine.partition(",")[0]
    job = Listed(str(find_model(name).resolve()), model.tag, model.device.type, engine, tuple(hits))
    with tempfile.TemporaryDirectory() as scratch:
        shards = Shards(Path(scratch), job)
        for lost in Runner(shards, crew_for(workers)).run().lost:
            raise Error(f"the sounds {lost.first} to {lost.last} could not be made: {lost.why}")
        files = [shards.file(hit) for hit in range(job.count)]
        return np.stack([np.frombuffer(file.read_bytes(), "<f4").astype(np.float32) for file in files])
