"""The files for Pure Data, run by Pd without a window: knobs, a render, its sound recorded, a daemon that is away."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pythonosc.osc_message import OscMessage
from rig.daemon import PATIENCE_S, Daemon, until
from rig.osc import OscClient, message
from rig.tools import need
from scipy.signal import correlate

from driftkit.daemon.patches.canvas import Canvas
from driftkit.daemon.patches.files import pd_files
from driftkit.daemon.surfaces import controls
from driftkit.sampler.spec import find_model, read_spec

FOLDER = Path(__file__).parents[2] / "clients" / "pd"
PAD, SEED = 1, 4242


@contextmanager
def pure_data(patch: Canvas, folder: Path) -> Iterator[Path]:
    """Pd with a patch that uses the objects of the folder; what it prints stands in a file."""
    need("pd", "puredata-core")
    (folder / "driver.pd").write_text(patch.text)
    told = folder / "pd.txt"
    command = ["pd", "-nogui", "-noprefs", "-nosound", "-nomidi", "-stderr", "-path", FOLDER, folder / "driver.pd"]
    with told.open("w") as file, subprocess.Popen(list(map(str, command)), stdout=file, stderr=file) as pd:
        try:
            yield told
        finally:
            pd.kill()


def test_the_files_are_those_that_are_made() -> None:
    made = pd_files(controls(read_spec(find_model("default"))))
    assert set(made) == {path.name for path in FOLDER.iterdir()}
    for name, content in made.items():
        assert (FOLDER / name).read_bytes() == content, f"{name} is another one; `make docs` writes it"


def test_a_pad_is_set_rendered_loaded_and_recorded(small: Daemon, little: OscClient, tmp_path: Path) -> None:
    """Half a velocity is a quarter of the amplitude; Pd plays the very sound that lies in the file."""
    p = Canvas()
    p.chain(f"driftkit-net 127.0.0.1 {small.port}")
    pad, writer = p.chain(f"driftkit-pad~ {PAD}", "writesf~ 1")
    p.chain("r driftkit-heard", "print heard")
    p.chain("r driftkit-there", "sel 1", f"(set seed {SEED} , set steps 2 , set snare 0.25 , render)", pad)
    loaded = p.chain(pad, "spigot", outlet=1)[-1]  # what is loaded once the new sound is there
    p.chain("r driftkit-heard", "route sound", "t b", "(1)", loaded, inlet=1)
    again = p.chain(loaded, "t b b b b")[-1]
    p.chain(again, "(; pd dsp 1)", outlet=3)
    p.chain(again, f"(open {tmp_path / 'heard.wav'} , start)", writer, outlet=2)
    p.chain(again, "(0.5)", pad, outlet=1)
    end = p.chain(again, "delay 1200", "t b b")[-1]
    p.chain(end, "(stop)", writer, outlet=1)
    p.chain(end, "(; pd quit)")
    p.chain(pad, "print frames", outlet=1)
    with pure_data(p, tmp_path) as told:
        until(lambda: (tmp_path / "heard.wav").exists() and "sound" in told.read_text(), "a recording")
        until(lambda: soundfile_length(tmp_path / "heard.wav") > 44100, "the whole of it")
    assert little.ask(f"/pad/{PAD}/seed").values == (SEED,) and little.ask(f"/pad/{PAD}/snare").values == (0.25,)
    text = told.read_text()
    assert f"heard: sound 1 {PAD} {small.live(PAD)} {SEED} " in text
    assert "frames: 44032" in text and "error" not in text, text
    file, _ = soundfile.read(small.live(PAD))
    heard, rate_hz = soundfile.read(tmp_path / "heard.wav")
    heard = np.pad(heard, (0, len(file)))
    at = int(np.argmax(correlate(heard, file, "valid")))
    part = heard[at : at + len(file)]
    assert rate_hz == 44100 and np.corrcoef(part, file)[0, 1] > 0.98
    assert np.dot(part, file) / np.dot(file, file) == pytest.approx(0.25, abs=0.01)


def soundfile_length(path: Path) -> int:
    """Frames that a file holds so far, by its size: Pd writes its header at the end."""
    return (path.stat().st_size - 44) // 2


def test_it_asks_until_driftkit_is_there_and_begins_again_when_it_has_gone(tmp_path: Path) -> None:
    p = Canvas()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daemon:
        daemon.bind(("127.0.0.1", 0))
        daemon.settimeout(PATIENCE_S)
        p.chain(f"driftkit-net 127.0.0.1 {daemon.getsockname()[1]}")
        p.chain("r driftkit-there", "print there")
        with pure_data(p, tmp_path) as told:

            def asked() -> tuple[str, tuple[str, int]]:
                packet, sender = daemon.recvfrom(1024)
                return OscMessage(packet).address.removeprefix("/driftkit"), sender

            assert asked()[0] == "/ping"
            again, pd = asked()
            assert again == "/ping", "nobody has answered"
            daemon.sendto(message("/pong"), pd)
            questions = {asked()[0] for _ in range(4)}
            assert {"/notify", "/status", "/preset/list", "/slot/list"} <= questions | {asked()[0]}
            until(lambda: "there: 1" in told.read_text(), "driftkit is there")
            until(lambda: "there: 0" in told.read_text(), "driftkit has gone")
            daemon.settimeout(0)
            while True:
                try:
                    daemon.recv(1024)
                except BlockingIOError:
                    break
            daemon.settimeout(PATIENCE_S)
            address, pd = asked()
            assert address == "/ping"
            daemon.sendto(message("/pong"), pd)
            until(lambda: told.read_text().count("there: 1") == 2, "driftkit is there again")
