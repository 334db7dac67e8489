"""Few steps: the learned curve of noise levels, the search for it, and the model that takes it."""

import copy
import itertools
import json
import math

import numpy as np
import pytest
import torch
from fill import fill

from driftkit.daemon.cli import main as run
from driftkit.sampler.errors import Error
from driftkit.sampler.grids import grid, grid_up, karras
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model, load
from driftkit.sampler.networks.kinds import NETWORKS
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.spec import Spec
from driftkit.sampler.store import write_model
from driftkit.sampler.training.few_steps import Yardstick, learn

COS = SCHEDULES["vp_cos"]
CURVE = (2.0, 0.5, 0.1, 0.01, 0.0005)
LENGTH = 2048


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A small model that knows no levels of its own; its weights are arbitrary, so its path bends."""
    network = {"kind": "wiener_unet", "length": LENGTH, "bands": 16, "classes": 2, "widths": [8, 8], "embedding": 16}
    folder = tmp_path_factory.mktemp("models") / "many"
    built = NETWORKS["wiener_unet"].build(**{k: v for k, v in network.items() if k != "kind"})
    state = {name: torch.from_numpy(fill(name, tuple(x.shape))) for name, x in built.state_dict().items()}
    built.load_state_dict(state | {"spread": 0.05 + 0.1 * torch.rand(built.state_dict()["spread"].shape)})
    spec = Spec("many", network, None, "vp_cos", ("kick", "snare"), length=LENGTH, steps=16)
    write_model(folder, spec, built, None, torch.float32)
    return load(str(folder), "cpu"), folder


def test_a_curve_with_as_many_steps_as_levels_visits_these_levels() -> None:
    visited = [one.s for one in grid(COS, CURVE, CURVE[0], CURVE[-1], len(CURVE))]
    assert visited == pytest.approx([*CURVE, 0.0], rel=1e-9)


def test_more_steps_lie_on_the_curve_evenly() -> None:
    """With 9 steps every other level is one of the curve, the rest their geometric means."""
    visited = [one.s for one in grid(COS, CURVE, CURVE[0], CURVE[-1], 9)][:-1]
    assert visited[::2] == pytest.approx(CURVE, rel=1e-9)
    assert visited[1::2] == pytest.approx([math.sqrt(a * b) for a, b in itertools.pairwise(CURVE)], rel=1e-9)


@pytest.mark.parametrize("high", [2.0, 0.7, 0.02])
@pytest.mark.parametrize("steps", [1, 2, 5, 16])
def test_a_part_of_the_curve_goes_from_end_to_end(high: float, steps: int) -> None:
    down = [one.s for one in grid(COS, CURVE, high, CURVE[-1], steps)]
    assert down[0] == pytest.approx(high, rel=1e-9) and down[-1] == 0 and len(down) == steps + 1
    assert all(a > b for a, b in itertools.pairwise(down))
    up = [one.s for one in grid_up(COS, CURVE, high, CURVE[-1], steps)]
    assert [up[0], up[-1]] == pytest.approx([CURVE[-1], high], rel=1e-9) and len(up) == steps + 1


def test_learned_levels_bring_few_steps_nearer_to_many(many) -> None:
    yardstick = Yardstick(many[0], count=4, many=48)
    told: list[float] = []
    levels = learn(yardstick, 4, lambda move, distance, levels: told.append(distance))
    begun = yardstick.distance(karras(COS, 2.0, 5e-4, 4))
    assert all(a > b for a, b in itertools.pairwise(levels)) and len(levels) == 4
    assert told == sorted(told, reverse=True) and told[-1] < begun
    assert yardstick.distance(levels) == pytest.approx(told[-1], rel=1e-3)
    assert yardstick.distance(levels) < yardstick.distance(karras(COS, yardstick.high, 5e-4, 4))


def test_the_search_works_on_the_models_own_device(many, monkeypatch) -> None:
    """On `meta`, where tensors have a place and no numbers: all is there until the sounds come back."""
    places = set()

    def denoiser(weights, strength):
        places.update((weights.device.type, strength.device.type))
        return lambda y, s: places.add(y.device.type) or 0.5 * y

    there = Model(many[0].spec, "many@0", copy.deepcopy(many[0].module), None, torch.device("meta"))
    monkeypatch.setattr(there, "denoiser", denoiser)
    with pytest.raises(NotImplementedError, match="Cannot copy out of meta tensor"):
        Yardstick(there, count=2, many=3)
    assert places == {"meta"}


def test_distill_writes_a_model_that_takes_few_steps_and_still_takes_many(many, tmp_path, capsys) -> None:
    model, folder = many
    words = ["distill", "--model", str(folder), "--steps", "3", "-n", "2", "--name", "few", "--out", str(tmp_path)]
    with pytest.raises(SystemExit) as leaving:
        run([*words, "--json"])
    assert leaving.value.code == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    few = load(str(tmp_path / "few"), "cpu")
    assert few.spec.steps == 3 and list(few.spec.levels) == told["levels"] and few.tag != model.tag
    hit = few.resolve(Hit(kick=1, seed=3)).hit
    assert (hit.steps, hit.spacing) == (3, "learned")
    assert few.resolve(Hit(steps=7)).hit.spacing == "karras"
    same = Hit(kick=1, seed=3, steps=16)
    np.testing.assert_array_equal(few.render(same).samples, model.render(same).samples)
    source = model.render(same).samples
    for task in (Hit(task="vary", variation=0.3), Hit(task="inpaint", inpaint_start_ms=10), Hit(task="reshape")):
        sound = few.render_batch([task.replace(source_a=_kept(tmp_path, source), seed=1)])[0]
        assert np.isfinite(sound.samples).all() and sound.hit.spacing == "learned"
    between = Hit(
        task="interpolate", source_a=_kept(tmp_path, source), source_b=_kept(tmp_path, -source[:, ::-1]), seed=1
    )
    near, end = few.render_batch([between.replace(interpolation_t=0.95), between])
    np.testing.assert_array_equal(near.samples, end.samples)  # beyond the first level every t has one latent
    with pytest.raises(SystemExit) as leaving:
        run(words)
    assert leaving.value.code == 2 and "is there already" in capsys.readouterr().err


def _kept(folder, samples) -> str:
    import soundfile

    path = folder / f"{abs(hash(samples.tobytes()))}.wav"
    soundfile.write(path, samples[0], 44100, subtype="FLOAT")
    return str(path)


def test_without_levels_learned_is_refused(many) -> None:
    with pytest.raises(Error, match=r"spacing is learned, but the model many has no levels; `driftkit distill`"):
        many[0].resolve(Hit(spacing="learned"))


@pytest.mark.parametrize("steps", [1, 33])
def test_a_number_of_steps_that_needs_no_levels_is_refused(many, steps: int) -> None:
    with pytest.raises(Error, match=rf"steps is {steps}; it must be from 2 to 32"):
        learn(Yardstick(many[0], count=1, many=4), steps)
