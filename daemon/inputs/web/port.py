"""The HTTP port and the thread that serves it.

It is opened at once, so that a taken one stops the start; the protocols are spoken in `web_server`, which is
imported in the thread, so that nothing waits for it.
"""

import logging
import socket
import sys
import threading
from collections.abc import Collection, Sequence
from contextlib import suppress

from ..ports import family, unopened
from .served import Port, Receive, Route, Talker, nothing

BACKLOG = 64  # connections that wait to be accepted
log = logging.getLogger("driftkit")


class WebServer:
    """Serves `routes`, of which the first to answer counts, and WebSockets, inside the `with`.

    receive: takes files that come over WebSockets; talker: all that is said over the others; origins: whose pages may
    read what is shared.
    """

    def __init__(
        self,
        host: str,
        port: int,
        routes: Sequence[Route],
        talker: Talker,
        receive: Receive = nothing,
        origins: Collection[str] = (),
    ) -> None:
        opened = socket.socket(family(host), socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or asyncio lets it wait
        try:
            if sys.platform != "win32":  # a port just left can be had again; on Windows it would be shared
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind((host, port))
            opened.listen(BACKLOG)
        except (OSError, OverflowError) as reason:
            opened.close()
            raise unopened("HTTP", host, port, reason) from None
        self.address = str(opened.getsockname()[0]), int(opened.getsockname()[1])
        self._port = Port(opened, host, routes, talker, receive, origins)
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)

    def __enter__(self) -> "WebServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._port.stopping.set()
        with suppress(RuntimeError):  # its loop has ended
            self._port.stop()
        self._thread.join(timeout=1)
        self._port.socket.close()

    def _run(self) -> None:
        try:
            from .server import run

            run(self._port)
        except Exception:
            log.exception("the web server has stopped; please report this")
