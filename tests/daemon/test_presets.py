"""Kits and the session: saved, listed, opened, and the very same sounds after a load and after a restart."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from rig import wavs
from rig.daemon import Daemon, presets, until
from rig.osc import OscClient

SAME = 1e-5


def test_a_kit_brings_controls_and_sounds(small: Daemon, little: OscClient) -> None:
    assert little.ask("/pad/1/kick").values == (1,) and little.ask("/pad/2/name").values == ("Crack",)
    assert wavs.recipe(small.live(1))["hit"]["seed"] == 11
    assert wavs.texts(small.live(2))["INAM"] == "Crack"
    assert little.ask("/status", answers="/status.reply").values[10] == "aa"


def test_the_list_has_shipped_kits_and_the_users_in_order(little: OscClient) -> None:
    little.send("/preset/list")
    little.wait_for("/preset", where=lambda answer: answer.values[0] == answer.values[1] - 1)
    names = [answer.values for answer in little.heard if answer.address == "/preset"]
    assert [index for index, _, _ in names] == list(range(len(names)))
    assert {total for _, total, _ in names} == {len(names)}
    kits = [name for _, _, name in names]
    assert kits == sorted(kits) and {"aa", "bb", "studio"} <= set(kits) and "last" not in kits


def test_next_and_previous_go_round(small: Daemon, little: OscClient) -> None:
    assert little.ask("/preset/next", answers="/done").values == ("/driftkit/preset/next", "bb")
    assert little.ask("/pad/1/clap").values == (1,)
    assert little.ask("/pad/2/snare").values == (0,), "what a kit does not say is the default"
    assert little.ask("/preset/previous", answers="/done").values[1] == "aa"
    last = little.ask("/preset/previous", answers="/done").values[1]
    assert last == max({path.stem for path in presets(small.home).glob("*.yaml")} - {"last"} | {"studio"})
    assert little.ask("/preset/next", answers="/done").values[1] == "aa"


def test_a_saved_kit_brings_the_very_sounds_back(small: Daemon, little: OscClient) -> None:
    little.render(1, seed=-1)
    little.render(2, task="vary", source_a="pad:1", variation=0.5, stochasticity=1, seed=-1)
    little.render(1, seed=-1)  # the source of pad 2 is gone from its pad now
    before = {pad: (wavs.samples(small.live(pad)), wavs.recipe(small.live(pad))) for pad in (1, 2)}
    assert little.ask("/preset/save", "mine", answers="/done").values == ("/driftkit/preset/save", "mine")
    for pad in (1, 2):
        little.render(pad, task="generate", seed=99)
    little.ask("/preset/load", "mine", answers="/done")
    little.ask("/sync", 1, answers="/synced")
    for pad, (samples, recipe) in before.items():
        assert np.abs(wavs.samples(small.live(pad)) - samples).max() <= SAME
        assert wavs.recipe(small.live(pad))["hit"] == recipe["hit"]
    assert little.ask("/pad/2/task").values == ("vary",) and little.ask("/pad/2/seed").values == (-1,)
    saved = yaml.safe_load((presets(small.home) / "mine.yaml").read_text())
    assert saved["pads"][2]["hit"]["source_a"].startswith("sha256:")


def test_saving_over_a_kit_written_by_hand_keeps_its_comments_and_its_link(
    small: Daemon, little: OscClient, tmp_path: Path
) -> None:
    file = tmp_path / "dotfiles.yaml"
    file.write_text(
        "# my comment\npads:\n  1: {kick: 1, note: 036, steps: 2}   # main kick\n  010: {snare: 1, steps: 2}\n"
    )
    link = presets(small.home) / "by_hand.yaml"
    link.symlink_to(file)
    little.ask("/notify", 1, answers="/done")
    little.ask("/preset/load", "by_hand", answers="/done")
    assert little.ask("/pad/1/note").values == (36,) and little.ask("/pad/10/snare").values == (1,)
    little.ask("/sync", 1, answers="/synced")
    little.send("/pad/1/gain_db", -3)
    little.ask("/preset/save", "by_hand", answers="/done")
    text = file.read_text()
    assert link.is_symlink() and text.startswith("# my comment\n") and "# main kick" in text
    assert "note: 036" in text and "gain_db: -3" in text and "hit:" in text
    little.ask("/preset/load", "by_hand", answers="/done")
    assert little.ask("/pad/1/gain_db").values == (-3,)
    loads = [answer for answer in little.heard if answer.values[:1] == ("/driftkit/preset/load",)]
    assert len(loads) == 3, "aa at first, then twice this one: the save is not taken for an edit"
    little.ask("/notify", 0, answers="/done")
    link.unlink()


def test_a_recipe_whose_source_is_gone_stays_in_the_kit(small: Daemon, little: OscClient) -> None:
    hit = {"task": "vary", "source_a": "sha256:" + "0" * 64, "seed": 5, "model": small.ready["model"]}
    (presets(small.home) / "gone.yaml").write_text(yaml.safe_dump({"pads": {1: {"kick": 1, "hit": hit}}}))
    before = wavs.samples(small.live(1))
    little.ask("/preset/load", "gone", answers="/done")
    little.ask("/sync", 1, answers="/synced")
    assert "there is no file" in small.stderr
    assert np.array_equal(wavs.samples(small.live(1)), before), "the pad keeps the sound that it has"
    little.ask("/preset/save", "kept", answers="/done")
    kept = yaml.safe_load((presets(small.home) / "kept.yaml").read_text())["pads"][1]["hit"]
    assert {name: kept[name] for name in hit} == hit


@pytest.mark.parametrize("name", ["../evil", "a/b", "", ".hidden", "x" * 65, "c:\\x", "nul\x07", "käse"])
def test_a_name_that_could_leave_the_folder_is_refused(small: Daemon, little: OscClient, name: str) -> None:
    for command in ("/preset/save", "/preset/load"):
        assert "is not allowed; use letters, digits, spaces, - and _" in little.refusal(command, name)
    assert not list(small.home.rglob("*evil*"))


def test_a_missing_kit_is_refused_with_the_nearest_name(little: OscClient) -> None:
    assert "there is no preset studoi; did you mean studio?" in little.refusal("/preset/load", "studoi")


def test_a_kit_with_a_typo_is_refused_as_a_whole(small: Daemon, little: OscClient) -> None:
    file = presets(small.home) / "typo.yaml"
    file.write_text("pads:\n  1:\n    kick: 0.5\n  2:\n    guidence: 2\n")
    before = little.ask("/pad/1/kick").values
    said = little.refusal("/preset/load", "typo")
    file.unlink()
    assert said == f"{file}, line 5: guidence is not a control; did you mean guidance?"
    assert little.ask("/pad/1/kick").values == before


def test_a_pad_that_never_had_a_sound_has_nothing_to_vary_or_undo(little: OscClient) -> None:
    failed = little.render(5, task="vary", steps=2)
    assert failed.values[1] == "pad:5 has no sound yet; render it first or give a file"
    failed = little.render(5, task="interpolate", source_a="pad:1")
    assert failed.values[1] == "source_b is empty; the task interpolate needs a sound file there"
    assert little.refusal("/undo", 5) == "pad 5 has nothing to undo"


def test_the_session_is_there_again_after_a_restart(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    presets(home).mkdir(parents=True)
    (presets(home) / "aa.yaml").write_text("pads:\n  1: {kick: 1, steps: 2}\n  2: {snare: 1, steps: 2}\n")
    with Daemon(home, out, "--preset", "aa") as first, OscClient(first.port) as osc:
        osc.ask("/sync", 1, answers="/synced")
        osc.render(2, task="reshape", tom=0.5)
        osc.send("/pad/3/name", "Silent")
        osc.barrier()
    before = {pad: wavs.samples(first.live(pad)) for pad in (1, 2)}
    assert (presets(home) / "last.yaml").is_file()
    first.live(2).unlink()  # must be rendered, with a source that only the folder knows
    with Daemon(home, out) as second, OscClient(second.port) as osc:
        assert osc.ask("/pad/3/name").values == ("Silent",)
        assert osc.ask("/pad/2/tom").values == (0.5,)
        until(second.live(2).exists, "pad 2 rendered again")
        osc.ask("/sync", 1, answers="/synced")
        assert np.array_equal(wavs.samples(second.live(1)), before[1])
        assert np.abs(wavs.samples(second.live(2)) - before[2]).max() <= SAME
