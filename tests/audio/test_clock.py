"""The line through the callbacks' times, under jitter that is drawn, and so known."""

import numpy as np
import pytest

from driftkit.daemon.audio.clock import Clock

RATE, BLOCK = 44100, 128
START = 1.7e9


def times(seconds: float, drift: float = 0.0, jitter_s: float = 0.0, seed: int = 1) -> np.ndarray:
    """When callbacks come: never early, often late; a card whose rate is off by `drift`."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE / BLOCK)
    return START + np.arange(count) * BLOCK / RATE / (1 + drift) + random.exponential(jitter_s, count)


@pytest.mark.parametrize("drift", [0, 2e-5, -1e-4])
def test_it_follows_the_cards_own_rate(drift: float) -> None:
    clock = Clock(RATE)
    for index, now in enumerate(times(300, drift)):
        clock.tick(now, index * BLOCK)
    for ahead in (0.0, 0.5, 1.0):
        when = START + 300 + ahead
        assert abs(clock.frame_at(when) - (300 + ahead) * RATE * (1 + drift)) <= 1.5


@pytest.mark.parametrize("seed", range(5))
def test_two_times_lie_as_far_apart_in_frames_whenever_each_is_looked_up(seed: int) -> None:
    """Lookups up to 0.2 s apart, as two packets of one rhythm come, with 4 ms of jitter in the callbacks."""
    clock, found = Clock(RATE), []
    for index, now in enumerate(times(60, 2e-5, 0.004, seed)):
        clock.tick(now, index * BLOCK)
        if now > START + 2:
            found.append(clock.frame_at(now + 0.5) - (now + 0.5 - START) * RATE * (1 + 2e-5))
    apart = round(0.2 * RATE / BLOCK)
    offsets = np.array(found)
    assert np.abs(offsets[apart:] - offsets[:-apart]).max() <= 1.5  # each is rounded to a frame
    assert np.abs(offsets).max() < 0.002 * RATE, "and the latency is constant"


def test_time_that_was_lost_is_found_again() -> None:
    clock = Clock(RATE)
    for index, now in enumerate(times(5)):
        clock.tick(now, index * BLOCK)
    frame = (index + 1) * BLOCK
    for now in times(4) + 5.3:  # the card stood still for 0.3 s
        clock.tick(now, frame)
        frame += BLOCK
    assert abs(clock.frame_at(START + 9.3) - 9.0 * RATE) < 0.001 * RATE


def test_the_burst_that_fills_a_buffer_at_first_does_not_count() -> None:
    clock = Clock(RATE)
    for index, now in enumerate(times(3)):
        clock.tick(max(now - 6 * BLOCK / RATE, START), index * BLOCK)
    assert abs(clock.frame_at(START + 3) - (3 + 6 * BLOCK / RATE) * RATE) <= 1
