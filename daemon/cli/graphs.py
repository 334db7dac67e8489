"""onnx: a model's network as a graph that ONNX Runtime computes."""

import json
import sys

import click

from ...sampler.spec import find_model
from .options import json_option, model_options


@click.command("onnx", short_help="Write a model's network for ONNX Runtime, often faster than torch.")
@model_options
@json_option
def onnx(model: str, device: str, as_json: bool) -> None:
    """Write network.onnx into the model's folder; `serve` then takes what is faster, torch or ONNX Runtime.

    The sounds stay the same but for rounding. Needs driftkit[fast].
    """
    from ...sampler.engines import ONNX, TORCH, example, milliseconds, write_graph
    from ...sampler.model import load

    folder = find_model(model)
    loaded = load(model, "cpu")
    inputs = example(loaded.spec, loaded.kind.conditional)
    file = write_graph(loaded.module, folder, inputs)
    took = {TORCH: milliseconds(loaded.module, inputs)}
    loaded.settle(folder, ONNX)
    took[ONNX] = milliseconds(loaded.call, inputs)
    if as_json:
        print(json.dumps({"file": str(file), "ms": took}))
        return
    told = ", ".join(f"{engine} {ms:.1f} ms" for engine, ms in took.items())
    print(f"wrote {file} ({file.stat().st_size / 1e6:.1f} MB); a call here: {told}", file=sys.stderr)
