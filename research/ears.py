"""What the ear hears that the judge does not: `python research/ears.py PACK` prints the tables of evaluation.md.

Half of the real kicks of `train`, spoilt more and more, against the other half: the Frechet distance in both
embeddings, and how many times the distance of the two halves as they are that is.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from driftkit.sampler.spec import SHIPPED
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.ear import LENGTH, Ear, edges
from driftkit.sampler.training.embeddings import embed
from driftkit.sampler.training.evaluate import by_class
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.metrics import frechet

OPEN_HZ = 1e6


def band(x: Tensor, low_hz: float, high_hz: float) -> Tensor:
    """Sounds (n, N) without what is below and above."""
    return edges(x, torch.full((len(x), 1), low_hz), torch.full((len(x), 1), high_hz))


def under_hiss(x: Tensor, level_db: float) -> Tensor:
    """With a steady noise above 8 kHz, its RMS so far below the peak of each sound."""
    noise = band(torch.randn(x.shape, generator=torch.Generator().manual_seed(0)), 8000, OPEN_HZ)
    level = 10 ** (level_db / 20) * x.abs().amax(1, keepdim=True) / noise.square().mean(1, keepdim=True).sqrt()
    return x + level * noise


def cut(x: Tensor, end_s: float) -> Tensor:
    """Faded out over 10 ms, so many seconds after the beginning."""
    return x * ((end_s - torch.arange(x.shape[1]) / 44100) / 0.01).clamp(0, 1)


SPOILT: dict[str, list[tuple[str, Callable[[Tensor], Tensor]]]] = {
    "hiss above 8 kHz": [(f"{db} dB", lambda x, db=db: under_hiss(x, db)) for db in (-90, -78, -66, -54)],
    "no highs above": [(f"{hz} Hz", lambda x, hz=hz: band(x, 1, hz)) for hz in (12_000, 6000, 3000, 1500)],
    "cut after": [(f"{1000 * s:.0f} ms", lambda x, s=s: cut(x, s)) for s in (0.4, 0.2, 0.1, 0.05)],
}  # fmt: skip


def main() -> None:
    """Spoil, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--ear", type=Path, default=SHIPPED / "ear" / "ear.safetensors")
    parser.add_argument("--classes", default="kick")
    asked = parser.parse_args()
    real = by_class(Corpus.load(asked.pack, "train", LENGTH, torch.device("cpu")))
    ears = {"judge": Judge.load(SHIPPED / "judge" / "judge.safetensors"), "ear": Ear.load(asked.ear)}
    for name in asked.classes.split(","):
        sounds = real[name][torch.randperm(len(real[name]), generator=torch.Generator().manual_seed(0))[:240]]
        first, second = sounds[::2], sounds[1::2]
        known = {ear: embed(hears, second) for ear, hears in ears.items()}
        ground = {ear: frechet(embed(hears, first), known[ear]) for ear, hears in ears.items()}
        print(f"\n| {name} | judge | ear |\n| --- | ---: | ---: |")
        print(f"| as they are | {ground['judge']:.1f} | {ground['ear']:.1f} |")
        for what, steps in SPOILT.items():
            for degree, spoil in steps:
                found = {ear: frechet(embed(hears, spoil(first)), known[ear]) for ear, hears in ears.items()}
                cells = (f"{found[ear]:.1f} ({found[ear] / ground[ear]:.1f} times)" for ear in ears)
                print(f"| {what} {degree} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
