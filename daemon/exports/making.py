"""From the Sounds of a kit to files of a format."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...sampler.controls import Value
from ...sampler.files import SOFTWARE, source_name, write_source
from ...sampler.sound import Sound, version
from ...sampler.wav import write_wav
from ..effects import Rack
from ..pads.dirt import short_names
from ..pads.pad import Pad as Held
from .formats import Format
from .kit import Kit, Layer, Pad, Take, chokes, one_line, plain, velocities
from .sounds import as_played
from .staging import add, bounded, place, staged

SHAPES = ("effects", "pitch_semitones", "decay_ms")  # what no format says: it is always in the samples
Stacks = Sequence[Sequence[tuple[Sound, float]]]
"""Layers from soft to hard of Sounds in turn, each with the dB by which it is to be played louder."""


@dataclass(frozen=True)
class Voicer:
    """Makes files of Sounds, as a pad plays them, or dry."""

    rack: Rack
    carries: tuple[str, ...]
    dry: bool = False

    def take(self, sound: Sound, louder_db: float, values: dict[str, Value], file: str) -> Take:
        """A Sound as a file: what the format does not say of its pad is in the samples."""
        heard = (
            {} if self.dry else {name: value for name, value in values.items() if name in (*SHAPES, "gain_db", "pan")}
        )
        level = float(heard.pop("gain_db", 0.0) or 0.0) + louder_db
        inside = {name: value for name, value in heard.items() if value and name not in self.carries}
        left = level if "gain_db" in self.carries else 0.0
        if level and not left:
            inside["gain_db"] = round(level, 3)
        if not inside:
            return Take(PurePosixPath(file), sound, sound.samples, gain_db=left)
        samples, factor = as_played(sound, inside, self.rack)
        lowered = -20 * math.log10(factor)
        played = inside | ({"lowered_db": round(lowered, 3)} if lowered else {})
        back = lowered if "gain_db" in self.carries else 0.0
        return Take(PurePosixPath(file), sound, samples, played, left + back, round(lowered, 1))


def described(name: str, about: str, licence: str, pads: Iterable[tuple[Held, Stacks]], voicer: Voicer) -> Kit:
    """The kit, with its sounds as they will lie in their files."""
    given = sorted(pads, key=lambda pair: pair[0].number)
    groups = {pad.number: pad.values.get("choke") for pad, _ in given}
    choke = chokes(groups, {pad.number: pad.note for pad, _ in given})  # type: ignore[arg-type]
    shorts = {pad.number: short for short, found in short_names(pad for pad, _ in given).items() for pad in found}
    return Kit(
        name,
        about,
        licence,
        tuple(one_pad(pad, stacks, choke[pad.number], shorts[pad.number], voicer) for pad, stacks in given),
    )


def one_pad(pad: Held, stacks: Stacks, choke: int, short: str, voicer: Voicer) -> Pad:
    """A pad of the kit."""
    spoken = name_of(pad, stacks[-1][0][0])
    stem = f"samples/{pad.number:02d}_{plain(spoken) or 'hit'}"
    layers = []
    for depth, ((low, high), stack) in enumerate(zip(velocities(len(stacks)), stacks), 1):
        takes = []
        for turn, (sound, louder_db) in enumerate(stack, 1):
            parts = [f"v{depth}"] * (len(stacks) > 1) + [f"r{turn}"] * (len(stack) > 1)
            takes.append(voicer.take(sound, louder_db, pad.values, "_".join([stem, *parts]) + ".wav"))
        layers.append(Layer(low, high, tuple(takes)))
    pan = 0.0 if voicer.dry or "pan" not in voicer.carries else float(pad.values.get("pan") or 0.0)
    curve = str(pad.values.get("velocity_curve") or "square")
    return Pad(pad.number, spoken, short, pad.note, choke, pan, curve, tuple(layers))


def name_of(pad: Held, sound: Sound) -> str:
    """What a pad is called: its name, the class that it is made of, or what it sounds like."""
    return pad.name if pad.values.get("name") or pad.hit().label else sound.label or "hit"


def written(kit: Kit, format: Format, folder: Path, depth: str) -> list[Path]:
    """Write a kit, whole or not at all; the files, or of a format that has one, what a user opens."""
    kit = format.arrange(kit)
    with staged(folder, format.adds or bounded(folder)) as stage:
        files = [Path(take.file) for take in kit.takes]
        for pad in kit.pads:
            for take in pad.takes:
                (stage / take.file).parent.mkdir(exist_ok=True)
                write_wav(
                    stage / take.file, take.samples, take.sound.rate_hz, name=one_line(pad.name), note=pad.note,
                    recipe=take.sound.recipe_as(take.played), software=f"{SOFTWARE} {version()}", depth=depth,
                    licence=kit.licence,
                )  # fmt: skip
        kept = sources(kit, stage)
        documents = format.write(kit, stage)
        if format.adds:
            return add(stage, folder, [*files, *kept])
        (stage / "LICENCE.txt").write_text(kit.licence + "\n", encoding="utf-8")
        place(stage, folder)
        return [folder / document for document in documents]


def sources(kit: Kit, stage: Path) -> list[Path]:
    """What variations were made of, as `recall` looks for it."""
    there = {
        hash_: (samples, take.sound.rate_hz) for take in kit.takes for hash_, samples in take.sound.sources.items()
    }
    for hash_, (samples, rate_hz) in there.items():
        (stage / "sources").mkdir(exist_ok=True)
        write_source(stage / "sources" / source_name(hash_), samples, rate_hz)
    return [Path("sources", source_name(hash_)) for hash_ in there]
