"""The model card: what a model was trained on and by whose leave, how, and what it measured."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

from ..errors import Error
from ..hit import Hit
from ..resolve import resolve
from ..spec import Spec
from .config import KINDS

CARD = "Model card"  # with which one begins

Source = tuple[str, str, int, str]
"""(source, licence, sounds, attribution)."""


def attributions(manifest: Path) -> list[Source]:
    """Every source of the split `train`; `Error` where the manifest does not tell them."""
    try:
        with manifest.open(newline="", encoding="utf-8-sig") as file:
            rows = [row for row in csv.DictReader(file) if row["split"] == "train"]
        counts = Counter(row["source"] for row in rows)
        first = {row["source"]: row for row in reversed(rows)}
        return [(name, first[name]["licence"], n, first[name]["attribution"]) for name, n in counts.most_common()]
    except (OSError, ValueError, KeyError, csv.Error) as reason:
        raise Error(
            f"{manifest} does not tell whose sounds these are ({reason}); "
            "a card needs its columns split, source, licence and attribution"
        ) from None


def about_judge(file: Path) -> str:
    """How the judge was trained, in a sentence, from its judge.json."""
    told = json.loads(file.read_text())
    right = ", ".join(f"{told[split]['classes']:.0%} on `{split}`" for split in ("test", "unseen") if split in told)
    return (
        f"The judge is a CNN on log-mel pictures, trained to tell {len(told['classes'])} classes on {told['samples']} "
        f"augmented sounds ({told['data']}), apart from every model; it is right for {right}."
    )


def interval(found: dict[str, float]) -> str:
    """value [low, high]."""
    return f"{found['value']:.2f} [{found['low']:.2f}, {found['high']:.2f}]"


def way(controls: dict[str, Any], spec: Spec) -> str:
    """How the sounds that were measured were made."""
    hit = resolve(Hit(kick=1, **controls) if "kick" in spec.classes else Hit(**controls), spec, "").hit
    return f"{hit.steps} steps of `{hit.solver}`, stochasticity {hit.stochasticity:g}"


def measured_lines(measured: dict[str, Any], spec: Spec, machine: str, judge: Path) -> list[str]:
    """The section of what was measured."""
    lines = [
        "## Measured",
        "",
        f"On {machine}, by `driftkit evaluate --engine {measured.get('engine', 'torch')}`.",
        f"{measured['n']} sounds a class from seed {measured['seed']}, guidance {measured['controls']['guidance']:g}, "
        f"{way(measured['controls'], spec)}. The share in which the model's own classifier, and an",
        "independent judge (`weights/judge`), hear the class that was asked for; for cymbal any kind of cymbal counts.",
        about_judge(judge),
        "",
        "| class | classifier | judge | judge hears else | tail 50 dB down | DC | worst line at rate/32 |",
        "| --- | ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    for name, share in measured["agreement"].items():
        fault = measured["faults"][name]
        lines.append(
            f"| {name} | {percent(share['classifier'])} | {percent(share['judge'])} "
            f"| {mistaken(name, measured['confusion'])} "
            f"| {fault['tail_50_db_down']:.0%} | {fault['dc_db']:.0f} dB | {fault['worst_line_db']:.0f} dB |"
        )
    if measured.get("distances"):
        lines += [
            "",
            "Kick, snare and cymbal sounds together against as many real ones of each, on the embeddings of the judge",
            "and of the ear (`weights/ear`), with bootstrap 95 % intervals; beside each the same of as many sounds of",
            "`train`; real against real between two parts of the split, which have fewer sounds than both sets, and",
            "generated against real over as few; density and coverage are those of Naeem et al. 2020, k = 5.",
            "",
            "| embedding, split | measure | generated | `train` | sounds | generated, over so many | real, real |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
        ]
    titles = {"frechet": "Frechet", "kernel": "kernel x 1000", "density": "density", "coverage": "coverage"}
    for embedding, found in measured.get("distances", {}).items():
        for split, d in found.items():
            lines += [distance_row(f"{embedding}, {split}", title, measure, d) for measure, title in titles.items()]
    for split, classes in measured.get("likeness", {}).items():
        lines += ["", *likeness_lines(split, classes)]
    if "memorisation" in measured:
        found = measured["memorisation"]
        shares = [
            f"{found[space]['share']['value']:.1%} [{found[space]['share']['low']:.1%}, "
            f"{found[space]['share']['high']:.1%}] {where}"
            for space, where in (("embedding", "in the embedding"), ("log_mel", "in log-mel"))
        ]
        lines += [
            "",
            f"Memorisation: nearer to a sound of `train` than 99 % of `{found['strangers']}` are (1 % would be chance)",
            f"lie {' and '.join(shares)}. The others count by class as often as generated sounds are of it.",
        ]
        if found["strangers"] != "unseen":
            lines.append("There is no split `unseen`; sounds of the same sources stand in for it, nearer to `train`.")
    return lines


def distance_row(where: str, title: str, measure: str, d: dict[str, Any]) -> str:
    """A row of the table of distances."""
    low, high = d[f"floor_{measure}_interval"]
    ground = {"value": d[f"floor_{measure}"], "low": low, "high": high}
    sizes, few = "{} to {}".format(*d["floor_sizes"]), d[f"{measure}_beside_floor"]
    train = f"{d[f'train_{measure}']:.2f}" if f"train_{measure}" in d else ""
    return f"| {where} | {title} | {interval(d[measure])} | {train} | {sizes} | {few:.2f} | {interval(ground)} |"


def likeness_lines(split: str, classes: dict[str, Any]) -> list[str]:
    """The table of traits."""
    traits = list(dict.fromkeys(trait for found in classes.values() for trait in found["traits"]))
    lines = [
        f"How far each trait is from real ones of `{split}` (`sampler/training/traits.py`): W1 between both",
        "distributions over the interquartile range of real ones; behind the slash that of as many sounds of `train`.",
        "",
        f"| class | mean | {' | '.join(traits)} |",
        f"| --- |{' ---: |' * (len(traits) + 1)}",
    ]
    for name, found in classes.items():
        cells = [found["traits"].get(trait) for trait in traits]
        told = [{"value": found["mean"], "floor": found["floor"]}, *cells]
        shown = ("" if cell is None else f"{cell['value']:.2f}" + of_train(cell["floor"]) for cell in told)
        lines.append(f"| {name} | {' | '.join(shown)} |")
    return lines


def of_train(floor: float | None) -> str:
    """What stands behind a distance."""
    return "" if floor is None else f" / {floor:.2f}"


def percent(share: float | None) -> str:
    """A share, or nothing where nobody could say."""
    return "" if share is None else f"{share:.0%}"


def mistaken(name: str, confusion: dict[str, Any]) -> str:
    """The two classes that the judge hears most in place of the one asked for."""
    counts = confusion["generated"][name]
    total = sum(counts.values())
    others = sorted((n, other) for other, n in counts.items() if n and other not in (name, *KINDS.get(name, ())))
    return ", ".join(f"{other} {n / total:.0%}" for n, other in others[::-1][:2])


NETWORKS = {  # what is predicted, and what the held-out error is of
    "wiener_unet": (
        "The U-Net predicts the residual of a class-conditional Wiener filter on {bands} bands "
        "(`sampler/networks/wiener.py`).",
        "as a share of what one Wiener filter for all drums leaves",
    ),
    "crash": (
        "The U-Net of CRASH predicts the noise (`sampler/networks/crash.py`).",
        "the mean square error of the noise, of which a network that says nothing leaves 1",
    ),
    "tiny": (
        "The U-Net of Tiny Audio Diffusion predicts v (`sampler/networks/tiny.py`).",
        "the mean square error of v",
    ),
}


def check_trained(spec: Spec) -> None:
    """`Error` where a model does not say how it was trained, so that a card would have to make it up."""
    if "sounds_shown" not in spec.trained or spec.network["kind"] not in NETWORKS:
        raise Error(
            f"the model {spec.name} does not tell how it was trained; --card takes what `driftkit train --export` wrote"
        )


def data_lines(sources: list[Source], chosen_on: str) -> list[str]:
    """The section of what the model learned from."""
    licences = ", ".join(sorted({licence for _, licence, _, _ in sources}))
    held_out = (
        f"No sound of other splits was learned from, but those of `{chosen_on}` chose among the checkpoints of the run,"
        f" so that distances to `{chosen_on}` are too small."
        if chosen_on
        else "No sound of other splits shaped the weights; they only measure."
    )
    return [
        "## Data",
        "",
        f"{sum(n for _, _, n, _ in sources)} one-shots, the split `train` of the corpus, under: {licences}.",
        held_out,
        "All were mixed to mono, resampled, and cut to a second. Credit where it is asked for, and where not:",
        "",
        "| source | licence | sounds | attribution |",
        "| --- | --- | ---: | --- |",
        *(f"| {name} | {licence} | {n} | {text} |" for name, licence, n, text in sources),
        "",
    ]


def training_lines(spec: Spec) -> list[str]:
    """The section of how it was trained, as far as the model tells."""
    trained = spec.trained
    about, unit = NETWORKS[spec.network["kind"]]
    numbers = {
        "precision": "{}", "learning_rate": "AdamW at {:g}", "weight_decay": "weight decay {:g}", "ema": "EMA {:g}",
        "layered": "{:.0%} of the sounds layered hybrids", "jumps": "{:.0%} of each batch learning jumps",
    }  # fmt: skip
    told = ", ".join(text.format(trained[name]) for name, text in numbers.items() if trained.get(name))
    errors = {k: v for k, v in trained.get("held_out", {}).items() if k.startswith("s=") or k == "mean"}
    lines = [
        "## Training",
        "",
        f"{trained['sounds_shown']} augmented sounds in {trained.get('optimiser_steps', 0)} steps "
        f"of {trained.get('batch', 0)}: {told}.",
        *filter(None, [trained.get("history", "")]),
        about.format(**spec.network),
        "",
    ]
    if errors:
        lines += [
            f"Held-out error on `test`, {unit}:",
            "",
            "| " + " | ".join(errors) + " |",
            "| " + " | ".join("---:" for _ in errors) + " |",
            "| " + " | ".join(f"{error:.3f}" for error in errors.values()) + " |",
            "",
        ]
    return lines


def card(spec: Spec, sources: list[Source], measured: dict[str, Any], machine: str, judge: Path) -> str:
    """The card as Markdown; `measured` is what `driftkit evaluate --json` printed, `judge` its judge.json."""
    check_trained(spec)
    hears = " and a noise-conditioned classifier" if spec.classifier else ""
    lines = [
        f"# {CARD}: {spec.name}",
        "",
        f"A denoising U-Net{hears} for drum one-shots: {spec.length} samples "
        f"({spec.length_ms:.0f} ms) at {spec.rate_hz} Hz, {spec.channels} channel{'s' * (spec.channels > 1)}, "
        f"classes {', '.join(spec.classes)}.",
        "",
        "## Licence",
        "",
        f"The weights are given under {spec.licence}. Sounds that you render are yours; no claim is made on them.",
        "",
        *data_lines(sources, spec.trained.get("chosen_on", "")),
        *training_lines(spec),
        *measured_lines(measured, spec, machine, judge),
    ]
    return "\n".join([*lines, ""])
