"""From a Hit as asked for to a Hit that says everything: seed, steps, solver, sources, model.

Sources are replaced by the SHA-256 of their samples as the model will take them, so a resolved
Hit means the same sound wherever the file it came from has gone.
"""

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .controls import did_you_mean
from .errors import Error
from .hit import ADAPTIVE, FLOW_MAP, LEARNED, SEED_DRAWN, TASKS, Hit
from .spec import Spec
from .wav import read_sound

HASH = "sha256:"
FINE_STEPS = 64  # of the quality `fine` where a model does not say
PULL = (
    2.0  # guidance up to which four jumps, learnt without, come nearer to the guided flow of Gaussians than six steps
)
FADE = 441  # samples over which a cut source fades out, 10 ms

Reader = Callable[[str, int], np.ndarray]
"""(name of a source, rate in Hz) -> samples (channels, n)."""


@dataclass(frozen=True)
class Resolved:
    """A resolved hit, and its sources by their hash: float32 (C, N) each."""

    hit: Hit
    sources: Mapping[str, np.ndarray] = field(default_factory=dict)


def read_file(name: str, rate_hz: int) -> np.ndarray:
    """The reader of the command line and of Python: any sound file of the user's."""
    try:
        path = Path(name).expanduser()
    except RuntimeError as reason:
        raise Error(f"{name} cannot be a file here: {reason}") from None
    return read_sound(path, rate_hz)


def among(sources: Mapping[str, np.ndarray]) -> Reader:
    """A reader of sounds given by name, (channels, n) at the model's rate; other names are files."""

    def read(name: str, rate_hz: int) -> np.ndarray:
        if name in sources:
            return sources[name]
        if name.startswith(HASH):
            raise Error(f"{name[:20]}... is a source of a sound; give it along: render(sound.hit, sound.sources)")
        return read_file(name, rate_hz)

    return read


