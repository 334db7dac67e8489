"""The folder goes away while the daemon runs: said once, nothing lost, written when it can be again."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from rig import wavs
from rig.daemon import Daemon, presets, until
from rig.osc import OscClient


@contextmanager
def in_the_way(path: Path) -> Iterator[None]:
    """A file where a folder must be: not even root can write below it."""
    aside = path.with_name(path.name + "_aside")
    path.rename(aside)
    path.write_text("in the way")
    try:
        yield
    finally:
        path.unlink()
        aside.rename(path)


@pytest.mark.parametrize("folder", ["live", "sources"])
def test_a_sound_that_cannot_be_written_waits_in_memory(small: Daemon, little: OscClient, folder: str) -> None:
    before = wavs.samples(small.live(1))
    with in_the_way(small.out / folder):
        ended = little.render(1, 700, task="vary", source_a="pad:1", variation=0.5, steps=3, seed=55)
        assert ended.address == "/fail" and ended.values[2] == 700
        assert f"the folder {small.out.resolve()} cannot be written: " in ended.values[1]
        assert "; the sound is kept in memory" in ended.values[1] and ".stage" not in ended.values[1]
        assert little.ask("/ping", 1, answers="/pong").values == (1,)
        assert little.ask("/sync", 2, answers="/synced").values == (2,)
    until(lambda: wavs.recipe(small.live(1))["hit"]["seed"] == 55, "written again by itself")
    assert not np.array_equal(wavs.samples(small.live(1)), before)
    until(lambda: not list((small.out / ".stage").iterdir()), "nothing half written left")  # the index comes last
    little.send("/undo", 1)
    assert little.wait_for("/done", "/fail").address == "/done", "the sound before is still there too"
    assert np.abs(wavs.samples(small.live(1)) - before).max() <= wavs.LSB


def test_a_deleted_folder_comes_back(small: Daemon, little: OscClient) -> None:
    until(lambda: shutil.rmtree(small.out, ignore_errors=True) or not small.out.exists(), "the folder gone")
    ended = little.render(1, task="vary", source_a="pad:1", variation=0.5, steps=2, seed=56)
    assert ended.address == "/sound"
    assert wavs.recipe(small.live(1))["hit"]["seed"] == 56
    assert list((small.out / "sources").iterdir())
    until(lambda: list((small.out / "takes").glob("*/*.wav")), "the take")


def test_a_kit_that_cannot_be_saved_is_refused(small: Daemon, little: OscClient) -> None:
    with in_the_way(presets(small.home)):
        assert "the preset mine cannot be saved in " in little.refusal("/preset/save", "mine")
    assert little.ask("/preset/save", "mine", answers="/done").address == "/done"
    assert small.alive
