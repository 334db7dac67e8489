"""Every task over OSC against the real daemon, with a network and a classifier in the form of CRASH's.

The model is small and knows no drums, so that a render takes no time; what it must be is that the daemon's sounds
are those of the sampler, which tests/sampler holds to exact answers.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import torch
from fill import fill
from rig import wavs
from rig.daemon import Daemon, driftkit, presets
from rig.osc import Answer, OscClient
from torch import nn

from driftkit.sampler.hit import FLOW_MAP, Hit
from driftkit.sampler.model import Model, load
from driftkit.sampler.networks.crash import CrashClassifier, CrashUNet
from driftkit.sampler.solvers import SOLVERS
from driftkit.sampler.sound import snr_db
from driftkit.sampler.spec import Spec
from driftkit.sampler.store import write_model

SIZES = {"enter": 4, "widths": [8], "factors": [1], "level": [4, 8, 16]}
HEARD = {"enter": 4, "widths": [8, 12], "factors": [50, 60], "level": [4, 8, 16]}
CLASSES = ("kick", "snare", "cymbal")
LENGTH, RATE = 3000, 44100
SAME = 1e-5


def filled(network: nn.Module, size: float) -> nn.Module:
    """Stand-in weights, and few frequencies of sigma, so that the network bends evenly."""
    state = {name: torch.from_numpy(fill(name, tuple(t.shape))) for name, t in network.state_dict().items()}
    network.load_state_dict({name: (0.02 if "RFF" in name else size) * t for name, t in state.items()})
    return network


def denoising() -> nn.Module:
    """A U-Net that gives x itself and a little more: eps = x leaves D = m y, which is of the size of a sound."""
    network = filled(CrashUNet(**SIZES), 0.3)
    with torch.no_grad():
        network.conv_1.weight[0, 0, 2] = network.last_conv.weight[0, 0, 1] = 1
        for block in (*network.downsample, *network.upsample):
            block.residual_dense.weight[0] = 0
            block.residual_dense.weight[0, 0, 0] = 1
    return network


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model."""
    spec = Spec(
        name="paper", network={"kind": "crash", **SIZES}, classifier={"kind": "crash", **HEARD},
        schedule="subvp_1_1_cos", classes=CLASSES, length=LENGTH, steps=3,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("models") / "paper"
    write_model(folder, spec, denoising(), filled(CrashClassifier(**HEARD), 1.0), torch.float32)
    return folder


@pytest.fixture(scope="module")
def paper(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon with that model and two sounds beside its own."""
    home, out = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("out")
    presets(home).mkdir(parents=True)
    (presets(home) / "one.yaml").write_text("pads:\n  1: {kick: 1, seed: 1}\n")
    t = np.arange(LENGTH) / RATE
    for name, hz in (("a", 150), ("b", 900)):
        tone = 0.5 * np.sin(2 * np.pi * hz * t) * np.exp(-60 * t)
        soundfile.write(out / f"{name}.wav", tone.astype(np.float32), RATE, subtype="FLOAT")
    with Daemon(home, out, "--model", folder, "--preset", "one") as running:
        yield running


@pytest.fixture
def osc(paper: Daemon) -> Iterator[OscClient]:
    with OscClient(paper.port) as client:
        yield client


@pytest.fixture(scope="module")
def model(folder: Path) -> Model:
    """The same model here."""
    return load(str(folder), "cpu")


WEIGHTS: dict[str, dict[str, Any]] = {
    "no weights": {},
    "a class": {"kick": 1.0, "guidance": 2.0},
    "mixed classes": {"kick": 0.75, "cymbal": 0.25, "guidance": 3.0},
    "mixed as the public code has it": {"snare": 0.5, "cymbal": 0.5, "guidance_weight": "1/sigma"},
}
TASKS: dict[str, dict[str, Any]] = {
    "generate": {},
    "vary": {"variation": 0.5},
    "inpaint": {"inpaint_start_ms": 10.0, "inpaint_end_ms": 40.0, "resampling": 2},
    "interpolate": {"interpolation": 0.25},
    "interpolate at t = 0.5": {"interpolation": 0.25, "interpolation_t": 0.5},
    "interpolate noised sounds": {"interpolation": 0.25, "interpolation_t": 0.5, "interpolation_latent": "noise"},
    "reshape": {},
}


def asked(paper: Daemon, task: str, **more: Any) -> dict[str, Any]:
    """The controls of a task, from the two sounds."""
    sources = {"source_a": str(paper.out / "a.wav"), "source_b": str(paper.out / "b.wav")}
    return {"task": task.partition(" ")[0], "seed": 5, **sources, **TASKS[task], **more}


rendered = cache(Model.render)  # what a class pulls away from is the same for all of them


def render(osc: OscClient, pad: int, **controls: Any) -> Answer:
    """Render a pad with these controls and no others left over."""
    rest = {"guidance": 1.0, "guidance_weight": "bayes", "stochasticity": 0.0, "solver": "auto", "spacing": "auto"}
    rest |= dict.fromkeys(CLASSES, 0.0) | {"steps": 3, "interpolation_t": 1.0, "interpolation_latent": "ode"}
    ended = osc.render(pad, **rest | controls)
    assert ended.address == "/sound", ended
    return ended


def ways() -> Iterator[tuple[str, float, str]]:
    """Every task with every weights on the ODE and on the SDE; half of them where both sounds are encoded, which takes
    long and knows neither: each weights once, and two on either way."""
    for task in TASKS:
        twice = task in ("interpolate", "interpolate at t = 0.5")
        for number, weights in enumerate(WEIGHTS):
            for stochasticity in (0.0, 1.0):
                if not twice or number % 2 == stochasticity:
                    yield task, stochasticity, weights


@pytest.mark.parametrize("task, stochasticity, weights", list(ways()))
def test_every_task_makes_the_samplers_sound(
    paper: Daemon, osc: OscClient, model: Model, task: str, stochasticity: float, weights: str
) -> None:
    controls = asked(paper, task, stochasticity=stochasticity, **WEIGHTS[weights])
    ended = render(osc, 2, **controls)
    expected = rendered(model, Hit(**controls))
    assert (ended.values[5], ended.values[3]) == (expected.label, 5)
    assert np.abs(wavs.samples(paper.live(2)) - expected.samples).max() <= SAME
    if weights != "no weights":
        free = rendered(model, Hit(**asked(paper, task, stochasticity=stochasticity)))
        assert np.abs(expected.samples - free.samples).max() > 100 * SAME, "the classes pull"


@pytest.mark.parametrize("spacing", ["karras", "log_snr", "uniform"])
@pytest.mark.parametrize("solver", [name for name in SOLVERS if name != FLOW_MAP])  # this model has learnt no jumps
def test_every_solver_and_spacing_is_there_for_a_pad(
    paper: Daemon, osc: OscClient, model: Model, solver: str, spacing: str
) -> None:
    task = "reshape" if spacing == "karras" else "vary"  # which encodes with that solver, too
    controls = asked(paper, task, snare=1.0, solver=solver, spacing=spacing)
    render(osc, 3, **controls)
    assert np.abs(wavs.samples(paper.live(3)) - model.render(Hit(**controls)).samples).max() <= SAME
    hit = wavs.recipe(paper.live(3))["hit"]
    assert (hit["solver"], hit["spacing"], hit["classes"]) == (solver, spacing, {"snare": 1.0})


def test_what_a_task_keeps_of_its_sources_is_there_to_the_last_bit(paper: Daemon, osc: OscClient) -> None:
    a, b = (wavs.samples(paper.out / f"{name}.wav") for name in "ab")

    def lost(task: str, source: np.ndarray, **controls: Any) -> np.ndarray:
        render(osc, 4, **asked(paper, task, **controls))
        return np.abs(wavs.samples(paper.live(4)) - wavs.recipe(paper.live(4))["scale"] * source)[0]

    assert lost("vary", a, variation=0.0, stochasticity=1.0).max() <= wavs.LSB
    for way, source in ((0.0, a), (1.0, b)):
        assert lost("interpolate", source, interpolation=way, kick=1.0).max() <= wavs.LSB
    new, start, end = lost("inpaint", a, kick=1.0, stochasticity=1.0), 441, 1764  # 10 and 40 ms
    assert max(new[:start].max(), new[end:].max()) <= wavs.LSB and new[start:end].max() > 1e-3


def test_the_table_of_tasks_of_the_page_does_what_it_says(paper: Daemon, osc: OscClient) -> None:
    section = (Path(__file__).parents[2] / "docs" / "osc.md").read_text().partition("## Tasks")[2].partition("\n## ")[0]
    rows = [re.findall(r"`(\w+) (\S+)`", line) for line in section.splitlines()[2:] if line.startswith("| ")]
    rows = [row for row in rows if row]
    assert len(rows) == 8
    render(osc, 1, task="generate", kick=1.0, seed=1)
    for row in rows:
        values = {name: value if name in ("task", "interpolation_latent") else float(value) for name, value in row}
        render(osc, 6, source_a="pad:1", source_b=str(paper.out / "b.wav"), seed=5, **values)
        hit = wavs.recipe(paper.live(6))["hit"]
        assert all((hit["classes"] if name in CLASSES else hit)[name] == value for name, value in values.items())
    told = wavs.samples(paper.live(6)), wavs.samples(paper.live(1))
    assert np.abs(told[0] - told[1]).max() > 0, "the last one came through its latent"


SOURCES = {
    "shorter": (np.full((50, 1), 0.3), RATE),
    "longer": (np.full((90_000, 1), 0.3), RATE),
    "silent": (np.zeros((5000, 1)), RATE),
    "stereo": (np.tile([0.3, -0.1], (5000, 1)), RATE),
    "telephone": (np.full((4000, 1), 0.3), 8000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SOURCES)
def test_every_task_takes_odd_sources_as_the_command_line_does(
    paper: Daemon, osc: OscClient, model: Model, name: str
) -> None:
    file, (samples, rate_hz) = paper.out / f"{name}.wav", SOURCES[name]
    soundfile.write(file, samples.astype(np.float32), rate_hz, subtype="FLOAT")
    for task in TASKS:
        controls = asked(paper, task, snare=0.5, source_a=str(file), source_b=str(file))
        if task == "generate" or (name != "stereo" and task.startswith("interpolate") and "noised" not in task):
            continue  # those encode twice, which takes long; what is read is the same
        render(osc, 5, **controls)
        assert np.abs(wavs.samples(paper.live(5)) - model.render(Hit(**controls)).samples).max() <= SAME, task


def test_encode_is_reshape_without_weights_and_says_on_the_command_line_how_much_comes_back(
    daemon: Daemon, tmp_path: Path
) -> None:
    """With a model of the shipped one's form; that the shipped one brings sounds back is in tests/sampler."""
    with OscClient(daemon.port) as osc:
        assert osc.render(7, task="generate", snare=1.0, seed=3, steps=8).address == "/sound"
        assert osc.render(8, task="reshape", source_a="pad:7", steps=64, seed=1, guidance=0.0).address == "/sound"
    source, back = (wavs.samples(daemon.live(pad)) for pad in (7, 8))
    over_osc = snr_db(source, back / wavs.recipe(daemon.live(8))["scale"])
    said = driftkit("encode", daemon.live(7), "--out", tmp_path, "--device", "cpu", home=daemon.home).stderr
    told = float(said.partition("comes back at ")[2].split()[0])
    assert over_osc > 15 and over_osc == pytest.approx(told, abs=0.2)
