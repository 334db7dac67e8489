"""Several panels of one daemon, and a panel whose daemon has gone."""

import signal
from pathlib import Path

from rig.daemon import until
from rig.osc import OscClient
from rig.panel import Panels, free_port, own_home, place, shows, started

from driftkit.daemon.bench.daemon import children


def test_five_panels_keep_in_step_though_one_of_them_is_slow(panel, panels, osc: OscClient) -> None:
    others = [panels.open(beside=panel) for _ in range(4)]
    others[0].evaluate("() => { const end = performance.now() + 1500; while (performance.now() < end); }")
    place(panel, "guidance").locator(".value").fill("7.25")
    panel.keyboard.press("Enter")
    for page in others:
        shows(page, ["guidance", 7.25])
        page.close()


def test_it_says_when_the_daemon_has_gone_and_comes_back_by_itself(browser, sink: None, tmp_path: Path) -> None:
    home, port = own_home(tmp_path), free_port()
    panels = Panels(browser, port)
    with started(home, port) as daemon:
        page = panels.open()
        players = children(daemon.ready["pid"])
        daemon.stop(signal.SIGKILL)
    page.get_by_text("driftkit has gone").wait_for()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in players), "an end of what it had started")
    with started(home, port) as again, OscClient(again.port) as osc:
        page.get_by_text("driftkit has gone").wait_for(state="detached")
        page.locator("main[aria-busy=false]").wait_for()
        place(page, "guidance").locator(".value").fill("4")
        page.keyboard.press("Enter")
        until(lambda: osc.ask("/pad/1/guidance").values[0] == 4, "the control")
        page.context.close()
    assert all("WebSocket connection" in said for said in panels.wrong)  # as long as nobody was there
