"""Where a model should jump: sets of noise levels, and how near to the sounds that it was trained on each of them ends.

    python docs/levels.py build/drums.npz                      # the sets below, some ten seconds each on two cores
    python docs/levels.py build/drums.npz --model ./mine --levels 20,2,0.5,0.08 --levels 12,1.5,0.3,0.05

Distances are to the split `train`, so that those to `test` and `unseen` still measure. `driftkit distill` compares each
sound with many steps from its latents, which is another question: its levels are nearer there and further here.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

import driftkit
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.evaluate import (
    THREE,
    embed,
    frechet,
    heard,
    judged,
    kernel,
    median_width,
    reference,
    render_class,
)
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.watch import JUDGE

SETS = (
    (20, 2, 0.5, 0.08), (20, 2, 0.4, 0.05), (20, 1.5, 0.3, 0.05), (12, 2, 0.5, 0.1), (12, 1.5, 0.3, 0.05),
    (40, 3, 0.6, 0.08), (8, 1.5, 0.2, 0.02),
)  # fmt: skip
REAL = 1200  # sounds of the split that are enough


def main() -> None:
    """Render, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("-n", type=int, default=40, help="sounds of each of kick, snare and cymbal")
    parser.add_argument("--seed", type=int, default=7000)
    parser.add_argument("--model", default="default")
    parser.add_argument("--levels", action="append", help="levels of s, high to low, with commas between")
    asked = parser.parse_args()
    model, judge = driftkit.load(asked.model, "cpu"), Judge.load(JUDGE)
    corpus = Corpus.load(asked.pack, "train", model.spec.length, torch.device("cpu"))
    real = embed(judge, reference(corpus))
    real = real[np.random.default_rng(0).permutation(len(real))[:REAL]]
    width = median_width(real)
    spec = model.spec
    print("| levels | Frechet | kernel x 1000 | judge hears kick, snare, cymbal |\n| --- | ---: | ---: | --- |")
    for levels in [tuple(map(float, text.split(","))) for text in asked.levels or ()] or SETS:
        model.spec = replace(spec, jumps=levels, steps=len(levels))
        made = [render_class(model, name, asked.n, asked.seed, batch=8) for name in THREE]
        found = embed(judge, torch.cat(made))
        shares = ", ".join(f"{heard(judged(judge, part), name):.0%}" for part, name in zip(made, THREE))
        shown = ", ".join(f"{s:g}" for s in levels)
        print(f"| {shown} | {frechet(found, real):.1f} | {kernel(found, real, width):.1f} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
