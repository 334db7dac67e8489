"""From checkpoints to a model folder: EMA weights, model.json."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from ..errors import Error
from ..spec import Spec
from ..store import write_model
from .checkpoints import load_checkpoint
from .log import read_log
from .shapes import DENOISERS, HEARERS, build, config_of, shape, spec_of

TOLD = ("batch", "precision", "learning_rate", "weight_decay", "ema", "t_sampling", "weighting", "layered", "jumps")


def export(denoiser: Path, classifier: Path | None, folder: Path, trained: dict[str, Any] | None = None) -> Spec:
    """Write the EMA weights of checkpoints (`checkpoint.pt` or `best.pt`) as the model `folder.name`; returns its spec.

    The networks of CRASH keep float32, since half precision would move their random frequencies; the others
    are written in float16. Raises `Error` where a checkpoint is missing, broken, of the other kind of
    network, or where classifier and denoiser do not belong together.
    """
    state = checked(denoiser, DENOISERS)
    target, config = state["target"], config_of(state)
    network = build(target, config)
    network.load_state_dict(state["ema"])
    spec = spec_of(target, config, folder.name)
    hearing, exact = None, target == "crash"
    if classifier is not None:
        heard = checked(classifier, HEARERS)
        its, kind = config_of(heard), heard["target"]
        if its.length > config.length or (kind == "crash_classifier" and its.length != config.length):
            raise Error(f"{classifier} hears {its.length} samples, {denoiser} makes {config.length}; train both alike")
        if kind == "crash_classifier" and its.schedule != config.schedule:
            raise Error(f"{classifier} hears {its.schedule}, {denoiser} is of {config.schedule}; train both alike")
        hearing = build(kind, its)
        hearing.load_state_dict(heard["ema"])
        spec = replace(spec, classifier=shape(kind, its))
        exact = exact or kind == "crash_classifier"
    spec = replace(spec, trained=history(denoiser, state) | (trained or {}))
    write_model(folder, spec, network, hearing, torch.float32 if exact else torch.float16)
    return spec


def history(checkpoint: Path, state: dict[str, Any]) -> dict[str, Any]:
    """What a model card says of a run: sounds shown, steps, the numbers of the optimiser, held-out error."""
    config = state["config"]
    told = {name: config[name] for name in TOLD if name in config}
    if "frechet" in state:  # it is the checkpoint that came nearest to these
        told["chosen_on"] = "test"
    lines = [line for line in read_log(checkpoint.with_name("log.jsonl")) if line["samples"] <= state["samples"]]
    held_out = lines[-1]["held_out"] if lines else {}
    steps = state["samples"] // config["batch"]
    return {"sounds_shown": state["samples"], "optimiser_steps": steps, **told, "held_out": held_out}


def checked(path: Path, targets: tuple[str, ...]) -> dict[str, Any]:
    """A checkpoint that trained one of the targets."""
    state = load_checkpoint(path)
    if state.get("target") not in targets:
        raise Error(f"{path} trained {state.get('target')!r}; here a checkpoint of a {' or '.join(targets)} is needed")
    return state
