"""OSCQuery: the addresses of OSC as a tree of nodes, made from the table of controls and from the commands.

A node is a JSON object as the OSCQuery proposal has it: FULL_PATH, ACCESS (1 read, 2 write, 3 both, 0 neither), TYPE
(the OSC types of a message), VALUE and RANGE (a list each, one item per type), CONTENTS (what lies below). No sockets
here, and nothing is changed.
"""

import inspect
import itertools
import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ....sampler.controls import Control
from ...pads.surfaces import PREFIX
from ...state import State
from ..osc.answers import plain
from ..osc.commands import COMMANDS, VALUES
from ..osc.requests import Command, Parameter, parameters, usage

Node = dict[str, Any]
Read = Callable[[], Any]

READ_WRITE, WRITE = 3, 2
ATTRIBUTES = (
    "FULL_PATH", "CONTENTS", "TYPE", "ACCESS", "VALUE", "RANGE", "DESCRIPTION", "TAGS", "UNIT", "OVERLOADS",
)  # fmt: skip
REQUIRED = ("FULL_PATH", "CONTENTS", "TYPE")  # which every OSCQuery server has, so that HOST_INFO need not name them
EVENTS = ("LISTEN", "PATH_CHANGED")
TAGS = {"float": "f", "int": "i"}  # of kinds of controls; choice and text are s
UNITS = {"dB": "gain.db", "ms": "time.ms"}  # as the proposal's list of units calls them


class Leaf(NamedTuple):
    """What stays of a node that is no container: its attributes but for VALUE, each as JSON, and all of them."""

    attributes: dict[str, str]
    text: str
    read: Read | None  # the value


class Tree:
    """The nodes of the instrument as it is now. Not for several threads."""

    def __init__(self, state: State, osc_port: int) -> None:
        self._state = state
        self._host_info = {
            "NAME": "driftkit",
            "OSC_PORT": osc_port,
            "OSC_TRANSPORT": "UDP",
            "EXTENSIONS": {name: True for name in (*ATTRIBUTES, *EVENTS) if name not in REQUIRED},
        }
        self._shape: dict[str, Control] = {}
        self._leaves: dict[str, Leaf] = {}
        self._below: dict[str, list[str]] = {}  # container -> names

    def look(self) -> object:
        """Take notice of another model's controls; what is returned is another object whenever there are such."""
        board = self._state.board
        if self._shape != board.controls:
            self._shape = dict(board.controls)
            self._grow()
        return self._shape

    # -- asking -------------------------------------------------------------------------------------------

    def ask(self, path: str, query: str) -> tuple[int, str]:
        """What is answered to GET /path?query: 200 and JSON, 204 and nothing, or another HTTP status and a sentence."""
        self.look()
        path = path.rstrip("/")
        if query == "HOST_INFO":
            return 200, json.dumps(self._host_info)
        if path not in self._leaves and path not in self._below:
            return 404, f"{path[:200]} is not an address of driftkit; / lists them all"
        if not query:
            return 200, self._text(path)
        if query not in ATTRIBUTES:
            return 400, f"{query[:200]} is not an attribute; it must be one of {', '.join((*ATTRIBUTES, 'HOST_INFO'))}"
        found = self._attributes(path).get(query)
        return (200, f'{{"{query}": {found}}}') if found else (204, "")

    def _text(self, path: str) -> str:
        """The node of a path and all below it, as JSON. It is put together from pieces: encoding hundreds of nodes at
        once would keep Python, and so a hit, waiting for milliseconds."""
        if path in self._below:
            return joined(self._attributes(path))
        _, text, read = self._leaves[path]
        return f'{text[:-1]}, "VALUE": {json.dumps([read()])}}}' if read else text

    def _attributes(self, path: str) -> dict[str, str]:
        """Each attribute of a node as JSON."""
        if path in self._below:
            below = joined({name: self._text(f"{path}/{name}") for name in self._below[path]})
            return {"FULL_PATH": json.dumps(path or "/"), "ACCESS": "0", "CONTENTS": below}
        attributes, _, read = self._leaves[path]
        return attributes | {"VALUE": json.dumps([read()])} if read else attributes

    def value(self, path: str) -> Any:
        """The value of a node now; None where there is no such node, or it has no value."""
        self.look()
        leaf = self._leaves.get(path)
        return leaf.read() if leaf and leaf.read else None

    def addresses(self, pad: int, name: str) -> list[str]:
        """Where a control of a pad is found: below the pad and, of the selected one, below the prefix as well."""
        short = [f"{PREFIX}/{name}"] if pad == self._state.board.selected else []
        return [f"{PREFIX}/pad/{pad}/{name}", *short]

    def short(self) -> list[str]:
        """The addresses of the selected pad's controls."""
        return [f"{PREFIX}/{name}" for name in self._shape]

    def state(self) -> dict[str, Any]:
        """The values that are no control's."""
        return {f"{PREFIX}/{name}": read(self._state) for name, read in VALUES.items()}

    # -- growing ------------------------------------------------------------------------------------------

    def _grow(self) -> None:
        board = self._state.board
        self._leaves, self._below = {}, {}
        for name, command in COMMANDS.items():
            value = VALUES.get(name)
            self._add(f"{PREFIX}/{name}", command_node(command), value and (lambda value=value: value(self._state)))
        for name, row in self._shape.items():
            self._add(f"{PREFIX}/{name}", control_node(row), self._reader(None, name))
        for number in board.pads:
            for name, row in self._shape.items():
                self._add(f"{PREFIX}/pad/{number}/{name}", control_node(row), self._reader(number, name))

    def _reader(self, pad: int | None, name: str) -> Read:
        board = self._state.board
        return lambda: plain(board.get(pad or board.selected, name))

    def _add(self, path: str, node: Node, read: Read | None) -> None:
        whole = {"FULL_PATH": path, "ACCESS": READ_WRITE if read else WRITE} | node
        attributes = {name: json.dumps(value) for name, value in whole.items()}
        self._leaves[path] = Leaf(attributes, joined(attributes), read)
        while path:
            path, _, name = path.rpartition("/")
            names = self._below.setdefault(path, [])
            if name not in names:
                names.append(name)


