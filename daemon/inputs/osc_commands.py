"""The commands of OSC, one function each: arguments out of the packet, an order to the instrument."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...sampler import __version__
from ...sampler.errors import Error
from ...sampler.spec import list_models
from ..publisher import Then

if TYPE_CHECKING:
    from .osc import OscInput

Client = tuple[str, int]
Argument = int | float | bool | str
TTL_S = 60.0  # a subscription's length, renewed by any packet


@dataclass
class Request:
    """One message: who sent it, and typed access to its arguments. `id` goes into a failure's answer."""

    osc: "OscInput"
    client: Client
    command: str
    arguments: tuple[Argument, ...]
    at: float | None = None  # of a bundle with a timetag: seconds since 1970
    id: int | str | None = None

    def value(self) -> Argument:
        """The one argument of a control."""
        if len(self.arguments) != 1:
            raise Error(
                f"{self.command} has {len(self.arguments)} arguments; it takes one value, or none to ask for it"
            )
        return self.arguments[0]

    def whole(self, index: int, name: str, default: int | None = None) -> int:
        """A whole number, which clients also send as a float."""
        if index >= len(self.arguments):
            if default is None:
                raise Error(f"{self.command} has no {name}; give it as argument {index + 1}")
            return default
        value = self.arguments[index]
        if isinstance(value, str) or value != int(value):
            raise Error(f"{name} is {value!r}; it must be a whole number")
        return int(value)

    def number(self, index: int, name: str, default: float) -> float:
        """A number, whole or not."""
        value = self.arguments[index] if index < len(self.arguments) else default
        if isinstance(value, str):
            raise Error(f"{name} is {value!r}; it must be a number")
        return float(value)

    def text(self, index: int, name: str) -> str:
        """A text argument."""
        if index >= len(self.arguments) or not isinstance(self.arguments[index], str):
            raise Error(f"{self.command} has no {name}; give it as text in argument {index + 1}")
        return str(self.arguments[index])

    def identifier(self, index: int) -> int | str | None:
        """An id of the client's choosing, or None."""
        if index >= len(self.arguments):
            return None
        value = self.arguments[index]
        self.id = value if isinstance(value, str) else self.whole(index, "id")
        return self.id

    def send(self, address: str, *arguments: int | float | str) -> None:
        """Answer the sender and every subscriber: many clients cannot hear on the port that they send from."""
        self.osc.answer(self.client, address, *arguments)

    def done(self, *more: int | float | str) -> None:
        """Tell the sender and every subscriber that the command is done."""
        self.osc.answer(self.client, "/done", self.command, *more)

    def written(self, *more: int | float | str) -> Then:
        """Answer done when the files are in place, or fail with the reason why they are not."""

        def then(reason: Error | None) -> None:
            if reason:
                self.send("/fail", self.command, str(reason))
            else:
                self.done(*more)

        return then


def ping(r: Request) -> None:
    """Are you there."""
    token = r.arguments[0] if r.arguments else ""
    r.send("/pong", *([token] if r.arguments else []))


def version(r: Request) -> None:
    """Name, version, commit."""
    major, minor, patch = (int(part) for part in __version__.split(".")[:3])
    r.send("/version.reply", "driftkit", major, minor, patch, commit())


def status(r: Request) -> None:
    """State, counters, model, device, kit."""
    r.send("/status.reply", *r.osc.status())


def traffic(r: Request) -> None:
    """Packets since the start: received, bad among them, messages that wait for their time."""
    r.send("/traffic.reply", r.osc.packets, r.osc.bad_packets, r.osc.waiting)


def notify(r: Request) -> None:
    """Subscribe (1 [port] [ttl_s]) or leave (0)."""
    wanted = r.whole(0, "1 or 0")
    port = r.whole(1, "port", r.client[1])
    if not 0 < port < 65536:
        raise Error(f"port is {port}; it must be from 1 to 65535")
    target = (r.client[0], port)
    if not wanted:
        r.osc.send({r.client, target}, "/done", r.command, 0)
        for client in (target, r.client) if len(r.arguments) < 2 else (target,):
            r.osc.subscribers.remove(client)
        return
    ttl = r.whole(2, "ttl_s", int(TTL_S))
    if not 1 <= ttl <= 86400:
        raise Error(f"ttl_s is {ttl}; it must be from 1 to 86400 s")
    r.osc.send({r.client, target}, "/done", r.command, port)
    r.osc.snapshot(target)
    r.osc.subscribers.add(target, ttl, r.client)


def select(r: Request) -> None:
    """Choose the pad that unnumbered controls move."""
    pad = r.whole(0, "pad")
    r.osc.instrument.select(pad)
    r.done(pad)


