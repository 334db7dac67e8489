"""OSC 1.0 packets: bytes to messages, and replies to bytes.

A packet is a message or a bundle, big-endian, in units of 4 bytes:

    message = address, type tags (",if"), arguments     strings end in NUL and are padded to 4
    bundle  = "#bundle" NUL, 8-byte timetag, then { int32 size, message or bundle } ...

Packets are decoded here, with struct; python-osc only writes the replies. Its decoder loops for ever on a
bundle element of size -4, recurses as deep as a packet is nested, and does not step over the bytes of a tag
it does not know, so that later arguments come out wrong. Checking for all that before it sees a packet means
reading every byte, and then the packet is decoded.

What some senders add or leave out, and means no harm: zeros behind the last argument (buffers of a fixed size), type
tags where there is no argument, 0 for the timetag of "at once", the brackets of an array around its items.
"""

import math
import struct
from dataclasses import dataclass

import numpy as np
from pythonosc.osc_message_builder import OscMessageBuilder

from ....sampler.errors import Error

MAX_PACKET_BYTES = 65_507  # the most that UDP over IPv4 carries
MAX_ADDRESS_BYTES = 256
MAX_DEPTH = 8  # bundles inside bundles
MAX_MESSAGES = 1_000
MAX_REPLY_BYTES = 1_024  # passes every network and every client's buffer

_BUNDLE = b"#bundle\0"
_IMMEDIATELY = 1  # the one timetag that is not a time
_EPOCH_S = 2_208_988_800  # from 1900, where NTP counts from, to 1970
_SIZE = struct.Struct(">i")
_TIMETAG = struct.Struct(">Q")
_NUMBERS = {tag: struct.Struct(">" + code) for tag, code in {"i": "i", "h": "q", "f": "f", "d": "d"}.items()}
_TRUTHS = {"T": True, "F": False}
_TEXTS = "sS"  # a string, and a symbol, which is written as one
_BARE = (",N", ",I")  # nil, impulse: how some clients send a message that has nothing to say but its address
_OTHERS = {
    "b": "a blob", "c": "a character", "m": "a MIDI message", "r": "a colour", "t": "a timetag",
    "N": "nil", "I": "an impulse",
}  # fmt: skip
_FLOAT32_MAX = float.fromhex("0x1.fffffep127")


