"""CRASH's training: the weights and densities by other formulas, Alg. 1 itself, and a model that renders."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import load
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.crash import NoisyHearing, ScoreMatching
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.export import export
from driftkit.sampler.training.noise_levels import WEIGHTINGS, NoiseLevels, t_of_s
from driftkit.sampler.training.target import held_out_batch
from driftkit.sampler.training.targets import TrainConfig, load_config
from driftkit.sampler.training.train import train
from driftkit.sampler.training.unet import Denoising

SIZES = {
    "length": 2000, "crash_enter": 8, "crash_widths": (12, 16), "crash_factors": (2, 5), "crash_level": (4, 8, 16),
    "crash_classifier_widths": (8, 8, 8, 12, 12), "crash_classifier_factors": (4, 5, 4, 5, 5),
}  # fmt: skip
SMALL = TrainConfig(
    **SIZES, batch=8, warmup=5, samples=8 * 60, learning_rate=3e-3, precision="float32", evaluate_every=0
)
NAMES = ("vp_cos", "subvp_cos", "subvp_1_1_cos", "subvp_1_2_cos", "vp_exp", "vp_sigmoid", "ve")
T = torch.linspace(0.03, 0.97, 41, dtype=torch.float64)


def levels(schedule="vp_cos", t_sampling="uniform", weighting="sigma2"):
    return NoiseLevels(TrainConfig(schedule=schedule), t_sampling, weighting)


@pytest.mark.parametrize("name", NAMES)
def test_likelihood_weighting_is_the_slope_of_the_log_signal_to_noise_ratio(name):
    """g^2 / sigma^2 = -d log SNR / dt, SNR = m^2 / sigma^2, here by central differences."""
    schedule, h = SCHEDULES[name], 1e-6
    log_snr = [2 * (schedule.m(t).log() - schedule.sigma(t).log()) for t in (T - h, T + h)]
    torch.testing.assert_close(
        levels(name, weighting="g2").weight(T), (log_snr[0] - log_snr[1]) / (2 * h), rtol=1e-5, atol=1e-6
    )


@pytest.mark.parametrize("name", NAMES)
def test_min_snr_is_the_clean_sounds_error_times_the_lesser_of_snr_and_5(name):
    """Hang et al. weigh |x_theta - x_0|^2 by min(SNR, 5); x_theta - x_0 = -(sigma / m) (eps_theta - eps)."""
    schedule = SCHEDULES[name]
    expected = [
        min((schedule.m(t) / schedule.sigma(t)) ** 2, 5.0) * (schedule.sigma(t) / schedule.m(t)) ** 2
        for t in T.tolist()
    ]
    weight = levels(name, weighting="min_snr").weight(T)
    np.testing.assert_allclose(weight.numpy(), expected, rtol=1e-9)
    assert weight.min() < 0.9 < 1 - 1e-9 < weight.max() < 1 + 1e-9


@pytest.mark.parametrize("weighting, lambda_", [("sigma2", "sigma2"), ("g2", "g2")])
def test_the_loss_is_equation_8_on_the_score(packed, weighting, lambda_):
    """lambda |s_theta - grad log p(x_t | x_0)|^2, the score by autograd of the Gaussian's log density."""

    class Constant(nn.Module):
        def forward(self, x, sigma):
            return 0.3 * torch.tanh(x) + sigma[:, None, None]

    corpus = Corpus.load(packed, "train", 2000, torch.device("cpu"))
    config = load_config(None, **vars_of(SMALL, weighting=weighting, schedule="subvp_cos"))
    objective = ScoreMatching(config, corpus)
    objective.network = Constant()
    x, soft = held_out_batch(corpus, 8)
    m, sigma, _, eps = drawn = objective.draw(soft, torch.Generator().manual_seed(5))
    t = objective.levels.draw(8, torch.Generator().manual_seed(5))
    got = objective(x, *drawn)
    schedule = SCHEDULES["subvp_cos"]
    x, eps, m, sigma = (v.double() for v in (x, eps, schedule.m(t), schedule.sigma(t)))
    wide = sigma[:, None, None]
    leaf = (m[:, None, None] * x + wide * eps).requires_grad_(True)
    log_density = (-((leaf - m[:, None, None] * x) ** 2) / (2 * wide**2)).sum()
    (score,) = torch.autograd.grad(log_density, leaf)
    ours = -Constant()(leaf.detach(), sigma) / wide
    scale = sigma**2 if lambda_ == "sigma2" else schedule.g2(t)
    expected = (scale * (ours - score).square().mean((1, 2))).mean()
    torch.testing.assert_close(got.double(), expected, rtol=1e-4, atol=0)


