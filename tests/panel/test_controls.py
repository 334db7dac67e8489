"""Every control moves what it says, from the page and from elsewhere."""

from typing import Any

import pytest
from rig import web
from rig.daemon import Daemon, until
from rig.jack import Sender
from rig.osc import OscClient
from rig.panel import DESK, failure, place, shows
from rig.tools import need

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


def near(value: Any, wanted: Any) -> bool:
    return value == wanted if isinstance(wanted, str) else abs(value - wanted) < 0.51


def choose_task(panel: Any, task: str) -> None:
    """Click on its word, which stands for the hidden box that a browser knows it by."""
    panel.locator("label[data-control=task]").filter(has=panel.locator(f"input[value={task}]")).click()


def test_every_control_of_the_table_changes_the_daemon(panel, osc: OscClient, daemon: Daemon) -> None:
    panel.evaluate("document.querySelector('details').open = true")
    steered = dict(table(daemon))
    for name in ("lock_seed", "variation", "interpolation", "length_ms", "effects"):
        del steered[name]  # by gestures of their own, below; of one length; by a text with a form of its own
    for name, node in steered.items():
        value = another(node, osc.ask(f"/pad/1/{name}").values[0])
        where = place(panel, name)
        if name == "task":
            choose_task(panel, value)
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


def test_the_span_of_inpainting_is_dragged(panel, osc: OscClient) -> None:
    choose_task(panel, "inpaint")
    view = panel.get_by_role("group", name="Waveform and spectrogram")
    view.scroll_into_view_if_needed()
    box = view.bounding_box()
    panel.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 40)
    panel.mouse.down()
    panel.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 40, steps=5)
    panel.mouse.up()
    until(lambda: osc.ask("/pad/1/inpaint_end_ms").values[0] == pytest.approx(599, abs=8), "an end")
    assert osc.ask("/pad/1/inpaint_start_ms").values[0] == pytest.approx(200, abs=8)


def test_a_control_learns_a_knob_and_the_knob_is_seen(panel, osc: OscClient, midi: dict[str, str] | None) -> None:
    if midi is None:
        need("jackd", "jackd2")
    with Sender(DESK, midi) as desk:
        panel.locator("footer").get_by_text(DESK).wait_for()
        panel.get_by_role("button", name="Learn").click()
        before = osc.ask("/pad/1/guidance").values[0]
        place(panel, "guidance").click()
        panel.get_by_text("Turn a knob for").wait_for()
        panel.locator("[data-control='guidance'].waiting").wait_for()
        desk.send((0xB0, 85, 1))
        panel.get_by_text("CC 85 moves Guidance").wait_for()
        panel.get_by_role("button", name="Done").click()
        desk.send((0xB0, 85, 0), (0xB0, 85, 127))  # past where the control is: now the knob has it
        until(lambda: osc.ask("/pad/1/guidance").values[0] == 10 != before, "a control that was moved")
        shows(panel, ["guidance", 10])
