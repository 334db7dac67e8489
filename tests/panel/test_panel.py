"""The panel in a real browser, beside another client of the same daemon."""

import json
import signal
import struct
import urllib.request
import wave
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from rig import web
from rig.daemon import Daemon, until
from rig.jack import Sender
from rig.osc import OscClient
from rig.panel import DESK, started
from rig.tools import need
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from driftkit.daemon.bench.daemon import children

AXE = Path(__file__).resolve().parents[2] / "panel" / "node_modules" / "axe-core" / "axe.min.js"
TYPED = "input.value, input[type=text], input:not([type])"


def table(daemon: Daemon) -> dict[str, Any]:
    """The controls of a pad, as OSCQuery has them."""
    return web.node(daemon, "/driftkit/pad/1")["CONTENTS"]


def another(node: dict[str, Any], now: Any) -> Any:
    """A value that a control may have, and has not."""
    limits = node.get("RANGE", [{}])[0]
    if "VALS" in limits:
        return next(one for one in limits["VALS"] if one != now)
    if node["TYPE"] == "s":
        return "pad:2"
    value = round(limits["MIN"] + (limits["MAX"] - limits["MIN"]) * 0.25)
    return value if value != now else limits["MAX"]


def place(page: Any, name: str) -> Any:
    return page.locator(f"[data-control='{name}']").first


def near(value: Any, wanted: Any) -> bool:
    return value == wanted if isinstance(wanted, str) else abs(value - wanted) < 0.51


def dropped(page: Any, pad: int, name: str, data: str) -> None:
    """Drop a file on a pad; `data` is JavaScript of its parts."""
    page.evaluate(
        f"""() => {{
          const carried = new DataTransfer();
          carried.items.add(new File({data}, {json.dumps(name)}));
          const pad = [...document.querySelectorAll(".pad")].find((one) => one.ariaLabel.startsWith("Pad {pad},"));
          pad.dispatchEvent(new DragEvent("drop", {{ dataTransfer: carried, bubbles: true, cancelable: true }}));
        }}"""
    )


def failure(page: Any, words: str) -> None:
    """A sentence stays until it is read."""
    said = page.get_by_role("alert").get_by_text(words)
    said.wait_for()
    page.locator(".failure", has_text=words).get_by_role("button").click()
    said.wait_for(state="detached")


# -- the page itself --------------------------------------------------------------------------------------


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


# -- controls ---------------------------------------------------------------------------------------------


def test_every_control_of_the_table_changes_the_daemon(panel, osc: OscClient, daemon: Daemon) -> None:
    panel.evaluate("document.querySelector('details').open = true")
    steered = dict(table(daemon))
    for name in ("lock_seed", "variation", "interpolation", "length_ms", "effects"):
        del steered[name]  # by gestures of their own, below; of one length; by a text with a form of its own
    for name, node in steered.items():
        value = another(node, osc.ask(f"/pad/1/{name}").values[0])
        where = place(panel, name)
        if name == "task":
            panel.get_by_role("radio", name=value).check(force=True)
        elif name in ("kick", "snare", "cymbal"):
            where.click()  # a corner of the triangle
            value = 1
        elif name == "name":
            panel.get_by_label("Name of the pad").fill(value)
            panel.keyboard.press("Enter")
        elif name.startswith("source_"):
            panel.get_by_label("Source " + name[-1].upper()).select_option(value)
        elif "VALS" in node.get("RANGE", [{}])[0]:
            where.locator("select").select_option(value)
        elif where.locator("input[type=checkbox]").count():
            where.locator("input").click()
            value = 1
        else:
            where.locator(TYPED).first.fill(str(value))
            panel.keyboard.press("Enter")
        until(lambda: near(osc.ask(f"/pad/1/{name}").values[0], value), f"{name} at {value}")  # noqa: B023
    panel.get_by_role("slider", name="Variation and interpolation").press("ArrowUp")
    until(lambda: osc.ask("/pad/1/variation").values[0] == pytest.approx(0.52), "variation")
    panel.get_by_role("slider", name="Variation and interpolation").press("ArrowLeft")
    until(lambda: osc.ask("/pad/1/interpolation").values[0] == pytest.approx(0.48), "interpolation")
    panel.get_by_label("Effects").fill('[{"plugin": "reverb"}]')
    panel.keyboard.press("Enter")
    until(lambda: "reverb" in osc.ask("/pad/1/effects").values[0], "effects")
    lock = panel.get_by_label("Lock the seed")
    for pressed, name, value in (("false", "seed", -1), ("true", "lock_seed", 1)):
        lock.click()  # the seed was set, which is locked
        panel.locator(f"[aria-label='Lock the seed'][aria-pressed={pressed}]").wait_for()
        until(lambda: osc.ask(f"/pad/1/{name}").values[0] == value, f"{name} at {value}")  # noqa: B023


