"""Takes that the user has marked: they stay when the oldest go. Called by the thread that writes."""

import json
import logging
from contextlib import suppress
from pathlib import Path

from ...sampler.errors import Error
from ...sampler.files import appearing
from .ledger import HIDDEN

log = logging.getLogger("driftkit")


class Stars:
    """The marked takes of a folder, by their places in it, kept in a file of driftkit's own."""

    def __init__(self, root: Path) -> None:
        self._file = root / HIDDEN / "stars.json"
        self._marked: set[str] | None = None  # None: not read yet

    @property
    def marked(self) -> set[str]:
        """The places; what cannot be read is no mark."""
        if self._marked is None:
            self._marked = set()
            with suppress(OSError, ValueError, RecursionError):
                found = json.loads(self._file.read_text(encoding="utf-8"))
                self._marked = {name for name in found if isinstance(name, str)}
        return self._marked

    def mark(self, name: str, wanted: bool) -> None:
        """Mark a take, or unmark it; `Error` where that cannot be written, and then it is as before."""
        now = self.marked | {name} if wanted else self.marked - {name}
        try:
            with appearing(self._file) as staged:
                staged.write_text(json.dumps(sorted(now), indent=1), encoding="utf-8")
        except OSError as reason:
            raise Error(f"the mark of {name} cannot be written: {reason.strerror or reason}") from None
        self._marked = now
