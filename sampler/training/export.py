"""From checkpoints to a model folder: EMA weights, model.json."""

import json
from pathlib import Path
from typing import Any

from ..errors import Error
from ..networks.classifier import FrameClassifier
from ..networks.wiener import WienerUNet
from ..spec import Spec
from ..store import write_model
from .config import CLASSES, KINDS, RATE_HZ
from .train import load_checkpoint

LICENCE = "CC0-1.0"


def export(unet: Path, classifier: Path | None, folder: Path, trained: dict[str, Any] | None = None) -> Spec:
    """Write the EMA weights of checkpoints as the model `folder.name`; returns its spec.

    Raises `Error` where a checkpoint is missing, broken or of the other network.
    """
    state = checked(unet, "unet")
    config = state["config"]
    shape = {
        "length": config["length"], "bands": config["bands"], "classes": len(CLASSES),
        "widths": list(config["widths"]), "embedding": config["embedding"],
    }  # fmt: skip
    network = WienerUNet(**shape)
    network.load_state_dict(state["ema"])
    classifier_shape, hearing = None, None
    if classifier is not None:
        heard = checked(classifier, "classifier")
        classifier_shape = {
            "length": heard["config"]["length"], "bands": heard["config"]["bands"], "classes": len(CLASSES),
            "widths": list(heard["config"]["classifier_widths"]),
        }  # fmt: skip
        hearing = FrameClassifier(**classifier_shape)
        hearing.load_state_dict(heard["ema"])
    spec = Spec(
        name=folder.name,
        network={"kind": "wiener_unet", **shape},
        classifier={"kind": "frames", **classifier_shape} if classifier_shape else None,
        schedule="vp_cos",
        classes=CLASSES,
        kinds=KINDS,
        rate_hz=RATE_HZ,
        length=config["length"],
        trained=history(unet, state) | (trained or {}),
        licence=LICENCE,
    )
    write_model(folder, spec, network, hearing)
    return spec


def history(checkpoint: Path, state: dict[str, Any]) -> dict[str, Any]:
    """What a model card says of a run: sounds shown, steps, the numbers of the optimiser, held-out error."""
    config = state["config"]
    told = {name: config[name] for name in ("batch", "learning_rate", "ema")}
    log = checkpoint.with_name("log.jsonl")
    lines = log.read_text().splitlines() if log.is_file() else []
    held_out = json.loads(lines[-1])["held_out"] if lines else {}
    steps = state["samples"] // config["batch"]
    return {"sounds_shown": state["samples"], "optimiser_steps": steps, **told, "held_out": held_out}


def checked(path: Path, target: str) -> dict[str, Any]:
    """A checkpoint that trained `target`."""
    state = load_checkpoint(path)
    if state.get("target") != target:
        raise Error(f"{path} trained {state.get('target')!r}; here a checkpoint of a {target} is needed")
    return state
