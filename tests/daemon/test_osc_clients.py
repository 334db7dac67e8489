"""Real clients, which are not python-osc: each sets knobs of a pad, asks, renders, and prints what it is answered.

The scripts are in tests/clients. Numbers are compared as numbers, since each client prints them in its own way.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig.daemon import PATIENCE_S, Daemon, presets, until
from rig.osc import OscClient
from rig.tools import need

SCRIPTS = Path(__file__).parents[1] / "clients"
HEADLESS = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}  # sclang is a Qt program


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon with one pad to render."""
    home = tmp_path_factory.mktemp("home")
    presets(home).mkdir(parents=True)
    (presets(home) / "one.yaml").write_text("pads:\n  1: {kick: 1, steps: 2, seed: 1}\n")
    with Daemon(home, tmp_path_factory.mktemp("out"), "--preset", "one") as running:
        yield running


def answers(text: str) -> list[list[str]]:
    """The answers in what a client printed, each as words: the address without the prefix, then the arguments."""
    lines = [re.match(r"(?:print: |/)driftkit[ /](.*)", line) for line in text.splitlines()]
    told = [line[1].split() for line in lines if line]
    return [[*first.split("/"), *more] for first, *more in told]


def run_until_synced(command: list[str], out: Path) -> list[list[str]]:
    """Start a client and give it what it needs until it has printed the last answer."""
    with out.open("w") as file:
        client = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=os.environ | HEADLESS)
        try:
            until(lambda: "synced 5" in out.read_text() or client.poll(), "synced")
        finally:
            client.terminate()
            client.wait(PATIENCE_S)
    assert "synced 5" in out.read_text(), out.read_text()
    return answers(out.read_text())


def check(server: Daemon, pad: int, heard: list[list[str]]) -> None:
    """The knobs arrived, a query was answered, and the render ended on that client's own port."""
    asked, queued, *progress, sound, synced = heard
    assert asked[:3] == ["pad", str(pad), "snare"] and float(asked[3]) == 0.25
    assert queued[0] == "queued" and [float(word) for word in queued[1:]] == [7, pad]
    told = [(one[0], float(one[1]), 0 < float(one[2]) <= 1) for one in progress]  # a step in 30 ms at most is told
    assert set(told) <= {("progress", 7, True)}
    assert sound[0] == "sound" and [float(word) for word in sound[1:3]] == [7, pad]
    assert sound[3].endswith(f"live/{pad:02d}.wav") and float(sound[4]) == 4242
    assert synced[0] == "synced" and float(synced[1]) == 5
    assert server.live(pad).exists()
    with OscClient(server.port) as judge:
        assert judge.ask(f"/pad/{pad}/steps").values == (2,)
        assert judge.ask(f"/pad/{pad}/seed").values == (4242,)


def test_supercollider(server: Daemon, tmp_path: Path) -> None:
    """It sends true as the number 1, and a bundle with a timetag."""
    need("sclang", "supercollider-language", optional=True)
    command = ["sclang", str(SCRIPTS / "driftkit.scd"), str(server.port)]
    check(server, 4, run_until_synced(command, tmp_path / "sclang.txt"))
    with OscClient(server.port) as judge:
        assert judge.ask("/pad/4/lock_seed").values == (1,)


def test_javascript(server: Daemon, tmp_path: Path) -> None:
    """The package osc of npm: plain numbers are floats, true is a tag, a bundle with a timetag."""
    need("node", "nodejs", optional=True)
    command = ["node", str(SCRIPTS / "driftkit.js"), str(server.port)]
    found = subprocess.run(["node", "-e", "require('osc')"], cwd=SCRIPTS, capture_output=True)
    if found.returncode:
        pytest.skip("the npm package osc is not installed; run `npm install --no-save osc` in tests/clients")
    check(server, 5, run_until_synced(command, tmp_path / "node.txt"))
    with OscClient(server.port) as judge:
        assert judge.ask("/pad/5/lock_seed").values == (1,)
