"""Distances between sets, on sets whose answers are known."""

import math

import numpy as np
import pytest
from scipy import stats

from driftkit.sampler.training.metrics import (
    beside_floor,
    bootstrap,
    bootstrap_neighbours,
    coverage,
    density,
    floor,
    frechet,
    kernel,
    median_width,
    nearest,
    parts,
    wilson,
)


def exactly(mean: np.ndarray, covariance: np.ndarray, n: int, seed: int = 0) -> np.ndarray:
    """n rows whose sample mean and sample covariance are these, exactly."""
    x = np.random.default_rng(seed).normal(size=(n, len(mean)))
    x -= x.mean(0)
    white = x @ np.linalg.inv(np.linalg.cholesky(np.cov(x, rowvar=False))).T
    return white @ np.linalg.cholesky(covariance).T + mean


def test_frechet_is_the_closed_form_of_diagonal_gaussians():
    a, b = np.array([1.0, 4.0, 9.0]), np.array([4.0, 1.0, 16.0])
    mean = np.array([0.5, -2.0, 1.0])
    expected = (mean**2).sum() + ((np.sqrt(a) - np.sqrt(b)) ** 2).sum()
    found = frechet(exactly(np.zeros(3), np.diag(a), 50), exactly(mean, np.diag(b), 70, seed=1))
    assert found == pytest.approx(expected, abs=1e-9)


def test_frechet_is_the_closed_form_where_covariances_do_not_commute():
    from scipy.linalg import sqrtm

    a, b = np.array([[2.0, 1.2], [1.2, 1.0]]), np.array([[1.0, -0.4], [-0.4, 3.0]])
    expected = np.trace(a + b - 2 * np.real(sqrtm(a @ b)))
    found = frechet(exactly(np.zeros(2), a, 40), exactly(np.zeros(2), b, 40, seed=1))
    assert found == pytest.approx(expected, abs=1e-9)
    assert frechet(exactly(np.zeros(2), a, 40), exactly(np.zeros(2), a, 40, seed=1)) == pytest.approx(0, abs=1e-9)


def test_kernel_is_unbiased_for_the_closed_form_of_gaussians():
    """E k(x, y) of N(m, a) and N(n, b) in one dimension is w / sqrt(v) exp(-(m - n)^2 / 2 v), v = w^2 + a + b."""
    width, gap = 1.3, 0.7

    def mean_kernel(distance: float) -> float:
        v = width**2 + 2
        return width / math.sqrt(v) * math.exp(-(distance**2) / (2 * v))

    draw = np.random.default_rng(0)
    for distance in (0.0, gap):
        expected = 1000 * 2 * (mean_kernel(0) - mean_kernel(distance))
        found = [kernel(draw.normal(size=(15, 1)), draw.normal(size=(12, 1)) + distance, width) for _ in range(4000)]
        assert np.mean(found) == pytest.approx(expected, abs=4 * np.std(found) / math.sqrt(len(found)))
    assert np.min(found) < 0  # an unbiased estimate of a small number must be able to fall below zero


def test_the_width_is_the_median_of_the_pairs():
    assert median_width(np.array([[0.0], [1.0], [3.0]])) == pytest.approx(2)


def test_density_and_coverage_of_sets_counted_by_hand():
    real = np.array([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]])  # radii with k = 1: all 1
    made = np.array([[0.5], [0.6], [5.0], [12.5]])
    # 0.5 and 0.6 lie in the balls of 0 and 1 (each 2 balls), 5 in none, 12.5 in that of 12
    assert density(made, real, k=1) == pytest.approx(5 / 4)
    assert coverage(made, real, k=1) == pytest.approx(3 / 6)


