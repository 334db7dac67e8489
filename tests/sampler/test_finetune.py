"""A model of one's own: what it keeps of the model it begins with, and what it learns of a few sounds."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from rig import warm
from rig.daemon import environment
from rig.models import models, small_model

from driftkit.daemon.cli.main import main
from driftkit.daemon.inputs.osc.commands import COMMANDS
from driftkit.daemon.pads.pad import Player
from driftkit.sampler.controls import rows
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import RESERVED, SPOKEN, Hit
from driftkit.sampler.model import load
from driftkit.sampler.spec import find_model, list_models, read_spec
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.data import Corpus, classes_in, pack
from driftkit.sampler.training.desk import learning_rate
from driftkit.sampler.training.finetune import config_for, places
from driftkit.sampler.training.hearing import heard, taken_for
from driftkit.sampler.training.log import read_log
from driftkit.sampler.training.targets import load_config
from driftkit.sampler.training.train import begin, train
from driftkit.sampler.training.unet import Denoising

CPU = torch.device("cpu")
LENGTH = 4096
BEFORE = ("kick", "snare", "ride")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user who has a small model."""
    home = tmp_path_factory.mktemp("mine")
    small_model(home, "small", BEFORE, LENGTH)
    return home


@pytest.fixture(autouse=True)
def user(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be that user."""
    for name, value in environment(home).items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kicks, and a class that nobody knows: 14 of each."""
    folder, draw = tmp_path_factory.mktemp("sounds") / "My Kit", np.random.default_rng(0)
    t = np.arange(LENGTH) / 44100
    for name, hz in (("kick", 90), ("Big Boings", 2500)):
        (folder / name).mkdir(parents=True)
        for i in range(14):
            tone = np.sin(2 * np.pi * hz * draw.uniform(0.7, 1.4) * t + draw.uniform(0, 6)) * np.exp(-t * 60)
            soundfile.write(folder / name / f"{i}.wav", tone, 44100)
    return folder


@pytest.fixture(scope="module")
def packed(kit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pack") / "sounds.npz"
    pack(kit, file)
    return file


def told(*words: object) -> str:
    with pytest.raises(SystemExit) as left:
        main(list(map(str, words)))
    assert left.value.code == 0
    return ""


def test_one_command_makes_a_model_with_a_class_of_its_own(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("train", "--finetune", "small", "--data", kit, "--samples", 32, "--device", "cpu")
    told(*words, "--minutes", 5)
    said = capsys.readouterr().err
    assert "new classes: big_boings; of the classes that there are: kick" in said and "left" in said
    base, spec = read_spec(find_model("small")), read_spec(find_model("my_kit"))
    assert (
        spec.classes == (*BEFORE, "big_boings") and spec.network["classes"] == 4 == (spec.classifier or {})["classes"]
    )
    assert (spec.steps, spec.length, spec.schedule) == (base.steps, base.length, base.schedule)
    assert spec.trained["began_with"].startswith("small@") and spec.trained["sounds_shown"] == 32
    model = load("my_kit", "cpu")
    assert model.loudness is not None, "it was told how loud the sounds are"
    both = model.render(Hit(classes={"kick": 0.5, "big_boings": 0.5}, seed=1))
    assert np.isfinite(both.samples).all() and both.label in spec.classes
    told(*words[:-4], "--samples", 48, "--device", "cpu")
    assert read_spec(find_model("my_kit")).trained["sounds_shown"] == 48, "the same command goes on"


def test_it_begins_as_the_model_and_a_new_class_as_what_that_one_takes_it_for(home: Path, packed: Path) -> None:
    base = models(home) / "small"
    classes = (*BEFORE, *(name for name in classes_in(packed) if name not in BEFORE))
    config = config_for(read_spec(base), None).changed(classes=classes)
    corpus = Corpus.load(packed, "train", LENGTH, CPU, classes)
    network = begin(Denoising(config, corpus), "unet", config, base, corpus, CPU).average
    old, y, s = load(str(base), "cpu").module, 0.1 * torch.randn(3, 1, LENGTH), torch.tensor([0.02, 0.3, 2.0])
    with torch.no_grad():
        torch.testing.assert_close(network(y, s, torch.eye(4)[:3]), old(y, s, torch.eye(3)))
        torch.testing.assert_close(network(y, s, torch.zeros(3, 4)), old(y, s, torch.zeros(3, 3)))
        taken = taken_for(base, corpus, BEFORE, classes)["big_boings"]
        told = network.unet.embedding
        mixed = old.unet.embedding(s.log(), taken.expand(3, 3))
        torch.testing.assert_close(told(s.log(), torch.eye(4)[[3] * 3]), mixed)
    own = network.frames.analyse(corpus.only(corpus.members("big_boings")).clean()).square().mean().sqrt()
    assert float(network.spread[3].square().mean().sqrt()) >= float(own), "and with the spectrum of its sounds"


def test_its_ear_knows_the_new_class_and_takes_old_ones_for_what_it_did(home: Path, kit: Path, packed: Path) -> None:
    told("train", "--finetune", "small", "--data", kit, "--samples", 8, "--device", "cpu", "--export", home / "ear")
    before, after = load(str(models(home) / "small"), "cpu"), load(str(home / "ear"), "cpu")
    corpus = Corpus.load(packed, "test", LENGTH, CPU, after.classes)
    boings = heard(after, corpus.only(corpus.members("big_boings")).clean())
    assert float((boings.argmax(1) == 3).float().mean()) == 1
    made = torch.from_numpy(np.stack([before.render(Hit(seed=i, kick=1)).samples[0] for i in range(4)]))
    old, new = heard(before, made), heard(after, made)
    torch.testing.assert_close(new[:, :3] / new[:, :3].sum(1, keepdim=True), old, atol=1e-4, rtol=1e-3)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "small"), "leave out --from, --network, --classifier and --best"),
        (("--network", "tiny"), "leave out --from, --network, --classifier and --best"),
        (("--finetune", "nowhere"), "there is no model nowhere"),
        (("--config", "none.toml"), "the training config none.toml cannot be read"),
    ],
)
def test_what_does_not_go_together_is_a_sentence(
    kit: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["train", "--finetune", "small", "--data", str(kit), *words])
    assert left.value.code == 2 and said in capsys.readouterr().err


