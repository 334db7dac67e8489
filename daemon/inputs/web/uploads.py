"""Sound files that are dropped on the panel: each becomes source A of a pad.

A file comes over a WebSocket of its own, `/upload/NAME?pad=3`: binary frames of its bytes, then a text frame when they
are all. It is streamed to the disk, into `OUT/dropped/`, and decoded in the slow lane; what is wrong is told in a
sentence. What is dropped stays there, as in the inbox, for later renders and kits.
"""

import re
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from ....sampler.errors import Error
from ....sampler.files import free, replace
from ....sampler.sound import RATE_HZ
from ....sampler.wav import MAX_VALUES, read_sound
from ...commands import Commands
from ...sinks.folder import Folder
from .served import Ask

MAX_BYTES = MAX_VALUES * 4 + 2**20  # the longest sound that is read, as 32-bit samples, and what else its file may hold
ENDINGS = (".wav", ".aif", ".aiff", ".flac", ".ogg", ".mp3")
PATH = re.compile(r"/upload/([^/]+)")
FOLDER = "dropped"
ODD = re.compile(r"[^\w .()+-]+")


class Uploads:
    """Takes files in."""

    def __init__(self, commands: Commands, folder: Folder) -> None:
        self._commands, self._folder = commands, folder

    def begin(self, ask: Ask) -> "Upload | None":
        """A file that is about to come; None where the path is no upload's. `Error` where it is not wanted."""
        found = PATH.fullmatch(ask.path)
        if not found:
            return None
        name = ODD.sub("_", found[1]).strip(" .")[-80:]
        if not name.lower().endswith(ENDINGS):
            raise Error(f"{name} is not a sound file by its name; it must end in one of {', '.join(ENDINGS)}")
        asked = (parse_qs(ask.query).get("pad") or [""])[0]
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 0
        self._commands.state.board.pad(number)
        return Upload(self._commands, self._folder, name, number)


class Upload:
    """One file; its methods are called one after the other, in threads that may wait for the disk."""

    def __init__(self, commands: Commands, folder: Folder, name: str, pad: int) -> None:
        self._commands, self._root = commands, folder.root
        self._name, self._pad, self._bytes = name, pad, 0
        self._staged = folder.staged(name)
        self._file: Any = None

    def take(self, data: bytes) -> None:
        """The next bytes; `Error` where they are too many, or the disk refuses them."""
        self._bytes += len(data)
        if self._bytes > MAX_BYTES:
            raise Error(f"{self._name} is too large; a source may have at most {MAX_BYTES // 10**6} MB")
        try:
            self._file = self._file or self._staged.open("wb")
            self._file.write(data)
        except OSError as reason:
            raise self._unwritten(reason) from None

    def finish(self) -> dict[str, object]:
        """All has come: have it read, and made source A. `Error` where it is no sound."""
        if not self._file:
            raise Error(f"{self._name} is empty")
        try:
            self._file.close()
        except OSError as reason:
            raise self._unwritten(reason) from None
        done: Future[Path] = Future()
        self._commands.lane.put(lambda: self._settle(done))
        source = done.result().relative_to(self._root).as_posix()
        self._commands.offer(self._pad, source)
        return {"pad": self._pad, "source": source}

    def _settle(self, done: "Future[Path]") -> None:
        try:
            try:
                read_sound(self._staged, RATE_HZ)
            except Error as reason:
                raise Error(str(reason).replace(str(self._staged), self._name)) from None
            place = self._root / FOLDER / self._name
            place.parent.mkdir(exist_ok=True)
            if not (place.is_file() and place.read_bytes() == self._staged.read_bytes()):
                place = free(place)
                replace(self._staged, place)
            done.set_result(place)
        except OSError as reason:
            done.set_exception(self._unwritten(reason))
        except Exception as reason:
            done.set_exception(reason)

    def drop(self) -> None:
        """Whatever is left half-way goes."""
        with suppress(OSError):
            if self._file:
                self._file.close()
        with suppress(OSError):
            self._staged.unlink(missing_ok=True)

    def _unwritten(self, reason: OSError) -> Error:
        return Error(f"{self._name} cannot be kept in {self._root / FOLDER}: {reason.strerror or reason}")
