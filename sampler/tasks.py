"""What can be asked of a model: functions over the one time loop, in y = x0 + s eps.

Each task takes a `Path` (denoiser, schedule, solver, grid) and tensors (B, C, N), and yields the
clean estimate after every step, the last one being the sound. Nothing here knows what network or
guidance stands behind the denoiser.
"""

import math
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from .denoisers import Denoiser
from .grids import Spacing, grid, grid_up
from .hit import Hit
from .schedules import Schedule
from .solvers import Level, Noise, Solver, trajectory

JOIN = 64  # samples over which an inpainted part is joined to what was kept


@dataclass(frozen=True, slots=True)
class Path:
    """How to travel: shared by every sound of a batch."""

    denoise: Denoiser
    schedule: Schedule
    solver: Solver
    spacing: str | tuple[float, ...] | Spacing
    steps: int
    s_min: float
    stochasticity: float = 0.0
    s_max: float = math.inf

    def s(self, t: float) -> float:
        """The noise level of a knob t in [0, 1], within what sampling visits."""
        return min(self.schedule.s(min(max(t, self.schedule.t_min), self.schedule.t_start)), self.s_max)

    def down(self, t: float) -> list[Level]:
        """Levels from t to the clean sound."""
        return grid(self.schedule, self.spacing, self.s(t), self.s_min, self.steps)

    def up(self, t: float) -> list[Level]:
        """Levels from a sound to its latent at t."""
        return grid_up(self.schedule, self.spacing, max(self.s(t), 2 * self.s_min), self.s_min, self.steps)

    def walk(
        self, y: Tensor, levels: list[Level], noise: Noise, resampling: int = 1, **hold: Callable[..., Tensor]
    ) -> Iterator[Tensor]:
        """Run the loop; yields y after the last step and clean estimates before it."""
        last = (len(levels) - 2) * resampling
        walked = trajectory(
            self.denoise, y, levels, self.solver, self.stochasticity, noise, resampling=resampling, **hold
        )
        for i, (y, clean) in enumerate(walked):
            yield y if i == last else clean


def generate(path: Path, noise: Noise) -> Iterator[Tensor]:
    """A new sound from x_1 ~ N(0, sigma(1)^2 I) (CRASH alg. 2 and 3)."""
    levels = path.down(1.0)
    yield from path.walk(levels[0].s * noise(), levels, noise)


def vary(path: Path, source: Tensor, t: float, noise: Noise) -> Iterator[Tensor]:
    """Noise the source to t, then denoise (CRASH 6.4.2); t = 0 returns it, t = 1 uses nothing of it.

    Where learned levels begin below the schedule's last, the noise grows up to that all the same: capped, every t from
    there on would leave as much of the source.
    """
    if t <= 0 or path.s(t) <= path.s_min:
        yield source
    elif t >= 1:
        yield from generate(path, noise)
    else:
        levels = replace(path, s_max=math.inf).down(t)
        yield from path.walk(source + levels[0].s * noise(), levels, noise)


def encode(path: Path, source: Tensor, t: float = 1.0) -> Generator[Tensor, None, Tensor]:
    """The latent y at t: the probability-flow ODE forward in time (CRASH 2.2), as y = x / m.

    Yields the source after each step, so that a long encoding can be cancelled; returns the latent.
    """
    y = source
    for y, _ in trajectory(path.denoise, source, path.up(t), path.solver):  # noqa: B007
        yield source
    return y


def latent(path: Path, source: Tensor, t: float = 1.0) -> Tensor:
    """`encode`, run to its end."""
    steps = encode(path, source, t)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            y: Tensor = done.value
            return y


def decode(path: Path, latent: Tensor, t: float, noise: Noise) -> Iterator[Tensor]:
    """From a latent y at t back to the sound."""
    yield from path.walk(latent, path.down(t), noise)


def slerp(a: Tensor, b: Tensor, way: float) -> Tensor:
    """Spherical interpolation of latents (B, C, N), a at 0 and b at 1; keeps their length."""
    size_a, size_b = (x.flatten(1).norm(dim=1)[:, None, None].clamp_min(1e-12) for x in (a, b))
    cosine = ((a / size_a) * (b / size_b)).flatten(1).sum(1).clamp(-1, 1)[:, None, None]
    angle = cosine.acos()
    flat = torch.sin(angle) < 1e-4  # one direction or opposite ones: no arc to follow
    arc = torch.sin(torch.where(flat, math.pi / 2, angle))
    round_ = (torch.sin((1 - way) * angle) * a + torch.sin(way * angle) * b) / arc
    return torch.where(flat, torch.lerp(a, b, way), round_)


