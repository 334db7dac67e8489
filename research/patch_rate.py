"""What patches and learned transforms leave in a sound: `python research/patch_rate.py PACK [--samples N]`.

Tiny Audio Diffusion rejected both since they alias. Three small networks of its kind, of about the same compute, are
shown as many sounds: one takes samples, one patches of them, one a learned transform. What each makes is measured at
the multiples of the rate of its patches: the power in a narrow line there over that of its surroundings, in dB, beside
the same figure for real sounds. 0 is nothing special.
"""

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

import driftkit
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.export import export
from driftkit.sampler.training.targets import load_config
from driftkit.sampler.training.train import train

LENGTH, STRIDE, RATE_HZ = 8192, 16, 44100
SHARED: dict[str, Any] = {
    "length": LENGTH, "schedule": "v", "t_sampling": "uniform", "tiny_channels": 1, "batch": 16, "at_once": 0,
    "learning_rate": 1e-3, "warmup": 20, "cooldown": 0.5, "ema": 0.99, "layered": 0.0, "evaluate_every": 0,
    "tiny_frugal": False, "precision": "float32",
}  # fmt: skip
KINDS: dict[str, dict[str, Any]] = {
    "samples": {
        "tiny_widths": (8, 16, 32, 64, 64, 128), "tiny_factors": (2, 2, 4, 2, 2, 2), "tiny_items": (1,) * 6,
        "tiny_attentions": (0,) * 6,
    },
    "patches": {"tiny_ends": "patches"},
    "learned": {"tiny_ends": "learned"},
}  # fmt: skip
INNER: dict[str, Any] = {
    "tiny_stride": STRIDE, "tiny_widths": (64, 64, 64, 128), "tiny_factors": (1, 2, 2, 2), "tiny_items": (1,) * 4,
    "tiny_attentions": (0,) * 4,
}  # fmt: skip


def lines_db(sounds: np.ndarray) -> str:
    """Power at the multiples of the patch rate over that beside them: (n, N) -> dB, the mean over lines and sounds."""
    power = np.abs(np.fft.rfft(sounds * np.hanning(sounds.shape[1]), axis=1)) ** 2
    step, found = sounds.shape[1] // STRIDE, []
    for line in range(step, power.shape[1] - step // 2, step):
        beside = np.r_[line - 40 : line - 4, line + 5 : line + 41]
        found.append(10 * np.log10(power[:, line - 1 : line + 2].mean(1) / np.median(power[:, beside], axis=1)))
    each = np.mean(found, axis=0)
    return f"{each.mean():.1f} dB (standard error {each.std() / np.sqrt(len(each)):.1f})"


def main() -> None:
    """Train, render, measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--samples", type=int, default=3000, help="sounds shown to each")
    parser.add_argument("-n", type=int, default=64, help="sounds rendered by each")
    told = parser.parse_args()
    real = Corpus.load(told.pack, "test", LENGTH, torch.device("cpu")).clean()[: told.n].double().numpy()
    print(
        "| network | parameters | held-out error of v | lines at 2.76 kHz, 5.51 kHz, ... |\n| --- | --- | --- | --- |"
    )
    print(f"| real sounds | | | {lines_db(real)} |", flush=True)
    for name, own in KINDS.items():
        config = load_config(
            None, **{**SHARED, **(INNER if own.get("tiny_ends") else {}), **own, "samples": told.samples}
        )
        lines: list[dict[str, Any]] = []
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as scratch:
            export(train("tiny", told.pack, Path(scratch), config, report=lines.append), None, Path(scratch) / "model")
            model = driftkit.load(Path(scratch) / "model")
            made = [s.samples[0] for s in model.render_batch([driftkit.Hit(seed=i, steps=30) for i in range(told.n)])]
        size = sum(p.numel() for p in model.module.parameters())
        error = lines[-1]["held_out"]["mean"]
        print(
            f"| {name} | {size / 1e6:.2f} M | {error:.3f} | {lines_db(np.stack(made).astype(float))} |",
            flush=True,
        )
        print(f"<!-- {time.monotonic() - begun:.0f} s -->", flush=True)


if __name__ == "__main__":
    main()
