"""Engines: a graph in OpenVINO gives what torch gives, and is taken only where it may be."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.models import models, small_model

from driftkit import Error, Hit, Model, load
from driftkit.sampler import compiled, engines
from driftkit.sampler.compiled import GRAPH, OPENVINO_BF16, begin, openvino_core
from driftkit.sampler.engines import AGREES_DB, engine_for, example
from driftkit.sampler.graphs import OFTEN, Graph, write_graph
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.sound import snr_db
from driftkit.sampler.spec import SHIPPED, read_spec
from driftkit.sampler.store import write_model

CLASSES = ("kick", "snare")
LENGTH = 512


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model with its graph."""
    found = small_model(tmp_path_factory.mktemp("home"), "small", CLASSES, LENGTH, steps=3)
    model = load(str(found))
    torch.nn.init.normal_(model.module.unet.leave.weight, std=0.3, generator=torch.Generator().manual_seed(1))
    write_model(found, model.spec, model.module, None, torch.float16)
    assert read_spec(found).classifier
    model = load(str(found))
    write_graph(model.module, found, example(model.spec, True))
    return found


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy of it, for a test of its own."""
    return Path(shutil.copytree(written, models(tmp_path) / written.name))


def test_the_shipped_graph_is_of_the_shipped_weights():
    model = load("default")
    graph = Graph(SHIPPED / "default", 1)
    generator = torch.Generator().manual_seed(1)
    for s in (3.0, 0.1, 0.001):
        y = s * torch.randn(2, 1, model.spec.length, generator=generator)
        inputs = y, torch.full((2,), s), torch.eye(len(model.spec.classes))[:2]
        with torch.no_grad():
            wanted = model.module(*inputs)
        assert snr_db(wanted.numpy(), graph(*inputs).numpy()) > 90


@pytest.fixture
def in_bfloat16() -> Model:
    """The shipped model, computed so where that can be."""
    try:
        return load("default", engine=OPENVINO_BF16)
    except Error as reason:
        assert "this processor has no bfloat16; take openvino or torch" in str(reason)
        pytest.skip(str(reason))


def test_bfloat16_stays_near_float32_in_every_task(in_bfloat16):
    exact = load("default", engine="openvino")
    source = exact.render(Hit(tom=1, seed=1))
    hits = [
        Hit(kick=1, seed=1), Hit(snare=0.5, clap=0.5, guidance=2, seed=2),
        Hit(task="vary", source_a="a", variation=0.05, seed=4), Hit(task="vary", source_a="a", variation=0.6, seed=5),
        Hit(task="inpaint", source_a="a", inpaint_start_ms=20, inpaint_end_ms=200, tom=1, steps=6, seed=6),
        Hit(task="reshape", source_a="a", snare=1, seed=7),
        Hit(task="interpolate", source_a="a", source_b="a", interpolation_latent="noise", interpolation_t=0.4, seed=8),
    ]  # fmt: skip
    for hit in hits:
        near, far = (model.render(hit, {"a": source.samples}) for model in (exact, in_bfloat16))
        assert snr_db(near.samples, far.samples) > 25
        late = slice(-4410, None)  # the tail is as quiet
        assert np.abs(far.samples[:, late]).max() < 1.5 * np.abs(near.samples[:, late]).max() + 1e-4
    there = in_bfloat16.decode(in_bfloat16.encode(source.samples, steps=16), steps=16)
    assert snr_db(source.samples, there) > 20


def test_a_sound_is_the_same_alone_and_in_a_batch_bit_for_bit():
    model = load("default", engine="auto")
    assert model.engine.startswith("openvino")
    hits = [Hit(kick=1, seed=1), Hit(snare=1, seed=2), Hit(clap=1, seed=3)]
    for alone, together in zip(map(model.render, hits), model.render_batch(hits)):
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


def test_where_openvino_does_not_work_torch_goes_on(folder, monkeypatch):
    def broken() -> None:
        raise RuntimeError("sources/of/it.cpp:1\nno CPU was found\n")

    monkeypatch.setattr("openvino.Core", broken)
    with pytest.raises(Error, match=r"OpenVINO does not work here \(no CPU was found\); take the engine torch"):
        Graph(folder, 1)
    assert load(str(folder), engine="auto").engine.startswith("torch")


def test_openvino_neither_asks_the_network_nor_writes_into_the_home(tmp_path):
    script = (
        "import sys, driftkit\n"
        "model = driftkit.load('default', engine='openvino')\n"
        "assert model.engine.startswith('openvino') and not sys.modules['openvino_telemetry']\n"
    )
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], env=os.environ | home, check=True)
    assert not list(tmp_path.iterdir())  # its telemetry keeps an identity in ~/intel before it sends anything


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


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine of one core."""
    monkeypatch.setattr(engines, "threads", lambda: 1)


def has_bfloat16() -> bool:
    """Does OpenVINO multiply in it here?"""
    return "BF16" in openvino_core()[1]


