"""Engines: a graph in OpenVINO gives what torch gives, and is taken only where it may be."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.models import small_model

from driftkit import Error, Hit, Model, load
from driftkit.sampler import fastest
from driftkit.sampler.engines import ENGINES, MOST_THREADS, engine_for, example, thread_counts
from driftkit.sampler.graphs import GRAPH, OPENVINO_BF16, Graph, write_graph
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
        Hit(task="reshape", source_a="a", snare=1, seed=7), Hit(task="interpolate", source_a="a", source_b="a", seed=8),
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
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of its own, so that the user's is neither read nor written."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("driftkit.sampler.fastest.memory", lambda: tmp_path / "cache" / "engines.json")
    monkeypatch.setattr("driftkit.sampler.engines.thread_counts", lambda: [1])


def test_what_was_fastest_is_remembered_until_something_is_another(folder, monkeypatch):
    first = load(str(folder), engine="auto").engine
    file = fastest.memory()
    (key,) = json.loads(file.read_text())
    assert json.loads(file.read_text())[key] == [first.partition(",")[0], 1]

    def never(*_: object) -> float:
        raise AssertionError("it was measured again")

    with monkeypatch.context() as patched:
        patched.setattr("driftkit.sampler.engines.milliseconds", never)
        assert load(str(folder), engine="auto").engine == first
        file.write_text(json.dumps({key: ["torch", 1]}))
        assert load(str(folder), engine="auto").engine == "torch, 1 thread"
    unknown = [json.dumps({key: of}) for of in (["abacus", 1], ["torch", -1], ["torch", 10**12], ["torch", None])]
    for nonsense in ("", "[]", '{"a": 1}', '{"a": ["torch", Infinity]}', "[" * 20_000, *unknown):
        file.write_text(nonsense)
        assert load(str(folder), engine="auto").engine.partition(",")[0] in ENGINES
    model = load(str(folder))
    model.module.unet.leave.weight.mul_(0.5)
    write_model(folder, model.spec, model.module, None, torch.float16)  # its graph is of other weights now
    assert load(str(folder), engine="auto").engine.startswith("torch")
    monkeypatch.setattr("driftkit.sampler.engines.MARGIN", 1e9)  # whatever it takes, a graph beats torch
    write_graph(load(str(folder)).module, folder, example(model.spec, True))  # as the sentence about it says
    assert load(str(folder), engine="auto").engine.startswith("openvino")
    before = len(json.loads(file.read_text()))
    fastest.forget(fastest.situation(folder, MOST_THREADS))
    assert len(json.loads(file.read_text())) == before - 1


def test_a_cache_that_cannot_be_written_is_done_without(folder, tmp_path):
    (tmp_path / "cache").write_text("in the way")
    assert load(str(folder), engine="auto").engine


def test_auto_takes_one_of_them(folder):
    model = load(str(folder), engine="auto")
    assert model.engine.partition(",")[0] in ENGINES
    assert np.isfinite(model.render(Hit(kick=1, seed=1)).samples).all()


def test_a_graph_of_other_weights_is_refused(folder):
    model = load(str(folder))
    inputs = example(model.spec, True)
    other = small_model(folder.parents[2], "other", CLASSES, LENGTH)
    (other / GRAPH).write_bytes((folder / GRAPH).read_bytes())
    with pytest.raises(Error, match=r"is of other weights than network.safetensors; write it again"):
        load(str(other), engine="openvino")
    (other / GRAPH).write_bytes(b"nothing")
    with pytest.raises(Error, match=r"cannot be read .* write it again with `driftkit onnx`"):
        load(str(other), engine="openvino")
    assert engine_for("auto", model.module, other, inputs)[0].startswith("torch")
    (other / GRAPH).unlink()
    with pytest.raises(Error, match=r"the model other has no network.onnx; `driftkit onnx --model other` writes it"):
        load(str(other), engine="openvino")
    with pytest.raises(Error, match=r"engine is fast; it must be auto, torch, openvino or openvino_bf16"):
        load(str(other), engine="fast")


def test_engines_are_named_right_and_where_they_run_before_anything_is_loaded(folder):
    with pytest.raises(Error, match=r"engine is nonsense; it must be auto, torch, openvino or openvino_bf16"):
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
    network = load(str(folder), engine="openvino").module
    assert torch.get_num_threads() == 1
    with pytest.raises(Error, match=r"the model bare has no network\.onnx"):
        engine_for("openvino", network, bare, inputs)
    assert torch.get_num_threads() == 2
    engine_for("openvino", network, folder, inputs)
    load(str(folder)).settle(folder, "torch")
    assert torch.get_num_threads() == 2
