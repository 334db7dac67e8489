"""Voicing against closed forms."""

import math

import numpy as np
import pytest

from driftkit.daemon.audio.voicing import Voicing, decay

RATE = 44100


def sine(hz: float, seconds: float = 0.5) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)[None]


def frequency(frames: np.ndarray, rate_hz: int) -> float:
    """Of a sine, by its phase's advance in the middle."""
    from scipy.signal import hilbert

    middle = slice(len(frames) // 4, -len(frames) // 4)
    phase = np.unwrap(np.angle(hilbert(frames[:, 0])))[middle]
    return float(np.polyfit(np.arange(len(phase)), phase, 1)[0] * rate_hz / (2 * np.pi))


@pytest.mark.parametrize("channels", [1, 2])
def test_without_pitch_and_decay_the_samples_are_the_sounds_own(channels: int) -> None:
    sound = np.random.default_rng(1).uniform(-1, 1, (channels, 999)).astype(np.float32)
    np.testing.assert_array_equal(Voicing().samples(sound, RATE, RATE), sound.T)
    assert Voicing().gains(1.0) == (1.0, 1.0)


@pytest.mark.parametrize("semitones", [-24, -7, -1, 0.5, 12, 24])
@pytest.mark.parametrize("device_hz", [44100, 48000, 96000])
def test_pitch_moves_frequency_and_length_by_the_same_ratio(semitones: float, device_hz: int) -> None:
    ratio = 2 ** (semitones / 12)
    frames = Voicing(pitch_semitones=semitones).samples(sine(1000), RATE, device_hz)
    assert frequency(frames, device_hz) == pytest.approx(1000 * ratio, rel=1e-5)
    assert len(frames) == pytest.approx(0.5 * device_hz / ratio, abs=2)
    level = np.sqrt(np.mean(frames[len(frames) // 4 : -len(frames) // 4, 0] ** 2))
    assert level == pytest.approx(0.5 / math.sqrt(2), rel=0.01)


def test_decay_is_exponential_and_ends_in_silence() -> None:
    frames = Voicing(decay_ms=100).samples(np.ones((1, RATE), np.float32), RATE, RATE)[:, 0]
    assert len(frames) == 4411 and frames[0] == 1 and frames[-1] == 0 and np.all(np.diff(frames) < 0)
    ratios = (frames[441:2205:441] + 0.001) / (frames[0:1764:441] + 0.001)
    np.testing.assert_allclose(ratios, 10**-0.3, rtol=0.01)  # 6 dB down in every tenth
    assert len(decay(4410, 100)) == 100, "a sound shorter than its decay is not made longer"


def test_decay_is_measured_in_what_is_heard() -> None:
    """At a pitch of two octaves down and another rate it still takes its time."""
    frames = Voicing(decay_ms=100, pitch_semitones=-24).samples(sine(440), RATE, 48000)
    assert len(frames) == 4801 and frames[-1, 0] == 0 and np.abs(frames[4000:]).max() > 0


@pytest.mark.parametrize("pan", np.linspace(-1, 1, 9))
def test_pan_keeps_the_power(pan: float) -> None:
    left, right = Voicing(pan=pan).gains(1.0)
    assert left**2 + right**2 == pytest.approx(2)
    assert np.sign(round(right - left, 9)) == np.sign(pan)
    assert min(left, right) == pytest.approx(0, abs=1e-9) or abs(pan) < 1


def test_velocity_and_gain() -> None:
    half = {"linear": 0.5, "square": 0.25, "fixed": 1.0}
    for curve, factor in half.items():
        assert Voicing(velocity_curve=curve).gains(0.5) == (factor, factor)
        assert Voicing(velocity_curve=curve, gain_db=-20).gains(0.5)[0] == pytest.approx(factor / 10)


def test_a_sound_that_is_not_finite_is_not_played() -> None:
    assert len(Voicing().samples(np.full((1, 9), np.nan, np.float32), RATE, RATE)) == 0
