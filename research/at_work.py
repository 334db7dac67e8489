"""Draw driftkit at work: `python research/at_work.py` (needs pyte) writes docs/pictures/at_work.png and docs/sounds.

Above is the terminal of a real `driftkit serve`, started again once its first kit was there. Below are its pads as mel
spectrograms, read from the folder that it wrote. The three sounds are those of the README, by its commands.
"""

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np
import pyte
from pictures import PICTURES, RANGE_DB, levels
from PIL import Image, ImageDraw, ImageFont

import driftkit

SOUNDS = PICTURES.parent / "sounds"
RENDERS = (
    "--kick 1 --seed 7",
    "--snare 0.5 --cymbal 0.5 --seed 7",
    "--tom 1 --seed 114",
)
COLUMNS, LINES, SIZE = 96, 25, 15
PADS, HIGH, GAP = 16, 118, 8
INK, PAPER, DIM = "#d8d8d8", "#16161c", "#8c8c96"
COLOURS = {"default": INK, "cyan": "#5fc9d8", "blue": "#7ea6ff", "green": "#7fd88f", "red": "#ff7d7d"}
PATIENCE_S = 300


def font(bold: bool = False) -> ImageFont.FreeTypeFont:
    """The monospaced letters that come with matplotlib."""
    name = "DejaVuSansMono-Bold.ttf" if bold else "DejaVuSansMono.ttf"
    return ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name), SIZE)


def terminal(out: Path) -> pyte.Screen:
    """What the terminal of `driftkit serve` shows once all sixteen pads have their sound."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    ours, theirs = pty.openpty()
    place = {"COLUMNS": str(COLUMNS), "LINES": str(LINES), "TERM": "xterm-256color"}
    home = {name: str(out.parent / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    command = [Path(sys.executable).with_name("driftkit"), "serve", "--out", out]
    command += ["--http-port", "none", "--audio", "none", "--midi", "none", "--engine", "openvino"]
    with subprocess.Popen(
        [*map(str, command)], stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs, env=os.environ | place | home
    ) as serve:
        try:
            follow(ours, stream, lambda: shown(screen, out))
        finally:
            serve.terminate()
            serve.wait(PATIENCE_S)
            os.close(ours)
            os.close(theirs)
    return screen


def shown(screen: pyte.Screen, out: Path) -> bool:
    """Has every pad a sound, in the folder and on the screen?"""
    return len(list(out.glob("live/*.wav"))) == PADS and "0 rendering, 0 waiting" in " ".join(screen.display)


def follow(terminal: int, stream: pyte.ByteStream, done: Callable[[], bool]) -> None:
    """Draw what comes until nothing more does and it is done."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            stream.feed(os.read(terminal, 65536))
        elif done():
            return
    raise TimeoutError("the first kit did not come")


def written(screen: pyte.Screen) -> Image.Image:
    """The terminal as a picture."""
    plain, bold = font(), font(bold=True)
    wide, high = round(plain.getlength("m")), SIZE + 4
    lines = [number for number in range(LINES) if screen.display[number].strip()]
    picture = Image.new("RGB", (COLUMNS * wide + 2 * GAP, (lines[-1] - lines[0] + 1) * high + 2 * GAP), PAPER)
    draw = ImageDraw.Draw(picture)
    for number in lines:
        for column in range(COLUMNS):
            letter = screen.buffer[number][column]
            spot = GAP + column * wide, GAP + (number - lines[0]) * high
            draw.text(spot, letter.data, COLOURS.get(letter.fg, INK), font=bold if letter.bold else plain)
    return picture


def pads(out: Path, wide: int) -> Image.Image:
    """The spectrograms of all pads, eight in a row, with number and name."""
    names = {file: entry["name"] for file, entry in json.loads((out / "live" / "index.json").read_text()).items()}
    across = (wide - GAP) // 8 - GAP
    picture = Image.new("RGB", (wide, 2 * (HIGH + SIZE + 2 * GAP) + GAP), PAPER)
    draw = ImageDraw.Draw(picture)
    small = font().font_variant(size=11)
    colours = matplotlib.colormaps["magma"]
    for number in range(1, PADS + 1):
        file = f"{number:02d}.wav"
        down, right = divmod(number - 1, 8)
        spot = GAP + right * (across + GAP), GAP + down * (HIGH + SIZE + 2 * GAP)
        draw.text(spot, f"{number} {names[file]}", DIM, font=small)
        level = levels(driftkit.read(out / "live" / file)[0])[::-1]
        cells = (colours(np.clip(level / RANGE_DB + 1, 0, 1))[..., :3] * 255).astype(np.uint8)
        picture.paste(Image.fromarray(cells).resize((across, HIGH)), (spot[0], spot[1] + SIZE + 2))
    return picture


def main() -> None:
    """The picture, then the sounds."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "driftkit"
        terminal(out)
        above = written(terminal(out))
        below = pads(out, above.width)
        picture = Image.new("RGB", (above.width, above.height + below.height), PAPER)
        picture.paste(above, (0, 0))
        picture.paste(below, (0, above.height))
        picture.quantize(128, dither=Image.Dither.NONE).save(PICTURES / "at_work.png", optimize=True)
    shutil.rmtree(SOUNDS, ignore_errors=True)
    for options in RENDERS:
        command = [Path(sys.executable).with_name("driftkit"), "render", *options.split()]
        subprocess.run([*map(str, command), "--out", str(SOUNDS)], check=True)


if __name__ == "__main__":
    main()
