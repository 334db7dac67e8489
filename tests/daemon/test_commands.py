"""The command line as scripts and terminals see it."""

import json
import os
import pty
import socket
import subprocess
from pathlib import Path

import numpy as np
import soundfile
from rig import warm
from rig.daemon import MAIN, PATIENCE_S, START, driftkit, environment, here
from rig.models import stand_in


def test_json_goes_to_stdout_also_when_a_person_watches_stderr(tmp_path: Path) -> None:
    stand_in(tmp_path)
    watching, terminal = pty.openpty()
    render = [*MAIN, "render", "--json", "-n", 2, "--steps", 1, "--seed", 5, "--out", tmp_path]
    process = warm.Process(render, environment(tmp_path), subprocess.PIPE, terminal)
    told, _ = process.communicate(PATIENCE_S)
    os.close(terminal)
    os.close(watching)
    lines = [json.loads(line) for line in told.splitlines()]
    assert [line["seed"] for line in lines] == [5, 6]
    assert {"path", "seed", "ms", "label", "confidence", "hit"} <= set(lines[0])


def test_encode_writes_the_latent_and_tells_how_much_of_the_sound_comes_back(tmp_path: Path) -> None:
    stand_in(tmp_path)
    made = driftkit("render", "--seed", 3, "--steps", 16, "--json", "--out", tmp_path, home=tmp_path)
    file = json.loads(made.stdout)["path"]
    few, many = (
        json.loads(driftkit("encode", file, "--steps", n, "--json", "--out", tmp_path, home=tmp_path).stdout)
        for n in (4, 32)
    )
    assert many["snr_db"] > 15 and many["snr_db"] > few["snr_db"] + 5 and many["steps"] == 32
    latent = np.load(many["path"])
    assert latent.shape == (1, 44032) and latent.dtype == np.float32
    written = [Path(one["path"]).name.removeprefix(Path(file).stem) for one in (few, many)]
    assert written == ["_latent.npy", "_latent_2.npy"] and 0.5 < latent.std() < 1.5
    assert np.isclose(latent.std(), many["std"], atol=1e-4)
    told = driftkit("encode", file, "--steps", 4, "--out", tmp_path, home=tmp_path)
    assert told.stdout == "" and f"comes back at {few['snr_db']:.1f} dB over its error" in told.stderr


def test_encode_takes_any_sound_but_silence(tmp_path: Path) -> None:
    stand_in(tmp_path)
    draw = np.random.default_rng(0)
    for name, shape, rate_hz in (("short", 500, 44100), ("long", 99_000, 44100), ("wide", (4000, 2), 8000)):
        soundfile.write(tmp_path / f"{name}.wav", 0.1 * draw.standard_normal(shape), rate_hz)
        words = ("encode", tmp_path / f"{name}.wav", "--steps", 1, "--json", "--out", tmp_path)
        done = here(*words, home=tmp_path)
        assert done.returncode == 0 and json.loads(done.stdout)["steps"] == 1
        assert np.load(tmp_path / f"{name}_latent.npy").shape == (1, 44032)
    soundfile.write(tmp_path / "silent.wav", np.zeros(4000), 44100)
    done = here("encode", tmp_path / "silent.wav", "--out", tmp_path, home=tmp_path)
    assert done.returncode == 2 and not (tmp_path / "silent_latent.npy").exists()
    assert "silent.wav is silent; silence has no signal-to-noise ratio, give a sound" in done.stderr


def test_doctor_says_what_fails_and_exits_with_2(tmp_path: Path) -> None:
    stand_in(tmp_path)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        ports = ("--osc-port", port, "--http-port", port)  # taken for UDP alone
        done = driftkit("doctor", "--json", *ports, "--out", tmp_path, home=tmp_path)
    rows = {row["what"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 2 and not rows["osc port"]["works"] and rows["http port"]["works"]
    assert rows["model"]["works"] and rows["folder"]["works"]


def test_without_a_command_the_help_is_shown_and_a_reader_that_leaves_is_no_fault(tmp_path: Path) -> None:
    done = driftkit(home=tmp_path)
    assert done.returncode == 2 and done.stderr.startswith("Usage: driftkit")
    models = subprocess.Popen([*START, "controls", "--json"], stdout=subprocess.PIPE, env=environment(tmp_path))
    assert models.stdout
    models.stdout.close()
    assert models.wait(PATIENCE_S) == 0


def test_every_command_has_help(tmp_path: Path) -> None:
    names = ["serve", "render", "vary", "inpaint", "interpolate", "reshape", "recall", "train", "evaluate", "bench"]
    names += ["encode", "import", "models", "controls", "presets", "doctor"]
    overview = driftkit("--help", home=tmp_path).stdout
    assert all(f"\n  {name} " in overview for name in names)
