"""Distances between sets of embeddings, and what is known of them: floors, intervals, oracles.

Every function takes float arrays (n, D), one row per sound, and knows nothing of sounds. A value at
few sounds is biased (a Frechet distance upwards), so it means something only beside its floor: the
same measure between two real sets. These are smaller, as all real sounds are needed for both, so
`beside_floor` gives the value at their sizes.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

NEIGHBOURS = 5  # k of density and coverage, as in Naeem et al.
ROUNDS = 100  # of the bootstrap, and of the splits behind a floor
Z_95 = 1.959963984540054  # two-sided 95 % point of the normal distribution

Measure = Callable[[np.ndarray, np.ndarray], float]


@dataclass(frozen=True)
class Interval:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


def frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Frechet distance of two Gaussian fits: |mu_a - mu_b|^2 + tr(A + B - 2 (A B)^(1/2))."""
    p, q = factor(a), factor(b)
    # with A = P^T P and B = Q^T Q the square root has the singular values of P Q^T
    cross = np.linalg.svd(p @ q.T, compute_uv=False).sum()
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + (p**2).sum() + (q**2).sum() - 2 * cross)


def factor(x: np.ndarray) -> np.ndarray:
    """P with P^T P the covariance of the rows, and no more rows than needed."""
    p = (x - x.mean(0)) / math.sqrt(len(x) - 1)
    return np.asarray(np.linalg.qr(p, mode="r")) if len(p) > p.shape[1] else p


def squares(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Squared Euclidean distances (n, m) between the rows of a and of b."""
    return np.asarray(((a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T).clip(0))


def kernel(a: np.ndarray, b: np.ndarray, width: float) -> float:
    """Unbiased squared maximum mean discrepancy (a U-statistic) with a Gaussian kernel, times 1000."""

    def k(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.asarray(np.exp(-squares(x, y) / (2 * width**2)))

    n, m = len(a), len(b)
    within_a = (k(a, a).sum() - n) / (n * (n - 1))
    within_b = (k(b, b).sum() - m) / (m * (m - 1))
    return float(1000 * (within_a + within_b - 2 * k(a, b).mean()))


def median_width(real: np.ndarray) -> float:
    """Kernel width: the median distance between real sounds."""
    return float(np.sqrt(np.median(squares(real, real)[np.triu_indices(len(real), 1)])))


def within(generated: np.ndarray, real: np.ndarray, k: int = NEIGHBOURS) -> np.ndarray:
    """Whether sound j lies in the ball of real sound i, whose radius reaches i's k-th neighbour: (real, generated)."""
    radius = np.sort(squares(real, real), axis=1)[:, min(k, len(real) - 1)]  # column 0 is the sound itself
    return np.asarray(squares(real, generated) <= radius[:, None])


def density_of(inside: np.ndarray, k: int = NEIGHBOURS) -> float:
    """Real balls around a generated sound, over k: 1 where both sets are one distribution."""
    return float(inside.sum() / (k * inside.shape[1]))


def coverage_of(inside: np.ndarray) -> float:
    """Share of real balls that hold a generated sound."""
    return float(inside.any(1).mean())


def density(generated: np.ndarray, real: np.ndarray, k: int = NEIGHBOURS) -> float:
    """Density of Naeem et al. 2020, eq. 5: fidelity that an outlier among the real sounds cannot inflate."""
    return density_of(within(generated, real, k), k)


def coverage(generated: np.ndarray, real: np.ndarray, k: int = NEIGHBOURS) -> float:
    """Coverage of Naeem et al. 2020, eq. 6: how much of the real variety is met."""
    return coverage_of(within(generated, real, k))


def centred(value: float, drawn: list[float], least: float = -math.inf, most: float = math.inf) -> Interval:
    """The interval of resampled values, moved to where the value is.

    Resampled rows repeat, which biases these measures (a repeated row is its own nearest neighbour);
    only the spread of the resampled values is meant, so their mean is taken off.
    """
    low, high = np.percentile(drawn, [2.5, 97.5]) - np.mean(drawn) + value
    return Interval(value, float(max(low, least)), float(min(high, most)))


def bootstrap(
    a: np.ndarray, b: np.ndarray, measure: Measure, rounds: int = ROUNDS, seed: int = 0, least: float = -math.inf
) -> Interval:
    """measure(a, b) with the 95 % interval over resampled rows of both."""
    draw = np.random.default_rng(seed)
    drawn = [
        measure(a[draw.integers(len(a), size=len(a))], b[draw.integers(len(b), size=len(b))]) for _ in range(rounds)
    ]
    return centred(measure(a, b), drawn, least)


def bootstrap_neighbours(
    generated: np.ndarray, real: np.ndarray, rounds: int = ROUNDS, seed: int = 0
) -> tuple[Interval, Interval]:
    """Density and coverage with their intervals; the balls stay, the sounds in and around them are resampled."""
    inside = within(generated, real)
    draw = np.random.default_rng(seed)
    n, m = inside.shape
    drawn = [inside[np.ix_(draw.integers(n, size=n), draw.integers(m, size=m))] for _ in range(rounds)]
    return (
        centred(density_of(inside), [density_of(part) for part in drawn], 0.0),
        centred(coverage_of(inside), [coverage_of(part) for part in drawn], 0.0, 1.0),
    )


def parts(count: int, real: int) -> tuple[int, int]:
    """Sizes of the two parts of so many real sounds that stand for `count` generated ones and for the real ones."""
    size = min(count, real // 2)
    return size, real - size


def beside_floor(
    generated: np.ndarray, real: np.ndarray, measure: Measure, rounds: int = ROUNDS, seed: int = 0
) -> float:
    """measure at the sizes of its `floor`: the mean over random parts of both sets."""
    draw = np.random.default_rng(seed)
    n, m = parts(len(generated), len(real))
    drawn = [
        measure(generated[draw.permutation(len(generated))[:n]], real[draw.permutation(len(real))[:m]])
        for _ in range(rounds)
    ]
    return float(np.mean(drawn))


def floor(real: np.ndarray, count: int, measure: Measure, rounds: int = ROUNDS, seed: int = 0) -> Interval:
    """measure between two disjoint parts of the real sounds: mean and 95 % of many random splits.

    The first part has `count` sounds, as many as were generated, or half of the real ones if that is fewer; the
    second has the others.
    """
    draw = np.random.default_rng(seed)
    size, _ = parts(count, len(real))
    drawn = []
    for _ in range(rounds):
        order = draw.permutation(len(real))
        drawn.append(measure(real[order[:size]], real[order[size:]]))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(np.mean(drawn)), float(low), float(high))


def wilson(hits: int, n: int) -> Interval:
    """The share hits / n with Wilson's 95 % interval."""
    share, z2 = hits / n, Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Interval(share, max(0.0, middle - reach), min(1.0, middle + reach))


def nearest(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each row of a the index of the nearest row of b (n,), and its distance (n,)."""
    square = squares(a, b)
    index = square.argmin(1)
    # |a - b|^2 by its expansion loses the digits of near pairs, which are the ones that matter
    return index, np.asarray(np.sqrt(((a - b[index]) ** 2).sum(1)))
