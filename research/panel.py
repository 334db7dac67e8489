"""Draw the panel: `python research/panel.py` (needs playwright and chromium) writes docs/pictures/panel*.png.

It says after how long each was painted first, by what the browser notes of itself.

They are pictures of a real `driftkit serve` with the kit `studio`, of which one snare was made half a cymbal.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pictures import PICTURES
from playwright.sync_api import Browser, Page, sync_playwright

PAD, NAME = 5, "Snare 2"
MIX = {"snare": 0.55, "cymbal": 0.35, "kick": 0.1}
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
DRAWN = '.pad:not(.empty) .wave path:not([d=""])'
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
VIEWS = {
    "panel": {"viewport": {"width": 1280, "height": 850}, "device_scale_factor": 1.25, "color_scheme": "dark"},
    "panel_light": {"viewport": {"width": 1280, "height": 850}, "color_scheme": "light"},
    "panel_phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "color_scheme": "dark",
                    "has_touch": True, "is_mobile": True},
}  # fmt: skip


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a panel whose pads have their sounds."""
    places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    command = [Path(sys.executable).with_name("driftkit"), "serve", "--osc-port", "0", "--http-port", "0", "--json"]
    command += ["--preset", "studio", "--out", home / "out", "--audio", "none", "--midi", "none"]
    with subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, text=True, env=os.environ | places) as serve:
        try:
            assert serve.stdout
            yield "http://localhost:{}".format(json.loads(serve.stdout.readline())["http"][1])
        finally:
            serve.terminate()


def shown(browser: Browser, address: str, view: dict) -> Page:
    """A panel with a pad selected, all that it shows being there."""
    page = browser.new_context(**view).new_page()
    page.goto(address)
    page.locator("main[aria-busy=false]").wait_for()
    page.locator(DRAWN).nth(15).wait_for(state="attached", timeout=120_000)
    page.evaluate("document.fonts.ready")
    return page


def make(page: Page) -> None:
    """Another sound on one pad, by what the panel offers."""
    page.get_by_role("button", name=f"Play {NAME}", exact=True).click()
    triangle = page.get_by_role("slider", name="Mix of kick, snare, cymbal")
    box = triangle.bounding_box()
    assert box
    corners = {"kick": (100, 10), "snare": (10, 160), "cymbal": (190, 160)}
    x, y = (sum(weight * corners[name][axis] for name, weight in MIX.items()) for axis in (0, 1))
    triangle.click(position={"x": x / 200 * box["width"], "y": y / 180 * box["height"]})
    page.get_by_label("Another seed").click()
    page.get_by_role("button", name="Undo", disabled=False).wait_for()
    page.wait_for_timeout(1000)  # lights go out
    page.mouse.move(0, 0)


def main() -> None:
    """Draw every view."""
    with tempfile.TemporaryDirectory() as home, serving(Path(home)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        make(shown(browser, address, VIEWS["panel"]))
        for name, view in VIEWS.items():
            page = shown(browser, address, view)
            page.screenshot(path=PICTURES / f"{name}.png")
            print(f"{name}: first paint after {page.evaluate(PAINT):.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
