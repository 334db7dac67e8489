"""The engine with its edges injected: a small generator renders, a list is told; the order is the subject.

Nothing depends on time: a render that must still be under way waits at a gate.
"""

import threading
from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from driftkit.daemon.rendering.engine import TOGETHER, Engine, Job
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.sound import Sound

HANG_S = 20


@dataclass
class Stage:
    """Steps and listener in one: renders each prepared name in three steps, and writes down what happens."""

    told: list[tuple[Any, ...]] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)
    steps_made: int = 0
    gates: dict[str, threading.Event] = field(default_factory=lambda: defaultdict(threading.Event))
    at: dict[str, threading.Event] = field(default_factory=lambda: defaultdict(threading.Event))

    def steps(self, prepared: Any) -> Generator[float, None, list[Sound]]:
        self.batches.append(list(prepared))
        for step in range(3):
            for name in prepared:
                if name.startswith("slow"):
                    self.at[name].set()
                    assert self.gates[name].wait(HANG_S)
            if "broken" in prepared:
                raise Error("the model gave samples that are not finite")
            if "fault" in prepared:
                raise ZeroDivisionError("oops")
            self.steps_made += 1
            yield (step + 1) / 3
        return [Sound(np.zeros((1, 4), np.float32), 44100, Hit(), label=name) for name in prepared]

    def progress(self, job: Job, fraction: float) -> None: ...

    def finished(self, job: Job, sound: Sound) -> None:
        self.told.append(("finished", job.id, sound.label))

    def failed(self, job: Job, sentence: str) -> None:
        self.told.append(("failed", job.id, sentence))

    def cancelled(self, job: Job, reason: str) -> None:
        self.told.append(("cancelled", job.id, reason))


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def engine(stage: Stage) -> Iterator[Engine]:
    with Engine(stage.steps, stage, capacity=3) as running:
        yield running


def job(number: int, pad: int, name: str = "quick", **more: Any) -> Job:
    def prepare() -> str:
        if name == "refused":
            raise Error("source_a is empty")
        return name

    return Job(pad, prepare, number, **more)


def hold(engine: Engine, stage: Stage) -> None:
    """Keep the worker busy with job 0 of pad 1 until `release`."""
    engine.submit(job(0, 1, "slow"))
    assert stage.at["slow"].wait(HANG_S)


def release(engine: Engine, stage: Stage) -> None:
    stage.gates["slow"].set()
    assert engine.idle(HANG_S)


def test_jobs_of_different_pads_end_in_the_order_of_asking(engine: Engine, stage: Stage) -> None:
    hold(engine, stage)
    for number in (1, 2, 3):
        engine.submit(job(number, pad=number + 1, name=f"sound {number}"))
    assert engine.counts == (3, 1)
    release(engine, stage)
    assert [entry[2] for entry in stage.told] == ["slow", "sound 1", "sound 2", "sound 3"]
    assert (engine.counts, engine.done, engine.failed) == ((0, 0), 4, 0)


def test_newest_wins_for_a_pad_and_the_one_under_way_is_let_be(engine: Engine, stage: Stage) -> None:
    hold(engine, stage)
    for number in (1, 2, 3):
        engine.submit(job(number, pad=1))
    assert stage.told == [("cancelled", 1, "superseded"), ("cancelled", 2, "superseded")]
    release(engine, stage)
    assert stage.told[2:] == [("finished", 0, "slow"), ("finished", 3, "quick")]


def test_a_full_queue_drops_its_oldest(engine: Engine, stage: Stage) -> None:
    hold(engine, stage)
    for number in (1, 2, 3, 4):
        engine.submit(job(number, pad=number + 1))
    assert stage.told == [("cancelled", 1, "queue full")]
    release(engine, stage)
    assert [entry[:2] for entry in stage.told[1:]] == [("finished", n) for n in (0, 2, 3, 4)]


def test_queued_is_said_before_the_worker_can_know(engine: Engine, stage: Stage) -> None:
    for number in range(20):
        engine.submit(job(number, pad=1), lambda: stage.told.append(("queued",)))
        assert engine.idle(HANG_S)
    assert [entry[0] for entry in stage.told] == ["queued", "finished"] * 20


def test_cancel_stops_between_steps(engine: Engine, stage: Stage) -> None:
    hold(engine, stage)
    assert engine.cancel(lambda job: job.id == 0) == 1
    assert stage.told == [("cancelled", 0, "cancelled")], "answered at once"
    assert engine.cancel(lambda job: True) == 0, "and once only"
    release(engine, stage)
    assert stage.steps_made == 1 and len(stage.told) == 1


