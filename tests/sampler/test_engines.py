"""Engines: a graph in ONNX Runtime gives what torch gives, and is taken only where it may be."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.models import small_model

from driftkit import Error, Hit, load
from driftkit.sampler.engines import GRAPH, MOST_THREADS, Graph, engine_for, example, thread_counts, write_graph
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.sound import snr_db
from driftkit.sampler.spec import SHIPPED, read_spec
from driftkit.sampler.store import write_model

CLASSES = ("kick", "snare")
LENGTH = 512


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small model with its graph."""
    found = small_model(tmp_path, "small", CLASSES, LENGTH, steps=3)
    model = load(str(found))
    torch.nn.init.normal_(model.module.unet.leave.weight, std=0.3, generator=torch.Generator().manual_seed(1))
    write_model(found, model.spec, model.module, None, torch.float16)
    assert read_spec(found).classifier
    model = load(str(found))
    write_graph(model.module, found, example(model.spec, True))
    return found


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


def test_every_task_sounds_the_same_with_either_engine(folder, tmp_path):
    one, other = load(str(folder)), load(str(folder), engine="onnxruntime")
    assert (one.engine, other.engine.partition(",")[0]) == ("torch", "onnxruntime")
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


def test_auto_takes_one_of_them(folder):
    model = load(str(folder), engine="auto")
    assert model.engine.partition(",")[0] in ("torch", "onnxruntime")
    assert np.isfinite(model.render(Hit(kick=1, seed=1)).samples).all()


def test_a_graph_of_other_weights_is_refused(folder):
    model = load(str(folder))
    inputs = example(model.spec, True)
    other = small_model(folder.parents[2], "other", CLASSES, LENGTH)
    (other / GRAPH).write_bytes((folder / GRAPH).read_bytes())
    with pytest.raises(Error, match=r"is of other weights than network.safetensors; write it again"):
        load(str(other), engine="onnxruntime")
    (other / GRAPH).write_bytes(b"nothing")
    with pytest.raises(Error, match=r"cannot be read .* write it again with `driftkit onnx`"):
        load(str(other), engine="onnxruntime")
    assert engine_for("auto", model.module, other, inputs)[0].startswith("torch")
    (other / GRAPH).unlink()
    with pytest.raises(Error, match=r"the model other has no network.onnx; `driftkit onnx --model other` writes it"):
        load(str(other), engine="onnxruntime")
    with pytest.raises(Error, match=r"engine is fast; it must be auto, torch or onnxruntime"):
        load(str(other), engine="fast")


def test_engines_are_named_right_and_where_they_run_before_anything_is_loaded(folder):
    with pytest.raises(Error, match=r"engine is nonsense; it must be auto, torch or onnxruntime"):
        load("no-such-model", device="cuda", engine="nonsense")
    for device in ("cuda", "mps"):
        with pytest.raises(
            Error, match=rf"engine is onnxruntime, which computes on the CPU, and device is {device}; take"
        ):
            load(str(folder), device=device, engine="onnxruntime")
    assert load(str(folder), device="auto", engine="onnxruntime").device.type == "cpu"


def test_without_onnx_runtime_torch_goes_on(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # as if it were not installed
    with pytest.raises(Error, match=r"onnxruntime is not installed; install it with: .* pip install .driftkit\[fast\]"):
        load(str(folder), engine="onnxruntime")
    assert load(str(folder), engine="auto").engine.startswith("torch")


def test_threads_are_at_most_eight():
    tried = {most: thread_counts(most) for most in (1, 2, 4, 8, 16, 64)}
    assert tried == {1: [1], 2: [2], 4: [4, 2], 8: [8, 4], 16: [8], 64: [8]}
    assert thread_counts()[0] == min(MOST_THREADS, 8)


@pytest.fixture
def two_threads(monkeypatch):
    """As on a machine of two cores."""
    before = torch.get_num_threads()
    monkeypatch.setattr("driftkit.sampler.engines.thread_counts", lambda: [2])
    yield
    torch.set_num_threads(before)


def test_torch_has_its_threads_again_once_no_graph_computes(folder, two_threads):
    bare = small_model(folder.parents[2], "bare", CLASSES, LENGTH)
    inputs = example(load(str(bare)).spec, True)
    network = load(str(folder), engine="onnxruntime").module
    assert torch.get_num_threads() == 1
    with pytest.raises(Error, match=r"the model bare has no network\.onnx"):
        engine_for("onnxruntime", network, bare, inputs)
    assert torch.get_num_threads() == 2
    engine_for("onnxruntime", network, folder, inputs)
    load(str(folder)).settle(folder, "torch")
    assert torch.get_num_threads() == 2
