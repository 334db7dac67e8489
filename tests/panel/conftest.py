"""One browser, one daemon that plays into a null sink, and a page for each test; all end with the last test here."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from rig.daemon import Daemon
from rig.jack import jack_server
from rig.osc import OscClient
from rig.panel import QUIET, Panels, free_port, own_home, started
from rig.sound_server import sound_server
from rig.tools import need


@pytest.fixture(scope="package")
def browser():
    """Debian's Chromium, steered by Playwright."""
    need("chromium", "chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        one = running.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield one
        one.close()


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a user with kits."""
    return own_home(tmp_path_factory.mktemp("panel"))


@pytest.fixture(scope="package")
def port() -> int:
    """Where the daemon serves its panel."""
    return free_port()


@pytest.fixture(scope="package")
def sink() -> Iterator[None]:
    """What the daemon plays into, and nobody hears."""
    with sound_server():
        yield


@pytest.fixture(scope="package")
def midi(sink: None) -> Iterator[dict[str, str] | None]:
    """The environment of a MIDI system, or None where there is none; later than the sink, so that PortAudio, which is
    in this process, too, knows nothing of a JACK that ends before it."""
    with ExitStack() as stack:
        env = stack.enter_context(jack_server()) if shutil.which("jackd") else None
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        yield env


@pytest.fixture(scope="package")
def daemon(midi: dict[str, str] | None, home: Path, port: int) -> Iterator[Daemon]:
    """It plays, and hears a desk of knobs where there is MIDI."""
    with started(home, port) as running:
        yield running


@pytest.fixture
def osc(daemon: Daemon) -> Iterator[OscClient]:
    """Another client of that daemon, its kit as at the start, pad 1 selected."""
    with OscClient(daemon.port) as client:
        client.ask("/cancel", "*", answers="/done")
        client.ask("/preset/load", "aa", answers="/done")
        client.ask("/select", 1, answers="/done")
        client.ask("/sync", 0, answers="/synced")
        yield client


@pytest.fixture(scope="package")
def panels(browser, daemon: Daemon, port: int) -> Panels:
    """To open more than one."""
    return Panels(browser, port)


@pytest.fixture(scope="package")
def _first(panels: Panels):
    return panels.open(viewport={"width": 1280, "height": 1000})


@pytest.fixture
def panel(osc: OscClient, panels: Panels, _first):
    """A panel that is open all the time, as it was at the start; no script of it may fail."""
    _first.keyboard.press("Escape")
    for _ in range(_first.locator(".failure").count()):
        _first.locator(".failure button").first.click()
    _first.get_by_label("Pad 1, Kick").wait_for()
    panels.wrong.clear()
    yield _first
    assert not panels.wrong
