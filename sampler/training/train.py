"""The trainer: batches to an objective, AdamW, EMA; reports, renderings and checkpoints on the way."""

import copy
import math
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..errors import Error
from ..files import drop_staged
from ..spec import CLASSIFIER, NETWORK, read_spec
from ..store import out_of_memory
from .boards import check
from .checkpoints import CHECKPOINT, Run, check_resumes, load_checkpoint
from .config import CLASSES, Config
from .data import Corpus, classes_in
from .desk import CHECK, END, GO_ON, SAVE, STOP, Desk, Reporter, learning_rate
from .processes import Processes
from .target import Objective
from .targets import TARGETS, config_of

FUSED = ("cpu", "cuda")  # where AdamW is one operation, which leaves out a step by itself


@torch.no_grad()
def follow(average: nn.Module, network: nn.Module, decay: float) -> None:
    """Exponential moving average of the parameters."""
    torch._foreach_lerp_(list(average.parameters()), list(network.parameters()), 1 - decay)


def train(
    target: str,
    pack: Path,
    out: Path,
    config: Config,
    *,
    start: Path | None = None,
    device: str = "cpu",
    processes: Processes | None = None,
    report: Reporter = lambda line: None,
    say: Callable[[str], None] = lambda sentence: None,
    boards: tuple[str, ...] = (),
    checkpoint_s: float = 180,
    limit_s: float = math.inf,
    whole_s: float = math.inf,
    stop: Callable[[], bool] = lambda: False,
    tick: Callable[[int], None] = lambda samples: None,
) -> Path:
    """Train `target` (a key of TARGETS) until `config.samples`, `limit_s`, `whole_s` or `stop`; resumes from `out`.

    Over `whole_s`, in seconds, the learning rate falls as over `samples`; `limit_s` only interrupts.
    start: a model folder whose weights a new run begins with. processes: of `processes.joined`, in place of
    `device`. Returns the checkpoint. `tick` hears the sounds shown so far after every step; each report is
    also a line of `out/log.jsonl`; `say` hears what a person should know.

    Every `config.evaluate_every` sounds, and at the end, a denoiser's moving average is heard (`Watch`), and
    the one nearest to the held-out sounds is kept in `out/best.pt`. A `stop` keeps the checkpoint and measures nothing.
    """
    processes = processes or Processes(torch.device(device))
    mine = processes.share(config.batch)
    check(boards)  # what is missing is said before anything else
    try:
        out.mkdir(parents=True, exist_ok=True)
        if processes.first:
            drop_staged(out)
    except OSError as reason:
        raise Error(f"the folder {out} cannot be written: {reason.strerror}; give another") from None
    place = processes.device
    torch.backends.cudnn.allow_tf32 = False  # the transform of a sound, a convolution, is to be exact
    resumed = (out / CHECKPOINT).exists()
    state = load_checkpoint(out / CHECKPOINT) if resumed else {}
    config = with_classes(config, pack, start, state)
    if resumed:
        check_resumes(state, target, config, out)
    channels = TARGETS[target].channels(config)
    frugal = TARGETS[target].frugal(config)
    # shapes stay as they are, and the quickest way of each is soon found; looking for it takes memory
    torch.backends.cudnn.benchmark = not frugal
    kept = torch.device("cpu") if frugal else place
    corpus = Corpus.load(pack, "train", config.length, kept, config.classes, channels)
    held_out = Corpus.load(pack, "test", config.length, kept, config.classes, channels)
    torch.manual_seed(config.seed)
    if TARGETS[target].follows and start is None and not resumed:
        raise Error(f"a {target} follows the model that its run begins with; give one with --from")
    objective = TARGETS[target].objective(config, corpus)
    run = begin(objective, target, config, start, corpus, place)
    if resumed:
        run.restore(state)
        state.clear()  # it is as large as the run
    processes.agree(GO_ON)  # all have read the checkpoint before the first replaces it
    if not processes.first:
        torch.manual_seed(config.seed + processes.rank)  # dropout differs between the shares
    batches = corpus.batches(config, run.generator)
    learner = processes.wrap(objective)
    recent: list[Tensor] = []
    desk = Desk(target, config, run, objective, out, held_out, report, say, boards) if processes.first else None
    begun, every, started = run.samples, config.evaluate_every, time.monotonic()
    if desk:
        desk.until = started + min(limit_s, whole_s)
    try:
        while True:
            order = GO_ON
            if desk:
                late = time.monotonic() - started > min(limit_s, whole_s)
                complete = run.samples >= config.samples
                order = (
                    END if complete or desk.enough else STOP if stop() else END if late else desk.order(checkpoint_s)
                )
            order = processes.agree(order)
            due = every > 0 and begun < run.samples and run.samples % every < config.batch
            if desk and order in (SAVE, STOP, END):
                desk.save()
            if order in (CHECK, END) or (due and order != STOP):
                seen = torch.stack(recent) if recent else torch.empty(0)
                seen = seen[seen.isfinite()]  # here alone a GPU is waited for
                loss = float(processes.mean(seen.mean())) if len(seen) else None
                if desk:
                    desk.check(loss, due or run.samples >= config.samples)
                recent.clear()
            if order == STOP and desk:
                say(f"stopped after {run.samples} sounds; the same command goes on")
            if order in (STOP, END):
                break
            spent = processes.agree(int(1e6 * (time.monotonic() - started) / whole_s)) / 1e6
            if desk:
                desk.spent = spent
            step(run, objective, learner, *next(batches), mine, config, recent, spent)
            tick(run.samples)
    except (RuntimeError, MemoryError) as reason:
        if not out_of_memory(reason):
            raise
        run.optimiser.zero_grad(set_to_none=True)
        together = config.at_once or config.batch
        if desk:
            with suppress(Exception):  # there is that of some minutes ago
                desk.save()
        raise Error(
            f"there is not enough memory for a step of {config.batch} sounds, {together} at once; the checkpoint in "
            f"{out} is kept: set at_once to {max(1, together // 2)}, or less, in the config, and give the same command "
            "again; a smaller batch, length or network takes less, too"
        ) from None
    finally:
        if desk:
            desk.log.close()
    return out / CHECKPOINT


