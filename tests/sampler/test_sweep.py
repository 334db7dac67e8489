"""Table 3 of CRASH as a sweep: rows, floors, the page and its plot."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from rig.packs import packed

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model, load
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.spec import SHIPPED
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.evaluate import reference
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.sweep import PAPER, floors, ranks, sample, schedules, sweep
from driftkit.sampler.training.sweep_page import page, plot


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.load(SHIPPED / "judge" / "judge.safetensors")


@pytest.fixture(scope="module")
def model() -> Model:
    return load("default", "cpu")


def test_on_its_own_schedule_the_sweep_samples_as_the_model_does(model: Model):
    uniform = Model.__new__(Model)
    uniform.__dict__ |= model.__dict__ | {"spec": replace(model.spec, spacing="uniform", levels=(), fades=(0, 0))}
    for process in (0.0, 1.0):
        mine = sample(model, "vp_cos", process, "snare", 2, 3, seed=5, solver="ddim")
        hits = [Hit(snare=1, seed=seed, steps=3, solver="ddim", stochasticity=process) for seed in (5, 6)]
        theirs = [torch.from_numpy(sound.samples[0]) for sound in uniform.render_batch(hits)]
        assert torch.allclose(mine, torch.stack(theirs), atol=1e-5)


def test_a_sweep_gives_a_row_per_schedule_and_process_and_leaves_out_what_is_done(
    model: Model, judge: Judge, tmp_path: Path
):
    corpus = Corpus.load(packed(tmp_path), "test", model.spec.length, torch.device("cpu"))
    ticks: list[float] = []
    names = ("vp_cos", "ve")
    rows = list(sweep(model, judge, corpus, names, 2, 2, done=(("vp_cos", "SDE"), ("ve", "SDE")), tick=ticks.append))
    assert [(row["schedule"], row["process"], row["sounds"]) for row in rows] == [
        ("vp_cos", "ODE", 6),
        ("ve", "ODE", 6),
    ]
    assert sum(ticks) == pytest.approx(12)
    ground = floors(model, judge, corpus, 2)
    assert set(ground) == {"floor_sizes"} | {f"floor_{m}{x}" for m in ("frechet", "kernel") for x in ("", "_interval")}
    assert ground["floor_sizes"] == [6, len(reference(corpus)) - 6]
    assert all(row["frechet"]["low"] <= row["frechet"]["value"] <= row["frechet"]["high"] for row in rows)


def test_the_page_and_the_plot_tell_the_rows(tmp_path: Path):
    def row(schedule: str, process: str, value: float) -> dict:
        found = {"value": value, "low": value - 1, "high": value + 1}
        return {
            "schedule": schedule,
            "process": process,
            "finite": 1.0,
            "frechet": found,
            "kernel": found,
            "coverage": found,
        }

    rows = [row(name, process, 10 * fad) for name, pair in PAPER.items() for process, fad in pair.items()]
    assert ranks(rows) == pytest.approx(1)
    result = {
        "settings": {
            "model": "default@0123", "classes": ["kick"], "sounds_per_class": 3, "steps": 4, "seed": 1,
            "solver": "ddim", "guidance": 1.0, "engine": "torch", "embedding": "judge", "real": "test, 9 sounds",
        },
        "machine": "a machine", "rows": [*rows, {"schedule": "ve", "process": "SDE", "finite": 0.25}],
        "floors": {
            "floor_frechet": 1.0, "floor_frechet_interval": [0.5, 2],
            "floor_kernel": 0.0, "floor_kernel_interval": [0, 1],
        },
    }  # fmt: skip
    text = page(json.loads(json.dumps(result)))
    assert "| vp_cos | ODE | 17.90 [16.90, 18.90] |" in text and "| 1.79 |" in text
    assert "| ve | SDE | diverged (75% of the sounds) |" in text
    assert (
        "smallest Frechet distance is that of subvp_1_1_cos as ODE" in text
        and "`default@0123` by torch, a machine" in text
    )
    plot(result, tmp_path / "sweep.png")
    assert (tmp_path / "sweep.png").read_bytes()[:4] == b"\x89PNG"


def test_all_schedules_are_swept_those_of_the_paper_first():
    assert set(schedules()) == set(SCHEDULES) and schedules()[:5] == tuple(PAPER)
    assert schedules("ve, v") == ("ve", "v")
    with pytest.raises(Error, match=r"there is no schedule 'vp'; there are vp_cos"):
        schedules("vp")
