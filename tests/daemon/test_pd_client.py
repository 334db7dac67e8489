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

from driftkit.daemon.pads.surfaces import controls
from driftkit.daemon.patches.canvas import Canvas
from driftkit.daemon.patches.files import pd_files
from driftkit.sampler.spec import find_model, read_spec

FOLDER = Path(__file__).parents[2] / "clients" / "pd"
PAD, SEED = 1, 4242


@contextmanager
def pure_data(patch: Canvas, folder: Path, *more: object) -> Iterator[Path]:
    """Pd with a patch that uses the objects of the folder; what it prints stands in a file."""
    need("pd", "puredata-core")
    (folder / "driver.pd").write_text(patch.text)
    told = folder / "pd.txt"
    command = [
        "pd",
        "-nogui",
        "-noprefs",
        "-nosound",
        "-nomidi",
        "-stderr",
        "-path",
        FOLDER,
        *more,
        folder / "driver.pd",
    ]
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


def test_the_panel_moves_the_selected_pad_and_shows_what_it_hears(
    small: Daemon, little: OscClient, tmp_path: Path
) -> None:
    """Its sliders have names, by which the test moves and watches them as a person does."""
    little.ask("/select", PAD, answers="/done")
    p = Canvas()
    moves = [("guidance", "2.5"), ("solver", "2"), ("audition", "1"), ("steps", "5"), ("name", "symbol Bömm")]
    p.chain("r driftkit-there", "sel 1", "delay 300", "(; driftkit-hit-2 bang)")
    knobs = f"({''.join(f'; driftkit-knob-{name} {value} ' for name, value in moves)})"
    p.chain("r driftkit-selected", "sel 2", "delay 300", knobs)
    for name in ("show-solver", "value-variation", "pad", "name-2"):
        p.chain(f"r driftkit-{name}", f"print {name}")
    place = f"driftkit-place 127.0.0.1 {small.port}"
    with pure_data(p, tmp_path, "-send", place, FOLDER / "driftkit.pd") as told:
        until(lambda: "name-2: set Crack" in told.read_text(), "the names of the pads")
        until(lambda: "pad: set 2" in told.read_text(), "the pad selected")
        until(lambda: little.ask("/pad/2/name").values == ("Bömm",), "the last of the knobs")
        for name, value in (("guidance", 2.5), ("solver", "heun"), ("audition", 1), ("steps", 5)):
            assert little.ask(f"/pad/2/{name}").values == (value,)
        little.send("/pad/1/variation", 0.75)
        little.send("/pad/2/variation", 0.25)
        little.send("/pad/2/solver", "euler")
        until(lambda: "value-variation: 0.25" in told.read_text(), "a knob that somebody else has moved")
        until(lambda: "show-solver: set 5" in told.read_text(), "a choice, by its number")
    assert "0.75" not in told.read_text(), "that of another pad is not shown"
    assert "error" not in told.read_text(), told.read_text()


def test_a_file_that_has_gone_leaves_the_sound_that_is_there(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a name ö 🥁.wav", np.ones(1000, np.float32) / 2, 44100)
    p = Canvas()
    p.chain(f"driftkit-pad~ {PAD}", "print frames", outlet=1)
    there = str(tmp_path / "a name ö 🥁.wav").replace(" ", "\\ ")
    p.chain("loadbang", f"(slot {PAD} {there} one , slot {PAD} /nowhere/01.wav two)", "t a", "s driftkit-heard")
    with pure_data(p, tmp_path) as told:
        until(lambda: "/nowhere/01.wav" in told.read_text(), "that there is no such file")
        assert told.read_text().count("frames: ") == 1 and "frames: 1000" in told.read_text()


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
            until(lambda: "there: 0" in told.read_text().partition("there: 1")[2], "driftkit has gone")
            assert "driftkit-net: no driftkit answers: start driftkit serve" in told.read_text()
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


def test_it_is_told_of_changes_by_a_driftkit_that_was_started_anew_in_between(tmp_path: Path) -> None:
    """So quickly that nothing was missed: the new one answers, and does not know Pd yet."""
    p = Canvas()
    with Daemon(tmp_path, tmp_path / "out") as first, OscClient(first.port) as osc:
        p.chain(f"driftkit-net 127.0.0.1 {first.port}")
        p.chain("r driftkit-heard", "print heard")
        with pure_data(p, tmp_path) as told:
            until(lambda: "heard: pad 16 " in told.read_text(), "every control")
            first.stop()
            with Daemon(tmp_path, tmp_path / "out", "--osc-port", first.port):
                before = len(told.read_text())
                until(lambda: "heard: pad 16 " in told.read_text()[before:], "every control, once more")
                osc.send("/pad/3/variation", 0.25)
                until(lambda: "heard: pad 3 variation 0.25" in told.read_text()[before:], "a change")
