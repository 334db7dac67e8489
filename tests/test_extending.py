"""The README's table of where a new thing goes, held against a copy of the tree to which a toy of each is added."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# file -> what is put there: a whole new file, or (a line of it, what comes in place of that line)
NEW = {
    "sampler/networks/toy.py": """
from torch import nn, ones

class Toy(nn.Module):
    def __init__(self, length, gain):
        super().__init__()
        self.gain = nn.Parameter(gain * ones(1))

    def forward(self, y, s, weights):
        return self.gain * y / (1 + s[:, None, None] ** 2)
""",
    "sampler/training/toy.py": """
from ..networks.toy import Toy
from .config import Key
from .target import Objective, Target

class Fitting(Objective):
    def __init__(self, config, corpus):
        super().__init__()
        self.network = TARGET.build(config)

    def draw(self, soft, generator):
        return (soft,)

    def forward(self, x, soft):
        return (self.network(x, x.new_zeros(len(x)), soft) - x).square().mean()

    def held_out(self, network, x, soft):
        return {"mean": (network(x, x.new_zeros(len(x)), soft) - x).square().mean().item()}

TARGET = Target(
    kind="toy", shape=lambda config: {"length": config.length, "gain": config.toy_gain}, objective=Fitting,
    keys={"toy_gain": Key(0.5, "`toy`: where it begins", 0, 1)}, fixed=("length",),
)
""",
    "daemon/counting.py": """
class Counting:
    def __init__(self):
        self.seen = []

    def prepare(self, number, sound, values): ...

    def accept(self, number, fresh):
        self.seen.append((number, fresh))
""",
    "daemon/exports/words.py": """
from pathlib import Path


def write(kit, folder):
    (folder / "words.txt").write_text(kit.name)
    return [Path("words.txt")]
""",
    "daemon/inputs/drummer.py": """
class Drummer:
    def __init__(self, commands):
        self.commands = commands

    def __enter__(self):
        self.commands.set(3, "gain_db", -3.0, "drummer")
        self.commands.render(3, "drummer", 1)
        return self

    def __exit__(self, *failure): ...
""",
}
LINES = {
    "sampler/networks/kinds.py": [
        ("from .wiener import WienerUNet\n", "from .toy import Toy\nfrom .wiener import WienerUNet\n"),
        ("NETWORKS: dict[str, Kind] = {", 'NETWORKS: dict[str, Kind] = {\n    "toy": Kind(Toy, True, lambda n, s: n),'),
    ],
    "sampler/training/targets.py": [
        ("import classifier, crash, student, tiny, unet\n", "import classifier, crash, student, tiny, toy, unet\n"),
        ("TARGETS: dict[str, Target] = {\n", 'TARGETS: dict[str, Target] = {\n    "toy": toy.TARGET,\n'),
    ],
    "sampler/solvers.py": [
        (
            "SOLVERS: dict[str, Solver] = {\n",
            "def leap(denoise, y, here, there, memory, stochasticity, noise):\n"
            "    clean = denoise(y, at(y, here.s))\n"
            "    return clean, clean\n\n\n"
            'SOLVERS: dict[str, Solver] = {\n    "leap": Solver(leap, 1, 1, "to the clean estimate at once"),\n',
        )
    ],
    "sampler/tasks.py": [
        (
            "TASKS: dict[str, Callable[[Asked], Iterator[Tensor]]] = {",
            "def backwards(q):\n    yield q.a.flip(-1)\n\n\n"
            'TASKS: dict[str, Callable[[Asked], Iterator[Tensor]]] = {\n    "backwards": backwards,',
        )
    ],
    "sampler/hit.py": [
        ('SOLVER_NAMES = ("ddim",', 'SOLVER_NAMES = ("leap", "ddim",'),
        ('    "generate": (),\n', '    "generate": (),\n    "backwards": ("source_a",),\n'),
    ],
    "daemon/exports/formats.py": [
        ("from .kit import Kit\n", "from .kit import Kit\nfrom . import words\n"),
        ("FORMATS = {\n", 'FORMATS = {\n    "words": Format("words", words.write),\n'),
    ],
    "daemon/inputs/osc/commands.py": [
        (
            "COMMANDS: dict[str, Command] = {\n",
            'def twice(r: Request, pad: Pad) -> None:\n    """Say a pad\'s number twice."""\n    r.done(pad, pad)\n\n\n'
            'COMMANDS: dict[str, Command] = {\n    "twice": twice,\n',
        )
    ],
}  # fmt: skip

