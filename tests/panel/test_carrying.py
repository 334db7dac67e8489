"""Sounds that are dropped on a pad, and dragged off it."""

import json
import struct
import urllib.request
import wave
from contextlib import suppress
from pathlib import Path
from typing import Any

from rig.daemon import Daemon, until
from rig.osc import OscClient
from rig.panel import failure
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


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
