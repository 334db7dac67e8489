"""How loud a sound is to be, in each band at each time: drawn for each hit before it is made.

Sounds of a class differ in nothing as much as in how loud each band is at each time. A denoiser that cannot hear that
yet takes the mean of what there may be, which is that of the loudest; what it then makes hears itself and stays so,
with more noise in tails than real sounds have, and each like the next. But the powers themselves are few numbers,
whose distribution can be written down: of z, the logarithm of the mean square in blocks of bands and frames, by a
Gaussian copula with r factors,

    z_b = Q_b(a_b e),  e ~ N(0, I_r),  |a_b| = 1,

with the loadings a_b and, by normal score, the quantiles Q_b of a class. For soft weights w the powers are mixed,
T^2 = sum_k w_k exp(z_k) with one e for all classes, all drums taking what is left up to a sum of 1.

The sound is then made as one of that spectrum. Of a Gaussian one of power T^2 the Wiener filter leaves the share
W(T) = T^2 / (s^2 + T^2), and the estimate D of a network says in its own mean square which T' it takes the sound to
have. So D W(T) / W(T') is what it would say of T, and that to a power below 1 is taken in each step. Where a block is
louder than the noise both shares are 1 and nothing changes: that loud it is heard to be. For jumps from s to s'

    W(T) = T^2 (1 + r) / (q (sqrt(s'^2 + T^2) + r q)),  q = sqrt(s^2 + T^2),  r = s' / s,

after `networks.wiener`; there a D of root mean square A has q' = (r A + sqrt(A^2 + s^2 (1 + r)^2)) / (1 + r).

Where the noise is louder than any sound nothing of it is heard but through T: there W(T) y is the estimate, and a call
of the network is spared.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn

from .denoisers import Denoiser
from .networks.frames import Frames

SILENT = 1e-10  # mean square below which all is alike
MOST = 40 / 20 * math.log(10)  # by which one step makes a block louder or quieter, at a strength of 1
SCORES = 2.4  # normal scores to either side that quantiles are given for: all but one in sixty
APART = 1 << 62  # seeds of loudness are other ones than those of noise
SINGLE = 4  # blocks of the least size along an axis, from its beginning; from there on two an octave


def octaves(count: int, unit: int) -> list[int]:
    """Borders of blocks along `count` values: `SINGLE` of `unit` values, then two for each doubling, to the end.

    `ValueError` where `count` does not end with a whole block.
    """
    borders = [unit * i for i in range(SINGLE + 1)]
    while borders[-1] < count:
        start, stop = borders[-1], min(2 * borders[-1], count)
        borders += [(start + stop) // 2, stop]
    if borders[-1] != count or any(a >= b for a, b in pairwise(borders)) or (borders[-1] - borders[-3]) % 2:
        raise ValueError(f"{count} cannot be divided into blocks from {unit} on; take another unit")
    return borders


class Loudness(nn.Module):
    """The distribution of how loud blocks are by class, and a denoiser that is held to what was drawn.

    Parameters
    ----------
    length: N samples of a sound, a multiple of `bands`.
    classes: length of the vector of class weights.
    bands: M coefficients per frame of the MDCT in which the blocks lie.
    frames: in the shortest blocks.
    rank: r of the module docstring.
    points: quantiles of each block, evenly over normal scores of up to `SCORES`.
    strength: the power above, from 0 to 1.
    alone: noise level above which the spectrum T alone makes the estimate, and no network is asked.
    """

    quantiles: Tensor
    loadings: Tensor
    band_shares: Tensor
    frame_shares: Tensor

    def __init__(
        self, length: int, classes: int, bands: int = 32, frames: int = 12, rank: int = 32, points: int = 25,
        strength: float = 0.5, alone: float = 10.0,
    ) -> None:  # fmt: skip
        super().__init__()
        if length % bands:
            raise ValueError(f"length is {length}; it must be a multiple of {bands} samples")
        if not 0 <= strength <= 1:
            raise ValueError(f"strength is {strength}; it must be from 0 to 1")
        if rank < 1 or points < 2:
            raise ValueError(f"rank is {rank} and points {points}; they must be at least 1 and 2")
        if not alone > 0:
            raise ValueError(f"alone is {alone}; it must be a noise level above 0")
        self.arguments = {
            "bands": bands, "frames": frames, "rank": rank, "points": points, "strength": strength, "alone": alone
        }  # fmt: skip
        self.frames, self.strength, self.alone, self.rank = Frames(bands), strength, alone, rank
        self.borders = octaves(bands, 1), octaves(length // bands, frames)
        blocks = [len(borders) - 1 for borders in self.borders]
        self.shape = blocks[0], blocks[1]
        self.runs = [(axis, spans(b), sizes(b)) for axis, b in zip((2, 1), reversed(self.borders))]
        self.register_buffer("quantiles", torch.zeros(classes + 1, points, *blocks))
        self.register_buffer("loadings", torch.zeros(classes + 1, *blocks, rank))
        for axis, borders in zip(("band", "frame"), self.borders):
            self.register_buffer(f"{axis}_shares", between(borders), persistent=False)

    # -- what is wanted -----------------------------------------------------------------------------------

    def drawn(self, weights: Tensor, factors: Tensor) -> Tensor:
        """ln T^2 of blocks: class weights (B, classes), e (B, r) -> (B, bands, times)."""
        score = (self.loadings * factors[:, None, None, None]).sum(-1)  # (B, classes + 1, bands, times)
        points = self.quantiles.shape[1]
        place = ((score + SCORES) * ((points - 1) / (2 * SCORES))).clamp(0, points - 1)
        below = place.floor().clamp(max=points - 2)
        quantiles = self.quantiles[None].expand(len(score), -1, -1, -1, -1)
        low, high = (quantiles.gather(2, (below + i).long()[:, :, None])[:, :, 0] for i in (0, 1))
        power = torch.lerp(low, high, place - below).exp()
        left = (1 - weights.sum(1, keepdim=True)).clamp_min(0)
        shares = torch.cat([weights, left], 1)
        shares = shares / shares.sum(1, keepdim=True)
        return (power * shares[:, :, None, None]).sum(1).log()

    def of_seeds(self, weights: Tensor, strength: Tensor, seeds: Sequence[int]) -> Tensor:
        """`drawn` for the seeds of hits: class weights (B, classes), guidance (B,), which at 0 knows no classes."""
        rows = [torch.randn(self.rank, generator=torch.Generator().manual_seed(APART + seed)) for seed in seeds]
        told, place = weights * strength.clamp(0, 1)[:, None], self.quantiles.device
        return self.drawn(told.to(place, non_blocking=True), torch.stack(rows).to(place, non_blocking=True))

    def of(self, x: Tensor) -> Tensor:
        """ln T^2 of blocks of sounds (B, N): (B, bands, times)."""
        return self.pooled(self.frames.analyse(x)).log()

    def pooled(self, coefficients: Tensor) -> Tensor:
        """Mean square of blocks, `SILENT` at least: (B, M, K) -> (B, bands, times)."""
        square = coefficients.square()
        for axis, counts, size in self.runs:
            parts = zip(square.split(counts, axis), size)
            square = torch.cat([part.unflatten(axis, (-1, n)).mean(axis + 1) for part, n in parts], axis)
        return square.clamp_min(SILENT)

    # -- and how it comes about ---------------------------------------------------------------------------

    def holding(self, denoise: Denoiser, wanted: Tensor) -> Denoiser:
        """A denoiser of sounds (B, 1, N) held to ln T^2 (B, bands, times), as in the module docstring.

        Whether the spectrum alone is asked is told by s of the first sound, since a batch shares its levels. For that a
        GPU is waited for once a step.
        """
        power, spectrum = wanted.exp(), self.spread(wanted).exp()

        def held(y: Tensor, s: Tensor, *to: Tensor) -> Tensor:
            if float(s[0]) > self.alone:
                filtered = self.frames.analyse(y[:, 0]) * log_wiener(spectrum, *ways(s, *to)).exp()
                return self.frames.synthesise(filtered)[:, None]
            clean = denoise(y, s, *to)
            coefficients = self.frames.analyse(clean[:, 0])
            change = self.change(self.pooled(coefficients), power, s, *to)
            return self.frames.synthesise(coefficients * self.spread(self.strength * change).exp())[:, None]

        return held

    def change(self, found: Tensor, power: Tensor, s: Tensor, to: Tensor | None = None) -> Tensor:
        """ln W(T) - ln W(T'): mean squares A^2 of D and T^2 (B, bands, times), s and s' (B,) -> the shape of T^2."""
        level, ratio = ways(s, to)
        wide = level * (1 + ratio)
        # q' - s, which a difference of both would lose where the sound is far below the noise
        beyond = (ratio * found.sqrt() + found / ((found + wide**2).sqrt() + wide)) / (1 + ratio)
        heard = beyond * (beyond + 2 * level)  # T'^2
        return (log_wiener(power, level, ratio) - log_wiener(heard, level, ratio)).clamp(-MOST, MOST)

    def spread(self, blocks: Tensor) -> Tensor:
        """Values of blocks as those of coefficients, linear between the middles: (B, bands, times) -> (B, M, K)."""
        return self.band_shares @ (blocks @ self.frame_shares.T)


def ways(s: Tensor, to: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """s and r = s' / s, 1 of a denoiser, (B, 1, 1) each."""
    level = s[:, None, None]
    return level, torch.ones_like(level) if to is None else (to / s)[:, None, None]


def log_wiener(power: Tensor, s: Tensor, ratio: Tensor) -> Tensor:
    """ln W(T) of the module docstring."""
    q = (s**2 + power).sqrt()
    return (power * (1 + ratio) / (q * (((s * ratio) ** 2 + power).sqrt() + ratio * q))).log()


def spans(borders: Sequence[int]) -> list[int]:
    """How many values lie in each run of blocks that are of one size."""
    return [borders[SINGLE], *(borders[i + 2] - borders[i] for i in range(SINGLE, len(borders) - 1, 2))]


def sizes(borders: Sequence[int]) -> list[int]:
    """The size of a block in each of these runs."""
    return [borders[1], *(borders[i + 1] - borders[i] for i in range(SINGLE, len(borders) - 1, 2))]


def between(borders: Sequence[int]) -> Tensor:
    """What each value takes of the blocks whose middles it lies between, or of the last one: (values, blocks)."""
    edges = torch.tensor(borders, dtype=torch.float64)
    middles = (edges[1:] + edges[:-1] - 1) / 2
    place = torch.arange(borders[-1], dtype=torch.float64).clamp(middles[0], middles[-1])
    high = torch.searchsorted(middles, place).clamp(1, len(middles) - 1)
    share = (place - middles[high - 1]) / (middles[high] - middles[high - 1])
    found = torch.zeros(len(place), len(middles), dtype=torch.float64)
    found.scatter_(1, high[:, None], share[:, None]).scatter_(1, high[:, None] - 1, 1 - share[:, None])
    return found.float()
