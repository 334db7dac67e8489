"""Tasks on a Gaussian whose every answer is known: distributions, ways there and back, and what must stay untouched."""

import itertools
import math
from functools import cache

import pytest
import torch
from oracles import FlowMap, Gaussian, normal
from torch import Tensor

from driftkit.sampler.grids import along, between
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.solvers import SOLVERS
from driftkit.sampler.sound import snr_db
from driftkit.sampler.tasks import JOIN, Path, decode, generate, inpaint, latent, reshape, vary

DRUM = Gaussian(0.3, 0.5)
N = 40_000
EACH_SCHEDULE = pytest.mark.parametrize("schedule", ["vp_cos", "subvp_1_1_cos", "v", "ve"])


def path(solver: str = "heun", steps: int = 60, stochasticity: float = 0.0, schedule: str = "vp_cos", **how) -> Path:
    how = {"denoise": DRUM, "spacing": "karras", "s_min": 5e-4} | how
    return Path(schedule=SCHEDULES[schedule], solver=SOLVERS[solver], steps=steps, stochasticity=stochasticity, **how)


drawn = cache(normal)  # every walk meets the same noise


def noise(*shape: int, seed: int = 0):
    draws = (drawn(*shape, seed=seed + i) for i in itertools.count())
    return lambda: next(draws)


def last(walk) -> Tensor:
    *_, y = walk
    return y


def sound(n: int = 400) -> Tensor:
    """A smooth sound (1, 1, N): no two neighbours more than 0.03 apart."""
    t = torch.linspace(0, 1, n, dtype=torch.float64)
    return (torch.sin(12 * t) * torch.exp(-2 * t))[None, None]


@EACH_SCHEDULE
@pytest.mark.parametrize("solver, stochasticity", [("heun", 0.0), ("heun", 1.0), ("dpmpp_2m", 0.5)])
def test_generate_gives_the_distribution_of_the_data(schedule: str, solver: str, stochasticity: float) -> None:
    x = last(generate(path(solver, 120, stochasticity, schedule), noise(1, 1, N)))
    # ve has s = 11.5 at t = 1 and starts from mean 0 there, which leaves mean (1 - 0.5 / 11.5)
    assert float(x.mean()) == pytest.approx(DRUM.mean, abs=0.02)
    assert float(x.std()) == pytest.approx(DRUM.std, abs=0.01)


@EACH_SCHEDULE
@pytest.mark.parametrize("solver", ["ddim", "heun", "dpmpp_2m"])
def test_latents_and_sounds_decoded_from_them_are_exact_to_the_solvers_order(schedule: str, solver: str) -> None:
    source = DRUM.mean + 0.5 * normal(1, 1, 50)
    latent_errors, errors = [], []
    for steps in (50, 100, 200):
        way = path(solver, steps, schedule=schedule)
        y = latent(way, source)
        exact = DRUM.flow(source, way.s_min, way.s(1.0))
        latent_errors.append(float((y - exact).norm() / exact.norm()))
        errors.append(float((last(decode(way, y, 1.0, noise())) - source).norm() / source.norm()))
    order = SOLVERS[solver].order
    assert math.log(latent_errors[0] / latent_errors[-1]) / math.log(4) == pytest.approx(order, abs=0.25)
    assert math.log(errors[0] / errors[-1]) / math.log(4) > order - 0.25  # there and back, errors partly cancel
    assert errors[-1] < 0.05 / 10 ** (order - 1)


