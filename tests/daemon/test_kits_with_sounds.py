"""Kits that bring their Sounds along: files of a kit's own, used where they are what its pads ask for."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rig import wavs
from rig.daemon import Daemon, presets
from rig.osc import OscClient

from driftkit.daemon.kits.library import SHIPPED, read_kit
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.errors import Error
from driftkit.sampler.model import load
from driftkit.sampler.sound import load_sound

KITS = sorted(SHIPPED.glob("*.yaml"))


@pytest.fixture(scope="module")
def shipped():
    return load("default")


@pytest.mark.parametrize("file", KITS, ids=lambda file: file.stem)
def test_a_shipped_kit_brings_the_very_sounds_that_its_pads_ask_for(file: Path, shipped) -> None:
    kit = read_kit(file, controls(shipped.spec))
    assert sorted(kit.pads) == list(range(1, 17))
    for number, entry in kit.pads.items():
        sound = load_sound(Path(entry.file))
        assert entry.takes(sound.hit, shipped.tag), f"pad {number}: {sound.recipe}"
        assert sound.hit.quality == "fine" and sound.samples.shape == (1, shipped.spec.length)
        assert 0.1 < np.abs(sound.samples).max() <= 0.9801 and np.abs(sound.samples[:, -32:]).max() < 1e-3
    files = {path for path in (SHIPPED / "sounds" / file.stem).iterdir()}
    assert files == {Path(entry.file) for entry in kit.pads.values()}


@pytest.fixture
def brought(small: Daemon, little: OscClient) -> Path:
    """A kit whose first pad brings a Sound; the FLAC of it."""
    little.render(1, task="generate", kick=1, snare=0, steps=3, seed=41)
    folder = presets(small.home)
    with soundfile.SoundFile(folder / "own.flac", "w", 44100, 1, format="FLAC", subtype="PCM_16") as flac:
        flac.comment = wavs.texts(small.live(1))["ICMT"]
        flac.write(wavs.samples(small.live(1)).T)
    (folder / "own.yaml").write_text("pads:\n  1: {kick: 1, steps: 3, seed: 41, file: own.flac}\n")
    little.ask("/preset/load", "bb", answers="/done")
    little.ask("/sync", 1, answers="/synced")
    return folder / "own.flac"


def opened(small: Daemon, osc: OscClient, name: str = "own") -> int:
    """How many renders it took to open a kit."""
    before = osc.ask("/status", answers="/status.reply").values[3]
    assert osc.ask("/preset/load", name, answers="/done").address == "/done"
    osc.ask("/sync", 1, answers="/synced")
    return int(osc.ask("/status", answers="/status.reply").values[3] - before)


def test_a_sound_beside_its_kit_is_there_at_once(small: Daemon, little: OscClient, brought: Path) -> None:
    assert opened(small, little) == 0
    assert np.abs(wavs.samples(small.live(1)) - soundfile.read(brought, dtype="float32")[0]).max() < 2**-15


def test_where_pad_and_file_are_not_of_one_mind_the_pad_counts(small: Daemon, little: OscClient, brought: Path) -> None:
    kit = brought.with_suffix(".yaml")
    for text in ("kick: 1, steps: 3, seed: 42", "kick: 0.5, steps: 3, seed: 41", "kick: 1, seed: 41, guidance: 2"):
        kit.write_text(f"pads:\n  1: {{{text}, file: own.flac}}\n")
        assert opened(small, little) == 1, text
        hit = wavs.recipe(small.live(1))["hit"]
        assert (hit["seed"], hit["guidance"]) == (42 if "42" in text else 41, 2 if "guidance" in text else 1)
    kit.write_text("pads:\n  1: {kick: 1, file: own.flac}\n")  # nothing else is asked for
    assert opened(small, little) == 0 and wavs.recipe(small.live(1))["hit"]["seed"] == 41


@pytest.mark.parametrize("fault", ["gone", "no recipe", "broken"])
def test_a_file_that_cannot_be_used_costs_a_render(fault: str, small: Daemon, little: OscClient, brought: Path) -> None:
    whole = brought.read_bytes()
    brought.unlink()
    if fault == "no recipe":
        soundfile.write(brought, np.zeros(100), 44100)
        with pytest.raises(Error, match="carries no recipe"):
            load_sound(brought)
    elif fault == "broken":
        brought.write_bytes(whole[:60])
    assert opened(small, little) == 1 and wavs.recipe(small.live(1))["hit"]["seed"] == 41


def test_what_lies_outside_the_folders_that_may_be_read_is_not_read(
    small: Daemon, little: OscClient, brought: Path, tmp_path: Path
) -> None:
    shutil.move(brought, tmp_path / "own.flac")
    brought.with_suffix(".yaml").write_text(f"pads:\n  1: {{kick: 1, steps: 3, file: {tmp_path / 'own.flac'}}}\n")
    assert opened(small, little) == 1
