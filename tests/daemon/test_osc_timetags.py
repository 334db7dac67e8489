"""Bundles with timetags, over real sockets: nothing early, everything in the order of its time."""

import struct
import time
from pathlib import Path

import pytest
from rig.instrument import instrument
from rig.osc import OscClient, message

from driftkit.daemon.audio.speaker import Silence
from driftkit.daemon.inputs.midi.receiver import NoMidi
from driftkit.daemon.inputs.osc import receiver as osc_module
from driftkit.daemon.inputs.osc.receiver import OscInput
from driftkit.sampler.spec import Spec

SOON_S = 1.0  # long enough that what is sent now has arrived before


def bundle(at: float | None, *elements: bytes) -> bytes:
    """A bundle for a time in seconds since 1970; None for at once."""
    timetag = 1 if at is None else round((at + 2_208_988_800) * 2**32)
    return b"#bundle\0" + struct.pack(">Q", timetag) + b"".join(struct.pack(">i", len(e)) + e for e in elements)


def ping(token: str) -> bytes:
    return message("/ping", token)


def tokens(client: OscClient, last: str) -> list[str]:
    """The tokens that came back, in their order, until the last one."""
    client.wait_for("/pong", where=lambda answer: answer.values == (last,))
    return [answer.values[0] for answer in client.heard if answer.address == "/pong"]


def test_later_packets_with_earlier_times_come_first(little: OscClient) -> None:
    little.heard.clear()
    now = time.time()
    for step in (4, 2, 3, 1):
        little.raw(bundle(now + SOON_S + step / 50, ping(f"{step}")))
    little.raw(bundle(None, ping("at once")))
    little.raw(ping("no bundle"))
    assert tokens(little, "4") == ["at once", "no bundle", "1", "2", "3", "4"]


def test_nothing_comes_before_its_time(little: OscClient) -> None:
    for _ in range(10):
        at = time.time() + 0.02
        little.raw(bundle(at, ping(f"{at}")))
        little.wait_for("/pong", where=lambda answer, at=at: answer.values == (f"{at}",))
        assert time.time() >= at


def test_equal_times_keep_the_order_in_which_they_came(little: OscClient) -> None:
    little.heard.clear()
    at = time.time() + SOON_S
    for number in range(0, 60, 3):
        little.raw(bundle(at, *(ping(f"{number + i}") for i in range(3))))
    assert tokens(little, "59") == [f"{number}" for number in range(60)]


def test_nested_bundles_have_times_of_their_own(little: OscClient) -> None:
    little.heard.clear()
    at = time.time() + SOON_S
    later = bundle(at + 0.1, ping("later"), bundle(at + 0.2, ping("last")))
    little.raw(bundle(at, later, ping("first"), bundle(None, ping("at once")), ping("second")))
    assert tokens(little, "last") == ["at once", "first", "second", "later", "last"]


def test_a_time_that_has_passed_is_now(little: OscClient) -> None:
    little.heard.clear()
    for at in (time.time() - 5, 0.0, -2_208_988_799.0):  # just now, 1970, 1900
        little.raw(bundle(at, ping(f"{at}")))
        assert tokens(little, f"{at}")[-1] == f"{at}"


class Heard(Silence):
    """A speaker that writes down when it is asked to play."""

    def __init__(self) -> None:
        self.times: list[float | None] = []

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        self.times.append(at)


def test_a_play_of_another_century_is_late_and_not_wrong(tmp_path: Path) -> None:
    spec = Spec(name="none", network={}, classifier=None, schedule="vp", classes=("kick",))
    heard = Heard()
    one = instrument(tmp_path, spec, speaker=heard)
    with OscInput(one.commands, "127.0.0.1", 0, tuple, NoMidi()) as served, OscClient(served.address[1]) as client:
        for at in (0.0, -2_208_988_800.0):  # 1970, and the timetag 0, which some clients send for "at once"
            client.raw(bundle(at, message("/play", 1)))
        client.raw(ping("done"))
        tokens(client, "done")
    assert heard.times == [1.0, None], "seconds since 1970 that a speaker takes, and counts as late"


def test_a_control_moves_at_its_time_and_a_mistake_is_told_then(little: OscClient) -> None:
    little.ask("/pad/9/kick")
    at = time.time() + SOON_S
    moves = [message("/pad/9/kick", 0.25), message("/pad/9/kick", 7.0), message("/pad/9/kick", 0.75)]
    little.raw(bundle(at, *moves, message("/pad/9/kick")))
    assert little.ask("/pad/9/kick").values == (0.0,)
    refused = little.wait_for("/fail")
    assert "kick is 7; it must be from 0 to 1" in refused.values[1] and time.time() >= at
    assert little.wait_for("/pad/9/kick").values == (0.75,)


def test_a_time_far_ahead_is_clamped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert osc_module.AHEAD_S == 60
    monkeypatch.setattr(osc_module, "AHEAD_S", 0.2)  # the same code, without a minute of waiting
    spec = Spec(name="none", network={}, classifier=None, schedule="vp", classes=("kick",))
    one = instrument(tmp_path, spec)
    far = 2_085_978_495.0  # the last second that a timetag can tell, in 2036
    with OscInput(one.commands, "127.0.0.1", 0, tuple, NoMidi()) as served, OscClient(served.address[1]) as client:
        client.raw(bundle(far, ping("far")))
        client.raw(ping("near"))
        assert tokens(client, "far") == ["near", "far"]
        assert served.traffic.waiting == 0
