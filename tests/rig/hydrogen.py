"""Hydrogen's own command line: whether a kit is valid, and what it sounds like in a song of one pattern."""

import os
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import soundfile

RATE = 44100
BEAT = 48  # ticks; at 60 beats a minute a second
HEAD = {
    "version": "1.2.0", "bpm": 60, "volume": 0.5, "metronomeVolume": 0.5, "name": "bar", "author": "", "notes": "",
    "license": "", "loopEnabled": "false", "patternModeMode": "true", "playbackTrackFilename": "",
    "playbackTrackEnabled": "false", "playbackTrackVolume": 0, "action_mode": 0, "mode": "song",
    "pan_law_type": "RATIO_STRAIGHT_POLYGONAL", "pan_law_k_norm": 1.33333, "humanize_time": 0, "humanize_velocity": 0,
    "swing_factor": 0,
}  # fmt: skip


def bar(kit: Path, hits: Sequence[tuple[int, float]], folder: Path) -> tuple[str, list[np.ndarray]]:
    """What h2cli says of a kit, and what it plays: one hit of an instrument at a velocity each second."""
    home = folder / "home"
    kits = home / ".hydrogen" / "data" / "drumkits"
    kits.mkdir(parents=True)
    with tarfile.open(kit) as archive:
        archive.extractall(kits, filter="data")
    ET.ElementTree(song(kits / kit.stem, hits)).write(folder / "bar.h2song", encoding="UTF-8", xml_declaration=True)
    env = os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}

    def h2cli(*words: object) -> str:
        words = ("-d", "alsa", *words)  # it would look for a JACK server for many seconds
        run = subprocess.run(["h2cli", *map(str, words)], env=env, capture_output=True, text=True, timeout=60)
        return run.stdout + run.stderr

    checked = h2cli("-c", kit)
    said = h2cli("-s", folder / "bar.h2song", "-r", RATE, "-b", 24, "-o", folder / "bar.wav")
    assert (folder / "bar.wav").is_file(), said
    sound = soundfile.read(folder / "bar.wav", always_2d=True)[0][:, 0]
    return checked, [sound[k * RATE : (k + 1) * RATE] for k in range(len(hits))]


def song(kit: Path, hits: Sequence[tuple[int, float]]) -> ET.Element:
    """A song that plays an installed kit."""
    parts = ET.parse(kit / "drumkit.xml").getroot()
    for node in parts.iter():
        node.tag = node.tag.partition("}")[2]
    root = ET.Element("song")
    fill(root, HEAD)
    for name in ("componentList", "instrumentList"):
        part = parts.find(name)
        assert part is not None
        root.append(part)
    for instrument in root.iter("instrument"):
        for place, (tag, text) in enumerate((("drumkit", kit.name), ("drumkitLookup", "2")), 2):
            node = ET.Element(tag)
            node.text = text
            instrument.insert(place, node)
    pattern = ET.SubElement(ET.SubElement(root, "patternList"), "pattern")
    fill(pattern, {"name": "bar", "category": "", "size": BEAT * len(hits), "denominator": 4, "info": ""})
    notes = ET.SubElement(pattern, "noteList")
    for place, (instrument_id, velocity) in enumerate(hits):
        note = {"position": place * BEAT, "leadlag": 0, "velocity": velocity, "pan": 0, "pitch": 0, "probability": 1}
        fill(
            ET.SubElement(notes, "note"),
            note | {"key": "C0", "length": -1, "instrument": instrument_id, "note_off": "false"},
        )
    ET.SubElement(root, "virtualPatternList")
    fill(ET.SubElement(ET.SubElement(root, "patternSequence"), "group"), {"patternID": "bar"})
    for name in ("ladspa", "BPMTimeLine", "timeLineTag", "automationPaths"):
        ET.SubElement(root, name)
    return root


def fill(node: ET.Element, values: dict[str, Any]) -> None:
    """A child for each value."""
    for name, value in values.items():
        ET.SubElement(node, name).text = str(value)
