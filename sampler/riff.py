"""RIFF as the world writes it: where the chunks of a WAV lie, the texts in them, and the samples as a plain WAV.

A WAV is RIFF: `RIFF` size `WAVE`, then chunks of id (4 bytes), size (u32), data and a pad byte where the size is odd.
Recorders that were cut off leave sizes of 0, those that stream write FFFFFFFF, taggers put ID3 in front, editors forget
the pad byte or count the size of the whole file. RF64 and BW64 keep sizes beyond 4 GiB in a chunk `ds64`; RIFX counts
from the high byte. So sizes are hints here: what they contradict is the file that is there.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple

from .errors import Error

Order = Literal["little", "big"]
FORMS: dict[bytes, Order] = {b"RIFF": "little", b"RF64": "little", b"BW64": "little", b"RIFX": "big"}
MAX_TEXT = 65536  # bytes of one text, recipe included
MAX_INFO = 4 * MAX_TEXT  # bytes of all texts
MAX_CHUNKS = 1000  # a drum has five; more is a trap for the reader
MAX_FORMAT = 4096  # bytes of `fmt ` or `fact`
UNKNOWN = 0xFFFFFFFF  # the size that streams and RF64 write
SLACK = 8  # bytes by which the size of the whole is often wrong
FAMILIAR = {"fmt ", "data", "LIST", "fact", "smpl", "inst", "cue ", "bext", "iXML", "JUNK", "id3 ", "acid", "PEAK"}


class Chunk(NamedTuple):
    """A chunk: its id, and where its data lies in the file."""

    key: str
    at: int
    length: int


class Window(io.RawIOBase):
    """Some bytes and then a part of a file, as one file to read: what libsndfile is given."""

    def __init__(self, head: bytes, file: BinaryIO, at: int, length: int) -> None:
        self._head, self._file, self._at, self._size = head, file, at, len(head) + length
        self._place = 0

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; one that is outside becomes the nearest inside, as libsndfile asks for anything."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = min(max(base + offset, 0), self._size)
        return self._place

    def tell(self) -> int:
        """The place to read from."""
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there are bytes; how many."""
        wanted = min(memoryview(buffer).nbytes, self._size - self._place)
        data = self._head[self._place : self._place + wanted]
        if len(data) < wanted:
            self._file.seek(self._at + self._place + len(data) - len(self._head))
            data += self._file.read(wanted - len(data))
        memoryview(buffer).cast("B")[: len(data)] = data
        self._place += len(data)
        return len(data)


def plain(file: BinaryIO, path: Path) -> Window:
    """A file as libsndfile reads it: of a WAV its format and its samples alone, and anything else as it is."""
    size = file.seek(0, os.SEEK_END)
    form = _form(file)
    if not form:
        return Window(b"", file, 0, size)
    found: dict[str, Chunk] = {}
    order, fault = FORMS[form[0]], ""
    try:
        for chunk in _chunks(file, path, form[1] + 12, size, order):
            if chunk.key not in found or not found[chunk.key].length:
                found[chunk.key] = chunk
    except Error as reason:
        fault = str(reason)
    missing = next((key for key in ("fmt ", "data") if key not in found), "")
    if missing:
        raise Error(fault or f"{path} has no chunk {missing.strip()}, without which it is no sound; export it again")
    head = b"WAVE"
    for chunk in (found[key] for key in ("fmt ", "fact") if key in found):
        file.seek(chunk.at)
        body = file.read(min(chunk.length, MAX_FORMAT))
        if chunk.key == "fmt ":
            _check_format(body, path, order)
        head += _number_after(chunk.key, len(body), order) + body + b"\0" * (len(body) % 2)
    length = min(found["data"].length, UNKNOWN - len(head) - 8)  # more lasts for longer than is read anyway
    head += _number_after("data", length, order)
    whole = _number_after("RIFF" if order == "little" else "RIFX", len(head) + length, order)
    return Window(whole + head, file, found["data"].at, length)


def _check_format(body: bytes, path: Path, order: Order) -> None:
    """`Error` where libsndfile would only say that something is wrong."""
    tag, channels, rate_hz, bits = (_number(body[at : at + n], order) for at, n in ((0, 2), (2, 2), (4, 4), (14, 2)))
    if len(body) < 14 or not channels or not rate_hz or (tag == 3 and bits not in (32, 64)):
        raise Error(
            f"the sound {path} has {channels} channels at {rate_hz} Hz, {bits} bits of the format {tag}, "
            "which cannot be; export it again"
        )


