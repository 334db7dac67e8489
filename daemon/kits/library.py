"""Kits: YAML files of sixteen pads, read with care and written atomically.

A wrong kit is refused as a whole, with the file, the line and the nearest right key.
"""

import logging
import os
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ...sampler.controls import Control, did_you_mean
from ...sampler.errors import Error
from ...sampler.files import appearing, by_driftkit, followed, free
from ...sampler.home import home_of
from ..pads.pad import made_of
from ..reading.texts import decoded
from ..sinks.ledger import Ledger
from .comments import merged
from .text import Kit as Kit
from .text import PadKit as PadKit
from .text import parse_kit, to_tree
from .text import to_yaml as to_yaml

SHIPPED = Path(__file__).resolve().parents[2] / "presets"
SIZE_MAX = 512 * 1024  # bytes of a kit file
SESSION = "last"  # the kit that serve keeps by itself
FIRST = "studio"  # the kit of the very first start
KEPT = 32  # kits kept as they were read
HEADS = 1024  # kits of which it is remembered what the list says
SETTLED_NS = 2_000_000_000  # a younger file may change again without another time: some disks count in two seconds
log = logging.getLogger("driftkit")


@dataclass(frozen=True)
class Head:
    """What lists and Program Change ask of a kit; `wrong` is why it cannot be opened, or ""."""

    file: Path
    shipped: bool
    about: str = ""
    program: int | None = None
    pads: int = 0
    wrong: str = ""


Mark = tuple[int, int, int]  # what tells one state of a file from another: time, size, inode


def user_folder() -> Path:
    """The user's presets, in the configuration folder of the operating system."""
    return home_of("config") / "presets"


