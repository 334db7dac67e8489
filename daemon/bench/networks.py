"""Networks side by side: the model that plays, and the published ones that it is to be faster than."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ...sampler.costs import costs, gpu_memory
from ...sampler.engines import TORCH
from ...sampler.errors import Error
from ...sampler.hit import Hit
from ...sampler.model import Model, load
from ...sampler.spec import find_model
from ...sampler.store import device_for
from ...sampler.training.targets import RECIPES, TARGETS, load_config, spec_of
from ..kits.library import FIRST, Library
from ..pads.surfaces import controls
from .osc import SHIPPED

HIT = "a hit"  # the one that networks are compared by
RENDER = f"{SHIPPED}, p50, ms"
PULLED = "guided as a pad of the shipped kit"
CRASH_STEPS = 400


@dataclass(frozen=True)
class Compared:
    """A network of the comparison: its model, by the name that was asked for and a device, and the hits to measure."""

    load: Callable[[str, str], Model]
    weights: str
    hits: Callable[[Model], dict[str, Hit]]
    engine: str = TORCH


def played(model: Model) -> dict[str, Hit]:
    """The hits of a model that plays: of its first class, at its own steps, with the guidance of the shipped kit's
    pads, and at 64 steps."""
    hit = Hit(classes=dict.fromkeys(model.classes[:1], 1.0), seed=1)
    guidance = Library(controls(model.spec)).load(FIRST).pads[1].values.get("guidance", 1.0)
    pulled = {PULLED: hit.replace(guidance=guidance)} if model.classes else {}
    return {HIT: hit} | pulled | {"at 64 steps": hit.replace(steps=64)}


def crash(_: str, device: str) -> Model:
    """The U-Net of CRASH by its recipe, to be sampled as the paper does: 400 steps, first order, uniform in t."""
    config = load_config(RECIPES / "crash.toml")
    spec = replace(spec_of("crash", config, "crash"), solver="ddim", steps=CRASH_STEPS, spacing="uniform")
    return Model(spec, "crash", TARGETS["crash"].build(config), None, device_for(device))


NETWORKS: dict[str, Compared] = {
    "model": Compared(load, "trained", played, "auto"),
    "model, by torch": Compared(load, "trained", played),
    "crash": Compared(crash, "random, which cost the same", lambda model: {HIT: Hit(seed=1)}),
}


def networks(name: str, device: str) -> dict[str, dict[str, Any]]:
    """The figures of every network on a device, one network after the other."""
    return {key: measure(key, name, device) for key in NETWORKS}


def measure(key: str, name: str, device: str) -> dict[str, Any]:
    """The figures of one of them."""
    compared = NETWORKS[key]
    model = compared.load(name, device)
    about = {"model": model.tag, "device": str(model.device), "weights": compared.weights}
    settle = partial(settled, compared, model, name)
    return about | costs(model, compared.hits(model), settle=settle) | alone(key, name, device)


def settled(compared: Compared, model: Model, name: str) -> None:
    """Have a model run as its row says: torch, too, which the graph of a row before has left one thread."""
    model.settle(find_model(name), compared.engine)


def ratios(figures: Mapping[str, Mapping[str, Any]], rows: Mapping[str, Any]) -> dict[str, float]:
    """How many times what 400 steps of CRASH take is what a hit of the model takes, and the daemon to a file."""
    crash, hit = (figures[key]["hits"][HIT] for key in ("crash", "model"))
    return {
        f"{CRASH_STEPS} steps of crash / a hit": round(crash["s"] / hit["s"], 1),
        f"{CRASH_STEPS} steps of crash / {SHIPPED}, p50": round(crash["s"] * 1000 / rows[RENDER], 1),
        f"{CRASH_STEPS} steps of crash / a hit, in GMAC": round(crash["macs"] / hit["macs"], 1),
    }


def alone(key: str, name: str, device: str) -> dict[str, Any]:
    """Memory of a process of its own that loads one network and renders once: its peaks, in MB."""
    command = [sys.executable, "-c", "from driftkit.daemon.bench.networks import told; told()", key, name, device]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.splitlines() or ["it was ended"])[-1]
        raise Error(f"the memory of {key} was not measured ({last}); is there enough of it?")
    peaks: dict[str, Any] = json.loads(done.stdout)
    return peaks


def told() -> None:
    """What that process prints."""
    key, name, device = sys.argv[1:]
    before = peak_mb()
    model = NETWORKS[key].load(name, device)
    settled(NETWORKS[key], model, name)
    model.render(NETWORKS[key].hits(model)[HIT].replace(steps=2))
    print(json.dumps({"memory_mb": peak_mb(), "memory_before_mb": before} | gpu_memory(model)))


def peak_mb() -> int | None:
    """Peak resident memory of this process in MB, where the system tells.

    From /proc, since getrusage begins with the memory of the process that started this one.
    """
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    kib = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
    return kib and kib * 1024 // 1_000_000
