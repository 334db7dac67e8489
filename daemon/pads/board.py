"""Where the knobs are now: sixteen pads, one selection, the table that says what may be set.

No threads and no sockets: whoever holds the lock of the instrument calls it.
"""

import logging
from collections.abc import Callable, Iterable

from ...sampler.controls import Control, Value, did_you_mean
from ...sampler.errors import Error
from ...sampler.hit import CLASS_NAME, Hit
from .pad import PADS, Pad
from .surfaces import WIDEST

DEPENDENT = ("steps", "stochasticity")  # where these are not set, other controls decide, not the default that is shown
log = logging.getLogger("driftkit")


class Board:
    """The values of all controls of all pads."""

    def __init__(self, controls: dict[str, Control]) -> None:
        self.controls = controls  # replaced as a whole by another model's, never changed
        self.pads = {n: Pad(n) for n in range(1, PADS + 1)}
        self.selected = 1
        self.on_change: list[Callable[[int, str], None]] = []  # called with pad and control where one has moved
        self.on_reshape: list[Callable[[], None]] = []  # called when the table is another one
        self._remarked: set[tuple[str, str]] = set()
        self.guards: dict[str, Callable[[Value], None]] = {}  # what else must hold of a control that somebody sets

    def reshape(self, controls: dict[str, Control]) -> None:
        """Another model's table. What the pads hold stays: class weights that it lacks, values beyond its limits.

        What hears of it does so under the lock of the instrument, and must be quick.
        """
        self.controls = controls
        for tell in self.on_reshape:
            tell()

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
        """The value of a control now, within the limits of the model."""
        pad, row = self.pad(number), self.row(name)
        if name == "note":
            return pad.note
        value = pad.values.get(name)
        return row.default if value is None else row.within(value)

    def set(self, number: int, name: str, value: object) -> bool:
        """Set a control; True where that changed it. `Error` where the value does not fit."""
        pad, row = self.pad(number), self.row(name)
        checked = row.check(value)
        if checked == self.get(number, name) and (name in pad.values or name not in DEPENDENT):
            return False
        if name in self.guards:
            self.guards[name](checked)
        pad.values[name] = checked
        self._moved(number, name)
        return True

    def replace(self, number: int, values: dict[str, Value]) -> None:
        """Give a pad a whole new set of values, as a kit does; what is for another model is kept."""
        pad = self.pad(number)
        kept: dict[str, Value] = {}
        for name, value in values.items():
            foreign = name not in self.controls and CLASS_NAME.fullmatch(name)
            kept[name] = value if foreign else (WIDEST.get(name) or self.row(name)).check(value)
        old, pad.values = pad.values, kept
        for name in self.controls:
            if old.get(name) != kept.get(name):
                self._moved(number, name)

    def _moved(self, number: int, name: str) -> None:
        for tell in self.on_change:
            tell(number, name)

    def snapshot(self, number: int) -> tuple[Hit, list[str]]:
        """The Hit that a pad's controls ask for of this model, and the names of what it cannot take as it is."""
        pad = self.pad(number)
        hit = pad.hit()
        strange = [name for name in hit.classes if name not in self.controls]
        if strange:
            hit = hit.replace(classes={k: v for k, v in hit.classes.items() if k not in strange})
        beyond = self._beyond(pad)
        if beyond:
            hit = hit.replace(**beyond)
        if self.get(number, "lock_seed") and hit.seed < 0 <= pad.last_seed:
            hit = hit.replace(seed=pad.last_seed)
        return hit, [*strange, *beyond]

    def remark(self, strange: Iterable[str], model: str) -> None:
        """Name in the log what pads are set to and a model cannot take, each name once per model."""
        new = [name for name in dict.fromkeys(strange) if (model, name) not in self._remarked]
        self._remarked.update((model, name) for name in new)
        classes = [name for name in new if name not in self.controls]
        beyond = [f"{name} {self.controls[name].span}" for name in new if name in self.controls]
        for why, names in (("does not have the class", classes), ("takes only", beyond)):
            if names:
                log.warning("the model %s %s %s; what pads say beyond that is kept", model, why, ", ".join(names))

    def _beyond(self, pad: Pad) -> dict[str, Value]:
        """Render controls set further than this model goes, and where they are instead."""
        rows = {name: self.controls[name] for name in pad.values if name in self.controls}
        near = {name: row.within(pad.values[name]) for name, row in rows.items() if row.render}
        return {name: value for name, value in near.items() if value != pad.values[name]}

    def adopt(self, number: int, hit: Hit) -> None:
        """Set a pad's render controls from a Hit, as recall does; what is no use to this model is its default."""
        pad = self.pad(number)
        kept = {name: v for name, v in pad.values.items() if name in self.controls and not self.controls[name].render}
        made = {k: v for k, v in hit.as_dict().items() if k in self.controls} | dict(hit.classes)
        rows = {k: self.controls.get(k) for k, v in made.items() if v is not None}
        wanted = {
            k: made[k] for k, row in rows.items()
            if not row or (made[k] == row.within(made[k]) and (made[k] != row.default or k in DEPENDENT))
        }  # fmt: skip
        self.replace(number, kept | wanted)

    def notes(self) -> dict[int, int]:
        """MIDI note to pad; where two pads share a note, the lower pad has it."""
        return {pad.note: n for n, pad in sorted(self.pads.items(), reverse=True)}
