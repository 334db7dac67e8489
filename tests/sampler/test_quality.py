"""The qualities: which way a hit travels that says nothing of it, and that what is said counts."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.resolve import FINE_STEPS, resolve
from driftkit.sampler.spec import SHIPPED, Spec, read_spec

PLAIN = Spec("plain", {"kind": "crash"}, None, "vp_cos", ("kick",), length=1000, steps=5)
TOLD = {"solver": "dpmpp_3m", "steps": 40, "spacing": "log_snr", "stochasticity": 0.75}
MINE = dataclasses.replace(PLAIN, stochasticity=0.5, fine=TOLD)


def way(spec: Spec, **asked: object) -> tuple[object, ...]:
    """(solver, steps, spacing, stochasticity) of a hit once resolved."""
    sources = {slot: "a" for slot in ("source_a", "source_b")} if asked.get("task") else {}
    hit = resolve(Hit(**sources, **asked), spec, "m@0", lambda name, rate_hz: np.zeros((1, 1000), np.float32)).hit
    return hit.solver, hit.steps, hit.spacing, hit.stochasticity


def test_live_is_the_models_own_way_and_fine_the_one_that_it_tells() -> None:
    assert way(MINE) == ("dpmpp_2m", 5, "karras", 0.5)
    assert way(MINE, quality="fine") == ("dpmpp_3m", 40, "log_snr", 0.75)
    assert way(PLAIN) == ("dpmpp_2m", 5, "karras", 0.0)
    assert way(PLAIN, quality="fine") == ("dpmpp_2m", FINE_STEPS, "karras", 0.0)


def test_what_is_set_counts_and_a_solver_asked_for_follows_the_ode_unless_told() -> None:
    assert way(MINE, quality="fine", steps=7, stochasticity=0) == ("dpmpp_3m", 7, "log_snr", 0.0)
    assert way(MINE, quality="fine", solver="heun") == ("heun", 40, "log_snr", 0.0)
    assert way(MINE, quality="fine", solver="rk45")[3] == 0
    assert way(MINE, solver="ddim") == ("ddim", 5, "karras", 0.0)
    assert way(MINE, steps=9)[1:] == (9, "karras", 0.5)


@pytest.mark.parametrize("quality", ["live", "fine"])
def test_latents_are_decoded_by_the_ode_and_what_is_noised_by_the_sde(quality: str) -> None:
    for task, latent, noise in (
        ("reshape", "ode", 0), ("interpolate", "ode", 0), ("interpolate", "noise", 1), ("vary", "ode", 1),
        ("inpaint", "ode", 1),
    ):  # fmt: skip
        found = way(MINE, task=task, interpolation_latent=latent, quality=quality)[3]
        assert (found > 0) == bool(noise), task
    assert way(MINE, task="reshape", stochasticity=0.25, quality=quality)[3] == 0.25


def test_a_resolved_hit_is_the_same_again_whatever_its_quality() -> None:
    once = resolve(Hit(quality="fine", seed=3), MINE, "m@0").hit
    assert resolve(once, MINE, "m@0").hit == once and once.quality == "fine"
    assert resolve(once, PLAIN, "m@0").hit == once  # another model's qualities change nothing of it


def test_a_model_that_tells_nonsense_of_its_qualities_is_refused(tmp_path: Path) -> None:
    told = json.loads((SHIPPED / "default" / "model.json").read_text())
    for changed, sentence in (
        ({"fine": {"stepps": 4}}, "fine has 'stepps'; it may have solver, steps, spacing, stochasticity"),
        (
            {"fine": {"steps": 900}},
            "steps is 900; it must be a whole number from 1 to 400|steps is 900; it must be from",
        ),
        ({"stochasticity": 2}, "stochasticity is 2; it must be from 0 to 1"),
        ({"fine": 3}, "model.json"),
    ):
        (tmp_path / "model.json").write_text(json.dumps(told | changed))
        with pytest.raises(Error, match=sentence):
            read_spec(tmp_path)


def test_jumps_asked_for_are_as_many_as_were_learned() -> None:
    jumping = dataclasses.replace(MINE, network={"kind": "wiener_unet", "reach": True}, steps=8, jumps=(9.0, 1.0))
    assert way(jumping, solver="flow_map") == ("flow_map", 2, "learned", 0.0)
    assert way(jumping, steps=2) == ("flow_map", 2, "learned", 0.5)
    assert way(jumping) == ("dpmpp_2m", 8, "karras", 0.5)


def test_the_shipped_model_answers_in_eight_calls_at_most() -> None:
    """Guidance 1 costs a call a step."""
    spec = read_spec(SHIPPED / "default")
    live, fine = (resolve(Hit(kick=1, quality=quality), spec, "").hit for quality in ("live", "fine"))
    assert live.steps <= 8 < fine.steps and live.guidance == 1
