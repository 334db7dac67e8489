"""The patches for Max at work against a real daemon, run by a reader of patches (`rig.max`), which is no Max."""

import socket
from pathlib import Path

import pytest
from rig.daemon import Daemon
from rig.max import Max
from rig.max_objects import Thing
from rig.osc import OscClient

FOLDER = Path(__file__).parents[2] / "max_patches"


@pytest.fixture
def panel(small: Daemon, little: OscClient):
    """The panel, which the daemon has answered."""
    with Max(FOLDER / "driftkit.maxpat", small.port) as opened:
        light = opened.one("led")
        opened.until(lambda: light.shown == 1, "the light")
        opened.until(lambda: opened.one("live.dial", varname="kick").shown == 1, "the controls of pad 1")
        yield opened


def button(panel: Max, text: str):
    """A button by its text."""
    return panel.one("textbutton", text=text)


def has(opened: Max, client: OscClient, address: str, value: object) -> None:
    """Wait until the daemon has a value: what a patch has sent may come later than what another socket sends."""
    opened.until(lambda: client.ask(address).values == (value,), f"{address} at {value}")


def test_the_panel_shows_what_the_daemon_says(small: Daemon, panel: Max, little: OscClient) -> None:
    pads = {number: button(panel, str(number)) for number in (1, 2)}
    panel.until(lambda: "text" in pads[2].stored, "the names of the pads")
    assert pads[1].stored["text"] == ["kick"] and pads[2].stored["text"] == ["Crack"]
    buffers = {thing.words[0]: thing for thing in panel.every() if thing.name == "buffer~"}
    assert buffers["driftkit.2"].stored["replace"] == [str(small.live(2))]
    menu = panel.one("umenu")
    panel.until(lambda: menu.shown == "aa", "the kit that is open")
    panel.until(lambda: {"aa", "bb", "studio"} <= set(menu.state), "all kits")
    assert len(menu.state) == len(set(menu.state)), "each once"
    little.send("/pad/2/name", "Größe / 🥁 of a name that goes on and on and on")
    panel.until(lambda: "Größe / 🥁" in str(pads[2].stored["text"]), "another name")
    little.send("/pad/1/guidance", 2.5)
    panel.until(lambda: panel.one("live.dial", varname="guidance").shown == 2.5, "a knob that somebody else has moved")
    little.send("/pad/1/solver", "heun")
    panel.until(lambda: panel.one("live.menu", varname="solver").shown == "heun", "a menu, too")
    little.send("/pad/2/guidance", 4.5)
    little.send("/pad/1/variation", 0.25)
    panel.until(lambda: panel.one("live.dial", varname="variation").shown == 0.25, "another knob")
    assert panel.one("live.dial", varname="guidance").shown == 2.5, "that of another pad is not shown"


def test_the_panel_moves_renders_and_selects(small: Daemon, panel: Max, little: OscClient) -> None:
    panel.one("live.dial", varname="snare").click(0.75)
    panel.one("live.dial", varname="steps").click(2.0)
    panel.one("live.menu", varname="quality").click("fine")
    panel.one("live.toggle", varname="audition").click(1)
    for name, value in (("snare", 0.75), ("steps", 2), ("quality", "fine"), ("audition", 1)):
        has(panel, little, f"/pad/1/{name}", value)
    told = panel.one("comment", text="no sound yet")
    button(panel, "render").click("bang")
    panel.until(lambda: str(told.shown).startswith("pad 1 "), "a line about the new sound")
    button(panel, "2").click("bang")
    panel.until(lambda: button(panel, "2").stored.get("bgcolor", [0])[0] > 0.5, "the pad lit")
    panel.until(lambda: panel.one("live.dial", varname="snare").shown == 1, "the controls of pad 2")
    assert button(panel, "1").stored["bgcolor"][0] < 0.5
    assert panel.one("waveform~").stored["set"] == ["driftkit.2"]
    assert little.ask("/snare").values == (1,), "selected there, too"
    button(panel, "stop").click("bang")
    little.ask("/select", 1, answers="/done")
    panel.until(
        lambda: panel.one("live.dial", varname="snare").shown == 0.75, "a selection that somebody else has made"
    )
    note = panel.one("comment", text="no driftkit yet: start driftkit serve")
    for _ in range(8):  # more than there is
        button(panel, "undo").click("bang")
    panel.until(lambda: "nothing to undo" in str(note.shown), "why that cannot be")


