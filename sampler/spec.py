"""What a model is, apart from its tensors, and where models lie. Needs no torch.

A model is a folder with model.json and safetensors; nothing in it is code. Shipped models lie in
`weights/`, the user's own in their data folder.
"""

import hashlib
import itertools
import json
import math
import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from .controls import did_you_mean, shown
from .errors import Error
from .hit import Hit, nameable
from .home import home_of

SHIPPED = Path(__file__).resolve().parents[1] / "weights"
SPEC = "model.json"
NETWORK, CLASSIFIER, LOUDNESS = "network.safetensors", "classifier.safetensors", "loudness.safetensors"
FINE = ("solver", "steps", "spacing", "stochasticity")  # what a quality says
NOT_MODELS = {"ear", "judge"}  # weights that measure models


@dataclass(frozen=True)
class Spec:
    """What a model is, apart from its tensors."""

    name: str
    network: dict[str, Any]  # {"kind": a key of networks.kinds.NETWORKS, its arguments}
    classifier: dict[str, Any] | None  # the same with CLASSIFIERS
    schedule: str  # a key of SCHEDULES
    classes: tuple[str, ...]
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)  # family -> classes it includes
    rate_hz: int = 44100
    channels: int = 1
    length: int = 32768  # samples
    solver: str = "dpmpp_2m"
    steps: int = 16
    spacing: str = "karras"  # a key of SPACINGS
    levels: tuple[float, ...] = ()  # of the spacing "learned", high to low: for few steps (`training.few_steps`)
    jumps: tuple[float, ...] = ()  # levels at which the solver flow_map jumps, high to low, where the network learnt it
    s_min: float = 5e-4  # the last noise level before the clean sound
    stochasticity: float = 0.0  # of what is made anew
    loudness: dict[str, Any] = field(default_factory=dict)  # arguments of `sampler.loudness`; none: there is none
    fine: dict[str, Any] = field(default_factory=dict)  # solver, steps, spacing and stochasticity of the quality `fine`
    fades: tuple[int, int] = (0, 0)  # samples over which what the model makes anew is faded in, and out
    trained: dict[str, Any] = field(default_factory=dict)
    licence: str = ""

    @property
    def has_reach(self) -> bool:
        """Whether the network has learnt jumps, the solver flow_map being theirs."""
        return bool(self.network.get("reach"))

    @property
    def guided(self) -> tuple[float, float]:
        """The range of guidance that the network takes as an input: 1 alone where it has learnt none."""
        low, high = self.network.get("guided") or (1.0, 1.0)
        return low, high

    @property
    def many(self) -> int:
        """Steps of a hit that does not jump, unless it says how many: where `steps` are jumps, as many as `solver` has
        levels, or 16."""
        if self.steps > len(self.jumps):
            return self.steps
        return len(self.levels) or max(self.steps, 16)

    @property
    def length_ms(self) -> float:
        """Length of every sound of this model."""
        return round(self.length / self.rate_hz * 1000, 3)


def model_files(folder: Path) -> list[Path]:
    """Those files of a model that are in a folder."""
    return [folder / name for name in (SPEC, NETWORK, CLASSIFIER, LOUDNESS) if (folder / name).exists()]


def model_hash(folder: Path) -> str:
    """The first 16 hex digits of the SHA-256 over everything that decides a model's sounds."""
    digest = hashlib.sha256()
    for file in model_files(folder):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def check_whole(folder: Path, spec: Spec) -> None:
    """`Error` where a file of tensors is missing or cut; that they are the right ones is seen as they are loaded."""
    for name, needed in ((NETWORK, True), (CLASSIFIER, spec.classifier), (LOUDNESS, spec.loudness)):
        if needed:
            check_file(folder / name)


def check_file(file: Path) -> None:
    """`Error` where a safetensors file is missing or cut."""
    import safetensors

    try:
        with safetensors.safe_open(file, framework="numpy"):
            pass
    except FileNotFoundError:
        raise Error(f"the weights {file} are missing; install the model again") from None
    except (OSError, safetensors.SafetensorError) as reason:
        raise Error(f"the weights {file} are damaged ({reason}); install the model again") from None


def tag_of(folder: Path) -> str:
    """The name and the hash of a model, as recipes have it."""
    return f"{folder.name}@{model_hash(folder)}"


