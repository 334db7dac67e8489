"""Anything wrong costs one sentence: over OSC while the daemon plays on, on the command line with exit code 2."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rig import wavs
from rig.daemon import Daemon, driftkit, here, presets
from rig.osc import Answer, OscClient, message

from driftkit.sampler.spec import find_model


@pytest.fixture
def anyone(tmp_path: Path) -> Path:
    return tmp_path / "home"


def refused(*arguments: object, home: Path) -> str:
    """The one sentence with which the command line refuses; by torch, so that no graph is compiled before it does."""
    if "serve" in arguments:
        run = driftkit(*arguments, "--engine", "torch", home=home)
    else:
        run = here(*arguments, home=home)
    assert run.returncode == 2, (run.returncode, run.stderr)
    assert run.stdout == "" and "Traceback" not in run.stderr
    (sentence,) = run.stderr.splitlines()
    assert sentence.startswith("driftkit: ")
    return sentence


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["render", "--kik", "1"], "No such option '--kik'. (Did you mean"),
        (["render", "--kick", "1.5"], "kick is 1.5; it must be from 0 to 1"),
        (["render", "--kick", "nan"], "kick is nan; it must be from 0 to 1"),
        (["render", "--kick", "much"], "kick is 'much'; it must be a number from 0 to 1"),
        (["render", "--steps", "900"], "steps is 900; it must be from 1 to 400"),
        (["render", "--seed", "16777215", "-n", "2"], "the last seed must not exceed 16777215"),
        (["render", "-n", "0"], "'-n': 0 is not in the range"),
        (["render", "--solver", "rk4"], "solver is 'rk4'; did you mean rk45?"),
        (
            ["render", "--solver", "rk45", "--stochasticity", "1"],
            "stochasticity is 1; the solver rk45 follows the ODE alone",
        ),
        (["render", "--model", "nope"], "there is no model nope; it must be one of default"),
        (["render", "--model", "nope", "--kick", "1"], "there is no model nope; it must be one of default"),
        (["render", "--device", "tpu"], "device is tpu; it must be auto, cpu, cuda or mps"),
        (["rendr"], "No such command 'rendr'"),
        (["vary"], "Missing argument 'FILE'"),
        (["vary", "gone.wav"], "there is no file gone.wav; give a WAV, AIFF, FLAC, OGG or MP3"),
        (["inpaint", __file__], "cannot be read"),
        (["render", "--kick", "-0.5"], "kick is -0.5; it must be from 0 to 1"),
        (["render", "--guidance-weight", "1/sigma", "--kick", "1"], "was itself trained with classes"),
        (["render", "--resampling", "21"], "resampling is 21; it must be from 1 to 20"),
        (["encode", "gone.wav"], "there is no file gone.wav"),
        (["encode", __file__, "--steps", "0"], "steps is 0; it must be from 1 to 400"),
        (["encode", __file__, "--solver", "best"], "solver is 'best'; it must be one of auto, ddim"),
        (["evaluate", "--sweep", "x", "--solver", "rk45"], "Invalid value for '--solver': 'rk45' is not one of"),
        (["evaluate", "--sweep", "x"], "--sweep needs --data, a pack or a folder of real sounds to measure against"),
        (["evaluate", "--embedding", __file__], "--embedding needs --data, a pack or a folder of real sounds"),
        (["render", "--spacing", "even"], "spacing is 'even'; it must be one of auto, karras, log_snr, uniform"),
        (["recall", "gone.wav"], "there is no file gone.wav"),
        (["recall", __file__], "is not a WAV"),
        (["serve", "--preset", "nope"], "there is no preset nope; it must be one of "),
        (["serve", "--osc-port", "70000"], "'--osc-port': 70000 is not in the range"),
        (["serve", "--http-port", "off"], "'--http-port': 'off' is not a valid integer range"),
        (["serve", "--bind", "203.0.113.1"], "on 203.0.113.1 cannot be opened: "),
        (["serve", "--out", __file__], "is a file"),
        (["serve", "--out", f"{__file__}/below"], "cannot be written: "),
        (["render", "--out", f"{__file__}/below"], "cannot be written: "),
    ],
)
def test_the_command_line_refuses_with_2_and_a_sentence(anyone: Path, arguments: list[str], words: str) -> None:
    assert words in refused(*arguments, home=anyone)


def test_a_port_in_use_is_named(daemon: Daemon, anyone: Path, tmp_path: Path) -> None:
    said = refused("serve", "--osc-port", daemon.port, "--out", tmp_path / "out", home=anyone)
    assert f"the OSC port {daemon.port} on 127.0.0.1 cannot be opened: " in said
    assert "another driftkit may be running; stop it or choose another with --osc-port" in said


@pytest.mark.parametrize(
    ("file", "kept", "words"),
    [
        ("network.safetensors", -8, "damaged"),
        ("classifier.safetensors", None, "missing"),
        ("model.json", 20, "is missing or damaged"),
    ],
)
def test_a_model_that_is_not_whole_is_refused(
    anyone: Path, tmp_path: Path, file: str, kept: int | None, words: str
) -> None:
    folder = shutil.copytree(find_model("default"), tmp_path / "cut")
    data = (folder / file).read_bytes()
    (folder / file).unlink()
    if kept is not None:
        (folder / file).write_bytes(data[:kept])
    said = refused("serve", "--model", folder, "--osc-port", 0, "--out", tmp_path / "out", home=anyone)
    assert str(folder / file) in said and words in said and "install the model again" in said


def test_weights_of_another_network_end_it_as_soon_as_they_are_read(anyone: Path, tmp_path: Path) -> None:
    """Kits play before that."""
    folder = shutil.copytree(find_model("default"), tmp_path / "other")
    spec = json.loads((folder / "model.json").read_text())
    spec["network"]["embedding"] //= 2
    (folder / "model.json").write_text(json.dumps(spec))
    places = ("--osc-port", 0, "--http-port", 0, "--audio", "none", "--midi", "none", "--out", tmp_path / "out")
    run = driftkit("serve", "--model", folder, *places, home=anyone)
    assert run.returncode == 2 and run.stdout.startswith("ready "), run.stderr
    assert run.stderr.count("do not fit their model.json") == 1 and "Traceback" not in run.stderr


def test_a_damaged_kit_is_refused(anyone: Path, tmp_path: Path) -> None:
    presets(anyone).mkdir(parents=True)
    file = presets(anyone) / "bad.yaml"
    file.write_text("pads: {1: {kick: 1}\n")
    assert f"{file}, line 2: this is not YAML" in refused("presets", "--check", file, home=anyone)
    file.write_text("pads:\n  1:\n    guidence: 2\n")
    said = refused("serve", "--preset", "bad", "--osc-port", 0, "--out", tmp_path / "out", home=anyone)
    assert f"{file}, line 3: guidence is not a control; did you mean guidance?" in said


def test_a_source_that_may_not_or_cannot_be_read_is_refused(daemon: Daemon, osc: OscClient, tmp_path: Path) -> None:
    allowed = Path(daemon.samples)
    rate = 44100
    for folder in (tmp_path, allowed):
        soundfile.write(folder / "tick.wav", np.ones(100, np.float32), rate)
    (allowed / "text.wav").write_text("no sound")
    (allowed / "link.wav").symlink_to(tmp_path / "tick.wav")
    (allowed / "empty.wav").write_bytes(b"")

    def why(source: Path | str) -> str:
        ended = osc.render(15, task="vary", source_a=str(source), variation=0, steps=2)
        assert ended.address == "/fail", ended
        return str(ended.values[1])

    before = daemon.live(15).read_bytes()
    for outside in (tmp_path / "tick.wav", allowed / ".." / tmp_path.name / "tick.wav", allowed / "link.wav"):
        assert "lies outside the folders that may be read" in why(outside)
        assert "--samples" in why(outside)
    assert "there is no file" in why(allowed / "gone.wav")
    assert "cannot be read" in why(allowed / "text.wav")
    assert "cannot be read" in why(allowed / "empty.wav")
    assert "there is no file" in why(allowed)
    assert "pad:99 has no sound yet" in why("pad:99")
    assert "there is no file" in why("sha256:" + "0" * 64)
    assert "names no source" in why("sha256:../../tick")
    assert daemon.live(15).read_bytes() == before, "the pad keeps its sound"
    assert "outside the folders" in osc.refusal("/recall", 15, "/etc/hostname")
    assert "carries no recipe of driftkit" in osc.refusal("/recall", 15, str(allowed / "tick.wav"))
    assert osc.render(15, source_a=str(allowed / "tick.wav")).address == "/sound"
    assert np.abs(wavs.samples(daemon.live(15))[:, 100:]).max() == 0


SOURCELESS = {"empty.wav": np.zeros((0, 1)), "nan.wav": np.array([[0.1], [np.nan], [0.1]])}
SOURCES = {
    "short.wav": (np.full((50, 1), 0.3), 44100),
    "long.wav": (np.full((90_000, 1), 0.3), 44100),
    "silent.wav": (np.zeros((5000, 1)), 44100),
    "stereo.wav": (np.full((5000, 2), 0.3), 44100),
    "telephone.wav": (np.full((4000, 1), 0.3), 8000),
}
TASKS = ("vary", "inpaint", "reshape", "interpolate")


@pytest.fixture
def client(small: Daemon) -> Iterator[OscClient]:
    with OscClient(small.port) as client:
        yield client


def test_every_task_refuses_bad_sources_and_makes_a_sound_of_odd_ones(small: Daemon, client: OscClient) -> None:
    folder = small.out
    for name, samples in SOURCELESS.items():
        soundfile.write(folder / name, samples.astype(np.float32), 44100, subtype="FLOAT")
    for name, (samples, rate) in SOURCES.items():
        soundfile.write(folder / name, samples.astype(np.float32), rate, subtype="FLOAT")

    def ended(task: str, name: str, **more: object) -> Answer:
        file = str(folder / name)
        return client.render(14, task=task, source_a=file, source_b=file, steps=1, seed=1, **more)

    assert client.render(14, steps=1, seed=1).address == "/sound"
    for task in TASKS:
        kept = small.live(14).read_bytes()
        assert "is empty; give one of at least a few samples" in str(ended(task, "empty.wav").values[1])
        assert "values that are not finite" in str(ended(task, "nan.wav").values[1])
        assert small.live(14).read_bytes() == kept, "the pad keeps its sound"
    for name in SOURCES:
        for task in ("vary", "inpaint"):  # the others encode first, which takes long; see tests/sampler
            assert ended(task, name).address == "/sound", (task, name)
    for task in ("reshape", "interpolate"):
        assert ended(task, "silent.wav").address == "/sound", task


def test_a_span_that_is_none_and_weights_that_are_too_much(small: Daemon, client: OscClient) -> None:
    assert client.render(13, steps=1, seed=1).address == "/sound"
    source = "pad:13"
    told = client.render(13, task="inpaint", source_a=source, steps=1, inpaint_start_ms=300, inpaint_end_ms=200)
    assert told.address == "/fail"
    assert "inpaint_start_ms is 300 and inpaint_end_ms 200; the start must lie before the end" in str(told.values[1])
    said = client.refusal("/pad/13/inpaint_end_ms", 5000)
    assert said == "inpaint_end_ms is 5000; it must be from 0 to 998.458 ms"
    assert client.refusal("/pad/13/kick", -0.5) == "kick is -0.5; it must be from 0 to 1"
    assert client.render(13, task="generate", kick=1, snare=1, steps=1).address == "/sound"
    assert wavs.recipe(small.live(13))["hit"]["classes"] == {"kick": 0.5, "snare": 0.5}
    told = client.render(13, solver="rk45", stochasticity=1)
    assert told.address == "/fail" and "the solver rk45 follows the ODE alone" in str(told.values[1])


def test_garbage_costs_nothing_but_a_count(daemon: Daemon, osc: OscClient) -> None:
    before = osc.ask("/status", answers="/status.reply").values[9]
    garbage = [
        b"/",
        b"\0" * 4,
        b"#bundle\0",
        b"hello OSC..!",
        b"/driftkit/ping",
        b"/driftkit/kick\0\0,f\0\0",
        bytes(1000),
    ]
    garbage += [message("/kick", b"blob", tags="b")]
    for packet in garbage:
        osc.raw(packet)
    told = [answer.values[0] for answer in osc.barrier()]
    assert told == ["/driftkit/ping", "/driftkit/kick", "/driftkit/kick"], "what has an address of ours is answered"
    assert osc.ask("/status", answers="/status.reply").values[9] == before + len(garbage)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_is_refused_in_a_sentence(osc: OscClient, value: float) -> None:
    before = osc.ask("/kick").values
    assert osc.refusal("/kick", value) == f"Argument 1 is {value}; numbers must be finite."
    assert osc.ask("/kick").values == before


def test_two_thousand_mutated_packets_stop_nothing_and_no_pad_loses_its_sound(daemon: Daemon, osc: OscClient) -> None:
    dice = random.Random(7)
    seeds = [message("/render", 3, 5), message("/pad/4/kick", 0.5), message("/pad/5/name", "Tom"), message("/undo", 6)]
    seeds += [message("/recall", 7, "live/02.wav"), message("/sync", 9), message("/cancel", "*"), message("/status")]
    element = seeds[1]
    seeds.append(b"#bundle\0" + (1).to_bytes(8, "big") + (len(element).to_bytes(4, "big") + element) * 2)
    for number in range(2000):
        packet = bytearray(dice.choice(seeds))
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(packet))
            action = dice.randrange(4)
            if action == 0:
                packet[at] = dice.randrange(256)
            elif action == 1:
                packet[at] ^= 1 << dice.randrange(8)
            elif action == 2:
                packet[at:at] = dice.randbytes(dice.choice((1, 4)))
            elif len(packet) > 8:
                del packet[at : at + dice.choice((1, 4))]
        osc.raw(bytes(packet))
        if number % 50 == 49:
            osc.barrier()
    osc.send("/cancel", "*")
    osc.send("/sync", 77)
    osc.wait_for("/synced", where=lambda answer: answer.values == (77,))  # refusals come until then
    for pad in range(1, 16):  # through pad 16: variation 0 gives the sound that a pad holds
        assert osc.render(16, task="vary", variation=0, source_a=f"pad:{pad}").address == "/sound"
        assert wavs.apart(daemon.live(16), daemon.live(pad)) <= wavs.LSB
    assert osc.ask("/status", answers="/status.reply").values[9] > 500
    assert "Traceback" not in daemon.stderr