SCRIPT = """
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
from safetensors.torch import load_file

sys.meta_path = [one for one in sys.meta_path if "Editable" not in str(one)]  # of the tree that is not the copy
sys.path[:0] = sys.argv[1:]
from rig.instrument import instrument
from rig.osc import OscClient

import driftkit
from driftkit.daemon.counting import Counting
from driftkit.daemon.exports.formats import FORMATS
from driftkit.daemon.exports.kit import Kit
from driftkit.daemon.exports.making import written
from driftkit.daemon.inputs.drummer import Drummer
from driftkit.daemon.inputs.midi.receiver import NoMidi
from driftkit.daemon.inputs.osc.receiver import OscInput
from driftkit.daemon.inputs.web.oscquery import Tree
from driftkit.daemon.rendering.models import prepare, steps
from driftkit.sampler.training.data import pack
from driftkit.sampler.training.export import export
from driftkit.sampler.training.targets import load_config
from driftkit.sampler.training.train import train

home = Path(sys.argv[1])
assert Path(driftkit.__file__).is_relative_to(home), driftkit.__file__
draw = np.random.default_rng(0)
for i in range(20):
    (home / "sounds" / "kick").mkdir(parents=True, exist_ok=True)
    soundfile.write(home / "sounds" / "kick" / f"{i}.wav", draw.uniform(-0.5, 0.5, 2048), 44100)
pack(home / "sounds", home / "sounds.npz")
config = load_config(None, length=2048, batch=4, samples=40, warmup=1, evaluate_every=0, toy_gain=0.25)
export(train("toy", home / "sounds.npz", home / "run", config), None, home / "toy")
model = driftkit.load(str(home / "toy"))
assert load_file(home / "toy" / "network.safetensors")["gain"].item() > 0.25, "it has learnt"

a = model.render(driftkit.Hit(kick=1, seed=1, solver="leap", steps=3))
assert np.isfinite(a.samples).all() and a.hit.solver == "leap"
b = model.render(driftkit.Hit(task="backwards", source_a="mine"), {"mine": a.samples})
np.testing.assert_allclose(b.samples, a.samples[:, ::-1], atol=1e-6)

(words,) = written(Kit("in words", "", "mine", ()), FORMATS["words"], home / "kit", "24")
assert words.read_text() == "in words" and words.parent == home / "kit"

sink = Counting()
one = instrument(home, model.spec, partial(prepare, model), model.tag, steps, sinks=[sink])
with ExitStack() as stack:
    osc = stack.enter_context(OscInput(one.commands, "127.0.0.1", 0, tuple, NoMidi()))
    one.run(stack)
    client = stack.enter_context(OscClient(osc.address[1]))
    assert client.ask("/twice", 7, answers="/done").values == ("/driftkit/twice", 7, 7)
    assert "must be from 1 to 16" in client.ask("/twice", 17, answers="/fail").values[1]
    assert Tree(one.state, 1).ask("/driftkit/twice", "DESCRIPTION")[0] == 200
    stack.enter_context(Drummer(one.commands))
    client.ask("/sync", 1, answers="/synced")
    assert client.ask("/pad/3/gain_db").values == (-3.0,) and sink.seen == [(3, True)], sink.seen
print("all there")
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with every toy in it."""
    home = tmp_path_factory.mktemp("tree")
    package = home / "driftkit"
    shutil.copytree(ROOT / "driftkit", package)  # with its bytecode: what stays as it is need not be compiled again
    for name in ("sampler", "daemon"):
        shutil.copytree(ROOT / name, package / name)
    for name in ("presets", "weights"):
        os.symlink(ROOT / name, package / name)
    for name, text in NEW.items():
        assert not (package / name).exists()
        (package / name).write_text(text)
    for name, lines in LINES.items():
        text = (package / name).read_text()
        for line, more in lines:
            assert text.count(line) == 1, f"{name} has no line {line!r} any more"
            text = text.replace(line, more)
        (package / name).write_text(text)
    return home


def test_a_new_solver_task_network_format_sink_input_and_command_are_one_place_each(tree: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tree), str(ROOT / "tests")],
        env=os.environ | {"OMP_NUM_THREADS": "1"}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert found.returncode == 0 and "all there" in found.stdout, found.stderr
