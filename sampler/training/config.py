"""The numbers of a run of the trainer: a table of keys with defaults, limits and meanings, and values for them.

What every network shares stands here; a network's own keys stand with it (`Target.keys`), and `targets.TrainConfig` has
them all.
"""

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from ..errors import Error
from ..hit import nameable

CLASSES = (
    "kick", "snare", "cymbal", "hihat_closed", "hihat_open", "crash", "ride", "tom", "clap", "rim", "conga",
    "shaker", "block", "electronic",
)  # fmt: skip
MADE = {"electronic": ("kick", "snare", "cymbal", "hihat_closed", "hihat_open", "crash", "tom", "conga")}
"""Manners, and those drums of which the corpus has sounds enough made in them."""
MANNERS = tuple(MADE)  # classes that say how a sound was made, beside those that say what it is
DRUMS = tuple(name for name in CLASSES if name not in MANNERS)
KINDS: dict[str, tuple[str, ...]] = {"cymbal": ("hihat_closed", "hihat_open", "crash", "ride")}
"""A family and the classes that it includes, where a model has them (`kinds_of`)."""
RATE_HZ = 44100
PRECISIONS = ("bfloat16", "float32")
WHAT = {int: "a whole number", float: "a number", bool: "true or false", str: "a word"}


@dataclass(frozen=True)
class Key:
    """A key of a training config: its default, what it means, its limits, which hold for each in a list."""

    default: Any
    meaning: str
    lo: float = -math.inf
    hi: float = math.inf

    def check(self, name: str, value: Any) -> None:
        """`Error` for a value of another type than the default, or beyond the limits."""
        several = isinstance(self.default, tuple)
        kind = type((*self.default, 0.0)[0] if several else self.default)
        given = value if several and isinstance(value, tuple) else (value,)
        right = all(type(one) is kind or (kind is float and type(one) is int) for one in given)
        if kind in (int, float):
            right = right and all(self.lo <= one <= self.hi for one in given)
        if not right or (several and (not isinstance(value, tuple) or bool(self.default) > bool(value))):
            bounded = (self.lo, self.hi) != (-math.inf, math.inf)
            span = f" from {self.lo:.15g} to {self.hi:.15g}" if bounded else ""
            what = f"a list, each of it {WHAT[kind]}" if several else WHAT[kind]
            raise Error(f"{name} is {plain(value)!r}; it must be {what}{span}")


COMMON = {
    "classes": Key(
        CLASSES,
        "names of what the model can be asked for; as they are here: those of its sounds, and those of the "
        "model that it begins with",
    ),
    "length": Key(44032, "samples of a sound at 44.1 kHz", 64, RATE_HZ),
    "schedule": Key("vp_cos", "the noise schedule, by name; the model that is exported samples with it"),
    "t_sampling": Key(
        "auto", "how t is drawn: `uniform` from t_min to 1, or `log_normal` in s; `auto`: the network's own"
    ),
    "weighting": Key("auto", "lambda(t): `sigma2`, `g2` or `min_snr`; `auto`: the network's own"),
    "batch": Key(24, "sounds per optimiser step, over all processes together", 2, 65_536),
    "at_once": Key(0, "sounds per call of the network: gradients of a batch are summed over parts; 0: all", 0, 65_536),
    "precision": Key("bfloat16", "of the U-Net's arithmetic in training, or `float32`; weights stay float32"),
    "learning_rate": Key(2e-3, "at its height", 0, 10),
    "weight_decay": Key(1e-3, "of AdamW; 0 makes it Adam", 0, 10),
    "warmup": Key(200, "optimiser steps over which the learning rate rises", 1, 10**9),
    "cooldown": Key(0.25, "share of the run over which the learning rate falls to zero", 0, 1),
    "ema": Key(0.999, "decay of the moving average of the weights, which is what is exported", 0, 1),
    "log_s_mean": Key(-2.4, "`log_normal`: mean of log s", -10, 10),
    "log_s_std": Key(1.9, "`log_normal`: standard deviation of log s", 1e-3, 10),
    "balance": Key(0.5, "0: classes are shown in the proportions of the corpus, 1: all alike", 0, 1),
    "layered": Key(0.10, "share of sounds made of two, with mixed labels", 0, 1),
    "samples": Key(400_000, "sounds shown in the whole run", 1, 10**15),
    "evaluate_every": Key(
        20_000, "sounds from one rendering and measuring of the moving average to the next; 0: never", 0, 10**15
    ),
    "evaluate_sounds": Key(
        32,
        "sounds rendered each time, their classes in the proportions of the held-out split; 0: none, only measured",
        0,
        10**6,
    ),
    "patience": Key(
        0,
        "reports in a row without a lower held-out error after which the run ends; the weights of the lowest are "
        "then the best; 0: never",
        0,
        10**6,
    ),
    "seed": Key(0, "of the weights, the batches and the noise", 0, 2**63 - 1),
}


class Config:
    """A value for each key of a table, as attributes. Values that are not given are the defaults; never changed.

    Raises `Error` for a name that is not a key.
    """

    keys: ClassVar[Mapping[str, Key]] = COMMON

    def __init__(self, **values: Any) -> None:
        for name in values:
            if name not in self.keys:
                near = difflib.get_close_matches(name, self.keys, 1)
                hint = f"did you mean {near[0]}?" if near else f"known keys are {', '.join(self.keys)}"
                raise Error(f"{name} is not a key of a training config; {hint}")
        self.values: Mapping[str, Any] = {name: key.default for name, key in self.keys.items()} | values

    def __getattr__(self, name: str) -> Any:
        """The value of a key."""
        found = self.__dict__.get("values", {})
        if name not in found:
            raise AttributeError(name)
        return found[name]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and self.values == other.values

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.values.items())})"

    def changed(self, **changes: Any) -> Self:
        """The same with other values for some keys."""
        return type(self)(**{**self.values, **changes})

    def checked(self) -> Self:
        """The config itself; `Error` names the first value of another type than its default, or beyond its limits."""
        for name, key in self.keys.items():
            key.check(name, self.values[name])
        for name in self.classes:
            if not nameable(name):
                raise Error(f"classes has {name!r}; a class is a to z, 0 to 9 and _, and no control or command")
        if self.precision not in PRECISIONS:
            raise Error(f"precision is {self.precision}; it must be {' or '.join(PRECISIONS)}")
        return self

    def as_dict(self) -> dict[str, Any]:
        """The config as plain JSON types."""
        return {name: plain(value) for name, value in self.values.items()}


def kinds_of(classes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The families among some classes, and those of their kinds that are there."""
    found = {name: tuple(kind for kind in KINDS[name] if kind in classes) for name in KINDS if name in classes}
    return {name: kinds for name, kinds in found.items() if kinds}


def pairs_of(classes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Drums and the manners in which they are known, as far as both are among some classes, by name."""
    pairs = [(drum, manner) for manner in MADE if manner in classes for drum in MADE[manner] if drum in classes]
    return {"+".join(pair): pair for pair in pairs}


def plain(value: Any) -> Any:
    """Tuples as lists."""
    return list(value) if isinstance(value, tuple) else value
