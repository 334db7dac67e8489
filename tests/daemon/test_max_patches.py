"""The files for Max and Live, without Max: whole, within the ports of its objects, and of one mind with the daemon.

Judges are the package py2max, which has Max's own reference, and counts of ports that Max 8.6 saved.
"""

import itertools
import json
import re
import struct
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from m4l_builder.container import build_amxd
from py2max import Patcher
from py2max.lint import lint
from py2max.maxref import get_object_info
from rig.daemon import Daemon

from driftkit.daemon.pads.surfaces import controls
from driftkit.daemon.patches import amxd
from driftkit.daemon.patches.files import max_files
from driftkit.sampler.errors import Error
from driftkit.sampler.spec import find_model, read_spec

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "max_patches"
PORTS = json.loads((ROOT / "tests" / "golden" / "max_ports.json").read_text())
KNOWN = controls(read_spec(find_model("default")))
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".maxpat", ".maxhelp", ".amxd"))
DEVICE = FOLDER / "driftkit.amxd"
LIVE_HEADER = bytes.fromhex("616d7066 04000000 6d6d6d6d 6d657461 04000000 00000000 70746368")  # of a device from Live
all_files = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def text(file: Path) -> str:
    """The JSON of a file, cut out of a device by its header alone."""
    data = file.read_bytes()
    return (data[32:].rstrip(b"\0") if file.suffix == ".amxd" else data).decode()


def patchers(file: Path) -> Iterator[dict[str, Any]]:
    """A patcher and those inside it."""
    waiting = [json.loads(text(file))["patcher"]]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [box["box"]["patcher"] for box in one["boxes"] if "patcher" in box["box"]]


def boxes(file: Path) -> Iterator[dict[str, Any]]:
    """Every box of a file."""
    for one in patchers(file):
        for box in one["boxes"]:
            yield box["box"]


def test_the_files_are_those_that_the_table_makes() -> None:
    made = max_files(KNOWN)
    assert set(made) == {file.name for file in FILES}
    for name, content in made.items():
        assert (FOLDER / name).read_bytes() == content, f"{name} is another one; `make docs` writes it"


def ports(box: dict[str, Any]) -> tuple[int, int]:
    """What Max gives a box, from counts that it saved and the rules of its reference."""
    if box["maxclass"] != "newobj":
        inlets, outlets = PORTS[box["maxclass"]]
        return inlets, outlets
    name, *words = box["text"].split()
    if name in ("route", "sel"):
        return max(2, len(words) + 1), len(words) + 1
    if name in ("t", "unpack"):
        return 1, len(words)
    if name in ("pack", "sprintf", "expr"):
        found = len(words) if name == "pack" else max(1, len(set(re.findall(r"%[.\d]*l?[sdf]|\$[if]\d", box["text"]))))
        return (found if name != "sprintf" else max(1, box["text"].count("%"))), 1
    if name == "gate":
        return 2, int(words[0])
    if name in ("+", "-", "/"):
        return 2, 1
    if name == "p" or name.startswith("driftkit."):
        inside = box.get("patcher") or json.loads((FOLDER / f"{name}.maxpat").read_text())["patcher"]
        classes = [one["box"]["maxclass"] for one in inside["boxes"]]
        return classes.count("inlet"), classes.count("outlet")
    inlets, outlets = PORTS[name]
    return inlets, outlets


@all_files
def test_every_cable_ends_at_a_port_that_is_there(file: Path) -> None:
    for one in patchers(file):
        known = {box["box"]["id"]: box["box"] for box in one["boxes"]}
        assert len(known) == len(one["boxes"]), "an id of its own for each box"
        for box in known.values():
            assert (box["numinlets"], box["numoutlets"]) == ports(box), box
            assert len(box["outlettype"]) == box["numoutlets"]
        for line in one["lines"]:
            (source, outlet), (target, inlet) = line["patchline"]["source"], line["patchline"]["destination"]
            assert 0 <= outlet < ports(known[source])[1] and 0 <= inlet < ports(known[target])[0], line


