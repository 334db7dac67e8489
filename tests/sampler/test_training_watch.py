"""What a run leaves beside its weights: sounds, distances, the best checkpoint, the log, and what a kill does."""

import copy
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from rig import warm
from rig.daemon import MAIN, until
from test_crash_training import SMALL as CRASH
from test_crash_training import vars_of

from driftkit.sampler.errors import Error
from driftkit.sampler.model import load
from driftkit.sampler.training.boards import spectrogram
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.crash import ScoreMatching
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.export import export
from driftkit.sampler.training.log import Log, read_log
from driftkit.sampler.training.target import held_out_batch
from driftkit.sampler.training.targets import load_config
from driftkit.sampler.training.train import begin, step, train
from driftkit.sampler.wav import read_sound

ROOT = Path(__file__).resolve().parents[2]
HEARD = load_config(None, **vars_of(CRASH, samples=32, evaluate_every=16, evaluate_sounds=4))
UNET = """length = 1024
widths = [16, 24]
embedding = 16
tones = false
listens = false
batch = 8
warmup = 5
evaluate_sounds = 2
"""


def test_each_evaluation_leaves_sounds_and_distances_and_the_best_is_kept(packed, tmp_path):
    said, lines = [], []
    train("crash", packed, tmp_path, HEARD, report=lines.append, say=said.append, boards=("tensorboard",))
    assert [line["samples"] for line in lines] == [16, 32] and said == []
    assert read_log(tmp_path / "log.jsonl") == lines
    first, last = (read_sound(tmp_path / "sounds" / f"{n:08d}" / "03.wav", 44100) for n in (16, 32))
    assert first.shape == last.shape == (1, 2000) and np.abs(first - last).max() > 1e-4
    best = load_checkpoint(tmp_path / "best.pt")
    least = min(lines, key=lambda line: line["distance"]["frechet"])
    assert (best["samples"], best["frechet"]) == (least["samples"], least["distance"]["frechet"])
    spec = export(tmp_path / "best.pt", None, tmp_path / "model")
    assert spec.trained["sounds_shown"] == best["samples"] and spec.trained["held_out"] == least["held_out"]
    kept = load(str(tmp_path / "model"), "cpu").module.state_dict()
    assert all(torch.equal(kept[name], tensor) for name, tensor in best["ema"].items())

    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(tmp_path / "tensorboard"))
    events.Reload()
    scalars = events.Tags()["scalars"]
    for name in ("loss", "learning_rate", "samples_per_s", "held_out/s=0.1", "distance/frechet", "distance/kernel"):
        shown = [(event.step, event.value) for event in events.Scalars(name)]
        table, _, key = name.partition("/")
        told = [(line["samples"], line[table][key] if key else line[table]) for line in lines]
        assert shown == [(step, pytest.approx(value, rel=1e-5)) for step, value in told], scalars
    assert len(events.Audio("sounds/03")) == 2 and events.Images("spectrograms/03")[0].height == 128


WITH_WANDB = """
import sys
from pathlib import Path
import torch
from driftkit.sampler.training.log import Log
log = Log(Path(sys.argv[1]), 0, ("wandb",))
log.sounds(16, ["00_kick"], torch.sin(torch.arange(4410.0))[None] / 2)
log.write({"samples": 16, "loss": 0.5, "held_out": {"mean": 0.25}})
log.close()
"""


def test_weights_and_biases_keeps_a_run_on_the_disk_where_it_is_installed(tmp_path):
    pytest.importorskip("wandb")
    done = warm.run(["-c", WITH_WANDB, tmp_path], os.environ | {"WANDB_MODE": "offline"})
    assert done.returncode == 0, done.stderr
    (run,) = (tmp_path / "wandb").glob("offline-run-*")
    (data,) = run.glob("*.wandb")
    assert b"held_out" in data.read_bytes() and len(list(run.rglob("*.wav"))) == len(list(run.rglob("*.png"))) == 1


def test_a_spectrogram_shows_the_pitch_of_a_tone():
    middles_hz = 700 * (10 ** (torch.linspace(31.748, 3923.3, 130)[1:-1] / 2595) - 1)  # of 128 bands from 20 Hz
    for band in (30, 90, 120):
        picture = spectrogram(torch.sin(2 * torch.pi * float(middles_hz[band]) / 44100 * torch.arange(8192)))
        assert picture.dtype == torch.uint8 and picture.shape == (1, 128, 33)
        assert picture[0, :, 16].argmax() == 127 - band and picture.max() == 255
    assert spectrogram(torch.zeros(8192)).shape == (1, 128, 33)


def test_the_log_is_cut_back_to_the_checkpoint(tmp_path):
    log = Log(tmp_path, 0)
    for samples in (10, 20, 30):
        log.write({"samples": samples})
    with (tmp_path / "log.jsonl").open("a") as file:
        file.write('{"samples": 4')  # a kill in the middle of a line
    again = Log(tmp_path, 20)
    assert again.last == 20
    again.write({"samples": 30, "loss": 1.0})
    assert read_log(tmp_path / "log.jsonl") == [{"samples": 10}, {"samples": 20}, {"samples": 30, "loss": 1.0}]


