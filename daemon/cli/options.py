"""Flags made from the table of controls, and what commands share."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ...sampler.compiled import COMPUTES_ON
from ...sampler.controls import Control
from ...sampler.errors import Error
from ...sampler.hit import table
from ...sampler.spec import Spec, find_model, read_spec
from ..pads.surfaces import controls, shown, span

Function = TypeVar("Function", bound=Callable[..., Any])
SOURCES = ("task", "source_a", "source_b")  # said by the command and its arguments


class PortOrNone(click.ParamType):
    """A port, or the word none."""

    name = "port|none"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        """The number, or None."""
        return None if value in (None, "none") else click.IntRange(0, 65535).convert(value, param, ctx)


class Origin(click.ParamType):
    """The origin of web pages: a scheme and a host, perhaps with a port."""

    name = "origin"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """In small letters, without a slash at its end."""
        if not re.fullmatch(r"https?://[^/?#@\s*]+/?", str(value), re.IGNORECASE):
            self.fail(f"{value} is not where a page comes from; it must be like https://strudel.cc", param, ctx)
        return str(value).lower().rstrip("/")


def asked_model() -> str:
    """The value of --model, needed before click parses: the model's classes are flags too."""
    for i, word in enumerate(sys.argv):
        if word == "--model" and i + 1 < len(sys.argv):
            return sys.argv[i + 1]
        if word.startswith("--model="):
            return word.partition("=")[2]
    return "default"


def asked_spec() -> Spec | None:
    """The spec of that model, or None where it cannot be read (the command itself will say so)."""
    try:
        return read_spec(find_model(asked_model()))
    except Error:
        return None


def model_fault() -> str:
    """What is wrong with that model, or nothing: without it, the flags of its classes are not known."""
    try:
        read_spec(find_model(asked_model()))
    except Error as reason:
        return str(reason)
    return ""


def render_rows() -> dict[str, Control]:
    """The rows that are flags of the rendering commands."""
    spec = asked_spec()
    known = controls(spec) if spec else table(())
    return {name: row for name, row in known.items() if row.render and name not in SOURCES}


def render_options(function: Function) -> Function:
    """One flag per render control; values are checked by the table, so the sentences are the same everywhere."""
    for name, row in reversed(render_rows().items()):
        default = f"; default {shown(row.default)}" if row.default not in (None, "") else ""
        help_text = f"{row.doc} [{span(row)}{default}]"
        flag = f"--{name.replace('_', '-')}"
        function = click.option(flag, name, metavar=row.kind.upper(), default=None, help=help_text)(function)
    return function


def model_options(function: Function) -> Function:
    """--model and --device, everywhere."""
    device = click.option(
        "--device", default="auto", show_default=True, help="auto (the faster of cpu and cuda), cpu, cuda or mps."
    )
    model = click.option("--model", default="default", show_default=True, help="A model by name or folder.")
    return model(device(function))


def engine_option(default: str | None) -> Callable[[Function], Function]:
    """--engine, for commands that render; None stands for what the recipe says."""
    unless = "" if default else "  [default: what the recipe says]"
    return click.option(
        "--engine", type=click.Choice(["auto", "torch", *COMPUTES_ON]), default=default,
        show_default=bool(default), help="What computes the network: torch; openvino on the CPU (driftkit[fast]), or "
        "cuda_graph on an NVIDIA GPU, in float32 or in bfloat16 (which differs by some 40 dB less than the sound is "
        "loud); or auto: the quickest of these that the device has and that agrees with torch, else "
        f"torch.{unless}",
    )  # fmt: skip


def json_option(function: Function) -> Function:
    """--json: one object per line on stdout."""
    flag = click.option("--json", "as_json", is_flag=True, help="One JSON object per line on stdout, for scripts.")
    return flag(function)


OUT = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default="this folder",
    help="Where the WAVs go.",
)  # fmt: skip

PLUGINS = click.option(
    "--plugins", type=click.Path(path_type=Path, file_okay=False), multiple=True,
    help="A folder that effect plugins (VST3, Audio Unit) may be loaded from; repeatable.  [default: none]",
)  # fmt: skip

DEPTH = click.option(
    "--depth", type=click.Choice(["16", "24", "float"]), default="24", show_default=True, help="Bits of the WAVs."
)

SKIP_BAD = click.option(
    "--skip-bad",
    is_flag=True,
    help="Go on without the sounds of --data that cannot be learnt from: broken, silent, ...",
)
