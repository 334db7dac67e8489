"""`python -m sampler`: train from a pack on a bare checkout, where only torch and numpy are installed.

python -m sampler PACK.npz RUN_FOLDER [--network unet] [--config FILE] [--minutes M] [--device cuda]
"""

import argparse
import json
import math
import sys
from pathlib import Path

from .errors import Error
from .training.config import load_config
from .training.train import train


def main() -> int:
    """Train; prints a JSON line per checkpoint. `driftkit train` does the same with a progress bar."""
    parser = argparse.ArgumentParser(prog="python -m sampler", description="Train a driftkit network from a pack.")
    parser.add_argument("pack", type=Path, help="sounds.npz, made by `driftkit train --data FOLDER`")
    parser.add_argument("out", type=Path, help="where checkpoints and the log go; a run there is resumed")
    parser.add_argument("--network", choices=("unet", "classifier"), default="unet")
    parser.add_argument("--config", type=Path, help="a TOML file of training numbers")
    parser.add_argument("--samples", type=int, help="sounds to show in the whole run")
    parser.add_argument("--batch", type=int, help="sounds per step")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop after so many minutes")
    parser.add_argument("--from", dest="start", type=Path, help="begin with the weights of this model folder")
    parser.add_argument("--device", default="cpu")
    a = parser.parse_args()
    try:
        config = load_config(a.config, samples=a.samples, batch=a.batch)
        train(
            a.network, a.pack, a.out, config, start=a.start, device=a.device, limit_s=a.minutes * 60,
            report=lambda line: print(json.dumps(line), flush=True),
        )  # fmt: skip
    except Error as reason:
        print(f"sampler: {reason}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
