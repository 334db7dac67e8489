"""Checkpoints that others trained, as model folders: those of CRASH, and of Tiny Audio Diffusion."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import torch
from torch import nn

from .controls import shown
from .errors import Error
from .foreign import fill, read_checkpoint
from .networks.crash import CrashClassifier, CrashUNet
from .networks.tiny import TinyUNet
from .published import tiny_names, told
from .schedules import SCHEDULES
from .spec import Spec, fault, model_files
from .store import write_model

CRASH_CLASSES = ("kick", "snare", "cymbal")  # in the order of the published classifier's outputs
CRASH_LENGTH = 21_000  # samples, CRASH section 6.1
CRASH_SCHEDULE = "subvp_1_1_cos"  # what the authors' page renders its examples with
TINY_SCHEDULE = "v"

# CRASH takes 400 steps of its first-order ODE solver, uniform in t, Tiny Audio Diffusion 50 to 100. DPM-Solver++ 2M on
# Karras levels comes as near to the exact path in some 16 steps as that in 200, on an exact denoiser; a learnt network
# that is not ours gets half as many again. Every network of the two was trained down to sigma = 9e-5, or to 0,
# so that 5e-4 lies within.
SAMPLING: dict[str, Any] = {"solver": "dpmpp_2m", "steps": 25, "spacing": "karras", "s_min": 5e-4}
FADES = (16, 441)  # samples in and out of what a network makes that ends in mid-sound

Weights = Literal["ema", "raw"]


class Found(NamedTuple):
    """What a checkpoint holds: a spec, still without its name, the network, and the classifier."""

    spec: Spec
    network: nn.Module
    hearing: nn.Module | None


def import_checkpoint(
    checkpoint: Path,
    folder: Path,
    *,
    schedule: str | None = None,
    classifier: Path | None = None,
    weights: Weights = "ema",
    config: Callable[[], Mapping[str, Any]] = dict,
) -> Spec:
    """Write the model `folder.name` from a checkpoint of a public training; returns its spec.

    checkpoint: of CRASH {step, model: state dict, ema_weights: list of tensors in the order of the parameters}, or
    of Tiny Audio Diffusion, by Lightning {state_dict: {model.net...., model_ema.ema_model.net....}, ...}.
    schedule: the noise that it was trained with, a key of SCHEDULES; CRASH's checkpoints do not say.
    classifier: {model: state dict}, of CRASH. Without one the model has no classes: it makes any drum.
    weights: "ema", the moving average, or "raw", the last step of training.
    config: gives the values of the YAML beside a checkpoint of Tiny Audio Diffusion, and is called for such a one
    alone; what it does not say is as published.

    Raises `Error` where a file is missing, damaged, holds code, or does not fit; nothing is written then.
    """
    if schedule is not None and schedule not in SCHEDULES:
        raise Error(f"schedule is {schedule!r}; it must be one of {', '.join(SCHEDULES)}")
    if model_files(folder):
        raise Error(f"there is a model in {folder} already; choose another name, or remove that folder first")
    state = read_checkpoint(checkpoint)
    if "state_dict" in state:
        if classifier or schedule not in (None, TINY_SCHEDULE):
            raise Error(
                f"{checkpoint} is of Tiny Audio Diffusion, which has no classes, and {TINY_SCHEDULE} for a schedule; "
                "leave --classifier and --schedule out"
            )
        found = tiny(state, checkpoint, folder.name, weights, config())
    else:
        found = crash(state, checkpoint, folder.name, weights, schedule or CRASH_SCHEDULE, classifier)
    try:
        write_model(folder, *found, torch.float32)
    except OSError as reason:
        raise Error(
            f"the model cannot be written to {folder}: {reason.strerror or reason}; give another with --out"
        ) from None
    return found.spec


def crash(
    state: Mapping[str, Any], path: Path, name: str, weights: Weights, schedule: str, classifier: Path | None
) -> Found:
    """A checkpoint of CRASH, and its classifier."""
    with torch.device("meta"):  # whose tensors take no memory; those of the file come in their place
        network, hearing = CrashUNet(), CrashClassifier() if classifier else None
    fill(network, named(state, network, weights, path), path, "CRASH's UNet")
    if classifier and hearing:
        heard = named(read_checkpoint(classifier), hearing, "raw", classifier)
        fill(hearing, heard, classifier, "CRASH's Classifier")
    spec = Spec(
        name=name,
        network={"kind": "crash"},
        classifier={"kind": "crash"} if hearing else None,
        schedule=schedule,
        classes=CRASH_CLASSES if hearing else (),
        length=CRASH_LENGTH,
        trained=history(path, weights, state.get("step")),
        licence="as its checkpoint",
        **SAMPLING,
    )
    return Found(spec, network, hearing)


def tiny(state: Mapping[str, Any], path: Path, name: str, weights: Weights, config: Mapping[str, Any]) -> Found:
    """A checkpoint of Tiny Audio Diffusion."""
    every = state["state_dict"]
    if not isinstance(every, Mapping):
        raise Error(f"the `state_dict` of {path} is a {type(every).__name__}; it must be a table of names and tensors")
    shape, length, rate_hz = told(config)
    try:
        with torch.device("meta"):
            network = TinyUNet(**shape)
    except ValueError as reason:
        raise Error(f"the YAML of {path} does not fit together: {reason}") from None
    prefix = "model_ema.ema_model.net." if weights == "ema" else "model.net."
    tensors = {key[len(prefix) :]: value for key, value in every.items() if str(key).startswith(prefix)}
    if not tensors:
        wanted = "import the last weights with --raw" if weights == "ema" else "is it one of Tiny Audio Diffusion?"
        raise Error(f"the checkpoint {path} has no tensors {prefix}*; {wanted}")
    names = tiny_names(network)
    for twice in ("weight", "bias"):  # one layer, which the file has under two names
        tensors.pop(f"blocks.1.blocks.0.0.{twice}", None)
    fill(network, tensors, path, "Tiny Audio Diffusion's network as its YAML has it", names)
    spec = Spec(
        name=name,
        network={"kind": "tiny"} | shape,
        classifier=None,
        schedule=TINY_SCHEDULE,
        classes=(),
        rate_hz=rate_hz,
        channels=shape["channels"],
        length=length,
        fades=(min(FADES[0], length // 2), min(FADES[1], length // 2)),
        trained=history(path, weights, state.get("global_step")),
        licence="as its checkpoint",
        **SAMPLING,
    )
    wrong = fault(spec)
    if wrong or length % network.multiple:
        raise Error(
            f"the YAML of {path}: {wrong or f'length is {length}; it must be a multiple of {network.multiple}'}"
        )
    return Found(spec, network, None)


def history(path: Path, weights: Weights, step: object) -> dict[str, Any]:
    """What model.json says of where a model came from."""
    return {"imported": path.name, "weights": weights} | ({"step": step} if isinstance(step, int) else {})


def named(state: Mapping[str, Any], network: nn.Module, weights: Weights, path: Path) -> Mapping[str, Any]:
    """The tensors of a checkpoint by name: those of `model`, with the moving average in their place if asked."""
    model = state.get("model")
    if not isinstance(model, Mapping):
        keys = ", ".join(shown(key) for key in list(state)[:5]) or "nothing"
        raise Error(f"the checkpoint {path} has no `model` of names and tensors but {keys}; is it one of CRASH?")
    if weights == "raw":
        return model
    average = state.get("ema_weights")
    if not isinstance(average, Sequence):
        raise Error(f"the checkpoint {path} has no list `ema_weights`; import the raw weights with --raw")
    names = [name for name, _ in network.named_parameters()]
    if len(average) != len(names):
        raise Error(f"ema_weights of {path} has {len(average)} tensors; it must have {len(names)}; try --raw")
    return dict(model) | dict(zip(names, average))
