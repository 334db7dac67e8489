"""The slow lane: kits that take long to open keep nobody waiting, and a client's messages keep their order."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from rig.daemon import until
from rig.instrument import instrument
from rig.osc import Answer, OscClient

from driftkit.daemon.audio.speaker import Silence
from driftkit.daemon.inputs.midi.receiver import NoMidi
from driftkit.daemon.inputs.osc.receiver import OscInput
from driftkit.daemon.kits.library import Kit
from driftkit.daemon.reading.lane import Lane
from driftkit.daemon.rendering.pending import Pending
from driftkit.sampler.errors import Error

KITS = {name: f"pads:\n  1: {{snare: 0.{number}}}\n" for number, name in enumerate(("aa", "bb", "cc", "dd"), 1)}


class Heard(list, Silence):
    """A speaker that writes down what it is asked to play."""

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        self.append(pad)


class Stage:
    """An instrument with OSC, whose kits are read as slowly as `gate` says."""

    def __init__(self, home: Path, stack: ExitStack) -> None:
        (home / "presets").mkdir()
        for name, text in KITS.items():
            (home / "presets" / f"{name}.yaml").write_text(text)
        self.one = instrument(home, speaker=Heard())
        self.gate, self.read = threading.Event(), list[str]()
        load, library = self.one.session.library.load, self.one.session.library

        def slowly(name: str) -> Kit:
            self.read.append(name)
            assert self.gate.wait(20)
            return load(name)

        library.load = slowly  # type: ignore[method-assign]
        osc = stack.enter_context(OscInput(self.one.commands, "127.0.0.1", 0, tuple, NoMidi()))
        self.one.run(stack)
        stack.callback(self.gate.set)
        self.me, self.other = (stack.enter_context(OscClient(osc.address[1])) for _ in range(2))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(tmp_path, stack)


def ends(client: OscClient, count: int) -> list[Answer]:
    """How so many commands ended."""
    while len(told := [answer for answer in client.heard if answer.address in ("/done", "/fail")]) < count:
        client.receive()
    return told


def test_while_a_kit_opens_everybody_else_is_served(stage: Stage) -> None:
    stage.me.send("/preset/load", "aa")
    until(lambda: stage.read == ["aa"], "aa is being read")
    assert stage.other.ask("/ping", 1, answers="/pong").values == (1,)
    stage.other.send("/pad/2/kick", 0.5)
    assert stage.other.ask("/pad/2/kick").values == (0.5,)
    stage.other.send("/play", 3)
    stage.me.send("/play", 4)  # nor does a hit of who opens it wait
    until(lambda: stage.one.live.speaker == [3, 4], "both hits")
    assert stage.me.ask("/ping", 2, answers="/pong").values == (2,)
    stage.gate.set()
    assert stage.me.wait_for("/done").values == ("/driftkit/preset/load", "aa")


def test_what_a_client_sends_after_a_kit_is_done_after_it(stage: Stage) -> None:
    stage.me.send("/preset/load", "aa")
    stage.me.send("/pad/1/snare", 0.75)
    stage.me.send("/sync", 5)
    until(lambda: stage.read == ["aa"], "aa is being read")
    stage.gate.set()
    assert stage.me.wait_for("/synced").values == (5,)
    assert stage.me.ask("/pad/1/snare").values == (0.75,), "the knob moved on the new kit"


def test_of_many_kits_the_newest_is_opened_and_all_are_answered(stage: Stage) -> None:
    stage.me.send("/preset/load", "aa")
    until(lambda: stage.read == ["aa"], "aa is being read")
    for name in ("bb", "cc", "dd"):
        stage.me.send("/preset/load", name)
    stage.other.ask("/ping", 1, answers="/pong")
    stage.me.ask("/ping", 1, answers="/pong")  # all have come
    stage.gate.set()
    told = {answer.values[1] for answer in ends(stage.me, 4)}
    overtaken = {f"another kit was asked for before {name} was open; that one is opened" for name in ("bb", "cc")}
    assert told == {"aa", "dd", *overtaken}
    assert "bb" not in stage.read and stage.one.state.kit == "dd"


def test_a_kit_that_cannot_be_opened_takes_no_place_from_the_one_before(stage: Stage) -> None:
    stage.me.send("/preset/load", "aa")
    until(lambda: stage.read == ["aa"], "aa is being read")
    for name in ("bb", "no such kit"):
        stage.me.send("/preset/load", name)
    stage.me.ask("/ping", 1, answers="/pong")
    stage.gate.set()
    told = ends(stage.me, 3)
    assert {answer.values[1] for answer in told if answer.address == "/done"} == {"aa", "bb"}
    assert [("no such kit" in answer.values[1]) for answer in told if answer.address == "/fail"] == [True]
    assert stage.one.state.kit == "bb" and stage.me.ask("/pad/1/snare").values == (pytest.approx(0.2),)


def test_next_three_times_is_three_kits_further(stage: Stage) -> None:
    stage.gate.set()
    stage.me.ask("/preset/load", "aa", answers="/done")
    stage.gate.clear()
    for _ in range(3):
        stage.me.send("/preset/next")
    stage.gate.set()
    until(lambda: stage.one.state.kit == "dd", "three kits after aa")


def test_a_save_between_two_kits_saves_the_first(stage: Stage) -> None:
    stage.gate.set()
    stage.me.send("/preset/load", "aa")
    stage.me.send("/preset/save", "copy")
    stage.me.send("/preset/load", "bb")
    stage.me.ask("/sync", 1, answers="/synced")
    stage.me.ask("/preset/load", "copy", answers="/done")
    assert stage.me.ask("/pad/1/snare").values == (pytest.approx(0.1),)


def test_a_hit_waits_for_no_lock_even_where_it_calls_for_the_next_sound(stage: Stage) -> None:
    stage.one.commands.set(1, "auto_render", "after_hit")
    with stage.one.state.lock:
        hit = threading.Thread(target=stage.one.commands.play, args=(1,))
        hit.start()
        hit.join(20)
        assert not hit.is_alive() and stage.one.live.speaker == [1]


def test_a_task_that_stumbles_ends_neither_the_lane_nor_a_sync() -> None:
    pending, told = Pending(), list[Any]()

    def stumble() -> None:
        raise Error("as it should")

    with Lane(pending) as lane:
        lane.put(stumble)
        lane.put(lambda: told.append("next"))
        done = threading.Event()
        pending.after(done.set)
        assert done.wait(20) and told == ["next"]
