"""A model from Python: many hits at once, sources as arrays, what is refused, and what a caller's torch keeps."""

import time

import numpy as np
import pytest
import torch
from rig.models import small_model

from driftkit import Error, Hit, load
from driftkit.sampler.batches import MOST_ELSEWHERE
from driftkit.sampler.resolve import fingerprint
from driftkit.sampler.sound import load_sound
from driftkit.sampler.wav import read_sound


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return load(str(small_model(tmp_path_factory.mktemp("home"), "small", ("kick", "snare"), 512)), "cpu")


def walked(steps) -> tuple[list, list]:
    """What a render told of its progress, and its sounds."""
    told = []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as done:
            return told, done.value


def test_no_batch_is_larger_than_memory_holds_and_the_sounds_are_the_same(model):
    seen = set()
    watch = model.module.register_forward_pre_hook(lambda module, inputs: seen.add(len(inputs[0])))
    hits = [model.resolve(Hit(kick=1, seed=i)) for i in range(2 * MOST_ELSEWHERE + 6)]
    told, sounds = walked(model.steps(hits))
    watch.remove()
    assert seen == {MOST_ELSEWHERE, 6}
    sizes = (MOST_ELSEWHERE, MOST_ELSEWHERE, 6)  # of two steps each
    ends = [sum(sizes[:k]) + size * step / 2 for k, size in enumerate(sizes) for step in (1, 2)]
    assert told == pytest.approx([end / len(hits) for end in ends])
    assert [sound.hit for sound in sounds] == [one.hit for one in hits]
    alone = model.render(hits[-1].hit)
    np.testing.assert_allclose(sounds[-1].samples, alone.samples, atol=1e-5)


def test_between_two_steps_the_caller_keeps_its_gradients_and_its_time(model):
    steps = model.steps([model.resolve(Hit(kick=1, seed=1))])
    spent = 0.0
    while True:
        assert torch.is_grad_enabled()
        began = time.perf_counter()
        try:
            next(steps)
        except StopIteration as done:
            (sound,) = done.value
            break
        finally:
            spent += time.perf_counter() - began
        time.sleep(0.1)  # somebody else's turn
    assert 0 < sound.took_s <= spent


def test_a_sound_made_from_sources_is_rendered_again_from_its_hit(model):
    a, b = (model.render(Hit(kick=1, seed=seed)).samples for seed in (1, 2))
    made = model.render(Hit(task="interpolate", source_a="one", source_b="two", seed=3), {"one": a, "two": b})
    assert made.hit.source_a == fingerprint(a) and set(made.sources) == {fingerprint(a), fingerprint(b)}
    again = model.render(made.hit, made.sources)
    assert again.hit == made.hit and np.array_equal(again.samples, made.samples)
    with pytest.raises(Error, match=r"is a source of a sound; give it along: render\(sound.hit, sound.sources\)"):
        model.render(made.hit)


@pytest.mark.parametrize("hit", [
    Hit(task="vary", source_a="it", variation=0), Hit(task="interpolate", source_a="it", source_b="b", interpolation=0),
    Hit(task="interpolate", source_a="b", source_b="it", interpolation=1),
], ids=lambda hit: hit.task)  # fmt: skip
def test_a_source_at_full_scale_comes_back_bit_for_bit(model, hit):
    loud = np.sin(np.arange(512, dtype=np.float32))[None]
    loud /= np.abs(loud).max()
    made = model.render(hit, {"it": loud, "b": 0.5 * loud})
    assert made.scale == 1 and np.array_equal(made.samples, loud)
    louder = model.render(hit, {"it": 3 * loud, "b": loud})
    assert louder.scale == pytest.approx(0.98 / 3) and np.abs(louder.samples).max() == pytest.approx(0.98)
    near = model.render(Hit(task="inpaint", source_a="it", inpaint_end_ms=2, seed=1), {"it": loud})
    assert np.abs(near.samples).max() == pytest.approx(0.98)  # what is partly made anew has room as ever


