"""The yardstick: Dormand and Prince's adaptive Runge-Kutta, from scipy (the extra `ode`).

It integrates z = y / sqrt(1 + s^2), the x of VP, over u = ln s, where the probability-flow ODE is

    dz/du = z / (1 + s^2) - D(y; s) / sqrt(1 + s^2):

z is of one size from noise to sound, so that one tolerance means the same all the way. On the shipped
model this takes 128 calls for a sound where y over u takes 152, and y over s 224.
"""

import math
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .denoisers import Denoiser
from .errors import Error, brings

TOLERANCE = 1e-5  # relative and absolute, on z


class RungeKutta:
    """One integration of y (B, C, N) from s to `end`, which takes as many steps as it needs to be told of a level."""

    def __init__(self, denoise: Denoiser, y: Tensor, s: float, end: float) -> None:
        try:
            from scipy.integrate import RK45
        except ImportError:
            raise Error(f"the solver rk45 needs scipy, which is not installed; `{brings('ode')}` brings it") from None
        self._denoise = denoise
        self._like = y
        self.given = y  # what was told last; another y there means that the integration must begin anew
        start = y.cpu().double().numpy().ravel() / math.hypot(1, s)
        self._inner: Any = RK45(self._slope, math.log(s), start, math.log(end), rtol=TOLERANCE, atol=TOLERANCE)

    def to(self, s: float) -> tuple[Tensor, Tensor]:
        """y at the level s, which lies on the way to the end, and the newest clean estimate.

        Raises `Error` where no step is small enough, or the network gives numbers that are not finite.
        """
        inner, u = self._inner, math.log(s)
        while inner.status == "running" and (inner.t - u) * inner.direction < 0:
            inner.step()
        if inner.status == "failed":
            raise Error(
                f"the solver rk45 found no step small enough at s = {math.exp(inner.t):.3g}; take another solver"
            )
        z = inner.y if inner.t == u or inner.t_old is None else inner.dense_output()(u)
        self.given = self._tensor(z * math.hypot(1, s))
        wide = math.hypot(1, math.exp(inner.t))
        return self.given, self._tensor(inner.y / wide - inner.f * wide)  # the ODE, solved for D

    def _slope(self, u: float, z: np.ndarray) -> np.ndarray:
        s = math.exp(u)
        wide = math.hypot(1, s)
        y = self._tensor(z * wide)
        clean = self._denoise(y, torch.full((len(y),), s, dtype=y.dtype, device=y.device))
        slope = np.asarray(z / wide**2 - clean.cpu().double().numpy().ravel() / wide)
        if not np.isfinite(slope).all():  # scipy would make its steps smaller for ever
            raise Error(
                f"the solver rk45 met numbers that are not finite at s = {s:.3g}; the model or a source is broken"
            )
        return slope

    def _tensor(self, values: np.ndarray) -> Tensor:
        return torch.from_numpy(values.reshape(self._like.shape)).to(self._like)
