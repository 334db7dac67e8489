"""The takes of a folder as a list: every Sound that was rendered, until the oldest go.

All of it is done by the thread that writes them, so that a list is what is on the disk.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from ...sampler.errors import Error
from .folder import Folder
from .publisher import Publisher
from .sounds import Then

NAME = re.compile(r"takes/[\d-]+/(?P<name>.*)_\d+_s(?P<seed>\d+)\.wav")


class Take(NamedTuple):
    """One of them. file: its place, counted from OUT."""

    file: str
    name: str
    seed: int
    star: bool


class Takes:
    """What may be asked of them. Answers come from the thread that writes."""

    def __init__(self, folder: Folder, publisher: Publisher) -> None:
        self._folder, self._publisher = folder, publisher

    def newest(self, most: int, tell: Callable[[list[Take]], None]) -> None:
        """Tell the newest, the newest first."""
        self._publisher.after(lambda: tell(self._listed(most)))

    def star(self, file: str, wanted: bool, then: Then) -> None:
        """Mark a take, so that it stays when the oldest go, or take the mark away."""
        self._do(lambda: self._folder.star(file, wanted), then)

    def delete(self, file: str, then: Then) -> None:
        """Delete a take of driftkit's; `Error` for any other file."""
        self._do(lambda: self._folder.delete(file), then)

    def _listed(self, most: int) -> list[Take]:
        marked = self._folder.stars.marked
        found = [(file, NAME.fullmatch(file)) for file in self._folder.takes]
        known = [Take(file, one["name"], int(one["seed"]), file in marked) for file, one in found if one]
        return known[::-1][:most]

    def _do(self, what: Callable[[], None], then: Then) -> None:
        def act() -> None:
            try:
                what()
            except Error as reason:
                then(reason)
            else:
                then(None)

        self._publisher.after(act)
