"""A sweep for people: its page and its plot."""

from pathlib import Path
from typing import Any

from ..errors import Error
from .evaluate import ANY
from .sweep import PAPER, best, ranks

SWEEP = "driftkit evaluate --sweep"


def interval(found: dict[str, float], digits: int = 2) -> str:
    """value [low, high]."""
    return f"{found['value']:.{digits}f} [{found['low']:.{digits}f}, {found['high']:.{digits}f}]"


def page(result: dict[str, Any]) -> str:
    """The page as Markdown, from what sweep.json holds."""
    s, rows, floor = result["settings"], result["rows"], result["floors"]
    sounds = s["sounds_per_class"] * len(s["classes"])
    low, high = floor["floor_frechet_interval"]
    kernel_low, kernel_high = floor["floor_kernel_interval"]
    each, real = f"as many of each of {', '.join(s['classes'])}", f"{s['real']}, as many of each class"
    if s["classes"] == [ANY]:
        each, real = "of no class in particular", s["real"]
    lines = [
        "# Schedules, SDE and ODE: table 3 of CRASH as a sweep",
        "",
        f"Written by `{SWEEP}`; the figures are in `sweep.json`.",
        "",
        f"Model `{s['model']}` by {s['engine']}, {result['machine']}. Each row is {sounds} sounds,",
        f"{each}, from seed {s['seed']} (the same noise in every row), {s['steps']} steps of",
        f"`{s['solver']}` on a grid uniform in t, guidance {s['guidance']:g}; SDE is stochasticity 1, ODE 0.",
        "",
        f"Distances are to real sounds ({real}), on the embedding `{s['embedding']}`,",
        "with bootstrap 95 % intervals. They compare with each other and with the same distance between real sounds:",
        f"Frechet {floor['floor_frechet']:.2f} [{low:.2f}, {high:.2f}], kernel {floor['floor_kernel']:.2f}",
        f"[{kernel_low:.2f}, {kernel_high:.2f}]; not with the paper's, which use another embedding, other sounds, and",
        "400 steps.",
        "",
        "One network serves every row. With y = x / m and s = sigma / m each schedule is the same process",
        "y = x_0 + s eps, and a denoiser trained over all s is right for each; the rows differ only in the levels that",
        "they visit. The paper trained a network for each row, so its table holds differences of training too.",
        "",
        "| schedule | process | Frechet | kernel x 1000 | coverage | paper's FAD |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        paper = PAPER.get(row["schedule"], {}).get(row["process"])
        told = "" if paper is None else f"{paper:.2f}"
        if "frechet" in row:
            figures = [interval(row["frechet"]), interval(row["kernel"]), interval(row["coverage"])]
        else:
            figures = [f"diverged ({1 - row['finite']:.0%} of the sounds)", "", ""]
        lines.append(" | ".join([f"| {row['schedule']}", row["process"], *figures, f"{told} |"]))
    top, order = best(rows), ranks(rows)
    lines.append("")
    if top:
        lines.append(f"The smallest Frechet distance is that of {top['schedule']} as {top['process']}.")
    if order is not None:
        lines.append(f"Over the rows that the paper has too, the rank correlation with its figures is {order:.2f}.")
    return "\n".join([*lines, "", "![Frechet distance of each row](sweep.png)", ""])


def plot(result: dict[str, Any], file: Path) -> None:
    """Frechet distances with their intervals, SDE and ODE side by side; `Error` without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise Error(
            "sweep.png is not drawn: matplotlib is missing; install it (pip install matplotlib) and run again"
        ) from None
    rows = [row for row in result["rows"] if "frechet" in row]
    names = list(dict.fromkeys(row["schedule"] for row in rows))
    figure = Figure(figsize=(8, 1.5 + 0.3 * len(names)), layout="constrained")
    axes = figure.subplots()
    for offset, process in ((-0.15, "SDE"), (0.15, "ODE")):
        chosen = [row for row in rows if row["process"] == process]
        values = [row["frechet"]["value"] for row in chosen]
        reach = [
            [row["frechet"]["value"] - row["frechet"]["low"] for row in chosen],
            [row["frechet"]["high"] - row["frechet"]["value"] for row in chosen],
        ]
        places = [names.index(row["schedule"]) + offset for row in chosen]
        axes.errorbar(values, places, xerr=reach, fmt="o", markersize=4, capsize=2, label=process)
    low, high = result["floors"]["floor_frechet_interval"]
    axes.axvspan(low, high, color="0.85", zorder=0, label="real against real")
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(left=0)
    axes.set_xlabel(f"Frechet distance, {result['settings']['steps']} steps ({result['settings']['model']})")
    axes.legend()
    figure.savefig(file, dpi=100)
