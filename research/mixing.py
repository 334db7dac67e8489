"""Does a sound follow the class weights? `python research/mixing.py` writes mixing.md, mixing.json and mixing.png.

Between two classes the weights go from (1, 0) to (0, 1), and of one class alone from 0 to 1, with the same seeds at
every step. The judge, which shares nothing with the model, and the model's own classifier say what they hear.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import by_hand
import numpy as np
import torch
from matplotlib.figure import Figure

import driftkit
from driftkit.sampler.model import Model
from driftkit.sampler.spec import SHIPPED
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.monotone import Curve, curve
from driftkit.sampler.work.listed import rendered

HERE = Path(__file__).parent
PAIRS = "kick>snare,snare>hihat_closed,kick>tom,clap>crash,hihat_closed>hihat_open"
ALONE = "kick,snare,cymbal"
POSITIONS = [i / 10 for i in range(11)]
BATCH = 12  # sounds heard at once
LISTENERS = ("judge", "classifier")

HEAD = """# Mixing classes: what is heard as the weights move

Written by `python research/mixing.py`; the figures are in `mixing.json`.

Model `{model}`, guidance {guidance:g}, {steps} steps, {n} seeds from {seed}, the same at every
weight. Between two classes the weights are (1 - w, w); alone, a class has the weight w and the rest is unconditional.
The judge (`weights/judge`) shares nothing with the model; the classifier is the model's own. A family counts its
kinds: any cymbal is a cymbal. Means over seeds, with bootstrap 95 % intervals of whole seeds.

![probabilities by weight](mixing.png)

## Does more weight mean that more is heard?

