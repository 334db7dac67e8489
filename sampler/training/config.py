"""One run of the trainer, as a frozen value; read from TOML, unknown keys refused."""

import difflib
import math
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ..errors import Error

CLASSES = (
    "kick", "snare", "cymbal", "hihat_closed", "hihat_open", "crash", "ride", "tom", "clap", "rim", "percussion",
)  # fmt: skip
KINDS: dict[str, tuple[str, ...]] = {"cymbal": ("hihat_closed", "hihat_open", "crash", "ride")}
RATE_HZ = 44100
LIMITS: dict[str, tuple[float, float]] = {  # the least and the most of a number, or of each in a list
    "length": (64, RATE_HZ), "bands": (2, 1024), "widths": (4, 8192), "embedding": (1, 8192), "floor": (1e-9, 1),
    "classifier_widths": (4, 8192), "crash_enter": (1, 8192), "crash_widths": (1, 8192), "crash_factors": (1, RATE_HZ),
    "crash_classifier_widths": (1, 8192), "crash_classifier_factors": (1, RATE_HZ), "crash_level": (1, 8192),
    "batch": (2, 65_536), "learning_rate": (0, 10), "weight_decay": (0, 10), "warmup": (1, 10**9), "cooldown": (0, 1),
    "ema": (0, 1), "log_s_mean": (-10, 10), "log_s_std": (1e-3, 10), "quiet": (0, 1), "unlabelled": (0, 1),
    "guidance": (0, 10), "balance": (0, 1), "layered": (0, 1), "samples": (1, 10**15), "evaluate_every": (0, 10**15),
    "seed": (0, 2**63 - 1),
}  # fmt: skip
PRECISIONS = ("bfloat16", "float32")
WHAT = {int: "a whole number", float: "a number", bool: "true or false", str: "a word"}
RECIPES = Path(__file__).parent / "recipes"


def key(default: Any, meaning: str) -> Any:
    """A field with its meaning, which docs/training.md shows."""
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """Every number that decides a run, except where its data lies and where it writes."""

    length: int = key(44032, "samples of a sound at 44.1 kHz")
    front: str = key("mdct", "`unet`: the front end, `mdct` or `patches`")
    bands: int = key(32, "`unet`, `classifier`: coefficients per frame of the front end")
    widths: tuple[int, ...] = key((80, 128, 160, 192, 192), "`unet`: channels per level")
    listens: bool = key(True, "`unet`: whether it corrects the spectrum of a class by that of the sound it hears")
    tones: bool = key(True, "`unet`: whether it hears what lasts in long windows, too")
    floor: float = key(2e-5, "`unet`: least spread of a class; what is quieter counts as silence")
    embedding: int = key(128, "`unet`: width of the embedding of the noise level")
    classifier_widths: tuple[int, ...] = key((32, 64, 96, 128, 128, 128, 128), "`classifier`: channels per stage")
    crash_enter: int = key(32, "`crash`, `crash_classifier`: channels after the first convolution")
    crash_widths: tuple[int, ...] = key((128, 128, 256, 512, 512), "`crash`: channels per level")
    crash_factors: tuple[int, ...] = key((2, 2, 3, 5, 5), "`crash`: rate division per level; `length` is a multiple")
    crash_classifier_widths: tuple[int, ...] = key(
        (128, 256, 256, 256, 512, 512), "`crash_classifier`: channels per level"
    )
    crash_classifier_factors: tuple[int, ...] = key(
        (4, 6, 5, 5, 5, 7), "`crash_classifier`: rate division per level; `length` is at most their product"
    )
    crash_level: tuple[int, ...] = key(
        (32, 128, 256, 512), "`crash`, `crash_classifier`: random frequencies of sigma, then widths of the perceptron"
    )
    schedule: str = key("vp_cos", "the noise schedule, by name; the model that is exported samples with it")
    t_sampling: str = key(
        "auto", "how t is drawn: `uniform` from t_min to 1, or `log_normal` in s; `auto`: the network's own"
    )
    weighting: str = key("auto", "lambda(t): `sigma2`, `g2` or `min_snr`; `auto`: the network's own")
    batch: int = key(24, "sounds per optimiser step, over all processes together")
    precision: str = key("bfloat16", "of the U-Net's arithmetic in training, or `float32`; weights stay float32")
    learning_rate: float = key(2e-3, "at its height")
    weight_decay: float = key(1e-3, "of AdamW; 0 makes it Adam")
    warmup: int = key(200, "optimiser steps over which the learning rate rises")
    cooldown: float = key(0.25, "share of the run over which the learning rate falls to zero")
    ema: float = key(0.999, "decay of the moving average of the weights, which is what is exported")
    log_s_mean: float = key(-2.4, "`log_normal`: mean of log s")
    log_s_std: float = key(1.9, "`log_normal`: standard deviation of log s")
    quiet: float = key(0.1, "`unet`: least weight in the loss of a coefficient that is silent in its class")
    unlabelled: float = key(0.15, "`unet`: share of sounds shown without their class")
    jumps: float = key(0.0, "`unet`: share of the batch that learns jumps of the flow map, 0: none")
    jump_levels: tuple[float, ...] = key(
        (), "`unet`: levels s from which a model will jump, each to the next and the last to 0: so do half of the jumps"
    )
    guidance: float = key(
        0.0, "`unet`: most strength of guidance that it learns to take as an input, 0: none; needs `jumps`"
    )
    balance: float = key(0.5, "0: classes are shown in the proportions of the corpus, 1: all alike")
    layered: float = key(0.10, "share of sounds made of two, with mixed labels")
    samples: int = key(400_000, "sounds shown in the whole run")
    evaluate_every: int = key(
        20_000, "sounds from one rendering and measuring of the moving average to the next; 0: never"
    )
    evaluate_sounds: int = key(32, "sounds rendered each time, their classes in the proportions of the held-out split")
    seed: int = key(0, "of the weights, the batches and the noise")


