"""A model that jumps: which hits jump and which take steps, in one batch and alone; and levels that are learnt."""

import json

import numpy as np
import pytest
import soundfile
import torch
from fill import fill

from driftkit.daemon.cli import main as run
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model, load
from driftkit.sampler.networks.kinds import NETWORKS
from driftkit.sampler.resolve import resolve
from driftkit.sampler.spec import Spec
from driftkit.sampler.store import write_model
from driftkit.sampler.training.few_steps import Yardstick, learn

JUMPS, LEVELS = (4.5, 0.9, 0.15, 0.02), (2.0, 0.5, 0.1, 0.01, 0.002, 0.0005)
LENGTH = 2048


def spec_of(reach: bool, **more) -> Spec:
    network = {"kind": "wiener_unet", "length": LENGTH, "bands": 16, "classes": 2, "widths": [8, 8], "embedding": 16}
    return Spec(
        "small", network | ({"reach": True} if reach else {}), None, "vp_cos", ("kick", "snare"), length=LENGTH, **more
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small model with reach, whose weights are arbitrary; it has levels for steps, none yet for jumps."""
    place, spec = tmp_path_factory.mktemp("models") / "small", spec_of(True, steps=6, levels=LEVELS)
    built = NETWORKS["wiener_unet"].build(**{k: v for k, v in spec.network.items() if k != "kind"})
    state = {name: torch.from_numpy(fill(name, tuple(x.shape))) for name, x in built.state_dict().items()}
    spread = 0.05 + 0.1 * torch.rand(state["spread"].shape, generator=torch.Generator().manual_seed(0))
    built.load_state_dict(state | {"spread": spread})
    write_model(place, spec, built, None, torch.float32)
    return place


@pytest.fixture(scope="module")
def model(folder, tmp_path_factory) -> Model:
    place = tmp_path_factory.mktemp("jumping") / "small"
    place.mkdir()
    (place / "network.safetensors").write_bytes((folder / "network.safetensors").read_bytes())
    about = json.loads((folder / "model.json").read_text()) | {"jumps": JUMPS, "steps": 4}
    (place / "model.json").write_text(json.dumps(about))
    return load(str(place), "cpu")


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("sounds") / "a.wav"
    soundfile.write(path, 0.3 * np.sin(np.arange(LENGTH) / 9) * np.exp(-np.arange(LENGTH) / 300), 44100, "FLOAT")
    return str(path)


TAKEN = [  # what is asked for, and the solver, steps and spacing that it gets
    ({}, ("flow_map", 4, "learned")),
    ({"steps": 1}, ("flow_map", 1, "learned")),
    ({"steps": 4, "guidance": 1.5, "stochasticity": 1.0}, ("flow_map", 4, "learned")),
    ({"task": "vary"}, ("flow_map", 4, "learned")),
    ({"task": "reshape", "steps": 2}, ("flow_map", 2, "learned")),
    ({"task": "interpolate", "interpolation_t": 0.4}, ("flow_map", 4, "learned")),
    ({"spacing": "learned"}, ("flow_map", 4, "learned")),
    ({"solver": "flow_map", "steps": 9}, ("flow_map", 9, "learned")),
    ({"solver": "flow_map", "spacing": "karras", "steps": 9}, ("flow_map", 9, "karras")),
    ({"steps": 5}, ("dpmpp_2m", 5, "learned")),
    ({"steps": 13}, ("dpmpp_2m", 13, "karras")),
    ({"guidance": 2.0}, ("flow_map", 4, "learned")),
    ({"guidance": 2.1}, ("dpmpp_2m", 6, "learned")),
    ({"task": "inpaint"}, ("dpmpp_2m", 6, "learned")),
    ({"task": "inpaint", "steps": 3}, ("dpmpp_2m", 3, "learned")),
    ({"spacing": "log_snr"}, ("dpmpp_2m", 6, "log_snr")),
    ({"solver": "ddim"}, ("ddim", 6, "learned")),
    ({"solver": "dpmpp_2m", "steps": 4, "spacing": "learned"}, ("dpmpp_2m", 4, "learned")),
]


@pytest.mark.parametrize("asked, taken", TAKEN, ids=[str(asked) for asked, _ in TAKEN])
def test_a_hit_jumps_where_it_may_and_says_what_it_took(model, source, asked, taken) -> None:
    hit = Hit(kick=1, seed=3, source_a=source, source_b=source, **asked)
    resolved = model.resolve(hit)
    assert (resolved.hit.solver, resolved.hit.steps, resolved.hit.spacing) == taken
    again = model.resolve(resolved.hit, lambda name, rate: resolved.sources[name])
    assert again.hit == resolved.hit
    sound = model.render(hit)
    assert np.isfinite(sound.samples).all() and sound.samples.std() > 0


def test_without_class_weights_no_guidance_pulls_and_every_hit_jumps(model) -> None:
    plain = model.render(Hit(seed=3))
    for free in (Hit(seed=3, guidance=8), Hit(seed=3, guidance=8, kick=0)):
        sound = model.render(free)
        assert sound.hit.solver == "flow_map" and np.array_equal(sound.samples, plain.samples)


def test_jumps_and_steps_in_one_batch_are_the_sounds_alone(model, source) -> None:
    hits = [
        Hit(kick=1, seed=i, source_a=source, **asked) for i, (asked, _) in enumerate(TAKEN[:8]) if "task" not in asked
    ]
    hits += [Hit(seed=8, steps=5), Hit(seed=9, snare=1), Hit(seed=10, guidance=0.3, snare=1)]
    for hit, sound in zip(hits, model.render_batch(hits)):
        np.testing.assert_allclose(sound.samples, model.render(hit).samples, atol=1e-5)


def test_each_step_of_the_flow_map_is_one_call_that_is_told_where_to(model, monkeypatch) -> None:
    calls = []
    whole = model.module.forward
    monkeypatch.setattr(model.module, "forward", lambda y, s, w, *to: calls.append((s, *to)) or whole(y, s, w, *to))
    model.render(Hit(kick=1, seed=1))
    assert [tuple(round(float(level[0]), 6) for level in call) for call in calls] == [
        (4.5, 0.9), (0.9, 0.15), (0.15, 0.02), (0.02, 0.0),
    ]  # fmt: skip


def test_latents_are_encoded_in_many_steps_up_to_where_jumps_begin(model, source, monkeypatch) -> None:
    calls = []
    whole = model.module.forward
    monkeypatch.setattr(model.module, "forward", lambda y, s, w, *to: calls.append((s, *to)) or whole(y, s, w, *to))
    model.render(Hit(task="reshape", snare=1, seed=1, source_a=source))
    up, down = calls[:-4], calls[-4:]
    assert len(up) == 64 and all(len(call) == 1 for call in up) and all(len(call) == 2 for call in down)
    assert float(up[-1][0][0]) < JUMPS[0] == pytest.approx(float(down[0][0][0]))
    ways = {solver: model.encode(np.zeros((1, LENGTH), np.float32), 8, solver) for solver in ("auto", "dpmpp_2m")}
    np.testing.assert_array_equal(ways["auto"], ways["dpmpp_2m"])
    with pytest.raises(Error, match="solver is flow_map, which goes down to a sound only; for latents take auto"):
        model.encode(np.zeros((1, LENGTH), np.float32), 8, "flow_map")


def test_jumps_are_refused_where_none_were_learnt(tmp_path) -> None:
    with pytest.raises(Error, match="solver is flow_map, but the network of the model small has learnt no jumps; take"):
        resolve(Hit(solver="flow_map"), spec_of(False), "small@0")
    assert resolve(Hit(), spec_of(True, steps=6), "small@0").hit.solver == "dpmpp_2m"  # no levels of jumps yet
    assert resolve(Hit(solver="flow_map"), spec_of(True, steps=6), "small@0").hit.spacing == "karras"
    with pytest.raises(Error, match="the model small has no levels"):
        resolve(Hit(solver="flow_map", spacing="learned"), spec_of(True, levels=LEVELS), "small@0")
    assert resolve(Hit(kick=1, guidance=3), spec_of(True, steps=4, jumps=JUMPS), "small@0").hit.steps == 16


# -- distill ----------------------------------------------------------------------------------------------


def test_distill_learns_levels_of_jumps_and_keeps_those_of_steps(folder, tmp_path, capsys) -> None:
    words = ["distill", "--model", str(folder), "-n", "2", "--out", str(tmp_path), "--json"]
    with pytest.raises(SystemExit) as leaving:
        run([*words, "--steps", "2", "--name", "two"])
    assert leaving.value.code == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    two = load(str(tmp_path / "two"), "cpu")
    assert list(two.spec.jumps) == told["levels"] and (two.spec.steps, two.spec.levels) == (2, LEVELS)
    assert two.resolve(Hit()).hit.solver == "flow_map" and two.resolve(Hit(kick=1, guidance=3)).hit.steps == 6
    with pytest.raises(SystemExit) as leaving:
        run([*words, "--steps", "3", "--no-jumps", "--name", "both", "--model", str(tmp_path / "two")])
    assert leaving.value.code == 0
    both = load(str(tmp_path / "both"), "cpu")
    assert both.spec.jumps == two.spec.jumps and (both.spec.steps, len(both.spec.levels)) == (2, 3)


def test_learned_levels_of_jumps_come_nearer_than_those_it_began_with(folder) -> None:
    yardstick = Yardstick(load(str(folder), "cpu"), count=3, many=32, jumps=True)
    told: list[float] = []
    levels = learn(yardstick, 3, lambda move, distance, levels: told.append(distance))
    assert yardstick.distance(levels) == pytest.approx(min(told), rel=1e-3)
    assert yardstick.distance(levels) < yardstick.distance([4.5, 0.433, 0.0416])
    assert len(learn(yardstick, 1)) == 1


def test_distill_refuses_jumps_of_a_network_without(tmp_path, capsys) -> None:
    spec = spec_of(False)
    built = NETWORKS["wiener_unet"].build(**{k: v for k, v in spec.network.items() if k != "kind"})
    write_model(tmp_path / "plain", spec, built, None, torch.float32)
    with pytest.raises(SystemExit) as leaving:
        run(["distill", "--model", str(tmp_path / "plain"), "--jumps", "--name", "x", "--out", str(tmp_path)])
    assert leaving.value.code == 2 and "has learnt no jumps; train one, or leave --jumps out" in capsys.readouterr().err
