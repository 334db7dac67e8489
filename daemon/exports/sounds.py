"""The Sounds of a kit for samplers and DAWs, and what a full hit of each pad is heard as.

What a kit has made is taken from its files; what they lack is rendered anew from the recipe, or from the controls.
"""

import itertools
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from ...sampler.controls import Value
from ...sampler.errors import Error
from ...sampler.resolve import Reader
from ...sampler.sound import PEAK, Sound, load_sound
from ..audio.voicing import Voicing
from ..effects import Rack
from ..kits.library import Kit, PadKit, in_order
from ..pads.board import Board
from ..pads.pad import Pad
from ..reading.sources import Sources

log = logging.getLogger("driftkit")


def as_played(sound: Sound, values: Mapping[str, Value], rack: Rack) -> tuple[np.ndarray, float]:
    """A hit at full velocity: float32 (1 or 2, n) at the Sound's rate, and the factor by which it was lowered to fit.

    Effects, pitch, decay, gain and pan, in the order in which the instrument plays them, but without the limiter of
    its bus: what would be louder than a file holds is lowered as a whole.
    """
    wet = rack.apply(sound.samples, sound.rate_hz, str(values.get("effects") or ""))
    voicing = Voicing.of(values)
    frames = voicing.samples(wet, sound.rate_hz, sound.rate_hz)
    left, right = voicing.gains(1.0)
    samples = frames.T * np.float32(left) if left == right else np.stack([frames[:, 0] * left, frames[:, -1] * right])
    peak = float(np.abs(samples).max()) if samples.size else 0.0
    factor = PEAK / peak if peak > PEAK and peak > float(np.abs(sound.samples).max()) else 1.0
    return np.ascontiguousarray(samples * np.float32(factor), np.float32), factor


def sounds(kit: Kit, board: Board, sources: Sources, model: Callable[[], Any]) -> Iterator[tuple[Pad, Sound]]:
    """The pads of a kit in their order, with their Sounds; `model` is asked for only where something is to be rendered.

    Raises `Error` where a Sound neither lies in its file nor can be rendered.
    """
    held: dict[str, np.ndarray] = {}
    for number in itertools.chain(*in_order(kit.pads)):
        entry = kit.pads[number]
        board.replace(number, entry.values)
        sound = saved(entry, sources, model) or rendered(number, entry, board, model(), sources.reader(held))
        held[f"pad:{number}"] = sound.samples
        pad = board.pad(number)
        pad.take(sound)
        yield pad, sound


def saved(entry: PadKit, sources: Sources, model: Callable[[], Any]) -> Sound | None:
    """The Sound of a pad from the file that its kit names, where that holds a recipe as the entry asks for."""
    if not entry.file:
        return None
    try:
        sound = load_sound(sources.allowed(entry.file))
    except Error:
        return None
    return sound if entry.takes(sound.hit, "" if entry.hit else model().tag) else None


def rendered(number: int, entry: PadKit, board: Board, model: Any, read: Reader) -> Sound:
    """The Sound of a pad made anew, from its recipe where the kit holds one."""
    hit, strange = board.snapshot(number)
    if entry.hit:
        hit = entry.hit
        if hit.model != model.tag:
            log.warning("pad %d: its sound was made by %s; %s makes another one of it", number, hit.model, model.tag)
            hit = hit.replace(classes={name: weight for name, weight in hit.classes.items() if name in board.controls})
    board.remark(strange, model.spec.name)
    try:
        (sound,) = model.render_resolved([model.resolve(hit, read)])
    except Error as reason:
        raise Error(f"pad {number}: {reason}") from None
    assert isinstance(sound, Sound)
    return sound
