"""What may stand before and behind a U-Net of samples: nothing, patches, or a transform that it learns.

Tiny Audio Diffusion tried both of the latter and rejected them, since they alias: what is made of one number in so many
samples repeats at that rate. docs/tiny.md has a measurement.

Shapes: B batch, C channels of a sound, P stride.
"""

import torch.nn as nn
from torch import Tensor

WIDER = 2  # strides in the kernel of a learned transform


class Direct(nn.Module):
    """The samples themselves."""

    def __init__(self, channels: int, stride: int) -> None:
        super().__init__()
        if stride != 1:
            raise ValueError(f"stride is {stride}; it must be 1 where the network takes the samples themselves")
        self.channels = channels

    def enter(self, x: Tensor) -> Tensor:
        """(B, C, N) -> (B, C, N)."""
        return x

    def leave(self, h: Tensor) -> Tensor:
        """(B, C, N) -> (B, C, N)."""
        return h


class Patches(nn.Module):
    """So many samples side by side as channels, and apart again."""

    def __init__(self, channels: int, stride: int) -> None:
        super().__init__()
        self.stride, self.channels = stride, channels * stride

    def enter(self, x: Tensor) -> Tensor:
        """(B, C, N) -> (B, C P, N / P)."""
        return x.unflatten(-1, (-1, self.stride)).transpose(2, 3).flatten(1, 2)

    def leave(self, h: Tensor) -> Tensor:
        """(B, C P, N / P) -> (B, C, N)."""
        return h.unflatten(1, (-1, self.stride)).transpose(2, 3).flatten(2)


class Learned(nn.Module):
    """A convolution of a large kernel and stride at either end."""

    def __init__(self, channels: int, stride: int) -> None:
        super().__init__()
        if stride % 2:
            raise ValueError(f"stride is {stride}; of a learned transform it must be even")
        self.channels = channels * stride
        kernel, around = WIDER * stride, (WIDER - 1) * stride // 2
        self.first = nn.Conv1d(channels, self.channels, kernel, stride, around)
        self.last = nn.ConvTranspose1d(self.channels, channels, kernel, stride, around)

    def enter(self, x: Tensor) -> Tensor:
        """(B, C, N) -> (B, C P, N / P)."""
        found: Tensor = self.first(x)
        return found

    def leave(self, h: Tensor) -> Tensor:
        """(B, C P, N / P) -> (B, C, N)."""
        found: Tensor = self.last(h)
        return found


ENDS: dict[str, type[Direct] | type[Patches] | type[Learned]] = {
    "direct": Direct,
    "patches": Patches,
    "learned": Learned,
}
