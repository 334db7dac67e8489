"""A daemon whose network OpenVINO computes: what it says, what it renders, and models that bring no graph."""

import json
from pathlib import Path

import numpy as np
import pytest
from rig.daemon import Daemon, driftkit, until
from rig.models import models, small_model
from rig.osc import OscClient

from driftkit.sampler.sound import load_sound, snr_db


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Of a user with a model that has a graph, and one that has none."""
    home = tmp_path_factory.mktemp("home")
    small_model(home, "drawn", ("kick",), 4096)
    small_model(home, "bare", ("kick",), 8192)
    written = driftkit("onnx", "--model", "drawn", home=home)
    assert written.returncode == 0 and "network.onnx" in written.stderr, written.stderr
    return home


def test_openvino_renders_what_torch_does_and_torch_what_has_no_graph(home, tmp_path):
    heard = {}
    for engine in ("torch", "openvino"):
        with Daemon(home, tmp_path / engine, "--model", "drawn", "--engine", engine) as daemon:
            until(lambda: f"drawn is computed by {engine}" in daemon.stderr, f"that {engine} computes is said")  # noqa: B023
            with OscClient(daemon.port) as osc:
                osc.send("/pad/1/seed", 5)
                osc.send("/pad/1/kick", 1.0)
                osc.ask("/render", 1, answers="/sound")
                heard[engine] = load_sound(daemon.live(1)).samples
                osc.ask("/model/load", "bare", answers="/done")
                osc.ask("/render", 1, answers="/sound")
                if engine == "openvino":
                    assert "the model bare has no network.onnx" in daemon.stderr
            assert load_sound(daemon.live(1)).samples.shape == (1, 8192)
    assert snr_db(heard["torch"], heard["openvino"]) > 60


def test_recall_renders_by_the_engine_that_rendered_and_says_where_it_cannot(home, tmp_path):
    wanted = ("render", "--model", "drawn", "--kick", 1, "--seed", 5, "--engine", "openvino", "--json")
    made = json.loads(driftkit(*wanted, "--out", tmp_path / "made", home=home).stdout)
    for flags, engine in (((), "openvino"), (("--engine", "torch"), "torch")):
        run = driftkit("recall", made["path"], *flags, "--json", "--out", tmp_path / engine, home=home)
        again = load_sound(Path(json.loads(run.stdout)["path"]))
        assert again.engine == engine == json.loads(run.stdout)["engine"]
        assert np.abs(again.samples - load_sound(Path(made["path"])).samples).max() < 1e-5
    (models(home) / "drawn" / "network.onnx").unlink()
    run = driftkit("recall", made["path"], "--json", "--out", tmp_path / "bare", home=home)
    assert "the model drawn has no network.onnx" in run.stderr and "torch comes near it" in run.stderr
    assert load_sound(Path(json.loads(run.stdout)["path"])).engine == "torch"