def test_coverage_of_one_distribution_is_its_expectation():
    """With as many fakes as reals of one continuous law, E coverage = 1 - (n-1)...(n-k) / ((2n-1)...(2n-k)) (Naeem)."""
    n, k, draw = 60, 5, np.random.default_rng(0)
    expected = 1 - math.prod((n - i) / (2 * n - i) for i in range(1, k + 1))
    found = [coverage(draw.normal(size=(n, 3)), draw.normal(size=(n, 3)), k) for _ in range(300)]
    assert np.mean(found) == pytest.approx(expected, abs=4 * np.std(found) / math.sqrt(len(found)))
    dense = [density(draw.normal(size=(n, 3)), draw.normal(size=(n, 3)), k) for _ in range(300)]
    # a new sound is any of n + 1 in rank, so it lies in a ball with the chance k / n
    assert np.mean(dense) == pytest.approx(1, abs=4 * np.std(dense) / math.sqrt(len(dense)))


def test_one_repeated_sound_is_dense_and_covers_little():
    real = np.random.default_rng(0).normal(size=(200, 4))
    made = np.zeros((200, 4)) + real[np.argmin((real**2).sum(1))]
    assert density(made, real) > 0.8 and coverage(made, real) < 0.1
    assert density(made + 50, real) == coverage(made + 50, real) == 0


def test_the_intervals_hold_the_truth_in_nineteen_of_twenty_sets():
    draw, held = np.random.default_rng(1), 0
    for seed in range(200):
        a, b = draw.normal(size=(40, 1)), draw.normal(size=(50, 1)) + 2
        found = bootstrap(a, b, lambda a, b: float(b.mean() - a.mean()), rounds=200, seed=seed)
        held += found.low <= 2 <= found.high
    assert 180 <= held <= 199


def test_intervals_lie_around_their_values_and_within_what_can_be():
    draw = np.random.default_rng(0)
    a, b = draw.normal(size=(60, 8)), draw.normal(size=(90, 8))
    for found in (*bootstrap_neighbours(a, b), bootstrap(a, b, frechet, least=0.0)):
        assert 0 <= found.low <= found.value <= found.high
    covered = bootstrap_neighbours(b, b)[1]
    assert covered.value == covered.high == 1


def test_a_floor_is_of_the_size_asked_and_lies_where_equal_sets_lie():
    draw, sizes = np.random.default_rng(0), []
    real = draw.normal(size=(120, 2))

    def measure(a: np.ndarray, b: np.ndarray) -> float:
        sizes.append((len(a), len(b)))
        return frechet(a, b)

    found = floor(real, 40, measure)
    assert set(sizes) == {(40, 80)}
    fresh = [frechet(draw.normal(size=(40, 2)), draw.normal(size=(80, 2))) for _ in range(200)]
    assert found.low < np.mean(fresh) < found.high
    floor(real, 1000, measure, rounds=1)
    assert sizes[-1] == (60, 60)


def test_beside_its_floor_a_perfect_model_is_as_near_as_real_sounds_are():
    """Over all sounds it would seem nearer than real ones: the Frechet distance is too large at few sounds."""
    draw = np.random.default_rng(3)
    real, made = draw.normal(size=(120, 16)), draw.normal(size=(300, 16))
    sizes = []

    def measure(a: np.ndarray, b: np.ndarray) -> float:
        sizes.append((len(a), len(b)))
        return frechet(a, b)

    ground, value = floor(real, len(made), measure), beside_floor(made, real, measure)
    assert set(sizes) == {parts(300, 120)} == {(60, 60)}
    assert ground.low < value < ground.high
    assert frechet(made, real) < 0.7 * ground.low


@pytest.mark.parametrize(("hits", "n"), [(0, 20), (3, 20), (20, 20), (7, 1000)])
def test_wilson_is_that_of_the_textbook(hits: int, n: int):
    found, expected = wilson(hits, n), stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert (found.value, found.low, found.high) == pytest.approx((hits / n, expected.low, expected.high), abs=1e-12)


def test_the_nearest_row_is_found_and_its_distance_keeps_its_digits():
    b = np.random.default_rng(0).normal(size=(50, 6)) + 1000
    index, distance = nearest(b[[7, 30]] + 1e-6, b)
    assert index.tolist() == [7, 30] and distance == pytest.approx([1e-6 * math.sqrt(6)] * 2, rel=1e-3)