def test_a_finished_run_adds_nothing_when_it_is_asked_to_go_on(packed, tmp_path):
    train("crash", packed, tmp_path, HEARD)
    before = (tmp_path / "log.jsonl").read_text()
    stamp = (tmp_path / "best.pt").stat().st_mtime_ns
    train("crash", packed, tmp_path, HEARD)
    assert (tmp_path / "log.jsonl").read_text() == before
    assert (tmp_path / "best.pt").stat().st_mtime_ns == stamp


def test_a_stop_keeps_the_checkpoint_and_measures_nothing_more(packed, tmp_path):
    shown, lines, said = [0], [], []
    train(
        "crash", packed, tmp_path, HEARD, report=lines.append, say=said.append, tick=shown.append,
        stop=lambda: shown[-1] == 24,
    )  # fmt: skip
    assert load_checkpoint(tmp_path / "checkpoint.pt")["samples"] == 24
    train(
        "crash", packed, tmp_path, load_config(None, **vars_of(HEARD, samples=64)), report=lines.append,
        say=said.append, tick=shown.append, stop=lambda: shown[-1] == 48,
    )  # fmt: skip
    assert load_checkpoint(tmp_path / "checkpoint.pt")["samples"] == 48
    assert [line["samples"] for line in lines] == [16, 32] and read_log(tmp_path / "log.jsonl") == lines
    assert said == [f"stopped after {n} sounds; the same command goes on" for n in (24, 48)]


def test_a_checkpoint_is_kept_more_often_than_the_held_out_sounds_are_measured(packed, tmp_path):
    lines, kept = [], {}

    def tick(samples):
        if samples > 8:  # what was kept before this step
            kept[samples] = load_checkpoint(tmp_path / "checkpoint.pt")["samples"]

    config = load_config(None, **vars_of(HEARD, samples=8 * 12, evaluate_every=0))
    train("crash", packed, tmp_path, config, report=lines.append, tick=tick, checkpoint_s=0)
    assert kept == {n: n - 8 for n in range(16, 8 * 12 + 1, 8)}
    assert len(lines) < 8 and lines[-1]["samples"] == 8 * 12


def test_a_loss_that_is_not_finite_is_neither_learnt_nor_reported(packed):
    corpus = Corpus.load(packed, "train", HEARD.length, torch.device("cpu"))
    objective = ScoreMatching(HEARD, corpus)
    run, recent = begin(objective, "crash", HEARD, None, corpus, torch.device("cpu")), []
    before = copy.deepcopy(run.network.state_dict())
    for loudness in (float("inf"), 1.0):
        x, soft = torch.full((8, 1, HEARD.length), loudness), torch.eye(8, len(CLASSES))
        step(run, objective, objective, x, soft, slice(0, 8), HEARD, recent)
        learnt = any(not torch.equal(before[name], tensor) for name, tensor in run.network.state_dict().items())
        assert learnt == bool(recent[-1].isfinite()) == (loudness == 1.0)
    assert run.samples == 16 and [bool(loss.isfinite()) for loss in recent] == [False, True]
    assert {int(state["step"]) for state in run.optimiser.state.values()} == {1}


def test_what_is_measured_on_is_spread_over_the_held_out_sounds():
    labels = torch.arange(1000) % len(CLASSES)
    plain = torch.full_like(labels, -1)
    corpus = Corpus((torch.arange(1000)[:, None] * torch.ones(1, 44100)).short(), labels, plain, 2000)
    x, soft = held_out_batch(corpus, 11)
    rows = (x[:, 0, 0] * 32768).int()
    assert rows.tolist() == [round(999 * i / 10) for i in range(11)]
    assert torch.equal(soft.argmax(1), labels[rows.long()])
    assert len(held_out_batch(corpus.only(torch.arange(5)))[0]) == 5


@pytest.mark.slow
def test_sigterm_stops_the_command_with_its_checkpoint(packed, tmp_path):
    config = tmp_path / "small.toml"
    config.write_text(UNET)
    words = ["train", "--data", packed, "--out", tmp_path / "run", "--config", config, "--evaluate-every", "16"]
    command = [*MAIN, *words, "--device", "cpu", "--json"]
    process = warm.Process(command, os.environ, subprocess.PIPE, subprocess.PIPE)
    process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=60)
    kept = load_checkpoint(tmp_path / "run" / "checkpoint.pt")["samples"]
    assert process.returncode == 0 and f"stopped after {kept} sounds; the same command goes on" in told


def test_too_few_sounds_to_measure_is_a_sentence(packed, tmp_path):
    with pytest.raises(Error, match="evaluate_sounds is 1; it must be 2 or more"):
        train("crash", packed, tmp_path, load_config(None, **vars_of(HEARD, evaluate_sounds=1)))


