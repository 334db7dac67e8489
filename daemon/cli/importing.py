"""import: a checkpoint that others trained, as a model by name."""

import json
import re
import sys
from pathlib import Path

import click

from ...sampler.errors import Error
from ...sampler.spec import NOT_MODELS, folders
from .options import json_option

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def checked_name(name: str) -> str:
    """A name that a model may have."""
    if not NAME.fullmatch(name) or name in NOT_MODELS:
        raise Error(f"name is {name!r}; it must be at most 64 letters, digits, _, . and -, and not judge")
    return name


@click.command("import", short_help="Make a model of a published checkpoint.")
@click.argument("checkpoint", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="What --model will know it by.")
@click.option("--classifier", type=click.Path(path_type=Path), default=None, help="Its classifier, for class weights.")
@click.option(
    "--schedule", default="subvp_1_1_cos", show_default=True,
    help="The noise that it was trained with, which it does not say: vp, subvp, subvp_1_1 or subvp_1_2 "
    "with _cos, _exp, _linear or _sigmoid, as in vp_exp; or v, or ve.",
)  # fmt: skip
@click.option("--raw", is_flag=True, help="The last weights of its training, not their moving average.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="The folder in which the model's folder is made.  [default: the user's models]",
)  # fmt: skip
@json_option
def import_(
    checkpoint: Path, name: str, classifier: Path | None, schedule: str, raw: bool, out: Path | None, as_json: bool
) -> None:
    """Read CHECKPOINT, a file of CRASH's public code, and store it as a model; no code in it is run."""
    from ...sampler.importers import import_crash

    folder = (out or folders()[0]) / checked_name(name)
    spec = import_crash(
        checkpoint, folder, schedule=schedule, classifier=classifier, weights="raw" if raw else "ema"
    )  # fmt: skip
    if as_json:
        line = {"name": spec.name, "folder": str(folder), "schedule": schedule, "classes": spec.classes}
        print(json.dumps(line))
        return
    classes = ", ".join(spec.classes) if spec.classes else "no classes, for want of a --classifier"
    where = folder if out else spec.name
    print(f"wrote the model {spec.name} to {folder} ({schedule}, {classes})", file=sys.stderr)
    print(f"try `driftkit render --model {where}`", file=sys.stderr)
