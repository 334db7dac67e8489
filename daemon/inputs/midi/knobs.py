"""Knobs: control changes to positions 0..1, and positions to values by soft takeover. Pure: no ports, no threads.

A CC has 7 bits; where CC n + 32 follows CC n, the two are one knob of 14 bits (MIDI 1.0, controllers 0 to 63).
Some send CC n + 32 first: which half begins, when another knob was turned before, tells which of the two orders it is.
An NRPN is chosen by CC 99 and 98 and set by data entry, CC 6 and 38; an RPN is chosen by CC 101 and 100,
and 127 127 chooses none.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

from ....sampler.controls import Control, Value

FULL = 16_383  # the highest position of 14 bits
STEP = 1 / 127  # of a knob of 7 bits; nearer than this, a knob is where the value is
NULL = 127 * 128 + 127


@dataclass(frozen=True)
class Move:
    """A knob moved: to a position 0..1, or by so many steps from where its control is now."""

    source: str
    position: float = 0.0
    steps: int = 0
    fine: bool = False  # the LSB of a pair: a button has been pressed by the MSB already


@dataclass
class Decoder:
    """The state of one channel of one input."""

    bank_msb: int | None = None
    bank_lsb: int | None = None
    paired: set[int] = field(default_factory=set)  # CCs whose LSB has followed or preceded them
    previous: int = -1  # the CC before this one
    _ahead: set[int] = field(default_factory=set)  # CCs whose LSB comes first
    _run: int = 0  # how many messages of the same pair have come in a row
    _low: dict[str, int] = field(default_factory=dict)  # source -> its LSB
    _at: dict[str, int] = field(default_factory=dict)  # source -> its position in 14 bits
    _chosen: dict[str, int] = field(default_factory=lambda: {"nrpn": NULL, "rpn": NULL})
    _kind: str = "rpn"  # which of the two data entry sets

    def feed(self, cc: int, value: int, alone: bool = False) -> Move | None:
        """The move that a control change makes, if it makes one. alone: CC 33..63 is a knob of its own."""
        before, self.previous = self.previous, cc
        self._run = self._run + 1 if cc < 64 and cc % 32 == before % 32 and 0 <= before < 64 else 1
        if cc == 0:
            self.bank_msb = value
        elif cc == 32:
            self.bank_lsb = value
        elif cc in (98, 99, 100, 101):
            self._kind = "nrpn" if cc < 100 else "rpn"
            old = self._chosen[self._kind]
            self._chosen[self._kind] = old // 128 * 128 + value if cc in (98, 100) else value * 128 + old % 128
        elif cc in (96, 97):
            return Move(self._entry, steps=1 if cc == 96 else -1) if self._entry else None
        elif cc in (6, 38) and not self._entry:
            return None
        elif 32 < cc < 64 and not alone:
            return self._fine(self._entry if cc == 38 else str(cc - 32), cc - 32, value, before)
        elif cc < 120:
            return self._coarse(self._entry if cc == 6 else str(cc), cc, value, before)
        return None

    @property
    def _entry(self) -> str:
        """What data entry sets, or nothing."""
        number = self._chosen["nrpn"]
        return f"nrpn {number}" if self._kind == "nrpn" and number != NULL else ""

    def _coarse(self, source: str, cc: int, value: int, before: int) -> Move | None:
        """The MSB, or all that a knob of 7 bits has. Of a pair it moves no further than it says for certain:
        to the near edge of a new step, and nowhere within the same one, or each turn would flicker."""
        if before == cc:
            self.paired.discard(cc)  # no LSB has come in between
        if before == cc + 32 and self._run == 2:
            self.paired.add(cc)
            self._ahead.add(cc)
        old = self._at.get(source)
        if cc in self._ahead and before == cc + 32:
            self._at[source] = value * 128 + self._low.get(source, 0)
            return Move(source, self._at[source] / FULL)
        if cc not in self.paired or old is None:
            self._at[source] = value * 128
            return Move(source, value / 127)
        if old // 128 == value:
            return None
        self._at[source] = value * 128 + (0 if value * 128 > old else 127)
        return Move(source, self._at[source] / FULL)

    def _fine(self, source: str, cc: int, value: int, before: int) -> Move | None:
        """The LSB of a pair whose MSB is `cc`."""
        old = self._low.get(source, value)
        self._low[source] = value
        if before == cc:
            self.paired.add(cc)
            if self._run == 2:
                self._ahead.discard(cc)
        if source not in self._at:
            return None
        if cc in self._ahead and abs(value - old) >= 64:  # round the corner, with another MSB behind it
            return None
        self._at[source] = self._at[source] // 128 * 128 + value
        return Move(source, self._at[source] / FULL, fine=True)

    def is_half(self, cc: int) -> bool:
        """Is this CC the LSB of a knob of 14 bits that has shown itself?"""
        return 32 < cc < 64 and (cc - 32 in self.paired or self.previous == cc - 32)


@dataclass
class Takeover:
    """Soft takeover by crossing: a knob moves a value once it has reached or crossed it.

    What it remembers of a knob is its last position, and which value it wrote where. Nothing has to tell it
    that a kit was opened, a pad selected or another surface was quicker: the value is then not the one
    that the knob wrote there, and so it has to be reached again. So has one whose limits another model moved.
    """

    _last: dict[Hashable, float] = field(default_factory=dict)
    _wrote: dict[Hashable, tuple[int, Control, Value]] = field(default_factory=dict)

    def move(self, knob: Hashable, pad: int, row: Control, value: Value, position: float) -> Value:
        """The value to set on a pad whose control is at `value`: the same value while the knob is not there."""
        before, self._last[knob] = self._last.get(knob), position
        holds = self._wrote.pop(knob, None) == (pad, row, value)
        if not holds and not _reached(row, value, before, position):
            return value
        new = row.from_knob(position)
        self._wrote[knob] = (pad, row, new)
        return new

    def press(self, knob: Hashable, position: float) -> bool:
        """Is this the press of a button: the way up through the middle, or the same upper value once more?"""
        before, self._last[knob] = self._last.get(knob), position
        self._wrote.pop(knob, None)
        return position >= 0.5 and (before is None or before < 0.5 or before == position)

    def rest(self, knob: Hashable, position: float) -> None:
        """Note where a knob is, without moving anything."""
        self._last[knob] = position
        self._wrote.pop(knob, None)

    def forget(self, port: str) -> None:
        """A port is gone: its knobs, named (port, ...), may be anywhere when it comes back."""
        for table in (self._last, self._wrote):
            for knob in [knob for knob in table if isinstance(knob, tuple) and knob[0] == port]:
                del table[knob]


def _reached(row: Control, value: Value, before: float | None, position: float) -> bool:
    if row.from_knob(position) == value:
        return True
    here = row.to_knob(value)
    if abs(position - here) <= STEP:
        return True
    return before is not None and (before - here) * (position - here) <= 0


def stepped(row: Control, value: Value, steps: int) -> Value:
    """A value moved by knob steps: at least one choice or whole number each, never out of its range."""
    if row.kind == "choice":
        index = row.choices.index(str(value)) + steps
        return row.choices[min(max(index, 0), len(row.choices) - 1)]
    new = row.from_knob(row.to_knob(value) + steps * STEP)
    if new == value and row.kind == "int" and isinstance(value, int | float):
        return int(min(max(value + steps, row.lo), row.hi))
    return new
