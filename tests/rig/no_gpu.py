"""A GPU that is not there: tensors on it have shapes and no values, and what would wait for it is found out.

It is torch's device `meta`. Tensors of the processor are real beside it, so what may be decided there is. An operation
on tensors of both fails, as it does on a GPU.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from unittest.mock import patch

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

GPU = torch.device("meta")
READS = ("_local_scalar_dense", "nonzero", "is_nonzero", "equal", "masked_select")  # for which a program waits
COPIES = ("copy_", "_to_copy")  # which take tensors of both, and wait unless they are told not to


class Drawing(torch.Generator):
    """One of the processor, whichever is asked for: `meta` has none, and takes it."""

    def __new__(cls, device: object = "cpu") -> "Drawing":
        return super().__new__(cls)


class NoGpu(TorchDispatchMode):
    """Within it nothing may read from `GPU`, or wait until something is there; `waits` has what was seen."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: Counter[str] = Counter()
        self._patches = [
            patch("torch.autocast", self._autocast(torch.autocast)),
            patch("torch.is_autocast_enabled", self._enabled(torch.is_autocast_enabled)),
            patch("torch.Generator", Drawing),
        ]  # fmt: skip

    @staticmethod
    def _autocast(made: Any) -> Callable[..., AbstractContextManager[Any]]:
        """It knows no `meta`, and would change no shape."""
        return lambda kind, *rest, **more: nullcontext() if kind == "meta" else made(kind, *rest, **more)

    @staticmethod
    def _enabled(asked: Any) -> Callable[[str], bool]:
        return lambda kind: kind != "meta" and asked(kind)

    def __enter__(self) -> "NoGpu":
        for one in self._patches:
            one.start()
        super().__enter__()
        return self

    def __exit__(self, *failure: Any) -> None:
        super().__exit__(*failure)
        for one in self._patches:
            one.stop()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        tensors = [one for one in tree_leaves((args, kwargs)) if isinstance(one, Tensor)]
        name = func.__name__.partition(".")[0]
        if any(tensor.is_meta for tensor in tensors) or kwargs.get("device") == GPU:
            here = [tensor for tensor in tensors if not tensor.is_meta and tensor.dim()]
            index = "index" in name and (here or any(tensor.dtype == torch.bool for tensor in tensors[1:]))
            if here and not index and name not in COPIES:
                raise RuntimeError(f"{name} takes tensors of two devices")
            copies = here and name in COPIES and not (kwargs.get("non_blocking") or any(one is True for one in args))
            if name in READS or kwargs.get("device") == torch.device("cpu") or index or copies:
                self.waits[name] += 1
                raise RuntimeError(f"{name} waits for the GPU")
        return func(*args, **kwargs)


def put(module: nn.Module) -> nn.Module:
    """A module's own tensors there."""
    return module.to(GPU)
