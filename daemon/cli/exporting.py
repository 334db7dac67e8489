"""export: a kit as files for other programs."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import click

from ...sampler.errors import Error
from ...sampler.spec import find_model, read_spec
from ..effects import Rack
from ..exports.formats import FORMATS
from ..exports.kit import Kit, licence
from ..exports.layers import layered
from ..exports.making import Voicer, described, written
from ..exports.sounds import sounds
from ..exports.staging import bounded, vacant
from ..kits.library import Library
from ..pads.board import Board
from ..pads.surfaces import controls as controls_of
from ..reading.sources import Sources
from ..sinks.folder import Folder
from .options import DEPTH, PLUGINS, engine_option, json_option, model_options
from .rendering import load, progress, writable
from .serving import default_out

SHIPPED = "default"  # the model whose sounds need no licence


@click.command("export", short_help="Write the sounds of a kit for samplers and other programs.")
@click.argument("kit")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="folder", show_default=True,
    help=f"{'; '.join(f'{name}: {one.about}' for name, one in FORMATS.items())}.",
)  # fmt: skip
@click.option(
    "--layers", type=click.IntRange(1, 8), default=1, show_default=True,
    help="Sounds for soft to hard hits of each pad: variations, the softer ones darker and quieter.",
)  # fmt: skip
@click.option(
    "--round-robin", "turns", type=click.IntRange(1, 16), default=1, show_default=True,
    help="Variations that hits of a pad take in turn.",
)  # fmt: skip
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
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="Where it goes.  [default: this folder; of a format other than folder, a new one named as the kit]",
)  # fmt: skip
def export(
    kit: str, form: str, layers: int, turns: int, dry: bool, takes: Path | None, plugins: tuple[Path, ...], depth: str,
    as_json: bool, engine: str, model: str, device: str, out: Path | None,
) -> None:  # fmt: skip
    """Write the sounds of KIT, a preset by name, for another program: what hits of each pad sound like. `last` is the
    kit that the instrument was left with.

    Sounds that the kit has made before are taken from its takes, bit by bit; the others are rendered. Nothing is
    written over. In a folder of WAVs a file gets a number where its name is taken; all other formats want a folder
    that is empty or not there yet.
    """
    format = FORMATS[form]
    format.permit(layers, turns)
    spec = read_spec(find_model(model))
    known = controls_of(spec)
    library, board = Library(known), Board(known)
    opened = library.load(kit)
    if not opened.pads:
        raise Error(f"the kit {kit} has no pads; there is nothing to export")
    target = out or Path() / ("" if format.adds else kit)
    if not format.adds:
        vacant(target)
    writable(target if format.adds or bounded(target) else target.absolute().parent)
    folder, rack = Folder(takes or default_out()), Rack(plugins)
    sources = Sources(folder, [Path(folder.root.anchor)], library.sources)  # the user's own files, any of them

    @cache
    def loaded() -> Any:
        return load(model, device, engine)  # as the instrument would render them

    stacks = []
    with progress() as bar:
        task = bar.add_task("exporting", total=len(opened.pads))
        for pad, sound in sounds(opened, board, sources, loaded):
            if pad.values.get("effects") and not dry:
                rack.permit(pad.values["effects"])
            several = layers * turns > 1
            stacks.append((pad, layered(sound, loaded(), layers, turns) if several else [[(sound, 0.0)]]))
            bar.advance(task)
    terms = licence(spec.name, find_model(model).parent == find_model(SHIPPED).parent and spec.name == SHIPPED)
    made = described(kit, opened.about, terms, stacks, Voicer(rack, format.carries, dry))
    tell(made, written(made, format, target, depth), form, as_json)


def tell(kit: Kit, files: list[Path], form: str, as_json: bool) -> None:
    """A line per WAV of a folder, or one for a kit of another format."""
    pads = [(pad, take) for pad in kit.pads for take in pad.takes]
    if form != "folder":
        line: dict[str, Any] = {"path": str(files[0]), "format": form, "pads": len(kit.pads), "sounds": len(pads)}
        said = [(line, f"{files[0]}  {len(kit.pads)} pads, {len(pads)} sounds")]
    else:
        said = []
        for file, (pad, take) in zip(files, pads):
            line = {"path": str(file), "pad": pad.number, "name": pad.name, "note": pad.note}
            lowered = f"  lowered by {take.lowered_db} dB, which a file cannot hold" if take.lowered_db else ""
            said.append((line | {"lowered_db": take.lowered_db}, f"{file}  pad {pad.number}  note {pad.note}{lowered}"))
    for line, sentence in said:
        print(json.dumps(line), flush=True) if as_json else print(sentence, file=sys.stderr)