@all_files
def test_py2max_finds_no_fault(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.maxpat"
    copy.write_text(text(file))
    found = lint(Patcher.from_file(copy))
    own = [one for one in found if one.code == "W-UNKNOWN-OBJECT" and "'driftkit." in one.message]
    window = [one for one in found if one.code == "W-OFFCANVAS"]  # the window shows the presentation, which is smaller
    assert [str(one) for one in found if one not in own + window] == []


@all_files
def test_attributes_are_such_as_the_reference_of_max_has(file: Path) -> None:
    """Beside those of every box, which the reference does not repeat."""
    every = {
        "id", "maxclass", "numinlets", "numoutlets", "outlettype", "patching_rect", "presentation", "presentation_rect",
        "hint", "annotation", "varname", "parameter_enable", "saved_attribute_attributes", "background", "ignoreclick",
        "text", "fontsize", "fontface", "textjustification", "linecount",
    }  # fmt: skip
    for box in boxes(file):
        if box["maxclass"] not in ("newobj", "message"):
            known = get_object_info(box["maxclass"])
            assert known and set(box) - every <= set(known["attributes"]), box


@all_files
def test_nothing_of_the_presentation_lies_on_another(file: Path) -> None:
    for one in patchers(file):
        shown = [box["box"] for box in one["boxes"] if box["box"].get("presentation")]
        for box in shown:
            x, y, w, h = box["presentation_rect"]
            assert all(float(side).is_integer() for side in (x, y, w, h)), box
            assert x >= 0 and y >= 0 and x + w <= one["rect"][2] and y + h <= one["rect"][3], box
        free = [box for box in shown if not box.get("background") and not box.get("ignoreclick")]
        for a, b in itertools.combinations(free, 2):
            (ax, ay, aw, ah), (bx, by, bw, bh) = a["presentation_rect"], b["presentation_rect"]
            assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay, (a, b)


@all_files
def test_parameters_have_names_of_their_own_and_the_ranges_of_the_table(file: Path) -> None:
    blocks = [box["saved_attribute_attributes"]["valueof"] for box in boxes(file) if box.get("parameter_enable")]
    names = [block["parameter_longname"] for block in blocks]
    assert len(names) == len(set(names))
    for block in blocks:
        row = KNOWN.get(block["parameter_longname"])
        if row and row.kind == "choice":
            assert tuple(block["parameter_enum"]) == row.choices
        elif row and block["parameter_type"] != 2:
            assert (block["parameter_mmin"], block["parameter_mmax"]) == (row.lo, row.hi)
        if row:
            assert not block["parameter_initial_enable"], "or Max would set the pad when the file is opened"


def test_the_panel_has_every_control_and_every_pad() -> None:
    there = list(boxes(FOLDER / "driftkit.maxpat"))
    texts = [box.get("text", "") for box in there]
    shown = {name for name, row in KNOWN.items() if row.kind in ("choice", "text") or row.lo < row.hi}
    assert {text.split()[1] for text in texts if re.fullmatch(r"prepend [a-z_]+", text)} >= shown
    assert [f"(/driftkit/render {pad}" for pad in range(1, 17) if f"/driftkit/render {pad}" not in texts] == []
    assert sum(box["maxclass"] == "dropfile" for box in there) == 2


def test_every_address_that_is_sent_is_one_of_the_daemon(daemon: Daemon) -> None:
    host, port = daemon.ready["http"]
    with urllib.request.urlopen(f"http://{host}:{port}/") as answer:
        waiting, known = [json.load(answer)], set()
    while waiting:
        node = waiting.pop()
        known.add(node["FULL_PATH"])
        waiting += node.get("CONTENTS", {}).values()
    answers = {"pong", "fail", "done", "sound", "slot", "preset", "status.reply"}
    for file in FILES:
        for box in boxes(file):
            for address in re.findall(r"/driftkit/[^\s]+", box.get("text", "")):
                plain = address.replace("%ld", "1").replace("%s", "guidance").removesuffix("/*")
                heard = box["text"].startswith("route ") and address.removeprefix("/driftkit/") in answers
                assert heard or plain in known, (file.name, box["text"])
        moved = [one for one in patchers(file) for box in one["boxes"] if box["box"].get("text", "").endswith(".move")]
        for one in moved:
            known_boxes = {box["box"]["id"]: box["box"] for box in one["boxes"]}
            for line in one["lines"]:
                target = known_boxes[line["patchline"]["destination"][0]].get("text", "")
                source = known_boxes[line["patchline"]["source"][0]].get("text", "")
                if re.fullmatch(r"s \S+\.move", target):
                    assert source.removeprefix("prepend ") in KNOWN, source


def test_the_device_has_the_header_of_one_that_live_saved() -> None:
    data = DEVICE.read_bytes()
    assert data[:28] == LIVE_HEADER and struct.unpack("<I", data[28:32]) == (len(data) - 32,)
    assert data[-2:] == b"\n\0"
    kind, inside = amxd.unpack(data)
    assert kind == b"mmmm" and inside + "\n" == text(DEVICE)
    other = build_amxd(json.loads(inside), kind)  # m4l-builder's
    assert other[:28] == data[:28] and json.loads(other[32:].rstrip(b"\0")) == json.loads(inside)
    assert amxd.pack(inside) == data


@pytest.mark.parametrize("harm", [lambda b: b[:100], lambda b: b"", lambda b: b"RIFF" + b[4:], lambda b: b + b"x"])
def test_what_is_no_device_is_refused_in_a_sentence(harm: Any) -> None:
    with pytest.raises(Error, match=r"device"):
        amxd.unpack(harm(DEVICE.read_bytes()))


def test_the_device_fits_into_live() -> None:
    device = json.loads(text(DEVICE))["patcher"]
    assert device["rect"][3] == 169 and device["openrect"] == [0, 0, device["devicewidth"], 169]
    assert device["openinpresentation"] == 1 and device["project"]["amxdtype"] == 1835887981
    assert "parameterbanks" not in device, "an empty one ends Live"
    dials = [box for box in boxes(DEVICE) if box["maxclass"] == "live.dial"]
    blocks = [box["saved_attribute_attributes"]["valueof"] for box in dials]
    assert len(blocks) == sum(row.cc is not None for row in KNOWN.values())
    assert {block["parameter_invisible"] for block in blocks} == {0}, "they can be automated"
    names = {word for box in boxes(DEVICE) for word in re.findall(r"^[rs] (\S+)", box.get("text", ""))}
    assert names and all(name.startswith("---") for name in names), "two devices do not hear each other"


def test_what_the_daemon_says_moves_no_parameter() -> None:
    """Whatever reaches a dial from inside the patch is `set` or `setsymbol`: Live notes no step to undo."""
    for file in (DEVICE, FOLDER / "driftkit.maxpat"):
        for one in patchers(file):
            known = {box["box"]["id"]: box["box"] for box in one["boxes"]}
            feeds = [
                (known[a["patchline"]["source"][0]], known[a["patchline"]["destination"][0]]) for a in one["lines"]
            ]
            for source, target in feeds:
                if target.get("varname") in KNOWN:
                    assert source["text"].endswith(f".is.{target['varname']}"), source
                if ".is." in target.get("text", ""):
                    assert source["text"] in ("prepend set", "prepend setsymbol")
