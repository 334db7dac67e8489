"""Panels of a daemon in a real browser: what they are opened with, and how tests look at them."""

import socket
from pathlib import Path
from typing import Any

from .daemon import PATIENCE_S, Daemon, presets, until
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


def own_home(home: Path) -> Path:
    """The home of a user with three kits, one of them with a mistake."""
    presets(home).mkdir(parents=True)
    for name, text in KITS.items():
        (presets(home) / f"{name}.yaml").write_text(text)
    return home


def free_port() -> int:
    """A port at which a daemon can be started, and started again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(home: Path, port: int) -> Daemon:
    """A daemon at that port that plays, which nobody hears at once, and hears a desk of knobs, its kit rendered."""
    options = ("--http-port", port, "--preset", "aa", "--audio", "pulse", "--audio-block", 1024, "--midi", DESK)
    one = Daemon(home, home / "out", *options)
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


def place(page: Any, name: str) -> Any:
    """Where a control stands."""
    return page.locator(f"[data-control='{name}']").first


def failure(page: Any, words: str) -> None:
    """A sentence stays until it is read."""
    said = page.get_by_role("alert").get_by_text(words)
    said.wait_for()
    page.locator(".failure", has_text=words).get_by_role("button").click()
    said.wait_for(state="detached")


SHOWN = """([name, value]) => {
  const words = (selector) => document.querySelector(selector)?.textContent ?? "";
  const typed = (selector) => document.querySelector(selector)?.value;
  const at = `[data-control='${name}']`;
  if (name === "task") return !!document.querySelector(`input[value=${value}]:checked`);
  const inWords = ["kick", "snare", "cymbal", "variation", "interpolation"];
  if (inWords.includes(name)) return words(at).includes(Number(value).toFixed(2));
  if (name === "name") return typed("[aria-label='Name of the pad']") === value;
  if (name === "seed") return typed(`${at} input`) === String(value);
  if (name === "lock_seed") return document.querySelector("[aria-label='Lock the seed']").ariaPressed === "true";
  const sources = [...document.querySelectorAll(".sources select")];
  if (name.startsWith("source_")) return sources["ab".indexOf(name.at(-1))].value === value;
  const box = document.querySelector(`${at} input[type=checkbox]`);
  if (box) return box.checked === !!value;
  const choice = document.querySelector(`${at} select`);
  if (choice) return choice.value === value;
  return Math.abs(parseFloat(typed(`${at} .value`)) - value) < 0.51;
}"""


def shows(page: Any, what: list[Any]) -> None:
    """Wait until a control stands in the page as it should."""
    until(lambda: page.evaluate(SHOWN, what), f"{what} in the page")


def holds(osc: OscClient, pad: int) -> tuple[Any, ...]:
    """What a pad holds: pad stamp label confidence seed undos redos file."""
    osc.send("/sounds")
    return osc.wait_for("/holds", where=lambda answer: answer.values[0] == pad).values
