"""The audio callback by itself: what it does with a device that has one channel."""

import threading
from types import SimpleNamespace

import numpy as np

from driftkit.daemon.audio.clock import Clock
from driftkit.daemon.audio.devices import outputs
from driftkit.daemon.audio.mixer import Mixer
from driftkit.daemon.audio.player import Player

BLOCK = 128
SOUND = np.random.default_rng(2).uniform(-0.3, 0.3, (3 * BLOCK, 1)).astype(np.float32)


def heard_on(channels: int) -> np.ndarray:
    """What a pad of two gains gives on a device with so many channels."""
    status = SimpleNamespace(uses=[0], underruns=0, started=0, dropped=0, callbacks=0)
    player = Player(SimpleNamespace(status=status, take=lambda handle: None), None, 0, BLOCK)  # type: ignore[arg-type]
    player._mixer, player._clock = Mixer(44100, status.uses), Clock(44100)
    player._mixer.play(0, 1, SOUND, 0, 1, 0, 0.5, 1.0)
    out = np.full((4 * BLOCK, channels), np.nan, np.float32)

    def callback() -> None:
        for start in range(0, len(out), BLOCK):
            player._callback(out[start : start + BLOCK], BLOCK, None, SimpleNamespace(output_underflow=False))

    audio = threading.Thread(target=callback)  # the callback asks for priority for its own thread
    audio.start()
    audio.join()
    assert status.callbacks == 4 and status.started == 1
    return out


def test_a_device_of_one_channel_hears_the_middle_of_both() -> None:
    both, one = heard_on(2), heard_on(1)
    np.testing.assert_array_equal(both[: len(SOUND)], SOUND * np.float32([0.5, 1.0]))
    np.testing.assert_array_equal(one, both.mean(1, keepdims=True))


def test_more_pairs_are_taken_where_a_device_has_them() -> None:
    names = {"headset": 1, "card": 2, "odd": 7, "studio": 8, "stage": 64}
    entries = [{"name": n, "max_output_channels": c, "default_samplerate": 48000.0} for n, c in names.items()]
    library = SimpleNamespace(default=SimpleNamespace(device=(0, 1)), query_devices=lambda: entries)
    assert [device.channels for device in outputs(library, 16)] == [1, 2, 6, 8, 32]


def test_devices_of_one_channel_are_listed_and_inputs_are_not() -> None:
    names = {"mic": 0, "headset": 1, "card": 2, "studio": 8}
    entries = [{"name": n, "max_output_channels": c, "default_samplerate": 48000.0} for n, c in names.items()]
    library = SimpleNamespace(default=SimpleNamespace(device=(0, 2)), query_devices=lambda: entries)
    assert [(d.number, d.name, d.channels, d.default) for d in outputs(library)] == [
        (1, "headset", 1, False), (2, "card", 2, True), (3, "studio", 2, False),
    ]  # fmt: skip
