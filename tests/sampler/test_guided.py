"""Guidance as an input of the network: nothing at 1, one call where it was learnt, two where it was not."""

import copy
import dataclasses
import itertools
from pathlib import Path

import pytest
import torch
from oracles import Gaussian, normal
from rig.models import small_model

from driftkit.sampler.engines import example
from driftkit.sampler.errors import Error
from driftkit.sampler.graphs import write_graph
from driftkit.sampler.guidance import with_classes
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import load
from driftkit.sampler.networks.unet import pull
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.spec import NETWORK, read_spec
from driftkit.sampler.store import read_tensors, write_model
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.export import export
from driftkit.sampler.training.jumps import NEW, field, goals, size, strengths, turn
from driftkit.sampler.training.targets import TrainConfig
from driftkit.sampler.training.train import train
from driftkit.sampler.training.unet import Denoising

FROM, TO = torch.tensor([5.0, 0.5, 0.01]), torch.tensor([1.0, 0.0, 0.01])
ONE = torch.ones(3)
WEIGHTS = torch.eye(2)[[0, 1, 0]]
CLASSES = ("kick", "snare")
SMALL = TrainConfig(
    length=2048, bands=16, widths=(16, 24), embedding=16, batch=8, warmup=5, samples=8 * 4, evaluate_every=0,
    jumps=0.25, guidance=4.0, precision="float32", tones=False, listens=False,
)  # fmt: skip


def network(guided: tuple[float, ...] = (0.0, 4.0), reach: bool = True) -> WienerUNet:
    torch.manual_seed(0)
    made = WienerUNet(2048, 16, 2, (16, 16), 16, reach=reach, listens=True, guided=guided)
    torch.nn.init.normal_(made.unet.leave.weight, std=0.1)
    return made


def model_folder(home: Path) -> Path:
    """A model whose network takes guidance from 0 to 4, and listens to it."""
    folder = small_model(home, "guided", CLASSES, 2048)
    made = network()
    assert made.unet.embedding.pull is not None
    torch.nn.init.normal_(made.unet.embedding.pull.weight, std=0.5)
    shape = {"length": 2048, "bands": 16, "classes": 2, "widths": [16, 16], "embedding": 16}
    about = {"kind": "wiener_unet", **shape, "reach": True, "listens": True, "guided": [0.0, 4.0]}
    write_model(folder, dataclasses.replace(read_spec(folder), network=about, classifier=None), made, None)
    return folder


def test_features_are_nothing_at_1_and_tell_other_strengths_apart() -> None:
    assert not pull(ONE).any()
    apart = torch.cdist(*(pull(torch.linspace(0, 10, 41)),) * 2) + torch.eye(41)
    assert bool(pull(torch.linspace(0, 10, 41)).isfinite().all()) and float(apart.min()) > 0.01


def test_weights_without_it_load_and_mean_the_same_bit_for_bit(tmp_path: Path) -> None:
    plain, able = network(()), network()
    spec = dataclasses.replace(read_spec(small_model(tmp_path, "plain", CLASSES, 2048)), classifier=None)
    write_model(tmp_path / "m", spec, plain, None, torch.float32)
    torch.nn.init.normal_(able.unet.leave.weight)
    read_tensors(tmp_path / "m" / NETWORK, able, may_lack=NEW)
    y = normal(3, 1, 2048).float()
    with torch.no_grad():
        for to in (None, TO):
            before = plain(y, FROM, WEIGHTS, to)
            assert torch.equal(able(y, FROM, WEIGHTS, to), before)
            assert torch.equal(able(y, FROM, WEIGHTS, to, ONE), before)
            assert torch.equal(able(y, FROM, WEIGHTS, to, 3 * ONE), before)  # it has not learnt anything yet
        assert able.unet.embedding.pull is not None
        torch.nn.init.normal_(able.unet.embedding.pull.weight)
        assert torch.equal(able(y, FROM, WEIGHTS, TO, ONE), plain(y, FROM, WEIGHTS, TO))
        assert not torch.allclose(able(y, FROM, WEIGHTS, TO, 3 * ONE), plain(y, FROM, WEIGHTS, TO))


@pytest.mark.parametrize("wrong", [(0.0,), (2.0, 4.0), (0.0, 0.5), (-1.0, 4.0)])
def test_a_range_without_1_in_it_is_refused(wrong: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="guided is"):
        network(wrong)
    with pytest.raises(ValueError, match="set reach"):
        network(reach=False)


