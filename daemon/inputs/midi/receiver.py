"""MIDI: notes play pads, knobs move controls, programs open kits. Channels are not told apart, so any will do.

One thread fetches messages and plays, so that a note waits for nothing else; whatever may take the instrument's
lock goes, in its order, to a second thread.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from ....sampler.errors import Error
from ...commands import Commands
from ...pads.midi_map import MapFile, Target, parse_target
from ...pads.surfaces import PREFIX
from .copies import Copies
from .knobs import Decoder, Move, Takeover, stepped
from .learn import Bindings
from .ports import MidiPorts
from .programs import Programs

ROOM = 65_536  # messages that may wait
EVERY_S, SELDOM_S = 0.001, 0.05  # how often the ports are asked, and how often where there is none
PANIC = (120, 123)  # all sound off, all notes off
CLIENT = "midi"
log = logging.getLogger("driftkit")


class NoMidi:
    """The MIDI input of a daemon that has none."""

    notes = controls = programs = lost = 0
    names: list[str] = []  # noqa: RUF012  (it stays empty)

    def learn(self, target: str, client: Any) -> None:
        """Refused with a sentence."""
        raise Error("MIDI is off; start driftkit without --midi none")

    forget = learn


class MidiInput:
    """An input; ports are open inside the `with`."""

    def __init__(self, commands: Commands, file: MapFile, wanted: tuple[str, ...], select_on_play: bool) -> None:
        self.commands, self._board = commands, commands.state.board
        session = commands.session
        self.bindings = Bindings(file, lambda: session.midi, self._board, commands.replies)
        self.notes = self.controls = self.programs = self.lost = 0
        self._select = select_on_play
        self._kits = Programs(session.library)
        self._decoders: dict[tuple[str, int], Decoder] = {}
        self._takeover = Takeover()
        self._told: set[str] = set()  # why notes are not heard, each said once
        self._copies = Copies()
        # of the kind that waits in C: a thousand times a second the other one takes a twentieth of a core
        self._heard: queue.SimpleQueue[tuple[str, list[int], float] | None] = queue.SimpleQueue()
        self._orders: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._ports = MidiPorts(wanted, self.receive, lambda port: self._orders.put(partial(self._gone, port)))
        self._threads = [
            threading.Thread(target=self._read, name="midi", daemon=True),
            threading.Thread(target=self._work, name="midi orders", daemon=True),
        ]

    @property
    def names(self) -> list[str]:
        """The inputs that are open now."""
        return self._ports.names

    def __enter__(self) -> "MidiInput":
        import mido  # noqa: F401  (before the first note, which must not wait for it)

        self.bindings.start()
        for thread in self._threads:
            thread.start()
        self._ports.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ports.stop()
        self._heard.put(None)
        self._threads[0].join(timeout=1)
        self._orders.put(None)
        self._threads[1].join(timeout=1)

    # -- what comes in ------------------------------------------------------------------------------------

    def receive(self, port: str, data: list[int]) -> None:
        """One message as bytes, from any thread."""
        if self._heard.qsize() < ROOM:
            self._heard.put((port, data, time.monotonic()))
        else:
            self.lost += 1
            if self.lost == 1:
                log.error("MIDI comes faster than it can be read; messages are lost (and counted)")

    def _read(self) -> None:
        import mido

        while True:
            asked = self._ports.drain()
            try:
                item = self._heard.get(timeout=EVERY_S if asked else SELDOM_S)
            except queue.Empty:
                continue
            if item is None:
                return
            port, data, at = item
            try:
                message = mido.Message.from_bytes(data)
                source = self._copies.first(port, bytes(data), at)
                if source is not None:
                    self._message(source, message)
            except ValueError as reason:
                log.debug("%s sent what is not MIDI: %s (%s)", port, data, reason)
            except Exception:  # whatever a message holds, the next one is heard
                log.exception("a MIDI message made driftkit stumble; please report this")

    def _message(self, port: str, message: Any) -> None:
        if message.type == "note_on" and message.velocity > 0:
            self._note(message.note, message.velocity)
        elif message.type == "control_change":
            self.controls += 1
            if message.control in PANIC:
                self._sound(lambda: self.commands.stop(None))
            else:
                self._orders.put(partial(self._control, port, message.channel, message.control, message.value))
        elif message.type == "program_change":
            self.programs += 1
            self._orders.put(partial(self._program, port, message.channel, message.program))

    def _note(self, note: int, velocity: int) -> None:
        pad = self._board.notes().get(note)
        if pad is None:
            return
        self.notes += 1
        self._sound(lambda: self.commands.play(pad, velocity / 127, None))
        if self._select or self.bindings.user.select_on_play:
            self._orders.put(partial(self._choose, pad))

    def _sound(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Error as reason:
            if str(reason) not in self._told:
                self._told.add(str(reason))
                log.warning("MIDI notes are not heard: %s", reason)

    # -- orders, one after the other ----------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            try:
                act = self._orders.get(timeout=0.5)
                if act is None:
                    return
                self.commands.lane.in_turn(CLIENT, partial(self._attempt, act))
            except queue.Empty:
                pass
            except Error as reason:  # the lane is full
                self._refused(reason)
            self.bindings.tick()

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Error as reason:
            self._refused(reason)
        except Exception:
            log.exception("a MIDI message made driftkit stumble; please report this")

    def _gone(self, port: str) -> None:
        self._takeover.forget(port)
        for key in [key for key in self._decoders if key[0] == port]:
            del self._decoders[key]

    def _decoder(self, port: str, channel: int) -> Decoder:
        return self._decoders.setdefault((port, channel), Decoder())

    def _control(self, port: str, channel: int, cc: int, value: int) -> None:
        decoder, targets = self._decoder(port, channel), self.bindings.targets()
        again = decoder.previous == cc  # an LSB may come before its MSB, but not twice in a row
        alone = str(cc) in targets or (self.bindings.waiting and again and not decoder.is_half(cc))
        move = decoder.feed(cc, value, alone)
        if move is None:
            return
        knob, target = (port, channel, move.source), targets.get(move.source)
        if self.bindings.moved(move.source) or target is None:
            self._takeover.rest(knob, move.position)
        elif not target.action:
            self._turn(knob, target, move)
        elif not move.fine and self._takeover.press(knob, move.position):
            self._act(target)

    def _turn(self, knob: object, target: Target, move: Move) -> None:
        board = self._board
        with self.commands.state.lock:  # nobody moves the control between reading and writing it
            pad, row = target.pad or board.selected, board.row(target.name)
            value = board.get(pad, row.name)
            if move.steps:
                new = stepped(row, value, move.steps)
            else:
                new = self._takeover.move(knob, pad, row, value, move.position)
            if new != value:
                self.commands.set(pad, row.name, new, CLIENT)

    def _act(self, target: Target) -> None:
        one, pad = self.commands, target.pad or self._board.selected
        if target.name == "select":
            self._choose(pad)
        elif target.name == "play":
            self._sound(lambda: one.play(pad, 1.0, None))
        elif target.name == "render":
            one.render(pad, CLIENT)
        elif target.name in ("undo", "redo"):
            one.step(pad, back=target.name == "undo")
            one.replies.answer(None, "/done", f"{PREFIX}/{target.name}", pad)
        else:
            one.turn(1 if target.name == "preset/next" else -1, CLIENT, self._opened)

    def _choose(self, pad: int) -> None:
        if self._board.selected != pad:
            self.commands.select(pad)
            self.commands.replies.answer(None, "/done", f"{PREFIX}/select", pad)

    def _program(self, port: str, channel: int, program: int) -> None:
        decoder = self._decoder(port, channel)
        find = partial(self._kits.kit, program, decoder.bank_msb, decoder.bank_lsb)
        self.commands.open_found(find, CLIENT, self._opened)

    def _opened(self, reason: Error | None, kit: str) -> None:
        if reason:
            self._refused(reason)
        else:
            self.commands.replies.answer(None, "/done", f"{PREFIX}/preset/load", kit)

    def _refused(self, reason: Error) -> None:
        log.warning("MIDI: %s", reason)
        self.commands.replies.fail(None, "midi", str(reason))

    # -- learn and forget, asked for from any thread ------------------------------------------------------

    def learn(self, target: str, client: Any) -> None:
        """Bind the next CC or NRPN that moves to a target; no target ends the waiting."""
        if target:
            parse_target(target, self._board.controls)
        self._orders.put(partial(self.bindings.learn, target, client))

    def forget(self, target: str, client: Any) -> None:
        """No CC moves the target any more; a learn that waits for it ends."""
        parse_target(target, self._board.controls)
        self._orders.put(partial(self.bindings.forget, target, client))
