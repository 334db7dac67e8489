"""The trainer: batches to an objective, AdamW, EMA, checkpoints that survive a kill."""

import copy
import json
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..errors import Error
from ..store import CLASSIFIER, NETWORK, read_tensors
from .config import TrainConfig, as_dict
from .data import Corpus
from .objectives import OBJECTIVES, held_out_batch

CHECKPOINT = "checkpoint.pt"
SHAPE = ("length", "bands", "widths", "embedding", "classifier_widths")  # what a run cannot change as it goes on
Reporter = Callable[[dict[str, Any]], None]


@dataclass
class Run:
    """Everything that a checkpoint holds; `samples` counts the sounds shown so far."""

    network: nn.Module
    average: nn.Module
    optimiser: torch.optim.Optimizer
    generator: torch.Generator
    samples: int = 0

    def state(self, target: str, config: TrainConfig) -> dict[str, Any]:
        """Tensors and plain types only, so that it loads with weights_only."""
        return {
            "target": target,
            "config": as_dict(config),
            "samples": self.samples,
            "network": self.network.state_dict(),
            "ema": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "generator": self.generator.get_state(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Continue where a checkpoint stopped."""
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["ema"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.generator.set_state(state["generator"].cpu())
        self.samples = state["samples"]


def save(path: Path, state: dict[str, Any]) -> None:
    """Write beside, then replace: a kill leaves the old checkpoint or the new one."""
    staged = path.with_suffix(".part")
    torch.save(state, staged)
    os.replace(staged, path)


def load_checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint's state; `Error` where it is missing or broken."""
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except Exception as reason:  # torch raises many kinds for a broken file
        raise Error(f"the checkpoint {path} cannot be read: {reason}") from None


def check_resumes(state: dict[str, Any], target: str, config: TrainConfig, out: Path) -> None:
    """`Error` where a checkpoint is of another network or another shape than what is to go on."""
    if state["target"] != target:
        raise Error(f"{out} holds a run of the {state['target']}, not of the {target}; give another --out")
    now = as_dict(config)
    for name in SHAPE:
        if state["config"].get(name) != now[name]:
            raise Error(
                f"{out} holds a run with {name} {state['config'].get(name)}, the config says {now[name]}; "
                "give another --out to begin anew"
            )


def learning_rate(config: TrainConfig, samples: int) -> float:
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
    config: TrainConfig,
    *,
    start: Path | None = None,
    device: str = "cpu",
    report: Reporter = lambda line: None,
    checkpoint_s: float = 180,
    limit_s: float = math.inf,
    stop: Callable[[], bool] = lambda: False,
    tick: Callable[[int], None] = lambda samples: None,
) -> Path:
    """Train `target` (unet or classifier) until `config.samples`, `limit_s` or `stop`; resumes from `out`.

    start: a model folder whose weights a new run begins with. Returns the checkpoint. `tick` hears the
    sounds shown so far after every step; each report is also a line of `out/log.jsonl`.
    """
    out.mkdir(parents=True, exist_ok=True)
    place = torch.device(device)
    corpus = Corpus.load(pack, "train", config.length, place)
    held_x, held_soft = held_out_batch(Corpus.load(pack, "test", config.length, place))
    torch.manual_seed(config.seed)
    objective = OBJECTIVES[target](config, corpus)
    network = objective.network.to(place)
    average = copy.deepcopy(network).eval()
    if start:
        read_tensors(start / {"unet": NETWORK, "classifier": CLASSIFIER}[target], network)
        average.load_state_dict(network.state_dict())
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay, betas=(0.9, 0.99)
    )
    run = Run(network, average, optimiser, torch.Generator().manual_seed(config.seed))
    if (out / CHECKPOINT).exists():
        state = load_checkpoint(out / CHECKPOINT)
        check_resumes(state, target, config, out)
        run.restore(state)
    batches = corpus.batches(config, run.generator)
    started = saved = time.monotonic()
    shown = run.samples
    recent: list[Tensor] = []
    with (out / "log.jsonl").open("a") as log:

        def checkpoint() -> None:
            held = objective.held_out(average, held_x, held_soft)
            rate = (run.samples - shown) / max(time.monotonic() - started, 1e-9)
            loss = float(torch.stack(recent).mean()) if recent else None
            line = {"samples": run.samples, "loss": loss, "held_out": held, "samples_per_s": rate}
            log.write(json.dumps(line) + "\n")
            log.flush()
            report(line)
            recent.clear()
            save(out / CHECKPOINT, run.state(target, config))

        while run.samples < config.samples and not stop():
            step(run, objective, batches, config, recent)
            tick(run.samples)
            now = time.monotonic()
            if now - saved > checkpoint_s:
                checkpoint()
                saved = time.monotonic()
            if now - started > limit_s:
                break
        checkpoint()
    return out / CHECKPOINT


def step(
    run: Run,
    objective: Any,
    batches: Iterator[tuple[Tensor, Tensor]],
    config: TrainConfig,
    recent: list[Tensor],
) -> None:
    """One optimiser step; a loss that is not finite is skipped rather than learnt from."""
    for group in run.optimiser.param_groups:
        group["lr"] = learning_rate(config, run.samples)
    run.network.train()
    x, soft = next(batches)
    loss = objective.loss(x, soft, run.generator)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
    if torch.isfinite(norm):
        run.optimiser.step()
        decay = min(config.ema, (1 + run.samples / config.batch) / (10 + run.samples / config.batch))
        follow(run.average, run.network, decay)
    run.optimiser.zero_grad(set_to_none=True)
    run.samples += config.batch
    recent.append(loss.detach())
