"""The table of formats: what `driftkit export --format` offers, and what each can say of a pad."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from ...sampler.errors import Error
from . import bitwig, decentsampler, drumrack, hydrogen, sfz, strudel
from .kit import Kit

LEVELS = ("gain_db", "pan")


@dataclass(frozen=True)
class Format:
    """write: puts what belongs to a kit beside its samples, into the folder where they lie, and returns what it was,
    what a user opens first. carries: the player controls that it says itself; all others are in the samples.
    """

    about: str
    write: Callable[[Kit, Path], list[Path]]
    carries: tuple[str, ...] = LEVELS
    arrange: Callable[[Kit], Kit] = lambda kit: kit
    adds: bool = False  # to a folder that may hold other files
    most: int = 0  # sounds of a pad that it takes; 0 for any number
    package: str = ""  # and the extra that brings it, without which it cannot be written
    extra: str = ""

    def permit(self, layers: int, turns: int) -> None:
        """`Error`, before anything is rendered, for what cannot be written."""
        if self.most and layers * turns > self.most:
            raise Error(
                f"--layers {layers} and --round-robin {turns} make {layers * turns} sounds of a pad; "
                f"this format takes {self.most} at most; give fewer"
            )
        if self.package and not find_spec(self.package):
            raise Error(f'this format needs the extra {self.extra} of driftkit; pip install "driftkit[{self.extra}]"')


def loose(kit: Kit) -> Kit:
    """Every file by itself, in no folder of its own."""
    return kit.filed({take: PurePosixPath(take.file.name) for take in kit.takes})


FORMATS = {
    "folder": Format(
        "WAVs alone, for any sampler", lambda kit, folder: [], carries=(), arrange=loose, adds=True
    ),
    "sfz": Format("SFZ: sfizz, sforzando, Renoise, Bitwig and others", sfz.write),
    "decentsampler": Format("Decent Sampler", decentsampler.write),
    "hydrogen": Format("Hydrogen, an .h2drumkit", hydrogen.write, arrange=loose, most=hydrogen.LAYERS),
    "drumrack": Format(
        "Ableton Live 12.1 and later, a Drum Rack (experimental)", drumrack.write, most=1,
        package="ableton_device_creator", extra="ableton",
    ),
    "bitwig": Format("Bitwig's Sampler, a .multisample", bitwig.write, carries=LEVELS[:1], arrange=loose),
    "strudel": Format(
        "Tidal's SuperDirt and Strudel, a folder per short name", strudel.write, carries=(),
        arrange=strudel.arrange,
    ),
}  # fmt: skip
