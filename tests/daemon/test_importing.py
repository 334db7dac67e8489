"""A published checkpoint from the command line: imported, rendered with its classifier, served."""

import json
from pathlib import Path

import pytest
import torch
from fill import fill
from rig import wavs
from rig.daemon import Daemon, driftkit, presets, until
from rig.osc import OscClient

SHAPES = json.loads((Path(__file__).parents[1] / "golden" / "crash_state_dict_shapes.json").read_text())


@pytest.mark.slow
def test_import_then_render_then_serve(tmp_path):
    home, unet, classifier = tmp_path / "home", tmp_path / "unet.pt", tmp_path / "classifier.pt"
    for file, which in ((unet, "unet"), (classifier, "classifier")):
        model = {name: torch.from_numpy(fill(name, tuple(shape))) for name, shape in SHAPES[which].items()}
        torch.save({"step": 7, "model": model, "ema_weights": list(model.values())}, file)

    done = driftkit("import", unet, "--name", "drums", "--classifier", classifier, "--json", home=home)
    assert done.returncode == 0, done.stderr
    folder = Path(json.loads(done.stdout)["folder"])
    assert folder.is_relative_to(home) and (folder / "model.json").is_file()
    again = driftkit("import", unet, "--name", "drums", home=home)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1) and "choose another name" in again.stderr

    done = driftkit(
        "render", "--model", "drums", "--kick", 1, "--steps", 1, "--seed", 5, "--out", tmp_path, "--json", home=home
    )
    assert done.returncode == 0, done.stderr
    line = json.loads(done.stdout)
    assert line["hit"]["classes"] == {"kick": 1} and line["hit"]["model"].startswith("drums@")
    assert wavs.samples(Path(line["path"])).shape == (1, 21000)

    presets(home).mkdir(parents=True)
    (presets(home) / "one.yaml").write_text("pads:\n  1: {kick: 1, steps: 1, seed: 5}\n")
    with Daemon(home, tmp_path / "out", "--model", "drums", "--preset", "one") as daemon:
        assert daemon.ready["model"] == line["hit"]["model"]
        until(daemon.live(1).exists, "the sound of pad 1")
        assert wavs.recipe(daemon.live(1))["hit"] == line["hit"]
        # its classifier pulls over OSC as it does on the command line
        pulled = {"kick": 0.6, "snare": 0.4, "guidance": 3, "guidance-weight": "1/sigma", "steps": 1, "seed": 6}
        flags = [f"--{name}={value}" for name, value in pulled.items()]
        done = driftkit("render", "--model", "drums", *flags, "--out", tmp_path, "--json", home=home)
        assert done.returncode == 0, done.stderr
        with OscClient(daemon.port) as osc:
            controls = {name.replace("-", "_"): value for name, value in pulled.items()}
            free = osc.render(2, **controls | {"guidance": 0})
            assert free.address == "/sound" and osc.render(3, **controls).address == "/sound"
        assert wavs.apart(daemon.live(3), Path(json.loads(done.stdout)["path"])) <= 1e-5
        assert wavs.apart(daemon.live(3), daemon.live(2)) > 1e-4


@pytest.mark.parametrize("name", ["../up", "a/b", "", "a@b", "judge"])
def test_a_name_that_cannot_be_a_folder_is_refused(tmp_path, name):
    done = driftkit("import", tmp_path / "unet.pt", "--name", name, home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"name is {name!r}; it must be" in done.stderr
