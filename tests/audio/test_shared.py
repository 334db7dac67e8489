"""The memory between daemon and player: what is in it is believed only where it can be what the daemon wrote."""

import math
import struct
from collections.abc import Iterator

import pytest

from driftkit.daemon.audio import shared as module
from driftkit.daemon.audio.shared import COMMANDS, RECORD, SLOT_VALUES, SLOTS, STOP, Shared

PLAY = (3, 1, 0, 5, 100, 2, 0.5, 0.5, 0.0, 1.0)


@pytest.fixture
def both() -> Iterator[tuple[Shared, Shared]]:
    daemon = Shared()
    player = Shared(daemon.name)
    yield daemon, player
    player.close()
    daemon.close()


def taken(player: Shared) -> list[tuple[float, ...]]:
    found: list[tuple[float, ...]] = []
    player.take(lambda *command: found.append(command))
    return found


def overwrite(daemon: Shared, order: int, data: bytes, at: int = 0) -> None:
    assert daemon._memory.buf is not None
    place = module._RING + order % COMMANDS * RECORD.size + at
    daemon._memory.buf[place : place + len(data)] = data


def test_commands_arrive_in_their_order_round_the_ring(both: tuple[Shared, Shared]) -> None:
    daemon, player = both
    for start in range(0, 3 * COMMANDS, 500):
        for pad in range(500):
            assert daemon.give(3, pad % 16, *PLAY[2:])
        assert [command[0] for command in taken(player)] == list(range(start + 1, start + 501))
    assert daemon.give(STOP, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 1.0) and len(taken(player)) == 1
    assert daemon.status.dropped == 0


@pytest.mark.parametrize(
    "wrong",
    [
        (SLOTS, *PLAY[1:]), (-2, *PLAY[1:]), (*PLAY[:4], -1, *PLAY[5:]), (*PLAY[:4], SLOT_VALUES, *PLAY[5:]),
        (*PLAY[:5], 0, *PLAY[6:]), (*PLAY[:5], 3, *PLAY[6:]), (*PLAY[:6], math.nan, *PLAY[7:]),
        (*PLAY[:8], math.inf, PLAY[9]), (STOP, *PLAY[1:9], math.nan), (*PLAY[:3], -1, *PLAY[4:]),
    ],
)  # fmt: skip
def test_what_reaches_beyond_the_memory_is_dropped_and_the_next_is_played(
    both: tuple[Shared, Shared], wrong: tuple[float, ...]
) -> None:
    daemon, player = both
    daemon.give(*wrong)
    daemon.give(*PLAY)
    assert [command[0] for command in taken(player) + taken(player)] == [2]
    assert daemon.status.dropped == 1


def test_a_record_that_is_not_there_yet_is_waited_for_and_one_that_never_comes_is_dropped(
    both: tuple[Shared, Shared],
) -> None:
    daemon, player = both
    daemon.give(*PLAY)
    last = RECORD.size - 8
    overwrite(daemon, 1, struct.pack("=q", 0), at=last)  # half of it seen
    assert taken(player) == [] and daemon.status.dropped == 0
    overwrite(daemon, 1, struct.pack("=q", 1), at=last)
    assert [command[0] for command in taken(player)] == [1]
    daemon.give(*PLAY)
    daemon.give(*PLAY)
    overwrite(daemon, 2, bytes(RECORD.size))
    assert taken(player) == []
    assert [command[0] for command in taken(player)] == [3] and daemon.status.dropped == 1


@pytest.mark.parametrize("written", [-5, 10**9])
def test_a_count_that_cannot_be_is_not_followed(both: tuple[Shared, Shared], written: int) -> None:
    daemon, player = both
    daemon.status.written = written
    assert taken(player) == [] and player.status.read == written
    order = daemon.give(*PLAY)
    assert [command[0] for command in taken(player)] == [order]


def test_memory_of_somebody_else_is_refused(both: tuple[Shared, Shared]) -> None:
    daemon, _ = both
    daemon.status.magic = b"driftk00"
    with pytest.raises(OSError, match="is not that of a driftkit of this version"):
        Shared(daemon.name)
