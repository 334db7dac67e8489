"""The shape of the code, held by tests: imports point down, files end, one loop over time."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(p for folder in ("driftkit", "sampler", "daemon") for p in (ROOT / folder).rglob("*.py"))

# Every module may import from the rows above its own, and from its own row.
ORDER = [
    {"sampler", "sampler.errors"},
    {"sampler.riff"},
    {"sampler.controls", "sampler.wav", "sampler.schedules", "sampler.networks.frames"},
    {
        "sampler.hit",
        "sampler.denoisers",
        "sampler.networks",
        "sampler.networks.tones",
        "sampler.networks.unet",
        "sampler.networks.crash",
    },
    {"sampler.adaptive", "sampler.files"},
    {
        "sampler.spec",
        "sampler.sound",
        "sampler.solvers",
        "sampler.networks.tones",
        "sampler.networks.wiener",
        "sampler.networks.classifier",
    },
    {"sampler.grids", "sampler.guidance", "sampler.resolve", "sampler.store", "sampler.networks.kinds"},
    {"sampler.tasks", "sampler.graphs"},
    {"sampler.fastest"},
    {"sampler.engines"},
    {"sampler.paths"},
    {"sampler.batches"},
    {"sampler.model", "sampler.importers"},
    {"sampler.costs"},
    {"sampler.training", "sampler.training.config", "sampler.training.metrics", "sampler.training.faults"},
    {"sampler.training.monotone", "sampler.training.traits"},
    {"sampler.training.data", "sampler.training.shapes", "sampler.training.noise_levels", "sampler.training.processes"},
    {"sampler.training.crash_objectives", "sampler.training.judge", "sampler.training.embeddings"},
    {"sampler.training.jumps", "sampler.training.graft"},
    {"sampler.training.objectives", "sampler.training.memory"},
    {"sampler.training.evaluate"},
    {"sampler.training.checkpoints", "sampler.training.log", "sampler.training.watch"},
    {"sampler.training.train"},
    {"sampler.training.export", "sampler.training.card", "sampler.training.sweep", "sampler.training.few_steps"},
    {"sampler.training.sweep_page"},
    {"sampler.__main__"},
    {"driftkit"},
    {"daemon", "daemon.effects"},
    {"daemon.pads", "daemon.inputs", "daemon.inputs.osc_packets", "daemon.inputs.osc_subscribers"},
    {"daemon.inputs.ports"},
    {"daemon.inputs.midi_knobs", "daemon.inputs.midi_ports"},
    {"daemon.kit_text", "daemon.surfaces", "daemon.board", "daemon.engine", "daemon.pending", "daemon.outputs"},
    {"daemon.watching", "daemon.audio", "daemon.audio.mixer", "daemon.audio.voicing", "daemon.audio.clock"},
    {"daemon.audio.shared", "daemon.audio.devices"},
    {"daemon.audio.player"},
    {"daemon.audio.speaker"},
    {"daemon.midi_map"},
    {"daemon.kits", "daemon.folder"},
    {"daemon.sources", "daemon.publisher", "daemon.ahead", "daemon.live"},
    {"daemon.commands"},
    {"daemon.session", "daemon.models", "daemon.arrivals", "daemon.console", "daemon.inbox", "daemon.exporting"},
    {"daemon.bench", "daemon.bench.osc", "daemon.bench.daemon", "daemon.bench.networks", "daemon.bench.page"},
    {"daemon.inputs.osc_requests", "daemon.inputs.osc_output"},
    {"daemon.inputs.osc_commands"},
    {"daemon.inputs.osc", "daemon.inputs.oscquery", "daemon.inputs.web", "daemon.inputs.web_server"},
    {"daemon.inputs.oscquery_sockets"},
    {"daemon.inputs.midi_learn", "daemon.inputs.midi_programs"},
    {"daemon.inputs.midi"},
    {"daemon.serve", "daemon.bench.everything"},
    {"daemon.bench.audio", "daemon.bench.soak"},
    {"daemon.cli.options"},
    {"daemon.cli.serving"},
    {"daemon.cli.listing", "daemon.cli.rendering", "daemon.cli.training", "daemon.cli.importing"},
    {
        "daemon.cli.benching",
        "daemon.cli.encoding",
        "daemon.cli.evaluating",
        "daemon.cli.distilling",
        "daemon.cli.graphs",
        "daemon.cli.exporting",
    },
    {"daemon.cli.main"},
    {"daemon.cli"},
]
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}

# Each of these libraries is the business of few modules.
ONLY_IN = {
    "pythonosc": {"daemon.inputs.osc_packets"},
    "yaml": {"daemon.kits", "daemon.kit_text", "daemon.effects", "daemon.midi_map"},
    "safetensors": {"sampler.store", "sampler.training.judge"},
    "scipy": {"sampler.adaptive"},
    "onnx": {"sampler.graphs"},
    "openvino": {"sampler.graphs"},
    "soxr": {"sampler.wav", "sampler.training.data", "daemon.audio.voicing"},
    "socket": {
        "daemon.inputs.osc",
        "daemon.inputs.ports",
        "daemon.inputs.web",
        "daemon.bench.osc",
        "daemon.bench.audio",
        "daemon.bench.soak",
        "daemon.cli.listing",
    },
    "websockets": {"daemon.inputs.web_server"},
    "watchdog": {"daemon.watching"},
    "rtmidi": {"daemon.inputs.midi_ports"},
    "mido": {"daemon.inputs.midi"},
    "sounddevice": {"daemon.audio.devices"},
}


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> list[str]:
    """Absolute names of what a file imports, ours without the driftkit prefix; TYPE_CHECKING blocks left out."""
    tree = ast.parse(path.read_text())
    package = module(path).split(".") if path.name == "__init__.py" else module(path).split(".")[:-1]
    hidden = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for node in ast.walk(block)
    }
    found = []
    for node in ast.walk(tree):
        if node in hidden:
            continue
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
            found += [b for b in below if b in LEVEL] or [name]
    return found


@pytest.mark.parametrize("path", CODE, ids=module)
def test_imports_point_down(path):
    own = module(path)
    assert own in LEVEL, f"{own} has no place yet: give it a row in ORDER"
    for name in imports(path):
        if name in LEVEL:
            assert LEVEL[name] <= LEVEL[own], f"{own} imports {name}, which lies above it"


@pytest.mark.parametrize("path", CODE, ids=module)
def test_a_library_is_the_business_of_few_modules(path):
    for name in imports(path):
        allowed = ONLY_IN.get(name.partition(".")[0])
        assert allowed is None or module(path) in allowed, f"{module(path)} imports {name}"


def test_the_sampler_never_imports_the_daemon_and_the_engine_never_torch():
    for path in CODE:
        for name in imports(path):
            if module(path).startswith("sampler"):
                assert not name.startswith(("daemon", "driftkit"))
            if module(path).startswith("daemon") and name.partition(".")[0] == "torch":
                assert module(path) == "daemon.bench.everything"


@pytest.mark.parametrize("path", CODE, ids=module)
def test_a_file_ends(path):
    assert len(path.read_text().splitlines()) <= 300


def test_there_is_one_loop_over_time_and_no_device_by_name():
    text = {module(p): p.read_text() for p in CODE if module(p).startswith("sampler")}
    assert [name for name, code in text.items() if "pairwise(levels)" in code] == ["sampler.solvers"]
    assert not [name for name, code in text.items() if ".cuda(" in code]


def test_no_control_is_named_outside_its_table_and_its_use():
    """OSC, kits, options and listings must not know a control by name."""
    from driftkit.sampler.hit import CONTROLS

    for name in (
        "daemon.inputs.osc",
        "daemon.inputs.osc_commands",
        "daemon.inputs.osc_requests",
        "daemon.inputs.oscquery",
        "daemon.inputs.oscquery_sockets",
        "daemon.kits",
        "daemon.folder",
        "daemon.engine",
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