def fit(samples: np.ndarray, channels: int, length: int) -> np.ndarray:
    """Samples as a model takes them: mixed to its channels, cut or filled with silence to its length.

    A cut sound fades over its last 10 ms, since a step at the end would click. Raises `Error` for an array
    that is no sound.
    """
    if not np.issubdtype(samples.dtype, np.floating):
        raise Error(f"a sound of {samples.dtype} came; it must be of floating-point numbers from -1 to 1")
    if samples.ndim != 2 or not samples.size:
        raise Error(f"a sound of shape {samples.shape} came; it must be (channels, samples), with at least one of each")
    if not np.isfinite(samples).all():
        raise Error("a sound came that holds values that are not finite numbers; export it again")
    if len(samples) != channels:
        samples = np.repeat(samples.mean(axis=0, keepdims=True), channels, axis=0)
    if samples.shape[1] > length:
        samples = samples[:, :length].copy()
        fade = min(FADE, length)
        samples[:, -fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    elif samples.shape[1] < length:
        samples = np.pad(samples, ((0, 0), (0, length - samples.shape[1])))
    return np.ascontiguousarray(samples, np.float32)


def fingerprint(samples: np.ndarray) -> str:
    """The name of a source in a resolved hit: the SHA-256 of its float32 samples."""
    return HASH + hashlib.sha256(samples.astype("<f4").tobytes()).hexdigest()


def resolve(hit: Hit, spec: Spec, model: str, read: Reader = read_file) -> Resolved:
    """Fill in everything that is the model's to say; `Error` where the model cannot do what is asked."""
    sources: dict[str, np.ndarray] = {}
    names = {"source_a": "", "source_b": ""}
    for slot in TASKS[hit.task]:
        wanted = getattr(hit, slot)
        if not wanted:
            raise Error(f"{slot} is empty; the task {hit.task} needs a sound file there")
        samples = fit(read(wanted, spec.rate_hz), spec.channels, spec.length)
        names[slot] = fingerprint(samples)
        if wanted.startswith(HASH) and names[slot] != wanted:
            raise Error(f"{slot} is not the sound of the recipe: its samples were changed")
        sources[names[slot]] = samples
    length_ms = spec.length_ms if hit.length_ms is None else hit.length_ms
    if abs(length_ms - spec.length_ms) > 0.5:
        raise Error(f"length_ms is {length_ms:g}; the model {spec.name} makes sounds of {spec.length_ms:.0f} ms only")
    end = spec.length_ms if hit.inpaint_end_ms is None else hit.inpaint_end_ms
    first, last = span(hit, spec)
    if hit.task == "inpaint" and not (first < last and end <= spec.length_ms + 0.5):
        raise Error(
            f"inpaint_start_ms is {hit.inpaint_start_ms:g} and inpaint_end_ms {end:g}; "
            f"the start must lie before the end by a sample or more, both from 0 to {spec.length_ms:.0f} ms"
        )
    hit = at_quality(hit, spec)
    solver = chosen(hit, spec)
    jumps = min(spec.steps, len(spec.jumps) or spec.steps)
    steps = hit.steps or (jumps if solver == FLOW_MAP else spec.many)
    noise = stochasticity(hit, solver, spec)
    resolved = hit.replace(
        **names,
        classes=bounded(hit.classes, spec),
        steps=steps,
        solver=solver,
        spacing=spacing(hit.spacing, solver, steps, spec),
        stochasticity=noise,
        seed=random.SystemRandom().randint(0, SEED_DRAWN) if hit.seed < 0 else hit.seed,
        inpaint_end_ms=end,
        length_ms=spec.length_ms,
        model=model,
    )
    return Resolved(resolved, sources)


def at_quality(hit: Hit, spec: Spec) -> Hit:
    """The hit with what the quality `fine` says of its way, where it says nothing itself; `live` is the model's own."""
    if hit.quality != "fine":
        return hit
    unset = {"solver": "auto", "spacing": "auto", "steps": None, "stochasticity": None}
    told = {"steps": max(FINE_STEPS, spec.steps)} | spec.fine
    if hit.encodes:
        told["stochasticity"] = 0.0
    if hit.solver != "auto":
        told.pop("stochasticity", None)
    return hit.replace(**{name: value for name, value in told.items() if getattr(hit, name) == unset[name]})


def stochasticity(hit: Hit, solver: str, spec: Spec) -> float:
    """Fresh noise between steps: as asked for, or the model's where it makes a sound anew and chooses the solver."""
    if hit.stochasticity is None:
        return 0.0 if hit.encodes or hit.solver != "auto" or solver in ADAPTIVE else spec.stochasticity
    if solver in ADAPTIVE and hit.stochasticity:
        raise Error(f"stochasticity is {hit.stochasticity:g}; the solver {solver} follows the ODE alone; leave it at 0")
    return hit.stochasticity


def span(hit: Hit, spec: Spec) -> tuple[int, int]:
    """The samples first..last that inpaint makes anew, the last not included."""
    end = spec.length_ms if hit.inpaint_end_ms is None else hit.inpaint_end_ms
    first, last = (round(ms * spec.rate_hz / 1000) for ms in (hit.inpaint_start_ms, end))
    return first, min(last, spec.length)


def fades_of(hit: Hit, spec: Spec) -> tuple[int, int]:
    """Over how many samples a sound is faded in and out: where the model makes its beginning or its end anew."""
    if hit.task != "inpaint":
        return spec.fades if hit.anew else (0, 0)
    first, last = span(hit, spec)
    rise, fall = (min(count, last - first) for count in spec.fades)  # what is kept of the source stays as it is
    return rise if first == 0 else 0, fall if last == spec.length else 0


def chosen(hit: Hit, spec: Spec) -> str:
    """The solver of a hit: as asked for, or else jumps where the model has them and they do as well as many steps.

    They do not where more steps are asked for than were learned, where a spacing is, where the classes pull hard, and
    in inpaint, where a part of the sound is held at every level.
    """
    if hit.solver == FLOW_MAP and not spec.has_reach:
        raise Error(
            f"solver is {FLOW_MAP}, but the network of the model {spec.name} has learnt no jumps; take another solver, "
            "or train one with `jumps` in its config"
        )
    if hit.solver != "auto":
        return hit.solver
    few = (hit.steps or spec.steps) <= len(spec.jumps) and hit.spacing in ("auto", LEARNED)
    gentle = (
        hit.guidance <= max(PULL, spec.guided[1]) or not hit.classes
    )  # no weight is set: nothing pulls, however strong it would
    return FLOW_MAP if few and gentle and hit.task != "inpaint" else spec.solver


def spacing(wanted: str, solver: str, steps: int, spec: Spec) -> str:
    """The spacing of so many steps: learned levels serve as few as they are, and up to twice as many; for jumps, any.

    An adaptive solver finds its own levels, whatever the number of steps.
    """
    levels = spec.jumps if solver == FLOW_MAP else spec.levels
    if wanted == LEARNED and not levels:
        raise Error(f"spacing is {LEARNED}, but the model {spec.name} has no levels; `driftkit distill` learns some")
    if wanted != "auto":
        return wanted
    few = steps <= 2 * len(levels) or (solver == FLOW_MAP and levels)
    return LEARNED if few and solver not in ADAPTIVE else spec.spacing


def bounded(weights: Mapping[str, float], spec: Spec) -> dict[str, float]:
    """Class weights as they are while they sum to at most 1; a larger sum is divided down to 1."""
    if weights and not spec.classes:
        raise Error(f"the model {spec.name} has no classes; leave the class weights at 0")
    for name in weights:
        if name not in spec.classes:
            raise Error(f"{name} is not a class of the model {spec.name}; {did_you_mean(name, spec.classes)}")
    total = sum(weights.values())
    return {name: weight / total if total > 1 + 1e-9 else weight for name, weight in weights.items()}
