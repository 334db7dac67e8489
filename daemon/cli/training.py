"""train: making models."""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ...sampler.errors import Error
from .options import SKIP_BAD, json_option
from .rendering import progress, writable

LISTENERS = ("judge", "ear")  # what hears finished sounds


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
    required=True,
    help="Checkpoints and log; a run there is resumed.",
)
@click.option(
    "--network",
    "target",
    type=Trainable(),
    default="unet",
    show_default=True,
    help="What to train.",
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
@click.option("--device", default="auto", show_default=True, help="auto, cpu, cuda or mps.")
@click.option(
    "--evaluate-every",
    type=click.IntRange(0),
    default=None,
    help="Sounds from one rendering and measuring to the next; 0: never.  [default: 20000]",
)
@click.option("--tensorboard", is_flag=True, help="Log numbers, sounds and spectrograms to OUT/tensorboard too.")
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
    data: Path, skip_bad: bool, out: Path, target: str, config: Path | None, samples: int | None, batch: int | None,
    minutes: float | None, start: str | None, device: str, evaluate_every: int | None, tensorboard: bool,
    folder: Path | None, classifier: Path | None, best: bool, as_json: bool,
) -> None:  # fmt: skip
    """Train a network; Ctrl-C, or SIGTERM, keeps the checkpoint, the same command goes on from it.

    Several GPUs: torchrun -m driftkit.sampler (docs/training.md).
    """
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        raise Error("driftkit train is one process; for several use torchrun -m driftkit.sampler PACK OUT")
    if (best or classifier) and not folder:
        raise Error("--best and --classifier say what --export writes; give --export FOLDER too")
    from ...sampler.training.targets import DENOISERS, HEARERS, load_config

    if folder and target not in (*DENOISERS, *LISTENERS):
        raise Error(
            f"--export writes a model, which a {target} alone is not; export the denoiser with --classifier {out}"
        )
    if target in LISTENERS:
        flags = {
            "--config": config, "--minutes": minutes, "--from": start, "--evaluate-every": evaluate_every,
            "--tensorboard": tensorboard, "--export": folder,
        }  # fmt: skip
        refused = [flag for flag, value in flags.items() if value not in (None, False)]
        if refused:
            raise Error(f"the {target} is trained without {', '.join(refused)}; it takes --samples and --batch")
        if device not in ("auto", "cpu"):
            raise Error(f"device is {device}; the {target} is trained on cpu")
    from ...sampler.spec import find_model
    from ...sampler.store import device_for
    from ...sampler.training.data import changed, pack, packs
    from ...sampler.training.export import check_free, checked, export
    from ...sampler.training.train import memory
    from ...sampler.training.train import train as run

    numbers = load_config(config, samples=samples, batch=batch, evaluate_every=evaluate_every)
    place, model = str(device_for(device)), find_model(start) if start else None
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
            pack(data, packed, skip_bad, say)
        elif changed(packed, data):
            print(
                f"{data} has changed since this run began, which goes on with the sounds that it had then; "
                f"remove {packed} to go on with those of now",
                file=sys.stderr,
            )
    if target in LISTENERS:
        listener(target, packed, out, samples, batch, as_json)
        return
    asked: list[int] = []
    bar = progress()
    before = {n: signal.signal(n, lambda number, frame: asked.append(number)) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        shown = bar.add_task("training", total=numbers.samples)
        bar.start()
        checkpoint = run(
            target, packed, out, numbers, tick=lambda samples: bar.update(shown, completed=samples),
            start=model, device=place,
            limit_s=minutes * 60 if minutes else float("inf"), tensorboard=tensorboard,
            say=say,
            stop=lambda: bool(asked), report=lambda line: report(line, numbers.samples, as_json),
        )  # fmt: skip
    finally:
        bar.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
    say(memory(place))
    if folder:
        chosen = checkpoint.with_name("best.pt") if best else checkpoint
        if not chosen.exists():
            raise Error(f"{chosen} is not there: no sounds of this run were measured; see --evaluate-every")
        spec = export(chosen, heard, folder)
        print(f"wrote the model {spec.name} to {folder}", file=sys.stderr)


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
        f"{share:6.1%}  {line['samples']} sounds, {line['samples_per_s']:.0f}/s  "
        f"{loss}held out: {levels}{distance}",
        file=sys.stderr, flush=True,
    )  # fmt: skip
