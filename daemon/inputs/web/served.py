"""HTTP and WebSockets on one port: what is served, and to whom."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Ask:
    """A request: GET, or HEAD, whose answer's body is not sent."""

    path: str  # decoded
    query: str  # as it came
    host: str = "localhost"  # whom it was asked for, with the port
    accept: str = ""  # the kinds of answers that are wanted, as the header says


@dataclass(frozen=True)
class Answer:
    """What a request is answered with."""

    body: bytes = b""
    content_type: str = "application/json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    shared: bool = False  # pages of the origins that the user has named may read it, too


Route = Callable[[Ask], Answer | None]
"""Something to see: its answer, or None where the request is another route's. Called in the server's thread."""


class Link(Protocol):
    """An open WebSocket, as whoever talks over it sees it."""

    host: str
    port: int

    def put(self, frame: bytes | str) -> None:
        """Send a frame, from any thread, without waiting. A client that does not read is disconnected."""


class Talker(Protocol):
    """Who talks over WebSockets; called in the server's thread."""

    def enter(self, link: Link) -> None:
        """Somebody has connected."""

    def hear(self, link: Link, frame: bytes | str) -> bool:
        """A frame has come; False where there is no room for it now: it is given again."""

    def leave(self, link: Link) -> None:
        """The connection has ended."""

    def tick(self) -> None:
        """Called 30 times a second while somebody is connected."""


class Upload(Protocol):
    """A file that comes over a WebSocket. Called in threads that may wait for the disk; `Error` ends it."""

    def take(self, data: bytes) -> None:
        """The next bytes."""

    def finish(self) -> dict[str, object]:
        """All has come; what its sender is told."""

    def drop(self) -> None:
        """It has ended, well or not: nothing half is left."""


Receive = Callable[[Ask], Upload | None]
"""The file that a WebSocket is about to bring; None where it talks instead. `Error` where it is not wanted."""


def nothing(ask: Ask) -> Upload | None:
    """In place of what takes files: every WebSocket talks."""
    return None


def said(status: int, sentence: str, headers: dict[str, str] | None = None) -> Answer:
    """A sentence for who asked in vain."""
    return Answer(f"{sentence}\n".encode(errors="replace"), "text/plain; charset=utf-8", status, headers or {})


@dataclass
class Port:
    """An open port, and what is served there: `routes`, of which the first to answer counts, and WebSockets."""

    socket: socket.socket
    bind: str
    routes: Sequence[Route]
    talker: Talker
    receive: Receive = nothing
    origins: Collection[str] = ()  # whose pages may read what is shared, in small letters
    stop: Callable[[], object] = lambda: None  # set by who serves it: ends that
    stopping: threading.Event = field(default_factory=threading.Event)


def refusal(hosts: Sequence[str], origins: Sequence[str], here: str, bind: str, allowed: Collection[str] = ()) -> str:
    """Why a request is refused by its Host and Origin headers, or nothing.

    A web page of somebody else must neither steer nor read driftkit. Its requests carry its own origin; and a page that
    has its own name point to this machine (DNS rebinding) carries that name as the host. `here` is the address at which
    the request came in, `bind` the one that driftkit was told to listen on, `allowed` are origins that may ask as well.
    """
    if len(hosts) != 1:
        return f"the request has {len(hosts)} Host headers; it must have one"
    name = hostname(f"//{hosts[0]}")
    own = {bind.lower(), here.lower(), "localhost"}
    if not loopback(bind):  # others see this machine by its name
        own |= {socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"}
    if name not in own and not loopback(name):
        return f"the Host {hosts[0][:200]} is not this machine; ask for {here}"
    own_pages = (f"http://{hosts[0]}".lower(), f"https://{hosts[0]}".lower())
    for origin in origins:
        if origin.lower() not in (*own_pages, *allowed):
            return f"a page of {origin[:200]} may not use driftkit; only pages of driftkit itself may"
    return ""


def to_page(answer: Answer, origin: str, method: str) -> Answer:
    """An answer as a page of an origin that the user has named may read it: what is shared, and nothing else.

    By OPTIONS a browser asks beforehand whether it may, and whether it may from the internet into this network.
    """
    if not answer.shared:
        return said(403, f"a page of {origin[:200]} may read /strudel.json and the sounds that it names, nothing else")
    headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin", "Cross-Origin-Resource-Policy": "cross-origin"}
    if method != "OPTIONS":
        return replace(answer, headers=answer.headers | headers)
    may = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Allow-Private-Network": "true"}
    return Answer(status=204, headers=headers | may)


def hostname(url: str) -> str:
    """The host of a URL in small letters, without its port; nothing where there is none."""
    with suppress(ValueError):
        return urlsplit(url).hostname or ""
    return ""


def loopback(name: str) -> bool:
    """Is it this machine, and this machine alone?"""
    with suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return name == "localhost"
