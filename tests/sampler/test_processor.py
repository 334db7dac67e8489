"""What this process may use of the machine, and what others use of it."""

import os
from types import SimpleNamespace

import pytest
from rig.daemon import until

from driftkit.daemon.bench.busy import computing
from driftkit.sampler import processor
from driftkit.sampler.processor import LOOK_S, MOST_THREADS, Others


@pytest.mark.parametrize(
    ("quota", "most"), [("max 100000", 4), ("150000 100000", 2), ("50000 100000", 1), ("900000 100000", 4), ("", 4)]
)
def test_no_more_cores_than_a_container_gives_time_for(monkeypatch, tmp_path, quota, most):
    (tmp_path / "cpu.max").write_text(quota)
    monkeypatch.setattr(processor, "QUOTA", tmp_path / "cpu.max")
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1, 2, 3}, raising=False)
    assert processor.cores() == most


@pytest.mark.parametrize(
    ("may", "told", "taken"),
    [(1, "", 1), (2, "", 2), (8, "8", 8), (64, "", MOST_THREADS), (4, "1", 1), (4, "3,2", 3), (4, "many", 4)],
)
def test_a_thread_for_each_core_that_may_be_used_and_at_most_eight(monkeypatch, may, told, taken):
    monkeypatch.setattr(processor, "cores", lambda: may)
    monkeypatch.setenv("OMP_NUM_THREADS", told)
    assert processor.threads() == taken


@pytest.mark.parametrize(
    ("busy", "own", "others"),
    [((0, 0), 0, 0), ((10, 10), 0, 0), ((100, 100), 2.0, 0), ((100, 100), 1.0, 1), ((100, 0), 0, 1), ((100, 50), 0, 2)],
)
def test_others_are_what_is_busy_beyond_this_process(monkeypatch, tmp_path, busy, own, others):
    clock = SimpleNamespace(process_time=lambda: clock.own, monotonic=lambda: clock.at, own=0.0, at=0.0)
    monkeypatch.setattr(processor, "time", clock)
    monkeypatch.setattr(processor, "TIMES", tmp_path / "stat")
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1}, raising=False)
    hertz = os.sysconf("SC_CLK_TCK")

    def told(*seconds: float) -> None:
        lines = [f"cpu{core} {round(s * hertz)} 0 0 7 7 0 0 9 0 0" for core, s in enumerate((*seconds, 50 * clock.at))]
        (tmp_path / "stat").write_text("\n".join(["cpu  1 2 3", *lines, "intr 5", ""]))

    told(5, 6)
    seen = Others()
    clock.at, clock.own = 1.0, own
    told(*(start + ticks / 100 for start, ticks in zip((5, 6), busy)))
    assert seen.look() == others
    clock.at += LOOK_S / 2
    told(500, 600)
    assert seen.look() == others, "too soon to tell"


@pytest.mark.skipif(not processor.TIMES.is_file(), reason="the system does not tell")
def test_a_program_that_computes_beside_is_seen():
    seen = Others()
    with computing(1):
        until(lambda: seen.look() >= 1, "it is seen")


def test_where_the_system_tells_nothing_nobody_is_seen(monkeypatch, tmp_path):
    monkeypatch.setattr(processor, "TIMES", tmp_path / "none")
    monkeypatch.setattr(processor, "LOOK_S", 0)
    seen = Others()
    assert [seen.look() for _ in range(3)] == [0, 0, 0]
