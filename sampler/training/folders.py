"""Which sounds a folder holds for training, of which class and split each is, and what is wrong with the list.

A folder has a MANIFEST.csv, or one sub-folder per class. People write manifests by hand, by spreadsheet and on Windows:
commas, semicolons or tabs, UTF-8 with a mark or UTF-16, backslashes, classes in capitals are all read.
"""

import csv
import difflib
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import Error
from ..home import named
from .config import DRUMS, MANNERS
from .labels import class_of, known, label

AUDIO = {".wav", ".flac", ".aif", ".aiff", ".ogg", ".mp3"}
COLUMNS = ("path", "class", "split")
TOLD = 10  # faults that are told at once
NAMES = "such a name has at most 24 of a to z, 0 to 9 and _, a letter first, and is no control or command"


class Row(NamedTuple):
    """A sound: its file, its class, its split, and the manner in which it was made; "" where nothing is said."""

    path: Path
    label: str
    split: str
    manner: str = ""


class Listing(NamedTuple):
    """The sounds of a folder, and a sentence for each that cannot be one."""

    rows: list[Row]
    faults: list[str]


def list_sounds(folder: Path) -> Listing:
    """The sounds that MANIFEST.csv names, or those in folders named after classes; what is hidden is no sound.

    There the class is the first folder below `folder` that names a known one, or `folder` itself, and so is the manner;
    where none does, the first folder below is a class of its own. Which sounds are tests remains open.
    `Error` where there are none at all, or the manifest is none.
    """
    if not folder.is_dir():
        raise Error(f"there is no folder {folder}; give a folder of sounds, with a sub-folder for each class")
    manifest = folder / "MANIFEST.csv"
    if manifest.is_file():
        return _listed(manifest)
    inside = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.suffix.lower() in AUDIO and not p.is_dir())
    found = [p for p in inside if not any(part.startswith(".") or part == "__MACOSX" for part in p.parts)]
    if not found:
        raise Error(
            f"{folder} holds neither MANIFEST.csv nor sounds; give a folder of sounds, with a sub-folder for each class"
        )
    on_the_way = [[label(part, f"/{p.as_posix()}") for part in (*p.parts[:-1], folder.name)] for p in found]
    labels = [next((one.name for one in names if known(one)), "") for names in on_the_way]
    manners = [next((one.name for one in names if one.name in MANNERS), "") for names in on_the_way]
    own = [name or class_of((*p.parts[:-1], folder.name)[0]) for p, name in zip(found, labels)]
    strange = sorted({(*p.parts[:-1], folder.name)[0] for p, name in zip(found, own) if not name})
    if strange:
        raise Error(
            f"{folder} has folders {', '.join(map(named, strange[:5]))}, which no class can be called: "
            f"{NAMES}; rename them"
        )
    return Listing([Row(folder / p, name, "", manner) for p, name, manner in zip(found, own, manners)], [])


def _listed(manifest: Path) -> Listing:
    rows: list[Row] = []
    faults: list[str] = []
    lines: dict[Path, int] = {}  # where each file was named first
    for line, (name, kind, split, source) in _table(manifest):
        path = manifest.parent / name
        if "\\" in name and "\0" not in name and not path.exists():
            path = manifest.parent / name.replace("\\", "/")
        found = label(kind, f"/{name}", source)
        row = Row(path, found.name, split.strip().casefold(), found.manner)
        fault = _fault(name, row)
        if not fault and lines.setdefault(path, line) != line:
            fault = f"{name} stands in line {lines[path]} already"
        if fault:
            faults.append(f"{manifest}, line {line}: {fault}")
        else:
            rows.append(row)
    if not rows and not faults:
        raise Error(f"{manifest} names no sounds; give it a line for each, with the columns path, class and split")
    return Listing(rows, faults)


def _fault(name: str, row: Row) -> str:
    """What is wrong with a line of a manifest, or nothing."""
    if "\0" in f"{name}{row.label}{row.split}{row.manner}":
        return "it holds a NUL, which no name of a file has"
    if not name.strip():
        return "it names no file"
    if row.label not in DRUMS and class_of(row.label) != row.label:
        return f"the class is {row.label!r}; known are {', '.join(DRUMS)}; for one of its own, {NAMES}"
    if row.manner not in ("", *MANNERS):
        return f"the class is {row.label}+{row.manner}; behind a plus may stand {', '.join(MANNERS)}"
    near = difflib.get_close_matches(row.split, ("train", "test"), 1, 0.7)
    if not row.split or (near and near[0] != row.split):
        return f"the split is {row.split!r}; did you mean {near[0] if near else 'train or test'}?"
    return ""


def _table(manifest: Path) -> Iterator[tuple[int, tuple[str, str, str, str]]]:
    """The lines of a manifest by their number: path, class, split and source. `Error` where it is no such table."""
    wanted = "it needs the columns path, class and split"
    try:
        data = manifest.read_bytes()
        utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        # a name that is not UTF-8 stands for the bytes that it has on the disk
        text = data.decode("utf-16") if utf16 else data.decode("utf-8-sig", "surrogateescape")
        first, _, rest = text.partition("\n")
        text, skipped = (rest, 1) if first.lower().startswith("sep=") else (text, 0)  # a spreadsheet's own line
        head = text.partition("\n")[0]
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=head.count))
        names = [name.strip().casefold() for name in next(reader, [])]
        if missing := [name for name in COLUMNS if name not in names]:
            raise ValueError(f"its first line has no column {missing[0]}")
        places = [names.index(name) if name in names else len(names) for name in (*COLUMNS, "source")]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            path, kind, split, source = (cells[place] if place < len(cells) else "" for place in places)
            yield reader.line_num + skipped, (path, kind, split, source)
    except (OSError, ValueError, csv.Error) as reason:
        raise Error(f"{manifest} is damaged ({reason}); {wanted}") from None


def digest(rows: list[Row]) -> str:
    """What tells whether sounds are still those that were packed: their places, sizes and times."""
    found = hashlib.sha256()
    for path, kind, split, manner in rows:
        try:
            about = path.stat()
            state = about.st_size, about.st_mtime_ns
        except OSError:  # gone, or never there
            state = -1, -1
        found.update(repr((str(path), kind, split, manner, *state)).encode())
    return found.hexdigest()


def told(faults: list[str], count: int, folder: Path) -> str:
    """One text about all that cannot be learnt from."""
    more = [f"and {len(faults) - TOLD} more"] if len(faults) > TOLD else []
    head = f"{len(faults)} of {count} sounds of {named(folder)} cannot be learnt from"
    todo = "mend or remove them, or go on without them by --skip-bad"
    return "\n  ".join([f"{head}; {todo}:", *faults[:TOLD], *more])
