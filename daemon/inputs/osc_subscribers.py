"""Who wants to be told: subscribers that expire, and changes that wait for the next push."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

Client = tuple[str, int]


@dataclass
class Subscribers:
    """Destinations of pushes, each with the time it is good for."""

    _until: dict[Client, tuple[float, float]] = field(default_factory=dict)  # client -> (deadline, ttl)
    _changes: dict[tuple[int, str], Any] = field(default_factory=dict)  # (pad, control) -> who moved it
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, client: Client, ttl_s: float) -> None:
        """Subscribe for so many seconds, renewed by any packet of the client's host."""
        with self._lock:
            self._until[client] = (time.monotonic() + ttl_s, ttl_s)

    def remove(self, client: Client) -> None:
        """Unsubscribe."""
        with self._lock:
            self._until.pop(client, None)

    def renew(self, host: str) -> None:
        """A packet came from a host: its subscriptions go on, but for those that have expired."""
        with self._lock:
            now = self._expire()
            for client, (_, ttl) in self._until.items():
                if client[0] == host:
                    self._until[client] = (now + ttl, ttl)

    def all(self) -> list[Client]:
        """Subscribers that have not expired."""
        with self._lock:
            self._expire()
            return list(self._until)

    def _expire(self) -> float:
        now = time.monotonic()
        self._until = {client: entry for client, entry in self._until.items() if entry[0] > now}
        return now

    def changed(self, pad: int, name: str, origin: Any) -> None:
        """A control moved; the latest mover is the one that is not told."""
        with self._lock:
            if self._until:
                self._changes[pad, name] = origin

    def take_changes(self) -> list[tuple[int, str, list[Client]]]:
        """What to push now, and to whom."""
        with self._lock:
            changes, self._changes = self._changes, {}
        clients = self.all() if changes else []
        return [(pad, name, [c for c in clients if c != origin]) for (pad, name), origin in changes.items()]
