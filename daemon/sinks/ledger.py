"""What driftkit wrote below a folder, so that nothing of anybody else's there is written over or deleted.

A line per file, appended: its place, when it was changed last, and the SHA-256 of its bytes. A file that is not, or no
longer, what its line says is somebody's: it is never deleted, and moved to `aside/` where its place is needed.
"""

import hashlib
import json
import logging
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...sampler.files import appearing, free

HIDDEN = ".driftkit"  # the folder of what driftkit notes for itself
COARSE_NS = 2 * 10**9  # by which a disk may tell another time of a file than when it was written: FAT has even seconds
SLACK = 1000  # lines that are out of date, from which on they are written anew
State = tuple[int, str]  # time of change in ns, SHA-256
log = logging.getLogger("driftkit")


class Ledger:
    """The files below `root` that are driftkit's own, those used last at the end.

    places: of which a file's place, counted from root, must be one; a line that names another is not believed.
    """

    def __init__(self, root: Path, places: str) -> None:
        self.root = root
        self._file = root / HIDDEN / "ledger"
        self._places = re.compile(places)
        self._own: dict[str, State] = {}
        self._lines = 0
        self._whole = True  # does the file end with a whole line?

    def load(self) -> bool:
        """Read what was noted; False where there is nothing, or nothing that can be read. A torn line is left out."""
        try:
            lines = self._file.read_bytes().splitlines()
        except FileNotFoundError:
            return False
        entries = [entry for entry in map(self._entry, lines) if entry]
        for name, state in entries:
            self._own.pop(name, None)
            if state and os.path.lexists(self.root / name):
                self._own[name] = state
        self._write_anew()
        return bool(entries) or not lines

    def _entry(self, line: bytes) -> tuple[str, State | None] | None:
        try:
            name, time_ns, digest = json.loads(line)
            known = self._places.fullmatch(name)
            return (name, (int(time_ns), digest) if digest else None) if known else None
        except (ValueError, TypeError, RecursionError):
            return None

    def adopt(self, paths: list[Path]) -> None:
        """Take files for driftkit's own that it wrote before there was a ledger."""
        for path in paths:
            state = state_of(path)
            if state:
                self._own[self._name(path)] = state
        self._write_anew()

    def names(self, folder: str) -> list[str]:
        """The places in a folder, that of the file used longest ago first."""
        return [name for name in list(self._own) if name.startswith(f"{folder}/")]  # a copy: others may ask meanwhile

    def owns(self, path: Path) -> bool:
        """Is this still the very file that driftkit wrote?"""
        known, now = self._own.get(self._name(path)), state_of(path)
        return bool(known and now and known[1] == now[1] and abs(known[0] - now[0]) <= COARSE_NS)

    def use(self, path: Path) -> None:
        """Count a file as used now."""
        name = self._name(path)
        if name in self._own:
            self._note(name, self._own[name])

    @contextmanager
    def appearing(self, path: Path, stage: Path | None = None) -> Iterator[Path]:
        """Where to write what shall be at `path` when the block ends; what is there of somebody else goes aside."""
        name, before = self._name(path), self._own.get(self._name(path))
        try:
            with appearing(path, stage) as staged:
                yield staged
                known, now = self._own.get(name), state_of(path)
                if os.path.lexists(path) and not (known and now and known[1] == now[1]):  # whatever its time
                    self._put_aside(path)
                before = self._own.get(name)
                self._note(name, state_of(staged))  # before it is there: a crash between leaves nothing unnoted
        except OSError:
            if self._own.get(name) != before:
                with suppress(OSError):
                    self._note(name, before)  # what is there is still what was there
            raise

    def remove(self, path: Path) -> None:
        """Delete a file where it is driftkit's own; either way it is none of driftkit's from now on."""
        if self.owns(path):
            path.unlink()
        if self._name(path) in self._own:
            self._note(self._name(path), None)

    def _put_aside(self, path: Path) -> None:
        aside = self.root / "aside" / path.name
        aside.parent.mkdir(parents=True, exist_ok=True)
        aside = free(aside)
        os.rename(path, aside)
        log.warning("%s is not as driftkit wrote it; it is kept as %s", path, aside)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _note(self, name: str, state: State | None) -> None:
        self._own.pop(name, None)
        if state:
            self._own[name] = state
        if self._lines > 2 * len(self._own) + SLACK:
            self._write_anew()
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        whole, self._whole = self._whole, False  # until the line is there: a full disk may tear it
        with self._file.open("a", encoding="utf-8") as file:
            file.write(("" if whole else "\n") + _line(name, state))
        self._whole = True
        self._lines += 1

    def _write_anew(self) -> None:
        with appearing(self._file) as staged:
            staged.write_text("".join(_line(*entry) for entry in self._own.items()), encoding="utf-8")
        self._lines = len(self._own)


def _line(name: str, state: State | None) -> str:
    return json.dumps([name, *(state or (0, ""))]) + "\n"


def state_of(path: Path) -> State | None:
    """When a file was changed last, and its SHA-256; None where there is none, or something else."""
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode):
            return None
        with path.open("rb") as file:
            return about.st_mtime_ns, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
