"""Draw what the default model makes: `python research/pictures.py` writes the PNGs of docs/pictures/.

tasks.png is a row for each task: the command as one would type it, the sound before, and the sounds that the command
wrote, as waveform and as mel spectrogram. classes.png is eight sounds of each class.
"""

import contextlib
import io
import json
import shlex
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

import driftkit
from driftkit.daemon.cli.main import cli
from driftkit.sampler.training.mel import mel_filters

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
RATE_HZ, FFT, HOP, MELS, RANGE_DB = 44100, 1024, 256, 64, 80
PITCHES_HZ = (100, 1000, 10_000)  # marked at the left of each row


@dataclass(frozen=True)
class Panel:
    """One sound (n,) to be drawn, and times in ms to be marked in it."""

    title: str
    samples: np.ndarray
    marks: tuple[float, ...] = ()
    before: bool = False


@dataclass
class Row:
    """A command and its sounds."""

    command: str
    panels: list[Panel] = field(default_factory=list)


def mel(hz: float) -> float:
    """The band of the spectrograms in which a pitch lies."""
    low, high, at = (1127.01 * np.log1p(f / 700) for f in (20, RATE_HZ / 2, hz))
    return float((at - low) / (high - low) * (MELS + 1) - 1)


def levels(samples: np.ndarray) -> np.ndarray:
    """Mel levels (64, frames) in dB below the loudest."""
    sound = torch.from_numpy(np.ascontiguousarray(samples, np.float32))
    spectrum = torch.stft(sound, FFT, HOP, window=torch.hann_window(FFT), pad_mode="constant", return_complex=True)
    level = 10 * (mel_filters(MELS, FFT) @ spectrum.abs().square()).clamp_min(1e-12).log10()
    return np.asarray((level - level.max()).numpy())


def draw(panel: Panel, wave: Axes, spectrum: Axes, first: bool, last: bool) -> None:
    """Waveform above, spectrogram below, 80 dB from black to bright."""
    end_ms = 1000 * len(panel.samples) / RATE_HZ
    loud = max(1.0, float(np.abs(panel.samples).max()))
    wave.plot(panel.samples / loud, linewidth=0.4, color="0.45" if panel.before else "C0")
    wave.set(xlim=(0, len(panel.samples)), ylim=(-1, 1), xticks=[], yticks=[])
    wave.set_title(panel.title, fontsize=7, pad=2, color="0.35" if panel.before else "black")
    spectrum.imshow(
        levels(panel.samples), origin="lower", aspect="auto", vmin=-RANGE_DB, vmax=0, cmap="magma",
        extent=(0, end_ms, -0.5, MELS - 0.5), interpolation="nearest",
    )  # fmt: skip
    spectrum.set_yticks([mel(hz) for hz in PITCHES_HZ], [f"{hz / 1000:g} kHz" for hz in PITCHES_HZ] if first else [])
    spectrum.set_xticks([0, 200, 400, 600], ["0", "200", "400", "600 ms"] if last else [])
    spectrum.tick_params(labelsize=6, length=2, pad=1)
    for mark in panel.marks:
        spectrum.axvline(mark, color="white", linewidth=0.8, linestyle="--")
        wave.axvline(mark / 1000 * RATE_HZ, color="0.3", linewidth=0.8, linestyle="--")
    for axes in (wave, spectrum):
        for edge in axes.spines.values():
            edge.set_visible(False)


def sheet(rows: list[Row], file: Path, width: float, height: float) -> None:
    """One PNG of rows of panels, each so many inches wide and high, in 128 colours to stay small."""
    columns = max(len(row.panels) for row in rows)
    figure = Figure(figsize=(width * columns, height * len(rows)), layout="constrained")
    parts = figure.subfigures(len(rows), 1, squeeze=False)[:, 0]
    for row, part in zip(rows, parts):
        if row.command:
            part.suptitle(row.command, x=0.01, ha="left", fontsize=8, family="monospace", weight="bold")
        axes = part.subplots(2, columns, squeeze=False, gridspec_kw={"height_ratios": (1, 2)})
        for column, pair in enumerate(axes.T):
            if column < len(row.panels):
                draw(row.panels[column], *pair, first=column == 0, last=row is rows[-1])
            else:
                for axis in pair:
                    axis.set_axis_off()
    figure.savefig(file, dpi=90)
    Image.open(file).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)


