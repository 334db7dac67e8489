"""Tiny Audio Diffusion's network: the numbers of the public one from the same weights, and its place in a model."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from rig import tiny
from torch import Tensor

from driftkit.sampler.denoisers import from_v
from driftkit.sampler.grids import grid
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model, load
from driftkit.sampler.networks.tiny import TinyUNet
from driftkit.sampler.published import tiny_names
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.solvers import SOLVERS, trajectory
from driftkit.sampler.spec import Spec
from driftkit.sampler.store import write_model
from driftkit.sampler.wav import read_sound

V = SCHEDULES["v"]
START = 1e7  # the noise level that stands for t = 1, where it is infinite


def off(ours: Tensor, theirs: np.ndarray) -> float:
    """The largest difference, in units of the largest number."""
    wanted = torch.from_numpy(theirs)
    return ((ours - wanted).abs().max() / wanted.abs().max()).item()


@pytest.mark.parametrize("size", ["small", "full"])
def test_network_and_sampler_give_the_published_numbers(size):
    recorded = np.load(tiny.GOLDEN / f"tiny_{size}.npz")
    network = tiny.filled(TinyUNet(**tiny.SHAPE) if size == "small" else TinyUNet())
    x, steps = torch.from_numpy(recorded["x"]), int(recorded["vsampler_steps"])
    with torch.no_grad():
        v = network(x, V.sigma(torch.from_numpy(recorded["t"])))
        levels = grid(V, "uniform", START, V.s(1 / steps), steps)
        *_, (y, _) = trajectory(from_v(network, V), x * math.hypot(1, levels[0].s), levels, SOLVERS["ddim"])
    print(f"{size}: v {off(v, recorded['v']):.1e}, vsampler_out {off(y, recorded['vsampler_out']):.1e}")
    assert off(v, recorded["v"]) < 1e-4
    assert off(y, recorded["vsampler_out"]) < 1e-4


def test_every_parameter_of_the_published_network_has_its_place():
    shapes = json.loads((tiny.GOLDEN / "tiny_state_dict_shapes.json").read_text())
    with torch.device("meta"):
        network = TinyUNet()
    names = tiny_names(network)
    ours = {names[own]: list(tensor.shape) for own, tensor in network.state_dict().items()}
    twice = {"blocks.1.blocks.0.0.weight", "blocks.1.blocks.0.0.bias"}
    assert ours == {name: shape for name, shape in shapes.items() if name not in twice}
    assert round(sum(p.numel() for p in network.parameters()) / 1e6, 2) == 31.57


def test_what_does_not_fit_is_refused_with_a_sentence():
    sigma = torch.tensor([0.5])
    with pytest.raises(ValueError, match="has 60 samples; it must be a multiple of 8"):
        TinyUNet(**tiny.SHAPE)(torch.zeros(1, 2, 60), sigma)
    with pytest.raises(ValueError, match="there are 2 widths, 3 factors, 3 items and 3 attentions"):
        TinyUNet(**tiny.SHAPE | {"widths": [8, 16]})
    with pytest.raises(ValueError, match=r"widths is \[8, 12, 32\]; each must be a multiple of 8"):
        TinyUNet(**tiny.SHAPE | {"widths": [8, 12, 32]})


def test_a_frugal_network_has_the_same_gradients():
    network = tiny.filled(TinyUNet(**tiny.SHAPE))
    x, sigma = torch.from_numpy(tiny.SMALL["x"]), torch.tensor([0.3, 0.9])
    found = {}
    for network.frugal in (False, True):
        network.zero_grad()
        network(x, sigma).square().mean().backward()
        found[network.frugal] = [p.grad.clone() for p in network.parameters() if p.grad is not None]
    assert len(found[True]) == len(list(network.parameters()))
    torch.testing.assert_close(found[True], found[False])


# -- a small one in a model: everything between a model.json and a sound in stereo -----------------------


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("models") / "small"
    spec = Spec("small", {"kind": "tiny", **tiny.SHAPE}, None, "v", (), channels=2, length=tiny.LENGTH, steps=4)
    write_model(folder, spec, tiny.filled(TinyUNet(**tiny.SHAPE)), None, torch.float32)
    return load(str(folder), "cpu")


def test_the_network_is_told_sigma_and_answers_with_v_at_every_sigma(model):
    x = torch.from_numpy(tiny.SMALL["x"])
    assert off(model.network(x, V.sigma(torch.from_numpy(tiny.SMALL["t"]))), tiny.SMALL["v"]) < 1e-4
    assert bool(model.network(x, torch.tensor([0.0, 1.0])).isfinite().all())


def two_sides(seed: int) -> np.ndarray:
    """Samples (2, N) whose sides have nothing in common."""
    sides = np.random.default_rng(seed).normal(0, 0.1, (2, tiny.LENGTH)).astype(np.float32)
    return sides * np.float32([[1], [0.25]])


@pytest.mark.parametrize("task", ["generate", "vary", "inpaint", "interpolate", "reshape"])
def test_every_task_is_in_stereo(model, task):
    sources = {"a": two_sides(1), "b": two_sides(2)}
    hit = Hit(task=task, source_a="a", source_b="b", inpaint_start_ms=2, variation=0.2, seed=5)
    sound, again = model.render(hit, sources), model.render_batch([hit, Hit(seed=1)], sources)[0]
    assert sound.samples.shape == (2, tiny.LENGTH) and np.isfinite(sound.samples).all()
    assert np.abs(sound.samples[0] - sound.samples[1]).max() > 1e-3
    np.testing.assert_allclose(again.samples, sound.samples, atol=1e-5)


def test_each_side_keeps_its_place(model):
    """What is kept of a source is kept on its own side, and the latent of a sound leads back to both."""
    a, b = two_sides(1), two_sides(2)
    kept = model.render(Hit(task="inpaint", source_a="a", inpaint_start_ms=3, seed=5), {"a": a})
    np.testing.assert_array_equal(kept.samples[:, :132], a[:, :132] * np.float32(kept.scale))
    assert np.array_equal(model.render(Hit(task="vary", source_a="a", variation=0), {"a": a}).samples, a)
    ends = [model.render(Hit(task="interpolate", source_a="a", source_b="b", interpolation=way), {"a": a, "b": b})
            for way in (0, 1)]  # fmt: skip
    assert np.array_equal(ends[0].samples, a) and np.array_equal(ends[1].samples, b)


def test_a_mono_source_is_on_both_sides_and_a_wav_has_two_channels(model, tmp_path: Path):
    mono = two_sides(3)[:1]
    same = model.render(Hit(task="vary", source_a="mono", variation=0), {"mono": mono})
    assert np.array_equal(same.samples, np.repeat(mono, 2, axis=0))
    sound = model.render(Hit(seed=2))
    sound.save(tmp_path / "sound.wav", depth="float")
    np.testing.assert_array_equal(read_sound(tmp_path / "sound.wav", 44100), sound.samples)
