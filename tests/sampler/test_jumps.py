"""Jumps of the flow map: the targets against the exact flow of a Gaussian, and a network that learns them."""

import copy
import math
from itertools import cycle, islice, pairwise

import pytest
import torch

from driftkit.sampler.errors import Error
from driftkit.sampler.networks.unet import reach
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.spec import NETWORK
from driftkit.sampler.store import read_tensors
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.export import export
from driftkit.sampler.training.jumps import NEW, draw, landing, size, target, turn
from driftkit.sampler.training.targets import TrainConfig
from driftkit.sampler.training.train import train
from driftkit.sampler.training.unet import Denoising

SMALL = TrainConfig(
    length=2048,
    bands=16,
    widths=(16, 24),
    embedding=16,
    batch=8,
    warmup=5,
    samples=8 * 4,
    evaluate_every=0,
    jumps=0.5,
    tones=False,
)


def numbers(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def test_the_reach_of_no_jump_is_nothing_and_every_jump_has_its_own() -> None:
    s = torch.logspace(-3, 2, 50)
    assert torch.equal(reach(s, s), torch.zeros(50, reach(s, s).shape[1]))
    ratios = torch.tensor([0.0, 1e-4, 1e-3, 0.01, 0.1, 0.3, 0.6, 0.8, 1.0])
    far = reach(torch.full((9,), 2.0), 2 * ratios)
    assert float(torch.pdist(far).min()) > 0.1


def test_weights_without_reach_load_and_mean_the_same_bit_for_bit() -> None:
    plain, able = WienerUNet(512, 16, 2, (16, 24), 16), WienerUNet(512, 16, 2, (16, 24), 16, reach=True)
    torch.nn.init.normal_(plain.unet.leave.weight, std=0.1)
    able.load_state_dict(plain.state_dict(), strict=False)
    y, s, weights = numbers(2, 1, 512), torch.tensor([2.0, 0.05]), torch.eye(2)
    with torch.no_grad():
        told = plain(y, s, weights)
        assert torch.equal(able(y, s, weights), told)
        torch.nn.init.normal_(able.unet.embedding.reach.weight)
        assert torch.equal(able(y, s, weights), told)
        torch.testing.assert_close(able(y, s, weights, s), told)  # no jump: the denoiser
        torch.testing.assert_close(able(y, s, weights, s * (1 - 1e-4)), told, atol=5e-3, rtol=0)
        assert not torch.allclose(able(y, s, weights, s / 3), told, atol=1e-3)
    with pytest.raises(ValueError, match="no reach"):
        plain(y, s, weights, s / 3)


def test_only_a_missing_reach_is_let_pass(tmp_path) -> None:
    from safetensors.torch import save_file

    old, new = WienerUNet(128, 16, 2, (16, 16), 16), WienerUNet(128, 16, 2, (16, 16), 16, reach=True)
    save_file({k: v.contiguous() for k, v in old.state_dict().items()}, tmp_path / NETWORK)
    read_tensors(tmp_path / NETWORK, new, may_lack=NEW)
    assert not new.unet.embedding.reach.weight.any()
    with pytest.raises(Error, match=r"do not fit their model\.json"):
        read_tensors(tmp_path / NETWORK, new)
    save_file({k: v for k, v in old.state_dict().items() if "noise" not in k}, tmp_path / NETWORK)
    with pytest.raises(Error, match=r"do not fit their model\.json"):
        read_tensors(tmp_path / NETWORK, new, may_lack=NEW)


def spreads(rows: int = 7) -> torch.Tensor:
    """S (rows, 1, 40) from far below to far above the levels."""
    return torch.logspace(-3, 0.3, 40, dtype=torch.float64).expand(rows, 1, 40)


class Exact:
    """Sounds that are Gaussian with spreads T (B, M, K), seen by a network that expects S: the field and the flow."""

    def __init__(self, true: torch.Tensor, expected: torch.Tensor) -> None:
        self.true, self.power = true.square(), expected.square()

    def __call__(self, y, s, rows=None):
        true, power = (x if rows is None else x[rows] for x in (self.true, self.power))
        noise = s[:, None, None] ** 2
        clean = true / (true + noise) * y
        return (clean - power / (power + noise) * y) * ((noise + power) / (noise * power)).sqrt()

    def flow(self, y, s, to):
        s, to = s[:, None, None], to[:, None, None]
        return y * ((to**2 + self.true) / (s**2 + self.true)).sqrt()


S_FROM = torch.tensor([5.0, 5.0, 0.9, 0.15, 0.02, 60.0, 4.5], dtype=torch.float64)
S_TO = torch.tensor([3.5, 0.5, 0.15, 0.0, 0.0, 0.9, 0.0], dtype=torch.float64)


def errors(steps: int) -> torch.Tensor:
    """How far from the exact flow a target lands, row by row, relative to the sounds."""
    exact = Exact(2 * spreads(), spreads())
    y = (exact.true + S_FROM[:, None, None] ** 2).sqrt() * numbers(7, 1, 40).double()
    flow = exact.flow(y, S_FROM, S_TO)
    mean = target(exact, y, S_FROM, S_TO, exact.power, steps)
    white = y / size(S_FROM, exact.power)
    found = size(S_TO, exact.power) * (white + turn(S_FROM, S_TO, exact.power) * mean)
    return (found - flow).flatten(1).norm(dim=1) / flow.flatten(1).norm(dim=1)


def test_targets_meet_the_exact_flow_and_converge_to_it_in_second_order() -> None:
    four, many, twice = errors(4), errors(64), errors(128)
    print("four steps", four, "128 steps", twice)
    assert (four < 0.1).all()
    ends = torch.tensor([3, 4])  # low enough to see the step from 5e-4 to a sound
    assert (many[ends] < 2e-4).all()
    rest = torch.tensor([0, 1, 2, 5, 6])
    assert (many[rest] < 1e-3).all() and (twice[rest] < many[rest] / 3.5).all()


def test_a_jump_is_exact_for_the_sounds_that_the_network_expects() -> None:
    """With F = 0 whatever the jump: D + (s' / s) (y - D) is the exact flow of a Gaussian with spreads S."""
    network = WienerUNet(640, 1, 2, (16, 16), 16, reach=True, front="patches")
    network.spread.copy_(spreads(3)[:, :, :1].expand(3, 1, 640))
    network.spread.mul_(torch.logspace(0, 3, 640))
    weights = torch.eye(2)[[0, 1, 0, 1, 0, 1, 0]]
    exact = Exact(*(network.power(weights).sqrt().double(),) * 2)
    y = (exact.true + S_FROM[:, None, None] ** 2).sqrt() * numbers(7, 1, 640).double()
    with torch.no_grad():
        clean = network(y.float(), S_FROM.float(), weights, S_TO.float()).double()
    ratio = (S_TO / S_FROM)[:, None, None]
    torch.testing.assert_close(clean + ratio * (y - clean), exact.flow(y, S_FROM, S_TO), rtol=2e-5, atol=1e-7)


def test_a_target_is_true_to_the_last_bits_where_nothing_is_left_but_noise() -> None:
    """At s = 80 a sound of 2e-4 is beneath the rounding of y in float32; the target is a mean of fields still."""
    true, expected = (torch.full((1, 4, 8), level, dtype=torch.float64) for level in (4e-4, 2e-4))
    s, to, y = torch.tensor([80.0]), torch.tensor([64.0]), 80 * numbers(1, 4, 8)
    exact = Exact(true, expected)
    slow = target(exact, y.double(), s.double(), to.double(), exact.power)
    quick = Exact(true.float(), expected.float())
    torch.testing.assert_close(target(quick, y, s, to, quick.power), slow.float(), rtol=1e-3, atol=0)


def test_rows_that_jump_are_spread_and_the_others_keep_their_level() -> None:
    s = torch.full((4000,), 0.3)
    start, to = draw(s, 0.25, torch.Generator().manual_seed(0))
    jumps = to < start
    assert jumps.view(-1, 8).sum(1).tolist() == [2] * 500
    assert torch.equal(start[~jumps], s[~jumps]) and torch.equal(to[~jumps], s[~jumps])
    start, to = start[jumps], to[jumps]
    ratio = (start / to)[to > 0].log()
    assert 0.2 <= float(ratio.min()) < 0.3 and 4.2 < float(ratio.max()) <= 4.5 + 1e-5
    assert 2e-3 <= float(start.min()) and 40 < float(start.max()) <= 80
    assert float(to[to > 0].min()) >= 1e-3 and 0.15 < float((to == 0).float().mean()) < 0.5
    assert float((start > 4).float().mean()) == pytest.approx(0.2 + 0.8 * math.log(5 / 4) / math.log(2500), abs=0.04)


def test_half_of_the_jumps_go_between_levels_that_are_given() -> None:
    levels = (20.0, 1.5, 0.05)
    start, to = draw(torch.ones(4000), 1.0, torch.Generator().manual_seed(0), levels)
    assert bool((to < start).all())
    between = 0.0
    for here, there in pairwise((*levels, 0.0)):
        near = (start / here).log().abs() < 0.4
        there_too = to == 0 if there == 0 else (to.clamp_min(1e-9) / there).log().abs() < 0.4
        found = float((near & there_too).float().mean())
        assert 0.16 < found < 0.24, (here, there)  # a sixth each, and some of the others
        between += found
    assert between == pytest.approx(0.55, abs=0.06)


@pytest.mark.parametrize("levels", [(1.0, 2.0), (1.0, 0.0), (1.0, 1.0)])
def test_levels_that_do_not_fall_are_refused(packed, levels) -> None:
    corpus = Corpus.load(packed, "train", SMALL.length, torch.device("cpu"))
    with pytest.raises(Error, match=r"jump_levels is .*; they must fall, and stay above 0"):
        Denoising(SMALL.changed(jumps=0.5, jump_levels=levels), corpus)


@pytest.mark.slow
def test_a_network_learns_the_jumps_of_its_teacher(packed) -> None:
    corpus = Corpus.load(packed, "train", 512, torch.device("cpu"))
    torch.manual_seed(0)
    shape = {"length": 512, "widths": (16,), "listens": False}
    plain = SMALL.changed(**shape, floor=2e-4, precision="float32", jumps=1.0, batch=16)
    objective = Denoising(plain, corpus)
    torch.nn.init.normal_(objective.network.unet.leave.weight, std=0.3)
    objective.taught_by(copy.deepcopy(objective.network).eval())
    untaught = copy.deepcopy(objective)
    optimiser = torch.optim.Adam(objective.network.parameters(), 2e-3)
    generator = torch.Generator().manual_seed(0)
    batches = corpus.batches(plain, generator)
    shown, new = list(islice(batches, 8)), list(islice(batches, 6))
    for i, (x, soft) in enumerate(islice(cycle(shown), 64)):
        optimiser.param_groups[0]["lr"] = 2e-3 * min(1, 2 - i / 32)
        optimiser.zero_grad()
        objective(x, *objective.draw(soft, generator)).backward()
        optimiser.step()
    taught = still = 0.0
    with torch.no_grad():
        for x, soft in new:  # which neither has seen
            drawn = objective.draw(soft, generator)
            taught += float(objective(x, *drawn))
            still += float(untaught(x, *drawn))
    print(f"{taught / still:.3f} of the loss is left")
    assert taught < 0.85 * still


def test_shares_of_a_batch_with_jumps_add_up_to_it(packed) -> None:
    corpus = Corpus.load(packed, "train", 2048, torch.device("cpu"))
    torch.manual_seed(0)
    objective = Denoising(SMALL.changed(precision="float32"), corpus)
    torch.nn.init.normal_(objective.network.unet.leave.weight, std=0.1)
    generator = torch.Generator().manual_seed(0)
    x, soft = next(corpus.batches(SMALL, generator))
    drawn = objective.draw(soft, generator)
    whole = objective(x, *drawn)
    halves = [objective(x[part], *(d[part] for d in drawn)) for part in (slice(0, 4), slice(4, 8))]
    torch.testing.assert_close((halves[0] + halves[1]) / 2, whole, rtol=1e-5, atol=0)


def test_a_run_with_jumps_begins_from_a_model_without_goes_on_and_exports(packed, tmp_path) -> None:
    plain = train("unet", packed, tmp_path / "plain", SMALL.changed(jumps=0))
    export(plain, None, tmp_path / "model")
    begun = train("unet", packed, tmp_path / "run", SMALL, start=tmp_path / "model")
    train("unet", packed, tmp_path / "run", SMALL.changed(samples=8 * 6, jumps=0.25))
    state = load_checkpoint(begun)
    assert state["samples"] == 8 * 6 and state["ema"][f"unet.{NEW[0]}"].any()
    spec = export(begun, None, tmp_path / "jumper")
    assert spec.network["reach"] is True and "jump" in spec.trained["held_out"]
    with pytest.raises(Error, match=r"a run with jumps 0.25, the config says 0.0; give another --out"):
        train("unet", packed, tmp_path / "run", SMALL.changed(samples=8 * 20, jumps=0.0))


def test_a_share_beyond_the_batch_is_refused(packed) -> None:
    corpus = Corpus.load(packed, "train", 2048, torch.device("cpu"))
    with pytest.raises(Error, match="jumps is 2; it must be from 0 to 1"):
        Denoising(SMALL.changed(jumps=2), corpus)


def test_landing_of_an_exact_flow_is_no_error_at_all() -> None:
    network = WienerUNet(128, 16, 2, (16, 16), 16, reach=True)
    network.spread.fill_(0.3)
    found = landing(network, torch.eye(2))
    assert found["jump"] == found["still"] < 1e-5 and found["ddim"] > 0.05
