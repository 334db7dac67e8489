"""Checkpoints as the public code of Tiny Audio Diffusion writes them, with the stand-in weights of the reference."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from fill import fill

from driftkit.sampler.networks.tiny import TinyUNet
from driftkit.sampler.published import tiny_names

GOLDEN = Path(__file__).parents[1] / "golden"
SMALL = np.load(GOLDEN / "tiny_small.npz")
SHAPE: dict[str, Any] = {
    ours: SMALL[theirs].tolist()
    for ours, theirs in {"widths": "chs", "factors": "fac", "items": "items", "attentions": "att"}.items()
}
LENGTH = SMALL["x"].shape[-1]
YAML = f"""# what the public code is run with
module: main.diffusion_module
sampling_rate: 44100
length: {{length}}
channels: 2
model:
  _target_: ${{{{module}}}}.Model
  model:
    _target_: audio_diffusion_pytorch.DiffusionModel
    in_channels: ${{{{channels}}}}
    channels: {SHAPE["widths"]}
    factors: {SHAPE["factors"]}
    items: {SHAPE["items"]}
    attentions: {SHAPE["attentions"]}
    attention_heads: 8
    attention_features: 64
"""


def filled(network: TinyUNet) -> TinyUNet:
    """A network with the stand-in weights, each drawn by the published name of its tensor."""
    names = tiny_names(network)
    state = {own: torch.from_numpy(fill(names[own], tuple(t.shape))) for own, t in network.state_dict().items()}
    network.load_state_dict(state)
    return network.eval()


def tensors(prefix: str, network: TinyUNet | None = None) -> dict[str, torch.Tensor]:
    """The stand-in weights of a network, the small one by default, under their published names behind a prefix."""
    network = filled(network or TinyUNet(**SHAPE))
    own = network.state_dict()
    found = {theirs: own[ours] for ours, theirs in tiny_names(network).items()}
    for part in ("weight", "bias"):  # one layer under two names
        found[f"blocks.1.blocks.0.0.{part}"] = found[f"blocks.1.blocks.1.0.{part}"]
    return {prefix + name: tensor for name, tensor in found.items()}


def published(folder: Path, length: int = LENGTH, **more: Any) -> Path:
    """A checkpoint of the small network with its YAML beside it; its last weights are all half its average's."""
    average = tensors("model_ema.ema_model.net.")
    last = {name.replace("model_ema.ema_model", "model"): tensor / 2 for name, tensor in average.items()}
    file = folder / "kicks.ckpt"
    state = last | {name.replace("model.", "model.diffusion."): tensor for name, tensor in last.items()} | average
    state |= {"model_ema.initted": torch.tensor(True), "model_ema.step": torch.tensor(7)}
    content = {"epoch": 3, "global_step": 7, "pytorch-lightning_version": "1.7.7", "state_dict": state, "loops": {}}
    torch.save(content | more, file)
    file.with_suffix(".yaml").write_text(YAML.format(length=length))
    return file
