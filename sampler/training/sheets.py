"""Contact sheets: a small spectrogram of each of many sounds, as one picture.

Each is a mel spectrogram of 20 Hz to 22 kHz from bottom to top, the range from black to bright in dB below its loudest.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .mel import mel_filters

FFT, RANGE_DB = 1024, 90
SHADES, PAPER, INK = 40, 40, 41  # of the palette: so many from black to bright, then white and black
GAP, HEAD = 2, 15  # pixels between pictures, and above a block for its title
COLOURS = ((2, 2, 10), (70, 20, 120), (180, 50, 120), (250, 130, 90), (255, 250, 200))  # evenly spaced shades


@dataclass(frozen=True)
class Block:
    """A title, and pictures of one size (height, width), 0 to 1, in rows of so many; numbered from `first`."""

    title: str
    pictures: list[Tensor]
    columns: int
    first: int | None = None

    def pixels(self) -> np.ndarray:
        """Indices into the palette (height, width)."""
        height, width = (size + GAP for size in self.pictures[0].shape)
        rows = math.ceil(len(self.pictures) / self.columns)
        canvas = np.full((rows * height, self.columns * width), PAPER, np.uint8)
        for i, picture in enumerate(self.pictures):
            y, x = i // self.columns * height, i % self.columns * width
            shades = (picture.flip(0) * (SHADES - 1)).round().numpy()
            canvas[y : y + height - GAP, x : x + width - GAP] = shades
        return canvas


def picture(sound: Tensor, mels: int, hop: int) -> Tensor:
    """(N,) -> mel levels (mels, frames), 0 to 1 over the range below the loudest."""
    spectrum = torch.stft(sound, FFT, hop, window=torch.hann_window(FFT), pad_mode="constant", return_complex=True)
    level = 10 * (mel_filters(mels, FFT) @ spectrum.abs().square()).clamp_min(1e-14).log10()
    return ((level - level.max()) / RANGE_DB + 1).clamp(0, 1)


def small(sounds: Tensor) -> list[Tensor]:
    """Pictures (32, N / 1024) for a sheet of many."""
    return [picture(sound, 32, 1024) for sound in sounds]


def large(sounds: Tensor) -> list[Tensor]:
    """Pictures (64, N / 512) for a sheet of few."""
    return [picture(sound, 64, 512) for sound in sounds]


def palette() -> bytes:
    """Red, green and blue of each shade, of paper and of ink."""
    at, ends = np.linspace(0, len(COLOURS) - 1, SHADES), np.arange(len(COLOURS))
    shades = np.stack([np.interp(at, ends, channel) for channel in np.array(COLOURS).T], 1)
    return bytes(np.concatenate([shades, [[255] * 3, [0] * 3]]).round().astype(np.uint8).tobytes())


def save(blocks: list[Block], file: Path) -> None:
    """One PNG of all blocks, each below its title; a block without one joins the block above."""
    from PIL import Image, ImageDraw, ImageFont

    parts, labels, y = [], [], 0
    width = max(block.pixels().shape[1] for block in blocks)
    for block in blocks:
        if block.title:
            labels.append((3, y + 1, block.title, INK))
            parts.append(np.full((HEAD, width), PAPER, np.uint8))
            y += HEAD
        pixels = block.pixels()
        parts.append(np.pad(pixels, ((0, 0), (0, width - pixels.shape[1])), constant_values=PAPER))
        if block.first is not None:
            height, step = (size + GAP for size in block.pictures[0].shape)
            for i in range(len(block.pictures)):
                at = (i % block.columns * step + 2, y + i // block.columns * height + 1)
                labels.append((*at, str(block.first + i), PAPER))
        y += len(pixels)
    sheet = Image.fromarray(np.concatenate(parts), mode="P")
    sheet.putpalette(palette())
    pen = ImageDraw.Draw(sheet)
    pen.fontmode = "1"  # no shades between: the palette has none
    for left, top, text, ink in labels:
        pen.text((left, top), text, fill=ink, font=ImageFont.load_default(10 if ink == INK else 8))
    sheet.save(file, format="PNG", optimize=True)


def write_sheet(groups: Sequence[tuple[str, Sequence[np.ndarray]]], columns: int, file: Path) -> None:
    """A sheet of sounds (N,) in groups, each with a title; of none, nothing is written but a line that says so."""
    columns = max(1, min(columns, max((len(sounds) for _, sounds in groups), default=1)))
    blocks = [
        Block(title, small(torch.from_numpy(np.stack(sounds))), columns) for title, sounds in groups if len(sounds)
    ]
    save(blocks or [Block("no sounds", [torch.ones(1, 120)], 1)], file)
