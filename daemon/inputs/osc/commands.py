"""The commands of OSC, one function each, from a message to an order to the instrument.

The signature of a function says what arguments its command takes; the first line of its docstring describes it.
"""

import subprocess
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from ....sampler import __version__
from ...sinks.takes import Take
from ...state import State
from ..link import LinkSession
from .news import held
from .requests import Argument, Command, Count, Id, Pad, Port, Request, Seconds, Switch, Tempo, Velocity


def ping(r: Request, token: Argument | None = None) -> None:
    """Ask whether driftkit is there; the token comes back."""
    r.send("/pong", *([] if token is None else [token]))


def version(r: Request) -> None:
    """Ask for name, version and commit."""
    major, minor, patch = (int(part) for part in __version__.split(".")[:3])
    r.send("/version.reply", "driftkit", major, minor, patch, commit())


def status(r: Request) -> None:
    """Ask for state, counters, model, device and kit."""
    r.send("/status.reply", *r.desk.status())


def traffic(r: Request) -> None:
    """Ask for packets since the start: received, bad among them, messages that wait for their time."""
    r.send("/traffic.reply", r.desk.traffic.packets, r.desk.traffic.bad, r.desk.traffic.waiting)


def health(r: Request) -> None:
    """Ask what computes the selected pad's Sound, for driftkit's share of the processors, and for the latency."""
    sound = r.do.state.board.pad(r.do.state.board.selected).sound
    latency_ms = r.do.live.speaker.latency_ms
    r.send("/health.reply", sound.engine if sound else "", round(r.desk.load.percent, 1), round(latency_ms, 1))


