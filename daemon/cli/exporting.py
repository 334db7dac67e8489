"""export: a kit as WAVs."""

import json
import math
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import click

from ...sampler.files import SOFTWARE, appearing, free
from ...sampler.sound import version
from ...sampler.spec import find_model, read_spec
from ...sampler.wav import write_wav
from ..board import Board
from ..effects import Rack
from ..kits.exporting import as_played, sounds
from ..kits.library import Library
from ..sinks.folder import Folder
from ..sources import Sources
from ..surfaces import controls as controls_of
from .options import DEPTH, OUT, PLUGINS, engine_option, json_option, model_options
from .rendering import load, progress, writable
from .serving import default_out


@click.command("export", short_help="Write the sounds of a kit as WAVs, as its pads play them.")
@click.argument("kit")
@click.option("--dry", is_flag=True, help="The Sounds as they were made: no effects, pitch, decay, gain or pan.")
@click.option(
    "--takes", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="The folder that `serve --out` writes, where the kit's Sounds lie.  [default: driftkit in the music folder]",
)  # fmt: skip
@PLUGINS
@DEPTH
@json_option
@engine_option("auto")
@model_options
@OUT
def export(
    kit: str, dry: bool, takes: Path | None, plugins: tuple[Path, ...], depth: str, as_json: bool, engine: str,
    model: str, device: str, out: Path,
) -> None:  # fmt: skip
    """Write the sounds of KIT, a preset by name, as WAVs: what a full hit of each pad sounds like. `last` is the kit
    that the instrument was left with.

    Sounds that the kit has made before are taken from its takes, bit by bit; the others are rendered. Nothing is
    written over: where a name is taken, the file gets a number.
    """
    known = controls_of(read_spec(find_model(model)))
    library, board = Library(known), Board(known)
    opened = library.load(kit)
    writable(out)
    folder, rack = Folder(takes or default_out()), Rack(plugins)
    sources = Sources(folder, [Path(folder.root.anchor)], library.sources)  # the user's own files, any of them

    @cache
    def loaded() -> Any:
        return load(model, device, engine)  # as the instrument would render them

    with progress() as bar:
        task = bar.add_task("exporting", total=len(opened.pads))
        for pad, sound in sounds(opened, board, sources, loaded):
            name = pad.name if pad.values.get("name") or pad.hit().label else sound.label or "hit"
            plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:32] or "hit"
            path = free(out / f"{pad.number:02d}_{plain}.wav")
            factor = 1.0
            with appearing(path) as staged:
                if dry:
                    sound.write(staged, name=name, note=pad.note, depth=depth)
                else:
                    if pad.values.get("effects"):
                        rack.permit(pad.values["effects"])
                    samples, factor = as_played(sound, pad.values, rack)
                    software = f"{SOFTWARE} {version()}"
                    write_wav(
                        staged, samples, sound.rate_hz, name=name, recipe="", note=pad.note, software=software,
                        depth=depth,
                    )  # fmt: skip
            lowered_db = round(-20 * math.log10(factor), 1)
            line = {"path": str(path), "pad": pad.number, "name": name, "note": pad.note, "lowered_db": lowered_db}
            if as_json:
                print(json.dumps(line), flush=True)
            else:
                said = f"  lowered by {lowered_db} dB, which a file cannot hold" if lowered_db else ""
                print(f"{path}  pad {pad.number}  note {pad.note}{said}", file=sys.stderr)
            bar.advance(task)