@pytest.mark.parametrize("t", [0.1, 0.3, 0.7])
def test_a_latent_below_t_1_is_the_exact_flow_to_that_level(t: float) -> None:
    way = path("heun", 200)
    source = DRUM.mean + 0.5 * normal(1, 1, 50)
    torch.testing.assert_close(latent(way, source, t), DRUM.flow(source, way.s_min, way.s(t)), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("stochasticity", [0.0, 1.0])
def test_vary_at_0_gives_the_source_back_bit_for_bit(stochasticity: float) -> None:
    assert torch.equal(last(vary(path(stochasticity=stochasticity), sound(), 0.0, noise(1, 1, 400))), sound())
    tiny = path(stochasticity=stochasticity, s_min=1e-6)
    assert torch.equal(last(vary(tiny, sound(), 0.0, noise(1, 1, 400))), sound())


@pytest.mark.parametrize("stochasticity", [0.0, 1.0])
def test_vary_at_1_is_generate_whatever_the_source(stochasticity: float) -> None:
    way = path(stochasticity=stochasticity)
    fresh = last(generate(way, noise(1, 1, 400)))
    assert torch.equal(last(vary(way, sound(), 1.0, noise(1, 1, 400))), fresh)
    assert not torch.equal(last(vary(way, sound(), 0.99, noise(1, 1, 400))), fresh)


@EACH_SCHEDULE
@pytest.mark.parametrize("t", [0.25, 0.5, 0.8])
@pytest.mark.parametrize("sde", [False, True])
def test_vary_gives_exactly_the_distribution_of_what_the_noise_leaves_open(schedule: str, t: float, sde: bool) -> None:
    """A sound x noised to y = x + s n; the ODE maps y on by its flow, the SDE draws from p(x_0 | y)."""
    way = path("heun", 150 if sde else 60, float(sde), schedule, s_min=1e-4)
    source = 1.1
    made = last(vary(way, torch.full((1, 1, N), source, dtype=torch.float64), t, noise(1, 1, N)))
    s = way.s(t)
    kept = DRUM.std**2 / (DRUM.std**2 + s**2)
    share = kept if sde else math.sqrt(kept)
    variance = (share * s) ** 2 + (kept * s**2 if sde else 0)
    assert float(made.mean()) == pytest.approx(DRUM.mean + share * (source - DRUM.mean), abs=0.01)
    assert float(made.std()) == pytest.approx(math.sqrt(variance), rel=0.015)


@pytest.mark.parametrize("solver, levels", [("flow_map", (20.0, 1.5, 0.3, 0.05)), ("dpmpp_2m", (4.7, 1.6, 0.4, 0.02))])
def test_with_learned_levels_the_noise_of_vary_still_grows_up_to_t_1(solver: str, levels: tuple[float, ...]) -> None:
    """To the very end less and less is left of the source, in a sound drawn as exactly as ever."""
    drum = FlowMap(DRUM.mean, DRUM.std)
    spacing = between(levels) if solver == "flow_map" else along(levels)
    way = path(solver, len(levels), denoise=drum, spacing=spacing, s_max=levels[0], s_min=levels[-1])
    source, left, begun = torch.full((1, 1, N), 40.0, dtype=torch.float64), [], []
    for t in (0.3, 0.8, 0.91, 0.95, 0.98, 0.999):
        made = last(vary(way, source, t, noise(1, 1, N)))
        left.append(float(made.mean()) - DRUM.mean)
        begun.append(way.schedule.s(t))
        if solver == "flow_map":
            kept = math.sqrt(DRUM.std**2 / (DRUM.std**2 + begun[-1] ** 2))
            assert left[-1] == pytest.approx(kept * (40 - DRUM.mean), abs=0.02)
            assert float(made.std()) == pytest.approx(kept * begun[-1], rel=0.02)
    assert all(a > 1.2 * b > 0 for a, b in itertools.pairwise(left)), left
    assert torch.equal(last(vary(way, source, 1.0, noise(1, 1, N))), last(generate(way, noise(1, 1, N))))


@EACH_SCHEDULE
def test_reshape_without_weights_gives_the_source_back(schedule: str) -> None:
    way = path("heun", 400, schedule=schedule)
    torch.testing.assert_close(last(reshape(way, way, sound(), noise())), sound(), rtol=0, atol=2e-3)


def test_reshape_moves_the_source_to_where_the_guided_denoiser_has_it() -> None:
    """Between two Gaussians the way through the latent is exact: shift by the means, stretch by the spreads."""
    target = Gaussian(-0.2, 1.0)
    made = last(reshape(path("heun", 400), path("heun", 400, denoise=target), sound(), noise()))
    torch.testing.assert_close(made, -0.2 + 2 * (sound() - 0.3), rtol=0, atol=0.02)  # means differ by 0.5 of s = 75


def test_the_more_steps_the_more_of_a_sound_comes_back_from_its_latent() -> None:
    source = DRUM.mean + 0.5 * normal(1, 1, 50)
    for solver in ("ddim", "dpmpp_2m", "heun"):
        told = []
        for steps in (25, 50, 100, 200):
            way = path(solver, steps)
            told.append(snr_db(source.numpy(), last(decode(way, latent(way, source), 1.0, noise())).numpy()))
        order = SOLVERS[solver].order
        assert all(b - a > 20 * math.log10(2) * (order - 0.4) for a, b in itertools.pairwise(told)), (solver, told)
    assert snr_db(source.numpy(), 1.1 * source.numpy()) == pytest.approx(20)


SPANS = [(100, 300), (0, 150), (250, 400), (0, 400), (120, 121), (200, 200)]


@pytest.mark.parametrize("start, end", SPANS)
@pytest.mark.parametrize("stochasticity", [0.0, 1.0])
def test_inpainting_keeps_all_outside_the_span_bit_for_bit_and_renews_the_inside(
    start: int, end: int, stochasticity: float
) -> None:
    for made in inpaint(path("dpmpp_2m", 16, stochasticity), sound(), start, end, noise(1, 1, 400)):
        assert torch.equal(made[..., :start], sound()[..., :start])
        assert torch.equal(made[..., end:], sound()[..., end:])
    assert bool((made[..., start:end] != sound()[..., start:end]).all())


@pytest.mark.parametrize("stochasticity", [0.0, 1.0])
def test_while_inpainting_the_kept_part_carries_the_noise_of_each_level_and_always_the_same(
    stochasticity: float,
) -> None:
    seen = []

    def watching(y: Tensor, s: Tensor) -> Tensor:
        seen.append((y[..., 1000:] - source[..., 1000:]) / s[:, None, None])
        return DRUM(y, s)

    source = sound(N)
    last(inpaint(path("ddim", 20, stochasticity, denoise=watching), source, 0, 1000, noise(1, 1, N)))
    assert len(seen) == 20 and float(seen[0].std()) == pytest.approx(1, abs=0.02)
    for held in seen[1:]:
        torch.testing.assert_close(held, seen[0], rtol=0, atol=1e-9)


@pytest.mark.parametrize("start, end", [(100, 300), (0, 150), (250, 400)])
def test_an_inpainted_span_joins_without_a_step(start: int, end: int) -> None:
    made = last(inpaint(path(), sound(), start, end, noise(1, 1, 400)))[0, 0]
    typical = float(sound().diff().abs().max())
    steps = made.diff().abs()
    for edge in (start, end):
        if 0 < edge < 400:
            assert float(steps[edge - 1]) < 1.2 * typical
    assert float(steps[start + JOIN : end - JOIN].max()) > 10 * typical  # inside this Gaussian is white noise


def test_the_inpainted_span_has_the_distribution_of_the_data_where_samples_are_independent() -> None:
    source = torch.full((1, 1, N), 1.1, dtype=torch.float64)
    made = last(inpaint(path("heun", 120, 0.5), source, 1000, N, noise(1, 1, N)))[..., 1000 + JOIN :]
    assert float(made.mean()) == pytest.approx(DRUM.mean, abs=0.015)
    assert float(made.std()) == pytest.approx(DRUM.std, abs=0.01)