def test_no_model_takes_the_place_of_another(home: Path, tmp_path: Path) -> None:
    base = find_model("small")
    for data, folder in ((tmp_path / "default", None), (tmp_path / "x", tmp_path / "small")):
        with pytest.raises(
            Error, match=r"there is a model (default|small) already, in .*; give another name by --export"
        ):
            places(data, folder, base)
    with pytest.raises(Error, match="the model would take the place of small, with which it begins"):
        places(tmp_path / "small", None, base)
    assert places(tmp_path / "Größe 7", None, base)[1].name == "gr_sse_7"
    assert "default" in list_models()


def test_a_class_is_never_called_as_a_command_or_a_knob() -> None:
    assert {*SPOKEN, *RESERVED} == {*rows(Player), "classes", "pad", *(name.partition("/")[0] for name in COMMANDS)}


def test_a_run_that_learns_nothing_more_ends_and_its_best_weights_are_kept(packed: Path, tmp_path: Path) -> None:
    shape = {"length": 2048, "widths": (8,), "embedding": 8, "tones": False, "listens": False, "batch": 2}
    ending = {"evaluate_every": 4, "evaluate_sounds": 0, "patience": 3, "samples": 1000}
    config = load_config(None, learning_rate=1.0, warmup=1, **shape, **ending)
    train("unet", packed, tmp_path, config)
    errors = [line["held_out"]["mean"] for line in read_log(tmp_path / "log.jsonl")]
    assert len(errors) - errors.index(min(errors)) in (4, 5), "three reports beyond the best"
    best = load_checkpoint(tmp_path / "best.pt")
    assert best["held_out"] == pytest.approx(min(errors)) and best["samples"] < 1000
    assert not (tmp_path / "sounds").exists()


def test_the_learning_rate_falls_with_the_time_as_with_the_sounds() -> None:
    config = load_config(None, samples=1000, batch=2, warmup=1, cooldown=0.5, learning_rate=1.0)
    assert learning_rate(config, 100) == 1 and learning_rate(config, 750) == pytest.approx(0.5)
    assert learning_rate(config, 100, 0.75) == pytest.approx(0.5) and learning_rate(config, 750, 0.9) < 0.21


NO_ROOM = """
import json, resource, sys
from pathlib import Path
import torch
from driftkit.sampler.errors import Error
from driftkit.sampler.training.targets import load_config
from driftkit.sampler.training.train import train
pack, out = Path(sys.argv[1]), Path(sys.argv[2])
shape = dict(length=4096, widths=(16, 16), embedding=16, tones=False, evaluate_every=0)
train("unet", pack, out, load_config(None, batch=2, samples=4, **shape))
def low():
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (32 << 20),) * 2)
try:
    train("unet", pack, out, load_config(None, batch=512, samples=9000, **shape), stop=low)
except Error as reason:
    print(reason)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_where_memory_ends_in_the_middle_of_a_run_its_checkpoint_is_kept(packed: Path, tmp_path: Path) -> None:
    done = warm.run(["-c", NO_ROOM, packed, tmp_path], os.environ)
    assert "there is not enough memory for a step of 512 sounds, 512 at once" in done.stdout, done.stderr[-2000:]
    assert "set at_once to 256" in done.stdout and "Traceback" not in done.stderr
    assert load_checkpoint(tmp_path / "checkpoint.pt")["samples"] >= 4
    assert not list(tmp_path.glob("*.part")) and json.dumps(read_log(tmp_path / "log.jsonl"))
