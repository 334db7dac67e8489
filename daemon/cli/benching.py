"""bench: measuring this machine."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...sampler.errors import Error
from .options import json_option, model_options
from .rendering import writable


@click.command("bench", short_help="Measure speed and memory on this machine.")
@click.option(
    "--audio", default=None, help="Part of the name of the device to play on, or none.  [default: the system's]"
)
@click.option(
    "--soak",
    "minutes",
    type=float,
    default=0.0,
    help="Also play for so many minutes, first idle, then while pads render.",
)
@click.option(
    "--page",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Also write bench.md, bench.json and bench.png there.",
)
@click.option(
    "--busy", type=click.IntRange(0, 256), default=0, help="Run so many programs that only compute beside all of it."
)
@model_options
@json_option
def bench(
    model: str, device: str, audio: str | None, minutes: float, folder: Path | None, busy: int, as_json: bool
) -> None:
    """The model beside the network of CRASH, the daemon from start to sixteen pads, and live playing where it can."""
    from ..bench import page
    from ..bench.everything import SILENT, measure

    if minutes and audio == SILENT:
        raise Error("--soak plays, and --audio none cannot; leave one of them out")
    if folder:  # minutes of measuring shall not be lost
        writable(folder, "--page")
        page.free(folder)
        page.drawing()
    result = measure(model, device, audio, minutes, busy)
    if folder:
        page.write(result, folder)
    if as_json:
        print(json.dumps(result))
        return
    flat = [["what", "value"], *page.ratios(result), *page.others([result])]
    for rows in (page.networks(result["networks"]), flat):
        table = Table(*rows[0], box=None, pad_edge=False)
        for row in rows[1:]:
            table.add_row(*map(Text, row))
        Console().print(table, "")
