"""Every control of the table over OSC: both addresses, every number type, and sentences for what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from rig.daemon import Daemon, driftkit
from rig.osc import OscClient

PAD = 9


@pytest.fixture(scope="module")
def table(daemon: Daemon, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The rows as `driftkit controls --json` prints them."""
    run = driftkit("controls", "--json", home=tmp_path_factory.mktemp("table"))
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.fixture
def osc(osc: OscClient) -> OscClient:
    """With a pad selected that the other tests leave alone."""
    osc.ask("/select", PAD, answers="/done")
    return osc


def allowed(row: dict[str, Any]) -> list[Any]:
    """Two values that a control takes, the default last."""
    if row["kind"] == "choice":
        return [row["range"].split(", ")[-1], row["default"]]
    if row["kind"] == "text":
        return [{"name": "Pad nine", "effects": '[{"plugin": "reverb"}]'}.get(row["name"], "pad:1"), ""]
    lo, hi = (float(word) for word in row["range"].split()[1:4:2])
    values = [lo, hi, lo]
    return [int(value) for value in values] if row["kind"] == "int" else values


def test_every_control_can_be_set_and_asked_by_both_addresses(table: list[dict[str, Any]], osc: OscClient) -> None:
    assert len(table) > 20
    for row in table:
        name = row["name"]
        assert row["osc"] == f"/driftkit/pad/N/{name}"
        for value in allowed(row):
            expected = pytest.approx(value, rel=1e-6) if isinstance(value, float) else value
            osc.send(f"/pad/{PAD}/{name}", value)
            assert osc.ask(f"/{name}").values == (expected,), name
            osc.send(f"/{name}", value)
            answer = osc.ask(f"/pad/{PAD}/{name}")
            assert answer.values == (expected,), name
            assert answer.tags == {"float": "f", "int": "i"}.get(row["kind"], "s"), name
    assert not [answer for answer in osc.heard if answer.address == "/fail"]


@pytest.mark.parametrize(("tags", "value"), [("i", 1), ("f", 1.0), ("d", 1.0), ("h", 1), ("T", True), ("s", "1")])
@pytest.mark.parametrize("name", ["kick", "lock_seed"])
def test_a_number_may_come_as_any_type(osc: OscClient, name: str, tags: str, value: object) -> None:
    osc.send(f"/pad/{PAD}/{name}", 0)
    osc.send(f"/pad/{PAD}/{name}", value, tags=tags)
    assert osc.ask(f"/pad/{PAD}/{name}").values == (1,)
    osc.send(f"/pad/{PAD}/{name}", False, tags="F")
    assert osc.ask(f"/pad/{PAD}/{name}").values == (0,)


def test_a_text_that_is_a_number_comes_from_patchers_as_one(osc: OscClient) -> None:
    for value, tags in ((808, "i"), (808.0, "f")):
        osc.send(f"/pad/{PAD}/name", value, tags=tags)
        assert osc.ask(f"/pad/{PAD}/name").values == ("808",)
    osc.send(f"/pad/{PAD}/name", "")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("steps", 900, "steps is 900; it must be from 1 to 400"),
        ("steps", 2.5, "steps is 2.5; it must be a whole number from 1 to 400"),
        ("kick", 1.5, "kick is 1.5; it must be from 0 to 1"),
        ("kick", -0.25, "kick is -0.25; it must be from 0 to 1"),
        ("kick", "loud", "kick is 'loud'; it must be a number from 0 to 1"),
        ("kick", "nan", "kick is nan; it must be from 0 to 1"),
        ("kick", "inf", "kick is inf; it must be from 0 to 1"),
        ("seed", 16777216, "seed is 16777216; it must be from -1 to 16777215"),
        ("seed", 2**62, "it must be from -1 to 16777215"),
        ("note", 128, "note is 128; it must be from 0 to 127"),
        ("task", "variate", "task is 'variate'; "),
        ("task", 3, "task is 3; it must be one of generate, vary, inpaint, interpolate, reshape"),
        ("solver", "dpmpp_2n", "did you mean dpmpp_2m?"),
        ("name", True, "name is True; it must be a text of at most 1000 characters"),
        ("name", "x" * 1001, "name has 1001 characters"),
        ("name", "two\nlines", "it must be without line breaks"),
        ("guidence", 1, "guidence is not a control; did you mean guidance?"),
        ("zzyzx", 1, "zzyzx is not a control; `driftkit controls` lists the names"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(osc: OscClient, name: str, value: object, sentence: str) -> None:
    known = not sentence.startswith(f"{name} is not")
    before = osc.ask(f"/pad/{PAD}/{name}").values if known else None
    said = osc.refusal(f"/pad/{PAD}/{name}", value, tags="h" if value == 2**62 else "")
    assert sentence in said and "\n" not in said
    if known:
        assert osc.ask(f"/pad/{PAD}/{name}").values == before, "nothing is clipped"


@pytest.mark.parametrize(
    ("address", "arguments", "sentence"),
    [
        ("/pad/0/kick", (1,), "pad is 0; it must be from 1 to 16"),
        ("/pad/17/kick", (1,), "pad is 17; it must be from 1 to 16"),
        ("/pad/17/kick", (), "pad is 17; it must be from 1 to 16"),
        ("/pad/one/kick", (1,), "a control is /driftkit/pad/N/NAME"),
        ("/pad/9/kick/more", (1,), "a control is /driftkit/pad/N/NAME"),
        ("/pad/9/kick", (1, 2), "has 2 arguments; it takes one value, or none to ask for it"),
        ("/rendr", (1,), "did you mean render?"),
        ("/render", (17,), "pad is 17; it must be from 1 to 16"),
        ("/render", ("one",), "pad is 'one'; it must be a whole number"),
        ("/select", (), "has no pad; give it as argument 1"),
        ("/undo", (-1,), "pad is -1; it must be from 1 to 16"),
        ("/select", ("",), "pad is ''; it must be a whole number"),
        ("/select", ("inf",), "pad is 'inf'; it must be a whole number"),
        ("/sync", ("x",), "n is 'x'; it must be a whole number"),
        ("/notify", (1, 70000), "port is 70000; it must be from 1 to 65535"),
        ("/notify", (1, 9000, 0), "ttl_s is 0; it must be from 1 to 86400 s"),
        ("/recall", (1,), "has no path; give it as text in argument 2"),
        ("/preset/load", (), "has no name; give it as text in argument 1"),
        ("/preset/load", (808,), "there is no preset 808"),
    ],
)
def test_a_wrong_message_is_refused_with_a_sentence(
    osc: OscClient, address: str, arguments: tuple[object, ...], sentence: str
) -> None:
    said = osc.refusal(address, *arguments)
    assert sentence in said and "\n" not in said


def test_an_address_of_somebody_else_is_refused(osc: OscClient) -> None:
    packet = b"/other/kick\0,i\0\0\0\0\0\x01"
    osc.raw(packet)
    assert "addresses begin with /driftkit/" in osc.wait_for("/fail").values[1]


def test_the_id_of_a_refused_render_is_in_the_answer(osc: OscClient) -> None:
    assert osc.ask("/render", 17, 4711, answers="/fail").values[2:] == (4711,)
    assert osc.ask("/render", 17, "mine", answers="/fail").values[2:] == ("mine",)


def test_markdown_and_osc_tell_the_same_names(table: list[dict[str, Any]]) -> None:
    text = (Path(__file__).parents[2] / "docs" / "controls.md").read_text()
    assert all(f"| `{row['name']}` |" in text for row in table)
