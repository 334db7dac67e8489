"""Sound files: WAV out with the recipe inside, the recipe back, and any common sound in.

A WAV is RIFF: `RIFF` size `WAVE`, then chunks of id (4 bytes), size (u32, little-endian), data and
a pad byte where the size is odd. Written here, in this order: `fmt ` (16 bytes), `data`, `smpl`
(root note, no loops: a loop would start to play in some samplers) and `LIST`-`INFO` (texts). The
container is written with `struct` because soundfile cannot write `smpl` chunks; sounds are read
with soundfile, which is imported only there, so that writing needs numpy alone.
"""

import io
import os
import struct
from pathlib import Path
from typing import Any

import numpy as np

from .errors import Error
from .riff import MAX_TEXT, plain, texts

DEPTHS = {"16": (1, 2), "24": (1, 3), "float": (3, 4)}  # depth -> (format tag, bytes per sample)
MAX_SECONDS = 60
MAX_VALUES = MAX_SECONDS * 48000 * 2  # of all channels: 23 MB as float32
MAX_CHANNELS = 8
RATES_HZ = (1000, 384_000)
FORMATS = {"WAV", "WAVEX", "AIFF", "FLAC", "OGG", "MP3"}  # as libsndfile names them


def write_wav(path: Path, samples: np.ndarray, rate_hz: int, **said: Any) -> None:
    """Write what `wav` makes of the same arguments, flushed to the disk before it returns.

    The caller stages the file and moves it in place. `Error` where it cannot be written.
    """
    data = wav(samples, rate_hz, **said)
    try:
        with open(path, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as reason:
        raise Error(f"the sound {path} cannot be written: {reason}") from None


def wav(
    samples: np.ndarray,
    rate_hz: int,
    *,
    name: str,
    recipe: str,
    note: int,
    software: str,
    depth: str = "24",
    licence: str = "",
) -> bytes:
    """The bytes of a WAV of float32 `samples` (channels, N) in [-1, 1].

    `note` is the MIDI root note. PCM is rounded to the nearest step and clipped, without dither:
    a recalled sound must be the same, bit by bit.
    """
    if depth not in DEPTHS:
        raise Error(f"the depth of a WAV is {depth!r}; it must be one of {', '.join(DEPTHS)}")
    if samples.ndim != 2 or not 1 <= len(samples) <= MAX_CHANNELS:
        raise Error(f"samples have shape {samples.shape}; they must be (channels, N), 1 to {MAX_CHANNELS} channels")
    if not np.isfinite(samples).all():
        raise Error("the sound holds values that are not finite; nothing was written")
    if not 0 <= note <= 127:
        raise Error(f"the root note is {note}; it must be from 0 to 127")
    if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        raise Error(f"the rate is {rate_hz} Hz; it must be from {RATES_HZ[0]} to {RATES_HZ[1]} Hz")
    told = {"INAM": name, "ICMT": recipe, "ISFT": software, "ICOP": licence}
    info = b"INFO" + b"".join(_chunk(key, _text(key, text)) for key, text in told.items() if text)

    tag, width = DEPTHS[depth]
    step = len(samples) * width  # bytes per frame
    fmt = struct.pack("<HHIIHH", tag, len(samples), rate_hz, rate_hz * step, step, 8 * width)
    # manufacturer, product, period in ns, root note, fraction, SMPTE format and offset, loops, extra
    smpl = struct.pack("<9I", 0, 0, 1_000_000_000 // rate_hz, note, 0, 0, 0, 0, 0)
    data = _encode(samples.T, depth)
    body = b"WAVE" + _chunk("fmt ", fmt) + _chunk("data", data) + _chunk("smpl", smpl) + _chunk("LIST", info)
    return _chunk("RIFF", body)


def flac(
    samples: np.ndarray, rate_hz: int, *, name: str, recipe: str, software: str, depth: str = "24", licence: str = ""
) -> bytes:
    """The bytes of a FLAC of float32 `samples` (channels, N) in [-1, 1], as `wav`; it holds no root note."""
    import soundfile

    if depth not in ("16", "24"):
        raise Error(f"the depth of a FLAC is {depth}; it must be 16 or 24")
    if not np.isfinite(samples).all():
        raise Error("the sound holds values that are not finite; nothing was written")
    data = io.BytesIO()
    with soundfile.SoundFile(data, "w", rate_hz, len(samples), f"PCM_{depth}", format="FLAC") as file:
        for kind, text in (("title", name), ("comment", recipe), ("software", software), ("license", licence)):
            if text:  # libsndfile refuses an empty one
                setattr(file, kind, text)
        file.write(samples.T)
    return data.getvalue()


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
    """The texts of a WAV by key, such as INAM, ICMT and ISFT; {} where it has none, `Error` where it is none.

    Of a FLAC its title, comment and software by the same keys.
    """
    _there(path, "give the path of a WAV")
    try:
        with open(path, "rb") as file:
            return comments(path) if file.read(4) == b"fLaC" else texts(file, path)
    except OSError as reason:
        raise Error(f"the file {path} cannot be read: {reason}") from None


def comments(path: Path) -> dict[str, str]:
    """The texts of a FLAC by the keys that a WAV has for them."""
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            found = {"INAM": file.title, "ICMT": file.comment, "ISFT": file.software}
    except (OSError, RuntimeError) as reason:
        raise Error(f"the file {path} cannot be read: {getattr(reason, 'error_string', reason)}") from None
    return {key: text for key, text in found.items() if text}


def read_sound(path: Path, rate_hz: int) -> np.ndarray:
    """A WAV, AIFF, FLAC, OGG or MP3 at `rate_hz`, every channel kept: float32 (channels, n)."""
    import soundfile
    import soxr

    allowed = "give a WAV, AIFF, FLAC, OGG or MP3"
    _there(path, allowed)
    try:
        with open(path, "rb") as raw, soundfile.SoundFile(plain(raw, path)) as file:
            if file.format not in FORMATS:
                raise Error(f"the sound {path} is of the format {file.format}; {allowed}")
            source_hz = file.samplerate
            sound = _decoded(file, path, rate_hz)  # (n, channels)
    except (OSError, RuntimeError) as reason:
        why = getattr(reason, "error_string", reason)
        raise Error(f"the sound {path} cannot be read ({str(why).rstrip('.')}); {allowed}") from None
    finite = np.isfinite(sound).all()
    if finite and len(sound) and source_hz != rate_hz:
        sound = soxr.resample(sound, source_hz, rate_hz, quality="HQ")
        finite = np.isfinite(sound).all()  # a huge float can overflow
    if not finite:
        raise Error(f"the sound {path} holds values that are not finite numbers; export it again")
    if not len(sound):
        raise Error(f"the sound {path} is empty; give one of at least a few samples")
    return np.ascontiguousarray(sound.T)


def _decoded(file: Any, path: Path, wanted_hz: int) -> np.ndarray:
    """The samples (n, channels) of an open sound, block by block: what a header tells may be anything.

    They are not resampled yet, but must fit into the memory that they take then.
    """
    low, high = RATES_HZ
    if not low <= file.samplerate <= high:
        raise Error(f"the sound {path} has a rate of {file.samplerate} Hz; allowed are {low} to {high} Hz")
    if file.channels > MAX_CHANNELS:
        raise Error(f"the sound {path} has {file.channels} channels; at most {MAX_CHANNELS} are allowed")
    file.seekable = lambda: False  # after each block soundfile would seek, which a FLAC of unknown length refuses
    most_s = min(MAX_SECONDS, MAX_VALUES / (max(file.samplerate, wanted_hz) * file.channels))
    blocks, frames = [np.zeros((0, file.channels), np.float32)], 0
    while len(block := file.read(file.samplerate, dtype="float32", always_2d=True)):
        blocks.append(block)
        frames += len(block)
        if frames > most_s * file.samplerate:
            raise Error(
                f"the sound {path} lasts longer than {most_s:.0f} s, the most that a file of {file.channels} "
                f"channel{'s' if file.channels > 1 else ''} at {file.samplerate} Hz may have; cut it"
            )
    return np.concatenate(blocks)
