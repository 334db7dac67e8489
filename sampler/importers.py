"""Checkpoints that others trained, as model folders: read without running code, checked, stored as safetensors."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor, nn

from .controls import shown
from .errors import Error
from .networks.crash import CrashClassifier, CrashUNet
from .schedules import SCHEDULES
from .spec import Spec
from .store import model_files, write_model

CRASH_CLASSES = ("kick", "snare", "cymbal")  # in the order of the published classifier's outputs
CRASH_LENGTH = 21_000  # samples, CRASH section 6.1
CRASH_SCHEDULE = "subvp_1_1_cos"  # what the authors' page renders its examples with

# The paper takes 400 steps of its first-order ODE solver, uniform in t. DPM-Solver++ 2M on Karras levels
# comes as near to the exact path in some 16 steps as that in 200, on an exact denoiser; a learnt network
# that is not ours gets half as many again. Every network of the paper was trained down to sigma = 9e-5,
# so that 5e-4 lies within.
CRASH_SAMPLING: dict[str, Any] = {"solver": "dpmpp_2m", "steps": 25, "spacing": "karras", "s_min": 5e-4}


def import_crash(
    checkpoint: Path,
    folder: Path,
    *,
    schedule: str = CRASH_SCHEDULE,
    classifier: Path | None = None,
    weights: Literal["ema", "raw"] = "ema",
) -> Spec:
    """Write the model `folder.name` from checkpoints of CRASH's public code; returns its spec.

    checkpoint: {step, model: state dict, ema_weights: list of tensors in the order of the parameters}.
    schedule: the noise that it was trained with, a key of SCHEDULES; the checkpoint does not say.
    classifier: {model: state dict}. Without one the model has no classes: it makes any drum.
    weights: "ema", the moving average, or "raw", the last step of training.

    Raises `Error` where a file is missing, damaged, holds code, or does not fit; nothing is written then.
    """
    if schedule not in SCHEDULES:
        raise Error(f"schedule is {schedule!r}; it must be one of {', '.join(SCHEDULES)}")
    if model_files(folder):
        raise Error(f"there is a model in {folder} already; choose another name, or remove that folder first")
    network, hearing = CrashUNet(), CrashClassifier() if classifier else None
    state = read_checkpoint(checkpoint)
    fill(network, named(state, network, weights, checkpoint), checkpoint)
    if classifier and hearing:
        fill(hearing, named(read_checkpoint(classifier), hearing, "raw", classifier), classifier)
    trained: dict[str, Any] = {"imported": checkpoint.name, "weights": weights}
    if isinstance(state.get("step"), int):
        trained["step"] = state["step"]
    spec = Spec(
        name=folder.name,
        network={"kind": "crash"},
        classifier={"kind": "crash"} if hearing else None,
        schedule=schedule,
        classes=CRASH_CLASSES if hearing else (),
        length=CRASH_LENGTH,
        trained=trained,
        licence="as its checkpoint",
        **CRASH_SAMPLING,
    )
    try:
        write_model(folder, spec, network, hearing, torch.float32)
    except OSError as reason:
        raise Error(
            f"the model cannot be written to {folder}: {reason.strerror or reason}; give another with --out"
        ) from None
    return spec


def read_checkpoint(path: Path) -> Mapping[str, Any]:
    """What torch.save wrote, tensors and plain values only: code in it is refused, not run."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as reason:
        why = reason.strerror or reason
        raise Error(f"the checkpoint {path} cannot be read: {why}; give the file as published") from None
    except Exception:  # torch raises many kinds, and tells people to switch the check off
        raise Error(
            f"the checkpoint {path} is damaged, or holds more than tensors and plain values, "
            "and driftkit runs no code of others; give the file as published"
        ) from None
    if not isinstance(state, Mapping):
        raise Error(f"the checkpoint {path} holds a {type(state).__name__}; it must be a table with `model` in it")
    return state


def named(state: Mapping[str, Any], network: nn.Module, weights: str, path: Path) -> Mapping[str, Any]:
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


def fill(network: nn.Module, tensors: Mapping[str, Any], path: Path) -> None:
    """Load tensors into a network, in float32; `Error` names the first that does not fit."""
    wanted = network.state_dict()
    for name, own in wanted.items():
        tensor = tensors.get(name)
        if not isinstance(tensor, Tensor) or tensor.layout != torch.strided:
            raise Error(f"the checkpoint {path} lacks {name}; is it one of CRASH's {type(network).__name__[5:]}?")
        if tensor.shape != own.shape:
            raise Error(f"{name} of {path} has the shape {shape(tensor)}; it must be {shape(own)}")
        if not tensor.is_floating_point() or not tensor.isfinite().all():
            raise Error(f"{name} of {path} has values that are not finite numbers; that training failed")
    strange = next((name for name in tensors if name not in wanted), None)
    if strange is not None:
        raise Error(f"the checkpoint {path} has {shown(strange)}, which CRASH's {type(network).__name__[5:]} does not")
    network.load_state_dict({name: tensors[name].float() for name in wanted})


def shape(tensor: Tensor) -> str:
    """A shape as people write it: 128 x 32 x 3."""
    return " x ".join(map(str, tensor.shape)) or "of one number"