def test_saving_a_sound_keeps_its_sources_beside_it(model, tmp_path):
    source = model.render(Hit(kick=1, seed=1)).samples
    made = model.render(Hit(task="vary", source_a="it", seed=3), {"it": source})
    made.save(tmp_path / "a.wav", depth="float")
    made.save(str(tmp_path / "b.wav"))
    hit = load_sound(tmp_path / "a.wav").hit
    names = {path.name for path in tmp_path.rglob("*.wav")}
    assert names == {"a.wav", "b.wav", f"{hit.source_a[7:]}.wav"}
    kept = read_sound(tmp_path / "sources" / f"{hit.source_a[7:]}.wav", model.spec.rate_hz)
    assert np.array_equal(model.render(hit, {hit.source_a: kept}).samples, made.samples)


def test_a_sound_that_cannot_be_written_is_told(model, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Error, match=r"the sound .*a\.wav cannot be written: "):
        model.render(Hit(seed=1)).save(tmp_path / "file" / "a.wav")


def test_a_hit_of_another_model_is_refused(model):
    own, other = Hit(kick=1, seed=1, model=model.tag), Hit(kick=1, seed=1, model="crash@0123456789abcdef")
    assert model.render(own).hit.model == model.tag
    with pytest.raises(
        Error, match=rf"the hit was made by the model crash@0123456789abcdef, this is {model.tag}; load"
    ):
        model.render_batch([own, other])
    assert model.render(other.replace(model="")).hit == model.render(own).hit


def test_networks_answer_at_every_sigma_from_0_to_1(model):
    x, sigma = torch.randn(4, 1, 512), torch.tensor([0.0, 1e-6, 0.5, 1.0])
    for found in (model.network(x, sigma), model.classify(x, sigma), model.network(x.double(), sigma.double())):
        assert bool(found.isfinite().all())
    edges = model.network(x, torch.tensor([1e-4, 1e-4, 0.5, model.schedule.sigma(1.0)]))
    torch.testing.assert_close(model.network(x, sigma), edges)


def test_what_is_no_sound_is_refused_in_a_sentence(model):
    x, sigma, latent = torch.randn(2, 1, 512), torch.full((2,), 0.5), np.zeros((1, 512), np.float32)
    for ask in (model.network, model.classify):
        for wrong, words in (
            ((x[0], sigma), r"x has the shape \(1, 512\); it must be \(1, 1, 512\)"),
            ((x[..., :500], sigma), r"x has the shape \(2, 1, 500\); it must be \(2, 1, 512\)"),
            ((x, sigma[:1]), r"sigma has the shape \(1,\); it must be \(2,\)"),
            ((x.int(), sigma), "x is of torch.int32; it must be of floating-point numbers"),
            ((x, sigma / 0), "sigma holds values that are not finite numbers"),
            ((x * torch.nan, sigma), "x holds values that are not finite numbers"),
        ):
            with pytest.raises(Error, match=words):
                ask(*wrong)
    for wrong, words in (
        (latent[0], r"the latent has the shape \(512,\); it must be \(1, 512\)"),
        (latent.astype(np.int16), "the latent is of torch.int16"),
        (latent * np.nan, "the latent holds values that are not finite"),
    ):
        with pytest.raises(Error, match=words):
            model.decode(wrong)
    with pytest.raises(Error, match="a sound of int16 came; it must be of floating-point numbers from -1 to 1"):
        model.encode(latent.astype(np.int16))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="of convolutions on a GPU")
def test_on_a_gpu_float32_means_float32(tmp_path):
    folder = str(small_model(tmp_path, "small", ("kick", "snare"), 512))
    there, here = load(folder, "cuda"), load(folder, "cpu")
    hits = [Hit(kick=1, seed=seed) for seed in range(40)]
    for together, hit in zip(there.render_batch(hits), hits):
        np.testing.assert_allclose(there.render(hit).samples, together.samples, atol=1e-5)
        np.testing.assert_allclose(here.render(hit).samples, together.samples, atol=1e-4)