def load_config(path: Path | None, **overrides: Any) -> TrainConfig:
    """The run described by a TOML file, or by the name of a shipped recipe (`crash`), and overrides.

    Raises `Error` on an unknown key, and on a value that cannot be trained with.
    """
    values: dict[str, Any] = {}
    if path:
        shipped = RECIPES / f"{path}.toml"
        try:
            values = tomllib.loads(
                (shipped if shipped.is_file() and not path.exists() else path).read_text("utf-8-sig")
            )
        except (OSError, ValueError) as reason:
            raise Error(f"the training config {path} cannot be read: {reason}") from None
    values |= {key: value for key, value in overrides.items() if value is not None}
    known = [field.name for field in fields(TrainConfig)]
    for name in values:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known keys are {', '.join(known)}"
            raise Error(f"{name} is not a key of a training config; {hint}")
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return checked(replace(TrainConfig(), **(values | lists)))


def checked(config: TrainConfig) -> TrainConfig:
    """The config itself; `Error` names the first value of another type than its default, or beyond its limits."""
    for entry in fields(config):
        value, default, several = getattr(config, entry.name), entry.default, isinstance(entry.default, tuple)
        kind = type((*default, 0.0)[0] if isinstance(default, tuple) else default)
        low, high = LIMITS.get(entry.name, (-math.inf, math.inf))
        given = value if several and isinstance(value, tuple) else (value,)
        right = all(type(one) is kind or (kind is float and type(one) is int) for one in given)
        if kind in (int, float):
            right = right and all(low <= one <= high for one in given)
        if not right or (several and (not isinstance(value, tuple) or bool(default) > bool(value))):
            span = f" from {low:.15g} to {high:.15g}" if entry.name in LIMITS else ""
            what = f"a list, each of it {WHAT[kind]}" if several else WHAT[kind]
            came = list(value) if isinstance(value, tuple) else value
            raise Error(f"{entry.name} is {came!r}; it must be {what}{span}")
    if config.precision not in PRECISIONS:
        raise Error(f"precision is {config.precision}; it must be {' or '.join(PRECISIONS)}")
    return config


def as_dict(config: TrainConfig) -> dict[str, Any]:
    """The config as plain JSON types."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(config).items()}


def keys_table() -> str:
    """Every key with its default and its meaning, as Markdown; docs/training.md holds it."""
    lines = ["| key | default | meaning |", "| --- | --- | --- |"]
    for entry in fields(TrainConfig):
        default = list(entry.default) if isinstance(entry.default, tuple) else entry.default
        lines.append(f"| `{entry.name}` | {default} | {entry.metadata['meaning']} |")
    return "\n".join(lines)
