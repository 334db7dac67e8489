"""The table of controls and the Hit: ranges, knobs, sentences word for word, and what a model fills in."""

import copy
import dataclasses
import math
import pickle
from pathlib import Path

import numpy as np
import pytest

from driftkit.sampler.controls import Control
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import CLASS_CCS, CONTROLS, SEED_DRAWN, SEED_MAX, Hit, class_row, table
from driftkit.sampler.resolve import fingerprint, fit, resolve
from driftkit.sampler.sound import Sound
from driftkit.sampler.spec import Spec
from driftkit.sampler.training.config import CLASSES

EACH = pytest.mark.parametrize("name", CONTROLS)
KNOBS = [row for row in table(CLASSES).values() if row.kind != "text"]
SPEC = Spec("tiny", {"kind": "none"}, None, "vp_cos", ("kick", "snare", "claps"), length=4410, steps=12)


@EACH
def test_the_default_is_within_its_own_range(name: str) -> None:
    row = CONTROLS[name]
    assert row.check(row.default) == row.default and getattr(Hit(), name) == row.default


@EACH
def test_every_row_says_what_it_is_for(name: str) -> None:
    row = CONTROLS[name]
    assert row.name == name and row.doc.endswith(".") and row.kind in ("float", "int", "choice", "text")


def test_no_two_controls_share_a_cc_and_the_defaults_are_the_contracts() -> None:
    ccs = {name: row.cc for name, row in table(CLASSES).items() if row.cc is not None}
    assert ccs == {
        "kick": 20, "snare": 21, "cymbal": 22, "guidance": 23, "variation": 24, "interpolation": 25,
        "inpaint_start_ms": 26, "inpaint_end_ms": 27, "steps": 28, "stochasticity": 29,
    }  # fmt: skip
    assert len(set(ccs.values())) == len(ccs) and CLASS_CCS == (20, 21, 22)


def test_the_table_of_a_model_has_the_task_its_classes_and_then_the_rest() -> None:
    names = list(table(CLASSES))
    assert names == ["task", *CLASSES, *[name for name in CONTROLS if name != "task"]]


@pytest.mark.parametrize("row", KNOBS, ids=lambda row: row.name)
def test_a_knob_comes_back_to_where_it_was_put(row: Control) -> None:
    for knob in np.linspace(0, 1, 41):
        value = row.from_knob(knob)
        assert row.check(value) == value
        if row.kind == "float":
            assert row.to_knob(value) == pytest.approx(knob, abs=1e-12)
        assert row.from_knob(row.to_knob(value)) == pytest.approx(value)
    values = row.choices if row.kind == "choice" else (row.lo, row.hi)
    assert [row.from_knob(row.to_knob(value)) for value in values] == pytest.approx(list(values))


def test_knobs_span_their_range_in_the_right_curve_and_cannot_leave_it() -> None:
    steps, gain = CONTROLS["steps"], Control(name="gain_db", kind="float", default=0.0, doc=".", lo=-60, hi=12)
    assert [steps.from_knob(k) for k in (0, 0.5, 1)] == [1, 20, 400]  # 20 = sqrt(1 * 400)
    assert [gain.from_knob(k) for k in (-0.1, 0, 0.25, 1, 1.5)] == [-60, -60, -42, 12, 12]
    solver = CONTROLS["solver"]
    assert [solver.from_knob(k) for k in (-0.5, 0, 1, 2)] == [solver.choices[i] for i in (0, 0, -1, -1)]
    assert {solver.from_knob(k / 127) for k in range(128)} == set(solver.choices)


