"""Drums made in a manner: how weights are told apart, and that nothing else of a network changes by it."""

import dataclasses

import numpy as np
import pytest
import torch

from driftkit.sampler.hit import Hit
from driftkit.sampler.model import load
from driftkit.sampler.networks.manners import Manners
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.spec import read_spec
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.export import export, export_own
from driftkit.sampler.training.finetune import config_for
from driftkit.sampler.training.targets import TrainConfig
from driftkit.sampler.training.train import train

KICK, SNARE, CLAP, MADE = range(4)
PAIRS = ((KICK, MADE), (SNARE, MADE))
CLASSES = ("kick", "snare", "clap", "electronic")


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ((1, 0, 0, 0), (1, 0, 0, 0, 0, 0)),
        ((0.5, 0, 0, 0.5), (0, 0, 0, 0, 1, 0)),  # as much of the manner as of the drum is all of it
        ((0.2, 0, 0, 0.8), (0, 0, 0, 0, 1, 0)),
        ((0.8, 0, 0, 0.2), (0.75, 0, 0, 0, 0.25, 0)),
        ((0.3, 0.3, 0, 0.4), (1 / 6, 1 / 6, 0, 0, 1 / 3, 1 / 3)),
        ((0, 0, 0.5, 0.5), (0, 0, 1, 0, 0, 0)),  # a clap is known in no manner
        ((0.25, 0, 0.25, 0.5), (0, 0, 0.5, 0, 0.5, 0)),
        ((0, 0, 0, 1), (0, 0, 0, 1, 0, 0)),
        ((0, 0, 0, 0), (0, 0, 0, 0, 0, 0)),
    ],
)
def test_a_manner_takes_nothing_from_how_much_of_a_drum_it_is(
    weights: tuple[float, ...], told: tuple[float, ...]
) -> None:
    found = Manners(4, PAIRS)(torch.tensor([weights], dtype=torch.float32))
    torch.testing.assert_close(found, torch.tensor([told], dtype=torch.float32))


def test_pairs_that_are_none_are_refused() -> None:
    for wrong in ([[0, 4]], [[0, 3], [0, 3]], [[0]], [[0, 3], [3, 1]], [[-1, 3]], [[3, 3]]):
        with pytest.raises(ValueError, match="manners is"):
            Manners(4, wrong)


def test_several_manners_share_the_drum() -> None:
    found = Manners(3, ((0, 1), (0, 2)))(torch.tensor([[0.5, 0.2, 0.3], [0.6, 0.1, 0.3]]))
    torch.testing.assert_close(found, torch.tensor([[0, 0, 0, 0.4, 0.6], [1 / 3, 0, 0, 1 / 6, 0.5]]))


def test_without_its_manner_a_drum_is_what_it_was() -> None:
    torch.manual_seed(0)
    plain = WienerUNet(640, 4, 4, (16, 16), 16, reach=True, listens=True, tones=True)
    able = WienerUNet(640, 4, 4, (16, 16), 16, reach=True, listens=True, tones=True, manners=PAIRS)
    state, told = plain.state_dict(), "unet.embedding.classes.weight"
    more = torch.randn(16, 2)
    state[told] = torch.cat([state[told], more], 1) * (4 / 6) ** 0.5  # times the root of how many they are
    for name in ("spread", "tones.spread"):
        state[name] = torch.cat([state[name][:4], 3 * state[name][:2], state[name][4:]])
    for name in (name for name in state if name.endswith("level.weight")):
        state[name] = torch.cat([state[name], torch.randn(len(state[name]), 2)], 1)
    able.load_state_dict(state)
    y, s, weights = torch.randn(5, 1, 640), torch.tensor([1.0, 0.1, 3.0, 0.5, 0.02]), torch.eye(5)[:, :4]
    with torch.no_grad():
        torch.testing.assert_close(able(y, s, weights), plain(y, s, weights))
        made = torch.tensor([[0.5, 0, 0, 0.5]]).expand(5, 4)
        torch.testing.assert_close(able.power(made), 9 * plain.power(weights[:1].expand(5, 4)))
        assert float((able(y, s, made) - plain(y, s, weights[:1].expand(5, 4))).abs().max()) > 1e-3


def electronic(packed, tmp_path):  # type: ignore[no-untyped-def]
    """The pack of kicks and hats, every other kick of which is electronic."""
    with np.load(packed) as arrays:
        found = dict(arrays)
    classes = [*map(str, found["classes"]), "electronic"]
    kicks = np.flatnonzero(found["labels"] == classes.index("kick"))
    found["manners"][kicks[::2]] = len(classes) - 1
    np.savez(tmp_path / "made.npz", **found | {"classes": np.array(classes)})
    return tmp_path / "made.npz"


def test_it_is_learnt_from_a_drum_and_changes_nothing_else(packed, tmp_path) -> None:  # type: ignore[no-untyped-def]
    pack = electronic(packed, tmp_path)
    plain = TrainConfig(
        classes=("kick", "hihat_closed"), length=2048, bands=8, widths=(8, 16), embedding=16, batch=8, samples=64,
        warmup=2, precision="float32", evaluate_every=0,
    )  # fmt: skip
    base = tmp_path / "base"
    export(train("unet", packed, tmp_path / "first", plain), None, base)
    asked = plain.changed(
        classes=("kick", "hihat_closed", "electronic"), manners=True, only_new=True, samples=16, warmup=1,
        learning_rate=0.05,
    )  # fmt: skip
    run = train("unet", pack, tmp_path / "second", asked, start=base)
    before, after = load_checkpoint(tmp_path / "first" / "checkpoint.pt")["ema"], load_checkpoint(run)["network"]
    told = "unet.embedding.classes.weight"
    for name in before:
        if name not in (told, "spread", "tones.spread"):
            assert after[name].shape == before[name].shape or name.endswith("level.weight")
            kept = after[name][..., : before[name].shape[-1]]  # beside it stands what layers are told directly
            torch.testing.assert_close(kept, before[name].half().float(), msg=name)
    were, are = before[told].half().float() * (2 / 5) ** 0.5, after[told]  # two classes, one manner, and a pair of each
    torch.testing.assert_close(are[:, :2], were)
    assert float((are[:, 3] - were[:, 0]).abs().max()) > 0.01, "it has learnt"
    direct = after["unet.down.0.gain.level.weight"][:, 16:]
    assert float(direct[:, 0].abs().max()) > 0.01, "and layers have, too"
    assert not after["unet.down.0.gain.level.weight"][:, 17:].any(), "of hats there are none that are electronic"
    model = tmp_path / "model"
    export(run, None, model)
    spec = read_spec(model)
    assert spec.network["manners"] == [[0, 2], [1, 2]] and spec.classes == asked.classes
    hits = [Hit(classes=weights, seed=1) for weights in ({"kick": 1.0}, {"kick": 0.5, "electronic": 0.5})]
    as_it_is, made = (sound.samples for sound in load(model).render_batch(hits))
    np.testing.assert_allclose(as_it_is, load(base).render(hits[0]).samples, atol=2e-3)
    assert float(np.abs(made - as_it_is).max()) > 1e-3
    more = config_for(spec, None).changed(classes=(*spec.classes, "boing"), samples=8, batch=8)
    own = export_own(train("unet", pack, tmp_path / "third", more, start=model), model, pack, tmp_path / "own")
    assert own.network["manners"] == [[0, 2], [1, 2]] and own.classes[-1] == "boing"
    assert load(tmp_path / "own").render(dataclasses.replace(hits[1])).samples.any()