@pytest.mark.parametrize("name", ["vp_cos", "subvp_1_1_cos", "ve"])
@pytest.mark.parametrize("sampling", ["uniform", "log_normal"])
def test_times_are_drawn_from_the_stated_density(name, sampling):
    """The density integrates to one, foretells the share of draws in every interval, and makes
    importance sampling E[f(t) / p(t)] = integral of f."""
    drawn = levels(name, sampling)
    t = drawn.draw(100_000, torch.Generator().manual_seed(0))
    schedule = SCHEDULES[name]
    assert t.min() >= schedule.t_min - 1e-12 and t.max() <= 1 + 1e-12
    # in log s the density is smooth even where t crowds
    edges = t_of_s(schedule, torch.linspace(*(schedule.s(t).log().quantile(q).item() for q in (0.02, 0.98)), 9).exp())
    for low, high in zip(edges[:-1].double(), edges[1:].double()):
        grid = torch.linspace(low, high, 2001, dtype=torch.float64)
        share = torch.trapezoid(drawn.density(grid), grid)
        found = ((t >= low) & (t < high)).double().mean()
        assert found == pytest.approx(float(share), abs=5 * math.sqrt(0.25 / 100_000))
    low, high = t.quantile(0.1), t.quantile(0.9)
    inside = (t > low) & (t < high)
    estimate = (torch.where(inside, t.sin(), 0 * t) / drawn.density(t)).mean()
    assert estimate == pytest.approx(float(low.cos() - high.cos()), rel=0.03)
    grid = torch.linspace(
        schedule.t_min, 1 if sampling == "uniform" else schedule.t_start, 400_001, dtype=torch.float64
    )
    assert torch.trapezoid(drawn.density(grid), grid) == pytest.approx(1, abs=0.01)


def test_batched_inversion_is_the_schedules_own():
    s = torch.tensor([1e-3, 0.1, 1.0, 20.0], dtype=torch.float64)
    for name in NAMES:
        expected = [SCHEDULES[name].t_of_s(value) for value in s.tolist()]
        np.testing.assert_allclose(t_of_s(SCHEDULES[name], s).numpy(), expected, rtol=1e-7)


def test_what_is_not_a_choice_is_told_in_a_sentence(packed):
    corpus = Corpus.load(packed, "train", 2000, torch.device("cpu"))
    for wrong, told in (
        ({"schedule": "vp"}, "schedule is vp; it must be one of vp_cos"),
        ({"weighting": "snr"}, "weighting is snr; it must be one of auto, sigma2, g2, min_snr"),
        ({"t_sampling": "even"}, "t_sampling is even; it must be one of auto, uniform, log_normal"),
        ({"length": 2002}, "length is 2002; for crash it must be a multiple of 10 samples"),
        ({"crash_factors": (2, 5, 5)}, "crash_widths has 2 levels and crash_factors 3"),
    ):
        with pytest.raises(Error, match=told):
            ScoreMatching(load_config(None, **vars_of(SMALL, **wrong)), corpus)
    with pytest.raises(Error, match="length is 4000; for crash_classifier it must be at most 2000"):
        NoisyHearing(load_config(None, **vars_of(SMALL, length=4000)), corpus)


def test_the_default_unet_under_a_named_weighting_weighs_the_error_of_eps(packed):
    """Its residual F becomes eps_theta by D = y - s eps_theta, computed here through the network's own forward."""
    corpus = Corpus.load(packed, "train", 2048, torch.device("cpu"))
    small = {"length": 2048, "widths": (16, 24), "embedding": 16, "precision": "float32", "t_sampling": "uniform"}
    for weighting, weigh in WEIGHTINGS.items():
        torch.manual_seed(0)
        objective = Denoising(TrainConfig(**small, weighting=weighting), corpus)
        x, soft = held_out_batch(corpus, 6)
        s, _, weights, noise = drawn = objective.draw(soft, torch.Generator().manual_seed(2))
        network = objective.network
        eps = network.frames.synthesise(noise)[:, None]
        with torch.no_grad():
            got = objective(x, *drawn)
            y = x + s[:, None, None] * eps
            found = (y - network(y, s, weights)) / s[:, None, None]
        schedule = SCHEDULES["vp_cos"]
        w = weigh(schedule, torch.tensor([schedule.t_of_s(float(v)) for v in s], dtype=torch.float64))
        expected = (w * (found - eps).square().mean((1, 2))).mean()
        torch.testing.assert_close(got.double(), expected, rtol=2e-2, atol=0)


