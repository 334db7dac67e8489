"""The model card: what a model was trained on and by whose leave, how, and what it measured."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from ..spec import Spec


def attributions(manifest: Path) -> list[tuple[str, str, int, str]]:
    """(source, licence, sounds, attribution) of every source of the split `train`."""
    with manifest.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "train"]
    counts = Counter(row["source"] for row in rows)
    first = {row["source"]: row for row in reversed(rows)}
    return [(name, first[name]["licence"], n, first[name]["attribution"]) for name, n in counts.most_common()]


def card(spec: Spec, manifest: Path, measured: dict[str, Any], machine: str) -> str:
    """The card as Markdown; `measured` is what `driftkit evaluate --json` printed."""
    sources = attributions(manifest)
    total = sum(n for _, _, n, _ in sources)
    trained = spec.trained
    lines = [
        f"# Model card: {spec.name}",
        "",
        f"A denoising U-Net and a noise-conditioned classifier for drum one-shots: {spec.length} samples "
        f"({spec.length_ms:.0f} ms) at {spec.rate_hz} Hz, {spec.channels} channel, classes {', '.join(spec.classes)}.",
        "",
        "## Licence",
        "",
        f"The weights are given under {spec.licence}. Sounds that you render are yours; no claim is made on them.",
        "",
        "## Data",
        "",
        f"{total} one-shots, the split `train` of the corpus: public domain, CC0, Unlicense, CC BY and",
        "credit-only sources. No sound of the splits `test` and `unseen` shaped the weights; they only measure.",
        "All were mixed to mono, resampled, trimmed and peak-normalised. Credit where it is asked for, and where not:",
        "",
        "| source | licence | sounds | attribution |",
        "| --- | --- | ---: | --- |",
        *(f"| {name} | {licence} | {n} | {text} |" for name, licence, n, text in sources),
        "",
        "## Training",
        "",
        f"U-Net: {trained.get('sounds_shown', 0)} augmented sounds in {trained.get('optimiser_steps', 0)} steps "
        f"of {trained.get('batch', 0)}, fp32, AdamW {trained.get('learning_rate', 0):g}, "
        f"EMA {trained.get('ema', 0):g}.",
        f"{trained.get('history', '')}",
        "The U-Net predicts the residual of a class-conditional Wiener filter in an MDCT of 16 bands",
        "(`sampler/networks/wiener.py`); noise levels are log-normal; a tenth of the sounds are layered hybrids.",
        "",
        "Held-out error on `test`, as a share of what one Wiener filter for all drums leaves:",
        "",
        "| " + " | ".join(trained.get("held_out", {})) + " |",
        "| " + " | ".join("---:" for _ in trained.get("held_out", {})) + " |",
        "| " + " | ".join(f"{error:.3f}" for error in trained.get("held_out", {}).values()) + " |",
        "",
        "## Measured",
        "",
        f"On {machine}, by `driftkit evaluate`.",
        f"{measured['n']} sounds a class from seed {measured['seed']}, guidance {measured['controls']['guidance']:g}, "
        f"{measured['controls'].get('steps', spec.steps)} steps. The share in which the model's own classifier, and an",
        "independent judge (`weights/judge`), hear the class that was asked for; for cymbal any kind of cymbal counts.",
        "",
        "| class | classifier | judge | tail 50 dB down | DC | worst line at rate/32 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, share in measured["agreement"].items():
        fault = measured["faults"][name]
        lines.append(
            f"| {name} | {share['classifier']:.0%} | {share['judge']:.0%} | {fault['tail_50_db_down']:.0%} "
            f"| {fault['dc_db']:.0f} dB | {fault['worst_line_db']:.0f} dB |"
        )
    lines += [
        "",
        "Distances of kick, snare and cymbal sounds together to real ones, on the judge's embedding, with bootstrap",
        "95 % intervals; the floor is the same distance between two halves of the real sounds.",
        "",
        "| split | Frechet | floor | kernel x 1000 | floor |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for split, d in measured.get("distance", {}).items():
        f, k = d["frechet"], d["kernel"]
        lines.append(
            f"| {split} | {f['value']:.2f} [{f['low']:.2f}, {f['high']:.2f}] | {d['floor_frechet']:.2f} "
            f"| {k['value']:.2f} [{k['low']:.2f}, {k['high']:.2f}] | {d['floor_kernel']:.2f} |"
        )
    return "\n".join([*lines, ""])
