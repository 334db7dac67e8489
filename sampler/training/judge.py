"""The judge: an independent ear that says which drum a finished sound is.

It measures what the samplers make, so it shares nothing with what guides them: the classifier of
`networks/classifier.py` sees noisy frames at a noise level; the judge sees clean sounds only, as
log-mel pictures of the peak-normalised waveform, and is a two-dimensional CNN. Its penultimate
layer gives the features for Frechet and kernel distances between sets of sounds.

mel(f) = 2595 log10(1 + f / 700) (HTK); 64 triangles of height 1 from 20 Hz to 22,050 Hz over
spectra of 1024 samples, hop 256; feature log(mel + 1e-5), so that the floor lies some 60 dB under a hit.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..errors import Error
from ..files import appearing
from ..networks.classifier import fade
from .config import CLASSES, DRUMS, KINDS, MANNERS, RATE_HZ
from .data import SEMITONES, Corpus, layer, resample, splits
from .halves import read_halves, write_halves
from .mel import mel_filters

LENGTH = 32768  # samples heard; shorter sounds are zero-padded, longer ones cut
MELS = 64
FFT = 1024
HOP = 256
EMBEDDING = 128
WIDTHS = (24, 48, 96, 128, 128)
CYMBALS = ("cymbal", *KINDS["cymbal"])
KINDS_OF_DRUM = [CLASSES.index(name) for name in DRUMS]
WAYS_OF_MAKING = [CLASSES.index(name) for name in MANNERS]


def pictures(sounds: Tensor, filters: Tensor, length: int, floor: float) -> Tensor:
    """Log-mel pictures (B, mels, length / 256) of sounds (B, N), cut or filled to a length, each at a peak of 1."""
    x = sounds[:, :length]
    x = F.pad(x, (0, length - x.shape[1]))
    x = x / x.abs().amax(1, keepdim=True).clamp_min(1e-6)
    window = torch.hann_window(FFT, device=x.device)
    spectrum = torch.stft(x, FFT, HOP, window=window, pad_mode="constant", normalized=True, return_complex=True)
    return (filters @ spectrum.abs().square()[..., : length // HOP] + floor).log()


class Judge(nn.Module):
    """Sounds at 44.1 kHz to class probabilities and embeddings; deaf to gain.

    Which drum it is, is one question; whether it was made in a manner (electronic) is another, asked of every sound.
    """

    filters: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("filters", mel_filters(), persistent=False)
        self.level = nn.BatchNorm1d(MELS)
        stages: list[nn.Module] = []
        for before, after in zip((1, *WIDTHS[:-1]), WIDTHS):
            conv = nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False)
            stages += [conv, nn.BatchNorm2d(after), nn.ReLU()]
        self.stages = nn.Sequential(*stages)
        rows = MELS >> len(WIDTHS)  # pitch matters, so pool over time only
        self.neck = nn.Linear(2 * rows * WIDTHS[-1], EMBEDDING)
        self.dropout = nn.Dropout(0.3)
        self.leave = nn.Linear(EMBEDDING, len(CLASSES))

    @classmethod
    def load(cls, path: Path) -> "Judge":
        """The trained judge from its .safetensors; `Error` where it is missing or another's."""
        return read_halves(cls(), path, "a judge").eval()

    def features(self, sounds: Tensor) -> Tensor:
        """(B, N) -> log-mel pictures (B, 64, 128)."""
        return pictures(sounds, self.filters, LENGTH, 1e-5)

    def embed(self, features: Tensor) -> Tensor:
        """(B, 64, 128) -> (B, 128)."""
        h = self.stages(self.level(features)[:, None])  # (B, C, 2, 4)
        return F.silu(self.neck(torch.cat([h.mean(-1), h.amax(-1)], dim=1).flatten(1)))

    def forward(self, features: Tensor) -> Tensor:
        """(B, 64, 128) -> logits (B, classes)."""
        return self.leave(self.dropout(self.embed(features)))

    @torch.no_grad()
    def probabilities(self, sounds: Tensor) -> Tensor:
        """(B, N) at 44.1 kHz -> (B, classes); drums sum to one, and each manner has a probability of its own."""
        logits = torch.cat([self(self.features(part)) for part in sounds.split(64)])
        found = logits.sigmoid()
        found[:, KINDS_OF_DRUM] = logits[:, KINDS_OF_DRUM].softmax(-1)
        return found

    @torch.no_grad()
    def embedding(self, sounds: Tensor) -> Tensor:
        """(B, N) at 44.1 kHz -> (B, 128), for distances between sets of sounds."""
        return torch.cat([self.embed(self.features(part)) for part in sounds.split(64)])


def three_way(probabilities: Tensor) -> Tensor:
    """(B, classes) -> (B, 3): kick, snare and the family of cymbals, given that it is one of them."""
    groups = [[CLASSES.index(name) for name in names] for names in (("kick",), ("snare",), CYMBALS)]
    sums = torch.stack([probabilities[:, group].sum(1) for group in groups], dim=1)
    return sums / sums.sum(1, keepdim=True).clamp_min(1e-12)


def drum_heard(probabilities: Tensor) -> Tensor:
    """The likeliest drum of each row: (B, classes) -> indices into `CLASSES` (B,)."""
    return torch.tensor(KINDS_OF_DRUM)[probabilities[:, KINDS_OF_DRUM].argmax(1)]


def manner_heard(probabilities: Tensor, manner: str) -> Tensor:
    """Whether each sound was rather made in that manner than not: (B, classes) -> (B,)."""
    return probabilities[:, CLASSES.index(manner)] > 0.5


