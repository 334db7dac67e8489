"""What a model costs, against counts by hand."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from driftkit.sampler import costs
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model
from driftkit.sampler.networks.crash import CrashUNet
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.spec import Spec

N = 100
BATCH = 2


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (partial(nn.Conv1d(3, 5, 7, padding=3), torch.zeros(1, 3, N)), N * 5 * 3 * 7),
        (partial(nn.Conv1d(3, 5, 7, padding=3), torch.zeros(BATCH, 3, N)), BATCH * N * 5 * 3 * 7),
        (partial(nn.Conv1d(3, 5, 4, stride=4), torch.zeros(1, 3, N)), N // 4 * 5 * 3 * 4),
        (partial(nn.Conv1d(6, 6, 3, padding=1, groups=6), torch.zeros(1, 6, N)), N * 6 * 3),
        (partial(nn.ConvTranspose1d(3, 5, 4, stride=2, padding=1), torch.zeros(1, 3, N)), N * 3 * 5 * 4),
        (partial(nn.Linear(3, 5), torch.zeros(BATCH, 3)), BATCH * 5 * 3),
        (partial(torch.matmul, torch.zeros(3, 5), torch.zeros(BATCH, 5, N)), BATCH * N * 3 * 5),
        (partial(F.scaled_dot_product_attention, *torch.zeros(3, 1, 4, N, 8)), 2 * 4 * N * N * 8),
    ],
    ids=["conv", "batch", "strided", "depthwise", "transposed", "linear", "matmul", "attention"],
)
def test_multiply_accumulates_are_those_counted_by_hand(call: Callable[[], object], expected: int) -> None:
    assert costs.macs(call) == expected


def test_a_network_costs_what_its_layers_cost_one_by_one() -> None:
    model = crash()
    counted = []

    def count(layer: nn.Module, inputs: tuple[torch.Tensor], output: torch.Tensor) -> None:
        counted.append(output.numel() * layer.weight[0].numel())

    for layer in model.module.modules():
        if isinstance(layer, (nn.Conv1d, nn.Linear)):
            layer.register_forward_hook(count)
    x, sigma = torch.zeros(1, 1, model.spec.length), torch.ones(1)
    model.network(x, sigma)
    expected, found = sum(counted), costs.size(model)
    assert len(counted) > 20 and found["macs"] == expected
    assert found["parameters"] == sum(p.numel() for p in CrashUNet(**SHAPE).parameters())
    assert (found["samples"], found["network"]) == (model.spec.length, "crash")


def test_the_published_network_costs_what_its_shape_says() -> None:
    enter, widths, factors, level, length = 32, [128, 128, 256, 512, 512], [2, 2, 3, 5, 5], [32, 128, 256, 512], 21_000
    expected = length * 5 * enter + sum(a * b for a, b in pairwise([2 * level[0], *level[1:]]))
    at, channels = length, enter
    for width, factor in zip(widths, factors):
        at //= factor
        expected += at * (4 * channels + 9 * width) * width + level[-1] * 2 * width
        channels = width
    for width, factor in zip([*reversed(widths[:-1]), widths[0]], reversed(factors)):
        expected += at * channels * width + at * factor * (6 * channels + 9 * width) * width
        at, channels = at * factor, width
    expected += length * 3 * channels
    with torch.device("meta"):  # shapes alone
        network = CrashUNet(enter, widths, factors, level)
        assert costs.macs(lambda: network(torch.zeros(1, 1, length), torch.ones(1))) == expected == 19_073_167_616


def test_a_hit_is_a_call_a_step_and_two_where_classes_pull() -> None:
    model = wiener()
    call = costs.size(model) | costs.of_call(model)
    kick = Hit(kick=1, seed=1)
    plain, pulled = (costs.of_hit(model, hit, call) for hit in (kick, kick.replace(guidance=2, steps=5)))
    assert (plain["steps"], plain["macs"]) == (3, 3 * call["macs"])
    assert (pulled["steps"], pulled["macs"]) == (5, 5 * costs.macs(costs.one_call(model, 2)))
    assert plain["rendered"] and plain["s"] > 0
    assert costs.calls_of(model, kick.replace(solver="heun")) == 6


def test_a_long_hit_is_computed_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    model, hits = crash(), {"a hit": Hit(seed=1, steps=40)}
    rendered = costs.costs(model, hits, 2)
    monkeypatch.setattr(costs, "RUN_S", 0)
    monkeypatch.setattr(model, "render", None)
    monkeypatch.setattr(model, "render_batch", None)
    computed = costs.costs(model, hits, 2)
    one = computed["hits"]["a hit"]
    assert not one["rendered"] and not computed["batch"]["rendered"]
    assert one["s"] == pytest.approx(40 * computed["call_s"]) and one["macs"] == 40 * computed["macs"]
    assert rendered["hits"]["a hit"]["rendered"] and rendered["batch"]["rendered"]
    assert rendered["hits"]["a hit"]["macs"] == one["macs"]


def test_a_batch_is_halved_until_the_gpu_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    model, network, asked = crash(), Model.network, []

    def small(x: torch.Tensor, sigma: torch.Tensor) -> torch.Tensor:
        asked.append(len(x))
        if len(x) > 4:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return network(model, x, sigma)

    monkeypatch.setattr(model, "network", small)
    found = costs.of_batch(model, Hit(seed=1, steps=40), {"rendered": False}, 16)
    assert found["sounds"] == 4 and found["sounds_per_s"] > 0 and asked[:3] == [16, 8, 4]
    assert costs.costs(crash(), {"a hit": Hit(seed=1, steps=1)})["batch"]["sounds"] == 8 < costs.TOGETHER["cuda"]


def test_a_figure_is_taken_often_and_a_long_one_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    costs.seconds(lambda: calls.append(1), torch.device("cpu"), 7)
    assert len(calls) == 8
    monkeypatch.setattr(costs, "BUDGET_S", 0)
    assert costs.seconds(lambda: calls.append(1), torch.device("cpu"), 7) > 0
    assert len(calls) == 9


SHAPE = {"enter": 4, "widths": (8, 8), "factors": (2, 3), "level": (4, 8, 8)}
CPU = torch.device("cpu")


def crash() -> Model:
    """A small one of CRASH's networks: no classes, one call a step."""
    spec = Spec("small", {"kind": "crash", **SHAPE}, None, "vp_cos", (), length=600)
    return Model(spec, "small@0", CrashUNet(**SHAPE), None, CPU)


def wiener() -> Model:
    """A small one of driftkit's own, with attention, without a classifier to hear the end."""
    shape = {"length": 2048, "bands": 16, "classes": 2, "widths": (8, 8)}
    spec = Spec("small", {"kind": "wiener_unet", **shape}, None, "vp_cos", ("kick", "snare"), length=2048, steps=3)
    return Model(spec, "small@0", WienerUNet(**shape, embedding=8), None, CPU)
