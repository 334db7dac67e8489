"""The real player process into a real sound server, and what that recorded, compared sample by sample.

A machine that is busy may come too late for a block, which the player counts; such a take says nothing about
samples, and is taken again.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from rig.daemon import until
from rig.sound_server import Recording, SoundServer, onset, places

from driftkit.daemon.audio.shared import PLAYING, STALLED
from driftkit.daemon.audio.speaker import Speaker
from driftkit.daemon.audio.voicing import Voicing
from driftkit.sampler.errors import Error

RATE = 44100
TAKES = 12
RANDOM = np.random.default_rng(7)
ONE, TWO = (RANDOM.uniform(-0.3, 0.3, (1, 6000)).astype(np.float32) for _ in range(2))
STEREO = RANDOM.uniform(-0.3, 0.3, (2, 5000)).astype(np.float32)


@pytest.fixture
def speaker(sound: SoundServer) -> Iterator[Speaker]:
    """A speaker that plays; pads 1 and 2 hold ONE and TWO. Its blocks are large: what is tested is not speed."""
    with Speaker("pulse", RATE, 512) as running:
        running.wait()
        until(lambda: running.device == "pulse", "a stream")
        hold(running, 1, ONE)
        hold(running, 2, TWO)
        yield running


def hold(speaker: Speaker, pad: int, samples: np.ndarray) -> None:
    """A pad holds a Sound, and plays it from now on."""
    told = speaker.hold(pad, samples, RATE)
    if told:
        told.result(20)


def take(server: SoundServer, speaker: Speaker, act: Callable[[], object]) -> np.ndarray:
    """What is heard while `act` acts and until all is silent, in a take without an underrun."""
    for _ in range(TAKES):
        before = speaker.xruns
        with Recording(server.folder) as recording:
            act()
            until(lambda: speaker.status.read == speaker.status.written, "everything taken")
            until(lambda: not any(speaker.status.uses), "silence")
        if speaker.xruns == before:
            return recording.samples
    raise AssertionError(f"an underrun in each of {TAKES} takes")


def test_a_pad_is_heard_bit_for_bit(sound: SoundServer, speaker: Speaker) -> None:
    hold(speaker, 3, STEREO)
    for pad, frames in ((1, ONE.T), (3, STEREO.T)):
        heard = take(sound, speaker, lambda pad=pad: speaker.play(pad))
        (at,) = places(heard, frames)
        assert at == onset(heard, frames)
        assert not heard[:at].any() and not heard[at + len(frames) :].any(), "nothing else is heard"


def test_gain_pan_and_velocity_are_two_factors(sound: SoundServer, speaker: Speaker) -> None:
    voicing = Voicing(gain_db=-6, pan=0.5, velocity_curve="linear")
    speaker.adjust(1, voicing)
    heard = take(sound, speaker, lambda: speaker.play(1, 0.5))
    at = onset(heard, ONE.T)
    np.testing.assert_allclose(heard[at : at + 6000], ONE.T * voicing.gains(0.5), atol=1e-7)


def test_pitch_and_decay_are_heard_as_voiced(sound: SoundServer, speaker: Speaker) -> None:
    voicing = Voicing(pitch_semitones=-5, decay_ms=80)
    speaker.adjust(1, voicing)
    until(lambda: speaker._bank.pads[1].now.made[2:4] == (-5, 80), "the new voicing")
    heard = take(sound, speaker, lambda: speaker.play(1))
    assert len(places(heard, voicing.samples(ONE, RATE, RATE))) == 1


def test_timed_plays_land_within_a_sample_of_their_difference(sound: SoundServer, speaker: Speaker) -> None:
    def act() -> None:
        start = time.time() + 0.2
        speaker.play(2, at=start + 0.25)  # ordered the other way round
        speaker.play(1, at=start)

    for _ in range(3):
        heard = take(sound, speaker, act)
        (one,), (two,) = places(heard, ONE.T), places(heard, TWO.T)
        assert abs(two - one - 0.25 * RATE) <= 1
    assert speaker.status.late == 0


def test_a_play_whose_time_has_passed_sounds_at_once_and_is_counted(sound: SoundServer, speaker: Speaker) -> None:
    heard = take(sound, speaker, lambda: speaker.play(1, at=time.time() - 5))
    assert len(places(heard, ONE.T)) == 1 and speaker.status.late >= 1


def test_a_new_sound_leaves_the_old_one_ringing(sound: SoundServer, speaker: Speaker) -> None:
    long = np.concatenate([ONE, ONE, ONE, ONE], 1)

    def act() -> None:
        hold(speaker, 1, long)
        speaker.play(1)
        until(lambda: speaker.status.voices, "the hit")
        for scale in np.linspace(0.1, 0.9, 80):  # more than there are slots
            hold(speaker, 1, float(scale) * TWO)

    heard = take(sound, speaker, act)
    assert len(places(heard, long.T)) == 1
    heard = take(sound, speaker, lambda: speaker.play(1))
    assert len(places(heard, 0.9 * TWO.T)) == 1, "and is what is played next"


def test_a_hit_of_a_choke_group_ends_the_other(sound: SoundServer, speaker: Speaker) -> None:
    for pad in (1, 2):
        speaker.adjust(pad, Voicing(choke=4))

    def act() -> None:
        start = time.time() + 0.1
        speaker.play(1, at=start)
        speaker.play(2, at=start + 2000 / RATE)

    heard = take(sound, speaker, act)
    at = onset(heard[:, :], TWO.T)
    first = onset(heard, ONE.T[:1500])
    assert abs(at - first - 2000) <= 1
    np.testing.assert_array_equal(heard[first:at, 0], ONE[0, : at - first])
    np.testing.assert_allclose(heard[at + 221 : at + 6000, 0], TWO[0, 221:], atol=1e-7)


def test_stop_and_panic_are_silent_after_5_ms(sound: SoundServer, speaker: Speaker) -> None:
    for stop in (lambda at: speaker.stop(1, at), lambda at: speaker.stop(None, at)):

        def act(stop: Callable[[float], object] = stop) -> None:
            start = time.time() + 0.1
            speaker.play(1, at=start)
            stop(start + 0.05)

        heard = take(sound, speaker, act)
        sounding = np.flatnonzero(heard.any(1))
        assert abs(sounding[-1] - sounding[0] - (2205 + 219)) <= 2


def test_what_cannot_be_played_is_a_sentence(speaker: Speaker) -> None:
    with pytest.raises(Error, match="pad 5 has no sound yet; render it"):
        speaker.play(5)
    for velocity in (-0.1, 1.01, float("nan")):
        with pytest.raises(Error, match=r"velocity is .*; it must be from 0 to 1"):
            speaker.play(1, velocity)
    speaker.hold(1, None, 0)
    with pytest.raises(Error, match="pad 1 has no sound"):
        speaker.play(1)


def heard_again(server: SoundServer, speaker: Speaker) -> None:
    """A pad plays, at the latest after a while."""
    until(lambda: speaker.device == "pulse", "the device is back")
    assert len(places(take(server, speaker, lambda: speaker.play(1)), ONE.T)) == 1


def test_it_plays_again_after_the_sound_server_was_killed(
    sound: SoundServer, speaker: Speaker, caplog: pytest.LogCaptureFixture
) -> None:
    speaker.play(1)
    sound.kill()
    until(lambda: not speaker.device, "the loss is noticed")
    with pytest.raises(Error, match=r"nothing can be played: .*; driftkit tries again every second"):
        speaker.play(1)
    until(lambda: "driftkit tries again" in caplog.text, "it is said")
    sound.revive()
    heard_again(sound, speaker)


def test_it_plays_again_after_the_sound_server_stood_still(sound: SoundServer, speaker: Speaker) -> None:
    for long in (False, True):
        starts = speaker.starts
        sound.pause()
        until(lambda: speaker.status.state == STALLED, "the stall is noticed")
        if long:
            until(lambda starts=starts: speaker.starts > starts, "a player that starts over")
        sound.resume()
        heard_again(sound, speaker)


def test_it_plays_again_after_its_process_was_killed(
    sound: SoundServer, speaker: Speaker, caplog: pytest.LogCaptureFixture
) -> None:
    os.kill(speaker.pid, signal.SIGKILL)
    until(lambda: speaker.starts == 2 and speaker.status.state == PLAYING, "another player")
    assert "is started again" in caplog.text
    heard_again(sound, speaker)


def test_a_device_that_is_not_there_is_a_sentence(sound: SoundServer, caplog: pytest.LogCaptureFixture) -> None:
    with Speaker("theremin") as speaker:
        speaker.wait()
        until(lambda: "theremin" in caplog.text, "it is said")
        assert not speaker.device and speaker.about.startswith("no audio: no audio device has 'theremin'")
        hold(speaker, 1, ONE)
        with pytest.raises(Error, match=r"no audio device has 'theremin' in its name; there are: .*pulse"):
            speaker.play(1)
        time.sleep(2)
    assert caplog.text.count("theremin") == 1, "once, however often it is tried"


def test_the_player_ends_with_the_process_that_made_it(sound: SoundServer) -> None:
    code = (
        "import os, time\nfrom driftkit.daemon.audio.speaker import Speaker\n"
        "with Speaker('pulse') as s:\n s.wait(); print(s.pid, flush=True); os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    pid = int(done.stdout)
    stat = Path(f"/proc/{pid}/stat")
    until(lambda: not stat.exists() or " Z " in stat.read_text(), "its end")
