"""A device that was measured, and when the measurement is given up."""

from pathlib import Path

import pytest
import torch
from rig.models import small_model

from driftkit import Hit, Model, load
from driftkit.sampler import model as models
from driftkit.sampler import places
from driftkit.sampler.places import OFF, SEEN, Figure, place_for


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


def test_where_there_is_one_place_nothing_is_measured(monkeypatch):
    monkeypatch.setattr(places, "milliseconds", lambda *_: pytest.fail("it was measured"))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert place_for("auto", torch.nn.Identity(), ()) == (torch.device("cpu"), None)


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return load(str(small_model(tmp_path, "small", ("kick",), 512)))


def test_renders_are_held_against_the_figure_and_the_place_is_measured_anew(model, monkeypatch):
    asked = []

    def measured(device: str, network: torch.nn.Module, inputs: object) -> tuple[torch.device, Figure]:
        asked.append(device)
        return torch.device("cpu"), Figure(1e-9)

    monkeypatch.setattr(models, "place_for", measured)
    before = model.render(Hit(kick=1, seed=1))
    model.render(Hit(kick=1, seed=1))
    assert not asked, "without a figure nothing is doubted"
    model.figure = Figure(1e-9)
    for _ in range(SEEN):
        model.render(Hit(kick=1, seed=1))
    assert not asked
    again = model.render(Hit(kick=1, seed=1))
    assert asked == ["auto"] and (again.samples == before.samples).all()


def test_a_batch_and_guidance_are_counted_by_the_sound(model):
    model.figure = Figure(1.0)
    model.render_batch([Hit(kick=1, seed=1), Hit(kick=1, seed=2)])
    assert not model.figure._seen, "a batch says nothing of one sound alone"
    model.render(Hit(kick=1, seed=1, steps=3))
    assert model.call.rows == 3
    model.render(Hit(kick=1, seed=1, steps=3, guidance=2))
    assert model.call.rows == 6 and len(model.figure._seen) == 2
