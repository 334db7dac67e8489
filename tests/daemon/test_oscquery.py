"""The tree of OSCQuery over HTTP: complete, true to the table and to what the commands take, and live."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rig import web
from rig.daemon import Daemon, driftkit
from rig.osc import OscClient

PAGE = (Path(__file__).parents[2] / "docs" / "osc.md").read_text()
COMMANDS = re.findall(r"^\| `/driftkit/([a-z/]+)[^`]*` \|", PAGE, flags=re.MULTILINE)
JSON_TYPES = {"f": float, "i": int, "s": str}
MISFITS = ("give it as", "must be a whole number", "must be a number", "must be from", "arguments; it takes")


@pytest.fixture(scope="module")
def tree(small: Daemon) -> Any:
    """The whole tree."""
    return web.node(small, "/")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The rows as `driftkit controls --json` prints them."""
    run = driftkit("controls", "--json", home=tmp_path_factory.mktemp("table"))
    return {row["name"]: row for row in map(json.loads, run.stdout.splitlines())}


def walk(node: Any) -> Iterator[tuple[str, Any]]:
    """Every node and the path on which it was found."""
    waiting = [("", node)]
    while waiting:
        path, node = waiting.pop()
        yield path or "/", node
        waiting += [(f"{path}/{name}", child) for name, child in node.get("CONTENTS", {}).items()]


def leaves(tree: Any) -> dict[str, Any]:
    return {path: node for path, node in walk(tree) if "CONTENTS" not in node}


def test_every_node_follows_the_proposal(tree: Any) -> None:
    for path, node in walk(tree):
        assert node["FULL_PATH"] == path
        if "CONTENTS" in node:
            assert node["ACCESS"] == 0 and set(node) == {"FULL_PATH", "ACCESS", "CONTENTS"} and node["CONTENTS"]
            continue
        assert set(node["TYPE"]) <= set("ifs") or node["TYPE"] == "N"
        assert node["ACCESS"] == (3 if "VALUE" in node else 2)
        assert node["DESCRIPTION"] and len(node["TAGS"]) == 1
        if "VALUE" in node:
            assert [type(value) for value in node["VALUE"]] == [JSON_TYPES[tag] for tag in node["TYPE"]], path
        for form in (node, *node.get("OVERLOADS", [])):
            assert len(form.get("RANGE", form["TYPE"])) == len(form["TYPE"])
            for span in form.get("RANGE", []):
                assert span is None or set(span) in ({"MIN", "MAX"}, {"VALS"})
        assert len(node.get("UNIT", node["TYPE"])) == len(node["TYPE"])


def test_the_tree_has_every_control_of_every_pad_and_every_command(tree: Any, table: dict[str, Any]) -> None:
    controls = {f"/driftkit/pad/{pad}/{name}" for pad in range(1, 17) for name in table}
    short = {f"/driftkit/{name}" for name in table}
    commands = {f"/driftkit/{name}" for name in COMMANDS}
    assert len(COMMANDS) > 20 and set(leaves(tree)) == controls | short | commands


def test_controls_are_described_as_in_the_table(tree: Any, table: dict[str, dict[str, Any]]) -> None:
    units = {"dB": ["gain.db"], "ms": ["time.ms"], "semitones": ["semitones"], "": None}
    for path, node in leaves(tree).items():
        if node["TAGS"] == ["command"]:
            continue
        row = table[path.rpartition("/")[2]]
        assert (node["DESCRIPTION"], node["TAGS"]) == (row["doc"], [row["group"]])
        assert node["TYPE"] == {"float": "f", "int": "i"}.get(row["kind"], "s")
        assert node.get("UNIT") == units[row["unit"]]
        if row["kind"] == "text":
            assert "RANGE" not in node
        elif row["kind"] == "choice":
            assert node["RANGE"] == [{"VALS": row["range"].split(", ")}]
        else:
            lo, hi = (float(word) for word in row["range"].split()[1:4:2])
            (span,) = node["RANGE"]
            assert (span["MIN"], span["MAX"]) == pytest.approx((lo, hi), rel=1e-4), path


def test_values_are_those_of_osc(small: Daemon, little: OscClient) -> None:
    for path, node in leaves(web.node(small, "/driftkit/pad/2")).items():
        assert little.ask(node["FULL_PATH"].removeprefix("/driftkit")).values == pytest.approx(node["VALUE"]), path


def made_up(tag: str, span: Any) -> Any:
    """A value that a type and a range allow."""
    if span and "VALS" in span:
        return span["VALS"][-1]
    if tag == "s":
        return "zz"
    return {"i": int, "f": float}[tag](span["MAX"] if span else 2)


