"""Listening to the daemon: takes without an underrun, and what should be in them, written out by hand."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message import OscMessage

from driftkit.daemon.audio.voicing import Voicing

from .daemon import presets
from .osc import OscClient
from .sound_server import RATE, Recording, SoundServer

TAKES = 12
FADE = round(0.005 * RATE)  # frames in which a voice that is choked falls silent
QUIET = Voicing(gain_db=-6)  # below the limiter's knee
KITS = {
    "two": "pads:\n  1: {kick: 1, steps: 2, seed: 11, gain_db: -6}\n  2: {clap: 1, steps: 2, seed: 12, gain_db: -6}\n",
    "fresh": "pads:\n  1: {snare: 1, steps: 2, gain_db: -6, decay_ms: 80, auto_render: after_hit}\n",
    "eager": "pads:\n  1: {tom: 1, steps: 2, gain_db: -6, audition: 1}\n  2: {rim: 1, steps: 2, audition: 1}\n",
}
KITS["sixteen"] = "pads:\n" + "".join(
    f"  {pad}: {{{drum}: 1, steps: 2, gain_db: -6, decay_ms: 60, auto_render: on_change}}\n"
    for pad, drum in enumerate(("kick", "snare", "tom", "clap") * 4, 1)
)


def home_with_kits(folder: Path) -> Path:
    """The home of a user who has these kits."""
    home = folder / "home"
    presets(home).mkdir(parents=True, exist_ok=True)  # a test may be taken again
    for name, text in KITS.items():
        (presets(home) / f"{name}.yaml").write_text(text)
    return home


def opened(client: OscClient, kit: str) -> None:
    """Open a kit, and wait until its pads have Sounds."""
    client.ask("/preset/load", kit, answers="/done")
    client.ask("/sync", 0, answers="/synced")


def take(server: SoundServer, osc: OscClient, act: Callable[[], object], seconds: float) -> np.ndarray:
    """What is heard while `act` acts and for some seconds more, in a take without an underrun."""

    def underruns() -> int:
        return int(osc.ask("/status", answers="/status.reply").values[8])

    for _ in range(TAKES):
        before = underruns()
        with Recording(server.folder) as recording:
            act()
            time.sleep(seconds)
        if underruns() == before:
            return recording.samples
    raise AssertionError(f"an underrun in each of {TAKES} takes")


def bundle(at: float, *messages: bytes) -> bytes:
    """Messages that are to happen at a time in seconds since 1970."""
    builder = OscBundleBuilder(at)
    for one in messages:
        builder.add_content(OscMessage(one))
    return bytes(builder.build().dgram)


def samples_of(path: Path) -> np.ndarray:
    """A file's samples (channels, n) float32, as a file of full precision has them."""
    return np.ascontiguousarray(soundfile.read(path, dtype="float32", always_2d=True)[0].T)


def frames_of(samples: np.ndarray, voicing: Voicing = QUIET, velocity: float = 1.0) -> np.ndarray:
    """Samples (channels, n) as a pad plays them: frames (m, 2) float32."""
    return voicing.samples(samples, RATE, RATE) * np.float32(voicing.gains(velocity))


def mixed(length: int, *hits: tuple[int, np.ndarray, int | None]) -> np.ndarray:
    """What hits add up to, frames (length, 2): each begins at a frame, and is choked at one, or not (None)."""
    out = np.zeros((length, 2))
    for at, frames, choked in hits:
        sounding = frames.astype(float)
        if choked is not None:
            sounding = sounding[: choked - at + FADE]
            late = np.arange(at, at + len(sounding)) - choked + 1  # 1 in the first frame of the fade
            sounding = sounding * (0.5 + 0.5 * np.cos(np.pi * np.clip(late, 0, FADE) / FADE))[:, None]
        out[at : at + len(sounding)] += sounding
    return out