Spearman: rank correlation of the mean probability of a class with its own weight, 1 where it rises at every step.
Largest drop: between neighbouring weights, below 0 where there is none. Falls: the most certain fall between any two
weights, beyond 0.01, where chance would show one as certain in less than 5 % of curves (signs of whole seeds flipped,
all 55 pairs of weights together).
"""


@dataclass(frozen=True)
class Sweep:
    """From the first class, or from none (""), to the second."""

    first: str
    second: str

    @property
    def title(self) -> str:
        return f"{self.first} to {self.second}" if self.first else f"{self.second} alone"

    def weights(self, w: float) -> dict[str, float]:
        """The class weights at w."""
        found = {self.first: round(1 - w, 3), self.second: w}
        return {name: weight for name, weight in found.items() if name and weight}


def sweeps(pairs: str, alone: str) -> list[Sweep]:
    """From names with commas between: `kick>snare`, and single classes."""
    return [Sweep(*pair.split(">")) for pair in pairs.split(",") if pair] + [
        Sweep("", name) for name in alone.split(",") if name
    ]


def hear(model: Model, judge: Judge, made: np.ndarray) -> dict[str, np.ndarray]:
    """Class probabilities (n, classes) of sounds (n, N), by listener."""
    found: dict[str, list[torch.Tensor]] = {name: [] for name in LISTENERS}
    for sounds in torch.from_numpy(made).split(BATCH):
        found["judge"].append(judge.probabilities(sounds))
        with torch.no_grad():
            found["classifier"].append(model.classify(sounds[:, None], torch.zeros(len(sounds))).exp().cpu())
    return {name: torch.cat(parts).double().numpy() for name, parts in found.items()}


def of(p: np.ndarray, name: str, model: Model, classes: tuple[str, ...]) -> np.ndarray:
    """The probability (...) of a class, a family counting its kinds, from (..., classes)."""
    members = (name, *model.spec.kinds.get(name, ()))
    return np.asarray(p[..., [classes.index(member) for member in members]].sum(-1))


def told(found: Curve) -> dict[str, Any]:
    """A curve as plain JSON types."""
    return asdict(found) | {"significant": found.fall.significant}


def rounded(value: Any) -> Any:
    """JSON types with four digits, of which the second already is in doubt."""
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    return round(value, 4) if isinstance(value, float) else value


def measure(sweep: Sweep, p: np.ndarray, model: Model, classes: tuple[str, ...]) -> dict[str, Any]:
    """Curves of one sweep, from probabilities p (n, W, classes): the second class, the first, and anything else."""
    second = of(p, sweep.second, model, classes)
    result: dict[str, Any] = {"second": told(curve(second))}
    rest = 1 - second
    if sweep.first:
        first = of(p, sweep.first, model, classes)
        result["first"] = told(curve(first[:, ::-1]))  # by the weight of the first class, so that it ought to rise
        rest = rest - first
    result["else"] = [asdict(point) for point in curve(rest).mean]
    top = int(rest.mean(0).argmax())
    mean = p[:, top].mean(0)
    wanted = {n for c in (sweep.first, sweep.second) if c for n in (c, *model.spec.kinds.get(c, ()))}
    others = sorted(((mean[i], name) for i, name in enumerate(classes) if name not in wanted), reverse=True)
    result["else_most"] = {"w": POSITIONS[top], "p": float(rest.mean(0)[top]), "heard": [n for _, n in others[:2]]}
    return result


def key_of(weights: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """The same for the same weights in any order."""
    return tuple(sorted(weights.items()))


def run(
    model: Model, judge: Judge, wanted: list[Sweep], n: int, seed: int, controls: dict[str, Any],
    made: Callable[[list[driftkit.Hit]], np.ndarray],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """A row of figures per sweep as it is finished; what several share, such as a class at full weight, is kept.

    made: renders hits.
    """
    known: dict[tuple[tuple[str, float], ...], dict[str, np.ndarray]] = {}
    names = {"judge": CLASSES, "classifier": tuple(model.spec.classes)}
    for sweep in wanted:
        new = [key for key in map(key_of, map(sweep.weights, POSITIONS)) if key not in known]
        hits = [driftkit.Hit(classes=dict(key), seed=seed + i, **controls) for key in new for i in range(n)]
        sounds = made(hits) if hits else np.zeros((0, 0))
        known |= {key: hear(model, judge, sounds[k * n : (k + 1) * n]) for k, key in enumerate(new)}
        row: dict[str, Any] = {"first": sweep.first, "second": sweep.second}
        for listener in LISTENERS:
            p = np.stack([known[key_of(sweep.weights(w))][listener] for w in POSITIONS], axis=1)
            row[listener] = measure(sweep, p, model, names[listener])
        print(f"{sweep.title}: " + verdict(row, "judge"), flush=True)
        yield rounded(row)


def falls(row: dict[str, Any], listener: str) -> list[tuple[str, dict[str, Any]]]:
    """The significant falls: (the class whose probability falls as its weight grows, fall), weights as its own."""
    parts = ((row[part], row[listener][part]) for part in ("first", "second") if part in row[listener])
    return [(name, found["fall"]) for name, found in parts if found["significant"]]


def verdict(row: dict[str, Any], listener: str) -> str:
    """Whether each class is heard the more the more it weighs."""
    found = falls(row, listener)
    return "monotonic" if not found else "; ".join(
        f"p({name}) falls by {fall['size']['value']:.2f} from weight {POSITIONS[fall['start']]:g} "
        f"to {POSITIONS[fall['end']]:g}" for name, fall in found
    )  # fmt: skip


def interval(found: dict[str, float]) -> str:
    """value [low, high]."""
    return f"{found['value']:.2f} [{found['low']:.2f}, {found['high']:.2f}]"


def table(columns: list[str], rows: list[list[str]]) -> list[str]:
    """Markdown, the first column to the left."""
    rule = " | ".join(["---", *("---:" for _ in columns[1:])])
    return [f"| {' | '.join(columns)} |", f"| {rule} |", *(f"| {' | '.join(row)} |" for row in rows), ""]


def page(result: dict[str, Any]) -> str:
    """The page as Markdown, from what mixing.json holds."""
    s, rows = result["settings"], result["rows"]
    titles = [Sweep(row["first"], row["second"]).title for row in rows]
    lines = [HEAD.format(**s)]
    for listener in LISTENERS:
        body = []
        for title, row in zip(titles, rows):
            for part in ("first", "second"):
                if part in row[listener]:
                    found = row[listener][part]
                    drop, fall = found["drop"], found["fall"]
                    at = f" ({POSITIONS[drop['start']]:g} to {POSITIONS[drop['end']]:g})"
                    shown = f"{interval(fall['size'])} ({POSITIONS[fall['start']]:g} to {POSITIONS[fall['end']]:g})"
                    body.append([
                        title, row[part], interval(found["spearman"]), interval(drop["size"]) + at,
                        shown if found["significant"] else "no",
                    ])  # fmt: skip
        lines += [f"### By the {listener}", ""]
        lines += table(["sweep", "probability of", "Spearman", "largest drop", "falls"], body)
        total, clean = len(body), sum(line[-1] == "no" for line in body)
        lines += [f"{clean} of {total} curves have no significant fall.", ""]
    lines += ["## The second class, by weight", "", "Mean probability at each weight w of the second class.", ""]
    for listener in LISTENERS:
        lines += [f"### By the {listener}", ""]
        lines += table(["w", *titles], [
            [f"{w:g}", *(interval(row[listener]["second"]["mean"][i]) for row in rows)]
            for i, w in enumerate(POSITIONS)
        ])  # fmt: skip
    lines += ["## Anything else", "", "Mean probability of neither class, by the judge; last, where it is largest.", ""]
    body = [[f"{w:g}", *(interval(row["judge"]["else"][i]) for row in rows)] for i, w in enumerate(POSITIONS)]
    most = [row["judge"]["else_most"] for row in rows]
    body.append(["most", *(f"{m['p']:.2f} at {m['w']:g}: {', '.join(m['heard'])}" for m in most)])
    return "\n".join([*lines, *table(["w", *titles], body)])


def plot(result: dict[str, Any], file: Path) -> None:
    """A column for each sweep, a row for each listener, a line for each probability."""
    rows, s = result["rows"], result["settings"]
    half = -(-len(rows) // 2)
    figure = Figure(figsize=(2.6 * half, 8.6), layout="constrained")
    axes = figure.subplots(4, half, sharex=True, sharey=True, squeeze=False)
    for empty in axes.flat[len(rows) :]:
        empty.set_axis_off()
    for k, row in enumerate(rows):
        for down, listener in enumerate(LISTENERS):
            here = axes[2 * (k // half) + down, k % half]
            here.set_axis_on()
            lines = [("second", row["second"], "C3"), ("first", row["first"], "C0"), ("else", "anything else", "0.6")]
            for part, label, colour in lines:
                if part not in row[listener]:
                    continue
                found = row[listener][part]
                points = found if part == "else" else found["mean"]
                points = points[::-1] if part == "first" else points
                value, low, high = ([point[key] for point in points] for key in ("value", "low", "high"))
                here.fill_between(POSITIONS, low, high, color=colour, alpha=0.2, linewidth=0)
                here.plot(POSITIONS, value, color=colour, marker=".", markersize=4, linewidth=1.2, label=label)
            here.set(xlim=(0, 1), ylim=(-0.02, 1.02))
            here.grid(color="0.92")
            if down == 0:
                here.set_title(Sweep(row["first"], row["second"]).title, fontsize=9)
                here.legend(fontsize=6.5, framealpha=0.6, loc="best")
            else:
                here.set_xlabel(f"w of {row['second']}", fontsize=8)
            if k % half == 0:
                here.set_ylabel(f"p, {listener}", fontsize=8)
            here.tick_params(labelsize=7, labelbottom=down == 1)
    figure.suptitle(f"{s['model']}, guidance {s['guidance']:g}, {s['n']} seeds, 95 % intervals", fontsize=9)
    figure.savefig(file, dpi=90)


def main() -> None:
    """Listen, and write the page and its picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=24, help="seeds at every weight")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guidance", type=float, default=1.0)
    parser.add_argument("--model", default="default")
    parser.add_argument("--workers", default="", help="who renders, as `driftkit pack` has it; else this process")
    parser.add_argument("--pairs", default=PAIRS, help="such as kick>snare, with commas between")
    parser.add_argument("--alone", default=ALONE, help="single classes, with commas between")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--draw", action="store_true", help="write page and picture again, from mixing.json as it is")
    asked = parser.parse_args()
    if not asked.draw:
        listen(asked)
    result = json.loads((asked.out / "mixing.json").read_text())
    by_hand.write(asked.out / "mixing.md", page(result), result["settings"]["model"])
    plot(result, asked.out / "mixing.png")


def listen(asked: argparse.Namespace) -> None:
    """Render, hear, and write mixing.json."""
    model, judge = driftkit.load(asked.model), Judge.load(SHIPPED / "judge" / "judge.safetensors")
    started = time.perf_counter()
    settings = {"model": model.tag, "guidance": asked.guidance, "steps": model.spec.steps}
    settings |= {"n": asked.n, "seed": asked.seed, "weights": POSITIONS}
    wanted, rows = sweeps(asked.pairs, asked.alone), []
    asked.out.mkdir(parents=True, exist_ok=True)

    def made(hits: list[driftkit.Hit]) -> np.ndarray:
        return rendered(model, asked.model, hits, asked.workers)

    for row in run(model, judge, wanted, asked.n, asked.seed, {"guidance": asked.guidance}, made):
        rows.append(row)  # written one by one: what is finished stays, should the rest be stopped
        lines = ",\n".join(json.dumps(row) for row in rows)
        (asked.out / "mixing.json").write_text(f'{{"settings": {json.dumps(settings)}, "rows": [\n{lines}\n]}}\n')
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
