"""A second pair of ears, for what lasts: a Wiener filter in long windows, for the spectrum of the very sound.

A tone of 60 Hz shares a coefficient of 32 bands with 700 Hz of noise; in windows of 46 ms it stands in a bin of 21 Hz,
15 dB higher above it. `Tones` listens there: from the power that it hears, that of the class and that of the noise a
small network over bins and frames tells G, and what T^2 / (s^2 + T^2) lets through with T = S e^(G / 2), the draft of
what lasts, goes to the U-Net. Its onsets are smeared, as long windows smear them; the U-Net hears the sound itself
beside it, and says coefficient by coefficient how far the draft can be trusted.

The gain is even in the sound, and so the draft odd, as the whole network is (`networks.unet`).
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .frames import Frames

WINDOW = 1024  # bands of the long transform, its hop in samples
BINS = 512  # of these, from the lowest: up to 11 kHz at 44.1 kHz
LEAST = 0.05  # of the power expected, below which loudness is not told apart
MOST = 6.0  # of G


class Tones(nn.Module):
    """Sounds with noise to a draft of what lasts in them.

    Parameters
    ----------
    length: N samples.
    classes: length of the class weight vector.
    width: channels of the network over bins and frames.
    """

    spread: Tensor

    def __init__(self, length: int, classes: int, width: int = 16) -> None:
        super().__init__()
        self.frames = Frames(WINDOW, BINS)
        self.register_buffer("spread", torch.ones(classes + 1, BINS, -(-length // WINDOW)))
        self.enter = nn.Conv2d(4, width, (5, 3), padding=(2, 1))
        self.middle = nn.ModuleList(nn.Conv2d(width, width, 3, padding=apart, dilation=apart) for apart in (2, 4))
        self.leave = nn.Conv2d(width, 1, 3, padding=1)
        nn.init.zeros_(self.leave.weight)  # begins as the Wiener filter of the class
        assert self.leave.bias is not None
        nn.init.zeros_(self.leave.bias)

    def forward(self, x: Tensor, s: Tensor, weights: Tensor) -> Tensor:
        """x (B, N), s (B,), weights (B, classes) -> the draft (B, N)."""
        length = x.shape[1]
        heard = self.frames.analyse(F.pad(x, (0, -length % WINDOW)))  # (B, BINS, frames)
        power, noise = mixed_power(self.spread, weights), s[:, None, None] ** 2
        there = power * self.gain(heard, power, noise).exp()
        return self.frames.synthesise(there / (there + noise) * heard)[:, :length]

    def gain(self, heard: Tensor, power: Tensor, noise: Tensor) -> Tensor:
        """G = 2 ln(T / S): what is heard and S^2 (B, BINS, frames), s^2 (B, 1, 1) -> (B, BINS, frames)."""
        beside = F.pad(heard, (0, 0, 1, 1))
        # the power of a tone comes and goes with its phase; with the difference of its neighbours it hardly does
        size = heard.square() + 0.25 * (beside[:, 2:] - beside[:, :-2]).square()
        place = torch.linspace(-1, 1, BINS, device=heard.device)[None, :, None].expand_as(power)
        features = [
            (size / (noise + power) + LEAST).log(),
            (size / noise + LEAST).log().clamp_max(12) / 4,
            (power / noise).clamp(1e-5, 1e5).log() / 4,
            place,
        ]
        h = F.silu(self.enter(torch.stack(features, 1)))
        for layer in self.middle:
            h = h + F.silu(layer(h))
        return MOST * torch.tanh(self.leave(h)[:, 0] / MOST)


def mixed_power(spread: Tensor, weights: Tensor) -> Tensor:
    """S^2 of soft classes, the rest all drums': spread (classes + 1, M, K), weights (B, classes) -> (B, M, K)."""
    rest = (1 - weights.sum(1, keepdim=True)).clamp_min(0)
    mixed = torch.cat([weights, rest], 1) @ spread.square().flatten(1)
    return mixed.unflatten(1, spread.shape[1:])
