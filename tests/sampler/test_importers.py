"""Published checkpoints of CRASH as models: the same numbers, and a sentence for every file that does not fit."""

import json
import pickle
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from fill import fill

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.importers import import_checkpoint
from driftkit.sampler.model import Model, load

GOLDEN = Path(__file__).parents[1] / "golden"
SHAPES = json.loads((GOLDEN / "crash_state_dict_shapes.json").read_text())
RECORDED = np.load(GOLDEN / "crash_networks.npz")
FEW = ("conv_1.weight", "conv_1.bias", "embedding.RFF_freq")


@cache
def drawn(which: str) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(fill(name, tuple(shape))) for name, shape in SHAPES[which].items()}


def tensors(which: str) -> dict[str, torch.Tensor]:
    """The stand-in weights of a published network."""
    return dict(drawn(which))


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> tuple[Path, Path]:
    """Checkpoints in the published form: the raw weights are those of the reference, the average others."""
    folder = tmp_path_factory.mktemp("published")
    unet, classifier = folder / "weights-1000.pt", folder / "classifier.pt"
    average = tensors("unet")
    average["last_conv.weight"] = average["last_conv.weight"] / 2
    average["last_conv.bias"] = average["last_conv.bias"] / 2
    torch.save({"step": 1000, "model": tensors("unet"), "ema_weights": list(average.values())}, unet)
    torch.save({"model": tensors("classifier")}, classifier)
    return unet, classifier


@pytest.fixture(scope="module")
def imported(files, tmp_path_factory) -> Path:
    """The folder of a model from both files."""
    folder = tmp_path_factory.mktemp("models") / "crash"
    import_checkpoint(files[0], folder, schedule="vp_cos", classifier=files[1], weights="raw")
    return folder


@pytest.fixture(scope="module")
def model(imported) -> Model:
    return load(str(imported), "cpu")


def test_an_imported_model_says_where_it_came_from(model):
    spec = model.spec
    assert (spec.name, spec.schedule, spec.length, spec.rate_hz) == ("crash", "vp_cos", 21000, 44100)
    assert spec.classes == ("kick", "snare", "cymbal")
    assert spec.trained == {"imported": "weights-1000.pt", "weights": "raw", "step": 1000}


def test_raw_weights_give_the_published_noise_and_the_average_another(files, model, tmp_path):
    x, sigma = torch.from_numpy(RECORDED["x"])[:1, None], torch.from_numpy(RECORDED["sigma"])[:1, 0]
    import_checkpoint(files[0], tmp_path / "ema")
    averaged = load(str(tmp_path / "ema"), "cpu")
    assert averaged.spec.classes == () and averaged.spec.classifier is None
    assert averaged.spec.trained["weights"] == "ema" and averaged.spec.schedule == "subvp_1_1_cos"
    with torch.no_grad():
        raw, ema = model.network(x, sigma)[0, 0], averaged.network(x, sigma)[0, 0]
    published = torch.from_numpy(RECORDED["unet_eps"][0])
    torch.testing.assert_close(raw, published, rtol=0, atol=1e-4)
    torch.testing.assert_close(ema, published / 2, rtol=0, atol=1e-4)


@pytest.mark.parametrize("public", [False, True])
def test_its_guidance_is_the_papers_or_that_of_the_public_code(model, public):
    """eps of CRASH eq. 10 and 12, from the published gradient of sum_i lambda_i log p_i at the published x."""
    x, sigma = torch.from_numpy(RECORDED["x"])[:1, None], torch.from_numpy(RECORDED["sigma"])[:1, 0]
    lambdas = torch.from_numpy(RECORDED["class_weights"]).float().reshape(1, -1)
    gradient = torch.from_numpy(RECORDED["guidance_grad"])[:1, None]
    m = model.schedule.m_of(sigma)
    y, s = x / m[:, None, None], sigma / m
    with torch.no_grad():
        free = model.denoiser(0 * lambdas, torch.zeros(1))(y, s)
        clean = model.denoiser(lambdas, torch.full((1,), 2.0), "1/sigma" if public else "bayes")(y, s)
    pulled = (clean - free) * m[:, None, None] / sigma[:, None, None]  # what eps loses
    expected = 2 * gradient * (1 if public else sigma[:, None, None])
    assert float((pulled - expected).norm() / expected.norm()) < 1e-3


@pytest.mark.slow
def test_it_renders_and_hits_obey_the_weight_of_the_guidance_with_mixed_classes(model):
    how = {"kick": 0.6, "snare": 0.4, "guidance": 2, "seed": 1, "steps": 1, "stochasticity": 0.5}
    hits = [Hit(**how), Hit(guidance_weight="1/sigma", **how), Hit(**how | {"guidance": 0})]
    bayes, public, free = model.render_batch(hits)
    assert public.hit.guidance_weight == "1/sigma"
    for sound in (bayes, public, free):
        assert sound.samples.shape == (1, 21000) and np.isfinite(sound.samples).all() and sound.label
    assert np.abs(bayes.samples - free.samples).max() > 1e-6
    assert np.abs(bayes.samples - public.samples).max() > 0


