"""The table of controls of a model, and what is derived from it: schema, address list, Markdown.

Nothing here knows a control by name but those whose range is the model's.
"""

import dataclasses
from typing import Any

from ...sampler.controls import Control, Value, rows
from ...sampler.hit import CONTROLS, table
from ...sampler.spec import Spec
from .pad import PADS, Player

PREFIX = "/driftkit"
WIDEST = {**CONTROLS, **rows(Player)}
"""The rows with the limits that hold for every model, classes apart: for values that were set for another one."""


KIT = {
    "name": Control(name="name", kind="text", default="", doc="The kit's name; the file's name counts."),
    "about": Control(name="about", kind="text", default="", doc="What kind of kit this is, for the list of kits."),
    "model": Control(name="model", kind="text", default="", doc="The model that was in when the kit was saved."),
    "program": Control(
        name="program",
        kind="int",
        lo=1,
        hi=128,
        default=None,
        doc="The MIDI Program Change that opens it, as displayed.",
    ),
    "kit": Control(name="kit", kind="text", default="", doc="In the session `last`: the kit that was open."),
}
"""What a kit says beside its pads and its MIDI knobs, as rows like those of the controls."""


def controls(spec: Spec) -> dict[str, Control]:
    """Every control of a pad, in the order of its row number: render controls, then the player's."""
    known = {**table(spec.classes), **rows(Player)}
    models_own: dict[str, dict[str, Any]] = {
        "steps": {"default": spec.steps},
        "stochasticity": {"default": spec.stochasticity},
        "length_ms": {"default": spec.length_ms, "lo": spec.length_ms, "hi": spec.length_ms},
        "inpaint_start_ms": {"hi": spec.length_ms},
        "decay_ms": {"hi": spec.length_ms},
        "inpaint_end_ms": {"hi": spec.length_ms, "default": spec.length_ms},
    }
    return {name: dataclasses.replace(row, **models_own.get(name, {})) for name, row in known.items()}


def value_schema(row: Control) -> dict[str, Any]:
    """The JSON schema of one control's value."""
    if row.kind == "choice":
        return {"enum": list(row.choices), "description": row.doc}
    if row.parse is not None:
        return {
            "type": ["string", "array"],
            "maxLength": 1000,
            "items": {"type": ["object", "string"]},
            "description": row.doc,
        }
    if row.kind == "text":
        return {"type": "string", "maxLength": 1000, "description": row.doc}
    kind = "integer" if row.kind == "int" else "number"
    return {"type": kind, "minimum": row.lo, "maximum": row.hi, "description": row.doc}


def kit_schema(known: dict[str, Control]) -> dict[str, Any]:
    """The JSON schema of a kit file, for editors; unknown keys of a pad may only be class weights of other models.

    Made of the rows by which `daemon.kit_text` reads a kit.
    """
    pad = {
        "type": "object",
        "properties": {
            **{name: value_schema(row) for name, row in known.items()},
            "hit": {"type": "object", "description": "The resolved Hit of the pad's Sound, written by save."},
            "file": {
                "type": "string",
                "description": "The file of the pad's Sound, WAV or FLAC with its recipe; if relative, beside the kit.",
            },
        },
        "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A kit of driftkit",
        "type": "object",
        "required": ["pads"],
        "additionalProperties": False,
        "properties": {
            **{name: value_schema(row) for name, row in KIT.items()},
            "midi": {
                "type": "object",
                "description": "MIDI knobs of this kit: a CC (20) or an NRPN (nrpn 5) to a target such as guidance.",
                "propertyNames": {"pattern": "^(nrpn )?[0-9]+$"},
                "additionalProperties": {"type": "string", "maxLength": 100},
            },
            "pads": {
                "type": "object",
                "propertyNames": {"enum": [str(n) for n in range(1, PADS + 1)]},
                "additionalProperties": pad,
            },
        },
    }


def span(row: Control) -> str:
    """The range of a control as text."""
    return ", ".join(row.choices) if row.kind == "choice" else "text" if row.kind == "text" else row.span


def shown(value: Value) -> str:
    """A default as text."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def describe(known: dict[str, Control]) -> list[dict[str, Any]]:
    """One plain row per control, as `driftkit controls --json` prints it."""
    return [
        {
            "row": number, "name": name, "kind": row.kind, "range": span(row), "default": row.default,
            "unit": row.unit, "cc": row.cc, "group": "render" if row.render else "player", "doc": row.doc,
            "osc": f"{PREFIX}/pad/N/{name}",
        }
        for number, (name, row) in enumerate(known.items())
    ]  # fmt: skip


def markdown(known: dict[str, Control]) -> str:
    """The table of controls as Markdown, for docs/controls.md."""
    head = (
        "# Controls\n\nMade from the table in the code by `driftkit controls --markdown`; `make check` compares.\n"
        "The OSC address of a control is `/driftkit/pad/N/NAME`, or `/driftkit/NAME` for the selected pad;\n"
        "on the command line it is `--NAME` with dashes; in a kit it is a key of a pad.\n\n"
        "| row | name | range | default | CC | meaning |\n| ---: | --- | --- | --- | ---: | --- |\n"
    )
    body = [
        f"| {r['row']} | `{r['name']}` | {r['range']} | {shown(r['default'])} "
        f"| {'' if r['cc'] is None else r['cc']} | {r['doc']} |"
        for r in describe(known)
    ]
    return head + "\n".join(body) + "\n"
