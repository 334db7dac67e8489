"""What control surfaces, desks and patchers send: buttons that also send their release, values as text, odd packets."""

import pytest
from rig.daemon import Daemon
from rig.osc import OscClient

RELEASES = [("f", 0.0), ("F", False), ("i", 0), ("d", 0.0), ("h", 0), ("s", "0")]


def rendered(osc: OscClient) -> int:
    osc.ask("/sync", 1, answers="/synced")
    return int(osc.ask("/status", answers="/status.reply").values[3])


@pytest.mark.parametrize(("tags", "value"), RELEASES)
def test_the_release_of_a_button_does_nothing_and_is_no_failure(little: OscClient, tags: str, value: object) -> None:
    little.render(1, steps=2)  # there is something to undo
    before, kit = rendered(little), little.ask("/status", answers="/status.reply").values[10]
    for command in ("render", "play", "stop", "undo", "redo", "preset/next", "preset/previous"):
        little.send(f"/{command}", value, tags=tags)
    little.send("/play", 1, value, tags="i" + tags)  # a note that is let go
    assert little.barrier() == []
    assert rendered(little) == before and little.ask("/status", answers="/status.reply").values[10] == kit


@pytest.mark.parametrize("press", [b",f\0\0\x3f\x80\0\0", b",T\0\0", b",i\0\0\0\0\0\x01", b",I\0\0", b",N\0\0", b""])
def test_a_button_acts_once_on_its_press(little: OscClient, press: bytes) -> None:
    little.raw(b"/driftkit/preset/next\0\0\0" + press)
    little.raw(b"/driftkit/preset/next\0\0\0,f\0\0\0\0\0\0")
    assert little.wait_for("/done", "/fail").values == ("/driftkit/preset/next", "bb")
    assert little.ask("/status", answers="/status.reply").values[10] == "bb"


def test_a_button_renders_and_undoes_the_pad_of_its_value(small: Daemon, little: OscClient) -> None:
    little.send("/pad/2/steps", 2)
    little.send("/render", 2.0)
    little.send("/render", 0.0)
    assert little.wait_for("/sound", "/fail").values[1] == 2
    assert little.ask("/undo", 2.0, answers="/done").values == ("/driftkit/undo", 2)
    little.send("/undo", 0.0)
    assert little.barrier() == []


def test_an_id_of_0_is_an_id(little: OscClient) -> None:
    little.send("/pad/1/steps", 2)
    assert little.render(1, 0).values[:2] == (0, 1)


def test_a_0_where_no_button_is_meant_is_still_refused(little: OscClient) -> None:
    assert little.refusal("/play", 0, 0.5) == "pad is 0; it must be from 1 to 16"
    assert little.refusal("/select", 0) == "pad is 0; it must be from 1 to 16"
    assert little.refusal("/play", 1, -0.5) == "velocity is -0.5; it must be from 0 to 1"


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (b",b\0\0" + b"\0\0\0\x04blob", "Argument 1 is a blob"),
        (b",c\0\0" + b"\0\0\0c", "Argument 1 is a character"),
        (b",r\0\0" + b"\xff\0\0\xff", "Argument 1 is a colour"),
        (b",m\0\0" + b"\0\x90\x24\x7f", "Argument 1 is a MIDI message"),
        (b",t\0\0" + bytes(8), "Argument 1 is a timetag"),
        (b",fN\0" + b"\x3f\0\0\0", "Argument 2 is nil"),
        (b",Q\0\0", "Argument 1 is of the type 'Q'"),
        (b",[f\0" + b"\x3f\0\0\0", "The brackets of an array do not match"),
        (b",f\0\0", "The message ends before its argument 1"),
        (b"f\0\0\0" + b"\x3f\0\0\0", "The type tags must begin with a comma"),
        (b",f\0\0" + b"\x3f\0\0\0" + b"more", "4 bytes follow the last argument"),
        (b",f\0\0" + b"\x3f\0\0", "it must be a multiple of 4"),
        (b",f\0\0" + b"\x7f\xc0\0\0", "Argument 1 is nan; numbers must be finite"),
        (b",ff\0" + b"\x3f\0\0\0" * 2, "has 2 arguments; it takes one value"),
    ],
)
def test_what_has_an_address_of_ours_and_cannot_be_taken_is_answered(
    little: OscClient, rest: bytes, words: str
) -> None:
    before = little.ask("/pad/1/kick").values
    little.raw(b"/driftkit/pad/1/kick\0\0\0\0" + rest)
    (answer,) = little.barrier()
    assert answer.address == "/fail" and answer.values[0] == "/driftkit/pad/1/kick" and words in answer.values[1]
    assert little.ask("/pad/1/kick").values == before


@pytest.mark.parametrize(
    "rest",
    [
        b",f\0\0" + b"\x3f\0\0\0",
        b",f\0\0" + b"\x3f\0\0\0" + bytes(16),  # a buffer of a fixed size
        b",[f]\0\0\0\0" + b"\x3f\0\0\0",
        b",d\0\0" + b"\x3f\xe0" + bytes(6),
        b",s\0\0" + b"0.5\0",
        b",S\0\0" + b"0.5\0",
    ],
)
def test_one_half_in_every_way_that_clients_write_it(little: OscClient, rest: bytes) -> None:
    little.send("/pad/1/kick", 1)
    packet = b"/driftkit/pad/1/kick\0\0\0\0" + rest
    for whole in (packet, b"#bundle\0" + bytes(8) + len(packet).to_bytes(4, "big") + packet):  # the timetag 0 is now
        little.raw(whole)
        assert little.ask("/pad/1/kick").values == (0.5,)
    little.send("/pad/1/kick", 1)


@pytest.mark.parametrize("rest", [b"", b",\0\0\0", b",N\0\0", b",I\0\0", b"\0\0\0\0", b",\0\0\0\0\0\0\0"])
def test_a_question_in_every_way_that_clients_write_it(little: OscClient, rest: bytes) -> None:
    little.raw(b"/driftkit/pad/1/kick\0\0\0\0" + rest)
    assert little.wait_for("/pad/1/kick", "/fail").values == (1,)


@pytest.mark.parametrize(
    "address", ["/render ", " /render", "/render/", "//render", "/Render", "/pad/ 1/kick", "/pad/1/kick/"]
)
def test_an_address_with_a_slip_is_answered_as_it_came(little: OscClient, address: str) -> None:
    little.send(address, 1)
    (answer,) = little.barrier()
    assert (answer.address, answer.values[0]) == ("/fail", f"/driftkit{address}")


def test_a_failure_is_never_answered_with_one(small: Daemon, little: OscClient) -> None:
    """Two daemons that are told of each other would else go on for ever."""
    little.send("/fail", "/driftkit/render", "pad is 17")
    little.send("/fail")
    little.raw(b"/driftkit/fail\0\0,b\0\0" + bytes(4))
    assert little.barrier() == []


def test_an_empty_bundle_is_nothing(little: OscClient) -> None:
    little.raw(b"#bundle\0" + bytes(7) + b"\1")
    little.raw(b"#bundle\0" + bytes(16))
    assert little.barrier() == []
