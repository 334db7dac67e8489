"""The beat of the panel: alone, and in a session of Ableton Link."""

import time

import pytest
from rig.daemon import until
from rig.link import alone, another
from rig.osc import OscClient


def test_the_beat_plays_through_timetags(panel, osc: OscClient) -> None:
    panel.get_by_role("button", name="Clear").click()
    for step in (1, 3):
        panel.get_by_role("button", name=f"Crack, step {step}", exact=True).click()
    osc.ask("/notify", 1, answers="/done")
    waiting = 0
    panel.get_by_role("button", name="Play the beat").click()
    for _ in range(2):
        assert osc.wait_for("/played").values[0] == 2
        waiting = max(waiting, osc.ask("/status", answers="/status.reply").values[9])
    panel.locator(".step.now").first.wait_for()
    panel.get_by_role("button", name="Stop the beat").click()
    osc.ask("/notify", 0, answers="/done")
    assert not waiting  # no bad packets


def test_the_steps_of_a_pad_are_one_stop_of_the_tab_key(panel, osc: OscClient) -> None:
    panel.get_by_role("button", name="Clear").click()
    first, second, last = (panel.get_by_role("button", name=f"Crack, step {n}", exact=True) for n in (1, 2, 16))
    first.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        panel.keyboard.press(key)
    assert second.get_attribute("title") == "velocity 0.20"
    panel.keyboard.press("Tab")
    assert panel.evaluate("document.activeElement.textContent").strip().endswith("Hat")
    panel.keyboard.press("Shift+Tab")
    assert panel.evaluate("document.activeElement.ariaLabel") == "Crack, step 2"
    panel.keyboard.press("End")
    panel.keyboard.press("ArrowRight")
    panel.keyboard.press("Enter")
    assert last.get_attribute("aria-pressed") == "true"


def test_it_keeps_to_the_tempo_and_the_bar_of_others(panel, osc: OscClient) -> None:
    pytest.importorskip("aalink")
    with alone():
        panel.get_by_role("button", name="Clear").click()
        panel.get_by_role("button", name="Crack, step 1", exact=True).click()
        panel.get_by_role("button", name="Link").click()
        osc.ask("/notify", 1, answers="/done")
        try:
            with another() as other:
                panel.get_by_role("button", name="Link · 1").wait_for()
                other.look(133)
                tempo = panel.get_by_role("slider", name="Tempo")
                until(lambda: tempo.input_value() == "133", "their tempo")
                panel.get_by_role("button", name="Play the beat").click()
                for _ in range(2):
                    assert osc.wait_for("/played").values[0] == 2
                    _, _, bpm, phase, seconds, microseconds = osc.ask(
                        "/link/session", answers="/link/session.reply"
                    ).values
                    now = phase + (time.time() - seconds - microseconds / 1e6) * bpm / 60
                    assert min(now % 4, 4 - now % 4) < 1, "the first step is where the bar begins"
                tempo.fill("96")
                until(lambda: abs(other.look()[1] - 96) < 0.01, "what the panel sets is the tempo of all")
            panel.get_by_role("button", name="Link · 0").wait_for()
        finally:
            panel.get_by_role("button", name="Stop the beat").click()
            panel.get_by_role("button", name="Link").click()
            osc.ask("/notify", 0, answers="/done")
        panel.get_by_role("button", name="Link", exact=True).wait_for()
