"""What OSC clients are told: answers, and pushes to subscribers. It knows no socket: a `Client` delivers packets."""

import threading
from typing import Any

from ...sampler.controls import Value
from ...sampler.errors import Error
from ..state import State
from ..surfaces import PREFIX
from .osc_packets import MAX_REPLY_BYTES, encode
from .osc_subscribers import Client, Subscribers


class OscOutput:
    """An output of the instrument. Answers leave from the thread that has them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.subscribers = Subscribers()
        self.reshaped = threading.Event()  # another model's controls: subscribers need all of them

    def send(self, targets: set[Client], address: str, *arguments: int | float | str) -> None:
        """One answer, below the prefix, to these destinations alone."""
        packet = encode(PREFIX + address, *arguments)
        for target in targets:
            target.deliver(packet)

    def answer(self, client: Any, address: str, *arguments: int | float | str) -> None:
        """To the client, where it is one of OSC, and to every subscriber, each destination once."""
        self.send({*([client] if isinstance(client, Client) else []), *self.subscribers.all()}, address, *arguments)

    def changed(self, pad: int, name: str, origin: Any) -> None:
        """Push a control to the subscribers at the next tick."""
        self.subscribers.changed(pad, name, origin)

    def push(self) -> None:
        """Tell the subscribers what has changed since the last push."""
        board = self._state.board
        if self.reshaped.is_set():
            self.reshaped.clear()
            for target in self.subscribers.all():
                self.snapshot(target)
        for pad, name, targets in self.subscribers.take_changes():
            try:
                packet = encode(f"{PREFIX}/pad/{pad}/{name}", plain(board.get(pad, name)))
            except Error:  # a control of the model before
                continue
            for target in targets:
                target.deliver(packet)

    def snapshot(self, client: Client) -> None:
        """Every control of every pad, in bundles small enough for any client."""
        board = self._state.board
        with self._state.lock:
            values = [(n, name, board.get(n, name)) for n in board.pads for name in board.controls]
            packets = [encode(f"{PREFIX}/pad/{n}/{name}", plain(value)) for n, name, value in values]
        head = b"#bundle\0" + (1).to_bytes(8, "big")
        bundle = head
        for packet in packets:
            if len(head) + 4 + len(packet) > MAX_REPLY_BYTES:  # a long text fills a packet by itself
                client.deliver(packet)
                continue
            if len(bundle) + 4 + len(packet) > MAX_REPLY_BYTES:
                client.deliver(bundle)
                bundle = head
            bundle += len(packet).to_bytes(4, "big") + packet
        client.deliver(bundle)


def plain(value: Value) -> int | float | str:
    """A control's value as an OSC argument."""
    return "" if value is None else value
