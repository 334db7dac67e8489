"""The trainer: it learns, it goes on where it stopped, and what it writes is a model."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from rig import warm
from rig.daemon import MAIN

from driftkit.daemon.cli.main import main
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import load
from driftkit.sampler.networks.frames import Frames
from driftkit.sampler.networks.wiener import WienerUNet, class_spreads
from driftkit.sampler.spec import SHIPPED, read_spec
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.data import PACKED, Corpus, fade, layer, resample
from driftkit.sampler.training.export import export
from driftkit.sampler.training.folders import list_sounds
from driftkit.sampler.training.target import held_out_batch
from driftkit.sampler.training.targets import TARGETS, TrainConfig, keys_table, load_config
from driftkit.sampler.training.train import follow, train
from driftkit.sampler.training.unet import Denoising

ROOT = Path(__file__).resolve().parents[2]
SMALL = TrainConfig(
    length=2048,
    bands=16,
    widths=(16, 24),
    embedding=16,
    listens=False,
    tones=False,
    classifier_widths=(8, 16, 16),
    batch=8,
    warmup=5,
    samples=8 * 40,
    evaluate_every=0,
)

CRASH = {
    "crash_enter": 8, "crash_widths": (12, 16), "crash_factors": (2, 5), "crash_level": (4, 8, 16),
    "crash_classifier_widths": (8, 8, 8, 12, 12), "crash_classifier_factors": (4, 5, 4, 5, 5),
}  # fmt: skip


def test_a_pack_keeps_the_samples_and_every_sixth_sound_is_a_test(sounds, packed):
    held = np.load(packed)
    assert (held["split"] == "test").sum() == 8
    first = list_sounds(sounds).rows[0].path
    own = soundfile.read(first)[0]
    np.testing.assert_allclose(held["sounds"][0][:2048] / 32767, 0.98 * own / np.abs(own).max(), atol=2e-5)


def test_training_lowers_the_held_out_error_and_learns_the_classes(packed, tmp_path):
    lines = []
    corpora = [Corpus.load(packed, split, SMALL.length, torch.device("cpu")) for split in ("train", "test")]
    able = SMALL.changed(listens=True, tones=True)
    untrained = Denoising(able, corpora[0])
    before = untrained.held_out(untrained.network, *held_out_batch(corpora[1]))
    quick = able.changed(samples=8 * 30, learning_rate=5e-3)
    train("unet", packed, tmp_path / "unet", quick, report=lines.append)
    assert lines[-1]["held_out"]["mean"] < 0.95 * before["mean"]
    train("classifier", packed, tmp_path / "heard", SMALL.changed(samples=8 * 60), report=lines.append)
    assert lines[-1]["held_out"]["s=0.0001"] <= 0.2, lines[-1]


def test_a_run_in_two_halves_is_the_run_in_one(packed, tmp_path):
    steps = iter(range(1000))

    def four():
        return next(steps) >= 4

    train("unet", packed, tmp_path / "one", load_config(None, **vars_of(SMALL, samples=80)))
    train(
        "unet", packed, tmp_path / "two", load_config(None, **vars_of(SMALL, samples=80)), stop=lambda: next(steps) >= 4
    )
    assert load_checkpoint(tmp_path / "two" / "checkpoint.pt")["samples"] == 32
    train("unet", packed, tmp_path / "two", load_config(None, **vars_of(SMALL, samples=80)))
    one, two = (load_checkpoint(tmp_path / name / "checkpoint.pt") for name in ("one", "two"))
    assert one["samples"] == two["samples"] == 80
    for name, tensor in one["ema"].items():
        torch.testing.assert_close(tensor, two["ema"][name], atol=1e-6, rtol=1e-5, msg=name)


def test_the_average_is_the_exponential_one_beside_the_raw_weights(packed, tmp_path):
    torch.manual_seed(0)
    network, average = torch.nn.Linear(3, 2), torch.nn.Linear(3, 2)
    expected = average.weight.detach().clone()
    for _ in range(3):
        with torch.no_grad():
            network.weight += torch.randn(2, 3)
        follow(average, network, 0.9)
        expected = 0.9 * expected + 0.1 * network.weight.detach()
    torch.testing.assert_close(average.weight.detach(), expected)
    train("unet", packed, tmp_path, load_config(None, **vars_of(SMALL, samples=80)))
    state = load_checkpoint(tmp_path / "checkpoint.pt")
    assert any((state["network"][name] != tensor).any() for name, tensor in state["ema"].items())


def test_a_run_begins_with_the_weights_of_a_model(packed, tmp_path):
    first = train("unet", packed, tmp_path / "one", SMALL)
    export(first, None, tmp_path / "model")
    begun = train(
        "unet", packed, tmp_path / "two", load_config(None, **vars_of(SMALL, samples=8)), start=tmp_path / "model"
    )
    one, two = (load_checkpoint(path)["ema"] for path in (first, begun))
    for name, tensor in one.items():  # float16 on disk, and one step of warm-up
        torch.testing.assert_close(two[name], tensor, atol=2e-3, rtol=2e-3, msg=name)
    assert any((two[name] != tensor).any() for name, tensor in one.items())


def test_a_run_without_jumps_begins_with_the_weights_of_a_model_that_jumps(packed, tmp_path):
    jumping = train("unet", packed, tmp_path / "one", load_config(None, **vars_of(SMALL, samples=8, jumps=0.5)))
    export(jumping, None, tmp_path / "model")
    begun = train(
        "unet", packed, tmp_path / "two", load_config(None, **vars_of(SMALL, samples=8)), start=tmp_path / "model"
    )
    one, two = (load_checkpoint(path)["ema"] for path in (jumping, begun))
    assert set(one) - set(two) == {"unet.embedding.reach.weight"}
    for name, tensor in two.items():
        torch.testing.assert_close(tensor, one[name], atol=2e-3, rtol=2e-3, msg=name)


def test_every_network_begins_with_its_part_of_a_model(packed, tmp_path):
    small = load_config(None, **vars_of(SMALL, samples=8, length=2000, **CRASH))
    for target, hearer in (("crash", "crash_classifier"), ("crash", "classifier")):
        config = small if hearer == "crash_classifier" else load_config(None, **vars_of(small, bands=10))
        runs = {name: train(name, packed, tmp_path / hearer / name, config) for name in (target, hearer)}
        export(runs[target], runs[hearer], tmp_path / hearer / "model")
        for name, run in runs.items():
            begun = train(name, packed, tmp_path / hearer / f"{name}2", config, start=tmp_path / hearer / "model")
            before, after = (load_checkpoint(path)["ema"] for path in (run, begun))
            for key, tensor in before.items():
                torch.testing.assert_close(after[key], tensor, atol=2e-3, rtol=2e-3, msg=key)


def vars_of(config, **changes):
    return dict(config.values) | changes


def test_flags_that_say_nothing_are_refused_and_the_judge_obeys_the_rest(packed, tmp_path, capsys):
    def said(*words):
        with pytest.raises(SystemExit) as left:
            main(["train", "--data", str(packed), "--out", str(tmp_path / "run"), *words])
        return (left.value.code, *capsys.readouterr())

    for words, told in (
        (["--network", "judge", "--minutes", "1"], "the judge is trained without --minutes; it takes --samples and"),
        (["--network", "judge", "--device", "cuda"], "device is cuda; the judge is trained on cpu"),
        (["--best"], "give --export FOLDER too"),
        (["--network", "classifier", "--export", "x"], "--export writes a model, which a classifier alone is not"),
    ):
        code, out, err = said(*words)
        assert code == 2 and not out and told in err, err
    code, out, err = said("--network", "judge", "--samples", "16", "--batch", "8", "--json")
    assert code == 0 and json.loads(out)["samples"] == 16 and "judge: test" in err


@pytest.mark.slow
def test_a_killed_run_goes_on_and_exports_a_model_that_renders(sounds, tmp_path):
    config = tmp_path / "small.toml"
    config.write_text(
        "length = 2048\nwidths = [16, 24]\nembedding = 16\ntones = false\nlistens = false\nbatch = 8\n"
        "classifier_widths = [8, 16, 16]\nevaluate_sounds = 2\n"
    )
    command = [*MAIN, "train", "--device", "cpu", "--data", sounds, "--out", tmp_path / "run", "--config", config]
    command += ["--samples", "100000", "--evaluate-every", "16", "--json"]
    assert warm.run([*command, "--minutes", "0.01"], os.environ).returncode == 0
    checkpoint = tmp_path / "run" / "checkpoint.pt"
    before = load_checkpoint(checkpoint)["samples"]
    assert before > 0
    process = warm.Process(command, os.environ, subprocess.PIPE, subprocess.DEVNULL)
    assert json.loads(process.stdout.readline())["samples"] > before
    process.kill()
    process.wait(10)
    process.stdout.close()
    assert load_checkpoint(checkpoint)["samples"] >= before, "a kill leaves a whole checkpoint"
    model = tmp_path / "model"
    done = warm.run([*command, "--minutes", "0.01", "--export", model], os.environ)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["samples"] > before
    made = load(str(model), "cpu")
    assert made.render(Hit(kick=1, seed=1, steps=2)).samples.shape == (1, 2048)
    # the kicks of these sounds are tones of 150 Hz, told apart from hats of 8 kHz by how loud the bands are
    asked = torch.eye(len(made.classes))[[made.classes.index(name) for name in ("kick", "hihat_closed")]]
    kick, hat = made.loudness.of_seeds(asked, torch.ones(2), [1, 1])
    assert kick[0, 0] > hat[0, 0] + 2 and hat[-3, 0] > kick[-3, 0] + 2


def test_an_exported_model_is_the_ema_weights_in_half_precision(packed, tmp_path):
    train("unet", packed, tmp_path / "run", load_config(None, **vars_of(SMALL, samples=40)))
    export(tmp_path / "run" / "checkpoint.pt", None, tmp_path / "model")
    state = load_checkpoint(tmp_path / "run" / "checkpoint.pt")["ema"]
    model = load(str(tmp_path / "model"), "cpu")
    network = model.module.state_dict()
    for name, tensor in state.items():
        torch.testing.assert_close(network[name], tensor.half().float(), msg=name)
    assert model.spec.fades == read_spec(SHIPPED / "default").fades == (16, 441)
    sound = model.render(Hit(kick=1, seed=1, steps=2)).samples[0]
    assert sound[0] == sound[-1] == 0


def test_the_wiener_part_alone_is_the_best_linear_denoiser_of_a_gaussian():
    """For data that is Gaussian in the frames, F = 0 is E[x0 | y] exactly."""
    frames = Frames(16)
    generator = torch.Generator().manual_seed(0)
    spread = torch.rand(16, 8, generator=generator) + 0.1
    network = WienerUNet(128, 16, 2, (16, 16), 16)
    network.spread.copy_(torch.stack([spread, 2 * spread, 3 * spread]))
    x = frames.synthesise(spread * torch.randn(4, 16, 8, generator=generator))[:, None]
    y = x + 0.3 * torch.randn(x.shape, generator=generator)
    weights = torch.tensor([[1.0, 0.0]]).expand(4, 2)
    got = network(y, torch.full((4,), 0.3), weights)
    exact = frames.synthesise(spread**2 / (spread**2 + 0.09) * frames.analyse(y[:, 0]))[:, None]
    torch.testing.assert_close(got, exact, atol=1e-5, rtol=0)
    half = network.power(torch.tensor([[0.5, 0.25]]))[0]
    torch.testing.assert_close(half, spread**2 * (0.5 * 1 + 0.25 * 4 + 0.25 * 9))


def test_the_spread_of_a_class_is_its_root_mean_square():
    frames = Frames(16)
    sounds = torch.randn(64, 160, generator=torch.Generator().manual_seed(1))
    sounds[:32] *= 0.1
    quiet = torch.arange(64) < 32
    spreads = class_spreads(frames, sounds, [quiet, ~quiet, torch.zeros(64, dtype=torch.bool)], share=0.0)
    assert spreads[0].mean() == pytest.approx(0.1, rel=0.05)
    assert spreads[1].mean() == pytest.approx(1.0, rel=0.05)
    torch.testing.assert_close(spreads[2], spreads[3])  # a class without sounds has that of all


def test_augmentation_keeps_a_drum_a_drum():
    t = torch.arange(PACKED) / 44100
    tone = torch.sin(2 * torch.pi * 1000 * t)[None]
    higher = resample(tone, 12.0)[0]
    peak = torch.fft.rfft(higher[:16384] * torch.hann_window(16384)).abs().argmax() * 44100 / 16384
    assert float(peak) == pytest.approx(2000, abs=3)
    assert fade(32768)[-441:].abs().max() < 10 ** (-50 / 20) and fade(32768)[:24000].min() == 1
    generator = torch.Generator().manual_seed(0)
    soft = torch.eye(len(CLASSES))
    mixed, labels = layer(0.5 * torch.randn(len(CLASSES), 256, generator=generator), soft, 1.0, generator)
    torch.testing.assert_close(labels.sum(1), torch.ones(len(CLASSES)))
    torch.testing.assert_close(mixed.abs().amax(1), torch.full((len(CLASSES),), 0.98))


def test_batches_come_only_from_their_split(packed):
    corpus = Corpus.load(packed, "train", 2048, torch.device("cpu"))
    assert len(corpus.labels) == 40
    x, soft = next(corpus.batches(SMALL, torch.Generator().manual_seed(0)))
    assert x.shape == (8, 1, 2048) and soft.shape == (8, len(CLASSES))
    assert x[:, :, -256:].abs().max() == 0


@pytest.mark.parametrize("target", ["unet", "classifier", "crash", "crash_classifier"])
def test_equal_states_draw_equal_noise_and_no_more_chance_for_longer_sounds(packed, target):
    states, soft = [], torch.eye(len(CLASSES))
    for length in (2000, 4000):
        sizes = {"crash_classifier_factors": (4, 5, 4, 5, 10), "bands": 10}
        config = load_config(None, **(vars_of(SMALL, length=length, **CRASH) | sizes))
        objective = TARGETS[target].objective(config, Corpus.load(packed, "train", length, torch.device("cpu")))
        generators = [torch.Generator().manual_seed(3) for _ in range(2)]
        first, second = (objective.draw(soft, generator) for generator in generators)
        for a, b in zip(first, second):
            assert torch.equal(a, b)
        noise, after = first[-1].flatten(), objective.draw(soft, generators[0])[-1].flatten()
        assert noise.numel() == len(CLASSES) * length
        assert abs(float(noise.mean())) < 0.04 and float(noise.std()) == pytest.approx(1, abs=0.03)
        assert abs(float((noise * after).mean())) < 0.04
        states.append(generators[1].get_state())
    assert torch.equal(*states)


def test_the_page_has_every_key_as_it_is():
    page = (ROOT / "docs" / "training.md").read_text()
    assert keys_table() in page, "put what keys_table() of sampler/training/config.py gives at the end of the page"


def test_what_cannot_be_trained_on_is_told_in_a_sentence(tmp_path):
    with pytest.raises(Error, match=r"holds neither MANIFEST\.csv nor sounds"):
        list_sounds(tmp_path)
    with pytest.raises(Error, match="lenght is not a key of a training config; did you mean length"):
        load_config(None, lenght=3)
    (tmp_path / "bad.pt").write_bytes(b"nothing")
    with pytest.raises(Error, match="cannot be read"):
        load_checkpoint(tmp_path / "bad.pt")
    (tmp_path / "bad.npz").write_bytes(b"nothing")
    with pytest.raises(Error, match="is not a pack of sounds"):
        Corpus.load(tmp_path / "bad.npz", "train", 2048, torch.device("cpu"))