SENTENCES = [
    ({"steps": 900}, "steps is 900; it must be from 1 to 400"),
    ({"steps": 0}, "steps is 0; it must be from 1 to 400"),
    ({"steps": 2.5}, "steps is 2.5; it must be a whole number from 1 to 400"),
    ({"steps": "many"}, "steps is 'many'; it must be a whole number from 1 to 400"),
    ({"steps": [16]}, "steps is [16]; it must be a whole number from 1 to 400"),
    ({"guidance": math.nan}, "guidance is nan; it must be from 0 to 10"),
    ({"guidance": -math.inf}, "guidance is -inf; it must be from 0 to 10"),
    ({"guidance": "1e400"}, "guidance is inf; it must be from 0 to 10"),
    ({"guidance": None}, "guidance is None; it must be a number from 0 to 10"),
    ({"guidance": 10.00001}, "guidance is 10.00001; it must be from 0 to 10"),
    ({"seed": 2**24}, "seed is 16777216; it must be from -1 to 16777215"),
    ({"seed": 10**400}, "seed is a huge number; it must be from -1 to 16777215"),
    ({"seed": {}}, "seed is {}; it must be a whole number from -1 to 16777215"),
    ({"inpaint_end_ms": 20_000}, "inpaint_end_ms is 20000; it must be from 0 to 10000 ms"),
    ({"kick": 2}, "kick is 2; it must be from 0 to 1"),
    ({"classes": {"kick": -0.5}}, "kick is -0.5; it must be from 0 to 1"),
    ({"stps": 3}, "stps is not a control of a hit; did you mean steps?"),
    ({"classes": {"steps": 1}}, "steps is a control and cannot be a class; give it outside `classes`"),
    ({"classes": "kick"}, "classes is 'kick'; it must be a table of class names and weights"),
    (
        {"classes": {7: 1}},
        "7 is neither a control nor the name of a class; "
        "such a name is a small letter, then at most 23 of a to z, 0 to 9 and _",
    ),
    ({"solver": "hun"}, "solver is 'hun'; did you mean heun?"),
    ({"task": "zzz"}, "task is 'zzz'; it must be one of generate, vary, inpaint, interpolate, reshape"),
    ({"task": 3}, "task is 3; it must be one of generate, vary, inpaint, interpolate, reshape"),
    ({"source_a": "x" * 1001}, "source_a has 1001 characters; it must be a text of at most 1000 characters"),
    ({"source_a": "a\nb"}, "source_a is 'a\\nb'; it must be without line breaks and control characters"),
    ({"source_a": Path("x" * 1001)}, "source_a has 1001 characters; it must be a text of at most 1000 characters"),
    ({"source_b": [3]}, "source_b is [3]; it must be a text of at most 1000 characters"),
]  # fmt: skip


@pytest.mark.parametrize("values, sentence", SENTENCES, ids=lambda x: x if isinstance(x, str) else "")
def test_what_does_not_fit_is_refused_with_this_sentence(values: dict, sentence: str) -> None:
    with pytest.raises(Error) as refusal:
        Hit(**values)
    assert str(refusal.value) == sentence


def test_numbers_come_in_any_honest_type() -> None:
    hit = Hit(steps="16", guidance=True, seed=np.int64(7), stochasticity=np.float32(0.5), kick=np.float64(1))
    assert (hit.steps, hit.guidance, hit.seed, hit.stochasticity) == (16, 1.0, 7, 0.5)
    assert [type(x) for x in (hit.steps, hit.guidance, hit.seed, hit.stochasticity)] == [int, float, int, float]
    assert Hit(seed=SEED_MAX).seed == SEED_MAX and Hit(steps=400.0).steps == 400


def test_a_source_may_be_a_path() -> None:
    hit = Hit(task="vary", source_a=Path("drums") / "a.wav", source_b=Path("b.wav"))
    assert (hit.source_a, hit.source_b) == (str(Path("drums") / "a.wav"), "b.wav")


def test_a_class_is_a_keyword_too_and_no_weight_is_no_entry() -> None:
    assert Hit(kick=1) == Hit(classes={"kick": 1}) == Hit(classes={"kick": 1.0, "snare": 0}, cymbal=0)
    assert hash(Hit(kick=1)) == hash(Hit(classes={"kick": 1}))
    assert Hit(kick=1) != Hit(kick=0.5) and Hit(kick=1) != Hit(kick=1, seed=3)
    assert Hit(kick=0.2, snare=0.7).label == "snare" and Hit().label == ""


