"""A network begun from another: what is taken over, what is fitted, and that it knows more than a filter at once."""

import dataclasses
import math
from itertools import islice

import pytest
import torch

from driftkit.sampler.errors import Error
from driftkit.sampler.model import load
from driftkit.sampler.networks.unet import Gain, clock
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.spec import read_spec
from driftkit.sampler.store import write_model
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.export import export
from driftkit.sampler.training.graft import graft, rename, rename_heard, retime, solved, taps
from driftkit.sampler.training.target import held_out_batch
from driftkit.sampler.training.targets import TrainConfig
from driftkit.sampler.training.train import begin, train
from driftkit.sampler.training.unet import Denoising

CPU = torch.device("cpu")
TWO = ("kick", "hihat_closed")  # what the pack has
OLD = TrainConfig(
    classes=TWO, length=2048, bands=8, widths=(8, 16, 24), embedding=16, batch=8, samples=240, warmup=5,
    learning_rate=5e-3, precision="float32", evaluate_every=0,
)  # fmt: skip
LONGER, FINER = OLD.changed(length=3072), OLD.changed(bands=16, widths=(16, 24))


@pytest.fixture(scope="module")
def start(packed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("old")
    export(train("unet", packed, folder, OLD), None, folder / "model")
    return folder / "model"


def begun(packed, config, start=None):
    """The network before its first step, and its held-out error."""
    objective = Denoising(config, Corpus.load(packed, "train", config.length, CPU, config.classes))
    run = begin(objective, "unet", config, start, Corpus.load(packed, "train", config.length, CPU, config.classes), CPU)
    held_out = Corpus.load(packed, "test", config.length, CPU, config.classes)
    return run.average, objective.held_out(run.average, *held_out_batch(held_out))["mean"]


def test_a_network_for_longer_sounds_begins_with_what_another_knows(packed, start):
    (_, filtered), (network, error) = begun(packed, LONGER), begun(packed, LONGER, start)
    assert error < 0.95 * filtered
    assert network.spread.shape[-1] == 384, "S is that of the longer sounds"


def test_a_network_of_more_bands_begins_with_the_inner_levels_of_another(packed, start):
    old = load_checkpoint(start.parent / "checkpoint.pt")["ema"]
    network, error = begun(packed, FINER, start)
    new = network.state_dict()
    for name in ("unet.down.{}.first.weight", "unet.shrink.{}.weight", "unet.down.{}.second_gate.size.weight"):
        torch.testing.assert_close(new[name.format(0)], old[name.format(1)], atol=2e-3, rtol=2e-3)
    for name in ("up.0.second.weight", "up.1.first.weight", "grow.0.weight", "bottom.first.weight"):
        torch.testing.assert_close(new[f"unet.{name}"], old[f"unet.{name}"], atol=2e-3, rtol=2e-3)
    assert network.unet.enter.weight.abs().max() > 0 and network.unet.leave.weight.abs().max() > 0
    assert error < 1.1


def test_what_is_fitted_is_the_least_squares_solution():
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(4, 5, 40, generator=generator, dtype=torch.float64)
    conv = torch.nn.Conv1d(5, 3, 3, padding=1, bias=False, dtype=torch.float64)
    given, wanted = taps(x), conv(x).detach()
    gram = torch.einsum("bik,bjk->ij", given, given)
    found = solved(gram, torch.einsum("bik,bmk->im", given, wanted)).T.reshape(conv.weight.shape)
    torch.testing.assert_close(found, conv.weight.detach(), atol=1e-3, rtol=1e-3)


def test_clocks_go_on_as_they_went_when_the_sound_gets_longer():
    gain = Gain(4, 8)
    with torch.no_grad():
        gain.time.weight[:, 1:6] = torch.randn(4, 5, generator=torch.Generator().manual_seed(0))  # the decays
        before = gain.time.weight @ clock(3000, CPU)
        retime(torch.nn.ModuleList([gain]), 3000 / 4000)
        after = gain.time.weight @ clock(4000, CPU)
    off = (after[..., :3000] - before).square().mean().sqrt()
    assert float(off) < 0.02 * float(before.square().mean().sqrt())
    assert float((after[..., 3000:] - before[..., -1:]).abs().max()) < 0.1


def test_levels_that_do_not_fit_are_refused_in_a_sentence(packed):
    corpus = Corpus.load(packed, "train", OLD.length, CPU, TWO)
    old = Denoising(OLD, corpus).network
    for wrong in (OLD.changed(bands=4), OLD.changed(bands=16), OLD.changed(bands=16, widths=(16, 32))):
        objective = Denoising(wrong, corpus)
        with pytest.raises(Error, match="take twice the bands"):
            graft(old, objective.network, iter(()))


def test_cases_are_sounds_with_noise_of_their_level(packed):
    corpus = Corpus.load(packed, "train", OLD.length, CPU, TWO)
    generator = torch.Generator().manual_seed(1)
    for clean, noisy, s, weights, loudness in islice(
        Denoising(OLD, corpus).cases(corpus.batches(OLD, generator), generator), 3
    ):
        assert ((noisy - clean).square().mean((1, 2)).sqrt() / s - 1).abs().max() < 5 / math.sqrt(2 * OLD.length)
        assert weights.shape == (8, 2) and loudness.mean((1, 2)) == pytest.approx(1, abs=1e-4)


def test_a_network_keeps_the_classes_that_it_knows_when_it_takes_others() -> None:
    torch.manual_seed(0)
    network = WienerUNet(640, 4, 3, (16, 16), 16)
    log_s, before = torch.tensor([0.3, -2.0, 1.0]), ("kick", "percussion", "snare")
    known = network.unet.embedding(log_s, torch.eye(3))
    plain = network.unet.embedding(log_s, torch.zeros(3, 3))
    rename(network, before, ("snare", "conga", "block", "kick"))
    found = network.unet.embedding(log_s, torch.eye(4)[[3, 1, 0]])
    torch.testing.assert_close(found[[0, 2]], known[[0, 2]])
    torch.testing.assert_close(found[1], plain[1])
    layer, x = torch.nn.Linear(5, 3), torch.randn(2, 5)
    wider = rename_heard(layer, before, ("snare", "conga", "block", "kick"))
    torch.testing.assert_close(wider(x)[:, [3, 0]], layer(x)[:, [0, 2]])
    assert bool((wider(x)[:, 1:3] == -3).all())


def test_new_classes_are_learnt_and_nothing_else_changes(packed, start, tmp_path) -> None:
    before, new = ("snare", "percussion", "kick"), ["hihat_closed"]
    config = OLD.changed(samples=16, warmup=1, learning_rate=0.05, only_new=True, classes=(*before, *new))
    with pytest.raises(Error, match="only_new is true, and learns what a model lacks; give the model"):
        train("unet", packed, tmp_path / "none", config)
    network, spec = load(start).module, read_spec(start)
    rename(network, TWO, before)
    for part in (network, network.tones):
        part.spread = part.spread[[1, 2, 0, 2]].clone()
    old = dataclasses.replace(spec, classes=before, kinds={}, network=spec.network | {"classes": len(before)})
    write_model(tmp_path / "model", old, network, None)
    first, _ = begun(packed, config, tmp_path / "model")
    last = load_checkpoint(train("unet", packed, tmp_path / "run", config, start=tmp_path / "model"))["network"]
    told = "unet.embedding.classes.weight"
    for name, tensor in first.state_dict().items():
        if name == told:
            moved = (last[name] - tensor).abs().amax(0)
            assert float(moved[3]) > 0.01 and not moved[:3].any()
        else:
            assert torch.equal(last[name], tensor), name
