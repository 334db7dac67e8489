"""The thread that speaks HTTP and WebSocket, by the library websockets: one event loop for every connection.

A client that is slow, silent or one of many costs memory, which is bounded, and nobody's time. A connection carries
one HTTP request, or becomes a WebSocket.
"""

import asyncio
import http
import json
import logging
import re
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import unquote

from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from ....sampler.errors import Error
from ..osc.packets import MAX_PACKET_BYTES
from .served import Answer, Ask, Port, Upload, refusal, said, to_page

MAX_CONNECTIONS = 64
MAX_SOCKETS = 32
OPEN_S = 5.0  # for a request to come and its answer to be taken
CLOSE_S = 0.2  # for WebSockets to say goodbye when driftkit stops
ROOM = 4096  # frames that may wait for a client to read
TICK_S = 1 / 30
BUSY_S = 0.005
FORGET_S = 10.0  # for which the rest of an upload that was refused is read
MAX_HEAD = 65_536  # bytes of a request that are waited for; the library refuses less
BODY = re.compile(rb"\r\n(?:content-length[ \t]*:[ \t]*0*[1-9]\d*|transfer-encoding[ \t]*:)[^\r\n]*", re.IGNORECASE)
PROXIED = re.compile(r"^https?://[^/?]*", re.IGNORECASE)  # what a proxy puts before the path
SAFE = {"Connection": "close", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin"}  # fmt: skip
log = logging.getLogger("driftkit")
quiet = logging.getLogger("driftkit.websockets")  # what clients do wrong is not the user's business
quiet.setLevel(logging.CRITICAL)


def run(server: Port) -> None:
    """Serve until the server's `stop` is called."""
    asyncio.run(Serving(server).run())


def whole(head: bytes) -> bool:
    """Has all of a request come before its body, or is it none, or too long to be one?"""
    line, ended, _ = head.partition(b"\n")
    return b"\r\n\r\n" in head or len(head) > MAX_HEAD or (bool(ended) and b" HTTP/1." not in line)


def bodiless(head: bytes) -> tuple[bytes, bool]:
    """A request without its body, and whether it had one, which the library would answer with silence.

    Nothing here takes a body; who sends one shall hear so.
    """
    head, end, rest = head.partition(b"\r\n\r\n")
    found, count = BODY.subn(b"", head)
    return (found + end, True) if count else (head + end + rest, False)


def asked(request: Request) -> Ask:
    """What a request asks for."""
    path, _, query = PROXIED.sub("", request.path).partition("?")
    hosts, accept = request.headers.get_all("Host"), ", ".join(request.headers.get_all("Accept"))
    return Ask(unquote(path, errors="replace"), query, hosts[0] if hosts else "", accept)


async def take(connection: ServerConnection, upload: Upload) -> None:
    """Have a file written as it comes; the disk keeps nobody but its sender waiting."""
    try:
        async for frame in connection:
            if isinstance(frame, bytes):
                await asyncio.to_thread(upload.take, frame)
            else:
                await tell(connection, await asyncio.to_thread(upload.finish))
                break
    except Error as reason:
        await tell(connection, {"error": str(reason)})
        await forgotten(connection)
    except ConnectionClosed:
        pass
    except Exception:
        log.exception("an upload made driftkit stumble; please report this")
    finally:
        await asyncio.to_thread(upload.drop)


async def forgotten(connection: ServerConnection) -> None:
    """Read what a client still sends, for a while: closed with that unread, TCP would take the answer back."""
    with suppress(ConnectionClosed, TimeoutError):
        async with asyncio.timeout(FORGET_S):
            async for _ in connection:
                pass


async def tell(connection: ServerConnection, what: object) -> None:
    """Say how an upload has ended, as JSON."""
    with suppress(ConnectionClosed):
        await connection.send(json.dumps(what))


class Socket:
    """The `Link` of a connection: what is put waits until the client reads."""

    def __init__(self, connection: ServerConnection) -> None:
        address = connection.remote_address or ("", 0)
        self.host, self.port = str(address[0]), int(address[1])
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._outgoing: deque[bytes | str] = deque()
        self._more = asyncio.Event()
        self._open = True

    def put(self, frame: bytes | str) -> None:
        """Send a frame, from any thread, without waiting."""
        if not self._open:
            return
        if len(self._outgoing) < ROOM:
            self._outgoing.append(frame)
            self._call(self._more.set)
        else:
            self._open = False
            log.warning("a WebSocket client at %s does not read what it asked for; it is disconnected", self.host)
            self._call(self._connection.transport.abort)

    def _call(self, function: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(function)

    def close(self) -> None:
        """Send no more."""
        self._open = False
        self._outgoing.clear()

    async def send(self) -> None:
        """Send what is put, until the connection ends."""
        with suppress(ConnectionClosed):
            while True:
                await self._more.wait()
                self._more.clear()
                while self._outgoing:
                    await self._connection.send(self._outgoing.popleft())


class Serving:
    """The connections of a `Port`, inside its event loop."""

    def __init__(self, server: Port) -> None:
        self._server = server
        self._connections: set[ServerConnection] = set()
        self._sockets: set[Socket] = set()

    async def run(self) -> None:
        """Accept connections until told to stop."""
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        self._server.stop = lambda: loop.call_soon_threadsafe(stop.set)
        self._anybody = asyncio.Event()
        if self._server.stopping.is_set():
            return
        ticking = asyncio.create_task(self._tick())
        listening = serve(
            self._talk, sock=self._server.socket, process_request=self._answer, create_connection=self._counted(),
            compression=None, max_size=MAX_PACKET_BYTES, open_timeout=OPEN_S, close_timeout=OPEN_S,
            server_header=None, logger=quiet,
        )  # fmt: skip
        accepting = await listening
        await stop.wait()
        ticking.cancel()
        accepting.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(accepting.wait_closed(), CLOSE_S)
        for connection in list(self._connections):
            connection.transport.abort()

    def _counted(self) -> type[ServerConnection]:
        """Connections that know how many they are; one too many ends before it has said a word."""
        connections = self._connections

        class Counted(ServerConnection):
            _head: bytes | None = b""  # of the request, as far as it has come; None once it was given on
            _deaf = False

            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                super().connection_made(transport)
                connections.add(self)
                if len(connections) > MAX_CONNECTIONS:
                    self.transport.abort()

            def data_received(self, data: bytes) -> None:
                if self._head is not None:
                    self._head += data
                    if not whole(self._head):
                        return
                    data, self._deaf = bodiless(self._head)
                    self._head = None
                    super().data_received(data)
                elif not self._deaf:
                    super().data_received(data)

            def connection_lost(self, exc: Exception | None) -> None:
                connections.discard(self)
                super().connection_lost(exc)

        return Counted

    # -- HTTP ---------------------------------------------------------------------------------------------

    def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """The response to a request; None where it becomes a WebSocket."""
        try:
            answer = self._decide(connection, request)
        except Exception:
            log.exception("%s made driftkit stumble; please report this", request.path[:200])
            answer = said(500, "driftkit failed; its log says how")
        if answer is None:
            return None
        headers = Headers(SAFE | answer.headers)
        body = b""
        if answer.status != http.HTTPStatus.NO_CONTENT:
            headers["Content-Type"], headers["Content-Length"] = answer.content_type, str(len(answer.body))
            body = b"" if request.method == "HEAD" else answer.body
        return Response(answer.status, http.HTTPStatus(answer.status).phrase, headers, body)

    def _decide(self, connection: ServerConnection, request: Request) -> Answer | None:
        of, here = request.headers.get_all, str((connection.local_address or ("",))[0])
        talks = any("websocket" in word.lower() for word in of("Upgrade"))
        allowed = () if talks else self._server.origins  # to read, never to steer
        wrong = refusal(of("Host"), of("Origin"), here, self._server.bind, allowed)
        if wrong:
            return said(403, wrong)
        if talks:
            return None if len(self._sockets) < MAX_SOCKETS else said(503, f"{MAX_SOCKETS} WebSockets are open; wait")
        stranger = next((origin for origin in of("Origin") if origin.lower() in allowed), "")
        if request.method not in ("GET", "HEAD", *(["OPTIONS"] if stranger else [])):
            words = "it must be GET or HEAD; what is to change is sent as OSC, over UDP or a WebSocket"
            return said(405, f"{request.method[:20]} is not served; {words}", {"Allow": "GET, HEAD"})
        ask = asked(request)
        found = (route(ask) for route in self._server.routes)
        answer = next((answer for answer in found if answer), said(404, f"there is nothing at {ask.path[:200]}"))
        return to_page(answer, stranger, request.method) if stranger else answer

    # -- WebSockets ---------------------------------------------------------------------------------------

    async def _talk(self, connection: ServerConnection) -> None:
        assert connection.request
        try:
            upload = self._server.receive(asked(connection.request))
        except Error as reason:
            await tell(connection, {"error": str(reason)})
            return
        if upload:
            await take(connection, upload)
            return
        talker, socket = self._server.talker, Socket(connection)
        self._sockets.add(socket)
        self._anybody.set()
        talker.enter(socket)
        sending = asyncio.create_task(socket.send())
        try:
            async for frame in connection:
                while not talker.hear(socket, frame):
                    await asyncio.sleep(BUSY_S)
        except ConnectionClosed:
            pass
        except Exception:
            log.exception("a WebSocket made driftkit stumble; please report this")
        finally:
            sending.cancel()
            socket.close()
            self._sockets.discard(socket)
            talker.leave(socket)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            if not self._sockets:
                self._anybody.clear()
                await self._anybody.wait()
            try:
                self._server.talker.tick()
            except Exception:
                log.exception("a change made driftkit stumble; please report this")
