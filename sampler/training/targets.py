"""All trainable networks by name, and what follows from that table: configs, specs, the choices of `--network`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from ..errors import Error
from ..schedules import SCHEDULES
from ..spec import Spec
from . import classifier, crash, student, tiny, unet
from .config import COMMON, RATE_HZ, Config, Key, kinds_of
from .target import Target

TARGETS: dict[str, Target] = {
    "unet": unet.TARGET,
    "student": student.TARGET,
    "classifier": classifier.TARGET,
    "crash": crash.TARGET,
    "crash_classifier": crash.HEARING,
    "tiny": tiny.TARGET,
}
DENOISERS = tuple(name for name, target in TARGETS.items() if target.denoises)
HEARERS = tuple(name for name, target in TARGETS.items() if not target.denoises)
LICENCE = "CC0-1.0"
RECIPES = Path(__file__).parent / "recipes"
BEFORE: dict[str, Any] = {"listens": False, "tones": False, "floor": 2e-4}  # what runs did before there were these keys


class TrainConfig(Config):
    """Every number that decides a run, except where its data lies and where it writes."""

    keys: ClassVar[Mapping[str, Key]] = {
        **COMMON,
        **{name: key for target in TARGETS.values() for name, key in target.keys.items()},
    }


def load_config(path: Path | None, **overrides: Any) -> TrainConfig:
    """The run described by a TOML file, or by the name of a shipped recipe (`crash`, `tiny`), and overrides.

    Raises `Error` on an unknown key, and on a value that cannot be trained with.
    """
    values: dict[str, Any] = {}
    if path:
        shipped = RECIPES / f"{path}.toml"
        try:
            values = tomllib.loads(
                (shipped if shipped.is_file() and not path.is_file() else path).read_text("utf-8-sig")
            )
        except (OSError, ValueError) as reason:
            raise Error(f"the training config {path} cannot be read: {reason}") from None
    values |= {key: value for key, value in overrides.items() if value is not None}
    return TrainConfig(**{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}).checked()


def config_of(state: dict[str, Any]) -> TrainConfig:
    """The config of a checkpoint; keys that a newer or older driftkit lacks get their defaults."""
    values = BEFORE | {name: value for name, value in state["config"].items() if name in TrainConfig.keys}
    return TrainConfig(**{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()})


def keys_table() -> str:
    """Every key with its default and its meaning, as Markdown; docs/training.md holds it."""
    lines = ["| key | default | meaning |", "| --- | --- | --- |"]
    for name, value in TrainConfig().as_dict().items():
        lines.append(f"| `{name}` | {value} | {TrainConfig.keys[name].meaning} |")
    return "\n".join(lines)


def spec_of(target: str, config: Config, name: str) -> Spec:
    """The spec of a model whose denoiser is `target`, without a classifier."""
    if config.schedule not in SCHEDULES:
        raise Error(f"schedule is {config.schedule}; it must be one of {', '.join(SCHEDULES)}")
    half = config.length // 2
    rise, fall = TARGETS[target].fades
    return Spec(
        name=name,
        network=TARGETS[target].entry(config),
        classifier=None,
        schedule=config.schedule,
        classes=tuple(config.classes),
        kinds=kinds_of(config.classes),
        rate_hz=RATE_HZ,
        channels=TARGETS[target].channels(config),
        length=config.length,
        fades=(min(rise, half), min(fall, half)),
        licence=LICENCE,
        **TARGETS[target].plays(config),
    )
