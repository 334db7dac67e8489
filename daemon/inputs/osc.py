"""OSC over UDP: packets to commands, answers to packets. Answers go to whoever asked.

One thread receives, runs what is due and pushes changes; answers may leave from any thread, since
a datagram is sent whole or not at all.
"""

import errno
import heapq
import itertools
import logging
import selectors
import socket
import threading
import time
from collections.abc import Callable

from ...sampler.controls import Value, did_you_mean
from ...sampler.errors import Error
from ..commands import Instrument
from ..session import Session
from ..surfaces import PREFIX
from .osc_commands import COMMANDS, TIMED
from .osc_packets import MAX_REPLY_BYTES, BadPacket, Message, decode, encode
from .osc_requests import Request, run
from .osc_subscribers import Client, Subscribers

BUFFER = 4 * 1024 * 1024  # bytes asked of the system: a burst of knobs must not be lost
AHEAD_S = 60.0  # a timetag further away than this is clamped
TICK_S = 1 / 30  # the most often that one address is pushed
BATCH = 128  # packets taken off the socket before the first of them is run
MAX_WAITING = 10_000  # messages whose time is still to come
log = logging.getLogger("driftkit")


class OscInput:
    """An input and output of an `Instrument`; the socket lives inside the `with`."""

    def __init__(
        self,
        instrument: Instrument,
        session: Session,
        host: str,
        port: int,
        status: Callable[[], tuple[int | str, ...]],
    ) -> None:
        self.instrument = instrument
        self.session = session
        self.status = status
        self.subscribers = Subscribers()
        self.packets = 0
        self.bad_packets = 0
        self._due: list[tuple[float, int, Message, Client]] = []
        self._order = itertools.count()
        self._closing = threading.Event()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        try:
            self._socket.bind((host, port))
        except (OSError, OverflowError) as reason:
            self._socket.close()
            why = getattr(reason, "strerror", None) or reason
            hint = "give an address of this machine with --bind"
            if getattr(reason, "errno", None) in (errno.EADDRINUSE, errno.EACCES):
                hint = "another driftkit may be running; stop it or choose another with --osc-port (0 picks a free one)"
            raise Error(f"the OSC port {port} on {host} cannot be opened: {why}; {hint}") from None
        self._socket.setblocking(False)
        self._sender = self._socket.dup()  # the same port, but a full queue of answers is waited for
        self._sender.settimeout(TICK_S)
        self._thread = threading.Thread(target=self._loop, name="osc", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        name = self._socket.getsockname()
        return str(name[0]), int(name[1])

    def __enter__(self) -> "OscInput":
        self.instrument.outputs.append(self)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._thread.join(timeout=1)
        self.instrument.outputs.remove(self)
        self._socket.close()
        self._sender.close()

    # -- out ----------------------------------------------------------------------------------------------

    def send(self, targets: set[Client], address: str, *arguments: int | float | str) -> None:
        """One answer, below the prefix, to these destinations alone."""
        packet = encode(PREFIX + address, *arguments)
        for target in targets:
            self._datagram(target, packet)

    def _datagram(self, client: Client, packet: bytes) -> None:
        try:
            self._sender.sendto(packet, client)
        except OSError as reason:  # a client that has gone is no reason to stop
            log.debug("no answer to %s: %s", client, reason)

    def answer(self, client: Client | None, address: str, *arguments: int | float | str) -> None:
        """To the client and to every subscriber, each destination once."""
        self.send({*([client] if isinstance(client, tuple) else []), *self.subscribers.all()}, address, *arguments)

    def changed(self, pad: int, name: str, origin: object) -> None:
        """Push a control to the subscribers at the next tick."""
        self.subscribers.changed(pad, name, origin)

    def snapshot(self, client: Client) -> None:
        """Every control of every pad, in bundles small enough for any client."""
        board = self.instrument.board
        with self.instrument.lock:
            values = [(n, name, board.get(n, name)) for n in board.pads for name in board.controls]
            packets = [encode(f"{PREFIX}/pad/{n}/{name}", plain(value)) for n, name, value in values]
        head = b"#bundle\0" + (1).to_bytes(8, "big")
        bundle = head
        for packet in packets:
            if len(head) + 4 + len(packet) > MAX_REPLY_BYTES:  # a long text fills a packet by itself
                self._datagram(client, packet)
                continue
            if len(bundle) + 4 + len(packet) > MAX_REPLY_BYTES:
                self._datagram(client, bundle)
                bundle = head
            bundle += len(packet).to_bytes(4, "big") + packet
        self._datagram(client, bundle)

    # -- in -----------------------------------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        """Messages whose time is still to come."""
        return len(self._due)

    def _loop(self) -> None:
        ticked = time.monotonic()
        with selectors.DefaultSelector() as arrivals:
            arrivals.register(self._socket, selectors.EVENT_READ)
            while not self._closing.is_set():
                try:
                    wait = self._due[0][0] - time.time() if self._due else TICK_S
                    if arrivals.select(min(max(wait, 0.0), TICK_S)):
                        self._receive()
                    self._run_due()
                    if time.monotonic() - ticked >= TICK_S:
                        ticked = time.monotonic()
                        self._push()
                except Exception:  # whatever a packet holds, the next one is answered
                    log.exception("an OSC packet made driftkit stumble; please report this")

    def _receive(self) -> None:
        # Taking them off first costs the system's queue, which a burst fills, the least time per packet.
        batch = self._drain()
        self.packets += len(batch)
        for host in {client[0] for _, client in batch}:
            self.subscribers.renew(host)
        for packet, client in batch:
            self._read(packet, client)

    def _drain(self) -> list[tuple[bytes, Client]]:
        batch: list[tuple[bytes, Client]] = []
        while len(batch) < BATCH:
            try:
                packet, sender = self._socket.recvfrom(65535)
            except BlockingIOError:
                break
            except ConnectionError:  # Windows: an answer found nobody
                continue
            batch.append((packet, (str(sender[0]), int(sender[1]))))
        return batch

    def _read(self, packet: bytes, client: Client) -> None:
        try:
            messages = decode(packet)
        except BadPacket as reason:
            self.bad_packets += 1
            log.debug("bad packet from %s: %s", client, reason)
            if reason.address:
                self.answer(client, "/fail", reason.address, str(reason))
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
            else:
                sentence = f"{MAX_WAITING} messages wait for their time already; send timetags nearer to now"
                self.answer(client, "/fail", message.address, sentence)
                return

    def _run_due(self) -> None:
        while self._due and self._due[0][0] <= time.time():
            _, _, message, client = heapq.heappop(self._due)
            self._dispatch(message, client)

    def _push(self) -> None:
        board = self.instrument.board
        for pad, name, targets in self.subscribers.take_changes():
            packet = encode(f"{PREFIX}/pad/{pad}/{name}", plain(board.get(pad, name)))
            for target in targets:
                self._datagram(target, packet)

    def _dispatch(self, message: Message, client: Client) -> None:
        command = message.address
        at = None if message.time is None else min(message.time, time.time() + AHEAD_S)
        request = Request(self, client, command, message.arguments, at)
        try:
            if not command.startswith(PREFIX + "/"):
                raise Error(f"{command} is not an address of driftkit; addresses begin with {PREFIX}/")
            self._act(command[len(PREFIX) + 1 :], request)
        except Exception as reason:  # whatever a message asks, it is answered, and so is the next one
            sentence = str(reason)
            if not isinstance(reason, Error):
                log.exception("%s made driftkit stumble", command)
                sentence = f"driftkit failed: {reason!r}; please report this"
            self.answer(client, "/fail", command, sentence, *([] if request.id is None else [request.id]))

    def _act(self, name: str, request: Request) -> None:
        if name in COMMANDS:
            run(COMMANDS[name], request)
            return
        parts = name.split("/")
        board = self.instrument.board
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
            self.instrument.set(number, control, request.value(), request.client)
        else:
            request.send(f"/{name}", plain(self.instrument.get(number, control)))


def plain(value: Value) -> int | float | str:
    """A control's value as an OSC argument."""
    return "" if value is None else value
