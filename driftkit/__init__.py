"""driftkit: a diffusion model of drums as an instrument.

import driftkit
model = driftkit.load("default")
sound = model.render(driftkit.Hit(kick=1, seed=7))
sound.save("kick.wav")
"""

from pathlib import Path
from typing import TYPE_CHECKING

from .sampler import __version__
from .sampler.errors import Error
from .sampler.hit import Hit

if TYPE_CHECKING:
    import numpy as np

    from .sampler.model import Model
    from .sampler.sound import Sound

__all__ = ["Error", "Hit", "Model", "Sound", "__version__", "load", "read"]


def load(name: str | Path = "default", device: str = "auto", engine: str = "torch") -> "Model":
    """A model by a name from `driftkit models` or a folder.

    device: auto (the faster of cpu and cuda; mps is not tried), cpu, cuda or mps. engine: torch, openvino
    or openvino_bf16 (both need `driftkit[fast]`, on the CPU; the second computes in bfloat16, where the processor can),
    cuda_graph or cuda_graph_bf16 (on an NVIDIA GPU), or auto, the quickest that agrees with torch. On the CPU all but
    torch set its threads for the whole process, to one where OpenVINO computes.
    """
    from .sampler.model import load as load_model

    return load_model(name, device, engine)


def read(path: str | Path, rate_hz: int = 44100) -> "np.ndarray":
    """Samples (channels, n) float32 of any common sound file, resampled to rate_hz."""
    from .sampler.wav import read_sound

    return read_sound(Path(path), rate_hz)


def __getattr__(name: str) -> object:
    """Model and Sound on demand: they import torch, which takes seconds."""
    if name == "Model":
        from .sampler.model import Model

        return Model
    if name == "Sound":
        from .sampler.sound import Sound

        return Sound
    raise AttributeError(f"module 'driftkit' has no attribute {name!r}")
