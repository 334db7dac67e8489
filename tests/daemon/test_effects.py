"""Effects of pads: what a chain may say, and what it does to samples, against closed forms."""

import json
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rig import wavs
from rig.daemon import Daemon, driftkit, presets
from rig.osc import OscClient

from driftkit.daemon.audio.speaker import Speaker
from driftkit.daemon.audio.voicing import Voicing
from driftkit.daemon.effects import EFFECTS, TAIL_S, Rack, apply, parse
from driftkit.daemon.pads.board import Board
from driftkit.daemon.pads.surfaces import controls
from driftkit.daemon.sinks.playing import Live
from driftkit.daemon.state import State
from driftkit.sampler.controls import TEXT_MAX
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.sound import Sound
from driftkit.sampler.spec import find_model, read_spec

RATE_HZ = 44100


def noise(channels: int = 1, n: int = 3000) -> np.ndarray:
    return np.random.default_rng(0).uniform(-0.5, 0.5, (channels, n)).astype(np.float32)


@pytest.mark.parametrize(
    "written",
    [
        [{"plugin": "reverb", "room_size": 0.3}, "delay"],
        "[{plugin: reverb, room_size: 0.3}, delay]",
        '[{"plugin": "reverb", "room_size": 0.3}, {"plugin": "delay"}]',
        "- plugin: reverb\n  room_size: 0.3\n- plugin: delay",
    ],
)
def test_lists_yaml_and_json_say_the_same(written: Any) -> None:
    text = parse(written)
    assert json.loads(text) == [{"plugin": "reverb", "room_size": 0.3}, {"plugin": "delay"}]
    assert parse(text) == text and text.isprintable()


@pytest.mark.parametrize("empty", ["", [], "[]", " "])
def test_nothing_is_no_chain(empty: Any) -> None:
    assert parse(empty) == ""


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("[{plugin: revreb}]", "effects: 'revreb' is no effect; did you mean reverb? (a plugin file ends in .vst3"),
        ("[{plugin: reverb, rom_size: 1}]", "effects: 'rom_size' is nothing that reverb has; did you mean room_size?"),
        ("[{plugin: reverb, room_size: 3}]", "effects: reverb: room_size is 3; it must be from 0 to 1"),
        ("[{plugin: reverb, room_size: .nan}]", "effects: reverb: room_size is nan; it must be from 0 to 1"),
        ("[{plugin: reverb, room_size: [1]}]", "effects: reverb: room_size is [1]; it must be a number from 0 to 1"),
        ("[{room_size: 1}]", "each effect must be a table with the key plugin"),
        ("[3]", "effects holds 3; each effect must be a table with the key plugin"),
        ("3", "effects is '3'; it must be a list of at most 8 effects"),
        ("revreb", "effects: 'revreb' is no effect; did you mean reverb?"),
        ("[" + ",".join(["gain"] * 9) + "]", "it must be a list of at most 8 effects"),
        ("[{plugin: reverb", "it must be YAML or JSON, as [{plugin: reverb}]"),
        ("[" * 900, "it must be YAML or JSON"),
        ("[&a [1], *a]", "aliases (*name) are not allowed; write the values out"),
        ("!!python/object/apply:os.system ['true']", "it must be YAML or JSON"),
        ("x" * (TEXT_MAX + 1), "it must be a text of at most 1000 characters"),
        ("[{plugin: a.vst3, mix: [1]}]", "effects: 'mix' of a.vst3 is [1]; it must be a number or a text"),
        (5, "effects is 5; it must be a list"),
    ],
)
def test_a_mistake_is_a_sentence(written: Any, sentence: str) -> None:
    with pytest.raises(Error) as refused:
        parse(written)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)


def test_the_table_is_pedalboards_own() -> None:
    import pedalboard

    for kind, rows in EFFECTS.values():
        for end in ("lo", "hi"):
            effect = getattr(pedalboard, kind)(**{name: getattr(row, end) for name, row in rows.items()})
            for name, row in rows.items():
                assert getattr(effect, name) == pytest.approx(getattr(row, end), abs=1e-3), f"{kind}.{name}"


