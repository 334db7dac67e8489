"""Soft and hard hits, and hits in turn: variations of a pad's own Sound, the softer ones darker and quieter.

The hardest layer holds the Sound itself and variations near it. The softer ones are chosen from variations further
away: of twice as many as are needed the darkest are taken, the darkest of these for the softest hits, as on a drum
that is hit softly. Seeds follow from that of the Sound, so the same kit gives the same files.
"""

import math
from typing import Any

import numpy as np

from ...sampler.hit import SEED_DRAWN, Hit
from ...sampler.sound import Sound

NEAR, FAR = 0.3, 0.4  # variation: brightness moves by 0.03 of an octave for kicks, 0.3 for hats; and by twice that
SPARE = 2  # variations rendered for each one that a softer layer needs
SOFTER_DB = 1.5  # from a layer to the next, beside what the velocity does
LEVEL_DB = 6.0  # a variation is brought to the level of its Sound by so much at most
BATCH = 8  # rendered at once
OWN = "own"  # the source, while it has no other name


def layered(sound: Sound, model: Any, layers: int, turns: int) -> list[list[tuple[Sound, float]]]:
    """So many layers from soft to hard of so many Sounds each, with the dB by which each is to be played louder."""
    known = {name: weight for name, weight in sound.hit.classes.items() if name in model.classes}
    hit = Hit(task="vary", source_a=OWN, classes=known, guidance=sound.hit.guidance, variation=NEAR)
    softer = (layers - 1) * turns
    near = [hit] * (turns - 1)
    far = [hit.replace(variation=FAR)] * (softer * SPARE)
    first = sound.hit.seed + 1
    hits = [one.replace(seed=(first + k) % (SEED_DRAWN + 1)) for k, one in enumerate([*near, *far])]
    batches = (hits[k : k + BATCH] for k in range(0, len(hits), BATCH))
    made = [one for batch in batches for one in model.render_batch(batch, {OWN: sound.samples})]
    dark = sorted(made[turns - 1 :], key=lambda one: brightness(one.samples, one.rate_hz))[:softer]
    stacks = [dark[k : k + turns] for k in range(0, softer, turns)] + [[sound, *made[: turns - 1]]]
    level = level_db(sound.samples)
    return [
        [(one, _near(level - level_db(one.samples)) - SOFTER_DB * (layers - 1 - depth)) for one in stack]
        for depth, stack in enumerate(stacks)
    ]


def _near(gain_db: float) -> float:
    return max(-LEVEL_DB, min(LEVEL_DB, gain_db))


def brightness(samples: np.ndarray, rate_hz: int) -> float:
    """The centre of the power spectrum of (C, n), in octaves above 20 Hz."""
    power = np.square(np.abs(np.fft.rfft(samples.mean(0, dtype=np.float64))))
    octaves = np.log2(np.maximum(np.fft.rfftfreq(samples.shape[1], 1 / rate_hz), 20) / 20)
    return float((power * octaves).sum() / max(power.sum(), 1e-30))


def level_db(samples: np.ndarray) -> float:
    """The energy of a sound in dB; of silence, a very low one."""
    return 10 * math.log10(max(float(np.square(samples, dtype=np.float64).sum()), 1e-12))
