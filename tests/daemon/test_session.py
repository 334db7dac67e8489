"""Kits and the session where things go wrong or cross each other: what was made is never lost or mixed up."""

import os
import signal
from pathlib import Path

import numpy as np
import yaml
from rig import wavs
from rig.daemon import Daemon, presets, until
from rig.osc import OscClient

from driftkit.daemon.kits.library import Library, in_order, parse_kit
from driftkit.daemon.pads.surfaces import controls
from driftkit.daemon.rendering.ahead import SIZE
from driftkit.sampler.spec import find_model, read_spec


def user(home: Path, **kits: str) -> Path:
    """A home with kits of its own."""
    presets(home).mkdir(parents=True)
    for name, text in kits.items():
        (presets(home) / f"{name}.yaml").write_text(text)
    return home


def kit_of(osc: OscClient) -> object:
    return osc.ask("/status", answers="/status.reply").values[10]


def test_the_session_remembers_the_kit_that_was_saved_last(tmp_path: Path) -> None:
    home = user(tmp_path / "home", aa="pads:\n  1: {kick: 1, steps: 1, seed: 1}\n")
    with Daemon(home, tmp_path / "out", "--preset", "aa") as first, OscClient(first.port) as osc:
        osc.ask("/sync", 1, answers="/synced")
        until(lambda: (presets(home) / "last.yaml").is_file(), "the session is saved")
        osc.ask("/preset/save", "mine", answers="/done")
    with Daemon(home, tmp_path / "out") as second, OscClient(second.port) as osc:
        assert kit_of(osc) == "mine"


def test_after_a_start_hits_are_rendered_ahead_of_the_first(tmp_path: Path) -> None:
    home = user(tmp_path / "home", aa="pads:\n  1: {kick: 1, steps: 1, auto_render: after_hit}\n")
    with Daemon(home, tmp_path / "out", "--preset", "aa") as first, OscClient(first.port) as osc:
        osc.ask("/sync", 1, answers="/synced")
    with Daemon(home, tmp_path / "out") as second, OscClient(second.port) as osc:
        until(
            lambda: osc.ask("/status", answers="/status.reply").values[3] == SIZE, "a pool, though nothing was played"
        )


def test_a_session_that_cannot_be_read_is_kept_aside(tmp_path: Path) -> None:
    home = user(tmp_path / "home", studio="pads:\n  1: {kick: 1, steps: 1, seed: 1}\n", last="pads: {1: {kick: [}}\n")
    with Daemon(home, tmp_path / "out") as daemon, OscClient(daemon.port) as osc:
        osc.send("/pad/1/name", "Mine")
        osc.barrier()
        assert "the last session is kept as" in daemon.stderr
    assert (presets(home) / "last.yaml.broken").read_text() == "pads: {1: {kick: [}}\n"
    assert yaml.safe_load((presets(home) / "last.yaml").read_text())["pads"][1]["name"] == "Mine"


def test_next_passes_over_a_kit_that_cannot_be_opened(small: Daemon, little: OscClient) -> None:
    broken = presets(small.home) / "ab.yaml"
    broken.write_text("pads:\n  1: {kik: 1}\n")
    try:
        little.ask("/preset/next", answers="/done")
        assert kit_of(little) == "bb"
        little.ask("/preset/previous", answers="/done")
        assert kit_of(little) == "aa"
        assert "the kit is passed over" in small.stderr
    finally:
        broken.unlink()


def test_a_kit_opens_whatever_a_file_manager_has_called_it(small: Daemon, little: OscClient) -> None:
    copy = presets(small.home) / "aa (Größe 2).yaml"
    copy.write_text("pads:\n  1: {kick: 1, steps: 1, seed: 5}\n")
    try:
        little.ask("/preset/load", "aa (Größe 2)", answers="/done")
        little.ask("/sync", 3, answers="/synced")
        assert wavs.recipe(small.live(1))["hit"]["seed"] == 5
    finally:
        copy.unlink()


def test_undo_after_a_kit_whose_render_failed_is_saved(small: Daemon, little: OscClient) -> None:
    little.render(1, steps=1, seed=61)
    little.render(1, steps=1, seed=62)
    hit = {"task": "vary", "source_a": "sha256:" + "0" * 64, "seed": 5, "model": small.ready["model"]}
    (presets(small.home) / "gone.yaml").write_text(yaml.safe_dump({"pads": {1: {"kick": 1, "hit": hit}}}))
    little.ask("/preset/load", "gone", answers="/done")
    little.ask("/sync", 1, answers="/synced")
    little.ask("/undo", 1, answers="/done")
    assert wavs.recipe(small.live(1))["hit"]["seed"] == 61
    little.ask("/preset/save", "undone", answers="/done")
    assert yaml.safe_load((presets(small.home) / "undone.yaml").read_text())["pads"][1]["hit"]["seed"] == 61


def test_a_new_name_and_a_new_note_are_in_the_file(small: Daemon, little: OscClient) -> None:
    little.send("/pad/1/name", "Boom")
    little.send("/pad/1/note", 50)
    little.ask("/sync", 4, answers="/synced")
    assert b"Boom" in small.live(1).read_bytes() and b"Boom" in (small.out / "live" / "index.json").read_bytes()
    chunk = small.live(1).read_bytes()
    at = chunk.index(b"smpl") + 8 + 12  # manufacturer, product, sample period, then the root note
    assert int.from_bytes(chunk[at : at + 4], "little") == 50


