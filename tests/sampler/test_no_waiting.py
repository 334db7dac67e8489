"""A GPU is never waited for while a hit is rendered: what would read from it is found out without one."""

import numpy as np
import pytest
import torch
from rig.lively import SHAPE, inputs, network
from rig.models import small_model
from rig.no_gpu import GPU, NoGpu, put

from driftkit import Hit, load
from driftkit.sampler.batches import walk
from driftkit.sampler.guidance import with_classes
from driftkit.sampler.networks.classifier import FrameClassifier


@pytest.mark.parametrize("half", [False, True])
def test_what_is_recorded_reads_nothing_back_and_keeps_to_one_device(half):
    net, given = network(), inputs(2)
    net.in_bfloat16 = half
    gpu, ear = NoGpu(), put(FrameClassifier(**SHAPE).eval())
    put(net)
    with gpu, torch.no_grad():
        there = tuple(tensor.to(GPU, non_blocking=True) for tensor in given)
        assert net(*there).device == net(*there[:3]).device == GPU
        assert ear(*there[:2]).device == GPU
    assert not gpu.waits


def test_what_waits_is_found_out():
    gpu = NoGpu()
    x = torch.ones(4, device=GPU)
    for read in (lambda: x[x > 0], lambda: float(x.sum()), lambda: bool(x.any()), lambda: x.cpu(), lambda: x.nonzero()):
        with gpu, pytest.raises(RuntimeError, match="waits for the GPU"):
            read()
    with gpu, pytest.raises(RuntimeError, match="takes tensors of two devices"):
        x * torch.ones(4)
    gpu.waits.clear()
    for bring in (lambda: torch.ones(4).to(GPU), lambda: x[torch.tensor([0, 1])], lambda: x.copy_(torch.ones(4))):
        with gpu, pytest.raises(RuntimeError, match="waits for the GPU"):
            bring()
    gpu.waits.clear()
    with gpu:
        there = torch.tensor([0, 1]).to(GPU, non_blocking=True)
        assert (2 * x)[there].shape == x.copy_(torch.ones(4), non_blocking=True)[:2].shape
    assert not gpu.waits


@pytest.mark.parametrize("hit", [
    Hit(kick=1, steps=4, solver="flow_map", seed=1), Hit(kick=1, guidance=3, steps=3, stochasticity=1, seed=2),
    Hit(kick=1, quality="fine", steps=5, seed=3), Hit(task="vary", source_a="a", variation=0.5, steps=3, seed=4),
    Hit(task="inpaint", source_a="a", inpaint_start_ms=5, steps=3, resampling=2, kick=1, seed=5),
    Hit(task="reshape", source_a="a", kick=1, steps=2, seed=6),
    Hit(task="interpolate", source_a="a", source_b="a", steps=2, seed=7),
], ids=lambda hit: f"{hit.task}-{hit.solver}")  # fmt: skip
def test_no_step_of_a_hit_waits_for_the_gpu(hit, tmp_path, monkeypatch):
    monkeypatch.setattr("driftkit.sampler.paths.ENCODE_STEPS", 2)
    folder = small_model(tmp_path, "small", ("kick", "snare"), 2048, steps=3)
    model = load(str(folder))
    spec = model.spec.__class__(**vars(model.spec) | {"network": model.spec.network | {"reach": True}})
    model.spec = spec
    resolved = model.resolve(hit, lambda name, rate: np.zeros((1, 2048), np.float32))
    gpu, net = NoGpu(), network()
    put(net)

    def guided(weights, strength, weight):
        return with_classes(net, weights, strength, (1.0, 1.0), GPU)

    with gpu, torch.no_grad():
        estimates = list(walk([resolved, resolved], spec, guided, GPU))
    assert estimates and all(y.device == GPU for y in estimates)
    assert not gpu.waits
