"""Every noise process by its name, from model.json to a sound, and the paper's algorithms as it prints them.

The network is one that knows the noise of a Gaussian exactly, in the place of CRASH's.
"""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from driftkit.sampler.errors import Error
from driftkit.sampler.grids import SPACINGS
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model, load
from driftkit.sampler.schedules import SCHEDULES, Schedule
from driftkit.sampler.sound import snr_db
from driftkit.sampler.spec import Spec
from driftkit.sampler.store import write_model

MEAN, STD, N = 0.05, 0.15, 20_000
EACH = pytest.mark.parametrize("name", SCHEDULES)


class Exact(nn.Module):
    """E[eps | x] of x = m x_0 + sigma eps, x_0 ~ N(MEAN, STD^2) in every sample."""

    def __init__(self, schedule: Schedule) -> None:
        super().__init__()
        self.schedule = schedule

    def forward(self, x: Tensor, sigma: Tensor) -> Tensor:
        sigma = sigma[:, None, None]
        m = self.schedule.m_of(sigma)
        return sigma * (x - m * MEAN) / (m**2 * STD**2 + sigma**2)


def model(name: str, **changes) -> Model:
    """A model of N samples without classes on that process."""
    spec = Spec("exact", {"kind": "crash"}, None, name, (), length=N, **changes)
    return Model(spec, "exact@0", Exact(SCHEDULES[name]), None, torch.device("cpu"))


def samples(sound) -> np.ndarray:
    """As the solver gave them."""
    return sound.samples[0] / sound.scale


@EACH
@pytest.mark.parametrize("stochasticity", [0, 1])
def test_a_model_on_that_process_gives_the_sounds_that_its_network_knows(name: str, stochasticity: int) -> None:
    made = samples(model(name).render(Hit(seed=1, steps=100, stochasticity=stochasticity)))
    start = SCHEDULES[name].s(SCHEDULES[name].t_start)
    left = MEAN * STD / math.hypot(STD, start)  # of the mean, since sampling starts from mean 0 at s
    assert made.mean() == pytest.approx(MEAN - left, abs=0.005)
    assert made.std() == pytest.approx(STD, rel=0.02)


@EACH
def test_a_sound_comes_back_from_its_latent_on_that_process(name: str) -> None:
    one = model(name)
    source = (MEAN + STD * np.random.default_rng(0).standard_normal((1, N))).astype(np.float32)
    latent = one.encode(source, steps=100, solver="heun")
    start = SCHEDULES[name].t_start
    m, sigma = SCHEDULES[name].m(start), SCHEDULES[name].sigma(start)
    assert latent.std() == pytest.approx(math.hypot(m * STD, sigma), rel=0.02), "x at t_start, in the paper's scale"
    assert snr_db(source, one.decode(latent, steps=100, solver="heun")) > 40


@EACH
def test_a_variation_is_noised_to_the_sigma_of_that_process(name: str, tmp_path) -> None:
    one, t = model(name), 0.6
    first = one.render(Hit(seed=1, steps=50))
    first.save(tmp_path / "a.wav", depth="float")
    made = one.render(
        Hit(task="vary", source_a=str(tmp_path / "a.wav"), variation=t, stochasticity=1, seed=2, steps=100)
    )
    s = SCHEDULES[name].s(min(t, SCHEDULES[name].t_start))
    kept = STD**2 / (STD**2 + s**2)  # how much of the source is left in the mean of p(x_0 | y)
    assert np.corrcoef(samples(first), samples(made))[0, 1] == pytest.approx(kept, abs=0.03)


@pytest.mark.parametrize("name", ["vp_cos", "vp_exp", "subvp_cos", "subvp_1_1_cos", "subvp_1_2_cos", "ve"])
@pytest.mark.parametrize("stochasticity", [0, 1])
def test_euler_on_uniform_t_is_the_papers_algorithm_3_and_2(name: str, stochasticity: int) -> None:
    """x_i = x_{i+1} - (f x - g^2 score [/ 2]) dt + g sqrt(dt) z, with the noise in the order in which it is drawn."""
    steps, one, schedule = 40, model(name), SCHEDULES[name]
    hit = Hit(solver="euler", spacing="uniform", steps=steps, stochasticity=stochasticity, seed=3)
    made = samples(one.render(hit))
    draws = torch.Generator().manual_seed(3)
    eps_of, end = Exact(schedule), schedule.t_of_s(one.spec.s_min)
    times = [schedule.t_start + (end - schedule.t_start) * i / (steps - 1) for i in range(steps)]
    x = schedule.sigma(times[0]) * torch.randn((1, 1, N), generator=draws)
    for t, to in itertools.pairwise(times):
        f, g2, sigma = schedule.f(t), schedule.g2(t), schedule.sigma(t)
        eps, dt = eps_of(x, torch.tensor([sigma])), t - to
        x = (1 - f * dt) * x - (1 if stochasticity else 0.5) * g2 / sigma * dt * eps
        if stochasticity:
            x = x + math.sqrt(g2 * dt) * torch.randn((1, 1, N), generator=draws)
    m, sigma = schedule.m(times[-1]), schedule.sigma(times[-1])
    clean = (x - sigma * eps_of(x, torch.tensor([sigma]))) / m
    np.testing.assert_allclose(made, clean[0, 0].numpy(), rtol=0, atol=2e-3)


def test_a_hit_chooses_the_spacing_and_auto_is_the_models() -> None:
    one, other = model("vp_cos"), model("vp_cos", spacing="uniform")
    hit = Hit(seed=1, steps=4)
    made = {name: samples(one.render(hit.replace(spacing=name))) for name in SPACINGS}
    assert all(np.abs(made[a] - made[b]).max() > 1e-3 for a, b in (("karras", "uniform"), ("karras", "log_snr")))
    assert np.array_equal(samples(one.render(hit)), made["karras"])
    assert np.array_equal(samples(other.render(hit)), made["uniform"])
    assert other.render(hit).hit.spacing == "uniform"


@pytest.mark.parametrize("what", ["solver", "spacing", "schedule"])
def test_a_name_that_this_driftkit_does_not_have_is_told(tmp_path, what: str) -> None:
    spec = replace(model("vp_cos").spec, **{what: "later"})
    write_model(tmp_path / "later", spec, nn.Identity(), None)
    with pytest.raises(Error, match=f"needs the {what} 'later', which this driftkit does not have"):
        load(str(tmp_path / "later"), "cpu")
