"""train: making models."""

import difflib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ...sampler.errors import Error
from .options import SKIP_BAD, json_option
from .rendering import progress, writable

LISTENERS = ("judge", "ear")  # what hears finished sounds
CLOSING = 0.08  # of the minutes of a model of one's own: its classifier, and writing it


class Trainable(click.ParamType):
    """The name of a network that can be trained; the table is read when it is needed, since torch comes with it."""

    name = "network"

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        from ...sampler.training.targets import TARGETS

        return (*TARGETS, *LISTENERS)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """What stands in the help."""
        return f"[{'|'.join(self.names)}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name itself, where there is such a network."""
        if value not in self.names:
            self.fail(f"{value!r} is not one of {', '.join(self.names)}.", param, ctx)
        return value


@click.command("train", short_help="Train a model on a folder of drum sounds.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    required=True,
    help="A folder with MANIFEST.csv or one sub-folder per class, or a pack (.npz).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Checkpoints and log; a run there is resumed. With --finetune by default among the user's data.",
)
@click.option(
    "--network",
    "target",
    type=Trainable(),
    default=None,
    help="What to train.  [default: unet; with --finetune that of the model]",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=None,
    help="A TOML file of training numbers, or the recipe crash or tiny.",
)
@click.option("--samples", type=click.IntRange(1), default=None, help="Sounds to show in the whole run.")
@click.option("--batch", type=click.IntRange(2, 4096), default=None, help="Sounds per step.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), default=None, help="Stop after so many minutes.")
@click.option("--from", "start", default=None, help="Begin with the weights of this model, a name or a folder.")
@click.option(
    "--finetune",
    default=None,
    help="Go on with this model, for a few minutes and with few sounds: a new model with its classes and those of "
    "--data. Written where `driftkit models` looks, by the name of the folder, unless --export says otherwise.",
)
@click.option("--device", default="auto", show_default=True, help="auto, cpu, cuda or mps.")
@click.option(
    "--evaluate-every",
    type=click.IntRange(0),
    default=None,
    help="Sounds from one rendering and measuring to the next; 0: never.  [default: 20000]",
)
@click.option("--tensorboard", is_flag=True, help="Log numbers, sounds and spectrograms to OUT/tensorboard too.")
@click.option(
    "--wandb", is_flag=True, help="The same to OUT/wandb, for Weights & Biases; sent only where WANDB_MODE says so."
)
@click.option(
    "--export",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Write the EMA weights as a model folder at the end.",
)
@click.option(
    "--classifier", type=click.Path(path_type=Path), default=None, help="With --export: the classifier's run."
)
@click.option("--best", is_flag=True, help="With --export: the checkpoint nearest to held-out sounds, not the last.")
@SKIP_BAD
@json_option
def train(
    data: Path, skip_bad: bool, out: Path | None, target: str | None, config: Path | None, samples: int | None,
    batch: int | None, minutes: float | None, start: str | None, finetune: str | None, device: str,
    evaluate_every: int | None, tensorboard: bool, wandb: bool, folder: Path | None, classifier: Path | None,
    best: bool, as_json: bool,
) -> None:  # fmt: skip
    """Train a network; Ctrl-C, or SIGTERM, keeps the checkpoint, the same command goes on from it.

    Several GPUs: torchrun -m driftkit.sampler (docs/training.md).
    """
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        raise Error("driftkit train is one process; for several use torchrun -m driftkit.sampler PACK OUT")
    if (best or classifier) and not folder:
        raise Error("--best and --classifier say what --export writes; give --export FOLDER too")
    entered = time.monotonic()
    if finetune and (start or target or classifier or best):
        raise Error("--finetune goes on with a whole model: leave out --from, --network, --classifier and --best")
    if not finetune and out is None:
        raise click.UsageError("Missing option '--out'.")
    from ...sampler.spec import find_model, read_spec
    from ...sampler.training.finetune import config_for, places, target_of
    from ...sampler.training.targets import DENOISERS, HEARERS, TARGETS, load_config

    named = finetune or start
    model = find_model(named) if named else None
    target = target_of(read_spec(model)) if finetune and model else target or "unet"
    if finetune and model:
        run_folder, folder = places(data, folder, model)
        out = out or run_folder
    assert out is not None
    if folder and target not in (*DENOISERS, *LISTENERS):
        raise Error(
            f"--export writes a model, which a {target} alone is not; export the denoiser with --classifier {out}"
        )
    if target in LISTENERS:
        flags = {
            "--config": config, "--minutes": minutes, "--from": start, "--evaluate-every": evaluate_every,
            "--tensorboard": tensorboard, "--wandb": wandb, "--export": folder,
        }  # fmt: skip
        refused = [flag for flag, value in flags.items() if value not in (None, False)]
        if refused:
            raise Error(f"the {target} is trained without {', '.join(refused)}; it takes --samples and --batch")
        if device not in ("auto", "cpu"):
            raise Error(f"device is {device}; the {target} is trained on cpu")
    from ...sampler.store import device_for
    from ...sampler.training.data import changed, classes_in, pack, packs
    from ...sampler.training.desk import memory
    from ...sampler.training.export import check_free, checked, export, export_own
    from ...sampler.training.train import train as run

    told = {"samples": samples, "batch": batch, "evaluate_every": evaluate_every}
    numbers = config_for(read_spec(model), config, **told) if finetune and model else load_config(config, **told)
    place = str(device_for(device))
    heard = classifier / "checkpoint.pt" if classifier and classifier.is_dir() else classifier
    if heard:
        checked(heard, HEARERS)
    writable(out)
    if folder:
        check_free(folder, out)
        writable(folder, "--export")
    packed = data
    if data.suffix != ".npz":
        packed = out / "sounds.npz"
        if not packs(packed, data):
            if packed.exists():
                raise Error(
                    f"{packed} does not hold the sounds of {data}; give another --out, train with --data {packed}, "
                    "or move it away"
                )
            say(f"reading {data}")
            say(f"{pack(data, packed, skip_bad, say)} sounds")
        elif changed(packed, data):
            print(
                f"{data} has changed since this run began, which goes on with the sounds that it had then; "
                f"remove {packed} to go on with those of now",
                file=sys.stderr,
            )
    if target in LISTENERS:
        listener(target, packed, out, samples, batch, as_json)
        return
    if finetune and model:
        if TARGETS[target].conditional:
            say(news(read_spec(model).classes, classes_in(packed)))
    asked: list[int] = []
    bar = progress()
    before = {n: signal.signal(n, lambda number, frame: asked.append(number)) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        begun, until_s = time.monotonic(), minutes * 60 if minutes else float("inf")
        if finetune:  # all that the command does is to fit into the time
            until_s = (1 - CLOSING) * until_s - (begun - entered)

        def tick(samples: int) -> None:
            share = max(samples / numbers.samples, (time.monotonic() - begun) / max(until_s, 1e-9))
            bar.update(shown, completed=int(numbers.samples * share))

        shown = bar.add_task("training", total=numbers.samples)
        bar.start()
        checkpoint = run(
            target, packed, out, numbers,
            tick=tick,
            start=model, device=place, boards=("tensorboard",) * tensorboard + ("wandb",) * wandb,
            limit_s=until_s, whole_s=until_s if finetune else float("inf"),
            say=say,
            stop=lambda: bool(asked), report=lambda line: report(line, numbers.samples, as_json),
        )  # fmt: skip
    finally:
        bar.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
    say(memory(place))
    if finetune and model and folder:
        kept = checkpoint.with_name("best.pt")
        spec = export_own(kept if kept.exists() else checkpoint, model, packed, folder)
        say(f"wrote the model {spec.name} to {folder}; try `driftkit render --model {spec.name}`")
    elif folder:
        chosen = checkpoint.with_name("best.pt") if best else checkpoint
        if not chosen.exists():
            raise Error(f"{chosen} is not there: no sounds of this run were measured; see --evaluate-every")
        spec = export(chosen, heard, folder, pack=packed)
        print(f"wrote the model {spec.name} to {folder}", file=sys.stderr)


def news(known: tuple[str, ...], classes: tuple[str, ...]) -> str:
    """Which classes the sounds bring to a model, and which of its own they are of."""
    new, old = ([name for name in classes if (name in known) is there] for there in (False, True))
    told = []
    for name in new:
        near = difflib.get_close_matches(name, known, 1, 0.8)
        told.append(f"{name} (call the folder {near[0]} where these are {near[0]}s)" if near else name)
    parts = [f"new classes: {', '.join(told)}"] if new else []
    parts += [f"of the classes that there are: {', '.join(old)}"] if old else []
    return "; ".join(parts)


def say(sentence: str) -> None:
    """A sentence for whoever waits."""
    print(sentence, file=sys.stderr, flush=True)


def listener(target: str, packed: Path, out: Path, samples: int | None, batch: int | None, as_json: bool) -> None:
    """Train the judge or the ear, with sentences on stderr and, for scripts, what it reached on stdout."""
    from ...sampler.training.ear import train_ear
    from ...sampler.training.judge import train_judge

    train: Callable[..., dict[str, Any]] = {"judge": train_judge, "ear": train_ear}[target]
    asked = {name: value for name, value in (("samples", samples), ("batch", batch)) if value is not None}
    about = train(packed, out, say=say, **asked)
    if as_json:
        print(json.dumps(about), flush=True)


def report(line: dict[str, Any], total: int, as_json: bool) -> None:
    """Progress of a run: a JSON line, or a sentence."""
    if as_json:
        print(json.dumps(line), flush=True)
        return
    levels = "  ".join(f"{k} {v:.3f}" for k, v in line["held_out"].items())
    share = line["samples"] / total
    loss = "" if line["loss"] is None else f"loss {line['loss']:.4f}  "
    distance = "".join(f"  {name} {value:.2f}" for name, value in line.get("distance", {}).items())
    print(
        f"{share:6.1%}  {line['samples']} sounds, {line['samples_per_s']:.0f}/s, {left(line['left_s'])} left  "
        f"{loss}held out: {levels}{distance}",
        file=sys.stderr, flush=True,
    )  # fmt: skip


def left(seconds: float) -> str:
    """A time in words: seconds, minutes or hours."""
    for most, size, name in ((100, 1, "s"), (6000, 60, "min"), (float("inf"), 3600, "h")):
        if seconds < most:
            return f"{seconds / size:.0f} {name}"
    return "long"
