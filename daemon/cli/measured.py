"""What `driftkit evaluate` tells a person: tables of agreement, confusion, distances and likeness."""

from typing import Any

from rich.console import Console
from rich.table import Table

MEASURES = ("frechet", "kernel", "density", "coverage")


def tell(result: dict[str, Any]) -> None:
    """The report for people."""
    console = Console()
    title = f"{result['model']}, {result['n']} sounds a class, guidance {result['controls']['guidance']:g}"
    table = Table(title=title, box=None, pad_edge=False)
    splits = result.get("agreement_real", {})
    for column in ("class", "classifier hears it", "judge hears it", *(f"in real {split}" for split in splits)):
        table.add_column(column, justify="left" if column == "class" else "right")
    for column in ("tail 50 dB down", "DC dB", "worst line dB"):
        table.add_column(column, justify="right")
    for name, fault in result["faults"].items():
        mine, line = result["agreement"].get(name, {}), fault["worst_line_db"]
        real = [splits[split].get(name, {}) for split in splits]
        table.add_row(
            name, share_of(mine, "classifier"), share_of(mine, "judge"), *(share_of(found, "judge") for found in real),
            f"{fault['tail_50_db_down']:.0%}", f"{fault['dc_db']:.0f}", "" if line is None else f"{line:.0f}",
        )  # fmt: skip
    console.print(table)
    for what, rows in result["confusion"].items():
        heard = "generated sounds" if what == "generated" else f"real sounds of {what}"
        console.print(confusion_table(rows, f"\nWhat the judge hears in {heard}, %"))
    for name, found in result.get("distances", {}).items():
        for split, d in found.items():
            print(f"\nto {split}, {d['generated']} sounds to {d['real']} real ones, embedding {name}")
            for measure in MEASURES:
                print(f"  {measure:9} {distance_line(d, measure)}")
    for split, classes in result.get("likeness", {}).items():
        console.print(
            likeness_table(classes, f"\nHow far each trait is from {split}, W1 over IQR, as many of train behind")
        )
    memory = result.get("memorisation", {})
    for space in ("embedding", "log_mel") if memory else ():
        share = memory[space]["share"]
        print(
            f"\n{space}: {share['value']:.1%} [{share['low']:.1%}, {share['high']:.1%}] of the sounds are nearer to "
            f"train than 99 % of {memory['strangers']}{stood_in(memory['strangers'])}; nearest pairs:"
        )
        for pair in memory[space]["pairs"][:5]:
            print(f"  {pair['distance']:.3f}  {pair['generated']}  {pair['train']}")


def stood_in(strangers: str) -> str:
    """What is to be known where there was no split `unseen`."""
    return ", which stands in for unseen and is nearer to train than that" if strangers == "test" else ""


def distance_line(d: dict[str, Any], measure: str) -> str:
    """A measure with its interval, the same of as many sounds of train, and its floor at the sizes of that."""
    found, (low, high), sizes = d[measure], d[f"floor_{measure}_interval"], "{} to {}".format(*d["floor_sizes"])
    train = f", as many of train {d[f'train_{measure}']:.2f}" if f"train_{measure}" in d else ""
    return (
        f"{found['value']:.2f} [{found['low']:.2f}, {found['high']:.2f}]{train}; {sizes}: "
        f"{d[f'{measure}_beside_floor']:.2f}, real against real {d[f'floor_{measure}']:.2f} [{low:.2f}, {high:.2f}]"
    )


def likeness_table(classes: dict[str, Any], title: str) -> Table:
    """A row per class: the mean over its traits, then each; behind a slash the same of sounds of train."""
    traits = list(dict.fromkeys(trait for found in classes.values() for trait in found["traits"]))
    table = Table(title=title, box=None, pad_edge=False)
    table.add_column("class")
    for name in ("mean", *(trait.rpartition("_")[0].replace("_", " ") for trait in traits)):
        table.add_column(name, justify="right")
    for name, found in classes.items():
        cells = [found["traits"].get(trait) for trait in traits]
        table.add_row(
            name, beside(found["mean"], found["floor"]),
            *(beside(cell["value"], cell["floor"]) if cell else "" for cell in cells),
        )  # fmt: skip
    return table


def beside(value: float, floor: float | None) -> str:
    """0.61/0.42."""
    return f"{value:.2f}" + ("" if floor is None else f"/{floor:.2f}")


def share_of(found: dict[str, Any], who: str) -> str:
    """87% [70, 95], or nothing where nobody could say."""
    if found.get(who) is None:
        return ""
    low, high = found[f"{who}_interval"]
    return f"{found[who]:.0%} [{100 * low:.0f}, {100 * high:.0f}]"


def confusion_table(rows: dict[str, dict[str, int]], title: str) -> Table:
    """A confusion matrix: a row per class asked for, a column per class heard, shares in per cent."""
    columns = list(next(iter(rows.values())))
    table = Table(title=title, box=None, pad_edge=False)
    table.add_column("asked")
    for name in columns:
        table.add_column(name[:4] + name[-1] if "_" in name else name[:5], justify="right", min_width=3)
    for name, counts in rows.items():
        total = sum(counts.values())
        table.add_row(name, *(f"{100 * counts[c] / total:.0f}" if counts[c] else "·" for c in columns))
    return table
