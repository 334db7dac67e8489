"""The page of threads, processes and locks, held against the code and against an instrument that runs."""

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from rig.instrument import instrument
from rig.osc import OscClient

from driftkit.daemon.inputs.midi.receiver import NoMidi
from driftkit.daemon.inputs.osc.receiver import OscInput

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "threads.md").read_text(encoding="utf-8")
CODE = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.glob("[ds]a*e*/**/*.py"))}
CODE = {name: text for name, text in CODE.items() if not name.startswith("daemon/bench/")}


def told(heading: str) -> list[tuple[str, str]]:
    """What a table of the page lists: names and files, in its order."""
    section = PAGE.split(f"\n## {heading}")[1].split("\n## ")[0]
    return re.findall(r"^\| `?([\w ]+?)`? \| `([\w/.]+)` \|", section, flags=re.MULTILINE)


def made(pattern: str) -> set[tuple[str, str]]:
    """Names and files of what the code makes."""
    return {(name, file) for file, text in CODE.items() for name in re.findall(pattern, text)}


def test_the_page_lists_every_thread_and_process() -> None:
    threads = made(r'threading\.Thread\([^\n]*name="([\w ]+)"') | made(r'ThreadPoolExecutor\([^\n]*, "([\w ]+)"')
    assert set(told("Threads")) == threads | {("main", "daemon/serve.py")}
    assert set(told("Processes")) == made(r'\.Process\([^\n]*name="([\w ]+)"')
    every = sum(len(re.findall(r"threading\.Thread\(|ThreadPoolExecutor\(", text)) for text in CODE.values())
    assert every == len(threads), "a thread has no name"


def test_the_page_lists_every_lock() -> None:
    locks = made(r"(\w+) = (?:[^\n]*, )?threading\.(?:Lock|RLock|Condition)\(")
    assert set(told("Locks")) == locks
    every = sum(len(re.findall(r"threading\.(?:Lock|RLock|Condition)\(", text)) for text in CODE.values())
    assert every == len(locks), "two locks of a file have one name"


class Ranked:
    """A lock that knows its place in the page, and notes where it is taken in another order."""

    held = threading.local()
    wrong: list[str] = []  # noqa: RUF012

    def __init__(self, inner: Any, name: str, rank: int) -> None:
        self.inner, self.name, self.rank = inner, name, rank

    def __enter__(self) -> Any:
        mine = self.held.__dict__.setdefault("locks", [])
        above = [other.name for other in mine if other.rank > self.rank]
        if above:
            Ranked.wrong.append(f"{self.name} is taken under {', '.join(above)}")
        self.inner.__enter__()
        mine.append(self)
        return self

    def __exit__(self, *failure: object) -> None:
        self.held.locks.remove(self)
        self.inner.__exit__(*failure)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


@pytest.fixture
def ranked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every lock that the daemon makes from now on is ranked; what is taken in a wrong order is noted."""
    ranks = {place: rank for rank, place in enumerate(told("Locks"))}
    for kind in ("Lock", "RLock", "Condition"):
        real = getattr(threading, kind)

        def make(*arguments: Any, real: Any = real) -> Any:
            frame = sys._getframe(1)
            path = Path(frame.f_code.co_filename)
            if not path.is_relative_to(ROOT) or "tests" in path.relative_to(ROOT).parts:
                return real(*arguments)
            file = str(path.relative_to(ROOT))
            line = path.read_text().splitlines()[frame.f_lineno - 1]
            (place,) = [place for place in ranks if place[1] == file and re.search(rf"\b{place[0]}\b", line)]
            return Ranked(real(*arguments), " of ".join(place), ranks[place])

        monkeypatch.setattr(threading, kind, make)
    Ranked.wrong.clear()
    yield Ranked.wrong


def test_locks_are_taken_in_the_order_of_the_page(ranked: list[str], tmp_path: Path) -> None:
    one = instrument(tmp_path)
    with ExitStack() as stack:
        osc = stack.enter_context(OscInput(one.commands, "127.0.0.1", 0, tuple, NoMidi()))
        one.run(stack)
        client = stack.enter_context(OscClient(osc.address[1]))
        client.ask("/notify", 1, answers="/done")
        client.ask("/preset/load", "studio", answers="/done")
        client.send("/pad/2/auto_render", "after_hit")
        client.send("/pad/3/auto_render", "on_change")
        client.send("/pad/3/kick", 0.5)
        client.send("/pad/4/name", "Boom")
        client.ask("/render", 1, 7, answers="/sound")
        with pytest.raises(Exception, match="audio is off"):
            one.commands.play(2)
        client.ask("/undo", 1, answers="/done")
        client.ask("/preset/save", "mine", answers="/done")
        one.session.keep()
        one.session.look()
        client.ask("/sync", 1, answers="/synced")
    assert isinstance(one.state.lock, Ranked) and ranked == []
