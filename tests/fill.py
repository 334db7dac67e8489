"""Deterministic stand-in weights: the same tensors for the same state-dict names, on any machine."""

import zlib

import numpy as np


def fill(name: str, shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    """float32 tensor for one state-dict entry.

    RandomState (MT19937, frozen stream) seeded with crc32(name) + seed. Weights ~ N(0, 1/fan_in);
    1-D 'weight' (norm gains) ~ 1 + 0.1 N; 'bias' ~ 0.1 N; 'RFF_freq' ~ 16 N.
    """
    draw = np.random.RandomState((zlib.crc32(name.encode()) + seed) % 2**32).standard_normal(shape)
    if name.endswith("RFF_freq"):
        draw = 16 * draw
    elif name.endswith("bias"):
        draw = 0.1 * draw
    elif len(shape) == 1:
        draw = 1 + 0.1 * draw
    else:
        draw = draw / np.sqrt(np.prod(shape[1:]))
    return draw.astype(np.float32)
