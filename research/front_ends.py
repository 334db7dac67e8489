"""Compare front ends of the default network at equal compute, and write research/front_ends.md.

    python research/front_ends.py train build/drums.npz --minutes 8        # all in turn, or some by --only
    python research/front_ends.py page build/drums.npz                     # times a call of each, writes the page

Every candidate is trained for the same processor time on one thread from random weights, with the same numbers
otherwise, so several may run beside each other; widths are chosen so that a call of each costs about the same number
of multiplications.
"""

import argparse
import json
import os
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from by_hand import write
from torch.utils.flop_counter import FlopCounterMode

from driftkit.sampler.model import Model
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.processor import processor
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.evaluate import THREE, distances, render_class
from driftkit.sampler.training.faults import worst_line
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.noise_levels import LEVELS
from driftkit.sampler.training.target import held_out_batch
from driftkit.sampler.training.targets import TARGETS, TrainConfig, config_of, spec_of
from driftkit.sampler.training.train import train
from driftkit.sampler.training.unet import Denoising
from driftkit.sampler.training.watch import JUDGE

RUNS = Path("build/front_ends")
PAGE = Path(__file__).with_name("front_ends.md")
SOUNDS, STEPS = 30, 16  # of each of kick, snare and cymbal
CPU = torch.device("cpu")
LENGTH, LONGER = 32_768, 44_032  # samples: as trained here, and the multiple of 512 next to a second
SHORT: dict[str, Any] = {
    "length": LENGTH, "floor": 2e-4, "listens": False, "tones": False, "samples": 10**9, "warmup": 50,
    "cooldown": 0.0, "ema": 0.99, "evaluate_every": 0, "learning_rate": 2e-3,
}  # fmt: skip

CANDIDATES: dict[str, dict[str, Any]] = {
    "full rate": {"front": "patches", "bands": 1, "widths": (8, 16, 24, 32, 40, 64, 96, 128, 160, 192)},
    "patches of 16": {"front": "patches", "bands": 16, "widths": (48, 80, 128, 160, 192, 192)},
    "MDCT, 8 bands": {"bands": 8, "widths": (24, 48, 80, 128, 160, 192, 192)},
    "MDCT, 16 bands": {"bands": 16, "widths": (48, 80, 128, 160, 192, 192)},
    "MDCT, 32 bands": {"bands": 32, "widths": (96, 144, 176, 192, 192)},
    "MDCT, 64 bands": {"bands": 64, "widths": (176, 208, 224, 224)},
}


def config(name: str) -> TrainConfig:
    """The run of one candidate."""
    return TrainConfig(**SHORT | CANDIDATES[name])


def folder(name: str) -> Path:
    """Where the run of a candidate lies."""
    return RUNS / name.replace(",", "").replace(" ", "_")


def error(network: WienerUNet, x: torch.Tensor, soft: torch.Tensor, s: float, linear: bool = False) -> torch.Tensor:
    """Squared error (B,) of the estimate at one level; linear: of the Wiener filter that knows no class."""
    generator = torch.Generator().manual_seed(1)
    parts = []
    for part, label in zip(x.split(32), soft.split(32)):
        level = torch.full((len(part),), s)
        noisy = part + s * torch.randn(part.shape, generator=generator)
        if linear:
            seen = network.frames.analyse(noisy[:, 0])
            clean = network.frames.synthesise(network.scales(level, network.power(torch.zeros_like(label)))[0] * seen)
        else:
            clean = network(noisy, level, label)[:, 0]
        parts.append((clean - part[:, 0]).square().sum(1))
    return torch.cat(parts)


@torch.no_grad()
def measure(name: str, pack: Path, state: dict[str, Any]) -> dict[str, Any]:
    """Held-out error by level and by class, distances and tones of a trained candidate."""
    numbers = config_of(state)
    network = TARGETS["unet"].build(numbers)
    assert isinstance(network, WienerUNet)
    network.load_state_dict(state["ema"])
    test = Corpus.load(pack, "test", numbers.length, CPU)
    x, soft = held_out_batch(test)
    yardstick = Denoising(config("MDCT, 16 bands"), Corpus.load(pack, "train", numbers.length, CPU)).network
    found = {s: (error(network, x, soft, s), error(yardstick, x, soft, s, linear=True)) for s in LEVELS}
    row: dict[str, Any] = {f"s={s:g}": float(a.sum() / b.sum()) for s, (a, b) in found.items()}
    row["mean"] = sum(row.values()) / len(LEVELS)
    for wanted in ("kick", "snare", "tom", "hihat_closed"):
        mine = soft[:, CLASSES.index(wanted)] > 0
        row[wanted] = float(np.mean([float(a[mine].sum() / b[mine].sum()) for a, b in found.values()]))
    model = Model(spec_of("unet", numbers, "candidate"), "candidate@", network, None, CPU)
    made = {wanted: render_class(model, wanted, SOUNDS, 1, steps=STEPS) for wanted in THREE}
    apart = distances(Judge.load(JUDGE), made, test)
    row |= {"frechet": apart["frechet"]["value"], "kernel": apart["kernel"]}
    row["line_db"] = worst_line(torch.cat(list(made.values())).double().numpy(), 44100)
    return row | {"sounds_shown": state["samples"]}


