"""Where a kit finds its Sounds: in the takes, in its sources, or nowhere."""

import json
from pathlib import Path

import numpy as np
import yaml
from rig import wavs
from rig.daemon import Daemon, presets, until
from rig.osc import OscClient


def test_a_saved_sound_comes_from_its_take_bit_for_bit_and_is_not_rendered(small: Daemon, little: OscClient) -> None:
    little.render(1, task="generate", seed=41)
    before = wavs.samples(small.live(1))
    little.ask("/preset/save", "bits", answers="/done")
    little.render(1, seed=42)
    rendered = little.ask("/status", answers="/status.reply").values[3]
    little.ask("/preset/load", "bits", answers="/done")
    little.ask("/sync", 1, answers="/synced")
    assert np.array_equal(wavs.samples(small.live(1)), before)
    assert little.ask("/status", answers="/status.reply").values[3] == rendered


def test_a_pad_that_a_kit_does_not_name_is_empty_and_undo_brings_its_sound_back(
    small: Daemon, little: OscClient
) -> None:
    little.render(2, task="generate", snare=1, seed=43)
    before = wavs.samples(small.live(2))
    little.ask("/preset/load", "bb", answers="/done")  # names pad 1 alone
    assert not small.live(2).exists()
    assert "02.wav" not in json.loads((small.out / "live" / "index.json").read_text())
    little.ask("/undo", 2, answers="/done")
    assert np.array_equal(wavs.samples(small.live(2)), before)


def test_opening_a_kit_cancels_what_was_rendering_for_the_kit_before(little: OscClient) -> None:
    little.send("/pad/1/steps", 400)
    little.send("/render", 1, 77)
    little.wait_for("/queued")
    little.send("/preset/load", "bb")
    assert little.end_of(77).values == (77, 1, "cancelled")


def test_a_kit_opens_over_another_folder_with_its_sources(tmp_path: Path) -> None:
    home = tmp_path / "home"
    presets(home).mkdir(parents=True)
    (presets(home) / "aa.yaml").write_text("pads:\n  1: {kick: 1, steps: 2, seed: 1}\n")
    with Daemon(home, tmp_path / "one", "--preset", "aa") as first, OscClient(first.port) as osc:
        osc.ask("/sync", 1, answers="/synced")
        osc.render(1, task="vary", variation=0.3, seed=2)
        osc.ask("/preset/save", "varied", answers="/done")
    before = wavs.samples(first.live(1))
    with Daemon(home, tmp_path / "two", "--preset", "varied") as second, OscClient(second.port) as osc:
        until(second.live(1).exists, "the varied pad rendered again")
        osc.ask("/sync", 1, answers="/synced")
        assert np.abs(wavs.samples(second.live(1)) - before).max() <= 1e-5


def test_a_kit_saved_before_its_renders_end_does_not_pair_new_knobs_with_the_old_sound(
    small: Daemon, little: OscClient
) -> None:
    (presets(small.home) / "slow.yaml").write_text("pads:\n  1: {snare: 1, steps: 200, seed: 22}\n")
    little.ask("/preset/load", "slow", answers="/done")
    little.ask("/preset/save", "early", answers="/done")
    saved = yaml.safe_load((presets(small.home) / "early.yaml").read_text())["pads"][1]
    assert saved == {"snare": 1, "steps": 200, "seed": 22}


def test_what_was_rendering_does_not_land_on_a_recalled_sound(small: Daemon, little: OscClient) -> None:
    little.ask("/preset/load", "aa", answers="/done")
    little.ask("/sync", 1, answers="/synced")
    little.render(1, steps=2, seed=31)
    take = sorted((small.out / "takes").glob("*/*.wav"))[-1]
    before = wavs.samples(take)
    little.send("/pad/1/steps", 400)
    little.send("/render", 1, 5)
    little.wait_for("/queued")
    little.send("/recall", 1, str(take))
    assert little.end_of(5).address == "/cancelled"
    little.ask("/sync", 2, answers="/synced")
    assert np.array_equal(wavs.samples(small.live(1)), before)
