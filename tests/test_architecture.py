"""The shape of the code, held by tests: imports point down, files end, one loop over time."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(p for folder in ("driftkit", "sampler", "daemon") for p in (ROOT / folder).rglob("*.py"))

# A module imports from its own room and from rooms above it in this list; in a room as everywhere, without a circle.
ROOMS = [
    "sampler",
    "sampler.work",
    "sampler.training",
    "sampler.__main__",
    "sampler.gpu_check",
    "driftkit",
    "daemon.audio",
    "daemon",  # with its sinks, kits and patches
    "daemon.inputs",
    "daemon.serve",
    "daemon.bench",
    "daemon.cli",
]

# Each of these libraries is the business of few modules.
ONLY_IN = {
    "pythonosc": {"daemon.inputs.osc.packets"},
    "yaml": {"daemon.reading.texts", "daemon.kits.text", "daemon.pads.midi_map"},
    "ruamel": {"daemon.kits.comments"},
    "safetensors": {"sampler.store", "sampler.spec", "sampler.training.halves"},
    "scipy": {"sampler.adaptive"},
    "onnx": {"sampler.graphs"},
    "openvino": {"sampler.compiled"},
    "soxr": {"sampler.wav", "daemon.audio.voicing"},
    "socket": {
        "sampler.work.on_ray",
        "daemon.inputs.osc.receiver",
        "daemon.inputs.ports",
        "daemon.inputs.web.served",
        "daemon.inputs.web.port",
        "daemon.bench.osc",
        "daemon.bench.audio",
        "daemon.bench.soak",
        "daemon.cli.listing",
    },
    "ableton_device_creator": {"daemon.exports.drumrack"},
    "aalink": {"daemon.inputs.link"},
    "zeroconf": {"daemon.inputs.web.announcing"},
    "ifaddr": {"daemon.inputs.web.announcing"},
    "websockets": {"daemon.inputs.web.server", "daemon.bench.panel"},
    "watchdog": {"daemon.inputs.watching"},
    "supriya_midi": {"daemon.inputs.midi.ports"},
    "mido": {"daemon.inputs.midi.receiver"},
    "filelock": {"daemon.sinks.alone"},
    "sounddevice": {"daemon.audio.devices"},
    "ray": {"sampler.work.on_ray"},
    "submitit": {"sampler.work.on_slurm"},
    "PIL": {"sampler.training.sheets"},
}


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(path: Path) -> list[str]:
    """Absolute names of what a file imports anywhere, also late or for types alone; ours without `driftkit`."""
    package = module(path).split(".") if path.name == "__init__.py" else module(path).split(".")[:-1]
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.append(node.module or "")
        elif isinstance(node, ast.ImportFrom):
            # `daemon` and `sampler` are siblings below the package once installed
            base = [p for p in ["driftkit", *package] if p][: len(package) + 2 - node.level]
            base = [p for p in base if p != "driftkit"]
            name = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            below = [f"{name}.{alias.name}".strip(".") for alias in node.names]
            found += [b for b in below if b in OURS] or [name]
    return found


OURS = {module(path): path for path in CODE}


def room(name: str) -> int:
    """The place in ROOMS of a module: that of the room with the longest name that it lies in."""
    return max((len(r), i) for i, r in enumerate(ROOMS) if name == r or name.startswith(f"{r}."))[1]


def test_imports_point_down():
    each = [(own, name) for own, path in OURS.items() for name in imports(path) if name in OURS]
    assert not [f"{own} imports {name}, which lies above it" for own, name in each if room(name) > room(own)]


def test_nothing_is_imported_in_a_circle():
    sorter = TopologicalSorter({own: {n for n in imports(path) if n in OURS} - {own} for own, path in OURS.items()})
    try:
        sorter.prepare()
    except CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])))


def test_a_library_is_the_business_of_few_modules():
    each = [(own, name.partition(".")[0]) for own, path in OURS.items() for name in imports(path)]
    assert not [f"{own} imports {name}" for own, name in each if own not in ONLY_IN.get(name, {own})]


def test_the_sampler_never_imports_the_daemon_and_the_engine_never_torch():
    for path in CODE:
        for name in imports(path):
            if module(path).startswith("sampler"):
                assert not name.startswith(("daemon", "driftkit"))
            if module(path).startswith("daemon") and name.partition(".")[0] == "torch":
                assert module(path) == "daemon.bench.everything"


def test_a_file_ends():
    files = [*CODE, *(ROOT / "tests").rglob("*.py")]
    assert not [str(path) for path in files if len(path.read_text().splitlines()) > 300]


def test_there_is_one_loop_over_time_and_no_device_by_name():
    text = {module(p): p.read_text() for p in CODE if module(p).startswith("sampler")}
    assert [name for name, code in text.items() if "pairwise(levels)" in code] == ["sampler.solvers"]
    assert not [name for name, code in text.items() if ".cuda(" in code]


def test_no_control_is_named_outside_its_table_and_its_use():
    """OSC, kits, options and listings must not know a control by name."""
    from driftkit.sampler.hit import CONTROLS

    for name in (
        "daemon.inputs.osc.receiver",
        "daemon.inputs.osc.commands",
        "daemon.inputs.osc.requests",
        "daemon.inputs.web.oscquery",
        "daemon.inputs.web.sockets",
        "daemon.kits.library",
        "daemon.sinks.folder",
        "daemon.rendering.engine",
    ):
        tree = ast.parse((ROOT / (name.replace(".", "/") + ".py")).read_text())
        words = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not words & set(CONTROLS), name


def test_every_folder_of_code_is_in_the_wheel():
    import tomllib

    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    folders = {module(path) for path in CODE if path.name == "__init__.py"} - {"driftkit"}
    assert {f"driftkit.{name}" for name in folders} <= listed
