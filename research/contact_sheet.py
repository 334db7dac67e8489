"""Look at many sounds at once: `python research/contact_sheet.py --data PACK` (needs the dev extras).

contact_sheet.png holds a small mel spectrogram of a hundred sounds of each class, and below them a row of real ones
(the split test of the pack); contact_sheet.md has their faults and traits, of real sounds beside them.
`--large FOLDER` also writes a larger sheet for each class, numbered by seed, and one of its real sounds.
"""

import argparse
import math
from pathlib import Path

import by_hand
import numpy as np
import torch
from torch import Tensor

import driftkit
from driftkit.sampler.spec import SHIPPED
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.evaluate import by_class, embed
from driftkit.sampler.training.faults import faults
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.sheets import RANGE_DB, Block, large, save, small
from driftkit.sampler.training.traits import traits, variety
from driftkit.sampler.work.listed import rendered

HERE = Path(__file__).parent

TEXT = """# A hundred sounds of each class

Written by `python research/contact_sheet.py --data PACK`: {n} sounds a class of `{model}`, seeds from {seed}, guidance
{guidance:g}, {steps} steps. Each picture is a mel spectrogram, 20 Hz at its bottom and 22 kHz at its top,
{range_db} dB from black to bright; under each class a row of real sounds (`test`), where the class has some.
`--large FOLDER` draws each class larger.

![spectrograms of all classes](contact_sheet.png)

## Faults

In dB below the peak. Floor before: what comes before the onset (nothing where hits begin at once). Floor after: the
quietest 10 ms of the second and third quarter. Tail: the last 10 ms; down: the share whose tail is at least 50 dB down.
Line: the strongest at a multiple of rate / 32, over its neighbourhood. First and last step: of the loudest twentieth.
All else are medians. Real sounds are faded out at their end as those for training are, so that tail and last step agree
by construction.

{faults}

## Traits

Median, and in brackets the middle half. Rise: 20 to 3 dB below the top of the envelope. Decay: to 40 dB down. Centroid:
mean frequency by amplitude. Flutter: how far the envelope below 1 kHz strays from its mean over 40 ms; a clean tone has
none, noise 5.6 dB. Partials: how far the highest hundredth of the spectrum stands above what is around it; noise has
8.2 dB. Grain: how far the level above 1 kHz strays within 44 ms; even noise has 0.4 dB, stripes and ticks more. Hiss:
above 8 kHz, 100 to 300 ms after the peak. Variety: RMS distance between two sounds of the class in the judge's
embedding, and as a share of the same of real sounds.

{traits}
"""


def fault_row(name: str, sounds: Tensor) -> str:
    """A row of the table of faults."""
    found = faults(sounds)
    before = "" if found["floor_before_db"] is None else f"{found['floor_before_db']:.0f}"
    cells = [
        name, str(len(sounds)), before, f"{found['floor_after_db']:.0f}", f"{found['tail_db']:.0f}",
        f"{found['tail_50_db_down']:.0%}", f"{found['dc_db']:.0f}", f"{found['worst_line_db']:.0f}",
        f"{found['first_step_db']:.0f}", f"{found['last_step_db']:.0f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def trait_row(name: str, sounds: Tensor, spread: float, share: float | None) -> str:
    """A row of the table of traits."""
    cells = [name]
    for values in traits(sounds).values():
        low, middle, high = np.nanpercentile(values, [25, 50, 75])
        digits = 1 if abs(middle) < 10 else 0
        cells.append(f"{middle:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]")
    cells.append(f"{spread:.1f}" + ("" if share is None else f", {share:.0%}"))
    return f"| {' | '.join(cells)} |"


def table(columns: list[str], rows: list[str]) -> str:
    """Markdown, the first column to the left."""
    return "\n".join([f"| {' | '.join(columns)} |", f"| --- |{' ---: |' * (len(columns) - 1)}", *rows])


def main() -> None:
    """Render, draw, measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=100, help="sounds per class")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guidance", type=float, default=1.0)
    parser.add_argument("--steps", type=int, default=None)
    parser.add_argument("--model", default="default")
    parser.add_argument("--workers", default="", help="who renders, as `driftkit pack` has it; else this process")
    parser.add_argument("--classes", default="", help="names with commas between; all by default")
    parser.add_argument(
        "--data", type=Path, default=None, help="a pack (.npz) of real sounds, whose split test is used"
    )
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--large", type=Path, default=None, help="a folder for a larger sheet of each class")
    asked = parser.parse_args()
    model, judge = driftkit.load(asked.model), Judge.load(SHIPPED / "judge" / "judge.safetensors")
    names = [name for name in asked.classes.split(",") if name] or list(model.spec.classes)
    controls = {"guidance": asked.guidance, "steps": asked.steps or model.spec.steps}
    for folder in (asked.out, asked.large):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    real = {}
    if asked.data:
        real = by_class(Corpus.load(asked.data, "test", model.spec.length, torch.device("cpu")))
    blocks, fault_rows, trait_rows = [], [], []
    columns = math.ceil(asked.n / 4)
    seeds = range(asked.seed, asked.seed + asked.n)
    hits = [driftkit.Hit(classes={name: 1.0}, seed=seed, **controls) for name in names for seed in seeds]
    made = torch.from_numpy(rendered(model, asked.model, hits, asked.workers)).split(asked.n)
    for name, sounds in zip(names, made):
        print(f"{name}: {len(sounds)} sounds", flush=True)
        spread, known = variety(embed(judge, sounds)), real.get(name) if name in CLASSES else None
        known = known if known is not None and len(known) > 1 else None
        share = None if known is None else spread / variety(embed(judge, known))
        title = f"{name}, {model.tag}, seeds {asked.seed} to {asked.seed + asked.n - 1}"
        blocks.append(Block(title, small(sounds), columns))
        fault_rows.append(fault_row(name, sounds))
        trait_rows.append(trait_row(name, sounds, spread, share))
        if asked.large:
            save([Block(title, large(sounds), 10, asked.seed)], asked.large / f"{name}.png")
        if known is not None:
            picked = known[torch.linspace(0, len(known) - 1, min(columns, len(known))).round().long()]
            blocks.append(Block(f"{name}, real", small(picked), columns))
            fault_rows.append(fault_row(f"{name}, real", known))
            trait_rows.append(trait_row(f"{name}, real", known, variety(embed(judge, known)), None))
            if asked.large:
                save([Block(f"{name}, real (test)", large(known[: asked.n]), 10, 0)], asked.large / f"{name}_real.png")
    save(blocks, asked.out / "contact_sheet.png")
    told = table(
        "class,sounds,floor before,floor after,tail,down,DC,line,first step,last step".split(","), fault_rows
    )  # fmt: skip
    heard = table(
        "class,rise ms,decay ms,centroid Hz,flutter dB,partials dB,grain dB,hiss dB,variety".split(","), trait_rows
    )
    text = TEXT.format(
        n=asked.n, seed=asked.seed, model=model.tag, range_db=RANGE_DB, faults=told, traits=heard, **controls
    )  # fmt: skip
    by_hand.write(asked.out / "contact_sheet.md", text, model.tag)


if __name__ == "__main__":
    main()