def folders() -> list[Path]:
    """Where models are looked for, the user's before the shipped ones."""
    roots = [SHIPPED]
    try:
        return [home_of("data") / "models", *roots]
    except ImportError:  # a bare checkout, training
        return roots


def list_models() -> dict[str, Path]:
    """Installed models by name; a user's model shadows a shipped one of the same name."""
    found: dict[str, Path] = {}
    for root in folders():
        for spec in sorted(root.glob(f"*/{SPEC}")):
            if spec.parent.name not in NOT_MODELS:
                found.setdefault(spec.parent.name, spec.parent)
    return found


def find_model(model: str | Path) -> Path:
    """The folder of a model by name or by path; `Error` names what there is."""
    found, name = list_models(), os.fspath(model)
    if name in found:
        return found[name]
    try:
        path = Path(name).expanduser()
        there, folder = (path / SPEC).is_file(), path.is_dir()
    except (OSError, RuntimeError, ValueError) as reason:
        raise Error(f"{name[:80]} cannot be a folder here: {reason}") from None
    if there:
        return path
    if folder or os.sep in name:
        raise Error(f"{name} is not a model: it has no {SPEC}; give a folder that `driftkit train` wrote")
    if not found:
        raise Error(f"there is no model {name}: no model is installed; reinstall driftkit or give a folder")
    raise Error(f"there is no model {name}; {did_you_mean(name, found)} (`driftkit models` lists them)")


def read_spec(folder: Path) -> Spec:
    """model.json of a folder, checked."""
    try:
        values = json.loads((folder / SPEC).read_text(encoding="utf-8"))
        known = {f.name for f in fields(Spec)}
        values = {key: value for key, value in values.items() if key in known}
        values["network"], values["classes"] = dict(values["network"]), tuple(values["classes"])
        for name in ("levels", "jumps"):
            values[name] = tuple(map(float, values.get(name, ())))
        values["kinds"] = {k: tuple(v) for k, v in values.get("kinds", {}).items()}
        values["fine"], values["loudness"] = dict(values.get("fine", {})), dict(values.get("loudness", {}))
        values["fades"] = tuple(values.get("fades", (0, 0)))
        spec = Spec(**values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as reason:
        raise Error(f"{folder / SPEC} is missing or damaged: {reason}; install the model again") from None
    wrong = fault(spec)
    if wrong:
        raise Error(f"{folder / SPEC}: {wrong}")
    return spec


def fault(spec: Spec) -> str:
    """The first thing that cannot be so in a model.json, as half a sentence; "" where all can."""
    for name in ("rate_hz", "channels", "length", "steps"):
        value = getattr(spec, name)
        if type(value) is not int or value < 1:
            return f"{name} is {shown(value)}; it must be a whole number above 0"
    if len(spec.fades) != 2 or not all(type(n) is int and 0 <= n <= spec.length // 2 for n in spec.fades):
        return f"fades is {shown(spec.fades)}; it must be two counts of samples, in and out"
    for name in spec.classes:
        if not nameable(name):
            return f"it names a class {shown(name)}; a class is a to z, 0 to 9 and _, and no control or command"
    for name in itertools.chain(spec.kinds, *spec.kinds.values()):
        if name not in spec.classes:
            return f"kinds names {shown(name)}; it must be one of the classes"
    for name, visited in (("levels", spec.levels), ("jumps", spec.jumps), ("s_min", (spec.s_min,))):
        if not all(type(s) in (int, float) and 0 < s < math.inf for s in visited):
            return f"{name} is {shown(getattr(spec, name))}; noise levels must be finite numbers above 0"
        if any(a <= b for a, b in itertools.pairwise(visited)):
            return f"{name} is {shown(visited)}; the levels must fall"
    for name in spec.fine:
        if name not in FINE:
            return f"fine has {shown(name)}; it may have {', '.join(FINE)}"
    try:
        Hit(stochasticity=spec.stochasticity)
        Hit(**spec.fine)
    except Error as reason:
        return str(reason)
    if spec.jumps and not spec.has_reach:
        return (
            f"jumps is {shown(spec.jumps)}, but the network has no reach; only one that has learnt jumps can take them"
        )
    if spec.network.get("length", spec.length) != spec.length:
        return f"length is {spec.length}; the network's is {shown(spec.network['length'])}, and both must be the same"
    if spec.loudness and spec.channels != 1:
        return f"channels is {spec.channels}, and loudness is of models in mono; leave it out"
    return ""