def texts(file: BinaryIO, path: Path) -> dict[str, str]:
    """The texts of a WAV by key, such as INAM, ICMT and ISFT; {} where it has none.

    Anything malformed is an `Error`, unless texts came before it. Bytes that are not UTF-8 become U+FFFD.
    """
    size = file.seek(0, os.SEEK_END)
    form = _form(file)
    if not form:
        raise Error(f"{path} is not a WAV (it does not begin with RIFF and WAVE); give a WAV")
    found: dict[str, str] = {}
    order = FORMS[form[0]]
    try:
        for key, at, length in _chunks(file, path, form[1] + 12, size, order):
            file.seek(at)
            if key == "LIST" and length >= 4 and file.read(4) == b"INFO":
                if length > MAX_INFO:
                    raise Error(f"{path} has {length} bytes of texts; at most {MAX_INFO} are read")
                found = _texts(file, path, at + 4, at + length, order) | found  # of two lists the first wins
    except Error:
        if not found:
            raise
    return found


def _form(file: BinaryIO) -> tuple[bytes, int] | None:
    """The form of a WAV and where it begins, behind tags in front of it; None of what is none."""
    at = 0
    for _ in range(MAX_CHUNKS):
        file.seek(at)
        head = file.read(12)
        if head[:3] != b"ID3" or len(head) < 10:
            break
        at += 10 + sum((byte & 127) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0)))
    return (head[:4], at) if head[:4] in FORMS and head[8:] == b"WAVE" else None


def _chunks(file: BinaryIO, path: Path, at: int, end: int, order: Order) -> Iterator[Chunk]:
    """The chunks from `at` on; `Error` after the last one where something else than an end or zeros follows."""
    file.seek(at - 8)
    told = at - 4 + _number(file.read(4), order)  # where the whole should end
    long: dict[str, int] = {}
    for _ in range(MAX_CHUNKS):
        file.seek(at)
        head = file.read(min(8, end - at))
        if not head.strip(b"\0"):
            if end < told - SLACK and told < UNKNOWN:
                raise Error(f"{path} is cut off: its header tells of {told} bytes, {end} came; copy it again")
            return
        if not _is_id(head[:4]) or len(head) < 8:
            if at >= told > SLACK:
                return
            raise Error(f"{path} is broken: {head[:4]!r} came where a chunk of 4 letters and a size must begin")
        key, length, left = head[:4].decode("ascii"), _number(head[4:], order), end - at - 8
        if length == UNKNOWN:
            length = long.get(key, length)
        if key == "data" and (length > left or (not length and _unsized(file, at + 8, left, order))):
            length = left
        if length > left:
            raise Error(f"{path} is broken: its chunk {key} tells of {length} bytes, {left} are left")
        if key == "ds64":
            long["data"] = _number(file.read(16)[8:], order)
        yield Chunk(key, at + 8, length)
        at += 8 + length
        if length % 2:
            at = _padded(file, at)
    raise Error(f"{path} has more than {MAX_CHUNKS} chunks; a WAV with fewer is needed")


def _unsized(file: BinaryIO, at: int, left: int, order: Order) -> bool:
    """Do samples follow, although the size is 0? Else it is the end, or another chunk."""
    file.seek(at)
    head = file.read(8)
    return left > 0 and not (_is_id(head[:4]) and len(head) == 8 and _number(head[4:], order) <= left - 8)


def _padded(file: BinaryIO, at: int) -> int:
    """Where the next chunk begins after an odd one: behind a zero, which some writers forget."""
    file.seek(at)
    head = file.read(5)
    bare = head[:1] != b"\0" and _is_id(head[:4]) and (head[:4].decode() in FAMILIAR or not _is_id(head[1:]))
    return at if bare else at + 1


def _texts(file: BinaryIO, path: Path, at: int, end: int, order: Order) -> dict[str, str]:
    """The texts in the body of a LIST-INFO chunk."""
    found: dict[str, str] = {}
    while at < end:
        file.seek(at)
        head = file.read(min(8, end - at))
        if not head.strip(b"\0"):
            break
        length = _number(head[4:], order)
        if len(head) < 8 or not _is_id(head[:4]) or length > min(MAX_TEXT, end - at - 8):
            raise Error(f"{path} is broken: its text {head[:4]!r} tells of {length} bytes; at most {MAX_TEXT} are read")
        text = file.read(length).split(b"\0")[0].decode("utf-8", "replace")
        found.setdefault(head[:4].decode("ascii"), text)
        at += 8 + length
        if length % 2:
            at = _padded(file, at)
    return found


def _is_id(data: bytes) -> bool:
    return len(data) == 4 and all(32 <= byte < 127 for byte in data)


def _number(data: bytes, order: Order) -> int:
    return int.from_bytes(data, order)


def _number_after(key: str, number: int, order: Order) -> bytes:
    return key.encode("ascii") + number.to_bytes(4, order)
