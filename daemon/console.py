"""What a person sees in the terminal: sixteen pads and the state, drawn on stderr while that is a terminal."""

import logging
from contextlib import suppress
from typing import Any

from rich.console import Console as Terminal
from rich.console import Group
from rich.live import Live
from rich.logging import RichHandler
from rich.table import Table
from rich.text import Text

from .commands import Instrument


class Console:
    """A live table where stderr is a terminal; else nothing, the log says what happens."""

    def __init__(self, instrument: Instrument, osc: tuple[str, int]) -> None:
        self.instrument = instrument
        self.osc = osc
        terminal = Terminal(stderr=True)
        self._live = Live(console=terminal, auto_refresh=False) if terminal.is_terminal else None
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
            now = content(self.instrument, self.osc)
            if now != self._shown:
                self._shown = now
                with suppress(OSError):
                    self._live.update(picture(*now), refresh=True)


def content(instrument: Instrument, osc: tuple[str, int]) -> tuple[list[list[str]], str]:
    """What is to be seen: a row for each pad, and the state."""
    rows = []
    with instrument.lock:
        for number, pad in instrument.board.pads.items():
            sound = pad.sound
            mark = ">" if number == instrument.board.selected else " "
            row = [f"{mark}{number}", pad.name, str(pad.note), str(instrument.board.get(number, "task"))]
            if sound:
                row += [f"{sound.label} {sound.confidence:.2f}", str(sound.hit.seed), f"{sound.took_s * 1000:.0f}"]
            rows.append(row)
        kit, model, out = instrument.kit, instrument.model, instrument.folder.live
    queued, rendering = instrument.engine.counts
    midi = ", ".join(instrument.midi.names) if instrument.midi else "off"
    line = f"kit {kit} · model {model} · OSC {osc[0]}:{osc[1]} · MIDI {midi or 'none'}"
    line += f" · {rendering} rendering, {queued} waiting · {out}"
    line += f"\n{instrument.live.speaker.about}"
    return rows, line


def picture(rows: list[list[str]], line: str) -> Any:
    """The table of pads and the state as rich draws them."""
    table = Table(box=None, pad_edge=False)
    for head in ("pad", "name", "note", "task", "sounds like", "seed", "ms"):
        table.add_column(head, justify="right" if head in ("pad", "note", "seed", "ms") else "left")
    for row in rows:
        table.add_row(*map(Text, row))  # a name such as [/x] is no markup
    return Group(Text("driftkit", style="bold"), table, Text(line, style="dim"), Text("Ctrl-C stops", style="dim"))
