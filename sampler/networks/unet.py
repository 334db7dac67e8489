"""The default denoising network: a small 1-D U-Net on frames of bands that is odd in its input.

A drum hit and its polarity-inverted copy are equally likely, so the ideal denoiser obeys
D(-y; s) = -D(y; s). Every layer here does: convolutions carry no bias, normalisation has no
offset, conditioning only multiplies, and a gate opens by the size of its input alone. A constant
output that does not depend on the sound, heard as faint tones at the band edges, is then impossible.

Shapes: B batch, M bands, K frames, C channels, E embedding.
"""

import math
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

CLOCK_FEATURES = 12
REACH_FEATURES = 9
PULL_FEATURES = 4


def clock(frames: int, device: torch.device) -> Tensor:
    """Where in the sound a frame lies: (1, CLOCK_FEATURES, K), from a ramp, decays and waves."""
    t = (torch.arange(frames, device=device) + 0.5) / frames
    decays = [torch.exp(-t * rate) for rate in (4.0, 12.0, 40.0, 120.0, 400.0)]
    waves = [wave(math.pi * k * t) for k in (1, 2, 4) for wave in (torch.sin, torch.cos)]
    return torch.stack([2 * t - 1, *decays, *waves])[None]


def fourier(log_s: Tensor, size: int = 32) -> Tensor:
    """Features of the log noise level: (B,) -> (B, size)."""
    rates = torch.exp(torch.linspace(math.log(0.2), math.log(8.0), size // 2, device=log_s.device))
    phase = log_s[:, None] * rates
    return torch.cat([phase.sin(), phase.cos()], dim=1)


def reach(s: Tensor, to: Tensor) -> Tensor:
    """Features of a jump from s to s': (B,), (B,) -> (B, REACH_FEATURES), all of them exactly 0 at s' = s.

    q = 1 - (s' / s)^(1/3) tells ratios from 0.8 down to 1e-4 apart, and is 1 at s' = 0.
    """
    ratio = to / s
    q = 1 - ratio ** (1 / 3)
    waves = [wave for k in (1, 2, 3) for wave in (torch.sin(math.pi * k * q), 1 - torch.cos(math.pi * k * q))]
    return torch.stack([q, q * q, 1 - ratio, *waves], dim=1)


def pull(guidance: Tensor) -> Tensor:
    """Features of the strength of guidance: (B,) -> (B, PULL_FEATURES), all of them exactly 0 at 1."""
    far = guidance - 1
    return torch.stack([far / 3, (far / 3).square(), torch.log1p(far / 1.5), torch.tanh(far)], dim=1)


def group_norm(x: Tensor, groups: int) -> Tensor:
    """In the precision of x. Autocast on a GPU would make it float32, and so all that comes after it."""
    if not torch.is_autocast_enabled(x.device.type):
        return F.group_norm(x, groups)
    with torch.autocast(x.device.type, enabled=False):
        return F.group_norm(x, groups)


class Embedding(nn.Module):
    """Noise level, soft classes and, where asked for, the reach of a jump and guidance to one vector (B, E)."""

    def __init__(self, classes: int, size: int, reach: bool = False, guided: bool = False) -> None:
        super().__init__()
        self.noise = nn.Linear(32, size)
        self.classes = nn.Linear(classes, size, bias=False)
        self.hidden = nn.Linear(size, size)
        self.reach: nn.Linear | None = None
        if reach:  # begins as if there were none
            self.reach = nn.Linear(REACH_FEATURES, size, bias=False)
            nn.init.zeros_(self.reach.weight)
        self.pull: nn.Linear | None = None
        if guided:  # likewise
            self.pull = nn.Linear(PULL_FEATURES, size, bias=False)
            nn.init.zeros_(self.pull.weight)

    def forward(
        self, log_s: Tensor, weights: Tensor, far: Tensor | None = None, pulled: Tensor | None = None
    ) -> Tensor:
        """log_s (B,), weights (B, classes), far (B, REACH_FEATURES), pulled (B, PULL_FEATURES); None is zeros."""
        mixed = self.noise(fourier(log_s)) + math.sqrt(weights.shape[1]) * self.classes(weights)
        if far is not None:
            if self.reach is None:
                raise ValueError("this network has no reach; it takes no level to jump to")
            mixed = mixed + self.reach(far)
        if pulled is not None:
            if self.pull is None:
                raise ValueError("this network has not learned guidance; it takes none")
            mixed = mixed + self.pull(pulled)
        return F.silu(self.hidden(F.silu(mixed)))


class Gain(nn.Module):
    """Per-channel, per-frame gain from the embedding and the clock: 1 + A e + W phi(t) + ..."""

    def __init__(self, channels: int, embedding: int) -> None:
        super().__init__()
        self.level = nn.Linear(embedding, channels)
        self.time = nn.Linear(CLOCK_FEATURES, channels, bias=False)
        nn.init.normal_(self.level.weight, std=0.02)
        nn.init.zeros_(self.level.bias)
        nn.init.zeros_(self.time.weight)

    def forward(self, embedding: Tensor, clock: Tensor) -> Tensor:
        level = 1 + self.level(embedding)  # (B, C)
        return level[:, :, None] + torch.matmul(self.time.weight, clock)  # (B, C, K)


class Gate(nn.Module):
    """x * sigmoid(W |x| + b(e)): odd in x; shut where all is quiet, linear where the gate is open.

    A tone goes through an open gate unharmed, which a shrinkage or a rectifier would bend.
    """

    def __init__(self, channels: int, embedding: int) -> None:
        super().__init__()
        self.size = nn.Conv1d(channels, channels, 1, bias=False)
        self.level = nn.Linear(embedding, channels)
        nn.init.normal_(self.size.weight, std=0.1 / math.sqrt(channels))
        nn.init.normal_(self.level.weight, std=0.02)
        with torch.no_grad():  # begin as a soft threshold at half a standard deviation, channel by channel
            self.size.weight += 4 * torch.eye(channels)[:, :, None]
            self.level.bias.fill_(-2)

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        return x * torch.sigmoid(self.size(x.abs()) + self.level(embedding)[:, :, None])


class Block(nn.Module):
    """Residual block: x + conv(gate(norm(conv(gate(norm(x) * gain))))), all of it odd in x."""

    def __init__(self, in_channels: int, channels: int, embedding: int, groups: int = 4) -> None:
        super().__init__()
        self.groups = groups
        self.enter = nn.Conv1d(in_channels, channels, 1, bias=False) if in_channels != channels else nn.Identity()
        self.gain = Gain(channels, embedding)
        self.first_gate = Gate(channels, embedding)
        self.first = nn.Conv1d(channels, channels, 3, padding=1, bias=False)
        self.second_gate = Gate(channels, embedding)
        self.second = nn.Conv1d(channels, channels, 3, padding=1, bias=False)
        nn.init.normal_(self.second.weight, std=0.1 / math.sqrt(3 * channels))

    def forward(self, x: Tensor, embedding: Tensor, clock: Tensor) -> Tensor:
        x = self.enter(x)
        h = group_norm(x, self.groups) * self.gain(embedding, clock)
        h = self.first(self.first_gate(h, embedding))
        h = self.second(self.second_gate(group_norm(h, self.groups), embedding))
        return x + h


class Attention(nn.Module):
    """Self-attention over frames; odd, since the scores are even and the values are odd."""

    def __init__(self, channels: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.inward = nn.Conv1d(channels, 3 * channels, 1, bias=False)
        self.outward = nn.Conv1d(channels, channels, 1, bias=False)
        nn.init.normal_(self.outward.weight, std=0.1 / math.sqrt(channels))

    def forward(self, x: Tensor) -> Tensor:
        batch, channels, frames = x.shape
        qkv = self.inward(group_norm(x, self.heads)).view(batch, 3, self.heads, -1, frames)
        q, k, v = qkv.transpose(-1, -2).unbind(1)  # (B, heads, K, C / heads)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(-1, -2)
        return x + self.outward(mixed.reshape(batch, channels, frames))


class Grow(nn.ConvTranspose1d):
    """Twice the frame rate: learned taps that begin as linear interpolation.

    Repeated frames would put images of every low tone around the lower level's frame rate, 17 dB
    below the tone for 50 Hz at 344 frames a second: heard as roughness.
    """

    def __init__(self, in_channels: int, channels: int) -> None:
        super().__init__(in_channels, channels, 4, stride=2, padding=1, bias=False)
        mixed = torch.empty(in_channels, channels, 1)
        nn.init.kaiming_uniform_(mixed.transpose(0, 1), a=math.sqrt(5))
        with torch.no_grad():
            self.weight.copy_(mixed * torch.tensor([0.25, 0.75, 0.75, 0.25]))


class Envelope(nn.Module):
    """G = ln(T / S): how much louder this sound is, coefficient by coefficient, than its class is on average.

    Even in h, as the size of a sound does not depend on its polarity; begins at 0; within e^-5 and e^5.
    """

    def __init__(self, channels: int, bands: int, embedding: int) -> None:
        super().__init__()
        self.size = nn.Conv1d(channels, bands, 5, padding=2, bias=False)
        self.level = nn.Linear(embedding, bands)
        for weight in (self.size.weight, self.level.weight, self.level.bias):
            nn.init.zeros_(weight)

    def forward(self, h: Tensor, embedding: Tensor) -> Tensor:
        """h (B, C, K), embedding (B, E) -> (B, M, K)."""
        return 5 * torch.tanh((self.size(group_norm(h, 4).abs()) + self.level(embedding)[:, :, None]) / 5)


class UNet(nn.Module):
    """(u, v, log s, class weights) -> F, the whitened residual of the linear denoiser.

    u is the input scaled to unit variance, v the same sound measured in units of the noise and
    squashed: where a drum is silent, u is tiny, but v still shows the noise that is to go.

    Parameters
    ----------
    bands: M, rows of u and of v.
    classes: length of the class weight vector.
    widths: channels per level; the frame rate halves from one to the next.
    embedding: E, size of the conditioning vector.
    reach: whether it can be told how far a jump goes.
    listens: whether it gives G too, see `Envelope`.
    tones: whether it takes a draft of F, which it uses as it hears fit.
    guided: whether it can be told how strongly its classes pull.
    apart: how many of the classes, the last ones, every layer is told of directly, beside the vector.
    """

    def __init__(
        self, bands: int, classes: int, widths: tuple[int, ...], embedding: int = 128, reach: bool = False,
        listens: bool = False, tones: bool = False, guided: bool = False, apart: int = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        self.widths, self.apart = tuple(widths), apart
        self.embedding = Embedding(classes, embedding, reach, guided)
        embedding += apart
        self.enter = nn.Conv1d(2 * bands, widths[0], 3, padding=1, bias=False)
        self.down = nn.ModuleList(Block(c, c, embedding) for c in widths)
        self.shrink = nn.ModuleList(nn.Conv1d(c, d, 4, stride=2, padding=1, bias=False) for c, d in pairwise(widths))
        self.attention = Attention(widths[-1])
        self.bottom = Block(widths[-1], widths[-1], embedding)
        self.up = nn.ModuleList(Block(2 * c, c, embedding) for c in reversed(widths))
        self.grow = nn.ModuleList(Grow(d, c) for d, c in zip(widths[:0:-1], widths[-2::-1]))
        self.leave = nn.Conv1d(widths[0], bands, 3, padding=1, bias=False)
        self.level = nn.Linear(embedding, bands)
        nn.init.zeros_(self.leave.weight)
        self.draft: nn.Conv1d | None = None
        if tones:  # begins as if there were none
            self.draft = nn.Conv1d(bands, widths[0], 3, padding=1, bias=False)
            nn.init.zeros_(self.draft.weight)
        self.trust = Envelope(widths[0], bands, embedding) if tones else None
        self.envelope = Envelope(widths[0], bands, embedding) if listens else None

    def forward(
        self, u: Tensor, v: Tensor, log_s: Tensor, weights: Tensor, far: Tensor | None = None,
        draft: Tensor | None = None, pulled: Tensor | None = None,
    ) -> tuple[Tensor, Tensor | None]:  # fmt: skip
        """u, v, draft: (B, M, K); log_s: (B,); weights: (B, classes); far: of `reach`; pulled: of `pull`
        -> F and, where it listens, G."""
        embedding = self.embedding(log_s, weights, far, pulled)
        if self.apart:
            embedding = torch.cat([embedding, weights[:, -self.apart :]], dim=1)
        clocks = [clock(u.shape[-1] >> level, u.device) for level in range(len(self.down))]
        h = self.enter(torch.cat([u, v], dim=1))
        if self.draft is not None and draft is not None:
            h = h + self.draft(draft)
        skips: list[Tensor] = []
        for level, block in enumerate(self.down):
            h = block(h, embedding, clocks[level])
            skips.append(h)
            if level < len(self.shrink):
                h = self.shrink[level](h)
        h = self.bottom(self.attention(h), embedding, clocks[-1])
        for level, block in enumerate(self.up):
            if level:
                h = self.grow[level - 1](h)
            h = block(torch.cat([h, skips.pop()], dim=1), embedding, clocks[-1 - level])
        found = self.leave(h) * (1 + self.level(embedding))[:, :, None]
        if self.trust is not None and draft is not None:
            found = found + torch.tanh(self.trust(h, embedding)) * draft
        return found, None if self.envelope is None else self.envelope(h, embedding)
