"""Devices by name: a made-up list, and the real one of the sound server."""

import pytest
from rig.sound_server import SoundServer

from driftkit.daemon.audio.devices import Device, find, outputs, portaudio, quiet, rate_for
from driftkit.sampler.errors import Error

FOUND = [
    Device(0, "HDMI 0", 48000, False),
    Device(3, "USB Audio: Out 1-2", 48000, True),
    Device(4, "USB", 44100, False),
]


@pytest.mark.parametrize(("wanted", "number"), [(None, 3), ("hdmi", 0), ("out 1", 3), ("usb", 4), ("USB A", 3)])
def test_a_device_is_found_by_its_name_or_a_part_of_it(wanted: str | None, number: int) -> None:
    assert find(FOUND, wanted).number == number


def test_what_is_not_there_is_a_sentence() -> None:
    with pytest.raises(
        Error, match="no audio device has 'jack' in its name; there are: HDMI 0, USB Audio: Out 1-2, USB"
    ):
        find(FOUND, "jack")
    with pytest.raises(Error, match="no audio output; connect one, or use --audio none"):
        find([], None)


def test_the_sound_server_is_a_device_at_the_rate_of_the_sounds(server: SoundServer) -> None:
    with quiet():
        sounddevice = portaudio()
        sounddevice._terminate()
        sounddevice._initialize()
        device = find(outputs(sounddevice), "pulse")
        assert rate_for(sounddevice, device, 0) == 44100
    assert rate_for(sounddevice, device, 96000) == 96000
