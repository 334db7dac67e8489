"""Panels of a daemon in a real browser: what they are opened with."""

from pathlib import Path

from .daemon import PATIENCE_S, Daemon
from .osc import OscClient

QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--mute-audio",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
DESK = "panel_desk"
KITS = {
    "aa": "pads:\n  1: {name: Kick, kick: 1, steps: 2, seed: 11}\n  2: {name: Crack, snare: 1, steps: 2, seed: 12}\n"
    "  3: {name: Hat, hihat_closed: 1, steps: 2, seed: 13}\n",
    "bb": "pads:\n  1: {name: Clap, clap: 1, steps: 2, seed: 21}\n",
    "wrong": "pads:\n  1: {kick: 7}\n",
}


def started(home: Path, port: int) -> Daemon:
    """A daemon at that port that plays and hears a desk of knobs, its kit rendered."""
    one = Daemon(home, home / "out", "--http-port", port, "--preset", "aa", "--audio", "pulse", "--midi", DESK)
    with OscClient(one.port) as osc:
        osc.ask("/sync", 0, answers="/synced")
    return one


class Panels:
    """Opens panels of a daemon, and notes what they find wrong with themselves."""

    def __init__(self, browser, port: int) -> None:
        self._browser, self._port = browser, port
        self.wrong: list[str] = []

    def open(self, script: str = "", beside=None, **options):
        """One more, complete; in a context of its own, or beside a page. `script` runs before the page's own."""
        context = beside.context if beside else self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE_S * 1000)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(f"http://localhost:{self._port}")
        page.locator("main[aria-busy=false]").wait_for()
        return page
