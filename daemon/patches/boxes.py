"""A Max patcher as Python objects: boxes, cables between their ports, and the JSON of both.

Counts of inlets and outlets are those with which Max 8.6 saves a box. A cable to a port that a box does not have is
refused here, since Max drops it without a word.
"""

import itertools
import json
import re
from dataclasses import dataclass, field
from typing import Any

from .layout import arrange

Rect = tuple[float, float, float, float]  # x, y, width, height in pixels

TYPES = {"*": "", "b": "bang", "i": "int", "f": "float", "s": "signal", "l": "list"}
PORTS: dict[str, tuple[int, str]] = {  # inlets, and a letter per outlet
    "buffer~": (1, "fb"), "button": (1, "b"), "change": (1, "*ii"), "comment": (1, ""), "conformpath": (1, "*i"),
    "delay": (2, "b"), "dropfile": (1, "**"), "ezdac~": (2, ""), "fromsymbol": (1, "*"), "i": (2, "i"),
    "inlet": (0, "*"), "led": (1, "i"), "live.comment": (1, ""), "live.dial": (1, "*f"), "live.menu": (1, "**f"),
    "live.numbox": (1, "*f"), "live.object": (2, "*"), "live.path": (1, "***"), "live.text": (1, "**"),
    "live.thisdevice": (1, "bii"), "live.toggle": (1, "*"), "loadbang": (1, "b"), "loadmess": (1, "*"),
    "message": (2, "*"), "metro": (2, "b"), "midiin": (1, "i"), "midiout": (1, ""), "midiparse": (1, "***ii*i*"),
    "number": (1, "*b"), "outlet": (1, ""), "panel": (1, ""), "pcontrol": (1, "*"), "play~": (1, "sb"),
    "prepend": (1, "*"), "print": (1, ""), "r": (0, "*"), "s": (1, ""), 
    "split": (3, "ii"), "textbutton": (1, "**i"), "textedit": (1, "*i**"),
    "tosymbol": (1, "*"), "udpreceive": (1, "*"), "udpsend": (1, ""), "umenu": (1, "i**"), "waveform~": (5, "ffffl*"),
    "zl": (2, "**"), "*~": (2, "s"), "+": (2, "*"), "-": (2, "*"), "/": (2, "*"),
}  # fmt: skip
APPVERSION = {"major": 8, "minor": 6, "revision": 5, "architecture": "x64", "modernui": 1}  # Max warns of newer ones
HEIGHT = 22.0
LETTER = 6.6  # pixels, at the size that Max writes objects in


def ports(text: str) -> tuple[int, str]:
    """Inlets and outlets of an object by its text; `KeyError` for one that is not in the table."""
    name, *words = text.split()
    words = [word for word in words if not word.startswith("@")]
    if name == "route":
        return len(words) + 1, "*" * (len(words) + 1)
    if name == "sel":
        return max(2, len(words) + 1) if len(words) != 1 else 2, "b" * len(words) + "*"
    if name == "t":
        return 1, "".join(word if word in "bif" else "*" for word in words)
    if name == "unpack":
        return 1, "".join(word if word in "if" else "*" for word in words)
    if name == "pack":
        return len(words), "*"
    if name == "expr":
        return max(int(number) for number in re.findall(r"\$[ifs](\d)", text)), "*"
    if name == "sprintf":
        return max(1, text.count("%")), "*"
    if name == "gate":
        return 2, "*" * int(words[0])
    return PORTS[name]


@dataclass(eq=False)
class Box:
    """One object, message or control of a patcher."""

    id: str
    maxclass: str
    inlets: int
    outlets: str
    rect: Rect
    attributes: dict[str, Any]
    inside: "Patcher | None" = None

    def as_json(self) -> dict[str, Any]:
        """As Max saves it."""
        box = {
            "id": self.id,
            "maxclass": self.maxclass,
            "numinlets": self.inlets,
            "numoutlets": len(self.outlets),
            "outlettype": [TYPES[letter] for letter in self.outlets],
            "patching_rect": list(self.rect),
            **self.attributes,
        }
        if self.inside:
            box["patcher"] = self.inside.as_json()["patcher"]
        return {"box": box}


