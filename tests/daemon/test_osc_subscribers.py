"""Subscriptions in number, and snapshots in portions: nobody floods, nobody waits for another."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest
from rig.daemon import Daemon
from rig.osc import OscClient

from driftkit.daemon.inputs.osc.answers import PORTION, OscOutput
from driftkit.daemon.inputs.osc.packets import decode
from driftkit.daemon.inputs.osc.subscribers import MOST, MOST_OF_HOST, Client, Subscribers
from driftkit.daemon.pads.board import Board
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.errors import Error
from driftkit.sampler.spec import find_model, read_spec


class Reader(Client):
    """A client that keeps what it is sent."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.packets: list[bytes] = []

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reader) and (self.host, self.port) == (other.host, other.port)

    def __hash__(self) -> int:
        return hash((self.host, self.port))

    def at(self, port: int) -> "Reader":
        return Reader(self.host, port)

    def deliver(self, packet: bytes) -> None:
        self.packets.append(packet)

    def told(self) -> list[tuple[str, tuple[Any, ...]]]:
        return [(one.address, one.arguments) for packet in self.packets for one in decode(packet)]


@pytest.fixture
def output() -> OscOutput:
    board = Board(controls(read_spec(find_model("default"))))
    return OscOutput(SimpleNamespace(board=board, lock=threading.RLock()))  # type: ignore[arg-type]  # all it looks at


def test_a_snapshot_leaves_in_portions_whole_and_in_order(output: OscOutput) -> None:
    board, client = output._state.board, Reader("10.0.0.1", 9000)
    output.snapshot(client)
    assert client.packets == [] and output.pacing
    output.pace()
    assert len(client.packets) == PORTION
    output.send({client}, "/pong", 1)  # waits behind the snapshot
    portions = 1
    while output.pacing:
        before = len(client.packets)
        output.pace()
        portions += 1
        assert len(client.packets) - before <= PORTION
    *told, last = client.told()
    assert [address for address, _ in told] == [f"/driftkit/pad/{n}/{c}" for n in board.pads for c in board.controls]
    assert last == ("/driftkit/pong", (1,)) and portions > 5
    assert max(map(len, client.packets)) <= 1024
    output.send({client}, "/pong", 2)
    assert client.told()[-1] == ("/driftkit/pong", (2,)), "and then at once"


def test_a_value_that_moves_meanwhile_comes_last(output: OscOutput) -> None:
    client = Reader("10.0.0.1", 9000)
    output.subscribers.add(client, 60, client)
    output.snapshot(client)
    output.pace()
    for value in (0.25, 0.75):
        output._state.board.set(16, "kick", value)
        output.changed(16, "kick", None)
        output.push()
    while output.pacing:
        output.pace()
    values = [values[0] for address, values in client.told() if address == "/driftkit/pad/16/kick"]
    assert values[-1] == 0.75 and values == sorted(values)


def test_those_who_are_behind_take_turns_and_the_others_do_not_wait(output: OscOutput) -> None:
    many, free = [Reader("10.0.0.1", port) for port in range(9000, 9008)], Reader("10.0.0.2", 9000)
    for client in many:
        output.snapshot(client)
    output.pace()
    output.pace()
    assert [len(client.packets) for client in many] == [1] * 8
    output.send({free}, "/pong", 1)
    assert free.told() == [("/driftkit/pong", (1,))]


def test_who_is_told_more_than_can_wait_is_no_longer_told(output: OscOutput) -> None:
    client = Reader("10.0.0.1", 9000)
    output.subscribers.add(client, 60, client)
    output.snapshot(client)
    for token in range(10_000):
        output.answer(None, "/pong", token)
    assert output.subscribers.all() == [] and not output.pacing


def test_a_host_has_eight_subscriptions_and_the_oldest_gives_way() -> None:
    known = Subscribers()
    clients = [Reader("10.0.0.1", port) for port in range(9000, 9000 + MOST_OF_HOST + 1)]
    for client in clients[:-1]:
        assert known.make_room(client) is None
        known.add(client, 60, client)
    assert known.make_room(clients[3]) is None, "it has its place already"
    known.add(clients[0], 60, clients[0])  # asked for again
    assert known.make_room(clients[-1]) == clients[1]
    known.add(clients[-1], 60, clients[-1])
    assert set(known.all()) == set(clients) - {clients[1]}


def test_there_are_no_more_than_64_in_all() -> None:
    known = Subscribers()
    for number in range(MOST):
        client = Reader(f"10.0.0.{number // MOST_OF_HOST}", 9000 + number)
        assert known.make_room(client) is None
        known.add(client, 60, client)
    with pytest.raises(Error, match="64 programs are subscribed already"):
        known.make_room(Reader("10.0.1.1", 9000))
    assert len(known.all()) == MOST
    assert known.make_room(Reader("10.0.0.1", 1)) is not None, "one of the same host gives way"


@pytest.fixture
def crowd(daemon: Daemon) -> Iterator[list[OscClient]]:
    with ExitStack() as stack:
        yield [stack.enter_context(OscClient(daemon.port)) for _ in range(MOST_OF_HOST + 1)]


def test_the_ninth_of_a_host_is_taken_and_the_first_is_told(crowd: list[OscClient]) -> None:
    for client in crowd[:-1]:
        client.ask("/notify", 1, answers="/done")
        client.barrier()
    crowd[-1].ask("/notify", 1, answers="/done")
    assert crowd[0].wait_for("/done", where=lambda answer: answer.values == ("/driftkit/notify", 0))
    crowd[-1].barrier()
    crowd[0].barrier()
    crowd[-1].send("/pad/12/gain_db", -7)
    crowd[-1].ask("/pad/12/gain_db")
    assert crowd[1].wait_for("/pad/12/gain_db", where=lambda answer: answer.values == (-7,))
    assert not [answer for answer in crowd[0].barrier() if answer.address == "/pad/12/gain_db"]
    for client in crowd:
        client.ask("/notify", 0, answers="/done")
    crowd[-1].send("/pad/12/gain_db", 0)
    crowd[-1].barrier()


def test_driftkits_own_port_is_no_subscriber(daemon: Daemon, osc: OscClient) -> None:
    said = osc.refusal("/notify", 1, daemon.port)
    assert said == f"port is {daemon.port}, at which driftkit listens itself; give the port of your program"