def test_every_change_of_another_client_shows_in_the_page(panel, osc: OscClient, daemon: Daemon) -> None:
    panel.evaluate("document.querySelector('details').open = true")
    for name, node in table(daemon).items():
        if name in ("length_ms", "effects"):
            continue
        value = another(node, osc.ask(f"/pad/1/{name}").values[0])
        value = 1 if name in daemon_classes(daemon) else value
        osc.send(f"/pad/1/{name}", value)
        shows(panel, [name, value])


def daemon_classes(daemon: Daemon) -> list[str]:
    return [name for name, node in table(daemon).items() if "Weight of the class" in node["DESCRIPTION"]]


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


def test_a_dragged_fader_loses_no_last_value(panel, osc: OscClient) -> None:
    fader = place(panel, "guidance").locator("input[type=range]")
    box = fader.bounding_box()
    panel.mouse.move(box["x"] + 4, box["y"] + box["height"] / 2)
    panel.mouse.down()
    for step in range(1, 91):
        panel.mouse.move(box["x"] + 4 + (box["width"] - 12) * step / 90, box["y"] + box["height"] / 2)
    panel.mouse.up()
    last = float(fader.input_value()) / 100
    assert last > 9
    until(lambda: osc.ask("/pad/1/guidance").values[0] == pytest.approx(last, abs=1e-3), "the last value")


def test_a_value_that_is_refused_is_a_sentence_and_the_old_one_stands(panel, osc: OscClient) -> None:
    place(panel, "steps").locator(".value").fill("900")
    panel.keyboard.press("Enter")
    failure(panel, "steps is 900; it must be from 1 to 400")
    shows(panel, ["steps", 2])


def test_the_triangle_is_dragged(panel, osc: OscClient) -> None:
    box = panel.get_by_role("slider", name="Mix of kick, snare, cymbal").bounding_box()
    panel.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    panel.mouse.down()
    panel.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 160 / 180)  # between snare and cymbal
    panel.mouse.up()
    until(lambda: osc.ask("/pad/1/kick").values[0] == pytest.approx(0, abs=0.02), "no kick")
    assert osc.ask("/pad/1/snare").values[0] == pytest.approx(0.5, abs=0.02)


# -- sounds -----------------------------------------------------------------------------------------------


def holds(osc: OscClient, pad: int) -> tuple[Any, ...]:
    """What a pad holds: pad stamp label confidence seed undos redos file."""
    osc.send("/sounds")
    return osc.wait_for("/holds", where=lambda answer: answer.values[0] == pad).values


def test_a_pad_renders_and_undo_and_redo_go_back_and_forth(panel, osc: OscClient) -> None:
    before = holds(osc, 2)[1]
    panel.get_by_label("Render Crack").click(force=True)
    until(lambda: holds(osc, 2)[1] != before, "another sound")
    panel.get_by_role("button", name="Undo").click()
    until(lambda: holds(osc, 2)[1] == before, "the sound before")
    panel.get_by_role("button", name="Redo").click()
    until(lambda: holds(osc, 2)[1] != before, "the new sound again")
    assert panel.get_by_text("heard as").count() == 1
    panel.locator(".pad", has_text="Crack").locator("path").first.wait_for(state="attached")


