"""distill: a model that needs fewer steps."""

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import click

from ...sampler.errors import Error
from ...sampler.spec import SPEC, find_model, folders
from .importing import checked_name
from .options import json_option, model_options
from .rendering import writable


@click.command("distill", short_help="Make a model that needs few steps of one that needs many.")
@click.option(
    "--steps", type=click.IntRange(1, 32), default=None,
    help="Solver steps of the new model, 2 or more, or jumps, 1 or more.  [default: 5, or 4 jumps]",
)  # fmt: skip
@click.option(
    "--jumps/--no-jumps", default=None,
    help="Levels for the jumps of the flow map, or for the model's solver.  [default: jumps where they were learnt]",
)  # fmt: skip
@click.option("--name", required=True, help="What --model will know it by.")
@click.option("-n", "count", type=click.IntRange(1, 1000), default=22, show_default=True, help="Sounds to learn on.")
@click.option("--seed", type=click.IntRange(0), default=5, show_default=True, help="The seed of their noise.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="The folder in which the model's folder is made.  [default: the user's models]",
)  # fmt: skip
@model_options
@json_option
def distill(
    steps: int | None,
    jumps: bool | None,
    name: str,
    count: int,
    seed: int,
    out: Path | None,
    model: str,
    device: str,
    as_json: bool,
) -> None:
    """Learn the noise levels at which few steps come nearest to many, and write the model that takes them.

    The networks stay as they are, so every task and any number of steps still work. Some minutes on a CPU.
    What cannot be jumped takes steps at the levels of the solver, which --no-jumps learns.
    """
    from ...sampler.model import load
    from ...sampler.spec import CLASSIFIER, LOUDNESS, NETWORK
    from ...sampler.training.few_steps import Yardstick, check_steps, learn, with_levels

    folder = (out or folders()[0]) / checked_name(name)
    if folder.exists():
        raise Error(f"{folder} is there already; choose another --name, or remove it")
    loaded = load(model, device)
    if loaded.spec.solver == "rk45":
        raise Error(f"the model {loaded.spec.name} is solved by rk45, which takes steps of its own; nothing to learn")
    jumps = loaded.spec.has_reach if jumps is None else jumps
    if jumps and not loaded.spec.has_reach:
        raise Error(f"the network of the model {loaded.spec.name} has learnt no jumps; train one, or leave --jumps out")
    steps = steps or (4 if jumps else 5)
    check_steps(steps, jumps)
    writable(folder.parent)  # minutes of learning shall not be lost
    print(f"sounds of {loaded.spec.name} in many steps ...", file=sys.stderr)
    yardstick = Yardstick(loaded, count, seed, jumps=jumps)

    def report(move: float, distance: float, levels: list[float]) -> None:
        if as_json:
            print(json.dumps({"move": move, "distance": distance, "levels": levels}), flush=True)
        else:
            shown = "  ".join(f"{s:.4g}" for s in levels)
            print(f"distance {distance:.4f} at s = {shown}", file=sys.stderr, flush=True)

    levels = learn(yardstick, steps, report)
    spec = with_levels(loaded.spec, levels, jumps)
    folder.mkdir(parents=True)
    for file in (NETWORK, CLASSIFIER, LOUDNESS):
        if (find_model(model) / file).exists():
            shutil.copyfile(find_model(model) / file, folder / file)
    (folder / SPEC).write_text(json.dumps(asdict(spec) | {"name": folder.name}, indent=1) + "\n")
    if as_json:
        print(json.dumps({"name": folder.name, "folder": str(folder), "steps": steps, "levels": levels}))
        return
    print(f"wrote the model {folder.name} to {folder}; try `driftkit render --model {folder if out else name}`",
          file=sys.stderr)  # fmt: skip
