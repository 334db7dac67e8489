"""The default denoiser network: a Wiener filter that knows the class, and a U-Net for the rest.

Drums start at once and die away, each band in its own time, and each class in its own bands.
S(class, band, frame), the standard deviation of the training set in the orthonormal frame domain,
therefore replaces the one sigma_data of EDM (Karras et al. 2022, table 1) coefficient by
coefficient; for soft weights w the powers are mixed, S^2 = sum_k w_k S_k^2 + (1 - sum w) S_0^2,
S_0 being that of all drums. With y = x0 + s eps:

    D(y; s) = S^2 / (s^2 + S^2) y + s S / sqrt(s^2 + S^2) F(y / sqrt(s^2 + S^2), log s, classes)

F = 0 is the best linear denoiser with this spectrum over time; F is near zero wherever drums
are silent, so tails are silent by construction.

A sound that is loud for its class, or dies away late, is so throughout. With `listens` the U-Net also gives G, the
logarithm of how much louder than S it hears this sound to be, and T = S e^G stands for S in the linear part, of the
denoiser and of jumps (`correction`): the Wiener filter of this very sound.

With `tones` the U-Net also gets a draft of what lasts in the sound, told in long windows (`networks.tones`), in the
form of the F that would make it the sound.

With `guided` it takes the strength of guidance as an input, within a range that it has learnt: then its estimate is
what D0 + g (D - D0) is of two calls, D0 being that without classes (Meng et al. 2023).

With `reach` the network is a flow map as well. Under the ODE dy/ds = (y - D) / s the whitened sound
w = y / sqrt(s^2 + S^2) turns as dw/dtheta = -F, theta = atan(s / S). Told a level s' below s, F is its mean on the way:

    y' = sqrt(s'^2 + S^2) (w + (theta - theta') F(y / sqrt(s^2 + S^2), log s, classes, s' / s))

is the point of the trajectory at s', in one call, and exact for Gaussian sounds with F = 0. D(y, s, s') is then what
makes the solvers' line D + (s' / s) (y - D) end there; at s' = s it is E[x0 | y].

Jumps may be taken at a lower temperature: tau(s) T stands for T there, tau being given at some levels and between them
linear in log s and log tau. A network that cannot yet hear how loud a sound is to be takes the mean of the powers it
may have, which is that of the loudest; most sounds are quieter. (The sampling temperature of Kingma and Dhariwal 2018
scales a Gaussian likewise.) Its estimate E[x0 | y] has none.

With `manners` a drum made in a manner, an electronic kick for one, has an S and an embedding of its own, and every
layer is told of it directly (`networks.manners`).

With `evens` G is its mean over some frames at low noise levels. What is heard from frame to frame is then mostly what
earlier steps have left there by chance, and taking it for loudness makes it louder: noise that should die away evenly
comes out in grains.
"""

import math
from collections.abc import Sequence
from contextlib import nullcontext
from itertools import pairwise

import torch
from torch import Tensor, nn

from .frames import FRONTS, Frames, Patches
from .manners import Manners, Pairs
from .tones import Tones, mixed_power
from .unet import UNet, pull, reach

FLOOR = 2e-5  # the least S: what is quieter is silence
SHARE = 0.01  # of the power of all drums in that of each class