class Library:
    """The kits of a user and the shipped ones, by name; a user's kit shadows a shipped one."""

    def __init__(self, controls: dict[str, Control], user: Path | None = None) -> None:
        self.controls = controls
        self.user = user or user_folder()
        self._kits: OrderedDict[Path, tuple[Mark, object, Kit]] = OrderedDict()
        self._heads: OrderedDict[Path, tuple[Mark, object, Head]] = OrderedDict()
        self._lock = threading.Lock()
        self.sources = Ledger(self.user, r"sources/[0-9a-f]{64}\.wav")  # of the Sounds of saved kits

    def list(self) -> dict[str, Path]:
        """Kits by name in alphabetical order, without the session that serve keeps."""
        found: dict[str, Path] = {}
        for folder in (self.user, SHIPPED):
            for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
                if path.stem != SESSION:
                    found.setdefault(path.stem, path)
        return dict(sorted(found.items()))

    def find(self, name: str) -> Path:
        """The file of a kit; `Error` with the nearest name."""
        session = self.user / f"{SESSION}.yaml"
        if name == SESSION and session.is_file():
            return session
        found = self.list()
        if name not in found:
            self.check_name(name)
            raise Error(f"there is no preset {name}; {did_you_mean(name, found)} (`driftkit presets` lists them)")
        return found[name]

    def load(self, name: str) -> Kit:
        """A kit by name; read again only when its file, or the table of controls, is another one."""
        return self._load(self.find(name))

    def _load(self, path: Path) -> Kit:
        mark, controls = _mark(path), self.controls
        kept = self._kits.get(path)
        if kept and mark and kept[0] == mark and kept[1] is controls:
            return kept[2]
        kit = read_kit(path, controls)
        if mark and _settled(mark):
            self._keep(path, mark, controls, kit)
        return kit

    def heads(self) -> dict[str, Head]:
        """What lists and Program Change ask of every kit, in alphabetical order."""
        return {name: self._head(path) for name, path in self.list().items()}

    def _head(self, path: Path) -> Head:
        mark, controls = _mark(path), self.controls
        known = self._heads.get(path)
        if known and mark and known[0] == mark and known[1] is controls:
            return known[2]
        shipped = path.parent != self.user
        try:
            kit = self._load(path)
            head = Head(path, shipped, kit.about, kit.program, len(kit.pads))
        except Error as reason:
            head = Head(path, shipped, wrong=str(reason))
        if mark and _settled(mark):
            with self._lock:
                self._heads[path] = mark, controls, head
                while len(self._heads) > HEADS:
                    self._heads.popitem(last=False)
        return head

    def _keep(self, path: Path, mark: Mark, controls: object, kit: Kit) -> None:
        with self._lock:
            self._kits[path] = mark, controls, kit
            self._kits.move_to_end(path)
            while len(self._kits) > KEPT:
                self._kits.popitem(last=False)

    def save(self, kit: Kit) -> Kit:
        """Write a kit into the user's folder, atomically; returns it with the text that is in the file now.

        Shipped kits are only shadowed.
        A link is followed. Comments of a file that is written over stay; what cannot be kept of them is logged.
        """
        self.check_name(kit.name)
        path = self.user / f"{kit.name}.yaml"
        try:
            target = followed(path) if path.is_symlink() else path
            if target != path and not target.parent.is_dir():
                raise Error(f"{path} is a link to {target}, whose folder is not there; make it or remove the link")
            text, lost = self._beside_comments(target, kit)
            with appearing(target) as staged:
                with staged.open("w", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                with suppress(OSError):
                    shutil.copymode(target, staged)
        except OSError as reason:
            raise Error(f"the preset {kit.name} cannot be saved in {self.user}: {reason.strerror or reason}") from None
        kit, mark = replace(kit, text=text), _mark(path)
        if mark:
            self._keep(path, mark, self.controls, kit)  # as whoever reads it would find it
        if lost:
            log.warning("%s is saved; of its comments these could not be kept: %s", path, "; ".join(lost)[:500])
        return kit

    def _beside_comments(self, target: Path, kit: Kit) -> tuple[str, Sequence[str]]:
        """The text to write, laid into what a person has written, and the comments that are lost."""
        new = to_yaml(kit)
        try:
            if kit.name == SESSION or target.stat().st_size > SIZE_MAX:
                return new, []
            old = decoded(target.read_bytes(), str(target))
        except (OSError, Error):
            return new, []
        text, lost = merged(old, new, to_tree(kit))
        if text != new:
            try:
                if parse_kit(text, kit.name, str(target), self.controls) != kit:
                    raise Error("it reads otherwise")
            except Error as reason:  # never a kit that is not the one that was to be saved
                log.warning("the comments of %s cannot be kept: %s", target, reason)
                return new, []
        return text, lost

    def set_aside(self, name: str) -> Path | None:
        """Keep a file of the user's that cannot be read under another name; None where there is none."""
        path = self.user / f"{name}.yaml"
        aside = free(path.with_suffix(".yaml.broken"))
        try:
            os.rename(path, aside)
        except OSError:
            return None
        return aside

    def drop_sources(self) -> None:
        """Take away the sources beside the kits that no kit names any more; what is younger than a day stays."""
        with suppress(OSError, Error):  # a kit that cannot be read may name any of them
            if not self.sources.load():
                self.sources.adopt([path for path in (self.user / "sources").glob("*.wav") if by_driftkit(path)])
            texts = [decoded(path.read_bytes(), str(path)) for path in self.user.glob("*.yaml*")]
            for path in [self.user / name for name in self.sources.names("sources")]:
                old = time.time() - path.stat().st_mtime > 86400
                if old and not any(path.stem in text for text in texts):
                    self.sources.remove(path)

    def check_name(self, name: str) -> None:
        """`Error` for a name that could leave the folder."""
        ok = 0 < len(name) <= 64 and name[0].isalnum() and all(c.isalnum() or c in "-_ " for c in name)
        if not ok or not name.isascii():
            raise Error(
                f"the preset name {name[:64]!r} is not allowed; use letters, digits, spaces, - and _, at most 64"
            )


def _mark(path: Path) -> Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _settled(mark: Mark) -> bool:
    return time.time_ns() - mark[0] > SETTLED_NS


def in_order(pads: Mapping[int, PadKit]) -> list[list[int]]:
    """Pads that are to be rendered in layers, each made of Sounds of pads in those before it; circles come last."""
    left: dict[int, set[str]] = {}
    for number, entry in sorted(pads.items()):
        left[number] = set() if entry.hit else made_of(entry.values) - {f"pad:{number}"}
    layers = []
    while left:
        names = {f"pad:{number}" for number in left}
        layers.append([number for number, sources in left.items() if not sources & names] or list(left))
        left = {number: sources for number, sources in left.items() if number not in layers[-1]}
    return layers


def read_kit(path: Path, controls: dict[str, Control]) -> Kit:
    """A kit from a YAML file; every mistake is an `Error` with the file and the line."""
    try:
        if path.stat().st_size > SIZE_MAX:
            raise Error(f"{path} is larger than {SIZE_MAX // 1024} KiB; a kit is not")
        data = path.read_bytes()
    except OSError as reason:
        raise Error(f"the preset {path} cannot be read: {reason}") from None
    kit = parse_kit(decoded(data, str(path)), path.stem, str(path), controls)
    beside = {
        number: replace(pad, file=str(path.parent / pad.file)) if pad.file and not pad.hit else pad
        for number, pad in kit.pads.items()
    }
    return replace(kit, pads=beside)
