"""Speed and memory of this machine, measured in one run; ratios matter more than seconds."""

import os
import platform
import time
from pathlib import Path
from statistics import median
from typing import Any

from .bench_daemon import running

CALLS = 20
HITS = 10


def measure(name: str, device: str) -> dict[str, Any]:
    """Every figure of the bench, by name."""
    import torch

    from ..sampler.hit import Hit
    from ..sampler.model import load

    rows: dict[str, Any] = {
        "machine": f"{processor()}, {os.cpu_count()} cores, {platform.system()}, torch {torch.__version__}",
        "threads": torch.get_num_threads(),
    }
    model = load(name, device)
    rows["model"] = f"{model.tag} on {model.device}"
    x = torch.randn(1, model.spec.channels, model.spec.length, device=model.device)
    sigma = torch.full((1,), 0.5, device=model.device)
    rows["network call, ms"] = ms(lambda: model.network(x, sigma), CALLS)
    rows[f"hit of {model.spec.steps} steps, ms"] = ms(lambda: model.render(Hit(kick=1, seed=1)), HITS)
    rows["the same with guidance 2, ms"] = ms(lambda: model.render(Hit(kick=1, seed=1, guidance=2)), HITS)
    batch = [Hit(kick=1, seed=i) for i in range(8)]
    rows["a hit in a batch of 8, ms"] = round(ms(lambda: model.render_batch(batch), 3) / 8, 1)
    return rows | daemon(name, device)


def ms(call: Any, times: int) -> float:
    """Median milliseconds of a call, after one that is not counted."""
    import torch

    took = []
    with torch.no_grad():
        call()
        for _ in range(times):
            started = time.perf_counter()
            call()
            took.append(time.perf_counter() - started)
    return round(median(took) * 1000, 1)


def daemon(name: str, device: str) -> dict[str, Any]:
    """A real daemon in an empty folder: to the ready line, to four pads, to sixteen; at rest; its OSC."""
    from .bench_osc import measure_osc

    with running(name, device, "none") as one:
        rows: dict[str, Any] = {"start to ready, s": round(one.ready_s, 2)}
        for pads in (4, 16):
            while len(list((one.out / "live").glob("*.wav"))) < pads and time.perf_counter() - one.started < 120:
                time.sleep(0.02)
            rows[f"start to {pads} pads in the folder, s"] = round(time.perf_counter() - one.started, 2)
        time.sleep(1)
        rows["daemon's memory at rest, MB"] = one.memory
        return rows | measure_osc(one.port)


def processor() -> str:
    """The processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
