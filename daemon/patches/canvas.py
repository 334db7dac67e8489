"""A Pd patch as Python objects: boxes, cables, and the text of both. Positions are of the same layout as Max's."""

from dataclasses import dataclass, field
from itertools import pairwise

from .layout import arrange

HEIGHT, LETTER = 20.0, 7.0  # pixels, at the font size 10


def escaped(text: str) -> str:
    """Text as a patch holds it: commas, semicolons and dollars are not Pd's own."""
    return text.replace("$", "\\$").replace(";", " \\;").replace(",", " \\,")


@dataclass(eq=False)
class Box:
    """A record: `obj`, `msg`, `text`, `symbolatom`, ...; `fixed` where it has been given its place."""

    kind: str
    text: str
    rect: tuple[float, float, float, float]
    fixed: bool = False
    inside: "Canvas | None" = None


@dataclass(eq=False)
class Canvas:
    """A patch, or one inside another. Width and height are pixels."""

    width: int = 600
    height: int = 400
    boxes: list[Box] = field(default_factory=list)
    lines: list[tuple[Box, int, Box, int]] = field(default_factory=list)
    top: float = 0.0  # below which what has no place of its own is laid out

    def add(self, kind: str, text: str, at: tuple[float, float] | None = None) -> Box:
        """A record; `at` is its place, without which the layout finds one."""
        width = max(30.0, len(text) * LETTER + 10)
        box = Box(kind, text, (*(at or (0.0, 0.0)), width, HEIGHT), at is not None)
        self.boxes.append(box)
        return box

    def note(self, text: str, at: tuple[float, float] | None = None, wide: int = 100) -> Box:
        """A comment, in lines of so many letters."""
        return self.add("text", f"{escaped(text)}, f {wide}", at)

    def sub(self, name: str, inside: "Canvas", at: tuple[float, float] | None = None) -> Box:
        """A patch inside this one."""
        box = self.add("restore", f"pd {name}", at)
        box.inside = inside
        return box

    def chain(self, *objects: "str | Box", outlet: int = 0, inlet: int = 0) -> list[Box]:
        """Connect boxes one to the next; a text is a new object, in parentheses a message.

        outlet: of the first one; inlet: of the last one.
        """
        made = []
        for one in objects:
            if isinstance(one, Box):
                made.append(one)
            elif one.startswith("("):
                made.append(self.add("msg", escaped(one[1:-1])))
            else:
                made.append(self.add("obj", escaped(one)))
        for above, under in pairwise(made):
            self.lines.append(
                (above, outlet if above is made[0] else 0, under, inlet if under is made[-1] else 0),
            )
        return made

    @property
    def text(self) -> str:
        """The file."""
        return f"#N canvas 60 60 {self.width} {self.height} 10;\n{self._records()}"

    def _records(self) -> str:
        free = [box for box in self.boxes if not box.fixed]
        arrange(free, [(a, b) for a, _, b, _ in self.lines if not a.fixed and not b.fixed], 900)
        for box in free:
            box.rect = (box.rect[0], box.rect[1] + self.top, box.rect[2], box.rect[3])
        for kind in ("inlet", "outlet"):  # Pd counts them from left to right
            same = [box for box in self.boxes if box.text.rstrip("~") == kind]
            for box, rect in zip(same, sorted(box.rect for box in same)):
                box.rect = rect
        number = {id(box): index for index, box in enumerate(self.boxes)}
        lines = [self._record(box) for box in self.boxes]
        lines += [f"#X connect {number[id(a)]} {out} {number[id(b)]} {into};" for a, out, b, into in self.lines]
        return "\n".join(lines) + "\n"

    @staticmethod
    def _record(box: Box) -> str:
        x, y = round(box.rect[0]), round(box.rect[1])
        if box.inside:
            size = f"{box.inside.width} {box.inside.height}"
            head = f"#N canvas 60 60 {size} {box.text.removeprefix('pd ')} 0;\n"
            return f"{head}{box.inside._records()}#X restore {x} {y} {box.text};"
        return f"#X {box.kind} {x} {y} {box.text};"
