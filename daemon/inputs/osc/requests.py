"""What a command is asked with: who sent it, and its arguments, read as its signature says.

    def play(r: Request, pad: Pad, velocity: Velocity = 1.0) -> None

takes the arguments `pad [velocity]`; the annotations say of which type and in which range. OSCQuery describes a
command by the same signature.
"""

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Protocol, Union, get_args, get_origin, get_type_hints

from ....sampler.controls import shown
from ....sampler.errors import Error
from ...commands import Commands
from ...pads.pad import PADS
from ...rendering.load import Load
from ...sinks.sounds import Then
from ..link import LinkSession
from .answers import OscOutput
from .subscribers import Client

Argument = int | float | bool | str
Id = int | str  # of a client's choosing


@dataclass(frozen=True)
class Span:
    """The range of a number."""

    lo: int
    hi: int
    unit: str = ""

    def check(self, name: str, value: float) -> None:
        """`Error` where a number is outside."""
        if not self.lo <= value <= self.hi:
            unit = f" {self.unit}" if self.unit else ""
            raise Error(f"{name} is {shown(value)}; it must be from {self.lo} to {self.hi}{unit}")


Pad = Annotated[int, Span(1, PADS)]
Velocity = Annotated[float, Span(0, 1)]
Switch = Annotated[int, Span(0, 1)]
Port = Annotated[int, Span(1, 65_535)]
Seconds = Annotated[int, Span(1, 86_400, "s")]
Count = Annotated[int, Span(1, 1000)]
Tempo = Annotated[float, Span(20, 999, "beats a minute")]


class Midi(Protocol):
    """What commands ask of MIDI."""

    notes: int
    controls: int
    programs: int
    lost: int

    @property
    def names(self) -> list[str]:
        """The inputs that are open."""

    def learn(self, target: str, client: Any) -> None:
        """Bind the next knob that moves; `Error` where there is no MIDI."""

    def forget(self, target: str, client: Any) -> None:
        """Bind no knob to it; `Error` where there is no MIDI."""


@dataclass
class Traffic:
    """Packets since the start."""

    packets: int = 0
    bad: int = 0
    waiting: int = 0  # messages whose time is still to come


@dataclass(frozen=True)
class Desk:
    """What commands work with."""

    commands: Commands
    output: OscOutput
    traffic: Traffic
    status: Callable[[], tuple[int | str, ...]]
    midi: Midi
    load: Load = field(default_factory=Load)
    link: LinkSession = field(default_factory=LinkSession)


@dataclass
class Request:
    """One message: who sent it, and typed access to its arguments. `id` goes into a failure's answer."""

    desk: Desk
    client: Client
    command: str
    arguments: tuple[Argument, ...]
    at: float | None = None  # of a bundle with a timetag: seconds since 1970
    id: Id | None = None

    @property
    def do(self) -> Commands:
        """The verbs of the instrument."""
        return self.desk.commands

    def value(self) -> Argument:
        """The one argument of a control."""
        if len(self.arguments) != 1:
            raise Error(
                f"{self.command} has {len(self.arguments)} arguments; it takes one value, or none to ask for it"
            )
        return self.arguments[0]

    def any(self, index: int, name: str) -> Argument:
        """An argument of any type."""
        if index >= len(self.arguments):
            raise Error(f"{self.command} has no {name}; give it as argument {index + 1}")
        return self.arguments[index]

    def whole(self, index: int, name: str) -> int:
        """A whole number, which clients also send as a float."""
        value = self.any(index, name)
        number = as_number(value)
        if number is None or number != int(number):
            raise Error(f"{name} is {shown(value)}; it must be a whole number")
        return int(number)

    def number(self, index: int, name: str) -> float:
        """A number, whole or not."""
        value = self.any(index, name)
        number = as_number(value)
        if number is None:
            raise Error(f"{name} is {shown(value)}; it must be a number")
        return float(number)

    def text(self, index: int, name: str) -> str:
        """A text argument; a kit called 808 leaves a patcher as a number."""
        if index >= len(self.arguments):
            raise Error(f"{self.command} has no {name}; give it as text in argument {index + 1}")
        value = self.arguments[index]
        return value if isinstance(value, str) else shown(value)

    def identifier(self, index: int, name: str) -> Id:
        """An id of the client's choosing."""
        value = self.any(index, name)
        self.id = value if isinstance(value, str) else self.whole(index, name)
        return self.id

    def send(self, address: str, *arguments: int | float | str) -> None:
        """Answer the sender and every subscriber: many clients cannot hear on the port that they send from."""
        self.desk.output.answer(self.client, address, *arguments)

    def done(self, *more: int | float | str) -> None:
        """Tell the sender and every subscriber that the command is done."""
        self.send("/done", self.command, *more)

    def written(self, *more: int | float | str) -> Then:
        """Answer done when the files are in place, or fail with the reason why they are not."""

        return lambda reason: self.opened(reason, *more)

    def opened(self, reason: Error | None, *more: int | float | str) -> None:
        """Answer done, or fail with the reason."""
        if reason:
            self.send("/fail", self.command, str(reason))
        else:
            self.done(*more)


