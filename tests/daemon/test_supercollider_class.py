"""The quark for SuperCollider, run by sclang and scsynth without a window or a sound card: buffers, events, heard."""

import os
import socket
import subprocess
from pathlib import Path

import numpy as np
import soundfile
from rig.daemon import PATIENCE_S, Daemon, until
from rig.jack import jack_server
from rig.osc import OscClient
from rig.tools import need
from scipy.signal import correlate

QUARK = Path(__file__).parents[2] / "clients" / "supercollider"
HEADLESS = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}  # sclang is a Qt program
SCRIPT = r"""
(
var kit, early = Driftkit("127.0.0.1", SILENT);
var play = { fork {
    s.prepareForRecord("HEARD", 2);
    s.sync;
    s.record;
    0.3.wait;
    Pbind(\type, \driftkit, \pad, Pseq([1, 2]), \amp, 0.5, \dur, 1.2).play;
    3.wait;
    s.stopRecording;
    kit.onFail = { |command, sentence| "refused: % %".format(command, sentence).postln };
    kit.set(2, \snare, 0.25);
    kit.render(17);
    0.5.wait;
    s.sync;
    s.quit;
    0.exit;
} };
fork {
    (Driftkit.askEvery + 1).wait;
    early.free;
    kit = Driftkit("127.0.0.1", PORT);
    s.options.numInputBusChannels = 0;
    s.bootSync;
    while { kit.buffers.count(_.notNil) < 2 } { 0.05.wait };
    { CmdPeriod.run; play.value }.defer(0.1);
}
)
"""


def test_a_kit_is_loaded_and_a_pattern_plays_it(small: Daemon, little: OscClient, tmp_path: Path) -> None:
    need("sclang", "supercollider-language", optional=True)
    need("scsynth", "supercollider-server", optional=True)
    heard, told = tmp_path / "heard.wav", tmp_path / "told.txt"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nobody:
        nobody.bind(("127.0.0.1", 0))
        silent = nobody.getsockname()[1]
        script = SCRIPT.replace("PORT", str(small.port)).replace("SILENT", str(silent)).replace("HEARD", str(heard))
        (tmp_path / "play.scd").write_text(script)
        (tmp_path / "library.yaml").write_text(f"includePaths: [{QUARK}]\nexcludePaths: []\n")
        with jack_server() as env, told.open("w") as file:
            command = ["sclang", "-l", str(tmp_path / "library.yaml"), str(tmp_path / "play.scd")]
            env = os.environ | HEADLESS | env
            pipes = {"stdin": subprocess.PIPE, "stdout": file, "stderr": file}  # it ends with its input
            with subprocess.Popen(command, env=env, **pipes) as sclang:
                try:
                    sclang.wait(PATIENCE_S)
                finally:
                    sclang.kill()
    text = told.read_text()
    assert f"no driftkit at 127.0.0.1:{silent} yet" in text and "ERROR" not in text, text
    assert f"driftkit answers at 127.0.0.1:{small.port}" in text
    assert "refused: /driftkit/render pad is 17; it must be from 1 to 16" in text
    assert little.ask("/pad/2/snare").values == (0.25,)
    recorded, rate_hz = soundfile.read(heard)
    assert rate_hz == 44100 and np.array_equal(recorded[:, 0], recorded[:, 1]), "in the middle"
    places = []
    for pad in (1, 2):
        file, _ = soundfile.read(small.live(pad))
        places.append(int(np.argmax(correlate(recorded[:, 0], file, "valid"))))
        part = recorded[places[-1] : places[-1] + len(file), 0]
        assert np.corrcoef(part, file)[0, 1] > 0.99
        assert abs(np.dot(part, file) / np.dot(file, file) - 0.5**1.5) < 0.01, "half the amplitude, in the middle"
    assert places[0] < places[1]


def test_it_is_told_of_changes_by_a_driftkit_that_was_started_anew_in_between(tmp_path: Path) -> None:
    need("sclang", "supercollider-language", optional=True)
    told = tmp_path / "told.txt"
    with Daemon(tmp_path, tmp_path / "out") as first, OscClient(first.port) as osc, told.open("w") as file:
        watch = "Driftkit.default.on('/driftkit/pad/3/variation', { |value| \"variation %\".format(value).postln })"
        (tmp_path / "watch.scd").write_text(f'Driftkit("127.0.0.1", {first.port}); {watch};')
        (tmp_path / "library.yaml").write_text(f"includePaths: [{QUARK}]\nexcludePaths: []\n")
        command = ["sclang", "-l", str(tmp_path / "library.yaml"), str(tmp_path / "watch.scd")]
        pipes = {"stdin": subprocess.PIPE, "stdout": file, "stderr": file}
        with subprocess.Popen(command, env=os.environ | HEADLESS, **pipes) as sclang:
            try:
                until(lambda: "variation 0.5" in told.read_text(), "every control")
                first.stop()
                with Daemon(tmp_path, tmp_path / "out", "--osc-port", first.port):
                    until(lambda: told.read_text().count("variation 0.5") == 2, "every control, once more")
                    osc.send("/pad/3/variation", 0.25)
                    until(lambda: "variation 0.25" in told.read_text(), "a change")
            finally:
                sclang.kill()
    assert "ERROR" not in told.read_text(), told.read_text()


def test_the_help_names_every_method() -> None:
    code = (QUARK / "Classes" / "Driftkit.sc").read_text()
    page = (QUARK / "HelpSource" / "Classes" / "Driftkit.schelp").read_text()
    for line in code.splitlines():
        if line.startswith("\t") and not line.startswith("\t\t") and line.rstrip().endswith(("{", "}")):
            name = line.split()[0].removeprefix("*")
            if name.isidentifier() and name not in ("initClass", "classvar", "var"):
                assert f"METHOD:: {name}\n" in page or name in page.partition("PRIVATE:: ")[2], name
