"""Files that appear whole, written beside and then moved into place; and where sources lie beside a WAV."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from .wav import write_wav


@contextmanager
def appearing(path: Path, stage: Path | None = None) -> Iterator[Path]:
    """Where to write what shall be at `path` when the block ends; nothing is left where it fails.

    stage: a folder on the same disk, where `path` lies in a folder that others watch; else beside it.
    """
    folder = stage or path.parent
    for needed in (folder, path.parent):
        needed.mkdir(parents=True, exist_ok=True)
    staged = folder / f".{path.name}_{os.getpid()}_{time.monotonic_ns()}.part"
    try:
        yield staged
        replace(staged, path)
    finally:
        with suppress(OSError):
            staged.unlink(missing_ok=True)


def replace(staged: Path, path: Path) -> None:
    """os.replace, tried again for a moment: on Windows it fails while a reader holds the file open."""
    for attempt in range(10):
        try:
            os.replace(staged, path)
            return
        except PermissionError:
            if attempt == 9:
                raise
            time.sleep(0.02)


def write_source(path: Path, samples: np.ndarray, rate_hz: int) -> None:
    """Keep the samples (channels, N) of a source as they are: their hash must come out again."""
    write_wav(path, samples, rate_hz, name="source", recipe="", note=60, software="driftkit", depth="float")


def sources_beside(file: Path, hash_: str) -> list[Path]:
    """Where a source of a WAV may lie: in `sources` beside it or beside one of its folders, the nearest first."""
    name = f"{hash_.rpartition(':')[2]}.wav"
    return [folder / "sources" / name for folder in list(file.resolve().parents)[:4]]