class Learned:
    """Gaussian sounds and a Gaussian class, and what a network that takes guidance from 0.5 to 4 should say of them."""

    def __init__(self) -> None:
        self.free, self.kick = Gaussian(0.3, 0.5), Gaussian(-0.6, 0.2)
        self.rows = 0

    def __call__(self, y, s, weights, to=None, guidance=None):
        self.rows += len(y)
        strength = torch.ones(len(y)).double() if guidance is None else guidance
        assert bool(((strength >= 0.5) & (strength <= 4)).all())
        free, kick = self.free(y, s), self.kick(y, s)
        return free + (strength * weights[:, 0])[:, None, None] * (kick - free)


def test_within_the_range_one_call_and_beyond_it_two_make_the_same_line() -> None:
    strength = torch.tensor([0.0, 0.2, 0.5, 1.0, 3.0, 4.0, 7.0]).double()
    weights = torch.tensor([[1.0, 0.0]]).double().expand(7, 2)
    y, s, to = normal(7, 1, 5), torch.full((7,), 0.8).double(), torch.full((7,), 0.1).double()
    learned = Learned()
    free, kick = learned.free(y, s), learned.kick(y, s)
    line = free + strength[:, None, None] * (kick - free)
    for asked in ((y, s), (y, s, to)):
        learned.rows = 0
        torch.testing.assert_close(with_classes(learned, weights, strength, (0.5, 4.0))(*asked), line)
        assert learned.rows == 7 + 2, "0.2 and 7 lie outside"
    learned.rows = 0
    within = with_classes(learned, weights[2:6], strength[2:6], (0.5, 4.0))
    torch.testing.assert_close(within(y[2:6], s[2:6]), line[2:6])
    assert learned.rows == 4


def test_a_hit_within_the_range_costs_one_call_a_step_alone_and_beside_others(tmp_path: Path) -> None:
    model, rows = load(model_folder(tmp_path)), []
    network = model.module
    network.register_forward_hook(lambda _, inputs, __: rows.append(len(inputs[0])))
    hits = [Hit(kick=1, seed=1, guidance=strength, steps=3) for strength in (1.0, 2.5, 9.0)]
    alone = [model.render(hit).samples for hit in hits]
    assert rows == [1] * 6 + [2] * 3
    for one, other in zip(alone, model.render_batch(hits)):
        torch.testing.assert_close(torch.from_numpy(other.samples), torch.from_numpy(one), rtol=1e-4, atol=1e-5)
    assert abs(alone[0] - alone[1]).max() > 1e-3


def test_a_graph_takes_it_and_means_1_where_it_is_not_said(tmp_path: Path) -> None:
    pytest.importorskip("openvino")
    folder = model_folder(tmp_path)
    model = load(folder)
    write_graph(model.module, folder, example(model.spec, True))
    graph = load(folder, engine="openvino").call
    y = normal(3, 1, 2048).float()
    with torch.no_grad():
        for inputs in ((y, FROM, WEIGHTS), (y, FROM, WEIGHTS, TO), (y, FROM, WEIGHTS, TO, 2.5 * ONE)):
            torch.testing.assert_close(graph(*inputs), model.module(*inputs), rtol=1e-3, atol=1e-4)


# -- learning it ------------------------------------------------------------------------------------------


def test_half_of_the_rows_that_ask_for_a_class_are_told_a_strength() -> None:
    weights = torch.eye(2)[torch.arange(4000) % 2] * (torch.arange(4000) % 4 > 0)[:, None]
    found = strengths(weights, 4.0, torch.Generator().manual_seed(0))
    assert bool((found[weights.sum(1) == 0] == 1).all())
    told = found[(found != 1)]
    assert len(told) / 3000 == pytest.approx(0.5, abs=0.03)
    assert float(told.min()) > 0 and float(told.max()) <= 4 and float(told.mean()) == pytest.approx(2, abs=0.1)


def guided_gaussians() -> tuple[WienerUNet, torch.Tensor, torch.Tensor]:
    """A network for which each class is Gaussian, F = 0; levels and strengths of six rows."""
    model = WienerUNet(640, 4, 2, (16, 16), 16, reach=True, guided=(0.0, 4.0))
    model.spread.copy_(torch.exp(torch.randn(model.spread.shape, generator=torch.Generator().manual_seed(1))))
    return model, torch.tensor([3.0, 1.0, 0.3, 3.0, 1.0, 0.1]), torch.tensor([1.0, 2.0, 3.0, 0.5, 1.5, 0.2])


