"""What two inputs bring is heard once, and what two players play is heard twice."""

from driftkit.daemon.inputs.midi.copies import APART_S, Copies

NOTE, CC = b"\x90\x24\x64", b"\xb0\x14\x40"


def told(*messages: tuple[str, bytes, float]) -> list[str | None]:
    copies = Copies()
    return [copies.first(*message) for message in messages]


def test_a_copy_by_another_input_is_not_heard() -> None:
    assert told(("daw", NOTE, 0.0), ("driftkit", NOTE, 0.002), ("driftkit", NOTE, 0.01), ("daw", NOTE, 0.012)) == [
        "daw", None, "daw", None,
    ]  # fmt: skip


def test_a_roll_by_one_input_is_heard_whole() -> None:
    assert told(*[("keys", NOTE, i / 1000) for i in range(100)]) == ["keys"] * 100


def test_a_roll_by_two_inputs_is_heard_once_however_late_the_other_is() -> None:
    for late in (0.0, 0.0005, 0.0155, APART_S - 0.001):
        both = [(at, port) for i in range(200) for at, port in ((i / 100, "a"), (i / 100 + late, "b"))]
        heard = told(*[(port, NOTE, at) for at, port in sorted(both)])
        assert len([port for port in heard if port]) == 200, late


def test_another_input_that_is_later_or_plays_something_else_is_heard() -> None:
    assert told(("a", NOTE, 0.0), ("b", NOTE, APART_S + 0.001), ("a", CC, 0.04)) == ["a", "b", "a"]


def test_three_inputs_that_bring_the_same_are_one() -> None:
    assert told(("a", NOTE, 0.0), ("b", NOTE, 0.001), ("c", NOTE, 0.002)) == ["a", None, None]


def test_a_knob_of_two_inputs_is_one_knob_whichever_is_quicker() -> None:
    msb, lsb = b"\xb0\x14\x40", b"\xb0\x34\x01"
    assert told(("a", msb, 0), ("b", msb, 0.001), ("b", lsb, 0.002), ("a", lsb, 0.003)) == ["a", None, "a", None]


def test_inputs_that_agreed_by_chance_are_two_again() -> None:
    copies = Copies()
    assert [copies.first("a", CC, 0.0), copies.first("b", CC, 0.01)] == ["a", None]
    assert copies.first("b", NOTE, 1.0) == "a"
    assert copies.first("b", NOTE, 2.0) == "b", "what it brought a second ago came by no other input"


def test_what_has_been_heard_is_forgotten() -> None:
    copies = Copies()
    for i in range(10_000):
        copies.first("a", bytes((0x90, i % 128, 1 + i % 127)), i / 100)
    assert len(copies._heard) <= 4 and len(copies._same) <= 4
