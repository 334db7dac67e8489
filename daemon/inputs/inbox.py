"""OUT/inbox: a sound file that is dropped there becomes source A of the selected pad.

The file stays where it was dropped and is never written, moved or deleted: the control names it, so
it is there for the next render and after a restart too. A file is taken once for each content.
"""

import logging
import time
from contextlib import suppress
from pathlib import Path

from ...sampler.errors import Error
from ...sampler.home import named
from ...sampler.sound import RATE_HZ
from ...sampler.wav import read_sound
from ..commands import Commands

STABLE_S = 0.4  # a file that has not grown for so long has been copied
CUT_OFF_S = 5.0  # but a WAV shorter than its header says is waited for this long
NAME = "inbox"
HEADER = 64  # bytes; a WAV that tells of no more has no samples yet
UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", "~")  # of browsers and copiers
LITTER = {"Thumbs.db", "desktop.ini", "Icon\r"}
State = tuple[int, int, int]  # size, time of change, inode
log = logging.getLogger("driftkit")


class Inbox:
    """Looks into an inbox; what lay there before is not taken."""

    def __init__(self, commands: Commands, root: Path) -> None:
        self._commands = commands
        self.folder = root / NAME
        self._known = self._states()
        self._since: dict[Path, tuple[State, float]] = {}  # new files: their state, and since when it has been so

    def look(self) -> bool:
        """Take what is complete; True while something is still being copied."""
        states, now = self._states(), time.monotonic()
        self._known = {path: state for path, state in self._known.items() if path in states}
        self._since = {path: entry for path, entry in self._since.items() if path in states}
        for path, state in sorted(states.items(), key=lambda entry: entry[1][1]):
            if self._known.get(path) == state:
                continue
            if self._since.get(path, (None,))[0] != state:
                self._since[path] = (state, now)
            waited = now - self._since[path][1]
            if waited >= (CUT_OFF_S if cut_off(path, state[0]) else STABLE_S):
                self._known[path] = state
                del self._since[path]
                self._take(path)
        return bool(self._since)

    def _states(self) -> dict[Path, State]:
        """Files in the inbox; hidden ones are of who copies, and links would lead elsewhere."""
        found = {}
        with suppress(OSError):  # the folder is gone; there may be another look
            for path in self.folder.iterdir():
                with suppress(OSError):  # a file is gone, or nobody's business
                    if not passed_by(path.name) and path.is_file() and not path.is_symlink():
                        state = path.stat()
                        found[path] = (state.st_size, state.st_mtime_ns, state.st_ino)
        return found

    def _take(self, path: Path) -> None:
        one = self._commands
        try:
            if named(path.name) != path.name:
                raise Error(f"the name {named(path.name)} is not UTF-8, and no kit could hold it; rename the file")
            read_sound(path, RATE_HZ)
            with one.state.lock:
                number = one.state.board.selected
                name = f"{NAME}/{path.name}"
                one.offer(number, name)
        except Error as reason:
            log.warning("%s", reason)
            one.replies.fail(None, "/driftkit/inbox", str(reason))
        else:
            log.info("pad %d has %s as its source A", number, name)
            one.replies.answer(None, "/done", "/driftkit/inbox", number, name)


def passed_by(name: str) -> bool:
    """Is it of who copies or of a file manager, and not of the user?"""
    return name.startswith(".") or name.lower().endswith(UNFINISHED) or name in LITTER


def cut_off(path: Path, size: int) -> bool:
    """Is this a WAV that tells of more bytes than are there, or that its recorder has not closed yet?"""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError:
        return True
    told = int.from_bytes(head[4:8], "little")
    return head[:4] == b"RIFF" and (told + 8 > size or told <= HEADER)
