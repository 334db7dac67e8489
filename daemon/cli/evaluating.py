"""evaluate: what a model's sounds are worth, as a table, as JSON, as a card, and as a sweep of schedules."""

import json
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
from ...sampler.spec import SHIPPED, find_model
from ...sampler.work.crew import Crew
from ...sampler.work.crews import crew_for
from .following import following, say, stopping, workers_option
from .measured import tell
from .options import SKIP_BAD, engine_option, json_option, model_options
from .rendering import progress, writable
from .sweeping import run_sweep

JUDGE = SHIPPED / "judge" / "judge.safetensors"
EAR = SHIPPED / "ear" / "ear.safetensors"
SWEEP_STEPS = 40
SHORTEST_S = 0.16  # of sounds whose traits and lines can be compared with those of real ones


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
@workers_option("", "Have others render: so many processes, ray (or ray:4), slurm.  [default: this process does]")
@engine_option("torch")
@model_options
@json_option
def evaluate(
    count: int, seed: int, steps: int | None, guidance: float, quality: str, data: Path | None, skip_bad: bool,
    embedding: Path | None, embedding_rate: int | None, card: Path | None, folder: Path | None, schedules: str,
    solver: str, workers: str, engine: str, model: str, device: str, as_json: bool,
) -> None:  # fmt: skip
    """Render sounds of every class, let the classifier and a judge hear them, and compare them with real ones."""
    if card and (data is None or not (data / "MANIFEST.csv").is_file()):
        raise Error("--card needs --data with a folder that holds MANIFEST.csv, for the attributions")
    if folder and data is None:
        raise Error("--sweep needs --data, a pack or a folder of real sounds to measure against")
    if embedding and data is None:
        raise Error("--embedding needs --data, a pack or a folder of real sounds to measure against")
    crew = crew_for(workers) if workers else None
    from ...sampler.model import load
    from ...sampler.training.card import CARD, attributions, check_trained
    from ...sampler.training.card import card as make_card
    from ...sampler.training.ear import Ear
    from ...sampler.training.embeddings import Embedding, load_embedding
    from ...sampler.training.evaluate import ANY
    from ...sampler.training.evaluate import evaluate as measure
    from ...sampler.training.judge import Judge
    from ...sampler.training.studies import study_of

    own, judge = load_embedding(embedding, embedding_rate) if embedding else None, Judge.load(JUDGE)
    ears: dict[str, Embedding] = {own.name: own} if own else {"judge": judge, "ear": Ear.load(EAR)}
    loaded = load(model, device, engine)
    made = loaded.spec.length / loaded.spec.rate_hz
    if data is not None and not folder and made < SHORTEST_S:
        raise Error(
            f"the model {loaded.spec.name} makes sounds of {1000 * made:.0f} ms; they can be compared with real ones "
            f"from {1000 * SHORTEST_S:.0f} ms on; leave out --data to have them heard alone"
        )
    if card:  # minutes of rendering shall not be lost
        assert data is not None
        check_trained(loaded.spec)
        sources = attributions(data / "MANIFEST.csv")
        writable(card.parent, "--card")
        replaceable(card, CARD)
    heard_by = (embedding.resolve() if embedding else Path(), embedding_rate)
    with packed(data, skip_bad) as pack:
        if folder:
            writable(folder)
            assert pack is not None
            asked: dict[str, Any] = {"steps": steps or SWEEP_STEPS, "solver": solver, "guidance": guidance}
            study = study_of(
                loaded, find_model(model), count, seed, blocks=(), controls=asked, suffix="", listener=heard_by
            )
            run_sweep(loaded, own or judge, pack, folder, schedules, study, crew, as_json)
            return
        controls: dict[str, Any] = {"guidance": guidance, "quality": quality} | ({"steps": steps} if steps else {})
        blocks = tuple((name,) for name in loaded.classes or (ANY,))
        study = study_of(loaded, find_model(model), count, seed, blocks=blocks, controls=controls)
        with rendering(study, crew) as told:
            result = measure(loaded, judge, pack, count, seed, ears, **told, **controls)
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


@contextmanager
def rendering(study: Any, crew: Crew | None) -> Iterator[dict[str, Any]]:
    """What `measure` takes: who hears how many more sounds there are, or who has others render them."""
    from ...sampler.training.studies import sounds_of

    if crew:
        with stopping() as stop, following(study.count) as tick:
            yield {"made": lambda: sounds_of(study, crew, stop=stop, say=say, tick=tick)}
        return
    with progress() as bar:
        shown = bar.add_task("rendering", total=study.n * len(study.blocks))
        yield {"tick": lambda more: bar.update(shown, advance=more)}