def cost(name: str, length: int = LENGTH) -> dict[str, float]:
    """Parameters, multiplications and median milliseconds of a call for a sound of `length`, with random weights."""
    network = TARGETS["unet"].build(config(name).changed(length=length)).eval()
    x, s, weights = torch.randn(1, 1, length), torch.tensor([0.1]), torch.zeros(1, len(CLASSES))
    with torch.no_grad():
        with FlopCounterMode(display=False) as counter:
            network(x, s, weights)
        took = []
        for _ in range(30):
            started = time.perf_counter()
            network(x, s, weights)
            took.append(time.perf_counter() - started)
    return {
        "parameters": sum(p.numel() for p in network.parameters()),
        "gmac": counter.get_total_flops() / 2e9,
        "call_ms": 1000 * median(took[10:]),
    }


def page(rows: dict[str, dict[str, Any]], minutes: float) -> str:
    """The page but for what is written by hand."""
    lines = [
        "# Front ends of the default network at equal compute",
        "",
        "Written by `research/front_ends.py`; what is said below the tables is by hand.",
        "",
        f"Each candidate had {minutes:g} minutes of processor time on one thread of {processor()}, from random",
        "weights: the default network behind another front end, widths chosen for about as many multiplications a",
        "call. Errors are held-out denoising errors on `test`, divided by what one Wiener filter for all drums in the",
        "frames of 16 bands leaves: the yardstick of research/model.md. Distances are of "
        f"{3 * SOUNDS} kicks, snares and cymbals in {STEPS} steps;",
        "the line is the strongest tone at multiples of rate/32 above its neighbourhood.",
        "",
        "| front end | parameters | GMAC | ms a call | ms for 998 ms | sounds shown | error | kick | snare | tom "
        "| closed hat | kernel x 1000 | Frechet | line, dB |",
        "| --- |" + " ---: |" * 13,
    ]
    for name, r in rows.items():
        k = r["kernel"]
        cells = [
            name, f"{r['parameters'] / 1e6:.2f} M", f"{r['gmac']:.2f}", f"{r['call_ms']:.0f}",
            f"{r['longer_ms']:.0f}",
            f"{r['sounds_shown']:,}", f"{r['mean']:.3f}", *(f"{r[c]:.3f}" for c in ("kick", "snare", "tom")),
            f"{r['hihat_closed']:.3f}", f"{k['value']:.0f} [{k['low']:.0f}, {k['high']:.0f}]",
            f"{r['frechet']:.0f}", f"{r['line_db']:.0f}",
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "The error by noise level s:", "", "| front end |" + "".join(f" {s:g} |" for s in LEVELS)]
    lines.append("| --- |" + " ---: |" * len(LEVELS))
    lines += [f"| {n} |" + "".join(f" {r[f's={s:g}']:.3f} |" for s in LEVELS) for n, r in rows.items()]
    return "\n".join(lines)


def main() -> None:
    """Train candidates, or write the page of those that are trained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("train", "page"))
    parser.add_argument("pack", type=Path)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--only", action="append", choices=list(CANDIDATES), help="may be given several times")
    asked = parser.parse_args()
    chosen = asked.only or list(CANDIDATES)
    if asked.what == "train":
        torch.set_num_threads(1)
        for name in chosen:
            end = time.process_time() + 60 * asked.minutes
            checkpoint = train(
                "unet", asked.pack, folder(name), config(name), stop=lambda end=end: time.process_time() > end
            )
            row = measure(name, asked.pack, load_checkpoint(checkpoint))
            (folder(name) / "row.json").write_text(json.dumps(row | {"minutes": asked.minutes}))
            print(name, json.dumps(row), flush=True)
        return
    rows = {name: json.loads((folder(name) / "row.json").read_text()) | cost(name) for name in chosen}
    for name, row in rows.items():
        row["longer_ms"] = cost(name, LONGER)["call_ms"]
    minutes = {row["minutes"] for row in rows.values()}
    if len(minutes) > 1:
        raise SystemExit(f"the candidates were trained for {sorted(minutes)} minutes; train all alike")
    write(PAGE, page(rows, minutes.pop()), "MDCT")
    told = {"machine": f"{processor()}, {os.cpu_count()} cores", "rows": rows}
    PAGE.with_suffix(".json").write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
