"""The Hit: everything that decides a sound, as one frozen value; and the table of its controls."""

import dataclasses
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from .controls import Control, control, rows, shown
from .errors import Error

FLOW_MAP = "flow_map"  # the solver of a model that has learnt jumps
SOLVER_NAMES = ("ddim", "heun", "dpmpp_2m", "dpmpp_3m", "euler", "rk45", FLOW_MAP)
LEARNED = "learned"  # the spacing of a model that was distilled, for few steps
SPACING_NAMES = ("karras", "log_snr", "uniform", LEARNED)
QUALITIES = ("live", "fine")
ADAPTIVE = ("rk45",)  # those that take their own steps, on the ODE alone
TASKS: Mapping[str, tuple[str, ...]] = {  # the sources that each needs; what it does is `tasks.TASKS`
    "generate": (),
    "vary": ("source_a",),
    "inpaint": ("source_a",),
    "interpolate": ("source_a", "source_b"),
    "reshape": ("source_a",),
}
CLASS_NAME = re.compile(r"[a-z][a-z0-9_]{0,23}")
CLASS_CCS = (20, 21, 22)  # the first three classes of a model
SEED_MAX = 16_777_215  # the largest whole number that a float of OSC carries exactly
SEED_DRAWN = 999_999  # drawn seeds stay readable in Pd, which prints six digits
MISSPELT = 0.8  # likeness from which an unknown keyword is taken for a misspelt control, not for a class
RESERVED = ("classes", "model")  # fields of a Hit that are no controls
SPOKEN = (  # what else is addressed beside the controls: knobs of a pad's player, commands
    "gain_db", "pan", "pitch_semitones", "decay_ms", "choke", "velocity_curve", "audition", "name", "note", "lock_seed",
    "auto_render", "effects", "output", "pad", "ping", "version", "status", "traffic", "health", "clock", "sounds",
    "notify", "select", "play", "stop", "render", "cancel", "undo", "redo", "slot", "recall", "take", "preset", "learn",
    "forget", "midi", "sync", "link",
)  # fmt: skip
EMPTY: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True, init=False)
class Hit:
    """A request for one sound. `Hit(kick=1, seed=7)` is short for `Hit(classes={"kick": 1}, seed=7)`.

    None stands for the model's own value; `resolve` in `sampler.resolve` fills every None in.
    Raises `Error` where a value is out of its range.
    """

    task: str = control(
        "generate", kind="choice", choices=tuple(TASKS),
        doc="What a render does: a new sound, or one made from source A (and B).",
    )  # fmt: skip
    classes: Mapping[str, float] = dataclasses.field(default_factory=lambda: EMPTY)
    guidance: float = control(
        1.0, kind="float", lo=0, hi=10, cc=23,
        doc="Strength of the pull towards the classes: 0 none, 1 Bayes, more is purer and less varied.",
    )  # fmt: skip
    guidance_weight: str = control(
        "bayes", kind="choice", choices=("bayes", "1/sigma"),
        doc="For a model guided by a classifier: its gradient as Bayes has it, or over sigma as CRASH's code does.",
    )  # fmt: skip
    variation: float = control(
        0.5, kind="float", cc=24,
        doc="For vary: the noise level t from which source A is denoised; 0 gives it back, 1 uses nothing of it.",
    )  # fmt: skip
    interpolation: float = control(
        0.5, kind="float", cc=25, doc="For interpolate: the way from source A (0) to source B (1)."
    )
    interpolation_t: float = control(
        1.0, kind="float", doc="For interpolate: the noise level t of the latent in which A and B are mixed."
    )
    interpolation_latent: str = control(
        "ode", kind="choice", choices=("ode", "noise"),
        doc="For interpolate: A and B are encoded by the ODE, or both get one noise, as in vary.",
    )  # fmt: skip
    inpaint_start_ms: float = control(
        0.0, kind="float", lo=0, hi=10_000, unit="ms", cc=26, doc="For inpaint: where the new part begins."
    )
    inpaint_end_ms: float | None = control(
        None, kind="float", lo=0, hi=10_000, unit="ms", cc=27, doc="For inpaint: where the new part ends."
    )
    resampling: int = control(
        1, kind="int", lo=1, hi=20,
        doc="For inpaint: how often each step is taken, noised back up between; more joins better, time grows with it.",
    )  # fmt: skip
    steps: int | None = control(
        None, kind="int", lo=1, hi=400, curve="log", cc=28,
        doc="Solver steps over the part of t that is travelled; time grows in proportion.",
    )  # fmt: skip
    stochasticity: float | None = control(
        None, kind="float", cc=29,
        doc="Fresh noise between steps, from the ODE (0) to the SDE (1); where latents are mixed, none unless set.",
    )  # fmt: skip
    quality: str = control(
        "live", kind="choice", choices=QUALITIES,
        doc="Few steps at once, or as many as sound best; what is set of steps, solver and so on counts.",
    )  # fmt: skip
    solver: str = control(
        "auto", kind="choice", choices=("auto", *SOLVER_NAMES),
        doc="The solver; auto is the model's choice, rk45 takes its own steps, flow_map the jumps that it learnt.",
    )  # fmt: skip
    spacing: str = control(
        "auto", kind="choice", choices=("auto", *SPACING_NAMES),
        doc="How steps lie over the noise levels: uniform in t as in CRASH, learned for few; auto is the model's.",
    )  # fmt: skip
    seed: int = control(
        -1, kind="int", lo=-1, hi=SEED_MAX, doc="The seed of all noise; -1 draws one, which is then reported."
    )
    source_a: str = control("", kind="text", doc="Source A: a sound file, pad:N, or empty for this pad's own sound.")
    source_b: str = control("", kind="text", doc="Source B, for interpolate: a sound file or pad:N.")
    length_ms: float | None = control(
        None, kind="float", lo=0, hi=10_000, unit="ms", doc="Length of the sound; a model has one length."
    )
    model: str = ""  # name@hash once resolved

    def __init__(self, /, *, classes: Mapping[str, float] | None = None, model: str = "", **values: Any) -> None:
        if not isinstance(classes, Mapping | None):
            raise Error(f"classes is {shown(classes)}; it must be a table of class names and weights")
        weights = dict(classes or {})
        for name in [name for name in values if name not in CONTROLS]:
            near = misspelt(name, (*CONTROLS, *RESERVED))
            if near:  # more likely a control misspelt than a class of that name
                raise Error(f"{name} is not a control of a hit; did you mean {near}?")
            weights[name] = values.pop(name)
        for name, row in CONTROLS.items():
            object.__setattr__(self, name, row.check(values.get(name, row.default)))
        checked = {name: _class_weight(name, weight) for name, weight in weights.items()}
        object.__setattr__(self, "classes", MappingProxyType({k: v for k, v in checked.items() if v}))
        object.__setattr__(self, "model", str(model))

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.classes.items()))) ^ hash((self.task, self.seed, self.model))

    def __reduce__(self) -> tuple[Any, ...]:
        """For pickle and copy, which know nothing of the read-only mapping of the classes."""
        return partial(Hit, **self.as_dict()), ()

    def replace(self, /, **changes: Any) -> "Hit":
        """A copy with some values changed."""
        return Hit(**(self.as_dict() | changes))

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON types; `Hit(**hit.as_dict())` is the hit again."""
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return values | {"classes": dict(self.classes)}

    @property
    def anew(self) -> bool:
        """Whether nothing of a source is in its sound, so that it begins and ends as the model makes it."""
        return self.task == "generate" or (self.task == "vary" and self.variation >= 1)

    @property
    def encodes(self) -> bool:
        """Whether its sources go through their latents, which the ODE alone gives back."""
        return self.task == "reshape" or (self.task == "interpolate" and self.interpolation_latent == "ode")

    @property
    def route(self) -> tuple[Any, ...]:
        """What hits of one batch must share: everything but seed, classes, guidance and sources."""
        own = ("seed", "classes", "guidance", "source_a", "source_b")
        return tuple(value for name, value in self.as_dict().items() if name not in own)

    @property
    def label(self) -> str:
        """The class with the largest weight, or "" where none has any."""
        return max(self.classes, key=lambda name: self.classes[name], default="")


def misspelt(word: str, known: Iterable[str]) -> str:
    """The name that a word is so like that it is hardly a class of its own, or ""."""
    return next(iter(difflib.get_close_matches(word, list(known), 1, MISSPELT)), "")


def nameable(name: object) -> bool:
    """Whether a class of a model may have that name: none that a control or a command has."""
    spoken = (*CONTROLS, *RESERVED, *SPOKEN)
    return isinstance(name, str) and CLASS_NAME.fullmatch(name) is not None and name not in spoken


def class_row(name: str, index: int = 99) -> Control:
    """The control of a class weight; the first three of a model have a CC."""
    cc = CLASS_CCS[index] if index < len(CLASS_CCS) else None
    return Control(name=name, kind="float", default=0.0, cc=cc, doc=f"Weight of the class {name}.")


def _class_weight(name: Any, weight: Any) -> float:
    if not isinstance(name, str) or not CLASS_NAME.fullmatch(name):
        raise Error(
            f"{shown(name)} is neither a control nor the name of a class; "
            "such a name is a small letter, then at most 23 of a to z, 0 to 9 and _"
        )
    if name in CONTROLS:
        raise Error(f"{name} is a control and cannot be a class; give it outside `classes`")
    value = class_row(name).check(weight)
    assert isinstance(value, float)
    return value


CONTROLS: dict[str, Control] = rows(Hit)
"""The render controls by name, classes apart: those come with the model."""


def table(classes: tuple[str, ...]) -> dict[str, Control]:
    """The render controls of a model: `task`, a row per class, then the rest."""
    first, *rest = CONTROLS.values()
    weights = [class_row(name, i) for i, name in enumerate(classes)]
    return {row.name: row for row in (first, *weights, *rest)}