def with_classes(config: Config, pack: Path, start: Path | None, state: dict[str, Any]) -> Config:
    """The config with the classes of the run: those that it names, that its checkpoint has, or else those of the model
    that it begins with and behind them those of its sounds."""
    if config.classes != CLASSES:
        return config
    if state:
        return config.changed(classes=config_of(state).classes)
    known = read_spec(start).classes if start else ()
    return config.changed(classes=(*known, *(name for name in classes_in(pack) if name not in known)))


def begin(
    objective: Objective, target: str, config: Config, start: Path | None, corpus: Corpus, place: torch.device
) -> Run:
    """A run before its first step, from random weights or a model's."""
    network = objective.network.to(place)
    if start:
        spec, denoises = read_spec(start), TARGETS[target].denoises
        kind = (spec.network if denoises else spec.classifier or {}).get("kind", "without a classifier")
        if kind != TARGETS[target].kind:
            raise Error(
                f"the model {spec.name} is {kind}, and a {target} begins with weights of the kind "
                f"{TARGETS[target].kind}; begin with another model, or leave out --from"
            )
        try:
            objective.take_over(start / (NETWORK if denoises else CLASSIFIER), spec, corpus)
        except ImportError:
            raise Error("to begin with a model's weights safetensors is needed: pip install safetensors") from None
    average = copy.deepcopy(network).eval()
    objective.taught_by(average)
    optimiser = torch.optim.AdamW(
        objective.learning(), lr=config.learning_rate, weight_decay=config.weight_decay, betas=(0.9, 0.99),
        fused=place.type in FUSED,
    )  # fmt: skip
    generator = torch.Generator().manual_seed(config.seed)
    return Run(network, average, optimiser, generator, aside=objective.aside())


def step(
    run: Run,
    objective: Objective,
    learner: Callable[..., Tensor],
    x: Tensor,
    soft: Tensor,
    mine: slice,
    config: Config,
    recent: list[Tensor],
    spent: float = 0.0,
) -> None:
    """One optimiser step on a share of the batch; where its slope is not finite nothing is learnt from it.

    A GPU decides that by itself, and nothing here waits for it. `recent` gets the loss, or not a number.
    """
    rate, done = learning_rate(config, run.samples, spent), max(run.samples / config.samples, spent)
    for group in run.optimiser.param_groups:  # older checkpoints lack both
        group["lr"] = rate * group.get("pace", 1.0) if done >= group.get("after", 0.0) else 0.0
    run.network.train()
    x, drawn = x.to(objective.device, non_blocking=True), objective.draw(soft, run.generator)
    shown = [x[mine], *(part[mine] for part in drawn)]
    size = len(shown[0])
    loss = torch.zeros((), device=x.device)
    for parts in zip(*(tensor.split(config.at_once or size) for tensor in shown)):
        part = learner(*parts) * (len(parts[0]) / size)
        part.backward()
        loss += part.detach()
    norms = [nn.utils.clip_grad_norm_(group["params"], 1.0) for group in run.optimiser.param_groups]
    finite = torch.stack(norms).isfinite().all()
    recent.append(torch.where(finite, loss, math.nan))
    if run.optimiser.param_groups[0].get("fused"):
        run.optimiser.found_inf = (~finite).float()  # type: ignore[attr-defined]  # as gradient scalers say it
        run.optimiser.step()
    elif bool(finite):
        run.optimiser.step()
    decay = min(config.ema, (1 + run.samples / config.batch) / (10 + run.samples / config.batch))
    follow(run.average, run.network, decay)
    run.optimiser.zero_grad(set_to_none=True)
    run.samples += config.batch
