"""What is composed from the metrics: memorisation, confusion, faults, sweeps."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.models import small_model
from rig.packs import N, drums, packed

from driftkit.daemon.cli.main import main
from driftkit.sampler.errors import Error
from driftkit.sampler.model import Model, load
from driftkit.sampler.spec import SHIPPED
from driftkit.sampler.training.config import CLASSES, DRUMS
from driftkit.sampler.training.data import Corpus, paths
from driftkit.sampler.training.embeddings import embed
from driftkit.sampler.training.evaluate import (
    agreement,
    agreement_of_real,
    by_class,
    confusion,
    distances,
    evaluate,
    reference,
    render_class,
    shares,
)
from driftkit.sampler.training.faults import faults
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.memory import log_mel, memorised
from driftkit.sampler.training.metrics import frechet, wilson
from driftkit.sampler.training.sweep import sweep


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.load(SHIPPED / "judge" / "judge.safetensors")


@pytest.fixture(scope="module")
def model() -> Model:
    return load("default", "cpu")


# -- memorisation --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("space", ["embedding", "log_mel"])
def test_planted_copies_are_found_and_named(judge: Judge, space: str):
    train, strangers, made = drums(60, 1), drums(50, 2), drums(20, 3)
    made[4], made[11] = 0.5 * train[17], train[42] + 1e-4 * torch.randn(N, generator=torch.Generator().manual_seed(0))
    features = log_mel(judge) if space == "log_mel" else lambda x: embed(judge, x)
    sets = [features(x) for x in (made, train, strangers)]
    found = memorised(*sets, [f"made {i}" for i in range(20)], [f"train {i}" for i in range(60)])
    pairs = [(pair["generated"], pair["train"]) for pair in found["pairs"]]
    assert set(pairs[:2]) == {("made 4", "train 17"), ("made 11", "train 42")}
    assert found["pairs"][1]["distance"] < found["threshold"] < found["median"]
    assert 0.1 <= found["share"]["value"] <= 0.2  # the two, and what chance adds
    assert found["share"]["low"] < found["share"]["value"] < found["share"]["high"]


def test_strangers_count_by_class_as_generated_sounds_do():
    """Kicks lie near to `train` and snares far; nine strangers of ten are snares, of the generated half."""
    draw = np.random.default_rng(0)
    near, far = (lambda n: draw.uniform(1, 2, (n, 1))), (lambda n: draw.uniform(11, 12, (n, 1)))
    labels = torch.tensor([CLASSES.index("kick")] * 100 + [CLASSES.index("snare")] * 900)
    corpus = Corpus(torch.zeros(1000, 1).short(), labels, torch.full_like(labels, -1), 1)
    weights = shares(corpus, {"kick": 500, "snare": 500})
    assert weights[:100].sum() == pytest.approx(500) and weights[100:].sum() == pytest.approx(500)
    usual = np.concatenate([near(100), far(900)])
    made, train = np.concatenate([near(500), far(500)]), np.zeros((1, 1))
    names = ["x"] * 1000
    found = memorised(made, train, usual, names, ["y"], weights)
    assert found["threshold"] == pytest.approx(np.sort(usual[:100, 0])[1])  # 1 % of all, 2 % of the kicks
    assert (
        found["share"]["low"]
        < 0.01
        < found["share"]["high"]
        < memorised(made, train, usual, names, ["y"])["share"]["value"]
    )
    both = torch.tensor([CLASSES.index(name) for name in ("ride", "cymbal", "tom")])
    kinds = Corpus(torch.zeros(3, 1).short(), both, torch.full_like(both, -1), 1)
    assert shares(kinds, {"cymbal": 2, "ride": 1}).tolist() == [2, 1, 0]
    assert shares(kinds, {"any": 9}).tolist() == shares(kinds, {"kick": 9}).tolist() == [1, 1, 1]


def test_a_distance_in_log_mel_is_a_difference_in_decibels():
    features = log_mel(Judge())
    loud = 0.5 * torch.randn(1, N, generator=torch.Generator().manual_seed(0))
    click = loud.clone()
    click[0, 0] = 10 * loud.abs().max()  # the rest is heard 20 dB lower once the peak is normalised
    assert np.linalg.norm(features(loud) - features(click)) == pytest.approx(20, abs=1)


def test_the_names_of_a_pack_are_its_files_or_numbers(tmp_path: Path):
    split = np.array(["train", "test", "train"])
    np.savez(tmp_path / "a.npz", split=split, paths=np.array(["x.wav", "y.wav", "z.wav"]))
    np.savez(tmp_path / "b.npz", split=split)
    assert paths(tmp_path / "a.npz", "train") == ["x.wav", "z.wav"]
    assert paths(tmp_path / "b.npz", "train") == ["sound 0", "sound 2"]


# -- sets of sounds ------------------------------------------------------------------------------------------


def test_the_confusion_counts_every_sound_once(judge: Judge):
    sounds = {"kick": drums(7, 1), "snare": drums(5, 2)}
    found = confusion(judge, sounds)
    heard = [DRUMS[i] for i in judge.probabilities(sounds["kick"])[:, : len(DRUMS)].argmax(1)]
    assert found["kick"] == {name: heard.count(name) for name in DRUMS}
    assert sum(found["snare"].values()) == 5 and list(found) == ["kick", "snare"]


def test_the_reference_has_as_many_of_each_class_and_refuses_too_few():
    counts = {"kick": 9, "snare": 20, "ride": 4, "hihat_closed": 5, "tom": 30}
    labels = torch.tensor([CLASSES.index(name) for name, n in counts.items() for _ in range(n)])
    sounds = (labels[:, None] * 100 + torch.arange(44100)[None] % 7).short()
    corpus = Corpus(sounds, labels, torch.full_like(labels, -1), N)
    first = (reference(corpus)[:, 0] * 32768 / 100).int().tolist()
    cymbals = sum(first.count(CLASSES.index(name)) for name in ("ride", "hihat_closed"))
    assert [first.count(0), first.count(1), cymbals, len(first)] == [9, 9, 9, 27]
    with pytest.raises(Error, match=r"too few real sounds .4 kick, 4 snare, 4 cymbal.; distances need at least 16"):
        few = [0, 1, 2, 3, 9, 10, 11, 12, 29, 30, 31, 32]
        reference(corpus.only(torch.tensor(few)))


def test_distances_put_real_sounds_on_their_floor_and_others_far_above(judge: Judge, tmp_path: Path):
    corpus = Corpus.load(packed(tmp_path, 24), "test", N, torch.device("cpu"))
    real = {name: drums(24, 10 + i) for i, name in enumerate(("kick", "snare", "cymbal"))}
    same = {name: x[:1].repeat(24, 1) for name, x in real.items()}
    near, far = distances(judge, real, corpus), distances(judge, same, corpus)
    for measure in ("frechet", "kernel", "density", "coverage"):
        assert near[measure]["low"] <= near[measure]["value"] <= near[measure]["high"], measure
        low, high = near[f"floor_{measure}_interval"]
        assert low <= near[f"floor_{measure}"] <= high, measure
    train = Corpus.load(packed(tmp_path, 24), "train", N, torch.device("cpu"))
    beside = distances(judge, real, corpus, train)
    assert beside["frechet"] == near["frechet"] and beside["train_frechet"] < 2.5 * near["floor_frechet"]
    assert beside["train_coverage"] > 0.5 > far["coverage"]["value"] and "train_kernel" not in near
    assert near["floor_sizes"] == [36, 36] and near["frechet_beside_floor"] > near["frechet"]["value"]
    assert near["frechet_beside_floor"] < 1.5 * near["floor_frechet"] < far["frechet_beside_floor"]
    assert near["frechet"]["value"] < 2.5 * near["floor_frechet"] < far["frechet"]["value"]
    assert far["coverage"]["value"] < 0.5 < near["coverage"]["value"]
    with pytest.raises(Error, match=r"distances need sounds of kick, snare, cymbal; the model has tom"):
        distances(judge, {"tom": real["kick"]}, corpus)


def test_a_model_without_classes_is_measured_against_the_split_as_it_is(judge: Judge, tmp_path: Path):
    """The paper's network alone, of two levels and without training: its numbers are bad, but there are all of them."""
    from driftkit.sampler.networks.crash import CrashUNet
    from driftkit.sampler.spec import Spec

    sizes = {"enter": 4, "widths": [8, 12], "factors": [2, 5], "level": [4, 8, 16]}
    spec = Spec("deaf", {"kind": "crash", **sizes}, None, "vp_cos", ("kick", "snare"), length=12_000, steps=3)
    torch.manual_seed(0)
    deaf = Model(spec, "deaf@0", CrashUNet(**sizes), None, torch.device("cpu"))
    assert deaf.classes == ()
    pack, ticks = packed(tmp_path), []
    report = evaluate(deaf, judge, pack, 20, tick=ticks.append)
    assert sum(ticks) == 20 and report["agreement"] == {} and list(report["confusion"]["generated"]) == ["any"]
    corpus = Corpus.load(pack, "test", 12_000, torch.device("cpu"))
    found = report["distances"]["judge"]["test"]
    assert (found["generated"], found["real"]) == (20, len(corpus.sounds))
    mine = render_class(deaf, "any", 20, 1)
    assert found["frechet"]["value"] == pytest.approx(
        frechet(embed(judge, mine), embed(judge, corpus.clean())), rel=1e-6
    )
    assert report["memorisation"]["embedding"]["pairs"][0]["generated"].startswith("any ")
    (row,) = sweep(deaf, judge, corpus, ("vp_cos",), 16, 2, done=(("vp_cos", "SDE"),))
    assert row["sounds"] == 16 and row["finite"] == 1 and "frechet" in row


