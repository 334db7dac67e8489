"""The page itself: what it is made of, for whom, and to whom it is closed."""

from pathlib import Path

from rig import web
from rig.daemon import Daemon, until
from rig.osc import OscClient
from rig.panel import failure, place
from rig.tools import need

AXE = Path(__file__).resolve().parents[2] / "panel" / "node_modules" / "axe-core" / "axe.min.js"


def test_the_page_is_small_and_asks_no_other_host(panel, daemon: Daemon) -> None:
    asked = []
    panel.on("request", lambda request: asked.append(request.url))
    panel.reload()
    panel.locator("main[aria-busy=false]").wait_for()
    own = "http://localhost:{}/".format(daemon.ready["http"][1])
    assert asked and all(url.startswith(own) for url in asked)
    sizes = panel.evaluate("performance.getEntriesByType('resource').map((one) => [one.name, one.decodedBodySize])")
    assert 50_000 < sum(size for name, size in sizes if "/assets/" in name) < 300_000


def test_a_browser_gets_the_page_and_a_client_of_oscquery_the_tree(daemon: Daemon) -> None:
    page = web.ask(daemon, "/", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert page.headers["Content-Type"].startswith("text/html") and b"<script" in page.body
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert web.ask(daemon, "/", Accept="*/*").json["FULL_PATH"] == "/"
    assert web.ask(daemon, "/assets/nothing.js").status == 404


def test_a_foreign_page_cannot_drive_it(daemon: Daemon, browser) -> None:
    page = browser.new_context().new_page()
    page.route("http://evil.example/", lambda route: route.fulfill(body="<p>evil", content_type="text/html"))
    page.goto("http://evil.example/")
    port = daemon.ready["http"][1]
    heard = page.evaluate(
        f"""async () => {{
          const closed = (path) => new Promise((tell) => {{
            const socket = new WebSocket("ws://localhost:{port}" + path);
            socket.onopen = () => tell("open");
            socket.onerror = () => tell("refused");
          }});
          const read = await fetch("http://localhost:{port}/driftkit/pad/1").then(() => "read", () => "refused");
          return [await closed("/"), await closed("/upload/a.wav?pad=1"), read];
        }}"""
    )
    assert heard == ["refused"] * 3
    page.context.close()


def test_axe_finds_nothing(panels, osc: OscClient) -> None:
    if not AXE.exists():
        need("make panel", "panel/package.json, by make panel", optional=True)
    for width, scheme, drawer in ((390, "light", "Kits and models"), (1280, "dark", "Takes")):
        page = panels.open(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for name in ("", drawer):
            if name:
                page.locator("header button[aria-expanded]", has_text=name if name == "Takes" else "aa").click()
            found = page.evaluate("axe.run().then((one) => one.violations)")
            assert not [(one["id"], [node["target"] for node in one["nodes"]][:4]) for one in found], (scheme, name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.get_by_text("heard as").is_visible()
        page.context.close()


def test_a_browser_that_lacks_much_does_the_rest(panels, osc: OscClient) -> None:
    """Without WebAssembly, Web Audio, Web MIDI, and a memory of its own."""
    lacking = (
        "delete window.WebAssembly; delete window.AudioContext; delete Navigator.prototype.requestMIDIAccess;"
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('not here'); } });"
    )
    page = panels.open(lacking)
    place(page, "guidance").locator(".value").fill("3")
    page.keyboard.press("Enter")
    until(lambda: osc.ask("/pad/1/guidance").values[0] == 3, "the control")
    page.get_by_role("button", name="Takes").click()
    page.locator("li button[aria-label^=Play]").first.click()
    failure(page, "this browser has no Web Audio")
    page.context.close()
    assert not panels.wrong


def test_who_opens_a_list_by_key_is_in_it_and_comes_back(panel, osc: OscClient) -> None:
    button = panel.get_by_role("button", name="Takes")
    button.press("Enter")
    panel.get_by_role("complementary", name="Takes").wait_for()
    panel.keyboard.press("Tab")
    assert panel.evaluate("document.activeElement.ariaLabel") == "Close Takes"
    panel.keyboard.press("Escape")
    panel.get_by_role("complementary", name="Takes").wait_for(state="detached")
    assert button.evaluate("button => button === document.activeElement")