def bare(tmp_path, *missing):
    """Python with some libraries out of reach, as on a machine that never had them."""
    hidden = tmp_path / "hidden"
    for name in missing:
        (hidden / name).mkdir(parents=True)
        (hidden / name / "__init__.py").write_text(f"raise ImportError('no {name} here')\n")
    return os.environ | {"PYTHONPATH": f"{hidden}{os.pathsep}{ROOT}", "OMP_NUM_THREADS": "1"}


@pytest.mark.slow
def test_torch_and_numpy_suffice_and_what_is_missing_is_said_once(packed, tmp_path):
    others = ("safetensors", "tensorboard", "soundfile", "soxr", "click", "rich", "yaml", "matplotlib", "scipy", "PIL")
    config = tmp_path / "small.toml"
    config.write_text(UNET)
    command = [sys.executable, "-m", "sampler", packed, tmp_path / "run", "--config", config, "--samples", "16"]
    command += ["--evaluate-every", "8"]
    environment = bare(tmp_path, *others)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("distances left out") == 1
    assert [json.loads(line)["samples"] for line in done.stdout.splitlines()] == [8, 16]
    assert len(list((tmp_path / "run" / "sounds").rglob("*_kick.wav"))) >= 2
    without = "import sys, runpy; sys.path.insert(0, ''); sys.modules['tensorboard'] = None\n"
    without += "runpy.run_module('sampler', run_name='__main__')"
    refused = warm.run(["-c", without, *command[3:], "--tensorboard"], environment)
    assert refused.returncode == 2
    how = f'{sys.executable} -m pip install "driftkit[tensorboard]"'
    assert refused.stderr == f"sampler: --tensorboard needs tensorboard; install it with: {how}\n"


@pytest.mark.slow
def test_runs_killed_again_and_again_end_as_the_run_that_was_not(packed, tmp_path):
    config = tmp_path / "small.toml"
    config.write_text(UNET)

    def command(out):
        words = ["-m", "sampler", packed, tmp_path / out, "--config", config]
        return [*words, "--samples", "64", "--evaluate-every", "16"]

    assert warm.run(command("whole"), os.environ).returncode == 0
    for kill in range(2):
        process = warm.Process(command("killed"), os.environ, subprocess.PIPE)
        process.stdout.readline()
        time.sleep(0.1 * kill)
        process.kill()
        process.wait(60)
        process.stdout.close()
    assert warm.run(command("killed"), os.environ).returncode == 0
    whole, killed = (read_log(tmp_path / out / "log.jsonl") for out in ("whole", "killed"))
    assert [line["samples"] for line in killed] == [line["samples"] for line in whole] == [16, 32, 48, 64]
    for a, b in zip(whole, killed):
        assert b["held_out"] == pytest.approx(a["held_out"], rel=1e-5)
        assert b["distance"] == pytest.approx(a["distance"], rel=1e-3)
    best = load_checkpoint(tmp_path / "killed" / "best.pt")
    assert best["frechet"] == min(line["distance"]["frechet"] for line in killed)
    a, b = (load_checkpoint(tmp_path / out / "checkpoint.pt")["ema"] for out in ("whole", "killed"))
    for name, tensor in a.items():
        torch.testing.assert_close(b[name], tensor, atol=1e-6, rtol=1e-5, msg=name)


WRITER = """
import sys, torch
from pathlib import Path
from driftkit.sampler.training.checkpoints import save
for i in range(10**9):
    many = [torch.full((20_000,), float(i)) for _ in range(400)]  # each is written by itself
    save(Path(sys.argv[1]), {"target": "unet", "config": {}, "ema": {}, "samples": i, "x": many})
"""


def is_held(pid: int) -> bool:
    """Has a process been stopped?"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the system does not tell whether a process stands still")
def test_a_kill_in_the_middle_of_writing_leaves_the_checkpoint_before(tmp_path):
    """SIGKILL while the staged file grows; what stands under the name is whole."""
    path = tmp_path / "checkpoint.pt"
    process = warm.Process(["-c", WRITER, path], os.environ)
    writing: list[Path] = []
    end = time.monotonic() + 60
    until(path.exists, "a first checkpoint")
    while time.monotonic() < end:
        process.send_signal(signal.SIGSTOP)  # hold it still, to be sure of the moment
        until(lambda: is_held(process.pid), "it stands still")
        writing = list(tmp_path.glob(".checkpoint.pt_*.part"))
        if writing and 0 < writing[0].stat().st_size < 30_000_000:
            break
        process.send_signal(signal.SIGCONT)
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    assert [*tmp_path.glob(".checkpoint.pt_*.part")] == writing != [], "the kill fell into a write"
    state = load_checkpoint(path)
    assert all((x == state["samples"]).all() for x in state["x"])
