"""GPU graphs without a GPU: replays give what calls give, and what cannot be recorded is computed."""

import copy
import gc
import logging
import weakref
from functools import cache

import numpy as np
import pytest
import torch
from rig.lively import SHAPE, apart, inputs, network
from rig.models import small_model

from driftkit import Error, Hit, load
from driftkit.sampler.batches import Together, drawn
from driftkit.sampler.captured import KEPT, MOST, Captured, Recording, full, repeated
from driftkit.sampler.engines import captured, engine_for, example
from driftkit.sampler.folding import folded, operations, view
from driftkit.sampler.networks.classifier import FrameClassifier
from driftkit.sampler.sound import snr_db

CPU = torch.device("cpu")


@torch.no_grad()
def test_a_folded_network_is_the_network_in_two_thirds_of_the_operations():
    net, given = network(), inputs(3)
    found = folded(net, given)
    counted = []

    class Counting(torch.utils._python_dispatch.TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            counted.append(func)
            return func(*args, **(kwargs or {}))

    with Counting():
        net(*given)
    plain = sum(not view(func) for func in counted)
    assert operations(found) < 0.75 * plain
    for seed in (0, 1):
        assert apart(net(*inputs(3, seed)), found(*inputs(3, seed))) < 1e-5
    ear = FrameClassifier(**SHAPE).eval()
    torch.testing.assert_close(folded(ear, given[:2])(*given[:2]), ear(*given[:2]))


def test_what_draws_or_writes_is_not_folded():
    given = (torch.zeros(4),)
    noisy = folded(lambda x: x + torch.rand(4), given)
    assert not torch.equal(noisy(*given), noisy(*given))
    with pytest.raises(ValueError, match="changes a tensor in place"):
        folded(lambda x: torch.ones(4).add_(x), given)


@torch.no_grad()
def test_replays_give_what_calls_give_for_every_batch():
    net = network()
    found = Captured(net, CPU, repeated, folds=False)
    for rows in (1, 3, 4, 3, 1):
        given = inputs(rows, rows)
        assert apart(net(*given), found(*given)) < 1e-5
    assert [key[0] for key in found._kept] == [4, 1], "batches are filled up, and the one used last comes last"
    given = inputs(3)
    assert apart(net(*given[:3]), found(*given[:3])) < 1e-5, "without s' it is another recording"
    assert found(*(tensor[:0] for tensor in given)).shape == (0, 1, 2048)
    first = found(*given)
    kept = first.clone()
    found(*inputs(3, 5))
    assert torch.equal(first, kept), "the next replay writes elsewhere"


def test_a_recording_is_asked_for_no_gradients():
    net = network()
    y, *rest = inputs(1)
    y.requires_grad_()
    found = Captured(net, CPU, repeated)
    (slope,) = torch.autograd.grad(found(y, *rest).square().sum(), y)
    assert slope.abs().sum() > 0 and not found._kept


@torch.no_grad()
def test_so_many_recordings_are_kept_and_no_larger_ones():
    sizes = []

    def record(function, places):
        sizes.append(len(places[0]))
        return repeated(function, places)

    found = Captured(lambda x: 2 * x, CPU, record, folds=False)
    for rows in (1, 2, 3, 5, 9, 17, 33, 65, 129):
        assert torch.equal(found(torch.arange(rows)), 2 * torch.arange(rows))
    assert sizes == [1, 2, 4, 8, 16, 32, 64, 128, 256] and len(found._kept) == KEPT
    many = torch.arange(2 * MOST + 3)
    assert torch.equal(found(many), 2 * many) and max(sizes) == MOST
    assert full(1) == 1 and full(MOST) == MOST


@torch.no_grad()
def test_what_a_recording_reads_stays_as_long_as_it_is_kept():
    """A CUDA graph reads constants of the folded network where they lay, and keeps none of them there."""
    constants = []

    def record(function, places):
        constants.extend(weakref.ref(tensor) for tensor in function.buffers())
        return Recording(places, lambda: None, function(*places).clone())

    found = Captured(network(), CPU, record).ready(inputs(1))
    gc.collect()
    assert len(constants) > 10 and all(constant() is not None for constant in constants)
    found._kept.clear()
    gc.collect()
    assert any(constant() is None for constant in constants), "no longer"


@torch.no_grad()
def test_what_cannot_be_recorded_is_computed_and_said_once(caplog):
    def record(function, places):
        if len(places[0]) > 1:
            raise RuntimeError("operation not permitted when stream is capturing\nand more")
        return repeated(function, places)

    found = Captured(lambda x: 2 * x, CPU, record)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert torch.equal(found(torch.ones(3)), 2 * torch.ones(3))
            assert torch.equal(found(torch.ones(1)), 2 * torch.ones(1))
    told = "no CUDA graph of 4 sounds (operation not permitted when stream is capturing); its operations are begun one"
    assert [record.getMessage() for record in caplog.records] == [f"{told} by one"]
    with pytest.raises(Error, match="no CUDA graph can be made of the network"):
        Captured(lambda x: 2 * x, CPU, record).ready((torch.ones(2),))


@torch.no_grad()
def test_what_cannot_be_folded_is_recorded_as_it_is(caplog):
    found = Captured(lambda x: torch.ones(1, 4).add_(x), CPU, repeated)
    assert torch.equal(found(torch.ones(1, 4)), 2 * torch.ones(1, 4))
    assert "recorded as it is" in caplog.text


def test_weights_that_change_are_heeded_where_nothing_is_folded():
    layer = torch.nn.Linear(4, 4)
    found = Captured(layer, CPU, repeated, folds=False, size=lambda rows: rows)
    with torch.no_grad():
        assert torch.equal(found(torch.ones(3, 4)), layer(torch.ones(3, 4)))
        layer.weight += 1
        assert torch.equal(found(torch.ones(3, 4)), layer(torch.ones(3, 4)))
    assert [key[0] for key in found._kept] == [3]


@torch.no_grad()
def test_in_bfloat16_the_u_net_alone_is_and_the_module_stays_as_it_was():
    net, given = network(), inputs(2)
    assert 1e-3 < apart(net(*given), captured(net, "cuda_graph_bf16", given)(*given)) < 0.05
    assert not net.in_bfloat16
    with pytest.raises(Error, match="networks of this kind compute in float32; take cuda_graph"):
        captured(torch.nn.Linear(2, 2), "cuda_graph_bf16", (torch.ones(1, 2),))


def test_noise_is_the_same_however_many_draw_it(monkeypatch):
    def some() -> list[torch.Generator]:
        return [torch.Generator().manual_seed(seed) for seed in range(5)]

    wanted = torch.stack([torch.randn(2, 33, generator=generator) for generator in some()])
    assert torch.equal(drawn(some(), (2, 33), CPU), wanted)
    monkeypatch.setattr(torch.Tensor, "to", lambda tensor, *_, **__: tensor)
    assert torch.equal(drawn(some(), (2, 33), torch.device("meta")), wanted), "by threads"


@pytest.fixture
def small(tmp_path):
    model = load(str(small_model(tmp_path, "small", ("kick", "snare"), 512, steps=2)))
    torch.nn.init.normal_(model.module.unet.leave.weight, std=0.3, generator=torch.Generator().manual_seed(1))
    return model


def test_where_memory_runs_out_half_as_many_are_rendered_at_a_time(small, monkeypatch, caplog):
    hits = [Hit(kick=1, seed=seed) for seed in range(7)]
    wanted, asked = small.render_batch(hits), []

    def little(*given):
        asked.append(len(given[0]))
        if len(given[0]) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return small.module(*given)

    small.call.by = little
    shares = list(small.steps([small.resolve(hit) for hit in hits]))
    assert shares == sorted(shares) and shares[-1] == 1
    for one, other in zip(wanted, small.render_batch(hits)):
        np.testing.assert_allclose(one.samples, other.samples, atol=1e-5)
    assert asked[:3] == [7, 3, 1] and set(asked[3:]) == {1} and small.together.most == 1
    assert "cpu has no memory for 7 sounds at once; it goes on with 3" in caplog.text

    def none(*given):
        raise torch.OutOfMemoryError("CUDA out of memory")

    small.call.by = none
    with pytest.raises(Error, match="there is not enough memory on cpu for one sound; end other programs"):
        small.render(hits[0])


def test_a_gpu_renders_256_at_a_time():
    assert Together(torch.device("cuda")).most == MOST == 256


def test_an_engine_by_graphs_sounds_as_torch_does(small, monkeypatch):
    monkeypatch.setattr("driftkit.sampler.engines.COMPUTES_ON", {"cuda_graph": "cpu", "cuda_graph_bf16": "cpu"})
    monkeypatch.setattr("driftkit.sampler.engines.PREFERRED", ("cuda_graph_bf16", "cuda_graph"))
    monkeypatch.setattr("driftkit.sampler.engines.Graph", lambda folder, threads, engine: made(engine))

    @cache
    def made(engine):
        return captured(small.module, engine, example(small.spec, True))

    hits = [Hit(kick=1, seed=1), Hit(kick=0.4, snare=0.6, guidance=2, seed=2)]
    wanted = small.render_batch(hits)
    for engine, least in (("cuda_graph", 90), ("cuda_graph_bf16", 25)):
        found = engine_for(engine, small.module, None, small._agreement)
        small.call.by = found.call
        for one, other in zip(wanted, small.render_batch(hits)):
            assert snr_db(one.samples, other.samples) > least
    small.call.by = small.module
    monkeypatch.setattr("driftkit.sampler.engines.AGREES_DB", {"cuda_graph_bf16": 200.0, "cuda_graph": 60.0})
    ruled = engine_for("auto", small.module, None, small._agreement)
    assert ruled.engine.startswith("cuda_graph,") and small.call.by is small.module


def test_graphs_are_refused_where_there_is_no_gpu(small):
    with pytest.raises(
        Error, match="engine is cuda_graph, which computes on an NVIDIA GPU, and device is cpu; take cu"
    ):
        load("default", "cpu", "cuda_graph")
    if not torch.cuda.is_available():
        with pytest.raises(Error, match="device is cuda, which this machine or this torch does not have"):
            load("default", engine="cuda_graph_bf16")


def test_a_recording_shares_nothing_with_what_it_was_made_of():
    given = (torch.ones(2, 3),)
    assert isinstance(repeated(lambda x: 2 * x, given), Recording)
    before = copy.deepcopy(given)
    Captured(lambda x: 2 * x, CPU, repeated)(*given)
    assert torch.equal(given[0], before[0])
