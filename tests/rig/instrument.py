"""The instrument without inputs, wired as the daemon wires it, for tests that ask its parts directly."""

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from driftkit.daemon.instrument import Instrument, assemble
from driftkit.daemon.kits.library import Library
from driftkit.daemon.pads.board import Board
from driftkit.daemon.pads.surfaces import controls
from driftkit.daemon.reading.sources import Sources
from driftkit.daemon.rendering.engine import Steps
from driftkit.daemon.sinks.folder import Folder
from driftkit.daemon.state import Prepare
from driftkit.sampler.sound import Sound
from driftkit.sampler.spec import Spec, find_model, read_spec


def silence(prepared: Sequence[Any]) -> Generator[float, None, list[Sound]]:
    """Steps that render silence, of hits that nothing resolved."""
    yield 1.0
    return [Sound(np.zeros((1, 64), np.float32), 44100, hit.replace(seed=max(hit.seed, 0))) for hit in prepared]


def instrument(
    home: Path, spec: Spec | None = None, prepare: Prepare = lambda hit, read: hit, tag: str = "none@0",
    steps: Steps = silence, **others: Any,
) -> Instrument:  # fmt: skip
    """One with its folder below `home`, of the default model's controls unless a spec is given."""
    board = Board(controls(spec or read_spec(find_model("default"))))
    folder = Folder(home / "out")
    folder.prepare()
    library = Library(board.controls, home / "presets")
    return assemble(board, folder, Sources(folder, [home], library.sources), library, prepare, tag, steps, **others)
