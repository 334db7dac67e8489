"""Boards: a run's numbers, sounds and spectrograms in a browser, by TensorBoard or by Weights & Biases.

Each has `numbers`, `sounds` and `close`. Weights & Biases writes to the disk only, unless WANDB_MODE says otherwise:
nothing leaves the machine by itself.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..errors import Error, brings
from .config import RATE_HZ
from .mel import mel_filters

FFT, HOP, FLOOR_DB = 2048, 256, -80.0
MELS = 128


def spectrogram(sound: Tensor) -> Tensor:
    """sound (N,) -> picture (1, 128, frames) uint8 in mel bands: low pitches below, 0 at 80 dB under the loudest."""
    window = torch.hann_window(FFT)
    power = torch.stft(sound, FFT, HOP, window=window, pad_mode="constant", return_complex=True).abs().square()
    power = mel_filters(MELS, FFT) @ power
    decibels = 10 * (power / power.amax().clamp_min(1e-20)).clamp_min(10 ** (FLOOR_DB / 10)).log10()
    return ((1 - decibels / FLOOR_DB) * 255).round().to(torch.uint8).flip(0)[None]


class TensorBoard:
    """OUT/tensorboard; what was logged beyond the checkpoint is hidden."""

    def __init__(self, out: Path, samples: int, again: bool) -> None:
        from torch.utils.tensorboard import SummaryWriter

        self.to: Any = SummaryWriter(str(out / "tensorboard"), purge_step=samples + 1 if again else 0)

    def numbers(self, samples: int, named: Mapping[str, float]) -> None:
        """Numbers by name."""
        for name, number in named.items():
            self.to.add_scalar(name, number, samples)
        self.to.flush()

    def sounds(self, samples: int, named: Mapping[str, Tensor]) -> None:
        """Sounds (N,) by name, to hear and to see."""
        for name, sound in named.items():
            self.to.add_audio(f"sounds/{name}", sound[None], samples, RATE_HZ)
            self.to.add_image(f"spectrograms/{name}", spectrogram(sound), samples)

    def close(self) -> None:
        """Write what is still held."""
        self.to.close()


class WandB:
    """OUT/wandb, a run for each time that the training goes on; `wandb sync` sends one to a server."""

    def __init__(self, out: Path, samples: int, again: bool) -> None:
        import wandb

        self.of, name = wandb, out.resolve().name
        mode: Any = os.environ.get("WANDB_MODE", "offline")
        quiet = wandb.Settings(silent=True, console="off")
        self.to: Any = wandb.init(project="driftkit", group=name, name=name, dir=str(out), mode=mode, settings=quiet)

    def numbers(self, samples: int, named: Mapping[str, float]) -> None:
        """Numbers by name."""
        self.to.log(dict(named), step=samples)

    def sounds(self, samples: int, named: Mapping[str, Tensor]) -> None:
        """Sounds (N,) by name, to hear and to see."""
        heard = {f"sounds/{name}": self.of.Audio(sound.numpy(), RATE_HZ) for name, sound in named.items()}
        seen = {f"spectrograms/{name}": self.of.Image(spectrogram(sound)[0].numpy()) for name, sound in named.items()}
        self.to.log(heard | seen, step=samples)

    def close(self) -> None:
        """Write what is still held."""
        self.to.finish()


BOARDS: dict[str, type[TensorBoard] | type[WandB]] = {"tensorboard": TensorBoard, "wandb": WandB}


def check(names: tuple[str, ...]) -> None:
    """`Error` where what a board needs is not installed."""
    for name in names:
        try:
            __import__("torch.utils.tensorboard" if name == "tensorboard" else name)
        except ImportError:
            raise Error(f"--{name} needs {name}; install it with: {brings(name)}") from None
