"""Traits of sounds whose traits follow from their formula."""

import math

import numpy as np
import pytest
import torch

from driftkit.sampler.training.traits import (
    centroid_hz,
    decay_ms,
    envelope,
    flutter_db,
    grain_db,
    hiss_db,
    lowest_hz,
    partials_db,
    rise_ms,
    sway_cents,
    tail_db,
    traits,
    variety,
)

RATE = 44100
T = np.arange(32768) / RATE


def tone(hz: float, tau_s: float) -> np.ndarray:
    """One decaying tone (1, N)."""
    return (np.sin(2 * np.pi * hz * T) * np.exp(-T / tau_s))[None]


def test_the_envelope_is_that_of_the_tone_in_the_band():
    two = tone(300, 0.1) + 0.5 * tone(9000, 0.05)
    middle = slice(2000, 12000)
    np.testing.assert_allclose(envelope(two, RATE, 20, 1000)[0, middle], np.exp(-T / 0.1)[middle], rtol=0.02)
    high = 0.5 * np.exp(-T / 0.05)
    np.testing.assert_allclose(envelope(two, RATE, 8000)[0, 500:5000], high[500:5000], rtol=0.05, atol=2e-3)


def test_a_straight_attack_rises_between_its_levels():
    attack_s = 0.1  # from 0.1 to 0.708 of the top
    x = (np.sin(2 * np.pi * 2000 * T) * np.minimum(T / attack_s, 1) * np.clip(5 - 10 * T, 0, 1))[None]
    assert rise_ms(x, RATE)[0] == pytest.approx(100 * (10 ** (-3 / 20) - 0.1), abs=1)
    assert rise_ms(tone(2000, 0.1), RATE)[0] < 1


def test_a_tone_decays_by_40_db_in_its_own_time():
    for tau in (0.02, 0.08):
        assert decay_ms(tone(1000, tau), RATE)[0] == pytest.approx(1000 * tau * math.log(100), abs=2)


def test_the_centroid_of_two_steady_tones_lies_between_them_by_amplitude():
    steady = np.sin(2 * np.pi * 8 * 43.06640625 * T) + 3 * np.sin(2 * np.pi * 64 * 43.06640625 * T)  # whole periods
    expected = (8 + 3 * 64) / 4 * 43.06640625
    assert centroid_hz(steady[None], RATE)[0] == pytest.approx(expected, rel=1e-3)


def test_a_tone_does_not_flutter_and_noise_does_as_rayleigh_says():
    assert flutter_db(tone(60, 0.1), RATE)[0] < 0.5
    # ln of a Rayleigh amplitude has the variance pi^2 / 24; a smoothing over n independent values leaves 1 - 1 / n
    noise = np.random.default_rng(0).normal(size=(8, 32768))
    assert flutter_db(noise, RATE).mean() == pytest.approx(20 / math.log(10) * math.pi / math.sqrt(24), rel=0.05)
    wobble = tone(200, 0.3) * (1 + 0.5 * np.sin(2 * np.pi * 50 * T))  # 50 Hz: two whole periods in 40 ms
    stray = 20 * np.log10(1 + 0.5 * np.sin(np.linspace(0, 2 * np.pi, 1000, endpoint=False)))
    assert flutter_db(wobble, RATE)[0] == pytest.approx(stray.std(), rel=0.05)


def test_noise_has_the_highest_hundredth_of_an_exponential_and_partials_stand_above_it():
    noise = np.random.default_rng(0).normal(size=(8, 32768))
    assert partials_db(noise, RATE).mean() == pytest.approx(10 * math.log10(math.log(100) / math.log(2)), abs=0.3)
    rings = 0.3 * sum(np.sin(2 * np.pi * hz * T) for hz in range(320, 11900, 80))  # one bin in thirty
    assert partials_db(noise + rings, RATE).min() > 12


