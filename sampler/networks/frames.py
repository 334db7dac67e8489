"""Orthonormal front ends: a waveform as frames of bands, and back.

`Frames` is the modified discrete cosine transform with the sine window (Princen and Bradley 1986; Malvar 1992) on a
finite interval: coefficient m of frame k is the product of 2 M samples, from half a frame before it to half a frame
after it, with a windowed cosine. That is a convolution of stride M, and all these cosines together are orthonormal:
white noise stays white, a diffusion on the waveform is the same diffusion on the coefficients, and the inverse is the
transpose. At the outer borders nothing overlaps: there the samples are divided by the window beforehand, so nothing
wraps from the onset into the tail.

`Patches` cuts the samples into frames and leaves them as they are; with one band it is the waveform.
Both are what research/front_ends.md compares.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Frames(nn.Module):
    """Orthonormal lapped transform of `bands` bands with 50 % overlap.

    Parameters
    ----------
    bands: M, even; the hop in samples and the number of coefficients per frame.
    kept: how many of them, from the lowest, are computed; by default all. What is left out is silent after the inverse.
    """

    taps: Tensor
    edge: Tensor

    def __init__(self, bands: int, kept: int | None = None) -> None:
        super().__init__()
        if bands % 2:
            raise ValueError(f"bands is {bands}; it must be even")
        self.bands = bands
        n = torch.arange(2 * bands, dtype=torch.float64) + 0.5  # samples from half a frame before the frame
        m = torch.arange(bands if kept is None else kept, dtype=torch.float64) + 0.5
        window = torch.sin(math.pi / (2 * bands) * n)
        taps = math.sqrt(2 / bands) * window * torch.cos(math.pi / bands * torch.outer(m, n - bands / 2))
        self.register_buffer("taps", taps.unflatten(1, (4, -1)).transpose(1, 2).float(), persistent=False)
        self.register_buffer("edge", 1 / window[bands // 2 : bands].float(), persistent=False)

    def _borders(self, x: Tensor) -> Tensor:
        """x (B, N) with its first and last half frame divided by the window."""
        half, edge = self.bands // 2, self.edge.to(x)
        return torch.cat([x[:, :half] * edge, x[:, half:-half], x[:, -half:] * edge.flip(0)], dim=1)

    def analyse(self, x: Tensor) -> Tensor:
        """Waveform (B, N) -> coefficients (B, M, N / M); N must be a multiple of M."""
        halves = self._borders(x).reshape(x.shape[0], -1, self.bands // 2).transpose(1, 2)
        return F.conv1d(halves, self.taps.to(x), stride=2, padding=1)

    def synthesise(self, coefficients: Tensor) -> Tensor:
        """Coefficients (B, M, K) -> waveform (B, K * M), the transpose of `analyse`."""
        halves = F.conv_transpose1d(coefficients, self.taps.to(coefficients), stride=2, padding=1)
        return self._borders(halves.transpose(1, 2).reshape(coefficients.shape[0], -1))


class Patches(nn.Module):
    """Frames of `bands` samples each, side by side."""

    def __init__(self, bands: int) -> None:
        super().__init__()
        self.bands = bands

    def analyse(self, x: Tensor) -> Tensor:
        """Waveform (B, N) -> (B, M, N / M); N must be a multiple of M."""
        return x.reshape(x.shape[0], -1, self.bands).transpose(1, 2)

    def synthesise(self, coefficients: Tensor) -> Tensor:
        """(B, M, K) -> waveform (B, K * M), the inverse of `analyse`."""
        return coefficients.transpose(1, 2).reshape(coefficients.shape[0], -1)


FRONTS: dict[str, type[Frames] | type[Patches]] = {"mdct": Frames, "patches": Patches}
