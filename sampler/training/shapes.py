"""What each target of the trainer is in a model.json: its kind and its shape, from the config alone."""

import math
from dataclasses import fields, replace
from typing import Any

from torch import nn

from ..errors import Error
from ..networks.kinds import CLASSIFIERS, NETWORKS
from ..schedules import SCHEDULES
from ..spec import Spec
from .config import CLASSES, KINDS, RATE_HZ, TrainConfig

LICENCE = "CC0-1.0"
DENOISERS = ("unet", "crash")
HEARERS = ("classifier", "crash_classifier")

FADES = (16, 441)  # samples in and out: what begins or ends abruptly clicks
GROUPS = 4  # of channels that are normalised together, in the networks of frames

# What a run cannot change as it goes on.
SHAPE: dict[str, tuple[str, ...]] = {
    "unet": ("length", "front", "bands", "widths", "embedding", "listens", "tones", "jumps", "guidance"),
    "classifier": ("length", "bands", "classifier_widths"),
    "crash": ("length", "crash_enter", "crash_widths", "crash_factors", "crash_level", "schedule"),
    "crash_classifier": (
        "length", "crash_enter", "crash_classifier_widths", "crash_classifier_factors", "crash_level", "schedule",
    ),
}  # fmt: skip


def shape(target: str, config: TrainConfig) -> dict[str, Any]:
    """The entry of model.json: {"kind": ..., the arguments of its class}."""
    if target == "unet":
        return {
            "kind": "wiener_unet", "length": config.length, "bands": config.bands, "classes": len(CLASSES),
            "widths": list(config.widths), "embedding": config.embedding, "front": config.front,
        } | {name: how for name, how in abilities(config).items() if how}  # fmt: skip
    if target == "classifier":
        return {
            "kind": "frames", "length": config.length, "bands": config.bands, "classes": len(CLASSES),
            "widths": list(config.classifier_widths),
        }  # fmt: skip
    common = {"kind": "crash", "enter": config.crash_enter, "level": list(config.crash_level)}
    if target == "crash":
        return common | {"widths": list(config.crash_widths), "factors": list(config.crash_factors)}
    widths, factors = config.crash_classifier_widths, config.crash_classifier_factors
    return common | {"widths": list(widths), "factors": list(factors), "classes": len(CLASSES)}


def abilities(config: TrainConfig) -> dict[str, Any]:
    """What a `WienerUNet` can that not every one can, as its arguments."""
    guided = [0.0, max(1.0, config.guidance)] if config.guidance else []
    return {"reach": config.jumps > 0, "listens": config.listens, "tones": config.tones, "guided": guided}


def build(target: str, config: TrainConfig) -> nn.Module:
    """A fresh network of a target; `Error` where its length does not fit."""
    if target in ("unet", "classifier"):
        name = "widths" if target == "unet" else "classifier_widths"
        if any(width % GROUPS for width in getattr(config, name)):
            raise Error(f"{name} is {list(getattr(config, name))}; each must be a multiple of {GROUPS}")
        if config.length % config.bands:
            raise Error(f"length is {config.length}; it must be a multiple of bands, which is {config.bands}")
    if target == "crash":
        check_levels("crash_widths", config.crash_widths, "crash_factors", config.crash_factors)
        multiple = math.prod(config.crash_factors)
        if config.length % multiple:
            raise Error(
                f"length is {config.length}; for crash it must be a multiple of {multiple} samples, "
                "such as 21000 of the recipe `--config crash`"
            )
    if target == "crash_classifier":
        widths, factors = config.crash_classifier_widths, config.crash_classifier_factors
        check_levels("crash_classifier_widths", widths, "crash_classifier_factors", factors)
        longest = math.prod(factors)
        if config.length > longest:
            raise Error(
                f"length is {config.length}; for crash_classifier it must be at most {longest}; "
                "use the recipe `--config crash` or larger crash_classifier_factors"
            )
    arguments = shape(target, config)
    kind = arguments.pop("kind")
    known: Any = NETWORKS if target in DENOISERS else CLASSIFIERS
    try:
        network: nn.Module = known[kind].build(**arguments)
    except ValueError as reason:
        raise Error(f"the training config does not fit together: {reason}") from None
    return network


def check_levels(widths: str, some: tuple[int, ...], factors: str, others: tuple[int, ...]) -> None:
    """`Error` where two lists of the config, one entry a level, differ in length."""
    if len(some) != len(others):
        raise Error(f"{widths} has {len(some)} levels and {factors} {len(others)}; give both as many")


BEFORE: dict[str, Any] = {"listens": False, "tones": False, "floor": 2e-4}  # what runs did before there were these keys


def config_of(state: dict[str, Any]) -> TrainConfig:
    """The config of a checkpoint; keys that a newer or older driftkit lacks get their defaults."""
    known = {field.name for field in fields(TrainConfig)}
    values: dict[str, Any] = BEFORE | {name: value for name, value in state["config"].items() if name in known}
    return replace(TrainConfig(), **values | {k: tuple(v) for k, v in values.items() if isinstance(v, list)})


def spec_of(target: str, config: TrainConfig, name: str) -> Spec:
    """The spec of a model whose denoiser is `target`, without a classifier."""
    if config.schedule not in SCHEDULES:
        raise Error(f"schedule is {config.schedule}; it must be one of {', '.join(SCHEDULES)}")
    half = config.length // 2
    return Spec(
        name=name,
        network=shape(target, config),
        classifier=None,
        schedule=config.schedule,
        classes=CLASSES,
        kinds=KINDS,
        rate_hz=RATE_HZ,
        length=config.length,
        fades=(min(FADES[0], half), min(FADES[1], half)) if target == "unet" else (0, 0),
        licence=LICENCE,
    )
