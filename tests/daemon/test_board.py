"""The board, and that every surface knows every control: one table, nothing written twice."""

import dataclasses
import json
from pathlib import Path

import pytest

from driftkit.daemon.cli.options import render_rows
from driftkit.daemon.inputs.osc.commands import COMMANDS
from driftkit.daemon.pads.board import Board
from driftkit.daemon.pads.surfaces import controls, describe, kit_schema, markdown
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.spec import find_model, read_spec

SPEC = read_spec(find_model("default"))
CONTROLS = controls(SPEC)
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def board() -> Board:
    return Board(CONTROLS)


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_is_on_every_surface(board: Board, name: str) -> None:
    row = CONTROLS[name]
    (told,) = [told for told in describe(CONTROLS) if told["name"] == name]
    assert told["osc"] == f"/driftkit/pad/N/{name}" and told["doc"] == row.doc and row.doc.endswith(".")
    schema = kit_schema(CONTROLS)["properties"]["pads"]["additionalProperties"]["properties"]
    assert schema[name]["description"] == row.doc
    assert f"| `{name}` |" in markdown(CONTROLS)
    assert row.check(board.get(16, name)) == board.get(16, name), "its default is a value that it takes"
    assert name not in COMMANDS
    assert row.render == (name in render_rows() or name in ("task", "source_a", "source_b"))


def test_the_committed_documents_are_the_generated_ones() -> None:
    assert (DOCS / "controls.md").read_text() == markdown(CONTROLS)
    assert json.loads((DOCS / "kit.schema.json").read_text()) == kit_schema(CONTROLS)


def test_row_numbers_and_ccs_are_used_once() -> None:
    told = describe(CONTROLS)
    assert [row["row"] for row in told] == list(range(len(CONTROLS)))
    ccs = [row["cc"] for row in told if row["cc"] is not None]
    assert len(ccs) == len(set(ccs)) and [CONTROLS[name].cc for name in SPEC.classes[:3]] == [20, 21, 22]


def test_every_class_of_the_model_is_a_control() -> None:
    assert set(SPEC.classes) <= set(CONTROLS) and {"kick", "snare", "cymbal"} <= set(SPEC.classes)


def test_set_tells_of_changes_only(board: Board) -> None:
    moved = []
    board.on_change.append(lambda pad, name: moved.append((pad, name)))
    assert board.set(1, "kick", 0.5) and not board.set(1, "kick", 0.5) and not board.set(1, "kick", "0.5")
    with pytest.raises(Error):
        board.set(1, "kick", 2)
    assert moved == [(1, "kick")] and board.get(1, "kick") == 0.5 and board.get(2, "kick") == 0


def test_a_pad_has_its_own_note_until_one_is_set(board: Board) -> None:
    assert [board.get(pad, "note") for pad in (1, 16)] == [36, 51]
    board.set(2, "note", 36)
    assert board.notes()[36] == 1, "of two pads with a note, the lower has it"
    board.set(1, "note", 60)
    assert board.notes()[36] == 2 and board.notes()[60] == 1


def test_replace_sets_what_is_given_and_clears_the_rest(board: Board) -> None:
    board.set(3, "kick", 1)
    moved = set()
    board.on_change.append(lambda pad, name: moved.add(name))
    board.replace(3, {"snare": 1, "vibraslap": 0.5})
    assert (board.get(3, "kick"), board.get(3, "snare")) == (0, 1) and moved == {"kick", "snare"}
    with pytest.raises(Error, match="kick is 2"):
        board.replace(3, {"tom": 1, "kick": 2})
    assert board.get(3, "snare") == 1, "refused as a whole"


def test_a_snapshot_leaves_out_classes_that_the_model_lacks(board: Board) -> None:
    board.replace(3, {"snare": 1.0, "vibraslap": 0.5})
    hit, strange = board.snapshot(3)
    assert dict(hit.classes) == {"snare": 1.0} and strange == ["vibraslap"]
    assert board.pad(3).values["vibraslap"] == 0.5, "they stay in the kit"


