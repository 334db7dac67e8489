"""Bitwig Studio: `.multisample`, an archive of `multisample.xml` and its samples; other samplers read it, too.

A group per pad and layer. The format knows neither choke groups nor pan, so pan is in the files.
"""

import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from .kit import Kit, one_line

COLOURS = ("d92e24", "ff5706", "d99d10", "73981b", "009d47", "00a694", "0099d9", "5761c6", "8848c3", "d938aa")


def write(kit: Kit, folder: Path) -> list[Path]:
    """NAME.multisample, into which the samples go."""
    root = ET.Element("multisample", name=kit.name)
    told = {"generator": "driftkit", "category": "Drums", "creator": "driftkit", "description": kit.licence}
    for name, text in told.items():
        ET.SubElement(root, name).text = text
    ET.SubElement(ET.SubElement(root, "keywords"), "keyword").text = "drums"
    layers = [(pad, layer) for pad in kit.pads for layer in pad.layers]
    for pad, layer in layers:
        velocity = f" {layer.low}-{layer.high}" if len(pad.layers) > 1 else ""
        ET.SubElement(root, "group", name=one_line(pad.name) + velocity, color=COLOURS[pad.number % len(COLOURS)])
    for number, (pad, layer) in enumerate(layers):
        for turn, take in enumerate(layer.takes, 1):
            sample = ET.SubElement(root, "sample", file=take.file.name, gain=f"{take.gain_db:.2f}", group=str(number))
            sample.attrib |= {"reverse": "false", "sample-start": "0.000", "sample-stop": f"{take.frames}.000"}
            logic = {"zone-logic": "round-robin", "round-robin": str(turn)}
            sample.attrib |= logic if len(layer.takes) > 1 else {"zone-logic": "always-play"}
            note = str(pad.note)
            ET.SubElement(sample, "key", low=note, high=note, root=note, track="0.0000", tune="0.00")
            ET.SubElement(sample, "velocity", low=str(layer.low), high=str(layer.high))
            ET.SubElement(sample, "select")
            ET.SubElement(sample, "loop", mode="off", start="0.000", stop=f"{take.frames}.000", fade="0.0000")
    ET.indent(root)
    file = Path(f"{kit.name}.multisample")
    with zipfile.ZipFile(folder / file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("multisample.xml", ET.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")
        for take in kit.takes:
            archive.write(folder / take.file, take.file.name)
            (folder / take.file).unlink()
    return [file]
