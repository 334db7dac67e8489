"""Measures of a model's sounds: do judges hear the class that was asked for, how close is the whole to
real sounds, does it repeat them, and is anything there that a drum does not have.

Distances use two embeddings, both trained apart from every model on the split `train`: the judge's, which tells
drums by name, and the ear's, which tells any two sounds apart; or the user's own. They mean something only beside
their floor, the same distance between two real sets.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Error
from ..hit import Hit
from ..model import Model
from .config import CLASSES, DRUMS, KINDS, MANNERS
from .data import Corpus, paths, splits
from .embeddings import Embedding, embed
from .faults import faults
from .judge import Judge, drum_heard, manner_heard
from .likeness import heard_of, likenesses
from .memory import log_mel, memorised
from .metrics import (
    Interval,
    Measure,
    beside_floor,
    bootstrap,
    bootstrap_neighbours,
    coverage,
    density,
    floor,
    frechet,
    kernel,
    median_width,
    parts,
    wilson,
)

__all__ = [
    "ANY", "THREE", "Interval", "agreement", "bootstrap", "confusion", "distances", "embed", "evaluate", "faults",
    "frechet", "heard", "kernel", "measures", "median_width", "reference", "render_class",
]  # fmt: skip

THREE = ("kick", "snare", "cymbal")
ANY = "any"  # the one row of a model that cannot be asked for a class, as the paper's network without its classifier
DRAWS = 20  # sets of real sounds of `train` whose mean stands beside a measure
FEWEST = 16  # real sounds of a split, below which a distance says nothing


def render_class(
    model: Model, name: str, n: int, seed: int, batch: int = 10, tick: Callable[[int], None] = lambda more: None,
    **controls: Any,
) -> Tensor:  # fmt: skip
    """n sounds (n, N) of one class at full weight, or of `ANY`, seeds counting up; `tick` hears how many more."""
    weights = {} if name == ANY else {name: 1.0}
    hits = [Hit(classes=weights, seed=seed + i, **controls) for i in range(n)]
    made: list[np.ndarray] = []
    for i in range(0, n, batch):
        made += [sound.samples.mean(axis=0) for sound in model.render_batch(hits[i : i + batch])]
        tick(len(made) - i)
    return torch.from_numpy(np.stack(made))


def heard(names: list[str], wanted: str) -> float:
    """Share of names that are the class wanted, or a kind of it."""
    return sum(name in (wanted, *KINDS.get(wanted, ())) for name in names) / len(names)


def judged_as(judge: Judge, sounds: Tensor, wanted: str) -> list[str]:
    """What the judge hears in each sound where a class is wanted: the drum, or of a manner whether it is that."""
    if wanted not in MANNERS:
        return judged(judge, sounds)
    return [wanted if yes else "other" for yes in manner_heard(judge.probabilities(sounds), wanted).tolist()]


def judged(judge: Judge, sounds: Tensor) -> list[str]:
    """The drum that the judge hears in each sound."""
    return [CLASSES[int(i)] for i in drum_heard(judge.probabilities(sounds))]


def agreement(model: Model, judge: Judge, sounds: Tensor, wanted: str) -> dict[str, Any]:
    """Share in which the model's own classifier at sigma 0 (None without one) and the judge hear the class wanted.

    Each share has its 95 % interval beside it, as `classifier_interval` and `judge_interval`.
    """
    own: dict[str, Any] = {"classifier": None, "classifier_interval": None}
    if model.hears and wanted not in MANNERS:
        with torch.no_grad():
            log_p = torch.cat([model.classify(x[:, None], torch.zeros(len(x))).cpu() for x in sounds.split(64)])
        own = told("classifier", [model.spec.classes[int(i)] for i in log_p.argmax(1)], wanted)
    return own | told("judge", judged_as(judge, sounds, wanted), wanted)


def told(who: str, names: list[str], wanted: str) -> dict[str, Any]:
    """The share of names that are the class wanted, and its interval."""
    found = wilson(round(heard(names, wanted) * len(names)), len(names))
    return {who: found.value, f"{who}_interval": [found.low, found.high]}


def agreement_of_real(judge: Judge, corpus: Corpus, names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The ceiling of `agreement`: how often the judge hears a class in real sounds of it, its kinds included."""
    real = by_class(corpus)
    members = {wanted: [x for name, x in real.items() if heard([name], wanted)] for wanted in names}
    return {
        name: told("judge", judged_as(judge, torch.cat(parts), name), name) for name, parts in members.items() if parts
    }


def confusion(judge: Judge, sounds: dict[str, Tensor]) -> dict[str, dict[str, int]]:
    """How often the judge hears each class (columns, all drums) in the sounds of each class (rows)."""
    found = {name: judged(judge, x) for name, x in sounds.items() if len(x)}
    return {name: {column: names.count(column) for column in DRUMS} for name, names in found.items()}


