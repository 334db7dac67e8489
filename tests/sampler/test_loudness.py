"""How loud a sound is to be: exact for Gaussian sounds, the distribution that it was given, and heard in what ships."""

import shutil
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from rig.models import small_model

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.loudness import SCORES, SILENT, Loudness, octaves
from driftkit.sampler.model import load
from driftkit.sampler.spec import LOUDNESS, read_spec
from driftkit.sampler.store import write_model
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.loudness import fit, of_corpus, scores

N = 2048


def made(strength: float = 1.0, classes: int = 2, **more: float) -> Loudness:
    return Loudness(N, classes, **{"frames": 4, "rank": 4, "strength": strength, **more})


def numbers(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def test_blocks_are_two_an_octave_and_end_with_the_sound() -> None:
    assert octaves(32, 1) == [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32]
    assert octaves(1376, 12)[-3:] == [768, 1072, 1376]
    with pytest.raises(ValueError, match="65 cannot be divided into blocks from 12 on"):
        octaves(65, 12)


def test_blocks_hold_the_mean_square_of_their_coefficients() -> None:
    loud, x = made(), numbers(2, N)
    coefficients = loud.frames.analyse(x)
    found = loud.pooled(coefficients)
    bands, times = loud.borders
    for i in range(len(bands) - 1):
        for k in range(len(times) - 1):
            wanted = coefficients[:, bands[i] : bands[i + 1], times[k] : times[k + 1]].square().mean((1, 2))
            torch.testing.assert_close(found[:, i, k], wanted)
    assert loud.of(torch.zeros(1, N)).exp().allclose(torch.tensor(SILENT))


@pytest.mark.parametrize("true, wanted", [(0.1, 0.02), (0.01, 0.1), (0.3, 0.3), (0.05, 0.0005)])
@pytest.mark.parametrize("s, to", [(2.0, None), (0.1, None), (0.01, None), (2.0, 0.5), (0.1, 0.05), (0.1, 0.0)])
def test_a_gaussian_sound_is_denoised_as_one_that_is_as_loud_as_asked(
    true: float, wanted: float, s: float, to: float | None
) -> None:
    """Of a noisy sound whose coefficients are all as large as they are on average, so that its power is known."""
    loud = made()
    noisy = loud.frames.synthesise(numbers(3, 32, N // 32).sign() * (s**2 + true**2) ** 0.5)[:, None]
    level = torch.full((3,), s)
    there = [] if to is None else [torch.full((3,), to)]

    def wiener(power: float) -> float:
        end = s if to is None else to
        if end == s:
            return power / (s**2 + power)
        way = ((end**2 + power) / (s**2 + power)) ** 0.5  # of a Gaussian sound along the ODE
        return (way - end / s) / (1 - end / s)

    held = loud.holding(lambda y, *_: wiener(true**2) * y, torch.full((3, *loud.shape), wanted).log() * 2)
    nearest = min(max(wiener(wanted**2) / wiener(true**2), 0.01), 100)  # a step makes nothing 40 dB louder at once
    torch.testing.assert_close(held(noisy, level, *there), nearest * wiener(true**2) * noisy, rtol=2e-3, atol=1e-7)


def test_what_is_louder_than_the_noise_is_as_loud_as_it_is_heard() -> None:
    loud, x = made(), 0.3 * numbers(1, 1, N)
    held = loud.holding(lambda y, *_: y, torch.full((1, *loud.shape), -8.0))
    assert (held(x, torch.full((1,), 1e-4)) - x).norm() < 1e-4 * x.norm()


def test_where_nothing_else_is_heard_the_spectrum_makes_the_estimate_and_no_network_is_asked() -> None:
    def never(y: torch.Tensor, *_: torch.Tensor) -> torch.Tensor:
        raise AssertionError("a network was asked")

    loud, wanted, y = made(alone=10.0), torch.full((2, *made().shape), 3.0).log() * 2, 40 * numbers(2, 1, N)
    level = torch.full((2,), 40.0)
    torch.testing.assert_close(loud.holding(never, wanted)(y, level), 9 / 1609 * y)
    ahead = loud.holding(never, wanted)(y, level, torch.full((2,), 5.0))
    ends = ahead + 5 / 40 * (y - ahead)  # where a solver's line ends: as far as the ODE takes a Gaussian sound
    torch.testing.assert_close(ends, ((25 + 9) / (1600 + 9)) ** 0.5 * y)
    with pytest.raises(AssertionError, match="was asked"):
        loud.holding(never, wanted)(y, torch.full((2,), 10.0))
    with pytest.raises(ValueError, match="alone is 0; it must be a noise level above 0"):
        made(alone=0)


def test_loudness_changes_from_block_to_block_in_a_line_between_their_middles() -> None:
    loud = made()
    blocks, (bands, times) = numbers(1, *loud.shape), loud.borders
    found = loud.spread(blocks)[0]
    middles = [[(a + b - 1) / 2 for a, b in pairwise(borders)] for borders in (bands, times)]
    for m in (0, 3, 9, 31):
        for k in (0, 2, 21, N // 32 - 1):
            row = [np.interp(k, middles[1], blocks[0, band].numpy()) for band in range(loud.shape[0])]
            assert abs(np.interp(m, middles[0], row) - found[m, k]) < 1e-5


def test_no_strength_changes_nothing() -> None:
    loud, x = made(0.0), numbers(1, 1, N)
    held = loud.holding(lambda y, *_: y, torch.full((1, *loud.shape), -8.0))
    torch.testing.assert_close(held(x, torch.ones(1)), x, rtol=1e-4, atol=1e-5)


def corpus() -> Corpus:
    """Noises of two classes: the first decays, faster or slower; the second is loud or quiet throughout."""
    t, draw = torch.arange(44100) / N, torch.Generator().manual_seed(3)
    pace = 4 + 4 * torch.rand(300, 1, generator=draw)
    level = torch.randn(300, 1, generator=draw).mul(0.7).exp() * 0.01
    shape = torch.cat([torch.exp(-pace * t) * 0.2, level.expand(-1, len(t))])
    sounds = (shape * torch.randn(600, len(t), generator=draw)).clamp(-1, 1).mul(32767).round().short()
    labels = torch.arange(600) // 300
    return Corpus(sounds, labels, torch.full((600,), -1), N, ("kick", "snare"))


def test_what_is_drawn_is_distributed_as_the_sounds_are() -> None:
    loud, real = made(rank=64), corpus()
    fit(loud, real, ("kick", "snare"))
    z = loud.of(real.clean())
    for k, name in enumerate(("kick", "snare")):
        drawn = loud.drawn(torch.eye(2)[k].expand(2000, -1), numbers(2000, 64))
        mine = z[real.members(name)]
        for share in (0.1, 0.5, 0.9):
            wanted = mine.quantile(share, dim=0)
            # what is left out beyond `SCORES`, and 300 sounds, are off by some hundredths
            assert (drawn.quantile(share, dim=0) - wanted).abs().max() < 0.4 * mine.std(0).max()
        together = [torch.corrcoef(scores(part.flatten(1).double()).T) for part in (drawn, mine)]
        assert (together[0] - together[1]).abs().mean() < 0.15
    assert z[:300].std() > 1 and SCORES > 2


def test_classes_are_mixed_in_power_and_what_is_left_is_of_all_drums() -> None:
    loud, e = made(), numbers(1, 4)
    fit(loud, corpus(), ("kick", "snare"))

    def drawn(*weights: float) -> torch.Tensor:
        return loud.drawn(torch.tensor([weights]), e).exp()

    mixed = 0.25 * drawn(1, 0) + 0.75 * drawn(0, 1)
    torch.testing.assert_close(drawn(0.25, 0.75), mixed)
    torch.testing.assert_close(drawn(0.5, 1.5), mixed)  # beyond a sum of 1 their ratio counts
    torch.testing.assert_close(drawn(0.5, 0), 0.5 * drawn(1, 0) + 0.5 * drawn(0, 0))


def test_a_class_without_sounds_is_as_it_was_known_or_as_all_drums() -> None:
    real = corpus()
    before = of_corpus(real, ("kick", "snare"))
    alone = Corpus(real.sounds[:300], real.labels[:300], real.manners[:300], N, ("kick", "snare", "clap"))
    found = of_corpus(alone, ("kick", "snare", "clap"), ("kick", "snare"), before)
    assert before is not None and found is not None
    torch.testing.assert_close(found.quantiles[1], before.quantiles[1])
    torch.testing.assert_close(found.quantiles[2], found.quantiles[3])
    assert of_corpus(Corpus(real.sounds, real.labels, real.manners, 2050, ("kick", "snare")), ("kick", "snare")) is None


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory):
    """A small model of two classes that knows how loud its sounds are to be."""
    folder = small_model(tmp_path_factory.mktemp("home"), "loud", ("kick", "snare"), N, steps=4)
    plain = load(str(folder))
    torch.nn.init.normal_(plain.module.unet.leave.weight, std=0.1, generator=torch.Generator().manual_seed(1))
    loud = of_corpus(corpus(), ("kick", "snare"))
    assert loud is not None
    spec = replace(plain.spec, loudness=loud.arguments)
    write_model(folder, spec, plain.module, plain.heard, torch.float32, loud)
    return load(str(folder)), folder


def test_a_seed_is_a_loudness_and_is_the_same_again(model) -> None:
    loaded, folder = model
    hits = [Hit(classes={"kick": 1.0}, seed=seed) for seed in range(3)]
    together = loaded.render_batch(hits)
    for hit, sound in zip(hits, together):
        np.testing.assert_allclose(load(str(folder)).render(hit).samples, sound.samples, atol=1e-5)
    levels = loaded.loudness.of(torch.from_numpy(np.concatenate([sound.samples for sound in together])))
    assert (levels[0] - levels[1]).abs().mean() > 0.1


def test_its_sounds_are_nearer_to_what_was_drawn_than_without(model) -> None:
    loaded, _ = model
    weights, seeds = torch.tensor([[1.0, 0.0]]).expand(8, -1), list(range(8))
    wanted = loaded.loudness.of_seeds(weights, torch.ones(8), seeds)

    def off() -> float:
        made = loaded.render_batch([Hit(classes={"kick": 1.0}, seed=seed) for seed in seeds])
        found = loaded.loudness.of(torch.from_numpy(np.concatenate([sound.samples for sound in made])))
        return float((found - wanted)[:, :, :-1].abs().mean())  # at the end sounds fade out

    held, kept = off(), loaded.loudness
    try:
        loaded.loudness.strength = 0.0
        assert held < 0.7 * off()
    finally:
        kept.strength = 0.5


def test_a_variation_begins_as_loud_as_its_source(model) -> None:
    loaded, _ = model
    source = 0.2 * np.exp(-np.arange(N) / 300, dtype=np.float32)[None] * numbers(1, N).numpy()

    def apart(t: float) -> float:
        hit = Hit(task="vary", source_a="mine", variation=t, classes={"snare": 1.0}, seed=4)
        return float(np.linalg.norm(loaded.render(hit, {"mine": source}).samples - source) / np.linalg.norm(source))

    near, half, far = apart(0.02), apart(0.5), apart(0.98)
    assert near < 0.1 < half < far


def test_files_that_do_not_fit_are_said(model, tmp_path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(model[1], folder)
    (folder / LOUDNESS).unlink()
    with pytest.raises(Error, match=r"loudness\.safetensors are missing; install the model again"):
        load(str(folder))
    text = (model[1] / "model.json").read_text()
    (folder / "model.json").write_text(text.replace('"channels": 1', '"channels": 2'))
    with pytest.raises(Error, match="channels is 2, and loudness is of models in mono; leave it out"):
        read_spec(folder)
