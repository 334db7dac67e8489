"""Speed and memory of this machine, measured in one run; ratios matter more than seconds."""

import os
import platform
import time
from typing import Any

from ...sampler.processor import processor
from .audio import playing
from .busy import BESIDE, computing
from .daemon import running
from .osc import measure_osc
from .panel import panels
from .soak import soak

SILENT = "none"


def measure(name: str, device: str, audio: str | None, minutes: float, busy: int) -> dict[str, Any]:
    """Every figure by name; under "networks" those of each network, under "ratios" how they compare.

    audio: part of a device's name, None for the system's default, `SILENT` for none; minutes of a soak; busy: programs
    that compute beside it.
    """
    import torch

    from .networks import networks, ratios

    rows: dict[str, Any] = {
        "machine": f"{processor()}, {os.cpu_count()} cores, {platform.system()}, torch {torch.__version__}",
        BESIDE: busy,
        "threads": torch.get_num_threads(),
        "load before": load(),
    }
    with computing(busy):
        figures = networks(name, device)
        found = daemon(name, device, audio)
        if audio != SILENT:
            found |= playing(name, device, audio)
        if minutes:
            found |= soak(name, device, audio, minutes)
        rows["load at the end"] = load()
    rows["computed by"] = figures["model"]["engine"]
    return rows | {"networks": figures, "ratios": ratios(figures, found)} | found


def load() -> float | str:
    """How busy the machine is, in processes: the mean of the last minute."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else "not told by this system"


def daemon(name: str, device: str, audio: str | None) -> dict[str, Any]:
    """A real daemon in an empty folder: to the ready line, to four pads, to sixteen; at rest; its OSC."""
    with running(name, device, audio) as one:
        rows: dict[str, Any] = {"start to ready, s": round(one.ready_s, 2)}
        for pads in (4, 16):
            while len(list((one.out / "live").glob("*.wav"))) < pads and time.perf_counter() - one.started < 120:
                time.sleep(0.02)
            rows[f"start to {pads} pads in the folder, s"] = round(time.perf_counter() - one.started, 2)
        time.sleep(1)
        rows["daemon's memory at rest, MB"] = one.memory
        return rows | measure_osc(one.port) | panels(one.http_port)
