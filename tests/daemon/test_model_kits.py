"""Kits and the session beside models: what another model does not have is kept, and its sounds come back."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from rig import wavs
from rig.changing import ALIKE, MS, install, load, model
from rig.daemon import Daemon, presets
from rig.osc import OscClient


def test_weights_of_another_model_stay_in_the_kit_and_are_named_once(two: Daemon, both: OscClient) -> None:
    load(both, "other")
    both.render(2)
    assert wavs.recipe(two.live(2))["hit"]["classes"] == {"kick": 0.5}
    assert two.stderr.count("the model other does not have the class blip; what pads say beyond that is kept") == 1
    both.ask("/preset/save", "mixed", answers="/done")
    saved = yaml.safe_load((presets(two.home) / "mixed.yaml").read_text())
    assert saved["model"] == "other" and saved["pads"][2]["blip"] == 1
    assert saved["pads"][1]["hit"]["model"].startswith("first@")
    load(both, "first")
    both.ask("/preset/load", "mixed", answers="/done")
    assert both.ask("/pad/2/blip").values == (1,)


def test_a_kit_brings_the_very_sound_of_another_model_back_by_rendering_it(two: Daemon, both: OscClient) -> None:
    both.render(1, seed=31)
    both.render(2, task="vary", variation=0.5, source_a="pad:1", seed=32)
    before = {pad: (wavs.samples(two.live(pad)), wavs.recipe(two.live(pad))["hit"]) for pad in (1, 2)}
    both.ask("/preset/save", "made_by_first", answers="/done")
    load(both, "other")
    both.ask("/preset/load", "bb", answers="/done")  # its renders take the slots
    both.ask("/sync", 1, answers="/synced")
    for take in (two.out / "takes").glob("*/*.wav"):
        take.unlink()
    both.ask("/preset/load", "made_by_first", answers="/done")
    both.ask("/sync", 2, answers="/synced")
    for pad, (samples, hit) in before.items():
        assert np.abs(wavs.samples(two.live(pad)) - samples).max() <= ALIKE and wavs.recipe(two.live(pad))["hit"] == hit
    assert model(both) == "other", "which lends a hand only"
    assert both.render(1, zap=1).address == "/sound"
    assert wavs.recipe(two.live(1))["hit"]["model"].startswith("other@")


def test_a_sound_whose_model_is_gone_stays_in_the_kit(two: Daemon, both: OscClient) -> None:
    hit = {"kick": 1, "seed": 5, "model": "gone@0123456789abcdef"}
    (presets(two.home) / "gone.yaml").write_text(yaml.safe_dump({"pads": {1: {"kick": 1, "hit": hit}}}))
    both.ask("/preset/load", "gone", answers="/done")
    both.ask("/sync", 1, answers="/synced")
    assert "pad 1: its sound was made by gone@0123456789abcdef; first@" in two.stderr
    assert wavs.recipe(two.live(1))["hit"]["seed"] == 5


def test_a_recalled_wav_of_another_model_sets_its_sound_and_what_fits(two: Daemon, both: OscClient) -> None:
    load(both, "other")
    both.render(1, zap=1, seed=41)
    both.ask("/sync", 1, answers="/synced")
    (take,) = (two.out / "takes").glob("*/*_s0041.wav")
    load(both, "first")
    assert both.ask("/recall", 3, str(take), answers="/done").address == "/done"
    assert np.array_equal(wavs.samples(two.live(3)), wavs.samples(take))
    assert both.ask("/pad/3/seed").values == (41,)
    assert both.ask("/pad/3/inpaint_end_ms").values[0] == pytest.approx(MS["first"], abs=1e-2)
    assert both.render(3).address == "/sound"


@pytest.mark.slow
def test_after_a_restart_the_session_opens_with_the_model_that_is_asked_for(tmp_path: Path) -> None:
    """Also where what was set is beyond the limits of that model: nothing of the session is lost."""
    home, out = tmp_path / "home", tmp_path / "out"
    install(home)
    with Daemon(home, out, "--model", "first", "--preset", "aa") as one, OscClient(one.port) as osc:
        osc.ask("/sync", 1, answers="/synced")
        load(osc, "other")
        assert osc.render(1, zap=0.5, seed=3).address == "/sound"
        osc.send("/pad/1/inpaint_end_ms", 150)
        osc.send("/pad/5/name", "Fifth")
        osc.barrier()
    before = {pad: wavs.samples(out / "live" / f"{pad:02d}.wav") for pad in (1, 2)}
    last = yaml.safe_load((presets(home) / "last.yaml").read_text())
    assert last["model"] == "other" and last["kit"] == "aa"
    with Daemon(home, out, "--model", "first") as two, OscClient(two.port) as osc:
        osc.send("/pad/6/name", "Sixth")  # the session is kept anew, with this model's name and what is beyond it
        osc.barrier()
    with Daemon(home, out, "--model", "first") as two, OscClient(two.port) as osc:
        assert osc.ask("/pad/6/name").values == ("Sixth",)
        assert model(osc) == "first" and osc.ask("/pad/5/name").values == ("Fifth",)
        osc.ask("/sync", 1, answers="/synced")
        for pad, samples in before.items():
            assert np.array_equal(wavs.samples(two.live(pad)), samples)
        assert osc.ask("/pad/1/inpaint_end_ms").values[0] == pytest.approx(MS["first"], abs=1e-2)
        assert osc.render(1, task="inpaint", seed=4).address == "/sound"
        assert "the model first takes only inpaint_end_ms from 0 to 92.88 ms;" in two.stderr
        load(osc, "other")
        assert osc.ask("/pad/1/inpaint_end_ms").values == (150,) and osc.ask("/pad/1/zap").values == (0.5,)
