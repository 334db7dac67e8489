"""Where a model should jump, and how cool: how near its sounds come to those that it was trained on.

    python research/levels.py build/drums.npz                      # the sets below, some ten seconds each on two cores
    python research/levels.py build/drums.npz --model ./mine --levels 20,2,0.5,0.08 --levels 12,1.5,0.3,0.05
    python research/levels.py build/drums.npz --cool               # temperatures at the model's own levels
    python research/levels.py build/drums.npz --temperatures 0.86,0.74,0.9,1 --guidance 1.5

Distances are to the split `train`, so that those to `test` and `unseen` still measure. `driftkit distill` compares each
sound with many steps from its latents, which is another question: its levels are nearer there and further here.
"""

import argparse
import math
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
COOL = (
    (1, 1, 1, 1), (1, 0.67, 1, 1), (1, 1, 0.67, 1), (1, 1, 1, 0.67), (0.67, 1, 1, 1), (0.86, 0.67, 1, 1),
    (0.86, 0.74, 0.9, 1), (0.86, 0.74, 0.86, 0.86), (0.74, 0.74, 0.74, 0.74),
)  # fmt: skip
REAL = 1200  # sounds of the split that are enough


def main() -> None:
    """Render, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("-n", type=int, default=40, help="sounds of each of kick, snare and cymbal")
    parser.add_argument("--seed", type=int, default=7000)
    parser.add_argument("--model", default="default")
    tried = parser.add_mutually_exclusive_group()
    tried.add_argument("--levels", action="append", help="levels of s, high to low, with commas between")
    tried.add_argument("--cool", action="store_true", help="try sets of temperatures instead of levels")
    tried.add_argument("--temperatures", action="append", help="tau at each of the model's levels")
    parser.add_argument("--guidance", type=float, default=1.0)
    asked = parser.parse_args()
    model, judge = driftkit.load(asked.model, "cpu"), Judge.load(JUDGE)
    corpus = Corpus.load(asked.pack, "train", model.spec.length, torch.device("cpu"))
    real = embed(judge, reference(corpus))
    real = real[np.random.default_rng(0).permutation(len(real))[:REAL]]
    width, spec = median_width(real), model.spec
    cool = asked.cool or asked.temperatures
    what, sets = ("temperatures", COOL) if cool else ("levels", SETS)
    given = asked.temperatures or asked.levels or ()
    print(f"| {what} | Frechet | kernel x 1000 | judge hears kick, snare, cymbal |\n| --- | ---: | ---: | --- |")
    for numbers in [tuple(map(float, text.split(","))) for text in given] or sets:
        if cool:
            pairs = zip(spec.jumps, numbers, strict=True)
            model.module.cooling = sorted((math.log(s), math.log(tau)) for s, tau in pairs)
        else:
            model.spec = replace(spec, jumps=numbers, steps=len(numbers))
        made = [render_class(model, name, asked.n, asked.seed, batch=8, guidance=asked.guidance) for name in THREE]
        found = embed(judge, torch.cat(made))
        shares = ", ".join(f"{heard(judged(judge, part), name):.0%}" for part, name in zip(made, THREE))
        shown = ", ".join(f"{number:g}" for number in numbers)
        print(f"| {shown} | {frechet(found, real):.1f} | {kernel(found, real, width):.1f} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