def test_the_guided_field_is_the_line_of_two_exact_denoisers() -> None:
    model, s, strength = guided_gaussians()
    weights = torch.eye(2)[[0, 1, 0, 1, 0, 1]]
    power, y = model.power(weights), normal(6, 4, 160).float() * 2
    noise = s[:, None, None] ** 2
    with torch.no_grad():
        found = field(model, weights, power, strength)(y, s)
        part = field(model, weights, power, strength)(y[2:5], s[2:5], torch.tensor([2, 3, 4]))
    free = model.spread[-1].square() / (noise + model.spread[-1].square()) * y
    line = free + strength[:, None, None] * (power / (noise + power) * y - free)
    skip, out = model.scales(s, power)
    torch.testing.assert_close(skip * y + out * found, line, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(part, found[2:5])


def test_goals_are_two_calls_where_s_stays_and_the_guided_way_where_it_falls() -> None:
    model, s, strength = guided_gaussians()
    weights = torch.eye(2)[[0, 1, 0, 1, 0, 1]]
    power, y = model.power(weights), normal(6, 4, 160).float() * 2
    to = torch.tensor([3.0, 1.0, 0.3, 1.0, 0.4, 0.02])  # the first three stay
    plain = torch.full_like(y, 7.0)

    def teacher(*asked):
        return field(model, *asked)

    with torch.no_grad():
        found = goals(teacher, plain, y, s, to, weights, power, strength)
        of = field(model, weights, power, strength)
        torch.testing.assert_close(found[0], plain[0])  # 1, and no jump: the sound itself is the goal
        torch.testing.assert_close(found[1:3], of(y, s)[1:3])
        # the guided ODE of these rows in small steps of Euler's, in the angle
        levels = [s * (to / s) ** (i / 60) for i in range(61)]
        white = y / size(s, power)
        for here, there in itertools.pairwise(levels):
            white = white + turn(here, there, power) * of(size(here, power) * white, here)
        ends = y / size(s, power) + turn(s, to, power) * found
    error = (ends - white)[3:].flatten(1).norm(dim=1) / (white - y / size(s, power))[3:].flatten(1).norm(dim=1)
    assert float(error.max()) < 0.1, error


def test_guidance_without_jumps_is_refused(packed) -> None:
    corpus = Corpus.load(packed, "train", SMALL.length, torch.device("cpu"))
    with pytest.raises(Error, match=r"guidance is 4, which is learnt beside jumps; set jumps above 0, too"):
        Denoising(SMALL.changed(jumps=0.0), corpus)


def test_a_run_begins_from_a_model_without_and_exports_one_that_takes_it(packed, tmp_path) -> None:
    plain = train("unet", packed, tmp_path / "plain", SMALL.changed(guidance=0.0))
    assert "guided" not in export(plain, None, tmp_path / "model").network
    run = train("unet", packed, tmp_path / "run", SMALL, start=tmp_path / "model")
    spec = export(run, None, tmp_path / "able")
    assert spec.network["guided"] == [0.0, 4.0] and spec.guided == (0.0, 4.0)
    able = load(tmp_path / "able")
    assert able.module.unet.embedding.pull.weight.any()
    assert able.render(Hit(kick=1, seed=1, guidance=3)).samples.any()


@pytest.mark.slow
def test_a_network_learns_in_one_call_what_its_teacher_says_in_two(packed) -> None:
    corpus = Corpus.load(packed, "train", 512, torch.device("cpu"))
    torch.manual_seed(0)
    config = SMALL.changed(length=512, jumps=0.125, unlabelled=0.0, log_s_mean=-1.2, log_s_std=0.3)
    objective = Denoising(config, corpus)
    teacher = copy.deepcopy(objective.network).eval()
    objective.taught_by(teacher)
    optimiser = torch.optim.Adam(objective.network.parameters(), 6e-3)
    generator = torch.Generator().manual_seed(0)
    batches = corpus.batches(config, generator)
    for _ in range(150):
        x, soft = next(batches)
        optimiser.zero_grad()
        objective(x, *objective.draw(soft, generator)).backward()
        optimiser.step()
    x, soft = next(batches)
    s, one = torch.full((8,), 0.3), torch.ones(8)
    y, power = teacher.frames.analyse(x[:, 0]) + 0.3 * normal(8, 16, 32).float(), teacher.power(soft)
    with torch.no_grad():
        two = field(teacher, soft, power, 3 * one)(y, s)
        told, untold = (objective.network.whitened(y, s, soft, power, guidance=g * one) for g in (3, 1))
    weight = objective.loudness(power)
    miss, ignored = (float((weight * (found - two).square()).mean()) for found in (told, untold))
    print(f"{miss / ignored:.2f} of the error of who ignores it")
    assert miss < 0.5 * ignored, (miss, ignored)
