"""The check of a GPU where there is none: its lines, its figures, its exit codes, and the little that it needs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.models import drawn

from driftkit.sampler import gpu_check
from driftkit.sampler.gpu_check import Check, Sizes, apart, at_least, at_most, said
from driftkit.sampler.model import load

ROOT = Path(__file__).resolve().parents[2]
OTHERS = (
    "soundfile", "soxr", "click", "rich", "yaml", "matplotlib", "scipy", "PIL", "openvino", "onnx", "platformdirs",
)  # fmt: skip
SPEEDS = ("a hit, ", "a fine hit", "training in batches")  # what a processor does not keep


def alone(tmp_path: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """The command from a bare checkout, where all other libraries are missing."""
    for name in OTHERS:
        (tmp_path / "hidden" / name).mkdir(parents=True, exist_ok=True)
        (tmp_path / "hidden" / name / "__init__.py").write_text(f"raise ImportError('no {name} here')\n")
    env = os.environ | {"PYTHONPATH": f"{tmp_path / 'hidden'}{os.pathsep}{ROOT}", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "sampler.gpu_check", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)


@pytest.mark.slow
def test_torch_numpy_and_safetensors_suffice_and_every_line_is_tried(tmp_path):
    done = alone(tmp_path, "--device", "cpu", "--model", drawn(), "--json")
    about, *rows = (json.loads(line) for line in done.stdout.splitlines())
    assert about["device"] == "cpu" and about["torch"] == torch.__version__, done.stderr
    told = {row["what"]: row for row in rows}
    failed = {what for what, row in told.items() if row["pass"] is False}
    assert all(what.startswith(SPEEDS) for what in failed), (failed, done.stderr)
    assert done.returncode == (1 if failed else 0)
    for what in (
        "cuda_graph equals torch, live", "cuda_graph equals the CPU, in jumps", "cuda_graph_bf16 equals torch, live",
        "2 sounds where memory holds 1", "loss of a training step in float32 equals float64's", "its slopes",
        "loss with a teacher by graphs equals that without",
    ):  # fmt: skip
        assert told[what]["pass"], what
    assert told["training in batches of 4"]["figure"] > 0


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_without_a_gpu_it_says_so(tmp_path):
    done = alone(tmp_path)
    assert done.returncode == 2 and not done.stdout
    assert done.stderr == "gpu_check: device is cuda, which this machine or this torch does not have; use auto or cpu\n"


def test_a_promise_that_is_not_kept_is_a_line_and_an_exit_code(monkeypatch, capsys):
    def wrong(self):
        yield at_most("a hit", 7.0, 5.0, "ms p50")
        yield at_least("sounds", 2500.0, 2000.0, "a second")
        raise RuntimeError("CUDA error: an illegal memory access\nand more")

    monkeypatch.setattr(Check, "equal", wrong)
    for name in ("speed", "bounded", "training"):
        monkeypatch.setattr(Check, name, lambda self: iter([("memory", 12.0, "MB", None)]))
    monkeypatch.setattr(gpu_check, "load", lambda name, device: load("default", "cpu"))
    assert gpu_check.main(["--device", "cpu"]) == 1
    assert capsys.readouterr().out.splitlines()[1:4] == [
        "FAIL  a hit: 7 ms p50, at most 5",
        "pass  sounds: 2500 a second, at least 2000",
        "FAIL  wrong could be tried (RuntimeError: CUDA error: an illegal memory access): 0 ",
    ]
    monkeypatch.setattr(Check, "equal", lambda self: iter([at_most("a hit", 4.0, 5.0, "ms p50")]))
    assert gpu_check.main(["--device", "cpu"]) == 0


def test_a_graph_that_gives_another_sound_is_found_out(monkeypatch):
    model = load(drawn(), "cpu")

    check = Check(str(drawn()), model, Sizes())
    monkeypatch.setattr(gpu_check, "captured", lambda *_: lambda *asked: 1.001 * model.module(*asked))
    assert apart(np.ones(4), 1.001 * np.ones(4)) == pytest.approx(1e-3)
    row = {row[0]: row for row in check.equal()}["cuda_graph equals the CPU, live"]
    assert row[3] is False and said(row, False).startswith("FAIL  cuda_graph equals the CPU, live: 0.00")
