"""Sounds that are dropped on a pad, and dragged off it.

Files lie on the disk and come as a desktop gives them, by the browser's own protocol; what a drag carries is what the
browser would hand to a desktop. docs/panel.md says which desktops and programs were tried by hand.
"""

import json
import struct
import urllib.request
import wave
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from rig.daemon import Daemon, until
from rig.osc import OscClient
from rig.panel import failure
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

COPY, MOVE = 1, 16  # what a file manager allows to be done with its files


@contextmanager
def protocol(page: Any) -> Iterator[Any]:
    """The browser's own protocol, about a page."""
    session = page.context.new_cdp_session(page)
    try:
        yield session
    finally:
        session.detach()


def middle(place: Any) -> dict[str, float]:
    """Where a pointer goes to."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def dropped(page: Any, place: Any, *files: Path) -> None:
    """Drag files from a desktop to a place, and let them go there."""
    data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": COPY | MOVE}
    with protocol(page) as browser:
        for step in ("dragEnter", "dragOver", "drop"):
            browser.send("Input.dispatchDragEvent", {"type": step, **middle(place), "data": data})


def carried(page: Any, place: Any) -> dict[str, str]:
    """What a drag that begins at a place would hand to a desktop, by type."""
    with protocol(page) as browser:
        begun: list[Any] = []
        browser.on("Input.dragIntercepted", lambda drag: begun.append(drag))
        browser.send("Input.setInterceptDrags", {"enabled": True})
        at = middle(place) | {"button": "left", "buttons": 1, "clickCount": 1}
        browser.send("Input.dispatchMouseEvent", {"type": "mousePressed", **at})
        for far in (4, 12, 24):
            browser.send("Input.dispatchMouseEvent", {"type": "mouseMoved", **at, "x": at["x"] + far})
        until(lambda: page.evaluate("1") and begun, "a drag")
        browser.send("Input.dispatchDragEvent", {"type": "dragCancel", **middle(place), "data": begun[0]["data"]})
        browser.send("Input.setInterceptDrags", {"enabled": False})
    return {item["mimeType"]: item["data"] for item in begun[0]["data"]["items"]}


@pytest.fixture
def hit(tmp_path: Path) -> Path:
    """A sound of the user's."""
    with wave.open(str(tmp_path / "my hit.wav"), "wb") as file:
        file.setparams((1, 2, 44100, 0, "NONE", ""))
        file.writeframes(struct.pack("<h", 12_000) * 44_100)
    return tmp_path / "my hit.wav"


def test_a_wav_that_is_dropped_becomes_source_a(panel, osc: OscClient, daemon: Daemon, hit: Path) -> None:
    data = hit.read_bytes()
    dropped(panel, panel.get_by_label("Pad 2, Crack"), hit)
    until(lambda: osc.ask("/pad/2/source_a").values[0] == "dropped/my hit.wav", "a source")
    assert (daemon.out / "dropped" / "my hit.wav").read_bytes() == data == hit.read_bytes()
    until(lambda: osc.ask("/pad/2/task").values[0] == "vary", "a task that uses it")
    panel.get_by_text("my hit.wav is source A of pad 2").wait_for()
    assert osc.render(2, 7, variation=0.1).address == "/sound"
    osc.ask("/select", 3, answers="/done")
    panel.get_by_label("Sound of pad 3").wait_for()
    dropped(panel, panel.get_by_label("Waveform and spectrogram"), hit)  # the same again is no other file
    until(lambda: osc.ask("/pad/3/source_a").values[0] == "dropped/my hit.wav", "the same source")
    panel.get_by_text("my hit.wav is source A of pad 3").wait_for()
    hit.write_bytes(bytes(8))
    dropped(panel, panel.get_by_label("Pad 3, Hat"), hit)
    failure(panel, "my hit.wav")
    assert [path.name for path in (daemon.out / "dropped").iterdir()] == ["my hit.wav"]


def test_a_drop_says_where_it_goes(panel, osc: OscClient, hit: Path) -> None:
    dropped(panel, panel.get_by_role("heading", name="driftkit"), hit)  # nowhere: the pointer has said so
    dropped(panel, panel.get_by_label("Pad 3, Hat"), hit, hit.parent)
    failure(panel, "2 files were dropped; a pad takes one")
    assert panel.url.startswith("http://localhost"), "the browser has opened no file"
    assert [osc.ask(f"/pad/{pad}/source_a").values[0] for pad in (1, 3)] == ["", ""]


