"""Where distances are measured: the judge's embedding, or the user's own from a file.

A file is a TorchScript module (`torch.jit.save`) or, ending in .pt2, an exported program
(`torch.export.save`). It takes sounds (B, N), float32 within -1 to 1 and mono, and gives (B, D). The rate
that it wants may stand in it, as the extra file `rate_hz`; else it is said with the file.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from ..errors import Error
from .config import RATE_HZ
from .data import resample

BATCH = 16
EXTRA = "rate_hz"


class Embedding(Protocol):
    """Sounds (B, N) at 44.1 kHz to (B, D); the judge is one."""

    def embedding(self, sounds: Tensor) -> Tensor: ...


def embed(ear: Embedding, sounds: Tensor) -> np.ndarray:
    """Embeddings (n, D) in float64."""
    with torch.no_grad():
        return torch.cat([ear.embedding(x) for x in sounds.split(64)]).double().numpy()


@dataclass(frozen=True)
class FileEmbedding:
    """An embedding of the user's: its name, the rate it hears at, and the module."""

    name: str
    rate_hz: int
    module: Callable[[Tensor], Any]

    def embedding(self, sounds: Tensor) -> Tensor:
        """(B, N) at 44.1 kHz -> (B, D); `Error` where the module does not take or give that."""
        heard = resample(sounds, 12 * math.log2(RATE_HZ / self.rate_hz)).contiguous()
        return torch.cat([self._call(part) for part in heard.split(BATCH)])

    def _call(self, part: Tensor) -> Tensor:
        # a program that was exported with a fixed number of sounds gets that number, the last ones being silence
        try:
            found = self.module(torch.nn.functional.pad(part, (0, 0, 0, BATCH - len(part))))
        except Exception as reason:  # a stranger's code may raise anything
            why = " ".join(str(reason).split())[-200:]
            raise Error(f"the embedding {self.name} failed on sounds ({BATCH}, {part.shape[1]}): {why}") from None
        if not isinstance(found, Tensor) or found.ndim != 2 or len(found) != BATCH:
            shape = tuple(found.shape) if isinstance(found, Tensor) else type(found).__name__
            raise Error(f"the embedding {self.name} gave {shape} for {BATCH} sounds; it must give ({BATCH}, D)")
        found = found[: len(part)].detach()
        if not bool(found.isfinite().all()):
            raise Error(f"the embedding {self.name} gave numbers that are not finite; it must bear quiet sounds")
        return found


def load_embedding(path: Path, rate_hz: int | None = None) -> FileEmbedding:
    """The embedding in a file; `rate_hz` overrides what the file says, 44,100 is assumed where neither does.

    Loading and running it executes what is in it: the file is trusted as a program is.
    """
    extra: dict[str, Any] = {EXTRA: ""}
    if not path.is_file():
        raise Error(f"the embedding {path} is not there; give a TorchScript file or an exported program (.pt2)")
    try:
        if path.suffix == ".pt2":
            module: Any = torch.export.load(path, extra_files=extra).module()
        else:
            module = torch.jit.load(path, map_location="cpu", _extra_files=extra).eval()
    except Exception as reason:  # torch raises many kinds here
        why = " ".join(str(reason).split())[:120]
        raise Error(
            f"the embedding {path} cannot be loaded ({why}); "
            "write it with torch.jit.save or, as .pt2, torch.export.save"
        ) from None
    said = extra[EXTRA].decode() if isinstance(extra[EXTRA], bytes) else str(extra[EXTRA])
    if rate_hz is None and said and not said.strip().isdecimal():
        raise Error(f"the embedding {path} says rate_hz {said!r}; it must be a whole number; give --embedding-rate")
    rate = rate_hz or int(said or RATE_HZ)
    if not 1000 <= rate <= 384_000:
        raise Error(f"the embedding's rate is {rate}; it must be from 1000 to 384000 Hz")
    return FileEmbedding(path.name, rate, module)
