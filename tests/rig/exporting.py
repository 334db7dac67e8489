"""A user who exports: a small model, and kits whose names are hard to write."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from driftkit.daemon.cli.main import cli

from .daemon import environment, presets
from .models import small_model

HARD = "Größe 🥁 <a&b>"  # of a kit
LONG = "A name of exactly forty characters, yes!"
NAMES = {1: 'Größe 🥁 <a&b> = "x" // key=3 $Y ]]>', 2: "Crack / 2", 3: LONG, 4: "hihat_open", 5: "tom"}
KIT = f"""about: 'Für <alle> & "jeden" 🥁'
pads:
  1: {{name: '{NAMES[1]}', kick: 1, seed: 5, gain_db: -6, note: 36}}
  2: {{name: '{NAMES[2]}', snare: 1, seed: 6, pan: 0.5, velocity_curve: linear, note: 38}}
  3: {{name: '{LONG}', hihat_closed: 1, seed: 7, note: 42}}
  4: {{hihat_open: 1, seed: 8, note: 46, velocity_curve: fixed}}
  5: {{tom: 1, seed: 9, note: 45, pitch_semitones: 12}}
"""


def exporter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of that user, whose environment this process has meanwhile."""
    home = tmp_path_factory.mktemp("exporter")
    presets(home).mkdir(parents=True)
    (presets(home) / "mine.yaml").write_text(KIT, encoding="utf-8")
    (presets(home) / f"{HARD}.yaml").write_text(KIT, encoding="utf-8")
    (presets(home) / "none.yaml").write_text("pads: {}\n")
    (presets(home) / "bare.yaml").write_text("pads:\n  1: {}\n  2: {name: 🥁🥁, note: 60}\n  5:\n", encoding="utf-8")
    small_model(home, "default", ("kick", "snare", "hihat_closed", "hihat_open", "tom"), 8192, steps=1, bands=64)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(home).items():
            patch.setenv(name, value)
        yield home


def export(out: Path, form: str, *options: object, kit: str = "mine") -> None:
    """Run the command in this process; raises what it is refused with."""
    words = ["export", kit, "--format", form, "--out", out, "--engine", "torch", "--device", "cpu", *options]
    cli.main([str(word) for word in words], prog_name="driftkit", standalone_mode=False)
