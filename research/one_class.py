"""One model per class, as Tiny Audio Diffusion has them: `python research/one_class.py PACK [CLASS ...]`.

Kicks, snares, hi-hats and percussion are made in three ways: `anew`, by a small network of the article's kind that
learns these sounds alone, from random weights; `gone on`, by the default model, which learns these sounds alone as
`driftkit train --finetune default` does; `asked`, by the default model as it ships, asked for the class. The first two
get as much processor time each. What they make is measured to real sounds that no model learned, and beside it as many
that all have learned. All is heard over 743 ms, as long as the article's models sound.

Writes research/one_class.md and the figures as JSON, class by class; classes that are not named keep their figures.
"""

import argparse
import json
import math
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

import driftkit
from driftkit.sampler.model import Model
from driftkit.sampler.networks.classifier import fade
from driftkit.sampler.processor import processor
from driftkit.sampler.spec import SHIPPED, read_spec
from driftkit.sampler.training.config import Config
from driftkit.sampler.training.data import Corpus, classes_of, opened, splits
from driftkit.sampler.training.ear import Ear
from driftkit.sampler.training.embeddings import embed
from driftkit.sampler.training.evaluate import drawn, heard, judged, known
from driftkit.sampler.training.export import export, export_own
from driftkit.sampler.training.finetune import config_for
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.likeness import FEWEST, counted, heard_of, likeness
from driftkit.sampler.training.metrics import bootstrap
from driftkit.sampler.training.targets import load_config
from driftkit.sampler.training.train import train

PAGE = Path(__file__).with_name("one_class.md")
LENGTH = 32768  # samples of the article's models
KINDS = {
    "kicks": ("kick",), "snares": ("snare",), "hi-hats": ("hihat_closed", "hihat_open"),
    "percussion": ("tom", "clap", "rim", "conga", "shaker", "block"),
}  # fmt: skip
SMALL: dict[str, Any] = {
    "length": LENGTH, "schedule": "v", "t_sampling": "uniform", "layered": 0.0, "balance": 0.0, "evaluate_every": 0,
    "tiny_channels": 1, "tiny_widths": (8, 16, 32, 64, 64, 128), "tiny_factors": (2, 2, 2, 4, 2, 4),
    "tiny_items": (1,) * 6, "tiny_attentions": (0, 0, 0, 0, 0, 1), "tiny_frugal": False, "batch": 8,
    "learning_rate": 1e-3, "warmup": 20, "cooldown": 0.5, "ema": 0.99, "precision": "float32",
}  # fmt: skip
TRIED = 12  # steps that tell what a sound costs
DEFAULT, CPU = SHIPPED / "default", torch.device("cpu")
HEAD = "| class | way | kernel, judge | kernel, ear | coverage, judge | coverage, ear | traits | heard |"
JUDGE = Judge.load(SHIPPED / "judge" / "judge.safetensors")
EARS = {"judge": JUDGE, "ear": Ear.load(SHIPPED / "ear" / "ear.safetensors")}


def only(pack: Path, names: tuple[str, ...], target: Path) -> Path:
    """Write a pack of the sounds of some classes."""
    with opened(pack) as packed:
        arrays, own = {name: packed[name] for name in packed.files}, classes_of(packed)
    rows = np.isin(arrays["labels"], [own.index(name) for name in names])
    np.savez(target, **{name: x[rows] if x.shape[:1] == rows.shape else x for name, x in arrays.items()})
    return target


def trained(target: str, pack: Path, out: Path, config: Config, seconds: float, start: Path | None) -> dict[str, Any]:
    """Train for as many sounds as have time in some seconds of a processor, as the first steps say; tell of it."""
    ticks: list[tuple[int, float]] = []
    begun = time.process_time()

    def run(samples: int, most: float) -> None:
        train(
            target, pack, out, config.changed(samples=samples), start=start, checkpoint_s=math.inf,
            stop=lambda: len(ticks) > most, tick=lambda shown: ticks.append((shown, time.process_time())),
        )  # fmt: skip

    run(10**9, TRIED)
    each = (ticks[-1][1] - ticks[0][1]) / (ticks[-1][0] - ticks[0][0])
    run(max(round(seconds / each), ticks[-1][0] + 1), math.inf)
    return {"sounds_shown": ticks[-1][0], "processor_s": round(time.process_time() - begun)}


def rendered(model: Model, asked: list[str]) -> Tensor:
    """A hit of each class asked for, or as many of a model without classes, as real sounds are heard: (n, LENGTH)."""
    hits = [driftkit.Hit(classes={name: 1.0} if model.classes else {}, seed=i) for i, name in enumerate(asked)]
    made = [sound for i in range(0, len(hits), 8) for sound in model.render_batch(hits[i : i + 8])]
    return torch.from_numpy(np.stack([sound.samples.mean(axis=0)[:LENGTH] for sound in made])) * fade(LENGTH)


def ways(pack: Path, seconds: float, asked: list[str]) -> dict[str, Any]:
    """What each way makes of a pack (n, LENGTH), and what it took."""
    place, found = pack.parent, dict[str, Any]()
    told = {"anew": trained("tiny", pack, place / "a", load_config(None, **SMALL), seconds, None)}
    export(place / "a" / "checkpoint.pt", None, place / "anew")
    told["gone on"] = trained("unet", pack, place / "b", config_for(read_spec(DEFAULT), None), seconds, DEFAULT)
    export_own(place / "b" / "best.pt", DEFAULT, pack, place / "gone on")
    for way, folder in (("anew", place / "anew"), ("gone on", place / "gone on"), ("asked", DEFAULT)):
        model = driftkit.load(folder, engine="auto")
        about = {"parameters": sum(p.numel() for p in model.module.parameters()), "engine": model.engine}
        found[way] = about | told.get(way, {}) | {"made": rendered(model, asked)}
    return found


