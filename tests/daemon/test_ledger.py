"""Nothing that driftkit did not write is deleted or written over, and what it wrote and somebody changed neither."""

import json
import os
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from rig import wavs

from driftkit.daemon.sinks.folder import Folder
from driftkit.daemon.sinks.ledger import SLACK
from driftkit.sampler.hit import Hit
from driftkit.sampler.sound import Sound

TODAY = time.strftime("%Y-%m-%d")


def sound(seed: int, source: str = "") -> Sound:
    hit = Hit(seed=seed, kick=1, task="vary" if source else "generate", source_a=source)
    samples = np.full((1, 100), seed / 1000, np.float32)
    return Sound(samples, 44100, hit, sources={source: samples} if source else {})


def opened(root: Path, keep: int = 3) -> Folder:
    folder = Folder(root, keep)
    folder.prepare()
    return folder


def take(folder: Folder, seed: int) -> Path:
    place = folder.reserve("kick", seed)
    folder.keep(sound(seed), place, "kick", 36)
    return folder.root / place


def seeds(*paths: Path) -> list[int]:
    return [wavs.recipe(path)["hit"]["seed"] for path in paths]


def test_a_copy_of_a_take_survives_restarts_wherever_its_user_puts_it(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    first = take(folder, 1)
    best, beside, other_day = (
        tmp_path / "takes" / "best" / first.name,
        first.with_name("kick_000009_s0001.wav"),
        tmp_path / "takes" / "2026-01-01" / first.name,
    )
    for copy in (best, beside, other_day):
        copy.parent.mkdir(exist_ok=True)
        shutil.copy2(first, copy)
    for round_ in range(3):
        folder = opened(tmp_path)
        for seed in range(2, 7):
            last = take(folder, 10 * round_ + seed)
    assert not first.exists() and last.exists() and seeds(best, beside, other_day) == [1, 1, 1]
    assert len(list((tmp_path / "takes" / TODAY).iterdir())) == 3 + 1, "three kept, and the copy"


@pytest.mark.parametrize("change", ["bytes", "time", "link"])
def test_a_take_that_somebody_has_changed_is_theirs(tmp_path: Path, change: str) -> None:
    folder = opened(tmp_path)
    first = take(folder, 1)
    about, before = first.stat(), first.read_bytes()
    if change == "bytes":
        first.write_bytes(before[:-1] + b"!")  # as long as it was
        os.utime(first, ns=(about.st_atime_ns, about.st_mtime_ns))
    elif change == "time":
        os.utime(first, (1, 1))
    else:
        first.rename(tmp_path / "elsewhere.wav")
        first.symlink_to(tmp_path / "elsewhere.wav")
    for seed in range(2, 8):
        take(folder, seed)
    assert first.exists() and first.is_symlink() == (change == "link")
    assert len(list(first.parent.iterdir())) == 3 + 1


def test_a_take_never_takes_the_name_of_another_file(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    place = tmp_path / folder.reserve("kick", 7)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"mine")
    folder.keep(sound(7), place.relative_to(tmp_path).as_posix(), "kick", 36)
    assert seeds(place) == [7] and (tmp_path / "aside" / place.name).read_bytes() == b"mine"


def test_a_file_in_a_slot_goes_aside_and_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder, slot = opened(tmp_path), tmp_path / "live" / "05.wav"
    for text in (b"mine", b"mine again"):
        slot.write_bytes(text)
        folder.publish(5, sound(1), "kick", 36)
        folder.publish(5, sound(2), "kick", 36)
        assert seeds(slot) == [2]
    assert (tmp_path / "aside" / "05.wav").read_bytes() == b"mine"
    assert (tmp_path / "aside" / "05_2.wav").read_bytes() == b"mine again"
    assert f"{slot} is not as driftkit wrote it; it is kept as {tmp_path / 'aside' / '05.wav'}" in caplog.text
    assert len(list((tmp_path / "aside").iterdir())) == 2, "what driftkit wrote itself is replaced"


def test_a_disk_that_tells_other_times_does_not_make_strangers_of_our_own(tmp_path: Path) -> None:
    folder, slot = opened(tmp_path), tmp_path / "live" / "05.wav"
    first = take(folder, 1)
    os.utime(first, ns=(0, first.stat().st_mtime_ns // 2_000_000_000 * 2_000_000_000))  # as FAT does
    for seed in range(2, 6):
        take(folder, seed)
        folder.publish(5, sound(seed), "kick", 36)
        os.utime(slot, (1, 1))  # as some of a network do
    assert not first.exists() and seeds(slot) == [5] and not (tmp_path / "aside").exists()


def test_an_empty_pad_takes_only_its_own_file_away(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    for pad in (1, 2):
        folder.publish(pad, sound(pad), "kick", 36)
    folder.slot(2).write_bytes(b"mine")
    folder = opened(tmp_path)
    for pad in (1, 2, 3):
        folder.withdraw(pad)
    assert not folder.slot(1).exists() and folder.slot(2).read_bytes() == b"mine"
    assert json.loads((folder.live / "index.json").read_text()) == {}


def test_the_stage_is_emptied_of_what_driftkit_left_there_alone(tmp_path: Path) -> None:
    stage = tmp_path / ".stage"
    stage.mkdir()
    ours = stage / f".05.wav_{os.getpid()}_{time.monotonic_ns()}.part"
    for path in (ours, stage / "mine.wav", stage / "05.wav.part", stage / "probe"):
        path.write_bytes(b"mine")
    (stage / "folder").mkdir()
    opened(tmp_path)
    assert {path.name for path in stage.iterdir()} == {"mine.wav", "05.wav.part", "probe", "folder"}


def before_ledgers(folder: Folder) -> None:
    shutil.rmtree(folder.root / ".driftkit")


def test_a_folder_from_before_the_ledger_is_taken_over_with_what_is_surely_ours(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    takes = [take(folder, seed) for seed in range(1, 4)]
    folder.publish(1, sound(3), "kick", 36)
    folder.publish(2, sound(2), "kick", 36)
    theirs = {
        tmp_path / "takes" / "best" / takes[0].name: takes[0].read_bytes(),
        tmp_path / "takes" / "2026-01-01" / takes[0].name: takes[0].read_bytes(),  # changed on another day
        takes[0].with_name("loop_000001_s0001.wav"): wavs_of_somebody(),
        takes[0].with_name("kick.wav"): takes[0].read_bytes(),
        folder.slot(3): takes[0].read_bytes()[:-2] + b"!!",
    }
    for path, data in theirs.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    folder.slot(2).write_bytes(b"mine")
    before_ledgers(folder)
    folder = opened(tmp_path)
    for seed in range(4, 9):
        take(folder, seed)
    assert not any(path.exists() for path in takes)
    for pad in (1, 2, 3):
        folder.publish(pad, sound(pad), "kick", 36)
    assert {path.name for path in (tmp_path / "aside").iterdir()} == {"02.wav", "03.wav"}
    del theirs[folder.slot(3)]
    assert all(path.read_bytes() == data for path, data in theirs.items())


def wavs_of_somebody() -> bytes:
    return b"RIFF\x04\x00\x00\x00WAVE"


@pytest.mark.parametrize("damage", ["torn", "garbage", "elsewhere"])
def test_a_ledger_that_was_damaged_never_costs_a_strangers_file(tmp_path: Path, damage: str) -> None:
    folder = opened(tmp_path / "out")
    first = take(folder, 1)
    ledger, mine = folder.root / ".driftkit" / "ledger", tmp_path / "mine.wav"
    shutil.copy2(first, mine)
    line = ledger.read_text().splitlines()[-1]
    if damage == "torn":
        ledger.write_text(f"{line}\n{line[:20]}")  # as a kill or a full disk leaves it
    elif damage == "garbage":
        ledger.write_bytes(os.urandom(200))
    else:
        _, *state = json.loads(line)
        ledger.write_text(f"{line}\n{json.dumps(['takes/2026-01-01/../../../mine.wav', *state])}\n")
    folder = opened(tmp_path / "out")
    for seed in range(2, 7):
        take(folder, seed)
    assert mine.exists() and not first.exists(), "the ledger, or the recipe inside, says that it is ours"


def test_the_ledger_ends(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    folder.publish(1, sound(1), "kick", 36)
    for _ in range(SLACK + 10):
        folder._ledger.use(folder.slot(1))
    assert len((tmp_path / ".driftkit" / "ledger").read_text().splitlines()) < 100
    folder = opened(tmp_path)
    folder.publish(1, sound(2), "kick", 36)
    assert not (tmp_path / "aside").exists(), "nothing of it is forgotten"


def test_a_source_of_that_name_that_is_not_ours_stays(tmp_path: Path) -> None:
    folder = opened(tmp_path, keep=1)
    name = f"sha256:{5:064x}"
    theirs = folder.source(name)
    theirs.write_bytes(b"mine")
    for seed in range(140):
        folder.keep(sound(seed, f"sha256:{seed:064x}"), folder.reserve("kick", seed), "kick", 36)
    assert theirs.read_bytes() == b"mine"
    assert len(list(theirs.parent.iterdir())) <= 2 + 64 + 12 + 1, "old ones of ours go"
