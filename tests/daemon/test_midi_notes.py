"""From messages to what is played: a list stands at the place of the speaker, since the order is the subject."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig.daemon import until
from rig.instrument import instrument

from driftkit.daemon.audio.speaker import Silence
from driftkit.daemon.inputs.midi.receiver import MidiInput
from driftkit.daemon.pads.midi_map import MapFile
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.spec import find_model, read_spec

SPEC = read_spec(find_model("default"))
CONTROLS = controls(SPEC)
SHORT = dataclasses.replace(SPEC, classes=("zap", "boom"), length=SPEC.length // 2)


class Played(list, Silence):
    """A speaker that writes down what it is asked for."""

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        self.append((pad, velocity, at))

    def stop(self, pad: int | None = None, at: float | None = None) -> None:
        self.append(("stop", pad))


@pytest.fixture
def midi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MidiInput]:
    """The MIDI input of an instrument that has a list for a speaker, and no ports."""
    monkeypatch.setenv("MIDO_BACKEND", "none/NONE")
    made = instrument(tmp_path, speaker=Played())
    with made.lane, MidiInput(made.commands, MapFile(tmp_path / "midi.yaml", CONTROLS), (), False) as one:
        yield one


def played(midi: MidiInput, *messages: list[int]) -> list[tuple]:
    """What these messages play; the panic at the end tells that they all have been heard."""
    for message in [*messages, [0xB0, 123, 0]]:
        midi.receive("keys", message)
    until(lambda: midi.commands.live.speaker[-1:] == [("stop", None)], "the last message")
    told = midi.commands.live.speaker[:-1]
    midi.commands.live.speaker.clear()
    return told


def test_ten_thousand_notes_are_played_once_each_and_in_their_order(midi: MidiInput) -> None:
    notes = [(i % 16, i % 16, 1 + i * 7 % 127) for i in range(10_000)]
    told = played(midi, *[[0x90 + channel, 36 + key, velocity] for channel, key, velocity in notes])
    assert told == [(1 + key, velocity / 127, None) for _, key, velocity in notes]


def test_note_off_plays_nothing_nor_does_a_note_that_no_pad_has(midi: MidiInput) -> None:
    assert played(midi, [0x90, 36, 0], [0x80, 36, 99], [0x90, 35, 99], [0x90, 52, 99], [0x90, 51, 127]) == [
        (16, 1.0, None)
    ]


def test_a_note_waits_for_nothing_that_holds_the_instrument(midi: MidiInput) -> None:
    with midi.commands.state.lock:
        assert played(midi, [0xB0, 20, 0], [0xC0, 1], [0x90, 36, 127]) == [(1, 1.0, None)]


def test_what_is_not_midi_costs_nothing(midi: MidiInput) -> None:
    assert played(midi, [], [0x90], [0x90, 200, 1], [0xFF, 1, 2, 3], [60, 60], [0x90, 37, 127]) == [(2, 1.0, None)]


def test_a_note_selects_its_pad_where_the_user_wants_it(midi: MidiInput) -> None:
    played(midi, [0x90, 40, 127])
    assert midi.commands.state.board.selected == 1
    midi.bindings.file.path.write_text("select_on_play: true\n")
    midi.bindings.start()
    played(midi, [0x90, 40, 127])
    until(lambda: midi.commands.state.board.selected == 5, "pad 5 is selected")


def test_the_selected_pads_knobs_and_nrpns_move_it(midi: MidiInput) -> None:
    guidance = list(CONTROLS).index("guidance")
    played(midi, [0xB0, 99, 0], [0xB0, 98, guidance], [0xB0, 6, 0], [0xB0, 6, 127])
    until(lambda: midi.commands.get(1, "guidance") == 10, "by its row's number")
    midi.commands.select(2)
    played(midi, [0xB0, 23, 0], [0xB0, 23, 127])
    until(lambda: midi.commands.get(2, "guidance") == 10, "by its CC")
    assert midi.commands.get(3, "guidance") == 1


def test_knobs_follow_the_table_of_another_model(midi: MidiInput) -> None:
    board, old, new = midi.commands.state.board, list(CONTROLS), controls(SHORT)
    played(midi, [0xB0, 20, 0], [0xB0, 20, 127])
    until(lambda: board.get(1, "kick") == 1, "CC 20 is the first class")
    board.reshape(new)
    played(midi, [0xB0, 20, 0], [0xB0, 20, 127])
    until(lambda: board.get(1, "zap") == 1, "CC 20 is the first class of that model")
    assert list(new).index("guidance") != old.index("guidance")
    played(midi, [0xB0, 99, 0], [0xB0, 98, list(new).index("guidance")], [0xB0, 6, 0], [0xB0, 6, 127])
    until(lambda: board.get(1, "guidance") == 10, "an NRPN counts the rows of that table")
    midi.learn("boom", "me")
    midi.receive("keys", [0xB0, 70, 5])
    until(lambda: midi.bindings.targets().get("70"), "a class of that model is learned")
    board.reshape(CONTROLS)
    assert midi.bindings.targets().get("70") is None and midi.bindings.targets()["20"].name == "kick"
    board.reshape(new)
    assert midi.bindings.targets()["70"].name == "boom"


def test_a_button_can_play_and_select(midi: MidiInput) -> None:
    midi.bindings.file.path.write_text("map: {80: play, 81: select/7}\n")
    midi.bindings.start()
    midi.receive("keys", [0xB0, 81, 127])
    midi.receive("keys", [0xB0, 80, 127])
    until(lambda: midi.commands.live.speaker == [(7, 1.0, None)], "pad 7 plays")


def test_a_learned_action_acts_on_its_press_alone(midi: MidiInput) -> None:
    midi.bindings.file.path.write_text("map: {80: play, 20: play, 81: select/7}\n")
    midi.bindings.start()
    button = [[0xB0, 80, 127], [0xB0, 80, 0]]
    only_presses = [[0xB0, 80, 127]] * 2
    soft = [[0xB0, 80, 63], [0xB0, 80, 0]]
    pair = [[0xB0, 20, 127], [0xB0, 52, 127], [0xB0, 20, 0], [0xB0, 52, 0]]
    for message in [[0xB0, 80, 0], *button, *only_presses, [0xB0, 80, 0], *soft, *pair, *pair, [0xB0, 81, 127]]:
        midi.receive("keys", message)
    until(lambda: midi.commands.state.board.selected == 7, "the last button")
    assert midi.commands.live.speaker == [(1, 1.0, None)] * 5


def test_the_press_that_is_learned_does_not_act_nor_does_its_release(midi: MidiInput) -> None:
    midi.learn("play", "me")
    for message in ([0xB0, 80, 127], [0xB0, 80, 0]):
        midi.receive("keys", message)
    until(lambda: midi.bindings.targets().get("80"), "it is learned")
    assert played(midi, [0x90, 37, 127]) == [(2, 1.0, None)]
    midi.receive("keys", [0xB0, 80, 127])
    until(lambda: midi.commands.live.speaker == [(1, 1.0, None)], "the next press")


def test_a_knob_of_14_bits_is_learned_by_its_msb_in_either_order(midi: MidiInput) -> None:
    for first, second, target in ((20, 52, "guidance"), (53, 21, "steps")):
        midi.learn(target, "me")
        midi.receive("keys", [0xB0, first, 1])
        midi.receive("keys", [0xB0, second, 1])
        msb = str(min(first, second))
        until(lambda msb=msb, target=target: midi.bindings.targets()[msb].name == target, "it is learned")
    midi.learn("kick", "me")
    for value in (127, 0):
        midi.receive("keys", [0xB0, 40, value])
    until(lambda: midi.bindings.targets().get("40"), "a button between 33 and 63 is learned once it comes twice")


def test_clocks_and_active_sensing_change_nothing(midi: MidiInput) -> None:
    flood = [[0xFE], [0xF8], [0xFA], [0xFC], [0xFF], [0xD0, 5], [0xE0, 0, 64], [0xA0, 36, 9], [0xF0, 1, 0xF7]]
    assert played(midi, *flood * 500, [0x90, 36, 127], *flood) == [(1, 1.0, None)]
    assert (midi.notes, midi.programs, midi.lost) == (1, 0, 0)


def test_what_a_program_sends_by_two_ports_is_played_once(midi: MidiInput) -> None:
    for note in range(36, 52):
        for port in ("daw", "driftkit") if note % 2 else ("driftkit", "daw"):
            midi.receive(port, [0x90, note, 127])
    assert played(midi) == [(pad, 1.0, None) for pad in range(1, 17)]


def test_a_wrong_map_is_named_and_never_overwritten(midi: MidiInput, caplog: pytest.LogCaptureFixture) -> None:
    class Told(list):
        def answer(self, client, address, *arguments):
            self.append((client, address, *arguments))

        def changed(self, pad, name, origin): ...

    told = Told()
    midi.commands.replies.join(told)
    midi.bindings.file.path.write_text("map: {20: guidence}\n")
    midi.bindings.start()
    assert "did you mean guidance?" in caplog.text
    midi.learn("kick", "me")
    midi.receive("keys", [0xB0, 70, 5])
    until(lambda: told, "an answer")
    assert told[0][:3] == ("me", "/fail", "/driftkit/learn") and "did you mean guidance?" in told[0][3]
    assert midi.bindings.file.path.read_text() == "map: {20: guidence}\n"
