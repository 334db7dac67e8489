"""The ear: an embedding that learns by itself how sounds differ, without being told what they are.

The judge listens for what a drum is called, over 50 dB, and forgets the rest. The ear is trained to know a sound
again, and to tell it from the same sound spoilt: under a mat of noise, without its highs or its lows, cut short,
transposed. So noise and tails that no name depends on are heard, too, down to 88 dB below a tone at full scale.

Two views of each sound differ by what one does not hear as another sound (its place, its sign, a touch of colour and of
pitch, another draw of the same noise); every sound comes clean and spoilt, or spoilt twice, and each is to find its own
other view among all of the batch (the normalised cross entropy of Chen et al. 2020, "SimCLR"). Classes play no part.
As there, the embedding is what comes before the last layer: that one only tells same from other, not by how much.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..errors import Error
from ..files import appearing
from .config import RATE_HZ
from .data import Corpus, resample
from .halves import read_halves, write_halves
from .judge import pictures
from .mel import mel_filters

LENGTH = 44032  # samples heard; shorter sounds are zero-padded, longer ones cut
MELS = 64
FLOOR = 1e-7  # added to the power in a band, of which a tone at full scale has 18 dB
WIDTHS = (16, 32, 64, 96, 96)
EMBEDDING = 64
TEMPERATURE = 0.2
TRIES = 2  # ways in which each sound of a batch is spoilt


class Ear(nn.Module):
    """Sounds at 44.1 kHz to embeddings; deaf to gain."""

    name = "ear"
    filters: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("filters", mel_filters(MELS), persistent=False)
        self.level = nn.BatchNorm1d(MELS)
        stages: list[nn.Module] = []
        for before, after in zip((1, *WIDTHS[:-1]), WIDTHS):
            conv = nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False)
            stages += [conv, nn.BatchNorm2d(after), nn.ReLU()]
        self.stages = nn.Sequential(*stages)
        self.neck = nn.Linear(WIDTHS[-1] * 2 * 6, EMBEDDING)  # when and how high it is matters: nothing is pooled
        self.even = nn.BatchNorm1d(EMBEDDING)  # so that no feature weighs more than another in distances
        self.leave = nn.Linear(EMBEDDING, EMBEDDING)

    @classmethod
    def load(cls, path: Path) -> "Ear":
        """The trained ear from its .safetensors; `Error` where it is missing or another's."""
        return read_halves(cls(), path, "an ear").eval()

    def embed(self, sounds: Tensor) -> Tensor:
        """(B, N) at 44.1 kHz -> (B, 64)."""
        heard = self.stages(self.level(pictures(sounds, self.filters, LENGTH, FLOOR))[:, None])
        return self.even(self.neck(heard.flatten(1)))

    def forward(self, sounds: Tensor) -> Tensor:
        """(B, N) at 44.1 kHz -> (B, 64), by whose angles sounds are found again."""
        return self.leave(F.relu(self.embed(sounds)))

    @torch.no_grad()
    def embedding(self, sounds: Tensor) -> Tensor:
        """(B, N) at 44.1 kHz -> (B, 64), for distances between sets of sounds."""
        return torch.cat([self.embed(part) for part in sounds.split(64)])


class Draw:
    """Random numbers of one run: a value a sound, as (B, 1)."""

    def __init__(self, generator: torch.Generator) -> None:
        self.generator = generator

    def uniform(self, count: int, low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, 1, generator=self.generator)

    def chance(self, count: int, share: float) -> Tensor:
        return torch.rand(count, 1, generator=self.generator) < share

    def normal(self, *shape: int) -> Tensor:
        return torch.randn(*shape, generator=self.generator)

    def semitones(self, most: float) -> float:
        return float(self.uniform(1, -most, most))


def coloured(x: Tensor, gain_db: Tensor) -> Tensor:
    """(B, N) through a smooth filter: gains (B, K) in dB, evenly spaced in log f from 20 Hz to half the rate."""
    hz = torch.fft.rfftfreq(x.shape[1], 1 / RATE_HZ).clamp_min(20)
    place = (hz / 20).log() / torch.tensor(RATE_HZ / 2 / 20).log() * (gain_db.shape[1] - 1)
    left = place.floor().long().clamp_max(gain_db.shape[1] - 2)
    gain = gain_db[:, left] + (place - left) * (gain_db[:, left + 1] - gain_db[:, left])
    return torch.fft.irfft(torch.fft.rfft(x) * 10 ** (gain / 20), x.shape[1])


def edges(x: Tensor, low_hz: Tensor, high_hz: Tensor) -> Tensor:
    """(B, N) without what is below low_hz and above high_hz (B, 1), which fall by 24 dB an octave."""
    hz = torch.fft.rfftfreq(x.shape[1], 1 / RATE_HZ).clamp_min(1)[None]
    keep = 1 / (1 + (low_hz / hz) ** 8).sqrt() / (1 + (hz / high_hz) ** 8).sqrt()
    return torch.fft.irfft(torch.fft.rfft(x) * keep, x.shape[1])