def interpolate(
    encoder: Path, path: Path, a: Tensor, b: Tensor, way: float, t: float, noise: Noise
) -> Iterator[Tensor]:
    """Encode both at t, mix, decode: spherically in the Gaussian latent (CRASH 2.4.1), linearly below (2.4.2).

    The Gaussian latent is that of every t from where sampling starts: t = 1, or where s reaches its cap, be it
    the schedule's or that of learned levels.
    """
    if way in (0.0, 1.0) or path.s(t) <= path.s_min:
        yield torch.lerp(a, b, way)
        return
    first = yield from encode(encoder, a, t)
    second = yield from encode(encoder, b, t)
    mixed = slerp(first, second, way) if path.s(t) >= path.s(1.0) else torch.lerp(first, second, way)
    yield from decode(path, mixed, t, noise)


def interpolate_noised(path: Path, a: Tensor, b: Tensor, way: float, t: float, noise: Noise) -> Iterator[Tensor]:
    """Noise both to t by the kernel, mix linearly, denoise (CRASH 2.4.2, its second form).

    Both get one and the same noise n: (1 - w)(a + s n) + w (b + s n) = a mixed with b, + s n, whose noise
    is that of its level for every w, so that the denoiser knows what it sees. Two noises would leave
    s^2 ((1 - w)^2 + w^2) of it, half in the middle; brought back to s^2 they are again one noise. So this is
    a variation of the sounds mixed sample by sample: at t = 0 that mix itself, at t = 1 nothing of either,
    and for w = 0 and 1 the variation of one sound, not the sound.
    """
    yield from vary(path, torch.lerp(a, b, way), t, noise)


def reshape(encoder: Path, path: Path, source: Tensor, noise: Noise) -> Iterator[Tensor]:
    """The source through its latent at t = 1, back with class weights (CRASH 6.4.4)."""
    y = yield from encode(encoder, source)
    yield from decode(path, y, 1.0, noise)


def inpaint(path: Path, source: Tensor, start: int, end: int, noise: Noise, resampling: int = 1) -> Iterator[Tensor]:
    """Regenerate samples start..end, the rest held at the noise of each level (CRASH 2.3).

    With resampling each step is taken so many times, the sound being noised back up between (RePaint,
    Lugmayr et al. 2022, alg. 1): the new part, which one pass fits to the kept part as it was a level
    earlier, comes nearer to the distribution that the kept part really leaves. The kept part is noised
    anew each time as well; with one noise for all, its noise would be taken for sound.

    The kept part of the result is the source itself; just inside the span both are cross-faded,
    so that the join does not click.
    """
    mask = torch.zeros(source.shape[-1], dtype=source.dtype, device=source.device)
    mask[start:end] = 1
    held = noise()  # one noise for the kept part, as long as there is no jump back, keeps its path deterministic

    def hold(y: Tensor, there: Level) -> Tensor:
        return mask * y + (1 - mask) * (source + there.s * held)

    def back(y: Tensor, here: Level, there: Level) -> Tensor:
        nonlocal held
        held = noise()
        return hold(y + math.sqrt(there.s**2 - here.s**2) * noise(), there)

    blend = mask.clone()
    ramp = torch.sin(torch.linspace(0, math.pi / 2, JOIN + 2)[1:-1]) ** 2
    size = min(JOIN, (end - start) // 2)
    ramp = torch.nn.functional.interpolate(ramp[None, None], size=size)[0, 0] if size else ramp[:0]
    ramp = ramp.to(mask, non_blocking=True)
    if start > 0:
        blend[start : start + size] = ramp
    if end < len(mask):
        blend[end - size : end] = ramp.flip(0)
    levels = path.down(1.0)
    for clean in path.walk(hold(levels[0].s * noise(), levels[0]), levels, noise, resampling, project=hold, back=back):
        yield torch.where(blend > 0, blend * clean + (1 - blend) * source, source)


@dataclass(frozen=True)
class Asked:
    """What a batch of hits of one task asks for. source: of a slot, (B, C, N); span: the samples to inpaint."""

    hit: Hit
    path: Path  # down to a sound, guided
    encoder: Path  # up to a latent, without guidance
    source: Callable[[str], Tensor]
    span: tuple[int, int]
    noise: Noise

    @property
    def a(self) -> Tensor:
        """Source A."""
        return self.source("source_a")


def between(q: Asked) -> Iterator[Tensor]:
    """Interpolate in the latent that the hit asks for."""
    b, way, t = q.source("source_b"), q.hit.interpolation, q.hit.interpolation_t
    if q.hit.interpolation_latent == "noise":
        return interpolate_noised(q.path, q.a, b, way, t, q.noise)
    return interpolate(q.encoder, q.path, q.a, b, way, t, q.noise)


TASKS: dict[str, Callable[[Asked], Iterator[Tensor]]] = {  # the sources that each needs stand in `hit.TASKS`
    "generate": lambda q: generate(q.path, q.noise),
    "vary": lambda q: vary(q.path, q.a, q.hit.variation, q.noise),
    "inpaint": lambda q: inpaint(q.path, q.a, *q.span, q.noise, q.hit.resampling),
    "interpolate": between,
    "reshape": lambda q: reshape(q.encoder, q.path, q.a, q.noise),
}
