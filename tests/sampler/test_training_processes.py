"""Two processes train as one: the same losses, the same weights, one log."""

import json
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch
from rig import warm

from driftkit.sampler.__main__ import main
from driftkit.sampler.errors import Error
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.log import read_log
from driftkit.sampler.training.processes import Processes

ROOT = Path(__file__).resolve().parents[2]
CRASH = (
    "length = 2000\ncrash_enter = 8\ncrash_widths = [12, 16]\ncrash_factors = [2, 5]\ncrash_level = [4, 8, 16]\n"
    'batch = 8\nwarmup = 5\nprecision = "float32"\nlearning_rate = 3e-3\nevaluate_sounds = 2\nweighting = "min_snr"\n'
)
UNET = (
    "length = 1024\nwidths = [16, 24]\nembedding = 16\n"
    'batch = 8\nwarmup = 5\nprecision = "float32"\nevaluate_sounds = 2\n'
)
COMMAND = ("-m", "sampler")
WORDS = ("--samples", "32")


def run(pack, out, config, *words, count=1):
    """The command to its end, in so many processes that are told of each other as torchrun tells them."""
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [*COMMAND, pack, out, "--config", config, *WORDS, *words]
    if count == 1:
        return [warm.run(command, env)]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        env |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(probe.getsockname()[1]), "WORLD_SIZE": str(count)}
    ranks = [env | {"RANK": str(rank), "LOCAL_RANK": str(rank)} for rank in range(count)]
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda env: warm.run(command, env), ranks))


@pytest.mark.slow
@pytest.mark.parametrize(
    "network, text, every", [("crash", CRASH, 16), ("unet", UNET, 16), ("unet", UNET + "jumps = 0.5\n", 32)]
)
def test_two_processes_are_one(packed, tmp_path, network, text, every):
    config = tmp_path / "small.toml"
    config.write_text(text + f"evaluate_every = {every}\n")
    (one,) = run(packed, tmp_path / "one", config, "--network", network)
    assert one.returncode == 0, one.stderr
    if network == "crash":  # the second half goes on from the first
        for half in run(packed, tmp_path / "two", config, "--network", network, "--minutes", "0.001", count=2):
            assert half.returncode == 0, half.stderr
    for two in run(packed, tmp_path / "two", config, "--network", network, count=2):
        assert two.returncode == 0, two.stderr
    a, b = ([x for x in read_log(tmp_path / out / "log.jsonl") if not x["samples"] % every] for out in ("one", "two"))
    assert [line["samples"] for line in b] == [line["samples"] for line in a] == list(range(every, 33, every))
    for x, y in zip(a, b):
        if network == "unet":
            assert y["loss"] == pytest.approx(x["loss"], rel=1e-5)
        assert y["held_out"] == pytest.approx(x["held_out"], rel=1e-4)
        assert y["distance"] == pytest.approx(x["distance"], rel=1e-2)
    x, y = (load_checkpoint(tmp_path / out / "checkpoint.pt") for out in ("one", "two"))
    assert x["samples"] == y["samples"] == 32 and torch.equal(x["generator"], y["generator"])
    for name, tensor in x["ema"].items():
        torch.testing.assert_close(y["ema"][name], tensor, atol=2e-4, rtol=1e-3, msg=name)


def test_shares_make_up_the_batch_and_an_uneven_one_is_refused():
    cpu = torch.device("cpu")
    shares = [Processes(cpu, rank, 3).share(12) for rank in range(3)]
    assert [i for share in shares for i in range(12)[share]] == list(range(12))
    with pytest.raises(Error, match="batch is 8, which 3 processes cannot share evenly; make it a multiple of 3"):
        Processes(cpu, 1, 3).share(8)


@pytest.mark.parametrize("name", ["gpu", "cuda:64", "cuda:x", "cpu:0:1", ""])
def test_a_device_that_is_not_there_is_a_sentence(packed, tmp_path, monkeypatch, capsys, name):
    monkeypatch.setattr(sys, "argv", ["sampler", str(packed), str(tmp_path / "run"), "--device", name])
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    assert main() == 2
    assert capsys.readouterr().err.startswith(f"sampler: device is {name}")
    assert not (tmp_path / "run").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_who_ends_the_command_ends_its_processes_and_each_checkpoint_is_kept(packed, tmp_path):
    config = tmp_path / "small.toml"
    config.write_text(UNET + "tones = false\nlistens = false\n")
    words = [packed, tmp_path / "run", "--config", config, "--evaluate-every", "16", "--processes", "2"]
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    process = warm.Process([*COMMAND, *words, "--device", "cpu"], env, subprocess.PIPE, subprocess.DEVNULL)
    assert json.loads(process.stdout.readline())["samples"] == 16
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(workers) == 2
    process.terminate()
    process.wait(60)
    process.stdout.close()
    assert not [pid for pid in workers if Path("/proc", pid).exists()]
    assert load_checkpoint(tmp_path / "run" / "checkpoint.pt")["samples"] >= 16


@pytest.mark.slow
def test_an_uneven_batch_is_a_sentence_of_the_first_process(packed, tmp_path):
    config = tmp_path / "small.toml"
    config.write_text(CRASH)
    first, second = run(packed, tmp_path / "run", config, "--network", "crash", "--batch", "9", count=2)
    assert first.returncode == second.returncode == 2
    assert first.stderr == ("sampler: batch is 9, which 2 processes cannot share evenly; make it a multiple of 2\n")
    assert "sampler:" not in second.stderr and not (tmp_path / "run").exists()
