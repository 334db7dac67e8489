"""A model on its way in, held at a gate while everything else goes on: the real instrument, engine and small models."""

import gc
import threading
import weakref
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rig.daemon import until
from rig.instrument import instrument
from rig.models import small_model

from driftkit.daemon.audio.speaker import Silence
from driftkit.daemon.rendering.ahead import SIZE
from driftkit.daemon.rendering.engine import Job
from driftkit.daemon.rendering.models import prepare, steps
from driftkit.sampler.errors import Error
from driftkit.sampler.model import load
from driftkit.sampler.sound import Sound

HANG_S = 30


class Heard(list, Silence):
    """A speaker that writes down what it is asked to play."""

    def play(self, pad: int, velocity: float = 1.0, at: float | None = None) -> None:
        self.append(pad)


class Stage:
    """An instrument with the model `first` in; `loading` and `rendering` are gates that stand open."""

    def __init__(self, home: Path) -> None:
        self.folders = {
            "first": small_model(home, "first", ("kick", "blip"), 4096),
            "other": small_model(home, "other", ("kick", "zap"), 8192, steps=3),
            "third": small_model(home, "third", ("boom",), 4096),
        }
        self.loading, self.rendering = threading.Event(), threading.Event()
        self.loading.set()
        self.rendering.set()
        self.read: list[str] = []
        self.told: list[tuple[Any, ...]] = []
        self.ended: list[tuple[str, str]] = []  # loads: the name, and why not
        model = load(str(self.folders["first"]), "cpu")
        self.weak = weakref.ref(model)
        self.one = instrument(
            home, model.spec, partial(prepare, model), model.tag, self.steps,
            speaker=Heard(), place=self.folders["first"], load=self.load,
        )  # fmt: skip
        self.one.replies.join(self)
        self.engine, self.models = self.one.renders.engine, self.one.models

    def load(self, folder: Path) -> Any:
        self.read.append(folder.name)
        assert self.loading.wait(HANG_S)
        return load(str(folder), "cpu")

    def steps(self, batch: Any) -> Generator[float, None, list[Sound]]:
        assert self.rendering.wait(HANG_S)
        return (yield from steps(batch))

    def answer(self, client: Any, address: str, *arguments: Any) -> None:
        self.told.append((address, *arguments))

    def changed(self, pad: int, name: str, origin: Any) -> None: ...

    def wish(self, name: str) -> None:
        self.models.load(name, lambda reason: self.ended.append((name, str(reason or ""))))

    def put_in(self, name: str) -> None:
        count = len(self.ended)
        self.wish(name)
        until(lambda: len(self.ended) > count, f"{name} is in")
        assert self.ended[-1] == (name, "")

    def settle(self) -> None:
        played = threading.Event()
        self.one.lane.put(played.set)  # after what a hit has put there
        assert played.wait(HANG_S) and self.engine.idle(HANG_S) and self.one.publisher.wait(HANG_S)

    def made_by(self, pad: int) -> str:
        sound = self.one.state.board.pad(pad).sound
        return sound.hit.model.partition("@")[0] if sound else ""


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    made = Stage(tmp_path)
    with ExitStack() as stack:
        made.one.run(stack)
        yield made
        made.loading.set()
        made.rendering.set()


def at_the_gate(stage: Stage, name: str) -> None:
    """A load of that model has begun and stands still."""
    stage.loading.clear()
    stage.wish(name)
    until(lambda: stage.read[-1:] == [name], f"{name} is being read")


def test_hits_knobs_and_renders_go_on_while_a_model_is_read(stage: Stage) -> None:
    at_the_gate(stage, "other")
    assert stage.models.loading
    stage.one.commands.play(1)
    stage.one.commands.set(1, "blip", 1)
    stage.one.commands.render(1, None)
    stage.settle()
    assert stage.one.live.speaker == [1] and stage.made_by(1) == "first" and stage.ended == []
    stage.loading.set()
    until(lambda: stage.ended, "the model is in")
    assert stage.ended == [("other", "")] and not stage.models.loading
    stage.one.commands.render(1, None)
    stage.settle()
    assert stage.made_by(1) == "other"


def test_renders_that_wait_are_made_by_the_model_that_was_in_when_they_were_asked_for(stage: Stage) -> None:
    stage.rendering.clear()
    stage.one.renders.submit(1, None, 0, background=True)
    until(lambda: stage.engine.counts == (0, 1), "pad 1 renders")
    for pad in (2, 3):
        stage.one.renders.submit(pad, None, 0, background=True)
    stage.put_in("other")
    for pad in (4, 5):  # of one batch with those before
        stage.one.renders.submit(pad, None, 0, background=True)
    stage.rendering.set()
    stage.settle()
    assert [stage.made_by(pad) for pad in range(1, 6)] == ["first"] * 3 + ["other"] * 2
    lengths = [pad.sound.samples.shape[1] for pad in stage.one.state.board.pads.values() if pad.sound]
    assert lengths == [4096] * 3 + [8192] * 2


