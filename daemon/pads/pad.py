"""A pad: the values of its controls, the Sound that it holds now, and a few before."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...sampler.controls import Value, control
from ...sampler.hit import TASKS, Hit
from ...sampler.sound import Sound
from .. import effects

PADS = 16
FIRST_NOTE = 36  # pad 1, the General MIDI bass drum
UNDO = 6  # sounds kept behind the latest: of all pads, 17 MB


@dataclass(frozen=True)
class Player:
    """The controls that belong to a pad and never change how a sound is made."""

    gain_db: float = control(
        0.0, kind="float", lo=-60, hi=12, unit="dB", cc=7, render=False, doc="Level of the pad when it is played."
    )
    pan: float = control(
        0.0, kind="float", lo=-1, hi=1, cc=10, render=False,
        doc="From left (-1) to right (1), at constant power; the middle leaves the sound as it is.",
    )  # fmt: skip
    pitch_semitones: float = control(
        0.0, kind="float", lo=-24, hi=24, unit="semitones", render=False,
        doc="Played higher or lower, and so shorter or longer, as a sampler does.",
    )  # fmt: skip
    decay_ms: float = control(
        0.0, kind="float", lo=0, hi=10_000, unit="ms", render=False,
        doc="The sound has fallen to silence, exponentially, after this time; 0 is off.",
    )  # fmt: skip
    choke: int = control(
        0, kind="int", lo=0, hi=16, render=False,
        doc="Choke group: a hit ends what sounds of its group, the pad's own included; 0 lets everything ring.",
    )  # fmt: skip
    velocity_curve: str = control(
        "square", kind="choice", choices=("linear", "square", "fixed"), render=False,
        doc="How the velocity of a hit becomes its amplitude; fixed is always full.",
    )  # fmt: skip
    audition: int = control(
        0, kind="int", lo=0, hi=1, render=False, doc="1 plays the pad as soon as a render that was asked for is done."
    )
    name: str = control("", kind="text", render=False, doc="The pad's name; goes into its files.")
    note: int | None = control(
        None, kind="int", lo=0, hi=127, render=False, doc="The pad's MIDI note and the root note in its files."
    )
    lock_seed: int = control(
        0, kind="int", lo=0, hi=1, render=False, doc="1 keeps the seed last used where seed is -1."
    )
    auto_render: str = control(
        "off", kind="choice", choices=("off", "after_hit", "on_change"), render=False,
        doc="after_hit has a new sound ready for each hit; on_change renders as soon as a render control moves.",
    )  # fmt: skip
    effects: str = control(
        "", kind="text", render=False, parse=effects.parse,
        doc="Effects on the way to be heard, as [{plugin: reverb, room_size: 0.3}]; files stay dry.",
    )  # fmt: skip
    output: int = control(
        0, kind="int", lo=0, hi=16, render=False,
        doc="The pair of outputs that it is heard on with `serve --outputs pads`; 0 is the pair of the pad's number.",
    )  # fmt: skip


@dataclass
class Pad:
    """One pad. `values` holds only what was set; everything else is the table's default."""

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    sound: Sound | None = None
    awaiting: bool = False  # a kit's first render is still to come: the Sound is of the kit before
    file: str = ""  # the take that holds the Sound, counted from OUT
    turn: int = 0  # rises where a kit or a recall takes the pad over
    promised: Hit | None = None  # what a kit says that it shall sound like, until it does
    behind: deque[tuple[Sound, str]] = field(default_factory=lambda: deque(maxlen=UNDO))
    ahead: list[tuple[Sound, str]] = field(default_factory=list)
    last_seed: int = -1

    @property
    def note(self) -> int:
        """The MIDI note: as set, or 36 for pad 1 and so on."""
        value = self.values.get("note")
        return value if isinstance(value, int) else FIRST_NOTE + self.number - 1

    @property
    def name(self) -> str:
        """The name as set, or the class that the pad is made of."""
        return str(self.values.get("name") or self.hit().label or f"pad {self.number}")

    def hit(self) -> Hit:
        """The render controls as a Hit, class weights of other models included."""
        made: dict[str, Any] = {k: v for k, v in self.values.items() if k not in PLAYER_NAMES}
        return Hit(**made)

    def take(self, sound: Sound, file: str = "") -> None:
        """A new Sound, the old one going into the history."""
        if self.sound is not None:
            self.behind.append((self.sound, self.file))
        self.ahead.clear()
        self.promised, self.awaiting = None, False
        self.sound, self.file = sound, file
        self.last_seed = sound.hit.seed

    def forget(self) -> None:
        """What was asked of the pad before is no longer wanted: no promise, and no render that is under way."""
        self.promised, self.awaiting = None, False
        self.turn += 1

    def clear(self) -> None:
        """No Sound, as in a kit that does not name the pad; undo brings the old one back."""
        if self.sound is not None:
            self.behind.append((self.sound, self.file))
        self.ahead.clear()
        self.promised, self.awaiting, self.sound, self.file = None, False, None, ""

    def step(self, back: bool) -> bool:
        """Undo (back) or redo; False where there is nothing to go to."""
        source: Any = self.behind if back else self.ahead
        target: Any = self.ahead if back else self.behind
        if not source:
            return False
        if self.sound is not None:
            target.append((self.sound, self.file))
        self.promised, self.awaiting = None, False
        self.sound, self.file = source.pop()
        self.last_seed = self.sound.hit.seed
        return True


PLAYER_NAMES = frozenset(Player.__dataclass_fields__)


def made_of(values: Mapping[str, Value]) -> set[str]:
    """The sources that a pad of these values asks for, as they are named."""
    return {str(values.get(slot)) for slot in TASKS.get(str(values.get("task", "")), ())}