def as_number(value: Argument) -> float | None:
    """A number as it came, or written as a text, as some desks send every value; None where it is no number."""
    try:
        number = float(value) if isinstance(value, str) else value
    except ValueError:
        return None
    return number if math.isfinite(number) else None


Command = Callable[..., None]


@dataclass(frozen=True)
class Parameter:
    """One argument of a command. `tags` are the OSC types that it is sent as, the usual one first."""

    name: str
    tags: str
    optional: bool
    span: Span | None
    read: Callable[[Request, int, str], Any]


@cache
def parameters(command: Command) -> tuple[Parameter, ...]:
    """The arguments of a command in their order, from the signature of its function."""
    hints = get_type_hints(command, include_extras=True)
    found = []
    for name, parameter in list(inspect.signature(command).parameters.items())[1:]:
        hint = hints[name]
        if get_origin(hint) in (Union, UnionType):
            hint = reduce(or_, [part for part in get_args(hint) if part is not NoneType])
        kind, span = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
        tags, read = KINDS[kind]
        found.append(Parameter(name, tags, parameter.default is not parameter.empty, span, read))
    return tuple(found)


def usage(command: Command) -> str:
    """The arguments of a command as documentation writes them: `pad [velocity]`."""
    return " ".join(f"[{p.name}]" if p.optional else p.name for p in parameters(command))


def released(command: Command, request: Request) -> bool:
    """Is this the release of a button, which sends 0 or False, rather than its press?

    The 0 is the only argument, or stands where a velocity is expected: a note that is let go.
    """
    if not request.arguments or as_number(request.arguments[-1]) != 0:
        return False
    known, last = parameters(command), len(request.arguments) - 1
    return last == 0 or (last < len(known) and known[last].name == "velocity")


def run(command: Command, request: Request) -> None:
    """Call a command with its arguments; `Error` where one is missing or does not fit. More than it has are ignored."""
    known = list(enumerate(parameters(command)))
    values = {}
    for index, parameter in sorted(known, key=lambda one: one[1].read is not Request.identifier):  # an id first,
        if index >= len(request.arguments) and parameter.optional:  # since it belongs to what is wrong with the others
            continue
        value = parameter.read(request, index, parameter.name)
        if parameter.span:
            parameter.span.check(parameter.name, value)
        values[parameter.name] = value
    command(request, **values)


KINDS: dict[Any, tuple[str, Callable[[Request, int, str], Any]]] = {
    int: ("i", Request.whole),
    float: ("f", Request.number),
    str: ("s", Request.text),
    Id: ("is", Request.identifier),
    Argument: ("sif", Request.any),
}
