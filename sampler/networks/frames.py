"""Orthonormal front ends: a waveform as frames of bands, and back.

`Frames` is the modified discrete cosine transform on a finite interval, in its lifting form (Malvar 1992):
the signal is cut into K blocks of M samples, the samples around each inner block border are
rotated pairwise by the sine window, and each block goes through a DCT-IV. Each stage is a
rotation or an orthonormal matrix, so the whole is one: white noise stays white, a diffusion on
the waveform is the same diffusion on the coefficients, and the inverse is the transpose. The
outer borders have no overlap, so nothing wraps from the onset into the tail.

`Patches` cuts the samples into frames and leaves them as they are; with one band it is the waveform.
Both are what docs/front_ends.md compares.
"""

import math

import torch
from torch import Tensor, nn


class Frames(nn.Module):
    """Orthonormal lapped transform of `bands` bands with 50 % overlap.

    Parameters
    ----------
    bands: M, even; the hop in samples and the number of coefficients per frame.
    kept: how many of them, from the lowest, are computed; by default all. What is left out is silent after the inverse.
    """

    dct: Tensor
    cos: Tensor
    sin: Tensor

    def __init__(self, bands: int, kept: int | None = None) -> None:
        super().__init__()
        if bands % 2:
            raise ValueError(f"bands is {bands}; it must be even")
        self.bands = bands
        n = torch.arange(bands, dtype=torch.float64) + 0.5
        dct = math.sqrt(2 / bands) * torch.cos(math.pi / bands * torch.outer(n[:kept], n))
        # sine window at the upper half of the overlap: w(M/2 + j), j = 0 .. M/2 - 1
        angle = math.pi / (2 * bands) * (torch.arange(bands // 2, dtype=torch.float64) + bands / 2 + 0.5)
        self.register_buffer("dct", dct.float(), persistent=False)
        self.register_buffer("cos", torch.cos(angle).float(), persistent=False)
        self.register_buffer("sin", torch.sin(angle).float(), persistent=False)

    def _rotate(self, blocks: Tensor, sign: int) -> Tensor:
        """Rotate the mirrored sample pairs around every inner border. blocks: (B, K, M)."""
        half = self.bands // 2
        before = blocks[:, :-1, half:].flip(-1)  # counted outwards from the border
        after = blocks[:, 1:, :half]
        cos, sin = self.cos.to(blocks), self.sin.to(blocks)
        rotated_before = sin * before - sign * cos * after
        rotated_after = sin * after + sign * cos * before
        left = torch.cat([blocks[:, :1, :half], rotated_after], dim=1)
        right = torch.cat([rotated_before.flip(-1), blocks[:, -1:, half:]], dim=1)
        return torch.cat([left, right], dim=-1)

    def analyse(self, x: Tensor) -> Tensor:
        """Waveform (B, N) -> coefficients (B, M, N / M); N must be a multiple of M."""
        blocks = self._rotate(x.reshape(x.shape[0], -1, self.bands), 1)
        return torch.matmul(self.dct.to(x), blocks.transpose(1, 2))

    def synthesise(self, coefficients: Tensor) -> Tensor:
        """Coefficients (B, M, K) -> waveform (B, K * M), the transpose of `analyse`."""
        blocks = torch.matmul(self.dct.to(coefficients).T, coefficients).transpose(1, 2)
        return self._rotate(blocks, -1).reshape(coefficients.shape[0], -1)


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
