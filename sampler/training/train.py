"""The trainer: batches to an objective, AdamW, EMA; reports, renderings and checkpoints on the way."""

import copy
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..errors import Error
from ..files import drop_staged
from ..spec import CLASSIFIER, NETWORK, read_spec
from .checkpoints import BEST, CHECKPOINT, Run, check_resumes, least_distance, load_checkpoint, save
from .config import Config
from .data import Corpus
from .log import Log, writer
from .processes import Processes
from .target import Objective, held_out_batch
from .targets import TARGETS
from .watch import Watch

Reporter = Callable[[dict[str, Any]], None]
GO_ON, SAVE, CHECK, STOP, END = range(5)  # what the first process decides before each step
MEASURING = 0.05  # share of the time that the held-out measure may take between evaluations


def learning_rate(config: Config, samples: int) -> float:
    """Linear warm-up over `warmup` steps, constant, then linear to zero over the `cooldown` share."""
    warm = min(1.0, (samples / config.batch + 1) / config.warmup)
    left = max(0.0, 1 - samples / config.samples)
    return config.learning_rate * warm * min(1.0, left / max(config.cooldown, 1e-9))


@torch.no_grad()
def follow(average: nn.Module, network: nn.Module, decay: float) -> None:
    """Exponential moving average of the parameters."""
    for slow, fast in zip(average.parameters(), network.parameters()):
        slow.lerp_(fast, 1 - decay)


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
    tensorboard: bool = False,
    checkpoint_s: float = 180,
    limit_s: float = math.inf,
    stop: Callable[[], bool] = lambda: False,
    tick: Callable[[int], None] = lambda samples: None,
) -> Path:
    """Train `target` (a key of TARGETS) until `config.samples`, `limit_s` or `stop`; resumes from `out`.

    start: a model folder whose weights a new run begins with. processes: of `processes.joined`, in place of
    `device`. Returns the checkpoint. `tick` hears the sounds shown so far after every step; each report is
    also a line of `out/log.jsonl`; `say` hears what a person should know.

    Every `config.evaluate_every` sounds, and at the end, a denoiser's moving average is heard (`Watch`), and
    the one nearest to the held-out sounds is kept in `out/best.pt`. A `stop` keeps the checkpoint and measures nothing.
    """
    processes = processes or Processes(torch.device(device))
    mine = processes.share(config.batch)
    if tensorboard:
        writer()  # say that it is missing before anything else
    try:
        out.mkdir(parents=True, exist_ok=True)
        if processes.first:
            drop_staged(out)
    except OSError as reason:
        raise Error(f"the folder {out} cannot be written: {reason.strerror}; give another") from None
    place = processes.device
    corpus = Corpus.load(pack, "train", config.length, place)
    held_out = Corpus.load(pack, "test", config.length, place)
    torch.manual_seed(config.seed)
    resumed = (out / CHECKPOINT).exists()
    if TARGETS[target].follows and start is None and not resumed:
        raise Error(f"a {target} follows the model that its run begins with; give one with --from")
    objective = TARGETS[target].objective(config, corpus)
    run = begin(objective, target, config, start, corpus, place)
    if resumed:
        state = load_checkpoint(out / CHECKPOINT)
        check_resumes(state, target, config, out)
        run.restore(state)
    processes.agree(GO_ON)  # all have read the checkpoint before the first replaces it
    if not processes.first:
        torch.manual_seed(config.seed + processes.rank)  # dropout differs between the shares
    batches = corpus.batches(config, run.generator)
    learner = processes.wrap(objective)
    recent: list[Tensor] = []
    desk = Desk(target, config, run, objective, out, held_out, report, say, tensorboard) if processes.first else None
    begun, every, started = run.samples, config.evaluate_every, time.monotonic()
    try:
        while True:
            order = GO_ON
            if desk:
                late = time.monotonic() - started > limit_s
                complete = run.samples >= config.samples
                order = END if complete else STOP if stop() else END if late else desk.order(checkpoint_s)
            order = processes.agree(order)
            due = every > 0 and begun < run.samples and run.samples % every < config.batch
            if desk and order in (SAVE, STOP, END):
                desk.save()
            if order in (CHECK, END) or (due and order != STOP):
                loss = float(processes.mean(torch.stack(recent).mean())) if recent else None
                if desk:
                    desk.check(loss, due or run.samples >= config.samples)
                recent.clear()
            if order == STOP and desk:
                say(f"stopped after {run.samples} sounds; the same command goes on")
            if order in (STOP, END):
                break
            step(run, objective, learner, *next(batches), mine, config, recent)
            tick(run.samples)
    finally:
        if desk:
            desk.log.close()
    return out / CHECKPOINT


def memory(device: str) -> str:
    """The most memory that was taken, in words: of a GPU by torch, or else by this process with all that it read."""
    if device.startswith("cuda"):
        return f"took {torch.cuda.max_memory_allocated(device) / 1e6:.0f} MB of the GPU's memory at most"
    try:
        import resource
    except ImportError:  # Windows
        return "this system does not tell how much memory was taken"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in KB, but on macOS in bytes
    return f"took {most / (1e6 if sys.platform == 'darwin' else 1e3):.0f} MB of memory at most"


