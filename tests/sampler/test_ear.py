"""The ear: its loss against the formula, its promises, and that it hears what the judge does not."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.packs import drums, packed

from driftkit.sampler.errors import Error
from driftkit.sampler.spec import SHIPPED
from driftkit.sampler.training.ear import (
    EMBEDDING,
    LENGTH,
    TRIES,
    Draw,
    Ear,
    coloured,
    contrast,
    edges,
    train_ear,
)
from driftkit.sampler.training.ear import views as two_views
from driftkit.sampler.training.embeddings import embed
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.metrics import frechet

WEIGHTS = SHIPPED / "ear" / "ear.safetensors"
T = torch.arange(LENGTH) / 44100


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear.load(WEIGHTS)


def kicks(n: int) -> torch.Tensor:
    """n clean falling sines (n, N) with nothing above."""
    draw = torch.Generator().manual_seed(0)
    hz, tau = 45 + 25 * torch.rand(n, 1, generator=draw), 0.05 + 0.15 * torch.rand(n, 1, generator=draw)
    return torch.sin(2 * torch.pi * (hz * T + 2 * (1 - torch.exp(-T / 0.02)))) * torch.exp(-T / tau)


def test_the_contrast_of_views_that_agree_and_others_at_right_angles_is_that_of_the_formula():
    rows = torch.eye(6)
    expected = math.log(math.exp(1 / 0.5) + 10) - 1 / 0.5  # ten others at cosine 0
    assert contrast(rows, 7 * rows, 0.5) == pytest.approx(expected)
    assert contrast(rows, rows.roll(1, 0), 0.5) == pytest.approx(math.log(math.exp(1 / 0.5) + 10), rel=1e-5)


def test_filters_do_what_their_numbers_say():
    sines = torch.stack([torch.sin(2 * torch.pi * hz * T[: 44100 // 10 * 9]) for hz in (100, 1000, 10_000)])
    level = lambda x: 20 * (x[:, 5000:30_000].square().mean(1).sqrt() * math.sqrt(2)).log10()  # noqa: E731
    assert level(coloured(sines, torch.full((3, 6), -6.0))) == pytest.approx([-6] * 3, abs=0.01)
    steep = level(edges(sines, torch.full((3, 1), 1000.0), torch.full((3, 1), 5000.0)))
    assert steep == pytest.approx([-80, -3, -24], abs=0.3)  # 24 dB an octave, 3 dB at the edge


def test_views_are_of_the_same_sounds_in_the_same_order():
    sounds = drums(6, 1)
    first, second = two_views(sounds, Draw(torch.Generator().manual_seed(0)))
    assert first.shape == second.shape == (TRIES * 6, 32768) and not torch.equal(first, second)
    like = lambda a, b: torch.fft.irfft(torch.fft.rfft(a) * torch.fft.rfft(b).conj()).abs().amax()  # noqa: E731
    own = torch.stack([like(first[i], second[i]) / first[i].norm() / second[i].norm() for i in range(6)])
    others = torch.stack([like(first[i], second[i - 1]) / first[i].norm() / second[i - 1].norm() for i in range(6)])
    assert own.median() > 2 * others.median()


def test_embeddings_are_the_same_whatever_the_gain(ear: Ear):
    sounds = kicks(5)
    found = ear.embedding(sounds)
    assert found.shape == (5, EMBEDDING)
    torch.testing.assert_close(ear.embedding(-0.01 * sounds), found, atol=1e-2, rtol=0)


def test_a_mat_of_noise_is_heard(ear: Ear):
    """A hiss above 8 kHz under clean kicks moves them away from others, and the judge is deaf to it."""
    clean = kicks(60)
    hiss = edges(
        torch.randn(60, LENGTH, generator=torch.Generator().manual_seed(1)),
        torch.full((60, 1), 8000.0),
        1e6 * torch.ones(60, 1),
    )
    half, other = clean[:30], clean[30:]
    real = embed(ear, half)
    levels = [frechet(embed(ear, other + 10 ** (db / 20) * hiss[30:]), real) for db in (-200, -74, -66)]
    assert levels == sorted(levels) and levels[2] > 2 * levels[0]
    judge = Judge.load(SHIPPED / "judge" / "judge.safetensors")
    deaf = [frechet(embed(judge, other + 10 ** (db / 20) * hiss[30:]), embed(judge, half)) for db in (-200, -66)]
    assert levels[2] / levels[0] > 2 * deaf[1] / deaf[0]


def test_the_weights_are_small_and_say_what_they_are():
    about = json.loads(WEIGHTS.with_suffix(".json").read_text())
    assert (about["length"], about["rate_hz"]) == (LENGTH, 44100) and about["samples"] > 10_000
    assert WEIGHTS.stat().st_size < 1_000_000


def test_training_is_the_same_again_and_lowers_the_loss(tmp_path: Path):
    pack, said = packed(tmp_path), []
    first = train_ear(pack, tmp_path / "a", samples=40, batch=8, say=said.append)
    train_ear(pack, tmp_path / "b", samples=40, batch=8)
    one, two = (Ear.load(tmp_path / name / "ear.safetensors") for name in "ab")
    assert all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), two.state_dict().values()))
    assert first["loss"] < math.log(2 * TRIES * 8 - 1)  # what guessing costs
    assert json.loads((tmp_path / "a" / "ear.json").read_text()) == first


def test_what_is_no_ear_is_a_sentence(tmp_path: Path):
    (tmp_path / "text.safetensors").write_text("hello")
    with pytest.raises(Error, match=r"the ear .*text.safetensors cannot be read .*train one with train_ear"):
        Ear.load(tmp_path / "text.safetensors")
    with pytest.raises(Error, match=r"judge.safetensors .*train one with train_ear"):
        Ear.load(SHIPPED / "judge" / "judge.safetensors")
    assert np.isfinite(embed(Ear(), torch.zeros(2, 100))).all()
