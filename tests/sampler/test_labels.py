"""Which class a list of sounds means, how a sound was made, and with which weights the network is shown it."""

import pytest
import torch

from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.data import condition, drums
from driftkit.sampler.training.labels import Label, class_of, known, label


@pytest.mark.parametrize(
    ("name", "path", "source", "found"),
    [
        ("kick", "/kick/a.wav", "", Label("kick")),
        (" Kick ", "", "", Label("kick")),
        ("cymbal_other", "", "", Label("cymbal")),
        ("percussion", "/percussion/worldperc__Bongos-2_13.flac", "worldperc", Label("conga")),
        ("percussion", "\\percussion\\Egg Shaker.wav", "", Label("shaker")),
        ("percussion", "/percussion/tr808_fischer__cb8-CB.flac", "tr808_fischer", Label("block", "electronic")),
        ("percussion", "/percussion/sonicpi__tabla_ke1.flac", "sonicpi", Label("conga")),
        ("percussion", "/percussion/circafrique__Sangban1_Bell_Hit.flac", "circafrique", Label("block")),
        ("percussion", "/percussion/osdk__gong-wood-stick-hit13.flac", "osdk", Label("cymbal")),
        ("percussion", "/percussion/unheard of.wav", "", Label("percussion")),
        ("snare", "/snare/sonicpi__drum_snare_hard.flac", "sonicpi", Label("snare")),
        ("snare", "/snare/sonicpi__elec_snare.flac", "sonicpi", Label("snare", "electronic")),
        ("kick + Electronic", "", "", Label("kick", "electronic")),
    ],
)
def test_a_list_names_classes_in_its_own_words(name: str, path: str, source: str, found: Label) -> None:
    assert label(name, path, source) == found
    assert known(found) == (found.name != "percussion")


def test_a_manner_alone_is_no_drum() -> None:
    assert not known(Label("electronic")) and not known(Label("kick", "loud"))
    assert drums(torch.ones(2, len(CLASSES)), CLASSES)[:, CLASSES.index("electronic")].tolist() == [0, 0]


def test_sounds_are_shown_with_the_weights_that_a_user_sets():
    generator = torch.Generator().manual_seed(0)
    hat, family, manner = (CLASSES.index(name) for name in ("hihat_closed", "cymbal", "electronic"))
    soft = torch.eye(len(CLASSES))[:manner]
    shown = torch.stack([condition(soft, CLASSES, 0.15, generator) for _ in range(400)])
    assert (shown.sum(2) == 0).float().mean() == pytest.approx(0.15, abs=0.02)
    torch.testing.assert_close(shown.sum(2), shown.sum(2).round())
    assert (shown[:, hat, family] > 0).float().mean() == pytest.approx(0.35 * 0.85, abs=0.06)
    # half and half with the manner asks for sounds that were made in it, and a little of it for nearly any
    made = soft.clone()
    made[:, manner] = 1
    told, other = (
        torch.stack([condition(x, CLASSES, 0.0, generator) for _ in range(400)])[..., manner] for x in (made, soft)
    )
    assert (told == 1).float().mean() == pytest.approx(0.1, abs=0.02)
    assert (told == 0.5).float().mean() == pytest.approx(0.4, abs=0.03) and (other == 0.5).float().mean() < 0.01
    assert (told == 0).float().mean() == pytest.approx(0.15, abs=0.02)
    near, far = (float(((x > 0.4) & (x <= 0.5)).float().mean()) for x in (told, other))
    assert far < 0.1 * near
    assert float(((other > 0) & (other < 0.1)).float().mean()) > float(((told > 0) & (told < 0.1)).float().mean())


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("boing", "boing"), ("Big Boings", "big_boings"), ("kick-2", "kick_2"), ("_fx_", "fx"),
        ("808", ""), ("größer", ""), ("render", ""), ("Steps", ""), ("note", ""), ("electronic", ""),
        ("a" * 25, ""), ("", ""),
    ],
)  # fmt: skip
def test_a_folder_of_any_other_name_is_a_class_where_the_name_can_be_one(folder: str, found: str) -> None:
    assert class_of(folder) == found


def test_classes_of_other_names_are_shown_beside_known_ones() -> None:
    classes = ("boing", "cymbal", "ride", "electronic")
    shown = torch.stack(
        [condition(torch.eye(4)[:3], classes, 0.0, torch.Generator().manual_seed(i)) for i in range(99)]
    )
    assert bool((shown[:, 0, 1:3] == 0).all()) and bool((shown[:, 2, 1] > 0).any()), "only a ride may be a cymbal"
