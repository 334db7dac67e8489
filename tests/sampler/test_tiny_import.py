"""Checkpoints of Tiny Audio Diffusion as models: the average first, and a sentence for whatever does not fit."""

from pathlib import Path

import numpy as np
import pytest
import torch
from rig import tiny

from driftkit.daemon.cli.importing import beside, values
from driftkit.sampler.errors import Error
from driftkit.sampler.importers import import_checkpoint
from driftkit.sampler.model import load
from driftkit.sampler.schedules import SCHEDULES
from driftkit.sampler.spec import Spec

NET = "model_ema.ema_model.net."


def imported(file: Path, folder: Path, **more: object) -> Spec:
    """As `driftkit import` does it."""
    return import_checkpoint(file, folder, config=lambda: values(beside(file)), **more)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.published(tmp_path_factory.mktemp("published"))


def test_the_average_is_taken_and_gives_the_published_v(file, tmp_path):
    spec = imported(file, tmp_path / "kicks")
    model = load(str(tmp_path / "kicks"), "cpu")
    assert model.spec == spec and model.classes == ()
    assert (spec.schedule, spec.channels, spec.length, spec.rate_hz) == ("v", 2, tiny.LENGTH, 44100)
    assert spec.trained == {"imported": "kicks.ckpt", "weights": "ema", "step": 7}
    sigma = SCHEDULES["v"].sigma(torch.from_numpy(tiny.SMALL["t"]))
    v = model.network(torch.from_numpy(tiny.SMALL["x"]), sigma).numpy()
    np.testing.assert_allclose(v, tiny.SMALL["v"], atol=1e-4 * np.abs(tiny.SMALL["v"]).max())


def test_the_last_weights_if_asked(file, tmp_path):
    spec = imported(file, tmp_path / "last", weights="raw")
    name = "levels.0.enter.weight"
    raw = load(str(tmp_path / "last"), "cpu").module.state_dict()[name]
    assert spec.trained["weights"] == "raw"
    assert torch.equal(raw, tiny.tensors("")["blocks.2.net.block.blocks.0.block.weight"] / 2)


def changed(file: Path, folder: Path, change: object) -> Path:
    """The checkpoint with something done to its tensors, its YAML beside it."""
    content = torch.load(file, weights_only=True)
    change(content["state_dict"])  # type: ignore[operator]
    torch.save(content, folder / "kicks.ckpt")
    (folder / "kicks.yaml").write_text(file.with_suffix(".yaml").read_text())
    return folder / "kicks.ckpt"


BROKEN = {
    "no average": (
        lambda state: [state.pop(name) for name in list(state) if name.startswith("model_ema")],
        r"has no tensors model_ema\.ema_model\.net\.\*; import the last weights with --raw",
    ),
    "one missing": (lambda state: state.pop(NET + "blocks.0.weights"), r"lacks blocks\.0\.weights; is it one of Tiny"),
    "another shape": (
        lambda state: state.update({NET + "blocks.0.weights": torch.zeros(3)}), "has the shape 3; it must be 128"
    ),
    "not finite": (
        lambda state: state[NET + "blocks.0.weights"].fill_(torch.nan), "has values that are not finite numbers"
    ),
    "one too many": (
        lambda state: state.update({NET + "blocks.9.weight": torch.zeros(1)}), "has 'blocks.9.weight', which Tiny Audio"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_tensors_that_do_not_fit_give_one_sentence_and_no_model(what, file, tmp_path):
    change, sentence = BROKEN[what]
    with pytest.raises(Error, match=sentence) as caught:
        imported(changed(file, tmp_path, change), tmp_path / "mine")
    assert "\n" not in str(caught.value) and not (tmp_path / "mine").exists()


YAMLS = {
    "another network": (("[8, 16, 32]", "[8, 16, 64]"), "has the shape .*; it must be"),
    "published": (("model:", "other:"), "has the shape 8 x 2 x 1; it must be 32 x 2 x 1"),
    "no list": (
        ("[8, 16, 32]", "8"),
        r"has channels: 8; it must be a list of at most 16 whole numbers from 1 to 65536",
    ),
    "huge": (("[1, 2, 1]", "[1, 2, 100000]"), "must be a list of at most 16 whole numbers from 1 to 64"),
    "levels": (("[1, 2, 1]", "[1, 2]"), "does not fit together: there are 3 widths, 3 factors, 2 items"),
    "length": (("length: 256", "length: 252"), "length is 252; it must be a multiple of 8"),
    "no table": ((None, "- 1\n"), "must be a table; give the one that the checkpoint was trained with by --config"),
    "a tag": ((None, "a: !!python/object:os.system {}\n"), "line 1: this is not YAML of plain values"),
}


@pytest.mark.parametrize("what", YAMLS)
def test_a_yaml_that_does_not_fit_gives_one_sentence_and_no_model(what, file, tmp_path):
    (old, new), sentence = YAMLS[what]
    mine = tmp_path / "kicks.ckpt"
    mine.symlink_to(file)
    text = file.with_suffix(".yaml").read_text()
    assert old is None or old in text
    mine.with_suffix(".yaml").write_text(text.replace(old, new) if old else new)
    with pytest.raises(Error, match=sentence) as caught:
        imported(mine, tmp_path / "mine")
    assert "\n" not in str(caught.value) and not (tmp_path / "mine").exists()


class Code:
    """What a pickle may hold and driftkit must not run."""

    def __reduce__(self) -> tuple[object, ...]:
        return (Path("ran").write_text, ("it ran",))


def test_a_cut_one_and_one_with_code_are_refused(file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cut = tmp_path / "cut.ckpt"
    cut.write_bytes(file.read_bytes()[:100_000])
    with pytest.raises(Error, match=r"cut\.ckpt is damaged, or"):
        imported(cut, tmp_path / "mine")
    coded = tiny.published(tmp_path, hyper_parameters=Code())
    with pytest.raises(Error, match="driftkit runs no code of others"):
        imported(coded, tmp_path / "mine")
    assert not (tmp_path / "ran").exists()


def test_what_belongs_to_crash_is_refused(file, tmp_path):
    for more in ({"schedule": "vp_cos"}, {"classifier": file}):
        with pytest.raises(Error, match="leave --classifier and --schedule out"):
            imported(file, tmp_path / "mine", **more)