def joined(values: dict[str, str]) -> str:
    """A JSON object of names, which need no escaping, and values that are JSON already."""
    return "{" + ", ".join(f'"{name}": {value}' for name, value in values.items()) + "}"


def control_node(row: Control) -> Node:
    """The attributes of a control that no pad changes."""
    node: Node = {"TYPE": TAGS.get(row.kind, "s"), "DESCRIPTION": row.doc}
    node["TAGS"] = ["render" if row.render else "player"]
    if row.kind == "choice":
        node["RANGE"] = [{"VALS": list(row.choices)}]
    elif row.kind in TAGS:
        node["RANGE"] = [{"MIN": row.lo, "MAX": row.hi}]
    if row.unit:
        node["UNIT"] = [UNITS.get(row.unit, row.unit)]
    return node


def command_node(command: Command) -> Node:
    """The attributes of a command: TYPE is the shortest message that it takes, OVERLOADS are all the others."""
    known = parameters(command)
    needed = sum(not one.optional for one in known)
    first, *others = [
        form(known[:count], tags)
        for count in range(needed, len(known) + 1)
        for tags in itertools.product(*(one.tags for one in known[:count]))
    ]
    said = (inspect.getdoc(command) or "").partition("\n")[0]
    node = first | {"DESCRIPTION": f"{said} Arguments: {usage(command)}." if known else said, "TAGS": ["command"]}
    return node | {"OVERLOADS": others} if others else node


def form(known: Sequence[Parameter], tags: Sequence[str]) -> Node:
    """One way to send a command: the types of its arguments, and their ranges where one has any."""
    if not known:
        return {"TYPE": "N"}
    ranges = [one.span and {"MIN": one.span.lo, "MAX": one.span.hi} for one in known]
    return {"TYPE": "".join(tags)} | ({"RANGE": ranges} if any(ranges) else {})
