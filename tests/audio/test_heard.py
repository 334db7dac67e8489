"""What pads are set to do, as a sound server recorded it: new takes by themselves, effects, audition, voicing."""

import time

import numpy as np
from rig import wavs
from rig.daemon import Daemon
from rig.listening import FADE, bundle, frames_of, mixed, opened, samples_of, take
from rig.osc import OscClient, message
from rig.sound_server import RATE, SoundServer, places

from driftkit.daemon.audio.voicing import Voicing

HITS = 12
SETTLE_S = 0.5  # a new pitch or decay is heard some milliseconds later


def test_after_each_hit_comes_another_take(server: SoundServer, daemon: Daemon, osc: OscClient) -> None:
    opened(osc, "fresh")
    osc.ask("/notify", 1, answers="/done")
    seeds: list[int] = []
    torn = 0

    def act() -> None:
        nonlocal torn
        torn = server.torn
        seeds.clear()
        for _ in range(HITS):
            seeds.append(wavs.recipe(daemon.live(1))["hit"]["seed"])
            osc.send("/play", 1)
            osc.wait_for("/sound", where=lambda answer: answer.values[1] == 1)
            time.sleep(0.15)

    heard = take(server, osc, act, 0.2)
    torn = server.torn - torn  # blocks that came too late; each may have torn two hits
    osc.ask("/notify", 0, answers="/done")
    decayed = Voicing(gain_db=-6, decay_ms=80)
    found = [
        seed
        for _, seed in sorted(
            (at, wavs.recipe(file)["hit"]["seed"])
            for file in (daemon.out / "takes").rglob("*.wav")
            for at in places(heard, frames_of(samples_of(file), decayed))
        )
    ]
    assert len(set(seeds)) == HITS, "no hit is like another"
    assert found == [seed for seed in seeds if seed in found], (
        "each is a take, to the sample, and the one that was next"
    )
    assert len(found) >= max(HITS - 2 * torn, HITS // 2), f"of {HITS} hits {torn} late blocks"


def test_effects_are_heard_and_the_file_stays_dry(server: SoundServer, daemon: Daemon, osc: OscClient) -> None:
    from pedalboard import Gain, Pedalboard, Reverb

    dry, file = samples_of(daemon.live(1)), daemon.live(1).read_bytes()

    def played(chain: str, seconds: float) -> np.ndarray:
        osc.send("/pad/1/effects", chain)
        osc.ask("/sync", 1, answers="/synced")
        heard = take(server, osc, lambda: osc.send("/play", 1), seconds)
        osc.send("/stop")  # a long tail must not ring into the next take
        return heard

    softer = Pedalboard([Gain(gain_db=-6)])(dry, RATE)
    assert len(places(played("[{plugin: gain, gain_db: -6}]", 0.9), frames_of(softer))) == 1

    heard = played("[{plugin: reverb, room_size: 0.9}]", 2.0)
    wet = Pedalboard([Reverb(room_size=0.9)])(np.pad(dry, ((0, 0), (0, RATE))), RATE)
    (at,) = places(heard, frames_of(wet[:, : dry.shape[1]]))
    tail = heard[at : at + wet.shape[1]]
    assert np.abs(tail[dry.shape[1] :]).max() > 0.001, "it rings on"
    np.testing.assert_allclose(tail, frames_of(wet), atol=1e-4)  # where it has fallen below that, it may end

    assert len(places(played("", 0.9), frames_of(dry))) == 1
    assert daemon.live(1).read_bytes() == file


def test_a_render_that_was_asked_for_is_heard_but_not_what_a_kit_brings(
    server: SoundServer, daemon: Daemon, osc: OscClient
) -> None:
    heard = take(server, osc, lambda: opened(osc, "eager"), 0.5)
    assert osc.ask("/pad/1/audition").values == (1,) and not heard.any(), "a kit opens in silence"
    heard = take(server, osc, lambda: osc.render(1, seed=5), 0.9)
    assert len(places(heard, frames_of(samples_of(daemon.live(1))))) == 1
    heard = take(server, osc, lambda: osc.ask("/undo", 1, answers="/done"), 0.5)
    assert not heard.any(), "what was heard before is not heard again"


def test_pitch_decay_pan_velocity_and_choke_are_heard_as_voiced(
    server: SoundServer, daemon: Daemon, osc: OscClient
) -> None:
    one = Voicing(gain_db=-9, pan=-0.5, pitch_semitones=5, choke=3, velocity_curve="linear")
    two = Voicing(gain_db=-9, pan=0.75, pitch_semitones=-3, decay_ms=250, choke=3, velocity_curve="fixed")
    for pad, voicing in ((1, one), (2, two)):
        for name in voicing.__dataclass_fields__:
            osc.send(f"/pad/{pad}/{name}", getattr(voicing, name))
    osc.barrier()
    time.sleep(SETTLE_S)
    low, high = (frames_of(samples_of(daemon.live(1)), one, velocity) for velocity in (0.5, 1.0))
    other = frames_of(samples_of(daemon.live(2)), two, 0.3)
    score = ((0.0, 1, 0.5), (0.2, 2, 0.3), (0.6, 2, 1.0), (0.75, 1, 1.0))  # s, pad, velocity

    def act() -> None:
        start = time.time() + 0.3
        for when, pad, velocity in score:
            osc.raw(bundle(start + when, message("/play", pad, velocity)))

    heard = take(server, osc, act, 2.0)
    (a,) = places(heard, low[: round(0.19 * RATE)])
    b, c = (at - FADE for at in places(heard, other[FADE : round(0.14 * RATE)]))  # fixed: every velocity is full
    (d,) = (at - FADE for at in places(heard, high[FADE:]))
    for at, (when, _, _) in zip((b, c, d), score[1:]):
        assert abs(at - a - when * RATE) <= 1
    expected = mixed(len(heard), (a, low, b), (b, other, c), (c, other, d), (d, high, None))
    np.testing.assert_allclose(heard, expected, atol=1e-6)
