"""What a control is: one row of the table from which every surface is derived.

A row says name, kind, range, default, unit, curve, CC and meaning once; OSC, MIDI, command line,
presets, schema and documentation read it. This file knows no control by name.
"""

import dataclasses
import difflib
import math
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from numbers import Real
from typing import Any

from .errors import Error

TEXT_MAX = 1000  # characters of a text control

Value = float | int | str | None
"""What a control can hold; None stands for the model's own value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One row. kind: float, int, choice or text; curve: how a knob 0..1 maps onto lo..hi."""

    name: str = ""
    kind: str
    default: Value
    doc: str
    lo: float = 0.0
    hi: float = 1.0
    unit: str = ""
    curve: str = "linear"
    cc: int | None = None
    choices: tuple[str, ...] = ()
    render: bool = True  # decides the sound; False: belongs to the player
    parse: Callable[[Any], str] | None = None  # of a text with a form of its own: what came -> the text kept

    @property
    def allowed(self) -> str:
        """The sentence part that tells what may be given."""
        if self.kind == "choice":
            return f"one of {', '.join(self.choices)}"
        if self.kind == "text":
            return f"a text of at most {TEXT_MAX} characters"
        return f"a {'whole ' if self.kind == 'int' else ''}number {self.span}"

    def check(self, value: Any) -> Value:
        """The value in this control's type; `Error` with a sentence where it does not fit."""
        if value is None and self.default is None:
            return None
        if self.kind in ("float", "int"):
            return self._number(value)
        if self.parse is not None:
            value = self.parse(value)
        if self.kind == "text" and is_number(value):
            value = shown(value)  # a pad called 808: patchers and YAML make a number of it
        if isinstance(value, os.PathLike):
            value = os.fspath(value)
        if not isinstance(value, str):
            raise Error(f"{self.name} is {shown(value)}; it must be {self.allowed}")
        if self.kind == "choice" and value not in self.choices:
            raise Error(f"{self.name} is {value!r}; {did_you_mean(value, self.choices)}")
        if len(value) > TEXT_MAX:
            raise Error(f"{self.name} has {len(value)} characters; it must be {self.allowed}")
        if not value.isprintable():
            raise Error(f"{self.name} is {shown(value)}; it must be without line breaks and control characters")
        return value

    def _number(self, value: Any) -> float | int:
        number: Any = value
        if isinstance(value, str):
            try:
                number = float(value)
            except ValueError:
                pass
        if not issubclass(type(number), Real):
            raise Error(f"{self.name} is {shown(value)}; it must be {self.allowed}")
        if not self.lo <= number <= self.hi:  # NaN is not either
            raise Error(f"{self.name} is {shown(number)}; it must be {self.span}")
        if self.kind == "int" and number != int(number):
            raise Error(f"{self.name} is {shown(number)}; it must be {self.allowed}")
        return int(number) if self.kind == "int" else float(number)

    def within(self, value: Value) -> Value:
        """The value, or the end of the range that it lies beyond: limits are a model's, values may be of another's."""
        return min(max(value, self.lo), self.hi) if isinstance(value, int | float) else value

    @property
    def span(self) -> str:
        return f"from {shown(self.lo)} to {shown(self.hi)}{' ' + self.unit if self.unit else ''}"

    def from_knob(self, knob: float) -> Value:
        """The value at a knob position; a knob cannot leave 0..1, nor the value its range."""
        knob = min(max(knob, 0.0), 1.0)
        if self.kind == "choice":
            return self.choices[min(int(knob * len(self.choices)), len(self.choices) - 1)]
        if self.curve == "log":
            value: float = self.lo * (self.hi / self.lo) ** knob
        else:
            value = self.lo + (self.hi - self.lo) * knob
        value = min(max(value, self.lo), self.hi)
        return round(value) if self.kind == "int" else value

    def to_knob(self, value: Value) -> float:
        """The knob position 0..1 of a value, the inverse of `from_knob`."""
        if self.kind == "choice":
            return (self.choices.index(str(value)) + 0.5) / len(self.choices)
        assert isinstance(value, int | float)
        if self.curve == "log":
            return math.log(value / self.lo) / math.log(self.hi / self.lo)
        return (value - self.lo) / (self.hi - self.lo)


def control(default: Value, *, kind: str, doc: str, **row: Any) -> Any:
    """A dataclass field that carries its row of the table."""
    return dataclasses.field(default=default, metadata={"control": Control(kind=kind, default=default, doc=doc, **row)})


def rows(cls: type) -> dict[str, Control]:
    """The controls of a dataclass made with `control`, by name, in order."""
    return {
        f.name: dataclasses.replace(f.metadata["control"], name=f.name)
        for f in dataclasses.fields(cls)
        if "control" in f.metadata
    }


def is_number(value: Any) -> bool:
    """Whether a value is a number, which True is not."""
    return isinstance(value, Real) and not isinstance(value, bool)


def shown(value: Any) -> str:
    """What came, as an error sentence quotes it: a number as a person writes it, a text in quotes, cut short."""
    if isinstance(value, bool) or not isinstance(value, Real):
        text = repr(value)
    else:
        try:
            number = float(value)
        except OverflowError:
            return "a huge number"
        text = f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else repr(number)
    return text if len(text) <= 60 else f"{text[:57]}..."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of an error sentence: the nearest right name, or all of them."""
    names = list(known)
    near = difflib.get_close_matches(word, names, 1, 0.6)
    if near:
        return f"did you mean {near[0]}?"
    return f"it must be one of {', '.join(names)}" if len(names) <= 12 else "`driftkit controls` lists the names"
