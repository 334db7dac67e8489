"""The default denoiser network: a Wiener filter, and a U-Net for what it cannot know.

Drums start at once and die away, each band in its own time. S(band, frame), the standard
deviation of the training set in the orthonormal frame domain, therefore replaces the one
sigma_data of EDM (Karras et al. 2022, table 1) coefficient by coefficient. With y = x0 + s eps:

    D(y; s) = S^2 / (s^2 + S^2) y + s S / sqrt(s^2 + S^2) F(y / sqrt(s^2 + S^2), log s, classes)

F = 0 is the best linear denoiser with this spectrum over time; F is near zero wherever drums
are silent, so tails are silent by construction.
"""

import torch
from torch import Tensor, nn

from .frames import Frames
from .unet import UNet


class WienerUNet(nn.Module):
    """(y, s, class weights) -> E[x0 | y], in the variance-exploding scale y = x / m, s = sigma / m.

    Parameters
    ----------
    length: N samples, a multiple of bands * 2 ** (levels - 1).
    bands: M coefficients per frame of the front end.
    classes, widths, embedding: see `UNet`.
    """

    spread: Tensor

    def __init__(self, length: int, bands: int, classes: int, widths: tuple[int, ...], embedding: int = 128) -> None:
        super().__init__()
        hop = bands << (len(widths) - 1)
        if length % hop:
            raise ValueError(f"length is {length}; it must be a multiple of {hop} samples")
        self.length = length
        self.frames = Frames(bands)
        self.unet = UNet(bands, classes, tuple(widths), embedding)
        self.register_buffer("spread", torch.ones(bands, length // bands))

    def whitened(self, y: Tensor, s: Tensor, weights: Tensor) -> Tensor:
        """F of the module docstring, on coefficients. y: (B, M, K), s: (B,) -> (B, M, K)."""
        level = s[:, None, None]
        noise = y / level
        u = y / (level**2 + self.spread**2).sqrt()
        v = noise / (1 + noise.abs() / 3)
        return self.unet(u, v, s.log(), weights)

    def scales(self, s: Tensor) -> tuple[Tensor, Tensor]:
        """c_skip and c_out of the module docstring: s (B,) -> (B, M, K) each."""
        power, noise = self.spread**2, s[:, None, None] ** 2
        return power / (noise + power), (noise * power / (noise + power)).sqrt()

    def forward(self, y: Tensor, s: Tensor, weights: Tensor) -> Tensor:
        """y: (B, 1, N), s: (B,), weights: (B, classes) -> the clean estimate (B, 1, N)."""
        coefficients = self.frames.analyse(y[:, 0])
        skip, out = self.scales(s)
        clean = skip * coefficients + out * self.whitened(coefficients, s, weights)
        return self.frames.synthesise(clean)[:, None]


def measure_spread(frames: Frames, sounds: Tensor, smooth: int = 9, floor: float = 2e-4) -> Tensor:
    """S(band, frame) of sounds (n, N): the root mean square over sounds, smoothed over frames."""
    power = torch.zeros(frames.bands, sounds.shape[1] // frames.bands)
    for part in sounds.split(256):
        power += frames.analyse(part).pow(2).sum(0)
    power = nn.functional.avg_pool1d(
        power[None] / len(sounds), smooth, stride=1, padding=smooth // 2, count_include_pad=False
    )[0]
    return power.sqrt().clamp_min(floor)
