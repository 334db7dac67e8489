"""A model of one's own: another one goes on learning from some sounds, and stays all else that it is.

Its network, its classes and how it is played are those of the model that it begins with; folders of new names become
classes beside them. Only the numbers of the run are its own: the recipe of the kind of network, or a config.
"""

import re
from pathlib import Path

from ..errors import Error
from ..home import home_of
from ..spec import Spec, folders, list_models
from .targets import TARGETS, TrainConfig, load_config


def target_of(spec: Spec) -> str:
    """The key of `TARGETS` that trains the network of a model; `Error` where there is none."""
    for name, target in TARGETS.items():
        if target.denoises and not target.follows and target.kind == spec.network["kind"]:
            return name
    raise Error(f"the model {spec.name} is of the kind {spec.network['kind']}, which cannot be trained here")


def config_for(spec: Spec, recipe: Path | None, **told: int | None) -> TrainConfig:
    """The numbers of a run that goes on with a model: its shape, and a recipe or what a config says."""
    target = TARGETS[target_of(spec)]
    config = load_config(recipe or Path(target.recipe), **told)
    return config.changed(**target.like(spec)).checked()


def places(data: Path, folder: Path | None, base: Path) -> tuple[Path, Path]:
    """Where the run lies and where its model does, by default by the name of its sounds; `Error` where one is there."""
    name = folder.name if folder else re.sub(r"[^a-z0-9]+", "_", data.resolve().stem.casefold()).strip("_") or "mine"
    folder = folder or folders()[0] / name
    there = list_models().get(name)
    if there is not None and there.resolve() != folder.resolve():
        raise Error(f"there is a model {name} already, in {there}; give another name by --export FOLDER")
    if folder.resolve() == base.resolve():
        raise Error(f"the model would take the place of {name}, with which it begins; give another by --export FOLDER")
    return home_of("data") / "runs" / name, folder
