"""Drums to train on in a second, of two classes that a tiny network can tell apart; a small model with its graph."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from rig.models import models, small_model

from driftkit.sampler import engines
from driftkit.sampler.engines import example
from driftkit.sampler.graphs import write_graph
from driftkit.sampler.model import load
from driftkit.sampler.spec import read_spec
from driftkit.sampler.store import write_model
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


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model of kicks and snares, 512 samples long, with its graph."""
    found = small_model(tmp_path_factory.mktemp("home"), "small", ("kick", "snare"), 512, steps=3)
    model = load(str(found))
    torch.nn.init.normal_(model.module.unet.leave.weight, std=0.3, generator=torch.Generator().manual_seed(1))
    write_model(found, model.spec, model.module, None, torch.float16)
    assert read_spec(found).classifier
    model = load(str(found))
    write_graph(model.module, found, example(model.spec, True))
    return found


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy of it, for a test of its own."""
    return Path(shutil.copytree(written, models(tmp_path) / written.name))


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine of one core."""
    monkeypatch.setattr(engines, "threads", lambda: 1)
