"""Mel bands: mel(f) = 2595 log10(1 + f / 700) (HTK)."""

import math

import torch
from torch import Tensor

from .config import RATE_HZ


def mel_filters(mels: int = 64, fft: int = 1024, rate_hz: int = RATE_HZ, low_hz: float = 20.0) -> Tensor:
    """Triangles of height 1 whose corners are evenly spaced in mel: (mels, fft // 2 + 1)."""
    top = 2595 * math.log10(1 + rate_hz / 2 / 700)
    corners = torch.linspace(2595 * math.log10(1 + low_hz / 700), top, mels + 2, dtype=torch.float64)
    edges_hz = (700 * (10 ** (corners / 2595) - 1))[:, None]
    bins_hz = torch.arange(fft // 2 + 1, dtype=torch.float64) * rate_hz / fft
    rise = (bins_hz - edges_hz[:-2]) / (edges_hz[1:-1] - edges_hz[:-2])
    fall = (edges_hz[2:] - bins_hz) / (edges_hz[2:] - edges_hz[1:-1])
    return torch.minimum(rise, fall).clamp_min(0).float()
