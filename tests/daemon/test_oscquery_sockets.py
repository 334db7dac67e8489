"""OSCQuery's WebSocket: LISTEN and IGNORE, OSC in binary frames, and who is told of what."""

import json
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig.daemon import Daemon
from rig.instrument import instrument
from rig.osc import OscClient, message
from rig.web import SocketClient, node

from driftkit.daemon.inputs.midi.receiver import NoMidi
from driftkit.daemon.inputs.osc.receiver import OscInput
from driftkit.daemon.inputs.web.sockets import OscQuery
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.spec import Spec

PAD = 6


@pytest.fixture
def socket(small: Daemon) -> Iterator[SocketClient]:
    """A client over a WebSocket; who asks for `little` first has the kit `aa` open."""
    with SocketClient(small) as client:
        yield client


def listen(client: SocketClient, path: str) -> tuple[object, ...]:
    """LISTEN, and the value that is sent at once."""
    client.say("LISTEN", path)
    return client.wait_for(path).values


def test_listen_tells_the_value_then_every_change_and_ignore_ends_it(little: OscClient, socket: SocketClient) -> None:
    path = f"/pad/{PAD}/guidance"
    assert listen(socket, path) == (1.0,)
    little.send(path, 3.0)
    assert socket.wait_for(path).values == (3.0,)
    socket.say("IGNORE", path)
    assert listen(socket, f"/pad/{PAD}/variation") == (0.5,)
    little.send(path, 4.0)
    little.send(f"/pad/{PAD}/variation", 0.25)
    assert socket.wait_for(path, f"/pad/{PAD}/variation").values == (0.25,)


def test_nobody_is_told_of_what_they_do_not_listen_to(little: OscClient, socket: SocketClient) -> None:
    listen(socket, f"/pad/{PAD}/guidance")
    little.send(f"/pad/{PAD + 1}/guidance", 5.0)
    little.send(f"/pad/{PAD}/pan", 0.5)
    little.render(1, 9)
    time.sleep(0.1)
    assert [answer.address for answer in socket.barrier()] == []


def test_an_address_is_pushed_at_most_30_times_a_second_and_the_last_value_arrives(
    little: OscClient, socket: SocketClient
) -> None:
    path = f"/pad/{PAD}/interpolation"
    listen(socket, path)
    socket.heard.clear()
    started = time.monotonic()
    for i in range(300):
        little.send(path, i / 300)
        time.sleep(0.001)
    socket.wait_for(path, where=lambda answer: answer.values == (pytest.approx(299 / 300),))
    pushed = [answer.values[0] for answer in socket.heard if answer.address == path]
    assert pushed == sorted(pushed) and 2 < len(pushed) <= 30 * (time.monotonic() - started) + 2


def test_the_selected_pads_addresses_follow_the_selection(little: OscClient, socket: SocketClient) -> None:
    little.send("/pad/3/guidance", 7.0)
    little.send(f"/pad/{PAD}/guidance", 2.0)
    little.ask("/select", 3, answers="/done")
    assert listen(socket, "/guidance") == (7.0,)
    assert listen(socket, "/select") == (3,)
    little.send("/pad/3/guidance", 8.0)
    assert socket.wait_for("/guidance").values == (8.0,)
    little.ask("/select", PAD, answers="/done")
    assert socket.wait_for("/select", where=lambda answer: answer.values == (PAD,))
    assert socket.wait_for("/guidance").values == (2.0,)
    little.ask("/select", 1, answers="/done")


def test_the_open_kit_can_be_listened_to(little: OscClient, socket: SocketClient) -> None:
    assert listen(socket, "/preset/load") == ("aa",)
    listen(socket, "/pad/1/clap")
    little.ask("/preset/load", "bb", answers="/done")
    told = [socket.wait_for("/preset/load", "/pad/1/clap") for _ in range(2)]
    assert {answer.address: answer.values for answer in told} == {"/preset/load": ("bb",), "/pad/1/clap": (1.0,)}


def test_a_change_over_the_socket_is_heard_by_others_and_not_echoed(
    small: Daemon, little: OscClient, socket: SocketClient
) -> None:
    path = f"/pad/{PAD}/guidance"
    little.ask("/notify", 1, answers="/done")
    little.barrier()
    with SocketClient(small) as other:
        listen(socket, path), listen(other, path)
        socket.ask("/notify", 1, answers="/done")
        socket.barrier()
        socket.send(path, 6.5)
        assert little.wait_for(path, where=lambda a: a.values == (6.5,))
        assert other.wait_for(path).values == (6.5,)
        time.sleep(0.1)
        assert path not in [answer.address for answer in socket.barrier()]
        other.send(path, 6.75)  # the same change reaches it as a subscriber and as a listener
        assert [socket.wait_for(path).values for _ in range(2)] == [(6.75,)] * 2
    assert node(small, f"/driftkit{path}?VALUE") == {"VALUE": [6.75]}
    little.ask("/notify", 0, answers="/done")


def test_commands_are_answered_over_the_socket_that_sent_them(
    small: Daemon, little: OscClient, socket: SocketClient
) -> None:
    with SocketClient(small) as other:
        assert socket.ask("/ping", "here", answers="/pong").values == ("here",)
        assert socket.ask(f"/pad/{PAD}/steps").tags == "i"
        ended = socket.render(1, 71, steps=2)
        assert ended.address == "/sound" and ended.values[:2] == (71, 1)
        assert socket.refusal("/pad/1/steps", 900) == "steps is 900; it must be from 1 to 400"
        assert [answer.address for answer in other.barrier() + little.barrier()] == []


