"""Two small models that share one class, kits for either, and a daemon that is asked to change between them."""

from pathlib import Path

from .daemon import presets
from .models import small_model
from .osc import OscClient

KITS = {
    "aa": "pads:\n  1: {kick: 1, seed: 11}\n  2: {name: Blip, blip: 1, kick: 0.5, seed: 12}\n",
    "bb": "pads:\n  1: {zap: 1, blip: 0.25, seed: 21}\n",
}
MS = {"first": 4096 / 44.1, "other": 8192 / 44.1}
ALIKE = 1e-5


def install(home: Path) -> None:
    """Two small models that share one class, and a user's kits for either."""
    small_model(home, "first", ("kick", "blip"), 4096, steps=2)
    small_model(home, "other", ("kick", "zap", "boom"), 8192, steps=3, bands=64)
    presets(home).mkdir(parents=True)
    for name, text in KITS.items():
        (presets(home) / f"{name}.yaml").write_text(text)


def load(osc: OscClient, name: str) -> None:
    """Put a model in, and wait until it is."""
    answer = osc.ask("/model/load", name, answers="/done")
    assert (answer.address, answer.values) == ("/done", ("/driftkit/model/load", name))


def model(osc: OscClient) -> str:
    """The model's name, as the status tells it."""
    return str(osc.ask("/status", answers="/status.reply").values[5])
