"""A reader of Max patches that runs them as far as messages go, by what Max's reference says of each object.

It is no Max: it shows whether a patch does what was meant, if its objects do what is written of them. `udpsend` and
`udpreceive` are real sockets. Time runs as fast as `speed` says.
"""

import heapq
import itertools
import json
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage

from .daemon import PATIENCE_S
from .max_objects import BANG, NAMES, Message, Thing


class Max:
    """A patch that is open. Ports: of the daemon, where the patch says 9001; its own is one that is free."""

    def __init__(self, file: Path, port: int, speed: float = 1.0) -> None:
        self.folder, self.speed, self.started = file.parent, speed, time.monotonic()
        self.wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.ear.bind(("127.0.0.1", 0))
        self.ports = {"9001": str(port), "9002": str(self.ear.getsockname()[1])}
        self.receivers: dict[str, list[Thing]] = {}
        self.said: list[tuple[str, Message]] = []
        self._due: list[tuple[float, int, Thing, Callable[[], None]]] = []
        self._order, self._unique = itertools.count(), itertools.count(1000)
        data = file.read_bytes()
        self.things = self._open(json.loads(data[32:-1] if data[:4] == b"ampf" else data), [], None)
        for thing in self.every():
            if NAMES.get(thing.name) == "load":
                thing.hear(0, BANG)

    def __enter__(self) -> "Max":
        return self

    def __exit__(self, *_: object) -> None:
        self.wire.close()
        self.ear.close()

    def _open(self, document: dict[str, Any], arguments: list[str], outer: Thing | None) -> list[Thing]:
        unique = str(next(self._unique))
        text = json.dumps(document)
        for shipped, here in self.ports.items():
            text = re.sub(rf"\b{shipped}\b", here, text)
        patcher = json.loads(text)["patcher"]
        things = {box["box"]["id"]: Thing(self, box["box"], arguments, unique) for box in patcher["boxes"]}
        for line in patcher["lines"]:
            (source, outlet), (target, inlet) = line["patchline"]["source"], line["patchline"]["destination"]
            things[source].cables[outlet].append((things[target], inlet))
        for thing in things.values():
            thing.outer = outer
            file = self.folder / f"{thing.name}.maxpat"
            inside = thing.box if "patcher" in thing.box else json.loads(file.read_text()) if file.exists() else None
            if inside and NAMES.get(thing.name) == "sub":
                thing.inner = self._open({"patcher": inside["patcher"]}, thing.text.split()[1:], thing)
            if thing.name == "r":
                self.receivers.setdefault(thing.words[0], []).append(thing)
        return list(things.values())

    def every(self, things: list[Thing] | None = None) -> list[Thing]:
        """All boxes, those inside others too."""
        found = []
        for thing in self.things if things is None else things:
            found += [thing, *self.every(thing.inner)]
        return found

    def later(self, ms: float, thing: Thing, what: Callable[[], None]) -> None:
        """Do something in so many milliseconds; what was to be done for that box before is not."""
        self._due = [one for one in self._due if one[2] is not thing]
        at = (time.monotonic() - self.started) * self.speed + ms / 1000
        heapq.heappush(self._due, (at, next(self._order), thing, what))

    def until(self, happens: Callable[[], object], what: str) -> None:
        """Run the patch until a condition holds; fails on a hang only."""
        deadline = time.monotonic() + PATIENCE_S
        self.ear.settimeout(0.01)
        while not happens():
            assert time.monotonic() < deadline, f"still not: {what}; said {self.said[-5:]}"
            now = (time.monotonic() - self.started) * self.speed
            while self._due and self._due[0][0] <= now:
                heapq.heappop(self._due)[3]()
            try:
                packet = self.ear.recv(65536)
            except TimeoutError:
                continue
            parts = list(OscBundle(packet)) if packet.startswith(b"#bundle") else [OscMessage(packet)]
            for thing in self.every():
                for part in parts if thing.name == "udpreceive" else []:
                    assert isinstance(part, OscMessage)
                    thing.out(0, part.address, *part.params)

    def one(self, maxclass: str, **attributes: Any) -> Thing:
        """The box of a kind with these attributes."""
        found = [
            thing for thing in self.every()
            if thing.box["maxclass"] == maxclass and all(thing.box.get(k) == v for k, v in attributes.items())
        ]  # fmt: skip
        assert len(found) == 1, (maxclass, attributes, len(found))
        return found[0]
