"""The Sound: what a model answers with, and the recipe that brings it back."""

import json
import math
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from .errors import Error
from .files import SOFTWARE, appearing, by_driftkit, source_name, write_source
from .hit import CLASS_NAME, Hit
from .resolve import Resolved, fades_of
from .spec import Spec
from .wav import read_sound, read_wav_info, wav, write_wav

PEAK = 0.98  # a louder sound is scaled down as a whole, and the recipe says by how much
RECIPE_VERSION = 1
RATE_HZ = 44100  # of every model so far


@dataclass(frozen=True, eq=False)
class Sound:
    """float32 samples (channels, N) at rate_hz, the resolved Hit they came from, and what it sounds like."""

    samples: np.ndarray
    rate_hz: int
    hit: Hit
    label: str = ""
    confidence: float = 0.0
    took_s: float = 0.0
    scale: float = 1.0
    sources: dict[str, np.ndarray] = field(default_factory=dict)  # by SHA-256, as the hit names them
    engine: str = "torch"  # that computed the network (`sampler.engines`): others round otherwise

    @cached_property
    def stamp(self) -> str:
        """Eight digits that differ where the samples do: by them a client knows a sound that it has fetched."""
        return f"{zlib.crc32(self.samples.tobytes()):08x}"

    @property
    def recipe(self) -> str:
        """One line of JSON from which `recall` renders the sound again."""
        return self.recipe_as({})

    def recipe_as(self, played: Mapping[str, Any]) -> str:
        """The recipe for a file in which the sound is not itself, but as a pad played it: with what controls."""
        told = {
            "driftkit": RECIPE_VERSION, "version": version(), "engine": self.engine, "hit": self.hit.as_dict(),
            "scale": self.scale, "label": self.label, "confidence": round(self.confidence, 4),
        }  # fmt: skip
        return json.dumps(told | ({"played": dict(played)} if played else {}))

    def save(self, path: str | Path, *, name: str = "", note: int = 36, depth: str = "24") -> None:
        """Write a WAV with the recipe inside, and its sources beside it as `sources/HASH.wav`, where they are not yet.

        From these `driftkit recall` renders it again. note is the MIDI root note; depth is 16, 24 or float. Files
        appear whole; `Error` where they cannot be written. A sound of driftkit's at that place is replaced, any other
        file is an `Error`.
        """
        path = Path(path)
        if os.path.lexists(path) and not by_driftkit(path) and not (path.is_file() and not path.stat().st_size):
            raise Error(f"{path} is there already, and driftkit did not write it; choose another name, or move it away")
        try:
            for hash_, samples in self.sources.items():
                kept = path.parent / "sources" / source_name(hash_)
                if not kept.exists():
                    with appearing(kept) as staged:
                        write_source(staged, samples, self.rate_hz)
            with appearing(path) as staged:
                self.write(staged, name=name, note=note, depth=depth)
        except OSError as reason:
            raise Error(f"the sound {path} cannot be written: {reason.strerror or reason}") from None

    def write(self, path: Path, *, name: str = "", note: int = 36, depth: str = "24") -> None:
        """The WAV of `save` alone, for who stages files and keeps sources elsewhere."""
        write_wav(path, self.samples, self.rate_hz, **self._said(name, note), depth=depth)

    def wav(self, *, name: str = "", note: int = 36, depth: str = "24") -> bytes:
        """The bytes of that WAV, for who sends it instead."""
        return wav(self.samples, self.rate_hz, **self._said(name, note), depth=depth)

    def _said(self, name: str, note: int) -> dict[str, Any]:
        """What stands in the WAV beside its samples."""
        software = f"{SOFTWARE} {version()}"
        return {"name": name or self.label or "hit", "recipe": self.recipe, "note": note, "software": software}


def gain(length: int, fades: tuple[int, int]) -> np.ndarray:
    """What rises from 0 and falls to it over so many samples of N, in half a period of a cosine, and is 1 between."""
    found = np.ones(length, np.float32)
    for count, part in zip(fades, (found, found[::-1])):
        part[:count] *= (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(count, 1))).astype(np.float32)
    return found


