"""From a key to the sound: a MIDI keyboard on a JACK server plays the daemon, a sound server records it."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from rig.daemon import Daemon, presets
from rig.jack import Sender, jack_server
from rig.listening import frames_of, mixed, opened, samples_of, take
from rig.osc import OscClient
from rig.sound_server import SoundServer, places

from driftkit.daemon.audio.voicing import Voicing

NOTES = 100


@pytest.fixture(scope="module")
def jack() -> Iterator[dict[str, str]]:
    """The environment of a JACK server's clients."""
    with jack_server() as env:
        yield env


@pytest.fixture(scope="module")
def keys(jack: dict[str, str]) -> Iterator[Sender]:
    """A keyboard."""
    with Sender("keys", jack) as sender:
        yield sender


@pytest.fixture(scope="module")
def played(
    server: SoundServer, jack: dict[str, str], keys: Sender, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Daemon]:
    """A daemon that hears the keyboard and is heard; its kits aa (program 1) and bb (program 2) hold their Sounds."""
    home = tmp_path_factory.mktemp("keys")
    presets(home).mkdir(parents=True)
    for number, (name, drum) in enumerate((("aa", "kick"), ("bb", "snare")), 1):
        text = f"program: {number}\npads:\n  1: {{{drum}: 1, steps: 2, seed: 3, gain_db: -6}}\n"
        (presets(home) / f"{name}.yaml").write_text(text)
    options = ("--preset", "bb", "--audio", "pulse", "--audio-block", 512, "--depth", "float", "--midi", "keys")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in jack.items():
            patch.setenv(name, value)
        with Daemon(home, tmp_path_factory.mktemp("keys_out"), *options) as running, OscClient(running.port) as client:
            assert running.ready["audio"] == "pulse" and "keys:keys" in running.ready["midi"]
            for kit in ("bb", "aa"):
                opened(client, kit)
                client.ask("/preset/save", kit, answers="/done")
            yield running


@pytest.fixture
def osc(played: Daemon) -> Iterator[OscClient]:
    with OscClient(played.port) as client:
        opened(client, "aa")
        yield client


def test_a_key_is_heard_as_loud_as_it_was_struck(
    server: SoundServer, played: Daemon, osc: OscClient, keys: Sender
) -> None:
    for velocity in (127, 64):
        heard = take(server, osc, lambda velocity=velocity: keys.send((0x99, 36, velocity)), 0.9)
        frames = frames_of(samples_of(played.live(1)), velocity=velocity / 127)
        assert len(places(heard, frames)) == 1 and np.count_nonzero(heard.any(1)) <= len(frames)


def test_of_a_roll_every_note_is_heard_once(server: SoundServer, played: Daemon, osc: OscClient, keys: Sender) -> None:
    """Hits add up: the sum of all samples is that of one hit, times the notes that were heard."""
    voicing = Voicing(gain_db=-30, decay_ms=5)
    osc.send("/pad/1/gain_db", -30)
    osc.send("/pad/1/decay_ms", 5)
    osc.barrier()
    time.sleep(0.5)

    def act() -> None:
        for _ in range(NOTES):
            keys.send((0x90, 36, 127))
            time.sleep(0.01)

    heard = take(server, osc, act, 0.3)
    one = frames_of(samples_of(played.live(1)), voicing).astype(float)
    np.testing.assert_allclose(heard.astype(float).sum(0), NOTES * one.sum(0), rtol=1e-4)


def test_another_kit_leaves_what_sounds_alone(
    server: SoundServer, played: Daemon, osc: OscClient, keys: Sender
) -> None:
    """A program change while a hit rings: no click, no gap, and the next hit is the new kit's."""
    before = frames_of(samples_of(played.live(1)))
    osc.ask("/notify", 1, answers="/done")

    def opened_by(program: int) -> None:
        keys.send((0xC0, program))
        osc.wait_for("/done", where=lambda answer: answer.values[0] == "/driftkit/preset/load")

    def act() -> None:
        opened_by(0)
        keys.send((0x90, 36, 127))
        time.sleep(0.1)
        opened_by(1)
        keys.send((0x90, 36, 127))

    heard = take(server, osc, act, 0.9)
    osc.ask("/notify", 0, answers="/done")
    after = frames_of(samples_of(played.live(1)))
    (first,) = places(heard, before[:4000])
    (second,) = (at - (len(after) - 4000) for at in places(heard, after[-4000:]))
    assert first < second < first + len(before), "the one rings into the other"
    np.testing.assert_allclose(heard, mixed(len(heard), (first, before, None), (second, after, None)), atol=1e-6)
