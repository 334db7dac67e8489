"""The kinds of networks that a model.json may name: a new one is a file beside this one, and a line here.

Each kind says how its class is built and how it takes its place in y = x0 + s eps, where solvers
and guidance work.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

from ..denoisers import Network, from_eps, from_v, sigma_of, wide
from ..guidance import LogProbabilities
from ..schedules import SIGMA_MIN, Schedule
from .classifier import FrameClassifier
from .crash import CrashClassifier, CrashUNet
from .tiny import TinyUNet
from .wiener import WienerUNet


@dataclass(frozen=True)
class Kind:
    """A kind of denoising network.

    A conditional one is a `guidance.Conditional`: (y, s, class weights) -> x0. Any other is a
    `denoisers.Network`: (x, sigma) -> what it was trained to predict; `denoise` makes a Denoiser
    of it, which a classifier guides.
    """

    build: Callable[..., nn.Module]
    conditional: bool
    denoise: Callable[[Any, Schedule], Any]


@dataclass(frozen=True)
class Hearing:
    """A kind of classifier: its class, and how it comes to log-probabilities."""

    build: Callable[..., nn.Module]
    log_p: Callable[[Network, Schedule], LogProbabilities]


def hears_y(network: Network, schedule: Schedule) -> LogProbabilities:
    """A classifier of (y, s), the variance-exploding scale; s = 0, a clean sound, counts as 1e-4."""

    def log_p(y: Tensor, s: Tensor) -> Tensor:
        return network(y, s.clamp_min(SIGMA_MIN)).log_softmax(1)

    return log_p


def hears_x(network: Network, schedule: Schedule) -> LogProbabilities:
    """A classifier of (x, sigma) with x = m y; s = 0 as above."""

    def log_p(y: Tensor, s: Tensor) -> Tensor:
        s = s.clamp_min(SIGMA_MIN)
        sigma = sigma_of(schedule, s)
        return network(y * wide(sigma / s), sigma).log_softmax(1)

    return log_p


NETWORKS: dict[str, Kind] = {
    "wiener_unet": Kind(WienerUNet, True, lambda network, schedule: network),
    "crash": Kind(CrashUNet, False, from_eps),
    "tiny": Kind(TinyUNet, False, from_v),
}

CLASSIFIERS: dict[str, Hearing] = {
    "frames": Hearing(FrameClassifier, hears_y),
    "crash": Hearing(CrashClassifier, hears_x),
}
