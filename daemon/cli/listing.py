"""models, controls, presets, doctor: what there is, and what works here."""

import json
import platform
import socket
import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...sampler.errors import Error, brings
from ...sampler.home import NOWHERE
from ...sampler.spec import find_model, list_models, read_spec
from ..audio.devices import outputs, portaudio, quiet
from ..inputs.ports import family
from ..kits.library import Library
from ..pads.surfaces import controls as controls_of
from ..pads.surfaces import describe, kit_schema, markdown, shown
from .options import PortOrNone, json_option, model_options
from .serving import default_out

NARROWEST = 30  # columns


def tell(rows: list[dict[str, Any]], columns: tuple[str, ...], as_json: bool) -> None:
    """Rows as JSON lines on stdout, or as a table for people."""
    if as_json:
        for row in rows:
            print(json.dumps(row, default=str))
        return
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        words = ("yes" if row[c] is True else "no" if row[c] is False else shown(row[c]) for c in columns)
        table.add_row(*map(Text, words))  # what stands in brackets is no markup
    console = Console()
    console.width = max(console.width, NARROWEST)  # below, the terminal breaks lines with more sense
    console.print(table)


@click.command("models", short_help="List the installed models.")
@json_option
def models(as_json: bool) -> None:
    """The models that --model knows by name."""
    rows: list[dict[str, Any]] = []
    for name, folder in list_models().items():
        try:
            spec = read_spec(folder)
        except Error as reason:  # the others are listed all the same
            rows.append({"name": name, "classes": str(reason), "folder": str(folder)})
            continue
        size = sum(file.stat().st_size for file in folder.glob("*.safetensors"))
        rows.append(
            {
                "name": name,
                "length_ms": round(spec.length_ms, 1),
                "channels": spec.channels,
                "steps": spec.steps,
                "mb": round(size / 1e6, 1),
                "classes": ", ".join(spec.classes),
                "folder": str(folder),
            }
        )
    columns = ("name", "length_ms", "channels", "steps", "mb", "classes")
    tell([dict.fromkeys(columns, "") | row for row in rows], columns, as_json)


@click.command("controls", short_help="List every control: range, default, CC, OSC address.")
@click.option("--model", default="default", show_default=True, help="The model whose classes are controls.")
@click.option("--markdown", "as_markdown", is_flag=True, help="As docs/controls.md.")
@click.option("--typescript", "as_typescript", is_flag=True, help="As panel/src/generated.ts, with OSC's commands.")
@json_option
def controls(model: str, as_markdown: bool, as_typescript: bool, as_json: bool) -> None:
    """The one table from which OSC, command line, presets and docs are made."""
    if as_typescript:
        from ..inputs.web.typescript import typescript

        print(typescript(), end="")
        return
    known = controls_of(read_spec(find_model(model)))
    if as_markdown:
        print(markdown(known), end="")
        return
    tell(describe(known), ("row", "name", "range", "default", "cc", "doc"), as_json)


@click.command("presets", short_help="List the kits, or check a kit file.")
@click.option("--model", default="default", show_default=True, help="The model whose classes are controls.")
@click.option("--schema", is_flag=True, help="The JSON schema of a kit, for editors.")
@click.option("--check", "file", type=click.Path(path_type=Path), help="Check a kit file and say what is wrong.")
@json_option
def presets(model: str, schema: bool, file: Path | None, as_json: bool) -> None:
    """The kits of the user and the shipped ones."""
    from ..kits.library import read_kit

    known = controls_of(read_spec(find_model(model)))
    if schema:
        print(json.dumps(kit_schema(known), indent=1))
        return
    if file:
        kit = read_kit(file, known)
        tell([{"name": kit.name, "pads": len(kit.pads), "file": str(file)}], ("name", "pads", "file"), as_json)
        return
    rows = [
        {"name": name, "pads": kit.pads, "shipped": kit.shipped, "about": kit.wrong or kit.about, "file": str(kit.file)}
        for name, kit in Library(known).heads().items()
    ]
    tell(rows, ("name", "pads", "shipped", "about"), as_json)