def test_ids_are_counted_for_each_connection(small: Daemon, socket: SocketClient) -> None:
    with SocketClient(small) as other:
        for client in (socket, other):
            for expected in (1, 2):
                client.send("/render", 1)
                assert client.wait_for("/queued").values == (expected, 1)
                client.end_of(expected)


def test_bundles_and_timetags_work_over_the_socket(socket: SocketClient) -> None:
    def bundle(at: float | None, *elements: bytes) -> bytes:
        timetag = 1 if at is None else round((at + 2_208_988_800) * 2**32)
        return b"#bundle\0" + struct.pack(">Q", timetag) + b"".join(struct.pack(">i", len(e)) + e for e in elements)

    at = time.time() + 0.3
    socket.raw(bundle(at, message("/ping", "second"), message("/ping", "third")))
    socket.raw(bundle(None, message("/ping", "first")))
    assert [socket.wait_for("/pong").values[0] for _ in range(3)] == ["first", "second", "third"]
    assert time.time() >= at


def test_a_subscription_over_the_socket_lasts_as_long_as_it(small: Daemon, little: OscClient) -> None:
    with SocketClient(small) as client:
        assert client.ask("/notify", 1, answers="/done").values[0] == "/driftkit/notify"
        told = {a.address for a in client.barrier() if a.address.startswith("/pad/")}  # a take may be told of, too
        assert len(told) == len(node(small, "/driftkit/pad/1")["CONTENTS"]) * 16
        little.send(f"/pad/{PAD}/pan", 0.75)
        assert client.wait_for(f"/pad/{PAD}/pan").values == (0.75,)
        little.ask("/select", 2, answers="/done")
        assert client.wait_for("/done").values == ("/driftkit/select", 2)
        assert "over a WebSocket leave it out" in client.refusal("/notify", 1, 9002)
        client.ask("/notify", 0, answers="/done")
        little.send(f"/pad/{PAD}/pan", 0.5)
        little.ask("/select", 1, answers="/done")
        time.sleep(0.1)
        assert client.barrier() == []


@pytest.mark.parametrize(
    "frame",
    [
        "", "LISTEN", "[]", "{}", '{"COMMAND": "LISTEN"}', '{"COMMAND": "LISTEN", "DATA": 7}', "[" * 60_000,
        '{"COMMAND": "DANCE", "DATA": "/driftkit/kick"}', '{"COMMAND": ["LISTEN"], "DATA": "/driftkit/kick"}',
        '{"COMMAND": "LISTEN", "DATA": "/driftkit/nothing"}', '{"COMMAND": "LISTEN", "DATA": "/driftkit/render"}',
    ],
)  # fmt: skip
def test_a_text_that_is_no_command_is_answered_with_a_sentence(socket: SocketClient, frame: str) -> None:
    socket.socket.send(frame)
    command, sentence = socket.wait_for("/fail").values
    assert command == "OSCQuery" and sentence
    assert socket.ask("/ping", 1, answers="/pong").values == (1,)


def test_a_frame_that_is_no_osc_costs_a_count(little: OscClient, socket: SocketClient) -> None:
    bad = little.ask("/traffic", answers="/traffic.reply").values[1]
    for packet in (b"", b"abc", b"#bundle\0", b"\xff" * 4000, b"/driftkit/pad/1/kick\0\0\0\0,f\0\0\x7f\xc0\0\0"):
        socket.raw(packet)
    assert "must be finite" in socket.wait_for("/fail").values[1]
    assert socket.ask("/traffic", answers="/traffic.reply").values[1] == bad + 5


class Notes:
    """A connection that keeps what it is sent."""

    host, port = "127.0.0.1", 1

    def __init__(self) -> None:
        self.frames: list[bytes | str] = []

    def put(self, frame: bytes | str) -> None:
        self.frames.append(frame)


def test_another_models_controls_are_told_as_a_changed_path(tmp_path: Path) -> None:
    def spec(*classes: str) -> Spec:
        return Spec(name="none", network={}, classifier=None, schedule="vp", classes=classes)

    one = instrument(tmp_path, spec("kick"))
    board = one.state.board
    with OscInput(one.commands, "127.0.0.1", 0, tuple, NoMidi()) as osc:
        query, link = OscQuery(osc), Notes()
        query.enter(link)
        query.tick()
        assert link.frames == []
        board.controls = controls(spec("kick", "bell"))
        query.tick()
        assert [json.loads(frame) for frame in link.frames] == [{"COMMAND": "PATH_CHANGED", "DATA": "/driftkit"}]
        query.hear(link, '{"COMMAND": "LISTEN", "DATA": "/driftkit/pad/1/bell"}')
        assert link.frames[-1] == b"/driftkit/pad/1/bell\0\0\0\0,f\0\0" + bytes(4)
        query.tick()
        assert len(link.frames) == 2
        query.hear(link, '{"COMMAND": "LISTEN", "DATA": "/driftkit/pad/1/kick"}')
        board.controls = controls(spec("kick"))  # what is listened to is told again, where it still exists
        query.tick()
        assert link.frames[3:] == [link.frames[0], b"/driftkit/pad/1/kick\0\0\0\0,f\0\0" + bytes(4)]
        query.leave(link)
