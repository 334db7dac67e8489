"""The bench for people: networks side by side, then everything else, a column for each run; as a page and as a plot."""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ...sampler.errors import Error
from ...sampler.files import replaceable
from .busy import BESIDE

Figures = Mapping[str, Any]
MARK = "driftkit bench --page"
BUSY = 0.5  # a load from which times are another machine's

ROWS: dict[str, Callable[[Figures], str]] = {
    "network": lambda of: of["network"],
    "weights": lambda of: of["weights"],
    "computed by": lambda of: of["engine"],
    "a hit is": lambda of: f"{of['samples']} samples, {of['length_ms']:.0f} ms",
    "parameters, M": lambda of: f"{of['parameters'] / 1e6:.2f}",
    "a call, GMAC": lambda of: f"{of['macs'] / 1e9:.2f}",
    "a call, ms": lambda of: f"{of['call_s'] * 1000:.1f}",
}
AFTER_HITS: dict[str, Callable[[Figures], str]] = {
    "a hit, GMAC": lambda of: f"{next(iter(of['hits'].values()))['macs'] / 1e9:,.1f}",
    "sounds a second": lambda of: batch(of["batch"]),
    "peak memory, MB": lambda of: memory(of),
}

NOTES = """\
`crash` is the U-Net of CRASH by the recipe of that name. Its weights are random, which cost the same as trained ones,
and its hits last {crash:.0f} ms, those of the model {model:.0f} ms. `computed`: not rendered, but so many times the
measured call as there are steps. A call is for one sound; times are medians. GMAC are billions of multiply-accumulates
in convolutions, products of matrices and attention; in a hit, those of the classifier that hears it too. Memory is the
peak of a process that loads one network alone and renders once, Python and torch included."""

RUNS = """\
A column is a run: `driftkit bench --page research --soak 10` with nothing beside it, `--busy N` with N programs that
only compute, each on whatever core the system gives it. A run takes the place of the one before on that machine with
as many programs. A figure is that of a quiet machine where the load before the run was at most {busy}; with programs
beside it, the load at the end says that they ran. What a run did not measure is left out."""


def networks(figures: Mapping[str, Figures]) -> list[list[str]]:
    """A row per figure: its name, then what it is for each network; the first row names the networks."""
    every = list(figures.values())
    rows = [["", *(of["model"] for of in every)]]
    rows += [[name, *map(cell, every)] for name, cell in ROWS.items()]
    for name in dict.fromkeys(name for of in every for name in of["hits"]):
        rows.append([name, *(hit(of["hits"][name]) if name in of["hits"] else "" for of in every)])
    return rows + [[name, *map(cell, every)] for name, cell in AFTER_HITS.items()]


def others(runs: Sequence[Figures]) -> list[list[str]]:
    """A row per figure that is not of networks, a column per run."""
    names = dict.fromkeys(name for run in runs for name in run if name not in ("networks", "ratios"))
    return [[name, *(str(run.get(name, "")) for run in runs)] for name in names]


def ratios(result: Figures) -> list[list[str]]:
    """A row per comparison."""
    return [[name, f"{value:,}"] for name, value in result["ratios"].items()]


def hit(of: Figures) -> str:
    """139 ms (6 steps)."""
    return f"{lasting(of['s'])} ({of['steps']} steps{'' if of['rendered'] else ', computed'})"


def lasting(seconds: float) -> str:
    """Three digits, in ms below a second."""
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds:.3g} s" if seconds < 100 else f"{seconds:,.0f} s"


def batch(of: Figures) -> str:
    """11.9 (8 at once)."""
    return f"{of['sounds_per_s']:.3g} ({of['sounds']} at once{'' if of['rendered'] else ', computed'})"


def memory(of: Figures) -> str:
    """430 (250 before it is loaded)."""
    if of["memory_mb"] is None:
        return "not told by this system"
    on_gpu = f", {of['gpu_memory_mb']} on the GPU" if "gpu_memory_mb" in of else ""
    return f"{of['memory_mb']} ({of['memory_before_mb']} before it is loaded){on_gpu}"


def page(runs: Sequence[Figures]) -> str:
    """The page as Markdown, its networks those of the first run."""
    result = runs[0]
    model, crash = (result["networks"][key] for key in ("model", "crash"))
    lines = [
        "# What it costs",
        "",
        f"Written by `{MARK}`; the figures are in `bench.json`.",
        "",
        f"{result['machine']}; threads of torch: {result['threads']}, device: {model['device']}. {busy(result)}",
        "",
        "## Networks",
        "",
        *markdown(networks(result["networks"])),
        "",
        *(f"- {name}: **{value}**" for name, value in ratios(result)),
        "",
        "![Seconds a hit, multiply-accumulates and parameters](bench.png)",
        "",
        NOTES.format(crash=crash["length_ms"], model=model["length_ms"]),
        "",
        "## The instrument",
        "",
        RUNS.format(busy=BUSY),
        "",
        *markdown([["what", *(column(run) for run in runs)], *others(runs)]),
    ]
    return "\n".join([*lines, ""])