def clock(r: Request, token: Argument | None = None) -> None:
    """Ask for driftkit's time, by which timetags count: seconds since 1970, and microseconds."""
    now = time.time_ns()
    r.send("/clock.reply", "" if token is None else token, now // 10**9, now % 10**9 // 1000)


def link_session(r: Request, on: Switch | None = None) -> None:
    """Ask for the Ableton Link session, join it (1) or leave it (0)."""
    session = r.desk.link
    if on:
        session.join(partial(linked, r.send, session))
        return
    if on is not None:
        session.leave()
    linked(r.send, session)


def link_tempo(r: Request, bpm: Tempo) -> None:
    """Set the tempo of the Ableton Link session, for everybody in it."""
    r.desk.link.set_tempo(bpm, partial(linked, r.send, r.desk.link))


def linked(send: Callable[..., object], session: LinkSession) -> None:
    """Tell of the session as it was looked at last."""
    on, peers, tempo, phase, ns = session.shared
    send("/link/session.reply", int(on), peers, round(tempo, 3), phase, ns // 10**9, ns % 10**9 // 1000)


def sounds(r: Request) -> None:
    """Ask what every pad holds; subscribers are told of each that changes."""
    for pad in r.do.state.board.pads.values():
        r.send("/holds", *held(pad))


def notify(r: Request, wanted: Switch | None = None, port: Port | None = None, ttl_s: Seconds | None = None) -> None:
    """Subscribe (1) to every answer and change, here or at another port, or leave (0), or ask whether one is."""
    if wanted is None:
        r.desk.output.send({r.client}, "/done", r.command, r.desk.output.subscribers.port(r.client))
        return
    target = r.client.at(port) if port else r.client
    if not wanted:
        r.desk.output.send({r.client, target}, "/done", r.command, 0)
        r.desk.output.subscribers.remove(target)
        return
    given_up = r.desk.output.subscribers.make_room(target)
    if given_up:
        r.desk.output.send({given_up}, "/done", r.command, 0)
    r.desk.output.send({r.client, target}, "/done", r.command, target.port)
    r.desk.output.snapshot(target)
    r.desk.output.subscribers.add(target, ttl_s or r.client.ttl_s, r.client)


def select(r: Request, pad: Pad) -> None:
    """Choose the pad that unnumbered controls move."""
    r.do.select(pad)
    r.done(pad)


def play(r: Request, pad: Pad, velocity: Velocity = 1.0) -> None:
    """Play a pad. Only a failure is answered: who plays wants to hear no more than the drum."""
    r.do.play(pad, velocity, r.at)


def stop(r: Request, pad: Pad | None = None) -> None:
    """Fade out a pad, or everything."""
    r.do.stop(pad, r.at)


def render(r: Request, pad: Pad | None = None, id: Id | None = None) -> None:
    """Render a pad, or the selected one."""
    r.do.render(pad or r.do.state.board.selected, r.client, id)


def cancel(r: Request, id: Id | None = None) -> None:
    """Cancel renders: one's own, one by id, or * for all."""
    r.done(r.do.cancel(r.client, id))


def undo(r: Request, pad: Pad) -> None:
    """Go back to the Sound before, and its file."""
    r.do.step(pad, back=True, then=r.written(pad))


def redo(r: Request, pad: Pad) -> None:
    """Bring back the Sound that was undone."""
    r.do.step(pad, back=False, then=r.written(pad))


def slot_list(r: Request, pad: Pad | None = None) -> None:
    """List the files of the pads that have a sound, or of one: pad path name of each."""
    slots = [slot for slot in r.do.slots() if pad in (None, slot[0])]
    for slot in slots:
        r.send("/slot", *slot)
    r.done(len(slots))


def recall(r: Request, pad: Pad, path: str) -> None:
    """Set a pad from the recipe inside a WAV."""
    r.do.recall(pad, path, r.client, r.written(pad))


def take_list(r: Request, count: Count = 200) -> None:
    """List the newest takes: index total file name seed star of each."""

    def tell(takes: list[Take]) -> None:
        for index, one in enumerate(takes):
            r.send("/take", index, len(takes), one.file, one.name, one.seed, int(one.star))
        r.done(len(takes))

    r.do.takes.newest(count, tell)


def take_star(r: Request, file: str, star: Switch) -> None:
    """Mark a take (1), so that it stays when the oldest go, or take the mark away (0)."""
    r.do.takes.star(file, bool(star), r.written(file, star))


def take_delete(r: Request, file: str) -> None:
    """Delete a take that driftkit wrote."""
    r.do.takes.delete(file, r.written(file))


def preset_load(r: Request, name: str) -> None:
    """Open a kit by name."""
    r.do.open(name, r.client, r.opened)


def preset_save(r: Request, name: str) -> None:
    """Save the pads as a kit."""
    r.do.save(name, r.client, r.written(name))


def preset_list(r: Request) -> None:
    """List the kits: index total name of each."""
    r.do.list(lambda: list(r.do.session.library.list()), r.client, partial(tell_names, r, "/preset"), r.opened)


def tell_names(r: Request, address: str, names: list[str]) -> None:
    """A list as answers: index total name of each."""
    for index, name in enumerate(names):
        r.send(address, index, len(names), name)


def preset_next(r: Request) -> None:
    """Open the next kit in alphabetical order."""
    r.do.turn(1, r.client, r.opened)


def preset_previous(r: Request) -> None:
    """Open the kit before in alphabetical order."""
    r.do.turn(-1, r.client, r.opened)


def model_list(r: Request) -> None:
    """List the models: index total name of each."""
    r.do.list(lambda: list(r.do.models.known()), r.client, partial(tell_names, r, "/model"), r.opened)


def model_load(r: Request, name: str) -> None:
    """Put another model in by name; everything else goes on meanwhile, and the answer comes when it is in."""
    r.do.load_model(name, r.client, r.written(name))


def learn(r: Request, target: str = "") -> None:
    """Bind the next CC or NRPN that moves to a target; without one, stop waiting. Answered when it moves."""
    r.desk.midi.learn(target, r.client)


def forget(r: Request, target: str) -> None:
    """Let no CC move a target."""
    r.desk.midi.forget(target, r.client)


def midi_status(r: Request) -> None:
    """Ask what MIDI has brought so far, and for every open input: index total name."""
    midi = r.desk.midi
    names = midi.names
    for index, name in enumerate(names):
        r.send("/midi/input", index, len(names), name[:500])
    r.send("/midi/status.reply", midi.notes, midi.controls, midi.programs, midi.lost, len(names))


def sync(r: Request, n: int) -> None:
    """Answer synced when everything before is done."""
    r.do.sync(r.client, n)


@cache
def commit() -> str:
    """The commit of a checkout, or "" where driftkit was installed from a wheel."""
    root = Path(__file__).resolve().parents[3]
    if not (root / ".git").exists():
        return ""
    try:
        found = subprocess.run(["git", "-C", root, "rev-parse", "--short", "HEAD"], capture_output=True, timeout=2)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout.decode().strip()


AT_ONCE = {
    "ping", "version", "status", "traffic", "health", "clock", "link/session", "link/tempo",
    "sounds", "notify", "play", "stop", "midi/status",
}  # fmt: skip  # whatever the client waits for
# act on the press of a button, and not on its release
TRIGGERS = {"render", "play", "stop", "undo", "redo", "preset/next", "preset/previous"}
OPENS = {"preset/load", "preset/next", "preset/previous"}  # of which the newest wins
TIMED = {"play", "stop"}  # are handed on ahead of a bundle's time, to happen at the very sample

COMMANDS: dict[str, Command] = {
    "ping": ping,
    "version": version,
    "status": status,
    "traffic": traffic,
    "health": health,
    "clock": clock,
    "link/session": link_session,
    "link/tempo": link_tempo,
    "sounds": sounds,
    "notify": notify,
    "select": select,
    "play": play,
    "stop": stop,
    "render": render,
    "cancel": cancel,
    "undo": undo,
    "redo": redo,
    "slot/list": slot_list,
    "recall": recall,
    "take/list": take_list,
    "take/star": take_star,
    "take/delete": take_delete,
    "preset/load": preset_load,
    "preset/save": preset_save,
    "preset/list": preset_list,
    "preset/next": preset_next,
    "preset/previous": preset_previous,
    "model/load": model_load,
    "model/list": model_list,
    "learn": learn,
    "forget": forget,
    "midi/status": midi_status,
    "sync": sync,
}

VALUES: dict[str, Callable[[State], Argument]] = {  # of commands that set what can be read as well
    "select": lambda one: one.board.selected,
    "preset/load": lambda one: one.kit,
    "model/load": lambda one: one.model,
}
