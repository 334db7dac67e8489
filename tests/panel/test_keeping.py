"""What is kept: kits and takes, and what a full disk says."""

from pathlib import Path

from rig import web
from rig.daemon import Daemon, until
from rig.osc import OscClient
from rig.panel import failure, holds


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
    with panel.expect_download() as download:
        panel.get_by_role("link", name="Kick seed 4711").first.click()
    assert download.value.suggested_filename == Path(file).name
    assert Path(download.value.path()).read_bytes() == (daemon.out / file).read_bytes()
    panel.get_by_role("button", name="Delete Kick 4711").first.click()
    panel.get_by_role("button", name="Really delete Kick 4711").click()
    until(lambda: not (daemon.out / file).exists(), "no file")
    assert "is not a take" in osc.refusal("/take/delete", "live/01.wav")
    assert web.ask(daemon, "/takes/2020-01-01/../../live/01.wav").status == 404


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
