"""A graph in OpenVINO gives what torch gives, in every task, alone and beside others, by any number of threads."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from driftkit import Error, Hit, Model, load
from driftkit.sampler import engines
from driftkit.sampler.compiled import OPENVINO_BF16
from driftkit.sampler.engines import example
from driftkit.sampler.graphs import OFTEN, Graph, write_graph
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.sound import snr_db
from driftkit.sampler.spec import read_spec
from driftkit.sampler.store import write_model

pytestmark = pytest.mark.usefixtures("one_thread")
LENGTH = 512  # of the model in `folder`


@pytest.fixture(scope="module")
def exact() -> Model:
    """The shipped model by its graph in float32."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "threads", lambda: 1)
        return load("default", engine="openvino")


def test_the_shipped_graph_is_of_the_shipped_weights(exact):
    generator = torch.Generator().manual_seed(1)
    for s in (3.0, 0.1, 0.001):
        y = s * torch.randn(2, 1, exact.spec.length, generator=generator)
        inputs = y, torch.full((2,), s), torch.eye(len(exact.spec.classes))[:2]
        with torch.no_grad():
            wanted = exact.module(*inputs)
        assert snr_db(wanted.numpy(), exact.call(*inputs).numpy()) > 90


@pytest.fixture(scope="module")
def by_rule() -> Model:
    """The shipped model as it plays: in bfloat16 where the processor has it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "threads", lambda: 1)
        return load("default", engine="auto")


@pytest.fixture
def in_bfloat16(by_rule: Model) -> Model:
    """The same, where it is computed so."""
    if not by_rule.engine.startswith(OPENVINO_BF16):
        with pytest.raises(Error, match="this processor has no bfloat16; take openvino or torch"):
            load("default", engine=OPENVINO_BF16)
        pytest.skip("this processor has no bfloat16")
    return by_rule


def test_bfloat16_stays_near_float32_in_every_task(exact, in_bfloat16):
    source = exact.render(Hit(tom=1, seed=1))
    few = {"source_a": "a", "steps": 4}
    hits = [
        Hit(kick=1, seed=1), Hit(snare=0.5, clap=0.5, guidance=2, seed=2, steps=4),
        Hit(task="vary", variation=0.05, seed=4, **few), Hit(task="vary", variation=0.6, seed=5, **few),
        Hit(task="inpaint", inpaint_start_ms=20, inpaint_end_ms=200, tom=1, seed=6, **few),
        Hit(task="reshape", snare=1, seed=7, **few),
        Hit(task="interpolate", source_b="a", interpolation_latent="noise", interpolation_t=0.4, seed=8, **few),
    ]  # fmt: skip
    for hit in hits:
        near, far = (model.render(hit, {"a": source.samples}) for model in (exact, in_bfloat16))
        print(hit.task, snr_db(near.samples, far.samples))
        assert snr_db(near.samples, far.samples) > 25
        late = slice(-4410, None)  # the tail is as quiet
        assert np.abs(far.samples[:, late]).max() < 1.5 * np.abs(near.samples[:, late]).max() + 1e-4
    there = in_bfloat16.decode(in_bfloat16.encode(source.samples, steps=16), steps=16)
    assert snr_db(source.samples, there) > 20


def test_a_sound_is_the_same_alone_and_in_a_batch_bit_for_bit(by_rule):
    assert by_rule.engine.startswith("openvino")
    hits = [Hit(kick=1, seed=1, steps=3), Hit(snare=1, seed=2, steps=3), Hit(clap=1, seed=3, steps=3)]
    for alone, together in zip(map(by_rule.render, hits), by_rule.render_batch(hits)):
        assert np.array_equal(alone.samples, together.samples)


def test_a_sound_is_the_same_whatever_threads_compute_it_bit_for_bit(folder, monkeypatch):
    inputs = [torch.randn(3, 1, LENGTH), torch.full((3,), 0.5), torch.eye(2)[[0, 1, 1]]]
    found = []
    for threads, apart in ((1, True), (2, False), (2, True), (4, True)):
        graph = Graph(folder, threads)
        monkeypatch.setattr(graph, "apart", lambda rows, others, apart=apart: apart)
        with torch.no_grad():
            found += [graph(*inputs) for _ in range(OFTEN)]
            assert (graph.together is not None) == (not apart)
            if graph.together:
                assert graph.together.result()
            found.append(graph(*inputs))
    assert all(torch.equal(found[0], other) for other in found[1:])


@pytest.mark.parametrize(
    ("threads", "rows", "others", "apart"),
    [
        (1, 1, 0, True),
        (2, 1, 0, False),  # nothing else computes: one sound is sooner done by both
        (2, 2, 0, True),
        (2, 1, 1, True),
        (2, 2, 2, True),
        (8, 2, 0, False),
        (8, 2, 1, False),
        (8, 4, 1, True),
        (8, 4, 6, False),
    ],
)
def test_sounds_are_computed_apart_where_that_is_sooner_done(folder, threads, rows, others, apart):
    graph = Graph(folder, 1)
    graph.threads = threads
    assert graph.apart(rows, others) is apart


def test_what_a_graph_cannot_do_is_told(folder):
    graph = Graph(folder, 1)
    y, s, weights = example(load(str(folder)).spec, True)
    assert graph(y[:0], s[:0], weights[:0]).shape == (0, 1, LENGTH)
    with pytest.raises(Error, match="OpenVINO gives no gradients; load the model with engine='torch'"):
        graph(y.requires_grad_(), s, weights)
    with torch.no_grad():
        assert graph(y, s, weights).shape == y.shape


def test_every_task_sounds_the_same_with_either_engine(folder, tmp_path):
    one, other = load(str(folder)), load(str(folder), engine="openvino")
    assert (one.engine, other.engine.partition(",")[0]) == ("torch", "openvino")
    source = one.render(Hit(kick=1, seed=3))
    source.save(tmp_path / "a.wav")
    a = str(tmp_path / "a.wav")
    hits = [
        Hit(kick=1, seed=1), Hit(kick=0.4, snare=0.6, guidance=2, seed=2),
        Hit(task="vary", source_a=a, variation=0.5, seed=4),
        Hit(task="inpaint", source_a=a, inpaint_start_ms=2, inpaint_end_ms=8, snare=1, seed=5),
        Hit(task="interpolate", source_a=a, source_b=a, seed=6), Hit(task="reshape", source_a=a, snare=1, seed=7),
    ]  # fmt: skip
    for mine, theirs in zip(one.render_batch(hits), other.render_batch(hits)):
        assert snr_db(mine.samples, theirs.samples) > 60
        assert mine.hit == theirs.hit and mine.scale == pytest.approx(theirs.scale, rel=1e-4)
    assert snr_db(*(m.encode(source.samples) for m in (one, other))) > 60


def test_a_graph_jumps_as_its_network_does(folder):
    spec = read_spec(folder)
    spec = replace(spec, network=spec.network | {"reach": True})
    arguments = {name: value for name, value in spec.network.items() if name != "kind"}
    torch.manual_seed(2)
    network = WienerUNet(**arguments)
    for weight in (network.unet.leave.weight, network.unet.embedding.reach.weight):
        torch.nn.init.normal_(weight, std=0.3)
    write_model(folder, spec, network, None, torch.float16)
    model = load(str(folder))
    write_graph(model.module, folder, example(spec, True))
    graph = Graph(folder, 1)
    y, s, weights = torch.randn(3, 1, LENGTH), torch.tensor([2.0, 0.3, 0.01]), torch.eye(2)[[0, 1, 1]]
    with torch.no_grad():
        for inputs in ((y, s, weights, s * torch.tensor([0.2, 0.9, 0.0])), (y, s, weights)):
            torch.testing.assert_close(graph(*inputs), model.module(*inputs), atol=1e-4, rtol=1e-3)
