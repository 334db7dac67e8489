"""Between two sounds: on the sphere of latents, on the line below it, and through one noise, against exact answers."""

import math

import pytest
import torch
from oracles import normal
from test_tasks import DRUM, EACH_SCHEDULE, N, last, noise, path, sound
from torch import Tensor

from driftkit.sampler.tasks import generate, interpolate, interpolate_noised, slerp, vary


class TestSlerp:
    a, b = normal(3, 2, 50), normal(3, 2, 50, seed=1)

    def test_ends_are_the_ends(self) -> None:
        torch.testing.assert_close(slerp(self.a, self.b, 0.0), self.a, rtol=1e-12, atol=1e-12)
        torch.testing.assert_close(slerp(self.a, self.b, 1.0), self.b, rtol=1e-12, atol=1e-12)

    def test_the_angle_grows_evenly_and_equal_lengths_stay(self) -> None:
        unit_a, unit_b = (x / x.flatten(1).norm(dim=1)[:, None, None] for x in (self.a, self.b))
        whole = (unit_a * unit_b).flatten(1).sum(1).acos()
        for way in (0.1, 0.5, 0.8):
            mixed = slerp(unit_a, unit_b, way)
            torch.testing.assert_close(mixed.flatten(1).norm(dim=1), torch.ones(3, dtype=torch.float64))
            torch.testing.assert_close((mixed * unit_a).flatten(1).sum(1).acos(), way * whole)

    def test_it_is_the_same_from_either_side(self) -> None:
        for way in (0.2, 0.5):
            torch.testing.assert_close(slerp(self.a, self.b, way), slerp(self.b, self.a, 1 - way))

    @pytest.mark.parametrize("b", [1.0, 2.0, -1.0])
    def test_where_there_is_no_arc_it_is_the_straight_line_and_other_items_keep_theirs(self, b: float) -> None:
        others = torch.cat([b * self.a[:1], self.b[1:]])
        mixed = slerp(self.a, others, 0.25)
        torch.testing.assert_close(mixed[:1], self.a[:1] * (0.75 + 0.25 * b))
        torch.testing.assert_close(mixed[1:], slerp(self.a[1:], self.b[1:], 0.25))

    def test_silence_has_no_direction_and_still_gives_numbers(self) -> None:
        assert bool(slerp(self.a, 0 * self.a, 0.25).isfinite().all())

    def test_mixed_noise_is_as_loud_as_noise(self) -> None:
        a, b = normal(1, 1, N), normal(1, 1, N, seed=1)
        assert float(slerp(a, b, 0.5).std()) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("t", [0.0, 0.4, 1.0])
def test_interpolation_begins_at_a_and_ends_at_b_bit_for_bit(t: float) -> None:
    a, b = sound(), normal(1, 1, 400)
    for way, end in ((0.0, a), (1.0, b)):
        assert torch.equal(last(interpolate(path(), path(stochasticity=1), a, b, way, t, noise(1, 1, 400))), end)


def test_interpolation_below_t_1_is_linear_where_the_flow_is() -> None:
    a, b = sound(), normal(1, 1, 400)
    way = path("heun", 400)
    torch.testing.assert_close(
        last(interpolate(way, way, a, b, 0.3, 0.5, noise())), torch.lerp(a, b, 0.3), rtol=0, atol=2e-3
    )


class TestInterpolationOfNoisedSounds:
    @EACH_SCHEDULE
    @pytest.mark.parametrize("way", [0.0, 0.3, 0.5, 1.0])
    @pytest.mark.parametrize("sde", [False, True])
    def test_it_gives_exactly_what_the_noise_of_that_level_leaves_open(
        self, schedule: str, way: float, sde: bool
    ) -> None:
        """As for vary, of the mix: had the noises of A and B been two, the spread at 0.5 would be 0.71 of this."""
        path_ = path("heun", 150 if sde else 60, float(sde), schedule, s_min=1e-4)
        a, b = torch.full((1, 1, N), 1.1, dtype=torch.float64), torch.full((1, 1, N), -0.4, dtype=torch.float64)
        made = last(interpolate_noised(path_, a, b, way, 0.5, noise(1, 1, N)))
        s = path_.s(0.5)
        kept = DRUM.std**2 / (DRUM.std**2 + s**2)
        share = kept if sde else math.sqrt(kept)
        mixed = (1 - way) * 1.1 - way * 0.4
        assert float(made.mean()) == pytest.approx(DRUM.mean + share * (mixed - DRUM.mean), abs=0.01)
        assert float(made.std()) == pytest.approx(math.sqrt((share * s) ** 2 + (kept * s**2 if sde else 0)), rel=0.02)

    def test_the_noise_that_the_denoiser_sees_is_that_of_its_level(self) -> None:
        seen = []

        def watching(y: Tensor, s: Tensor) -> Tensor:
            seen.append(float((y - torch.lerp(a, b, 0.5)).std() / s[0]))
            return DRUM(y, s)

        a, b = (0.5 * normal(1, 1, N, seed=i) for i in (7, 8))
        last(interpolate_noised(path(denoise=watching), a, b, 0.5, 0.4, noise(1, 1, N)))
        assert seen[0] == pytest.approx(1, abs=0.015)

    def test_at_t_0_it_is_the_mix_and_at_t_1_a_new_sound(self) -> None:
        a, b = sound(), normal(1, 1, 400)
        assert torch.equal(last(interpolate_noised(path(), a, b, 0.3, 0.0, noise(1, 1, 400))), torch.lerp(a, b, 0.3))
        fresh = last(generate(path(), noise(1, 1, 400)))
        assert torch.equal(last(interpolate_noised(path(), a, b, 0.3, 1.0, noise(1, 1, 400))), fresh)

    def test_its_ends_are_the_variations_of_either_sound(self) -> None:
        a, b = sound(), normal(1, 1, 400)
        for way, end in ((0.0, a), (1.0, b)):
            made = last(interpolate_noised(path(), a, b, way, 0.4, noise(1, 1, 400)))
            assert torch.equal(made, last(vary(path(), end, 0.4, noise(1, 1, 400))))


def test_interpolation_at_t_1_mixes_on_the_sphere_and_keeps_the_spread() -> None:
    """Half way between two sounds of the data, the line would have 0.71 of the spread; the sphere has all of it."""
    a, b = (DRUM.mean + DRUM.std * normal(1, 1, N, seed=i) for i in (1, 2))
    way = path("heun", 60)
    made = last(interpolate(way, way, a, b, 0.5, 1.0, noise()))
    assert float(made.std()) == pytest.approx(DRUM.std, rel=0.02)


@pytest.mark.parametrize("schedule", ["subvp_1_1_cos", "subvp_1_2_cos", "v"])
def test_where_s_is_capped_the_gaussian_latent_begins_below_t_1_and_is_mixed_on_the_sphere(schedule: str) -> None:
    a, b = (DRUM.mean + DRUM.std * normal(1, 1, N, seed=i) for i in (1, 2))
    way = path("heun", 60, schedule=schedule)
    t = (1 + way.schedule.t_start) / 2
    assert way.schedule.t_start < t < 1 and way.s(t) == way.s(1.0)
    below, top = (last(interpolate(way, way, a, b, 0.5, at, noise())) for at in (t, 1.0))
    assert torch.equal(below, top) and float(top.std()) == pytest.approx(DRUM.std, rel=0.02)