class WienerUNet(nn.Module):
    """(y, s, class weights[, s']) -> E[x0 | y], in the variance-exploding scale y = x / m, s = sigma / m.

    Parameters
    ----------
    length: N samples, a multiple of bands * 2 ** (levels - 1).
    bands: M coefficients per frame of the front end.
    classes, widths, embedding: see `UNet`.
    front: a key of `frames.FRONTS`.
    reach, listens, tones: whether it takes s', gives G and drafts what lasts, see the module docstring.
    temperatures: pairs (s, tau) of jumps, s rising; none is 1 everywhere.
    guided: the least and the most strength of guidance that it has learnt to take; none: it takes none.
    manners: pairs (drum, manner), numbers of classes, that are what neither is alone; none: there are none.
    evens: (s, frames): below that noise level G is its mean over so many frames, an odd number; none: it is as heard.
    """

    spread: Tensor
    in_bfloat16 = False  # whether `forward` has the U-Net multiply in bfloat16; what is to be exact stays float32

    def __init__(
        self, length: int, bands: int, classes: int, widths: tuple[int, ...], embedding: int = 128,
        front: str = "mdct", reach: bool = False, listens: bool = False, tones: bool = False,
        temperatures: Sequence[Sequence[float]] = (), guided: Sequence[float] = (), evens: Sequence[float] = (),
        manners: Pairs = (),
    ) -> None:  # fmt: skip
        super().__init__()
        if front not in FRONTS:
            raise ValueError(f"front is {front}; it must be one of {', '.join(FRONTS)}")
        hop = bands << (len(widths) - 1)
        if length % hop:
            raise ValueError(f"length is {length}; it must be a multiple of {hop} samples")
        if temperatures and not (reach and listens):
            raise ValueError("temperatures are of jumps by a network that listens; it needs reach and listens")
        rising = all(low[0] < high[0] for low, high in pairwise(temperatures))
        if not rising or any(s <= 0 or tau <= 0 for s, tau in temperatures):
            raise ValueError(f"temperatures is {temperatures}; its pairs (s, tau) must be positive, with s rising")
        if guided and not reach:
            raise ValueError("guided is of networks that jump, so that all take their inputs in one order; set reach")
        if guided and not (len(guided) == 2 and 0 <= guided[0] <= 1 <= guided[1]):
            raise ValueError(f"guided is {guided}; it must be two numbers, the first from 0 to 1, the other at least 1")
        if evens and not listens:
            raise ValueError("evens is of networks that listen; set listens")
        if evens and not (len(evens) == 2 and evens[0] > 0 and evens[1] % 2 == 1 and evens[1] >= 3):
            raise ValueError(f"evens is {evens}; it must be a noise level above 0 and an odd number of frames from 3")
        self.evens = (float(evens[0]), int(evens[1])) if evens else None
        self.cooling = [(math.log(s), math.log(tau)) for s, tau in temperatures]
        self.length = length
        self.frames = FRONTS[front](bands)
        self.manners = Manners(classes, manners) if manners else None
        classes += len(manners)
        self.unet = UNet(bands, classes, tuple(widths), embedding, reach, listens, tones, bool(guided), len(manners))
        self.tones = Tones(length, classes) if tones else None
        self.register_buffer("spread", torch.ones(classes + 1, bands, length // bands))

    def power(self, weights: Tensor) -> Tensor:
        """S^2 of the module docstring: weights (B, classes) -> (B, M, K)."""
        return mixed_power(self.spread, self.told(weights))

    def told(self, weights: Tensor) -> Tensor:
        """Weights as the U-Net and spectra have them: (B, classes) -> (B, classes and pairs)."""
        return weights if self.manners is None else self.manners(weights)

    def whitened(
        self, y: Tensor, s: Tensor, weights: Tensor, power: Tensor, to: Tensor | None = None,
        log_tau: Tensor | float = 0.0, wave: Tensor | None = None, guidance: Tensor | None = None,
        draft: Tensor | None = None,
    ) -> Tensor:  # fmt: skip
        """F of the module docstring, on coefficients. y: (B, M, K), s and s': (B,), ln tau (B, 1, 1) -> (B, M, K).

        wave: (B, N), of which y are the coefficients, and draft: of `draft`, where they are at hand. guidance: (B,),
        1 by default.
        """
        u, v = self.scaled(y, s, power)
        far = None if to is None else reach(s, to)
        pulled = None if guidance is None else pull(guidance)
        draft = self.draft(y, s, weights, power, wave) if draft is None else draft
        found, gain = self.unet(u, v, s.log(), self.told(weights), far, draft, pulled)
        if gain is None:
            return found
        return found + u * correction(s, power, self.evened(gain.float(), s) + log_tau, s if to is None else to)

    def evened(self, gain: Tensor, s: Tensor) -> Tensor:
        """G (B, M, K) as its mean over frames where s (B,) is low; at the ends the first and the last one count on."""
        if self.evens is None:
            return gain
        level, frames = self.evens
        around = nn.functional.pad(gain, (frames // 2, frames // 2), mode="replicate")
        return torch.where((s < level)[:, None, None], nn.functional.avg_pool1d(around, frames, stride=1), gain)

    def log_tau(self, s: Tensor, to: Tensor) -> Tensor:
        """The logarithm of the temperature of jumps, 0 where s' = s: s and s' (B,) -> (B, 1, 1)."""
        x, found = s.log(), torch.full_like(s, self.cooling[0][1] if self.cooling else 0.0)
        for (low, value), (high, after) in pairwise(self.cooling):
            found = found + (x.clamp(low, high) - low) * ((after - value) / (high - low))
        return torch.where(to < s, found, 0.0)[:, None, None]

    def draft(self, y: Tensor, s: Tensor, weights: Tensor, power: Tensor, wave: Tensor | None = None) -> Tensor | None:
        """F if the draft of the tones were the sound, squashed; None without tones. Shapes as in `whitened`."""
        if self.tones is None:
            return None
        with torch.autocast(y.device.type, enabled=False):  # it is the difference to y that is to be exact
            wave = self.frames.synthesise(y) if wave is None else wave
            lasting = self.frames.analyse(self.tones(wave, s, self.told(weights)))
        skip, out = self.scales(s, power)
        found = (lasting - skip * y) / out
        return found / (1 + found.abs() / 4)

    def scaled(self, y: Tensor, s: Tensor, power: Tensor) -> tuple[Tensor, Tensor]:
        """u and v of `UNet`: y and S^2 (B, M, K), s (B,) -> (B, M, K) each."""
        level = s[:, None, None]
        noise = y / level
        return y / (level**2 + power).sqrt(), noise / (1 + noise.abs() / 3)

    def scales(self, s: Tensor, power: Tensor, to: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """c_skip and c_out of the module docstring: s and s' (B,), S^2 (B, M, K) -> (B, M, K) each."""
        noise = s[:, None, None] ** 2
        if to is None:
            return power / (noise + power), (noise * power / (noise + power)).sqrt()
        ratio = (to / s)[:, None, None]
        ahead = noise * ratio**2 + power
        shrink = (ahead / (noise + power)).sqrt()  # of a Gaussian sound on its way to s'
        slope = (noise * power).sqrt() / (noise * ratio + power)
        turn = slope * (1 - ratio)  # tan(theta - theta')
        return (
            power * (1 + ratio) / ((noise + power) * (shrink + ratio)),
            ahead.sqrt() * slope * torch.where(turn < 1e-3, 1 - turn**2 / 3, turn.atan() / turn.clamp_min(1e-3)),
        )

    def forward(
        self, y: Tensor, s: Tensor, weights: Tensor, to: Tensor | None = None, guidance: Tensor | None = None
    ) -> Tensor:
        """y: (B, 1, N), s, s' and guidance: (B,), weights: (B, classes) -> the clean estimate (B, 1, N)."""
        coefficients = self.frames.analyse(y[:, 0])
        power = self.power(weights)
        skip, out = self.scales(s, power, to)
        log_tau = 0.0 if to is None else self.log_tau(s, to)
        # a cast that is kept would be that of the weights as they were when a graph was captured
        halved = (
            torch.autocast(y.device.type, torch.bfloat16, cache_enabled=False) if self.in_bfloat16 else nullcontext()
        )
        with halved:
            found = self.whitened(coefficients, s, weights, power, to, log_tau, y[:, 0], guidance)
        clean = skip * coefficients + out * found
        return self.frames.synthesise(clean)[:, None]


def correction(s: Tensor, power: Tensor, gain: Tensor, to: Tensor) -> Tensor:
    """What F must be, over u, for the Wiener filter and the jumps of the spectrum T = S e^G, whatever S is.

    With x = (T^2 - S^2) (s^2 - s'^2) / ((s^2 + T^2) (s'^2 + S^2)) a Gaussian sound of spectrum T needs
    F = u (sqrt(1 + x) - 1) / (theta - theta'); at s' = s that is u s (T^2 - S^2) / (S (s^2 + T^2)).
    s, s' (B,), S^2 and G (B, M, K) -> (B, M, K).
    """
    s, to = s[:, None, None], to[:, None, None]
    there = power * (2 * gain).exp()  # T^2
    slope = (there - power) * (s + to) / ((s**2 + there) * (to**2 + power))  # x / (s - s')
    apart = s - to
    rise = slope / (1 + (1 + slope * apart).sqrt())
    angle = power.sqrt() / (power + s * to)  # its tangent over s - s'
    turn = angle * apart
    return rise / (angle * torch.where(turn < 1e-3, 1 - turn**2 / 3, turn.atan() / turn.clamp_min(1e-3)))


def measure_spread(frames: Frames | Patches, sounds: Tensor, smooth: int = 9, floor: float = FLOOR) -> Tensor:
    """S(band, frame) of sounds (n, N), frames begun counted: the root mean square over sounds, smoothed over frames."""
    sounds = nn.functional.pad(sounds, (0, -sounds.shape[1] % frames.bands))
    power = torch.stack([frames.analyse(part).pow(2).sum(0) for part in sounds.split(256)]).sum(0)
    power = nn.functional.avg_pool1d(
        power[None] / len(sounds), smooth, stride=1, padding=smooth // 2, count_include_pad=False
    )[0]
    return power.sqrt().clamp_min(floor)


def class_spreads(
    frames: Frames | Patches, sounds: Tensor, members: list[Tensor], share: float = SHARE, floor: float = FLOOR,
    smooth: int = 9,
) -> Tensor:  # fmt: skip
    """S of each class and, last, of all sounds: (classes + 1, M, K).

    members: per class a mask (n,) of its sounds. A share of the power of all drums is mixed in, so
    that an unusual sound of a class is not out of its reach.
    """
    every = measure_spread(frames, sounds, smooth, floor)
    own = [measure_spread(frames, sounds[mask], smooth, floor) if mask.any() else every for mask in members]
    return torch.stack([((1 - share) * s.square() + share * every.square()).sqrt() for s in own] + [every])
