"""How a resolved hit travels: its solver, its levels and how many steps, down to a sound and up to a latent."""

from dataclasses import replace

from .denoisers import Denoiser
from .grids import along, between
from .hit import ADAPTIVE, FLOW_MAP, LEARNED, Hit
from .schedules import SCHEDULES
from .solvers import SOLVERS
from .spec import Spec
from .tasks import Path

ENCODED = {"reshape": 1, "interpolate": 2}  # sources that a task encodes
ENCODE_STEPS = 64  # steps of the forward ODE; decoding with as many gives the sound back
TOLD = 400  # levels at which an adaptive solver tells how far it is: nearly every step that it takes


def steps_of(hit: Hit, spec: Spec, at_least: int = 1) -> int:
    """Solver steps of one way down, or up where there must be many."""
    if hit.solver in ADAPTIVE and hit.task != "inpaint":  # which holds a part of the sound at every level
        return TOLD
    return max(hit.steps or spec.steps, at_least)


def length_of(hit: Hit, spec: Spec) -> int:
    """Solver steps of a hit, those of encoding its sources included."""
    if hit.task == "inpaint":
        return (steps_of(hit, spec) - 1) * hit.resampling + 1
    encoded = ENCODED[hit.task] if hit.encodes else 0
    return steps_of(hit, spec) + encoded * steps_of(hit, spec, ENCODE_STEPS)


def path_of(hit: Hit, spec: Spec, denoise: Denoiser, at_least: int = 1) -> Path:
    """The way of a hit; where levels were learned, it begins at the first of them."""
    schedule, steps = SCHEDULES[spec.schedule], steps_of(hit, spec, at_least)
    solver = SOLVERS[spec.solver if hit.solver == "auto" else hit.solver]
    spacing = spec.spacing if hit.spacing == "auto" else hit.spacing
    noise = hit.stochasticity or 0.0
    if spacing != LEARNED:
        return Path(denoise, schedule, solver, spacing, steps, spec.s_min, noise)
    if hit.solver == FLOW_MAP:
        jumps = spec.jumps
        return Path(denoise, schedule, solver, between(jumps), steps, spec.s_min, noise, jumps[0])
    levels = spec.levels
    return Path(denoise, schedule, solver, along(levels), steps, levels[-1], noise, levels[0])


def encoding_of(hit: Hit, spec: Spec, denoise: Denoiser, path: Path) -> Path:
    """The way up to where `path` begins; no jump goes up, so there the model's solver takes many steps.

    They lie evenly over ln s: levels that were learned for few steps end below where jumps begin, and the last step
    would have to leap what is between.
    """
    if hit.solver == FLOW_MAP:
        hit = hit.replace(solver="auto", spacing="log_snr")
    return replace(path_of(hit, spec, denoise, ENCODE_STEPS), s_max=path.s_max)
