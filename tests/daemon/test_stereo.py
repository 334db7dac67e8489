"""A model of Tiny Audio Diffusion in the instrument: two channels wherever its sounds go, and mono stays mono."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from rig import tiny, wavs, web
from rig.daemon import Daemon, driftkit, presets, until
from rig.models import models, small_model
from rig.osc import OscClient

from driftkit.daemon.cli.importing import beside, values
from driftkit.daemon.effects import apply, parse
from driftkit.sampler.importers import import_checkpoint

LENGTH = 1024
PLAYED = {"gain_db": -6.0, "pan": 1.0}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon that plays an imported model, beside which there is one in mono."""
    home = tmp_path_factory.mktemp("home")
    presets(home).mkdir(parents=True)
    (presets(home) / "one.yaml").write_text("pads:\n  1: {steps: 2, seed: 5}\n")
    checkpoint = tiny.published(home, LENGTH)
    import_checkpoint(checkpoint, models(home) / "kicks", config=lambda: values(beside(checkpoint)))
    small_model(home, "mono", ["kick"], LENGTH)
    with Daemon(home, tmp_path_factory.mktemp("out"), "--model", "kicks", "--preset", "one") as daemon:
        yield daemon


@pytest.fixture(scope="module")
def osc(stage: Daemon) -> Iterator[OscClient]:
    with OscClient(stage.port) as client:
        client.ask("/sync", 1, answers="/synced")
        yield client


def sides(path: Path) -> np.ndarray:
    """The samples of a WAV, of which there are two channels that differ."""
    samples = wavs.samples(path)
    assert samples.shape == (2, LENGTH) and np.abs(samples[0] - samples[1]).max() > 1e-3
    return samples


def test_file_take_and_panel_have_both_sides(stage: Daemon, osc: OscClient) -> None:
    sound = sides(stage.live(1))
    assert web.ask(stage, "/sounds/01.wav").body == stage.live(1).read_bytes()
    takes = (stage.out / "takes").glob
    until(lambda: list(takes("*/*.wav")), "the take of pad 1")
    (take,) = [path for path in takes("*/*.wav") if wavs.recipe(path)["hit"]["seed"] == 5]
    assert np.array_equal(wavs.samples(take), sound)


@pytest.mark.parametrize("task", ["vary", "inpaint", "interpolate", "reshape"])
def test_every_task_over_osc(stage: Daemon, osc: OscClient, task: str) -> None:
    hit = {"task": task, "source_a": "pad:1", "source_b": "pad:1", "inpaint_start_ms": 10.0, "steps": 2, "seed": 7}
    assert osc.render(2, **hit).address == "/sound"
    sound = sides(stage.live(2))
    if task == "inpaint":  # what is kept is kept on its own side
        scale = wavs.recipe(stage.live(2)).get("scale", 1.0)
        np.testing.assert_allclose(sound[:, :441], scale * wavs.samples(stage.live(1))[:, :441], atol=4 * wavs.LSB)


def test_an_export_has_both_sides_with_the_pads_pan_and_without(stage: Daemon, osc: OscClient, tmp_path: Path) -> None:
    for name, value in PLAYED.items():
        osc.send(f"/pad/1/{name}", value)
    osc.ask("/preset/save", "mine", answers="/done")
    for dry in ([], ["--dry"]):
        options = ("--takes", stage.out, "--model", "kicks", "--device", "cpu", "--json", *dry)
        done = driftkit("export", "mine", "--out", tmp_path, *options, home=stage.home)
        assert done.returncode == 0, done.stderr
        line = next(line for line in map(json.loads, done.stdout.splitlines()) if line["pad"] == 1)
        sound, played = wavs.samples(stage.live(1)), wavs.samples(Path(line["path"]))
        gains = np.ones((2, 1)) if dry else 10 ** (-6 / 20) * np.sqrt(2) * np.array([[0], [1]])
        np.testing.assert_allclose(played, gains * sound, atol=2 * wavs.LSB)


def test_mono_stays_mono_and_stereo_stays_stereo_when_the_model_changes(stage: Daemon, osc: OscClient) -> None:
    before = sides(stage.live(1))
    osc.ask("/model/load", "mono", answers="/done")
    assert osc.render(3, task="vary", source_a="pad:1", variation=0.0, seed=7).address == "/sound"
    np.testing.assert_allclose(wavs.samples(stage.live(3))[0], before.mean(axis=0), atol=2 * wavs.LSB)
    assert osc.render(4, kick=1.0, steps=1, seed=7).address == "/sound"
    assert wavs.samples(stage.live(4)).shape == (1, LENGTH)
    assert np.array_equal(wavs.samples(stage.live(1)), before)
    osc.ask("/model/load", "kicks", answers="/done")
    assert osc.render(5, task="vary", source_a="pad:4", variation=0.0, seed=7).address == "/sound"
    both = wavs.samples(stage.live(5))
    assert np.array_equal(both, np.repeat(wavs.samples(stage.live(4)), 2, axis=0))


def test_an_effect_works_on_each_side_by_itself() -> None:
    pytest.importorskip("pedalboard")
    sound = np.zeros((2, 4000), np.float32)
    sound[0, 0] = 1
    (left, right) = apply(sound, 44100, parse([{"plugin": "delay", "delay_seconds": 0.05, "mix": 0.5}]))
    assert np.abs(left).max() > 0.1 and np.abs(right).max() == 0
