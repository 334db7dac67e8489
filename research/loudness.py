"""Write how loud sounds of each class are into a model's folder: `python research/loudness.py MODEL PACK OUT`.

The networks stay as they are. PACK is what `driftkit train` makes of a folder; only its split `train` is read.
"""

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

import torch

from driftkit.sampler.compiled import GRAPH
from driftkit.sampler.reading import read_networks
from driftkit.sampler.spec import find_model
from driftkit.sampler.store import write_model
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.loudness import of_corpus


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="a name or a folder")
    parser.add_argument("pack", type=Path)
    parser.add_argument("out", type=Path, help="the folder to write the model into")
    asked = parser.parse_args()
    folder = find_model(asked.model)
    spec, network, classifier = read_networks(folder)
    corpus = Corpus.load(asked.pack, "train", spec.length, torch.device("cpu"))
    made = of_corpus(corpus, spec.classes)
    write_model(asked.out, replace(spec, loudness=made.arguments), network, classifier, loudness=made)
    if (folder / GRAPH).exists() and asked.out != folder:
        shutil.copyfile(folder / GRAPH, asked.out / GRAPH)


if __name__ == "__main__":
    main()
