"""Which frame belongs to a time of day: one smooth line along the earliest of the jittery callbacks."""

WINDOW_S = 1.0  # of callbacks of which the earliest counts: a busy system makes them late, never early
PHASE, PERIOD = 0.1, 0.0025  # of the error of a window: corrected during the next, and taken for a wrong rate
SLEW = 4e-5  # the line is never moved faster than this: two samples in a second
DRIFT = 3e-4  # a sound card's rate is not further off than this
LOST_S = 0.010  # a whole window this far off: time was lost or made up, and the line begins anew


class Clock:
    """A loop of second order over windows of a second, which bends the line instead of breaking it.

    Times that are looked up within half a second lie as far apart in frames as in time, to the sample, however late
    the system calls. Callbacks are never before the line, so what is asked for in time is never late for its block.
    """

    def __init__(self, rate_hz: int) -> None:
        self._nominal = 1 / rate_hz
        self._drift = self._slew = 0.0
        self._frame = self._until = 0
        self._origin = 0.0  # times are counted from here: since 1970, a float would round every block
        self._time: float | None = None
        self._earliest = 0.0
        self._settled = False

    def tick(self, now: float, frame: int) -> None:
        """A callback at `now`, seconds since 1970, begins to fill its block at `frame`."""
        if self._time is None:
            self._origin = now
            self._begin(0.0, frame)
            return
        now -= self._origin
        self._time += (frame - self._frame) * self._nominal * (1 + self._drift + self._slew)
        self._frame = frame
        error = now - self._time
        if not self._settled and error < 0:  # a stream begins with a burst that fills its buffer
            self._time, error = now, 0.0
        self._earliest = min(self._earliest, error)
        if frame >= self._until:
            self._correct(now, frame)

    def _begin(self, now: float, frame: int) -> None:
        self._time, self._frame, self._slew, self._settled = now, frame, 0.0, False
        self._next_window(frame)

    def _next_window(self, frame: int) -> None:
        self._until, self._earliest = frame + round(WINDOW_S / self._nominal), float("inf")

    def _correct(self, now: float, frame: int) -> None:
        """A window is over."""
        error = self._earliest
        if abs(error) > LOST_S:
            self._begin(now, frame)
            return
        self._settled = True
        self._slew = min(max(PHASE * error / WINDOW_S, -SLEW), SLEW)
        drift = self._drift + PERIOD * min(max(error, -0.001), 0.001) / WINDOW_S
        self._drift = min(max(drift, -DRIFT), DRIFT)
        self._next_window(frame)

    def frame_at(self, when: float) -> int:
        """The frame that belongs to a time; after the first tick."""
        assert self._time is not None
        return self._frame + round((when - self._origin - self._time) / (self._nominal * (1 + self._drift)))
