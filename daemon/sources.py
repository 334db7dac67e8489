"""Where sounds may be read from: pads, kept sources, and files below the folders that are allowed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from ..sampler.errors import Error
from ..sampler.resolve import HASH, Reader
from ..sampler.wav import read_sound
from .folder import Folder


class Sources:
    """Reads sounds for whoever asks over a network: only below `roots`."""

    def __init__(self, folder: Folder, roots: Iterable[Path]) -> None:
        self._folder = folder
        self._roots = [path.expanduser().resolve() for path in roots]

    def allowed(self, name: str) -> Path:
        """A path that may be read; a relative one counts from OUT. `Error` names the flag that allows more."""
        path = Path(name).expanduser()
        path = (path if path.is_absolute() else self._folder.root / path).resolve()
        if not any(path.is_relative_to(root) for root in self._roots):
            roots = ", ".join(str(root) for root in self._roots)
            raise Error(f"{name} lies outside the folders that may be read ({roots}); allow its folder with --samples")
        return path

    def reader(self, held: Mapping[str, np.ndarray]) -> Reader:
        """Reads `pad:N` from `held` (the Sounds as they were when asked), kept sources, and files."""

        def read(name: str, rate_hz: int) -> np.ndarray:
            if name.startswith("pad:"):
                if name not in held:
                    raise Error(f"{name} has no sound yet; render it first or give a file")
                return held[name]
            if name.startswith(HASH):
                return read_sound(self.allowed(str(self._folder.source(name))), rate_hz)
            return read_sound(self.allowed(name), rate_hz)

        return read
