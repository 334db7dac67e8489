"""A kit appears on the disk whole or not at all: it is written beside its place and moved there."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...sampler.errors import Error
from ...sampler.files import free, replace


def vacant(folder: Path, but: str = "") -> None:
    """`Error` unless there is nothing at the place of a new kit, or an empty folder. but: what may lie in it."""
    try:
        taken = os.path.lexists(folder) and (
            not folder.is_dir() or folder.is_symlink() or any(file.name != but for file in folder.iterdir())
        )
    except OSError as reason:
        raise Error(f"the folder {folder} cannot be read: {reason.strerror}; give another with --out") from None
    if taken:
        raise Error(
            f"{folder} is there already and not an empty folder; give another place with --out, or move it away"
        )


def bounded(folder: Path) -> bool:
    """Is a folder there into which nothing can be moved from beside it: a disk or share of its own, or the folder that
    holds it is not ours?"""
    if not folder.is_dir():
        return False
    with suppress(OSError):
        probe = Path(tempfile.mkdtemp(prefix=".", dir=folder.absolute().parent))
        try:
            os.rename(probe, folder / probe.name)
            probe = folder / probe.name
            return False
        finally:
            probe.rmdir()
    return True


@contextmanager
def staged(folder: Path, inside: bool = False) -> Iterator[Path]:
    """Where to write what shall lie at `folder`, or in it; nothing is left where the block fails. `Error` for disks."""
    stage = (folder if inside else folder.parent) / f".{folder.name}_{os.getpid()}_{time.monotonic_ns()}.part"
    try:
        stage.mkdir(parents=True)
        yield stage
    except OSError as reason:
        why = reason.strerror or reason
        raise Error(f"the kit cannot be written to {folder}: {why}; nothing was written") from None
    except Error as reason:  # of who writes a WAV
        raise Error(str(reason).replace(str(stage), str(folder))) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def place(stage: Path, folder: Path) -> None:
    """Move a finished kit to its place; `Error` where somebody else has put something there meanwhile.

    Out of a stage inside its place go first the folders, then the files that a user opens.
    """
    if stage.parent == folder:
        vacant(folder, but=stage.name)
        for file in sorted(stage.iterdir(), key=Path.is_file):
            replace(file, folder / file.name)
        return
    vacant(folder)
    with suppress(FileNotFoundError):
        folder.rmdir()  # Windows replaces no folder
    replace(stage, folder)


def add(stage: Path, folder: Path, files: list[Path]) -> list[Path]:
    """Move finished files, named from `stage`, into a folder that may hold others; what each is called there.

    Nothing is written over: where a name is taken, the file gets a number.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for file in files:
        target = folder / file
        if file.parent == Path("sources"):  # named by its content
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                replace(stage / file, target)
            continue
        target = free(target)
        replace(stage / file, target)
        found.append(target)
    return found