def measured(name: str, made: dict[str, Tensor], there: Tensor, learned: Tensor) -> dict[str, Any]:
    """Of each way, and of real sounds as many: distances, how far traits are off, what the judge hears."""
    found, values = dict[str, Any](), heard_of({"there": there, "learned": learned, **made})
    for way, sounds in made.items():
        like = likeness(values[way], values["there"], values["learned"], counted(KINDS[name][0]))
        told = [any(heard([each], kind) for kind in KINDS[name]) for each in judged(JUDGE, sounds)]
        found[way] = {"traits": like["mean"], "worst": like["worst"], "heard": float(np.mean(told))}
    found["real sounds"] = {"traits": like["floor"]}
    for ear, one in EARS.items():
        held = embed(one, there)
        kernel, coverage = known(held)["kernel"], known(held)["coverage"]
        for way, sounds in made.items():
            mine = embed(one, sounds)
            about = bootstrap(mine, held, kernel)
            found[way][ear] = {"kernel": [about.value, about.low, about.high], "coverage": coverage(mine, held)}
        sets = drawn({"all": embed(one, learned)}, len(sounds))
        means = [float(np.mean([measure(x, held) for x in sets])) for measure in (kernel, coverage)]
        found["real sounds"][ear] = {"kernel": means[:1], "coverage": means[1]}
    return found


def row(name: str, way: str, told: dict[str, Any]) -> str:
    """A line of a table of distances."""
    cells = []
    for ear in EARS:
        value, *span = (f"{x:.0f}" for x in told[ear]["kernel"])
        cells.append(f"{value} ({' to '.join(span)})" if span else value)
    cells += [*(f"{told[ear]['coverage']:.2f}" for ear in EARS), f"{told['traits']:.2f}"]
    cells += [f"{told['heard']:.0%}" if "heard" in told else ""]
    return f"| {name} | {way} | {' | '.join(cells)} |"


def page(told: dict[str, Any]) -> str:
    """The figures as a page."""
    lines = [
        "# One model per class", "",
        "Written by `research/one_class.py`, which says what is compared. Each model that learned had",
        f"{told['minutes']:g} minutes of one core ({told['machine']}). Of each, {told['n']} sounds are measured.", "",
        "| class | way | parameters | sounds to learn from | sounds shown | processor, s |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]  # fmt: skip
    for name, one in told["classes"].items():
        for way, at in one["ways"].items():
            learnt = f"{one['train']} | {at['sounds_shown']} | {at['processor_s']}" if "sounds_shown" in at else "| |"
            lines.append(f"| {name} | {way} | {at['parameters'] / 1e6:.2f} M | {learnt} |")
    lines += [
        "", "Below: kernel distance (MMD², times 1000, with 95 % intervals) and coverage by the judge and by the ear.",
        "Then how far the traits that one hears are off: W1 over the interquartile range of real ones, mean. At last",
        "in what share the judge hears the class. Real sounds are as many of `train`, in the mean of draws.",
    ]  # fmt: skip
    for split in ("test", "unseen"):
        lines += ["", f"To real sounds of the split `{split}`, in brackets how many:", "", HEAD, "| --- " * 8 + "|"]
        for name, one in told["classes"].items():
            if split in one:
                lines += [row(f"{name} ({one[split]['real']})", *each) for each in one[split]["ways"].items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Make, measure, write, class by class."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("classes", nargs="*", help=f"of {', '.join(KINDS)}; by default all")
    parser.add_argument("--minutes", type=float, default=3, help="of one core, for each model that learns")
    parser.add_argument("-n", type=int, default=24, help="sounds of each that are measured")
    asked = parser.parse_args()
    file = PAGE.with_suffix(".json")
    about = {"machine": f"{processor()}, {os.cpu_count()} cores", "minutes": asked.minutes, "n": asked.n}
    before = json.loads(file.read_text()) if file.exists() else {}
    found = before["classes"] if about.items() <= before.items() else {}
    for name in asked.classes or KINDS:
        with tempfile.TemporaryDirectory() as scratch:
            pack = only(asked.pack, KINDS[name], Path(scratch) / "sounds.npz")
            real = {split: Corpus.load(pack, split, LENGTH, CPU) for split in splits(pack)}
            labels = real["train"].labels.sort().values  # so are hits: of each class as often
            places = torch.linspace(0, len(labels) - 1, asked.n).round().long()
            wanted = [real["train"].classes[i] for i in labels[places]]
            told = ways(pack, 60 * asked.minutes, wanted)
        made = {way: at.pop("made") for way, at in told.items()}
        found[name] = {"train": len(labels), "asked": wanted, "ways": told}
        for split, there in real.items():
            if split != "train" and len(there.labels) >= FEWEST:
                rows = measured(name, made, there.clean(), real["train"].clean())
                found[name][split] = {"real": len(there.labels), "ways": rows}
        every = about | {"classes": {each: found[each] for each in KINDS if each in found}}
        file.write_text(json.dumps(every, indent=1) + "\n")
        PAGE.write_text(page(every))


if __name__ == "__main__":
    main()
