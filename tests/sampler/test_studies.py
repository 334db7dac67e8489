"""Evaluations and sweeps by workers: the same sounds, and so the same figures, as by one process."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.daemon import driftkit
from rig.models import small_model
from rig.packs import packed

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model, load
from driftkit.sampler.spec import SHIPPED, read_spec
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.evaluate import THREE, render_class
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.studies import places_of, sounds_of, study_of
from driftkit.sampler.training.sweep import sweep
from driftkit.sampler.work.crew import Here
from driftkit.sampler.work.listed import rendered
from driftkit.sampler.work.processes import Processes


def small(home: Path) -> Path:
    """A user's `default`, of the shipped classes, whose sounds are as short as can be compared with real ones."""
    return small_model(home, "default", read_spec(SHIPPED / "default").classes, 7168, bands=64)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def model(folder: Path) -> Model:
    return load(folder, "cpu")


@pytest.mark.slow
def test_another_process_makes_the_sounds_of_an_evaluation_bit_by_bit(model: Model, folder: Path) -> None:
    study = study_of(model, folder, 13, 4, blocks=(("kick",), ("tom",)), controls={"steps": 2, "guidance": 1.5})
    made = sounds_of(study, Processes(1))
    for name in ("kick", "tom"):
        assert torch.equal(made[name], render_class(model, name, 13, 4, steps=2, guidance=1.5))


@pytest.mark.slow
def test_two_processes_render_the_hits_of_a_study_as_one_does(model: Model, folder: Path) -> None:
    hits = [Hit(classes={"kick": 1 - w / 10, "tom": w / 10}, seed=w, steps=2) for w in range(11)]
    one = rendered(model, folder, hits, "1")
    assert one.shape == (11, model.spec.length) and np.array_equal(rendered(model, folder, hits, "2"), one)
    assert np.abs(rendered(model, folder, hits) - one).max() <= 1e-5
    with pytest.raises(Error, match="--workers is many; it must be a number of processes"):
        rendered(model, folder, hits, "many")


def test_a_sweep_by_workers_has_the_rows_of_one_and_goes_on(model: Model, folder: Path, tmp_path: Path) -> None:
    judge = Judge.load(SHIPPED / "judge" / "judge.safetensors")
    corpus = Corpus.load(packed(tmp_path), "test", model.spec.length, torch.device("cpu"))
    told = {"steps": 2, "solver": "ddim", "guidance": 1.0}
    rows = [("vp_cos", "SDE"), ("vp_cos", "ODE")]
    blocks = tuple((*row, name) for row in rows for name in THREE)
    study = study_of(model, folder, 3, 1, blocks=blocks, controls=told, suffix="")
    there: list[int] = []
    with pytest.raises(Error, match="stopped before all sounds were made"):
        places_of(study, tmp_path / "kept", Here(), stop=lambda: bool(there) and there[-1] >= 20, tick=there.append)
    whole = {file: file.stat().st_mtime_ns for file in (tmp_path / "kept").glob("0*[0-9]/manifest.jsonl")}
    assert 2 <= len(whole) < 6
    found = places_of(study, tmp_path / "kept", Here())
    assert {file: file.stat().st_mtime_ns for file in whole} == whole  # what was whole was not made again

    def made(schedule: str, process: str):
        parts = [places for block, (places, _) in found.items() if block[:2] == (schedule, process)]
        return torch.cat(list(map(torch.from_numpy, parts))).numpy(), 1.0

    theirs = list(sweep(model, judge, corpus, ("vp_cos",), 3, made=made, **told))
    mine = list(sweep(model, judge, corpus, ("vp_cos",), 3, **told))
    assert [(row["process"], row["sounds"], row["finite"]) for row in theirs] == [("SDE", 9, 1.0), ("ODE", 9, 1.0)]
    for one, other in zip(mine, theirs, strict=True):
        assert other["frechet"]["value"] == pytest.approx(one["frechet"]["value"], rel=1e-4)


def test_the_command_tells_the_same_with_workers_and_without(tmp_path: Path) -> None:
    small(tmp_path)
    words = ("evaluate", "-n", 2, "--device", "cpu", "--json")
    one, two = (driftkit(*words, *more, home=tmp_path) for more in ((), ("--workers", 1)))
    assert one.returncode == two.returncode == 0, two.stderr
    assert json.loads(one.stdout) == json.loads(two.stdout)
    words = ("--data", packed(tmp_path), "--schedules", "vp_cos", "--steps", 2, "--sweep", tmp_path / "swept")
    swept = driftkit("evaluate", "-n", 2, "--device", "cpu", "--json", *words, "--workers", 1, home=tmp_path)
    assert swept.returncode == 0, swept.stderr
    rows = [json.loads(line) for line in swept.stdout.splitlines()]
    assert [(row["process"], row["sounds"]) for row in rows] == [("SDE", 6), ("ODE", 6)]
    assert json.loads((tmp_path / "swept" / "sweep.json").read_text())["rows"] == rows
    names = {path.name for path in (tmp_path / "swept").iterdir()}
    assert names == {".driftkit", "sweep.json", "sweep.md", "sweep.png"}
    assert not (tmp_path / "swept" / ".driftkit" / "sweep").exists()
