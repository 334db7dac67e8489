"""Clients of the daemon's HTTP port: http.client, and the library websockets as a client of OSC."""

import json
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from typing import Any, NamedTuple

from websockets.sync.client import ClientConnection, connect

from .daemon import PATIENCE_S, Daemon
from .osc import OscClient


class Reply(NamedTuple):
    """An answer to a request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        assert self.headers["Content-Type"] == "application/json"
        return json.loads(self.body)


def ask(daemon: Daemon, target: str, method: str = "GET", **headers: str) -> Reply:
    """One request, which carries these headers as well."""
    host, port = daemon.ready["http"]
    with closing(HTTPConnection(host, port, timeout=PATIENCE_S)) as connection:
        connection.request(method, target, headers=headers)
        response = connection.getresponse()
        return Reply(response.status, dict(response.getheaders()), response.read())


def node(daemon: Daemon, path: str) -> Any:
    """The node of a path."""
    reply = ask(daemon, path)
    assert reply.status == 200, reply
    return reply.json


class SocketClient(OscClient):
    """OSC over a WebSocket. `told` keeps the text frames."""

    def __init__(self, daemon: Daemon, **options: Any) -> None:
        host, port = daemon.ready["http"]
        self._open = ExitStack()
        connecting = connect(f"ws://{host}:{port}", proxy=None, **options)
        self.socket: ClientConnection = self._open.enter_context(connecting)
        self.heard = []
        self.told: list[Any] = []

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def raw(self, packet: bytes) -> None:
        """Any bytes, as one frame."""
        self.socket.send(packet)

    def say(self, command: str, path: str) -> None:
        """A command of OSCQuery about an address below /driftkit."""
        self.socket.send(json.dumps({"COMMAND": command, "DATA": f"/driftkit{path}"}))

    def _packet(self, within_s: float) -> bytes:
        while isinstance(frame := self.socket.recv(timeout=within_s), str):
            self.told.append(json.loads(frame))
        return frame
