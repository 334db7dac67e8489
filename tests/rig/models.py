"""Small models on disk: real networks with drawn weights, made in a moment, that render in milliseconds."""

from collections.abc import Sequence
from pathlib import Path

import torch

from driftkit.sampler.networks.classifier import FrameClassifier
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.spec import Spec
from driftkit.sampler.store import write_model

BANDS = 16


def models(home: Path) -> Path:
    """Where the models of the user of `rig.daemon.environment` lie."""
    return home / "driftkit" / "models"


def small_model(
    home: Path, name: str, classes: Sequence[str], length: int, steps: int = 2, widths: Sequence[int] = (16, 16)
) -> Path:
    """Install a model of so many samples for that user; its weights come from its name."""
    shape = {"length": length, "bands": BANDS, "classes": len(classes), "widths": list(widths)}
    with torch.random.fork_rng():
        torch.manual_seed(sum(name.encode()))
        network, classifier = WienerUNet(**shape, embedding=16), FrameClassifier(**shape)
    spec = Spec(
        name, {"kind": "wiener_unet", **shape, "embedding": 16}, {"kind": "frames", **shape}, "vp_cos",
        tuple(classes), length=length, steps=steps,
    )  # fmt: skip
    folder = models(home) / name
    write_model(folder, spec, network, classifier, torch.float32)
    return folder
