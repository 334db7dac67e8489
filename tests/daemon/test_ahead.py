"""auto_render after_hit: the real instrument, engine and folder; only the solver is small and waits at a gate."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rig import wavs
from rig.daemon import until
from rig.instrument import instrument

from driftkit.daemon.rendering.ahead import SIZE
from driftkit.daemon.rendering.engine import Job
from driftkit.sampler.hit import Hit
from driftkit.sampler.resolve import Reader, Resolved, resolve
from driftkit.sampler.sound import Sound
from driftkit.sampler.spec import find_model, read_spec

SPEC = read_spec(find_model("default"))
HANG_S = 20


class Stage:
    """An instrument whose solver makes a sound of its seed in one step; `told` is every answer."""

    def __init__(self, out: Path) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.rendered: list[Hit] = []
        self.gate = threading.Event()
        self.gate.set()
        self.one = instrument(out, SPEC, self.prepare, "small@0", self.steps)
        self.one.replies.join(self)
        self.engine = self.one.renders.engine

    def prepare(self, hit: Hit, read: Reader) -> Resolved:
        return resolve(hit, SPEC, "small@0", read)

    def steps(self, prepared: Any) -> Any:
        assert self.gate.wait(HANG_S)
        yield 1.0
        self.rendered += [resolved.hit for resolved in prepared]
        return [
            Sound(np.full((SPEC.channels, SPEC.length), r.hit.seed / 2e6, np.float32), 44100, r.hit) for r in prepared
        ]

    def answer(self, client: Any, address: str, *arguments: Any) -> None:
        self.told.append((address, *arguments))

    def changed(self, pad: int, name: str, origin: Any) -> None: ...

    def settle(self) -> None:
        assert self.engine.idle(HANG_S) and self.one.publisher.wait(HANG_S)

    def play(self, pad: int) -> int:
        """The seed of what is heard; the instrument is told, as a player tells it."""
        with self.one.state.lock:
            sound = self.one.state.board.pad(pad).sound
            assert sound
            self.one.renders.ahead.played(pad)
        return sound.hit.seed


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path / "out")
    with ExitStack() as stack:
        made.one.run(stack)
        made.one.commands.render(1, None)
        made.settle()
        yield made
        made.gate.set()


def follow(stage: Stage, **more: object) -> None:
    for name, value in (more | {"auto_render": "after_hit"}).items():
        stage.one.commands.set(1, name, value)
    stage.settle()


def test_a_render_that_ends_as_the_pad_is_taken_over_is_dropped(stage: Stage) -> None:
    pad = stage.one.state.board.pad(1)
    held = pad.sound
    late = Job(1, lambda: None, id=7, client="me", turn=pad.turn)
    stage.one.state.pending.begin(late.number)
    pad.forget()  # a kit or a recall, while the worker takes the Sound through its effects
    stage.one.renders.finished(late, Sound(np.zeros((1, 8), np.float32), 44100, Hit(kick=1)))
    assert pad.sound is held and stage.told[-1] == ("/cancelled", 7, 1, "cancelled")
    stage.one.commands.sync("me", 3)
    assert stage.told[-1] == ("/synced", 3), "nobody waits for it"


def test_no_two_hits_are_the_same(stage: Stage) -> None:
    follow(stage)
    heard = []
    for _ in range(12):
        heard.append(stage.play(1))
        stage.settle()
    assert len(set(heard)) == 12, "seeds are drawn from a million"


def test_a_roll_faster_than_any_render_gets_a_sound_for_each_hit_as_long_as_the_pool_lasts(stage: Stage) -> None:
    follow(stage)
    stage.gate.clear()
    heard = [stage.play(1) for _ in range(SIZE + 1)]
    assert len(set(heard)) == SIZE + 1
    assert stage.play(1) not in heard[:-1], "then the last one again"
    stage.gate.set()
    stage.settle()
    assert stage.play(1) not in heard, "and the hit that found nothing is made up for"


def test_what_it_puts_on_the_pad_is_a_take_in_the_slot_is_told_and_can_be_undone(stage: Stage) -> None:
    first = stage.one.state.board.pad(1).sound
    follow(stage)
    stage.told.clear()
    stage.play(1)
    stage.settle()
    pad = stage.one.state.board.pad(1)
    assert pad.sound and pad.sound is not first
    slot = stage.one.publisher._folder.slot(1)
    assert wavs.recipe(slot) == wavs.recipe(stage.one.publisher._folder.root / pad.file)
    assert wavs.recipe(slot)["hit"]["seed"] == pad.sound.hit.seed
    assert [entry[:5] for entry in stage.told] == [("/sound", 0, 1, str(slot), pad.sound.hit.seed)]
    stage.one.commands.step(1, back=True)
    assert pad.sound is first


def test_a_knob_that_moves_drops_what_was_rendered_ahead(stage: Stage) -> None:
    follow(stage)
    stage.one.commands.set(1, "kick", 0.25)
    stage.play(1)
    stage.settle()
    now = stage.one.state.board.pad(1).sound
    assert now and now.hit.classes == {"kick": 0.25}


def test_a_burst_of_changes_renders_few(stage: Stage) -> None:
    follow(stage)
    before = len(stage.rendered)
    stage.gate.clear()
    for step in range(200):
        stage.one.commands.set(1, "guidance", step / 100)
    stage.gate.set()
    stage.settle()
    made = stage.rendered[before:]
    assert len(made) <= SIZE + 1 and [hit.guidance for hit in made[-SIZE:]] == [1.99] * SIZE


def test_a_walk_from_the_pads_own_sound_renders_each_from_the_one_before(stage: Stage) -> None:
    follow(stage, task="vary")
    for _ in range(4):
        before = stage.one.state.board.pad(1).sound
        stage.play(1)
        stage.settle()
        after = stage.one.state.board.pad(1).sound
        assert before and after and after is not before
        source = resolve(Hit(task="vary", source_a="x"), SPEC, "", lambda *_, s=before.samples: s).hit.source_a
        assert after.hit.source_a == source


def test_a_fixed_seed_renders_nothing_and_says_so_once(stage: Stage) -> None:
    follow(stage, seed=5)
    rendered = len(stage.rendered)
    stage.told.clear()
    for _ in range(5):
        stage.play(1)
    stage.settle()
    assert len(stage.rendered) == rendered
    ((address, command, sentence),) = stage.told
    assert (address, command) == ("/fail", "/driftkit/pad/1/auto_render")
    assert sentence.startswith("auto_render is after_hit, but the seed of pad 1 is fixed to 5: ")
    follow(stage, lock_seed=1)
    stage.play(1)
    assert len(stage.told) == 1, "the same is not said twice"
    follow(stage, lock_seed=0, seed=-1)
    assert len(stage.rendered) == rendered + SIZE


@pytest.mark.parametrize("mode", ["off", "on_change"])
def test_in_the_other_modes_a_hit_renders_nothing(stage: Stage, mode: str) -> None:
    stage.one.commands.set(1, "auto_render", mode)
    stage.play(1)
    stage.settle()
    assert len(stage.rendered) == 1


def test_a_failing_render_ahead_is_not_tried_again_by_itself(stage: Stage) -> None:
    follow(stage, source_b="nowhere.wav", task="interpolate")
    failed = stage.engine.failed
    assert failed >= 1
    stage.play(1)
    stage.settle()
    assert stage.engine.failed == failed + 1, "once for the hit"


def test_a_sound_that_came_another_way_is_heard_before_the_next_one(stage: Stage) -> None:
    follow(stage)
    stage.gate.clear()
    for _ in range(SIZE + 1):
        stage.play(1)  # the pool is empty now, and a hit waits
    stage.one.commands.step(1, back=True)
    undone = stage.one.state.board.pad(1).sound
    stage.gate.set()
    stage.settle()
    assert stage.one.state.board.pad(1).sound is undone


def test_cancelling_everything_leaves_a_pad_that_goes_on(stage: Stage) -> None:
    follow(stage)
    for _ in range(3):
        stage.gate.clear()
        stage.play(1)
        until(lambda: stage.engine.counts == (0, 1), "it renders")
        stage.one.commands.cancel(None, "*")
        stage.gate.set()
        stage.settle()
    heard = []
    for _ in range(SIZE + 3):
        heard.append(stage.play(1))
        stage.settle()
    assert len(set(heard)) == len(heard)


def test_renders_ahead_give_way_and_syncs_do_not_wait_for_them(stage: Stage) -> None:
    stage.one.commands.set(1, "auto_render", "after_hit")
    stage.settle()
    stage.gate.clear()
    stage.play(1)  # one is under way now
    until(lambda: stage.engine.counts == (0, 1), "it renders")
    stage.one.commands.sync(None, 7)
    assert stage.told[-1] == ("/synced", 7) or stage.one.publisher.wait(HANG_S)
    stage.one.renders.submit(2, None, 0, background=True)
    stage.one.commands.render(3, None, 33)
    stage.gate.set()
    stage.settle()
    assert ("/synced", 7) in stage.told
    order = [entry[2] for entry in stage.told if entry[0] == "/sound"]
    assert order.index(3) < order.index(2)
