"""pack: sample packs of any size, by one process or many."""

import json
import random
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import numpy as np

from ...sampler.controls import shown
from ...sampler.errors import Error
from ...sampler.hit import SEED_DRAWN, SEED_MAX, Hit
from ...sampler.resolve import fingerprint, fit, read_file
from ...sampler.spec import Spec, find_model, model_hash, read_spec
from ...sampler.work.crews import crew_for
from ...sampler.work.runner import Outcome
from ...sampler.work.shards import PLAN
from ..exports.kit import licence, plain
from ..packs.making import Form, PackJob
from ..packs.pack import Choice, Pack, begun, fresh, kept_in
from ..packs.plan import MOST, Plan, axis_in, classes_in, of_classes, of_grid, of_sources, sounds_in
from ..sinks.alone import Alone
from .following import following, hours, say, stopping, workers_option
from .options import engine_option, json_option, model_options, render_options
from .rendering import writable

OVERHEAD = 2000  # bytes of a file beside its samples
PROBE = 16  # hits from whose time the whole is guessed
WIDTHS = {"16": 2, "24": 3, "float": 4}


@click.command("pack", short_help="Make a sample pack: thousands of sounds, sorted and chosen.")
@click.option(
    "-n", "count", type=int, default=None, help="How many sounds are made; of a grid, for each of its places."
)
@click.option("--classes", default="", help="Shares by class, such as kick=.4,snare=.6.  [default: all alike]")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder of the pack.")
@click.option("--name", default="", help="What the pack is called.  [default: as its folder]")
@click.option("--vary", type=click.Path(path_type=Path), default=None, help="Neighbours of the sounds in this folder.")
@click.option(
    "--grid", nargs=2, default=None, metavar="ACROSS DOWN",
    help="Two controls as NAME=LOW:HIGH:COUNT, such as variation=0:1:8 interpolation=0:1:8.",
)  # fmt: skip
@click.option("--source-a", default=None, help="With --grid: a sound to vary, or to interpolate from.")
@click.option("--source-b", default=None, help="With --grid: a sound to interpolate to.")
@click.option("--unlike", type=float, default=0.0, help="Leave out sounds nearer than this (0 to 2) to an earlier one.")
@click.option("--keep", type=float, default=1.0, help="The share that stays, of which classifier and judge are surest.")
@click.option("--normalise", is_flag=True, help="Bring each sound to full scale.")
@click.option("--depth", type=click.Choice(list(WIDTHS)), default="24", show_default=True, help="Bits of the files.")
@click.option("--flac", is_flag=True, help="FLAC instead of WAV.")
@click.option("--tar", is_flag=True, help="A tar for each thousand sounds, instead of a folder for each kind.")
@workers_option("1", "Who renders: so many processes, ray (or ray:4), slurm (or slurm:8).")
@click.option("--dry-run", is_flag=True, help="Only say how many hours, GB and sounds it will be.")
@json_option
@engine_option("auto")
@model_options
@render_options
def pack(
    count: int | None, classes: str, out: Path, name: str, vary: Path | None, grid: tuple[str, str] | None,
    source_a: str | None, source_b: str | None, unlike: float, keep: float, normalise: bool, depth: str, flac: bool,
    tar: bool, workers: str, dry_run: bool, as_json: bool, engine: str, model: str, device: str, **flags: Any,
) -> int:  # fmt: skip
    """Make a sample pack in the folder --out: sounds by kind and number, the surest first, with pack.csv, pack.json, a
    contact sheet and a page to listen. The same command goes on where it was stopped, and makes again what was lost.
    """
    crew, spec = crew_for(workers), read_spec(find_model(model))
    form = formed(flac, depth, normalise, spec, model)
    if not 0 <= unlike <= 2 or not 0 < keep <= 1:
        raise Error(f"--unlike is {shown(unlike)} and --keep {shown(keep)}; they must be from 0 to 2, and above 0 to 1")
    if grid and (unlike or keep < 1 or vary or classes):
        raise Error("--grid shows every place of two controls; leave --unlike, --keep, --vary and --classes out")
    if (source_a or source_b) and not grid:
        raise Error("--source-a and --source-b belong to --grid; for neighbours of sounds take --vary FOLDER")
    given = {key: value for key, value in flags.items() if value is not None}
    count = checked(count, given, bool(grid), byte_size(spec, form))
    seed = first_seed(given.pop("seed", -1), out)
    sources: dict[str, np.ndarray] = {}

    def source(file: str) -> str:
        samples = fit(read_file(file, spec.rate_hz), spec.channels, spec.length)
        sources[fingerprint(samples)] = samples
        return fingerprint(samples)

    plan = planned(count, classes, vary, grid, {"source_a": source_a, "source_b": source_b}, seed, given, spec, source)
    if seed + plan.count - 1 > SEED_MAX and not grid:
        raise Error(f"seed is {seed} and -n {plan.count}; the last seed must not exceed {SEED_MAX}")

    folder = find_model(model)
    choice = Choice(name or out.absolute().name, unlike, keep, tar)
    job = PackJob(
        plan, str(folder.resolve()), f"{folder.name}@{model_hash(folder)}", device, engine, form, vars(choice), sources
    )
    size = job.count * byte_size(spec, form)
    if dry_run:
        return tell_cost(job, size, out, getattr(crew, "size", 1) or 1, as_json)
    if not begun(out):
        fresh(out)
    writable(out)
    room = shutil.disk_usage(out).free
    if size > room:
        say(
            f"{job.count} sounds take up to {size / 1e9:.1f} GB, and {room / 1e9:.1f} GB are free; "
            "where the disk is full, this waits for room"
        )
    with Alone(out), stopping() as stop, following(job.count) as tick:
        outcome = Pack(job, choice, out, stop, say, tick).make(crew)
    return tell(outcome, job, out, as_json)


