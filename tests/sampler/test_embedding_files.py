"""An embedding of the user's, from a file: what it hears, at its rate, and what is none."""

import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.packs import N

from driftkit.sampler.errors import Error
from driftkit.sampler.training.embeddings import embed, load_embedding


class Loudness(torch.nn.Module):
    """RMS of four quarters, and the samples there are."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        rms = x.reshape(x.shape[0], 4, -1).square().mean(2).sqrt()
        return torch.cat([rms, torch.full_like(rms[:, :1], x.shape[1])], dim=1)


class Bad(torch.nn.Module):
    """Gives what no embedding gives."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x[:, :, None]


def saved(module: torch.nn.Module, path: Path, rate: str = "") -> Path:
    """A module as an exported program, with fixed shapes."""
    program = torch.export.export(module, (torch.zeros(16, 16384),))
    torch.export.save(program, path, extra_files={"rate_hz": rate} if rate else None)
    return path


def test_an_embedding_from_a_file_is_what_the_module_says_at_its_rate(tmp_path: Path):
    ear = load_embedding(saved(Loudness(), tmp_path / "loud.pt2", "22050"))
    tone = 0.3 * torch.sin(2 * torch.pi * 440 * torch.arange(N) / 44100).repeat(19, 1)
    found = embed(ear, tone)
    assert ear.rate_hz == 22050 and ear.name == "loud.pt2" and found.shape == (19, 5)
    assert found[:, 4] == pytest.approx(N / 2) and found[:, :4] == pytest.approx(0.3 / np.sqrt(2), rel=0.01)
    assert load_embedding(tmp_path / "loud.pt2", 16000).rate_hz == 16000


@pytest.mark.filterwarnings("ignore:.*torch.jit:DeprecationWarning")
def test_a_torchscript_file_is_an_embedding_too(tmp_path: Path):
    scripted = torch.jit.trace(Loudness(), torch.zeros(2, 44100))
    torch.jit.save(scripted, tmp_path / "loud.pt")
    ear = load_embedding(tmp_path / "loud.pt")
    assert ear.rate_hz == 44100 and embed(ear, torch.ones(3, N)).tolist() == [[1, 1, 1, 1, N]] * 3


@pytest.mark.filterwarnings("ignore:.*torch.jit:DeprecationWarning")
def test_the_files_that_the_docs_write_for_vggish_hear_frames_and_bands(tmp_path: Path):
    """Its front end, with the mean over time in the place of VGGish: each tone in the band of its pitch."""
    place = Path(__file__).parents[2] / "research" / "embeddings.py"
    spec = importlib.util.spec_from_file_location("embeddings", place)
    assert spec and spec.loader
    page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(page)

    class Mean(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x.mean(2)[:, 0]

    page.save(page.Vggish(Mean()), str(tmp_path / "vggish.pt"))
    ear = load_embedding(tmp_path / "vggish.pt")
    hz = torch.tensor([300.0, 1000.0, 5000.0])
    found = embed(ear, 0.5 * torch.sin(2 * torch.pi * hz[:, None] * torch.arange(N) / 44100))
    low, high = 1127 * math.log1p(125 / 700), 1127 * math.log1p(7500 / 700)
    bands = [round((1127 * math.log1p(float(f) / 700) - low) / (high - low) * 65 - 1) for f in hz]
    assert ear.rate_hz == 16_000 and found.shape == (3, 64)
    assert np.abs(found.argmax(1) - bands).max() <= 1
    silence = embed(ear, torch.zeros(1, N))
    np.testing.assert_allclose(silence, math.log(0.01), atol=1e-5)


def test_what_is_no_embedding_is_a_sentence(tmp_path: Path):
    (tmp_path / "text.pt").write_text("hello")
    with pytest.raises(Error, match=r"text.pt cannot be loaded .* torch.export.save"):
        load_embedding(tmp_path / "text.pt")
    with pytest.raises(Error, match=r"none.pt is not there"):
        load_embedding(tmp_path / "none.pt")
    with pytest.raises(Error, match=r"rate_hz 'fast'; it must be a whole number"):
        load_embedding(saved(Loudness(), tmp_path / "a.pt2", "fast"))
    with pytest.raises(Error, match=r"bad.pt2 gave \(16, 16384, 1\) for 16 sounds; it must give \(16, D\)"):
        embed(load_embedding(saved(Bad(), tmp_path / "bad.pt2", "22050")), torch.zeros(2, N))
    with pytest.raises(Error, match=r"wrong.pt2 failed on sounds"):
        embed(load_embedding(saved(Loudness(), tmp_path / "wrong.pt2")), torch.zeros(2, N))
