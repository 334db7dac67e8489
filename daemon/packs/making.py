"""A pack as a job: what a worker loads, and what it makes of a few hits: files with everything in them, and facts."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ...sampler.files import SOFTWARE
from ...sampler.resolve import among
from ...sampler.sound import PEAK, Sound, version
from ...sampler.wav import flac, wav
from ...sampler.work.job import Made
from .plan import Group, Plan

BATCH = {"cuda": 256}  # sounds rendered together by the type of the device
BATCH_ELSEWHERE = 8  # after which a Ctrl-C is heard
PLACES = np.dtype("<f2")  # of a place in the ear's embedding


@dataclass(frozen=True)
class Form:
    """How sounds become files."""

    flac: bool = False
    depth: str = "24"
    normalise: bool = False
    licence: str = ""

    @property
    def suffix(self) -> str:
        """Of a file."""
        return ".flac" if self.flac else ".wav"


@dataclass(frozen=True)
class PackJob:
    """A pack's sounds, to be made by workers. tag: of the model, as its hits name it; sources: by hash, (C, N).

    choice: what will be done with the sounds, which is part of the plan that the folder holds.
    """

    plan: Plan
    model: str
    tag: str
    device: str
    engine: str
    form: Form
    choice: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Hits."""
        return self.plan.count

    @property
    def suffix(self) -> str:
        """Of their files."""
        return self.form.suffix

    def said(self) -> dict[str, Any]:
        """What decides the pack."""
        computed = {"driftkit": version(), "model": self.tag, "device": self.device, "engine": self.engine}
        return computed | vars(self.form) | dict(self.choice) | self.plan.said()

    def settled(self, about: Mapping[str, str]) -> "PackJob":
        """With the engine that the first worker found."""
        return replace(self, engine=about["engine"], device=about["device"])

    def open(self) -> "PackMaker":
        """The model, the judge and the ear."""
        return PackMaker(self)


class PackMaker:
    """A pack's sounds, made here."""

    def __init__(self, job: PackJob) -> None:
        from ...sampler.training.listening import Listening
        from ...sampler.work.listed import opened

        self._job = job
        self._model, self.about = opened(job.model, job.device, job.engine)
        self._listening = Listening(self._model.spec, self._model.device)
        self.batch = BATCH.get(self.about["device"], BATCH_ELSEWHERE)

    def make(self, first: int, last: int) -> list[Made]:
        """A batch of hits: all of it is rendered and heard together."""
        plan, read = self._job.plan, among(self._job.sources)
        sounds = self._model.render_resolved([self._model.resolve(plan.hit(i), read) for i in range(first, last)])
        groups = [plan.group(i) for i in range(first, last)]
        heard = self._listening.heard(sounds, [group.label for group in groups])
        made = []
        for i, (sound, group, (sure, judged, place)) in enumerate(zip(sounds, groups, heard), first):
            data, gain_db = written(sound, group, self._job.form)
            facts = {
                "label": sound.label, "confidence": round(sound.confidence, 4), "judged": round(judged, 4),
                "sure": round(sure, 4), "gain_db": gain_db,
                "place": base64.b64encode(place.astype(PLACES).tobytes()).decode(),
            }  # fmt: skip
            made.append(Made(i, data, facts))
        return made


def places_of(facts: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """Where hits lie in the ear's embedding: float32 (n, D)."""
    data = b"".join(base64.b64decode(each["place"]) for each in facts)
    return np.frombuffer(data, PLACES).reshape(len(facts), -1).astype(np.float32)


def written(sound: Sound, group: Group, form: Form) -> tuple[bytes, float]:
    """The bytes of a file, and by how many dB its sound was brought to full scale."""
    samples, played, gain_db = sound.samples, {}, 0.0
    peak = float(np.abs(samples).max())
    if form.normalise and peak:
        samples = samples * np.float32(PEAK / peak)
        gain_db = round(20 * float(np.log10(PEAK / peak)), 3)
        played = {"gain_db": gain_db}
    said = {
        "name": group.stem.replace("_", " "), "recipe": sound.recipe_as(played), "software": f"{SOFTWARE} {version()}",
        "licence": form.licence, "depth": form.depth,
    }  # fmt: skip
    if form.flac:
        return flac(samples, sound.rate_hz, **said), gain_db
    return wav(samples, sound.rate_hz, note=group.note, **said), gain_db
