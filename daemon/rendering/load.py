"""How busy the machine is kept by driftkit."""

import os
import time

LOOK_S = 0.5  # between two looks: asked more often, the figure of before is told again


class Load:
    """The share of all processors that this process took, from one look to the next."""

    def __init__(self) -> None:
        self._wall, self._own, self._percent = time.monotonic(), time.process_time(), 0.0

    @property
    def percent(self) -> float:
        """From 0 to 100."""
        wall, own = time.monotonic(), time.process_time()
        if wall - self._wall >= LOOK_S:
            self._percent = min(100.0, 100 * (own - self._own) / (wall - self._wall) / (os.cpu_count() or 1))
            self._wall, self._own = wall, own
        return self._percent
