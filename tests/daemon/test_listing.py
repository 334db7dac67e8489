"""What the lists of the command line say where something is damaged or asked for wrongly."""

import json
import socket
from pathlib import Path

import pytest

from driftkit.daemon.cli import listing
from driftkit.daemon.cli.main import main
from driftkit.sampler.errors import Error
from driftkit.sampler.spec import folders


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(map(str, words)))
    assert isinstance(left.value.code, int)
    return left.value.code


def test_a_damaged_model_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    broken = folders()[0] / "broken"
    assert tmp_path in broken.parents
    broken.mkdir(parents=True)
    (broken / "model.json").write_text("{")
    assert run("models", "--json") == 0
    rows = {row["name"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows["default"]["steps"] > 0 and "missing or damaged" in rows["broken"]["classes"]
    assert run("models") == 0 and "default" in capsys.readouterr().out


@pytest.mark.parametrize("flag", ["--osc-port", "--http-port"])
@pytest.mark.parametrize("command", ["doctor", "serve"])
def test_a_port_that_cannot_be_is_a_sentence(command: str, flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, flag, 70000) == 2
    assert f"Invalid value for '{flag}': 70000 is not in the range 0<=x<=65535" in capsys.readouterr().err


def test_the_doctor_tries_a_port_where_the_daemon_would_listen() -> None:
    try:
        taken = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with taken:
        port = taken.getsockname()[1]
        with pytest.raises(Error, match=f"port {port} of ::1 cannot be had"):
            listing._try_port("::1", port, socket.SOCK_STREAM, "--http-port")
    assert listing._try_port("::1", 0, socket.SOCK_DGRAM, "--osc-port") == "0 is free"
