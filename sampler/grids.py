"""Time grids: which noise levels a sampler visits, between two of them.

Each spacing is a function of n levels from s_high down to s_low; `grid` adds the clean end and
what the schedule says of each level.
"""

from collections.abc import Callable

import numpy as np

from .schedules import Schedule
from .solvers import Level

RHO = 7.0  # bend of the Karras spacing (EDM, Karras et al. 2022, eq. 5)

Spacing = Callable[[Schedule, float, float, int], list[float]]


def karras(schedule: Schedule, high: float, low: float, n: int) -> list[float]:
    """s uniform in s^(1 / rho): dense where the sound takes shape."""
    a, b = high ** (1 / RHO), low ** (1 / RHO)
    return [(a + (b - a) * i / max(n - 1, 1)) ** RHO for i in range(n)]


def log_snr(schedule: Schedule, high: float, low: float, n: int) -> list[float]:
    """s uniform in its logarithm: equal steps of the signal-to-noise ratio."""
    return [high * (low / high) ** (i / max(n - 1, 1)) for i in range(n)]


def uniform(schedule: Schedule, high: float, low: float, n: int) -> list[float]:
    """Uniform in t, as in CRASH."""
    a, b = schedule.t_of_s(high), schedule.t_of_s(low)
    return [schedule.s(a + (b - a) * i / max(n - 1, 1)) for i in range(n)]


def along(curve: tuple[float, ...]) -> Spacing:
    """Along a curve that was learned (`training.few_steps`): levels, high to low, log s linear between them.

    As many steps as the curve has levels visit these very levels; another range or number of steps gets its
    share of the curve, so that what few steps need is where many are dense, too.
    """
    depth, place = -np.log(curve), np.linspace(0, 1, len(curve))

    def spaced(schedule: Schedule, high: float, low: float, n: int) -> list[float]:
        ends = np.interp(-np.log([high, low]), depth, place)
        levels = np.exp(-np.interp(np.linspace(ends[0], ends[1], n), place, depth))
        return [high, *map(float, levels[1:-1]), low][:n] if n > 1 else [high]

    return spaced


def between(jumps: tuple[float, ...]) -> Spacing:
    """Between the levels of jumps that were learned, high to low, and the sound, where the last of them ends.

    As many steps as there are levels, from the first, visit these very levels. Fewer or more, or a way that
    begins lower, share out what lies between its beginning and the sound, log s linear between the levels.
    """

    def spaced(schedule: Schedule, high: float, low: float, n: int) -> list[float]:
        depth = -np.log([*jumps, min(low, jumps[-1] / 2)])
        place = np.arange(len(depth))
        begin = float(np.interp(-np.log(high), depth, place))
        places = begin + (place[-1] - begin) * np.arange(1, n) / n
        return [high, *map(float, np.exp(-np.interp(places, place, depth)))]

    return spaced


def spacing_of(spacing: str | tuple[float, ...] | Spacing) -> Spacing:
    """By name, along a curve, or as it is."""
    if isinstance(spacing, tuple):
        return along(spacing)
    return SPACINGS[spacing] if isinstance(spacing, str) else spacing


def level(schedule: Schedule, t: float) -> Level:
    """The level at t, with everything that a step may need."""
    return Level(t, schedule.s(t), schedule.m(t), schedule.f(t), schedule.g2(t))


def grid(
    schedule: Schedule, spacing: str | tuple[float, ...] | Spacing, high: float, low: float, steps: int
) -> list[Level]:
    """steps + 1 levels from s = high over s = low to the clean sound at s = 0."""
    visited = spacing_of(spacing)(schedule, high, min(low, high), steps)
    return [*(level(schedule, schedule.t_of_s(s)) for s in visited), Level(0.0, 0.0)]


def grid_up(
    schedule: Schedule, spacing: str | tuple[float, ...] | Spacing, high: float, low: float, steps: int
) -> list[Level]:
    """steps + 1 levels from s = low up to s = high, for encoding."""
    visited = spacing_of(spacing)(schedule, high, low, steps + 1)
    return [level(schedule, schedule.t_of_s(s)) for s in reversed(visited)]


SPACINGS: dict[str, Spacing] = {"karras": karras, "log_snr": log_snr, "uniform": uniform}
