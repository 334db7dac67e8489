"""Measure the few steps that the default model takes against many steps of its own, and write research/few_steps.md.

    python research/few_steps.py build/drums.npz          # about a quarter of an hour on two cores

The same seeds are rendered both ways. Distances to the split `test` are compared by a paired bootstrap: one draw of
seeds serves both sets, one draw of real sounds both distances.
"""

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

import driftkit
from driftkit.sampler.processor import processor
from driftkit.sampler.sound import snr_db
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
)
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.metrics import Interval, centred, coverage_of, within
from driftkit.sampler.training.watch import JUDGE
from driftkit.sampler.work.listed import rendered

PAGE = Path(__file__).with_name("few_steps.md")
ROUNDS = 1000
FEW = 4  # sounds of each class on which many steps are held against the yardstick of MOST
MOST = 400


def paired(
    few: np.ndarray, many: np.ndarray, real: np.ndarray, measure: Callable[[np.ndarray, np.ndarray], float],
    rounds: int = ROUNDS,
) -> tuple[float, float, Interval]:  # fmt: skip
    """measure(few, real), measure(many, real), and their difference with its 95 % interval.

    Percentiles of a paired bootstrap, moved to lie around the value (`metrics.centred`).
    """
    draw = np.random.default_rng(0)
    values = measure(few, real), measure(many, real)
    value = values[0] - values[1]
    drawn = []
    for _ in range(rounds):
        rows, others = draw.integers(len(few), size=len(few)), draw.integers(len(real), size=len(real))
        drawn.append(measure(few[rows], real[others]) - measure(many[rows], real[others]))
    return *values, centred(value, drawn)


def covered(generated: np.ndarray, real: np.ndarray) -> float:
    """Coverage; see `metrics.coverage`."""
    return coverage_of(within(generated, real))


def hits(n: int, seed: int, **controls: Any) -> list[driftkit.Hit]:
    """n kicks, n snares and n cymbals."""
    return [driftkit.Hit(classes={name: 1.0}, seed=seed + i, **controls) for name in THREE for i in range(n)]


def row(name: str, found: tuple[float, float, Interval]) -> str:
    """A line of the table."""
    few, many, apart = found
    share = "{:+.1f} % [{:+.1f}, {:+.1f}]".format(*(100 * x / many for x in (apart.value, apart.low, apart.high)))
    return f"| {name} | {few:.2f} | {many:.2f} | {apart.value:+.2f} [{apart.low:+.2f}, {apart.high:+.2f}] | {share} |"


def main() -> None:
    """Render, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("-n", type=int, default=170, help="sounds of each of kick, snare and cymbal")
    parser.add_argument("--many", type=int, default=64, help="steps of the teacher")
    parser.add_argument("--seed", type=int, default=5000)
    parser.add_argument("--model", default="default")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--workers", default="", help="who renders, as `driftkit pack` has it; else this process")
    asked = parser.parse_args()
    model = driftkit.load(asked.model, engine=asked.engine)
    teacher: dict[str, Any] = {"solver": "dpmpp_2m", "spacing": "karras"}

    def made_of(n: int, **controls: Any) -> torch.Tensor:
        """(3 n, N)."""
        return torch.from_numpy(rendered(model, asked.model, hits(n, asked.seed, **controls), asked.workers))

    few = made_of(asked.n)
    many = made_of(asked.n, steps=asked.many, **teacher)
    most = made_of(FEW, steps=MOST, **teacher)
    same = [many[i * asked.n : i * asked.n + FEW] for i in range(3)]
    agree = [snr_db(b.numpy(), a.numpy()) for a, b in zip(torch.cat(same), most)]
    snr = [snr_db(b.numpy(), a.numpy()) for a, b in zip(few, many)]
    judge = Judge.load(JUDGE)
    a, b = embed(judge, few), embed(judge, many)
    told: dict[str, Any] = {
        "model": model.tag, "steps": model.spec.steps, "many": asked.many, "n": len(few), "seed": asked.seed,
        "machine": f"{processor()}, {os.cpu_count()} cores", "snr_db": float(np.median(snr)),
        "many_to_most_snr_db": float(np.median(agree)), "splits": {},
    }  # fmt: skip
    lines = [
        "# Few steps against many", "",
        f"Written by `research/few_steps.py`: {len(few)} sounds of {model.tag}, a third each kicks, snares and cymbals",
        f"at guidance 1, seeds from {asked.seed}, in its {model.spec.steps} steps and, from the same latents, in",
        f"{asked.many} steps of `dpmpp_2m` ({processor()}). Those {asked.many} stand for {MOST}: of {3 * FEW} sounds",
        f"the median signal-to-noise ratio between the two is {np.median(agree):.0f} dB. Few against many steps:",
        f"{np.median(snr):.1f} dB.",
        "Intervals are 95 %, percentiles of a paired bootstrap over seeds and real sounds, moved to lie around the "
        "value.",
        "",
    ]  # fmt: skip
    for split in ("test", "unseen"):
        real = embed(judge, reference(Corpus.load(asked.pack, split, model.spec.length, torch.device("cpu"))))
        width = median_width(real)
        found = {
            "Frechet distance": paired(a, b, real, frechet, 300),
            "kernel distance x 1000": paired(a, b, real, lambda x, y, width=width: kernel(x, y, width), 300),
            "coverage": paired(a, b, real, covered, 300),
        }
        told["splits"][split] = {name: [v[0], v[1], vars(v[2])] for name, v in found.items()}
        lines += [
            f"To `{split}` ({len(real)} real sounds):", "",
            f"| | {model.spec.steps} steps | {asked.many} steps | difference | of the many steps' |",
            "| --- |" + " ---: |" * 4,
            *(row(name, values) for name, values in found.items()), "",
        ]  # fmt: skip
    real = embed(judge, reference(Corpus.load(asked.pack, "test", model.spec.length, torch.device("cpu"))))
    lines += [
        "By the number of steps, to `test`:", "",
        "| steps | Frechet | coverage | signal to noise against many, dB | judge hears kick, snare, cymbal |",
        "| --- | ---: | ---: | ---: | --- |",
    ]  # fmt: skip
    ways = {str(k): made_of(asked.n, steps=k) for k in range(1, model.spec.steps)}
    told["by_steps"] = {}
    for name, made in (ways | {str(model.spec.steps): few, f"{asked.many}, dpmpp_2m": many}).items():
        close = [snr_db(y.numpy(), x.numpy()) for x, y in zip(made, many)] if made is not many else []
        found = embed(judge, made)
        shares = [heard(judged(judge, part), of) for part, of in zip(made.split(asked.n), THREE)]
        apart, reached = frechet(found, real), covered(found, real)
        told["by_steps"][name] = {"frechet": apart, "coverage": reached, "heard": shares}
        near = f"{np.median(close):.1f}" if close else ""
        lines.append(f"| {name} | {apart:.1f} | {reached:.2f} | {near} | {', '.join(f'{x:.0%}' for x in shares)} |")
    PAGE.write_text("\n".join(lines) + "\n")
    PAGE.with_suffix(".json").write_text(json.dumps(told, indent=1) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