@pytest.mark.parametrize("name", [*CLASSES, "hats", "toms", "claps", "stem", "rides"])
def test_class_names_are_not_taken_for_misspelt_controls(name: str) -> None:
    assert Hit(**{name: 1}).classes == {name: 1.0} and class_row(name).name == name


def test_a_hit_survives_its_own_dictionary() -> None:
    hit = Hit(task="vary", kick=0.3, claps=0.1, steps=7, seed=11, source_a="pad:3", variation=0.25, model="m@1")
    assert Hit(**hit.as_dict()) == hit
    assert hit.replace(seed=12) == Hit(**(hit.as_dict() | {"seed": 12})) != hit
    assert hit.replace(kick=1).classes == {"kick": 1.0, "claps": 0.1}


def test_hits_and_sounds_survive_pickle_and_copy() -> None:
    hit = Hit(task="vary", kick=0.3, steps=7, seed=11, source_a="pad:3", model="m@1")
    sound = Sound(tone(), 44100, hit, "kick", 0.5)
    for taken in (pickle.loads(pickle.dumps(hit)), copy.deepcopy(hit), copy.copy(hit)):
        assert taken == hit and hash(taken) == hash(hit) and taken.classes == {"kick": 0.3}
    for there in (pickle.loads(pickle.dumps(sound)), copy.deepcopy(sound)):
        assert there.hit == hit and np.array_equal(there.samples, sound.samples) and there.recipe == sound.recipe


