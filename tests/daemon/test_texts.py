"""Text from people and programs: every way of writing it is read, or refused with the file and the line.

Each case runs with both parsers, since PyYAML has the one in C only where it was built with it.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from driftkit.daemon import effects
from driftkit.daemon.kits.library import SHIPPED, Kit, read_kit
from driftkit.daemon.pads.midi_map import MapFile
from driftkit.daemon.pads.surfaces import controls, kit_schema
from driftkit.daemon.reading import texts
from driftkit.sampler.errors import Error
from driftkit.sampler.spec import find_model, read_spec

CONTROLS = controls(read_spec(find_model("default")))


@pytest.fixture(params=["C", "Python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "C" and not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML was built without libyaml here")
    monkeypatch.setattr(texts, "LOADER", yaml.CSafeLoader if request.param == "C" else texts.Plain)
    yield


def kit(tmp_path: Path, text: str | bytes) -> Kit:
    path = tmp_path / "kit.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_kit(path, CONTROLS)


PADS = "name: mine\npads:\n  1: {kick: 1}\n"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("note: 036", {"note": 36}),  # decimal as written
        ("note: 0o44, seed: 0x10", {"note": 36, "seed": 16}),
        ("seed: 010", {"seed": 10}),
        ("kick: 1e0, decay_ms: 5e2, gain_db: -3e0", {"kick": 1, "decay_ms": 500, "gain_db": -3}),
        ("kick: 1.0e+0", {"kick": 1}),
        ("kick: .5", {"kick": 0.5}),
        ("pitch_semitones: +3, gain_db: +1.5", {"pitch_semitones": 3, "gain_db": 1.5}),
        ('kick: "0.5"', {"kick": 0.5}),
        ("kick: true, lock_seed: true, audition: false", {"kick": 1, "lock_seed": 1, "audition": 0}),
        ("auto_render: off, name: No", {"auto_render": "off", "name": "No"}),
        ("name: yes", {"name": "yes"}),
        ("name: 808", {"name": "808"}),
        ("name: 036", {"name": "036"}),  # a text is what is written
        ("name: 1.50", {"name": "1.50"}),
        ("name: 1e3", {"name": "1e3"}),
        ("name: 0x808", {"name": "0x808"}),
        ("name: 1:30", {"name": "1:30"}),
        ("name: 1_000", {"name": "1_000"}),
        ("name: true", {"name": "true"}),
        ("name: 2024-01-02", {"name": "2024-01-02"}),
        ("name: =", {"name": "="}),
        ("name: , kick: ~, steps: null", {}),
        ("name: !!str 808", {"name": "808"}),
        ("name: “Kick”", {"name": "“Kick”"}),
        ('name: "🥁 boom"', {"name": "🥁 boom"}),
        ("effects: [\t{plugin: gain}\t]", {"effects": '[{"plugin": "gain"}]'}),
        ("effects: [\n\t{plugin: gain,\n\tgain_db:\t1}\n\t]", {"effects": '[{"plugin": "gain", "gain_db": 1.0}]'}),
    ],
)
def test_a_value_is_what_is_written(tmp_path: Path, text: str, values: dict[str, object]) -> None:
    assert kit(tmp_path, f"pads:\n  1: {{{text}}}\n").pads[1].values == values


@pytest.mark.parametrize(("key", "number"), [("01", 1), ("08", 8), ("010", 10), ('"1"', 1), ("'016'", 16)])
def test_a_pad_is_decimal_as_written(tmp_path: Path, key: str, number: int) -> None:
    assert set(kit(tmp_path, f"pads:\n  {key}: {{kick: 1}}\n").pads) == {number}


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + PADS.encode(),
        PADS.encode("utf-16"),
        b"\xfe\xff" + PADS.encode("utf-16-be"),
        PADS.replace("\n", "\r\n").encode(),
        PADS.replace("\n", "\r").encode(),
        b"%YAML 1.2\n---\n" + PADS.encode(),
        b"---\n" + PADS.encode() + b"...\n",
        b"# a comment\n\n" + PADS.encode() + b"\t\n# the end",
        PADS.replace(": {", ":\t{").encode(),
        b'{"name": "mine",\n\t"pads": {\n\t\t"1": {"kick": 1}\n\t}\n}',
        b"name: mine\npads:\n  1: &k {kick: 1}\n",
        b"about: |\n  two\n  lines\nname: mine\npads:\n  1: {kick: 1}\n",
    ],
)
def test_a_file_of_any_editor_is_read(tmp_path: Path, data: bytes) -> None:
    assert kit(tmp_path, data).pads[1].values == {"kick": 1}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"name: Schl\xe4ge\npads:\n  1: {kick: 1}\n", 1, "this is not UTF-8; save the file as UTF-8 text"),
        (b"name: a\npads:\n  1: {name: \xe4}\n", 3, "this is not UTF-8"),
        ("pads:\n\t1: {kick: 1}\n", 2, "a tab stands where spaces must; indent with spaces"),
        ("pads:\n\u00a0 1: {kick: 1}\n", 2, "a space is U+00A0; indent with plain spaces"),
        ("name: a\0b\npads: {}\n", 1, "the character U+0000 is not allowed"),
        ("pads:\n  1: {name: \u202b\x1b}\n", 2, "the character U+001B is not allowed"),
        ("pads:\n  1: &k {kick: 1}\n  2: *k\n", 3, "aliases (*name) are not allowed; write the values out"),
        ("b: &b {kick: 1}\npads:\n  1: {<<: *b}\n", 3, "aliases (*name) are not allowed"),
        ("pads:\n  1: {name: !!binary aGk=}\n", 2, "the tag tag:yaml.org,2002:binary is not allowed"),
        ("pads: !!set {1, 2}\n", 1, "the tag tag:yaml.org,2002:set is not allowed"),
        ("!!python/object/apply:os.system ['true']\n", 1, "is not allowed"),
        ("---\npads: {}\n---\nname: b\n", 3, "a second document begins here; keep one of them"),
        ("pads:\n  1: {kick: 1}\n  01: {snare: 1}\n", 3, "pad 1 is given twice; keep one of them"),
        ('pads:\n  1: {kick: 1}\n  "1": {snare: 1}\n', 3, "1 is given twice; keep one of them"),
        ("pads:\n  0x1: {kick: 1}\n", 2, "pad is 0x1; it must be from 1 to 16"),
        ("pads:\n  - {kick: 1}\n", 1, "it must be a table, as 1: {kick: 1}"),
        ('pads:\n  1: {kick: "0,5"}\n', 2, "kick is '0,5'; it must be a number from 0 to 1"),
        ("pads:\n  1: {note: 1:30}\n", 2, "note is '1:30'; it must be a whole number from 0 to 127"),
        ("pads:\n  1: {gain_db: 1e999}\n", 2, "gain_db is inf; it must be from -60 to 12 dB"),
        ("pads:\n  1: {gain_db: -.inf}\n", 2, "gain_db is -inf; it must be"),
        ("pads:\n  1: {kick: .NaN}\n", 2, "kick is nan; it must be"),
        ("pads:\n  1: {seed: " + "9" * 5000 + "}\n", 2, "seed is inf; it must be from -1 to 16777215"),
        ("# nothing\n", 1, "a kit is a table with the key pads"),
        ("", 1, "a kit is a table with the key pads"),
        ("pads: {1: {kick: 1}", None, "this is not YAML"),
        ("pads:\n  1: {kick: 'a}\n", None, "this is not YAML"),
        ("pads:\n  1: {kick: @}\n", 2, "this is not YAML"),
        ("pads:\n  1: kick: 1\n", 2, "this is not YAML"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, text: str | bytes, line: int | None, words: str
) -> None:
    with pytest.raises(Error) as refused:
        kit(tmp_path, text)
    said = str(refused.value)
    assert said.startswith(f"{tmp_path / 'kit.yaml'}, line {line or ''}") and words in said and "\n" not in said


HOSTILE = {
    "brackets": "[" * 1000,
    "braces": "{a: " * 250,
    "brackets in lines": "[\n" * 500,
    "brackets behind a quote that is none": "a: rock 'n\nb: " + "[" * 900,
    "pairs": "[]" * 450,
    "question marks": "? " * 480,
    "minuses": "- " * 480,
    "anchors": "&a " * 300,
    "tags": "!a " * 300,
    "a long key": "a" * 999,
    "quotes": "'" * 999,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_of_a_control_keeps_the_others_waiting(text: str) -> None:
    started = time.process_time()
    with pytest.raises(Error):
        effects.parse(text)
    assert time.process_time() - started < 0.3, "of 1 kB, where brackets alone took longer before"


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? ", "[],", "a: [\n"])
def test_no_kit_keeps_its_reader_waiting_for_ever(tmp_path: Path, unit: str) -> None:
    started = time.process_time()
    with pytest.raises(Error):
        kit(tmp_path, (unit * 500_000)[: 500 * 1024])
    assert time.process_time() - started < 20


def test_a_text_is_measured_before_it_is_read() -> None:
    with pytest.raises(Error, match="effects has 1001 characters; it must be a text of at most 1000 characters"):
        effects.parse("a" * 1001)
    with pytest.raises(Error, match="more than 32 brackets are opened"):
        effects.parse("[" * 33)


def test_json_with_tabs_is_a_chain_of_effects() -> None:
    assert effects.parse('[\n\t{"plugin": "gain",\n\t"gain_db": 1}\n]') == '[{"plugin": "gain", "gain_db": 1.0}]'


def test_the_users_map_is_read_as_kits_are(tmp_path: Path) -> None:
    file = tmp_path / "midi.yaml"
    file.write_bytes(b"\xef\xbb\xbfmap:\r\n  20: guidance\r\n  nrpn 5: steps\r\n")
    assert MapFile(file, CONTROLS).read().map == {"20": "guidance", "nrpn 5": "steps"}
    file.write_bytes(b"map:\n  20: \xe4\n")
    with pytest.raises(Error, match=r"midi\.yaml, line 2: this is not UTF-8"):
        MapFile(file, CONTROLS).read()


def test_the_schema_for_editors_takes_the_shipped_kits_and_refuses_a_slip() -> None:
    check = jsonschema.Draft202012Validator(kit_schema(CONTROLS))
    for path in SHIPPED.glob("*.yaml"):
        assert not list(check.iter_errors(json.loads(json.dumps(yaml.safe_load(path.read_text())))))
    for wrong in ({"pads": {"17": {}}}, {"pads": {"1": {"kick": 2}}}, {"pad": {}}, {"pads": {}, "program": 0}):
        assert list(check.iter_errors(wrong))