def test_no_chain_gives_the_very_samples() -> None:
    samples = noise()
    assert apply(samples, RATE_HZ, "") is samples


@pytest.mark.parametrize("channels", [1, 2])
def test_gain_is_ten_to_the_db_over_20(channels: int) -> None:
    samples = noise(channels)
    samples[:, -1] = 0.5
    wet = apply(samples, RATE_HZ, parse([{"plugin": "gain", "gain_db": -12}]))
    assert wet.shape == samples.shape and wet.dtype == np.float32
    assert np.allclose(wet, samples * 10 ** (-12 / 20), atol=1e-6)


def test_delays_in_a_row_ring_on_after_the_sound() -> None:
    click = np.zeros((1, 1000), np.float32)
    click[0, 0] = 0.5
    wet = apply(click, RATE_HZ, parse([{"plugin": "delay", "delay_seconds": 0.1, "mix": 1}] * 2))
    assert wet.shape == (1, 8821) and wet[0, 8820] == pytest.approx(0.5, abs=1e-4)
    assert np.abs(wet[0, :8820]).max() < 1e-4


def test_a_chain_gives_the_same_each_time_and_ends() -> None:
    rack, chain = Rack(), parse([{"plugin": "reverb", "room_size": 1}, {"plugin": "delay", "feedback": 0.95}])
    first, again = (rack.apply(noise(), RATE_HZ, chain) for _ in range(2))
    assert np.array_equal(first, again), "nothing of the one before is left in it"
    assert 3000 < first.shape[1] <= 3000 + TAIL_S * RATE_HZ and abs(first[0, -1]) < 1e-3


def test_without_pedalboard_it_is_dry_and_said_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "pedalboard", None)
    rack, samples = Rack(), noise()
    for chain in ("[gain]", "[reverb]"):
        assert rack.apply(samples, RATE_HZ, parse(chain)) is samples
    (said,) = caplog.messages
    told = f'effects need pedalboard, which is not installed ({sys.executable} -m pip install "driftkit[effects]")'
    assert said.startswith(told)


def test_a_plugin_file_is_code_and_needs_its_folder_allowed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    allowed, file = tmp_path / "plugins", tmp_path / "plugins" / "my.vst3"
    allowed.mkdir()
    chain, samples = parse([{"plugin": str(file), "mix": 0.5}]), noise()
    for rack, sentence in (
        (Rack(), "lies outside the folders of plugins (none); allow its folder with --plugins"),
        (Rack([tmp_path / "other"]), "lies outside the folders of plugins"),
        (Rack([allowed]), "there is no plugin "),
    ):
        with pytest.raises(Error) as refused:
            rack.permit(chain)
        assert sentence in str(refused.value)
        assert rack.apply(samples, RATE_HZ, chain) is samples and sentence in caplog.messages[-1]
    file.write_text("no plugin")
    rack = Rack([allowed])
    rack.permit(chain)
    assert rack.apply(samples, RATE_HZ, chain) is samples and "cannot be loaded" in caplog.messages[-1]
    (allowed / "link.vst3").symlink_to(tmp_path / "elsewhere.vst3")
    with pytest.raises(Error, match="lies outside"):
        rack.permit(parse([{"plugin": str(allowed / "link.vst3")}]))