def test_a_hit_cannot_be_changed() -> None:
    hit = Hit(kick=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        hit.steps = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        hit.classes["kick"] = 0.5  # type: ignore[index]


# -- resolving ------------------------------------------------------------------------------------------


def tone(name: str = "", rate_hz: int = 44100) -> np.ndarray:
    """A reader of sources for which every name is the same sound."""
    return np.sin(np.arange(4410) / 9, dtype=np.float32)[None]


def test_what_the_hit_leaves_open_is_filled_in_by_the_model() -> None:
    hit = resolve(Hit(), SPEC, "tiny@abc").hit
    assert (hit.steps, hit.solver, hit.spacing) == (12, "dpmpp_2m", "karras")
    assert (hit.model, hit.length_ms) == ("tiny@abc", SPEC.length_ms)
    kept = resolve(Hit(steps=3, solver="heun", spacing="uniform", seed=5), SPEC, "tiny@abc").hit
    assert (kept.steps, kept.solver, kept.spacing, kept.seed) == (3, "heun", "uniform", 5)


def test_a_drawn_seed_is_random_and_short() -> None:
    seeds = {resolve(Hit(), SPEC, "").hit.seed for _ in range(50)}
    assert len(seeds) > 40 and all(0 <= seed <= SEED_DRAWN for seed in seeds)


@pytest.mark.parametrize(
    "given, used",
    [
        ({"kick": 1, "snare": 1}, {"kick": 0.5, "snare": 0.5}),
        ({"kick": 1, "snare": 0.5, "claps": 0.5}, {"kick": 0.5, "snare": 0.25, "claps": 0.25}),
        ({"kick": 0.3, "snare": 0.2}, {"kick": 0.3, "snare": 0.2}),
        ({"kick": 0.7, "snare": 0.2, "claps": 0.1}, {"kick": 0.7, "snare": 0.2, "claps": 0.1}),
    ],
)
def test_weights_above_1_are_divided_down_and_others_left_alone(given: dict, used: dict) -> None:
    assert resolve(Hit(classes=given), SPEC, "").hit.classes == pytest.approx(used, abs=0)


@pytest.mark.parametrize("task", ["generate", "vary", "inpaint", "interpolate", "reshape"])
def test_resolving_a_resolved_hit_changes_nothing(task: str) -> None:
    sources = {"source_a": "a.wav", "source_b": "b.wav"}
    asked = Hit(task=task, kick=1, snare=0.9, claps=0.3, inpaint_start_ms=10, **sources)
    once = resolve(asked, SPEC, "tiny@abc", tone)
    twice = resolve(once.hit, SPEC, "tiny@abc", tone)
    assert twice.hit == once.hit
    needed = {"generate": 0, "interpolate": 2}.get(task, 1)
    assert [once.hit.source_a, once.hit.source_b][:needed] == [fingerprint(tone())] * needed
    assert [once.hit.source_a, once.hit.source_b][needed:] == [""] * (2 - needed)
    assert list(once.sources) == [fingerprint(tone())][:needed]


def test_a_recipe_whose_source_was_changed_is_refused() -> None:
    hit = resolve(Hit(task="vary", source_a="a.wav"), SPEC, "", tone).hit
    with pytest.raises(Error, match=r"^source_a is not the sound of the recipe: its samples were changed"):
        resolve(hit, SPEC, "", lambda name, rate_hz: 0.5 * tone())


@pytest.mark.parametrize(
    "hit, sentence",
    [
        (Hit(kik=1), "kik is not a class of the model tiny; did you mean kick?"),
        (Hit(gong=1), "gong is not a class of the model tiny; it must be one of kick, snare, claps"),
        (Hit(task="vary"), "source_a is empty; the task vary needs a sound file there"),
        (Hit(task="interpolate", source_a="a"), "source_b is empty; the task interpolate needs a sound file there"),
        (Hit(length_ms=500), "length_ms is 500; the model tiny makes sounds of 100 ms only"),
        (
            Hit(task="inpaint", source_a="a", inpaint_start_ms=60, inpaint_end_ms=20),
            "inpaint_start_ms is 60 and inpaint_end_ms 20; "
            "the start must lie before the end by a sample or more, both from 0 to 100 ms",
        ),
        (
            Hit(task="inpaint", source_a="a", inpaint_end_ms=120),
            "inpaint_start_ms is 0 and inpaint_end_ms 120; "
            "the start must lie before the end by a sample or more, both from 0 to 100 ms",
        ),
    ],
)
def test_what_a_model_cannot_do_is_refused_with_this_sentence(hit: Hit, sentence: str) -> None:
    with pytest.raises(Error) as refusal:
        resolve(hit, SPEC, "", tone)
    assert str(refusal.value) == sentence


def test_class_weights_for_a_model_without_classes_are_refused_with_this_sentence() -> None:
    with pytest.raises(Error, match=r"^the model tiny has no classes; leave the class weights at 0$"):
        resolve(Hit(kick=1), dataclasses.replace(SPEC, classes=()), "")
    assert resolve(Hit(kick=0), dataclasses.replace(SPEC, classes=()), "").hit.classes == {}


def test_a_source_is_mixed_to_the_channels_of_the_model() -> None:
    stereo = np.stack([np.ones(1000, np.float32), np.full(1000, 0.5, np.float32)])
    assert np.array_equal(fit(stereo, 1, 1000), np.full((1, 1000), 0.75, np.float32))
    assert np.array_equal(fit(stereo[:1], 2, 1000), np.ones((2, 1000), np.float32))
    assert np.array_equal(fit(stereo, 2, 1000), stereo)


def test_a_short_source_is_followed_by_silence_and_a_long_one_is_faded_where_it_is_cut() -> None:
    ones = np.ones((1, 2000), np.float32)
    long = fit(ones, 1, 3000)
    assert np.array_equal(long[0, :2000], ones[0]) and not long[0, 2000:].any()
    cut = fit(ones, 1, 1500)
    assert cut.shape == (1, 1500) and np.array_equal(cut[0, : 1500 - 441], ones[0, : 1500 - 441])
    assert cut[0, -1] == 0 and (np.diff(cut[0, -441:]) < 0).all() and np.array_equal(ones, np.ones((1, 2000)))


def test_a_recipe_from_before_a_control_was_added_is_the_same_hit() -> None:
    hit = Hit(task="inpaint", kick=1, seed=3)
    added = ("resampling", "interpolation_latent", "guidance_weight", "spacing")
    old = {k: v for k, v in hit.as_dict().items() if k not in added}
    assert len(old) == len(hit.as_dict()) - len(added) and Hit(**old) == hit
