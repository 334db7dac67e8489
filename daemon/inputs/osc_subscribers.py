"""Who wants to be told: subscribers that expire, and changes that wait for the next push."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

Client = tuple[str, int]


@dataclass
class Subscribers:
    """Destinations of pushes, each with the time it is good for."""

    _until: dict[Client, tuple[float, float]] = field(default_factory=dict)  # destination -> (deadline, ttl)
    _asked: dict[Client, Client] = field(default_factory=dict)  # destination -> who subscribed it
    _changes: dict[tuple[int, str], Any] = field(default_factory=dict)  # (pad, control) -> who moved it
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, target: Client, ttl_s: float, asked_by: Client) -> None:
        """Subscribe a destination for so many seconds, renewed by any packet of its host."""
        with self._lock:
            self._until[target] = (time.monotonic() + ttl_s, ttl_s)
            self._asked[target] = asked_by

    def remove(self, client: Client) -> None:
        """Unsubscribe a destination, and those that this client asked for."""
        with self._lock:
            for target in [t for t in self._until if client in (t, self._asked[t])]:
                del self._until[target]

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
        targets = self.all() if changes else []
        return [
            (pad, name, [t for t in targets if origin not in (t, self._asked[t])])
            for (pad, name), origin in changes.items()
        ]