class Slow(Rack):
    """One that waits until it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may = threading.Event()

    def apply(self, samples: np.ndarray, rate_hz: int, chain: str) -> np.ndarray:
        assert self.may.wait(20)
        return super().apply(samples, rate_hz, chain)


class Remembering(Speaker):
    """A speaker without a device that remembers what a pad holds."""

    def prepare(self, pad: int, samples: np.ndarray, rate_hz: int, voicing: Voicing) -> None: ...

    def hold(self, pad: int, samples: np.ndarray | None, rate_hz: int) -> None:
        self.held = samples


def test_whoever_sets_effects_does_not_wait_for_them_and_the_last_ones_are_heard() -> None:
    board, rack, ears = Board(controls(read_spec(find_model("default")))), Slow(), Speaker.__new__(Remembering)
    live = Live(State(board, lambda hit, read: hit, "none@0"), ears, rack)
    samples = noise()
    board.pad(1).sound = Sound(samples, RATE_HZ, Hit(kick=1))
    live.accept(1, False)
    assert ears.held is samples
    waiting = []
    for gain_db in (-6, -20):
        board.pad(1).values["effects"] = parse([{"plugin": "gain", "gain_db": gain_db}])
        waiting.append(live.accept(1, False))
    assert ears.held is samples and not any(one.done() for one in waiting)
    rack.may.set()
    for one in waiting:
        one.result(20)
    np.testing.assert_allclose(ears.held, samples * 10 ** (-20 / 20), rtol=1e-4)


def test_a_sound_that_comes_back_is_heard_once_its_effects_are_worked_out() -> None:
    board, rack, ears = Board(controls(read_spec(find_model("default")))), Slow(), Speaker.__new__(Remembering)
    live = Live(State(board, lambda hit, read: hit, "none@0"), ears, rack)
    old, new = (Sound(noise() * level, RATE_HZ, Hit(kick=1)) for level in (1, 0.5))
    board.pad(1).values["effects"] = parse([{"plugin": "gain", "gain_db": -6}])
    rack.may.set()
    live.prepare(1, new, board.pad(1).values)
    board.pad(1).sound = new
    assert live.accept(1, False) is None, "a render brings its Sound prepared"
    heard = ears.held
    rack.may.clear()
    board.pad(1).sound = old  # undo
    done = live.accept(1, False)
    assert done is not None and not done.done() and ears.held is heard, "who undoes does not wait"
    rack.may.set()
    done.result(20)
    np.testing.assert_allclose(ears.held, 2 * heard, rtol=1e-4)


def test_over_osc_a_chain_is_checked_kept_and_leaves_the_files_dry(small: Daemon, little: OscClient) -> None:
    before = wavs.samples(small.live(1))
    little.send("/pad/1/effects", "[{plugin: reverb, room_size: 0.3}]")
    said = little.refusal("/pad/1/effects", "[{plugin: revreb}]")
    assert "did you mean reverb?" in said
    assert "allow its folder with --plugins" in little.refusal("/pad/1/effects", "[{plugin: /tmp/x.vst3}]")
    assert little.ask("/pad/1/effects").values == ('[{"plugin": "reverb", "room_size": 0.3}]',)
    little.ask("/preset/save", "wet", answers="/done")
    little.send("/pad/1/effects", "")
    little.ask("/preset/load", "wet", answers="/done")
    assert json.loads(little.ask("/pad/1/effects").values[0]) == [{"plugin": "reverb", "room_size": 0.3}]
    assert np.array_equal(wavs.samples(small.live(1)), before)


def test_in_a_kit_a_chain_is_a_list_and_a_mistake_has_its_line(small: Daemon, little: OscClient) -> None:
    kit = presets(small.home) / "listed.yaml"
    kit.write_text("pads:\n  1:\n    kick: 1\n    effects:\n      - {plugin: delay, feedback: 0.5}\n      - clipping\n")
    little.ask("/preset/load", "listed", answers="/done")
    value = little.ask("/pad/1/effects").values[0]
    assert json.loads(value) == [{"plugin": "delay", "feedback": 0.5}, {"plugin": "clipping"}]
    kit.write_text("pads:\n  1:\n    kick: 1\n    effects: [{plugin: delay, feedback: 5}]\n")
    sentence = f"{kit}, line 4: effects: delay: feedback is 5; it must be from 0 to 0.95"
    assert little.refusal("/preset/load", "listed") == sentence
    kit.unlink()


def test_the_flag_for_plugins_is_in_the_help(tmp_path: Path) -> None:
    assert "--plugins" in driftkit("serve", "--help", home=tmp_path).stdout


def test_the_page_about_kits_lists_every_effect_with_its_ranges() -> None:
    page = (Path(__file__).parents[2] / "docs" / "kits.md").read_text()
    for name, (_, rows) in EFFECTS.items():
        cells = [f"`{row.name}` ({row.lo:g} to {row.hi:g}, {row.default:g})" for row in rows.values()]
        assert f"| `{name}` | {', '.join(cells)} |" in page
