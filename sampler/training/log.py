"""The log of a run: OUT/log.jsonl, a line per report, and OUT/tensorboard where that is asked for."""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..errors import Error, brings
from ..files import appearing
from .config import RATE_HZ
from .mel import mel_filters

SHOWN = 8  # sounds heard and seen in TensorBoard at each evaluation
FFT, HOP, FLOOR_DB = 2048, 256, -80.0
MELS = 128


def spectrogram(sound: Tensor) -> Tensor:
    """sound (N,) -> picture (1, 128, frames) uint8 in mel bands: low pitches below, 0 at 80 dB under the loudest."""
    window = torch.hann_window(FFT)
    power = torch.stft(sound, FFT, HOP, window=window, pad_mode="constant", return_complex=True).abs().square()
    power = mel_filters(MELS, FFT) @ power
    decibels = 10 * (power / power.amax().clamp_min(1e-20)).clamp_min(10 ** (FLOOR_DB / 10)).log10()
    return ((1 - decibels / FLOOR_DB) * 255).round().to(torch.uint8).flip(0)[None]


class Log:
    """What a run reported up to its checkpoint, and what it reports from there.

    A run that was killed may have logged more than its checkpoint holds; those lines come again, so
    they are taken away (in TensorBoard: hidden) when the run goes on.
    """

    def __init__(self, out: Path, samples: int, tensorboard: bool = False) -> None:
        self.path = out / "log.jsonl"
        self.lines = [line for line in read_log(self.path) if line["samples"] <= samples]
        with appearing(self.path) as staged:
            staged.write_text("".join(json.dumps(line) + "\n" for line in self.lines))
        self.board: Any = None
        if tensorboard:
            self.board = writer()(str(out / "tensorboard"), purge_step=samples + 1 if self.lines else 0)

    @property
    def last(self) -> int:
        """Sounds shown at the last line; -1 before the first."""
        return self.lines[-1]["samples"] if self.lines else -1

    def write(self, line: dict[str, Any]) -> None:
        """One report: numbers, or tables of numbers one deep."""
        self.lines.append(line)
        with self.path.open("a") as file:
            file.write(json.dumps(line) + "\n")
        if self.board is None:
            return
        for name, value in line.items():
            table = value if isinstance(value, dict) else {"": value}
            for key, number in table.items():
                if name != "samples" and number is not None:
                    self.board.add_scalar(f"{name}/{key}".rstrip("/"), number, line["samples"])
        self.board.flush()

    def sounds(self, samples: int, names: list[str], sounds: Tensor) -> None:
        """Sounds (n, N) to hear and to see."""
        if self.board is None:
            return
        for name, sound in list(zip(names, sounds))[:SHOWN]:
            self.board.add_audio(f"sounds/{name}", sound[None], samples, RATE_HZ)
            self.board.add_image(f"spectrograms/{name}", spectrogram(sound), samples)

    def close(self) -> None:
        """Write what TensorBoard still holds."""
        if self.board is not None:
            self.board.close()


def read_log(path: Path) -> list[dict[str, Any]]:
    """The lines of a log.jsonl; a last one that a kill cut short is left out. `Error` for what is no log of a run."""
    if not path.exists():
        return []
    lines: list[dict[str, Any]] = []
    texts = path.read_bytes().splitlines()
    for number, text in enumerate(texts, 1):
        try:
            line = json.loads(text)
        except ValueError:
            if number == len(texts) and text.startswith(b"{"):
                break
            line = None
        if not isinstance(line, dict) or not isinstance(line.get("samples"), int):
            raise Error(f"{path} is not the log of a run of driftkit; give another folder, or move it away")
        lines.append(line)
    return lines


def writer() -> Any:
    """TensorBoard's writer; `Error` where it is not installed."""
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        raise Error(f"--tensorboard needs tensorboard; install it with: {brings('tensorboard')}") from None
    return SummaryWriter
