"""Files that appear whole, written beside and then moved into place; and where sources lie beside a WAV."""

import errno
import itertools
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from .errors import Error
from .wav import read_wav_info, write_wav

STAGED = re.compile(r"\..+_\d+_\d{6,}\.part")  # what `appearing` writes into: name, process and time
SOFTWARE = "driftkit"  # ISFT of whatever it writes begins with it


@contextmanager
def appearing(path: Path, stage: Path | None = None) -> Iterator[Path]:
    """Where to write what shall be at `path` when the block ends; nothing is left where it fails.

    stage: a folder on the same disk, where `path` lies in a folder that others watch; else beside it.
    """
    folder = stage or path.parent
    for needed in (folder, path.parent):
        needed.mkdir(parents=True, exist_ok=True)
    place = staged(folder / path.name)
    try:
        yield place
        replace(place, path)
    finally:
        with suppress(OSError):
            place.unlink(missing_ok=True)


def followed(path: Path) -> Path:
    """The file that a link leads to at last, there or not; `OSError` where links lead in a circle."""
    end = Path(os.path.realpath(path))
    if end.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return end


def staged(path: Path) -> Path:
    """A hidden place beside `path`, for what is not whole yet."""
    return path.with_name(f".{path.name}_{os.getpid()}_{time.monotonic_ns()}.part")


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


def drop_staged(folder: Path) -> None:
    """Delete what `appearing` has left in a folder in which nobody writes now, after a kill; nothing else."""
    for path in folder.iterdir():
        if STAGED.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            path.unlink()


def free(path: Path) -> Path:
    """`path`, or where that is taken the first of NAME_2, NAME_3 and so on that is not."""
    names = itertools.chain([path], (path.with_stem(f"{path.stem}_{k}") for k in itertools.count(2)))
    return next(name for name in names if not os.path.lexists(name))


def by_driftkit(path: Path) -> bool:
    """Is this a WAV that says that driftkit wrote it?"""
    try:
        return path.is_file() and not path.is_symlink() and read_wav_info(path).get("ISFT", "").startswith(SOFTWARE)
    except Error:
        return False


def replaceable(page: Path, mark: str, *beside: Path) -> None:
    """`Error` where writing `page`, and what goes with it, would replace what driftkit did not write.

    mark: the words near the beginning of a page of driftkit's; where there is none, nothing may lie `beside` it either.
    """
    if page.is_file():
        with page.open("rb") as file:
            if mark.encode() in file.read(4096):
                return
    for path in (page, *beside):
        if os.path.lexists(path):
            raise Error(f"{path} is there already, and {mark} did not write it; choose another place, or move it away")


def write_source(path: Path, samples: np.ndarray, rate_hz: int) -> None:
    """Keep the samples (channels, N) of a source as they are: their hash must come out again."""
    write_wav(path, samples, rate_hz, name="source", recipe="", note=60, software=SOFTWARE, depth="float")


def source_name(hash_: str) -> str:
    """The name of the file that keeps a source; `Error` for what is no hash, which could lead anywhere."""
    digits = hash_.rpartition(":")[2]
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise Error(f"{hash_[:40]!r} names no source; a source's name is sha256: and 64 hexadecimal digits")
    return f"{digits}.wav"


def sources_beside(file: Path, hash_: str) -> list[Path]:
    """Where a source of a WAV may lie: in `sources` beside it or beside one of its folders, the nearest first."""
    name = source_name(hash_)
    return [folder / "sources" / name for folder in list(file.resolve().parents)[:4]]
