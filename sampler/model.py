"""The Model: networks, schedule and classes behind one door, `render`.

model = load("default")
sound = model.render(Hit(kick=1, seed=7))
"""

import itertools
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as File
from types import MappingProxyType

import numpy as np
import torch
from torch import Tensor, nn

from . import tasks
from .batches import Together, walk
from .captured import Captured
from .compiled import COMPUTES_ON
from .denoisers import Denoiser, sigma_of, wide
from .engines import TORCH, Call, Switch, checked, engine_for, example
from .errors import Error
from .guidance import LogProbabilities, with_classes, with_classifier
from .hit import FLOW_MAP, Hit
from .loudness import Loudness
from .networks.kinds import CLASSIFIERS, NETWORKS
from .paths import ENCODE_STEPS, length_of, path_of
from .places import Figure, places_for, quickest
from .reading import read_loudness, read_networks
from .resolve import Reader, Resolved, among, fit, read_file, resolve
from .schedules import SCHEDULES, SIGMA_MIN
from .solvers import silent
from .sound import Sound, snr_db, sounds_of
from .spec import Spec, find_model, tag_of
from .store import sentences
from .tasks import Path


class Model:
    """A loaded model on one device. Immutable after loading, but not for use from two threads at once."""

    def __init__(
        self, spec: Spec, tag: str, network: nn.Module, classifier: nn.Module | None, device: torch.device,
        loudness: Loudness | None = None,
    ) -> None:  # fmt: skip
        self.spec = spec
        self.tag, self.device = tag, device  # name@hash
        self.schedule = SCHEDULES[spec.schedule]
        self.kind = NETWORKS[spec.network["kind"]]
        self.module = network.to(device).eval().requires_grad_(False)
        self.call = Switch(self.module)  # the network as `engine` computes it
        self.engine, self.why = TORCH, ""  # and why no other one does
        self.figure: Figure | None = None  # by which the device was chosen, where torch computes on it
        self.together = Together(device)
        self._settled: tuple[File, str] | None = None
        self._hears: LogProbabilities | None = None
        self.heard = classifier and classifier.to(device).eval().requires_grad_(False)
        self.loudness = loudness and loudness.to(device).requires_grad_(False)
        if self.heard is not None and spec.classifier is not None:
            self.hear = Switch(self.heard)
            self._hears = CLASSIFIERS[spec.classifier["kind"]].log_p(self.hear, self.schedule)
        self._denoise = self.kind.denoise(self.call, self.schedule)

    def settle(self, folder: File, engine: str = "auto") -> None:
        """Have `call` computed by an engine, `auto` being that of the rule (`sampler.engines`), from a model's folder.

        To be called in the thread that renders, between two renders.
        """
        checked(engine, self.device.type)
        self._settled = folder, engine
        self.call.by, self.engine, self.why = self.module, TORCH, ""
        if self.heard is not None:
            graphs = engine != TORCH and self.device.type == "cuda"
            self.hear.by = Captured(self.heard, self.device) if graphs else self.heard
        inputs = example(self.spec, self.kind.conditional)
        self.engine, self.call.by, self.why = engine_for(engine, self.module, folder, self._agreement, inputs)
        if self.engine in COMPUTES_ON:
            self.figure = None  # to record anew takes longer than to go on

    def _agreement(self, call: Call) -> float:
        """By how many dB a hit in one step is louder than what it is off when `call` computes it."""
        hit = Hit(classes=dict.fromkeys(self.classes[:1], 1.0), steps=1, seed=0)
        wanted = self.render(hit)
        self.call.by = call
        try:
            return snr_db(wanted.samples, self.render(hit).samples)
        finally:
            self.call.by = self.module

    def choose(self, places: Sequence[torch.device], folder: File, engine: str) -> None:
        """Go where a call takes least time, by what an engine has compute it there. It must be settled then."""

        def computing(place: torch.device) -> Call:
            self._go(place)
            self.settle(folder, engine)
            return self.call.by

        place, figure = quickest(places, computing, example(self.spec, self.kind.conditional))
        self._go(place)
        self.figure = figure if place.type != "cpu" else None

    def _go(self, place: torch.device) -> None:
        for part in filter(None, (self.module, self.heard, self.loudness)):
            part.to(place)
        self.device, self.together = place, Together(place)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that can be asked for: none where neither the network nor a classifier knows them."""
        return self.spec.classes if self.kind.conditional or self._hears is not None else ()

    @property
    def hears(self) -> bool:
        """Whether there is a classifier."""
        return self._hears is not None

    # -- the networks -------------------------------------------------------------------------------------

    def network(self, x: Tensor, sigma: Tensor) -> Tensor:
        """What the network was trained to predict, no class told: eps for `crash`, v for `tiny`, x0 for `wiener_unet`.

        x: (B, C, N) with x = m x0 + sigma eps; sigma: (B,) -> (B, C, N). `Error` for anything else.
        """
        x, sigma = self._checked_levels(x, sigma)
        if not self.kind.conditional:
            return self.call(x, sigma)
        return self._denoise(*self._scaled(x, sigma), torch.zeros(len(x), len(self.spec.classes), device=x.device))

    def classify(self, x: Tensor, sigma: Tensor) -> Tensor:
        """Log-probabilities (B, classes) of noisy sounds x (B, C, N) at sigma (B,); sigma 0 is clean."""
        if self._hears is None:
            raise Error(f"the model {self.spec.name} has no classifier")
        return self._hears(*self._scaled(*self._checked_levels(x, sigma)))

    def _checked_levels(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        x = self._checked("x", x, *x.shape[:1], self.spec.channels, self.spec.length)
        return x, self._checked("sigma", sigma, *x.shape[:1])

    def _checked(self, what: str, x: Tensor, *shape: int) -> Tensor:
        """In float32 on this model's device, of that shape and finite."""
        if not x.is_floating_point():
            raise Error(f"{what} is of {x.dtype}; it must be of floating-point numbers, such as float32")
        if x.shape != shape:
            raise Error(f"{what} has the shape {tuple(x.shape)}; it must be {shape}")
        if not x.isfinite().all():
            raise Error(f"{what} holds values that are not finite numbers")
        return x.to(self.device, torch.float32)

    def _scaled(self, x: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
        """(x, sigma) as (y, s), within the levels that sampling visits: beyond them m or s is 0."""
        sigma = sigma.clamp(SIGMA_MIN, self.schedule.sigma(self.schedule.t_start))
        m = self.schedule.m_of(sigma)
        return x / wide(m), sigma / m

    def _log_p_families(self, y: Tensor, s: Tensor) -> Tensor:
        """log p (B, classes), with a family (cymbal) counting each of its kinds."""
        assert self._hears is not None
        log_p = self._hears(y, s)
        columns = list(log_p.unbind(1))
        for family, kinds in self.spec.kinds.items():
            index = [self.spec.classes.index(name) for name in (family, *kinds)]
            columns[index[0]] = log_p[:, index].logsumexp(1)
        return torch.stack(columns, 1)

    def denoiser(self, weights: Tensor, strength: Tensor, weight: str = "bayes") -> Denoiser:
        """The denoiser pulled towards class weights (B, classes) by strength (B,); weight as `guidance_weight`."""
        if self.kind.conditional:
            return with_classes(self._denoise, weights, strength, self.spec.guided, self.device)
        if bool((weights.sum(1) * strength).any()) and self._hears is None:
            raise Error(f"the model {self.spec.name} has no classes and no classifier; leave the class weights at 0")
        of_s: Callable[[Tensor], Tensor] = torch.ones_like
        if weight == "1/sigma":
            of_s = lambda s: 1 / sigma_of(self.schedule, s)  # noqa: E731
        return with_classifier(self._denoise, self._log_p_families, weights, strength, of_s, self.device)

    # -- rendering ----------------------------------------------------------------------------------------

    def resolve(self, hit: Hit, read: Reader = read_file) -> Resolved:
        """The hit with everything said (see `sampler.resolve`)."""
        if hit.guidance_weight != "bayes" and self.kind.conditional:
            raise Error(
                f"guidance_weight is {hit.guidance_weight}, which weighs the gradient of a classifier; "
                f"the model {self.spec.name} was itself trained with classes: set guidance_weight to bayes"
            )
        return resolve(hit, self.spec, self.tag, read)

    def render(self, hit: Hit, sources: Mapping[str, np.ndarray] = MappingProxyType({})) -> Sound:
        """Render one hit.

        Its `source_a` and `source_b` name sound files, or arrays (channels, n) at the model's rate in `sources`:
        `render(Hit(task="vary", source_a="mine"), {"mine": samples})`. `render(sound.hit, sound.sources)` gives a
        sound again.
        """
        return self.render_batch([hit], sources)[0]

    def render_batch(
        self, hits: Sequence[Hit], sources: Mapping[str, np.ndarray] = MappingProxyType({})
    ) -> list[Sound]:
        """Render several hits as `render` does; each sound is the same as rendered alone."""
        for hit in hits:
            if hit.model not in ("", self.tag):
                raise Error(
                    f"the hit was made by the model {hit.model}, this is {self.tag}; load that one, "
                    'or take hit.replace(model="") for another sound'
                )
        read = among(sources)
        return self.render_resolved([self.resolve(hit, read) for hit in hits])

    def render_resolved(self, batch: Sequence[Resolved]) -> list[Sound]:
        """Render hits with everything said, telling of no progress."""
        steps = self.steps(batch)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                sounds: list[Sound] = done.value
                return sounds

    def steps(self, batch: Sequence[Resolved]) -> Generator[float, None, list[Sound]]:
        """Render resolved hits, yielding progress 0..1 after each solver step; returns the Sounds.

        Close the generator to cancel. Hits that travel the same way share a batch, up to a number that memory holds.
        """
        if self.figure and self.figure.off:
            settled = self._settled or (File(), TORCH)
            self.choose(places_for("auto"), *settled)
            self.settle(*settled)
        sounds: list[Sound] = yield from self.together.steps(batch, self._together)
        return sounds

    def _together(self, items: list[Resolved]) -> Generator[float, None, list[Sound]]:
        """Render hits that travel the same way, yielding the share that is done."""
        walked = walk(items, self.spec, self.denoiser, self.device, self.loudness)
        y, took, self.call.rows = torch.empty(0), 0.0, 0
        for step in itertools.count(1):
            started = time.perf_counter()
            with torch.no_grad():  # never while a caller has its turn: it holds for all of a thread
                estimate = next(walked, None)
                made = self._sounds(items, y) if estimate is None else []
            took += time.perf_counter() - started
            if estimate is None:
                break
            y = estimate
            yield step / length_of(items[0].hit, self.spec)
        if self.figure and len(items) == 1:
            self.figure.took(1000 * took / max(1, self.call.rows))
        return [replace(sound, took_s=took / len(items)) for sound in made]

    def _sounds(self, items: list[Resolved], y: Tensor) -> list[Sound]:
        log_p = self._hears(y, torch.zeros(len(y), device=y.device)).cpu().numpy() if self._hears else None
        return sounds_of(items, y.cpu().numpy(), log_p, self.spec, self.engine.partition(",")[0])

    # -- latents ------------------------------------------------------------------------------------------

    def encode(self, samples: np.ndarray, steps: int = ENCODE_STEPS, solver: str = "auto") -> np.ndarray:
        """The latent x (C, N) at t = 1 of samples (C, n), by the probability-flow ODE."""
        y = torch.from_numpy(fit(samples, self.spec.channels, self.spec.length))[None].to(self.device)
        path, end = self._latent_path(steps, solver)
        with torch.no_grad():
            return (tasks.latent(path, y) * self.schedule.m(end))[0].cpu().numpy()

    def decode(self, latent: np.ndarray, steps: int = ENCODE_STEPS, solver: str = "auto") -> np.ndarray:
        """The samples (C, N) of a latent x (C, N) at t = 1; the way back of `encode`."""
        path, end = self._latent_path(steps, solver)
        x = torch.from_numpy(np.ascontiguousarray(latent))
        x = self._checked("the latent", x, self.spec.channels, self.spec.length)[None]
        with torch.no_grad():
            *_, y = tasks.decode(path, x / self.schedule.m(end), 1.0, silent)
        return np.asarray(y[0].cpu().numpy())

    def _latent_path(self, steps: int, solver: str) -> tuple[Path, float]:
        if solver == FLOW_MAP:
            raise Error(f"solver is {FLOW_MAP}, which goes down to a sound only; for latents take auto or another")
        zeros = torch.zeros(1, len(self.spec.classes), device=self.device)
        path = path_of(Hit(steps=steps, solver=solver), self.spec, self.denoiser(zeros, zeros.sum(1)))
        return path, self.schedule.t_start


def load(name: str | File = "default", device: str = "auto", engine: str = TORCH, later: str = "") -> Model:
    """Load a model by a name from `driftkit models` or from a folder; `Error` where it cannot be.

    device: auto (the faster of cpu and cuda; mps is not tried), cpu, cuda or mps. engine: torch, openvino or
    openvino_bf16 (on the CPU, `sampler.graphs`), cuda_graph or cuda_graph_bf16 (on a GPU, `sampler.captured`), or auto,
    by the rule of `engine_for`. On the CPU all but the first set torch's number of threads for the whole process, to
    one where OpenVINO computes; `Model.settle(folder, "torch")` gives torch its threads back. later: the engine that
    `Model.settle` will be asked for afterwards, with which the devices are then measured.
    """
    checked(engine, device)
    folder: File = find_model(name)
    with sentences(folder.name):
        spec, network, classifier = read_networks(folder)
        places = places_for(COMPUTES_ON.get(engine, device))
        model = Model(spec, tag_of(folder), network, classifier, places[0], read_loudness(folder, spec))
        if len(places) > 1:
            model.choose(places, folder, later or engine)
    if engine != TORCH or len(places) > 1:
        model.settle(folder, engine)
    return model
