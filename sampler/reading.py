"""A model's folder, read into its networks."""

from pathlib import Path

from torch import nn

from .errors import Error
from .grids import SPACINGS
from .loudness import Loudness
from .networks.kinds import CLASSIFIERS, NETWORKS
from .schedules import SCHEDULES
from .solvers import SOLVERS
from .spec import CLASSIFIER, LOUDNESS, NETWORK, Spec, read_spec
from .store import read_tensors


def read_networks(folder: Path) -> tuple[Spec, nn.Module, nn.Module | None]:
    """What model.json says, the network and the classifier, on the CPU; `Error` where they cannot be had."""
    spec = read_spec(folder)
    arguments = dict(spec.network)
    kind = arguments.pop("kind", "")
    heard = (spec.classifier or {"kind": "frames"}).get("kind", "")
    for what, needed, known in (
        ("network", kind, NETWORKS), ("schedule", spec.schedule, SCHEDULES), ("classifier", heard, CLASSIFIERS),
        ("solver", spec.solver, SOLVERS), ("spacing", spec.spacing, SPACINGS),
    ):  # fmt: skip
        if needed not in known:
            raise Error(
                f"the model {folder.name} needs the {what} {needed!r}, which this driftkit does not have; update it"
            )
    network = NETWORKS[kind].build(**arguments)
    read_tensors(folder / NETWORK, network)
    classifier = None
    if spec.classifier:
        classifier = CLASSIFIERS[heard].build(**{k: v for k, v in spec.classifier.items() if k != "kind"})
        read_tensors(folder / CLASSIFIER, classifier)
    return spec, network, classifier


def read_loudness(folder: Path, spec: Spec) -> Loudness | None:
    """How loud the sounds of a model are to be, where it says so; `Error` where that cannot be had."""
    if not spec.loudness:
        return None
    made = Loudness(spec.length, len(spec.classes), **spec.loudness)
    read_tensors(folder / LOUDNESS, made)
    return made
