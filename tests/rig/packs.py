"""Packs of sounds that are drums enough to measure with."""

from pathlib import Path

import numpy as np
import torch

N = 32768


def drums(n: int, seed: int) -> torch.Tensor:
    """n unlike decaying sounds (n, N): tones and noise of random pitch and length."""
    draw = torch.Generator().manual_seed(seed)
    time = torch.arange(N) / 44100
    pitch = 50 * 2 ** (7 * torch.rand(n, 1, generator=draw))
    decay = 10 + 60 * torch.rand(n, 1, generator=draw)
    hiss = torch.rand(n, 1, generator=draw)
    noise = torch.randn(n, N, generator=draw)
    return 0.5 * (torch.sin(2 * torch.pi * pitch * time) + hiss * noise) * torch.exp(-decay * time)


def packed(folder: Path, per_class: int = 12) -> Path:
    """A pack of synthetic sounds, three classes in the splits train and test."""
    sounds = np.zeros((6 * per_class, 44100), np.int16)
    sounds[:, :N] = (drums(6 * per_class, 5).clamp(-1, 1) * 32000).numpy().astype(np.int16)
    labels = np.arange(6 * per_class) % 3
    split = np.where(np.arange(6 * per_class) < 3 * per_class, "train", "test")
    np.savez(folder / "pack.npz", sounds=sounds, labels=labels, split=split)
    return folder / "pack.npz"
