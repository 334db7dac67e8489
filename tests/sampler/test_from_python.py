"""A model from Python: many hits at once, sources as arrays, what is refused, and what a caller's torch keeps."""

import time

import numpy as np
import pytest
import torch
from rig.models import small_model

from driftkit import Hit, load
from driftkit.sampler.batches import MOST_ELSEWHERE


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return load(str(small_model(tmp_path_factory.mktemp("home"), "small", ("kick", "snare"), 512)), "cpu")


def walked(steps) -> tuple[list, list]:
    """What a render told of its progress, and its sounds."""
    told = []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as done:
            return told, done.value


def test_no_batch_is_larger_than_memory_holds_and_the_sounds_are_the_same(model):
    seen = set()
    watch = model.module.register_forward_pre_hook(lambda module, inputs: seen.add(len(inputs[0])))
    hits = [model.resolve(Hit(kick=1, seed=i)) for i in range(2 * MOST_ELSEWHERE + 6)]
    told, sounds = walked(model.steps(hits))
    watch.remove()
    assert seen == {MOST_ELSEWHERE, 6}
    assert told == pytest.approx([k / 6 for k in range(1, 7)])  # three batches of two steps
    assert [sound.hit for sound in sounds] == [one.hit for one in hits]
    alone = model.render(hits[-1].hit)
    np.testing.assert_allclose(sounds[-1].samples, alone.samples, atol=1e-5)


def test_between_two_steps_the_caller_keeps_its_gradients_and_its_time(model):
    steps = model.steps([model.resolve(Hit(kick=1, seed=1))])
    spent = 0.0
    while True:
        assert torch.is_grad_enabled()
        began = time.perf_counter()
        try:
            next(steps)
        except StopIteration as done:
            (sound,) = done.value
            break
        finally:
            spent += time.perf_counter() - began
        time.sleep(0.1)  # somebody else's turn
    assert 0 < sound.took_s <= spent