def test_agreement_has_its_interval_and_what_the_judge_hears_in_real_sounds(model: Model, judge: Judge, tmp_path: Path):
    made = render_class(model, "snare", 8, 1, steps=4)
    found = agreement(model, judge, made, "snare")
    share = wilson(round(8 * found["judge"]), 8)
    assert found["judge"] == share.value and found["judge_interval"] == [share.low, share.high]
    assert found["classifier_interval"][0] <= found["classifier"] <= found["classifier_interval"][1]
    corpus = Corpus.load(packed(tmp_path), "test", N, torch.device("cpu"))
    real = agreement_of_real(judge, corpus, ("kick", "cymbal", "tom"))
    heard = confusion(judge, by_class(corpus))
    assert real["kick"]["judge"] == heard["kick"]["kick"] / 12 and list(real) == ["kick", "cymbal"]


# -- faults --------------------------------------------------------------------------------------------------


def test_faults_measure_what_was_planted():
    draw, n = torch.Generator().manual_seed(0), 6
    hiss = lambda level: 10 ** (level / 20) * torch.randn(n, N, generator=draw)  # noqa: E731
    x = torch.zeros(n, N)
    x[:, 2000:] = (torch.exp(-torch.arange(N - 2000) / 600) * torch.cos(torch.arange(N - 2000) * 0.1))[None]
    quiet = faults(x)
    assert quiet["tail_50_db_down"] == 1 and quiet["floor_before_db"] == -200 and quiet["first_step_db"] == -200
    noisy = faults(x + hiss(-40))
    assert noisy["floor_before_db"] == pytest.approx(-40, abs=0.6) and noisy["tail_50_db_down"] == 0
    assert noisy["floor_after_db"] == pytest.approx(-41, abs=1) and -42 < noisy["tail_db"] < -25
    shifted = faults(x + 0.01)
    assert shifted["dc_db"] == pytest.approx(-40, abs=1.5) and shifted["last_step_db"] == pytest.approx(-40, abs=0.2)
    line = 0.003 * torch.cos(2 * torch.pi * 5 / 32 * torch.arange(N))
    assert faults(x + hiss(-60) + line)["worst_line_db"] > 20 > faults(x + hiss(-60))["worst_line_db"]
    assert faults(x[:, 2000:])["floor_before_db"] is None


@pytest.mark.parametrize("length", [512, 2048])
def test_a_model_of_short_sounds_is_heard_and_not_compared(tmp_path: Path, capsys, length: int):
    words = ["evaluate", "--model", str(small_model(tmp_path, "short", ("kick", "snare", "cymbal"), length))]
    words += ["-n", "2", "--device", "cpu"]
    with pytest.raises(SystemExit) as ended:
        main([*words, "--json"])
    told = json.loads(capsys.readouterr().out)["faults"]["kick"]
    assert ended.value.code == 0 and told["worst_line_db"] is None and told["dc_db"] < 0
    assert (told["floor_after_db"] is None) == (length == 512)
    with pytest.raises(SystemExit) as ended:
        main([*words, "--data", str(packed(tmp_path))])
    said = capsys.readouterr().err
    assert ended.value.code == 2 and f"makes sounds of {1000 * length / 44100:.0f} ms; they can be compared" in said
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 0 and "kick" in capsys.readouterr().out
