"""A folder for one driftkit at a time."""

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ..sampler.errors import Error
from ..sampler.files import appearing
from .ledger import HIDDEN

UNKNOWN = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}  # of a disk that has no locks
log = logging.getLogger("driftkit")


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Have a folder, which is made, to oneself; the system lets it go when the process ends, however it ends.

    `Error` names the process that has it, or says why the folder cannot be made. A disk that knows no locks, as some
    of a network, is warned of.
    """
    notes = root / HIDDEN
    lock, holder = FileLock(notes / "lock", timeout=0, fallback_to_soft=False), notes / "pid"
    try:
        notes.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except OSError as reason:
            if reason.errno not in UNKNOWN:
                raise
            log.warning("%s cannot be locked (%s); see that no other driftkit uses it", root, reason.strerror)
        with appearing(holder) as staged:
            staged.write_text(f"{os.getpid()}\n")
    except Timeout:
        raise Error(
            f"the folder {root} is in use by another driftkit{_named(holder)}; stop it, or give another with --out"
        ) from None
    except OSError as reason:
        lock.release()
        raise unwritable(root, reason) from None
    try:
        yield
    finally:
        lock.release()


def _named(holder: Path) -> str:
    try:
        return f" (process {int(holder.read_text())})"
    except (OSError, ValueError):
        return ""


def unwritable(root: Path, reason: OSError) -> Error:
    """Why the folder cannot be that of the instrument."""
    return Error(f"the folder {root} cannot be written: {reason.strerror or reason}; give another with --out")