def test_the_ring_shows_a_render_until_it_ends(panel, osc: OscClient) -> None:
    osc.send("/pad/3/steps", 400)
    panel.get_by_label("Render Hat").click(force=True)
    panel.locator(".render.busy").wait_for()
    osc.send("/cancel", "*")
    panel.locator(".render.busy").wait_for(state="detached")


def test_clicks_keys_and_the_height_of_a_click_play(panel, osc: OscClient) -> None:
    osc.ask("/notify", 1, answers="/done")
    pad = panel.get_by_role("button", name="Play Crack", exact=True)
    pad.click(position={"x": 40, "y": 6})
    hard = osc.wait_for("/played").values
    pad.click(position={"x": 40, "y": pad.bounding_box()["height"] - 8})
    soft = osc.wait_for("/played").values
    assert hard[0] == soft[0] == 2 and hard[1] == 1 and soft[1] < 0.4
    panel.keyboard.press("c")
    assert osc.wait_for("/played").values[0] == 3
    pad.focus()
    panel.keyboard.press("Enter")
    assert osc.wait_for("/played").values[0] == 2
    osc.ask("/notify", 0, answers="/done")


def test_a_pad_that_somebody_else_plays_lights_up(panel, osc: OscClient) -> None:
    panel.evaluate(
        """() => {
          window.lit = new Promise((tell) => {
            const look = () => document.querySelector(".pad.hit") && tell(true);
            new MutationObserver(look).observe(document.querySelector(".pads"), { subtree: true, attributes: true });
          });
        }"""
    )
    osc.send("/play", 3, 0.9)
    assert panel.evaluate("window.lit")


def test_a_wav_that_is_dropped_becomes_source_a(panel, osc: OscClient, daemon: Daemon, tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 44100, 0, "NONE", ""))
        file.writeframes(struct.pack("<h", 12_000) * 44_100)
    numbers = list((tmp_path / "a.wav").read_bytes())
    dropped(panel, 2, "my hit.wav", f"[new Uint8Array({json.dumps(numbers)})]")
    until(lambda: osc.ask("/pad/2/source_a").values[0] == "dropped/my hit.wav", "a source")
    assert (daemon.out / "dropped" / "my hit.wav").read_bytes() == bytes(numbers)
    until(lambda: osc.ask("/pad/2/task").values[0] == "vary", "a task that uses it")
    panel.get_by_text("my hit.wav is source A of pad 2").wait_for()
    assert osc.render(2, 7, variation=0.1).address == "/sound"
    dropped(panel, 2, "my hit.wav", f"[new Uint8Array({json.dumps(numbers)})]")  # the same again is no other file
    dropped(panel, 3, "my hit.wav", "[new Uint8Array(4), new Uint8Array(4)]")
    failure(panel, "my hit.wav")
    assert [path.name for path in (daemon.out / "dropped").iterdir()] == ["my hit.wav"]


NO_SOUNDS = {
    "song.wav": ("[new Blob([new Uint8Array(30_000_000)])]", "song.wav has 30 MB; a source may have at most 24 MB"),
    "words.wav": ("['no sound at all '.repeat(100)]", "words.wav"),
    "empty.wav": ("[]", "empty.wav is empty"),
    "page.html": ("['<p>']", "page.html is not a sound file by its name"),
}


def test_what_is_no_sound_is_a_sentence(panel, osc: OscClient, daemon: Daemon) -> None:
    for name, (data, words) in NO_SOUNDS.items():
        dropped(panel, 1, name, data)
        failure(panel, words)
    assert osc.ask("/pad/1/source_a").values[0] == ""
    until(lambda: not [*(daemon.out / ".stage").iterdir()], "nothing half")


