"""Drums to train on in a second: two classes that a tiny network can tell apart."""

import numpy as np
import pytest
import soundfile

from driftkit.sampler.training.data import pack


@pytest.fixture(scope="session")
def sounds(tmp_path_factory):
    """A folder of two classes that differ in pitch: decaying tones, 24 of each."""
    folder = tmp_path_factory.mktemp("sounds")
    draw = np.random.default_rng(0)
    t = np.arange(2048) / 44100
    for name, hz in (("kick", 150), ("hihat_closed", 8000)):
        (folder / name).mkdir()
        for i in range(24):
            tone = np.sin(2 * np.pi * hz * draw.uniform(0.8, 1.2) * t + draw.uniform(0, 6)) * np.exp(-t * 80)
            soundfile.write(folder / name / f"{i:02d}.wav", 0.9 * tone, 44100)
    return folder


@pytest.fixture(scope="session")
def packed(sounds, tmp_path_factory):
    file = tmp_path_factory.mktemp("pack") / "sounds.npz"
    assert pack(sounds, file) == 48
    return file
