"""How a running daemon answers: renders, control messages a round trip at a time, and twenty thousand in a second."""

import socket
import time
from contextlib import suppress
from statistics import quantiles
from typing import Any

from ..inputs.osc_packets import decode, encode
from ..surfaces import PREFIX

TRIPS = 2_000
RENDERS = 200  # so that two are slower than the p99
BURST = 20_000
GROUP = 20  # messages sent between two looks at the clock
QUIET_S = 5.0  # no answer for so long: the question was lost


def measure_osc(port: int) -> dict[str, Any]:
    """Figures of the daemon on a port of this machine, by name."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect(("127.0.0.1", port))
        client.settimeout(QUIET_S)
        return renders(client) | round_trips(client) | burst(client)


def renders(client: socket.socket) -> dict[str, Any]:
    """From /driftkit/render to the answer that its file is in place, one at a time: a kick at guidance 1."""
    client.send(encode(f"{PREFIX}/pad/16/kick", 1.0))
    client.send(encode(f"{PREFIX}/pad/16/guidance", 1.0))
    took = []
    for turn in range(RENDERS):
        client.send(encode(f"{PREFIX}/pad/16/seed", turn))
        started = time.perf_counter()
        ask(client, "/render", "/sound", 16)
        took.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(took, n=100)
    told = {f"render to published file, p{p}, ms": round(cuts[p - 1], 1) for p in (50, 95, 99)}
    return told | {"render to published file, renders": RENDERS}


def round_trips(client: socket.socket) -> dict[str, Any]:
    """Set a control and ask for it: milliseconds until the new value is back."""
    took = []
    for turn in range(TRIPS):
        value = (turn % 100) / 100
        started = time.perf_counter()
        client.send(encode(f"{PREFIX}/pad/16/interpolation", value))
        if ask(client, "/pad/16/interpolation")[0] == value:
            took.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(took, n=100)
    return {
        "control set and asked, p50, ms": round(cuts[49], 3),
        "control set and asked, p99, ms": round(cuts[98], 3),
        "control set and asked, wrong or lost": TRIPS - len(took),
    }


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