def test_cancel_takes_waiting_jobs_out(engine: Engine, stage: Stage) -> None:
    hold(engine, stage)
    engine.submit(job(1, pad=2))
    engine.submit(job(2, pad=3))
    assert engine.cancel(lambda job: job.id == 1) == 1
    release(engine, stage)
    assert stage.batches == [["slow"], ["quick"]]
    assert stage.told[::2] == [("cancelled", 1, "cancelled"), ("finished", 2, "quick")]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("refused", "source_a is empty"),
        ("broken", "the model gave samples that are not finite"),
        ("fault", "driftkit failed: ZeroDivisionError('oops'); please report this"),
    ],
)
def test_a_failure_is_told_once_and_the_worker_lives(engine: Engine, stage: Stage, name: str, sentence: str) -> None:
    engine.submit(job(1, pad=1, name=name))
    assert engine.idle(HANG_S)
    engine.submit(job(2, pad=1))
    assert engine.idle(HANG_S)
    assert stage.told == [("failed", 1, sentence), ("finished", 2, "quick")]
    assert (engine.done, engine.failed) == (1, 1)


def test_background_jobs_share_a_batch_and_one_refusal_spoils_nothing(engine: Engine, stage: Stage) -> None:
    hold(engine, stage)
    for number, name in ((1, "one"), (2, "refused"), (3, "three")):
        engine.submit(job(number, pad=number + 1, name=name, background=True))
    release(engine, stage)
    assert stage.batches[1:] == [["one", "three"]] and TOGETHER >= 3
    assert {entry[:2] for entry in stage.told[1:]} == {("failed", 2), ("finished", 1), ("finished", 3)}


def test_a_failed_job_of_a_batch_cannot_be_cancelled_as_well(engine: Engine, stage: Stage) -> None:
    hold(engine, stage)
    engine.submit(job(1, pad=2, name="refused", background=True))
    engine.submit(job(2, pad=3, name="slow too", background=True))
    stage.gates["slow"].set()
    assert stage.at["slow too"].wait(HANG_S)
    assert engine.cancel(lambda job: True) == 1
    stage.gates["slow too"].set()
    assert engine.idle(HANG_S)
    assert stage.told[1:] == [("failed", 1, "source_a is empty"), ("cancelled", 2, "cancelled")]


def test_the_background_gives_way(engine: Engine, stage: Stage) -> None:
    hold(engine, stage)
    for number in (1, 2, 3):
        engine.submit(job(number, pad=number + 1, background=number < 3))
    release(engine, stage)
    assert [entry[1] for entry in stage.told] == [0, 3, 1, 2]


def test_a_batch_of_the_background_is_overtaken_between_its_steps_and_goes_on(engine: Engine, stage: Stage) -> None:
    engine.submit(job(1, pad=2, name="slow", ahead=True, background=True))
    assert stage.at["slow"].wait(HANG_S)
    engine.submit(job(2, pad=3, name="slow too", background=True))
    stage.gates["slow"].set()
    assert stage.at["slow too"].wait(HANG_S), "the background overtakes what is rendered ahead"
    engine.submit(job(3, pad=4, name="urgent"))
    engine.submit(job(4, pad=5, name="next"))
    assert engine.counts == (2, 2) and engine.busy(3)
    stage.gates["slow too"].set()
    assert engine.idle(HANG_S)
    assert [entry[1] for entry in stage.told] == [3, 4, 2, 1]
    assert stage.batches == [["slow"], ["slow too"], ["urgent"], ["next"]], "none was begun anew"
    assert stage.steps_made == 12


def test_a_batch_that_is_cancelled_while_it_is_overtaken_is_not_gone_on_with(engine: Engine, stage: Stage) -> None:
    engine.submit(job(1, pad=2, name="slow", background=True))
    assert stage.at["slow"].wait(HANG_S)
    engine.submit(job(2, pad=3, name="slow urgent"))
    stage.gates["slow"].set()
    assert stage.at["slow urgent"].wait(HANG_S)
    assert engine.cancel(lambda job: job.id == 1) == 1
    stage.gates["slow urgent"].set()
    assert engine.idle(HANG_S)
    assert stage.told == [("cancelled", 1, "cancelled"), ("finished", 2, "slow urgent")]


def test_what_is_rendered_ahead_comes_last_supersedes_nothing_and_is_dropped_first(
    engine: Engine, stage: Stage
) -> None:
    hold(engine, stage)
    engine.submit(job(1, pad=2, ahead=True, background=True))
    engine.submit(job(2, pad=2, background=True))
    engine.submit(job(3, pad=3, ahead=True, background=True))
    engine.submit(job(4, pad=4))
    assert stage.told == [("cancelled", 1, "queue full")]
    engine.submit(job(5, pad=3, ahead=True, background=True))
    assert stage.told[1:] == [("cancelled", 3, "superseded")]
    release(engine, stage)
    assert [entry[1] for entry in stage.told[2:]] == [0, 4, 2, 5]


def test_shutdown_answers_everything_and_takes_nothing_more(stage: Stage) -> None:
    with Engine(stage.steps, stage) as engine:
        hold(engine, stage)
        engine.submit(job(1, pad=2))
        threading.Timer(0.05, stage.gates["slow"].set).start()
    assert sorted(stage.told) == [("cancelled", 0, "shutdown"), ("cancelled", 1, "shutdown")]
    with pytest.raises(Error, match="shutting down"):
        engine.submit(job(2, pad=1))
