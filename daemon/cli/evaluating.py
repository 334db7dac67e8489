"""evaluate: what a model's sounds are worth, as a table, as JSON, as a card, and as a sweep of schedules."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ...sampler.errors import Error
from ...sampler.files import appearing, replaceable
from ...sampler.hit import ADAPTIVE, FLOW_MAP, QUALITIES, SOLVER_NAMES
from ...sampler.processor import processor
from ...sampler.spec import SHIPPED
from .measured import tell
from .options import SKIP_BAD, engine_option, json_option, model_options
from .rendering import progress, writable

JUDGE = SHIPPED / "judge" / "judge.safetensors"
EAR = SHIPPED / "ear" / "ear.safetensors"
SWEEP_STEPS = 40


@click.command("evaluate", short_help="Measure a model: class agreement, distances, faults.")
@click.option("-n", "count", type=click.IntRange(2, 10_000), default=30, show_default=True, help="Sounds per class.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The first seed.")
@click.option(
    "--steps",
    type=click.IntRange(1, 400),
    default=None,
    help=f"Solver steps.  [default: the model's; {SWEEP_STEPS} in a sweep]",
)
@click.option("--guidance", type=float, default=1.0, show_default=True, help="Strength of the class pull.")
@click.option("--quality", type=click.Choice(QUALITIES), default="live", show_default=True, help="As for render.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True),
    default=None,
    help="A pack, or a folder of real sounds, to measure against: distances, density, coverage, memorisation.",
)
@SKIP_BAD
@click.option(
    "--embedding",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Measure distances in this embedding: a TorchScript file or an exported program (.pt2) from sounds (B, N) "
    "to (B, D). The file is run, so use only one that you trust.  [default: those of the judge and the ear]",
)
@click.option(
    "--embedding-rate",
    type=click.IntRange(1000, 384_000),
    default=None,
    help="Sample rate that the embedding hears at.  [default: what the file says, else 44100]",
)
@click.option(
    "--card",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Write a model card; --data must be a folder with MANIFEST.csv.",
)
@click.option(
    "--sweep",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Instead: sample kicks, snares and cymbals on every schedule as SDE and ODE, and write sweep.md, sweep.json "
    "and sweep.png there; a sweep that was stopped is resumed.",
)
@click.option("--schedules", default="", help="For --sweep: names with commas between.  [default: all]")
@click.option(
    "--solver", type=click.Choice([name for name in SOLVER_NAMES if name not in (*ADAPTIVE, FLOW_MAP)]), default="ddim",
    show_default=True, help="For --sweep: the solver, of the SDE as of the ODE.",
)  # fmt: skip
@engine_option("torch")
@model_options
@json_option
def evaluate(
    count: int, seed: int, steps: int | None, guidance: float, quality: str, data: Path | None, skip_bad: bool,
    embedding: Path | None, embedding_rate: int | None, card: Path | None, folder: Path | None, schedules: str,
    solver: str, engine: str, model: str, device: str, as_json: bool,
) -> None:  # fmt: skip
    """Render sounds of every class, let the classifier and a judge hear them, and compare them with real ones."""
    if card and (data is None or not (data / "MANIFEST.csv").is_file()):
        raise Error("--card needs --data with a folder that holds MANIFEST.csv, for the attributions")
    if folder and data is None:
        raise Error("--sweep needs --data, a pack or a folder of real sounds to measure against")
    if embedding and data is None:
        raise Error("--embedding needs --data, a pack or a folder of real sounds to measure against")
    from ...sampler.model import load
    from ...sampler.training.card import CARD, attributions, check_trained
    from ...sampler.training.card import card as make_card
    from ...sampler.training.ear import Ear
    from ...sampler.training.embeddings import Embedding, load_embedding
    from ...sampler.training.evaluate import evaluate as measure
    from ...sampler.training.judge import Judge

    own, judge = load_embedding(embedding, embedding_rate) if embedding else None, Judge.load(JUDGE)
    ears: dict[str, Embedding] = {own.name: own} if own else {"judge": judge, "ear": Ear.load(EAR)}
    loaded = load(model, device, engine)
    if card:  # minutes of rendering shall not be lost
        assert data is not None
        check_trained(loaded.spec)
        sources = attributions(data / "MANIFEST.csv")
        writable(card.parent, "--card")
        replaceable(card, CARD)
    with packed(data, skip_bad) as pack:
        if folder:
            writable(folder)
            assert pack is not None
            run_sweep(
                loaded, own or judge, pack, folder, schedules, count, steps or SWEEP_STEPS, seed, solver, guidance,
                as_json,
            )  # fmt: skip
            return
        controls: dict[str, Any] = {"guidance": guidance, "quality": quality} | ({"steps": steps} if steps else {})
        with progress() as bar:
            shown = bar.add_task("rendering", total=count * max(1, len(loaded.classes)))
            result = measure(
                loaded, judge, pack, count, seed, ears, lambda more: bar.update(shown, advance=more), **controls
            )
    if card:
        text = make_card(loaded.spec, sources, result, processor(), JUDGE.with_suffix(".json"))
        with appearing(card) as staged:
            staged.write_text(text, encoding="utf-8")
    if as_json:
        print(json.dumps(result))
    else:
        tell(result)


@contextmanager
def packed(data: Path | None, skip_bad: bool) -> Iterator[Path | None]:
    """The pack of a folder, made for the time being; a pack as it is."""
    if data is None or data.suffix == ".npz":
        yield data
        return
    from ...sampler.training.data import pack

    with tempfile.TemporaryDirectory() as scratch:
        pack(data, Path(scratch) / "sounds.npz", skip_bad, lambda sentence: print(sentence, file=sys.stderr))
        yield Path(scratch) / "sounds.npz"


def run_sweep(
    model: Any, ear: Any, pack: Path, folder: Path, names: str, n: int, steps: int, seed: int, solver: str,
    guidance: float, as_json: bool,
) -> None:  # fmt: skip
    """Run or resume a sweep; every row is written and told as it is finished."""
    from ...sampler.store import device_for
    from ...sampler.training.data import Corpus, splits
    from ...sampler.training.sweep import PROCESSES, classes_of, floors, schedules, settings, sweep
    from ...sampler.training.sweep_page import SWEEP, interval, page, plot

    chosen = schedules(names)
    split = "test" if "test" in splits(pack) else "unseen"
    corpus = Corpus.load(pack, split, model.spec.length, device_for("cpu"))
    real = f"{split}, {len(corpus.sounds)} sounds"
    wanted = settings(model, getattr(ear, "name", "judge"), real, n, steps, seed, solver, guidance)
    rows = kept(folder / "sweep.json", wanted)
    replaceable(folder / "sweep.md", SWEEP, folder / "sweep.png")
    if rows:
        print(f"{len(rows)} rows of {folder / 'sweep.json'} are of these settings and are kept", file=sys.stderr)
    result: dict[str, Any] = {
        "settings": wanted, "machine": f"{processor()}, {os.cpu_count()} cores",
        "floors": floors(model, ear, corpus, n), "rows": rows,
    }  # fmt: skip
    done = tuple((row["schedule"], row["process"]) for row in rows)
    todo = [pair for pair in ((name, process) for name in chosen for process in PROCESSES) if pair not in done]
    with progress() as bar:
        shown = bar.add_task("sampling", total=len(todo) * n * len(classes_of(model)))
        for row in sweep(
            model, ear, corpus, chosen, n, steps, seed, solver, guidance, done,
            lambda sounds: bar.update(shown, advance=sounds),
        ):  # fmt: skip
            rows.append(row)
            with appearing(folder / "sweep.json") as staged:
                staged.write_text(json.dumps(result, indent=1) + "\n")
            figures = f"Frechet {interval(row['frechet'])}" if "frechet" in row else "diverged"
            if as_json:
                print(json.dumps(row), flush=True)
            else:
                print(f"{row['schedule']:16} {row['process']}  {figures}  {row['seconds']:.0f} s", flush=True)
    (folder / "sweep.md").write_text(page(result), encoding="utf-8")
    plot(result, folder / "sweep.png")


def kept(file: Path, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a sweep of the same settings, none where there is no file; `Error` where it holds something else."""
    try:
        found = json.loads(file.read_text())
        if found["settings"] == wanted:
            return list(found["rows"])
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        raise Error(f"{file} is not a sweep of driftkit; give another folder with --sweep, or move it away") from None
    raise Error(f"{file} is a sweep of other settings; give another folder with --sweep, or move it away")
