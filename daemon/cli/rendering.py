"""render, vary, inpaint, interpolate, reshape, recall: one sound or many, as WAVs with their recipe."""

import itertools
import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)  # fmt: skip
from rich.text import Text

from ...sampler.errors import Error
from ...sampler.files import free, sources_beside
from ...sampler.hit import SEED_DRAWN, SEED_MAX, TASKS, Hit
from ...sampler.resolve import HASH, Reader, read_file
from ...sampler.sound import RATE_HZ, Sound, read_recipe
from ...sampler.wav import read_sound
from .options import OUT, engine_option, json_option, model_options, render_options

BATCH = 8  # sounds rendered together
COUNT = click.option(
    "-n",
    "count",
    type=click.IntRange(1, 100_000),
    default=1,
    show_default=True,
    help="How many sounds; seeds count up.",
)
FILE = click.argument("file", type=str)


def rendering(name: str, about: str) -> Callable[[Callable[..., None]], click.Command]:
    """The decorators that every rendering command has."""

    def decorate(function: Callable[..., None]) -> click.Command:
        for option in (json_option, engine_option("torch"), model_options, OUT, COUNT, render_options):
            function = option(function)
        return click.command(name, help=about, short_help=about)(function)

    return decorate


@rendering("render", "Render new sounds.")
def render(**flags: Any) -> None:
    """A new sound from noise."""
    make("generate", flags)


@rendering("vary", "Vary a sound: noise it to --variation, then denoise.")
@FILE
def vary(file: str, **flags: Any) -> None:
    """A sound near the given one."""
    make("vary", flags, source_a=file)


@rendering("inpaint", "Regenerate a span of a sound and keep the rest.")
@FILE
def inpaint(file: str, **flags: Any) -> None:
    """A sound with a new part."""
    make("inpaint", flags, source_a=file)


@rendering("interpolate", "Mix two sounds in their latents.")
@click.argument("a", type=str)
@click.argument("b", type=str)
def interpolate(a: str, b: str, **flags: Any) -> None:
    """A sound between two."""
    make("interpolate", flags, source_a=a, source_b=b)


@rendering("reshape", "Bring a sound through its latent, with class weights.")
@FILE
def reshape(file: str, **flags: Any) -> None:
    """A sound made more of a kick, a snare, a cymbal."""
    make("reshape", flags, source_a=file)


@click.command("recall", short_help="Render a WAV of driftkit again.")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.option("--model", default=None, help="The model, where it is not installed by its name.")
@click.option(
    "--device", default="auto", show_default=True, help="auto (the faster of cpu and cuda), cpu, cuda or mps."
)
@engine_option(None)
@OUT
def recall(file: Path, as_json: bool, model: str | None, device: str, engine: str | None, out: Path) -> None:
    """Render the recipe inside FILE again: the same sound, from its resolved Hit, by the engine that rendered it."""
    hit, *_, by = read_recipe(file)
    name = model or hit.model.partition("@")[0]
    try:
        loaded = load(name, device, engine or by)
    except Error as reason:
        if engine or by == "torch":
            raise
        loaded = load(name, device)
        print(f"{file} was rendered by {by}, which cannot be had here ({reason}); torch comes near it", file=sys.stderr)
    if hit.model != loaded.tag:
        raise Error(
            f"{file} was made by the model {hit.model}; {name} is now {loaded.tag}; give the older one with --model"
        )
    write(loaded, iter([loaded.resolve(hit, near(file))]), 1, out, as_json)


