"""The open kit edited in another program: taken over as it is saved, whichever way an editor saves."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from rig import wavs
from rig.daemon import Daemon, presets, until
from rig.osc import OscClient

TEXT = "pads:\n  1: {kick: 1, steps: 2, seed: 11}\n  2: {name: Crack, snare: 1, steps: 2, seed: 12}\n"


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def renamed(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text)
    os.replace(beside, path)


def truncated(path: Path, text: str) -> None:
    with path.open("r+") as file:
        file.truncate(0)
        os.fsync(file.fileno())
        file.write(text)


def created(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


@pytest.fixture(scope="module")
def editing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    home = tmp_path_factory.mktemp("editing")
    presets(home).mkdir(parents=True)
    (presets(home) / "mine.yaml").write_text(TEXT)
    with Daemon(home, tmp_path_factory.mktemp("editing_out"), "--preset", "mine") as running:
        yield running


@pytest.fixture
def kit(editing: Daemon) -> Path:
    return presets(editing.home) / "mine.yaml"


@pytest.fixture
def osc(editing: Daemon, kit: Path) -> Iterator[OscClient]:
    """A subscriber; the kit `mine` is open as at first."""
    with OscClient(editing.port) as client:
        kit.write_text(TEXT)
        client.ask("/preset/load", "mine", answers="/done")
        client.ask("/sync", 0, answers="/synced")
        client.ask("/notify", 1, answers="/done")
        client.barrier()
        yield client
        client.ask("/notify", 0, answers="/done")


def done(osc: OscClient) -> int:
    value = osc.ask("/status", answers="/status.reply").values[3]
    assert isinstance(value, int)
    return value


def taken_over(osc: OscClient) -> None:
    answer = osc.wait_for("/done", "/fail")
    assert answer.values == ("/driftkit/preset/load", "mine")
    osc.ask("/sync", 1, answers="/synced")


@pytest.mark.parametrize("save", [in_place, renamed, truncated, created])
def test_a_saved_edit_is_taken_over_and_only_the_pad_that_it_concerns_is_rendered(
    editing: Daemon, kit: Path, osc: OscClient, save: Callable[[Path, str], None]
) -> None:
    before, rendered = editing.live(1).read_bytes(), done(osc)
    save(kit, TEXT.replace("seed: 12", "seed: 99, clap: 0.5") + "  3: {tom: 1, steps: 2, seed: 13}\n")
    taken_over(osc)
    assert osc.ask("/pad/2/clap").values == (0.5,)
    assert wavs.recipe(editing.live(2))["hit"]["seed"] == 99 and wavs.recipe(editing.live(3))["hit"]["seed"] == 13
    assert editing.live(1).read_bytes() == before and done(osc) == rendered + 2


def test_a_pad_taken_out_of_the_kit_is_empty_and_a_new_name_needs_no_render(
    editing: Daemon, kit: Path, osc: OscClient
) -> None:
    rendered = done(osc)
    kit.write_text("pads:\n  2: {name: Smack, note: 40, snare: 1, steps: 2, seed: 12}\n")
    taken_over(osc)
    assert not editing.live(1).exists() and wavs.texts(editing.live(2))["INAM"] == "Smack"
    assert done(osc) == rendered


def test_a_knob_that_was_turned_by_hand_stays_where_the_file_says_nothing_new(kit: Path, osc: OscClient) -> None:
    osc.send("/pad/1/guidance", 3)
    kit.write_text(TEXT.replace("Crack", "Crash"))
    taken_over(osc)
    assert osc.ask("/pad/1/guidance").values == (3,) and osc.ask("/pad/2/name").values == ("Crash",)


def test_a_wrong_kit_is_said_once_and_the_old_one_plays_on(editing: Daemon, kit: Path, osc: OscClient) -> None:
    said = editing.stderr.count("guidence")
    kit.write_text(TEXT + "  3:\n    guidence: 2\n")
    answer = osc.wait_for("/done", "/fail")
    sentence = f"{kit}, line 5: guidence is not a control; did you mean guidance?"
    assert (answer.address, *answer.values) == ("/fail", "/driftkit/preset/load", sentence)
    assert osc.ask("/pad/1/kick").values == (1,) and wavs.recipe(editing.live(1))["hit"]["seed"] == 11
    kit.write_text(TEXT + "  3: {tom: 1, steps: 2}\n")
    taken_over(osc)
    assert osc.ask("/pad/3/tom").values == (1,)
    assert editing.stderr.count("guidence") == said + 1


def test_a_control_edited_beside_a_saved_recipe_makes_a_new_sound(editing: Daemon, kit: Path, osc: OscClient) -> None:
    osc.ask("/preset/save", "mine", answers="/done")
    tree = yaml.safe_load(kit.read_text())
    tree["pads"][1]["seed"] = 77
    kit.write_text(yaml.safe_dump(tree))
    osc.wait_for("/done", where=lambda answer: answer.values[0] == "/driftkit/preset/load")
    osc.ask("/sync", 1, answers="/synced")
    assert wavs.recipe(editing.live(1))["hit"]["seed"] == 77


def test_ones_own_saves_and_the_session_are_not_taken_for_edits(editing: Daemon, kit: Path, osc: OscClient) -> None:
    last = kit.with_name("last.yaml")
    osc.send("/pad/1/guidance", 4)
    osc.ask("/preset/save", "mine", answers="/done")
    until(lambda: last.exists() and "guidance: 4" in last.read_text(), "the session is saved")
    last.write_text("pads: {1: {kick: 0.5}}\n")
    osc.heard.clear()
    kit.write_text(kit.read_text().replace("Crack", "Bang"))  # an edit after all that, to wait for
    taken_over(osc)
    loads = [a for a in osc.heard if a.address == "/done" and a.values[0] == "/driftkit/preset/load"]
    assert len(loads) == 1 and osc.ask("/pad/1/kick").values == (1,)


def test_a_session_knows_its_kit_after_a_restart(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    presets(home).mkdir(parents=True)
    for name in ("mine", "next"):
        (presets(home) / f"{name}.yaml").write_text(TEXT)
    with Daemon(home, out, "--preset", "mine") as first, OscClient(first.port) as osc:
        osc.ask("/sync", 1, answers="/synced")
        osc.render(1, seed=5)
    with Daemon(home, out) as second, OscClient(second.port) as osc:
        assert osc.ask("/status", answers="/status.reply").values[10] == "mine"
        rendered = done(osc)
        osc.ask("/notify", 1, answers="/done")
        (presets(home) / "mine.yaml").write_text(TEXT.replace("Crack", "Bang"))
        taken_over(osc)
        assert osc.ask("/pad/2/name").values == ("Bang",) and done(osc) == rendered
        assert wavs.recipe(second.live(1))["hit"]["seed"] == 5, "what the edit does not concern stays"
        assert osc.ask("/preset/next", answers="/done").values == ("/driftkit/preset/next", "next")
