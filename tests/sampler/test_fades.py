"""What a model makes anew begins and ends at zero; what is kept of a source is left alone."""

import json
from pathlib import Path

import numpy as np
import pytest
from rig.models import small_model

from driftkit import Error, Hit, load
from driftkit.sampler.sound import gain
from driftkit.sampler.spec import SPEC


def with_fades(folder: Path, fades: object) -> str:
    """A small model whose model.json asks for fades."""
    values = json.loads((folder / SPEC).read_text())
    (folder / SPEC).write_text(json.dumps(values | {"fades": fades}))
    return str(folder)


def test_fades_are_half_a_cosine_and_leave_the_middle_as_it_is():
    samples = np.ones((2, 20), np.float32)
    found = samples * gain(samples.shape[-1], (4, 8))
    rise = 0.5 - 0.5 * np.cos(np.pi * np.arange(8) / 8)
    np.testing.assert_allclose(found[:, :4], [rise[::2]] * 2, atol=1e-7)
    np.testing.assert_allclose(found[:, :11:-1], [rise] * 2, atol=1e-7)
    assert np.array_equal(found[:, 4:12], samples[:, 4:12]) and found.dtype == np.float32
    assert np.array_equal(samples * gain(samples.shape[-1], (0, 0)), samples)


def test_new_sounds_are_faded_and_kept_ones_are_not(tmp_path):
    folder = small_model(tmp_path, "small", ("kick", "snare"), 512)
    plain, soft = load(str(folder)), load(with_fades(folder, [16, 64]))
    hit = Hit(kick=1, seed=1)
    mine, theirs = plain.render(hit), soft.render(hit)
    np.testing.assert_allclose(theirs.samples, mine.samples * gain(mine.samples.shape[-1], (16, 64)), atol=1e-6)
    assert theirs.samples[0, 0] == 0 and theirs.samples[0, -1] == 0
    mine.save(tmp_path / "a.wav", depth="float")
    a = str(tmp_path / "a.wav")
    held = soft.render(Hit(task="inpaint", source_a=a, inpaint_start_ms=4, inpaint_end_ms=6, seed=2))
    for whole in (soft.render(Hit(task="vary", source_a=a, variation=0)), held):
        np.testing.assert_array_equal(whole.samples[0, -64:], mine.samples[0, -64:])
    assert soft.render(Hit(task="vary", source_a=a, variation=1)).samples[0, -1] == 0
    assert soft.render(Hit(task="reshape", source_a=a, snare=1)).samples[0, 0] != 0


def test_what_inpainting_makes_anew_is_faded_at_an_end_of_the_sound_and_the_kept_part_is_not(tmp_path):
    folder = small_model(tmp_path, "small", ("kick", "snare"), 512)
    plain, soft = load(str(folder)), load(with_fades(folder, [16, 64]))
    source = 0.5 * np.cos(np.arange(512, dtype=np.float32))[None]
    for start, end, fades in (
        (0, 200, (16, 0)),
        (200, 512, (0, 64)),
        (0, 512, (16, 64)),
        (0, 9, (9, 0)),
        (9, 400, (0, 0)),
    ):
        ms = {"inpaint_start_ms": start / 44.1, "inpaint_end_ms": min(end / 44.1, plain.spec.length_ms)}
        hit = Hit(task="inpaint", source_a="it", seed=2, **ms)
        mine, theirs = (model.render(hit, {"it": source}).samples for model in (plain, soft))
        np.testing.assert_allclose(theirs, mine * gain(mine.shape[-1], fades), atol=1e-6)
        kept = np.r_[:start, end:512]
        assert np.array_equal(theirs[:, kept], source[:, kept])


@pytest.mark.parametrize("fades", [[1], [-1, 0], [300, 0], [0.5, 0], ["a", 1]])
def test_fades_that_make_no_sense_are_refused(tmp_path, fades):
    folder = small_model(tmp_path, "small", ("kick",), 512)
    with pytest.raises(Error, match="it must be two counts of samples, in and out"):
        load(with_fades(folder, fades))