@click.command("doctor", short_help="Say what works on this machine.")
@click.option("--osc-port", type=click.IntRange(0, 65535), default=9001, show_default=True, help="The port to try.")
@click.option("--http-port", type=PortOrNone(), default="9010", show_default=True, help="The port to try, or none.")
@click.option("--bind", default="127.0.0.1", show_default=True, help="The address to try the ports on.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="The folder to try.")
@model_options
@json_option
def doctor(
    osc_port: int, http_port: int | None, bind: str, out: Path | None, model: str, device: str, as_json: bool
) -> None:
    """Try the model, the device, the ports and the folders, and say what to do about what fails."""
    rows: list[dict[str, Any]] = [{"what": "python", "works": True, "says": platform.python_version()}]

    failed = []

    def check(what: str, probe: Any, needed: bool = True) -> None:
        try:
            rows.append({"what": what, "works": True, "says": probe()})
        except (Error, OSError) as reason:
            rows.append({"what": what, "works": False, "says": str(reason)})
            if needed:
                failed.append(what)

    check("model", lambda: _try_model(model, device))
    check("audio", _try_audio, needed=False)  # a machine without sound or MIDI still plays
    check("midi", _try_midi, needed=False)
    check("effects", _try_effects, needed=False)
    check("osc port", lambda: _try_port(bind, osc_port, socket.SOCK_DGRAM, "--osc-port"))
    if http_port is not None:
        check("http port", lambda: _try_port(bind, http_port, socket.SOCK_STREAM, "--http-port"))
    check("folder", lambda: _try_folder(out or default_out()))
    check("presets", _try_presets, needed=False)
    tell(rows, ("what", "works", "says"), as_json)
    if failed:
        raise click.exceptions.Exit(2)


def _try_model(name: str, device: str) -> str:
    from ...sampler.engines import ENGINES
    from ...sampler.hit import Hit
    from ...sampler.model import load

    model, folder = load(name, device, "auto"), find_model(name)
    ruled, why = model.engine, f" ({model.why})" if model.why else ""
    took: dict[str, str] = {}
    for engine in ("auto", *ENGINES):
        with suppress(Error):  # it cannot be had here
            model.settle(folder, engine)
            model.render(Hit(seed=0, steps=1))
            took[model.engine] = f"{model.render(Hit(seed=0)).took_s * 1000:.0f} ms"
    hits = ", ".join(f"{engine.partition(',')[0]} {ms}" for engine, ms in took.items())
    return f"{model.tag} on {model.device}, by {ruled}{why}; a hit just now: {hits}"


def _try_audio() -> str:
    with quiet():
        found = outputs(portaudio(), pairs=32)
    if not found:
        raise Error("this machine has no audio output; driftkit plays nothing, and renders all the same")
    notes = [["default"] * device.default + [f"{device.channels} outputs"] * (device.channels > 2) for device in found]
    return ", ".join(
        f"{device.name} ({', '.join(said)})" if said else device.name for device, said in zip(found, notes)
    )


def _try_port(bind: str, port: int, kind: socket.SocketKind, flag: str) -> str:
    with socket.socket(family(bind), kind) as probe:
        if kind == socket.SOCK_STREAM and sys.platform != "win32":  # as the server: one just left is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as reason:
            why = f"port {port} of {bind} cannot be had ({reason.strerror})"
            raise Error(f"{why}; a driftkit may be running: use {flag}, or another --bind") from None
        return f"{port} is free"


def _try_midi() -> str:
    from ..inputs.midi.ports import inputs

    found = inputs()
    return f"inputs: {', '.join(found)}" if found else "works; nothing is plugged in now"


def _try_effects() -> str:
    try:
        return f"pedalboard {import_module('pedalboard').__version__}"
    except ImportError:
        raise Error(f"pedalboard is not installed; {brings('effects')} brings it; without, pads are dry") from None


def _try_folder(folder: Path) -> str:
    try:
        present = next(p for p in (folder, *folder.parents) if p.exists())
        with tempfile.TemporaryFile(dir=present):
            return f"{folder} can be written"
    except OSError as reason:
        raise Error(f"the folder {folder} cannot be written: {reason.strerror}; give another with --out") from None


def _try_presets() -> str:
    library = Library(controls_of(read_spec(find_model("default"))))
    if library.user.is_relative_to(NOWHERE):
        raise Error(f"{len(library.list())} kits, and yours cannot be kept: there is no home folder; set HOME")
    return f"{len(library.list())} kits; yours in {library.user}"
