"""The mixer against sums written out by hand: exact where it must be, smooth where something ends early."""

import numpy as np
import pytest

from driftkit.daemon.audio.mixer import KNEE, TAILS, VOICES, WAITING, Mixer

RATE = 44100
FADE = round(0.005 * RATE)
RANDOM = np.random.default_rng(3)


def noise(frames: int, channels: int = 1, peak: float = 0.5) -> np.ndarray:
    return RANDOM.uniform(-peak, peak, (frames, channels)).astype(np.float32)


class Desk:
    """A mixer, and everything that has come out of it."""

    def __init__(self, pairs: int = 1) -> None:
        self.uses = [0] * 64
        self.pairs = pairs
        self.mixer = Mixer(RATE, self.uses, pairs)
        self.order = 0

    def play(
        self, frame: int, samples: np.ndarray, slot: int = 0, pad: int = 1, group: int = 0, gains=(1.0, 1.0), pair=0
    ):
        self.order += 1
        self.mixer.play(frame, self.order, samples, slot, pad, group, *gains, pair)

    def stop(self, frame: int, pad: int = 0) -> None:
        self.order += 1
        self.mixer.stop(frame, self.order, pad)

    def run(self, frames: int, block: int = 128) -> np.ndarray:
        out = np.full((frames, 2 * self.pairs), np.nan, np.float32)
        for start in range(0, frames, block):
            self.mixer.render(out[start : start + block])
        assert np.isfinite(out).all()
        return out


