"""Jumps of the flow map: exact where the map is, by themselves and in every task."""

import itertools
import math

import pytest
import torch
from oracles import FlowMap, Gaussian, Hearing, normal

from driftkit.sampler.grids import between, grid, karras
from driftkit.sampler.guidance import with_classes
from driftkit.sampler.hit import Hit
from driftkit.sampler.paths import encoding_of, path_of
from driftkit.sampler.resolve import PULL, resolve
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.solvers import SOLVERS, Level, trajectory
from driftkit.sampler.spec import SHIPPED, read_spec
from driftkit.sampler.tasks import Path, decode, generate, latent, reshape, vary

COS = SCHEDULES["vp_cos"]
JUMPS = (4.5, 0.9, 0.15, 0.02)
BANDS = FlowMap(0.3, torch.logspace(-3, 0, 40, dtype=torch.float64))


def last(walk):
    *_, y = walk
    return y


# -- the solver -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jumps", [(75.0,), (75.0, 0.3), (75.0, 3.0, 0.2, 0.001)])
def test_with_the_exact_map_any_number_of_jumps_ends_where_the_flow_ends(jumps) -> None:
    y = 0.3 + 75 * normal(3, 1, 40)
    for end in (0.0, 0.0005):
        levels = [Level(0.0, s) for s in (*jumps, end)]
        *_, (made, _) = trajectory(BANDS, y, levels, SOLVERS["flow_map"])
        torch.testing.assert_close(made, BANDS.flow(y, 75.0, end), rtol=1e-10, atol=1e-12)


def test_a_map_that_has_learnt_nothing_is_ddim() -> None:
    levels, y = grid(COS, "karras", 75, 5e-4, 7), 75 * normal(2, 1, 5)
    plain = Gaussian(0.3, 0.5)
    made = [list(trajectory(plain, y, levels, SOLVERS[name])) for name in ("flow_map", "ddim")]
    for (a, clean_a), (b, clean_b) in zip(*made):
        assert torch.equal(a, b) and torch.equal(clean_a, clean_b)


@pytest.mark.parametrize("stochasticity", [0.3, 1.0])
def test_under_noise_exact_jumps_keep_the_spread_of_the_data(stochasticity: float) -> None:
    """Each jump ends on the marginal of a lower level, and the noise brings it to its own."""
    levels = [Level(0.0, s) for s in (75.0, 4.0, 0.8, 0.1, 0.0)]
    drum, draws = FlowMap(0.0, 0.5), (normal(40_000, 1, 1, seed=i) for i in itertools.count())
    begun = math.sqrt(75**2 + 0.5**2) * next(draws)
    *_, (made, _) = trajectory(drum, begun, levels, SOLVERS["flow_map"], stochasticity, lambda: next(draws))
    assert float(made.std()) == pytest.approx(0.5, rel=0.02)


def test_the_level_to_jump_to_reaches_the_network_through_guidance() -> None:
    """Per item: with strength 0 or 1 the map is that of the sounds or the class, else what both make of s'."""
    ear = Hearing(Gaussian(0.3, 0.5), heard=(-0.6, 1.0), width=0.7)
    kinds = [FlowMap(one.mean, one.std) for one in (ear.sounds, ear.given((1.0, 0.0)))]

    def network(y, s, weights, to):
        free, kick = (kind(y, s, to) for kind in kinds)
        return free + weights[:, :1, None] * (kick - free)

    weights, strength = torch.tensor([[1.0, 0.0]] * 3).double(), torch.tensor([0.0, 1.0, 2.0]).double()
    y, s, to = normal(3, 1, 4), torch.full((3,), 2.0).double(), torch.full((3,), 0.1).double()
    found = with_classes(network, weights, strength)(y, s, to)
    free, kick = (kind(y, s, to) for kind in kinds)
    torch.testing.assert_close(found, torch.stack([free[0], kick[1], 2 * kick[2] - free[2]]))


