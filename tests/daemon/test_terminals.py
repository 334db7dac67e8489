"""What terminals, pipes, disks and containers are: letters that they lack, readers that leave, users without a home."""

import io
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from rig.daemon import PATIENCE_S, START, environment, presets

from driftkit.daemon.cli.main import main
from driftkit.sampler.errors import Error
from driftkit.sampler.home import NOWHERE, expanded, home_of

KIT = "about: 太鼓の音 größer\npads:\n  1: {name: 太鼓, kick: 1}\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a user whose kit has a Japanese text."""
    home = tmp_path_factory.mktemp("home")
    presets(home).mkdir(parents=True)
    (presets(home) / "taiko.yaml").write_text(KIT, encoding="utf-8")
    return home


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize(
    ("encoding", "shown"), [("cp1252", "???? größer"), ("shift_jis", "太鼓の音 gr??er"), ("ascii", "???? gr??er")]
)
def test_a_list_is_printed_as_far_as_the_terminal_can(
    home: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, shown: str
) -> None:
    terminal = io.BytesIO()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(terminal, encoding=encoding, errors="strict"))
    assert run("presets") == 0
    assert f"taiko       1     no       {shown}".encode(encoding) in terminal.getvalue()


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ('"$@" controls | head -1; exit ${PIPESTATUS[0]}', 0, b""),
        ('"$@" presets >&- 2>&- <&-', 0, b""),
        ('"$@" presets --json > /dev/full', 1, b"driftkit: the output cannot be written: No space left on device\n"),
    ],
)
def test_a_reader_that_leaves_is_no_fault(home: Path, line: str, code: int, said: bytes) -> None:
    command = ["bash", "-c", line, "-", *START]
    done = subprocess.run(command, env=environment(home), capture_output=True, timeout=PATIENCE_S)
    assert (done.returncode, done.stderr) == (code, said)


def test_a_terminal_may_be_dumb_and_narrow(home: Path) -> None:
    here, there = pty.openpty()
    env = environment(home) | {"TERM": "dumb", "COLUMNS": "9"}
    with subprocess.Popen([*START, "presets"], env=env, stdout=there, stderr=there) as running:
        os.close(there)
        seen = b""
        with suppress(OSError):  # it is over, says Linux
            while more := os.read(here, 65536):
                seen += more
    os.close(here)
    assert running.returncode == 0 and b"Traceback" not in seen, seen
    assert b"taiko" in seen and "太鼓".encode() in seen and b"\x1b" not in seen


@pytest.fixture(params=["/" + "a" * 300, "/dev/null/x"])
def homeless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A container's user: HOME leads nowhere, and nothing else tells."""
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", request.param)
    return str(request.param)


def test_without_a_home_every_command_works_or_says_why(
    homeless: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("presets") == 0 and run("models") == 0 and run("render", "--help") == 0
    assert "studio" in capsys.readouterr().out
    assert run("serve", "--osc-port", "0", "--http-port", "none", "--audio", "none", "--midi", "none") == 2
    said = capsys.readouterr().err
    assert "cannot be written: Not a directory; give another with --out" in said
    assert said.count("\n") == 1 and not list(tmp_path.iterdir())
    if homeless != "/dev/null/x":
        assert home_of("config") == NOWHERE and str(NOWHERE) in said


def test_a_home_that_nobody_knows_is_a_sentence() -> None:
    with pytest.raises(Error, match="~nobody-of-that-name/x cannot be a folder here"):
        expanded(Path("~nobody-of-that-name/x"))


def test_relative_and_empty_xdg_folders_are_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for value in ("", "relative", "./x"):
        monkeypatch.setenv("XDG_CONFIG_HOME", value)
        assert home_of("config").parent.parent == tmp_path
