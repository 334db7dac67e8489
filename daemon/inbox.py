"""OUT/inbox: a sound file that is dropped there becomes source A of the selected pad.

The file stays where it was dropped and is never written, moved or deleted: the control names it, so
it is there for the next render and after a restart too. A file is taken once for each content.
"""

import logging
import time
from pathlib import Path

from ..sampler.errors import Error
from ..sampler.sound import RATE_HZ
from ..sampler.wav import read_sound
from .commands import Commands

STABLE_S = 0.4  # a file that has not grown for so long has been copied
CUT_OFF_S = 5.0  # but a WAV shorter than its header says is waited for this long
NAME = "inbox"
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
        try:
            for path in self.folder.iterdir():
                if not path.name.startswith(".") and path.is_file() and not path.is_symlink():
                    state = path.stat()
                    found[path] = (state.st_size, state.st_mtime_ns, state.st_ino)
        except OSError:  # the folder or a file is gone; there may be another look
            pass
        return found

    def _take(self, path: Path) -> None:
        one = self._commands
        try:
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


def cut_off(path: Path, size: int) -> bool:
    """Is this a WAV that tells of more bytes than are there?"""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError:
        return True
    return head[:4] == b"RIFF" and int.from_bytes(head[4:8], "little") + 8 > size
