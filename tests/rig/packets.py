"""OSC packets as bytes, written by the specification alone."""

import struct

NOW = bytes.fromhex("00000000 00000001")  # the timetag for immediately
PLAY = b"/play\0\0\0" + b",i\0\0" + b"\0\0\0\x03"
STOP = b"/stop\0\0\0" + b",\0\0\0"


def bundle(*elements: bytes, timetag: bytes = NOW) -> bytes:
    """A bundle of packets."""
    return b"#bundle\0" + timetag + b"".join(struct.pack(">i", len(one)) + one for one in elements)


def nested(depth: int) -> bytes:
    """A message in so many bundles."""
    packet = STOP
    for _ in range(depth):
        packet = bundle(packet)
    return packet
