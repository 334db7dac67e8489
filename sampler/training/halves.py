"""Weights of small listeners: half precision on the disk, single in memory."""

from pathlib import Path
from typing import TypeVar

from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import nn

from ..errors import Error
from ..files import appearing

Listener = TypeVar("Listener", bound=nn.Module)


def read_halves(listener: Listener, path: Path, what: str) -> Listener:
    """The listener with the weights of a file; `Error` where it is missing or another's. what: `a judge`, `an ear`."""
    name = what.split()[-1]
    try:
        # the counters of batches are not kept
        found = {key: value.float() for key, value in load_file(path).items()}
        missing, strange = listener.load_state_dict(found, strict=False)
    except (OSError, SafetensorError, RuntimeError) as reason:
        why = " ".join(str(reason).split())  # torch answers in several lines
        raise Error(f"the {name} {path} cannot be read ({why}); train one with train_{name}") from None
    wrong = strange + [key for key in missing if not key.endswith("num_batches_tracked")]
    if wrong:
        raise Error(f"{path} is not {what} ({', '.join(wrong[:3])}); train one with train_{name}")
    return listener


def write_halves(listener: nn.Module, path: Path) -> None:
    """Write every floating-point tensor of a listener."""
    state = {key: value for key, value in listener.state_dict().items() if value.is_floating_point()}
    with appearing(path) as staged:
        staged.write_bytes(save({key: value.half() for key, value in state.items()}))
