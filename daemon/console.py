"""What a person sees in the terminal: sixteen pads and the state, drawn on stderr while that is a terminal."""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from rich.console import Console as Terminal
from rich.console import Group
from rich.live import Live
from rich.logging import RichHandler
from rich.table import Table
from rich.text import Text

from .state import State


class Console:
    """A live table where stderr is a terminal that can be drawn on; else nothing, the log says what happens."""

    def __init__(self, state: State, says: Callable[[], str]) -> None:
        self._state, self._says = state, says
        terminal = Terminal(stderr=True)
        drawable = terminal.is_terminal and not terminal.is_dumb_terminal
        self._live = Live(console=terminal, auto_refresh=False) if drawable else None
        self._shown: object = None

    def __enter__(self) -> "Console":
        if self._live:
            self._live.start()
            logging.basicConfig(
                level=logging.INFO, force=True, format="%(message)s",
                handlers=[RichHandler(console=self._live.console, show_path=False, show_level=False)],
            )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self.draw()
            with suppress(OSError):  # the terminal may be gone
                self._live.stop()

    def draw(self) -> None:
        """Show the pads as they are now; to draw takes milliseconds that a note would wait for, so only what is new."""
        if self._live:
            now = content(self._state), self._says()
            if now != self._shown:
                self._shown = now
                with suppress(OSError):
                    self._live.update(picture(*now), refresh=True)


def content(state: State) -> list[list[str]]:
    """What is to be seen: a row for each pad."""
    rows = []
    with state.lock:
        for number, pad in state.board.pads.items():
            sound = pad.sound
            mark = ">" if number == state.board.selected else " "
            row = [f"{mark}{number}", pad.name, str(pad.note), str(state.board.get(number, "task"))]
            if sound:
                row += [f"{sound.label} {sound.confidence:.2f}", str(sound.hit.seed), f"{sound.took_s * 1000:.0f}"]
            rows.append(row)
    return rows


def picture(rows: list[list[str]], line: str) -> Any:
    """The table of pads and the state as rich draws them."""
    table = Table(box=None, pad_edge=False)
    for head in ("pad", "name", "note", "task", "sounds like", "seed", "ms"):
        table.add_column(head, justify="right" if head in ("pad", "note", "seed", "ms") else "left")
    for row in rows:
        table.add_row(*map(Text, row))  # a name such as [/x] is no markup
    return Group(Text("driftkit", style="bold"), table, Text(line, style="dim"), Text("Ctrl-C stops", style="dim"))
