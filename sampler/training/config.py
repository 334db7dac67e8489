"""One run of the trainer, as a frozen value; read from TOML, unknown keys refused."""

import difflib
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from ..errors import Error

CLASSES = (
    "kick", "snare", "cymbal", "hihat_closed", "hihat_open", "crash", "ride", "tom", "clap", "rim", "percussion",
)  # fmt: skip
KINDS: dict[str, tuple[str, ...]] = {"cymbal": ("hihat_closed", "hihat_open", "crash", "ride")}
RATE_HZ = 44100


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """Every number that decides a run, except where its data lies and where it writes."""

    length: int = 32768  # samples
    bands: int = 16
    widths: tuple[int, ...] = (48, 80, 128, 160, 192, 192)
    embedding: int = 128
    classifier_widths: tuple[int, ...] = (32, 64, 96, 128, 128, 128, 128)
    batch: int = 24
    precision: str = "bfloat16"  # of the network's arithmetic in training, or float32; weights stay float32
    learning_rate: float = 2e-3
    weight_decay: float = 1e-3
    warmup: int = 200  # optimiser steps
    cooldown: float = 0.25  # share of the run over which the learning rate falls to zero
    ema: float = 0.999
    log_s_mean: float = -2.4
    log_s_std: float = 1.9
    quiet: float = 0.1  # least weight in the loss of a coefficient that is silent in its class
    unlabelled: float = 0.15  # share of sounds shown without their class
    layered: float = 0.10  # share of sounds made of two, with mixed labels
    samples: int = 400_000  # sounds shown in the whole run
    seed: int = 0


def load_config(path: Path | None, **overrides: Any) -> TrainConfig:
    """The run described by a TOML file and overrides; raises `Error` on an unknown key."""
    values: dict[str, Any] = {}
    if path:
        try:
            values = tomllib.loads(path.read_text())
        except (OSError, tomllib.TOMLDecodeError) as reason:
            raise Error(f"the training config {path} cannot be read: {reason}") from None
    values |= {key: value for key, value in overrides.items() if value is not None}
    known = [field.name for field in fields(TrainConfig)]
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known keys are {', '.join(known)}"
            raise Error(f"{key} is not a key of a training config; {hint}")
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return replace(TrainConfig(), **(values | lists))


def as_dict(config: TrainConfig) -> dict[str, Any]:
    """The config as plain JSON types."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(config).items()}
