"""One serve per folder: the second is refused before it touches anything, and a killed one is in nobody's way."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rig.daemon import Daemon, driftkit

from driftkit.daemon.sinks import alone as module
from driftkit.daemon.sinks.alone import Alone
from driftkit.sampler.errors import Error

HOLDER = """
import sys
from pathlib import Path
from driftkit.daemon.sinks.alone import Alone
with Alone(Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.read()
"""


def test_a_second_serve_on_a_folder_names_the_first_and_touches_nothing(daemon: Daemon, tmp_path: Path) -> None:
    staged = daemon.out / ".stage" / ".05.wav_1_1234567.part"
    staged.write_bytes(b"being written by the first")
    link = tmp_path / "by_another_name"
    link.symlink_to(daemon.out)
    told = driftkit("serve", "--out", link, "--osc-port", 0, "--audio", "none", home=tmp_path / "home")
    assert told.returncode == 2 and told.stdout == ""
    assert told.stderr.splitlines() == [
        f"driftkit: the folder {daemon.out.resolve()} is in use by another driftkit (process {daemon.ready['pid']}); "
        "stop it, or give another with --out"
    ]
    assert staged.exists() and daemon.alive
    staged.unlink()


def test_a_killed_process_leaves_the_folder_to_the_next(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout and holder.stdout.readline() == b"mine\n"
    with pytest.raises(Error, match=rf"\(process {holder.pid}\)"), Alone(tmp_path):
        pass
    holder.kill()
    holder.communicate()
    with Alone(tmp_path):
        assert (tmp_path / ".driftkit" / "pid").read_text() == f"{os.getpid()}\n"


def test_a_disk_without_locks_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    with Alone(tmp_path), Alone(tmp_path):
        assert f"{tmp_path} cannot be locked (No locks available); see that no other driftkit uses it" in caplog.text


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Error, match="cannot be written: Not a directory; give another with --out"):
        with Alone(tmp_path / "file"):
            pass
    assert module.HIDDEN not in {path.name for path in tmp_path.iterdir()}


def test_a_folder_that_was_deleted_is_taken_again_unless_another_was_faster(tmp_path: Path) -> None:
    with Alone(tmp_path / "out") as first:
        shutil.rmtree(tmp_path / "out")
        first.keep()
        with pytest.raises(Error, match="is in use by another driftkit"), Alone(tmp_path / "out"):
            pass
        shutil.rmtree(tmp_path / "out")
        with Alone(tmp_path / "out"):
            with pytest.raises(Error, match=rf"is in use by another driftkit \(process {os.getpid()}\)"):
                first.keep()
        first.keep()
        with pytest.raises(Error, match="is in use by another driftkit"), Alone(tmp_path / "out"):
            pass