@pytest.mark.parametrize("block", [1, 64, 128, 1000, 5000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("start", [0, 1, 127, 128, 777])
def test_one_voice_is_the_sound_bit_for_bit_at_its_frame(block: int, channels: int, start: int) -> None:
    desk, sound = Desk(), noise(3001, channels)
    desk.play(start, sound)
    out = desk.run(5000, block)
    expected = np.zeros((5000, 2), np.float32)
    expected[start : start + 3001] = sound
    np.testing.assert_array_equal(out, expected)
    assert desk.mixer.voices == 0 and desk.uses[0] == 0


def test_voices_add_up_with_their_gains() -> None:
    desk, one, two = Desk(), noise(900, 1, 0.2), noise(700, 2, 0.2)
    desk.play(100, one, gains=(0.5, 1.0))
    desk.play(333, two, slot=1, gains=(1.0, 0.25))
    out = desk.run(1500)
    expected = np.zeros((1500, 2))
    expected[100:1000] += one * [0.5, 1.0]
    expected[333:1033] += two * [1.0, 0.25]
    np.testing.assert_allclose(out, expected, atol=1e-7)


def test_the_size_of_blocks_changes_nothing() -> None:
    """Starts, chokes, stops and steals are at exact frames, wherever the blocks begin."""
    events = [(int(RANDOM.integers(0, 8000)), noise(int(RANDOM.integers(10, 3000)), 1, 0.3)) for _ in range(90)]
    taken = []
    for block in (1, 37, 128, 1024):
        desk = Desk()
        for index, (frame, sound) in enumerate(events):
            desk.play(frame, sound, slot=index % 64, pad=index % 16 + 1, group=index % 5)
        desk.stop(4001, pad=3)
        desk.stop(7777)
        taken.append(desk.run(12_000, block))
        assert desk.mixer.voices == 0 and not any(desk.uses) and not desk.mixer.dropped
    for other in taken[1:]:
        np.testing.assert_allclose(other, taken[0], atol=1e-6)  # voices may be added in another order


def test_a_pad_rings_over_itself_but_a_choke_group_does_not() -> None:
    desk, sound = Desk(), np.full((4000, 1), 0.25, np.float32)
    desk.play(0, sound)
    desk.play(1000, sound)
    np.testing.assert_array_equal(desk.run(2000)[1000:], 0.5)

    desk = Desk()
    desk.play(0, sound, pad=1, group=2)
    desk.play(0, sound, pad=5, group=1)  # of another group: rings on
    desk.play(1000, np.zeros((4000, 1), np.float32), pad=2, group=2)
    out = desk.run(3000)[:, 0]
    np.testing.assert_array_equal(out[:1000], 0.5)
    fade = out[1000 : 1000 + FADE]
    assert np.all(np.diff(fade) <= 0) and np.abs(np.diff(out)).max() < 0.25 * 2 / FADE, "a fade, not a step"
    np.testing.assert_array_equal(out[1000 + FADE :], 0.25)


def test_stop_fades_one_pad_and_forgets_what_it_had_scheduled() -> None:
    desk, sound = Desk(), np.full((4000, 1), 0.25, np.float32)
    desk.play(0, sound, slot=1, pad=1)
    desk.play(0, sound, slot=2, pad=2)
    desk.run(256)
    desk.play(2000, sound, slot=1, pad=1)
    desk.stop(0, pad=1)
    out = desk.run(3000, 100)
    np.testing.assert_array_equal(out[FADE:], 0.25)
    assert out[0, 0] > 0.499 and desk.uses[1] == 0 and desk.uses[2] == 1


def test_panic_fades_everything_in_5_ms() -> None:
    desk = Desk()
    for pad in range(1, 17):
        desk.play(0, noise(44100), slot=pad, pad=pad)
    desk.run(256)
    desk.play(9000, noise(100))
    desk.stop(0)
    out = desk.run(1024)
    assert np.abs(out[:FADE]).max() > 0.1 and not out[FADE:].any()
    assert desk.mixer.voices == 0 and not any(desk.uses) and not desk.run(9000).any()


def test_one_hit_more_than_there_are_voices_fades_the_oldest() -> None:
    desk = Desk()
    for index in range(VOICES + 1):
        desk.play(10 * index, np.full((9000, 1), 2.0**-8, np.float32), slot=index)
    out = desk.run(2000)[:, 0] * 2**8
    last = 10 * VOICES
    assert out[last - 1] == VOICES
    np.testing.assert_array_equal(out[last + FADE :], VOICES)
    assert np.abs(np.diff(out[last:])).max() < 0.1
    assert desk.uses[0] == 0 and sum(desk.uses) == VOICES


def test_a_flood_of_hits_is_dropped_and_counted_never_clicks_or_grows() -> None:
    desk, sound = Desk(), noise(5000, 1, 0.01)
    for _ in range(WAITING + 50):
        desk.play(0, sound)
    assert desk.mixer.dropped == 50
    desk.run(128)
    assert desk.mixer.voices == VOICES + TAILS
    assert desk.mixer.dropped == 50 + WAITING - VOICES - TAILS and desk.uses[0] == VOICES + TAILS
    desk.run(10_000)
    assert desk.mixer.voices == 0 and desk.uses[0] == 0


def test_a_play_whose_frame_has_passed_sounds_at_the_next_block() -> None:
    desk, sound = Desk(), noise(50)
    desk.run(256)
    desk.play(3, sound)
    np.testing.assert_array_equal(desk.run(128)[:50], np.repeat(sound, 2, 1))
    assert desk.mixer.started == 1


def test_the_limiter_is_transparent_below_its_knee_smooth_above_and_never_above_1() -> None:
    desk = Desk()
    ramp = np.linspace(-8, 8, 100_001, dtype=np.float32)[:, None]
    desk.play(0, ramp)
    out = desk.run(len(ramp))[:, 0].astype(float)
    below = np.abs(ramp[:, 0]) <= KNEE
    np.testing.assert_array_equal(out[below], ramp[below, 0])
    assert 0.70 < KNEE < 0.71 and np.abs(out).max() <= 1.0 and np.all(np.diff(out) >= 0)
    slope = np.diff(out) / np.diff(ramp[:, 0])
    assert np.abs(np.diff(slope)).max() < 0.01, "no corner"


def test_each_pair_of_channels_carries_what_is_played_on_it_and_is_limited_by_itself() -> None:
    desk, one, two = Desk(pairs=4), noise(900), noise(700, 2)
    desk.play(10, one, pair=0, gains=(0.5, 0.25))
    desk.play(40, two, pair=2)
    desk.play(300, noise(500, 1, 0.4) + 2, pair=7)  # of four pairs the last
    out = desk.run(1200)
    expected = np.zeros((1200, 4), np.float32)
    expected[10:910, :2] = one * np.float32([0.5, 0.25])
    expected[40:740, 2:] = two
    np.testing.assert_array_equal(out[:, [0, 1, 4, 5]], expected)
    assert not out[:, 2:4].any()
    assert KNEE < np.abs(out[300:800, 6:]).min() and np.abs(out[:, 6:]).max() <= 1


def test_pads_of_one_group_end_each_other_across_pairs() -> None:
    desk, one, two = Desk(pairs=2), noise(3000), noise(3000)
    desk.play(0, one, slot=0, pad=1, group=1, pair=0)
    desk.play(1000, two, slot=1, pad=2, group=1, pair=1)
    out = desk.run(4200)
    assert out[999:1100, 0].any() and not out[1000 + FADE :, :2].any()
    np.testing.assert_array_equal(out[1000:4000, 2:], np.repeat(two, 2, 1))
