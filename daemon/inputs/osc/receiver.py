"""OSC: packets to commands. UDP is received here; packets of other wires are handed in, and run in their turn.

One thread receives, runs what is due and pushes changes; answers may leave from any thread, since
a datagram is sent whole or not at all.
"""

import heapq
import itertools
import logging
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from ....sampler.controls import did_you_mean
from ....sampler.errors import Error
from ...commands import OPENING, Commands
from ...pads.surfaces import PREFIX
from ..midi.receiver import MidiInput, NoMidi
from ..ports import family, unopened
from .answers import PACE_S, OscOutput, plain
from .commands import AT_ONCE, COMMANDS, OPENS, TIMED, TRIGGERS, linked
from .packets import BadPacket, Message, decode
from .patterns import Space, is_pattern
from .requests import Desk, Request, Traffic, released, run
from .subscribers import Client

BUFFER = 4 * 1024 * 1024  # bytes asked of the system: a burst of knobs must not be lost
AHEAD_S = 60.0  # a timetag further away than this is clamped
TICK_S = 1 / 30  # the most often that one address is pushed
BATCH = 128  # packets taken off the socket before the first of them is run
MAX_WAITING = 10_000  # messages whose time is still to come
log = logging.getLogger("driftkit")


@dataclass(slots=True, unsafe_hash=True)
class Peer(Client):
    """A client over UDP."""

    host: str
    port: int
    wire: socket.socket = field(compare=False, repr=False)

    def at(self, port: int) -> "Peer":
        """The same host at another port; `Error` for the port at which driftkit itself listens there."""
        if self.host in ("127.0.0.1", "::1") and port == self.wire.getsockname()[1]:
            raise Error(f"port is {port}, at which driftkit listens itself; give the port of your program")
        return Peer(self.host, port, self.wire)

    def deliver(self, packet: bytes) -> None:
        """Send a datagram."""
        try:
            self.wire.sendto(packet, (self.host, self.port))
        except OSError as reason:  # a client that has gone is no reason to stop
            log.debug("no answer to %s: %s", self, reason)