def test_adopt_takes_the_knobs_of_a_hit_and_keeps_the_players(board: Board) -> None:
    board.replace(4, {"kick": 1.0, "name": "Mine", "variation": 0.2})
    board.adopt(4, Hit(snare=0.75, seed=9, steps=5))
    wanted = {"kick": 0, "snare": 0.75, "seed": 9, "steps": 5, "name": "Mine", "variation": 0.5}
    assert {name: board.get(4, name) for name in wanted} == wanted


def test_a_locked_seed_is_the_last_used(board: Board) -> None:
    board.set(5, "lock_seed", 1)
    assert board.snapshot(5)[0].seed == -1
    board.pad(5).last_seed = 77
    assert board.snapshot(5)[0].seed == 77
    board.set(5, "seed", 5)
    assert board.snapshot(5)[0].seed == 5


@pytest.mark.parametrize("pad", [0, 17, -1])
def test_a_pad_that_is_none_is_refused(board: Board, pad: int) -> None:
    with pytest.raises(Error, match=f"^pad is {pad}; it must be from 1 to 16$"):
        board.pad(pad)


SHORT = dataclasses.replace(SPEC, classes=("kick", "zap"), length=SPEC.length // 2, steps=5)


def test_another_models_table_takes_the_place_of_the_first_and_what_the_pads_hold_stays(board: Board) -> None:
    told = []
    board.on_reshape.append(lambda: told.append(list(board.controls)))
    board.replace(2, {"snare": 0.5, "kick": 0.25, "inpaint_end_ms": 700.0, "decay_ms": 600.0, "guidance": 3.0})
    board.reshape(controls(SHORT))
    assert told == [list(controls(SHORT))]
    length = SHORT.length_ms
    wanted = {"zap": 0, "kick": 0.25, "inpaint_end_ms": length, "decay_ms": length, "guidance": 3, "steps": 5}
    assert {name: board.get(2, name) for name in wanted} == wanted
    with pytest.raises(Error, match="snare is not a control"):
        board.get(2, "snare")
    hit, strange = board.snapshot(2)
    assert (
        dict(hit.classes) == {"kick": 0.25} and hit.inpaint_end_ms == length and strange == ["snare", "inpaint_end_ms"]
    )
    with pytest.raises(Error, match=f"inpaint_end_ms is 700; it must be from 0 to {length} ms"):
        board.set(2, "inpaint_end_ms", 700)
    board.reshape(CONTROLS)
    assert (board.get(2, "snare"), board.get(2, "inpaint_end_ms"), board.get(2, "decay_ms")) == (0.5, 700, 600)


def test_what_a_model_cannot_take_is_named_once_for_each_model(board: Board, caplog: pytest.LogCaptureFixture) -> None:
    board.replace(2, {"vibraslap": 0.5, "inpaint_end_ms": 700.0})
    board.reshape(controls(SHORT))
    for _ in range(2):
        board.remark(board.snapshot(2)[1], "short")
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "the model short does not have the class vibraslap; what pads say beyond that is kept",
        f"the model short takes only inpaint_end_ms from 0 to {SHORT.length_ms} ms; what pads say beyond that is kept",
    ]
    board.remark(["snare", "tom", "snare"], "shorter")
    assert "the model shorter does not have the class snare, tom; " in caplog.text


def test_a_recipe_of_another_model_is_adopted_as_far_as_it_fits(board: Board) -> None:
    length = SPEC.length_ms
    board.reshape(controls(SHORT))
    board.adopt(1, Hit(task="inpaint", snare=1, inpaint_start_ms=50, inpaint_end_ms=length, length_ms=length, steps=9))
    assert (board.get(1, "steps"), board.get(1, "inpaint_start_ms")) == (9, 50)
    assert board.get(1, "inpaint_end_ms") == board.get(1, "length_ms") == SHORT.length_ms
    assert board.pad(1).values["snare"] == 1 and "length_ms" not in board.pad(1).values