@dataclass(eq=False)
class Patcher:
    """A patcher. Sizes are pixels; `attributes` are the patcher's own."""

    width: float = 640
    height: float = 480
    attributes: dict[str, Any] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)
    lines: list[tuple[Box, int, Box, int]] = field(default_factory=list)

    def chain(self, *objects: "str | Box", outlet: int = 0, inlet: int = 0) -> list[Box]:
        """Connect boxes one to the next; a text is a new object, in parentheses a message.

        outlet: of the first one; inlet: of the last one. All others are joined by their left ports.
        """
        made = [one if isinstance(one, Box) else self._make(one) for one in objects]
        for above, under in itertools.pairwise(made):
            self.wire(above, under, outlet if above is made[0] else 0, inlet if under is made[-1] else 0)
        return made

    def _make(self, text: str) -> Box:
        if text in ("inlet", "outlet"):
            return self._add(text, *PORTS[text], size=(30.0, 30.0))
        if text.startswith("("):
            return self._add("message", *PORTS["message"], text=text[1:-1])
        return self._add("newobj", *ports(text), text=text)

    def ui(self, maxclass: str, at: Rect | None = None, size: tuple[float, float] = (100, HEIGHT), **more: Any) -> Box:
        """A control; `at` is its place in the presentation, without which it is seen in the patching view alone."""
        if at:
            more = {"presentation": 1, "presentation_rect": list(at), **more}
        return self._add(maxclass, *PORTS[maxclass], size=at[2:] if at else size, **more)

    def sub(self, name: str, inside: "Patcher") -> Box:
        """A subpatcher; its ports are the inlets and outlets inside."""
        inlets, outlets = inside.ports
        box = self._add("newobj", inlets, outlets, text=f"p {name}")
        box.inside = inside
        return box

    def abstraction(self, text: str, inside: "Patcher") -> Box:
        """Another file used as an object, with its arguments; `inside` is what that file holds."""
        inlets, outlets = inside.ports
        return self._add("newobj", inlets, outlets, text=text)

    @property
    def ports(self) -> tuple[int, str]:
        """Inlets and outlets that it has as an object."""
        signals = {box.id for one, port, box, _ in self.lines if one.outlets[port] == "s"}
        outlets = [box for box in self.boxes if box.maxclass == "outlet"]
        inlets = sum(box.maxclass == "inlet" for box in self.boxes)
        return inlets, "".join("s" if box.id in signals else "*" for box in outlets)

    def _add(
        self, maxclass: str, inlets: int, outlets: str, size: tuple[float, float] = (0, HEIGHT), **more: Any
    ) -> Box:
        width = size[0] or max(40.0, round(len(str(more.get("text", ""))) * LETTER + 14))
        box = Box(f"obj-{len(self.boxes) + 1}", maxclass, inlets, outlets, (0, 0, width, size[1]), more)
        self.boxes.append(box)
        return box

    def wire(self, source: Box, target: Box, outlet: int = 0, inlet: int = 0) -> None:
        """A cable."""
        if outlet >= len(source.outlets) or inlet >= target.inlets:
            ends = f"outlet {outlet} of {source.attributes} to inlet {inlet} of {target.attributes}"
            raise ValueError(f"no cable goes from {ends}")
        self.lines.append((source, outlet, target, inlet))

    def as_json(self) -> dict[str, Any]:
        """The whole file; every box has its place in the patching view now."""
        arrange(self.boxes, [(a, b) for a, _, b, _ in self.lines], max(900.0, 110 * len(self.boxes) ** 0.5))
        for kind in ("inlet", "outlet"):  # Max counts them from left to right
            same = [box for box in self.boxes if box.maxclass == kind]
            for box, rect in zip(same, sorted(box.rect for box in same)):
                box.rect = rect
        return {
            "patcher": {
                "fileversion": 1,
                "appversion": APPVERSION,
                "classnamespace": "box",
                "rect": [80.0, 80.0, self.width, self.height],
                "default_fontsize": 12.0,
                "default_fontname": "Arial",
                "gridsize": [10.0, 10.0],
                **self.attributes,
                "boxes": [box.as_json() for box in self.boxes],
                "lines": [
                    {"patchline": {"source": [a.id, outlet], "destination": [b.id, inlet]}}
                    for a, outlet, b, inlet in self.lines
                ],
            }
        }

    @property
    def text(self) -> str:
        """The file as text, the same for the same patcher."""
        return json.dumps(self.as_json(), indent=1) + "\n"
