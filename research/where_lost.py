"""Where the distance to real sounds comes from: real ones with noise of each level, taken down again by the model.

    python research/where_lost.py build/drums.npz            # a minute or two on two cores
    python research/where_lost.py build/drums.npz --many     # beside it in 24 steps, some ten minutes

The sounds are of `train` and so are those that they are compared with; a perfect model would stay at the first row.
Then sounds made from noise alone are made as loud, in each band at each time, as a real sound of their class, and as
the mean of their class.
"""

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

import driftkit
from driftkit.sampler.grids import grid
from driftkit.sampler.model import Model
from driftkit.sampler.solvers import SOLVERS, Memory, flow_map, trajectory
from driftkit.sampler.training.config import CLASSES, KINDS
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.evaluate import THREE, embed, frechet, kernel, median_width, reference
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.watch import JUDGE

REAL = 1200  # sounds that are compared with
STEPS = 24  # of dpmpp_2m
FFT, HOP, BLOCK = 1024, 256, (8, 4)  # blocks of 344 Hz and 23 ms


def down(model: Model, x: Tensor, names: list[str], level: float, few: bool) -> Tensor:
    """Sounds (n, N) with noise of a level, denoised by the model's jumps from there, or in many steps."""
    weights = torch.zeros(len(x), len(model.spec.classes))
    weights[range(len(x)), [model.spec.classes.index(name) for name in names]] = 1
    noise = torch.Generator().manual_seed(5)
    made = []
    for rows in torch.arange(len(x)).split(10):
        denoise = model.denoiser(weights[rows], torch.ones(len(rows)))
        y = x[rows, None] + level * torch.randn(len(rows), 1, x.shape[1], generator=noise)
        if few:
            for s, to in pairwise([s for s in model.spec.jumps if s <= level] + [0.0]):
                y, _ = flow_map(denoise, y, s, to, Memory())
        else:
            levels = grid(model.schedule, "karras", level, model.spec.s_min, STEPS)
            *_, (y, _) = trajectory(denoise, y, levels, SOLVERS["dpmpp_2m"])
        made.append(y[:, 0])
    return torch.cat(made)


def spectra(x: Tensor) -> Tensor:
    """Short-time spectra of sounds (n, N) at a peak of 1."""
    return torch.stft(x / x.abs().amax(1, keepdim=True), FFT, HOP, window=torch.hann_window(FFT), return_complex=True)


def loudness(spectrum: Tensor) -> Tensor:
    """The logarithm of the power of each block, -70 dB at least: (n, bands, times)."""
    return F.avg_pool2d(spectrum.abs().square()[:, None, :-1], BLOCK)[:, 0].clamp_min(1e-7).log()


def with_loudness(spectrum: Tensor, change: Tensor, length: int) -> Tensor:
    """Sounds (n, N) of spectra whose blocks are made louder by so much."""
    gain = F.interpolate(change[:, None], size=spectrum.shape[1:], mode="bilinear")[:, 0]
    return torch.istft(spectrum * (gain / 2).exp(), FFT, HOP, window=torch.hann_window(FFT), length=length)


@torch.no_grad()
def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("-n", type=int, default=30, help="sounds of each of kick, snare and cymbals")
    parser.add_argument("--model", default="default")
    parser.add_argument("--many", action="store_true", help=f"also in {STEPS} steps of dpmpp_2m")
    asked = parser.parse_args()
    model, judge = driftkit.load(asked.model, "cpu"), Judge.load(JUDGE)
    corpus = Corpus.load(asked.pack, "train", model.spec.length, torch.device("cpu"))
    draw = np.random.default_rng(3)
    real = embed(judge, reference(corpus))
    real = real[draw.permutation(len(real))[:REAL]]
    width = median_width(real)
    labels = [CLASSES[int(label)] for label in corpus.labels]
    family = [[i for i, name in enumerate(labels) if name in (one, *KINDS.get(one, ()))] for one in THREE]
    index = np.concatenate([draw.permutation(rows)[: asked.n] for rows in family])
    x, names = corpus.clean()[index], [labels[i] for i in index]

    def row(what: str, *sets: Tensor) -> None:
        found = [embed(judge, made) for made in sets]
        cells = [f"{frechet(one, real):.1f} | {kernel(one, real, width):.1f}" for one in found]
        print(f"| {what} | {' | '.join(cells)} |", flush=True)

    more = f" in {STEPS} steps: Frechet | kernel x 1000 |" if asked.many else ""
    print(f"| | Frechet | kernel x 1000 |{more}\n| --- |{' ---: |' * (4 if asked.many else 2)}")
    row("the real sounds", *[x] * (2 if asked.many else 1))
    made = x
    for level in sorted(model.spec.jumps):
        made = down(model, x, names, level, few=True)
        others = [down(model, x, names, level, few=False)] if asked.many else []
        row(f"with noise of s = {level:g}, and back", made, *others)
    mine, theirs = spectra(made), spectra(x)
    change = loudness(theirs) - loudness(mine)
    mean = torch.cat([part.mean(0, keepdim=True).expand_as(part) for part in change.split(asked.n)])
    print("\n| the last of these | Frechet | kernel x 1000 |\n| --- | ---: | ---: |")
    row("each as loud as a real one, block by block", with_loudness(mine, change, x.shape[1]))
    row("as loud as the mean of its class", with_loudness(mine, mean, x.shape[1]))


if __name__ == "__main__":
    main()