def spoilt(x: Tensor, draw: Draw) -> tuple[Tensor, Callable[[], Tensor]]:
    """Sounds (B, N) of peak 1 each spoilt in its own way, and a draw of the noise that lies under each.

    One in four stays without noise, half keep their band, half their length.
    """
    count, length = x.shape
    x = resample(x, draw.semitones(4) if bool(draw.chance(1, 0.5)) else 0.0)
    x = F.pad(x, (0, max(0, length - x.shape[1])))[:, :length]
    low = torch.where(draw.chance(count, 0.2), 30 * 10 ** draw.uniform(count, 0, 1.2), 1.0)
    high = torch.where(draw.chance(count, 0.4), 1000 * 10 ** draw.uniform(count, 0, 1.3), 1e6)
    x = edges(x, low, high)
    time = torch.arange(length)[None] / RATE_HZ
    end, fall = 10 ** draw.uniform(count, -1.5, 0), 10 ** draw.uniform(count, -2.5, -0.5)
    cut = torch.where(time < end, torch.ones(()), torch.exp(-(time - end) / fall))
    x = torch.where(draw.chance(count, 0.5), x * cut, x)
    level_db = torch.where(draw.chance(count, 0.75), draw.uniform(count, -75, -30), -200.0)
    from_hz = torch.where(draw.chance(count, 0.5), 500 * 10 ** draw.uniform(count, 0, 1.4), 1.0)
    decay_s = torch.where(draw.chance(count, 0.4), 10 ** draw.uniform(count, -1.3, 0), 1e6)
    shape = 10 ** (level_db / 20) * torch.exp(-time / decay_s)
    return x, lambda: shape * edges(draw.normal(count, length), from_hz, torch.full_like(from_hz, 1e6))


def views(x: Tensor, draw: Draw) -> tuple[Tensor, Tensor]:
    """Two views (TRIES B, N) of sounds (B, N): row i of both is one sound, spoilt in one way; the first B are clean."""
    length = x.shape[1]
    x = x / x.abs().amax(1, keepdim=True).clamp_min(1e-6)
    ways = [(x, lambda: torch.zeros_like(x)), *(spoilt(x, draw) for _ in range(TRIES - 1))]
    found = []
    for _ in range(2):
        y = torch.cat([one + noise() for one, noise in ways])
        y = coloured(y, 1.5 * draw.normal(len(y), 6))
        y = resample(y, draw.semitones(0.5))
        before = int(torch.randint(200, (), generator=draw.generator))
        y = F.pad(y, (before, max(0, length - before - y.shape[1])))[:, :length]
        found.append(torch.where(draw.chance(len(y), 0.5), y, -y))
    return found[0], found[1]


def contrast(first: Tensor, second: Tensor, temperature: float = TEMPERATURE) -> Tensor:
    """Cross entropy of finding each row's other view (n, D) among all others of both, by cosine."""
    rows = F.normalize(torch.cat([first, second]), dim=1)
    likeness = (rows @ rows.T / temperature).fill_diagonal_(-torch.inf)
    return F.cross_entropy(likeness, torch.arange(len(rows)).roll(len(first)))


def train_ear(
    pack: Path, out: Path, *, samples: int = 12_000, batch: int = 48, learning_rate: float = 3e-3, seed: int = 0,
    say: Callable[[str], None] = print,
) -> dict[str, Any]:  # fmt: skip
    """Train on the split `train` of `pack`; write `out`/ear.safetensors and ear.json, return the latter.

    The run has a fixed length and its last weights are kept: no held-out sound chooses anything.
    """
    weights, told = out / "ear.safetensors", out / "ear.json"
    for file in (weights, told):
        if file.exists():
            raise Error(f"{file} is there already; give another folder, or move it away")
    corpus = Corpus.load(pack, "train", LENGTH, torch.device("cpu"))
    torch.manual_seed(seed)
    ear, draw = Ear(), Draw(torch.Generator().manual_seed(seed))
    optimiser = torch.optim.AdamW(ear.parameters(), learning_rate, weight_decay=0.02)
    steps = max(1, samples // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, learning_rate, total_steps=steps + 1, pct_start=0.1)
    sounds, mean = corpus.clean(), 0.0
    for step in range(1, steps + 1):
        chosen = torch.randperm(len(sounds), generator=draw.generator)[:batch]
        first, second = views(sounds[chosen], draw)
        loss = contrast(ear(first), ear(second))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        mean += (loss.item() - mean) / min(step, 50)
        if step % 50 == 0:
            say(f"ear: {step * batch} of {steps * batch} sounds, loss {mean:.3f}")
    out.mkdir(parents=True, exist_ok=True)
    write_halves(ear, weights)
    about: dict[str, Any] = {"length": LENGTH, "rate_hz": RATE_HZ, "samples": steps * batch, "seed": seed}
    about |= {"loss": round(mean, 3), "data": f"{pack.name}: {len(sounds)} sounds of the split train"}
    with appearing(told) as staged:
        staged.write_text(json.dumps(about, indent=2) + "\n")
    return about
