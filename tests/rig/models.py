"""Small models on disk: real networks with drawn weights, made in a moment, that render in milliseconds."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import torch

from driftkit.sampler.networks.classifier import FrameClassifier
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.spec import SHIPPED, Spec, read_spec
from driftkit.sampler.store import write_model


def models(home: Path) -> Path:
    """Where the models of the user of `rig.daemon.environment` lie."""
    return home / "driftkit" / "models"


def small_model(
    home: Path, name: str, classes: Sequence[str], length: int, steps: int = 2, widths: Sequence[int] = (16, 16),
    bands: int = 16,
) -> Path:  # fmt: skip
    """Install a model of so many samples for that user; its weights come from its name."""
    shape = {"length": length, "bands": bands, "classes": len(classes), "widths": list(widths)}
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


def stand_in(home: Path) -> Path:
    """Have that user's `default` be a small model of the shipped one's form: its table and length, in fewer steps.

    Where the sound itself does not matter, a render takes milliseconds so.
    """
    folder = models(home) / "default"
    if not folder.exists():
        shutil.copytree(drawn(), folder)
    return folder


@cache
def drawn() -> Path:
    """The files of the stand-in: dull noises that decay, of each class another."""
    shipped = read_spec(SHIPPED / "default")
    size, n = {"length": shipped.length, "classes": len(shipped.classes)}, 128  # few frames: attention is quadratic
    network = {**size, "bands": n, "widths": [16, 16], "embedding": 16, "reach": True}
    heard = {**size, "bands": 64, "widths": [16, 16]}
    with torch.random.fork_rng():
        torch.manual_seed(1)
        denoiser, ear = WienerUNet(**network), FrameClassifier(**heard)
        torch.nn.init.normal_(denoiser.unet.leave.weight, std=0.05)
        colour = torch.rand(len(shipped.classes) + 1, n, 1) * torch.exp(-torch.arange(n) / 8)[:, None]
    spread = colour * torch.exp(-torch.arange(shipped.length // n) / 40)
    denoiser.spread.copy_(spread.clamp_min(2e-3))  # above the last noise level, so that latents are near N(0, 1)
    spec = replace(
        shipped, network={"kind": "wiener_unet", **network}, classifier={"kind": "frames", **heard}, trained={},
        steps=3, levels=(20.0, 0.5, 0.02), jumps=(20.0, 0.3), fine=shipped.fine | {"steps": 12}, loudness={},
    )  # fmt: skip
    folder = Path(tempfile.mkdtemp(prefix="driftkit_default_"))
    write_model(folder, spec, denoiser, ear, torch.float32)
    return folder
