"""Decent Sampler: an XML preset beside its samples. A group per layer, so that each counts its turns by itself.

Its velocity is linear in amplitude, or off.
"""

import xml.etree.ElementTree as ET
from pathlib import Path

from .kit import Kit, one_line


def write(kit: Kit, folder: Path) -> list[Path]:
    """NAME.dspreset beside its samples."""
    root = ET.Element("DecentSampler", minVersion="1.6.0")
    groups = ET.SubElement(root, "groups", ampEnvEnabled="false", loopEnabled="false", pitchKeyTrack="0")
    for pad in kit.pads:
        choke = {"tags": f"choke{pad.choke}", "silencedByTags": f"choke{pad.choke}", "silencingMode": "fast"}
        for layer in pad.layers:
            group = ET.SubElement(groups, "group", name=one_line(pad.name), pan=f"{pad.pan * 100:g}")
            group.attrib |= {"ampVelTrack": "0" if pad.velocity_curve == "fixed" else "1"} | (
                choke if pad.choke else {}
            )
            count = len(layer.takes)
            if count > 1:
                group.attrib |= {"seqMode": "round_robin", "seqLength": str(count)}
            for turn, take in enumerate(layer.takes, 1):
                note = str(pad.note)
                sample = ET.SubElement(group, "sample", path=str(take.file), rootNote=note, loNote=note, hiNote=note)
                sample.attrib |= {"loVel": str(layer.low), "hiVel": str(layer.high), "volume": f"{take.gain_db:.2f}dB"}
                if count > 1:
                    sample.attrib["seqPosition"] = str(turn)
    ET.indent(root)
    file = Path(f"{kit.name}.dspreset")
    ET.ElementTree(root).write(folder / file, encoding="UTF-8", xml_declaration=True)
    return [file]
