"""Sounds dropped into OUT/inbox, as a file manager, a recorder or a slow copy does it."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rig import wavs
from rig.daemon import Daemon
from rig.osc import OscClient


@pytest.fixture
def osc(small: Daemon, little: OscClient) -> Iterator[OscClient]:
    """A subscriber; pad 2 is selected."""
    little.ask("/select", 2, answers="/done")
    little.ask("/notify", 1, answers="/done")
    little.barrier()
    little.heard.clear()
    yield little
    little.ask("/notify", 0, answers="/done")
    little.ask("/select", 1, answers="/done")


@pytest.fixture
def inbox(small: Daemon) -> Path:
    folder = small.out / "inbox"
    folder.mkdir(exist_ok=True)
    return folder


def tone(path: Path, hz: float = 200, rate_hz: int = 44100) -> None:
    t = np.arange(rate_hz // 4) / rate_hz
    soundfile.write(path, 0.5 * np.sin(2 * np.pi * hz * t) * np.exp(-9 * t), rate_hz)


def taken(osc: OscClient) -> tuple:
    def about(answer) -> bool:
        return answer.values[0] == "/driftkit/inbox"

    return osc.wait_for("/done", "/fail", where=about).values[1:]


@pytest.mark.parametrize("kind", ["wav", "aiff", "flac", "ogg", "mp3"])
def test_a_dropped_sound_becomes_source_a_of_the_selected_pad(inbox: Path, osc: OscClient, kind: str) -> None:
    file = inbox / f"dropped tone.{kind}"
    tone(file, rate_hz=48000)
    content = file.read_bytes()
    assert taken(osc) == (2, f"inbox/dropped tone.{kind}")
    assert osc.ask("/pad/2/source_a").values == (f"inbox/dropped tone.{kind}",)
    assert osc.ask("/pad/1/source_a").values == ("",)
    assert osc.render(2, task="vary", variation=0, steps=1).address == "/sound"
    assert file.read_bytes() == content, "it is left as it was"


def test_on_change_renders_a_drop_and_another_sound_of_the_same_name(
    small: Daemon, inbox: Path, osc: OscClient
) -> None:
    for name, value in {"task": "vary", "variation": 0.0, "auto_render": "on_change"}.items():
        osc.send(f"/pad/2/{name}", value)
    osc.ask("/sync", 1, answers="/synced")
    hashes = []
    for hz in (300, 500):
        tone(inbox / "again.wav", hz)
        assert taken(osc) == (2, "inbox/again.wav")
        osc.ask("/sync", 2, answers="/synced")
        hashes.append(wavs.recipe(small.live(2))["hit"]["source_a"])
    assert hashes[0] != hashes[1]
    osc.send("/pad/2/auto_render", "off")


def test_a_slow_copy_is_waited_for_and_a_file_may_be_moved_in(tmp_path: Path, inbox: Path, osc: OscClient) -> None:
    tone(tmp_path / "whole.wav")
    data = (tmp_path / "whole.wav").read_bytes()
    with (inbox / "slow.wav").open("wb") as file:
        for at in range(0, len(data), len(data) // 5):
            file.write(data[at : at + len(data) // 5])
            file.flush()
            time.sleep(0.3)
    assert taken(osc) == (2, "inbox/slow.wav")
    told = [a for a in osc.heard if a.address in ("/done", "/fail") and a.values[0] == "/driftkit/inbox"]
    assert len(told) == 1, "once, when it was whole"
    os.replace(tmp_path / "whole.wav", inbox / "moved.wav")
    assert taken(osc) == (2, "inbox/moved.wav")


def test_a_name_that_is_no_utf8_is_told_and_what_is_not_finished_passed_by(inbox: Path, osc: OscClient) -> None:
    tone(inbox / ".song.wav")
    os.rename(inbox / ".song.wav", inbox / "song.wav.part")
    (inbox / "Thumbs.db").write_bytes(b"a picture")
    tone(inbox / ".odd.wav")
    os.rename(inbox / ".odd.wav", os.fsencode(inbox) + b"/k\xe4.wav")
    (sentence,) = taken(osc)
    assert sentence == "the name k\ufffd.wav is not UTF-8, and no kit could hold it; rename the file"
    os.rename(inbox / "song.wav.part", inbox / "song.wav")
    assert taken(osc) == (2, "inbox/song.wav")
    assert not [a for a in osc.heard if a.address == "/fail" and "Thumbs" in str(a.values)]


def test_a_wav_whose_recorder_never_closed_it_is_taken_whole(inbox: Path, osc: OscClient, small: Daemon) -> None:
    tone(inbox / ".whole.wav")
    data = bytearray((inbox / ".whole.wav").read_bytes())
    data[4:8] = data[40:44] = bytes(4)
    (inbox / "unclosed.wav").write_bytes(data)
    assert taken(osc) == (2, "inbox/unclosed.wav")
    assert osc.render(2, task="vary", variation=0, steps=1).address == "/sound"
    whole, _ = soundfile.read(inbox / ".whole.wav")
    assert np.abs(wavs.samples(small.live(2))[0][:9000] - whole[:9000]).max() < 1e-4


def test_what_cannot_be_read_is_said_once_and_left(tmp_path: Path, inbox: Path, osc: OscClient, small: Daemon) -> None:
    (inbox / "notes.txt").write_text("not a sound")
    (inbox / ".hidden.wav").write_text("somebody's temporary file")
    secret = tmp_path / "secret.wav"
    tone(secret)
    (inbox / "link.wav").symlink_to(secret)
    (sentence,) = taken(osc)
    assert "notes.txt cannot be read" in sentence and "give a WAV, AIFF, FLAC, OGG or MP3" in sentence
    tone(inbox / "after.wav")
    assert taken(osc) == (2, "inbox/after.wav")
    told = [a for a in osc.heard if a.address in ("/done", "/fail") and a.values[0] == "/driftkit/inbox"]
    assert len(told) == 2 and (inbox / "notes.txt").read_text() == "not a sound"
    said = small.stderr
    assert sum("notes.txt" in line for line in said.splitlines()) == 1 and "secret" not in said
