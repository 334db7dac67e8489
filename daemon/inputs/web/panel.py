"""The panel, driftkit in a browser: its built page, and the takes that it lists.

The page is built from `panel/` by `make panel`, and committed, so that nobody needs Node to play. It speaks OSC over a
WebSocket like any other client; served here is only what OSC cannot carry.
"""

import mimetypes
import re
from functools import cache
from pathlib import Path

from ....sampler.errors import Error
from ...sinks.folder import Folder
from .served import Answer, Ask, said

PAGE = Path(__file__).parent / "page"
TYPES = {
    ".woff2": "font/woff2",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FOR_EVER = "public, max-age=31536000, immutable"  # of files whose name says what they hold
TAKE = re.compile(r"/(takes/[\d-]+/[^/]+\.wav)")


@cache
def built() -> dict[str, Answer]:
    """Every file of the page by its path, read once."""
    found = {}
    for file in sorted(path for path in PAGE.rglob("*") if path.is_file()):
        path = "/" + file.relative_to(PAGE).as_posix()
        kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {"Cache-Control": FOR_EVER} if path.startswith("/assets/") else {}
        found[path] = Answer(file.read_bytes(), kind, 200, headers)
    page = found.pop("/index.html")
    found["/"] = Answer(page.body, page.content_type, 200, {"Content-Security-Policy": POLICY, "Vary": "Accept"})
    return found


class Panel:
    """Routes of the panel. Called in the server's thread, which waits here for no more than a small file."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def route(self, ask: Ask) -> Answer | None:
        """The page and its files, or a take; `/` is the page for who asks for HTML, as browsers do, else OSCQuery's."""
        take = TAKE.fullmatch(ask.path)
        if take:
            return self._take(take[1])
        if ask.path == "/" and (ask.query or "text/html" not in ask.accept):
            return None
        return built().get(ask.path)

    def _take(self, take: str) -> Answer:
        try:
            return Answer(self._folder.take(take).read_bytes(), "audio/wav")
        except (OSError, Error) as reason:
            return said(404, f"{take[:200]} cannot be read: {getattr(reason, 'strerror', None) or reason}")
