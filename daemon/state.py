"""What the instrument is at this moment: its pads, the open kit, the model that is in; and the one lock over them.

Nothing under it renders, waits, decodes, resamples or writes; docs/threads.md has the order of all locks.
"""

import threading
from collections.abc import Callable
from typing import Any

from ..sampler.hit import Hit
from ..sampler.resolve import Reader
from .pads.board import Board
from .rendering.pending import Pending

Prepare = Callable[[Hit, Reader], Any]
"""A hit and the reader of its sources -> what the engine renders; resolves the hit for a model. Raises `Error`."""


class State:
    """prepare: of the model that is in; tag: its name@hash. Both are replaced together, under the lock."""

    def __init__(self, board: Board, prepare: Prepare, tag: str) -> None:
        self.board = board
        self.prepare = prepare
        self.tag = tag
        self.kit = ""  # the name of the kit that is open
        self.lock = threading.RLock()
        self.pending = Pending()  # renders, writes and loads
        self.dirty = threading.Event()  # the session differs from what is saved
        board.on_change.append(lambda pad, name: self.dirty.set())

    @property
    def model(self) -> str:
        """The name of the model."""
        return self.tag.partition("@")[0]