def run(command: str, folder: Path) -> list[dict[str, Any]]:
    """Run a command of driftkit in a folder; what it tells, a line per sound."""
    told = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(told):
        cli.main([*shlex.split(command)[1:], "--json"], standalone_mode=False)
    return [json.loads(line) for line in told.getvalue().splitlines()]


def made(command: str, folder: Path) -> list[np.ndarray]:
    """The sounds (n,) that a command writes."""
    return [driftkit.read(folder / line["path"])[0] for line in run(command, folder)]


def noise(seed: int, length: int) -> np.ndarray:
    """The noise that a render of a seed begins with, drawn at a quarter of its size."""
    return 0.25 * torch.randn(length, generator=torch.Generator().manual_seed(seed)).numpy()


def tasks(folder: Path) -> list[Row]:
    """Every task, by its command."""
    source = {}
    for name in ("kick", "snare", "tom", "cymbal"):
        (line,) = run(f"driftkit render --{name} 1 --seed 3", folder)
        (folder / line["path"]).rename(folder / f"{name}.wav")
        samples = driftkit.read(folder / f"{name}.wav")[0]
        source[name] = Panel(f"before: {name}.wav", samples, before=True)

    def row(command: str, title: str, before: Panel, values: list[str], typical: str, *marks: float) -> Row:
        """A command run with each value in place of {}; the row is headed by the typical one."""
        panels = [before]
        for value in values:
            (samples,) = made(command.format(value), folder)
            panels.append(Panel(title.format(value.replace("--", "")), samples, marks))
        return Row(command.format(typical), panels)

    kick, snare, tom, cymbal = source.values()
    start = Panel("before: noise of seed 7", noise(7, len(kick.samples)), before=True)
    five = "driftkit render --kick 1 --seed 7 -n 5"
    mixes = [f"--snare {1 - w:g} --cymbal {w:g}" for w in (0, 0.25, 0.5, 0.75, 1)]
    seeds = [str(seed) for seed in range(1, 6)]
    rows = [
        Row(five, [start, *(Panel(f"seed {7 + i}", samples) for i, samples in enumerate(made(five, folder)))]),
        row("driftkit render {} --seed 7", "{}", start, mixes, mixes[2]),
        row(
            "driftkit vary snare.wav --seed 1 --variation {}", "variation {}", snare,
            ["0.1", "0.2", "0.4", "0.6", "0.8"], "0.4",
        ),
        row(
            "driftkit inpaint snare.wav --inpaint-start-ms 60 --snare 1 --seed {}", "new from 60 ms, seed {}", snare,
            seeds, "1", 60.0,
        ),
        row(
            "driftkit interpolate kick.wav tom.wav --interpolation {}", "interpolation {}", kick,
            ["0.2", "0.4", "0.6", "0.8"], "0.4",
        ),
        row(
            "driftkit reshape cymbal.wav --guidance 2 --kick {}", "kick {}", cymbal,
            ["0", "0.25", "0.5", "0.75", "1"], "1",
        ),
        encoded("driftkit encode snare.wav", snare, folder),
    ]  # fmt: skip
    rows[4].panels.append(tom)
    return rows


def encoded(command: str, before: Panel, folder: Path) -> Row:
    """A sound, its latent, the sound decoded from it, and what was lost on the way."""
    (line,) = run(command, folder)
    latent = np.load(folder / line["path"])
    back = driftkit.load().decode(latent, line["steps"], line["solver"])[0]
    return Row(
        command,
        [
            before,
            Panel(f"its latent, spread {line['std']:.2f}", 0.25 * latent[0]),
            Panel(f"decoded, {line['snr_db']:.1f} dB over its error", back),
            Panel("the error, ten times", 10 * (back - before.samples)),
        ],
    )


def classes() -> list[Row]:
    """Eight sounds of each class."""
    model = driftkit.load(engine="auto")
    rows = []
    for name in model.spec.classes:
        hits = [driftkit.Hit(classes={name: 1}, seed=seed) for seed in range(1, 9)]
        panels = [Panel(f"{name} {sound.hit.seed}", sound.samples[0]) for sound in model.render_batch(hits)]
        rows.append(Row("", panels))
    return rows


def main() -> None:
    """Both pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        sheet(tasks(Path(scratch)), PICTURES / "tasks.png", 1.75, 1.45)
    sheet(classes(), PICTURES / "classes.png", 1.3, 1.05)


if __name__ == "__main__":
    main()
