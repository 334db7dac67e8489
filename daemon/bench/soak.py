"""A soak: minutes of hits while nothing renders, panels look on, kits change, or every pad renders on change."""

import socket
import time
from collections.abc import Callable
from typing import Any

from ...sampler.errors import Error
from ..inputs.osc.packets import encode
from ..pads.pad import PADS
from ..pads.surfaces import PREFIX
from .daemon import Running, running
from .osc import KIT_S, KITS, ask
from .panel import open_panels

HITS_PER_S = 8
PANELS = 2
PATIENCE_S = 60.0  # for the first kit
XRUNS, DONE = 8, 3  # places in the status


def soak(name: str, device: str, audio: str | None, minutes: float) -> dict[str, Any]:
    """Underruns, renders and memory of each, by name."""
    rows: dict[str, Any] = {}
    for what, beside, panels in (
        ("idle", nothing, 0),
        (f"{PANELS} panels open", nothing, PANELS),
        ("a kit opened every half second", change, 0),
        ("every pad on_change", turn, 0),
    ):
        with running(name, device, audio) as daemon:
            if not daemon.audio:
                raise Error("the daemon plays nothing; run `driftkit serve` to see why, or choose with --audio")
            with open_panels(daemon.http_port, panels):
                told = hits(daemon, round(minutes * 60 * HITS_PER_S), beside)
        rows |= {f"soak of {minutes:g} min, {what}: {row}": value for row, value in told.items()}
    return rows


Beside = Callable[[socket.socket, int], None]
"""What a client does with hit number i."""


def nothing(client: socket.socket, hit: int) -> None:
    """It only plays."""


def turn(client: socket.socket, hit: int) -> None:
    """It turns a knob of another pad, which renders that pad."""
    pad = (hit + PADS // 2) % PADS + 1
    if hit < PADS:
        client.send(encode(f"{PREFIX}/pad/{pad}/auto_render", "on_change"))
    client.send(encode(f"{PREFIX}/pad/{pad}/guidance", 1 + hit % 997 / 997))


def change(client: socket.socket, hit: int) -> None:
    """It opens the one and the other kit in turn."""
    number, rest = divmod(hit, round(KIT_S * HITS_PER_S))
    if not rest:
        client.send(encode(f"{PREFIX}/preset/load", KITS[number % len(KITS)]))


def hits(daemon: Running, count: int, beside: Beside) -> dict[str, Any]:
    """So many hits, one pad after the other."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect(("127.0.0.1", daemon.port))
        client.settimeout(PATIENCE_S)
        client.send(encode(f"{PREFIX}/sync", 1))  # the first kit is there
        client.recv(65535)
        for pad in range(1, PADS + 1):
            client.send(encode(f"{PREFIX}/pad/{pad}/auto_render", "off"))
        time.sleep(1)  # the audio has found its feet
        before, memory, start = ask(client, "/status", "/status.reply"), [daemon.memory], time.monotonic()
        for hit in range(count):
            client.send(encode(f"{PREFIX}/play", hit % PADS + 1))
            beside(client, hit)
            if hit == count // 2:
                memory.append(daemon.memory)
            time.sleep(max(0.0, start + (hit + 1) / HITS_PER_S - time.monotonic()))
        after = ask(client, "/status", "/status.reply")
        return {
            "underruns": after[XRUNS] - before[XRUNS],
            "renders": after[DONE] - before[DONE],
            "MB before, halfway, after": ", ".join(map(str, [*memory, daemon.memory])),
        }
