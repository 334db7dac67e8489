"""Output devices by name."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from ...sampler.errors import Error

RATE_HZ = 44100  # of the Sounds: preferred, since nothing is resampled then


class Device(NamedTuple):
    """An output; `number` is PortAudio's."""

    number: int
    name: str
    rate_hz: int  # its own
    default: bool
    channels: int = 2  # that are played: 1 or pairs


def hush() -> int | None:
    """From now on stderr is Python's alone: ALSA's library writes to it every device that it does not find.

    Returns a copy of the descriptor that was stderr.
    """
    with suppress(OSError, ValueError, AttributeError):
        kept = os.dup(2)
        sys.stderr = os.fdopen(kept, "w", buffering=1, closefd=False)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 2)
        os.close(silence)
        return kept
    return None


@contextmanager
def quiet() -> Iterator[None]:
    """`hush` inside the `with`."""
    before, kept = sys.stderr, hush()
    try:
        yield
    finally:
        sys.stderr = before
        if kept is not None:
            os.dup2(kept, 2)
            os.close(kept)


def portaudio() -> Any:
    """The module sounddevice; `Error` where the system has no PortAudio."""
    try:
        import sounddevice
    except (ImportError, OSError) as reason:
        raise Error(
            f"the sound library PortAudio is not there ({reason}); install it "
            "(Debian and Ubuntu: apt-get install libportaudio2), or use --audio none"
        ) from None
    return sounddevice


def outputs(sounddevice: Any, pairs: int = 1) -> list[Device]:
    """Every device that can play, with so many pairs of channels at most."""
    chosen = sounddevice.default.device[1]
    if chosen < 0:
        apis = sounddevice.query_hostapis()
        chosen = next((api["default_output_device"] for api in apis if api["default_output_device"] >= 0), -1)
    return [
        Device(
            number, str(entry["name"]), round(entry["default_samplerate"]), number == chosen, played(channels, pairs)
        )
        for number, entry in enumerate(sounddevice.query_devices())
        if (channels := int(entry["max_output_channels"]))
    ]


def played(channels: int, pairs: int) -> int:
    """How many of a device's channels are played: pairs of them, or its only one."""
    return min(channels - channels % 2, 2 * pairs) or 1


def find(found: list[Device], wanted: str | None) -> Device:
    """The device of that name, else the first with that in its name; None: the system's default."""
    if wanted is None:
        for device in found:
            if device.default:
                return device
        raise Error("this machine has no audio output; connect one, or use --audio none")
    word = wanted.casefold()
    matches = [d for d in found if d.name.casefold() == word] or [d for d in found if word in d.name.casefold()]
    if not matches:
        there = ", ".join(d.name for d in found) or "none at all"
        raise Error(f"no audio device has {wanted!r} in its name; there are: {there}")
    return matches[0]


def rate_for(sounddevice: Any, device: Device, wanted_hz: int) -> int:
    """The rate to open a device at: as wanted, else that of the Sounds where the device takes it, else its own."""
    if wanted_hz:
        return wanted_hz
    try:
        sounddevice.check_output_settings(device.number, channels=device.channels, dtype="float32", samplerate=RATE_HZ)
    except sounddevice.PortAudioError:
        return device.rate_hz
    return RATE_HZ