def play(r: Request) -> None:
    """Play a pad: pad [velocity]. Only a failure is answered: who plays wants to hear no more than the drum."""
    r.osc.instrument.play(r.whole(0, "pad"), r.number(1, "velocity", 1.0), r.at)


def stop(r: Request) -> None:
    """Fade out a pad, or everything: [pad]."""
    r.osc.instrument.stop(r.whole(0, "pad") if r.arguments else None, r.at)


def render(r: Request) -> None:
    """Render a pad: [pad] [id]."""
    wanted = r.identifier(1)
    pad = r.whole(0, "pad", r.osc.instrument.board.selected)
    r.osc.instrument.render(pad, r.client, wanted)


def cancel(r: Request) -> None:
    """Cancel renders: one's own, one by id, or * for all."""
    r.done(r.osc.instrument.cancel(r.client, r.identifier(0)))


def undo(r: Request) -> None:
    """The Sound before, and its file."""
    pad = r.whole(0, "pad")
    r.osc.instrument.step(pad, back=True, then=r.written(pad))


def redo(r: Request) -> None:
    """The Sound that was undone."""
    pad = r.whole(0, "pad")
    r.osc.instrument.step(pad, back=False, then=r.written(pad))


def recall(r: Request) -> None:
    """Set a pad from the recipe inside a WAV: pad path."""
    pad = r.whole(0, "pad")
    r.osc.instrument.recall(pad, r.text(1, "path"), then=r.written(pad))


def preset_load(r: Request) -> None:
    """Open a kit by name."""
    name = r.text(0, "name")
    r.osc.session.load(name, then=r.written(name))


def preset_save(r: Request) -> None:
    """Save the pads as a kit."""
    name = r.text(0, "name")
    r.osc.session.save(name, then=r.written(name))


def preset_list(r: Request) -> None:
    """Every kit: index total name."""
    names = list(r.osc.session.library.list())
    for index, name in enumerate(names):
        r.send("/preset", index, len(names), name)


def preset_next(r: Request) -> None:
    """The next kit in alphabetical order."""
    name = r.osc.session.neighbour(1)
    r.osc.session.load(name, then=r.written(name))


def preset_previous(r: Request) -> None:
    """The kit before in alphabetical order."""
    name = r.osc.session.neighbour(-1)
    r.osc.session.load(name, then=r.written(name))


def model_list(r: Request) -> None:
    """Every model: index total name."""
    names = list(list_models())
    for index, name in enumerate(names):
        r.send("/model", index, len(names), name)


def midi_of(r: Request) -> Any:
    """The MIDI input; `Error` where it is off."""
    if r.osc.instrument.midi is None:
        raise Error("MIDI is off; start driftkit without --midi none")
    return r.osc.instrument.midi


def learn(r: Request) -> None:
    """Bind the next CC or NRPN that moves to a target; without one, stop waiting. Answered when it moves."""
    midi_of(r).learn(r.text(0, "target") if r.arguments else "", r.client)


def forget(r: Request) -> None:
    """Let no CC move a target."""
    midi_of(r).forget(r.text(0, "target"), r.client)


def midi_status(r: Request) -> None:
    """What MIDI has brought so far, and every open input: index total name."""
    midi = midi_of(r)
    names = midi.names
    for index, name in enumerate(names):
        r.send("/midi/input", index, len(names), name[:500])
    r.send("/midi/status.reply", midi.notes, midi.controls, midi.programs, midi.lost, len(names))


def sync(r: Request) -> None:
    """Answer synced when everything before is done."""
    r.osc.instrument.sync(r.client, r.whole(0, "n"))


@cache
def commit() -> str:
    """The commit of a checkout, or "" where driftkit was installed from a wheel."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():
        return ""
    try:
        found = subprocess.run(["git", "-C", root, "rev-parse", "--short", "HEAD"], capture_output=True, timeout=2)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout.decode().strip()


TIMED = {"play", "stop"}  # are handed on ahead of a bundle's time, to happen at the very sample

COMMANDS: dict[str, Callable[[Request], None]] = {
    "ping": ping,
    "version": version,
    "status": status,
    "traffic": traffic,
    "notify": notify,
    "select": select,
    "play": play,
    "stop": stop,
    "render": render,
    "cancel": cancel,
    "undo": undo,
    "redo": redo,
    "recall": recall,
    "preset/load": preset_load,
    "preset/save": preset_save,
    "preset/list": preset_list,
    "preset/next": preset_next,
    "preset/previous": preset_previous,
    "model/list": model_list,
    "learn": learn,
    "forget": forget,
    "midi/status": midi_status,
    "sync": sync,
}
