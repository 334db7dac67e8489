"""Jumps of the flow map: exact where the map is, the tasks that take them, and those that quietly take steps."""

import itertools
import json
import math

import numpy as np
import pytest
import soundfile
import torch
from fill import fill
from oracles import FlowMap, Gaussian, Hearing, normal

from driftkit.daemon.cli import main as run
from driftkit.sampler.errors import Error
from driftkit.sampler.grids import between, grid, karras
from driftkit.sampler.guidance import with_classes
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model, load
from driftkit.sampler.networks.kinds import NETWORKS
from driftkit.sampler.paths import encoding_of, path_of
from driftkit.sampler.resolve import PULL, resolve
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.solvers import SOLVERS, Level, trajectory
from driftkit.sampler.spec import SHIPPED, Spec, read_spec
from driftkit.sampler.store import write_model
from driftkit.sampler.tasks import Path, decode, generate, latent, reshape, vary
from driftkit.sampler.training.few_steps import Yardstick, learn

COS = SCHEDULES["vp_cos"]
JUMPS, LEVELS = (4.5, 0.9, 0.15, 0.02), (2.0, 0.5, 0.1, 0.01, 0.002, 0.0005)
LENGTH = 2048
BANDS = FlowMap(0.3, torch.logspace(-3, 0, 40, dtype=torch.float64))


def last(walk):
    *_, y = walk
    return y


# -- the solver -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jumps", [(75.0,), (75.0, 0.3), (75.0, 3.0, 0.2, 0.001)])
def test_with_the_exact_map_any_number_of_jumps_ends_where_the_flow_ends(jumps) -> None:
    y = 0.3 + 75 * normal(3, 1, 40)
    for end in (0.0, 0.0005):
        levels = [Level(0.0, s) for s in (*jumps, end)]
        *_, (made, _) = trajectory(BANDS, y, levels, SOLVERS["flow_map"])
        torch.testing.assert_close(made, BANDS.flow(y, 75.0, end), rtol=1e-10, atol=1e-12)


def test_a_map_that_has_learnt_nothing_is_ddim() -> None:
    levels, y = grid(COS, "karras", 75, 5e-4, 7), 75 * normal(2, 1, 5)
    plain = Gaussian(0.3, 0.5)
    made = [list(trajectory(plain, y, levels, SOLVERS[name])) for name in ("flow_map", "ddim")]
    for (a, clean_a), (b, clean_b) in zip(*made):
        assert torch.equal(a, b) and torch.equal(clean_a, clean_b)


@pytest.mark.parametrize("stochasticity", [0.3, 1.0])
def test_under_noise_exact_jumps_keep_the_spread_of_the_data(stochasticity: float) -> None:
    """Each jump ends on the marginal of a lower level, and the noise brings it to its own."""
    levels = [Level(0.0, s) for s in (75.0, 4.0, 0.8, 0.1, 0.0)]
    drum, draws = FlowMap(0.0, 0.5), (normal(40_000, 1, 1, seed=i) for i in itertools.count())
    begun = math.sqrt(75**2 + 0.5**2) * next(draws)
    *_, (made, _) = trajectory(drum, begun, levels, SOLVERS["flow_map"], stochasticity, lambda: next(draws))
    assert float(made.std()) == pytest.approx(0.5, rel=0.02)


def test_the_level_to_jump_to_reaches_the_network_through_guidance() -> None:
    """Per item: with strength 0 or 1 the map is that of the sounds or the class, else what both make of s'."""
    ear = Hearing(Gaussian(0.3, 0.5), heard=(-0.6, 1.0), width=0.7)
    kinds = [FlowMap(one.mean, one.std) for one in (ear.sounds, ear.given((1.0, 0.0)))]

    def network(y, s, weights, to):
        free, kick = (kind(y, s, to) for kind in kinds)
        return free + weights[:, :1, None] * (kick - free)

    weights, strength = torch.tensor([[1.0, 0.0]] * 3).double(), torch.tensor([0.0, 1.0, 2.0]).double()
    y, s, to = normal(3, 1, 4), torch.full((3,), 2.0).double(), torch.full((3,), 0.1).double()
    found = with_classes(network, weights, strength)(y, s, to)
    free, kick = (kind(y, s, to) for kind in kinds)
    torch.testing.assert_close(found, torch.stack([free[0], kick[1], 2 * kick[2] - free[2]]))


