"""Checkpoints that survive a kill: what a run is, written beside and then replaced."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..errors import Error
from ..files import appearing
from .config import Config
from .targets import TARGETS, config_of

CHECKPOINT, BEST = "checkpoint.pt", "best.pt"


@dataclass
class Run:
    """Everything that a checkpoint holds; `samples` counts the sounds shown so far."""

    network: nn.Module
    average: nn.Module
    optimiser: torch.optim.Optimizer
    generator: torch.Generator
    samples: int = 0
    aside: nn.Module | None = None  # networks that learn or stay beside this one

    def state(self, target: str, config: Config) -> dict[str, Any]:
        """Tensors and plain types only, so that it loads with weights_only."""
        aside = {"aside": self.aside.state_dict()} if self.aside else {}
        return (
            self.best(target, config)
            | aside
            | {
                "network": self.network.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "generator": self.generator.get_state(),
            }
        )

    def best(self, target: str, config: Config, **distance: float) -> dict[str, Any]:
        """What an export needs, and nothing to go on from."""
        told = {"target": target, "config": config.as_dict(), "samples": self.samples}
        return told | {"ema": self.average.state_dict(), **distance}

    def restore(self, state: dict[str, Any]) -> None:
        """Continue where a checkpoint stopped."""
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["ema"])
        if self.aside:
            self.aside.load_state_dict(state["aside"])
        kept = state["optimiser"]  # how its steps are computed is this device's
        groups = [
            saved | {name: own[name] for name in ("fused", "foreach")}
            for saved, own in zip(kept["param_groups"], self.optimiser.param_groups, strict=True)
        ]
        self.optimiser.load_state_dict(kept | {"param_groups": groups})
        self.generator.set_state(state["generator"].cpu())
        self.samples = state["samples"]


def save(path: Path, state: dict[str, Any]) -> None:
    """Write beside, then replace: a kill leaves the old checkpoint or the new one."""
    with appearing(path) as staged, staged.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())


def load_checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint's state; `Error` where it is missing, broken or another program's."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as reason:  # torch raises many kinds for a broken file
        why = str(reason).partition(". ")[0]
        raise Error(
            f"the checkpoint {path} cannot be read: {why}; give another, or move it away to begin anew"
        ) from None
    if not isinstance(state, dict) or not {"target", "config", "samples", "ema"} <= state.keys():
        raise Error(f"{path} is not a checkpoint of driftkit; give another folder, or move it away")
    return state


def check_resumes(state: dict[str, Any], target: str, config: Config, out: Path) -> None:
    """`Error` where a checkpoint is of another network or another shape than what is to go on."""
    if state["target"] != target:
        raise Error(f"{out} holds a run of the {state['target']}, not of the {target}; give another --out")
    before, now = config_of(state).as_dict(), config.as_dict()
    for name in (*TARGETS[target].fixed, "classes"):
        kept = name == "jumps" and before[name] and now[name]  # another share, but the same network
        if before[name] != now[name] and not kept:
            raise Error(
                f"{out} holds a run with {name} {before[name]}, the config says {now[name]}; "
                "give another --out to begin anew"
            )


def least(path: Path, config: Config) -> float:
    """What the best checkpoint so far has least, with patience the held-out error, or else the Frechet distance over
    as many sounds; infinite where there is none.

    The file itself is the record, so a kill between it and the checkpoint leaves no contradiction.
    """
    if not path.exists():
        return float("inf")
    state = load_checkpoint(path)
    if config.patience:
        return float(state.get("held_out", "inf"))
    same = config_of(state).evaluate_sounds == config.evaluate_sounds
    return float(state.get("frechet", "inf")) if same else float("inf")
