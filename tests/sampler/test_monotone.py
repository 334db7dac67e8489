"""Whether a curve rises: on curves that are known by hand, against scipy, and by how often chance is believed."""

import numpy as np
import pytest
from scipy import stats

from driftkit.sampler.training.monotone import chance, curve, spearman


def seeds(mean: list[float], spread: float, n: int = 24, seed: int = 0) -> np.ndarray:
    """n curves (n, W) around a mean, each position with its own noise, the noise summing to 0 over seeds."""
    noise = np.random.default_rng(seed).normal(size=(n, len(mean)))
    return np.array(mean) + spread * (noise - noise.mean(0))


def test_spearman_is_scipys_with_ties_and_many_curves_at_once():
    draw = np.random.default_rng(0)
    curves = draw.integers(0, 5, (20, 9)).astype(float)  # five values at nine positions: ties everywhere
    expected = [stats.spearmanr(row, np.arange(9)).statistic for row in curves]
    np.testing.assert_allclose(spearman(curves), expected, atol=1e-12)
    assert spearman(np.full(7, 0.3)) == 0
    assert spearman(np.linspace(0, 1, 7) ** 3) == pytest.approx(1)


def test_a_curve_that_rises_has_no_drop():
    found = curve(seeds([0.0, 0.1, 0.3, 0.6, 0.9], 0.02))
    assert [point.value for point in found.mean] == pytest.approx([0.0, 0.1, 0.3, 0.6, 0.9])
    assert all(point.low < point.value < point.high for point in found.mean)
    assert found.spearman.value == pytest.approx(1)
    assert found.drop.size.value == pytest.approx(-0.1)  # the smallest of the steps up
    assert not found.fall.significant


def test_a_dip_that_all_seeds_share_is_found_where_it_is():
    found = curve(seeds([0.1, 0.3, 0.6, 0.4, 0.8], 0.05))
    assert (found.drop.start, found.drop.end) == (2, 3)
    assert found.drop.size.value == pytest.approx(0.2)
    assert found.drop.size.low > 0
    assert (found.fall.start, found.fall.end) == (2, 3)
    assert found.fall.significant
    assert found.spearman.value == pytest.approx(0.9)  # ranks 1 2 4 3 5: 1 - 6 * 2 / (5 * 24)


def test_a_slow_descent_is_found_though_each_step_of_it_is_small():
    found = curve(seeds([0.1, 0.6, 0.58, 0.56, 0.54, 0.52, 0.5], 0.06))
    assert found.drop.size.value == pytest.approx(0.02)
    assert found.fall.significant
    assert found.fall.end - found.fall.start > 2


def test_a_dip_of_one_seed_is_chance():
    curves = seeds([0.1, 0.3, 0.6, 0.6, 0.8], 0.0)
    curves[0, 3] = 0.0
    found = curve(curves)
    assert found.drop.size.value == pytest.approx(0.6 / 24)
    assert not found.fall.significant


def test_a_tremble_below_the_least_fall_is_none():
    falling = np.tile(1 - 1e-6 * np.arange(6.0), (24, 1))
    assert not curve(falling).fall.significant
    assert curve(falling, least=0).fall.significant


def test_flat_noise_is_believed_to_fall_about_as_often_as_the_level_says():
    """Binomial: at a true rate of 5 % more than 21 of 200 come once in a thousand; none at all is as odd."""
    draw = np.random.default_rng(1)
    starts, ends = np.triu_indices(5, 1)
    believed = 0
    for _ in range(200):
        p = draw.uniform(size=(16, 5))
        believed += chance(p[:, starts] - p[:, ends], 400, draw)[1] < 0.05
    assert 1 <= believed <= 21
