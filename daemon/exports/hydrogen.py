"""Hydrogen: `.h2drumkit`, an archive of `drumkit.xml` and its samples, in the form that all versions from 1.0 on read.

Each pad is an instrument; takes in turn and layers are both its layers, of which Hydrogen chooses by velocity first.
Its velocity is linear in amplitude, or off. The order of the elements is that of Hydrogen's schema.
"""

import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

from .kit import VELOCITIES, Kit, Layer, Pad, one_line

SPACE = "http://www.hydrogen-music.org/drumkit"
LAYERS = 16  # that Hydrogen keeps of an instrument
Values = Mapping[str, object]


def write(kit: Kit, folder: Path) -> list[Path]:
    """NAME.h2drumkit, into which the samples go."""
    root = ET.Element("drumkit_info", xmlns=SPACE)
    told = {"name": kit.name, "author": "driftkit", "info": one_line(kit.about), "license": kit.licence}
    fill(root, {**told, "image": "", "imageLicense": ""})
    fill(
        ET.SubElement(ET.SubElement(root, "componentList"), "drumkitComponent"), {"id": 0, "name": "Main", "volume": 1}
    )
    instruments = ET.SubElement(root, "instrumentList")
    for number, pad in enumerate(kit.pads):
        instrument(ET.SubElement(instruments, "instrument"), number, pad)
    ET.indent(root)
    ET.ElementTree(root).write(folder / "drumkit.xml", encoding="UTF-8", xml_declaration=True)
    file = Path(f"{kit.name}.h2drumkit")
    # of tar's forms the one whose names are bytes: Hydrogen reads no others outside ASCII
    with tarfile.open(folder / file, "w:gz", compresslevel=1, format=tarfile.GNU_FORMAT) as archive:
        for inside in [Path("drumkit.xml"), *(Path(take.file) for take in kit.takes)]:
            archive.add(folder / inside, f"{kit.name}/{inside.name}")
            (folder / inside).unlink()
    return [file]


def instrument(node: ET.Element, number: int, pad: Pad) -> None:
    """A pad."""
    before: Values = {
        "id": number, "name": one_line(pad.name), "volume": 1, "isMuted": "false", "isSoloed": "false",
        "pan": round(pad.pan, 4), "pitchOffset": 0, "randomPitchFactor": 0, "gain": 1,
        "applyVelocity": "false" if pad.velocity_curve == "fixed" else "true",
        "filterActive": "false", "filterCutoff": 1, "filterResonance": 0,
        "Attack": 0, "Decay": 0, "Sustain": 1, "Release": 1000, "muteGroup": pad.choke or -1,
        "midiOutChannel": -1, "midiOutNote": pad.note, "isStopNote": "false",
        "sampleSelectionAlgo": "ROUND_ROBIN" if pad.turns > 1 else "VELOCITY",
        "isHihat": -1, "lower_cc": 0, "higher_cc": 127, "FX1Level": 0, "FX2Level": 0, "FX3Level": 0, "FX4Level": 0,
    }  # fmt: skip
    fill(node, before)
    component = ET.SubElement(node, "instrumentComponent")
    fill(component, {"component_id": 0, "gain": 1})
    for layer in pad.layers:
        for take in layer.takes:
            gain = 10 ** (take.gain_db / 20)
            bounds: Values = {"filename": take.file.name, **span(layer), "gain": round(gain, 4), "pitch": 0}
            fill(ET.SubElement(component, "layer"), bounds)


def span(layer: Layer) -> Values:
    """Velocities from 0 to 1, so that no MIDI velocity lies in two layers or in none."""
    low = 0.0 if layer.low == 1 else (layer.low - 0.5) / VELOCITIES
    high = 1.0 if layer.high == VELOCITIES else (layer.high + 0.5) / VELOCITIES
    return {"min": round(low, 6), "max": round(high, 6)}


def fill(node: ET.Element, values: Values) -> None:
    """A child for each value."""
    for name, value in values.items():
        ET.SubElement(node, name).text = str(value)
