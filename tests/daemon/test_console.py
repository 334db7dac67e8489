"""What a person sees in the terminal, drawn by rich into a text."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from driftkit.daemon.arrivals import Arrivals
from driftkit.daemon.board import Board
from driftkit.daemon.cli.listing import tell
from driftkit.daemon.commands import Instrument
from driftkit.daemon.console import content, picture
from driftkit.daemon.engine import Engine
from driftkit.daemon.folder import Folder
from driftkit.daemon.sources import Sources
from driftkit.daemon.surfaces import controls
from driftkit.sampler.spec import find_model, read_spec


@pytest.fixture
def seen(tmp_path: Path) -> Callable[[], str]:
    """The terminal of an instrument whose first pad has a name that could be markup."""
    folder = Folder(tmp_path, 1)
    board = Board(controls(read_spec(find_model("default"))))
    instrument = Instrument(board, folder, Sources(folder, (), tmp_path), lambda hit, read: hit, "default@0")
    instrument.engine = Engine(lambda prepared: (yield 1.0), Arrivals(instrument))
    instrument.set(1, "name", "[/x] [bold]")

    def drawn() -> str:
        paper = io.StringIO()
        Console(file=paper, force_terminal=True, width=120).print(picture(*content(instrument, ("127.0.0.1", 9001))))
        return paper.getvalue()

    return drawn


def test_a_name_in_brackets_is_shown_as_it_is(seen: Callable[[], str]) -> None:
    assert ">1  [/x] [bold]" in seen() and "OSC 127.0.0.1:9001" in seen() and "no audio" in seen()


def test_lists_show_brackets_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    tell([{"what": "audio", "says": "HDA [Analog]", "works": True}], ("what", "works", "says"), False)
    assert "HDA [Analog]" in capsys.readouterr().out
