"""Where answers go: what an input must offer, so that the instrument can answer through it."""

from typing import Any, Protocol


class Output(Protocol):
    """Where answers go. A client is whatever the output uses to know whom to answer."""

    def answer(self, client: Any, address: str, *arguments: int | float | str) -> None:
        """To one client and to every subscriber, each once; client None: subscribers alone."""

    def changed(self, pad: int, name: str, origin: Any) -> None:
        """A control moved; `origin` moved it and need not be told."""
