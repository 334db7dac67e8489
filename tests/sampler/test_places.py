"""A device that was measured, and when the measurement is given up."""

from pathlib import Path

import pytest
import torch
from rig.models import small_model

from driftkit import Hit, Model, load
from driftkit.sampler import model as models
from driftkit.sampler import places
from driftkit.sampler.captured import Captured, repeated
from driftkit.sampler.engines import Computing
from driftkit.sampler.places import OFF, SEEN, Figure, places_for

CPU, GPU = torch.device("cpu"), torch.device("cpu", 0)


def seen(ms: float, *took: float) -> bool:
    """Whether a figure is given up after calls that took so long."""
    figure = Figure(ms)
    for one in took:
        figure.took(one)
    return figure.off


@pytest.mark.parametrize("ms", [0.2, 40.0])
def test_a_figure_is_given_up_once_renders_are_three_times_off(ms):
    assert not seen(ms, *[ms * (OFF - 0.1)] * SEEN) and not seen(ms, *[ms / (OFF - 0.1)] * SEEN)
    assert seen(ms, *[ms * (OFF + 0.1)] * SEEN), "the machine was idle as it was measured"
    assert seen(ms, *[ms / (OFF + 0.1)] * SEEN), "the machine was busy as it was measured"


def test_a_few_slow_renders_do_not_count_and_old_ones_are_forgotten():
    assert not seen(1, *[100.0] * (SEEN - 1))
    assert not seen(1, *[100.0] * 3, *[1.0] * (SEEN - 3))
    assert not seen(1, *[100.0] * SEEN, *[1.0] * SEEN)


def test_where_there_is_one_place_nothing_is_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "quickest", lambda *_: pytest.fail("it was measured"))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert places_for("auto") == [CPU]
    assert load(str(small_model(tmp_path, "small", ("kick",), 512))).device == CPU


@pytest.mark.parametrize(("ms", "best"), [((1.0, 2.0, 0.1), GPU), ((2.0, 1.0, 3.0), CPU)])
def test_a_place_is_measured_with_what_will_compute_there(tmp_path, monkeypatch, ms, best):
    """Recordings that compute again stand for those of a GPU, the same processor by another name for the GPU."""
    called, threads = [], torch.get_num_threads()
    took = dict(zip(("graphs", "openvino", "torch"), ms))

    def engine(name, network, folder, agreement, inputs):
        if name == "torch":
            return Computing("torch", network)
        which = "openvino" if asked else "graphs"
        asked.append(which)
        call = network if which == "openvino" else Captured(network, CPU, repeated)
        torch.set_num_threads(1)
        return Computing(which, lambda *x: (called.append(which), call(*x))[1])

    def milliseconds(call, inputs):
        called.append("torch")
        call(*inputs)
        return took[called.pop()]

    asked: list[str] = []
    monkeypatch.setattr(models, "places_for", lambda device: [GPU, CPU])
    with monkeypatch.context() as patched:
        patched.setattr(models, "engine_for", engine)
        patched.setattr(places, "milliseconds", milliseconds)
        model = models.load(str(small_model(tmp_path, "small", ("kick",), 512)), later="auto")
        assert asked == ["graphs", "openvino"]
    assert model.device == best and model.call.by is model.module and model.engine.startswith("torch")
    assert torch.get_num_threads() == threads
    assert model.render(Hit(kick=1, seed=1)).samples.any()


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return load(str(small_model(tmp_path, "small", ("kick",), 512)))


def test_renders_are_held_against_the_figure_and_the_place_is_measured_anew(model, monkeypatch):
    asked = []

    def measured(found, computing, inputs) -> tuple[torch.device, Figure]:
        asked.append(found)
        computing(CPU)
        return CPU, Figure(1e-9)

    monkeypatch.setattr(models, "quickest", measured)
    monkeypatch.setattr(models, "places_for", lambda device: [GPU, CPU])
    before = model.render(Hit(kick=1, seed=1))
    model.render(Hit(kick=1, seed=1))
    assert not asked, "without a figure nothing is doubted"
    model.figure = Figure(1e-9)
    for _ in range(SEEN):
        model.render(Hit(kick=1, seed=1))
    assert not asked
    again = model.render(Hit(kick=1, seed=1))
    assert asked == [[GPU, CPU]] and (again.samples == before.samples).all()


def test_a_batch_and_guidance_are_counted_by_the_sound(model):
    model.figure = Figure(1.0)
    model.render_batch([Hit(kick=1, seed=1), Hit(kick=1, seed=2)])
    assert not model.figure._seen, "a batch says nothing of one sound alone"
    model.render(Hit(kick=1, seed=1, steps=3))
    assert model.call.rows == 3
    model.render(Hit(kick=1, seed=1, steps=3, guidance=2))
    assert model.call.rows == 6 and len(model.figure._seen) == 2
