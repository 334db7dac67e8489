"""Where the knobs are now: sixteen pads, one selection, the table that says what may be set.

No threads and no sockets: whoever holds the lock of the instrument calls it.
"""

from collections.abc import Callable

from ..sampler.controls import Control, Value, did_you_mean
from ..sampler.errors import Error
from ..sampler.hit import CLASS_NAME, Hit
from .pads import PADS, Pad


class Board:
    """The values of all controls of all pads."""

    def __init__(self, controls: dict[str, Control]) -> None:
        self.controls = controls
        self.pads = {n: Pad(n) for n in range(1, PADS + 1)}
        self.selected = 1
        self.on_change: Callable[[int, str], None] = lambda pad, name: None
        self.guards: dict[str, Callable[[Value], None]] = {}  # what else must hold of a control that somebody sets

    def pad(self, number: int) -> Pad:
        """Pad 1 to 16; `Error` for another number."""
        if number not in self.pads:
            raise Error(f"pad is {number}; it must be from 1 to {PADS}")
        return self.pads[number]

    def row(self, name: str) -> Control:
        """The row of a control; `Error` with the nearest name for an unknown one."""
        if name not in self.controls:
            raise Error(f"{name} is not a control; {did_you_mean(name, self.controls)}")
        return self.controls[name]

    def get(self, number: int, name: str) -> Value:
        """The value of a control now."""
        pad, row = self.pad(number), self.row(name)
        if name == "note":
            return pad.note
        value = pad.values.get(name)
        return row.default if value is None else value

    def set(self, number: int, name: str, value: object) -> bool:
        """Set a control; True where that changed it. `Error` where the value does not fit."""
        pad, row = self.pad(number), self.row(name)
        checked = row.check(value)
        if checked == self.get(number, name):
            return False
        if name in self.guards:
            self.guards[name](checked)
        pad.values[name] = checked
        self.on_change(number, name)
        return True

    def replace(self, number: int, values: dict[str, Value]) -> None:
        """Give a pad a whole new set of values, as a kit does; unknown class weights are kept."""
        pad = self.pad(number)
        kept: dict[str, Value] = {}
        for name, value in values.items():
            foreign = name not in self.controls and CLASS_NAME.fullmatch(name)
            kept[name] = value if foreign else self.row(name).check(value)
        old, pad.values = pad.values, kept
        for name in self.controls:
            if old.get(name) != kept.get(name):
                self.on_change(number, name)

    def snapshot(self, number: int) -> tuple[Hit, list[str]]:
        """The Hit that a pad's controls ask for, and the class weights that this model does not have."""
        pad = self.pad(number)
        hit = pad.hit()
        strange = [name for name in hit.classes if name not in self.controls]
        if strange:
            hit = hit.replace(classes={k: v for k, v in hit.classes.items() if k not in strange})
        if self.get(number, "lock_seed") and hit.seed < 0 <= pad.last_seed:
            hit = hit.replace(seed=pad.last_seed)
        return hit, strange

    def adopt(self, number: int, hit: Hit) -> None:
        """Set a pad's render controls from a Hit, as recall does."""
        pad = self.pad(number)
        kept = {name: v for name, v in pad.values.items() if name in self.controls and not self.controls[name].render}
        made = {k: v for k, v in hit.as_dict().items() if k in self.controls} | dict(hit.classes)
        rows = {k: v for k, v in made.items() if v is not None}
        wanted = {k: v for k, v in rows.items() if k not in self.controls or v != self.controls[k].default}
        self.replace(number, kept | wanted)

    def notes(self) -> dict[int, int]:
        """MIDI note to pad; where two pads share a note, the lower pad has it."""
        return {pad.note: n for n, pad in sorted(self.pads.items(), reverse=True)}
