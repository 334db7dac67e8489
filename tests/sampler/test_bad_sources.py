"""Sources and spans that are not what a model expects: a defined sound, or one sentence, in every task."""

import re
from pathlib import Path

import numpy as np
import pytest
import soundfile

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import TASKS as NEEDS
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import load
from driftkit.sampler.resolve import fit

TASKS = pytest.mark.parametrize("task", [task for task, sources in NEEDS.items() if sources])
RATE = 44100


@pytest.fixture(scope="module")
def model():
    return load("default", "cpu")


def drum(seconds: float, rate_hz: int = RATE, channels: int = 1) -> np.ndarray:
    """A decaying tone (n, channels)."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    tone = 0.5 * np.sin(2 * np.pi * 200 * t) * np.exp(-t / 0.1)
    return np.repeat(tone[:, None], channels, axis=1).astype(np.float32)


SOUNDS = {
    "shorter": (drum(0.1), RATE),
    "one sample": (drum(1.5 / RATE), RATE),
    "longer": (drum(3.0), RATE),
    "silent": (np.zeros((4000, 1), np.float32), RATE),
    "stereo": (drum(0.5, channels=2), RATE),
    "8 kHz": (drum(0.5, 8000), 8000),
    "8 channels at 96 kHz": (drum(0.5, 96_000, 8), 96_000),
    "far too loud": (1000 * drum(0.5), RATE),
}


def wav(folder: Path, samples: np.ndarray, rate_hz: int) -> str:
    soundfile.write(folder / "source.wav", samples, rate_hz, subtype="FLOAT")
    return str(folder / "source.wav")


def hit(task: str, source: str, **more) -> Hit:
    other = {"source_b": source} if "source_b" in NEEDS[task] else {}
    return Hit(task=task, source_a=source, seed=1, **{"steps": 1} | other | more)


@pytest.mark.parametrize("what", SOUNDS)
def test_every_task_makes_a_whole_sound_of_any_source(model, tmp_path, monkeypatch, what):
    monkeypatch.setattr("driftkit.sampler.paths.ENCODE_STEPS", 2)  # a sound is wanted here, not a good one
    source = wav(tmp_path, *SOUNDS[what])
    for made in model.render_batch([hit(task, source) for task, sources in NEEDS.items() if sources]):
        assert made.samples.shape == (1, model.spec.length) and np.isfinite(made.samples).all()
        assert np.abs(made.samples).max() <= 0.98 + 1e-6


def test_what_a_source_becomes_is_what_vary_at_0_gives(model, tmp_path):
    def taken(what: str) -> np.ndarray:
        return model.render(hit("vary", wav(tmp_path, *SOUNDS[what]), variation=0)).samples[0]

    whole = drum(model.spec.length / RATE)[:, 0]
    shorter = taken("shorter")
    assert np.array_equal(shorter[:4410], whole[:4410]) and not shorter[4410:].any(), "filled with silence"
    longer = taken("longer")
    assert np.array_equal(longer[:-441], whole[:-441]) and abs(longer[-1]) == 0, "cut, and faded out over 10 ms"
    assert np.abs(np.diff(longer[-500:])).max() < 0.001
    assert not taken("silent").any()
    np.testing.assert_allclose(taken("stereo")[:22050], whole[:22050], atol=1e-6)
    at_8_khz = taken("8 kHz")[1000:20_000]
    np.testing.assert_allclose(at_8_khz, whole[1000:20_000], atol=0.01)  # resampled, in time and in tune


@TASKS
def test_a_file_without_a_sound_is_told(model, tmp_path, task):
    broken = {
        "nothing.wav": b"",
        "text.wav": b"no sound at all",
    }
    for name, data in broken.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Error, match=rf"the sound .*{name} cannot be read"):
            model.render(hit(task, str(tmp_path / name)))
    with pytest.raises(Error, match="is empty; give one of at least a few samples"):
        model.render(hit(task, wav(tmp_path, np.zeros((0, 1), np.float32), RATE)))
    for value in (np.nan, np.inf):
        samples = drum(0.2)
        samples[100] = value
        with pytest.raises(Error, match="holds values that are not finite numbers; export it again"):
            model.render(hit(task, wav(tmp_path, samples, RATE)))
    with pytest.raises(Error, match=f"source_a is empty; the task {task} needs a sound file there"):
        model.render(hit(task, ""))


def test_an_array_that_is_no_sound_is_told(model):
    for array, words in (
        (np.zeros(100, np.float32), r"a sound of shape (100,) came; it must be (channels, samples)"),
        (np.zeros((1, 0), np.float32), "a sound of shape (1, 0) came"),
        (np.full((1, 10), np.nan, np.float32), "values that are not finite"),
    ):
        with pytest.raises(Error, match=re.escape(words)):
            model.encode(array)


def test_a_source_is_cut_to_models_shorter_than_the_fade():
    assert fit(np.ones((2, 1000), np.float32), 1, 100).shape == (1, 100)


@pytest.mark.parametrize(
    "start, end",
    [(300, 200), (200, 200), (0, 5000), (9000, None), (999, None), (998.5, 998.9), (998.46, 998.9), (200, 200.01)],
)
def test_a_span_that_is_none_is_told(model, tmp_path, start, end):
    asked = hit("inpaint", wav(tmp_path, *SOUNDS["shorter"]), inpaint_start_ms=start, inpaint_end_ms=end)
    with pytest.raises(Error, match="the start must lie before the end by a sample or more, both from 0 to 998 ms"):
        model.render(asked)


@pytest.mark.parametrize("start, end", [(0.0, 0.023), (998.44, 998.458), (998.44, 998.9), (0.0, 998.458)])
def test_the_narrowest_and_the_widest_span_make_a_sound(model, tmp_path, start, end):
    source = wav(tmp_path, *SOUNDS["shorter"])
    made = model.render(hit("inpaint", source, inpaint_start_ms=start, inpaint_end_ms=end))
    assert np.isfinite(made.samples).all()


def test_class_weights_below_0_are_refused_and_above_1_in_sum_divided(model):
    with pytest.raises(Error, match=r"kick is -0\.5; it must be from 0 to 1"):
        Hit(kick=-0.5)
    shared, plain = (model.resolve(Hit(seed=1, **w)).hit for w in ({"kick": 1, "snare": 1}, {"kick": 0.3}))
    assert dict(shared.classes) == {"kick": 0.5, "snare": 0.5} and dict(plain.classes) == {"kick": 0.3}
    with pytest.raises(Error, match=re.escape("kik is not a class of the model default; did you mean kick?")):
        model.resolve(Hit(classes={"kik": 1}))