def test_an_upload_without_an_end_leaves_nothing(osc: OscClient, daemon: Daemon) -> None:
    place = "ws://{}:{}/upload/half.wav?pad=1".format(*daemon.ready["http"])
    with connect(place, proxy=None) as one:
        one.send(bytes(60_000))
        until(lambda: [*(daemon.out / ".stage").iterdir()], "a file that comes")
    until(lambda: not [*(daemon.out / ".stage").iterdir()], "nothing")
    with connect(place, proxy=None) as one:  # larger than the panel would let through
        with suppress(ConnectionClosed):
            for _ in range(500):
                one.send(bytes(60_000))
        assert json.loads(one.recv())["error"].startswith("half.wav is too large; a source may have at most 24 MB")
    until(lambda: not [*(daemon.out / ".stage").iterdir()], "nothing")
    with connect(place.replace("pad=1", "pad=17"), proxy=None) as one:
        assert json.loads(one.recv())["error"] == "pad is 17; it must be from 1 to 16"


def test_a_sound_is_dragged_out(panel, osc: OscClient, daemon: Daemon) -> None:
    for grip, pad, wanted in (("a.drag", 1, "Kick_s11.wav"), ("[data-control='select/3']", 3, "Hat_s13.wav")):
        carried = panel.evaluate(
            """(grip) => {
              const carried = new DataTransfer();
              const one = document.querySelector(grip);
              one.dispatchEvent(new DragEvent("dragstart", { dataTransfer: carried, bubbles: true }));
              return one.draggable && carried.getData("DownloadURL");
            }""",
            grip,
        )
        kind, name, address = carried.split(":", 2)
        assert (kind, name) == ("audio/wav", wanted)
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == daemon.live(pad).read_bytes()
    with panel.expect_download() as download:
        panel.locator("a.drag").click()
    assert Path(download.value.path()).read_bytes() == daemon.live(1).read_bytes()


def test_the_span_of_inpainting_is_dragged(panel, osc: OscClient) -> None:
    panel.get_by_role("radio", name="inpaint").check(force=True)
    view = panel.get_by_role("group", name="Waveform and spectrogram")
    box = view.bounding_box()
    panel.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 40)
    panel.mouse.down()
    panel.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 40, steps=5)
    panel.mouse.up()
    until(lambda: osc.ask("/pad/1/inpaint_end_ms").values[0] == pytest.approx(599, abs=8), "an end")
    assert osc.ask("/pad/1/inpaint_start_ms").values[0] == pytest.approx(200, abs=8)


# -- kits, takes ------------------------------------------------------------------------------------------


def test_kits_are_opened_and_saved_and_a_mistake_is_told(panel, osc: OscClient, daemon: Daemon, home: Path) -> None:
    panel.get_by_role("button", name="Next kit").click()
    panel.get_by_label("Pad 1, Clap").wait_for()
    panel.get_by_title("Kits and models").click()
    panel.get_by_role("button", name="wrong").click()
    failure(panel, "kick is 7; it must be from 0 to 1")
    panel.get_by_label("Name of the kit to save").fill("mine")
    panel.get_by_role("button", name="Save kit").click()
    drawer = panel.get_by_role("complementary", name="Kits")
    drawer.get_by_role("button", name="mine").wait_for()
    drawer.get_by_role("button", name="aa").click()
    panel.get_by_label("Pad 1, Kick").wait_for()
    assert drawer.get_by_role("button", name="default").is_visible()  # the model


