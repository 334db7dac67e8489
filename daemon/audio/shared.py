"""The memory between the daemon and its player process: samples, commands and a status, without a lock.

One side writes each thing: the daemon the samples of a slot that nobody plays, the commands and their count; the
player everything of the status but that. A command is complete before the count that announces it; what the player
finds in its place that is not that command, or reaches beyond the memory, it does not play.
"""

import ctypes
import math
import struct
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.shared_memory import SharedMemory

import numpy as np

SLOTS = 64  # 16 pads hold one each; the others are free or still sounding
SLOT_VALUES = 1 << 19  # float32 values of a slot: 11.9 s in mono at 44.1 kHz, half of that in stereo
COMMANDS = 1024
# order, slot (STOP), pad, choke group, pair of outputs, frames, channels, left, right, at, sent, and the order again
RECORD = struct.Struct("=qiiiiiiddddq")
STOP = -1  # in place of a slot
STARTING, PLAYING, STALLED, LOST, OFF = range(5)
TEXT_BYTES = 400
MAGIC = b"driftk03"  # another number for another layout


class Status(ctypes.Structure):
    """What both sides know; every number is 8 bytes, which arrive together."""

    _fields_ = (
        ("magic", ctypes.c_char * len(MAGIC)),
        ("written", ctypes.c_int64),  # commands that the daemon has given
        ("read", ctypes.c_int64),  # of which the player has taken
        ("state", ctypes.c_int64),
        ("rate_hz", ctypes.c_int64),  # of the stream, 0 before the first one
        ("pairs", ctypes.c_int64),  # of outputs that it has
        ("callbacks", ctypes.c_int64),
        ("frames", ctypes.c_int64),  # of this stream so far
        ("underruns", ctypes.c_int64),
        ("dropped", ctypes.c_int64),  # commands that came too many at once, or while the device stood still
        ("late", ctypes.c_int64),  # plays whose time had passed
        ("voices", ctypes.c_int64),
        ("started", ctypes.c_int64),  # order of the latest command whose first frame is in a buffer
        ("started_at", ctypes.c_double),  # when that buffer was full, in seconds since 1970
        ("latency_s", ctypes.c_double),  # from a buffer to the ear, as the device says
        ("device", ctypes.c_char * TEXT_BYTES),
        ("reason", ctypes.c_char * TEXT_BYTES),  # why there is no sound
        ("uses", ctypes.c_int32 * SLOTS),  # scheduled and sounding voices of each slot
    )


Take = Callable[[int, int, int, int, int, int, int, float, float, float, float], None]
_RING = ctypes.sizeof(Status) + -ctypes.sizeof(Status) % 64
_BANK = _RING + (COMMANDS * RECORD.size + -COMMANDS * RECORD.size % 64)


class Shared:
    """The daemon makes it, the player opens it by its name."""

    def __init__(self, name: str | None = None) -> None:
        size = _BANK + SLOTS * SLOT_VALUES * 4  # pages that nobody writes take no memory
        self._memory = SharedMemory(name, create=name is None, size=size if name is None else 0)
        self._owner = name is None
        self._awaited = 0  # the order of a command that was announced and not there
        self.name = self._memory.name
        assert self._memory.buf is not None
        if self._owner:
            self._memory.buf[: len(MAGIC)] = MAGIC
        elif self._memory.size < size or bytes(self._memory.buf[: len(MAGIC)]) != MAGIC:
            self._memory.close()
            raise OSError(f"the shared memory {self.name} is not that of a driftkit of this version")
        self.status = Status.from_buffer(self._memory.buf)
        self.bank = np.ndarray((SLOTS, SLOT_VALUES), np.float32, self._memory.buf, _BANK)

    def put(self, slot: int, samples: np.ndarray) -> int:
        """Copy samples (n, channels) into a slot that nobody plays; the frames that fitted."""
        frames = min(len(samples), int(SLOT_VALUES // samples.shape[1]))
        self.samples(slot, frames, samples.shape[1])[:] = samples[:frames]
        return frames

    def samples(self, slot: int, frames: int, channels: int) -> np.ndarray:
        """A slot's samples (frames, channels), not copied."""
        return self.bank[slot, : frames * channels].reshape(frames, channels)

    def give(self, *command: float) -> int:
        """Append a command, all fields of RECORD but the order; that is returned, 0 where there is no room."""
        order = self.status.written + 1
        if order - self.status.read > COMMANDS:
            return 0
        buffer = self._memory.buf
        assert buffer is not None
        RECORD.pack_into(buffer, _RING + order % COMMANDS * RECORD.size, order, *command, order)
        self.status.written = order
        return int(order)

    def take(self, handle: Take) -> None:
        """Hand every new command to `handle`; each counts as read only after that.

        What is not the command that was announced is waited for until the next call, since another processor may see
        the count first; then it counts as dropped.
        """
        buffer, status = self._memory.buf, self.status
        assert buffer is not None
        if not 0 <= status.written - status.read <= COMMANDS:
            status.dropped += 1
            status.read = status.written
        while status.read < status.written:
            wanted = status.read + 1
            *command, last = RECORD.unpack_from(buffer, _RING + wanted % COMMANDS * RECORD.size)
            if command[0] == last == wanted and _possible(*command[1:]):
                handle(*command)
            elif self._awaited != wanted:
                self._awaited = wanted
                return
            else:
                status.dropped += 1
            status.read = wanted

    def close(self) -> None:
        """Let the memory go; who made it removes it."""
        del self.status, self.bank
        with suppress(BufferError):  # a view that somebody still holds; the memory goes with the process
            self._memory.close()
        if self._owner:
            self._memory.unlink()


def _possible(
    slot: int, pad: int, group: int, pair: int, frames: int, channels: int,
    left: float, right: float, at: float, sent: float,
) -> bool:  # fmt: skip
    """Can a command be one that the daemon gave? It plays what lies within a slot, or stops something."""
    within = pair >= 0 and 0 <= slot < SLOTS and channels in (1, 2) and 0 <= frames <= SLOT_VALUES // channels
    return (within or slot == STOP) and all(map(math.isfinite, (left, right, at, sent)))
