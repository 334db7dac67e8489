"""New classes for a model's own ear: what it takes their sounds for, and a classifier that tells them apart.

The ear of a model is its classifier. It learned from sounds that whoever adds a class need not have, so the model
itself makes some of each class that it knows, beside which the new ones are learnt.
"""

from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from ..hit import Hit
from ..model import Model, load
from ..networks.classifier import FrameClassifier
from ..reading import read_networks
from ..spec import read_spec
from .data import Corpus
from .graft import rename_heard

MADE, IN_STEPS = 2, 4  # sounds that the model makes of each of its classes, and how
MOST = 64  # sounds of a new class that are enough
LEVELS = (1e-4, 0.01, 0.1, 0.5)  # noise levels s at which a class is learnt
STEPS, PACE = 300, 0.05  # of Adam on the rows of new classes


def taken_for(folder: Path, corpus: Corpus, before: Sequence[str], names: Sequence[str]) -> dict[str, Tensor]:
    """What the model in a folder hears in the sounds of each new class: probabilities (classes before,), by name.

    Nothing without a classifier, or of classes without sounds.
    """
    new = [name for name in names if name not in before and bool(corpus.members(name).any())]
    if not new or read_spec(folder).classifier is None:
        return {}
    model = load(folder, "cpu")
    with torch.no_grad():
        return {name: heard(model, some(corpus, name)).mean(0) for name in new}


def some(corpus: Corpus, name: str) -> Tensor:
    """Sounds (n, N) of a class, at most `MOST` spread over all."""
    rows = corpus.members(name).nonzero()[:, 0]
    places = torch.linspace(0, len(rows) - 1, min(MOST, len(rows))).round().long()
    return corpus.only(rows[places]).clean().cpu()


def heard(model: Model, sounds: Tensor) -> Tensor:
    """Probabilities (n, classes) that a model's classifier gives clean sounds (n, N)."""
    parts = [model.classify(x[:, None], torch.zeros(len(x))) for x in sounds.split(32)]
    return torch.cat(parts).exp().cpu()


def widened(folder: Path, corpus: Corpus, names: Sequence[str]) -> FrameClassifier | None:
    """The classifier of a model with rows for more classes, in the order of `names`; None where it has none.

    The rows that it has stay as they are. It hears in frames (`networks.classifier`), or is left out.
    """
    model = load(folder, "cpu")
    _, _, network = read_networks(folder)
    if not isinstance(network, FrameClassifier):
        return None
    before = model.spec.classes
    new = [i for i, name in enumerate(names) if name not in before]
    network.leave = rename_heard(network.leave, before, names)
    sounds, labels, known = [], [], made(model)
    for i, name in enumerate(names):
        parts = [known[name]] if name in before else []
        parts += [some(corpus, name)] if bool((corpus.labels == i).any()) else []
        sounds += parts
        labels += [i] * sum(map(len, parts))
    if new:
        learn(network, torch.cat(sounds), torch.tensor(labels), new)
    return network


def made(model: Model) -> dict[str, Tensor]:
    """Sounds (n, N) of each class that a model makes."""
    hits = [Hit(classes={name: 1.0}, seed=seed, steps=IN_STEPS) for name in model.classes for seed in range(MADE)]
    sounds = torch.stack([torch.from_numpy(sound.samples.mean(axis=0)) for sound in model.render_batch(hits)])
    return dict(zip(model.classes, sounds.split(MADE)))


def learn(network: FrameClassifier, sounds: Tensor, labels: Tensor, new: Sequence[int]) -> None:
    """Fit the rows of new classes to sounds (n, N) of all, with noise of every level, all classes counting alike."""
    generator, seen = torch.Generator().manual_seed(0), list[Tensor]()
    hook = network.leave.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    network.eval()
    with torch.no_grad():
        for s in LEVELS:
            for part in sounds.split(32):
                noise = torch.randn(part.shape, generator=generator)
                network((part + s * noise)[:, None], torch.full((len(part),), s))
    hook.remove()
    features, wanted = torch.cat(seen), labels.repeat(len(LEVELS))
    layer, rows = network.leave, torch.zeros(len(network.leave.weight), dtype=torch.bool)
    rows[list(new)] = True
    weight = 1 / torch.bincount(labels, minlength=len(rows)).clamp_min(1).float()
    optimiser = torch.optim.Adam(layer.parameters(), PACE)
    for _ in range(STEPS):
        optimiser.zero_grad()
        F.cross_entropy(layer(features), wanted, weight).backward()
        for parameter in layer.parameters():
            assert parameter.grad is not None
            parameter.grad[~rows] = 0
        optimiser.step()
