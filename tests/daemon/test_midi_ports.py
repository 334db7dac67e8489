"""MIDI through a real server: the daemon and the keyboard are processes, JACK is the cable."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from rig.daemon import Daemon, driftkit, presets, until
from rig.jack import Flood, Sender, jack_server
from rig.osc import OscClient

KITS = {
    "aa": "program: 9\npads:\n  1: {kick: 1, guidance: 5, steps: 2, seed: 11}\n",
    "bb": "program: 7\nmidi: {20: pad/2/guidance}\npads:\n  1: {clap: 1, steps: 2, seed: 21}\n",
}
STATUS = ("notes", "controls", "programs", "lost", "inputs")


@pytest.fixture(scope="module")
def jack() -> Iterator[dict[str, str]]:
    """The environment of a JACK server's clients."""
    with jack_server() as env, pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        yield env


@pytest.fixture(scope="module")
def played(jack: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon that listens to every input of that server."""
    home = tmp_path_factory.mktemp("midi")
    presets(home).mkdir(parents=True)
    for name, text in KITS.items():
        (presets(home) / f"{name}.yaml").write_text(text)
    with Daemon(home, tmp_path_factory.mktemp("midi_out"), "--preset", "aa") as running:
        yield running


@pytest.fixture
def client(played: Daemon) -> Iterator[OscClient]:
    """An OSC client of it, its kit `aa` opened."""
    with OscClient(played.port) as one:
        one.ask("/preset/load", "aa", answers="/done")
        one.ask("/select", 1, answers="/done")
        yield one


@pytest.fixture
def keys(jack: dict[str, str], client: OscClient) -> Iterator[Sender]:
    """A keyboard that the daemon has opened."""
    with Sender("keys", jack) as sender:
        until(lambda: "keys:keys" in inputs(client), "the keyboard is open")
        yield sender
    until(lambda: "keys:keys" not in inputs(client), "the keyboard is closed")


def inputs(client: OscClient) -> list[str]:
    client.barrier()
    client.heard.clear()
    client.ask("/midi/status", answers="/midi/status.reply")
    return [answer.values[2] for answer in client.heard if answer.address == "/midi/input"]


def counts(client: OscClient) -> dict[str, int]:
    return dict(zip(STATUS, client.ask("/midi/status", answers="/midi/status.reply").values))


def test_the_ready_line_names_the_virtual_port(played: Daemon) -> None:
    assert "driftkit" in played.ready["midi"]


def test_of_a_thousand_notes_none_is_lost_and_none_doubled(client: OscClient, keys: Sender) -> None:
    before = counts(client)
    keys.send(*[(0x90 + i % 16, 36 + i % 16, 1 + i % 127) for i in range(1000)])
    keys.send((0x90, 36, 0), (0x80, 36, 64), (0x90, 0, 100))  # note off twice, and a note that no pad has
    keys.send((0xB0, 20, 1))  # after all the rest, in its order
    until(lambda: counts(client)["controls"] > before["controls"], "the last message")
    after = counts(client)
    assert after["notes"] - before["notes"] == 1000 and after["lost"] == 0


def test_that_notes_are_not_heard_is_said_once(played: Daemon, client: OscClient, keys: Sender) -> None:
    before = counts(client)["notes"]
    keys.send(*[(0x99, 36, 100)] * 20)
    until(lambda: counts(client)["notes"] == before + 20, "the notes")
    assert played.stderr.count("MIDI notes are not heard: audio is off") <= 1


def test_a_knob_moves_its_control_once_it_has_reached_it(client: OscClient, keys: Sender) -> None:
    client.ask("/notify", 1, answers="/done")
    client.barrier()
    client.heard.clear()
    keys.send((0xB0, 23, 20), (0xB0, 23, 40))  # guidance is 5, the knob at 3.1: nothing moves
    keys.send((0xB3, 24, 64))  # variation is 0.5: reached at once
    client.wait_for("/pad/1/variation")
    assert not [answer for answer in client.heard if answer.address == "/pad/1/guidance"]
    keys.send((0xB0, 23, 90))
    assert client.wait_for("/pad/1/guidance").values == (pytest.approx(10 * 90 / 127),)
    client.ask("/notify", 0, answers="/done")


def test_a_program_opens_a_kit_which_may_give_a_knob_another_target(
    played: Daemon, client: OscClient, keys: Sender
) -> None:
    client.ask("/notify", 1, answers="/done")
    client.barrier()
    keys.send((0xC9, 6), (0xB0, 20, 0), (0xB0, 20, 127))
    client.wait_for("/done", where=lambda answer: answer.values == ("/driftkit/preset/load", "bb"))
    assert client.wait_for("/pad/2/guidance", where=lambda answer: answer.values[0] > 5).values == (10.0,)
    client.ask("/preset/save", "zz", answers="/done")
    assert "'20': pad/2/guidance" in (presets(played.home) / "zz.yaml").read_text(), "a saved kit keeps its knobs"
    keys.send((0xC0, 8))
    client.wait_for("/done", where=lambda answer: answer.values == ("/driftkit/preset/load", "aa"))
    client.ask("/notify", 0, answers="/done")


def test_learn_binds_the_next_knob_and_forget_frees_it(played: Daemon, client: OscClient, keys: Sender) -> None:
    assert "did you mean guidance?" in client.refusal("/learn", "guidence")
    client.send("/learn", "pad/3/guidance")
    client.barrier()
    keys.send((0xB0, 74, 13))
    assert client.wait_for("/done", "/fail").values == ("/driftkit/learn", "pad/3/guidance", 74)
    keys.send((0xB0, 74, 10))  # guidance is 1; from 13 down to 10 the knob passes 1.0 no more than it must
    until(lambda: client.ask("/pad/3/guidance").values[0] == pytest.approx(100 / 127), "the knob moves pad 3")
    assert "74: pad/3/guidance" in (played.home / "driftkit" / "midi.yaml").read_text()
    assert client.ask("/forget", "pad/3/guidance", answers="/done").values == ("/driftkit/forget", "pad/3/guidance")
    assert "nothing to forget" in client.refusal("/forget", "pad/3/guidance")


def test_a_keyboard_that_is_unplugged_comes_back(jack: dict[str, str], client: OscClient, keys: Sender) -> None:
    for _ in range(2):
        with Sender("pads", jack) as pads:
            until(lambda: "pads:pads" in inputs(client), "open")
            heard = counts(client)["notes"]

            def plays(pads: Sender = pads, heard: int = heard) -> bool:
                pads.send((0x90, 36, 1))  # more than once: JACK may need a cycle to lay the cable
                return counts(client)["notes"] > heard

            until(plays, "its note")
        until(lambda: "pads:pads" not in inputs(client), "gone")


def test_a_program_that_plays_into_the_virtual_port_is_heard_once(jack: dict[str, str], client: OscClient) -> None:
    with Sender("daw", jack, into="driftkit:driftkit") as daw:
        until(lambda: "daw:daw" in inputs(client), "its output is open as an input")
        before = counts(client)
        daw.send(*[(0x90, 36 + i % 16, 100) for i in range(48)])
        daw.send((0xB0, 24, 64), (0xB0, 119, 1))
        until(lambda: counts(client)["controls"] > before["controls"] + 1, "the last message")
        client.barrier()
        after = counts(client)
    assert after["notes"] - before["notes"] == 48 and after["controls"] - before["controls"] == 2


def test_jack_may_end_and_come_back_while_it_is_played(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with ExitStack() as first, ExitStack() as later:
        env = first.enter_context(jack_server())
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        one = later.enter_context(Daemon(tmp_path, tmp_path / "out"))
        client = later.enter_context(OscClient(one.port))
        with Flood("keys", env):
            until(lambda: counts(client)["notes"] > 1000, "a keyboard that never rests")
            first.close()
            until(lambda: inputs(client) == [], "the inputs of a server that has ended")
        later.enter_context(jack_server(env["JACK_DEFAULT_SERVER"]))
        with Flood("pads", env):
            before = counts(client)["notes"]
            until(lambda: counts(client)["notes"] > before + 1000, "a keyboard on the next server")
            one.stop()  # while it is played


def test_only_the_inputs_that_are_named_are_opened(jack: dict[str, str], tmp_path: Path) -> None:
    with Sender("drums", jack), Sender("other", jack):
        with Daemon(tmp_path, tmp_path / "out", "--midi", "DRUM", "--midi", "nowhere") as one:
            assert one.ready["midi"] == ["drums:drums", "driftkit"]
            assert one.stderr.count("no MIDI input has nowhere in its name") == 1


def test_without_a_midi_system_one_line_says_so_and_the_daemon_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "driftkit_that_never_was")
    monkeypatch.setenv("MIDO_BACKEND", "mido.backends.rtmidi/UNIX_JACK")
    with Daemon(tmp_path, tmp_path / "out") as one, OscClient(one.port) as client:
        assert one.ready["midi"] == []
        assert client.ask("/ping", 1, answers="/pong").values == (1,)
        assert one.stderr.count("no MIDI") == 1 and "--midi none" in one.stderr
    rows = driftkit("doctor", "--json", "--osc-port", 0, "--http-port", "none", "--out", tmp_path, home=tmp_path)
    assert '"what": "midi", "works": false' in rows.stdout and rows.returncode == 0


def test_midi_none_opens_nothing(tmp_path: Path) -> None:
    with Daemon(tmp_path, tmp_path / "out", "--midi", "none") as one, OscClient(one.port) as client:
        assert one.ready["midi"] is None and "MIDI" not in one.stderr
        assert "without --midi none" in client.refusal("/learn", "kick")
