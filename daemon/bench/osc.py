"""How a running daemon answers: renders, control messages, kits that change, twenty thousand messages in a second."""

import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from ..inputs.osc.packets import decode, encode
from ..pads.surfaces import PREFIX

TRIPS = 2_000
RENDERS = 200  # so that two are slower than the p99
ENOUGH_S = 90.0  # after which it is as many renders as there are
KITS, KIT_S = ("studio", "hybrids"), 0.5  # that are opened in turn, one each so many seconds
CHANGING_S, PACE_S = 15.0, 0.005
BURST = 20_000
GROUP = 20  # messages sent between two looks at the clock
HOST = "127.0.0.1"
QUIET_S = 5.0  # no answer for so long: the question was lost
SHIPPED = "render of a pad of the shipped kit to its published file"


def measure_osc(port: int) -> dict[str, Any]:
    """Figures of the daemon on a port of this machine, by name; it holds the shipped kit."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect((HOST, port))
        client.settimeout(QUIET_S)
        found = renders(client, SHIPPED, 1)  # as it is
        for name, value in (("kick", 1.0), ("guidance", 1.0)):
            client.send(encode(f"{PREFIX}/pad/16/{name}", value))
        found |= renders(client, "render at guidance 1 to its published file", 16)
        return found | round_trips(client) | burst(client) | kits_changing(client, port)


def percentiles(what: str, took: Sequence[float], *places: int) -> dict[str, Any]:
    """Of milliseconds, by name."""
    return {f"{what}, p{p}, ms": round(float(np.percentile(took, p)), 2) for p in places}


def renders(client: socket.socket, what: str, pad: int) -> dict[str, Any]:
    """From /driftkit/render to the answer that its file is in place, one at a time, each of a seed of its own."""
    took: list[float] = []
    start = time.perf_counter()
    while len(took) < RENDERS and time.perf_counter() - start < ENOUGH_S:
        client.send(encode(f"{PREFIX}/pad/{pad}/seed", len(took)))
        started = time.perf_counter()
        ask(client, "/render", "/sound", pad)
        took.append((time.perf_counter() - started) * 1000)
    worst = {f"{what}, worst, ms": round(max(took), 1), f"{what}, renders": len(took)}
    return percentiles(what, took, 50, 95, 99) | worst


def knob(client: socket.socket, turn: int) -> bool:
    """Set a control and ask for it; is the new value back?"""
    value = (turn % 100) / 100
    client.send(encode(f"{PREFIX}/pad/16/interpolation", value))
    return bool(ask(client, "/pad/16/interpolation")[0] == value)


def insisted(client: socket.socket, turn: int) -> bool:
    """As `knob`, turned once more where a kit has come between; what is lost stays lost."""
    return knob(client, turn) or knob(client, turn)


def ping(client: socket.socket, turn: int) -> bool:
    """Ask whether it is there."""
    return bool(ask(client, "/ping", "/pong", turn)[0] == turn)


def play(client: socket.socket, turn: int) -> bool:
    """Play a pad; the pong after it tells that it has been."""
    client.send(encode(f"{PREFIX}/play", 1, 0.1))
    return ping(client, turn)


def timed(client: socket.socket, trip: Callable[[socket.socket, int], bool], turn: int) -> float | None:
    """Milliseconds of a round trip, None of one whose answer was wrong or lost."""
    started = time.perf_counter()
    with suppress(TimeoutError):
        if trip(client, turn):
            return (time.perf_counter() - started) * 1000
    return None


def round_trips(client: socket.socket) -> dict[str, Any]:
    """Set a control and ask for it, one after the other."""
    what = "control set and asked"
    took = [ms for turn in range(TRIPS) if (ms := timed(client, knob, turn)) is not None]
    return percentiles(what, took, 50, 99) | {f"{what}, wrong or lost": TRIPS - len(took)}


def kits_changing(client: socket.socket, port: int) -> dict[str, Any]:
    """How the daemon answers while another client opens two kits in turn, twice a second."""
    ways = {"/ping": ping, "control set and asked": insisted, "/play": play}
    took: dict[str, list[float | None]] = {name: [] for name in ways}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.connect((HOST, port))
        start, opened = time.perf_counter(), 0
        for turn in range(int(CHANGING_S / PACE_S)):
            if time.perf_counter() > start + opened * KIT_S:
                other.send(encode(f"{PREFIX}/preset/load", KITS[opened % len(KITS)]))
                opened += 1
            name = list(ways)[turn % len(ways)]
            took[name].append(timed(client, ways[name], turn))
            time.sleep(max(0.0, start + (turn + 1) * PACE_S - time.perf_counter()))
    found: dict[str, Any] = {"kits opened while it is asked": opened}
    for name, every in took.items():
        found |= percentiles(f"{name} while kits change", [ms for ms in every if ms is not None], 50, 99)
    return found | {"while kits change, wrong or lost": sum(every.count(None) for every in took.values())}


def burst(client: socket.socket) -> dict[str, Any]:
    """Messages paced over one second while every pad renders: how many the daemon read, and the last values."""
    packets = [encode(f"{PREFIX}/pad/{turn % 16 + 1}/interpolation", (turn // 16) / BURST) for turn in range(BURST)]
    for pad in range(1, 17):
        client.send(encode(f"{PREFIX}/render", pad))
    before = ask(client, "/traffic", "/traffic.reply")[0]
    started = time.perf_counter()
    for first in range(0, BURST, GROUP):
        for packet in packets[first : first + GROUP]:
            client.send(packet)
        time.sleep(max(0.0, started + (first + GROUP) / BURST - time.perf_counter()))
    seconds = time.perf_counter() - started
    read = ask(client, "/traffic", "/traffic.reply")[0] - before - 1  # the question itself
    last = {turn % 16 + 1: (turn // 16) / BURST for turn in range(BURST)}
    right = sum(abs(ask(client, f"/pad/{pad}/interpolation")[0] - value) < 1e-6 for pad, value in last.items())
    return {
        "burst while rendering, sent": f"{BURST} in {seconds:.2f} s",
        "burst while rendering, read": read,
        "burst while rendering, dropped by the system": BURST - read,
        "burst while rendering, last values right": f"{right} of {len(last)}",
    }


def ask(client: socket.socket, address: str, answer: str = "", *arguments: int) -> tuple[Any, ...]:
    """Send a question, again where it was lost; the arguments of its answer."""
    for _ in range(3):
        client.send(encode(PREFIX + address, *arguments))
        with suppress(TimeoutError):
            while True:
                for message in decode(client.recv(65535)):
                    if message.address == PREFIX + (answer or address):
                        return message.arguments
    raise TimeoutError(f"no answer to {address}")
