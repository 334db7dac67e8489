"""The bench, run for real on a small model: what it tells, not how fast anything is."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.image import imread
from rig.daemon import until
from rig.models import small_model

from driftkit.daemon.bench import busy, networks, osc, page, panel
from driftkit.daemon.bench.busy import BESIDE, computing
from driftkit.daemon.bench.daemon import children
from driftkit.daemon.cli.main import main
from driftkit.sampler import costs
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import Model

CRASH_MACS, CRASH_PARAMETERS = 19_073_167_616, 15_754_849  # counted layer by layer in test_costs.py
RENDERS = 30  # of the daemon, of which the bench itself takes more

# a program beside the bench that leaves it the processor; that they compute has a test of its own
IDLE = "import os, time; parent = os.getppid()\nwhile os.getppid() == parent: time.sleep(0.1)"


def bench(*arguments: object) -> int | str | None:
    """Run the command in this process; what it exits with."""
    with pytest.raises(SystemExit) as left:
        main(["bench", *map(str, arguments)])
    return left.value.code


def smaller(name: str, device: str) -> Model:
    """The network of CRASH for sounds a tenth as long; that of the bench itself has a test of its own."""
    model = networks.crash(name, device)
    model.spec = replace(model.spec, length=2100)
    return model


def shared(alone: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Memory, measured once for a model without a graph: by rule it is computed by torch, too."""
    once = cache(alone)
    return lambda key, *rest: once(key.removesuffix(", by torch"), *rest)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page that the command wrote, each figure of a network taken once."""
    home = tmp_path_factory.mktemp("bench")
    model = small_model(home, "small", ("kick", "snare"), 4096)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(costs, "BUDGET_S", 0)
        patch.setattr(costs, "RUN_S", 0)
        patch.setattr(costs, "TOGETHER", {"cpu": 2})
        patch.setattr(busy, "COMPUTE", IDLE)
        patch.setitem(networks.NETWORKS, "crash", replace(networks.NETWORKS["crash"], load=smaller))
        patch.setattr(networks, "alone", shared(networks.alone))
        for part, less in (
            (osc, {"RENDERS": RENDERS, "CHANGING_S": 2, "TRIPS": 200, "BURST": 2000}),
            (panel, {"CLICKS": 50, "CHANGES": 60}),
        ):
            for name, value in less.items():
                patch.setattr(part, name, value)
        patch.setenv("OMP_NUM_THREADS", "1")  # of the processes that it starts, as in the tests
        assert bench("--model", model, "--device", "cpu", "--audio", "none", "--busy", 1, "--page", home / "page") == 0
    return home / "page"


@pytest.fixture
def result(folder: Path) -> dict[str, Any]:
    """What it found."""
    (run,) = json.loads((folder / "bench.json").read_text())["runs"]
    return dict(run)


@pytest.mark.slow
def test_networks_stand_side_by_side(result: dict[str, Any]) -> None:
    model, crash = (result["networks"][key] for key in ("model", "crash"))
    assert model["model"].startswith("small@") and model["weights"] == "trained"
    assert list(model["hits"]) == ["a hit", networks.PULLED, "at 64 steps"]
    assert model["hits"][networks.PULLED]["guidance"] == 1.0
    assert [hit["steps"] for hit in model["hits"].values()] == [2, 2, 64]
    assert all(hit["rendered"] for hit in model["hits"].values())
    assert crash["weights"].startswith("random") and crash["parameters"] == CRASH_PARAMETERS
    assert result["networks"]["model, by torch"]["engine"] == crash["engine"] == "torch, 1 thread"
    hit = crash["hits"]["a hit"]
    assert (hit["steps"], hit["rendered"], hit["macs"]) == (400, False, 400 * crash["macs"])
    assert hit["s"] == pytest.approx(400 * crash["call_s"])
    for network in (model, crash):
        assert network["batch"]["sounds"] == 2 and network["batch"]["sounds_per_s"] > 0
        assert network["memory_mb"] > network["memory_before_mb"] > 50
    assert crash["memory_mb"] > model["memory_mb"] + 63  # 15.75 million numbers of four bytes


@pytest.mark.slow
def test_the_published_network_is_measured_at_its_own_length() -> None:
    model = networks.crash("", "cpu")
    found = costs.size(model)
    assert (found["samples"], found["parameters"], found["macs"]) == (21_000, CRASH_PARAMETERS, CRASH_MACS)
    assert costs.of_hit(model, Hit(seed=1), found | {"call_s": 0.1})["rendered"] is False  # which takes minutes


@pytest.mark.slow
def test_renders_of_the_daemon_are_timed(result: dict[str, Any]) -> None:
    for what in (osc.SHIPPED, "render at guidance 1 to its published file"):
        assert result[f"{what}, renders"] == RENDERS
        p50, p95, p99 = (result[f"{what}, p{p}, ms"] for p in (50, 95, 99))
        assert 0 < p50 <= p95 <= p99 <= result[f"{what}, worst, ms"] + 0.1
    assert result["daemon's memory at rest, MB"] > 50
    assert result["kits opened while it is asked"] >= 4 and result["while kits change, wrong or lost"] == 0
    for way in ("/ping", "control set and asked", "/play"):
        assert 0 < result[f"{way} while kits change, p50, ms"] <= result[f"{way} while kits change, p99, ms"]
    assert result[BESIDE] == 1


@pytest.mark.slow
def test_ratios_are_of_the_figures_beside_them(result: dict[str, Any]) -> None:
    model, crash = (result["networks"][key]["hits"]["a hit"] for key in ("model", "crash"))
    p50_s = result[f"{osc.SHIPPED}, p50, ms"] / 1000
    assert result["ratios"] == {
        "400 steps of crash / a hit": pytest.approx(crash["s"] / model["s"], abs=0.1),
        f"400 steps of crash / {osc.SHIPPED}, p50": pytest.approx(crash["s"] / p50_s, abs=0.1),
        "400 steps of crash / a hit, in GMAC": pytest.approx(crash["macs"] / model["macs"], abs=0.1),
    }


@pytest.mark.slow
def test_the_page_holds_every_row_and_a_plot(folder: Path, result: dict[str, Any]) -> None:
    text = (folder / "bench.md").read_text()
    for row in [*page.networks(result["networks"]), *page.others([result])]:
        assert f"| {' | '.join(row)} |" in text
    assert all(f"{name}: **{value}**" in text for name, value in page.ratios(result))
    assert "(400 steps, computed)" in text and "![" in text and "(bench.png)" in text
    pixels = imread(folder / "bench.png")
    assert len(np.unique(pixels[..., :3].reshape(-1, 3), axis=0)) > 10


def test_renders_are_enough_for_a_p99() -> None:
    assert osc.RENDERS >= 200  # so that two are slower


def test_a_busy_machine_is_told() -> None:
    assert "the machine was idle" in page.busy({"load before": 0.1, BESIDE: 0})
    assert "BUSY" in page.busy({"load before": 2.5, BESIDE: 0})
    assert "not told by this system" in page.busy({"load before": "not told by this system", BESIDE: 0})
    assert page.busy({"load before": 2.5, BESIDE: 2}) == "2 programs computed beside it."


def test_a_run_takes_the_place_of_the_one_before_and_stands_beside_others() -> None:
    here, there = {"machine": "here", BESIDE: 0}, {"machine": "elsewhere", BESIDE: 1}
    busy = {"machine": "here", BESIDE: 1, "start to ready, s": 3}
    assert page.together(here, []) == [here]
    assert page.together(busy, [there, here]) == [here, busy, there]
    assert page.together(busy | {"start to ready, s": 2}, [here, busy, there])[1]["start to ready, s"] == 2
    rows = page.others([here, busy, there])
    assert ["start to ready, s", "", "3", ""] in rows and [BESIDE, "0", "1", "1"] in rows
    assert [page.column(run) for run in (here, busy)] == ["idle", "one program beside it"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the system does not tell which processes there are")
def test_programs_compute_beside_it_until_it_is_done() -> None:
    before = set(children(os.getpid()))
    with computing(2):
        programs = set(children(os.getpid())) - before
        assert len(programs) == 2
        until(lambda: all(seconds(pid) > 0.05 for pid in programs), "both compute")
    assert not programs & set(children(os.getpid()))


def seconds(pid: int) -> float:
    """How long a process has computed."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(words[11]) / os.sysconf("SC_CLK_TCK")


def test_a_page_is_refused_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert bench("--page", tmp_path / "file" / "page") == 2
    assert "cannot be written" in (told := capsys.readouterr().err) and "--page" in told
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    assert bench("--page", tmp_path) == 2
    assert "matplotlib is missing; install it" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
