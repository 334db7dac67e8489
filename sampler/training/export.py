"""From checkpoints to a model folder: EMA weights, model.json."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from ..errors import Error
from ..files import appearing
from ..spec import Spec, model_files, model_hash
from ..store import write_model
from .checkpoints import load_checkpoint
from .log import read_log
from .targets import DENOISERS, HEARERS, TARGETS, config_of, spec_of

RECORD = "exported.json"  # beside the checkpoints: the models that were written from there, and their hashes
TOLD = ("batch", "precision", "learning_rate", "weight_decay", "ema", "t_sampling", "weighting", "layered")


def export(denoiser: Path, classifier: Path | None, folder: Path, trained: dict[str, Any] | None = None) -> Spec:
    """Write the EMA weights of checkpoints (`checkpoint.pt` or `best.pt`) as the model `folder.name`; returns its spec.

    The networks of CRASH keep float32, since half precision would move their random frequencies; the others
    are written in float16. Raises `Error` where a checkpoint is missing, broken, of the other kind of
    network, or where classifier and denoiser do not belong together.
    """
    check_free(folder, denoiser.parent)
    state = checked(denoiser, DENOISERS)
    target, config = state["target"], config_of(state)
    network = TARGETS[target].build(config)
    network.load_state_dict(state["ema"])
    spec = spec_of(target, config, folder.name)
    hearing, exact = None, TARGETS[target].exact
    if classifier is not None:
        heard = checked(classifier, HEARERS)
        its, hearer = config_of(heard), TARGETS[heard["target"]]
        wrong = hearer.fits(its, config)
        if wrong:
            raise Error(f"{classifier} {wrong[0]}, {denoiser} {wrong[1]}; train both alike")
        hearing = hearer.build(its)
        hearing.load_state_dict(heard["ema"])
        spec = replace(spec, classifier=hearer.entry(its))
        exact = exact or hearer.exact
    spec = replace(spec, trained=history(denoiser, state) | (trained or {}))
    write_model(folder, spec, network, hearing, torch.float32 if exact else torch.float16)
    record = exported(denoiser.parent) | {str(folder.resolve()): model_hash(folder)}
    with appearing(denoiser.with_name(RECORD)) as staged:
        staged.write_text(json.dumps(record, indent=1) + "\n")
    return spec


def check_free(folder: Path, run: Path) -> None:
    """`Error` where `folder` holds a model other than the one that was written there from the checkpoints in `run`."""
    if model_files(folder) and exported(run).get(str(folder.resolve())) != model_hash(folder):
        raise Error(
            f"{folder} holds a model that was not exported from {run}, or was changed since; give another folder, or "
            "move it away"
        )


def exported(run: Path) -> dict[str, str]:
    """The hashes of models by their folders, as the record beside the checkpoints has them."""
    file = run / RECORD
    try:
        found = json.loads(file.read_text()) if file.exists() else {}
    except (OSError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(hash_, str) for hash_ in found.values()):
        raise Error(f"{file} is not the record of exported models that driftkit keeps there; move it away")
    return found


def history(checkpoint: Path, state: dict[str, Any]) -> dict[str, Any]:
    """What a model card says of a run: sounds shown, steps, the numbers of the optimiser, held-out error."""
    config = state["config"]
    told = {name: config[name] for name in (*TOLD, *TARGETS[state["target"]].told) if name in config}
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
