"""Long work at a terminal: how far it is, how fast, how long it will take, and how it is stopped."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from .rendering import progress

TELL_S = 30.0  # from one line of progress to the next where there is no terminal
Function = TypeVar("Function", bound=Callable[..., object])


def workers_option(default: str, about: str) -> Callable[[Function], Function]:
    """--workers, for commands that can share their work out."""
    return click.option("--workers", default=default, show_default=bool(default), help=about)


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Whether a Ctrl-C or SIGTERM has come; a second one ends at once."""
    asked: list[int] = []

    def hear(number: int, frame: object) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        say("stopping after the hits in flight; once more ends at once")

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def following(count: int) -> Iterator[Callable[[int], None]]:
    """Who hears how many hits are there, and shows it with rate and time left."""
    with progress(rate=True) as bar:
        shown_as = bar.add_task("rendering", total=count)
        started, told, first = time.monotonic(), time.monotonic(), -1

        def tick(there: int) -> None:
            nonlocal told, first
            first = there if first < 0 else first
            bar.update(shown_as, completed=there)
            now = time.monotonic()
            if bar.disable and now - told >= TELL_S and there > first:
                rate = (there - first) / (now - started)
                say(f"{there} of {count} hits, {rate:.2g}/s, {hours((count - there) / rate)} left")
                told = now

        yield tick


def hours(seconds: float) -> str:
    """A time as people say it."""
    for name, size in (("days", 86400.0), ("hours", 3600.0), ("minutes", 60.0)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} s"


def say(sentence: str) -> None:
    """A sentence for whoever waits."""
    print(sentence, file=sys.stderr, flush=True)