def accuracy(judge: Judge, corpus: Corpus) -> dict[str, float]:
    """Share of right answers among all drums, in the three-way sense where that applies, and on each manner."""
    probabilities = judge.probabilities(corpus.clean())
    truth = three_way(corpus.soft(torch.arange(len(corpus.labels))))
    counts = truth.sum(1) > 0  # toms, claps, rims and percussion have no place among the three
    right = three_way(probabilities)[counts].argmax(1) == truth[counts].argmax(1)
    found = {"classes": drum_heard(probabilities) == corpus.labels, "three_way": right}
    found |= {name: manner_heard(probabilities, name) == (corpus.manners == CLASSES.index(name)) for name in MANNERS}
    return {name: round(float(each.float().mean()), 4) for name, each in found.items()}


def batches(corpus: Corpus, batch: int, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
    """Endless augmented sounds (B, N) and soft labels (B, classes).

    Gain is no augmentation for an ear that normalises, so level matters only through saturation.
    """

    def uniform(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(batch, 1, generator=generator)

    window = fade(LENGTH)
    chance = torch.bincount(corpus.labels, minlength=len(CLASSES)).double()[corpus.labels].pow(-0.5)
    while True:
        index = torch.multinomial(chance, batch, replacement=True, generator=generator)
        x = corpus.sounds[index].float() / 32768
        x = resample(x, SEMITONES[int(torch.randint(len(SEMITONES), (), generator=generator))])
        x = F.pad(x, (int(torch.randint(256, (), generator=generator)), LENGTH))[:, :LENGTH]
        soft = corpus.soft(index)
        x, soft = layer(x, soft, 0.15, generator)
        drive = uniform(1, 4)
        x = torch.where(uniform(0, 1) < 0.2, torch.tanh(drive * x) / torch.tanh(drive), x)
        hiss = torch.randn(x.shape, generator=generator) * 10 ** uniform(-6, -2.5)
        x = torch.where(uniform(0, 1) < 0.5, x + hiss, x)
        # what the model makes is faded out; what others bring need not be
        yield torch.where(uniform(0, 1) < 0.7, x * window, x), soft


def blur(features: Tensor, generator: torch.Generator) -> Tensor:
    """Another microphone (a smooth change of colour) and gaps in time and pitch (SpecAugment)."""
    batch, mels, frames = features.shape
    curve = torch.randn(batch, 1, 5, generator=generator)  # nepers of power at five pitches
    features = features + F.interpolate(curve, mels, mode="linear", align_corners=True).transpose(1, 2)
    middle = features.mean()
    for size, widest in ((mels, 12), (frames, 20)):
        start = torch.rand(batch, 1, generator=generator) * size
        width = torch.rand(batch, 1, generator=generator) * widest
        place = torch.arange(size)
        gap = (place >= start) & (place < start + width)
        features = torch.where(gap[:, :, None] if size == mels else gap[:, None], middle, features)
    return features


def train_judge(
    pack: Path,
    out: Path,
    *,
    samples: int = 100_000,
    batch: int = 64,
    learning_rate: float = 3e-3,
    seed: int = 0,
    say: Callable[[str], None] = print,
) -> dict[str, Any]:
    """Train on the split `train` of `pack`; write `out`/judge.safetensors and judge.json, return the latter.

    The accuracies on `test` (known sources) and `unseen` (other sources) are of the weights as
    written. They choose nothing: the run has a fixed length and its last weights are kept.
    """
    weights, told = out / "judge.safetensors", out / "judge.json"
    for file in (weights, told):
        if file.exists():
            raise Error(f"{file} is there already; give another folder, or move it away")
    cpu = torch.device("cpu")
    corpus = Corpus.load(pack, "train", LENGTH, cpu, CLASSES)
    held_out = {split: Corpus.load(pack, split, LENGTH, cpu, CLASSES) for split in splits(pack) if split != "train"}
    torch.manual_seed(seed)
    judge, generator = Judge(), torch.Generator().manual_seed(seed)
    optimiser = torch.optim.AdamW(judge.parameters(), learning_rate, weight_decay=0.02)
    steps = max(1, samples // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, learning_rate, total_steps=steps + 1, pct_start=0.1)
    for step, (x, soft) in zip(range(1, steps + 1), batches(corpus, batch, generator)):
        logits = judge(blur(judge.features(x), generator))
        drum, way = logits[:, KINDS_OF_DRUM], logits[:, WAYS_OF_MAKING]
        loss = F.cross_entropy(drum, soft[:, KINDS_OF_DRUM], label_smoothing=0.05)
        loss = loss + F.binary_cross_entropy_with_logits(way, 0.95 * soft[:, WAYS_OF_MAKING] + 0.025)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            say(f"judge: {step * batch} of {steps * batch} sounds, loss {loss.item():.3f}")

    out.mkdir(parents=True, exist_ok=True)
    write_halves(judge, weights)
    written = Judge.load(weights)
    scores = {split: accuracy(written, held) for split, held in held_out.items()}
    for split, score in scores.items():
        say(f"judge: {split} {score['classes']:.1%} of {len(DRUMS)} classes, {score['three_way']:.1%} of 3")
    about: dict[str, Any] = {"classes": list(CLASSES), "length": LENGTH, "rate_hz": RATE_HZ, **scores}
    about |= {"samples": steps * batch, "seed": seed}
    about["data"] = f"{pack.name}: {len(corpus.sounds)} sounds of the split train"
    with appearing(told) as staged:
        staged.write_text(json.dumps(about, indent=2) + "\n")
    return about
