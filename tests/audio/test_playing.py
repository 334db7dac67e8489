"""The real daemon, played over OSC, and what a sound server recorded compared with the files that it wrote."""

import signal
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rig.daemon import Daemon, until
from rig.listening import bundle, home_with_kits, opened, take
from rig.osc import OscClient, message
from rig.sound_server import RATE, Recording, SoundServer, places

from driftkit.daemon.audio.voicing import Voicing
from driftkit.daemon.bench.daemon import children

QUIET = Voicing(gain_db=-6).gains(1.0)[0]  # below the limiter's knee


def sound_of(daemon: Daemon, pad: int, gain: float = QUIET) -> np.ndarray:
    """What a pad's live file holds, as it is heard: frames (n, 1 or 2) float32."""
    frames, _ = soundfile.read(daemon.live(pad), dtype="float32", always_2d=True)
    return frames * np.float32(gain)


def test_play_is_heard_as_the_file_has_it(server: SoundServer, daemon: Daemon, osc: OscClient) -> None:
    heard = take(server, osc, lambda: osc.send("/play", 1), 0.9)
    assert len(places(heard, sound_of(daemon, 1))) == 1
    heard = take(server, osc, lambda: osc.send("/play", 1.0, 0.5), 0.9)  # as Pd and Max send numbers
    assert len(places(heard, sound_of(daemon, 1, QUIET * 0.25))) == 1
    status = osc.ask("/status", answers="/status.reply")
    assert status.values[7] == "pulse" and status.tags == "siiiisssiisi"


def test_two_plays_of_bundles_land_within_a_sample_of_their_difference(
    server: SoundServer, daemon: Daemon, osc: OscClient
) -> None:
    def act() -> None:
        start = time.time() + 0.3
        osc.raw(bundle(start + 1.3, message("/play", 2)))
        time.sleep(0.1)  # several blocks later
        osc.raw(bundle(start, message("/play", 1), message("/play", 2, 0.0)))

    heard = take(server, osc, act, 2.9)
    (one,), (two,) = places(heard, sound_of(daemon, 1)), places(heard, sound_of(daemon, 2))
    assert abs(two - one - 1.3 * RATE) <= 1


def test_a_knob_in_a_bundle_is_for_the_hit_beside_it(server: SoundServer, daemon: Daemon, osc: OscClient) -> None:
    def act() -> None:
        osc.send("/pad/1/gain_db", -6)
        osc.raw(bundle(time.time() + 1.2, message("/pad/1/gain_db", -18), message("/play", 1)))
        osc.send("/play", 1)

    heard = take(server, osc, act, 2.3)
    osc.send("/pad/1/gain_db", -6)
    (first,) = places(heard, sound_of(daemon, 1))
    (second,) = places(heard, sound_of(daemon, 1, Voicing(gain_db=-18).gains(1.0)[0]))
    assert second > first + RATE // 2


def test_stop_ends_a_pad(server: SoundServer, daemon: Daemon, osc: OscClient) -> None:
    def act() -> None:
        osc.raw(bundle(time.time() + 0.2, message("/play", 1)))
        osc.raw(bundle(time.time() + 0.3, message("/stop", 1)))

    sounding = np.flatnonzero(take(server, osc, act, 0.8).any(1))
    assert len(sounding) and sounding[-1] - sounding[0] < 0.12 * RATE


def test_undo_and_a_new_render_are_what_is_played_next(server: SoundServer, daemon: Daemon, osc: OscClient) -> None:
    before = sound_of(daemon, 2)
    assert osc.render(2, seed=77).address == "/sound"
    after = sound_of(daemon, 2)
    assert len(places(take(server, osc, lambda: osc.send("/play", 2), 0.9), after)) == 1
    osc.ask("/undo", 2, answers="/done")
    assert len(places(take(server, osc, lambda: osc.send("/play", 2), 0.9), before)) == 1


def test_audition_plays_what_was_rendered(server: SoundServer, daemon: Daemon, osc: OscClient) -> None:
    osc.send("/pad/1/audition", 1)
    heard = take(server, osc, lambda: osc.render(1, seed=5), 0.9)
    osc.send("/pad/1/audition", 0)
    assert len(places(heard, sound_of(daemon, 1))) == 1


def test_player_controls_never_render_or_change_a_file(daemon: Daemon, osc: OscClient) -> None:
    osc.send("/pad/1/auto_render", "on_change")
    before = daemon.live(1).read_bytes()
    rendered = osc.ask("/status", answers="/status.reply").values[3]
    moves = {"gain_db": -9, "pan": -0.5, "pitch_semitones": 7, "decay_ms": 90, "choke": 3, "velocity_curve": "fixed"}
    for name, value in moves.items():
        osc.send(f"/pad/1/{name}", value)
        assert osc.ask(f"/pad/1/{name}").values == (value,)
    osc.ask("/sync", 1, answers="/synced")
    assert osc.ask("/status", answers="/status.reply").values[3] == rendered
    assert daemon.live(1).read_bytes() == before
    osc.send("/pad/1/auto_render", "off")
    osc.ask("/preset/load", "two", answers="/done")
    osc.ask("/sync", 2, answers="/synced")


