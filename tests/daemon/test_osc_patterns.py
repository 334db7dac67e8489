"""Address patterns: what they match, word for word as OSC 1.0 has it, what they cost, and that they move real pads."""

import fnmatch
import random
import struct
import time

import pytest
from rig.daemon import Daemon
from rig.osc import OscClient, message

from driftkit.daemon.inputs.osc.patterns import Space, is_pattern, matcher

SPACE = Space(
    ["/driftkit/ping", "/driftkit/play", "/driftkit/preset/next", "/driftkit/kick"]
    + [f"/driftkit/pad/{number}/{name}" for number in range(1, 17) for name in ("kick", "gain_db", "hihat_open")]
)


def pads(*numbers: int, name: str = "gain_db") -> list[str]:
    return [f"/driftkit/pad/{number}/{name}" for number in numbers]


@pytest.mark.parametrize(
    ("pattern", "addresses"),
    [
        ("/driftkit/pad/*/gain_db", pads(*range(1, 17))),
        ("/driftkit/pad/?/gain_db", pads(*range(1, 10))),
        ("/driftkit/pad/[1-4]/gain_db", pads(1, 2, 3, 4)),
        ("/driftkit/pad/[!1-4]/gain_db", pads(5, 6, 7, 8, 9)),
        ("/driftkit/pad/1[0-26]/gain_db", pads(10, 11, 12, 16)),
        ("/driftkit/pad/[a-c4-]/gain_db", pads(4)),
        ("/driftkit/pad/{1,16,20}/gain_db", pads(1, 16)),
        ("/driftkit/pad/{1,1,1}/gain_db", pads(1)),
        ("/driftkit/pad/{,1}2/gain_db", pads(2, 12)),
        ("/driftkit/pad/2/{gain_*,kick}", []),  # no wildcard stands inside of a list
        ("/driftkit/pad/2/{gain_db,kick}", [*pads(2, name="kick"), *pads(2)]),
        ("/driftkit/pad/2/*_*", [*pads(2), *pads(2, name="hihat_open")]),
        ("/driftkit/pad/2/**ck", pads(2, name="kick")),
        ("/*/ping", ["/driftkit/ping"]),
        ("/driftkit/p*", ["/driftkit/ping", "/driftkit/play"]),  # no wildcard stands for a slash
        ("/driftkit/*/next", ["/driftkit/preset/next"]),
        ("/driftkit/pad/*", []),
        ("/driftkit/pad/*/gain_db/*", []),
        ("/*", []),
        ("*", []),
        ("/driftkit/[", []),
        ("/driftkit/pad/[1/gain_db", []),
        ("/driftkit/pad/1]/gain_db", []),
        ("/driftkit/{ping", []),
        ("/driftkit/ping}", []),
        ("/driftkit/[]ping", []),
        ("/driftkit/{}ping", []),
        ("/driftkit/[[p]]ing", []),
        ("/driftkit/ping*/", []),
    ],
)
def test_a_pattern_matches_part_by_part(pattern: str, addresses: list[str]) -> None:
    assert is_pattern(pattern) and SPACE.find(pattern) == addresses


def test_stars_and_question_marks_match_as_in_file_names() -> None:
    dice = random.Random(3)
    matched = 0
    for _ in range(5_000):
        name = "".join(dice.choices("ab_", k=dice.randint(0, 8)))
        pattern = "".join(dice.choices("ab*?", k=dice.randint(1, 8)))
        assert matcher(pattern)(name) == fnmatch.fnmatchcase(name, pattern), (pattern, name)
        matched += matcher(pattern)(name)
    assert 200 < matched < 4_800


@pytest.mark.parametrize("unit", ["*", "*?", "*a", "?", "*[a-z]", "*[!q]", "{,a}", "*{a,b,c,d,e}", "{,a,aa,aaa}*"])
def test_no_pattern_is_slow(unit: str) -> None:
    """What a backtracking matcher would not end within a life."""
    fits, name = matcher((unit * 120)[:240]), "a" * 23 + "!"
    started = time.process_time()
    fits(name)
    assert time.process_time() - started < 5


def test_a_pattern_moves_each_pad_as_if_sent_alone(daemon: Daemon, osc: OscClient) -> None:
    before = {pad: osc.ask(f"/pad/{pad}/gain_db").values[0] for pad in range(1, 17)}
    osc.raw(bytes.fromhex("2f64726966746b69742f7061642f2a2f6761696e5f6462002c660000c0400000"))  # as a surface sent it
    assert osc.barrier() == []
    assert {osc.ask(f"/pad/{pad}/gain_db").values for pad in before} == {(-3,)}
    osc.send("/pad/*/gain_db")
    told = osc.barrier()
    assert [(answer.address, answer.values) for answer in told] == [(f"/pad/{pad}/gain_db", (-3,)) for pad in before]
    osc.send("/pad/[2-3]/gain_db", 99)
    refused = [answer.values for answer in osc.barrier()]
    assert [values[0] for values in refused] == ["/driftkit/pad/2/gain_db", "/driftkit/pad/3/gain_db"]
    assert {values[1] for values in refused} == {"gain_db is 99; it must be from -60 to 12 dB"}
    for pad, value in before.items():
        osc.send(f"/pad/{pad}/gain_db", value)


def test_a_pattern_stands_for_commands_too(osc: OscClient) -> None:
    osc.send("/{ping,version}", 5)
    assert [answer.address for answer in osc.barrier()] == ["/pong", "/version.reply"]
    osc.send("/preset/l[o]ad", "nothing")
    (answer,) = osc.barrier()
    assert answer.values[0] == "/driftkit/preset/load" and answer.values[1].startswith("there is no preset nothing")


def test_a_pattern_that_matches_nothing_is_refused(osc: OscClient) -> None:
    for address in ("/pad/*/gain", "/pad/[", "/xyz*", "/pad/*"):
        assert osc.refusal(address, 1).startswith(f"/driftkit{address} matches no address; ")
    osc.raw(b"/other/*\0\0\0\0,\0\0\0")
    assert "addresses begin with /driftkit/" in osc.wait_for("/fail").values[1]


def test_a_packet_has_no_more_patterns_than_it_may(osc: OscClient) -> None:
    def bundle(*elements: bytes) -> bytes:
        return b"#bundle\0" + bytes(7) + b"\1" + b"".join(struct.pack(">i", len(one)) + one for one in elements)

    for packet in (bundle(*[message("/xyz*")] * 65), bundle(*[message("/pad/*/*", "x")] * 4)):
        osc.raw(packet)
        (answer,) = osc.barrier()
        assert "may hold 64 patterns for 2000 addresses" in answer.values[1]
    osc.raw(bundle(*[message("/p?ng", 1)] * 64))
    assert [answer.address for answer in osc.barrier()] == ["/pong"] * 64
