"""The names that the panel uses, as TypeScript made from the tables of the daemon: controls, commands, answers.

The page learns from the daemon which classes a model has and in which ranges; these are the names and kinds that
every model has, so that a misspelt one stops the build.
"""

import json
from collections.abc import Mapping

from ....sampler.controls import Control
from ...pads.surfaces import PREFIX, WIDEST
from ..osc.answered import ANSWERS
from ..osc.commands import COMMANDS
from ..osc.requests import Command, parameters

KINDS = {"i": "number", "f": "number", "s": "string", "*": "Argument"}
HEAD = "// Made from the daemon's tables by `driftkit controls --typescript`; `make check` compares.\n"


def typescript() -> str:
    """The file `panel/src/generated.ts`."""
    parts = [
        HEAD + f'\nexport const PREFIX = "{PREFIX}";\nexport type Argument = number | string;\n',
        "/** How a control's knob goes, what it is called without a model, and its own value. */",
        "export const CONTROLS = {\n" + "".join(map(row, WIDEST.items())) + "} as const;\n",
        "export type ControlName = keyof typeof CONTROLS;\n",
        "/** The arguments of every command. */",
        "export interface Commands {\n" + "".join(map(command, COMMANDS.items())) + "}\n",
        "/** The arguments of everything that driftkit says, but for controls. */",
        "export interface Answers {\n" + "".join(map(answer, ANSWERS.items())) + "}\n",
    ]
    return "\n".join(parts)


def row(entry: tuple[str, Control]) -> str:
    """What a control is beyond what OSCQuery says of it."""
    name, one = entry
    facts: Mapping[str, object] = {"kind": one.kind, "curve": one.curve, "default": one.default, "unit": one.unit}
    return f"  {name}: {json.dumps(facts)},\n"


def command(entry: tuple[str, Command]) -> str:
    """The arguments of a command as a tuple type."""
    name, function = entry
    told = [(p.name, p.optional, "Argument" if len(p.tags) > 1 else KINDS[p.tags]) for p in parameters(function)]
    return f'  "{name}": [' + ", ".join(f"{n}{'?' if optional else ''}: {kind}" for n, optional, kind in told) + "];\n"


def answer(entry: tuple[str, str]) -> str:
    """The arguments of an answer as a tuple type."""
    name, arguments = entry
    told = [part.partition(":") for part in arguments.split()]
    kinds = [f"{n}: {KINDS[kind]}" if kind else "...more: Argument[]" for n, _, kind in told]
    return f'  "{name}": [{", ".join(kinds)}];\n'
