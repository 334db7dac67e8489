"""Look at many sounds at once: `python docs/contact_sheet.py --out build/sheets` (needs the dev extras).

One PNG per class with a small mel spectrogram (20 Hz at the bottom, 22 kHz at the top, 100 dB from black to bright) of
every sound, numbered by seed, and a table of measured faults; with --data the real sounds too.
"""

import argparse
import math
from pathlib import Path

import torch
from matplotlib.figure import Figure
from torch import Tensor

import driftkit
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.evaluate import by_class, render_class
from driftkit.sampler.training.faults import faults
from driftkit.sampler.training.judge import mel_filters

FFT, HOP, MELS, RANGE_DB = 1024, 512, 64, 100
COLUMNS = 10


def picture(sound: Tensor) -> Tensor:
    """(N,) -> mel levels (64, frames), 0 to 1 over the range below the loudest."""
    spectrum = torch.stft(sound, FFT, HOP, window=torch.hann_window(FFT), pad_mode="constant", return_complex=True)
    level = 10 * (mel_filters(MELS, FFT) @ spectrum.abs().square()).clamp_min(1e-14).log10()
    return ((level - level.max()) / RANGE_DB + 1).clamp(0, 1)


def sheet(sounds: Tensor, first: int, title: str, file: Path) -> None:
    """One PNG of all sounds (n, N), ten in a row."""
    pictures = [picture(sound) for sound in sounds]
    height, width = pictures[0].shape[0] + 4, pictures[0].shape[1] + 4
    rows = math.ceil(len(pictures) / COLUMNS)
    mosaic = torch.ones(rows * height, COLUMNS * width)
    figure = Figure(figsize=(COLUMNS * width / 50, rows * height / 50 + 0.4), layout="constrained")
    axes = figure.subplots()
    for i, image in enumerate(pictures):
        y, x = i // COLUMNS * height, i % COLUMNS * width
        mosaic[y : y + MELS, x : x + image.shape[1]] = image.flip(0)
        axes.text(x + 1, y + 9, str(first + i), color="white", fontsize=5)
    axes.imshow(mosaic.numpy(), cmap="magma", vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    axes.set_axis_off()
    axes.set_title(title, fontsize=8)
    figure.savefig(file, dpi=100)


def line(name: str, sounds: Tensor) -> str:
    """A row of the table of faults."""
    found = faults(sounds)
    before = "" if found["floor_before_db"] is None else f"{found['floor_before_db']:.0f}"
    cells = [
        name, str(len(sounds)), before, f"{found['floor_after_db']:.0f}", f"{found['tail_db']:.0f}",
        f"{found['tail_50_db_down']:.0%}", f"{found['dc_db']:.0f}", f"{found['worst_line_db']:.0f}",
        f"{found['first_step_db']:.0f}", f"{found['last_step_db']:.0f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Render, draw, and print the faults in dB below the peak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=100, help="sounds per class")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guidance", type=float, default=1.0)
    parser.add_argument("--steps", type=int, default=None)
    parser.add_argument("--model", default="default")
    parser.add_argument("--classes", default="", help="names with commas between; all by default")
    parser.add_argument("--data", type=Path, default=None, help="a pack (.npz): its split test is drawn too")
    parser.add_argument("--out", type=Path, default=Path("build/sheets"))
    asked = parser.parse_args()
    model = driftkit.load(asked.model)
    names = [name for name in asked.classes.split(",") if name] or list(model.spec.classes)
    asked.out.mkdir(parents=True, exist_ok=True)
    real = {}
    if asked.data:
        real = by_class(Corpus.load(asked.data, "test", model.spec.length, torch.device("cpu")))
    print("Faults, in dB below the peak; the steps at the ends are those of the loudest twentieth of the sounds.\n")
    print("| class | sounds | floor before | floor after | tail | 50 dB down | DC | line | first step | last step |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in names:
        controls = {"guidance": asked.guidance} | ({"steps": asked.steps} if asked.steps else {})
        sounds = render_class(model, name, asked.n, asked.seed, **controls)
        sheet(sounds, asked.seed, f"{name}, {model.tag}, seeds from {asked.seed}", asked.out / f"{name}.png")
        print(line(name, sounds), flush=True)
        if name in CLASSES and name in real:
            sheet(real[name][: asked.n], 0, f"{name}, real (test)", asked.out / f"{name}_real.png")
            print(line(f"{name}, real", real[name]), flush=True)


if __name__ == "__main__":
    main()