def test_a_newer_wish_overtakes_one_that_is_being_read(stage: Stage) -> None:
    at_the_gate(stage, "other")
    stage.wish("third")
    sentence = "another model, third, was asked for before this one was in"
    assert stage.ended == [("other", sentence)], "told at once"
    stage.loading.set()
    until(lambda: len(stage.ended) == 2, "the third is in")
    assert stage.ended[1] == ("third", "") and stage.read == ["other", "third"] and stage.one.state.model == "third"


def test_the_model_that_is_in_ends_the_wait_for_another_at_once(stage: Stage) -> None:
    at_the_gate(stage, "other")
    stage.wish("first")
    assert [name for name, why in stage.ended if not why] == ["first"] and len(stage.ended) == 2
    stage.loading.set()
    stage.put_in("third")
    assert stage.one.state.model == "third" and stage.read == ["other", "third"]


def test_two_wishes_for_one_model_read_it_once(stage: Stage) -> None:
    at_the_gate(stage, "other")
    stage.wish("other")
    stage.loading.set()
    until(lambda: len(stage.ended) == 2, "both are answered")
    assert stage.ended == [("other", "")] * 2 and stage.read == ["other"]


def test_who_waits_when_driftkit_ends_is_told_so(stage: Stage) -> None:
    at_the_gate(stage, "other")
    ending = threading.Thread(target=stage.models.__exit__)
    ending.start()
    until(lambda: stage.ended, "an answer")
    assert stage.ended == [("other", "driftkit is shutting down; the model is not loaded")]
    with pytest.raises(Error, match="driftkit is shutting down"):
        stage.models.load("third", lambda reason: None)
    stage.loading.set()
    ending.join(HANG_S)
    assert stage.one.state.model == "first"


def test_sounds_made_ahead_are_of_the_model_that_is_in(stage: Stage) -> None:
    stage.one.commands.render(1, None)
    stage.settle()
    stage.one.commands.set(1, "auto_render", "after_hit")
    stage.settle()
    stage.put_in("other")
    stage.settle()
    for _ in range(SIZE + 2):
        stage.one.commands.play(1)
        stage.settle()
        assert stage.made_by(1) == "other"


def test_a_sound_made_ahead_that_lands_after_the_change_is_dropped(stage: Stage) -> None:
    stage.one.commands.render(1, None)
    stage.settle()
    late = stage.one.state.board.pad(1).sound
    assert late
    stage.one.commands.set(1, "auto_render", "after_hit")
    stage.settle()
    stage.put_in("other")
    stage.one.renders.finished(Job(1, lambda: None, background=True, ahead=True), late)
    stage.settle()
    for _ in range(SIZE + 1):
        stage.one.commands.play(1)
        stage.settle()
        assert stage.made_by(1) == "other"


def test_a_model_that_nothing_needs_is_freed(stage: Stage) -> None:
    for pad in (1, 2):
        stage.one.commands.render(pad, None)
    stage.settle()
    stage.put_in("other")
    stage.one.publisher.wait(HANG_S)
    gc.collect()
    assert stage.weak() is None


def test_models_are_lent_one_after_the_other_and_given_back(stage: Stage) -> None:
    lent: dict[str, Any] = {}

    def keep(name: str) -> Callable[[Any], None]:
        return lambda one: lent.update({name: one})

    tags = {name: load(str(stage.folders[name]), "cpu").tag for name in ("first", "other", "third")}
    for name, tag in {"gone": "gone@0123456789abcdef", "older": "other@0123456789abcdef", **tags}.items():
        stage.models.lend(tag, keep(name))
    until(lambda: "other" in lent, "the other is lent")
    assert lent["gone"] is None and lent["older"] is None and lent["first"] is stage.one.state.prepare
    assert "third" not in lent and stage.one.state.model == "first"
    stage.put_in("third")  # which waits for no loan
    stage.put_in("first")
    assert "third" not in lent
    lent["other"] = None  # given back
    until(lambda: lent.get("third"), "the third is lent")


def test_a_table_that_changed_is_told_to_who_asked(stage: Stage) -> None:
    seen = []
    stage.one.state.board.on_reshape.append(
        lambda: seen.append((stage.one.state.model, "zap" in stage.one.state.board.controls))
    )
    stage.put_in("other")
    stage.put_in("first")
    assert seen == [("other", True), ("first", False)]