NO_SOUNDS = {
    "song.wav": (30_000_000, b"", "song.wav has 30 MB; a source may have at most 24 MB"),
    "words.wav": (0, b"no sound at all " * 100, "words.wav"),
    "empty.wav": (0, b"", "empty.wav is empty"),
    "page.html": (0, b"<p>", "page.html is not a sound file by its name"),
}


def test_what_is_no_sound_is_a_sentence(panel, osc: OscClient, daemon: Daemon, tmp_path: Path) -> None:
    for name, (size, data, words) in NO_SOUNDS.items():
        made(tmp_path / name, size or len(data), data)
        dropped(panel, panel.get_by_label("Pad 1, Kick"), tmp_path / name)
        failure(panel, words)
    (tmp_path / "folder.wav").mkdir()
    dropped(panel, panel.get_by_label("Pad 1, Kick"), tmp_path / "folder.wav")
    failure(panel, "folder.wav")
    assert osc.ask("/pad/1/source_a").values[0] == ""
    until(lambda: not [*(daemon.out / ".stage").iterdir()], "nothing half")


def test_a_file_that_goes_away_half_way_leaves_nothing(panel, osc: OscClient, daemon: Daemon, hit: Path) -> None:
    panel.evaluate(
        """() => {
          const whole = Blob.prototype.slice;
          Blob.prototype.slice = function (...part) {
            if (!part[0]) return whole.apply(this, part);
            Blob.prototype.slice = whole;
            return new Response(new ReadableStream({ pull: (to) => to.error("unplugged") }));
          };
        }"""
    )
    dropped(panel, panel.get_by_label("Pad 1, Kick"), hit)
    failure(panel, "my hit.wav cannot be read")
    until(lambda: not [*(daemon.out / ".stage").iterdir()], "nothing half")


def test_a_drop_on_a_full_disk_is_a_sentence(panel, osc: OscClient, daemon: Daemon, hit: Path) -> None:
    stage = daemon.out / ".stage"
    away = stage.with_name("away")
    stage.rename(away)
    stage.write_text("no folder")
    try:
        dropped(panel, panel.get_by_label("Pad 1, Kick"), hit)
        failure(panel, "my hit.wav cannot be kept in")
    finally:
        stage.unlink()
        away.rename(stage)
    dropped(panel, panel.get_by_label("Pad 1, Kick"), hit)
    until(lambda: osc.ask("/pad/1/source_a").values[0] == "dropped/my hit.wav", "a source, now that there is room")


def made(file: Path, size: int, data: bytes = b"") -> Path:
    """A file of so many bytes, of which only the first take room on the disk."""
    with file.open("wb") as one:
        one.write(data)
        one.truncate(size)
    return file


def memory(browser: Any, daemon: Daemon) -> int:
    """Bytes that the daemon and every process of the browser hold."""
    session = browser.new_browser_cdp_session()
    pids = [one["id"] for one in session.send("SystemInfo.getProcessInfo")["processInfo"]]
    session.detach()
    pages = 0
    for pid in [daemon.ready["pid"], *pids]:
        with suppress(OSError):
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096


def test_two_gigabytes_are_a_sentence_and_no_memory(
    panel, browser, osc: OscClient, daemon: Daemon, tmp_path: Path
) -> None:
    film = made(tmp_path / "film.wav", 2 * 10**9)
    before = memory(browser, daemon)
    dropped(panel, panel.get_by_label("Pad 1, Kick"), film)
    failure(panel, "film.wav has 2,000 MB; a source may have at most 24 MB: drop a single hit")
    assert memory(browser, daemon) - before < 3e8
    assert not [*(daemon.out / ".stage").iterdir()]
    assert osc.render(1, 7).address == "/sound"


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
        data = carried(panel, panel.locator(grip))
        kind, name, address = data["downloadurl"].split(":", 2)
        assert (kind, name) == ("audio/wav", wanted)
        assert data["text/uri-list"] == address and address.endswith(f"/{wanted}"), "desktops name files by addresses"
        link = urlsplit(data["text/plain"].strip())
        assert link.scheme == "file" and Path(unquote(link.path)).read_bytes() == daemon.live(pad).read_bytes()
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == daemon.live(pad).read_bytes()
    panel.get_by_label("Sound of pad 3").wait_for()  # which was pressed
    with panel.expect_download() as download:
        panel.locator("a.drag").click()
    assert Path(download.value.path()).read_bytes() == daemon.live(3).read_bytes()
