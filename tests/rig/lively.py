"""A small network that can do all that the shipped one can, and inputs of it."""

import torch

from driftkit.sampler.networks.wiener import WienerUNet

SHAPE = {"length": 2048, "bands": 16, "classes": 2, "widths": (16, 24)}


def network() -> WienerUNet:
    """One that can do all that the shipped one can, of small and lively weights."""
    torch.manual_seed(3)
    found = WienerUNet(**SHAPE, embedding=16, reach=True, listens=True, tones=True, temperatures=[(0.3, 1), (1.5, 0.8)])
    for parameter in found.parameters():
        parameter.data += 0.05 * torch.randn_like(parameter)
    return found.eval().requires_grad_(False)


def inputs(rows: int, seed: int = 0):
    """Noisy sounds, levels s, weights of one class each, and levels s' to jump to."""
    draw = torch.Generator().manual_seed(seed)
    s = torch.rand(rows, generator=draw) + 0.1
    weights = torch.nn.functional.one_hot(torch.arange(rows) % 2, 2).float()
    return torch.randn(rows, 1, 2048, generator=draw), s, weights, s * torch.rand(rows, generator=draw)


def apart(wanted: torch.Tensor, found: torch.Tensor) -> float:
    """How far off, as a share of what is wanted."""
    return float((wanted - found).norm() / wanted.norm())
