"""Which knob moves what: targets, the map of the table, of the user and of a kit, learn and forget."""

from pathlib import Path

import pytest

from driftkit.daemon.kits.library import parse_kit, to_yaml
from driftkit.daemon.pads.midi_map import (
    MapFile,
    Target,
    UserMap,
    defaults,
    effective,
    entry_mistake,
    forgotten,
    learned,
    parse_target,
)
from driftkit.daemon.pads.surfaces import controls, describe
from driftkit.sampler.errors import Error
from driftkit.sampler.spec import find_model, read_spec

CONTROLS = controls(read_spec(find_model("default")))
TABLE = defaults(CONTROLS)


def test_the_default_map_is_the_table() -> None:
    for row in describe(CONTROLS):
        turnable = row["kind"] != "text" and row["name"] != "length_ms"
        assert (TABLE.get(f"nrpn {row['row']}") == row["name"]) == turnable
        if row["cc"] is not None:
            assert TABLE[str(row["cc"])] == row["name"]
    assert not [wrong for wrong in (entry_mistake(s, t, CONTROLS) for s, t in TABLE.items()) if wrong]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("guidance", Target("guidance")),
        ("pad/16/kick", Target("kick", 16)),
        ("select/3", Target("select", 3, action=True)),
        ("preset/next", Target("preset/next", action=True)),
        ("undo", Target("undo", action=True)),
    ],
)
def test_a_target_by_name(text: str, target: Target) -> None:
    assert parse_target(text, CONTROLS) == target


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("guidence", "did you mean guidance?"),
        ("rendr", "did you mean render?"),
        ("pad/17/kick", "pad is '17'; it must be from 1 to 16"),
        ("select/0", "it must be from 1 to 16"),
        ("pad/1/name", "name cannot be moved by a knob"),
        ("length_ms", "length_ms cannot be moved by a knob"),
        ("a/b/c/d", "must be NAME, pad/N/NAME or an action"),
        ("", "is neither a control nor an action"),
    ],
)
def test_another_word_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Error) as told:
        parse_target(text, CONTROLS)
    assert sentence in str(told.value)


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("0", "kick", "CC 0 is bank select"),
        ("6", "kick", "data entry"),
        ("123", "kick", "channel mode"),
        ("128", "kick", "from 0 to 127"),
        ("nrpn 16383", "kick", "from 0 to 16382"),
        ("foot", "kick", "'foot' is not a knob"),
        ("20", 5, "the target of CC 20 is 5"),
        ("20", "kik", "did you mean"),
        ("20", "none", ""),
        ("20", "conga", ""),  # a class of another model
    ],
)
def test_an_entry_of_a_map_is_checked(source: str, target: object, sentence: str) -> None:
    wrong = entry_mistake(source, target, CONTROLS)
    assert sentence in wrong and bool(sentence) == bool(wrong)


def test_the_kit_lies_over_the_user_and_the_user_over_the_table() -> None:
    laid = effective(TABLE, {"20": "snare", "21": "none"}, {"20": "pad/2/kick", "22": "vibraslap"}, controls=CONTROLS)
    assert laid["20"] == Target("kick", 2) and "21" not in laid and "22" not in laid
    assert laid["23"] == Target("guidance")


def test_learn_moves_a_target_to_its_knob_and_forget_takes_it_from_all() -> None:
    user = learned(UserMap({}, select_on_play=True), TABLE, "74", "kick")
    assert user == UserMap({"20": "none", "74": "kick"}, select_on_play=True)
    user = learned(user, TABLE, "75", "kick")
    assert user.map == {"20": "none", "75": "kick"}
    user = learned(user, TABLE, "20", "kick")
    assert effective(TABLE, user.map, controls=CONTROLS)["20"] == Target("kick") and "75" not in user.map
    user = forgotten(user, TABLE, "kick")
    laid = effective(TABLE, user.map, controls=CONTROLS)
    assert [source for source, target in laid.items() if target == Target("kick")] == ["nrpn 1"]
    assert forgotten(user, TABLE, "kick") == user


def test_the_users_map_is_written_and_read_back(tmp_path: Path) -> None:
    file = MapFile(tmp_path / "deep" / "midi.yaml", CONTROLS)
    assert file.read() == UserMap({})
    user = UserMap({"74": "pad/3/guidance", "nrpn 300": "render", "20": "none"}, select_on_play=True)
    file.write(user)
    assert file.read() == user and [p.name for p in file.path.parent.iterdir()] == ["midi.yaml"]


def test_comments_of_the_users_are_kept_beside_and_a_link_is_followed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    real, text = tmp_path / "dotfiles.yaml", "map:\n  20: guidance  # the big knob\n"
    real.write_text(text)
    (tmp_path / "midi.yaml").symlink_to(real)
    file = MapFile(tmp_path / "midi.yaml", CONTROLS)
    for source in ("21", "22"):
        file.write(learned(file.read(), TABLE, source, "variation"))
    assert (tmp_path / "midi.yaml").is_symlink() and file.read().map["22"] == "variation"
    assert {path.name for path in tmp_path.iterdir()} == {"midi.yaml", "dotfiles.yaml", "dotfiles.yaml.before"}
    assert (tmp_path / "dotfiles.yaml.before").read_text() == text and "without its comments" in caplog.text


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "midi.yaml").symlink_to(tmp_path / "midi.yaml")
    with pytest.raises(Error, match=r"the MIDI map .*midi\.yaml cannot be saved: "):
        MapFile(tmp_path / "midi.yaml", CONTROLS).write(UserMap({}, False))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("map: {20: guidence}", "did you mean guidance?"),
        ("map: {6: kick}", "CC 6 is data entry"),
        ("mapp: {}", "did you mean map?"),
        ("map: [1]", "it must be a table"),
        ("- 1", "is a table with the keys"),
        ("select_on_play: maybe", "it must be true or false"),
        ("map: {20: [", "this is not YAML"),
        ("map: !!python/object/apply:os.getcwd []", "this is not YAML"),
    ],
)
def test_a_wrong_map_is_refused_and_left_as_it_is(tmp_path: Path, text: str, sentence: str) -> None:
    file = MapFile(tmp_path / "midi.yaml", CONTROLS)
    file.path.write_text(text)
    with pytest.raises(Error) as told:
        file.read()
    assert sentence in str(told.value) and str(file.path) in str(told.value)
    assert file.path.read_text() == text


def test_a_kit_keeps_its_knobs_and_names_the_line_of_a_wrong_one() -> None:
    text = "midi: {20: pad/2/kick, nrpn 7: none}\npads:\n  1: {kick: 1}\n"
    kit = parse_kit(text, "test", "kit.yaml", CONTROLS)
    assert kit.midi == {"20": "pad/2/kick", "nrpn 7": "none"}
    assert parse_kit(to_yaml(kit), "test", "kit.yaml", CONTROLS) == kit
    with pytest.raises(Error, match=r"kit.yaml, line 3: guidence is neither.*did you mean guidance"):
        parse_kit("pads: {}\nmidi:\n  20: guidence\n", "test", "kit.yaml", CONTROLS)
