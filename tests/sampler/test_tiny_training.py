"""Training the network of Tiny Audio Diffusion: its objective, batches in parts, and a model in stereo at the end."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
import yaml
from rig import tiny
from rig.counted import Counted
from rig.daemon import environment
from torch._subclasses.fake_tensor import FakeTensorMode

from driftkit.daemon.cli.main import main
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.importers import import_checkpoint
from driftkit.sampler.model import load
from driftkit.sampler.networks.ends import ENDS
from driftkit.sampler.spec import find_model
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.data import Corpus, pack, paths
from driftkit.sampler.training.desk import memory
from driftkit.sampler.training.export import export
from driftkit.sampler.training.targets import TARGETS, TrainConfig, load_config
from driftkit.sampler.training.tiny import Velocity
from driftkit.sampler.training.train import train
from driftkit.sampler.training.watch import TOGETHER

SMALL = {
    "length": 512, "schedule": "v", "tiny_widths": (8, 16, 32), "tiny_factors": (1, 2, 4), "tiny_items": (1, 2, 1),
    "tiny_attentions": (0, 0, 1), "batch": 4, "precision": "float32", "learning_rate": 1e-4, "warmup": 1,
    "evaluate_every": 0, "layered": 0.0,
}  # fmt: skip


def config(**changes: object) -> TrainConfig:
    return load_config(None, **SMALL | changes)


class Constant(torch.nn.Module):
    """What tells v of a sound that is 0.3 throughout, from x_t and sigma alone."""

    def forward(self, x: torch.Tensor, sigma: torch.Tensor) -> torch.Tensor:
        sigma = sigma[:, None, None]
        m = (1 - sigma**2).sqrt()
        return m * (x - m * 0.3) / sigma - sigma * 0.3


@pytest.mark.parametrize("weighting", ["auto", "min_snr"])
def test_the_loss_is_the_error_of_v_on_both_sides(weighting):
    with torch.device("meta"):
        objective = Velocity(config(weighting=weighting), None)
    objective.network = Constant()
    soft, x = torch.zeros(64, 11), torch.full((64, 1, 512), 0.3)
    drawn = objective.draw(soft, torch.Generator().manual_seed(5))
    assert drawn[-1].shape == (64, 2, 512)
    assert float(objective(x, *drawn)) < 1e-6
    m, sigma, weight, eps = drawn
    off = float(objective(x + 0.1, m, sigma, weight, eps))  # v = m eps - sigma x_0, and x_t too, by as much
    expected = weight * (-sigma * 0.1 - m * m * 0.1 / sigma).square()
    assert off == pytest.approx(float(expected.mean()), rel=1e-3)


def test_a_batch_in_parts_is_the_batch(packed, tmp_path):
    runs = {}
    for at_once in (0, 1):
        run = train(
            "tiny", packed, tmp_path / str(at_once), config(samples=8, at_once=at_once, tiny_frugal=at_once == 1)
        )
        runs[at_once] = load_checkpoint(run)["network"]
    for name, tensor in runs[0].items():
        torch.testing.assert_close(runs[1][name], tensor, rtol=1e-3, atol=2e-5, msg=name)


def test_from_an_imported_model_to_one_in_stereo(packed, tmp_path):
    file, lines = tiny.published(tmp_path, 512), []
    shape = {"channels": SMALL["tiny_widths"], "factors": SMALL["tiny_factors"], "items": SMALL["tiny_items"]}
    inner = {key: list(value) for key, value in (shape | {"attentions": SMALL["tiny_attentions"]}).items()}
    import_checkpoint(file, tmp_path / "kicks", config=lambda: {"length": 512, "model": {"model": inner}})
    run = train(
        "tiny", packed, tmp_path / "run", config(samples=120, at_once=2, learning_rate=1e-3), start=tmp_path / "kicks",
        report=lines.append,
    )  # fmt: skip
    begun = config(samples=4, learning_rate=1e-12)
    train("tiny", packed, tmp_path / "still", begun, start=tmp_path / "kicks", report=lines.append)
    assert lines[0]["held_out"]["mean"] < 0.96 * lines[1]["held_out"]["mean"]
    spec = export(run, None, tmp_path / "mine")
    assert (spec.channels, spec.schedule, spec.fades, spec.network["kind"]) == (2, "v", (16, 256), "tiny")
    sound = load(str(tmp_path / "mine"), "cpu").render(Hit(seed=1, steps=2))
    assert sound.samples.shape == (2, 512) and np.isfinite(sound.samples).all()


def test_the_recipe_is_the_published_network():
    recipe = load_config(Path("tiny"))
    with torch.device("meta"):
        network = TARGETS["tiny"].build(recipe)
    assert round(sum(p.numel() for p in network.parameters()) / 1e6, 2) == 31.57
    assert (recipe.length, recipe.schedule, recipe.batch, recipe.at_once) == (32768, "v", 32, 1)


def test_what_does_not_fit_is_told_in_a_sentence():
    for changes, sentence in (
        ({"length": 1001}, "for tiny it must be a multiple of 8 samples, such as 32768"),
        ({"tiny_items": (1, 2)}, "does not fit together: there are 3 widths, 3 factors, 2 items"),
        ({"tiny_widths": (8, 12, 32)}, "each must be a multiple of 8"),
    ):
        with pytest.raises(Error, match=sentence):
            TARGETS["tiny"].build(config(**changes))


def test_a_model_of_another_kind_is_no_beginning(packed, tmp_path):
    with pytest.raises(
        Error, match="the model default is wiener_unet, and a tiny begins with weights of the kind tiny;"
    ):
        train("tiny", packed, tmp_path, config(), start=find_model("default"))


def test_the_memory_taken_is_told_in_words():
    held = np.ones(40_000_000)  # 320 MB
    words = memory("cpu").split()
    assert words[0] == "took" and words[2:] == ["MB", "of", "memory", "at", "most"]
    assert held.nbytes / 1e6 < int(words[1]) < 100_000


def test_the_published_network_learns_in_less_than_two_gigabytes():
    """The recipe on tensors without values, counted as the counter of a GPU counts them."""
    config = load_config(Path("tiny"))
    sound = (config.tiny_channels, config.length)
    with FakeTensorMode(), Counted() as counted:
        objective, average = Velocity(config, None), Velocity(config, None).network
        batch, eps = (torch.empty(config.batch, *sound) for _ in range(2))
        level = torch.ones(config.at_once)
        objective(batch[:1], level, level, level, eps[:1]).backward()
        learning = counted.most
        objective.zero_grad()
        with torch.no_grad():  # sounds are heard on the way
            average(torch.empty(TOGETHER, *sound), torch.empty(TOGETHER))
    weights = sum(parameter.nbytes for parameter in average.parameters())
    learning, most = (taken + 2 * weights for taken in (learning, counted.most))  # AdamW keeps two moments of each
    print(f"{learning / 1e6:.0f} MB to learn, {5 * weights / 1e6:.0f} MB with the weights; {most / 1e6:.0f} MB in all")
    assert 5 * weights < learning and most < 2e9


def test_what_is_in_stereo_is_learnt_in_stereo_and_what_is_mono_on_both_sides(tmp_path: Path) -> None:
    draw, t = np.random.default_rng(0), np.arange(2048) / 44100
    for i in range(12):
        tone = 0.4 * np.sin(2 * np.pi * draw.uniform(100, 900) * t) * np.exp(-90 * t)
        wide = np.stack([tone, 0.2 * tone], 1) if i % 2 else tone
        (tmp_path / "in" / "kick").mkdir(parents=True, exist_ok=True)
        soundfile.write(tmp_path / "in" / "kick" / f"{i:02d}.wav", wide, 44100, "FLOAT")
    file = tmp_path / "sounds.npz"
    assert pack(tmp_path / "in", file) == 12
    config = load_config(None, **SMALL)
    two, one = (Corpus.load(file, "train", 512, torch.device("cpu"), channels=c) for c in (2, 1))
    assert two.waves().shape == (10, 2, 512) and one.waves().shape == (10, 1, 512) and one.sides is None
    left, right = two.waves().unbind(1)
    stereo = np.array([int(path.split("/")[1][:2]) % 2 == 1 for path in paths(file, "train")])
    torch.testing.assert_close(right[stereo], 0.2 * left[stereo], atol=2e-4, rtol=0)
    torch.testing.assert_close(right[~stereo], left[~stereo])
    torch.testing.assert_close((left + right) / 2, one.waves()[:, 0], atol=1e-6, rtol=0)
    x, _ = next(two.batches(config, torch.Generator().manual_seed(0)))
    assert x.shape == (4, 2, 512)
    ratio = (x[:, 1].norm(dim=1) / x[:, 0].norm(dim=1)).tolist()
    assert all(min(abs(each - 1), abs(each - 0.2)) < 0.01 for each in ratio), "no sound loses its sides"
    train("tiny", file, tmp_path / "run", config.changed(samples=8))
    model = load(str(exported(tmp_path / "run", tmp_path / "wide")), "cpu")
    assert model.render(Hit(seed=1, steps=2)).samples.shape == (2, 512)


def exported(run: Path, folder: Path) -> Path:
    export(run / "checkpoint.pt", None, folder)
    return folder


@pytest.mark.parametrize("ends", ["patches", "learned"])
def test_what_stands_before_and_behind_it_is_kept_and_taken_off_again(ends: str, packed: Path, tmp_path: Path) -> None:
    if ends == "patches":
        whole, x = ENDS[ends](2, 8), torch.randn(3, 2, 64)
        assert torch.equal(whole.leave(whole.enter(x)), x) and whole.enter(x).shape == (3, 16, 8)
        assert torch.equal(whole.enter(x)[0, :8, 1], x[0, 0, 8:16]), "samples side by side"
    config = load_config(None, **(SMALL | {"tiny_ends": ends, "tiny_stride": 4, "samples": 8, "tiny_channels": 1}))
    folder = exported(train("tiny", packed, tmp_path / "run", config).parent, tmp_path / "model")
    model = load(str(folder), "cpu")
    assert model.spec.network["ends"] == ends and model.render(Hit(seed=1, steps=2)).samples.shape == (1, 512)
    with pytest.raises(Error, match="length is 514; for tiny it must be a multiple of 32"):
        TARGETS["tiny"].build(config.changed(length=514))
    with pytest.raises(Error, match="stride is 4; it must be 1 where the network takes the samples themselves"):
        TARGETS["tiny"].build(config.changed(tiny_ends="direct"))
    with pytest.raises(Error, match="ends is fft; it must be one of direct, patches, learned"):
        TARGETS["tiny"].build(config.changed(tiny_ends="fft"))


def test_an_imported_model_goes_on_with_ones_own_sounds(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "kicks"
    import_checkpoint(
        tiny.published(tmp_path), base, config=lambda: yaml.safe_load((tmp_path / "kicks.yaml").read_text())
    )
    words = ["train", "--finetune", base, "--data", packed, "--samples", 32, "--evaluate-every", 0, "--device", "cpu"]
    for name, value in environment(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as left:
        main([*map(str, words), "--export", str(tmp_path / "mine")])
    assert left.value.code == 0
    before, after = (load(str(folder), "cpu") for folder in (base, tmp_path / "mine"))
    assert after.spec.channels == 2 and after.spec.length == before.spec.length and after.classes == ()
    assert after.spec.trained["began_with"].startswith("kicks@")
    x, sigma = torch.randn(1, 2, before.spec.length), torch.tensor([0.5])
    moved = (after.network(x, sigma) - before.network(x, sigma)).norm() / before.network(x, sigma).norm()
    assert 0 < float(moved) < 0.3, "it learns, and is still that model"
