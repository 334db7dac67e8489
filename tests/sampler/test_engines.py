"""Engines: which one is taken, what is told where one cannot be, and that torch goes on then."""

import os
import sys

import numpy as np
import pytest
import torch
from rig import warm
from rig.models import small_model

from driftkit import Error, Hit, load
from driftkit.sampler import compiled, engines
from driftkit.sampler.compiled import GRAPH, begin, openvino_core
from driftkit.sampler.engines import AGREES_DB, engine_for
from driftkit.sampler.graphs import Graph

pytestmark = pytest.mark.usefixtures("one_thread")
CLASSES, LENGTH = ("kick", "snare"), 512  # of the model in `folder`


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
    done = warm.run(["-c", script], os.environ | home)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir())  # its telemetry keeps an identity in ~/intel before it sends anything


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