def sounds_of(
    items: Sequence[Resolved], samples: np.ndarray, heard: np.ndarray | None, spec: Spec, engine: str
) -> list[Sound]:
    """Sounds of resolved hits that travelled the same way, from samples (B, channels, N), which are written over.

    heard: log-probabilities (B, classes), where there is a classifier. `Error` where samples are not finite. A GPU
    makes thousands a second, so what can be done for all of them at once is.
    """
    samples *= gain(samples.shape[-1], fades_of(items[0].hit, spec))
    peaks = np.maximum(samples.max((1, 2)), -samples.min((1, 2)))
    made = []
    for row, item in enumerate(items):
        peak = float(peaks[row])
        if not np.isfinite(peak):
            raise Error(f"the model {spec.name} gave samples that are not finite at seed {item.hit.seed}")
        # a source that comes back is not the solver's; at full scale it stays as it is, bit for bit
        given = peak <= 1 and any(np.array_equal(samples[row], source) for source in item.sources.values())
        scale = 1.0 if given else min(1.0, PEAK / max(peak, 1e-9))
        own = samples[row] * np.float32(scale) if scale < 1 else samples[row].copy()
        label, confidence = "", 0.0
        if heard is not None:
            best = int(heard[row].argmax())
            label, confidence = spec.classes[best], float(np.exp(heard[row, best]))
        about = (spec.rate_hz, item.hit, label, confidence, 0.0, scale)
        made.append(Sound(own, *about, dict(item.sources), engine))
    return made


def version() -> str:
    """The version of driftkit, as every recipe carries it."""
    from . import __version__

    return __version__


def snr_db(sound: np.ndarray, back: np.ndarray) -> float:
    """How much of a sound came back, in dB: its power over that of the difference."""
    wanted, lost = (float(np.square(x, dtype=np.float64).sum()) for x in (sound, back - sound))
    return 10 * math.log10(max(wanted, 1e-30) / max(lost, 1e-30))


def load_sound(path: Path) -> Sound:
    """The Sound in a WAV that driftkit wrote, samples as they are in the file; `Error` where they are not its own."""
    if _recipe(path).get("played"):
        raise Error(f"{path} holds a sound as a pad played it; `driftkit recall` renders the sound itself")
    hit, scale, label, confidence, engine = read_recipe(path)
    return Sound(read_sound(path, RATE_HZ), RATE_HZ, hit, label, confidence, 0.0, scale, engine=engine)


def read_recipe(path: Path) -> tuple[Hit, float, str, float, str]:
    """Resolved Hit, scale, label, confidence and engine from inside a WAV; `Error` where there are none.

    The file is not trusted: every value is checked.
    """
    recipe = _recipe(path)
    try:
        values, scale = recipe["hit"], float(recipe.get("scale", 1.0))
        label, confidence = recipe.get("label", ""), float(recipe.get("confidence", 0.0))
        engine = recipe.get("engine", "torch")
    except (ValueError, KeyError, TypeError, OverflowError):
        raise _no_recipe(path) from None
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise Error(f"the recipe in {path} is damaged: its hit is not a table of controls")
    if not isinstance(values.get("classes", {}), dict) or not 0 < scale <= 1:
        raise Error(f"the recipe in {path} is damaged: its classes or its scale make no sense")
    if not isinstance(label, str) or not CLASS_NAME.fullmatch(label or "none") or not 0 <= confidence <= 1:
        raise Error(f"the recipe in {path} is damaged: its label or its confidence makes no sense")
    if not isinstance(engine, str) or not CLASS_NAME.fullmatch(engine):
        raise Error(f"the recipe in {path} is damaged: its engine makes no sense")
    return Hit(**values), scale, label, confidence, engine


def _recipe(path: Path) -> dict[str, Any]:
    """The recipe inside a WAV as it stands there."""
    text = read_wav_info(path).get("ICMT", "")
    try:
        recipe: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise _no_recipe(path) from None
    if not isinstance(recipe, dict) or recipe.get("driftkit") != RECIPE_VERSION:
        raise _no_recipe(path)
    return recipe


def _no_recipe(path: Path) -> Error:
    return Error(f"{path} carries no recipe of driftkit; recall needs a WAV that driftkit wrote")
