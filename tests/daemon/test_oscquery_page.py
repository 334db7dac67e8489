"""docs/oscquery.md says what the code does, and its examples run."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from rig.daemon import PATIENCE_S, Daemon
from rig.osc import OscClient
from rig.tools import need

from driftkit.daemon.inputs.web import oscquery as oscquery
from driftkit.daemon.inputs.web import server as web_server

PAGE = (Path(__file__).parents[2] / "docs" / "oscquery.md").read_text()
CONSOLE = "".join(re.findall(r"```console\n(.*?)```", PAGE, flags=re.DOTALL))
DIRECT = os.environ | {"NO_PROXY": "*", "no_proxy": "*"}
EXAMPLES = re.findall(r"^\$ (.*)\n([^$]*)", CONSOLE, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def kit(small: Daemon) -> None:
    """The kit that the examples show."""
    with OscClient(small.port) as osc:
        osc.ask("/preset/load", "aa", answers="/done")


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_the_examples_with_curl(small: Daemon, kit: None, command: str, shown: str) -> None:
    need("curl", "curl")
    words = shlex.split(command.replace("9010", str(small.ready["http"][1])))
    run = subprocess.run(words, env=DIRECT, capture_output=True, text=True, timeout=PATIENCE_S)
    assert run.stdout == shown.strip().replace("9001", str(small.port)), run.stderr


def test_the_python_example(small: Daemon, little: OscClient) -> None:
    code = re.search(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert code
    script = code[1].replace("9010", str(small.ready["http"][1]))
    command = [sys.executable, "-u", "-c", script]
    with subprocess.Popen(command, env=DIRECT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        try:
            assert run.stdout.readline() == "/driftkit/pad/1/kick 1.0\n"
            little.send("/pad/1/kick", 0.5)
            assert run.stdout.readline() == "/driftkit/pad/1/kick 0.5\n"
        finally:
            run.kill()


def test_the_numbers_and_attributes_of_the_page() -> None:
    assert f"At most {web_server.MAX_CONNECTIONS} connections and {web_server.MAX_SOCKETS} WebSockets" in PAGE
    table = re.findall(r"^\| (`[A-Z`, _]+`) \|", PAGE, flags=re.MULTILINE)
    assert {name for row in table for name in re.findall("[A-Z_]+", row)} == {*oscquery.ATTRIBUTES} - {
        "FULL_PATH",
        "CONTENTS",
    }