class OscInput:
    """An input, and the `output` through which it answers; sockets live inside the `with`."""

    def __init__(
        self,
        commands: Commands,
        host: str,
        port: int,
        status: Callable[[], tuple[int | str, ...]],
        midi: MidiInput | NoMidi,
    ) -> None:
        self.commands = commands
        self.output = OscOutput(commands.state)
        self.traffic = Traffic()
        self._desk = Desk(commands, self.output, self.traffic, status, midi)
        self._space: tuple[object, Space] = (None, Space(()))  # all addresses, and the controls that they are made of
        self._due: list[tuple[float, int, Message, Client]] = []
        self._order = itertools.count()
        self._closing = threading.Event()
        self._arrived: deque[tuple[bytes | None, Client]] = deque()  # over other wires; None: the client has gone
        self._socket = socket.socket(family(host), socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        try:
            self._socket.bind((host, port))
        except (OSError, OverflowError) as reason:
            self._socket.close()
            raise unopened("OSC", host, port, reason) from None
        self._socket.setblocking(False)
        self._sender = self._socket.dup()  # the same port, but a full queue of answers is waited for
        self._sender.settimeout(TICK_S)
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._waker.setblocking(False)
        self._thread = threading.Thread(target=self._loop, name="osc", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        name = self._socket.getsockname()
        return str(name[0]), int(name[1])

    def __enter__(self) -> "OscInput":
        self.commands.replies.join(self.output)
        self.commands.state.board.on_reshape.append(self.output.reshaped.set)
        self.commands.sounds.on_show.append(self.output.news.shown)
        self.commands.live.on_play.append(self.output.news.played)
        self._desk.link.on_change.append(partial(linked, partial(self.output.answer, None), self._desk.link))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._thread.join(timeout=1)
        self._desk.link.leave()
        self.commands.state.board.on_reshape.remove(self.output.reshaped.set)
        self.commands.sounds.on_show.remove(self.output.news.shown)
        self.commands.live.on_play.remove(self.output.news.played)
        self.commands.replies.part(self.output)
        for one in (self._socket, self._sender, self._woken, self._waker):
            one.close()

    # -- other wires --------------------------------------------------------------------------------------

    def offer(self, packet: bytes, client: Client) -> bool:
        """Hand in a packet, from any thread, to be run in its turn; False where too many wait: offer it again."""
        if len(self._arrived) >= BATCH:
            return False
        self._arrive(packet, client)
        return True

    def leave(self, client: Client) -> None:
        """A client whose packets were handed in has gone for good: what waits for its time is dropped."""
        self._arrive(None, client)

    def _arrive(self, packet: bytes | None, client: Client) -> None:
        self._arrived.append((packet, client))
        with suppress(OSError):  # full: the thread is being woken; closed: nobody is there to be woken
            self._waker.send(b"!")

    # -- the thread ---------------------------------------------------------------------------------------

    def _loop(self) -> None:
        ticked = paced = time.monotonic()
        with selectors.DefaultSelector() as arrivals:
            arrivals.register(self._socket, selectors.EVENT_READ)
            arrivals.register(self._woken, selectors.EVENT_READ)
            while not self._closing.is_set():
                try:
                    wait = self._due[0][0] - time.time() if self._due else TICK_S
                    if arrivals.select(min(max(wait, 0.0), PACE_S if self.output.pacing else TICK_S)):
                        self._receive()
                    self._run_due()
                    if time.monotonic() - paced >= PACE_S:
                        paced = time.monotonic()
                        self.output.pace()
                    if time.monotonic() - ticked >= TICK_S:
                        ticked = time.monotonic()
                        self.output.push()
                except Exception:  # whatever a packet holds, the next one is answered
                    log.exception("an OSC packet made driftkit stumble; please report this")

    def _receive(self) -> None:
        # Taking them off first costs the system's queue, which a burst fills, the least time per packet.
        with suppress(BlockingIOError):
            self._woken.recv(BATCH)
        batch = self._drain()
        batch += [self._arrived.popleft() for _ in range(len(self._arrived))]
        self.traffic.packets += sum(packet is not None for packet, _ in batch)
        for host in {client.host for _, client in batch}:
            self.output.subscribers.renew(host)
        for packet, client in batch:
            if packet is None:
                self._forget(client)
            else:
                self._read(packet, client)

    def _drain(self) -> list[tuple[bytes | None, Client]]:
        batch: list[tuple[bytes | None, Client]] = []
        while len(batch) < BATCH:
            try:
                packet, sender = self._socket.recvfrom(65535)
            except BlockingIOError:
                break
            except ConnectionError:  # Windows: an answer found nobody
                continue
            batch.append((packet, Peer(str(sender[0]), int(sender[1]), self._sender)))
        return batch

    def _forget(self, client: Client) -> None:
        self._due = [entry for entry in self._due if entry[3] is not client]
        heapq.heapify(self._due)
        self.traffic.waiting = len(self._due)
        self.output.forget(client)
        self.commands.leave(client)

    def _read(self, packet: bytes, client: Client) -> None:
        try:
            messages = decode(packet)
            if any(is_pattern(message.address) for message in messages):
                messages = self._addresses().spread(messages)
        except BadPacket as reason:
            self.traffic.bad += 1
            log.debug("bad packet from %s: %s", client, reason)
            if reason.address.startswith(f"{PREFIX}/"):
                self._fail(client, reason.address, str(reason))
            return
        now = time.time()
        # what comes with commands that wait for their time waits with them: a knob, then the hit that it is for
        ahead = all(message.address.removeprefix(f"{PREFIX}/") in TIMED for message in messages)
        for message in messages:
            if message.time is None or message.time <= now or ahead:
                self._dispatch(message, client)
            elif len(self._due) < MAX_WAITING:
                when = min(message.time, now + AHEAD_S)
                heapq.heappush(self._due, (when, next(self._order), message, client))
                self.traffic.waiting = len(self._due)
            else:
                sentence = f"{MAX_WAITING} messages wait for their time already; send timetags nearer to now"
                self._fail(client, message.address, sentence)
                return

    def _addresses(self) -> Space:
        board = self.commands.state.board
        controls = board.controls
        if self._space[0] is not controls:
            names = (*COMMANDS, *controls, *(f"pad/{n}/{name}" for n in board.pads for name in controls))
            self._space = controls, Space(f"{PREFIX}/{name}" for name in names)
        return self._space[1]

    def _fail(self, client: Client, command: str, sentence: str, *tail: int | str) -> None:
        """Say what is wrong, but never of a failure: two programs that do not understand each other would not end."""
        if command != f"{PREFIX}/fail":
            self.output.answer(client, "/fail", command, sentence, *tail)

    def _run_due(self) -> None:
        while self._due and self._due[0][0] <= time.time():
            _, _, message, client = heapq.heappop(self._due)
            self.traffic.waiting = len(self._due)
            self._dispatch(message, client)

    def _dispatch(self, message: Message, client: Client) -> None:
        command = message.address
        at = None if message.time is None else min(max(message.time, 1.0), time.time() + AHEAD_S)  # 1970 is past, too
        request = Request(self._desk, client, command, message.arguments, at)
        name = command.removeprefix(f"{PREFIX}/")
        if name in AT_ONCE:
            self._attempt(request)
        else:
            try:
                opens = name in OPENS and not released(COMMANDS[name], request)
                kind = OPENING if opens else ""
                self.commands.lane.in_turn(client, partial(self._attempt, request), kind)
            except Error as reason:  # too much waits
                self.output.answer(client, "/fail", command, str(reason))

    def _attempt(self, request: Request) -> None:
        command = request.command
        try:
            if not command.startswith(PREFIX + "/"):
                raise Error(f"{command} is not an address of driftkit; addresses begin with {PREFIX}/")
            self._act(command[len(PREFIX) + 1 :], request)
        except Exception as reason:  # whatever a message asks, it is answered, and so is the next one
            sentence = str(reason)
            if not isinstance(reason, Error):
                log.exception("%s made driftkit stumble", command)
                sentence = f"driftkit failed: {reason!r}; please report this"
            self._fail(request.client, command, sentence, *([] if request.id is None else [request.id]))

    def _act(self, name: str, request: Request) -> None:
        if name in COMMANDS:
            if name not in TRIGGERS or not released(COMMANDS[name], request):
                run(COMMANDS[name], request)
            return
        if is_pattern(name):
            raise Error(f"{request.command} matches no address; a pattern is made of * ? [a-c] [!a-c] {{this,that}}")
        parts = name.split("/")
        board = self.commands.state.board
        if parts[0] == "pad" and len(parts) == 3 and parts[1].isascii() and parts[1].isdigit():
            number, control = int(parts[1][:6]), parts[2]
            board.pad(number)
        elif len(parts) == 1:
            number, control = board.selected, parts[0]
        else:
            raise Error(f"{request.command} is not an address of driftkit; a control is {PREFIX}/pad/N/NAME")
        if control not in board.controls:
            known = board.controls if len(parts) == 3 else [*board.controls, *COMMANDS]
            raise Error(f"{control} is not a control; {did_you_mean(control, known)}")
        if request.arguments:
            self.commands.set(number, control, request.value(), request.client)
        else:
            request.send(f"/{name}", plain(self.commands.get(number, control)))
