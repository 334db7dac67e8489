"""onnx: a model's network as a graph that OpenVINO computes."""

import json
import sys
from contextlib import suppress

import click

from ...sampler.errors import Error
from ...sampler.hit import Hit
from ...sampler.spec import find_model
from .options import json_option, model_options


@click.command("onnx", short_help="Write a model's network for OpenVINO, faster than torch on a CPU.")
@model_options
@json_option
def onnx(model: str, device: str, as_json: bool) -> None:
    """Write network.onnx into the model's folder; `serve` then takes what is faster, torch or OpenVINO.

    Says how long a call takes with each, and how far the sound of seed 0 is from torch's in dB: in float32 only by
    rounding, in bfloat16 by more. Needs driftkit[fast].
    """
    from ...sampler.engines import TORCH, example, milliseconds
    from ...sampler.graphs import OPENVINO_BF16, PRECISION, write_graph
    from ...sampler.model import load
    from ...sampler.sound import snr_db

    folder = find_model(model)
    loaded = load(model, "cpu")
    inputs = example(loaded.spec, loaded.kind.conditional)
    file = write_graph(loaded.module, folder, inputs)
    took, apart = {TORCH: milliseconds(loaded.module, inputs)}, {}
    wanted = loaded.render(Hit(seed=0)).samples
    for engine in PRECISION:
        with suppress(*([Error] if engine == OPENVINO_BF16 else [])):  # not every processor has it
            loaded.settle(folder, engine)
            took[engine] = milliseconds(loaded.call, inputs)
            apart[engine] = round(snr_db(wanted, loaded.render(Hit(seed=0)).samples), 1)
    if as_json:
        print(json.dumps({"file": str(file), "ms": took, "snr_db": apart}))
        return
    print(f"wrote {file} ({file.stat().st_size / 1e6:.1f} MB); a call here:", file=sys.stderr)
    for engine, ms in took.items():
        print(f"  {engine} {ms:.1f} ms{f', {apart[engine]} dB from torch' if engine in apart else ''}", file=sys.stderr)
