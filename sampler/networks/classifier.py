"""The noise-conditioned classifier: what drum is in a noisy sound, at any noise level.

The encoder half of a U-Net, as in CRASH section 5.2, on the frames of the default network: it
sees the sound in units of its expected spread and in units of the noise, and pools over time.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .frames import Frames
from .unet import fourier


def fade(length: int, device: torch.device | None = None) -> Tensor:
    """Gain (N,): 1, then a smooth fall over the last quarter, and silence, 256 samples where there is room for them."""
    quarter = length // 4
    silence = min(256, quarter // 2)
    tail = torch.cos(torch.linspace(0, torch.pi / 2, quarter - silence, device=device)) ** 3
    return torch.cat([torch.ones(length - quarter, device=device), tail, torch.zeros(silence, device=device)])


class Stage(nn.Module):
    """Halve the frame rate: strided convolution, normalisation, FiLM by the noise level, SiLU."""

    def __init__(self, in_channels: int, channels: int, embedding: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(in_channels, channels, 5, stride=2, padding=2)
        self.mix = nn.Conv1d(channels, channels, 3, padding=1)
        self.film = nn.Linear(embedding, 2 * channels)
        nn.init.normal_(self.film.weight, std=0.02)

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        scale, shift = self.film(embedding)[:, :, None].chunk(2, dim=1)
        h = F.group_norm(self.conv(x), 4) * (1 + scale) + shift
        h = F.silu(h)
        return h + F.silu(self.mix(h))


class FrameClassifier(nn.Module):
    """(y, s) -> logits over classes, in the variance-exploding scale y = x / m, s = sigma / m.

    Hears the first `length` samples: a drum tells what it is as it begins. What is longer is faded out towards there
    as the sounds were that it learned from, since it takes an end in full sound for a loud one.
    """

    spread: Tensor
    fade: Tensor

    def __init__(self, length: int, bands: int, classes: int, widths: tuple[int, ...], embedding: int = 64) -> None:
        super().__init__()
        self.length = length
        self.frames = Frames(bands)
        self.noise = nn.Linear(32, embedding)
        self.enter = nn.Conv1d(2 * bands, widths[0], 5, padding=2)
        self.stages = nn.ModuleList(Stage(c, d, embedding) for c, d in zip((2 * widths[0], *widths[1:-1]), widths[1:]))
        self.dropout = nn.Dropout(0.2)
        self.leave = nn.Linear(2 * widths[-1], classes)
        self.register_buffer("spread", torch.ones(bands, length // bands))
        self.register_buffer("fade", fade(length), persistent=False)

    def forward(self, y: Tensor, s: Tensor) -> Tensor:
        """y: (B, 1, N), N at least `length`, s: (B,) -> logits (B, classes)."""
        heard = y[:, 0, : self.length]
        coefficients = self.frames.analyse(heard * self.fade if y.shape[-1] > self.length else heard)
        level = s[:, None, None]
        u = coefficients / (level**2 + self.spread**2).sqrt()
        noise = coefficients / level
        v = noise / (1 + noise.abs() / 3)
        embedding = F.silu(self.noise(fourier(s.log())))
        h = self.enter(torch.cat([u, v], dim=1))
        # the size of a coefficient tells the drum, its sign hardly does: hand on both
        h = torch.cat([h, (h.square() + 1e-3).log()], dim=1)
        for stage in self.stages:
            h = stage(h, embedding)
        pooled = torch.cat([h.mean(-1), h.amax(-1)], dim=1)
        return self.leave(self.dropout(pooled))
