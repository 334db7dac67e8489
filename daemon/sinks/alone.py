"""A folder for one driftkit at a time."""

import errno
import logging
import os
from pathlib import Path

from filelock import FileLock, Timeout

from ...sampler.errors import Error
from ...sampler.files import appearing
from .ledger import HIDDEN

UNKNOWN = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}  # of a disk that has no locks
NONE = (0, 0)  # no file has this number
log = logging.getLogger("driftkit")


class Alone:
    """Has a folder, which is made, to itself inside the `with`; the system lets it go when the process ends, however.

    `Error` names the process that has it, or says why the folder cannot be made. A disk that knows no locks, as some
    of a network, is warned of.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._notes = root, root / HIDDEN
        self._lock = FileLock(self._notes / "lock", timeout=0, fallback_to_soft=False)
        self._mark: tuple[int, int] | None = None  # the file that is locked

    def __enter__(self) -> "Alone":
        self._take()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()
        self._mark = None

    def keep(self) -> None:
        """Take the folder again where somebody has deleted it since; `Error` where another driftkit was faster."""
        if self._mark and self._mark != self._there():
            self._lock.release()
            self._mark = NONE
            self._take()

    def _take(self) -> None:
        holder = self._notes / "pid"
        try:
            self._notes.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire()
            except OSError as reason:
                if reason.errno not in UNKNOWN:
                    raise
                log.warning("%s cannot be locked (%s); see that no other driftkit uses it", self._root, reason.strerror)
            with appearing(holder) as staged:
                staged.write_text(f"{os.getpid()}\n")
        except Timeout:
            raise Error(
                f"the folder {self._root} is in use by another driftkit{_named(holder)}; "
                "stop it, or give another with --out"
            ) from None
        except OSError as reason:
            self._lock.release()
            raise unwritable(self._root, reason) from None
        self._mark = self._there() or NONE

    def _there(self) -> tuple[int, int] | None:
        try:
            about = (self._notes / "lock").stat()
        except OSError:
            return None
        return about.st_dev, about.st_ino


def _named(holder: Path) -> str:
    try:
        return f" (process {int(holder.read_text())})"
    except (OSError, ValueError):
        return ""


def unwritable(root: Path, reason: OSError) -> Error:
    """Why the folder cannot be that of the instrument."""
    return Error(f"the folder {root} cannot be written: {reason.strerror or reason}; give another with --out")
