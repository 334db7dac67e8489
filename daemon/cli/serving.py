"""serve: the daemon."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from ...sampler.errors import Error
from ...sampler.home import home_of
from ..audio.speaker import BLOCK
from ..sinks.folder import KEEP
from .options import DEPTH, PLUGINS, Origin, PortOrNone, engine_option, json_option, model_options


def default_out() -> Path:
    """Where sounds go when nothing is said: a folder among the user's music."""
    return home_of("music") / "driftkit"


@click.command("serve", short_help="Run the instrument: OSC and MIDI in, drum hits out.")
@click.option(
    "--osc-port", type=click.IntRange(0, 65535), default=9001, show_default=True, help="UDP port; 0 picks a free one."
)
@click.option(
    "--http-port", type=PortOrNone(), default="9010", show_default=True,
    help="Port of OSCQuery, over HTTP and WebSocket; 0 picks a free one, none: no HTTP.",
)  # fmt: skip
@click.option(
    "--bind", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 lets the network in."
)
@click.option(
    "--allow-origin", type=Origin(), multiple=True, metavar="ORIGIN",
    help="Web pages that may read the pads' sounds, as https://strudel.cc; repeatable.  [default: none]",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="The folder of live slots and takes.  [default: driftkit in the music folder]",
)  # fmt: skip
@click.option(
    "--samples", type=click.Path(path_type=Path, file_okay=False), multiple=True,
    help="A folder that sources may be read from; repeatable.  [default: the music folder]",
)  # fmt: skip
@PLUGINS
@click.option("--preset", default=None, help="The kit to open.  [default: the last session]")
@click.option("--keep", type=click.IntRange(1, 1_000_000), default=KEEP, show_default=True, help="Takes to keep.")
@DEPTH
@click.option(
    "--audio", default=None, help="Part of the name of the device to play on, or none.  [default: the system's]"
)
@click.option(
    "--outputs", type=click.Choice(["stereo", "pads"]), default="stereo", show_default=True,
    help="pads: each pad on a pair of outputs of its own, as far as the device has them.",
)  # fmt: skip
@click.option(
    "--audio-block", type=click.IntRange(16, 4096), default=BLOCK, show_default=True,
    help="Frames per block of sound: fewer are faster, more are safer.",
)  # fmt: skip
@click.option(
    "--audio-rate", type=click.IntRange(8000, 192_000), default=None,
    help="Rate of the device in Hz.  [default: 44100, or the device's own]",
)  # fmt: skip
@click.option(
    "--midi", metavar="NAME|none", multiple=True,
    help="A MIDI input by a part of its name, repeatable; none: no MIDI.  [default: every input]",
)  # fmt: skip
@click.option("--select-on-play", is_flag=True, help="A MIDI note also selects its pad.")
@model_options
@engine_option("auto")
@json_option
def serve(
    out: Path | None, samples: tuple[Path, ...], audio_rate: int | None, midi: tuple[str, ...], **options: Any
) -> None:
    """Hold the model in memory, keep a kit of 16 pads in OUT/live, and answer OSC and MIDI.

    The first line on stdout, `ready {...}`, tells where everything is; with --json it is the JSON alone.
    """
    from ..serve import Settings
    from ..serve import serve as run

    folder = out or default_out()
    music = (default_out().parent,)
    if "none" in midi and len(midi) > 1:
        raise Error(f"--midi is {' and '.join(midi)}; it must be none alone, or names of inputs")
    inputs = None if midi == ("none",) else midi
    run(Settings(out=folder, samples=samples or music, audio_rate=audio_rate or 0, midi=inputs, **options))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # all is closed and written; to take torch down would take a busy machine seconds