def by_class(corpus: Corpus) -> dict[str, Tensor]:
    """The clean sounds of a split by class, and by manner."""
    clean = corpus.clean()
    rows = {name: (corpus.labels == i) | (corpus.manners == i) for i, name in enumerate(corpus.classes)}
    return {name: clean[mask] for name, mask in rows.items() if bool(mask.any())}


def reference(corpus: Corpus, wanted: tuple[str, ...] = THREE) -> Tensor:
    """Real sounds (n, N) to measure against: as many of each class wanted (its kinds included) as of the rarest.

    The generated sets hold as many of each, and a distance would otherwise measure the difference in counts.
    A model that cannot be asked for a class (`ANY`) is measured against the split as it is.
    """
    if wanted == (ANY,):
        if len(corpus.sounds) < FEWEST:
            raise Error(f"the split has {len(corpus.sounds)} real sounds; distances need at least {FEWEST}")
        return corpus.clean()
    names = [corpus.classes[int(i)] for i in corpus.labels]
    rows = {w: [i for i, name in enumerate(names) if heard([name], w)] for w in wanted}
    fewest = min((len(found) for found in rows.values()), default=0)
    if fewest * len(rows) < FEWEST:
        counts = ", ".join(f"{len(found)} {w}" for w, found in rows.items())
        raise Error(f"the split has too few real sounds ({counts}); distances need at least {FEWEST} in equal parts")
    draw = np.random.default_rng(0)
    chosen = [draw.permutation(found)[:fewest] for found in rows.values()]
    return corpus.clean()[torch.from_numpy(np.sort(np.concatenate(chosen)))]


def measures(generated: np.ndarray, real: np.ndarray, train: dict[str, np.ndarray] | None = None) -> dict[str, Any]:
    """Every measure between two sets of embeddings, its floor between real sounds, and the measure at its sizes.

    train: embeddings of the split by class; the mean of as many of each class in the place of the generated ones is
    given as `train_frechet` and so on.
    """
    dense, covered = bootstrap_neighbours(generated, real)
    found = {
        "frechet": bootstrap(generated, real, frechet, least=0.0),
        "kernel": bootstrap(generated, real, known(real)["kernel"]),
        "density": dense,
        "coverage": covered,
    }
    result: dict[str, Any] = {name: vars(interval) for name, interval in found.items()}
    result |= {f"{name}_beside_floor": beside_floor(generated, real, each) for name, each in known(real).items()}
    if train:
        sets = drawn(train, len(generated))
        result |= {f"train_{name}": float(np.mean([each(x, real) for x in sets])) for name, each in known(real).items()}
    return result | floors(real, len(generated)) | {"real": len(real), "generated": len(generated)}


def drawn(train: dict[str, np.ndarray], count: int, seed: int = 0) -> list[np.ndarray]:
    """`DRAWS` sets of so many real rows, as many of each class; fewer where a class has not enough."""
    draw = np.random.default_rng(seed)
    each = count // len(train)
    return [np.concatenate([x[draw.permutation(len(x))[:each]] for x in train.values()]) for _ in range(DRAWS)]


def known(real: np.ndarray) -> dict[str, Measure]:
    """The measures by name, the kernel as wide as these real sounds say."""
    width = median_width(real)
    return {
        "frechet": frechet, "kernel": lambda a, b: kernel(a, b, width), "density": density, "coverage": coverage,
    }  # fmt: skip


def floors(real: np.ndarray, count: int, *names: str) -> dict[str, Any]:
    """The named measures, or all, between two parts of real sounds, the first to stand for `count` generated ones."""
    found: dict[str, Any] = {"floor_sizes": list(parts(count, len(real)))}
    for name, measure in known(real).items():
        if name in (names or known(real)):
            ground = floor(real, count, measure)
            found |= {f"floor_{name}": ground.value, f"floor_{name}_interval": [ground.low, ground.high]}
    return found


def distances(ear: Embedding, made: dict[str, Tensor], corpus: Corpus, train: Corpus | None = None) -> dict[str, Any]:
    """Measures of kick, snare and cymbal sounds together against real ones of a split, as many of each."""
    names = compared(made)
    real = embed(ear, reference(corpus, names))
    apart = {name: embed(ear, x) for name, x in members(train, names).items()} if train else None
    return measures(embed(ear, torch.cat([made[name] for name in names])), real, apart)


