"""What a panel feels of the daemon, over the WebSocket that it speaks: a click on a pad, and a knob that is dragged."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

from ..inputs.osc.packets import Message, decode, encode
from ..pads.surfaces import PREFIX
from .osc import HOST, percentiles

CLICKS = 500
CHANGES, A_SECOND = 300, 60  # of a dragged knob
KNOB = "interpolation_t"
QUIET_S = 5.0


def panels(port: int) -> dict[str, Any]:
    """Figures of a daemon by its HTTP port: two panels are open, of which the second one looks on."""
    with ExitStack() as stack:
        one, other = (stack.enter_context(connect(f"ws://{HOST}:{port}", proxy=None)) for _ in range(2))
        for panel in (one, other):
            send(panel, "/notify", 1)
            send(panel, "/ping", "all")
            heard(panel, "/pong")
        return clicks(one) | drag(one, other)


@contextmanager
def open_panels(port: int, count: int) -> Iterator[None]:
    """So many panels look on, and take whatever comes."""
    with ExitStack() as stack:
        for _ in range(count):
            panel = stack.enter_context(connect(f"ws://{HOST}:{port}", proxy=None))
            send(panel, "/notify", 1)
            threading.Thread(target=deque, args=(panel, 0), daemon=True).start()  # until it is closed
        yield


def clicks(panel: ClientConnection) -> dict[str, Any]:
    """From a click on a pad to the daemon's having dealt with it: the pong behind it tells."""
    took = []
    for turn in range(CLICKS):
        started = time.perf_counter()
        send(panel, "/play", 1, 0.1)
        send(panel, "/ping", turn)
        while heard(panel, "/pong").arguments != (turn,):
            pass
        took.append((time.perf_counter() - started) * 1000)
    return percentiles("panel, click to play handled", took, 50, 95, 99)


def drag(panel: ClientConnection, other: ClientConnection) -> dict[str, Any]:
    """Moves of a knob, 60 a second: after how long the other panel has the last one."""
    began = time.perf_counter()
    for turn in range(1, CHANGES + 1):
        send(panel, f"/pad/1/{KNOB}", turn / CHANGES)
        time.sleep(max(0.0, began + turn / A_SECOND - time.perf_counter()))
    ended = time.perf_counter()
    values = [heard(other, f"/pad/1/{KNOB}").arguments[0]]
    while values[-1] != 1.0:
        values.append(heard(other, f"/pad/1/{KNOB}").arguments[0])
    return {
        f"panel, {A_SECOND} changes a second, the last value in another panel, ms": round(
            max(0.0, time.perf_counter() - ended) * 1000, 1
        ),
        f"panel, {A_SECOND} changes a second, seen by another panel": f"{len(values)} of {CHANGES}",
    }


def send(panel: ClientConnection, address: str, *arguments: int | float | str) -> None:
    """One message below the prefix."""
    panel.send(encode(PREFIX + address, *arguments))


def heard(panel: ClientConnection, address: str) -> Message:
    """The next message of an address; `TimeoutError` where none comes."""
    return next(message for message in messages(panel) if message.address == PREFIX + address)


def messages(panel: ClientConnection) -> Iterator[Message]:
    """What comes, one after the other; what is left of a packet is let go."""
    while True:
        frame = panel.recv(timeout=QUIET_S)
        if isinstance(frame, bytes):
            yield from decode(frame)
