"""Kits as text: what is read, what is refused and in which words, and that writing and reading is the identity."""

import re
from pathlib import Path

import pytest

from driftkit.daemon.kits.library import SHIPPED, Kit, Library, PadKit, parse_kit, read_kit, to_yaml
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.spec import find_model, read_spec

CONTROLS = controls(read_spec(find_model("default")))
KITS = sorted(SHIPPED.glob("*.yaml"))


def parse(text: str) -> Kit:
    return parse_kit(text, "test", "kit.yaml", CONTROLS)


@pytest.mark.parametrize("path", KITS, ids=lambda path: path.stem)
def test_a_shipped_kit_is_whole(path: Path) -> None:
    kit = read_kit(path, CONTROLS)
    assert kit.name == path.stem and kit.about and set(kit.pads) == set(range(1, 17))
    assert len({pad.values["name"] for pad in kit.pads.values()}) == 16, "every pad has a name of its own"
    assert all(key in CONTROLS for pad in kit.pads.values() for key in pad.values), "and fits the default model"


def test_shipped_kits_differ_and_have_programs_of_their_own() -> None:
    kits = [read_kit(path, CONTROLS) for path in KITS]
    assert len(kits) >= 3 and len({kit.program for kit in kits}) == len(kits)
    sounds = [{n: Hit(**_render(pad)) for n, pad in kit.pads.items()} for kit in kits]
    assert all(a[n] != b[n] for i, a in enumerate(sounds) for b in sounds[:i] for n in a)


def _render(pad: PadKit) -> dict[str, object]:
    return {name: value for name, value in pad.values.items() if CONTROLS[name].render}


def test_writing_and_reading_a_kit_gives_it_back() -> None:
    hit = Hit(kick=0.1, seed=5, steps=3, inpaint_end_ms=998.458, model="default@0123456789abcdef")
    kit = Kit(
        "full",
        {
            1: PadKit({"name": "№ 1: 'x' \"y\" # -", "kick": 1 / 3}, hit, 0.8004820943935338, "live/01.wav"),
            7: PadKit({"source_a": "pad:1", "task": "vary", "variation": 1e-05}),
            16: PadKit({"vibraslap": 0.25, "name": "yes"}),
        },
        model="default",
        about="all of it",
        program=9,
    )  # fmt: skip
    assert parse_kit(to_yaml(kit), "full", "kit.yaml", CONTROLS) == kit


@pytest.mark.parametrize("path", KITS, ids=lambda path: path.stem)
def test_a_shipped_kit_survives_the_round_trip(path: Path) -> None:
    kit = read_kit(path, CONTROLS)
    assert parse_kit(to_yaml(kit), path.stem, "kit.yaml", CONTROLS) == kit


def test_a_kit_is_called_what_its_file_is_called() -> None:
    assert parse("name: other\npads: {}\n").name == "test"


@pytest.mark.parametrize("word", ["classes", "model"])
def test_a_word_that_a_hit_keeps_for_itself_is_no_class(word: str) -> None:
    with pytest.raises(Error, match=f"kit.yaml, line 2: {word} is not a control"):
        parse(f"pads:\n  1: {{{word}: 0.5}}\n")


@pytest.mark.parametrize("name", ["hihat", "snare_roll", "kick_808"])
def test_a_class_of_another_model_is_not_taken_for_a_misspelt_control(name: str) -> None:
    assert parse(f"pads:\n  1: {{{name}: 0.5}}\n").pads[1].values == {name: 0.5}


def test_a_class_that_this_model_lacks_is_kept() -> None:
    assert parse("pads:\n  1: {vibraslap: 0.5}\n").pads[1].values == {"vibraslap": 0.5}


def test_only_a_kit_that_names_its_model_may_go_beyond_the_limits_of_this_one() -> None:
    text = "pads:\n  1: {inpaint_end_ms: 1200}\n"
    with pytest.raises(Error, match=r"inpaint_end_ms is 1200; it must be from 0 to 998\.458 ms"):
        parse(text)
    assert parse("model: long\n" + text).pads[1].values == {"inpaint_end_ms": 1200}
    assert parse("model: long\npads:\n  1: {kicks: 1}\n").pads[1].values == {"kicks": 1}, "nor is its class a slip"
    with pytest.raises(Error, match="guidence is not a control; did you mean guidance"):
        parse("model: long\npads:\n  1: {guidence: 1}\n")
    with pytest.raises(Error, match="inpaint_end_ms is 90000; it must be from 0 to 10000 ms"):
        parse("model: long\n" + text.replace("1200", "90000"))


def test_an_empty_pad_and_a_kit_without_pads() -> None:
    assert parse("pads:\n  1:\n").pads == {1: PadKit()}
    assert parse("pads: {}\n").pads == {}


def test_words_that_yaml_takes_for_something_else_are_what_was_written() -> None:
    kit = parse("about: 808\npads:\n  1: {name: 808, auto_render: off, audition: 1}\n  2: {name: 9.5, source_a: 1}\n")
    assert kit.about == "808"
    assert kit.pads[1].values == {"name": "808", "auto_render": "off", "audition": 1}
    assert kit.pads[2].values == {"name": "9.5", "source_a": "1"}
    assert parse(to_yaml(kit)).pads == kit.pads


