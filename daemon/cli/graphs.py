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
    """Write network.onnx into the model's folder; `serve` then has OpenVINO compute it.

    Says how long a call takes with each, and by how many dB less than a sound is loud it differs from torch's, over a
    sound of each class: in float32 only by rounding, in bfloat16 by more. Needs driftkit[fast].
    """
    from ...sampler.compiled import OPENVINO_BF16, PRECISION
    from ...sampler.engines import TORCH, example
    from ...sampler.graphs import write_graph
    from ...sampler.model import load
    from ...sampler.places import milliseconds
    from ...sampler.sound import snr_db

    folder = find_model(model)
    loaded = load(model, "cpu")
    inputs = example(loaded.spec, loaded.kind.conditional)
    file = write_graph(loaded.module, folder, inputs)
    took, apart = {TORCH: milliseconds(loaded.module, inputs)}, {}
    hits = [Hit(classes={name: 1.0}, seed=0) for name in loaded.classes] or [Hit(seed=0)]
    wanted = loaded.render_batch(hits)
    for engine in PRECISION:
        with suppress(*([Error] if engine == OPENVINO_BF16 else [])):  # not every processor has it
            loaded.settle(folder, engine)
            took[engine] = milliseconds(loaded.call, inputs)
            snrs = [snr_db(one.samples, other.samples) for one, other in zip(wanted, loaded.render_batch(hits))]
            apart[engine] = [round(least_or_most(snrs), 1) for least_or_most in (min, max)]
    if as_json:
        print(json.dumps({"file": str(file), "ms": took, "snr_db": apart}))
        return
    print(f"wrote {file} ({file.stat().st_size / 1e6:.1f} MB); a call here:", file=sys.stderr)
    for engine, ms in took.items():
        far = " to ".join(map(str, apart.get(engine, [])))
        print(f"  {engine} {ms:.1f} ms{f', {far} dB from torch' if far else ''}", file=sys.stderr)
