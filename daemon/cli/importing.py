"""import: a checkpoint that others trained, as a model by name."""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ...sampler.errors import Error
from ...sampler.spec import NOT_MODELS, folders
from ..reading.texts import LENGTH_MAX, decoded, read_yaml
from .options import json_option

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def checked_name(name: str) -> str:
    """A name that a model may have."""
    if not NAME.fullmatch(name) or name in NOT_MODELS:
        raise Error(f"name is {name!r}; it must be at most 64 letters, digits, _, . and -, and not judge")
    return name


def beside(checkpoint: Path) -> Path | None:
    """The YAML that belongs to a checkpoint, where there is one."""
    places = [checkpoint.with_suffix(end) for end in (".yaml", ".yml")]
    return next((place for place in (*places, checkpoint.with_name("config.yaml")) if place.is_file()), None)


def values(config: Path | None) -> Mapping[str, Any]:
    """What a YAML says; `Error` where it cannot be read."""
    if config is None:
        return {}
    try:
        with config.open("rb") as file:
            data = file.read(LENGTH_MAX + 1)
    except OSError as reason:
        raise Error(
            f"the YAML {config} cannot be read: {reason.strerror or reason}; give another by --config"
        ) from None
    found, _ = read_yaml(decoded(data, str(config)), str(config))
    if not isinstance(found, dict):
        raise Error(f"the YAML {config} must be a table; give the one that the checkpoint was trained with by --config")
    return found


@click.command("import", short_help="Make a model of a published checkpoint.")
@click.argument("checkpoint", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="What --model will know it by.")
@click.option("--classifier", type=click.Path(path_type=Path), default=None, help="Its classifier, for class weights.")
@click.option(
    "--schedule", default=None,
    help="The noise that one of CRASH was trained with, which it does not say: vp, subvp, subvp_1_1 or subvp_1_2 "
    "with _cos, _exp, _linear or _sigmoid, as in vp_exp; or v, or ve.  [default: subvp_1_1_cos]",
)  # fmt: skip
@click.option(
    "--config", type=click.Path(path_type=Path), default=None,
    help="The YAML of one of Tiny Audio Diffusion.  [default: that of the same name, or config.yaml, beside it]",
)  # fmt: skip
@click.option("--raw", is_flag=True, help="The last weights of its training, not their moving average.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="The folder in which the model's folder is made.  [default: the user's models]",
)  # fmt: skip
@json_option
def import_(
    checkpoint: Path, name: str, classifier: Path | None, schedule: str | None, config: Path | None, raw: bool,
    out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Store CHECKPOINT, trained by the public code of CRASH or Tiny Audio Diffusion, as a model.

    No code in it is run. One of Tiny Audio Diffusion has its YAML beside it.
    """
    from ...sampler.importers import import_checkpoint

    folder = (out or folders()[0]) / checked_name(name)
    spec = import_checkpoint(
        checkpoint, folder, schedule=schedule, classifier=classifier, weights="raw" if raw else "ema",
        config=lambda: values(config or beside(checkpoint)),
    )  # fmt: skip
    if as_json:
        line = {"name": spec.name, "folder": str(folder), "schedule": spec.schedule, "classes": spec.classes}
        print(json.dumps(line))
        return
    classes = ", ".join(spec.classes) or "no classes"
    where = folder if out else spec.name
    print(f"wrote the model {spec.name} to {folder} ({spec.schedule}, {classes})", file=sys.stderr)
    print(f"try `driftkit render --model {where}`", file=sys.stderr)