def part(**changes: object) -> dict[str, torch.Tensor]:
    """The first tensors of the U-Net, some replaced."""
    few = {name: torch.zeros(SHAPES["unet"][name]) for name in FEW}
    return few | {name.replace("__", "."): value for name, value in changes.items()}


class Code:
    """What a pickle may hold and driftkit must not run."""

    def __reduce__(self) -> tuple[object, ...]:
        return (Path("ran").write_text, ("it ran",))


BROKEN = {
    "no file": (None, "cannot be read: No such file or directory"),
    "text": (b"weights\n", "is damaged, or"),
    "nothing": (b"", "is damaged, or"),
    "a list": ([1, 2], "holds a list; it must be a table with `model` or `state_dict` in it"),
    "another table": ({"weights": {}}, "has no `model` of names and tensors but 'weights'"),
    "a table of numbers": ({"model": {"conv_1.weight": 3}, "ema_weights": None}, "lacks conv_1.weight; is it one"),
    "one missing": ({"model": part()}, r"lacks embedding.MLP.0.weight; is it one of CRASH's UNet\?"),
    "a wrong shape": (
        {"model": part(conv_1__bias=torch.zeros(16))}, "conv_1.bias of .* has the shape 16; it must be 32"
    ),
    "not finite": ({"model": part(conv_1__bias=torch.full((32,), torch.nan))}, "conv_1.bias of .* not finite numbers"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_does_not_fit_gives_one_sentence_and_no_model(what, tmp_path):
    content, sentence = BROKEN[what]
    file, folder = tmp_path / "weights.pt", tmp_path / "models" / "mine"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        torch.save(content, file)
    with pytest.raises(Error, match=sentence) as caught:
        import_checkpoint(file, folder, weights="raw")
    assert "\n" not in str(caught.value) and not folder.exists()


def test_a_checkpoint_that_was_cut_short(files, tmp_path):
    file = tmp_path / "cut.pt"
    file.write_bytes(files[1].read_bytes()[:1_000_000])
    with pytest.raises(Error, match=r"cut\.pt is damaged, or"):
        import_checkpoint(file, tmp_path / "mine")


@pytest.mark.parametrize("form", ["torch", "pickle"])
def test_code_in_a_checkpoint_is_refused_not_run(form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "weights.pt"
    if form == "torch":
        torch.save({"model": part(), "extra": Code()}, file)
    else:
        file.write_bytes(pickle.dumps({"model": Code()}))
    with pytest.raises(Error, match="driftkit runs no code of others"):
        import_checkpoint(file, tmp_path / "mine")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "average, sentence",
    [
        (None, "has no list `ema_weights`; import the raw weights with --raw"),
        ([torch.zeros(1)] * 3, "has 3 tensors; it must have 121; try --raw"),
        ([torch.zeros(1)] * 121, "conv_1.weight of .* has the shape 1; it must be 32 x 1 x 5"),
    ],
)
def test_a_moving_average_that_does_not_fit(average, sentence, tmp_path):
    file = tmp_path / "weights.pt"
    torch.save({"model": part()} | ({"ema_weights": average} if average else {}), file)
    with pytest.raises(Error, match=sentence):
        import_checkpoint(file, tmp_path / "mine")


def test_the_classifier_in_the_place_of_the_unet_and_the_other_way_round(files, tmp_path):
    unet, classifier = files
    with pytest.raises(Error, match=r"downsample\.1\.residual_dense.weight of .* has the shape 256 x 128 x 1"):
        import_checkpoint(classifier, tmp_path / "mine", weights="raw")
    with pytest.raises(Error, match="has the shape 128 x 128 x 1; it must be 256 x 128 x 1"):
        import_checkpoint(unet, tmp_path / "mine", classifier=unet)
    assert not (tmp_path / "mine").exists()


def test_a_tensor_too_many(files, tmp_path):
    file = tmp_path / "classifier.pt"
    torch.save({"model": tensors("classifier") | {"extra": torch.zeros(1)}}, file)
    with pytest.raises(Error, match="has 'extra', which CRASH's Classifier does not"):
        import_checkpoint(files[0], tmp_path / "mine", classifier=file)


def test_an_unknown_schedule_and_a_name_that_is_taken(files, imported):
    with pytest.raises(Error, match="schedule is 'cosine'; it must be one of vp_cos, vp_exp"):
        import_checkpoint(files[0], imported, schedule="cosine")
    with pytest.raises(Error, match=r"there is a model in .* already; choose another name"):
        import_checkpoint(files[0], imported)