def begin(
    objective: Objective, target: str, config: Config, start: Path | None, corpus: Corpus, place: torch.device
) -> Run:
    """A run before its first step, from random weights or a model's."""
    network = objective.network.to(place)
    if start:
        try:
            file = start / (NETWORK if TARGETS[target].denoises else CLASSIFIER)
            objective.take_over(file, read_spec(start), corpus)
        except ImportError:
            raise Error("to begin with a model's weights safetensors is needed: pip install safetensors") from None
    average = copy.deepcopy(network).eval()
    objective.taught_by(average)
    optimiser = torch.optim.AdamW(
        objective.learning(), lr=config.learning_rate, weight_decay=config.weight_decay, betas=(0.9, 0.99)
    )
    generator = torch.Generator().manual_seed(config.seed)
    return Run(network, average, optimiser, generator, aside=objective.aside())


class Desk:
    """What the first process does between steps: measure, hear, log, keep."""

    def __init__(
        self, target: str, config: Config, run: Run, objective: Objective, out: Path, held_out: Corpus,
        report: Reporter, say: Callable[[str], None], tensorboard: bool,
    ) -> None:  # fmt: skip
        self.target, self.config, self.run, self.objective, self.out = target, config, run, objective, out
        self.report, self.batch = report, held_out_batch(held_out)
        self.log = Log(out, run.samples, tensorboard)
        self.watch: Watch | None = None
        if config.evaluate_every and TARGETS[target].denoises:
            self.watch = Watch(target, config, held_out, out, next(run.average.parameters()).device, say)
        self.least = least_distance(out / BEST, config.evaluate_sounds)
        self.since, self.shown = time.monotonic(), run.samples
        self.saved, self.cost = self.since, 0.0

    def order(self, checkpoint_s: float) -> int:
        """Whether it is time for a checkpoint, and for a report with it: where measuring, to judge by the last time,
        takes a small share of the time since then."""
        now = time.monotonic()
        if now - self.saved <= checkpoint_s:
            return GO_ON
        return CHECK if self.cost <= MEASURING * (now - self.since) else SAVE

    def save(self) -> None:
        """Keep the checkpoint."""
        save(self.out / CHECKPOINT, self.run.state(self.target, self.config))
        self.saved = time.monotonic()

    def check(self, loss: float | None, evaluate: bool) -> None:
        """One report and a checkpoint; where it is due, the sounds and their distances too.

        Best, log, checkpoint: a kill between any two of them is made good when the run goes on, since
        the best is only replaced by a lesser distance and the log is cut back to the checkpoint.
        """
        run = self.run
        started = time.monotonic()
        held = self.objective.held_out(run.average, *self.batch)
        self.cost = time.monotonic() - started
        rate = (run.samples - self.shown) / max(time.monotonic() - self.since, 1e-9)
        line: dict[str, Any] = {"samples": run.samples, "loss": loss, "held_out": held}
        line |= {"learning_rate": learning_rate(self.config, run.samples), "samples_per_s": rate}
        again = self.log.last == run.samples  # a run that went on from here and took no step
        if self.watch and evaluate and not again:
            sounds, distance = self.watch.hear(run.average, run.samples)
            self.log.sounds(run.samples, self.watch.names, sounds)
            if distance:
                line["distance"] = distance
            if distance.get("frechet", math.inf) < self.least:
                self.least = distance["frechet"]
                save(self.out / BEST, run.best(self.target, self.config, **distance))
        if not again:
            self.log.write(line)
        self.report(line)
        self.save()
        self.since, self.shown = time.monotonic(), run.samples


def step(
    run: Run,
    objective: Objective,
    learner: Callable[..., Tensor],
    x: Tensor,
    soft: Tensor,
    mine: slice,
    config: Config,
    recent: list[Tensor],
) -> None:
    """One optimiser step on a share of the batch; a loss that is not finite is skipped rather than learnt from."""
    for group in run.optimiser.param_groups:
        group["lr"] = learning_rate(config, run.samples) * group.get("pace", 1.0)  # which older checkpoints lack
    run.network.train()
    drawn = objective.draw(soft, run.generator)
    shown = [x[mine], *(part[mine].to(x.device) for part in drawn)]
    size = len(shown[0])
    loss = torch.zeros((), device=x.device)
    for parts in zip(*(tensor.split(config.at_once or size) for tensor in shown)):
        part = learner(*parts) * (len(parts[0]) / size)
        part.backward()
        loss += part.detach()
    norms = [nn.utils.clip_grad_norm_(group["params"], 1.0) for group in run.optimiser.param_groups]
    if bool(torch.stack(norms).isfinite().all()):
        run.optimiser.step()
        decay = min(config.ema, (1 + run.samples / config.batch) / (10 + run.samples / config.batch))
        follow(run.average, run.network, decay)
        recent.append(loss)
    run.optimiser.zero_grad(set_to_none=True)
    run.samples += config.batch
