"""How far apart traits are: cases whose answer is known, and that real sounds are as far as their floor."""

import numpy as np
import pytest
import torch
from rig.packs import drums

from driftkit.sampler.training.likeness import LEAST, apart, counted, heard_of, likeness, likenesses, wasserstein
from driftkit.sampler.training.traits import TRAITS

DRAW = np.random.default_rng(0)


def test_a_shift_by_one_interquartile_range_is_one():
    real = DRAW.normal(size=401)
    low, high = np.percentile(real, [25, 75])
    assert apart(real + (high - low), real) == pytest.approx(1)
    assert apart(real, real) == 0 and apart(real - 0.5 * (high - low), real) == pytest.approx(0.5)


def test_the_distance_is_how_far_values_have_to_be_moved():
    assert wasserstein(np.array([0.0, 1, 3]), np.array([5.0, 6, 8])) == pytest.approx(5)
    assert wasserstein(np.array([0.0]), np.array([-1.0, 1, 4])) == pytest.approx(2)  # samples of unlike sizes
    wide, narrow = 3 * DRAW.normal(size=20_000), DRAW.normal(size=20_000)
    assert wasserstein(wide, narrow) == pytest.approx(2 * np.sqrt(2 / np.pi), rel=0.05)  # (3 - 1) E|z|


def test_what_could_not_be_measured_is_left_out_and_what_is_all_alike_counts_as_wide_as_is_heard():
    assert apart(np.array([1.0, np.nan]), np.array([1.0, np.nan, 1.0]), 0.5) == 0
    assert apart(np.full(5, 2.0), np.full(9, 1.0), 0.5) == 2
    assert np.isnan(apart(np.array([np.nan]), np.array([1.0])))


def test_every_trait_has_a_least_spread_and_pitch_counts_where_there_is_one():
    assert LEAST.keys() == TRAITS.keys()
    assert "sway_cents" in counted("kick") and "sway_cents" not in counted("snare")


def test_other_sounds_are_further_than_real_ones_and_the_trait_that_was_spoilt_is_named():
    train, real = {"kick": drums(60, 1)}, {"kick": drums(60, 2)}
    hiss = 10 ** (-60 / 20) * torch.randn(30, 32768, generator=torch.Generator().manual_seed(0))
    made = {"kick": drums(30, 3), "snare": drums(30, 3) + hiss}
    heard = [heard_of(sounds) for sounds in (made, real, train)]
    found = likenesses(*heard)
    assert list(found) == ["kick"]  # there is no real snare
    kick = found["kick"]
    assert kick["generated"] == 30 and kick["real"] == 60 and len(kick["traits"]) == len(LEAST)
    assert kick["mean"] < 2 * kick["floor"] < 1
    spoilt = likeness(heard[0]["snare"], heard[1]["kick"], None, counted("snare"))
    assert spoilt["floor"] is None and spoilt["mean"] > kick["mean"]
    assert spoilt["worst"].startswith(("hiss", "tail"))


def test_a_family_is_measured_against_all_of_its_kinds():
    real = heard_of({"ride": drums(6, 1), "crash": drums(5, 2)})
    found = likenesses(heard_of({"cymbal": drums(8, 3), "ride": drums(8, 3)}), real, {})
    assert list(found) == ["cymbal"] and found["cymbal"]["real"] == 11  # six rides are too few by themselves