def test_the_recipe_is_the_papers_network_under_its_process():
    config = load_config(Path("crash"))
    assert (config.length, config.schedule, config.learning_rate, config.ema) == (21000, "vp_cos", 2e-4, 0.999)
    with torch.device("meta"):
        network = ScoreMatching(config, None).network
        hearing = NoisyHearing(config, None).network
    assert round(sum(p.numel() for p in network.parameters()) / 1e6, 2) == 15.75
    more = (len(CLASSES) - 3) * (512 + 1)  # where the paper has three classes
    assert round((sum(p.numel() for p in hearing.parameters()) - more) / 1e6, 2) == 11.03


@pytest.mark.slow
@pytest.mark.parametrize("schedule, weighting", [("vp_cos", "auto"), ("subvp_1_1_cos", "g2")])
def test_training_lowers_the_held_out_error_of_eps(packed, tmp_path, schedule, weighting):
    lines = []
    config = load_config(
        None, **vars_of(SMALL, schedule=schedule, weighting=weighting, samples=8 * 20, learning_rate=1e-2)
    )
    train("crash", packed, tmp_path, config, report=lines.append)
    held = lines[-1]["held_out"]
    assert list(held) == ["s=0.003", "s=0.01", "s=0.03", "s=0.1", "s=0.3", "s=1", "s=3", "mean"]
    assert held["s=3"] < 0.85 and held["s=1"] < 0.9  # 1 is what a network that says nothing leaves


@pytest.mark.slow
def test_the_noisy_classifier_learns_two_drums(packed):
    corpus = Corpus.load(packed, "train", 2000, torch.device("cpu"))
    torch.manual_seed(0)
    objective = NoisyHearing(SMALL, corpus)
    x, soft = held_out_batch(corpus, 16)
    generator = torch.Generator().manual_seed(0)
    optimiser = torch.optim.Adam(objective.network.parameters(), 1e-2)
    for _ in range(96):
        optimiser.zero_grad()
        objective(x, *objective.draw(soft, generator)).backward()
        optimiser.step()
    wrong = objective.held_out(objective.network, x, soft)
    assert list(wrong) == ["s=0.0001", "s=0.03", "s=0.1", "s=0.3", "s=1", "mean"]
    assert wrong["s=0.03"] < 0.1  # who hears nothing misses half


def test_an_exported_run_renders_and_hears(packed, tmp_path):
    config = load_config(None, **vars_of(SMALL, schedule="subvp_cos", samples=32))
    network = train("crash", packed, tmp_path / "run", config)
    hearing = train("crash_classifier", packed, tmp_path / "heard", config)
    spec = export(network, hearing, tmp_path / "model")
    assert spec.schedule == "subvp_cos" and spec.network["kind"] == spec.classifier["kind"] == "crash"
    model = load(str(tmp_path / "model"), "cpu")
    sound = model.render(Hit(kick=1, seed=1, steps=3))
    assert sound.samples.shape == (1, 2000) and np.isfinite(sound.samples).all() and sound.label in CLASSES
    for name, tensor in load_checkpoint(network)["ema"].items():
        assert torch.equal(model.module.state_dict()[name], tensor), name
    other = train("crash_classifier", packed, tmp_path / "other", load_config(None, **vars_of(SMALL, samples=8)))
    with pytest.raises(Error, match=r"hears vp_cos, .* is of subvp_cos; train both alike"):
        export(network, other, tmp_path / "wrong")
    with pytest.raises(Error, match="trained 'crash'; here a checkpoint of a classifier or crash_classifier"):
        export(network, network, tmp_path / "wrong")
    with pytest.raises(Error, match="holds a run with schedule subvp_cos, the config says vp_cos"):
        train("crash", packed, tmp_path / "run", SMALL)


def vars_of(config, **changes):
    return dict(config.values) | changes
