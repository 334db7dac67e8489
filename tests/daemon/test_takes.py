"""Takes as a list: marked ones stay when the oldest go, and what driftkit did not write is not deleted."""

from pathlib import Path

import numpy as np
import pytest

from driftkit.daemon.sinks.folder import Folder
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.sound import Sound

SOUND = Sound(np.zeros((1, 64), np.float32), 44100, Hit(kick=1, seed=7))


def kept(folder: Folder, count: int) -> list[str]:
    """Keep so many takes."""
    places = [folder.reserve("Kick", 7) for _ in range(count)]
    for place in places:
        folder.keep(SOUND, place, "Kick", 36)
    return places


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    one = Folder(tmp_path, keep=3)
    one.alone.__enter__()
    one.prepare()
    return one


def test_a_marked_take_stays_when_the_oldest_go_and_after_a_restart(folder: Folder, tmp_path: Path) -> None:
    first, second, _ = kept(folder, 3)
    folder.star(first, True)
    again = kept(folder, 3)
    assert folder.takes == [first, *again]
    assert not (tmp_path / second).exists() and (tmp_path / first).exists()
    assert Folder(tmp_path).stars.marked == {first}
    folder.star(first, False)
    kept(folder, 1)
    assert first not in folder.takes


def test_only_takes_of_driftkit_are_marked_and_deleted(folder: Folder, tmp_path: Path) -> None:
    first, second = kept(folder, 2)
    folder.star(first, True)
    folder.delete(first)
    assert folder.takes == [second] and not folder.stars.marked and not (tmp_path / first).exists()
    (tmp_path / second).write_bytes(b"somebody's")
    with pytest.raises(Error, match="is not as driftkit wrote it"):
        folder.delete(second)
    assert (tmp_path / second).read_bytes() == b"somebody's"
    for name in ("live/01.wav", "../a.wav", "takes/2020-01-01/a_000001_s0001.wav", ""):
        with pytest.raises(Error, match="is not a take"):
            folder.delete(name)
        with pytest.raises(Error, match="is not a take"):
            folder.star(name, True)


def test_marks_that_cannot_be_read_are_none_and_are_written_anew(folder: Folder, tmp_path: Path) -> None:
    (first,) = kept(folder, 1)
    (tmp_path / ".driftkit" / "stars.json").write_text('{"a"')
    folder.star(first, True)
    assert Folder(tmp_path).stars.marked == {first}
