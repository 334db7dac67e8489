"""Sounds on disk, read without the code that wrote them."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

LSB = 2.0**-23  # of 24 bit


def chunks(path: Path) -> dict[str, bytes]:
    """The chunks of a RIFF file, which must fill it exactly."""
    data = path.read_bytes()
    assert data[:4] == b"RIFF" and data[8:12] == b"WAVE", f"{path.name} is no WAV"
    assert struct.unpack_from("<I", data, 4)[0] + 8 == len(data), f"{path.name} is not complete"
    found, at = {}, 12
    while at < len(data):
        (size,) = struct.unpack_from("<I", data, at + 4)
        found[data[at : at + 4].decode()] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    assert at == len(data)
    return found


def texts(path: Path) -> dict[str, str]:
    """The LIST-INFO texts."""
    info, found, at = chunks(path)["LIST"], {}, 4
    while at < len(info):
        (size,) = struct.unpack_from("<I", info, at + 4)
        found[info[at : at + 4].decode()] = info[at + 8 : at + 8 + size].rstrip(b"\0").decode()
        at += 8 + size + size % 2
    return found


def recipe(path: Path) -> dict[str, Any]:
    """The recipe inside."""
    found = json.loads(texts(path)["ICMT"])
    assert isinstance(found, dict)
    return found


def samples(path: Path) -> np.ndarray:
    """The samples, in float64."""
    sound, rate_hz = soundfile.read(path, always_2d=True)
    assert rate_hz == 44100
    return sound.T


def apart(a: Path, b: Path) -> float:
    """The largest difference of two sounds."""
    return float(np.abs(samples(a) - samples(b)).max())
