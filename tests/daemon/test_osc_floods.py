"""Floods at the real daemon: ten thousand broken packets, and twenty thousand messages in a second."""

import random
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig.daemon import Daemon, presets, until
from rig.osc import OscClient, message
from rig.udp import backlog, dropped, resident

PACKETS = 10_000
BURST = 20_000
PAD = 3


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon whose counters nobody else moves, with nothing to render but what is asked for."""
    home = tmp_path_factory.mktemp("home")
    presets(home).mkdir(parents=True)
    (presets(home) / "one.yaml").write_text("pads:\n  1: {kick: 1, steps: 2, seed: 1}\n")
    with Daemon(home, tmp_path_factory.mktemp("out"), "--preset", "one") as running:
        until(running.live(1).exists, "a first Sound")
        yield running


@pytest.fixture
def client(quiet: Daemon) -> Iterator[OscClient]:
    with OscClient(quiet.port) as one:
        yield one


def traffic(client: OscClient) -> tuple[int, int, int]:
    """Packets received, bad ones among them, messages that wait for their time."""
    received, bad, waiting = client.ask("/traffic", answers="/traffic.reply").values
    return received, bad, waiting


def slowly(client: OscClient, packets: list[bytes]) -> None:
    """Send packets, waiting for the daemon after every hundred, so that the system drops none."""
    for start in range(0, len(packets), 100):
        for packet in packets[start : start + 100]:
            client.raw(packet)
        client.barrier()
        client.heard.clear()


def bundle(*elements: bytes, timetag: int = 1) -> bytes:
    return b"#bundle\0" + struct.pack(">Q", timetag) + b"".join(struct.pack(">i", len(e)) + e for e in elements)


def nested(depth: int) -> bytes:
    packet = message("/ping")
    for _ in range(depth):
        packet = bundle(packet)
    return packet


def in_an_hour() -> int:
    """The timetag of an hour from now."""
    return int((time.time() + 3600 + 2_208_988_800) * 2**32)


POISON = {
    "nothing": b"",
    "no multiple of four": b"/ab",
    "an element of -4 bytes": b"#bundle\0" + bytes(7) + b"\1" + struct.pack(">i", -4) + bytes(8),
    "an element beyond the end": b"#bundle\0" + bytes(7) + b"\1" + struct.pack(">i", 2**31 - 4) + bytes(8),
    "2,500 bundles in each other": nested(2_500),
    "a tag that nobody knows": b"/driftkit/ping\0\0,Qi\0" + bytes(12),
    "a string that is not UTF-8": b"/driftkit/ping\0\0,s\0\0\xc3\x28\0\0",
    "an address that is not UTF-8": b"/driftkit/\xff\xfe\0\0\0\0,\0\0\0",
    "not a number": b"/driftkit/pad/1/kick\0\0\0\0,f\0\0" + struct.pack(">f", float("nan")),
    "infinity": b"/driftkit/pad/1/kick\0\0\0\0,d\0\0" + struct.pack(">d", float("-inf")),
    "a huge blob": b"/driftkit/ping\0\0,b\0\0" + struct.pack(">i", 60_000) + bytes(60_000),
    "a blob of a negative length": b"/driftkit/ping\0\0,b\0\0" + struct.pack(">i", -1) + bytes(8),
    "an address of 60,000 bytes": b"/" + b"a" * 59_999 + b"\0\0\0\0,\0\0\0",
    "two thousand messages": bundle(*[b"/a\0\0,\0\0\0"] * 2_000),
}
UNKNOWN = {  # well formed, refused with a sentence: no bad packets
    "wildcards that are slow as a pattern": b"/" + b"*a" * 12 + b"\0\0\0,\0\0\0",
    "60,000 arguments": b"/driftkit/pad/1/kick\0\0\0\0," + b"T" * 60_000 + b"\0\0\0",
    "a class of characters": b"/driftkit/[a-z]\0,\0\0\0",
    "an enormous number": message("/pad/1/steps", 2**62, tags="h"),
}
VALID = [
    message("/ping", "token"),
    message(f"/pad/{PAD}/kick", 0.5),
    message("/pad/4/steps", 2),
    message("/select", 2),
    message("/status"),
    bundle(message("/pad/5/snare", 0.25), bundle(message("/pad/6/guidance", 2.0)), message("/ping", 3)),
    message("/sync", 5),
    message("/undo", 7),
    message("/cancel", "*"),
]


def broken(rng: random.Random) -> bytes:
    """A valid packet, cut or with bits turned over, or nothing but noise."""
    kind = rng.randrange(3)
    if kind == 0:
        return rng.randbytes(rng.randrange(400))
    packet = bytearray(rng.choice(VALID))
    if kind == 1:
        return bytes(packet[: rng.randrange(len(packet))])
    for _ in range(rng.randint(1, 6)):
        packet[rng.randrange(len(packet))] ^= 1 << rng.randrange(8)
    return bytes(packet)


def test_10000_broken_packets_cost_a_count(quiet: Daemon, client: OscClient) -> None:
    rng = random.Random(20)
    client.render(PAD, 1, steps=2)
    slowly(client, [broken(rng) for _ in range(1_000)])  # what Python and the system allocate once
    said, memory, (received, bad, _) = len(quiet.stderr), resident(quiet.ready["pid"]), traffic(client)

    poison = [*POISON.values()] * 20
    slowly(client, poison)
    assert traffic(client)[1] == bad + len(poison), "every poisonous packet is counted, and none twice"
    noise = [bytes([rng.randrange(1, 0x23)]) + rng.randbytes(rng.randrange(200)) for _ in range(1_000)]
    slowly(client, noise)  # begins with neither / nor #
    assert traffic(client)[1] == bad + len(poison) + len(noise)
    refused = [*UNKNOWN.values()] * 20
    slowly(client, refused)
    assert traffic(client)[1] == bad + len(poison) + len(noise), "what is well formed is no bad packet"
    sent = len(poison) + len(noise) + len(refused)
    slowly(client, [broken(rng) for _ in range(PACKETS - sent)])

    now_received, now_bad, _ = traffic(client)
    assert dropped(quiet.port) == 0 and now_received >= received + PACKETS
    assert now_bad - bad > PACKETS / 3
    assert client.ask("/status", answers="/status.reply").values[9] == now_bad
    assert len(quiet.stderr) - said < 2_000, quiet.stderr[said:][:2_000]
    assert resident(quiet.ready["pid"]) - memory < 8e6
    ended = client.render(PAD, 2, steps=2, task="generate", kick=1.0)
    assert ended.address == "/sound" and Path(ended.values[2]).exists()


def test_a_poisonous_packet_between_two_good_ones(client: OscClient) -> None:
    for name, packet in (POISON | UNKNOWN).items():
        client.send(f"/pad/{PAD}/variation", 0.25)
        client.raw(packet)
        client.send(f"/pad/{PAD}/variation", 0.75)
        client.barrier()  # what can be told what is wrong, is
        assert client.ask(f"/pad/{PAD}/variation").values == (0.75,), name


def test_20000_messages_in_a_second_while_rendering(quiet: Daemon, client: OscClient) -> None:
    """Sent at 20,000 per second, or as fast as this machine takes them off the socket."""
    controls = [f"/pad/{pad}/{name}" for pad in range(1, 17) for name in ("kick", "snare", "guidance", "variation")]
    values = {address: round(1 - (i + 1) / 128, 4) for i, address in enumerate(controls)}
    rounds = BURST // len(controls)
    packets = [message(address, round(turn / 1_000, 4)) for turn in range(rounds - 1) for address in controls]
    packets += [message(address, value) for address, value in values.items()]
    packets = [message("/pad/1/kick", 0.5)] * (BURST - len(packets)) + packets
    for pad in range(1, 17):
        client.send(f"/pad/{pad}/steps", 400)
        client.send("/render", pad)
    client.wait_for("/progress")
    (received, bad, _), lost = traffic(client), dropped(quiet.port)

    started = time.perf_counter()
    for number, packet in enumerate(packets):
        client.raw(packet)
        if number % 20 == 19:
            time.sleep(max(0.0, started + number / BURST - time.perf_counter()))
            until(lambda: (backlog(quiet.port) or (0, 0))[0] < 100_000, "room in the socket")
    until(lambda: not (backlog(quiet.port) or (0, 0))[0], "an empty socket")

    assert client.ask("/status", answers="/status.reply").values[0] == "rendering"
    client.ask("/cancel", "*", answers="/done")
    counted = traffic(client)
    assert dropped(quiet.port) == lost
    assert counted[0] - received == BURST + 3 and counted[1] == bad
    for address, value in values.items():
        assert client.ask(address).values == (pytest.approx(value, abs=1e-6),), address


def test_bundles_an_hour_ahead_wait_in_bounded_memory(client: OscClient) -> None:
    full = bundle(*[message(f"/pad/{PAD}/kick", 0.5)] * 1_000, timetag=in_an_hour())
    for _ in range(10):
        client.raw(full)
    client.raw(bundle(message("/ping"), timetag=in_an_hour()))
    assert "wait for their time already" in client.wait_for("/fail").values[1]
    assert traffic(client)[2] == 10_000
    assert client.ask("/ping", "here", answers="/pong").values == ("here",)