def test_a_pad_is_an_object_that_plays(small: Daemon, little: OscClient) -> None:
    with Max(FOLDER / "driftkit.pad~.maxhelp", small.port) as opened:
        buffer = next(thing for thing in opened.every() if thing.name == "buffer~")
        player = next(thing for thing in opened.every() if thing.name == "play~")
        level = next(thing for thing in opened.every() if thing.name == "*~")
        opened.until(lambda: buffer.stored.get("replace") == [str(small.live(1))], "its file")
        assert buffer.words == player.words[:1], "one name of its own"
        opened.one("message", text="0.4").click(0.4)
        assert player.stored["start"] == [] and list(level.stored) == [pytest.approx(0.16)]
        for text in ("set guidance 2.", "set kick 0.7", "render"):
            opened.one("message", text=text).click(*[float(w) if w[0].isdigit() else w for w in text.split()])
        before = len(opened.said)
        opened.until(lambda: any(name.endswith("-sound") for name, _ in opened.said[before:]), "the new sound loaded")
        assert little.ask("/pad/1/kick").values == pytest.approx((0.7,)) and little.ask("/pad/1/guidance").values == (
            2,
        )


def told_to(opened: Max, word: str) -> list[Thing]:
    """Objects of Live's API that were told something with that word."""
    return [one for one in opened.every() if one.name.startswith("live.") and word in str(one.stored)]


def test_the_device_follows_its_own_pad_and_fills_the_rack(small: Daemon, little: OscClient) -> None:
    with Max(FOLDER / "driftkit.amxd", small.port) as opened:
        dial = opened.one("live.dial", varname="guidance")
        opened.until(lambda: opened.one("live.dial", varname="kick").shown == 1, "the controls of pad 1")
        dial.click(3.0)
        opened.one("live.numbox", varname="pad").hear(0, [2])
        opened.until(lambda: opened.one("live.dial", varname="snare").shown == 1, "the controls of pad 2")
        dial.click(4.0)
        has(opened, little, "/pad/2/guidance", 4)
        has(opened, little, "/pad/1/guidance", 3)
        opened.until(lambda: [m for name, m in opened.said if name.endswith(".slot") and m[0] == 2], "the first list")
        assert not told_to(opened, "drum_pads"), "whether Live can do that is not known yet"
        (live,) = told_to(opened, "live_app")
        live.out(0, "id", 1)
        (version,) = told_to(opened, "get_major_version")
        version.out(0, "get_minor_version", 3)
        version.out(0, "get_major_version", 12)
        text = "set Live before 12.4: drag live/NN.wav onto the pads".split()
        opened.until(lambda: any(list(m) == text for _, m in opened.said), "what to do by hand")
        little.send("/slot/list", 2)
        opened.until(lambda: opened.said[-1][0].endswith(".slot"), "the list again")
        assert not told_to(opened, "drum_pads"), "an older Live was asked to replace a sample"
        version.out(0, "get_minor_version", 4)
        version.out(0, "get_major_version", 12)
        little.send("/slot/list", 2)
        opened.until(lambda: told_to(opened, "drum_pads"), "a file for the rack")
        (place,) = told_to(opened, "drum_pads")
        rack = "this_device canonical_parent devices 1 drum_pads 37 chains 0 devices 0"
        assert " ".join(map(str, place.stored["goto"])) == rack
        place.out(0, "id", 0)
        assert not told_to(opened, "replace_sample"), "there is no Simpler"
        place.out(0, "id", 7)
        (simpler,) = told_to(opened, "replace_sample")
        assert simpler.stored == {"id": [7], "call": ["replace_sample", str(small.live(2))]}


def test_the_patch_asks_until_driftkit_is_there_and_sees_it_go() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daemon:
        daemon.bind(("127.0.0.1", 0))
        daemon.setblocking(False)
        asked: list[bytes] = []

        def packets() -> list[bytes]:
            while True:
                try:
                    asked.append(daemon.recv(1024))
                except BlockingIOError:
                    return asked

        with Max(FOLDER / "driftkit.maxpat", daemon.getsockname()[1], speed=50) as opened:
            light = opened.one("led")
            opened.until(lambda: len(packets()) >= 2, "it asks again")
            assert all(packet.startswith(b"/driftkit/notify") for packet in asked) and not light.shown
            daemon.sendto(b"/driftkit/pong\0\0,\0\0\0", opened.ear.getsockname())
            opened.until(lambda: light.shown == 1, "the light")
            opened.until(lambda: any(packet.startswith(b"/driftkit/ping") for packet in packets()), "a ping")
            opened.until(lambda: light.shown == 0, "that it has gone")
            asked.clear()
            opened.until(lambda: any(packet.startswith(b"/driftkit/notify") for packet in packets()), "it asks anew")
