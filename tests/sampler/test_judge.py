"""The judge: its front end against the formula, its promises, and its ear on real drums."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from driftkit.sampler.errors import Error
from driftkit.sampler.training.config import CLASSES, RATE_HZ
from driftkit.sampler.training.data import fade
from driftkit.sampler.training.judge import (
    CYMBALS,
    FFT,
    LENGTH,
    MELS,
    Judge,
    mel_filters,
    three_way,
    train_judge,
)
from driftkit.sampler.training.labels import label
from driftkit.sampler.wav import read_sound

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "weights" / "judge" / "judge.safetensors"
DRUMS = ROOT.parent / "shared" / "drums"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.load(WEIGHTS)


def test_the_filters_are_the_triangles_of_the_htk_formula() -> None:
    def mel(hz: float) -> float:  # the natural form: 1127 ln = 2595 log10
        return 1127.01048 * math.log(1 + hz / 700)

    corners = [mel(20) + i * (mel(22050) - mel(20)) / 65 for i in range(66)]
    hz = [700 * (math.exp(corner / 1127.01048) - 1) for corner in corners]
    bins = np.arange(513) * 44100 / 1024
    expected = np.stack([np.interp(bins, hz[i : i + 3], [0, 1, 0]) for i in range(64)])
    assert np.abs(mel_filters().numpy() - expected).max() < 2e-5
    assert abs(mel(1000) - 1000) < 0.1


def test_the_filters_share_out_each_bin_and_none_is_empty() -> None:
    filters = mel_filters()
    middles = filters.argmax(1)
    assert torch.allclose(filters[:, middles[0] + 1 : middles[-1]].sum(0), torch.ones(1), atol=1e-5)
    assert (filters.amax(1) > 0.2).all()


@pytest.mark.parametrize("bin_", [12, 50, 200, 400])
def test_a_sine_lights_the_band_of_its_pitch(bin_: int) -> None:
    sine = torch.sin(2 * torch.pi * bin_ / FFT * torch.arange(LENGTH))
    picture = Judge().features(sine[None])
    assert picture.shape == (1, MELS, 128)
    assert picture[0, :, 64].argmax() == mel_filters()[:, bin_].argmax()


def test_silence_is_the_floor() -> None:
    assert torch.allclose(Judge().features(torch.zeros(1, 100)), torch.tensor(1e-5).log())


def test_probabilities_sum_to_one_whatever_the_length(judge: Judge) -> None:
    for length in (1, 5000, LENGTH, 44100):
        sounds = torch.randn(3, length, generator=torch.Generator().manual_seed(0))
        found = judge.probabilities(sounds)[:, : CLASSES.index("electronic")]  # which is another question
        assert torch.allclose(found.sum(1), torch.ones(3), atol=1e-6)
        assert judge.embedding(sounds).shape == (3, 128)


def test_gain_and_sign_change_nothing(judge: Judge) -> None:
    decay = torch.exp(-torch.arange(LENGTH) / 5000)
    sounds = torch.randn(4, LENGTH, generator=torch.Generator().manual_seed(1)) * decay
    expected = judge.probabilities(sounds)
    for gain in (0.25, 0.003, 30.0, -1.0):
        assert torch.allclose(judge.probabilities(gain * sounds), expected, atol=1e-4)


def test_a_sound_is_judged_alike_alone_and_in_company(judge: Judge) -> None:
    sounds = torch.randn(70, LENGTH, generator=torch.Generator().manual_seed(2))
    assert torch.allclose(judge.embedding(sounds)[[3, 69]], judge.embedding(sounds[[3, 69]]), atol=1e-4)


def test_three_way_gathers_the_cymbals_and_leaves_the_rest_out() -> None:
    groups = three_way(torch.eye(len(CLASSES)))
    for name, row in zip(CLASSES, groups):
        column = {"kick": 0, "snare": 1, "cymbal": 2}.get("cymbal" if name in CYMBALS else name)
        expected = torch.zeros(3) if column is None else F.one_hot(torch.tensor(column), 3).float()
        assert torch.equal(row, expected), name


def test_real_drums_are_heard_rightly(judge: Judge) -> None:
    """60 sounds that the judge was not trained on, 20 of each group, at least 80 % right."""
    if not DRUMS.is_dir():
        pytest.skip("the collection of real drums is not beside the checkout (../shared/drums)")
    with (DRUMS / "MANIFEST.csv").open(newline="") as file:
        rows = [
            (row["path"], label(row["class"], row["path"], row["source"]).name)
            for row in csv.DictReader(file)
            if row["split"] == "test"
        ]
    right = 0
    for group, members in enumerate((("kick",), ("snare",), CYMBALS)):
        paths = [path for path, name in rows if name in members]
        for path in paths[:: len(paths) // 20][:20]:
            sound = torch.from_numpy(read_sound(DRUMS / path, 44100).mean(0))[:LENGTH]
            sound = F.pad(sound, (0, LENGTH - len(sound))) * fade(LENGTH)
            right += int(three_way(judge.probabilities(sound[None])).argmax() == group)
    assert right >= 48


def test_the_card_tells_what_the_weights_are() -> None:
    card = json.loads(WEIGHTS.with_suffix(".json").read_text())
    assert (tuple(card["classes"]), card["length"], card["rate_hz"]) == (CLASSES, LENGTH, RATE_HZ)
    assert card["test"]["three_way"] > 0.9 and card["unseen"]["three_way"] > 0.9
    assert WEIGHTS.stat().st_size < 2_000_000


def test_training_writes_what_load_reads(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    split = np.array(["train"] * 22 + ["test"] * 11 + ["unseen"] * 11)
    sounds = random.integers(-9000, 9000, (44, 44100)).astype(np.int16)
    np.savez(tmp_path / "pack.npz", sounds=sounds, labels=np.arange(44) % 11, split=split)
    said: list[str] = []
    card = train_judge(tmp_path / "pack.npz", tmp_path / "out", samples=16, batch=8, say=said.append)
    assert card["samples"] == 16 and json.loads((tmp_path / "out" / "judge.json").read_text()) == card
    assert [line.split()[1] for line in said] == ["test", "unseen"]
    assert Judge.load(tmp_path / "out" / "judge.safetensors").embedding(torch.zeros(1, 9)).isfinite().all()


def test_what_is_no_judge_is_a_sentence(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    (tmp_path / "text.safetensors").write_text("hello")
    save_file({"x": torch.zeros(1)}, tmp_path / "other.safetensors")
    save_file({"neck.weight": torch.zeros(1)}, tmp_path / "shape.safetensors")
    for name in ("text", "other", "shape", "nothing"):
        with pytest.raises(Error, match=f"{name}.safetensors .*train one with train_judge"):
            Judge.load(tmp_path / f"{name}.safetensors")
