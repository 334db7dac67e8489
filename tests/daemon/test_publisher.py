"""Writing beside the instrument: newest wins, every take is kept, every answer comes when its slot is in place."""

import os
import threading
from pathlib import Path

import numpy as np
import pytest
from rig import wavs

from driftkit.daemon.pads.board import Board
from driftkit.daemon.pads.pad import UNDO
from driftkit.daemon.pads.surfaces import controls
from driftkit.daemon.rendering.pending import Pending
from driftkit.daemon.sinks.folder import SPARE, Folder
from driftkit.daemon.sinks.publisher import REFUSED, WAITING, Publisher
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.sound import Sound
from driftkit.sampler.spec import find_model, read_spec

CONTROLS = controls(read_spec(find_model("default")))
HANG_S = 20


def sound(seed: int) -> Sound:
    return Sound(np.full((1, 100), seed / 1000, np.float32), 44100, Hit(seed=seed, kick=1))


class Disk(Folder):
    """A real folder whose writes wait at a gate."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.gate, self.at, self.slots = threading.Event(), threading.Event(), 0

    def publish(self, pad: int, sound: Sound, name: str, note: int) -> None:
        self.at.set()
        assert self.gate.wait(HANG_S)
        self.slots += 1
        super().publish(pad, sound, name, note)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    folder = Disk(tmp_path / "out")
    folder.prepare()
    return folder


@pytest.fixture
def board() -> Board:
    return Board(CONTROLS)


def put(board: Board, publisher: Publisher, pad: int, seed: int, told: list) -> None:
    board.pad(pad).take(sound(seed))
    publisher.write(pad, True, lambda reason: told.append((pad, seed, reason)))


def test_a_burst_for_one_pad_writes_every_take_and_the_slot_once(board: Board, disk: Disk) -> None:
    told: list = []
    with Publisher(board, disk, Pending()) as publisher:
        put(board, publisher, 2, 1, told)
        assert disk.at.wait(HANG_S)
        for seed in range(2, 12):
            put(board, publisher, 1, seed, told)
        assert told == [], "nothing is answered before it is there"
        disk.gate.set()
    assert [entry[:2] for entry in told] == [(2, 1), *((1, seed) for seed in range(2, 12))]
    assert all(reason is None for *_, reason in told)
    assert disk.slots == 2 and wavs.recipe(disk.slot(1))["hit"]["seed"] == 11
    takes = {wavs.recipe(path)["hit"]["seed"] for path in disk.root.glob("takes/*/*.wav")}
    assert takes == set(range(1, 12))
    assert (disk.root / board.pad(1).file).is_file() and len(board.pad(1).behind) == UNDO


def test_what_was_asked_for_later_is_called_after_what_was_asked_for_before(board: Board, disk: Disk) -> None:
    told: list = []
    with Publisher(board, disk, Pending()) as publisher:
        put(board, publisher, 1, 1, told)
        assert disk.at.wait(HANG_S)
        put(board, publisher, 1, 2, told)
        put(board, publisher, 2, 3, told)
        publisher.after(lambda: told.append("after"))
        assert not publisher.wait(0.05)
        disk.gate.set()
        assert publisher.wait(HANG_S)
        assert told == [(1, 1, None), (1, 2, None), (2, 3, None), "after"]


def in_the_way(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("in the way")


def test_what_the_disk_refuses_is_told_and_written_later_with_its_take(board: Board, disk: Disk) -> None:
    told: list = []
    disk.gate.set()
    with Publisher(board, disk, Pending()) as publisher:
        in_the_way(disk.live)
        put(board, publisher, 3, 7, told)
        assert publisher.wait(HANG_S)
        assert isinstance(told[0][2], Error) and "the sound is kept in memory" in str(told[0][2])
        assert publisher.refused() == [3] and not (disk.root / board.pad(3).file).exists()
        disk.live.unlink()
        publisher.write(3, False, lambda reason: told.append(reason))
        assert publisher.wait(HANG_S)
        assert told[1:] == [None] and publisher.refused() == []
    assert wavs.recipe(disk.root / board.pad(3).file) == wavs.recipe(disk.slot(3))


def test_a_take_that_the_disk_refuses_holds_up_no_answer_and_is_written_later(
    board: Board, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    told: list = []
    disk.gate.set()
    with Publisher(board, disk, Pending()) as publisher:
        in_the_way(disk.root / "takes")
        put(board, publisher, 3, 7, told)
        assert publisher.wait(HANG_S)
        assert told == [(3, 7, None)] and disk.slot(3).exists()
        assert publisher.refused() == [3] and "the sound is kept in memory" in caplog.text
        (disk.root / "takes").unlink()
        publisher.write(3, False)
        assert publisher.wait(HANG_S) and publisher.refused() == []
    assert wavs.recipe(disk.root / board.pad(3).file) == wavs.recipe(disk.slot(3))


def test_a_disk_that_hangs_holds_few_sounds_and_every_answer(board: Board, disk: Disk) -> None:
    told: list = []
    with Publisher(board, disk, Pending()) as publisher:
        put(board, publisher, 2, 1, told)
        assert disk.at.wait(HANG_S)
        for seed in range(2, 2 * WAITING):
            put(board, publisher, 1, seed, told)
        waiting = publisher._waiting[1]
        assert isinstance(waiting, list) and sum(order.sound is not None for order in waiting) == WAITING
        disk.gate.set()
    assert [seed for _, seed, reason in told if reason is None] == list(range(1, 2 * WAITING))
    takes = {wavs.recipe(path)["hit"]["seed"] for path in disk.root.glob("takes/*/*.wav")}
    assert takes == {1, *range(WAITING, 2 * WAITING)}, "the newest"


def test_what_a_full_disk_refused_does_not_grow_for_ever(board: Board, disk: Disk) -> None:
    disk.gate.set()
    in_the_way(disk.live)
    with Publisher(board, disk, Pending()) as publisher:
        for seed in range(REFUSED + 20):
            put(board, publisher, 3, seed, [])
            assert publisher.wait(HANG_S)
        assert len(publisher._untaken) == REFUSED
        disk.live.unlink()
        publisher.write(3, False)
        assert publisher.wait(HANG_S) and publisher.refused() == []
    assert wavs.recipe(disk.root / board.pad(3).file) == wavs.recipe(disk.slot(3)), "the newest is there"


def test_an_answer_that_fails_stops_nothing(board: Board, disk: Disk, caplog: pytest.LogCaptureFixture) -> None:
    disk.gate.set()
    with Publisher(board, disk, Pending()) as publisher:
        board.pad(1).take(sound(1))
        publisher.write(1, True, lambda reason: 1 / 0)
        assert publisher.wait(HANG_S)
    assert "stumble" in caplog.text and disk.slot(1).exists()


def test_takes_are_kept_to_the_limit_and_those_of_others_are_let_be(board: Board, disk: Disk) -> None:
    disk.gate.set()
    disk.kept = 3
    foreign = disk.root / "takes" / "mine.wav"
    foreign.write_bytes(os.urandom(8))
    with Publisher(board, disk, Pending()) as publisher:
        for seed in range(1, 7):
            put(board, publisher, 1, seed, [])
    own = {wavs.recipe(path)["hit"]["seed"] for path in disk.root.glob("takes/*/*_s*.wav")}
    assert own == {4, 5, 6} and foreign.exists()


def test_pending_calls_who_waits_when_all_that_was_under_way_has_ended() -> None:
    pending, told = Pending(), []
    pending.after(lambda: told.append("at once"))
    first, second = pending.begin(), pending.begin(5)
    pending.after(lambda: told.append("both"))
    third = pending.begin()
    pending.end(first)
    assert told == ["at once"] and len({first, second, third}) == 3
    pending.end(second)
    assert told == ["at once", "both"]


def test_sources_go_with_the_takes_that_had_them(tmp_path: Path) -> None:
    folder = Folder(tmp_path, keep=3)
    folder.prepare()
    (tmp_path / "sources" / "mine.wav").write_bytes(b"of somebody else")

    def made_of(number: int) -> Sound:
        name = f"sha256:{number:064x}"
        hit = Hit(seed=number, kick=1, task="vary", source_a=name)
        return Sound(np.zeros((1, 8), np.float32), 44100, hit, sources={name: np.zeros((1, 8), np.float32)})

    folder.publish(1, made_of(0), "slot", 36)
    for number in range(1, 3 * SPARE + 1):
        folder.keep(made_of(number), folder.reserve("take", number), "take", 36)
        if number % 10 == 0:
            folder.keep(made_of(1), folder.reserve("take", 1), "take", 36)  # the same source again and again
    left = {path.stem for path in (tmp_path / "sources").glob("*.wav")}
    assert "mine" in left and folder.source(made_of(0).hit.source_a).stem in left, "not ours, and that of a slot"
    assert folder.source(made_of(1).hit.source_a).stem in left, "old, but of use"
    assert len(left) <= 2 * 3 + 2 * SPARE + 2 and folder.source(made_of(2).hit.source_a).stem not in left
