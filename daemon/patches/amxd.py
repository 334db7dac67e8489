"""The container of a Max for Live device that is not frozen: chunks with sizes in little endian, the last one JSON.

"ampf" 4 KIND   "meta" 4 0   "ptch" SIZE JSON "\\n" NUL
"""

import struct

from ...sampler.errors import Error

MIDI_EFFECT = b"mmmm"
HEADER = b"ampf" + struct.pack("<I", 4) + b"%s" + b"meta" + struct.pack("<II", 4, 0) + b"ptch%s"
END = b"\n\0"


def pack(patcher: str, kind: bytes = MIDI_EFFECT) -> bytes:
    """A device of a patcher's JSON."""
    body = patcher.rstrip().encode() + END
    return HEADER % (kind, struct.pack("<I", len(body))) + body


def unpack(data: bytes) -> tuple[bytes, str]:
    """Kind and JSON of a device; `Error` for bytes that are none, or one that Max has frozen or encrypted."""
    if len(data) < 34 or data[:8] != HEADER[:8] or data[12:16] != b"meta" or data[24:28] != b"ptch":
        raise Error("these bytes are no device of Max for Live that can be read; it must be an unfrozen .amxd")
    (size,) = struct.unpack("<I", data[28:32])
    body = data[32:]
    if size != len(body) or body[-2:] != END:
        raise Error(f"the patcher of the device has {len(body)} bytes; its header says {size}: the file is cut off")
    return data[8:12], body[:-2].decode()
