"""The watched folder: live slots, dated takes, kept sources. Whatever appears in it is complete.

Files are staged beside the folder that is watched and moved in with `os.replace`, so a watcher
sees one finished file and a reader never half of one.
"""

import json
import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from ...sampler.errors import Error
from ...sampler.files import by_driftkit, drop_staged, source_name, staged, write_source
from ...sampler.home import expanded
from ...sampler.sound import Sound, read_recipe
from ...sampler.wav import read_wav_info
from .alone import Alone, unwritable
from .ledger import Ledger, state_of
from .stars import Stars

KEEP = 500  # takes kept by default; the oldest of our own go first
SPARE = 64  # sources kept beyond those of takes, and takes from one look at them to the next
DATE = r"\d{4}-\d\d-\d\d"
OWN = rf"takes/{DATE}/[^/]+\.wav|live/(\d\d\.wav|index\.json)|sources/[0-9a-f]{{64}}\.wav"


class Folder:
    """OUT: `live/NN.wav`, `live/index.json`, `takes/DATE/...wav`, `sources/HASH.wav`, and the `inbox/` of others.

    Whatever driftkit did not write there is never written over or deleted (`daemon.ledger`).
    """

    def __init__(self, root: Path, keep: int = KEEP, depth: str = "24") -> None:
        self.root = expanded(root).resolve()
        self.kept = keep  # how many takes
        self.depth = depth
        self._index: dict[str, dict[str, object]] = {}
        self._count = 0
        self._ledger = Ledger(self.root, OWN)
        self.stars = Stars(self.root)
        self.alone = Alone(self.root)  # entered by who composes, before anything in it is touched

    @property
    def live(self) -> Path:
        """The folder of the sixteen fixed slots."""
        return self.root / "live"

    def prepare(self) -> None:
        """Make the folders; `Error` where that is not possible."""
        try:
            for name in ("live", "takes", "sources", "inbox", ".stage"):
                (self.root / name).mkdir(parents=True, exist_ok=True)
            drop_staged(self.root / ".stage")
            if not self._ledger.load():
                self._ledger.adopt(self._before_ledger())
        except OSError as reason:
            raise unwritable(self.root, reason) from None
        self._index = self._read_index()
        self._count = max([0, *map(_count, (self.root / "takes").glob("*/*.wav"))])

    def _read_index(self) -> dict[str, dict[str, object]]:
        with suppress(OSError, ValueError, RecursionError):
            known = json.loads((self.live / "index.json").read_text())
            return {k: v for k, v in known.items() if isinstance(v, dict)} if isinstance(known, dict) else {}
        return {}

    def _before_ledger(self) -> list[Path]:
        """What driftkit has written here as long as it kept no ledger, and nobody has changed since."""
        takes = [
            path for path in sorted((self.root / "takes").glob("*/*.wav"), key=_count)
            if re.fullmatch(DATE, path.parent.name) and _count(path) and not path.parent.is_symlink()
            and _day(path.lstat().st_mtime) == path.parent.name and _carries_recipe(path)
        ]  # fmt: skip
        written = {state_of(path) for path in takes}
        digests = {state[1] for state in written if state}
        known = self._read_index()
        slots = [
            path for path in map(self.slot, range(1, 17))
            if (state_of(path) or (0, ""))[1] in digests or _is_of(path, known.get(path.name, {}).get("recipe"))
        ]  # fmt: skip
        index = [self.live / "index.json"] if any("recipe" in entry for entry in self._read_index().values()) else []
        sources = [path for path in (self.root / "sources").glob("*.wav") if by_driftkit(path)]
        return [*takes, *slots, *index, *sorted(sources, key=lambda path: path.stat().st_mtime_ns)]

    def slot(self, pad: int) -> Path:
        """The fixed path of a pad."""
        return self.live / f"{pad:02d}.wav"

    def reserve(self, name: str, seed: int) -> str:
        """The place of a new take, as seen from OUT; nothing is written yet."""
        self._count += 1
        plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:32] or "hit"
        return f"takes/{_day(time.time())}/{plain}_{self._count:06d}_s{seed:04d}.wav"

    def keep(self, sound: Sound, take: str, name: str, note: int) -> None:
        """Write a take at its reserved place, the oldest going; `Error` where the disk refuses."""
        path = self.root / take
        with self._refusing():
            self._keep_sources(sound)
            self._place(sound, path, name, note)
            for old in self._too_many():
                with suppress(OSError):  # somebody holds it open: later, and no reason to refuse the new one
                    self._ledger.remove(self.root / old)
            if self._count % SPARE == 0:
                self._drop_sources()

    @property
    def takes(self) -> list[str]:
        """The places of all takes, the oldest first."""
        return self._ledger.names("takes")

    def _too_many(self) -> list[str]:
        """The oldest takes beyond those that are kept; a marked one is never among them."""
        plain = [name for name in self.takes if name not in self.stars.marked]
        return plain[: max(0, len(plain) - self.kept)]

    def star(self, take: str, wanted: bool) -> None:
        """Mark a take, or take the mark away; `Error` where there is none."""
        self.stars.mark(self._own_take(take), wanted)

    def delete(self, take: str) -> None:
        """Delete a take and its mark; `Error` for what driftkit did not write, or somebody has changed since."""
        path = self.take(take)
        if not self._ledger.owns(path):
            raise Error(f"{take} is not as driftkit wrote it; delete it yourself")
        try:
            self._ledger.remove(path)
        except OSError as reason:
            raise Error(f"{take} cannot be deleted: {reason.strerror or reason}") from None
        if take in self.stars.marked:
            self.stars.mark(take, False)

    def take(self, take: str) -> Path:
        """Where a take lies; `Error` where there is none."""
        return self.root / self._own_take(take)

    def staged(self, name: str) -> Path:
        """A place, which nobody watches, for a file that is still to come."""
        return staged(self.root / ".stage" / name)

    def _own_take(self, take: str) -> str:
        if take not in self.takes:
            raise Error(f"{take[:200]} is not a take; /driftkit/take/list lists them")
        return take

    def publish(self, pad: int, sound: Sound, name: str, note: int) -> None:
        """Put a Sound into its slot; `Error` where the disk refuses."""
        with self._refusing():
            self._keep_sources(sound)
            self._place(sound, self.slot(pad), name, note)
            self._index[f"{pad:02d}.wav"] = {
                "pad": pad, "name": name, "note": note, "label": sound.label, "recipe": json.loads(sound.recipe),
            }  # fmt: skip
            self._write_index()

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        self.alone.keep()
        try:
            yield
        except (OSError, Error) as reason:
            cause = reason.__context__ if isinstance(reason.__context__, OSError) else reason
            why = getattr(cause, "strerror", None) or cause
            raise Error(f"the folder {self.root} cannot be written: {why}; the sound is kept in memory") from None

    def withdraw(self, pad: int) -> None:
        """Take a pad's file away: the pad is empty now."""
        if self._index.pop(self.slot(pad).name, None) is not None:
            with suppress(OSError, Error):
                self._ledger.remove(self.slot(pad))
                self._write_index()

    def _write_index(self) -> None:
        # a line a pad: json in C does not indent, and without it this would take longer than writing the sound
        lines = (
            f"{json.dumps(name)}: {json.dumps(entry, sort_keys=True)}" for name, entry in sorted(self._index.items())
        )
        self._write(self.live / "index.json", ("{\n" + ",\n".join(lines) + "\n}\n").encode())

    def source(self, hash_: str) -> Path:
        """Where the samples of a source are kept."""
        return self.root / "sources" / source_name(hash_)

    def _keep_sources(self, sound: Sound) -> None:
        for hash_, samples in sound.sources.items():
            path = self.source(hash_)
            if path.exists():
                self._ledger.use(path)
            else:
                with self._staged(path) as staged:
                    write_source(staged, samples, sound.rate_hz)

    def _drop_sources(self) -> None:
        """Keep the sources used last, as many as takes can have, and those of the slots; kits have their own."""
        slots = json.dumps(list(self._index.values()))
        own = [self.root / name for name in self._ledger.names("sources")]
        for path in own[: max(0, len(own) - 2 * self.kept - SPARE)]:
            if path.stem not in slots:
                with suppress(OSError):
                    self._ledger.remove(path)

    def _place(self, sound: Sound, path: Path, name: str, note: int) -> None:
        with self._staged(path) as staged:
            sound.write(staged, name=name, note=note, depth=self.depth)

    def _write(self, path: Path, data: bytes) -> None:
        with self._staged(path) as staged:
            staged.write_bytes(data)

    def _staged(self, path: Path) -> AbstractContextManager[Path]:
        return self._ledger.appearing(path, self.root / ".stage")


def _count(path: Path) -> int:
    found = re.fullmatch(r"[A-Za-z0-9-]+_(\d{6,})_s\d{4,}\.wav", path.name)
    return int(found[1]) if found else 0


def _day(at: float) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(at))


def _is_of(path: Path, recipe: object) -> bool:
    """Does a WAV of driftkit's carry just this recipe? A slot is written again under a new name, its take is not."""
    try:
        return by_driftkit(path) and json.loads(read_wav_info(path).get("ICMT", "")) == recipe
    except (Error, ValueError, RecursionError):
        return False


def _carries_recipe(path: Path) -> bool:
    try:
        return by_driftkit(path) and bool(read_recipe(path))
    except Error:
        return False
