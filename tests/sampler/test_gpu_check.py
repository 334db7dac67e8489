"""The check of a GPU where there is none: its lines, its figures, its exit codes, and the little that it needs."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.models import small_model

from driftkit.sampler import gpu_check
from driftkit.sampler.gpu_check import Check, Sizes, apart, at_least, at_most, said
from driftkit.sampler.model import load
from driftkit.sampler.networks.kinds import NETWORKS
from driftkit.sampler.spec import read_spec
from driftkit.sampler.store import write_model

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


@pytest.fixture(scope="module")
def jumping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model that plays in steps and in jumps, and whose ear hears classes."""
    folder = small_model(tmp_path_factory.mktemp("home"), "small", ("kick", "snare"), 2048, steps=3)
    spec = read_spec(folder)
    spec = replace(spec, network=spec.network | {"reach": True}, jumps=(4.5, 0.9, 0.15), steps=3)
    network = NETWORKS["wiener_unet"].build(**{name: value for name, value in spec.network.items() if name != "kind"})
    torch.nn.init.normal_(network.unet.leave.weight, std=0.1, generator=torch.Generator().manual_seed(1))
    write_model(folder, spec, network, load(str(folder), "cpu").heard, torch.float32)
    return folder


@pytest.mark.slow
def test_torch_numpy_and_safetensors_suffice_and_every_line_is_tried(jumping, tmp_path):
    done = alone(tmp_path, "--device", "cpu", "--model", jumping, "--json")
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
def test_without_a_gpu_it_says_so(capsys):
    assert gpu_check.main([]) == 2
    told = "gpu_check: device is cuda, which this machine or this torch does not have; use auto or cpu\n"
    assert capsys.readouterr() == ("", told)


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


def test_a_graph_that_gives_another_sound_is_found_out(jumping, monkeypatch):
    model = load(jumping, "cpu")
    check = Check(str(jumping), model, Sizes())

    def off(*asked: torch.Tensor) -> torch.Tensor:
        made = model.module(*asked)
        return made + 1e-3 * made.roll(1, -1)

    monkeypatch.setattr(gpu_check, "captured", lambda *_: off)
    assert apart(np.ones(4), 1.001 * np.ones(4)) == pytest.approx(1e-3)
    row = {row[0]: row for row in check.equal()}["cuda_graph equals the CPU, live"]
    assert row[3] is False and said(row, False).startswith("FAIL  cuda_graph equals the CPU, live: 0.00")
