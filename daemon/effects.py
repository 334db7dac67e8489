"""A pad's chain of effects: what may be in it, and how a Sound goes through it on its way to be heard.

Effects belong to the player, as gain and pan do: the Sound, its recipe and its files stay dry. They are
those of pedalboard (the extra `effects`) and plugin files below folders that the
user allows, since a plugin is code. Without pedalboard everything is heard dry, which is said once.
"""

import importlib
import json
import logging
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from ..sampler.controls import TEXT_MAX, Control, did_you_mean, shown
from ..sampler.errors import Error, brings
from .reading.roots import Roots
from .reading.texts import read_yaml

MOST = 8  # effects in a chain
OPENED_MAX = 4 * MOST  # brackets in the text of a chain
TAIL_S = 3.0  # how long an effect may ring after the sound
SILENCE = 1e-4  # -80 dB: below it a tail has ended
SAID = 100  # sentences that are said once
FADE_S = 0.05  # of a tail that has not ended by then
FILES = (".vst3", ".component")
log = logging.getLogger("driftkit")


def _rows(**ranges: tuple[float, float, float]) -> dict[str, Control]:
    """Parameters from lowest, highest and default value."""
    return {
        name: Control(name=name, kind="float", lo=lo, hi=hi, default=default, doc="")
        for name, (lo, hi, default) in ranges.items()
    }


_SHELF = _rows(cutoff_frequency_hz=(20, 20000, 440), gain_db=(-24, 24, 0), q=(0.1, 10, 0.7071))
_LEVELS = {"attack_ms": (0.1, 500, 1), "release_ms": (1, 2000, 100)}
_SWEEP = {"rate_hz": (0.01, 20, 1), "feedback": (0, 0.95, 0), "mix": (0, 1, 0.5)}
EFFECTS: dict[str, tuple[str, dict[str, Control]]] = {
    "bitcrush": ("Bitcrush", _rows(bit_depth=(1, 24, 8))),
    "chorus": ("Chorus", _rows(**_SWEEP, depth=(0, 1, 0.25), centre_delay_ms=(1, 50, 7))),
    "clipping": ("Clipping", _rows(threshold_db=(-60, 0, -6))),
    "compressor": ("Compressor", _rows(threshold_db=(-60, 0, 0), ratio=(1, 50, 1), **_LEVELS)),
    "delay": ("Delay", _rows(delay_seconds=(0, 2, 0.5), feedback=(0, 0.95, 0), mix=(0, 1, 0.5))),
    "distortion": ("Distortion", _rows(drive_db=(0, 60, 25))),
    "gain": ("Gain", _rows(gain_db=(-60, 24, 0))),
    "high_shelf": ("HighShelfFilter", _SHELF),
    "highpass": ("HighpassFilter", _rows(cutoff_frequency_hz=(20, 20000, 50))),
    "limiter": ("Limiter", _rows(threshold_db=(-60, 0, -10), release_ms=(1, 2000, 100))),
    "low_shelf": ("LowShelfFilter", _SHELF),
    "lowpass": ("LowpassFilter", _rows(cutoff_frequency_hz=(20, 20000, 5000))),
    "noise_gate": ("NoiseGate", _rows(threshold_db=(-100, 0, -100), ratio=(1, 50, 10), **_LEVELS)),
    "peak": ("PeakFilter", _SHELF),
    "phaser": ("Phaser", _rows(**_SWEEP, depth=(0, 1, 0.5), centre_frequency_hz=(50, 10000, 1300))),
    "pitch_shift": ("PitchShift", _rows(semitones=(-24, 24, 0))),
    "reverb": (
        "Reverb",
        _rows(
            room_size=(0, 1, 0.5), damping=(0, 1, 0.5), width=(0, 1, 1), wet_level=(0, 1, 0.33), dry_level=(0, 1, 0.4)
        ),
    ),
}  # fmt: skip


def parse(value: Any) -> str:
    """A chain as one line of JSON, from YAML or JSON text or from lists and tables; `Error` says what is wrong."""
    chain = _plain(value) if isinstance(value, str) else value
    chain = [chain] if isinstance(chain, dict | str) and chain else chain or []
    if not isinstance(chain, list) or len(chain) > MOST:
        raise Error(f"effects is {shown(value)}; it must be a list of at most {MOST} effects, as [{{plugin: reverb}}]")
    return json.dumps([_checked(item) for item in chain], ensure_ascii=False) if chain else ""


def _plain(text: str) -> Any:
    try:
        return read_yaml(text, "effects", TEXT_MAX, OPENED_MAX)[0]
    except Error as reason:
        raise Error(f"effects is {shown(text)}; it must be YAML or JSON, as [{{plugin: reverb}}] ({reason})") from None


