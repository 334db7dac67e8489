"""Who wants to be told: subscribers that expire, and changes that wait for the next push."""

import threading
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

from ....sampler.errors import Error

TTL_S = 60.0  # a subscription's length, renewed by any packet
MOST = 64  # subscriptions
MOST_OF_HOST = 8


class Client(ABC):
    """Where a packet came from and where its answers go. Equal clients are one destination."""

    host: str
    port: int
    ttl_s: float = TTL_S  # of a subscription that asks for no other

    @abstractmethod
    def at(self, port: int) -> "Client":
        """The same host at another port."""

    @abstractmethod
    def deliver(self, packet: bytes) -> None:
        """Send a packet, from any thread; a client that has gone, or does not read, costs no time."""


@dataclass(frozen=True)
class Subscription:
    """How long a destination is told: until a time of the monotonic clock, or `ttl_s` from the next packet."""

    until: float
    ttl_s: float
    asked_by: Client


@dataclass
class Subscribers:
    """Destinations of pushes."""

    _known: dict[Client, Subscription] = field(default_factory=dict)
    _changes: dict[tuple[int, str], Any] = field(default_factory=dict)  # (pad, control) -> who moved it
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def make_room(self, target: Client) -> Client | None:
        """Make room for a destination: where its host has as many as it may, the one asked for first leaves.

        That one is returned. `Error` where there are too many of all hosts.
        """
        with self._lock:
            self._expire()
            others = [client for client in self._known if client != target]
            of_host = [client for client in others if client.host == target.host]
            if len(of_host) >= MOST_OF_HOST:
                del self._known[of_host[0]]
                return of_host[0]
            if len(others) >= MOST:
                raise Error(f"{MOST} programs are subscribed already; end one of them with /driftkit/notify 0")
        return None

    def add(self, target: Client, ttl_s: float, asked_by: Client) -> None:
        """Subscribe a destination for so many seconds, renewed by any packet of its host."""
        with self._lock:
            self._known.pop(target, None)  # asked for last
            self._known[target] = Subscription(time.monotonic() + ttl_s, ttl_s, asked_by)

    def remove(self, client: Client) -> None:
        """Unsubscribe a destination, and those that this client asked for."""
        with self._lock:
            self._known = {t: s for t, s in self._known.items() if client not in (t, s.asked_by)}

    def port(self, client: Client) -> int:
        """Where a client is told, itself or at a port that it asked for; 0 where it is not."""
        with self._lock:
            self._expire()
            told = [target.port for target, one in self._known.items() if client in (target, one.asked_by)]
        return told[-1] if told else 0

    def renew(self, host: str) -> None:
        """A packet came from a host: its subscriptions go on, but for those that have expired."""
        with self._lock:
            now = self._expire()
            for client, one in self._known.items():
                if client.host == host:
                    self._known[client] = Subscription(now + one.ttl_s, one.ttl_s, one.asked_by)

    def all(self) -> list[Client]:
        """Subscribers that have not expired."""
        with self._lock:
            self._expire()
            return list(self._known)

    def _expire(self) -> float:
        now = time.monotonic()
        self._known = {client: one for client, one in self._known.items() if one.until > now}
        return now

    def changed(self, pad: int, name: str, origin: Any) -> None:
        """A control moved; the latest mover is the one that is not told."""
        with self._lock:
            if self._known:
                self._changes[pad, name] = origin

    def take_changes(self) -> list[tuple[int, str, list[Client]]]:
        """What to push now, and to whom."""
        with self._lock:
            changes, self._changes = self._changes, {}
            self._expire()
            known = list(self._known.items()) if changes else []
        return [
            (pad, name, [target for target, one in known if origin not in (target, one.asked_by)])
            for (pad, name), origin in changes.items()
        ]