def test_a_sound_server_that_dies_costs_no_render_and_is_heard_again(
    sound: SoundServer, daemon: Daemon, osc: OscClient
) -> None:
    def status() -> tuple:
        osc.send("/status")
        return osc.wait_for("/status.reply").values  # between the refusals of what is played in vain

    moves = iter(range(1, 10_000))

    def play_on() -> None:
        osc.send("/play", 1)
        osc.send("/pad/2/guidance", next(moves) / 1000)
        time.sleep(0.02)

    osc.send("/pad/2/auto_render", "on_change")
    for _ in range(10):
        play_on()
    done, failed = status()[3:5]
    sound.kill()
    until(lambda: play_on() or status()[7] == "", "the status says that nothing is heard")
    osc.barrier()
    refused = [answer.values for answer in osc.heard if answer.address == "/fail"]
    assert {values[0] for values in refused} <= {"/driftkit/play"}
    until(lambda: play_on() or status()[3] >= done + 3, "renders go on")
    assert "driftkit tries again every second" in osc.refusal("/play", 1)
    assert daemon.stderr.count("the audio device pulse has gone") == 1, "said once"
    sound.revive()
    until(lambda: status()[7] == "pulse", "the device is back")
    assert status()[4] == failed
    opened(osc, "two")
    assert len(places(take(sound, osc, lambda: osc.send("/play", 1), 0.9), sound_of(daemon, 1))) == 1


def test_what_cannot_be_played_is_refused(osc: OscClient) -> None:
    assert "pad 9 has no sound yet" in osc.refusal("/play", 9)
    assert "pad is 17; it must be from 1 to 16" in osc.refusal("/play", 17)
    assert "velocity is 1.5; it must be from 0 to 1" in osc.refusal("/play", 1, 1.5)
    assert "velocity is 'loud'; it must be a number" in osc.refusal("/play", 1, "loud")
    assert "has no pad" in osc.refusal("/play")
    assert "pad is 18" in osc.refusal("/stop", 18)


def test_without_audio_a_play_is_a_sentence(tmp_path: Path) -> None:
    with Daemon(home_with_kits(tmp_path), tmp_path / "out", "--preset", "two") as quiet, OscClient(quiet.port) as osc:
        assert quiet.ready["audio"] is None
        assert "audio is off; start driftkit with --audio" in osc.refusal("/play", 1)
        assert osc.ask("/status", answers="/status.reply").values[7:9] == ("", 0)


def test_with_a_device_that_is_not_there_the_daemon_runs_on(server: SoundServer, tmp_path: Path) -> None:
    options = ("--preset", "two", "--audio", "theremin")
    with Daemon(home_with_kits(tmp_path), tmp_path / "out", *options) as lost, OscClient(lost.port) as osc:
        assert lost.ready["audio"] is None
        assert "no audio device has 'theremin' in its name" in osc.refusal("/play", 1)
        assert osc.render(1).address == "/sound"
        assert lost.stderr.count("theremin") == 1


def test_a_daemon_that_is_killed_leaves_no_process_and_no_memory_behind(server: SoundServer, tmp_path: Path) -> None:
    with Daemon(home_with_kits(tmp_path), tmp_path / "out", "--preset", "two", "--audio", "pulse") as daemon:
        mapped = Path(f"/proc/{daemon.ready['pid']}/maps").read_text().split()
        memory = {Path(word) for word in mapped if word.startswith("/dev/shm/psm_")}
        processes = children(daemon.ready["pid"])
        assert processes and len(memory) == 1 and all(path.exists() for path in memory)
        daemon.stop(signal.SIGKILL)
        until(lambda: not any(map(alive, processes)), "the end of the player")
        until(lambda: not any(path.exists() for path in memory), "the end of the memory")


def alive(pid: int) -> bool:
    """Is a process there, and not only its name?"""
    with suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    return False


@pytest.mark.slow
def test_ten_seconds_of_hits_while_every_pad_renders_on_change(server: SoundServer, tmp_path: Path) -> None:
    """Each hit is one of the pad's Sounds, whole and exact, but for what an underrun that was counted tore."""
    options = ("--preset", "sixteen", "--audio", "pulse", "--depth", "float")
    decay_ms, hits = 60.0, 80
    with Daemon(home_with_kits(tmp_path), tmp_path / "out", *options) as daemon, OscClient(daemon.port) as osc:
        osc.ask("/sync", 0, answers="/synced")
        osc.ask("/status", answers="/status.reply")
        time.sleep(0.5)  # the decay is voiced
        torn, start = server.torn, time.time() + 0.5
        with Recording(server.folder) as recording:
            for hit in range(hits):
                osc.raw(bundle(start + hit / 8, message("/play", hit % 16 + 1)))
                osc.send(f"/pad/{(hit + 8) % 16 + 1}/guidance", 1 + (hit + 1) / hits)  # another pad renders meanwhile
                time.sleep(max(0.0, start + hit / 8 - 0.2 - time.time()))
            time.sleep(1.0)
        underruns = int(osc.ask("/status", answers="/status.reply").values[8]) + server.torn - torn
        osc.ask("/sync", 1, answers="/synced")
        assert not [answer for answer in osc.heard if answer.address == "/fail"]
        files = [*(tmp_path / "out" / "takes").rglob("*.wav")]
    assert len(files) > 32, "pads rendered while they were played"
    voiced = [Voicing(decay_ms=decay_ms).samples(soundfile.read(f, dtype="float32", always_2d=True)[0].T, RATE, RATE)
              for f in files]  # fmt: skip
    expected = [np.repeat(frames * np.float32(QUIET), 2 // frames.shape[1], 1) for frames in voiced]
    whole = sorted({at for frames in expected for at in places(recording.samples, frames)})
    assert hits - 2 * underruns <= len(whole) <= hits, f"{len(whole)} of {hits} hits with {underruns} underruns"
    assert underruns < hits / 2, "of this nothing could be said"
    if not underruns:
        exact = np.abs(np.diff(whole) - RATE / 8) <= 1.5
        assert exact.mean() > 0.95, "a sound server that is not given its time loses some, but seldom"
