"""`driftkit export`: a kit's Sounds as files, as a full hit is heard, or dry."""

import json
import math
import struct
from pathlib import Path

import numpy as np
import pytest
from rig import wavs
from rig.daemon import Daemon, driftkit, presets
from rig.osc import OscClient

from driftkit.sampler.errors import Error
from driftkit.sampler.sound import load_sound

PLAYED = {"gain_db": -6.0, "pan": 0.5, "name": "Crack / 2"}


def exported(daemon: Daemon, kit: str, out: Path, *options: object, takes: Path | None = None) -> dict[int, dict]:
    """The lines that `export` tells, by pad."""
    arguments = ("--takes", takes or daemon.out, "--out", out, "--device", "cpu", "--json", *options)
    run = driftkit("export", kit, "--engine", "torch", *arguments, home=daemon.home)  # as the daemon of the tests
    assert run.returncode == 0 and "Traceback" not in run.stderr, run.stderr
    return {line["pad"]: line for line in map(json.loads, run.stdout.splitlines())}


@pytest.fixture(scope="module")
def told(small: Daemon, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[int, dict]]:
    """A kit of three pads exported as it is played, dry, and from an empty folder of takes."""
    with OscClient(small.port) as osc:
        osc.ask("/preset/load", "aa", answers="/done")
        osc.ask("/sync", 1, answers="/synced")
        osc.render(3, task="vary", source_a="pad:1", variation=0.3, steps=2, seed=5)
        for name, value in PLAYED.items():
            osc.send(f"/pad/2/{name}", value)
        osc.send("/pad/1/pitch_semitones", 12.0)
        osc.send("/pad/3/decay_ms", 50.0)
        osc.send("/pad/1/gain_db", 12.0)
        osc.ask("/preset/save", "files", answers="/done")
        osc.ask("/sync", 2, answers="/synced")
    out = tmp_path_factory.mktemp("exported")
    return {
        "played": exported(small, "files", out / "played"),
        "dry": exported(small, "files", out / "dry", "--dry"),
        "anew": exported(small, "files", out / "anew", "--dry", takes=out / "empty"),
    }


def test_dry_files_are_the_sounds_bit_by_bit_with_their_recipes(small: Daemon, told: dict) -> None:
    for pad, line in told["dry"].items():
        path = Path(line["path"])
        assert np.array_equal(wavs.samples(path), wavs.samples(small.live(pad)))
        assert wavs.recipe(path) == wavs.recipe(small.live(pad))


def test_sounds_without_takes_are_rendered_again_from_their_recipes(small: Daemon, told: dict) -> None:
    assert sorted(told["anew"]) == [1, 2, 3]
    for pad, line in told["anew"].items():
        assert np.abs(wavs.samples(Path(line["path"])) - wavs.samples(small.live(pad))).max() <= 1e-5


def test_gain_and_pan_are_in_the_file(small: Daemon, told: dict) -> None:
    line = told["played"][2]
    assert (Path(line["path"]).name, line["name"]) == ("02_crack-2.wav", "Crack / 2")
    dry, wet = wavs.samples(small.live(2)), wavs.samples(Path(line["path"]))
    angle = (1 + 0.5) * math.pi / 4
    gains = 10 ** (-6 / 20) * math.sqrt(2) * np.array([[math.cos(angle)], [math.sin(angle)]])
    np.testing.assert_allclose(wet, gains * dry, atol=2 * wavs.LSB)


def test_an_octave_higher_is_half_as_long_and_decay_ends_in_silence(small: Daemon, told: dict) -> None:
    dry, higher = wavs.samples(small.live(1)), wavs.samples(Path(told["played"][1]["path"]))
    assert len(higher) == 1 and abs(higher.shape[1] - dry.shape[1] / 2) <= 1
    short = wavs.samples(Path(told["played"][3]["path"]))
    assert abs(short.shape[1] - 0.05 * 44100) <= 2 and np.abs(short[:, -1]).max() < 1e-3


def test_what_a_file_cannot_hold_is_lowered_as_a_whole_and_said(told: dict) -> None:
    line = told["played"][1]
    assert np.abs(wavs.samples(Path(line["path"]))).max() == pytest.approx(0.98, abs=1e-4)
    assert 0 < line["lowered_db"] <= 12 + 20 * math.log10(1 / 0.98)


def test_the_note_is_in_the_file_and_a_played_one_says_what_it_was_played_with(told: dict) -> None:
    path = Path(told["played"][2]["path"])
    assert struct.unpack_from("<9I", wavs.chunks(path)["smpl"])[3] == 37
    assert wavs.recipe(path)["played"] == {"gain_db": -6.0, "pan": 0.5} and wavs.texts(path)["INAM"] == "Crack / 2"
    with pytest.raises(Error, match="as a pad played it"):
        load_sound(path)


@pytest.mark.parametrize(
    ("kit", "sentence"),
    [
        ("filez", "there is no preset filez; did you mean files? (`driftkit presets` lists them)"),
        ("own", "pad 4: source_a is empty; the task vary needs a sound file there"),
    ],
)
def test_what_cannot_be_exported_is_one_sentence(small: Daemon, tmp_path: Path, kit: str, sentence: str, told) -> None:
    (presets(small.home) / "own.yaml").write_text("pads:\n  4: {task: vary, kick: 1}\n")
    run = driftkit("export", kit, "--out", tmp_path, "--device", "cpu", home=small.home)
    assert (run.returncode, run.stderr.strip()) == (2, f"driftkit: {sentence}")
    assert not list(tmp_path.iterdir())
