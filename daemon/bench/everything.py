"""Speed and memory of this machine, measured in one run; ratios matter more than seconds."""

import os
import platform
import time
from typing import Any

from ...sampler.processor import processor
from .daemon import running


def measure(name: str, device: str) -> dict[str, Any]:
    """Every figure by name; under "networks" those of each network, under "ratios" how they compare."""
    import torch

    from .networks import networks, ratios

    rows: dict[str, Any] = {
        "machine": f"{processor()}, {os.cpu_count()} cores, {platform.system()}, torch {torch.__version__}",
        "threads": torch.get_num_threads(),
        "load before": load_before(),
    }
    figures = networks(name, device)
    found = daemon(name, device)
    return rows | {"networks": figures, "ratios": ratios(figures, found)} | found


def load_before() -> float | str:
    """How busy the machine was with other things, in processes: the mean of the last minute."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else "not told by this system"


def daemon(name: str, device: str) -> dict[str, Any]:
    """A real daemon in an empty folder: to the ready line, to four pads, to sixteen; at rest; its OSC."""
    from .osc import measure_osc

    with running(name, device, "none") as one:
        rows: dict[str, Any] = {"start to ready, s": round(one.ready_s, 2)}
        for pads in (4, 16):
            while len(list((one.out / "live").glob("*.wav"))) < pads and time.perf_counter() - one.started < 120:
                time.sleep(0.02)
            rows[f"start to {pads} pads in the folder, s"] = round(time.perf_counter() - one.started, 2)
        time.sleep(1)
        rows["daemon's memory at rest, MB"] = one.memory
        return rows | measure_osc(one.port)