def test_auto_is_openvino_by_rule_in_bfloat16_where_the_processor_has_it(folder):
    model = load(str(folder), engine="auto")
    assert (model.engine, model.why) == ("openvino_bf16, 1 thread" if has_bfloat16() else "openvino, 1 thread", "")
    assert np.isfinite(model.render(Hit(kick=1, seed=1)).samples).all()


def test_a_graph_may_be_begun_before_the_model_is_there(folder, monkeypatch):
    begin(folder, 1)
    with monkeypatch.context() as patched:
        if has_bfloat16():  # else what is refused first
            assert compiled._begun[folder, 1].result()
            patched.setattr(compiled, "Compiled", lambda *_: pytest.fail("it was compiled again"))
        found = load(str(folder), engine="auto")
        assert found.engine.startswith("openvino") and not compiled._begun
    wanted = load(str(folder), engine="auto").render(Hit(kick=1, seed=1))
    assert np.array_equal(found.render(Hit(kick=1, seed=1)).samples, wanted.samples)
    (folder / GRAPH).unlink()
    begin(folder, 1)
    assert "has no network.onnx" in load(str(folder), engine="auto").why


def test_what_disagrees_with_torch_is_not_taken(folder, monkeypatch):
    monkeypatch.setattr(engines, "AGREES_DB", AGREES_DB | {"openvino_bf16": 200.0})
    assert load(str(folder), engine="auto").engine == "openvino, 1 thread"
    monkeypatch.setattr(engines, "AGREES_DB", dict.fromkeys(AGREES_DB, 200.0))
    model = load(str(folder), engine="auto")
    assert model.engine == "torch, 1 thread" and model.call.by is model.module
    assert "a hit by openvino is only" in model.why and "not 200 dB" in model.why
    assert load(str(folder), engine="openvino").engine.startswith("openvino"), "who asks for it gets it"


def test_a_graph_that_fails_as_it_computes_is_not_taken(folder, monkeypatch):
    def broken(self: Graph, *inputs: torch.Tensor) -> torch.Tensor:
        raise RuntimeError("an exception in a layer")

    monkeypatch.setattr(Graph, "__call__", broken)
    model = load(str(folder), engine="auto")
    assert model.engine == "torch, 1 thread" and model.why == "an exception in a layer"
    assert np.isfinite(model.render(Hit(kick=1, seed=1)).samples).all()


def test_a_graph_of_other_weights_is_refused(folder):
    other = small_model(folder.parents[2], "other", CLASSES, LENGTH)
    (other / GRAPH).write_bytes((folder / GRAPH).read_bytes())
    with pytest.raises(Error, match=r"is of other weights than network.safetensors; write it again"):
        load(str(other), engine="openvino")
    (other / GRAPH).write_bytes(b"nothing")
    with pytest.raises(Error, match=r"cannot be read .* write it again with `driftkit onnx`"):
        load(str(other), engine="openvino")
    torch_goes_on = load(str(other), engine="auto")
    assert torch_goes_on.engine.startswith("torch") and "cannot be read" in torch_goes_on.why
    (other / GRAPH).unlink()
    with pytest.raises(Error, match=r"the model other has no network.onnx; `driftkit onnx --model other` writes it"):
        load(str(other), engine="openvino")
    with pytest.raises(
        Error, match=r"engine is fast; it must be auto, torch, openvino, openvino_bf16, cuda_graph or c"
    ):
        load(str(other), engine="fast")


def test_engines_are_named_right_and_where_they_run_before_anything_is_loaded(folder):
    with pytest.raises(
        Error, match=r"engine is nonsense; it must be auto, torch, openvino, openvino_bf16, cuda_graph or c"
    ):
        load("no-such-model", device="cuda", engine="nonsense")
    for device in ("cuda", "mps"):
        with pytest.raises(
            Error, match=rf"engine is openvino, which computes on the CPU, and device is {device}; take cpu"
        ):
            load(str(folder), device=device, engine="openvino")
    assert load(str(folder), device="auto", engine="openvino").device.type == "cpu"


def test_without_openvino_torch_goes_on(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "openvino", None)  # as if it were not installed
    with pytest.raises(Error, match=r"OpenVINO is not installed; install it with: .* pip install .driftkit\[fast\]"):
        load(str(folder), engine="openvino")
    model = load(str(folder), engine="auto")
    assert model.engine.startswith("torch") and "OpenVINO is not installed" in model.why


@pytest.fixture
def two_threads(monkeypatch):
    """As on a machine of two cores."""
    before = torch.get_num_threads()
    monkeypatch.setattr(engines, "threads", lambda: 2)
    yield
    torch.set_num_threads(before)


def test_torch_has_its_threads_again_once_no_graph_computes(folder, two_threads):
    bare = small_model(folder.parents[2], "bare", CLASSES, LENGTH)
    network = load(str(folder), engine="openvino").module
    assert torch.get_num_threads() == 1
    with pytest.raises(Error, match=r"the model bare has no network\.onnx"):
        engine_for("openvino", network, bare, lambda call: 0.0)
    assert torch.get_num_threads() == 2
    engine_for("openvino", network, folder, lambda call: 0.0)
    assert torch.get_num_threads() == 1
    load(str(folder)).settle(folder, "torch")
    assert torch.get_num_threads() == 2