def test_a_moderate_pull_leaves_four_jumps_nearer_to_the_guided_flow_than_six_steps() -> None:
    """The class and all sounds are Gaussians whose spreads differ; the pulled jump is made of their exact ones."""
    sounds = torch.logspace(-3, 0.3, 200, dtype=torch.float64)
    kinds = [FlowMap(0.0, sounds * (0.3 * normal(200)).exp()), FlowMap(0.0, sounds)]
    noise, weights = normal(16, 1, 200, seed=1), torch.ones(16, 1, dtype=torch.float64)

    def network(y, s, asked, to=None):
        free, kick = (kind(y, s, to) for kind in kinds)
        return free + asked[:, :, None] * (kick - free)

    def miss(strength: float, solver: str, levels: list[float]) -> float:
        pulled = with_classes(network, weights, strength * weights[:, 0])

        def ends(solver: str, levels: list[float]):
            path = [Level(0.0, s) for s in (*levels, 0.0)]
            *_, (made, _) = trajectory(pulled, levels[0] * noise, path, SOLVERS[solver])
            return made

        exact = ends("dpmpp_2m", karras(COS, 4.5, 1e-5, 400))
        return float((ends(solver, levels) - exact).norm() / exact.norm())

    six = [4.5, 1.64, 0.37, 0.088, 0.017, 0.00028]
    for strength in (0.0, 0.5, 1.0, 1.5, PULL):
        assert miss(strength, "flow_map", list(JUMPS)) < miss(strength, "dpmpp_2m", six), strength
    assert miss(4.0, "flow_map", list(JUMPS)) > miss(4.0, "dpmpp_2m", six)


# -- its levels -------------------------------------------------------------------------------------------


def visited(high: float, n: int) -> list[float]:
    return [one.s for one in grid(COS, between(JUMPS), high, 5e-4, n)]


def test_as_many_jumps_as_levels_visit_these_and_others_share_out_the_way() -> None:
    assert visited(4.5, 4) == pytest.approx([*JUMPS, 0.0], rel=1e-9)
    assert visited(4.5, 2) == pytest.approx([4.5, 0.15, 0.0], rel=1e-9)
    assert visited(4.5, 1) == pytest.approx([4.5, 0.0], rel=1e-9)
    assert visited(0.15, 2) == pytest.approx([0.15, 0.02, 0.0], rel=1e-9)
    assert visited(4.5, 8)[::2] == pytest.approx([*JUMPS, 0.0], rel=1e-9)


@pytest.mark.parametrize("high", [4.5, 0.7, 0.02, 0.001])
@pytest.mark.parametrize("n", [1, 2, 3, 5, 16])
def test_jumps_go_down_from_end_to_end(high: float, n: int) -> None:
    levels = visited(high, n)
    assert levels[0] == pytest.approx(high, rel=1e-9) and levels[-1] == 0 and len(levels) == n + 1
    assert all(a > b for a, b in itertools.pairwise(levels))


# -- the tasks, exactly -----------------------------------------------------------------------------------


def test_four_jumps_do_what_the_flow_does_task_by_task() -> None:
    drum = FlowMap(0.3, 0.5)
    down = Path(drum, COS, SOLVERS["flow_map"], between(JUMPS), 4, 5e-4, s_max=JUMPS[0])
    up = Path(drum, COS, SOLVERS["dpmpp_2m"], "karras", 400, 5e-4, s_max=JUMPS[0])
    sound, noise = 0.3 + 0.5 * normal(2, 1, 50), lambda: normal(2, 1, 50, seed=9)
    torch.testing.assert_close(last(generate(down, noise)), drum.flow(4.5 * noise(), 4.5, 0.0), rtol=0, atol=1e-9)
    s = down.s(0.3)
    torch.testing.assert_close(
        last(vary(down, sound, 0.3, noise)), drum.flow(sound + s * noise(), s, 0.0), rtol=0, atol=1e-9
    )
    assert torch.equal(last(vary(down, sound, 0.0, noise)), sound)
    for t in (1.0, 0.4):
        back = last(decode(down, latent(up, sound, t), t, noise))
        torch.testing.assert_close(back, sound, rtol=0, atol=2e-3)  # what 400 steps up leave, and s_min


@pytest.mark.parametrize("spread", [0.01, 0.1, 0.5, 1.0, 3.0])
def test_a_sound_comes_back_from_where_the_shipped_models_jumps_begin(spread: float) -> None:
    """Up by steps, down by the exact map: what is lost is the way up's, for sounds of any size."""
    spec, drum = read_spec(SHIPPED / "default"), FlowMap(0.0, spread)
    hit, sound = resolve(Hit(solver="flow_map"), spec, "").hit, spread * normal(1, 1, 400)
    down = path_of(hit, spec, drum)
    up = encoding_of(hit, spec, drum, down)
    exact = drum.flow(sound, spec.s_min, spec.jumps[0])
    assert float((latent(up, sound) - exact).norm() / exact.norm()) < 0.005
    back = last(reshape(up, down, sound, lambda: sound))
    assert float((back - sound).norm() / sound.norm()) < 0.005


# -- a model ----------------------------------------------------------------------------------------------


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