def _checked(item: Any) -> dict[str, Any]:
    """One effect with its values in range."""
    item = {"plugin": item} if isinstance(item, str) else item
    if not isinstance(item, dict) or not isinstance(item.get("plugin"), str):
        raise Error(f"effects holds {shown(item)}; each effect must be a table with the key plugin")
    name = item["plugin"]
    values = {key: value for key, value in item.items() if key != "plugin"}
    if name not in EFFECTS:
        if not name.endswith(FILES):
            ends = " or ".join(FILES)
            raise Error(
                f"effects: {shown(name)} is no effect; {did_you_mean(name, EFFECTS)} (a plugin file ends in {ends})"
            )
        for key, value in values.items():
            if not isinstance(key, str) or not isinstance(value, bool | int | float | str):
                raise Error(f"effects: {shown(key)} of {name} is {shown(value)}; it must be a number or a text")
        return {"plugin": name, **values}
    rows = EFFECTS[name][1]
    for key in values:
        if key not in rows:
            raise Error(f"effects: {shown(key)} is nothing that {name} has; {did_you_mean(str(key), rows)}")
    try:
        return {"plugin": name, **{key: rows[key].check(value) for key, value in values.items()}}
    except Error as reason:
        raise Error(f"effects: {name}: {reason}") from None


class Rack:
    """Applies chains; plugin files are loaded from below `folders` alone. Any thread may call it."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._roots = Roots(folders, "of plugins", "--plugins")
        self._plugins: dict[Path, Any] = {}
        self._said: dict[str, None] = {}
        self._lock = threading.Lock()

    def permit(self, chain: object) -> None:
        """`Error` where a chain names a plugin file that must not be loaded."""
        for item in json.loads(str(chain) or "[]"):
            if item["plugin"] not in EFFECTS:
                self._file(item["plugin"])

    def apply(self, samples: np.ndarray, rate_hz: int, chain: str) -> np.ndarray:
        """float32 samples (channels, N) through a chain as `parse` gives it: (channels, N or more, the tail).

        Never raises: what cannot be done is said once in the log, and the samples come back as they are.
        """
        if not chain:
            return samples
        try:
            with self._lock:
                return self._apply(samples, rate_hz, json.loads(chain))
        except Error as reason:
            sentence = str(reason)
        except Exception as reason:  # a plugin is not our code
            sentence = f"the effects {shown(chain)} failed ({reason})"
        if sentence not in self._said:
            self._said = dict.fromkeys([*list(self._said)[-SAID:], sentence])
            log.warning("%s; the sound is heard without its effects", sentence)
        return samples

    def _apply(self, samples: np.ndarray, rate_hz: int, chain: list[dict[str, Any]]) -> np.ndarray:
        try:
            library = importlib.import_module("pedalboard")
        except ImportError:
            raise Error(f"effects need pedalboard, which is not installed ({brings('effects')})") from None
        board = library.Pedalboard([self._plugin(library, item) for item in chain])
        room = np.zeros((len(samples), round(TAIL_S * rate_hz)), np.float32)
        wet = np.asarray(board(np.hstack([samples.astype(np.float32), room]), rate_hz, reset=True), np.float32)
        if not np.isfinite(wet).all():
            raise Error(f"the effects {shown(json.dumps(chain))} gave values that are not finite")
        fade = round(FADE_S * rate_hz)
        wet[:, -fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
        (loud,) = np.nonzero(np.abs(wet).max(axis=0) > SILENCE)
        return np.ascontiguousarray(wet[:, : max(samples.shape[1], loud[-1] + 1 if len(loud) else 0)])

    def _plugin(self, library: Any, item: dict[str, Any]) -> Any:
        name, values = item["plugin"], {key: value for key, value in item.items() if key != "plugin"}
        if name in EFFECTS:
            kind, rows = EFFECTS[name]
            return getattr(library, kind)(**{key: values.get(key, row.default) for key, row in rows.items()})
        path = self._file(name)
        if path not in self._plugins:
            try:
                self._plugins[path] = library.load_plugin(str(path))
            except (ImportError, ValueError, RuntimeError) as reason:
                raise Error(f"the plugin {path} cannot be loaded ({reason})") from None
        for key, value in values.items():
            if key not in self._plugins[path].parameters:
                near = did_you_mean(key, self._plugins[path].parameters)
                raise Error(f"effects: {key} is no parameter of {path.name}; {near}")
            setattr(self._plugins[path], key, value)
        return self._plugins[path]

    def _file(self, name: str) -> Path:
        path = self._roots.find(name)
        if not path.exists():
            raise Error(f"there is no plugin {path}")
        return path


def apply(samples: np.ndarray, rate_hz: int, chain: str, folders: Iterable[Path] = ()) -> np.ndarray:
    """Samples (channels, N) through a chain once, as `Rack.apply` does."""
    return Rack(folders).apply(samples, rate_hz, chain)
