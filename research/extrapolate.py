"""Take weights further along the way of their last training: `python research/extrapolate.py BEFORE AFTER OUT`.

Each weight becomes after + a (after - before), with an a of its own for each part of the U-Net. The shipped weights
came of this, with the `PARTS` below ([model.md](model.md) has what else was tried):

    git show e926941:weights/default/network.safetensors > before/network.safetensors   # and its model.json
    git show bb0cdc2:weights/default/network.safetensors > after/network.safetensors    # and its model.json, classifier

BEFORE may know fewer classes; what has another shape stays as it is in AFTER.
"""

import argparse
from pathlib import Path

import torch

import driftkit
from driftkit.sampler.engines import example
from driftkit.sampler.graphs import write_graph
from driftkit.sampler.store import write_model

PARTS = {"unet.up.4.": 0.35, "unet.up.2.": 0.3, "unet.level.": 0.4, "unet.down.": 0.1, "unet.enter.": 0.1,
         "unet.embedding.": 0.2}  # fmt: skip


def further(before: dict[str, torch.Tensor], after: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weights that lie beyond `after`, by the parts' own shares."""
    found = dict(after)
    for name, weight in after.items():
        share = next((share for part, share in PARTS.items() if name.startswith(part)), 0.0)
        if share and name in before and before[name].shape == weight.shape:
            found[name] = weight + share * (weight - before[name])
    return found


def main() -> None:
    """Write the model and its graph."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=Path, help="a model's folder, as it was")
    parser.add_argument("after", type=Path, help="the same network trained on")
    parser.add_argument("out", type=Path, help="the folder to write the model into")
    asked = parser.parse_args()
    before, after = (driftkit.load(folder, device="cpu", engine="torch") for folder in (asked.before, asked.after))
    after.module.load_state_dict(further(before.module.state_dict(), after.module.state_dict()))
    write_model(asked.out, after.spec, after.module, after.heard)
    kept = driftkit.load(asked.out, device="cpu", engine="torch")  # as the file rounds them
    write_graph(kept.module, asked.out, example(kept.spec, True))


if __name__ == "__main__":
    main()