def make(task: str, flags: dict[str, Any], **sources: str) -> None:
    """Render `count` hits of a task and write them."""
    out, count, as_json = flags.pop("out"), flags.pop("count"), flags.pop("as_json")
    model, device, engine = flags.pop("model"), flags.pop("device"), flags.pop("engine")
    given: dict[str, Any] = {**sources, **{name: value for name, value in flags.items() if value is not None}}
    hit = Hit(task=task, **given)
    first = hit.seed if hit.seed >= 0 else random.SystemRandom().randint(0, SEED_DRAWN)
    if first + count - 1 > SEED_MAX:
        raise Error(f"seed is {first} and -n {count}; the last seed must not exceed {SEED_MAX}")
    writable(out)
    cache: dict[str, np.ndarray] = {}

    def read(name: str, rate_hz: int) -> np.ndarray:
        if name not in cache:
            cache[name] = read_file(name, rate_hz)
        return cache[name]

    for slot in TASKS.get(task, ()):
        read(getattr(hit, slot), RATE_HZ)  # a source that cannot be read is told before the model is loaded
    loaded = load(model, device, engine)
    write(loaded, (loaded.resolve(hit.replace(seed=first + i), read) for i in range(count)), count, out, as_json)


def load(name: str, device: str, engine: str = "torch") -> Any:
    """The model, torch being imported only now."""
    from ...sampler.model import load as load_model

    return load_model(name, device, engine)


def writable(out: Path, flag: str = "--out") -> None:
    """`Error` before any rendering where nothing can be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if not os.access(out, os.W_OK | os.X_OK):
            raise PermissionError(13, "permission denied")
    except (OSError, ValueError) as reason:
        reason = reason if isinstance(reason, OSError) else OSError(22, str(reason))
        raise Error(f"the folder {out} cannot be written: {reason.strerror}; give another with {flag}") from None


def near(file: Path) -> Reader:
    """Reads sources by hash from the `sources` folder beside a WAV, or beside one of its folders."""

    def read(name: str, rate_hz: int) -> np.ndarray:
        if not name.startswith(HASH):
            return read_file(name, rate_hz)
        places = sources_beside(file, name)
        for place in places:
            if place.is_file():
                return read_sound(place, rate_hz)
        raise Error(f"{file} was made from a source that is gone: sources/{places[0].name} is not beside it")

    return read


def write(model: Any, hits: Iterator[Any], count: int, out: Path, as_json: bool) -> None:
    """Render resolved hits in small batches, write each sound, and tell about it."""
    writable(out)
    with progress() as bar:
        task = bar.add_task("rendering", total=count)
        done_before = 0
        while part := list(itertools.islice(hits, BATCH)):
            steps = model.steps(part)
            done_before += len(part)
            while True:
                try:
                    bar.update(task, completed=done_before - len(part) + next(steps) * len(part))
                except StopIteration as done:
                    for sound in done.value:
                        tell(sound, save(sound, out), as_json)
                    break


class Rate(ProgressColumn):
    """So many a second."""

    def render(self, task: Task) -> Text:
        """The text."""
        return Text(f"{task.speed:.3g}/s" if task.speed else "")


def progress(rate: bool = False) -> Progress:
    """A bar on a terminal, nothing elsewhere; with the rate where that is asked for."""
    console = Console(stderr=True)
    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    columns[3:3] = [Rate()] if rate else []
    return Progress(*columns, console=console, transient=True, redirect_stdout=False, disable=not console.is_terminal)


def save(sound: Sound, out: Path) -> Path:
    """Write a sound and its sources; a name that is taken gets a number."""
    path = free(out / f"{sound.hit.label or sound.label or 'hit'}_s{sound.hit.seed:06d}.wav")
    sound.save(path)
    return path


def tell(sound: Sound, path: Path, as_json: bool) -> None:
    """One line per sound: JSON on stdout, or a sentence for people on stderr."""
    ms = round(sound.took_s * 1000, 1)
    if as_json:
        line = {
            "path": str(path), "seed": sound.hit.seed, "ms": ms, "label": sound.label,
            "confidence": round(sound.confidence, 4), "engine": sound.engine, "hit": sound.hit.as_dict(),
        }  # fmt: skip
        print(json.dumps(line), flush=True)
    else:
        heard = f"sounds like {sound.label} ({sound.confidence:.0%})" if sound.label else ""
        print(f"{path}  seed {sound.hit.seed}  {ms:.0f} ms  {heard}", file=sys.stderr)