def test_in_a_kit_pads_made_of_other_pads_come_after_these(small: Daemon, little: OscClient) -> None:
    (presets(small.home) / "made.yaml").write_text(
        "pads:\n"
        "  1: {task: vary, source_a: 'pad:2', variation: 0.01, steps: 2, seed: 1}\n"
        "  2: {task: reshape, source_a: 'pad:3', tom: 0.2, steps: 2, seed: 2}\n"
        "  3: {crash: 1, steps: 2, seed: 3}\n"
    )
    little.ask("/preset/load", "made", answers="/done")
    little.ask("/sync", 5, answers="/synced")
    assert all(small.live(pad).exists() for pad in (1, 2, 3)), "and the answer to sync waited for all of them"
    third, first = wavs.samples(small.live(3)), wavs.samples(small.live(1))
    second = wavs.samples(small.live(2))
    assert np.abs(second - first).max() < 0.2 * np.abs(second).max(), "hardly varied"
    assert wavs.recipe(small.live(2))["hit"]["source_a"].startswith("sha256:") and third.shape == first.shape


def test_pads_are_ordered_by_what_they_are_made_of() -> None:
    known = controls(read_spec(find_model("default")))
    text = (
        "pads:\n  1: {task: interpolate, source_a: 'pad:2', source_b: 'pad:4'}\n  2: {task: vary, source_a: 'pad:3'}\n"
        "  3: {kick: 1, source_a: 'pad:1'}\n  4: {task: vary, source_a: ''}\n  5: {task: vary, source_a: 'pad:6'}\n"
        "  6: {task: vary, source_a: 'pad:5'}\n  7: {task: vary, source_a: 'pad:9'}\n"
    )
    assert in_order(parse_kit(text, "k", "k.yaml", known).pads) == [[3, 4, 7], [2], [1], [5, 6]]


def test_recall_brings_the_sources_beside_a_file_along(small: Daemon, little: OscClient, tmp_path: Path) -> None:
    little.render(1, steps=1, seed=71)
    little.render(2, task="vary", source_a="pad:1", variation=0.3, steps=2, seed=72)
    little.ask("/sync", 6, answers="/synced")
    take = sorted((small.out / "takes").glob("*/*.wav"))[-1]
    home = user(tmp_path / "home", one="pads: {}\n")
    with (
        Daemon(home, tmp_path / "out", "--preset", "one", "--samples", small.out) as other,
        OscClient(other.port) as osc,
    ):
        osc.ask("/recall", 3, str(take), answers="/done")
        before = wavs.samples(other.live(3))
        assert osc.render(3).address == "/sound"
        assert np.abs(wavs.samples(other.live(3)) - before).max() <= 1e-5


def test_steps_set_to_the_default_are_taken_at_their_word(small: Daemon, little: OscClient) -> None:
    little.send("/pad/1/solver", "ddim")
    shown = little.ask("/pad/1/steps").values[0]
    little.ask("/preset/load", "bb", answers="/done")
    little.ask("/sync", 7, answers="/synced")
    (presets(small.home) / "plain.yaml").write_text("pads:\n  1: {clap: 1, seed: 2, solver: ddim}\n")
    little.ask("/preset/load", "plain", answers="/done")
    little.ask("/sync", 8, answers="/synced")
    default = little.ask("/pad/1/steps").values[0]
    little.send("/pad/1/steps", default)
    little.render(1)
    assert wavs.recipe(small.live(1))["hit"]["steps"] == default, f"not what the model takes by itself ({shown})"


def test_the_end_of_the_terminal_is_an_orderly_end(tmp_path: Path) -> None:
    home = user(tmp_path / "home", aa="pads:\n  1: {kick: 1, steps: 1, seed: 1}\n")
    daemon = Daemon(home, tmp_path / "out", "--preset", "aa")
    with OscClient(daemon.port) as osc:
        osc.send("/pad/1/name", "Late")
        osc.barrier()
    daemon.stop(signal.SIGHUP)
    assert yaml.safe_load((presets(home) / "last.yaml").read_text())["pads"][1]["name"] == "Late"


def test_sources_that_no_kit_names_are_taken_away_and_those_of_others_are_not(tmp_path: Path) -> None:
    names = [f"{number:064x}" for number in range(4)]
    home = user(tmp_path / "home", one=f"pads: {{}}  # sha256:{names[0]}\n")
    known = controls(read_spec(find_model("default")))
    sources = presets(home) / "sources"
    for name in names[:3]:
        with Library(known, presets(home)).sources.appearing(sources / f"{name}.wav") as staged:
            staged.write_bytes(b"")
            os.utime(staged, (0, 0) if name != names[2] else None)
    for name in (names[3], "mine"):
        (sources / f"{name}.wav").write_bytes(b"of somebody else")
        os.utime(sources / f"{name}.wav", (0, 0))
    Library(known, presets(home)).drop_sources()
    assert {file.stem for file in sources.iterdir()} == {names[0], names[2], names[3], "mine"}
