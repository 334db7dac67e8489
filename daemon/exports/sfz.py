"""SFZ: a text that most free samplers read. Layers, turns, choke groups, level, pan and velocity curve.

The format has no way to quote: what its readers would take for an opcode, a header or a comment is left out of names.
"""

import re
from pathlib import Path

from .kit import Kit, Layer, Pad, one_line

CURVES = {"square": "", "linear": "amp_velcurve_1=0.00787 amp_velcurve_127=1", "fixed": "amp_veltrack=0"}


def write(kit: Kit, folder: Path) -> list[Path]:
    """NAME.sfz beside its samples."""
    file = Path(f"{kit.name}.sfz")
    lines = [f"// {one_line(kit.name)}. {one_line(kit.licence)}", "<global> loop_mode=one_shot"]
    for pad in kit.pads:
        lines += ["", f"// pad {pad.number}: {one_line(pad.name)}", group(pad)]
        lines += [region(layer, turn) for layer in pad.layers for turn in range(len(layer.takes))]
    (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [file]


def group(pad: Pad) -> str:
    """What all regions of a pad share."""
    words = ["<group>", f"group_label={label(pad.name)}", f"key={pad.note}"]
    if pad.choke:
        words.append(f"group={pad.choke} off_by={pad.choke} off_mode=fast")
    if pad.pan:
        words.append(f"pan={pad.pan * 100:g}")
    return " ".join([*words, CURVES[pad.velocity_curve]]).rstrip()


def region(layer: Layer, turn: int) -> str:
    """A take: its velocities, its turn, its level."""
    take = layer.takes[turn]
    words = ["<region>", f"lovel={layer.low} hivel={layer.high}"]
    if len(layer.takes) > 1:
        words.append(f"seq_length={len(layer.takes)} seq_position={turn + 1}")
    if round(take.gain_db, 2):
        words.append(f"volume={take.gain_db:.2f}")
    return " ".join([*words, f"sample={take.file}"])


def label(name: str) -> str:
    """A name without signs that mean something."""
    return " ".join(re.sub(r'[<>=/$#*"\\]', " ", one_line(name)).split())