def test_a_moderate_pull_leaves_four_jumps_nearer_to_the_guided_flow_than_six_steps() -> None:
    """The class and all sounds are Gaussians whose spreads differ; the pulled jump is made of their exact ones."""
    sounds = torch.logspace(-3, 0.3, 200, dtype=torch.float64)
    kinds = [FlowMap(0.0, sounds * (0.3 * normal(200)).exp()), FlowMap(0.0, sounds)]
    noise, weights = normal(16, 1, 200, seed=1), torch.ones(16, 1, dtype=torch.float64)

    def network(y, s, asked, to=None):
        free, kick = (kind(y, s, to) for kind in kinds)
        return free + asked[:, :, None] * (kick - free)

    def miss(strength: float, solver: str, levels: list[float]) -> float:
        pulled = with_classes(network, weights, strength * weights[:, 0])

        def ends(solver: str, levels: list[float]):
            path = [Level(0.0, s) for s in (*levels, 0.0)]
            *_, (made, _) = trajectory(pulled, levels[0] * noise, path, SOLVERS[solver])
            return made

        exact = ends("dpmpp_2m", karras(COS, 4.5, 1e-5, 400))
        return float((ends(solver, levels) - exact).norm() / exact.norm())

    six = [4.5, 1.64, 0.37, 0.088, 0.017, 0.00028]
    for strength in (0.0, 0.5, 1.0, 1.5, PULL):
        assert miss(strength, "flow_map", list(JUMPS)) < miss(strength, "dpmpp_2m", six), strength
    assert miss(4.0, "flow_map", list(JUMPS)) > miss(4.0, "dpmpp_2m", six)


# -- its levels -------------------------------------------------------------------------------------------


def visited(high: float, n: int) -> list[float]:
    return [one.s for one in grid(COS, between(JUMPS), high, 5e-4, n)]


def test_as_many_jumps_as_levels_visit_these_and_others_share_out_the_way() -> None:
    assert visited(4.5, 4) == pytest.approx([*JUMPS, 0.0], rel=1e-9)
    assert visited(4.5, 2) == pytest.approx([4.5, 0.15, 0.0], rel=1e-9)
    assert visited(4.5, 1) == pytest.approx([4.5, 0.0], rel=1e-9)
    assert visited(0.15, 2) == pytest.approx([0.15, 0.02, 0.0], rel=1e-9)
    assert visited(4.5, 8)[::2] == pytest.approx([*JUMPS, 0.0], rel=1e-9)


@pytest.mark.parametrize("high", [4.5, 0.7, 0.02, 0.001])
@pytest.mark.parametrize("n", [1, 2, 3, 5, 16])
def test_jumps_go_down_from_end_to_end(high: float, n: int) -> None:
    levels = visited(high, n)
    assert levels[0] == pytest.approx(high, rel=1e-9) and levels[-1] == 0 and len(levels) == n + 1
    assert all(a > b for a, b in itertools.pairwise(levels))


# -- the tasks, exactly -----------------------------------------------------------------------------------


def test_four_jumps_do_what_the_flow_does_task_by_task() -> None:
    drum = FlowMap(0.3, 0.5)
    down = Path(drum, COS, SOLVERS["flow_map"], between(JUMPS), 4, 5e-4, s_max=JUMPS[0])
    up = Path(drum, COS, SOLVERS["dpmpp_2m"], "karras", 400, 5e-4, s_max=JUMPS[0])
    sound, noise = 0.3 + 0.5 * normal(2, 1, 50), lambda: normal(2, 1, 50, seed=9)
    torch.testing.assert_close(last(generate(down, noise)), drum.flow(4.5 * noise(), 4.5, 0.0), rtol=0, atol=1e-9)
    s = down.s(0.3)
    torch.testing.assert_close(
        last(vary(down, sound, 0.3, noise)), drum.flow(sound + s * noise(), s, 0.0), rtol=0, atol=1e-9
    )
    assert torch.equal(last(vary(down, sound, 0.0, noise)), sound)
    for t in (1.0, 0.4):
        back = last(decode(down, latent(up, sound, t), t, noise))
        torch.testing.assert_close(back, sound, rtol=0, atol=2e-3)  # what 400 steps up leave, and s_min


@pytest.mark.parametrize("spread", [0.01, 0.1, 0.5, 1.0, 3.0])
def test_a_sound_comes_back_from_where_the_shipped_models_jumps_begin(spread: float) -> None:
    """Up by steps, down by the exact map: what is lost is the way up's, for sounds of any size."""
    spec, drum = read_spec(SHIPPED / "default"), FlowMap(0.0, spread)
    hit, sound = resolve(Hit(solver="flow_map"), spec, "").hit, spread * normal(1, 1, 400)
    down = path_of(hit, spec, drum)
    up = encoding_of(hit, spec, drum, down)
    exact = drum.flow(sound, spec.s_min, spec.jumps[0])
    assert float((latent(up, sound) - exact).norm() / exact.norm()) < 0.005
    back = last(reshape(up, down, sound, lambda: sound))
    assert float((back - sound).norm() / sound.norm()) < 0.005
