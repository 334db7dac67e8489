"""A model that cannot be loaded is refused with a sentence, and the one that is in plays on."""

import json
from pathlib import Path

import pytest
from rig import wavs
from rig.changing import model
from rig.daemon import Daemon
from rig.models import models, small_model
from rig.osc import OscClient


def spoil(folder: Path, **changes: object) -> None:
    """Change a model.json; arguments of the network by network_NAME."""
    spec = json.loads((folder / "model.json").read_text())
    for name, value in changes.items():
        if name.startswith("network_"):
            spec["network"][name.removeprefix("network_")] = value
        else:
            spec[name] = value
    (folder / "model.json").write_text(json.dumps(spec))


def cut(file: Path) -> None:
    """Leave the beginning of a file."""
    file.write_bytes(file.read_bytes()[:5000])


BROKEN = {
    "no_json": (lambda folder: (folder / "model.json").write_text("{"), "is missing or damaged"),
    "no_weights": (lambda folder: (folder / "network.safetensors").unlink(), "are missing; install the model again"),
    "cut": (lambda folder: cut(folder / "network.safetensors"), "are damaged"),
    "other_shape": (lambda folder: spoil(folder, network_widths=[16, 32]), "do not fit their model.json"),
    "other_kind": (lambda folder: spoil(folder, network={"kind": "later"}), "which this driftkit does not have"),
    "odd_argument": (lambda folder: spoil(folder, network_wings=2), "is broken (TypeError"),
    "odd_length": (lambda folder: spoil(folder, length="long"), "length is 'long'; it must be a whole number above 0"),
    "other_length": (lambda folder: spoil(folder, length=6000), "length is 6000; the network's is 4096"),
    "other_classes": (lambda folder: spoil(folder, classes=["kick", "blip", "tom"]), "is broken ("),
    "no_class": (lambda folder: spoil(folder, classes=[5]), "names a class 5"),
    "huge": (  # more bytes than a process has addresses for
        lambda folder: spoil(folder, length=2**25, network_bands=2**24, network_length=2**25),
        "there is not enough memory for the model huge",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_model_is_refused_with_a_sentence_and_the_old_one_plays_on(
    two: Daemon, both: OscClient, name: str
) -> None:
    breaks, words = BROKEN[name]
    breaks(small_model(two.home, name, ("kick", "blip"), 4096))
    said = both.refusal("/model/load", name)
    assert words in said and "\n" not in said, said
    assert model(both) == "first" and both.render(1, blip=0.5).address == "/sound"
    assert wavs.recipe(two.live(1))["hit"]["model"] == two.ready["model"]


def test_a_name_that_is_none_is_refused_with_the_nearest_and_a_path_is_no_name(two: Daemon, both: OscClient) -> None:
    said = both.refusal("/model/load", "frist")
    assert said == "there is no model frist; did you mean first? (`driftkit models` lists them)"
    for name in (models(two.home) / "other", "../models/other", "", "judge", "x" * 5000):
        assert both.refusal("/model/load", str(name)).startswith("there is no model ")
    assert "has no name; give it as text" in both.refusal("/model/load")
    assert model(both) == "first"
