"""The recipe inside a WAV, which anybody may have written: a Hit comes out, or one sentence."""

import json
from pathlib import Path

import numpy as np
import pytest

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.sound import Sound, read_recipe
from driftkit.sampler.wav import write_wav

SOUND = Sound(np.zeros((1, 8), np.float32), 44100, Hit(kick=1, seed=7), "kick", 0.75, scale=0.5, engine="openvino_bf16")


def changed(folder: Path, text: str = "", **changes: object) -> Path:
    """A WAV whose recipe is that of SOUND with some values changed, or the text."""
    text = text or json.dumps(json.loads(SOUND.recipe) | changes)
    write_wav(folder / "a.wav", SOUND.samples, 44100, name="", recipe=text, note=36, software="")
    return folder / "a.wav"


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert read_recipe(changed(tmp_path)) == (SOUND.hit, 0.5, "kick", 0.75, "openvino_bf16")
    assert read_recipe(changed(tmp_path, label="", confidence=0, engine="torch")) == (SOUND.hit, 0.5, "", 0.0, "torch")


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"hit": {"self": 1, "seed": -5}}, "seed is -5"),  # self: the name of a class like any other
        ({"hit": {"self": "x"}}, "self is 'x'; it must be"),
        ({"hit": [1]}, "its hit is not a table of controls"),
        ({"hit": {"classes": [1]}}, "its classes or its scale"),
        ({"scale": 10**400}, "carries no recipe"),
        ({"scale": float("inf")}, "its classes or its scale"),
        ({"scale": float("nan")}, "its classes or its scale"),
        ({"confidence": 10**400}, "carries no recipe"),
        ({"confidence": float("nan")}, "its label or its confidence"),
        ({"confidence": -float("inf")}, "its label or its confidence"),
        ({"confidence": 7}, "its label or its confidence"),
        ({"label": ["kick"]}, "its label or its confidence"),
        ({"label": "../kick"}, "its label or its confidence"),
        ({"engine": "rm -rf"}, "its engine makes no sense"),
        ({"engine": None}, "its engine makes no sense"),
        ({"text": "[" * 20_000}, "carries no recipe"),
    ],
    ids=lambda x: str(x)[:30],
)
def test_what_makes_no_sense_is_told(tmp_path: Path, changes: dict, words: str) -> None:
    with pytest.raises(Error, match=words):
        read_recipe(changed(tmp_path, **changes))
