"""Where answers go: to every output of the inputs that can talk back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from .pads.board import Board


class Output(Protocol):
    """Where answers go. A client is whatever the output uses to know whom to answer."""

    def answer(self, client: Any, address: str, *arguments: int | float | str) -> None:
        """To one client and to every subscriber, each once; client None: subscribers alone."""

    def changed(self, pad: int, name: str, origin: Any) -> None:
        """A control moved; `origin` moved it and need not be told."""


class Replies:
    """All outputs as one. May be called from any thread."""

    def __init__(self, board: Board) -> None:
        self._outputs: list[Output] = []
        self._origin: Any = None
        board.on_change.append(self._changed)

    def join(self, output: Output) -> None:
        """From now on it is told."""
        self._outputs = [*self._outputs, output]

    def part(self, output: Output) -> None:
        """It is told no more."""
        self._outputs = [one for one in self._outputs if one is not output]

    def answer(self, client: Any, address: str, *arguments: int | float | str) -> None:
        """Send an answer through every output."""
        for output in self._outputs:
            output.answer(client, address, *arguments)

    def fail(self, client: Any, command: str, sentence: str, *tail: int | str) -> None:
        """Say what is wrong."""
        self.answer(client, "/fail", command, sentence, *tail)

    @contextmanager
    def moved_by(self, client: Any) -> Iterator[None]:
        """Who moves the controls inside, and so need not be told. Under the lock of the state."""
        self._origin = client
        try:
            yield
        finally:
            self._origin = None

    def _changed(self, pad: int, name: str) -> None:
        for output in self._outputs:
            output.changed(pad, name, self._origin)
