"""Where sounds may be read from: pads, kept sources, and files below the folders that are allowed."""

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np

from ...sampler.errors import Error
from ...sampler.files import sources_beside
from ...sampler.hit import Hit
from ...sampler.resolve import HASH, Reader, fingerprint
from ...sampler.sound import RATE_HZ
from ...sampler.wav import read_sound
from ..sinks.folder import Folder
from ..sinks.ledger import Ledger
from .roots import Roots


class Sources:
    """Reads sounds for whoever asks over a network: only below `roots`."""

    def __init__(self, folder: Folder, roots: Iterable[Path], beside_kits: Ledger) -> None:
        self._folder = folder
        self._beside_kits = beside_kits
        self._roots = Roots(roots, "that may be read", "--samples")

    def allowed(self, name: str) -> Path:
        """A path that may be read, links followed; a relative one counts from OUT. `Error` names the flag."""
        return self._roots.find(name, self._folder.root)

    def reader(self, held: Mapping[str, np.ndarray]) -> Reader:
        """Reads `pad:N` from `held` (the Sounds as they were when asked), kept sources, and files."""

        def read(name: str, rate_hz: int) -> np.ndarray:
            if name.startswith("pad:"):
                if name not in held:
                    raise Error(f"{name} has no sound yet; render it first or give a file")
                return held[name]
            if name.startswith(HASH):
                return read_sound(self.allowed(str(self.kept(name))), rate_hz)
            return read_sound(self.allowed(name), rate_hz)

        return read

    def near(self, file: Path, hit: Hit) -> dict[str, np.ndarray]:
        """The sources of a WAV by their hash, from `sources` beside it or beside one of its folders, where they are."""
        found = {}
        for hash_ in {hit.source_a, hit.source_b}:
            for place in sources_beside(file, hash_) if hash_.startswith(HASH) else ():
                with suppress(Error):  # not there, not to be read, or no sound
                    samples = read_sound(self.allowed(str(place)), RATE_HZ)
                    if fingerprint(samples) == hash_:
                        found[hash_] = samples
                        break
        return found

    def kept(self, hash_: str) -> Path:
        """Where the samples of a source are: in OUT, or beside a kit that was saved with it."""
        here, beside = self._places(hash_)
        return beside if beside.is_file() and not here.is_file() else here

    def keep_beside_kits(self, hash_: str) -> None:
        """Copy a source next to the kits, so that a kit can be opened over another OUT."""
        here, beside = self._places(hash_)
        if here.is_file() and not beside.exists():
            try:
                with self._beside_kits.appearing(beside) as staged:
                    shutil.copyfile(here, staged)
            except OSError as reason:
                raise Error(f"the sources of a kit cannot be kept in {beside.parent}: {reason.strerror}") from None

    def _places(self, hash_: str) -> tuple[Path, Path]:
        here = self._folder.source(hash_)
        return here, self._beside_kits.root / "sources" / here.name
