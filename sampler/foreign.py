"""Checkpoints that others trained: read without running code, and checked tensor by tensor."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from .controls import shown
from .errors import Error


def read_checkpoint(path: Path) -> Mapping[str, Any]:
    """What torch.save wrote, tensors and plain values only: code in it is refused, not run."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as reason:
        why = reason.strerror or reason
        raise Error(f"the checkpoint {path} cannot be read: {why}; give the file as published") from None
    except Exception:  # torch raises many kinds, and tells people to switch the check off
        raise Error(
            f"the checkpoint {path} is damaged, or holds more than tensors and plain values, "
            "and driftkit runs no code of others; give the file as published"
        ) from None
    if not isinstance(state, Mapping):
        raise Error(
            f"the checkpoint {path} holds a {type(state).__name__}; "
            "it must be a table with `model` or `state_dict` in it"
        )
    return state


def fill(
    network: nn.Module, tensors: Mapping[Any, Any], path: Path, whose: str, names: Mapping[str, str] | None = None
) -> None:
    """Load tensors into a network, in float32; `Error` names the first that does not fit.

    whose: the network in words. names: what the file calls each tensor of the network, where it has other names.
    """
    own = network.state_dict()
    names = names or dict(zip(own, own))
    for name, wanted in own.items():
        theirs, tensor = names[name], tensors.get(names[name])
        if not isinstance(tensor, Tensor) or tensor.layout != torch.strided:
            raise Error(f"the checkpoint {path} lacks {theirs}; is it one of {whose}?")
        if tensor.shape != wanted.shape:
            raise Error(f"{theirs} of {path} has the shape {shape(tensor)}; it must be {shape(wanted)}")
        if not tensor.is_floating_point() or not tensor.isfinite().all():
            raise Error(f"{theirs} of {path} has values that are not finite numbers; that training failed")
    known = set(names.values())
    strange = next((name for name in tensors if name not in known), None)
    if strange is not None:
        raise Error(f"the checkpoint {path} has {shown(strange)}, which {whose} does not")
    network.load_state_dict({name: tensors[names[name]].float() for name in own}, assign=True)


def shape(tensor: Tensor) -> str:
    """A shape as people write it: 128 x 32 x 3."""
    return " x ".join(map(str, tensor.shape)) or "of one number"