def members(corpus: Corpus, wanted: tuple[str, ...]) -> dict[str, Tensor]:
    """The clean sounds of a split by class wanted, its kinds included, or all of them as `ANY`."""
    clean, names = corpus.clean(), [corpus.classes[int(i)] for i in corpus.labels]
    return {w: clean[torch.tensor([w == ANY or heard([name], w) > 0 for name in names])] for w in wanted}


def compared(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the classes whose sounds count in distances; `Error` where there are none."""
    names = list(names)
    wanted = tuple(name for name in (*THREE, ANY) if name in names)
    if not wanted:
        raise Error(f"distances need sounds of {', '.join(THREE)}; the model has {', '.join(names) or 'no classes'}")
    return wanted


def memorisation(
    judge: Judge, ear: Embedding, made: dict[str, Tensor], seed: int, pack: Path, corpora: dict[str, Corpus]
) -> dict[str, Any]:
    """The check of `memory.py` on every generated sound, in the embedding and in log-mel."""
    strangers = "unseen" if "unseen" in corpora else "test"
    train, unseen = corpora["train"].clean(), corpora[strangers].clean()
    generated = torch.cat(list(made.values()))
    names = [f"{name} {seed + i}" for name, sounds in made.items() for i in range(len(sounds))]
    weights = shares(corpora[strangers], {name: len(sounds) for name, sounds in made.items()})
    result: dict[str, Any] = {"strangers": strangers}
    for space, features in (("embedding", lambda x: embed(ear, x)), ("log_mel", log_mel(judge))):
        sets = [features(x) for x in (generated, train, unseen)]
        result[space] = memorised(sets[0], sets[1], sets[2], names, paths(pack, "train"), weights)
    return result


def shares(corpus: Corpus, counts: dict[str, int]) -> np.ndarray:
    """Weights (n,) of real sounds with which each class has the share that it has among generated ones.

    All alike where these are of no class, or of none that the sounds have.
    """
    names = [corpus.classes[int(i)] for i in corpus.labels]
    found = np.zeros(len(names))
    for wanted, count in counts.items():
        members = np.array([wanted != ANY and heard([name], wanted) for name in names], dtype=float)
        found += count * members / max(1, members.sum())
    return found if found.any() else np.ones(len(names))


def evaluate(
    model: Model, judge: Judge, pack: Path | None, n: int, seed: int = 1, ears: Mapping[str, Embedding] | None = None,
    tick: Callable[[int], None] = lambda more: None, made: Callable[[], dict[str, Tensor]] | None = None,
    **controls: Any,
) -> dict[str, Any]:  # fmt: skip
    """All measures on n sounds a class: agreement, confusion and faults; against real sounds where a pack is given.

    A model that cannot be asked for a class makes n sounds in all. ears: the embeddings of the distances by name, the
    first also that of memorisation; the judge's by default. `tick` hears how many more sounds are made. made: who
    renders the same sounds instead, by class.
    """
    classes, place = model.classes, torch.device("cpu")
    names, ears = classes or (ANY,), ears or {"judge": judge}
    corpora = {split: Corpus.load(pack, split, model.spec.length, place) for split in splits(pack)} if pack else {}
    held_out, train = {split: corpus for split, corpus in corpora.items() if split != "train"}, corpora.get("train")
    # before anything is rendered, which takes minutes: too few real sounds, or an ear that fails on them, is told now
    for corpus in held_out.values():
        few = reference(corpus, compared(names))[:FEWEST]
        for ear in ears.values():
            embed(ear, few)
    if made is None:
        sounds = {name: render_class(model, name, n, seed, tick=tick, **controls) for name in names}
    else:
        sounds = made()
    report: dict[str, Any] = {"model": model.tag, "n": n, "seed": seed, "controls": controls}
    report["engine"] = model.engine.partition(",")[0]
    report["agreement"] = {name: agreement(model, judge, sounds[name], name) for name in classes}
    report["confusion"] = {"generated": confusion(judge, sounds)}
    report["faults"] = {name: faults(x, model.spec.rate_hz) for name, x in sounds.items()}
    if pack is None:
        return report
    report["confusion"] |= {split: confusion(judge, by_class(corpus)) for split, corpus in held_out.items()}
    report["agreement_real"] = {split: agreement_of_real(judge, corpus, classes) for split, corpus in held_out.items()}
    report["distances"] = {
        name: {split: distances(ear, sounds, corpus, train) for split, corpus in held_out.items()}
        for name, ear in ears.items()
    }
    heard_in_train = heard_of(by_class(train)) if train else {}
    mine = heard_of(sounds)
    report["likeness"] = {
        split: likenesses(mine, heard_of(by_class(corpus)), heard_in_train) for split, corpus in held_out.items()
    }
    if held_out and train:
        report["memorisation"] = memorisation(judge, next(iter(ears.values())), sounds, seed, pack, corpora)
    return report
