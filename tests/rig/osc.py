"""A client of the daemon, made with python-osc alone, so that nothing of driftkit judges driftkit."""

import itertools
import socket
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

from .daemon import PATIENCE_S

ENDS = {"/sound": 0, "/cancelled": 0, "/fail": -1}  # how a render ends, and where its id stands


class Answer(NamedTuple):
    """One message that came."""

    address: str
    tags: str
    values: tuple[Any, ...]


class OscClient:
    """A UDP socket on a free port. `heard` keeps every answer in its order."""

    _tokens = itertools.count(1_000_000)

    def __init__(self, port: int) -> None:
        self._daemon = ("127.0.0.1", port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.heard: list[Answer] = []

    def __enter__(self) -> "OscClient":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def raw(self, packet: bytes) -> None:
        """Any bytes."""
        self._socket.sendto(packet, self._daemon)

    def send(self, address: str, *arguments: Any, tags: str = "") -> None:
        """One message below /driftkit; `tags` says how to write the arguments, else python-osc chooses."""
        self.raw(message(address, *arguments, tags=tags))

    def receive(self, within_s: float = PATIENCE_S) -> list[Answer]:
        """The next packet; what every answer promises is checked here: i, f and s in at most 1,024 bytes."""
        packet = self._packet(within_s)
        assert len(packet) <= 1024
        parts = list(OscBundle(packet)) if packet.startswith(b"#bundle") else [OscMessage(packet)]
        answers = []
        for part in parts:
            assert isinstance(part, OscMessage)
            tags = part.dgram[len(part.address) // 4 * 4 + 4 :].split(b"\0")[0].decode().lstrip(",")
            assert set(tags) <= set("ifs"), f"{part.address} has the tags {tags}"
            answers.append(Answer(part.address.removeprefix("/driftkit"), tags, tuple(part.params)))
        self.heard += answers
        return answers

    def _packet(self, within_s: float) -> bytes:
        """The next packet of the daemon; another one may still be talking to whoever had this port before."""
        deadline = time.monotonic() + within_s
        while True:
            self._socket.settimeout(max(0.001, deadline - time.monotonic()))
            packet, sender = self._socket.recvfrom(65536)
            if sender == self._daemon:
                return packet

    def wait_for(self, *addresses: str, where: Callable[[Answer], bool] = lambda answer: True) -> Answer:
        """The next answer to one of the addresses that `where` takes."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            left = deadline - time.monotonic()
            assert left > 0, f"no {' or '.join(addresses)}; heard {self.heard[-8:]}"
            for answer in self._next(left, addresses):
                if answer.address in addresses and where(answer):
                    return answer

    def _next(self, within_s: float, wanted: tuple[str, ...]) -> list[Answer]:
        try:
            return self.receive(within_s)
        except TimeoutError:
            raise AssertionError(f"no {' or '.join(wanted)}; heard {self.heard[-8:]}") from None

    def ask(self, address: str, *arguments: Any, tags: str = "", answers: str = "") -> Answer:
        """Send, and wait for the answer: to that address unless told, or a failure."""
        self.send(address, *arguments, tags=tags)
        return self.wait_for(answers or address, "/fail")

    def barrier(self) -> list[Answer]:
        """Everything that came until the daemon has dealt with all that was sent before.

        An unknown address is refused in its turn, behind what waits in the slow lane; a ping overtakes that.
        """
        strange, start = f"/no_{next(self._tokens)}", len(self.heard)
        self.send(strange)
        self.heard.remove(self.wait_for("/fail", where=lambda answer: answer.values[0] == f"/driftkit{strange}"))
        return self.heard[start:]

    def refusal(self, address: str, *arguments: Any, tags: str = "") -> str:
        """The sentence with which a message is refused."""
        answer = self.ask(address, *arguments, tags=tags, answers="/fail")
        assert answer.values[0] == f"/driftkit{address}"
        return str(answer.values[1])

    def render(self, pad: int, wanted: int | str | None = None, **controls: Any) -> Answer:
        """Set controls of a pad, render it, and wait for how it ends."""
        for name, value in controls.items():
            self.send(f"/pad/{pad}/{name}", value)
        self.send("/render", pad, *([] if wanted is None else [wanted]))
        queued = self.wait_for(
            "/queued", "/fail", where=lambda answer: answer.values[-1] == pad or len(answer.tags) > 2
        )
        assert queued.address == "/queued", queued
        return self.end_of(queued.values[0])

    def end_of(self, number: int | str) -> Answer:
        """How the last render with that id ended, or will."""

        def ends(answer: Answer) -> bool:
            return answer.address in ENDS and answer.values[ENDS[answer.address]] == number

        queued = [i for i, a in enumerate(self.heard) if a.address == "/queued" and a.values[0] == number]
        since = queued[-1] if queued else len(self.heard)
        told = [answer for answer in self.heard[since:] if ends(answer)]
        return told[0] if told else self.wait_for(*ENDS, where=ends)


def message(address: str, *arguments: Any, tags: str = "") -> bytes:
    """The bytes of a message below /driftkit."""
    builder = OscMessageBuilder(f"/driftkit{address}")
    for index, argument in enumerate(arguments):
        builder.add_arg(argument, tags[index] if tags else None)
    return builder.build().dgram
