"""docs/osc.md says what the code does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from rig.daemon import PATIENCE_S, Daemon
from rig.osc import OscClient

from driftkit.daemon.inputs.osc import commands as osc_commands
from driftkit.daemon.inputs.osc import receiver as osc
from driftkit.daemon.inputs.osc import subscribers as osc_subscribers
from driftkit.daemon.inputs.osc.requests import usage
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.spec import find_model, read_spec

PAGE = (Path(__file__).parents[2] / "docs" / "osc.md").read_text()
TABLE = re.findall(r"^\| `/driftkit/([a-z/]+)([^`]*)` \| (.*) \|$", PAGE, flags=re.MULTILINE)


def test_every_command_is_in_the_table_and_nothing_else() -> None:
    assert [name for name, _, _ in TABLE] == list(osc_commands.COMMANDS)


def test_the_arguments_of_the_table_are_those_of_the_functions() -> None:
    told = {name: arguments.strip().replace("[1]", "[wanted]") for name, arguments, _ in TABLE}
    assert told == {name: usage(command) for name, command in osc_commands.COMMANDS.items()}


def test_the_answers_of_the_table_are_those_of_the_daemon(little: OscClient) -> None:
    """Each command, with arguments where it must have some, answers to the address that its row begins with."""
    values: dict[str, int | str] = {"pad": 1, "n": 3, "1": 0, "target": "kick"}
    for name, arguments, told in TABLE:
        if name in (
            "undo",
            "redo",
            "recall",
            "preset/save",
            "take/star",
            "take/delete",
            "link/tempo",
        ):  # need a past, a file, a writable kit, a session
            continue
        if told.startswith("nothing"):
            continue
        needed = [word for word in arguments.split() if not word.startswith("[")]
        values["name"] = "default" if name == "model/load" else "aa"
        first = told.split("`")[1].split()[0].removeprefix("/driftkit")
        little.send(f"/{name}", *(values[word] for word in needed))
        own = (
            first not in ("/done", "/fail"),
            f"/driftkit/{name}",
        )  # what ends a command may come after others' answers
        answer = little.wait_for(first, "/fail", where=lambda one, own=own: own[0] or one.values[0] == own[1])
        assert answer.address == first, (name, answer)
        promised = told.split("`")[1].split()[1:]
        if first.endswith(".reply"):
            assert len(answer.values) == len(promised), name


def test_the_numbers_of_the_page() -> None:
    text = PAGE.replace("\n", " ")
    assert f"after {osc_subscribers.TTL_S:.0f} seconds" in text
    assert f"at most {1 / osc.TICK_S:.0f} times a second" in text
    assert f"More than {osc.AHEAD_S:.0f} seconds ahead" in text and f"at most {osc.MAX_WAITING:,} messages wait" in text


def test_the_python_example(small: Daemon) -> None:
    code = re.search(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert code
    here = code[1].replace("9001", str(small.port)).replace("timeout=5", f"timeout={PATIENCE_S}")
    script = here + "    if message.address == '/driftkit/sound':\n        break\n"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=2 * PATIENCE_S)
    assert run.stdout.splitlines()[0] == "/driftkit/queued 7 1", run.stderr
    assert "/driftkit/sound 7 1 " in run.stdout


@pytest.mark.parametrize("page", ["max", "pd", "supercollider", "reaper", "ableton", "bitwig", "first_hour"])
def test_the_addresses_of_a_page_are_those_of_the_daemon(page: str) -> None:
    """What is sent is a command or a control; what comes back is an answer of the table."""
    text = (Path(__file__).parents[2] / "docs" / f"{page}.md").read_text()
    names = controls(read_spec(find_model("default")))
    known = {*osc_commands.COMMANDS, *names, *(f"pad/{pad}/{name}" for pad in range(1, 17) for name in names)}
    known |= set(re.findall(r"/driftkit/([a-z/.]+)", " ".join(told for _, _, told in TABLE)))
    for address in re.findall(r"(?<![\w/.~])/driftkit/([\w/.]*\w)", text):
        assert address in known, address
