"""Every task by every solver, with and without class weights, in one batch, against answers in closed form.

The sounds are one Gaussian, the classes what a Gaussian ear hears in them (`oracles.Hearing`), so that a class, and
every mixture of classes, is a Gaussian too: its flow and its posterior are exact.
"""

import itertools
import math
from collections.abc import Callable
from functools import cache

import pytest
import torch
from oracles import Gaussian, Hearing, normal
from torch import Tensor

from driftkit.sampler.denoisers import Denoiser
from driftkit.sampler.guidance import with_classes, with_classifier
from driftkit.sampler.hit import ADAPTIVE
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.solvers import SOLVERS
from driftkit.sampler.tasks import (
    JOIN,
    Path,
    decode,
    generate,
    inpaint,
    interpolate,
    interpolate_noised,
    latent,
    reshape,
    slerp,
    vary,
)

DRUM = Gaussian(0.3, 0.5)
EAR = Hearing(DRUM, heard=(-0.6, 1.0), width=0.7)
NONE, ONE, MIXED = (0.0, 0.0), (1.0, 0.0), (0.7, 0.3)
# the weights of the sounds of a batch: no class, one class, mixed classes
WAYS = {"the network's classes": (NONE, ONE, MIXED), "the classifier's classes": (ONE, MIXED)}
START, END, T = 100, 400, 0.5  # of inpainting; of what is done below t = 1


def denoiser(way: str) -> tuple[Denoiser, Gaussian]:
    """The denoiser of a batch pulled that way, and the sounds that each row of it must lead to."""
    rows = WAYS[way]
    asked, strength = torch.tensor(rows, dtype=torch.float64), torch.ones(len(rows), dtype=torch.float64)
    each = [EAR.given(weights) if any(weights) else DRUM for weights in rows]
    mean, std = (
        torch.tensor(numbers, dtype=torch.float64)[:, None, None]
        for numbers in zip(*((one.mean, one.std) for one in each))
    )
    if way == "the network's classes":
        return with_classes(EAR.conditional, asked, strength), Gaussian(mean, std)
    return with_classifier(DRUM, EAR.log_p, asked, strength), Gaussian(mean, std)


def last(walk) -> Tensor:
    *_, y = walk
    return y


drawn = cache(normal)  # every travel meets the same noise


class Travel:
    """One way to go: paths with and without the weights, the same noise every time, and two sources."""

    def __init__(self, solver: str, way: str, steps: int, stochasticity: float, a: Tensor, b: Tensor) -> None:
        guided, self.target = denoiser(way)
        how = (SCHEDULES["vp_cos"], SOLVERS[solver], "karras", steps, 5e-4, stochasticity)
        self.path, self.free = Path(guided, *how), Path(DRUM, *how)
        self.a, self.b, self.top, self.low = a, b, self.path.s(1.0), self.path.s_min

    def noise(self) -> Callable[[], Tensor]:
        draws = map(self.draw, itertools.count())
        return lambda: next(draws)

    def draw(self, number: int) -> Tensor:
        """The noise that is drawn in that place."""
        return drawn(*self.a.shape, seed=100 + number)

    def up(self, x: Tensor, t: float) -> Tensor:
        """The exact latent, which knows no classes."""
        return DRUM.flow(x, self.low, self.path.s(t))


