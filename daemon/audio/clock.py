"""Which frame belongs to a time of day: one smooth line through the jittery times of the callbacks."""

import math

WIDE_HZ, NARROW_HZ = 1.0, 0.01  # bandwidth at first, to find the line, and later, to keep to it
CLIP_S = 0.001  # one callback moves a settled line as if it were this much off at most
SETTLING_S = 1.0
LOST_S = 0.010  # the line is found anew where callbacks are this far off for a while: time was lost or made up
AVERAGE_S = 0.25
DRIFT = 0.001  # a sound card's clock is not further than this from its nominal rate


class Clock:
    """A delay-locked loop of second order: phase and period follow the error of each callback a little.

    With angular bandwidth w = 2 pi B dt and error e: phase += sqrt(2) w e, period += w^2 e / frames. After the first
    seconds a callback can move the line by less than 0.02 samples, so two times that are looked up one after the
    other lie as far apart in frames as in time, however badly the system keeps the callbacks' time.
    """

    def __init__(self, rate_hz: int) -> None:
        self._nominal = self._period = 1 / rate_hz
        self._frame = 0
        self._time: float | None = None
        self._age = self._error = 0.0

    def tick(self, now: float, frame: int) -> None:
        """A callback at `now`, seconds since 1970, begins to fill its block at `frame`."""
        frames = frame - self._frame
        if self._time is None or frames <= 0:
            self._time, self._frame, self._age, self._error = now, frame, 0.0, 0.0
            return
        expected = self._time + frames * self._period
        error = now - expected
        elapsed = frames * self._nominal
        self._age += elapsed
        self._error += min(1.0, elapsed / AVERAGE_S) * (error - self._error)
        self._frame = frame
        if abs(self._error) > LOST_S:
            self._time, self._period, self._age, self._error = now, self._nominal, 0.0, 0.0
            return
        if self._age > SETTLING_S:
            error = min(max(error, -CLIP_S), CLIP_S)
        w = 2 * math.pi * max(NARROW_HZ, WIDE_HZ / (1 + self._age**2)) * elapsed
        self._time = expected + math.sqrt(2) * w * error
        period = self._period + w * w * error / frames
        self._period = min(max(period, self._nominal * (1 - DRIFT)), self._nominal * (1 + DRIFT))

    def frame_at(self, when: float) -> int:
        """The frame that belongs to a time; after the first tick."""
        assert self._time is not None
        return self._frame + round((when - self._time) / self._period)
