"""`python -m sampler`: train from a pack on a bare checkout, where only torch and numpy are installed.

python -m sampler PACK.npz RUN_FOLDER [--network crash] [--config FILE] [--minutes M] [--device cuda]
python -m sampler PACK.npz RUN_FOLDER --processes 2 --device cuda     the same on two GPUs, as is:
torchrun --nproc-per-node 2 -m sampler PACK.npz RUN_FOLDER --device cuda
"""

import argparse
import json
import math
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

import torch

from .errors import Error
from .store import device_for
from .training.boards import BOARDS
from .training.processes import joined
from .training.targets import TARGETS, load_config
from .training.train import train

ABOUT = "Train a driftkit network from a pack."


def parser() -> argparse.ArgumentParser:
    """The flags; `driftkit train` has the same names."""
    flags = argparse.ArgumentParser(prog="python -m sampler", description=ABOUT, allow_abbrev=False)
    flags.add_argument("pack", type=Path, help="sounds.npz, made by `driftkit train --data FOLDER`")
    flags.add_argument("out", type=Path, help="where checkpoints and the log go; a run there is resumed")
    flags.add_argument("--network", choices=tuple(TARGETS), default="unet")
    flags.add_argument("--config", type=Path, help="a TOML file of training numbers, or the recipe `crash` or `tiny`")
    flags.add_argument("--samples", type=int, help="sounds to show in the whole run")
    flags.add_argument("--batch", type=int, help="sounds per step, over all processes together")
    flags.add_argument("--minutes", type=float, default=math.inf, help="stop after so many minutes")
    flags.add_argument(
        "--evaluate-every", type=int, help="sounds from one rendering and measuring to the next; 0: never"
    )
    for name in BOARDS:
        flags.add_argument(f"--{name}", action="store_true", help=f"log to OUT/{name} too")
    flags.add_argument("--from", dest="start", type=Path, help="begin with the weights of this model folder")
    flags.add_argument(
        "--device", default="auto", help="auto, cpu, cuda, cuda:1 or mps; auto is cuda where there is one"
    )
    flags.add_argument("--processes", type=int, default=1, help="processes on this machine, one a GPU (by torchrun)")
    return flags


def place(name: str) -> str:
    """A device as torch names it, of several one too: `cuda:1`; `Error` where the machine lacks it."""
    kind, colon, number = name.partition(":")
    if not colon:
        return str(device_for(kind))
    if kind != "cuda" or not number.isdecimal():
        raise Error(f"device is {name}; it must be auto, cpu, cuda, cuda:1 or mps")
    if int(number) >= torch.cuda.device_count():
        raise Error(
            f"device is {name}, and this machine has {torch.cuda.device_count()} CUDA devices; take auto or cpu"
        )
    return name


def launch(count: int) -> NoReturn:
    """This very command under torchrun, `count` times on this machine, in the place of this process.

    So who ends this process ends torchrun, which ends those that it started.
    """
    words = [word for word in sys.argv[1:] if not word.startswith("--processes=")]
    if "--processes" in words:
        at = words.index("--processes")
        del words[at : at + 2]
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(count)]
    os.execv(sys.executable, [*torchrun, "-m", str(__package__), *words])


def main() -> int:
    """Train; prints a JSON line per checkpoint. `driftkit train` does the same with a progress bar."""
    a = parser().parse_args()
    if a.processes > 1 and "WORLD_SIZE" not in os.environ:
        launch(a.processes)
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: asked.append(number))
    first = os.environ.get("RANK", "0") == "0"
    try:
        config = load_config(a.config, samples=a.samples, batch=a.batch, evaluate_every=a.evaluate_every)
        with joined(place(a.device)) as processes:
            train(
                a.network, a.pack, a.out, config, start=a.start, processes=processes, limit_s=a.minutes * 60,
                boards=tuple(name for name in BOARDS if getattr(a, name)), stop=lambda: bool(asked),
                report=lambda line: print(json.dumps(line), flush=True),
                say=lambda sentence: print(f"sampler: {sentence}", file=sys.stderr, flush=True),
            )  # fmt: skip
    except Error as reason:
        if first:
            print(f"sampler: {reason}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
