"""What a person sees in the terminal, drawn by rich into a text."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from rig.instrument import instrument

from driftkit.daemon.cli.listing import tell
from driftkit.daemon.console import content, picture


@pytest.fixture
def seen(tmp_path: Path) -> Callable[[], str]:
    """The terminal of an instrument whose first pad has a name that could be markup."""
    one = instrument(tmp_path)
    one.commands.set(1, "name", "[/x] [bold]")

    def drawn() -> str:
        paper = io.StringIO()
        Console(file=paper, force_terminal=True, width=120).print(picture(content(one.state), "the state"))
        return paper.getvalue()

    return drawn


def test_a_name_in_brackets_is_shown_as_it_is(seen: Callable[[], str]) -> None:
    assert ">1  [/x] [bold]" in seen() and "the state" in seen()


def test_lists_show_brackets_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    tell([{"what": "audio", "says": "HDA [Analog]", "works": True}], ("what", "works", "says"), False)
    assert "HDA [Analog]" in capsys.readouterr().out