def column(run: Figures) -> str:
    """Its head: how many programs ran beside it."""
    return {0: "idle", 1: "one program beside it"}.get(run[BESIDE], f"{run[BESIDE]} programs beside it")


def busy(result: Figures) -> str:
    """How far its seconds can be trusted."""
    load = result["load before"]
    if result[BESIDE]:
        return f"{result[BESIDE]} programs computed beside it."
    if isinstance(load, str):
        return f"The load before the run: {load}."
    verdict = "the machine was BUSY, so every time is too long: run it again" if load > BUSY else "the machine was idle"
    return f"The load before the run was {load}: {verdict}."


def markdown(rows: list[list[str]]) -> list[str]:
    """A table whose first row is its head."""
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return [head, f"| {' | '.join(['---'] * len(rows[0]))} |", *body]


def drawing() -> Any:
    """What draws; `Error` without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise Error("--page draws bench.png: matplotlib is missing; install it (pip install matplotlib)") from None
    return Figure


def plot(result: Figures, file: Path) -> None:
    """Bars on logarithmic scales: seconds of the hits, and below them what a call and a network have."""
    figures = list(result["networks"].values())
    colours = {name: f"C{place}" for place, name in enumerate(dict.fromkeys(of["model"] for of in figures))}
    figure = drawing()(figsize=(8, 4.6), layout="constrained")
    figure.suptitle(f"{result['machine']}, logarithmic scales", fontsize="small", color="0.4")
    axes = figure.subplot_mosaic([["hits", "hits"], ["macs", "parameters"]], height_ratios=[3, 2])
    named = [(of, one) for of in figures for one in of["hits"].values() if one["guidance"] == 1]
    bars(
        axes["hits"], "seconds a hit",
        [f"{short(of['model'])} by {of['engine'].partition(',')[0]}, {one['steps']} steps" for of, one in named],
        [one["s"] for _, one in named],
        [lasting(one["s"]) + ("" if one["rendered"] else " (computed)") for _, one in named],
        [colours[of["model"]] for of, _ in named],
    )  # fmt: skip
    for key, title, unit in (("macs", "GMAC a call", 1e9), ("parameters", "million parameters", 1e6)):
        of_each = {of["model"]: of[key] / unit for of in figures}  # whatever computes them
        names, values = [short(name) for name in of_each], list(of_each.values())
        bars(axes[key], title, names, values, [f"{value:.3g}" for value in values], list(colours.values()))
    figure.savefig(file, dpi=110)


def short(tag: str) -> str:
    """A model's name without its hash."""
    return tag.partition("@")[0]


def bars(axes: Any, title: str, names: list[str], values: list[float], told: list[str], colours: list[str]) -> None:
    """Horizontal bars on a logarithmic scale, each with what it tells at its end."""
    drawn = axes.barh(range(len(values)), values, color=colours, height=0.7)
    axes.bar_label(drawn, told, padding=4)
    axes.set_xscale("log")
    low, high = math.floor(math.log10(min(values)) - 0.5), math.log10(max(values))
    axes.set_xlim(10.0**low, 10.0 ** (high + 0.35 * (high - low)))  # the words of the longest bar need room
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_yticks(range(len(values)), names)
    axes.invert_yaxis()
    axes.set_title(title, loc="left", fontsize="medium")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="0.9")
    axes.set_axisbelow(True)


def free(folder: Path) -> None:
    """`Error` where files of somebody else have the names of the page's."""
    replaceable(folder / "bench.md", MARK, folder / "bench.json", folder / "bench.png")


def write(result: Figures, folder: Path) -> None:
    """bench.md, bench.json and bench.png, with the runs that the folder knows already, this machine's first."""
    file = folder / "bench.json"
    known: list[Figures] = []
    with suppress(OSError, ValueError, LookupError, TypeError):  # none yet, or not what was written
        known = json.loads(file.read_text())["runs"]
    runs = together(result, known)
    file.write_text(json.dumps({"runs": runs}, indent=1) + "\n")
    (folder / "bench.md").write_text(page(runs), encoding="utf-8")
    plot(runs[0], folder / "bench.png")


def together(result: Figures, known: Iterable[Figures]) -> list[Figures]:
    """A run and those before it that it does not replace, of its own machine and the least busy first."""
    kept = [run for run in known if (run["machine"], run[BESIDE]) != (result["machine"], result[BESIDE])]
    return sorted([result, *kept], key=lambda run: (run["machine"] != result["machine"], run["machine"], run[BESIDE]))
