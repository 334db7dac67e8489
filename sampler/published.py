"""How the public code of Tiny Audio Diffusion names what a network is made of, in its checkpoints and its YAML."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .controls import shown
from .errors import Error
from .networks.tiny import Level, TinyUNet

TIME = {"frequencies": "blocks.0.weights", "enter": "blocks.0.to_out", "twice": "blocks.1.blocks.1.0"}
RESIDUAL = {
    "residual.norm_1": "block.blocks.0.blocks.0.0",
    "residual.conv_1": "block.blocks.0.blocks.0.2",
    "residual.norm_2": "block.blocks.0.blocks.1.0",
    "residual.conv_2": "block.blocks.0.blocks.1.2",
}
MODULATION = {"modulation": "blocks.0.block.blocks.0.1"}
ATTENTION = {
    **{f"attention.{name}": f"blocks.0.block.{name}" for name in ("norm", "norm_context", "to_q", "to_kv")},
    "attention.leave": "blocks.0.block.attention.blocks.0",
}
LENGTH, RATE_HZ = 32_768, 44_100  # as published
SHAPE = {  # keys of the YAML: what `TinyUNet` calls them, and the published values
    "in_channels": ("channels", 2),
    "channels": ("widths", [32, 32, 64, 64, 128, 128, 256, 256]),
    "factors": ("factors", [1, 2, 2, 2, 2, 2, 2, 2]),
    "items": ("items", [2, 2, 2, 2, 2, 2, 4, 4]),
    "attentions": ("attentions", [0, 0, 0, 0, 0, 1, 1, 1]),
    "attention_heads": ("heads", 8),
    "attention_features": ("head_features", 64),
}
MOST = {"items": 64}  # of each of these numbers
MOST_ELSE = 1 << 16
DEEPEST = 16  # levels


def tiny_names(network: TinyUNet) -> dict[str, str]:
    """The published name of every tensor of a network, by ours."""
    modules = {f"time.{ours}": theirs for ours, theirs in TIME.items()} | dict(levels(network))
    names = {}
    for own in network.state_dict():
        module, _, tensor = own.rpartition(".")
        names[own] = modules[own] if own in modules else f"{modules[module]}.{tensor}"
    return names


def levels(network: TinyUNet) -> Iterator[tuple[str, str]]:
    """Modules of the levels: a level is a list of its parts in the order of the signal, the next level among them."""
    place = "blocks.2.net"
    for number, level in enumerate(network.levels):
        assert isinstance(level, Level)
        own, part = f"levels.{number}", f"{place}.block.blocks"
        yield f"{own}.gate", f"{place}.skip.blocks.0.1"
        yield f"{own}.enter", f"{part}.0.block"
        at = 1
        for way, items in (("down", level.down), ("up", level.up)):
            for k, item in enumerate(items):
                for parts in (RESIDUAL, MODULATION, ATTENTION) if item.attention else (RESIDUAL, MODULATION):
                    yield from ((f"{own}.{way}.{k}.{ours}", f"{part}.{at}.{theirs}") for ours, theirs in parts.items())
                    at += 1
            if way == "down" and number + 1 < len(network.levels):
                place = f"{part}.{at}"
                at += 1
        yield f"{own}.leave", f"{part}.{at}.block.1"


def told(config: Mapping[str, Any]) -> tuple[dict[str, Any], int, int]:
    """From the YAML beside a checkpoint: the arguments of `TinyUNet`, the length in samples, the rate in Hz.

    What it does not say is as published. Raises `Error` for what can be no such value.
    """
    inner: Any = config
    for key in ("model", "model"):
        inner = inner.get(key) if isinstance(inner, Mapping) else None
    inner = inner if isinstance(inner, Mapping) else {}
    shape = {ours: number(config, key, inner.get(key), usual) for key, (ours, usual) in SHAPE.items()}
    length, rate_hz = (
        number(config, key, config.get(key), usual) for key, usual in (("length", LENGTH), ("sampling_rate", RATE_HZ))
    )
    return shape, length, rate_hz


def number(config: Mapping[str, Any], key: str, value: Any, usual: Any) -> Any:
    """A value of the YAML, `usual` where there is none: a number, or a list of them where `usual` is one.

    ${name} stands for the value `name` of the whole, as Hydra has it.
    """
    named = re.fullmatch(r"\$\{(\w+)\}", value) if isinstance(value, str) else None
    value = config.get(named[1]) if named else value
    if value is None:
        return usual
    several = isinstance(usual, list)
    given = value if several and isinstance(value, list) else [value]
    low, high = 0 if key == "attentions" else 1, MOST.get(key, MOST_ELSE)
    right = 1 <= len(given) <= DEEPEST and all(type(one) is int and low <= one <= high for one in given)
    if not right or isinstance(value, list) != several:
        what = f"a list of at most {DEEPEST} whole numbers" if several else "a whole number"
        raise Error(f"the YAML of the checkpoint has {key}: {shown(value)}; it must be {what} from {low} to {high}")
    return value
