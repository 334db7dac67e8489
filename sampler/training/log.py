"""The log of a run: OUT/log.jsonl, a line per report, and the boards that are asked for."""

import json
from pathlib import Path
from typing import Any

from torch import Tensor

from ..errors import Error
from ..files import appearing
from .boards import BOARDS

SHOWN = 8  # sounds heard and seen on a board at each evaluation


class Log:
    """What a run reported up to its checkpoint, and what it reports from there.

    A run that was killed may have logged more than its checkpoint holds; those lines come again, so
    they are taken away (in TensorBoard: hidden) when the run goes on.
    """

    def __init__(self, out: Path, samples: int, boards: tuple[str, ...] = ()) -> None:
        self.path = out / "log.jsonl"
        self.lines = [line for line in read_log(self.path) if line["samples"] <= samples]
        with appearing(self.path) as staged:
            staged.write_text("".join(json.dumps(line) + "\n" for line in self.lines))
        self.boards = [BOARDS[name](out, samples, bool(self.lines)) for name in boards]

    @property
    def last(self) -> int:
        """Sounds shown at the last line; -1 before the first."""
        return self.lines[-1]["samples"] if self.lines else -1

    def write(self, line: dict[str, Any]) -> None:
        """One report: numbers, or tables of numbers one deep."""
        self.lines.append(line)
        with self.path.open("a") as file:
            file.write(json.dumps(line) + "\n")
        flat: dict[str, float] = {}
        for name, value in line.items():
            table = value if isinstance(value, dict) else {"": value}
            flat |= {f"{name}/{key}".rstrip("/"): number for key, number in table.items() if number is not None}
        flat.pop("samples")
        for board in self.boards:
            board.numbers(line["samples"], flat)

    def sounds(self, samples: int, names: list[str], sounds: Tensor) -> None:
        """Sounds (n, N) to hear and to see."""
        for board in self.boards:
            board.sounds(samples, dict(list(zip(names, sounds))[:SHOWN]))

    def close(self) -> None:
        """Write what boards still hold."""
        for board in self.boards:
            board.close()


def read_log(path: Path) -> list[dict[str, Any]]:
    """The lines of a log.jsonl; a last one that a kill cut short is left out. `Error` for what is no log of a run."""
    if not path.exists():
        return []
    lines: list[dict[str, Any]] = []
    texts = path.read_bytes().splitlines()
    for number, text in enumerate(texts, 1):
        try:
            line = json.loads(text)
        except ValueError:
            if number == len(texts) and text.startswith(b"{"):
                break
            line = None
        if not isinstance(line, dict) or not isinstance(line.get("samples"), int):
            raise Error(f"{path} is not the log of a run of driftkit; give another folder, or move it away")
        lines.append(line)
    return lines
