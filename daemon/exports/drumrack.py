"""Ableton Live: a Drum Rack (`.adg`, gzip and XML) beside its samples. Experimental: nobody has opened one in Live yet.

Live says nowhere what must be in such a file, so it is made of one that Live 12.1 saved, which the package
ableton-device-creator brings. A pad of that is the pattern of every pad: a Drum Sampler, which holds one sound.
"""

import copy
import xml.etree.ElementTree as ET
from pathlib import Path

from ...sampler.errors import Error
from .kit import Kit, Pad, one_line

LIVES_NOTES = 128  # a pad says 128 - note
VELOCITY = {"square": "1", "linear": "1", "fixed": "0"}


def write(kit: Kit, folder: Path) -> list[Path]:
    """NAME.adg beside its samples."""
    from ableton_device_creator.bundled import DRUM_RACK_TEMPLATE
    from ableton_device_creator.core import decode_adg, encode_adg

    root = ET.fromstring(decode_adg(DRUM_RACK_TEMPLATE))
    branches = root.find("GroupDevicePreset/BranchPresets")
    assert branches is not None
    pattern = copy.deepcopy(branches[0])
    for old in list(branches):
        branches.remove(old)
    branches.extend(branch(pattern, number, pad) for number, pad in enumerate(kit.pads))
    for name, text in (("UserName", kit.name), ("Annotation", kit.licence)):
        put(root, f"GroupDevicePreset/Device/DrumGroupDevice/{name}", text)
    neutral(root)
    file = Path(f"{kit.name}.adg")
    encode_adg('<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode"), folder / file)
    return [file]


def branch(pattern: ET.Element, number: int, pad: Pad) -> ET.Element:
    """A pad of the rack."""
    made = copy.deepcopy(pattern)
    made.set("Id", str(number))
    (take,) = pad.takes
    cell = "DevicePresets/AbletonDevicePreset/Device/DrumCell"
    reference = f"{cell}/UserSample/Value/SampleRef"
    values = {
        "Name": one_line(pad.name),
        "ZoneSettings/ReceivingNote": LIVES_NOTES - pad.note,
        "ZoneSettings/ChokeGroup": pad.choke,
        f"{cell}/Volume/Manual": round(take.gain_db, 3),
        f"{cell}/Pan/Manual": round(pad.pan, 4),
        f"{cell}/Voice_VelocityToVolume/Manual": VELOCITY[pad.velocity_curve],
        f"{reference}/FileRef/RelativePathType": 3,  # from where the rack lies
        f"{reference}/FileRef/RelativePath": take.file,
        f"{reference}/FileRef/Path": "",
        f"{reference}/FileRef/OriginalFileSize": 0,
        f"{reference}/FileRef/OriginalCrc": 0,
        f"{reference}/DefaultDuration": take.frames,
        f"{reference}/DefaultSampleRate": take.sound.rate_hz,
    }
    for path, value in values.items():
        put(made, path, str(value))
    return made


def put(node: ET.Element, path: str, value: str) -> None:
    """Set the attribute in which Live keeps a value."""
    found = node.find(path)
    if found is None:
        raise Error(f"the Drum Rack of ableton-device-creator has no {path}; install version 3.0.0 of it")
    found.set("Value", value)


def neutral(root: ET.Element) -> None:
    """Nothing of whose rack it was: no macros on knobs, no names, no places of files of theirs."""
    for parent in root.iter():
        for child in list(parent):
            if child.tag == "KeyMidi" or (child.tag == "SourceContext" and len(child)):
                parent.remove(child)
    for node in root.iter():
        tag, _, number = node.tag.partition(".")
        if tag == "MacroDisplayNames":
            node.set("Value", f"Macro {int(number) + 1}")
        elif node.tag in ("Path", "RelativePath") and str(node.get("Value")).startswith(("/Users/", "../../")):
            node.set("Value", "")
