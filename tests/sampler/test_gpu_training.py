"""A step of training on a GPU that is not there: nothing waits for it, and it is the step that a processor takes."""

import copy
from functools import partial
from types import SimpleNamespace

import pytest
import torch
from rig.no_gpu import GPU, NoGpu, put

from driftkit.sampler.captured import repeated
from driftkit.sampler.training.checkpoints import Run
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.jumps import field
from driftkit.sampler.training.targets import TARGETS, TrainConfig
from driftkit.sampler.training.train import begin, follow, learning_rate, step
from driftkit.sampler.training.unet import asking

CPU = torch.device("cpu")
SMALL = TrainConfig(
    length=2048, bands=16, widths=(16, 24), embedding=16, batch=8, warmup=2, samples=8 * 50, jumps=0.5, guidance=3.0,
    jump_levels=(1.0,), classifier_widths=(16, 16),
)  # fmt: skip


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Noises that decay, some of each of three classes."""
    draw = torch.Generator().manual_seed(0)
    sounds = torch.randn(12, 44100, generator=draw) * torch.exp(-torch.arange(44100) / 400)
    return Corpus((8000 * sounds).clamp(-32768, 32767).short(), torch.arange(12) % 3, torch.full((12,), -1), 2048)


class Steps:
    """An optimiser that takes its steps on the device, as a fused one does."""

    def __init__(self, groups) -> None:
        self.param_groups = [{"lr": 0.0, "fused": True, **group} for group in groups]
        self.found_inf = None

    def step(self) -> None:
        assert self.found_inf.device == GPU

    def zero_grad(self, set_to_none: bool) -> None:
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.grad = None


@pytest.mark.parametrize("target", ["unet", "student", "classifier"])
def test_no_step_waits_for_the_gpu(target, corpus):
    objective = TARGETS[target].objective(SMALL, corpus)
    put(objective)
    average = copy.deepcopy(objective.network).eval()
    objective.taught_by(average)
    generator = torch.Generator().manual_seed(0)
    there = Corpus(*(part.to(GPU) for part in (corpus.sounds, corpus.labels, corpus.manners)), corpus.length)
    there.labels, there.manners = corpus.labels, corpus.manners  # read once, when a run begins
    run = Run(objective.network, average, Steps(objective.learning()), generator)
    batches, recent, gpu = there.batches(SMALL, generator), [], NoGpu()
    with gpu:
        for _ in range(2):
            x, soft = next(batches)
            assert x.device == GPU and soft.device == CPU
            step(run, objective, objective, x, soft, slice(0, 8), SMALL, recent)
    assert not gpu.waits and run.samples == 16 and len(recent) == 2


def test_the_sounds_of_a_frugal_run_stay_with_the_processor(corpus):
    config = SMALL.changed(tiny_widths=(8, 8), tiny_factors=(2, 2), tiny_items=(1, 1), tiny_attentions=(0, 0))
    assert TARGETS["tiny"].frugal(config) and not TARGETS["unet"].frugal(config)
    objective = TARGETS["tiny"].objective(config, corpus)
    put(objective)
    run = Run(objective.network, copy.deepcopy(objective.network), Steps(objective.learning()), torch.Generator())
    x, soft = next(corpus.batches(config, run.generator))
    with NoGpu():
        step(run, objective, objective, x, soft, slice(0, 8), config, [])
    assert x.device == CPU and run.samples == 8


def exact(run: Run, objective, x, soft, config, steps: SimpleNamespace) -> None:
    """A step as it is written in books: one tensor after the other, and a look at the slope before anything moves."""
    drawn = objective.draw(soft, run.generator)
    loss = objective(x, *drawn)
    loss.backward()
    parameters = list(run.network.parameters())
    norm = torch.stack([p.grad.norm() for p in parameters if p.grad is not None]).norm()
    if not torch.isfinite(norm):
        return
    steps.taken += 1
    rate, (one, two) = learning_rate(config, run.samples), (0.9, 0.99)
    for p in parameters:
        if p.grad is None:
            continue
        g = p.grad * min(1.0, 1 / (float(norm) + 1e-6))
        m, v = steps.kept.setdefault(p, (torch.zeros_like(p), torch.zeros_like(p)))
        m.mul_(one).add_((1 - one) * g)
        v.mul_(two).add_((1 - two) * g * g)
        first, second = 1 - one**steps.taken, 1 - two**steps.taken
        p.data.mul_(1 - rate * config.weight_decay).sub_(rate / first * m / ((v / second).sqrt() + 1e-8))
        p.grad = None


def test_some_steps_are_those_of_the_book_in_float64(corpus):
    """Weights, averages and losses, one batch in between being full of what is no number."""
    config = SMALL.changed(precision="float32", weight_decay=0.1)
    torch.manual_seed(1)
    torch.set_default_dtype(torch.float64)
    try:
        objective = TARGETS["unet"].objective(config, corpus)
        objective.double()
        run = begin(objective, "unet", config, None, corpus, CPU)
        assert run.optimiser.param_groups[0]["fused"]
        other = copy.deepcopy(objective)
        mine = Run(other.network, copy.deepcopy(other.network).eval(), None, torch.Generator().manual_seed(config.seed))
        other.taught_by(mine.average)
        steps, recent = SimpleNamespace(taken=0, kept={}), []
        batches = corpus.batches(config, torch.Generator().manual_seed(5))
        for number in range(4):
            x, soft = next(batches)
            x, soft = x.double(), soft.double()
            if number == 2:
                x[0] = float("nan")
            step(run, objective, objective, x, soft, slice(0, 8), config, recent)
            exact(mine, other, x, soft, config, steps)
            decay = min(config.ema, (1 + number) / (10 + number))
            for slow, fast in zip(mine.average.parameters(), mine.network.parameters()):
                slow.data.lerp_(fast.data, 1 - decay)
            mine.samples += config.batch
            for p in mine.network.parameters():
                p.grad = None
        assert [bool(loss.isfinite()) for loss in recent] == [True, True, False, True] and steps.taken == 3
        for of in ("network", "average"):
            for (name, found), wanted in zip(getattr(run, of).named_parameters(), getattr(mine, of).parameters()):
                torch.testing.assert_close(
                    found, wanted, rtol=1e-9, atol=1e-12, msg=lambda m, name=name: f"{name}: {m}"
                )
    finally:
        torch.set_default_dtype(torch.float32)


def test_the_average_is_that_of_one_tensor_after_the_other():
    torch.manual_seed(0)
    slow, fast = torch.nn.Linear(5, 3), torch.nn.Linear(5, 3)
    wanted = [torch.lerp(a, b, 1 - 0.9) for a, b in zip(slow.parameters(), fast.parameters())]
    follow(slow, fast, 0.9)
    assert all(torch.equal(a, b) for a, b in zip(slow.parameters(), wanted))


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_a_teacher_by_recordings_teaches_the_same_also_when_its_weights_have_moved(precision, corpus):
    config = SMALL.changed(precision=precision)
    torch.manual_seed(2)
    objective = TARGETS["unet"].objective(config, corpus)
    torch.nn.init.normal_(objective.network.unet.leave.weight, std=0.1)
    average = copy.deepcopy(objective.network).eval()
    objective.taught_by(average)
    assert objective.teacher.keywords["ask"] == average.whitened, "a processor begins each operation soon enough"
    recorded = partial(field, average, ask=asking(average, config, repeated))
    x, soft = next(corpus.batches(config, torch.Generator().manual_seed(3)))
    assert soft.shape == (8, len(CLASSES))
    drawn = objective.draw(soft, torch.Generator().manual_seed(4))
    for _ in range(2):
        wanted = objective(x, *drawn)
        plain, objective.teacher = objective.teacher, recorded
        found = objective(x, *drawn)
        objective.teacher = plain
        torch.testing.assert_close(found, wanted, rtol=1e-5 if precision == "float32" else 2e-2, atol=0)
        with torch.no_grad():
            for parameter in average.parameters():
                parameter += 0.02 * torch.randn_like(parameter)
