"""The one callable type of the sampler, and the only conversions between eps, v and x0.

A denoiser maps (y, s) to its estimate of the clean sound E[x0 | y], y = x0 + s eps. Networks,
guidance and test oracles all have this type, so solvers need not know what stands behind it.
One that has learnt jumps takes a level s' below s as well, and then gives what the solver
`flow_map` needs to land on the ODE's way there.
"""

from collections.abc import Callable

from torch import Tensor

from .schedules import Schedule

Denoiser = Callable[..., Tensor]
"""(y (B, C, N), s (B,)) -> x0 (B, C, N); for `flow_map` also (y, s, s' (B,))."""

Network = Callable[[Tensor, Tensor], Tensor]
"""(x (B, C, N), sigma (B,)) -> what the network was trained to predict, (B, C, N)."""


def wide(level: Tensor) -> Tensor:
    """(B,) -> (B, 1, 1), to scale a batch of sounds."""
    return level[:, None, None]


def sigma_of(schedule: Schedule, s: Tensor) -> Tensor:
    """sigma of each s (B,) of a batch; the levels of a batch repeat, so few are solved for."""
    known = {value: schedule.sigma_of_s(value) for value in set(s.tolist())}
    return s.new_tensor([known[value] for value in s.tolist()])


def from_eps(network: Network, schedule: Schedule) -> Denoiser:
    """A network that predicts the noise: x0 = y - s eps(m y, sigma)."""

    def denoise(y: Tensor, s: Tensor) -> Tensor:
        sigma = sigma_of(schedule, s)
        return y - wide(s) * network(y * wide(sigma / s), sigma)

    return denoise


def from_v(network: Network, schedule: Schedule) -> Denoiser:
    """A network that predicts v = m eps - sigma x0: x0 = (m x - sigma v) / (m^2 + sigma^2), which is 1 under VP."""

    def denoise(y: Tensor, s: Tensor) -> Tensor:
        sigma = sigma_of(schedule, s)
        m = sigma / s
        power = m * m + sigma * sigma
        return wide(m * m / power) * y - wide(sigma / power) * network(y * wide(m), sigma)

    return denoise


def eps_of(y: Tensor, clean: Tensor, s: Tensor | float) -> Tensor:
    """The noise that a clean estimate implies: (y - x0) / s."""
    return (y - clean) / (wide(s) if isinstance(s, Tensor) else s)
