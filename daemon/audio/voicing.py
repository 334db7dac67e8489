"""Voicing: a Sound as a pad plays it: its pitch, decay and the device's rate as samples, the rest as two gains.

Runs when a Sound or a control changes, never when a pad is hit.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ...sampler.controls import Value

SILENCE_DB = -60.0  # where the exponential of a decay is taken down to nothing
FACTORS: dict[str, Callable[[float], float]] = {"linear": lambda v: v, "square": lambda v: v**2, "fixed": lambda v: 1.0}


@dataclass(frozen=True)
class Voicing:
    """The player controls that change how a pad's Sound is played."""

    gain_db: float = 0.0
    pan: float = 0.0
    pitch_semitones: float = 0.0
    decay_ms: float = 0.0
    choke: int = 0
    velocity_curve: str = "square"
    output: int = 0

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> "Voicing":
        """From a pad's values, of which others are left alone."""
        return cls(**{name: values[name] for name in cls.__dataclass_fields__ if values.get(name) is not None})  # type: ignore[arg-type]

    def gains(self, velocity: float) -> tuple[float, float]:
        """Left and right at a velocity. Constant power: left^2 + right^2 = 2 at every pan, each 1 at the middle."""
        level = 10 ** (self.gain_db / 20) * FACTORS[self.velocity_curve](velocity)
        if not self.pan:
            return level, level
        angle = (self.pan + 1) * math.pi / 4
        return level * math.sqrt(2) * math.cos(angle), level * math.sqrt(2) * math.sin(angle)

    def samples(self, sound: np.ndarray, rate_hz: int, device_hz: int) -> np.ndarray:
        """`sound` (channels, n) float32 at `rate_hz` as frames (m, 1 or 2) at `device_hz`; more channels are left out.

        With no pitch, no decay and equal rates the samples are the Sound's own, bit for bit.
        """
        frames = np.ascontiguousarray(sound[:2].T, np.float32)
        if not np.isfinite(frames).all():
            return np.zeros((0, frames.shape[1]), np.float32)
        read_hz = rate_hz * 2 ** (self.pitch_semitones / 12)
        if self.decay_ms:  # before resampling there may be a minute of sound that decays anyway
            frames = frames[: math.ceil(self.decay_ms / 1000 * read_hz) + 64]
        if read_hz != device_hz and len(frames):
            import soxr

            frames = np.ascontiguousarray(soxr.resample(frames, read_hz, device_hz, quality="HQ"))
        if self.decay_ms:
            envelope = decay(self.decay_ms / 1000 * device_hz, len(frames))
            frames = frames[: len(envelope)] * envelope
        return frames


def decay(length: float, available: int) -> np.ndarray:
    """An exponential (n, 1) that has fallen by 60 dB after `length` frames, lowered to end at exactly 0 there.

    e(i) = (r^(i / length) - r) / (1 - r) with r = 0.001, for the frames before `length`.
    """
    floor = 10 ** (SILENCE_DB / 20)
    i = np.arange(min(math.ceil(length) + 1, available))
    envelope = (floor ** np.minimum(i / length, 1.0) - floor) / (1 - floor)
    return envelope.astype(np.float32)[:, None]
