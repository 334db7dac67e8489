"""The runner and its shards: the same hits whoever makes them and whatever goes wrong meanwhile."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from rig.daemon import until
from rig.jobs import BATCH, Toy, data, made
from rig.tools import library, need

from driftkit.sampler.errors import Error
from driftkit.sampler.work.crew import Crew, Here
from driftkit.sampler.work.crews import crew_for
from driftkit.sampler.work.job import shard_size, spans
from driftkit.sampler.work.processes import Processes
from driftkit.sampler.work.runner import Outcome, Runner
from driftkit.sampler.work.shards import Shards

HEAD = """
import sys
from pathlib import Path
from rig.jobs import Toy
from driftkit.sampler.work.processes import Processes
from driftkit.sampler.work.runner import Runner
from driftkit.sampler.work.shards import Shards
if __name__ == "__main__":
    notes, root = map(Path, sys.argv[1:])
    job = Toy(400, notes, trouble=tuple((hit, "slow") for hit in range(0, 400, 4)))
    Runner(Shards(root, job), Processes(2)).run()
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    return folder


def run(job: Toy, root: Path, crew: Crew | None = None, **told) -> Outcome:
    return Runner(Shards(root, job), crew or Here(), **told).run()


def assert_all_there(job: Toy, root: Path) -> None:
    """Every shard is whole and every hit what it is to be."""
    shards = Shards(root, job)
    assert shards.load()
    assert sorted(path.name for path in root.iterdir() if path.is_dir()) == [f"{n:05d}" for n in shards.numbers]
    entries = list(shards.entries())
    assert [(entry.hit, entry.facts) for entry in entries] == [(hit, {"x": hit}) for hit in range(job.count)]
    for hit in range(job.count):
        assert shards.file(hit).read_bytes() == data(hit, job.size)


def test_shards_are_whole_batches_and_small_plans_have_small_ones():
    assert [shard_size(n, 8) for n in (1, 8, 500, 19_999, 10**6)] == [8, 8, 32, 1000, 1000]
    assert shard_size(10**6, 256) == 1024
    assert list(spans(8, 21, 8)) == [(8, 16), (16, 21)]


def test_one_process_and_three_make_the_same(notes, tmp_path):
    job = Toy(103, notes)
    heard = []
    assert run(job, tmp_path / "one", tick=heard.append) == Outcome(103, [], False)
    assert heard == sorted(heard) and heard[-1] == 103
    assert run(job, tmp_path / "three", Processes(3)) == Outcome(103, [], False)
    for root in ("one", "three"):
        assert_all_there(job, tmp_path / root)


def test_what_is_whole_is_not_made_again_and_what_is_broken_is(notes, tmp_path):
    job, root = Toy(100, notes), tmp_path / "kept"
    run(job, root)
    once = made(notes)
    assert set(once.values()) == {1} and len(once) == 25
    run(job, root)
    assert made(notes) == once
    shards = Shards(root, job)
    shards.load()
    with open(shards.file(37), "r+b") as file:
        file.truncate(3)
    shards.file(81).unlink()
    manifest = shards.folder(0) / "manifest.jsonl"
    text = manifest.read_text()
    manifest.write_text(text[: text.index("\n") + 7])  # torn after its first line
    run(job, root)
    again = made(notes) - once
    assert set(again) == {36, 80, *range(0, shards.size, BATCH)} and set(again.values()) == {1}
    assert_all_there(job, root)


def test_a_stop_ends_after_what_is_in_flight_and_the_next_run_goes_on(notes, tmp_path):
    job, root = Toy(200, notes), tmp_path / "kept"
    there = []
    told = run(job, root, stop=lambda: len(there) > 3 and there[-1] >= 40, tick=there.append)
    assert told.stopped and told.there == 44  # one batch was given before the look
    assert run(job, root) == Outcome(200, [], False)
    assert set(made(notes).values()) == {1}
    assert_all_there(job, root)


def test_a_worker_that_is_killed_costs_its_part_alone(notes, tmp_path):
    job, root = Toy(120, notes, trouble=((13, "die"), (90, "die"))), tmp_path / "kept"
    sentences = []
    assert run(job, root, Processes(2), say=sentences.append) == Outcome(120, [], False)
    assert_all_there(job, root)
    assert len(sentences) == 2 and all("failed and is tried again" in sentence for sentence in sentences)


