"""From checkpoints to a model folder: EMA weights, model.json."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..errors import Error
from ..files import appearing
from ..loudness import Loudness
from ..reading import read_loudness, read_networks
from ..spec import Spec, model_files, model_hash, read_spec
from ..store import write_model
from .checkpoints import load_checkpoint
from .config import kinds_of
from .data import Corpus
from .graft import rename_heard
from .hearing import widened
from .log import read_log
from .loudness import of_corpus
from .targets import DENOISERS, HEARERS, TARGETS, config_of, spec_of

RECORD = "exported.json"  # beside the checkpoints: the models that were written from there, and their hashes
DTYPES = (torch.float16, torch.float32)  # of weights, as they are written
TOLD = ("batch", "precision", "learning_rate", "weight_decay", "ema", "t_sampling", "weighting", "layered")


def export(
    denoiser: Path, classifier: Path | None, folder: Path, trained: dict[str, Any] | None = None,
    pack: Path | None = None,
) -> Spec:  # fmt: skip
    """Write the EMA weights of checkpoints (`checkpoint.pt` or `best.pt`) as the model `folder.name`; returns its spec.

    pack: the sounds that it learnt, for a network that is told how loud its own are to be.

    The networks of CRASH keep float32, since half precision would move their random frequencies; the others
    are written in float16. Classes that the classifier lacks are as unlikely to it as can be. Raises `Error` where a
    checkpoint is missing, broken or of the other kind of network, or where the two do not belong together.
    """
    check_free(folder, denoiser.parent)
    state, network = trained_network(denoiser)
    target, config = state["target"], config_of(state)
    spec = spec_of(target, config, folder.name)
    hearing, exact = None, TARGETS[target].exact
    if classifier is not None:
        heard = checked(classifier, HEARERS)
        its, hearer = config_of(heard), TARGETS[heard["target"]]
        wrong = hearer.fits(its, config)
        if wrong:
            raise Error(f"{classifier} {wrong[0]}, {denoiser} {wrong[1]}; train both alike")
        hearing = hearer.build(its)
        hearing.load_state_dict(heard["ema"])
        last = "leave" if hasattr(hearing, "leave") else "last_conv"
        setattr(hearing, last, rename_heard(getattr(hearing, last), its.classes, config.classes))
        spec = replace(spec, classifier=hearer.entry(its.changed(classes=config.classes)))
        exact = exact or hearer.exact
    spec = replace(spec, trained=history(denoiser, state) | (trained or {}))
    spec, loudness = told_loudness(target, spec, pack)
    store(denoiser.parent, folder, spec, network, hearing, exact, loudness)
    return spec


def export_own(checkpoint: Path, base: Path, pack: Path, folder: Path) -> Spec:
    """Write a checkpoint of a run that went on with the model `base` as a model that is played as that one.

    Its classifier is that of `base`, which learns the new classes of `pack` now. Raises as `export` does.
    """
    check_free(folder, checkpoint.parent)
    state, network = trained_network(checkpoint)
    target, config, spec = TARGETS[state["target"]], config_of(state), read_spec(base)
    began_with = {"began_with": f"{base.name}@{model_hash(base)}"}
    spec = replace(spec, name=folder.name, trained=history(checkpoint, state) | began_with)
    hearing = read_networks(base)[2]
    if target.conditional:
        classes = tuple(config.classes)
        corpus = Corpus.load(pack, "train", config.length, torch.device("cpu"), classes)
        hearing = widened(base, corpus, classes)
        spec = replace(
            spec, classes=classes, kinds=kinds_of(classes), network=spec.network | target.entry(config),
            classifier={**(spec.classifier or {}), "classes": len(classes)} if hearing else None,
        )  # fmt: skip
    spec, loudness = told_loudness(state["target"], spec, pack, base)
    store(checkpoint.parent, folder, spec, network, hearing, target.exact, loudness)
    return spec


def told_loudness(target: str, spec: Spec, pack: Path | None, base: Path | None = None) -> tuple[Spec, Loudness | None]:
    """A model's spec with how loud its sounds are to be, by the split `train`; of what is not told so as it is.

    base: a model that knows it of classes of which the pack has no sounds.
    """
    if pack is None or not TARGETS[target].loud:
        return replace(spec, loudness={}), None
    corpus = Corpus.load(pack, "train", spec.length, torch.device("cpu"), spec.classes)
    before = base and (read_spec(base).classes, read_loudness(base, read_spec(base)))
    made = of_corpus(corpus, spec.classes, *(before or ()))
    return replace(spec, loudness=made.arguments if made else {}), made


def trained_network(checkpoint: Path) -> tuple[dict[str, Any], nn.Module]:
    """The state of a checkpoint of a denoiser, and its moving average."""
    state = checked(checkpoint, DENOISERS)
    network = TARGETS[state["target"]].build(config_of(state))
    network.load_state_dict(state["ema"])
    return state, network


def store(
    run: Path, folder: Path, spec: Spec, network: nn.Module, hearing: nn.Module | None, exact: bool,
    loudness: Loudness | None = None,
) -> None:  # fmt: skip
    """Write a model, and beside the checkpoints that it is from there."""
    write_model(folder, spec, network, hearing, torch.float32 if exact else torch.float16, loudness)
    record(folder, run)


def record(folder: Path, run: Path) -> None:
    """Keep that a model was written from the checkpoints in `run`."""
    told = exported(run) | {str(folder.resolve()): model_hash(folder)}
    with appearing(run / RECORD) as staged:
        staged.write_text(json.dumps(told, indent=1) + "\n")


def check_free(folder: Path, run: Path) -> None:
    """`Error` where `folder` holds a model other than the one that was written there from the checkpoints in `run`.

    A run of a driftkit that kept no record gets one, where the model is of its checkpoints as they are.
    """
    if not model_files(folder):
        return
    if not exported(run) and any(is_of(folder, run / name) for name in ("checkpoint.pt", "best.pt")):
        record(folder, run)
    if exported(run).get(str(folder.resolve())) != model_hash(folder):
        raise Error(
            f"{folder} holds a model that was not exported from {run}, or was changed since; give another folder, or "
            "move it away"
        )


def is_of(folder: Path, checkpoint: Path) -> bool:
    """Has a model just the weights that would be exported from a checkpoint, and tells the same of its training?"""
    try:
        state, (spec, network, _) = load_checkpoint(checkpoint), read_networks(folder)
    except Error:
        return False
    mine, theirs = state["ema"], network.state_dict()
    return (
        spec.trained.get("sounds_shown") == state["samples"]
        and mine.keys() == theirs.keys()
        and all(
            mine[name].shape == theirs[name].shape
            and any(torch.equal(mine[name].to(dtype).float(), theirs[name].float()) for dtype in DTYPES)
            for name in mine
        )
    )


def exported(run: Path) -> dict[str, str]:
    """The hashes of models by their folders, as the record beside the checkpoints has them."""
    file = run / RECORD
    try:
        found = json.loads(file.read_text()) if file.exists() else {}
    except (OSError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(hash_, str) for hash_ in found.values()):
        raise Error(f"{file} is not the record of exported models that driftkit keeps there; move it away")
    return found


def history(checkpoint: Path, state: dict[str, Any]) -> dict[str, Any]:
    """What a model card says of a run: sounds shown, steps, the numbers of the optimiser, held-out error."""
    config = state["config"]
    told = {name: config[name] for name in (*TOLD, *TARGETS[state["target"]].told) if name in config}
    if "frechet" in state or "held_out" in state:  # it is the checkpoint that came nearest to these
        told["chosen_on"] = "test"
    lines = [line for line in read_log(checkpoint.with_name("log.jsonl")) if line["samples"] <= state["samples"]]
    held_out = lines[-1]["held_out"] if lines else {}
    steps = state["samples"] // config["batch"]
    return {"sounds_shown": state["samples"], "optimiser_steps": steps, **told, "held_out": held_out}


def checked(path: Path, targets: tuple[str, ...]) -> dict[str, Any]:
    """A checkpoint that trained one of the targets."""
    state = load_checkpoint(path)
    if state.get("target") not in targets:
        raise Error(f"{path} trained {state.get('target')!r}; here a checkpoint of a {' or '.join(targets)} is needed")
    return state