def test_whatever_is_sent_as_type_and_range_say_fits(small: Daemon, little: OscClient) -> None:
    """Something else may be wrong with it (no kit named zz), but not the arguments."""
    for path, node in leaves(web.node(small, "/")).items():
        if path.startswith("/driftkit/pad/") and not path.startswith("/driftkit/pad/16/"):
            continue
        for form in (node, *node.get("OVERLOADS", [])):
            tags = form["TYPE"].replace("N", "")
            values = [made_up(*one) for one in zip(tags, form.get("RANGE", [None] * len(tags)))]
            if path == "/driftkit/notify":
                values[1:2] = [little.port] * len(values[1:2])
            little.heard.clear()
            little.send(path.removeprefix("/driftkit"), *values, tags=tags)
            failures = [a.values for a in little.barrier() if a.address == "/fail" and a.values[0] == path]
            wrong = [said for _, said, *_ in failures if any(words in said for words in MISFITS)]
            assert not wrong, (path, values)
    little.ask("/notify", 0, answers="/done")
    little.ask("/select", 1, answers="/done")


def test_a_value_follows_what_is_sent_over_osc(small: Daemon, little: OscClient) -> None:
    little.send("/pad/5/guidance", 2.5)
    little.send("/pad/5/task", "vary")
    little.barrier()
    assert web.node(small, "/driftkit/pad/5/guidance?VALUE") == {"VALUE": [2.5]}
    assert web.node(small, "/driftkit/pad/5")["CONTENTS"]["task"]["VALUE"] == ["vary"]
    assert web.node(small, "/driftkit/guidance?VALUE") == {"VALUE": [1.0]}
    little.ask("/select", 5, answers="/done")
    assert web.node(small, "/driftkit/guidance?VALUE") == {"VALUE": [2.5]}
    assert web.node(small, "/driftkit/select?VALUE") == {"VALUE": [5]}
    little.ask("/select", 1, answers="/done")


@pytest.mark.parametrize(
    ("target", "status", "words"),
    [
        ("/driftkit/pad/1/kick?TYPE", 200, '{"TYPE": "f"}'),
        ("/driftkit/pad/1/steps/?RANGE", 200, '{"RANGE": [{"MIN": 1, "MAX": 400}]}'),
        ("/driftkit/play?OVERLOADS", 200, '[{"TYPE": "if", "RANGE": [{"MIN": 1, "MAX": 16}, {"MIN": 0, "MAX": 1}]}]'),
        ("/driftkit/pad/%31/kick?TYPE", 200, '{"TYPE": "f"}'),
        ("/driftkit/render?VALUE", 204, ""),
        ("/driftkit/pad/1/name?RANGE", 204, ""),
        ("/driftkit/pad?TYPE", 204, ""),
        ("/driftkit/pad/1/kick?COLOUR", 400, "COLOUR is not an attribute"),
        ("/driftkit/pad/1/kick?TYPE&RANGE", 400, "TYPE&RANGE is not an attribute"),
        ("/driftkit/pad/1/kick?value", 400, "value is not an attribute"),
        ("/driftkit/pad/17", 404, "/driftkit/pad/17 is not an address"),
        ("/driftkit/pad/1/kick/more", 404, "is not an address"),
        ("/pad/1/kick?VALUE", 404, "is not an address"),
        ("/../../etc/passwd", 404, "is not an address"),
        ("/%ff%00?TYPE", 404, "is not an address"),
    ],
)
def test_what_a_path_is_answered_with(small: Daemon, target: str, status: int, words: str) -> None:
    reply = web.ask(small, target)
    assert reply.status == status and words in reply.body.decode()
    assert bool(reply.body) == (status != 204)


def test_host_info_names_the_osc_port_and_lists_what_there_is(small: Daemon, tree: Any) -> None:
    told = web.node(small, "/driftkit/pad/1?HOST_INFO")
    assert told == web.node(small, "/?HOST_INFO")
    assert (told["OSC_PORT"], told["OSC_TRANSPORT"]) == (small.port, "UDP")
    found = {name for _, node in walk(tree) for name in node} - {"FULL_PATH", "CONTENTS", "TYPE"}
    assert {name for name, there in told["EXTENSIONS"].items() if there} == found | {"LISTEN", "PATH_CHANGED"}


def test_only_get_and_head_are_served(small: Daemon) -> None:
    whole = web.ask(small, "/driftkit/pad/1")
    head = web.ask(small, "/driftkit/pad/1", "HEAD")
    assert (head.status, head.body) == (200, b"") and head.headers["Content-Length"] == str(len(whole.body))
    for method in ("POST", "DELETE", "OPTIONS"):
        reply = web.ask(small, "/driftkit/pad/1", method)
        assert reply.status == 405 and reply.headers["Allow"] == "GET, HEAD"


def test_the_status_tells_the_port(small: Daemon, little: OscClient) -> None:
    assert little.ask("/status", answers="/status.reply").values[-1] == small.ready["http"][1] != 0
