"""The published network of Tiny Audio Diffusion (Landschoot 2023): a 1-D U-Net with attention on its deep levels.

What the article and its configuration leave open (where norms, gates and residuals stand) was measured from the public
network, and `tests/sampler/test_tiny.py` holds this file to its output.

The network takes t in [0, 1], x = cos(pi t / 2) x0 + sin(pi t / 2) eps, and predicts v = m eps - sigma x0. Here it is
told sigma, as every network, and t = 2 / pi asin(sigma).

Shapes: B batch, C channels of a level, L samples of a level, E features of the time.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from .ends import ENDS

GROUPS = 8  # of channels that are normalised together
FREQUENCIES = 128


class Time(nn.Module):
    """Learned Fourier features of t, then a layer that is gone through twice: (B,) -> (B, E)."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.frequencies = nn.Parameter(torch.randn(FREQUENCIES))
        self.enter = nn.Linear(2 * FREQUENCIES + 1, features)
        self.twice = nn.Linear(features, features)

    def forward(self, t: Tensor) -> Tensor:
        phase = 2 * math.pi * t[:, None] * self.frequencies
        h = F.gelu(self.enter(torch.cat([t[:, None], phase.sin(), phase.cos()], dim=1)))
        for _ in range(2):
            h = F.gelu(self.twice(h))
        return h


class Residual(nn.Module):
    """Two convolutions of three taps, each behind a norm, added to what came: (B, C, L) -> (B, C, L)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm_1 = nn.GroupNorm(GROUPS, channels)
        self.conv_1 = nn.Conv1d(channels, channels, 3, padding=1)
        self.norm_2 = nn.GroupNorm(GROUPS, channels)
        self.conv_2 = nn.Conv1d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        h = self.conv_1(F.silu(self.norm_1(x)))
        return x + self.conv_2(F.silu(self.norm_2(h)))


class Attention(nn.Module):
    """Every sample of a level looks at all of them: (B, C, L) -> (B, C, L), added to what came."""

    def __init__(self, channels: int, heads: int, features: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(channels)
        self.norm_context = nn.LayerNorm(channels)
        self.to_q = nn.Linear(channels, heads * features, bias=False)
        self.to_kv = nn.Linear(channels, 2 * heads * features, bias=False)
        self.leave = nn.Linear(heads * features, channels, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        rows = x.transpose(1, 2)
        both = self.to_kv(self.norm_context(rows)).chunk(2, dim=-1)
        parts = (self.to_q(self.norm(rows)), *both)
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts)
        seen = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
        return x + self.leave(seen).transpose(1, 2)


class Item(nn.Module):
    """A residual block, a scale and shift of the normed channels by the time, and attention where there is any."""

    def __init__(self, channels: int, features: int, attention: tuple[int, int] | None) -> None:
        super().__init__()
        self.residual = Residual(channels)
        self.modulation = nn.Linear(features, 2 * channels)
        self.attention = Attention(channels, *attention) if attention else None

    def forward(self, x: Tensor, time: Tensor) -> Tensor:
        """x: (B, C, L), time: (B, E) -> (B, C, L)."""
        x = self.residual(x)
        scale, shift = self.modulation(F.silu(time))[:, :, None].chunk(2, dim=1)
        normed = F.layer_norm(x.transpose(1, 2), x.shape[1:2], eps=1e-6).transpose(1, 2)
        x = normed * (1 + scale) + shift
        return self.attention(x) if self.attention else x


class Level(nn.Module):
    """One level: down to 1 / factor of the rate, what is inside, and back up beside what came in.

    What comes back is weighed by the time, channel by channel, and added to what came in (skip modulation).
    """

    def __init__(
        self, outer: int, channels: int, factor: int, items: int, features: int, attention: tuple[int, int] | None
    ) -> None:
        super().__init__()
        self.factor = factor
        self.enter = nn.Conv1d(outer, channels, factor, stride=factor)
        self.down = nn.ModuleList(Item(channels, features, attention) for _ in range(items))
        self.up = nn.ModuleList(Item(channels, features, attention) for _ in range(items))
        self.leave = nn.Conv1d(channels, outer, 3, padding=1)
        self.gate = nn.Linear(features, outer)

    def back(self, h: Tensor, came: Tensor, time: Tensor) -> Tensor:
        """What is inside (B, C, L / factor), and what came in (B, outer, L) -> (B, outer, L)."""
        h = self.leave(h.repeat_interleave(self.factor, dim=-1))
        return came + self.gate(F.silu(time))[:, :, None] * h


class TinyUNet(nn.Module):
    """(x, sigma) -> v = m eps - sigma x0; 31.57 M parameters as published, in stereo.

    Works for every N that is a multiple of the product of its factors: 128 as published, where N is 32,768.

    Parameters
    ----------
    channels: of the sound, C.
    widths, factors, items, attentions: per level its channels, rate division, items on either way, and whether there
    is attention.
    heads, head_features: of the attention.
    features: E of the time.
    ends, stride: what stands before and behind it, a key of `ends.ENDS`, and the samples to one of its own.

    `frugal` keeps less for gradients and computes it again, for training in little memory.
    """

    def __init__(
        self,
        channels: int = 2,
        widths: Sequence[int] = (32, 32, 64, 64, 128, 128, 256, 256),
        factors: Sequence[int] = (1, 2, 2, 2, 2, 2, 2, 2),
        items: Sequence[int] = (2, 2, 2, 2, 2, 2, 4, 4),
        attentions: Sequence[int] = (0, 0, 0, 0, 0, 1, 1, 1),
        heads: int = 8,
        head_features: int = 64,
        features: int = 1024,
        ends: str = "direct",
        stride: int = 1,
    ) -> None:
        super().__init__()
        if len({len(widths), len(factors), len(items), len(attentions)}) != 1:
            raise ValueError(
                f"there are {len(widths)} widths, {len(factors)} factors, {len(items)} items and {len(attentions)} "
                "attentions; each level needs one of each"
            )
        if any(width % GROUPS for width in widths):
            raise ValueError(f"widths is {list(widths)}; each must be a multiple of {GROUPS}")
        if ends not in ENDS:
            raise ValueError(f"ends is {ends}; it must be one of {', '.join(ENDS)}")
        self.ends = ENDS[ends](channels, stride)
        self.multiple = math.prod(factors) * stride
        self.frugal = False
        self.time = Time(features)
        looks = [(heads, head_features) if has else None for has in attentions]
        self.levels = nn.ModuleList(
            Level(*sizes, factor, count, features, look)
            for sizes, factor, count, look in zip(pairwise((self.ends.channels, *widths)), factors, items, looks)
        )

    def forward(self, x: Tensor, sigma: Tensor) -> Tensor:
        """x: (B, C, N), sigma: (B,) -> v (B, C, N)."""
        if x.shape[-1] % self.multiple:
            raise ValueError(f"the sound has {x.shape[-1]} samples; it must be a multiple of {self.multiple}")
        time = self.time(2 / math.pi * sigma.clamp(0, 1).asin())
        levels = [level for level in self.levels if isinstance(level, Level)]
        came, h = [], self.ends.enter(x)
        for level in levels:
            came.append(h)
            h = self._through(level.down, level.enter(h), time)
        for level, before in zip(reversed(levels), reversed(came)):
            h = level.back(self._through(level.up, h, time), before, time)
        return self.ends.leave(h)

    def _through(self, items: nn.ModuleList, h: Tensor, time: Tensor) -> Tensor:
        for item in items:
            h = checkpoint(item, h, time, use_reentrant=False) if self.frugal else item(h, time)
        return h
