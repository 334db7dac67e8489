"""The promise of a recipe: a file, its folder and the same model give the same samples again, alone or in a batch."""

import json
from pathlib import Path
from typing import Any

import pytest
from rig import wavs
from rig.daemon import Daemon, driftkit
from rig.osc import OscClient

SAME = 1e-5  # of samples, on one machine; the file's own rounding is 6e-8
GENERATED = {"task": "generate", "steps": 3, "seed": 31, "snare": 0.5, "guidance": 2.0, "stochasticity": 0.5}
MADE: dict[int, dict[str, Any]] = {
    3: GENERATED,
    4: {"task": "vary", "source_a": "pad:3", "variation": 0.4, "steps": 2, "seed": 32},
    5: {"task": "inpaint", "source_a": "pad:3", "inpaint_start_ms": 20.5, "inpaint_end_ms": 90, "steps": 2, "seed": 33},
    6: {"task": "interpolate", "source_a": "pad:3", "source_b": "pad:4", "interpolation": 0.25, "steps": 2, "seed": 34},
    14: {"task": "reshape", "source_a": "pad:3", "crash": 0.5, "steps": 2, "seed": 35},
}


@pytest.fixture(scope="module")
def made(daemon: Daemon) -> Daemon:
    """The daemon, a pad of it rendered for each task, and the source of them replaced since."""
    with OscClient(daemon.port) as osc:
        for pad, controls in MADE.items():
            assert osc.render(pad, **controls).address == "/sound"
    return daemon


def again(daemon: Daemon, slot: Path, out: Path) -> dict[str, Any]:
    run = driftkit("recall", slot, "--out", out, "--json", "--device", "cpu", home=daemon.home)
    assert run.returncode == 0 and "Traceback" not in run.stderr, run.stderr
    (line,) = run.stdout.splitlines()
    found = json.loads(line)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("pad", MADE, ids=[str(controls["task"]) for controls in MADE.values()])
def test_recall_gives_the_samples_again(made: Daemon, tmp_path: Path, pad: int) -> None:
    line = again(made, made.live(pad), tmp_path)
    recipe = wavs.recipe(made.live(pad))
    assert line["hit"] == recipe["hit"] and line["hit"]["task"] == MADE[pad]["task"]
    copy = Path(line["path"])
    assert copy.parent == tmp_path and copy.is_file()
    assert wavs.apart(copy, made.live(pad)) <= SAME
    assert wavs.recipe(copy)["hit"] == recipe["hit"], "and the copy can be recalled in its turn"
    assert {p.name for p in (tmp_path / "sources").glob("*")} == {
        f"{recipe['hit'][slot].removeprefix('sha256:')}.wav" for slot in ("source_a", "source_b") if recipe["hit"][slot]
    }


def test_an_inpainted_sound_keeps_the_rest_bit_for_bit(made: Daemon) -> None:
    source, result = wavs.samples(made.live(3)), wavs.samples(made.live(5))
    scale = wavs.recipe(made.live(5))["scale"]
    kept = round(0.1205 * 44100)
    assert abs(result[:, kept:] - scale * source[:, kept:]).max() <= 2 * wavs.LSB


def test_the_json_lines_of_a_batch_and_the_same_hit_alone(made: Daemon, tmp_path: Path) -> None:
    """The hit of pad 3 from the command line: as the middle one of three, then by itself."""
    weights = wavs.recipe(made.live(3))["hit"]["classes"]
    controls = {name: value for name, value in GENERATED.items() if name not in ("task", "seed")} | weights
    flags = [f"--{name}={value}" for name, value in controls.items()]
    lines = []
    for seed, count in ((30, 3), (31, 1)):
        ask = ("--seed", seed, "-n", count, "--json", "--out", tmp_path, "--device", "cpu")
        run = driftkit("render", *flags, *ask, home=made.home)
        assert (run.returncode, run.stderr) == (0, "")
        lines += [json.loads(line) for line in run.stdout.splitlines()]
    assert [line["seed"] for line in lines] == [30, 31, 32, 31]
    for line in lines:
        assert {"path", "seed", "ms", "label", "confidence", "hit"} <= set(line)
        assert line["ms"] > 0 and 0 <= line["confidence"] <= 1 and line["hit"]["seed"] == line["seed"]
        assert wavs.recipe(Path(line["path"]))["hit"] == line["hit"]
    assert len({line["path"] for line in lines}) == 4, "a file that is there is never overwritten"
    assert lines[1]["hit"] == lines[3]["hit"] and lines[1]["hit"]["model"] == made.ready["model"]
    assert wavs.apart(Path(lines[1]["path"]), Path(lines[3]["path"])) <= SAME
    assert wavs.apart(Path(lines[1]["path"]), made.live(3)) <= SAME, "the daemon and the command line agree"


def test_variation_0_gives_the_source_back(made: Daemon, tmp_path: Path) -> None:
    run = driftkit("vary", made.live(3), "--variation", 0, "--seed", 1, "--out", tmp_path, home=made.home)
    assert run.returncode == 0 and run.stdout == "" and "seed 1" in run.stderr
    (file,) = tmp_path.glob("*.wav")
    assert wavs.apart(file, made.live(3)) <= wavs.LSB
