"""The published networks of CRASH (Rouard and Hadjeres 2021, section 5): U-Net and classifier.

Parameter names and shapes are those of the public checkpoints, in their order. What the paper
leaves open (factors, dilations, where activations stand) was measured from the public networks, and
`tests/sampler/test_crash.py` holds this file to their outputs.

Resampling is without filters: going down keeps every k-th sample, going up repeats each k times.
Both commute with pointwise layers, which therefore run at the lower rate here: the same numbers for
less work.

Shapes: B batch, N samples, L samples at a level, C channels, E embedding.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SLOPE = 0.2  # of the leaky rectifier
SPREAD = 16.0  # standard deviation of the random frequencies
DILATIONS = (1, 2, 4, 8)


def conv(in_channels: int, channels: int, dilation: int = 1, stride: int = 1) -> nn.Conv1d:
    """Three taps, padded so that only a stride changes the length."""
    return nn.Conv1d(in_channels, channels, 3, stride=stride, padding=dilation, dilation=dilation)


class NoiseLevel(nn.Module):
    """Random Fourier features of sigma, then a perceptron: (B,) -> (B, E)."""

    def __init__(self, frequencies: int, widths: Sequence[int]) -> None:
        super().__init__()
        # a parameter, though never trained: the published moving averages list it among the others
        self.RFF_freq = nn.Parameter(SPREAD * torch.randn(1, frequencies), requires_grad=False)
        self.MLP = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise((2 * frequencies, *widths)))

    def forward(self, sigma: Tensor) -> Tensor:
        phase = 2 * math.pi * sigma[:, None] * self.RFF_freq
        h = torch.cat([phase.sin(), phase.cos()], dim=1)
        for layer in self.MLP:
            h = F.relu(layer(h))
        return h


class Film(nn.Module):
    """Scale and shift of the channels by the noise level (FiLM): (B, E) -> two of (B, C, 1)."""

    def __init__(self, embedding: int, channels: int) -> None:
        super().__init__()
        self.output_layer = nn.Linear(embedding, 2 * channels)

    def forward(self, embedding: Tensor) -> tuple[Tensor, Tensor]:
        scale, shift = self.output_layer(embedding)[:, :, None].chunk(2, dim=1)
        return scale, shift


class Down(nn.Module):
    """Residual block to 1 / factor of the rate: (B, C, L) -> (B, C', L / factor).

    strided: the first convolution strides over its input (the classifier); else the input is
    thinned before it (the U-Net).
    """

    def __init__(self, in_channels: int, channels: int, factor: int, strided: bool) -> None:
        super().__init__()
        self.factor, self.strided = factor, strided
        self.residual_dense = nn.Conv1d(in_channels, channels, 1)
        self.layer_1 = conv(in_channels, channels, stride=factor if strided else 1)
        self.convs = nn.ModuleList(conv(channels, channels, d) for d in DILATIONS[1:])

    def forward(self, x: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
        thin = x[..., :: self.factor]
        h = self.layer_1(F.leaky_relu(x if self.strided else thin, SLOPE)) * scale + shift
        for layer in self.convs:
            h = layer(F.leaky_relu(h, SLOPE))
        return h + self.residual_dense(thin)


class Up(nn.Module):
    """Residual block to `factor` times the rate, with a skip: two of (B, C, L) -> (B, C', L * factor)."""

    def __init__(self, in_channels: int, channels: int, factor: int) -> None:
        super().__init__()
        self.factor = factor
        self.residual_dense = nn.Conv1d(in_channels, channels, 1)
        sizes = (2 * in_channels, channels, channels, channels)
        self.convs = nn.ModuleList(conv(c, channels, d) for c, d in zip(sizes, DILATIONS))

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        first, *rest = self.convs
        # the published block rectifies both before and after it repeats, which squares the slope
        both = F.leaky_relu(torch.cat([x, skip], dim=1), SLOPE**2)
        h = first(both.repeat_interleave(self.factor, dim=-1))
        for layer in rest:
            h = layer(F.leaky_relu(h, SLOPE))
        return h + self.residual_dense(x).repeat_interleave(self.factor, dim=-1)


class Encoder(nn.Module):
    """What U-Net and classifier share: conv_1, the noise level, and FiLM-conditioned blocks down."""

    def __init__(
        self, enter: int, widths: Sequence[int], factors: Sequence[int], level: Sequence[int], strided: bool
    ) -> None:
        super().__init__()
        if len(widths) != len(factors):
            raise ValueError(f"there are {len(widths)} widths and {len(factors)} factors; each level needs one of both")
        self.conv_1 = nn.Conv1d(1, enter, 5, padding=2)
        self.embedding = NoiseLevel(level[0], level[1:])
        sizes = pairwise((enter, *widths))
        self.downsample = nn.ModuleList(Down(c, d, k, strided) for (c, d), k in zip(sizes, factors))
        self.gamma_beta = nn.ModuleList(Film(level[-1], c) for c in widths)

    def encode(self, x: Tensor, sigma: Tensor) -> list[Tensor]:
        """x: (B, 1, N), sigma: (B,) -> the output of every level, the longest first."""
        embedding = self.embedding(sigma)
        outputs = [self.conv_1(x)]
        for block, film in zip(self.downsample, self.gamma_beta):
            outputs.append(block(outputs[-1], *film(embedding)))
        return outputs[1:]


class CrashUNet(Encoder):
    """(x, sigma) -> the noise eps in x = m x0 + sigma eps; 15.75 M parameters as published.

    Works for every N that is a multiple of the product of its factors: 300 as published, where
    N is 21,000 (476 ms), the only length that it was trained on.

    Parameters
    ----------
    enter: channels after the first convolution.
    widths, factors: channels and rate division per level on the way down; the way up mirrors them.
    level: number of random frequencies, then the widths of the perceptron; the last is E.
    """

    def __init__(
        self,
        enter: int = 32,
        widths: Sequence[int] = (128, 128, 256, 512, 512),
        factors: Sequence[int] = (2, 2, 3, 5, 5),
        level: Sequence[int] = (32, 128, 256, 512),
    ) -> None:
        super().__init__(enter, widths, factors, level, strided=False)
        self.multiple = math.prod(factors)
        sizes = pairwise((*reversed(widths), widths[0]))
        self.upsample = nn.ModuleList(Up(c, d, k) for (c, d), k in zip(sizes, reversed(factors)))
        self.last_conv = conv(widths[0], 1)

    def forward(self, x: Tensor, sigma: Tensor) -> Tensor:
        """x: (B, 1, N), sigma: (B,) -> eps (B, 1, N)."""
        if x.shape[-1] % self.multiple:
            raise ValueError(f"the sound has {x.shape[-1]} samples; it must be a multiple of {self.multiple}")
        skips = self.encode(x, sigma)
        h = skips[-1]
        for block, skip in zip(self.upsample, reversed(skips)):
            h = block(h, skip)
        return self.last_conv(h)


class CrashClassifier(Encoder):
    """(x, sigma) -> logits over kick, snare, cymbal; 11.03 M parameters as published.

    The published network ends in a softmax; logits are given here, since log(softmax) loses the
    gradient that guidance needs. Works for 1 <= N <= the product of its factors, 21,000 as
    published: the last level must be one sample long, and each level rounds up.

    Parameters: as of `CrashUNet`, and `classes`, the number of logits.
    """

    def __init__(
        self,
        enter: int = 32,
        widths: Sequence[int] = (128, 256, 256, 256, 512, 512),
        factors: Sequence[int] = (4, 6, 5, 5, 5, 7),
        level: Sequence[int] = (32, 128, 256, 512),
        classes: int = 3,
    ) -> None:
        super().__init__(enter, widths, factors, level, strided=True)
        self.longest = math.prod(factors)
        self.last_conv = nn.Linear(widths[-1], classes)

    def forward(self, x: Tensor, sigma: Tensor) -> Tensor:
        """x: (B, 1, N), sigma: (B,) -> logits (B, classes)."""
        if x.shape[-1] > self.longest:
            raise ValueError(f"the sound has {x.shape[-1]} samples; it must have at most {self.longest}")
        return self.last_conv(self.encode(x, sigma)[-1][..., 0])
