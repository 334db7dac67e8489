"""Draw what the default model makes: `python docs/pictures.py` (needs the dev extras) writes the PNGs of docs/."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

import driftkit
from driftkit import Hit

HERE = Path(__file__).parent
COLUMNS = 8


def draw(samples: np.ndarray, wave: Axes, spectrum: Axes, title: str) -> None:
    """Waveform above, spectrogram below, 90 dB from black to bright."""
    wave.plot(samples, linewidth=0.4)
    wave.set_title(title, fontsize=7, pad=2)
    wave.set_ylim(-1, 1)
    power = np.abs(np.fft.rfft(frames(samples), axis=1)) ** 2
    level = 10 * np.log10(power.T + 1e-12)
    spectrum.imshow(level, origin="lower", aspect="auto", vmin=level.max() - 90, vmax=level.max(), cmap="magma")
    for axes in (wave, spectrum):
        axes.set_axis_off()


def frames(samples: np.ndarray, size: int = 512, hop: int = 128) -> np.ndarray:
    """Windowed frames (n, size)."""
    starts = np.arange(0, len(samples) - size, hop)
    return np.asarray(samples[starts[:, None] + np.arange(size)] * np.hanning(size))


def sheet(rows: list[list[tuple[str, np.ndarray]]], file: str) -> None:
    """One PNG of labelled sounds, a row of pairs of plots each."""
    width = max(len(row) for row in rows)
    figure, axes = plt.subplots(2 * len(rows), width, figsize=(1.6 * width, 1.5 * len(rows)), squeeze=False)
    for axis in axes.flat:
        axis.set_axis_off()
    for r, row in enumerate(rows):
        for c, (title, samples) in enumerate(row):
            draw(samples, axes[2 * r][c], axes[2 * r + 1][c], title)
    figure.tight_layout(pad=0.3)
    figure.savefig(HERE / file, dpi=80)
    plt.close(figure)


def main() -> None:
    """classes.png: eight sounds a class; tasks.png: what each task does to a sound."""
    model = driftkit.load()

    def make(*hits: Hit) -> list[np.ndarray]:
        return [sound.samples[0] for sound in model.render_batch(hits)]

    rows = []
    for name in model.spec.classes:
        hits = [Hit(classes={name: 1}, seed=seed) for seed in range(1, COLUMNS + 1)]
        rows.append([(f"{name} {hit.seed}", samples) for hit, samples in zip(hits, make(*hits))])
    sheet(rows, "classes.png")

    snare, kick, cymbal = (HERE / f"{name}.tmp.wav" for name in ("snare", "kick", "cymbal"))
    try:
        for path, hit in ((snare, Hit(snare=1, seed=3)), (kick, Hit(kick=1, seed=3)), (cymbal, Hit(cymbal=1, seed=3))):
            model.render(hit).save(path, depth="float")
        a, b = str(snare), str(kick)
        t = (0.1, 0.2, 0.35, 0.5, 0.7, 0.9)
        vary = [Hit(task="vary", source_a=a, variation=v, seed=1) for v in t]
        mix = [
            Hit(task="interpolate", source_a=b, source_b=a, interpolation=v, seed=1) for v in (0, 0.2, 0.4, 0.6, 0.8, 1)
        ]
        inpaint = [Hit(task="inpaint", source_a=a, inpaint_start_ms=60, snare=1, seed=s) for s in range(1, 7)]
        shape = [
            Hit(task="reshape", source_a=str(cymbal), kick=w, guidance=2, seed=1) for w in (0, 0.2, 0.4, 0.6, 0.8, 1)
        ]
        weights = [Hit(snare=1 - w, cymbal=w, seed=3) for w in (0, 0.2, 0.4, 0.6, 0.8, 1)]
        source = driftkit.read(snare)[0]
        sheet(
            [
                [("source", source), *((f"vary t = {h.variation:g}", x) for h, x in zip(vary, make(*vary)))],
                [
                    ("source", source),
                    *((f"inpaint from 60 ms, seed {h.seed}", x) for h, x in zip(inpaint, make(*inpaint))),
                ],
                [("", source * 0), *((f"interpolate {h.interpolation:g}", x) for h, x in zip(mix, make(*mix)))],
                [
                    ("source", driftkit.read(cymbal)[0]),
                    *((f"reshape, kick {h.classes.get('kick', 0):g}", x) for h, x in zip(shape, make(*shape))),
                ],
                [
                    ("", source * 0),
                    *(
                        (f"snare {1 - w:.1f} cymbal {w:.1f}", x)
                        for w, x in zip((0, 0.2, 0.4, 0.6, 0.8, 1), make(*weights))
                    ),
                ],
            ],
            "tasks.png",
        )
    finally:
        for path in (snare, kick, cymbal):
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
