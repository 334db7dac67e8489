"""Pads: what a click does, and what is seen of that."""

from rig.daemon import until
from rig.osc import OscClient
from rig.panel import holds


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
    busy = panel.locator("[aria-label='Render Hat'].busy")
    busy.wait_for()
    osc.send("/cancel", "*")
    busy.wait_for(state="detached")


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