def test_the_grain_of_even_noise_is_that_of_its_degrees_of_freedom():
    """4 ms of the band from 1 to 22.05 kHz hold 168 numbers; a mean of n squares strays by sqrt(2 / n) of itself."""
    noise = np.random.default_rng(0).normal(size=(8, 32768))
    numbers = 2 * (RATE / 2 - 1000) * 4 * 44 / RATE
    expected = 10 / math.log(10) * math.sqrt(2 / numbers) * math.sqrt(1 - 1 / 11)
    assert grain_db(noise, RATE).mean() == pytest.approx(expected, rel=0.1)
    stripes = noise * np.where(T % 0.022 < 0.004, 10, 1)  # 20 dB louder in every fifth or sixth of 4 ms
    assert grain_db(stripes, RATE).min() > 4


def test_hiss_is_the_noise_above_8_khz():
    noise = 0.001 * np.random.default_rng(0).normal(size=(4, 32768))
    share = (RATE / 2 - 8000) / (RATE / 2)
    # the peak of the tone is hardly below 1, a quarter of a period after its start
    found = hiss_db(tone(100, 0.3) + noise, RATE)
    np.testing.assert_allclose(found, -60 + 10 * math.log10(share) + 0.07, atol=0.3)
    late = np.roll(tone(100, 0.3), 30000, axis=1)
    assert np.isnan(hiss_db(late[:, :32000], RATE)[0])  # no place left to measure


def test_the_lowest_partial_is_found_below_louder_ones():
    two = tone(80, 0.2) + 2 * tone(190, 0.2) + 0.1 * tone(50, 0.2)  # the lowest is too faint to count
    assert lowest_hz(two, RATE)[0] == pytest.approx(80, abs=1)


def test_a_pitch_sways_by_the_vibrato_that_it_has_and_not_by_its_glide():
    """A vibrato of one period in 100 ms strays by d sin, whose median size is d / sqrt 2."""
    for share in (0.01, 0.03):
        vibrato = T - share / (2 * np.pi * 10) * np.cos(2 * np.pi * 10 * T)
        swaying = (np.sin(2 * np.pi * 400 * vibrato) * np.exp(-T / 0.3))[None]
        assert sway_cents(swaying, RATE)[0] == pytest.approx(1200 * math.log2(1 + share) / math.sqrt(2), rel=0.05)
    glide = np.sin(2 * np.pi * (50 * T + 3 * (1 - np.exp(-T / 0.02)))) * np.exp(-T / 0.15)  # from 200 to 50 Hz
    assert sway_cents(glide[None], RATE)[0] < 1 and sway_cents(tone(60, 0.2), RATE)[0] < 1
    rumble = np.random.default_rng(0).normal(size=(8, len(T))) * np.exp(-T / 0.1)
    assert np.median(sway_cents(rumble, RATE)) > 80


def test_a_tail_is_as_loud_as_its_formula_says_and_silence_is_told_from_nothing_quieter_than_is_heard():
    x = tone(1000, 0.1)  # its peak is that of a tone a quarter of a period after its start
    for part in (0.5, 0.75):
        expected = -20 * part * len(T) / RATE / 0.1 / math.log(10) - 10 * math.log10(2)
        assert tail_db(part)(x, RATE)[0] == pytest.approx(expected, abs=0.1)
    assert tail_db(0.95)(x * (T < 0.3), RATE)[0] == -90


def test_every_trait_comes_for_every_sound():
    sounds = torch.from_numpy(np.repeat(tone(200, 0.1), 70, axis=0)).float()
    found = traits(sounds, RATE)
    assert all(values.shape == (70,) and np.isfinite(values).all() for values in found.values())


def test_variety_of_independent_normal_rows_is_the_root_of_twice_their_size():
    rows = np.random.default_rng(0).normal(size=(400, 50))
    assert variety(rows) == pytest.approx(math.sqrt(2 * 50), rel=0.01)
    assert variety(np.ones((5, 3))) == pytest.approx(0, abs=1e-6)