class BadPacket(Exception):
    """Why a packet was refused; `address` is that of the message at fault, where as much could be read."""

    def __init__(self, reason: str, address: str = "") -> None:
        super().__init__(reason)
        self.address = address


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `time` is in seconds since 1970, None for at once; the address may be a pattern."""

    address: str
    arguments: tuple[int | float | bool | str, ...]
    time: float | None


def decode(packet: bytes) -> list[Message]:
    """Return the messages of a packet in their order; raises BadPacket, and nothing else, on any bytes.

    One bad message spoils its whole packet: half a bundle would be a chord with notes missing.
    """
    messages: list[Message] = []
    try:
        if not 0 < len(packet) <= MAX_PACKET_BYTES or len(packet) % 4:
            allowed = f"a multiple of 4 from 4 to {MAX_PACKET_BYTES}, with each text ended by NUL and padded to 4"
            raise BadPacket(f"The packet has {len(packet)} bytes; it must be {allowed}.")
        _decode_element(packet, None, 0, messages)
    except BadPacket as reason:
        reason.address = reason.address or (messages[0].address if messages else _beginning(packet))
        raise
    return messages


def encode(address: str, *arguments: int | float | str) -> bytes:
    """Return a message that every client can read: tags i, f and s only, at most 1,024 bytes.

    A number that does not fit its 32 bits, or is not finite, goes as a string. If the message is too long,
    its longest string ends in "…".
    """
    if not address.startswith("/") or "\0" in address or len(address.encode()) > MAX_ADDRESS_BYTES:
        raise Error(f"The OSC address {address[:80]!r} must begin with / and have at most 256 bytes and no NUL.")
    values = [_sendable(argument) for argument in arguments]
    while (excess := len(packet := _build(address, values)) - MAX_REPLY_BYTES) > 0:
        lengths = [len(value.encode()) if isinstance(value, str) else 0 for value in values]
        longest = max(range(len(values)), key=lengths.__getitem__)
        ellipsis = "…".encode()
        if lengths[longest] <= len(ellipsis):
            raise Error(f"The reply {address} has {len(values)} arguments, more than 1,024 bytes hold; split it.")
        room = (lengths[longest] | 3) - excess  # | 3: its padding but for one NUL can be used as well
        kept = str(values[longest]).encode()[: max(0, room - len(ellipsis))]
        values[longest] = kept.decode(errors="ignore") + "…"  # ignore: half a character at the cut
    return packet


def _decode_element(data: bytes, time: float | None, depth: int, messages: list[Message]) -> None:
    """Append the messages of `data`, whose length is a multiple of 4, to `messages`."""
    if not data.startswith(_BUNDLE):
        if len(messages) == MAX_MESSAGES:
            raise BadPacket(f"The packet has more than {MAX_MESSAGES} messages; send several packets.")
        messages.append(_decode_message(data, time))
        return
    if depth == MAX_DEPTH:
        raise BadPacket(f"Bundles are nested more than {MAX_DEPTH} deep.")
    if len(data) < 16:
        raise BadPacket("A bundle ends before its timetag.")
    (timetag,) = _TIMETAG.unpack_from(data, 8)
    # Subtracted as integers: a float holds seconds since 1970 more finely than seconds since 1900.
    time = None if timetag <= _IMMEDIATELY else (timetag - (_EPOCH_S << 32)) / 2**32
    start = 16
    while start < len(data) and not _only_zeros(data, start):
        (size,) = _SIZE.unpack_from(data, start)
        start += 4
        if size <= 0 or size % 4 or size > len(data) - start:
            raise BadPacket(
                f"A bundle element claims {size} bytes; it must be a positive multiple of 4 "
                f"and at most the {len(data) - start} bytes that follow."
            )
        _decode_element(data[start : start + size], time, depth + 1, messages)
        start += size


def _decode_message(data: bytes, time: float | None) -> Message:
    if not data.startswith(b"/"):
        raise BadPacket(f"An address must begin with /, but the message begins with {data[:8]!r}.")
    address, start = _decode_string(data, 0, "The address")
    try:
        if len(address.encode()) > MAX_ADDRESS_BYTES:
            raise BadPacket(f"The address has more than {MAX_ADDRESS_BYTES} bytes.")
        return Message(address, _decode_arguments(data, start), time)
    except BadPacket as reason:
        reason.address = address
        raise


def _decode_arguments(data: bytes, start: int) -> tuple[int | float | bool | str, ...]:
    if _only_zeros(data, start):  # old senders leave the tags of a message without arguments away
        return ()
    tags, start = _decode_string(data, start, "The type tag string")
    if not tags.startswith(","):
        raise BadPacket(f"The type tags must begin with a comma, but {tags[:8]!r} came.")
    if tags in _BARE:
        tags = ","

    arguments: list[int | float | bool | str] = []
    depth = 0
    for tag in tags[1:]:
        what = f"Argument {len(arguments) + 1}"
        if tag in _NUMBERS:
            number = _NUMBERS[tag]
            if number.size > len(data) - start:
                raise BadPacket(f"The message ends before its argument {len(arguments) + 1}.")
            (value,) = number.unpack_from(data, start)
            if not math.isfinite(value):
                raise BadPacket(f"{what} is {value}; numbers must be finite.")
            arguments.append(_as_written(value) if tag == "f" else value)
            start += number.size
        elif tag in _TEXTS:
            text, start = _decode_string(data, start, what)
            arguments.append(text)
        elif tag in _TRUTHS:
            arguments.append(_TRUTHS[tag])
        elif tag in "[]":
            depth += 1 if tag == "[" else -1
            if depth not in (0, 1):
                break
        else:
            # Never skipped: the size of an unknown argument is unknown, and so is where the next one starts.
            known = _OTHERS.get(tag, f"of the type {tag!r}")
            raise BadPacket(f"{what} is {known}; the type tag {tag!r} is not one of i f d h s S T F.")
    if depth:
        raise BadPacket("The brackets of an array do not match, or arrays lie in arrays; send the items alone.")
    if not _only_zeros(data, start):
        raise BadPacket(f"{len(data) - start} bytes follow the last argument.")
    return tuple(arguments)


def _only_zeros(data: bytes, start: int) -> bool:
    return data.count(0, start) == len(data) - start


def _beginning(packet: bytes) -> str:
    """The address with which a packet that cannot be read seems to begin, or ""."""
    text = packet[:MAX_ADDRESS_BYTES].partition(b"\0")[0].decode(errors="replace").strip()
    return text if text.startswith("/") else ""


def _decode_string(data: bytes, start: int, what: str) -> tuple[str, int]:
    """Return the string at `start`, a multiple of 4, and where the next thing starts."""
    stop = data.find(b"\0", start)
    if stop < 0:
        raise BadPacket(f"{what} does not end in NUL.")
    after = stop - stop % 4 + 4
    if any(data[stop:after]):
        raise BadPacket(f"{what} is padded with something other than NUL.")
    try:
        return data[start:stop].decode(), after
    except UnicodeDecodeError:
        raise BadPacket(f"{what} is not UTF-8.") from None


def _as_written(value: float) -> float:
    """The shortest number with the same 32 bits: 0.3 where they hold 0.30000001192092896.

    Else a control's own upper end, 743.039 ms, would come back as a little more than that, and be refused.
    """
    short = float(str(np.float32(value)))
    return short if abs(short) <= _FLOAT32_MAX else value  # the largest of all is shortened upwards


def _sendable(value: int | float | str) -> int | float | str:
    """Return the value as tag i, f or s can hold it."""
    if isinstance(value, float):
        return value if abs(value) <= _FLOAT32_MAX else str(value)  # NaN compares false as well
    if isinstance(value, int):
        return int(value) if -(2**31) <= value < 2**31 else str(value)
    # Paths can hold bytes that are no UTF-8 (lone surrogates in Python), and NUL would end the string early.
    return value.replace("\0", "").encode(errors="replace").decode()


def _build(address: str, values: list[int | float | str]) -> bytes:
    builder = OscMessageBuilder(address)
    for value in values:
        # The tag is given because python-osc would guess h for some integers.
        builder.add_arg(value, "s" if isinstance(value, str) else "f" if isinstance(value, float) else "i")
    return builder.build().dgram