def test_takes_are_marked_recalled_and_deleted(panel, osc: OscClient, daemon: Daemon) -> None:
    osc.render(1, 7, seed=4711)
    osc.send("/take/list", 1)
    file = osc.wait_for("/take").values[2]
    panel.get_by_role("button", name="Takes").click()
    panel.get_by_role("button", name="Mark Kick 4711").first.click()
    panel.locator("button[aria-pressed=true][aria-label='Mark Kick 4711']").first.wait_for()
    osc.send("/take/list", 1)
    assert osc.wait_for("/take").values[2:] == (file, "Kick", 4711, 1)
    panel.get_by_role("button", name="Play Crack", exact=True).click()  # selects pad 2
    panel.get_by_role("button", name="Recall Kick 4711 to pad 2").first.click()
    until(lambda: holds(osc, 2)[4] == 4711, "the sound of that take")
    assert web.ask(daemon, f"/{file}").body == (daemon.out / file).read_bytes()
    panel.get_by_role("button", name="Delete Kick 4711").first.click()
    panel.get_by_role("button", name="Really delete Kick 4711").click()
    until(lambda: not (daemon.out / file).exists(), "no file")
    assert "is not a take" in osc.refusal("/take/delete", "live/01.wav")
    assert web.ask(daemon, "/takes/2020-01-01/../../live/01.wav").status == 404


# -- several, slow, gone ----------------------------------------------------------------------------------


def test_five_panels_keep_in_step_though_one_of_them_is_slow(panel, panels, osc: OscClient) -> None:
    others = [panels.open(beside=panel) for _ in range(4)]
    others[0].evaluate("() => { const end = performance.now() + 1500; while (performance.now() < end); }")
    place(panel, "guidance").locator(".value").fill("7.25")
    panel.keyboard.press("Enter")
    for page in others:
        shows(page, ["guidance", 7.25])
        page.close()


def test_a_control_learns_a_knob_and_the_knob_is_seen(panel, osc: OscClient, midi: dict[str, str] | None) -> None:
    if midi is None:
        need("jackd", "jackd2")
    with Sender(DESK, midi) as desk:
        panel.locator("footer").get_by_text(DESK).wait_for()
        panel.get_by_role("button", name="Learn").click()
        before = osc.ask("/pad/1/guidance").values[0]
        place(panel, "guidance").click()
        panel.get_by_text("Turn a knob for").wait_for()
        desk.send((0xB0, 85, 1))
        panel.get_by_text("CC 85 moves Guidance").wait_for()
        panel.get_by_role("button", name="Done").click()
        desk.send((0xB0, 85, 0), (0xB0, 85, 127))  # past where the control is: now the knob has it
        until(lambda: osc.ask("/pad/1/guidance").values[0] == 10 != before, "a control that was moved")
        shows(panel, ["guidance", 10])


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


def test_a_full_disk_is_a_sentence_and_the_sound_is_there(panel, osc: OscClient, daemon: Daemon) -> None:
    live = daemon.out / "live"
    away = live.with_name("away")
    live.rename(away)
    live.write_text("no folder")
    try:
        before = holds(osc, 2)[1]
        panel.get_by_label("Render Crack").click(force=True)
        failure(panel, "the sound is kept in memory")
        assert holds(osc, 2)[1] != before
    finally:
        live.unlink()
        away.rename(live)


def test_it_says_when_the_daemon_has_gone_and_comes_back_by_itself(
    panel, panels, daemon: Daemon, home: Path, port: int
) -> None:
    players = children(daemon.ready["pid"])
    daemon.stop(signal.SIGKILL)
    panel.get_by_text("driftkit has gone").wait_for()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in players), "an end of what it had started")
    with started(home, port) as again, OscClient(again.port) as osc:
        panel.get_by_text("driftkit has gone").wait_for(state="detached")
        panel.locator("main[aria-busy=false]").wait_for()
        value = panel.locator("[data-control='guidance'] .value")
        value.fill("4")
        panel.keyboard.press("Enter")
        until(lambda: osc.ask("/pad/1/guidance").values[0] == 4, "the control")
    assert all("WebSocket connection" in said for said in panels.wrong)  # as long as nobody was there
    panels.wrong.clear()