def test_a_shard_that_fails_three_times_is_set_aside_and_the_others_are_finished(notes, tmp_path):
    job, root = Toy(160, notes, trouble=((21, "fail"), (100, "once"))), tmp_path / "kept"
    told = run(job, root)
    assert [(lost.first, lost.last, lost.why) for lost in told.lost] == [(16, 23, "RuntimeError: no luck")]
    assert told.there == 156 and not told.stopped
    (notes / "mend").touch()
    assert run(job, root) == Outcome(160, [], False)
    assert_all_there(job, root)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_head_leaves_no_workers_and_loses_what_was_in_flight(notes, tmp_path):
    root, script = tmp_path / "kept", tmp_path / "head.py"
    script.write_text(HEAD)
    env = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    head = subprocess.Popen([sys.executable, script, notes, root], env=env)
    until(lambda: sum(made(notes).values()) >= 30, "thirty batches")
    workers = Path(f"/proc/{head.pid}/task/{head.pid}/children").read_text().split()
    head.kill()
    head.wait()
    until(lambda: not any(Path("/proc", pid).exists() for pid in workers), "the end of the workers")
    before = made(notes)
    job = Toy(400, notes)
    assert run(job, root) == Outcome(400, [], False)
    again = sum((made(notes) - before).values())
    assert 100 - len(before) <= again <= 100 - len(before) + 4  # two in flight, two perhaps not noted yet
    assert_all_there(job, root)


def test_a_full_disk_is_waited_for(notes, tmp_path):
    need("mount", "mount")
    if os.geteuid():
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "none", disk], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    sentences: list[str] = []
    try:
        (disk / "other").write_bytes(bytes(300_000))
        job, root = Toy(60, notes, size=4000), disk / "kept"  # takes 240 kB and more

        def make_room() -> None:
            until(lambda: sentences, "a sentence")
            (disk / "other").unlink()

        room = threading.Thread(target=make_room)
        room.start()
        assert run(job, root, say=sentences.append) == Outcome(60, [], False)
        room.join()
        assert_all_there(job, root)
        assert sentences == [f"the disk of {root} is full; this goes on as soon as there is room"]
        with suppress(OSError), open(disk / "other", "wb", buffering=0) as file:
            while file.write(bytes(4096)) == 4096:
                pass
        told = run(
            Toy(60, notes, size=4000, kind="two"), disk / "two", stop=lambda: len(sentences) > 1, say=sentences.append
        )
        assert told.stopped  # who is asked to stop while it waits stops
    finally:
        subprocess.run(["umount", disk], check=True)


def test_another_worker_and_another_plan_are_refused_by_name(notes, tmp_path):
    job, root = Toy(80, notes), tmp_path / "kept"
    run(job, root, stop=lambda: sum(made(notes).values()) > 5)
    (notes / "about").write_text("m@2")
    with pytest.raises(Error, match=r"the worker process \d+ on .* has model m@2, this work was begun with m@1, and"):
        run(job, root)
    with pytest.raises(Error, match=f'{root} was begun with another kind: "toy", not "tin"; give the same command'):
        run(Toy(80, notes, kind="tin"), root)
    plan = root / "plan.json"
    kept = json.loads(plan.read_text())
    plan.write_text(json.dumps(kept | {"about": kept["about"] | {"driftkit": "0.0.1"}}))
    (notes / "about").unlink()
    with pytest.raises(Error, match=r"has driftkit [\d.]+, this work was begun with 0\.0\.1"):
        run(job, root)
    plan.write_text("{")
    with pytest.raises(Error, match=r"plan.json cannot be read .*; give another folder, or move it away"):
        run(job, root)


def test_facts_alone_need_no_files(notes, tmp_path):
    job, root = Toy(50, notes, suffix=""), tmp_path / "kept"
    run(job, root)
    shards = Shards(root, job)
    assert shards.load() and [entry.facts["x"] for entry in shards.entries()] == list(range(50))
    assert not list(root.rglob("*.bin"))


def test_jobs_of_submitit_make_the_same(notes, tmp_path, monkeypatch):
    library("submitit")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    job, root = Toy(12, notes), tmp_path / "kept"
    assert run(job, root, crew_for("slurm:2")) == Outcome(12, [], False)
    assert_all_there(job, root)
    assert not list(tmp_path.glob(".driftkit_jobs_*"))


@pytest.mark.parametrize("workers", ["0", "", "2:3", "-1", "ray:0", "ray:x", "many", "5000", "slurm:"])
def test_workers_that_cannot_be_are_a_sentence(workers):
    with pytest.raises(Error, match=f"--workers is {workers}; it must be a number of processes, such as 2, or ray, "):
        crew_for(workers)


def test_a_cluster_that_is_not_there_is_a_sentence(notes, tmp_path, monkeypatch):
    library("ray")
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:1")
    with pytest.raises(Error, match=r"the Ray cluster 127.0.0.1:1 cannot be used \(.*\); start one with `ray start --"):
        run(Toy(8, notes), tmp_path / "kept", crew_for("ray"))
    assert not (tmp_path / "kept").exists()


def test_processes_hear_no_ctrl_c_of_the_terminal(notes, tmp_path):
    crew = Processes(2)
    crew.start(Toy(8, notes))
    try:
        crew.give([]).result()
        (process,) = crew._executors[0]._processes.values()
        os.kill(process.pid, signal.SIGINT)
        assert [one.hit for one in crew.give([(0, 4)]).result().made] == [0, 1, 2, 3]
        assert process.is_alive()
    finally:
        crew.close()
