"""Does a model of one's own lean to its sounds, and without copying them? `python research/own_kit.py RUN MODEL`.

RUN is the folder of `driftkit train --finetune`, whose pack says which sounds were held out; MODEL what it wrote. Of
each class of the sounds as many hits are made by MODEL, and by the model that it began with, of the class for which
that one's classifier takes most of these sounds: what its player would have chosen before. Beside them stands what the
sounds that were learnt from reach.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import torch

import driftkit
from driftkit.sampler.model import Model
from driftkit.sampler.processor import processor
from driftkit.sampler.spec import SHIPPED
from driftkit.sampler.training.data import Corpus, classes_in
from driftkit.sampler.training.ear import Ear
from driftkit.sampler.training.embeddings import Embedding, embed
from driftkit.sampler.training.evaluate import heard, judged, render_class
from driftkit.sampler.training.hearing import taken_for
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.metrics import bootstrap, kernel, median_width, nearest

CPU = torch.device("cpu")


def distances(ear: Embedding, sets: dict[str, torch.Tensor], held: torch.Tensor) -> dict[str, Any]:
    """Kernel distances of sets of sounds to those held out, with intervals over resampled sounds."""
    real = embed(ear, held)
    width = median_width(real)
    found = {name: bootstrap(embed(ear, x), real, lambda a, b: kernel(a, b, width)) for name, x in sets.items()}
    return {name: [round(v, 1) for v in (one.value, one.low, one.high)] for name, one in found.items()}


def neighbours(ear: Embedding, made: torch.Tensor, held: torch.Tensor, train: torch.Tensor) -> dict[str, Any]:
    """Distances to the nearest sound that was learnt from: of what is made, and of sounds held out."""
    known = embed(ear, train)
    mine, honest = (nearest(embed(ear, x), known)[1] for x in (made, held))
    return {
        "made": round(float(np.median(mine)), 3),
        "held_out": round(float(np.median(honest)), 3),
        "nearer_than_any_held_out": round(float((mine < honest.min()).mean()), 3),
    }


def agreement(model: Model, names: tuple[str, ...], judge: Judge, n: int) -> float:
    """Share of hits of some classes, n each, in which the judge hears what was asked for."""
    return float(np.mean([heard(judged(judge, render_class(model, name, n, 500)), name) for name in names]))


def table(found: dict[str, Any]) -> str:
    """The figures as Markdown."""
    lines = [
        "| embedding | sounds | before | after | the sounds learnt from |", "| --- | --- | --- | --- | --- |"
    ]  # fmt: skip
    for ear, rows in found["kernel"].items():
        for name, row in rows.items():
            cells = [f"{value:.0f} ({low:.0f} to {high:.0f})" for value, low, high in row.values()]
            lines.append(f"| {ear} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Render, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("model")
    parser.add_argument("--base", default="default")
    parser.add_argument("-n", type=int, default=32, help="hits of each class")
    parser.add_argument("--kept", type=int, default=8, help="hits of each class that there was before")
    parser.add_argument("--out", type=Path, help="a file for the figures as JSON")
    told = parser.parse_args()
    pack, (before, after) = told.run / "sounds.npz", (driftkit.load(m, engine="auto") for m in (told.base, told.model))
    names = classes_in(pack)
    corpora = {split: Corpus.load(pack, split, after.spec.length, CPU, after.classes) for split in ("train", "test")}
    taken = taken_for(SHIPPED / told.base if told.base == "default" else Path(told.base), corpora["train"],
                      before.classes, names)  # fmt: skip
    asked = {name: before.classes[int(taken[name].argmax())] if name in taken else name for name in names}
    sets: dict[str, dict[str, torch.Tensor]] = {}
    for name in names:
        held, train = (corpus.only(corpus.members(name)).clean() for corpus in (corpora["test"], corpora["train"]))
        made = {"before": (before, asked[name]), "after": (after, name)}
        sets[name] = {when: render_class(model, wanted, told.n, 1) for when, (model, wanted) in made.items()}
        sets[name] |= {"train": train, "test": held}
        print(f"{name}: {len(train)} learnt from, {len(held)} held out, before asked for as {asked[name]}", flush=True)
    sets["all"] = {
        part: torch.cat([one[part] for one in sets.values()]) for part in ("before", "after", "train", "test")
    }
    judge = Judge.load(SHIPPED / "judge" / "judge.safetensors")
    ears: dict[str, Embedding] = {"judge": judge, "ear": Ear.load(SHIPPED / "ear" / "ear.safetensors")}
    parts = ("before", "after", "train")
    found: dict[str, Any] = {
        "machine": f"{processor()}, {os.cpu_count()} cores",
        "asked": asked,
        "counts": {name: [len(one["train"]), len(one["test"])] for name, one in sets.items()},
        "n": told.n,
        "kernel": {
            ear: {
                name: distances(one, {part: x[part] for part in parts}, x["test"])
                for name, x in sets.items() if len(x["test"]) > 1
            } for ear, one in ears.items()
        },
        "neighbours": {
            ear: neighbours(one, *(sets["all"][part] for part in ("after", "test", "train")))
            for ear, one in ears.items()
        },
        "kept": {
            when: agreement(model, before.classes, judge, told.kept)
            for when, model in (("before", before), ("after", after))
        } if told.kept else {},
    }  # fmt: skip
    print(table(found))
    print(json.dumps({key: found[key] for key in ("neighbours", "kept")}, indent=1))
    if told.out:
        told.out.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
