"""The watched folder: what a first start leaves in it, and that nobody ever sees half of a file."""

import json
import struct
import threading

import pytest
from rig import wavs
from rig.daemon import Daemon, until
from rig.osc import OscClient

PADS = range(1, 17)


def test_the_ready_line_tells_where_everything_is(daemon: Daemon) -> None:
    assert set(daemon.ready) == {"pid", "osc", "http", "out", "audio", "midi", "model", "device"}
    assert daemon.ready["osc"][0] == "127.0.0.1" and daemon.port > 0
    assert daemon.ready["http"][0] == "127.0.0.1" and daemon.ready["http"][1] > 0
    assert daemon.ready["out"] == str(daemon.out.resolve())
    assert daemon.ready["device"] == "cpu"
    name, _, digest = daemon.ready["model"].partition("@")
    assert name == "default" and len(digest) == 16


def test_only_the_slots_and_the_index_lie_in_live(daemon: Daemon) -> None:
    assert {path.name for path in (daemon.out / "live").iterdir()} == {f"{n:02d}.wav" for n in PADS} | {"index.json"}


@pytest.mark.parametrize("pad", PADS)
def test_every_slot_is_a_complete_sound(daemon: Daemon, pad: int) -> None:
    parts = wavs.chunks(daemon.live(pad))
    tag, channels, rate_hz, _, frame, bits = struct.unpack("<HHIIHH", parts["fmt "])
    assert (tag, rate_hz, bits) == (1, 44100, 24)
    sound = wavs.samples(daemon.live(pad))
    hit = wavs.recipe(daemon.live(pad))["hit"]
    length_ms = hit["length_ms"]
    assert sound.shape == (channels, len(parts["data"]) // frame) == (channels, round(length_ms * 44.1))
    given_back = hit["task"] == "vary" and hit["variation"] == 0  # by another test of this daemon: as loud as it came
    assert 0 < abs(sound).max() <= (1 if given_back else 0.98 + wavs.LSB)


@pytest.mark.parametrize("pad", PADS)
def test_every_slot_carries_its_name_note_and_recipe(daemon: Daemon, osc: OscClient, pad: int) -> None:
    slot = daemon.live(pad)
    recipe = wavs.recipe(slot)
    hit = recipe["hit"]
    assert "\n" not in wavs.texts(slot)["ICMT"]
    assert hit["model"] == daemon.ready["model"] and hit["seed"] >= 0
    assert hit["solver"] != "auto" and hit["steps"] >= 1
    assert 0 < recipe["scale"] <= 1
    assert wavs.texts(slot)["ISFT"].startswith("driftkit ")
    index = json.loads((daemon.out / "live" / "index.json").read_text())[slot.name]
    assert index["pad"] == pad and index["recipe"] == recipe and index["name"] == wavs.texts(slot)["INAM"]
    root, loops = (struct.unpack_from("<I", wavs.chunks(slot)["smpl"], at)[0] for at in (12, 28))
    assert root == index["note"] == osc.ask(f"/pad/{pad}/note").values[0] and loops == 0


def test_every_sound_that_is_rendered_is_also_a_take(daemon: Daemon, osc: OscClient) -> None:
    assert osc.render(1, steps=1).address == "/sound"
    kick, takes = wavs.recipe(daemon.live(1)), daemon.out / "takes"
    until(lambda: any(wavs.recipe(t) == kick for t in takes.glob("????-??-??/*_??????_s????*.wav")), "its take")


def test_a_watcher_never_sees_half_a_file(daemon: Daemon, osc: OscClient) -> None:
    slot, stop, faults, reads = daemon.live(2), threading.Event(), [], set()
    length = slot.stat().st_size

    def watch() -> None:
        while not stop.is_set():
            try:
                data = slot.read_bytes()
                whole = data[:4] == b"RIFF" and struct.unpack_from("<I", data, 4)[0] + 8 == len(data)
                if not whole or abs(len(data) - length) > 1000:
                    faults.append(len(data))
                reads.add(hash(data))
                strange = {p.name for p in slot.parent.iterdir()} - {f"{n:02d}.wav" for n in PADS} - {"index.json"}
                faults.extend(strange)
                json.loads((slot.parent / "index.json").read_text())
            except (OSError, ValueError) as reason:
                faults.append(reason)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for seed in range(12):
            assert osc.render(2, steps=1, guidance=0, seed=seed).address == "/sound"
    finally:
        stop.set()
        watcher.join()
    assert not faults
    assert len(reads) > 1, "the watcher was there while the file changed"
