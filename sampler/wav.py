"""Sound files: WAV out with the recipe inside, the recipe back, and any common sound in.

A WAV is RIFF: `RIFF` size `WAVE`, then chunks of id (4 bytes), size (u32, little-endian), data and
a pad byte where the size is odd. Written here, in this order: `fmt ` (16 bytes), `data`, `smpl`
(root note, no loops: a loop would start to play in some samplers) and `LIST`-`INFO` (texts). The
container is written with `struct` because soundfile cannot write `smpl` chunks; sounds are read
with soundfile, which is imported only there, so that writing needs numpy alone.
"""

import os
import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np

from .errors import Error

DEPTHS = {"16": (1, 2), "24": (1, 3), "float": (3, 4)}  # depth -> (format tag, bytes per sample)
MAX_TEXT = 65536  # bytes of one text, recipe included
MAX_INFO = 4 * MAX_TEXT  # bytes of all texts
MAX_CHUNKS = 1000  # a drum has five; more is a trap for the reader
MAX_SECONDS = 60
MAX_CHANNELS = 8
RATES_HZ = (1000, 384_000)
FORMATS = {"WAV", "WAVEX", "AIFF", "FLAC", "OGG", "MP3"}  # as libsndfile names them


def write_wav(
    path: Path,
    samples: np.ndarray,
    rate_hz: int,
    *,
    name: str,
    recipe: str,
    note: int,
    software: str,
    depth: str = "24",
    licence: str = "",
) -> None:
    """Write float32 `samples` (channels, N) in [-1, 1], flushed to the disk before it returns.

    `note` is the MIDI root note. PCM is rounded to the nearest step and clipped, without dither:
    a recalled sound must be the same, bit by bit. The caller stages the file and moves it in place.
    """
    if depth not in DEPTHS:
        raise Error(f"the depth of a WAV is {depth!r}; it must be one of {', '.join(DEPTHS)}")
    if samples.ndim != 2 or not 1 <= len(samples) <= MAX_CHANNELS:
        raise Error(f"samples have shape {samples.shape}; they must be (channels, N), 1 to {MAX_CHANNELS} channels")
    if not np.isfinite(samples).all():
        raise Error(f"the sound for {path} holds values that are not finite; nothing was written")
    if not 0 <= note <= 127:
        raise Error(f"the root note is {note}; it must be from 0 to 127")
    if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        raise Error(f"the rate is {rate_hz} Hz; it must be from {RATES_HZ[0]} to {RATES_HZ[1]} Hz")
    texts = {"INAM": name, "ICMT": recipe, "ISFT": software, "ICOP": licence}
    info = b"INFO" + b"".join(_chunk(key, _text(key, text)) for key, text in texts.items() if text)

    tag, width = DEPTHS[depth]
    step = len(samples) * width  # bytes per frame
    fmt = struct.pack("<HHIIHH", tag, len(samples), rate_hz, rate_hz * step, step, 8 * width)
    # manufacturer, product, period in ns, root note, fraction, SMPTE format and offset, loops, extra
    smpl = struct.pack("<9I", 0, 0, 1_000_000_000 // rate_hz, note, 0, 0, 0, 0, 0)
    data = _encode(samples.T, depth)
    body = b"WAVE" + _chunk("fmt ", fmt) + _chunk("data", data) + _chunk("smpl", smpl) + _chunk("LIST", info)
    try:
        with open(path, "wb") as file:
            file.write(_chunk("RIFF", body))
            file.flush()
            os.fsync(file.fileno())
    except OSError as reason:
        raise Error(f"the sound {path} cannot be written: {reason}") from None


def _chunk(key: str, data: bytes) -> bytes:
    if len(data) > 0xFFFFFFFF:
        raise Error(f"a WAV holds at most 4 GiB; {len(data)} bytes came")
    return key.encode("ascii") + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _text(key: str, text: str) -> bytes:
    """UTF-8 with its closing NUL."""
    try:
        data = text.encode() + b"\0"
    except UnicodeEncodeError:
        raise Error(f"the text {key} of a WAV is not valid Unicode; write it without lone surrogates") from None
    if len(data) > MAX_TEXT or b"\0" in data[:-1]:
        raise Error(f"the text {key} of a WAV has {len(data)} bytes; at most {MAX_TEXT} fit, and no NUL among them")
    return data


def _encode(frames: np.ndarray, depth: str) -> bytes:
    """Interleaved little-endian bytes of `frames` (N, channels)."""
    if depth == "float":
        return frames.astype("<f4").tobytes()
    width = DEPTHS[depth][1]
    full = 2.0 ** (8 * width - 1)
    steps = np.clip(np.rint(frames.astype(np.float64) * full), -full, full - 1).astype("<i4")
    return steps[..., None].view(np.uint8)[..., :width].tobytes()


def _there(path: Path, allowed: str) -> None:
    """`Error` unless the path is a file, a name that the system cannot have included."""
    try:
        there = path.is_file()
    except (OSError, ValueError) as reason:
        raise Error(f"{str(path)[:80]} cannot be a file here ({reason}); {allowed}") from None
    if not there:
        raise Error(f"there is no file {path}; {allowed}")


def read_wav_info(path: Path) -> dict[str, str]:
    """The texts of a WAV by key, such as INAM, ICMT and ISFT; {} where it has none.

    The file may come from anyone: sizes are checked before they are believed, samples are skipped,
    and anything malformed is an `Error`. Bytes that are not UTF-8 become U+FFFD.
    """
    _there(path, "give the path of a WAV")
    try:
        with open(path, "rb") as file:
            return _walk(file, path, os.fstat(file.fileno()).st_size)
    except OSError as reason:
        raise Error(f"the file {path} cannot be read: {reason}") from None


def _walk(file: BinaryIO, path: Path, size: int) -> dict[str, str]:
    head = file.read(12)
    if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"WAVE":
        raise Error(f"{path} is not a WAV (it does not begin with RIFF and WAVE); give a WAV")
    end = 8 + int.from_bytes(head[4:8], "little")
    if end > size:
        raise Error(f"{path} is cut off: its header tells of {end} bytes, {size} came; copy it again")
    found: dict[str, str] = {}
    at = 12
    for _ in range(MAX_CHUNKS):
        if at >= end:
            return found
        file.seek(at)
        key, length = _header(file.read(min(8, end - at)), path)
        if at + 8 + length > end:
            raise Error(f"{path} is broken: its chunk {key} tells of {length} bytes, {end - at - 8} are left")
        if key == "LIST" and length >= 4 and file.read(4) == b"INFO":
            if length > MAX_INFO:
                raise Error(f"{path} has {length} bytes of texts; at most {MAX_INFO} are read")
            found = _texts(file.read(length - 4), path) | found  # of two lists the first wins
        at += 8 + length + length % 2
    raise Error(f"{path} has more than {MAX_CHUNKS} chunks; a WAV with fewer is needed")


def _header(data: bytes, path: Path) -> tuple[str, int]:
    """Id and size of a chunk from its first 8 bytes."""
    if len(data) < 8 or not all(32 <= byte < 127 for byte in data[:4]):
        raise Error(f"{path} is broken: {data[:4]!r} came where a chunk of 4 letters and a size must begin")
    return data[:4].decode("ascii"), int.from_bytes(data[4:], "little")


def _texts(data: bytes, path: Path) -> dict[str, str]:
    """The texts in the body of a LIST-INFO chunk."""
    found: dict[str, str] = {}
    at = 0
    while at < len(data):
        key, length = _header(data[at : at + 8], path)
        if length > MAX_TEXT or at + 8 + length > len(data):
            raise Error(f"{path} is broken: its text {key} tells of {length} bytes; at most {MAX_TEXT} are read")
        text = data[at + 8 : at + 8 + length].split(b"\0")[0].decode("utf-8", "replace")
        found.setdefault(key, text)
        at += 8 + length + length % 2
    return found


def read_sound(path: Path, rate_hz: int) -> np.ndarray:
    """A WAV, AIFF, FLAC, OGG or MP3 at `rate_hz`, every channel kept: float32 (channels, n)."""
    import soundfile
    import soxr

    allowed = "give a WAV, AIFF, FLAC, OGG or MP3"
    _there(path, allowed)
    try:
        with soundfile.SoundFile(path) as file:
            _check(path, file.format, file.frames, file.samplerate, file.channels)
            source_hz = file.samplerate
            sound = file.read(dtype="float32", always_2d=True)  # (n, channels)
    except (OSError, RuntimeError, TypeError) as reason:  # TypeError: headerless, such as .raw
        raise Error(f"the sound {path} cannot be read ({str(reason).rstrip('.')}); {allowed}") from None
    finite = np.isfinite(sound).all()
    if finite and len(sound) and source_hz != rate_hz:
        sound = soxr.resample(sound, source_hz, rate_hz, quality="HQ")
        finite = np.isfinite(sound).all()  # a huge float can overflow
    if not finite:
        raise Error(f"the sound {path} holds values that are not finite numbers; export it again")
    if not len(sound):
        raise Error(f"the sound {path} is empty; give one of at least a few samples")
    return np.ascontiguousarray(sound.T)


def _check(path: Path, kind: str, frames: int, rate_hz: int, channels: int) -> None:
    """Refuse by the header, before memory is taken for the samples."""
    low, high = RATES_HZ
    if kind not in FORMATS:
        raise Error(f"the sound {path} is of the format {kind}; give a WAV, AIFF, FLAC, OGG or MP3")
    if not low <= rate_hz <= high:
        raise Error(f"the sound {path} has a rate of {rate_hz} Hz; allowed are {low} to {high} Hz")
    if channels > MAX_CHANNELS:
        raise Error(f"the sound {path} has {channels} channels; at most {MAX_CHANNELS} are allowed")
    if frames > MAX_SECONDS * rate_hz:
        raise Error(f"the sound {path} lasts {frames / rate_hz:.0f} s; at most {MAX_SECONDS} s are allowed, cut it")
