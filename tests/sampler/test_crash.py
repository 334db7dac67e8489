"""CRASH's networks: the numbers of the public ones from the same weights, and their place in a model."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from fill import fill
from torch import Tensor, nn

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model, load
from driftkit.sampler.networks.crash import CrashClassifier, CrashUNet
from driftkit.sampler.spec import Spec
from driftkit.sampler.store import write_model

GOLDEN = Path(__file__).parents[1] / "golden"
RECORDED = {name: torch.from_numpy(array) for name, array in np.load(GOLDEN / "crash_networks.npz").items()}
SHAPES = json.loads((GOLDEN / "crash_state_dict_shapes.json").read_text())
X, SIGMA = RECORDED["x"][:, None], RECORDED["sigma"][:, 0]

SIZES = {"enter": 4, "widths": [8, 12], "factors": [2, 5], "level": [4, 8, 16]}
HEARD = {"enter": 4, "widths": [8, 12], "factors": [20, 30], "level": [4, 8, 16]}
CLASSES = ("kick", "snare", "cymbal")


def filled(network: nn.Module, seed: int = 0) -> nn.Module:
    """A network with the stand-in weights of the reference."""
    state = {name: torch.from_numpy(fill(name, tuple(t.shape), seed)) for name, t in network.state_dict().items()}
    network.load_state_dict(state)
    return network.eval()


def off(ours: Tensor, theirs: Tensor) -> float:
    """The largest difference, in units of the largest number."""
    return ((ours - theirs).abs().max() / theirs.abs().max()).item()


@pytest.mark.parametrize(
    "kind, name, millions", [(CrashUNet, "unet", 15.75), (CrashClassifier, "classifier", 11.03)]
)  # fmt: skip
def test_parameters_have_the_published_names_shapes_and_order(kind, name, millions):
    with torch.device("meta"):
        network = kind()
    assert [(n, list(t.shape)) for n, t in network.state_dict().items()] == [(n, s) for n, s in SHAPES[name].items()]
    assert [n for n, _ in network.named_parameters()] == list(SHAPES[name]), "moving averages come in this order"
    assert round(sum(p.numel() for p in network.parameters()) / 1e6, 2) == millions


def test_the_unet_gives_the_published_noise():
    network = filled(CrashUNet(), int(RECORDED["fill_seed"]))
    with torch.no_grad():
        eps = network(X, SIGMA)
    print(f"unet_eps: {off(eps[:, 0], RECORDED['unet_eps']):.1e}")
    assert off(eps[:, 0], RECORDED["unet_eps"]) < 1e-4


def test_the_classifier_gives_the_published_probabilities_and_gradient():
    network = filled(CrashClassifier(), int(RECORDED["fill_seed"]))
    x = X.clone().requires_grad_(True)
    logits = network(x, SIGMA)
    (gradient,) = torch.autograd.grad((RECORDED["class_weights"] * logits.log_softmax(1)).sum(), x)
    faults = {
        "classifier_probs": off(logits.detach().softmax(1), RECORDED["classifier_probs"]),
        "guidance_grad": off(gradient[:, 0], RECORDED["guidance_grad"]),
    }
    print(faults)
    assert max(faults.values()) < 1e-4


def test_a_length_that_does_not_fit_is_refused_with_a_sentence():
    sigma = torch.tensor([0.5])
    with pytest.raises(ValueError, match="has 605 samples; it must be a multiple of 10"):
        CrashUNet(**SIZES)(torch.zeros(1, 1, 605), sigma)
    with pytest.raises(ValueError, match="has 601 samples; it must have at most 600"):
        CrashClassifier(**HEARD)(torch.zeros(1, 1, 601), sigma)
    assert CrashUNet(**SIZES)(torch.zeros(1, 1, 20), sigma).shape == (1, 1, 20)
    assert CrashClassifier(**HEARD)(torch.zeros(1, 1, 7), sigma).shape == (1, 3)


# -- small ones in a model: everything between a model.json and a sound ---------------------------------


@pytest.fixture(scope="module")
def spec() -> Spec:
    return Spec(
        name="small", network={"kind": "crash", **SIZES}, classifier={"kind": "crash", **HEARD},
        schedule="subvp_1_1_cos", classes=CLASSES, length=600, steps=5,
    )  # fmt: skip


@pytest.fixture(scope="module")
def model(spec, tmp_path_factory) -> Model:
    folder = tmp_path_factory.mktemp("models") / "small"
    write_model(folder, spec, filled(CrashUNet(**SIZES)), filled(CrashClassifier(**HEARD)), torch.float32)
    return load(str(folder), "cpu")


def noisy(model: Model) -> tuple[Tensor, Tensor]:
    return torch.randn(3, 1, 600, generator=torch.Generator().manual_seed(4)), torch.tensor([0.02, 0.4, 0.9])


def test_network_is_what_was_trained_the_noise(model):
    x, sigma = noisy(model)
    assert torch.equal(model.network(x, sigma), filled(CrashUNet(**SIZES))(x, sigma))


def test_the_denoiser_inverts_x_for_that_noise(model):
    x, sigma = noisy(model)
    m = 1 - sigma  # sub-VP 1-1
    nothing = torch.zeros(3, 3), torch.zeros(3)
    clean = model.denoiser(*nothing)(x / m[:, None, None], sigma / m)
    expected = (x - sigma[:, None, None] * model.network(x, sigma)) / m[:, None, None]
    torch.testing.assert_close(clean, expected, rtol=1e-4, atol=1e-4)


def test_guidance_in_the_papers_letters_is_eps_less_sigma_grad_log_p(model):
    """CRASH eq. 10 and 12, the gradient being that of the published classifier with respect to x."""
    x, sigma = noisy(model)
    m, wide = (1 - sigma)[:, None, None], sigma[:, None, None]
    weights, strength = torch.tensor([[1.0, 0, 0], [0.2, 0.5, 0], [0, 0, 1]]), torch.tensor([1.0, 2.0, 0.5])
    leaf = x.clone().requires_grad_(True)
    log_p = filled(CrashClassifier(**HEARD))(leaf, sigma).log_softmax(1)
    (gradient,) = torch.autograd.grad((weights * log_p).sum(), leaf)
    eps = model.network(x, sigma) - strength[:, None, None] * wide * gradient
    with torch.no_grad():
        clean = model.denoiser(weights, strength)(x / m, sigma / (1 - sigma))
    torch.testing.assert_close(clean, (x - wide * eps) / m, rtol=1e-4, atol=1e-4)


def test_its_networks_answer_at_every_sigma_from_0_to_1(model):
    x, sigma = noisy(model)[0], torch.tensor([0.0, 0.5, 1.0])
    assert bool(model.network(x, sigma).isfinite().all()) and bool(model.classify(x, sigma).isfinite().all())


def test_classify_is_the_log_softmax_of_the_logits(model):
    x, sigma = noisy(model)
    expected = filled(CrashClassifier(**HEARD))(x, sigma).log_softmax(1)
    torch.testing.assert_close(model.classify(x, sigma), expected, rtol=1e-4, atol=1e-5)


def test_a_classifier_that_is_sure_still_pulls(spec, tmp_path):
    """Of a class whose probability is 0 in float32 the logarithm still has a gradient: log p is of the logits."""
    certain = filled(CrashClassifier(**HEARD))
    with torch.no_grad():
        certain.last_conv.weight *= 1000
    write_model(tmp_path / "sure", spec, filled(CrashUNet(**SIZES)), certain, torch.float32)
    sure = load(str(tmp_path / "sure"), "cpu")
    x, sigma = noisy(sure)
    log_p = sure.classify(x, sigma)
    least = CLASSES[int(log_p[0].argmin())]
    assert log_p[0].exp().min() == 0 and bool(log_p.isfinite().all())
    weights = torch.tensor([[float(name == least) for name in CLASSES]]).expand(3, 3)
    m = (1 - sigma)[:, None, None]
    free = sure.denoiser(weights, torch.zeros(3))(x / m, sigma / (1 - sigma))
    pulled = sure.denoiser(weights, torch.ones(3))(x / m, sigma / (1 - sigma))
    assert bool(pulled.isfinite().all()) and float((pulled - free)[0].abs().max()) > 0


def test_class_weights_pull_a_render_and_guidance_0_does_not(model):
    free, pulled, off = model.render_batch(
        [Hit(seed=3), Hit(kick=1, guidance=5, seed=3), Hit(kick=1, guidance=0, seed=3)]
    )
    assert np.isfinite(pulled.samples).all() and pulled.label in CLASSES
    assert np.abs(pulled.samples - free.samples).max() > 1e-4
    np.testing.assert_allclose(off.samples, free.samples, atol=1e-6)
    np.testing.assert_allclose(model.render(pulled.hit).samples, pulled.samples, atol=1e-5)


def test_every_task_runs(model, tmp_path):
    source = tmp_path / "source.wav"
    model.render(Hit(seed=1)).save(source, depth="float")
    for task in ("vary", "inpaint", "reshape", "interpolate"):
        sound = model.render(
            Hit(task=task, source_a=str(source), source_b=str(source), inpaint_start_ms=5, snare=1, seed=2)
        )
        assert np.isfinite(sound.samples).all() and sound.samples.shape == (1, 600)


def test_without_a_classifier_class_weights_are_refused(spec, tmp_path):
    folder = tmp_path / "deaf"
    write_model(folder, replace(spec, classifier=None), filled(CrashUNet(**SIZES)), None)
    deaf = load(str(folder), "cpu")
    assert np.isfinite(deaf.render(Hit(seed=1)).samples).all()
    with pytest.raises(Error, match="has no classes and no classifier; leave the class weights at 0"):
        deaf.render(Hit(kick=1, seed=1))


@pytest.mark.parametrize("row", ["network", "classifier"])
def test_a_kind_from_the_future_is_named(spec, tmp_path, row):
    folder = tmp_path / "later"
    write_model(folder, replace(spec, **{row: {"kind": "later"}}), nn.Identity(), None)
    with pytest.raises(Error, match=f"needs the {row} 'later', which this driftkit does not have"):
        load(str(folder), "cpu")
