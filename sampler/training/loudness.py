"""How loud sounds of each class are, block by block, written down for a model (see `sampler.loudness`)."""

from collections.abc import Sequence

import torch
from torch import Tensor

from ..loudness import SCORES, Loudness
from .data import Corpus

OWN = 30.0  # sounds of a class with which its own correlations count as much as those of all classes
ENOUGH = 60  # sounds of a class that count among all classes
TINY = 1e-6  # far below what is heard: what tells equal values apart
BANDS, LONGEST, FEWEST = 32, 12, 16  # bands; the most frames of the shortest block, 9 ms; so many of these to a sound


def of_corpus(
    corpus: Corpus, classes: Sequence[str], known: Sequence[str] = (), before: Loudness | None = None
) -> Loudness | None:
    """How loud the sounds of a split are, by class; None where they are too short, or cannot be divided into blocks.

    before: the same of the classes `known`, for those of which there are no sounds here.
    """
    frames = max(1, min(LONGEST, corpus.length // BANDS // FEWEST))
    try:
        made = Loudness(corpus.length, len(classes), BANDS, frames)
    except ValueError:
        return None
    fit(made, corpus, classes)
    if before is not None and before.arguments == made.arguments:
        for i, name in enumerate(classes):
            if name in known and not corpus.members(name).any():
                for mine, other in ((made.quantiles, before.quantiles), (made.loadings, before.loadings)):
                    mine[i] = other[known.index(name)]
    return made


def fit(made: Loudness, corpus: Corpus, classes: Sequence[str]) -> None:
    """Fill in the quantiles and loadings of classes.

    Few sounds say little of how blocks go together: their correlations are mixed with the mean of all classes. A class
    without sounds is as all drums are.
    """
    sounds = corpus.clean().cpu()
    z = torch.cat([made.of(part) for part in sounds.split(128)]).flatten(1).double()
    members = [corpus.members(name).cpu() for name in classes]
    found = {i: z[mask] for i, mask in enumerate(members) if mask.any()} | {len(classes): z}
    correlations = {i: correlation(scores(rows)) for i, rows in found.items() if len(rows) > 1}
    many = [correlations[i] for i in correlations if i < len(classes) and len(found[i]) >= ENOUGH]
    among = torch.stack(many).mean(0) if many else correlations.get(len(classes), torch.eye(z.shape[1]).double())
    levels = torch.special.ndtr(torch.linspace(-SCORES, SCORES, made.quantiles.shape[1], dtype=torch.float64))
    for i in range(len(classes) + 1):
        rows = found.get(i, z)
        share = len(rows) / (len(rows) + OWN)
        mixed = share * correlations[i] + (1 - share) * among if i in correlations else among
        made.quantiles[i] = torch.quantile(rows, levels, dim=0).unflatten(1, made.shape)
        made.loadings[i] = factors(mixed, made.rank).unflatten(0, made.shape)


def scores(rows: Tensor) -> Tensor:
    """Values (n, d) as what a normal distribution has at their ranks, equal ones in an order by chance."""
    noise = torch.randn(rows.shape, generator=torch.Generator().manual_seed(0), dtype=rows.dtype)
    order = (rows + TINY * noise).argsort(0).argsort(0)
    return torch.special.ndtri((order + 0.5) / len(rows))


def correlation(rows: Tensor) -> Tensor:
    """(n, d) -> (d, d)."""
    return torch.corrcoef(rows.T).nan_to_num(0.0)


def factors(correlations: Tensor, rank: int) -> Tensor:
    """Loadings (d, r) of the largest factors of (d, d), each row at a length of 1.

    Every factor makes more blocks louder than quieter, so that one e says much the same of every class.
    """
    values, vectors = torch.linalg.eigh(correlations)
    values, vectors = values[-rank:].clamp_min(0), vectors[:, -rank:]
    loadings = vectors * values.sqrt() * torch.where(vectors.sum(0) < 0, -1.0, 1.0)
    missing = torch.zeros(len(loadings), max(0, rank - loadings.shape[1]), dtype=loadings.dtype)
    return torch.nn.functional.normalize(torch.cat([missing, loadings], 1), dim=1)