@pytest.mark.parametrize("name", ["studio", "pure"])
def test_a_closed_hat_cuts_an_open_one(name: str) -> None:
    pads = read_kit(SHIPPED / f"{name}.yaml", CONTROLS).pads.values()
    hats = [pad.values.get("choke") for pad in pads if "hihat_open" in pad.values or "hihat_closed" in pad.values]
    assert hats == [1, 1, 1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("pads:\n  1:\n    guidence: 2\n", "kit.yaml, line 3: guidence is not a control; did you mean guidance?"),
        ("pads:\n  1: {kick: 2}\n", "kit.yaml, line 2: kick is 2; it must be from 0 to 1"),
        ("pads:\n  1:\n    steps: 0\n", "kit.yaml, line 3: steps is 0; it must be from 1 to 400"),
        ("pads:\n  1:\n    kick: .nan\n", "kit.yaml, line 3: kick is nan; it must be from 0 to 1"),
        ("pads:\n  1:\n    kick: [1]\n", "kit.yaml, line 3: kick is [1]; it must be a number from 0 to 1"),
        ("pads:\n  1:\n    task: varry\n", "kit.yaml, line 3: task is 'varry'; did you mean vary?"),
        ("name: x\npad:\n  1: {}\n", "kit.yaml, line 2: pad is not a key of a kit; did you mean pads?"),
        ("pads:\n  1: {kick: 1}\n  1: {snare: 1}\n", "kit.yaml, line 3: 1 is given twice; keep one of them"),
        ("pads:\n  1:\n    kick: 1\n    kick: 0\n", "kit.yaml, line 4: kick is given twice; keep one of them"),
        ("pads:\n  1: {}\n  17: {}\n", "kit.yaml, line 3: pad is 17; it must be from 1 to 16"),
        ("pads:\n  1: {name: [a]}\n", "kit.yaml, line 2: name is ['a']; it must be a text of at most 1000 characters"),
        ("pads:\n  kick: {}\n", "kit.yaml, line 2: pad is kick; it must be from 1 to 16"),
        ("pads:\n  ? [1, 2]\n  : {kick: 1}\n", "kit.yaml, line 2: a key must be a word or a number"),
        ("\n" + "[" * 100_000, "kit.yaml: more than 400 brackets are opened; it must be less deep, or shorter"),
        ("- 1\n- 2\n", "kit.yaml, line 1: a kit is a table with the key pads"),
        ("", "kit.yaml, line 1: a kit is a table with the key pads"),
        ("just words", "kit.yaml, line 1: a kit is a table with the key pads"),
        (
            "pads:\n  1: &a {kick: 1}\n  2: *a\n",
            "kit.yaml, line 3: aliases (*name) are not allowed; write the values out",
        ),
    ],
)
def test_a_mistake_is_refused_word_for_word_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(Error, match=f"^{re.escape(sentence)}$"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pads:\n  1: kick\n", "kit.yaml, line 2: pad 1 is 'kick'; it must be a table, as {kick: 1}"),
        ("pads: 5\n", "kit.yaml, line 1: pads is 5; it must be a table, as 1: {kick: 1}"),
        ("name: x\n", "kit.yaml, line 1: there is no key pads"),
        ("program: 200\npads: {}\n", "kit.yaml, line 1: program is 200; it must be from 1 to 128"),
        ("pads:\n  1: {vibraslap: 7}\n", "kit.yaml, line 2: vibraslap is 7; it must be from 0 to 1"),
        ("pads:\n  1: {Vibraslap: 1}\n", "Vibraslap is not a control"),
        ("pads: {1: {kick: 1}\n", "this is not YAML"),
        ("pads:\n\t1: x\n", "this is not YAML"),
        ("pads: !!python/object/apply:os.system ['true']\n", "this is not YAML"),
        ("a: \0", "kit.yaml, line 1: the character U+0000 is not allowed"),
        ("pads:\n  1:\n    hit: {kick: 5}\n", "kit.yaml, line 3: the hit of this pad is damaged: kick is 5"),
        ("pads:\n  1:\n    hit: 5\n", "kit.yaml, line 3"),
        ("pads:\n  1:\n    hit: {1: 2}\n", "kit.yaml, line 3: the hit of this pad is damaged"),
        ("pads:\n  1:\n    file: [5]\n", "kit.yaml, line 3: file is [5]; it must be a text"),
        ("pads:\n  1: " + "[" * 17, "kit.yaml, line 2: this is nested more than 16 deep"),
        ("midi: 5\npads: {}\n", "kit.yaml, line 1: midi is 5; it must be a table, as 20: guidance"),
        ("name: [a]\npads: {}\n", "kit.yaml, line 1: name is ['a']; it must be a text"),
    ],
)
def test_any_other_mistake_is_an_error_with_its_place(text: str, words: str) -> None:
    with pytest.raises(Error) as refused:
        parse(text)
    said = str(refused.value)
    assert words in said and "\n" not in said and len(said) < 600, said


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    binary, large = tmp_path / "binary.yaml", tmp_path / "large.yaml"
    binary.write_bytes(b"\xff\xfe\x00pads")
    large.write_text("# " + "x" * 600_000)
    for path, words in (
        (binary, "line 1: this is not UTF-8"),
        (large, "larger than 512 KiB"),
        (tmp_path / "no.yaml", "cannot"),
    ):
        with pytest.raises(Error, match=words):
            read_kit(path, CONTROLS)


def test_a_users_kit_shadows_a_shipped_one_and_never_replaces_it(tmp_path: Path) -> None:
    shipped = (SHIPPED / "studio.yaml").read_bytes()
    library = Library(CONTROLS, tmp_path)
    assert library.find("studio") == SHIPPED / "studio.yaml"
    library.save(Kit("studio", {1: PadKit({"kick": 1.0})}))
    assert library.find("studio") == tmp_path / "studio.yaml"
    assert library.load("studio").pads == {1: PadKit({"kick": 1.0})}
    assert (SHIPPED / "studio.yaml").read_bytes() == shipped