TASKS: dict[str, tuple[Callable[[Travel], Tensor], Callable[[Travel], tuple[Tensor, float]]]] = {
    # name: (what the task makes, (y, s) from which the exact way down begins)
    "generate": (
        lambda go: last(generate(go.path, go.noise())),
        lambda go: (go.top * go.draw(0), go.top),
    ),
    "vary": (
        lambda go: last(vary(go.path, go.a, T, go.noise())),
        lambda go: (go.a + go.path.s(T) * go.draw(0), go.path.s(T)),
    ),
    "encode and decode": (
        lambda go: last(decode(go.path, latent(go.free, go.a, T), T, go.noise())),
        lambda go: (go.up(go.a, T), go.path.s(T)),
    ),
    "reshape": (
        lambda go: last(reshape(go.free, go.path, go.a, go.noise())),
        lambda go: (go.up(go.a, 1.0), go.top),
    ),
    "interpolate at t = 1": (
        lambda go: last(interpolate(go.free, go.path, go.a, go.b, 0.3, 1.0, go.noise())),
        lambda go: (slerp(go.up(go.a, 1.0), go.up(go.b, 1.0), 0.3), go.top),
    ),
    "interpolate at t = 0.5": (
        lambda go: last(interpolate(go.free, go.path, go.a, go.b, 0.3, T, go.noise())),
        lambda go: (torch.lerp(go.up(go.a, T), go.up(go.b, T), 0.3), go.path.s(T)),
    ),
    "interpolate noised sounds": (
        lambda go: last(interpolate_noised(go.path, go.a, go.b, 0.3, T, go.noise())),
        lambda go: (torch.lerp(go.a, go.b, 0.3) + go.path.s(T) * go.draw(0), go.path.s(T)),
    ),
    "inpaint": (
        lambda go: last(inpaint(go.path, go.a, START, END, go.noise())),
        lambda go: (go.top * go.draw(1), go.top),  # draw 0 is the noise of what is kept
    ),
}
EACH_TASK = pytest.mark.parametrize("task", TASKS)
EACH_WAY = pytest.mark.parametrize("way", WAYS)


def new(task: str, x: Tensor) -> Tensor:
    """The part of a sound that a task makes anew, without the joins."""
    return x[..., START + JOIN : END - JOIN] if task == "inpaint" else x


@EACH_TASK
@EACH_WAY
@pytest.mark.parametrize("solver", SOLVERS)
def test_on_the_ode_every_sample_ends_where_the_exact_flow_ends(solver: str, way: str, task: str) -> None:
    a, b = (DRUM.mean + DRUM.std * normal(len(WAYS[way]), 1, 500, seed=i) for i in (1, 2))
    go = Travel(solver, way, 200 if SOLVERS[solver].order == 1 else 100, 0.0, a, b)
    make, begin = TASKS[task]
    made = make(go)
    y, s = begin(go)
    exact = go.target.flow(y, s, 0.0)
    tolerance = {1: 0.06}.get(SOLVERS[solver].order, 0.006)  # of samples with a spread of about 0.5
    torch.testing.assert_close(new(task, made), new(task, exact), rtol=0, atol=tolerance)
    if task == "inpaint":
        assert torch.equal(made[..., :START], a[..., :START]) and torch.equal(made[..., END:], a[..., END:])


@EACH_TASK
@EACH_WAY
@pytest.mark.parametrize("solver", [name for name in SOLVERS if name not in ADAPTIVE])
def test_on_the_sde_samples_have_the_mean_and_spread_of_the_exact_posterior(solver: str, way: str, task: str) -> None:
    """From y at s the SDE draws x_0 from p(x_0 | y): mean m + k (y - m), variance k s^2, k = std^2 / (std^2 + s^2)."""
    n = 2000
    a, b = (torch.full((len(WAYS[way]), 1, n), level, dtype=torch.float64) for level in (1.1, -0.4))
    go = Travel(solver, way, 150 if SOLVERS[solver].order == 1 else 75, 1.0, a, b)
    make, begin = TASKS[task]
    made = make(go) if task != "inpaint" else last(inpaint(go.path, a, 0, n, go.noise()))
    y, s = begin(go)
    kept = go.target.std**2 / (go.target.std**2 + s**2)
    off = made - (go.target.mean + kept * (y - go.target.mean))
    for row, spread in zip(off, (kept.sqrt() * s).flatten().tolist()):
        assert float(row.mean()) == pytest.approx(0, abs=0.01 + 4 * spread / math.sqrt(n))
        assert float(row.std()) == pytest.approx(spread, rel=0.03 + 3 / math.sqrt(2 * n))


def test_the_classes_are_what_bayes_makes_of_the_ear() -> None:
    """The oracle itself: the sounds of a class by weighing draws of all sounds with what the ear says of them."""
    x = DRUM.mean + DRUM.std * normal(400_000, 1, 1)
    clean = torch.full((len(x),), 1e-6, dtype=torch.float64)
    for k, weights in enumerate(((1.0, 0.0), (0.0, 1.0))):
        chance = EAR.log_p(x, clean)[:, k].softmax(0)[:, None, None]
        mean = float((chance * x).sum())
        std = math.sqrt(float((chance * (x - mean) ** 2).sum()))
        assert (mean, std) == pytest.approx((EAR.given(weights).mean, EAR.given(weights).std), abs=0.005)
