"""Does a probability follow a knob? Sounds of the same seeds at several positions of a knob: a curve for each seed.

Seeds are shared by all positions, so everything is paired: intervals resample whole curves, and a fall
counts by how far the seeds agree on it.
"""

from dataclasses import dataclass

import numpy as np

from .metrics import Interval

ROUNDS = 2000  # of the bootstrap, and of the flips
LEAST = 0.01  # a fall by less is none, whatever its certainty: a probability near 0 or 1 trembles
LEVEL = 0.05  # of significance, for all falls of a curve together


@dataclass(frozen=True)
class Fall:
    """How far the mean goes down (less than 0: up) from one position to a later one."""

    start: int
    end: int
    size: Interval
    p: float | None = None  # of the largest of all falls, by chance alone

    @property
    def significant(self) -> bool:
        """Whether the fall is more than chance."""
        return self.p is not None and self.p < LEVEL


@dataclass(frozen=True)
class Curve:
    """What is known of a curve: its mean at each position, and whether it rises throughout."""

    mean: tuple[Interval, ...]
    spearman: Interval  # rank correlation of the mean with the position
    drop: Fall  # the largest between neighbours
    fall: Fall  # the most certain between any two positions


def spearman(curves: np.ndarray) -> np.ndarray:
    """Spearman's correlation of curves (..., W) with their positions: (...); 0 for a flat curve.

    Equal values share the mean of their ranks.
    """
    here, other = curves[..., :, None], curves[..., None, :]
    rank = (other < here).sum(-1) + (other == here).sum(-1) / 2
    rank = rank - rank.mean(-1, keepdims=True)
    place = np.arange(curves.shape[-1]) - (curves.shape[-1] - 1) / 2
    size = np.sqrt((rank**2).sum(-1) * (place**2).sum())
    return np.divide(rank @ place, size, out=np.zeros_like(size), where=size > 0)


def chance(falls: np.ndarray, rounds: int, draw: np.random.Generator) -> tuple[int, float]:
    """The most certain of several falls (n, P), one row a seed, and how likely one as certain is by chance.

    Without a fall a seed goes up as likely as down, so the signs of seeds are flipped at random, and the largest
    of the P falls counts each time (Westfall and Young's step for many tests at once). Falls are compared
    by the cosine of (n,) with a constant, which orders them as Student's t does and bears a fall of exactly 0.
    """
    size = np.sqrt(len(falls) * (falls**2).sum(0))
    signs = np.concatenate([np.ones((1, len(falls))), draw.choice([-1.0, 1.0], (rounds, len(falls)))])
    sums = signs @ falls
    cosine = np.divide(sums, size, out=np.zeros_like(sums), where=size > 0)
    largest = cosine.max(1)
    return int(cosine[0].argmax()), float((largest >= largest[0] - 1e-12).mean())


def curve(p: np.ndarray, rounds: int = ROUNDS, least: float = LEAST, seed: int = 0) -> Curve:
    """Means, rank correlation and falls of probabilities p (n seeds, W positions), which ought to rise."""
    draw = np.random.default_rng(seed)
    n, positions = p.shape
    mean = p.mean(0)
    again = np.stack([p[draw.integers(n, size=n)].mean(0) for _ in range(rounds)])  # (rounds, W)

    def interval(value: float, drawn: np.ndarray) -> Interval:
        low, high = np.percentile(drawn, [2.5, 97.5])
        return Interval(float(value), float(low), float(high))

    def fall(start: int, end: int, by_chance: float | None = None) -> Fall:
        return Fall(start, end, interval(mean[start] - mean[end], again[:, start] - again[:, end]), by_chance)

    steepest = int((mean[:-1] - mean[1:]).argmax())
    starts, ends = np.triu_indices(positions, 1)
    which, by_chance = chance(p[:, starts] - p[:, ends] - least, rounds, draw)
    return Curve(
        mean=tuple(interval(mean[i], again[:, i]) for i in range(positions)),
        spearman=interval(float(spearman(mean)), spearman(again)),
        drop=fall(steepest, steepest + 1),
        fall=fall(int(starts[which]), int(ends[which]), by_chance),
    )
