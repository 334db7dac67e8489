"""encode: the latent of a sound, and how much of the sound comes back from it."""

import json
import sys
from pathlib import Path

import click
import numpy as np

from ...sampler.errors import Error
from ...sampler.files import appearing, free
from ...sampler.hit import CONTROLS, Hit
from ...sampler.resolve import fit, read_file
from ...sampler.sound import RATE_HZ, snr_db
from .options import OUT, json_option, model_options
from .rendering import FILE, load, writable

STEPS = 64  # with which the shipped model gives a drum back


@click.command("encode", short_help="Write the latent of a sound, and say how much of it comes back.")
@FILE
@click.option("--steps", default=str(STEPS), show_default=True, metavar="INT", help="Solver steps, either way.")
@click.option("--solver", default="auto", show_default=True, help=f"One of {', '.join(CONTROLS['solver'].choices)}.")
@OUT
@model_options
@json_option
def encode(file: str, steps: str, solver: str, out: Path, model: str, device: str, as_json: bool) -> None:
    """Bring FILE to its latent at t = 1 by the ODE, write it as FILE_latent.npy (or FILE_latent_2.npy
    where that is there), and decode it again.

    The latent is float32 (channels, samples), near N(0, 1) where the model knows such sounds. What is told is the
    signal-to-noise ratio of the decoded sound: the power of the sound over that of the difference, in dB.
    """
    hit = Hit(steps=steps, solver=solver)
    assert hit.steps is not None
    sound = read_file(file, RATE_HZ)
    writable(out)
    loaded = load(model, device)
    sound = fit(sound, loaded.spec.channels, loaded.spec.length)
    if not sound.any():
        raise Error(f"the sound {file} is silent; silence has no signal-to-noise ratio, give a sound")
    latent = loaded.encode(sound, hit.steps, hit.solver)
    back_db = snr_db(sound, loaded.decode(latent, hit.steps, hit.solver))
    path = free(out / f"{Path(file).stem}_latent.npy")
    with appearing(path) as staged, staged.open("wb") as written:
        np.save(written, latent)
    if as_json:
        line = {"path": str(path), "snr_db": round(back_db, 2), "std": round(float(latent.std()), 4)}
        print(json.dumps(line | {"steps": hit.steps, "solver": hit.solver}))
    else:
        print(
            f"{path}  comes back at {back_db:.1f} dB over its error, latent of spread {latent.std():.2f}",
            file=sys.stderr,
        )
