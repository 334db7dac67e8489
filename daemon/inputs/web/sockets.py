"""OSCQuery over HTTP and WebSocket: GET tells of nodes, LISTEN has values pushed, binary frames are OSC packets.

A frame is run as a UDP packet is, in its turn, and answered over its socket. The pushes of LISTEN are made here, 30
times a second at most and the latest value only.
"""

import json
import math
import threading
from typing import Any

from ....sampler.errors import Error
from ...pads.surfaces import PREFIX
from ..osc.packets import encode
from ..osc.receiver import OscInput
from ..osc.subscribers import Client
from .oscquery import Tree
from .served import Answer, Ask, Link, said

COMMANDS = ("LISTEN", "IGNORE")
SELECTION = f"{PREFIX}/select"


class SocketClient(Client):
    """A client over a WebSocket. Its subscriptions last as long as the connection."""

    ttl_s = math.inf

    def __init__(self, link: Link) -> None:
        self.host, self.port = link.host, link.port
        self.link = link
        self.listening: set[str] = set()

    def at(self, port: int) -> "SocketClient":
        """A WebSocket has no other port."""
        raise Error(f"port is {port}; over a WebSocket leave it out, the answers come back on the same socket")

    def deliver(self, packet: bytes) -> None:
        """Send a packet as a binary frame."""
        self.link.put(packet)


class OscQuery:
    """Nodes for who asks, and an output for who listens."""

    def __init__(self, osc: OscInput) -> None:
        self._osc = osc
        self._tree = Tree(osc.commands.state, osc.address[1])
        self._clients: dict[Link, SocketClient] = {}
        self._changes: dict[tuple[int, str], Any] = {}  # (pad, control) -> who moved it
        self._lock = threading.Lock()
        self._shape: object = None
        self._before: dict[str, Any] = {}

    def route(self, ask: Ask) -> Answer:
        """The answer to any GET."""
        status, text = self._tree.ask(ask.path, ask.query)
        return Answer(text.encode(), status=status) if status < 300 else said(status, text)

    # -- an output of the instrument ----------------------------------------------------------------------

    def answer(self, client: Any, address: str, *arguments: int | float | str) -> None:
        """Answers go out through OSC's own output, which knows every client."""

    def changed(self, pad: int, name: str, origin: Any) -> None:
        """Push a control to who listens at the next tick."""
        if self._clients:
            with self._lock:
                self._changes[pad, name] = origin

    # -- a talker over WebSockets -------------------------------------------------------------------------

    def enter(self, link: Link) -> None:
        """Somebody has connected."""
        if not self._clients:
            self._shape, self._before = self._tree.look(), self._tree.state()
        self._clients[link] = SocketClient(link)

    def leave(self, link: Link) -> None:
        """The connection has ended, and with it what its client listened to."""
        self._osc.leave(self._clients.pop(link))

    def hear(self, link: Link, frame: bytes | str) -> bool:
        """A binary frame is an OSC packet, a text is LISTEN or IGNORE."""
        client = self._clients[link]
        if isinstance(frame, bytes):
            return self._osc.offer(frame, client)
        try:
            self._command(client, frame)
        except Error as reason:
            client.deliver(encode(f"{PREFIX}/fail", "OSCQuery", str(reason)))
        return True

    def _command(self, client: SocketClient, frame: str) -> None:
        try:
            said = json.loads(frame)
            command, path = said["COMMAND"], said["DATA"].rstrip("/")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise Error('a text frame must be {"COMMAND": "LISTEN" or "IGNORE", "DATA": an address}') from None
        if command not in COMMANDS:
            raise Error(f"{str(command)[:40]!r} is not a command; it must be one of {', '.join(COMMANDS)}")
        if command == "IGNORE":
            client.listening.discard(path)
            return
        packet = self._packet(path)
        if packet is None:
            raise Error(f"{path[:200]} has no value to listen to")
        client.listening.add(path)
        client.deliver(packet)  # what is now; changes follow

    def tick(self) -> None:
        """Push what has changed, each value to those who listen to it but not to who moved it."""
        with self._lock:
            changes, self._changes = self._changes, {}
        moved = {address: origin for key, origin in changes.items() for address in self._tree.addresses(*key)}
        for address in self._moved():
            moved[address] = None
        for address, origin in moved.items():
            targets = [one for one in self._clients.values() if address in one.listening and one is not origin]
            packet = self._packet(address) if targets else None
            if packet:
                for client in targets:
                    client.deliver(packet)
        shape, self._shape = self._shape, self._tree.look()
        if shape is not self._shape:
            for client in self._clients.values():
                client.link.put(json.dumps({"COMMAND": "PATH_CHANGED", "DATA": PREFIX}))
                for packet in filter(None, map(self._packet, client.listening)):  # ranges and defaults may be others
                    client.deliver(packet)

    def _moved(self) -> list[str]:
        """What has another value without a control having moved: the selection, and with it what it selects."""
        before, self._before = self._before, self._tree.state()
        found = [address for address, value in self._before.items() if before.get(address) != value]
        return [*found, *self._tree.short()] if SELECTION in found else found

    def _packet(self, address: str) -> bytes | None:
        value = self._tree.value(address)
        return None if value is None else encode(address, value)