def planned(
    count: int, classes: str, vary: Path | None, grid: tuple[str, str] | None, slots: Mapping[str, str | None],
    seed: int, given: dict[str, Any], spec: Spec, source: Callable[[str], str],
) -> Plan:  # fmt: skip
    """The plan that was asked for; `source` takes a sound file in and names it."""
    weights = {name: given.pop(name) for name in list(given) if name in spec.classes}
    if weights and classes:
        raise Error(
            f"--classes and --{next(iter(weights)).replace('_', '-')} both say what the sounds are; give one of them"
        )
    controls: dict[str, Any] = {**given, **({"classes": weights} if weights else {})}
    Hit(**controls)  # a value out of its range is told before anything is read
    if grid:
        named = {slot: source(file) for slot, file in slots.items() if file}
        if "source_b" in named and "source_a" not in named:
            raise Error("--source-b is given without --source-a; a grid between two sounds needs both")
        axes = [axis_in(text, spec) for text in grid]
        if axes[0].name == axes[1].name:
            raise Error(f"--grid names {axes[0].name} twice; take two controls")
        return of_grid(count, axes, named, seed, controls)
    if vary:
        if classes:
            raise Error("--vary makes neighbours of sounds, of whatever class they are; leave --classes out")
        files: dict[str, str] = {}
        for file in sounds_in(vary):
            stem = plain(file.stem) or "sound"
            files[stem if stem not in files else f"{stem}-{len(files) + 1}"] = source(str(file))
        return of_sources(count, files, seed, controls)
    return of_classes(count, shares_of(classes, weights, spec), seed, controls)


def shares_of(classes: str, weights: Mapping[str, Any], spec: Spec) -> dict[str, float]:
    """Shares by class: as told, of all alike, or none where one mixture is asked for."""
    if classes:
        return classes_in(classes, spec)
    return {} if weights else dict.fromkeys(spec.classes, 1.0)


def checked(count: int | None, given: Mapping[str, Any], grid: bool, each: int) -> int:
    """How many sounds, or how many of each place of a grid; `Error` for a number that cannot be."""
    if count is None:
        if grid:
            return 1
        raise Error("-n is missing; say how many sounds are to be made, such as -n 500")
    if not 1 <= count <= MOST:
        much = f" ({count * each / 1e9:,.0f} GB)" if count > MOST else ""
        raise Error(f"-n is {count}{much}; it must be from 1 to {MOST}, as every sound has a seed of its own")
    return count


def formed(flac: bool, depth: str, normalise: bool, spec: Spec, model: str) -> Form:
    """What the files are to be."""
    if flac and depth == "float":
        raise Error("--depth is float, which FLAC does not know; take 16 or 24, or leave --flac out")
    shipped = find_model(model).parent == find_model("default").parent and spec.name == "default"
    return Form(flac, depth, normalise, licence(spec.name, shipped))


def byte_size(spec: Spec, form: Form) -> int:
    """Bytes of a file, or more than those of a FLAC."""
    return spec.length * spec.channels * WIDTHS[form.depth] + OVERHEAD


def first_seed(asked: Any, out: Path) -> int:
    """As asked; else that of a pack that was begun there, or a drawn one."""
    seed = Hit(seed=asked).seed
    if seed >= 0:
        return seed
    if begun(out):
        try:
            return int(json.loads((kept_in(out) / PLAN).read_text(encoding="utf-8"))["job"]["groups"][0]["seed"])
        except (OSError, ValueError, LookupError, TypeError):
            pass  # whoever takes the plan up says what is wrong with it
    return random.SystemRandom().randint(0, SEED_DRAWN)


def tell_cost(job: PackJob, size: int, out: Path, workers: int, as_json: bool) -> int:
    """Say what a pack will take, from the time of a few of its hits by one worker, all cores at its hands."""
    maker = job.open()
    few = min(PROBE, job.count)
    maker.make(0, min(2, few))  # the first pays for what comes once
    started = time.perf_counter()
    for first in range(0, few, maker.batch):
        maker.make(first, min(first + maker.batch, few))
    each = (time.perf_counter() - started) / few
    line = {
        "sounds": job.count, "hours": round(each * job.count / 3600, 4), "gb": round(size / 1e9, 3),
        "seconds_per_sound": round(each, 4), **maker.about,
    }  # fmt: skip
    if as_json:
        print(json.dumps(line))
    else:
        print(
            f"{job.count} sounds, up to {size / 1e9:.2f} GB, about {hours(each * job.count)} of this machine "
            f"({each * 1000:.0f} ms a sound, {maker.about['engine']} on {maker.about['device']})"
        )
    return 0


def tell(outcome: Outcome, job: PackJob, out: Path, as_json: bool) -> int:
    """Say how it ended; the exit code."""
    line: dict[str, Any] = {
        "path": str(out), "made": outcome.there, "hits": job.count, "finished": (out / "pack.json").exists(),
        "lost": [{"first": one.first, "last": one.last, "why": one.why} for one in outcome.lost],
    }  # fmt: skip
    if as_json:
        print(json.dumps(line))
    for one in outcome.lost:
        say(f"hits {one.first} to {one.last} could not be made: {one.why}")
    if outcome.lost:
        say("the pack is put together once they are made; the same command tries them again")
        return 1
    if outcome.stopped and not line["finished"]:
        say(f"stopped: {outcome.there} of {job.count} hits are there; the same command goes on")
        return 130
    if not as_json:
        say(f"{out}  {kept(out)} sounds of {job.count} that were made")
    return 0


def kept(out: Path) -> int:
    """How many sounds a finished pack has."""
    from ..packs.filing import rows

    return sum(1 for _ in rows(out))
