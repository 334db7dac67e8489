"""Every command that people are told to type is run: each shell block of the README and of docs/, line by line.

A page is run in a scratch folder, by a user whose default model and kits are small, so that a render takes
milliseconds. `driftkit` runs in this process, `make` is asked what it would do, `oscsend` talks to a daemon.
"""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import soundfile
from rig import tiny
from rig.daemon import Daemon, environment, presets
from rig.models import small_model
from rig.osc import OscClient
from rig.packs import drums
from rig.tools import need

from driftkit.daemon.cli.main import cli
from driftkit.sampler.spec import find_model, read_spec

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCKS = re.compile(r"```(?:sh|bash)\n(.*?)```", flags=re.DOTALL)
INLINE = re.compile(r"`(?:\.venv/bin/)?(driftkit [a-z][^`]*)`")
SMALL = """length = 7168
bands = 64
widths = [16, 16]
embedding = 16
listens = false
tones = false
batch = 8
classifier_widths = [8, 16, 16]
evaluate_sounds = 16
"""  # the shape of rig.models.small_model
SET_UP = "sets a machine up; `make setup` is how every test got here"
GPUS = "needs GPUs, or several processes; tests/sampler/test_training_processes.py runs what can be run here"
NOT_RUN = {
    "python3 -m venv": SET_UP,
    ".venv/bin/pip install": SET_UP,
    "torchrun": GPUS,
    "python -m sampler": GPUS,
}
ONLY_PARSED = {
    "driftkit serve": "the page's oscsend lines talk to a daemon already",
    "driftkit doctor": "measures for seconds; tests/daemon/test_listing.py runs it",
    "driftkit evaluate --sweep": "trains; tests/sampler/test_sweep.py runs it",
    "driftkit evaluate -n 200 --data my_drums --embedding": "tests/sampler/test_embedding_files.py writes one",
    "driftkit train --data my_drums --out student": "its recipe fits the shipped model; test_student.py trains smaller",
    "driftkit train --config crash": "takes a second a step; tests/sampler/test_crash_training.py trains smaller ones",
    "driftkit train --config tiny": "takes a minute a step; tests/sampler/test_tiny_training.py trains a smaller one",
    "driftkit distill": "takes minutes; tests/sampler/test_few_steps.py and test_flow_map_model.py learn them",
    "driftkit onnx": "would need what distill makes; tests/sampler/test_graph_engine.py writes graphs",
}
QUICKER = (  # less of the same, so that a page takes seconds
    (r" -n \d+", " -n 2"),
    (r"^(driftkit evaluate (?!.*-n ).*)", r"\1 -n 2"),
    (r" --samples \d+", " --samples 8"),
    (r"^(driftkit train (?!.*--config).*)", r"\1 --config small.toml"),
    (r"^(driftkit train .*)", r"\1 --evaluate-every 8"),
    (r"^(driftkit train (?!.*--samples).*)", r"\1 --samples 8"),
)


def lines(page: Path) -> list[str]:
    """What a page tells to type, without remarks."""
    blocks = "\n".join(BLOCKS.findall(page.read_text(encoding="utf-8")))
    return [line for line in (re.sub(r"\s+#.*", "", line).strip() for line in blocks.splitlines()) if line]


WITH_COMMANDS = [page for page in PAGES if lines(page)]


def parse(line: str) -> None:
    """Does the command take these options? Raises click's own refusal."""
    _, name, *words = shlex.split(line)
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, f"there is no command {name}"
    with click.Context(command, info_name=name, resilient_parsing=True) as context:
        command.make_parser(context).parse_args(words)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user whose model `default` is small, and so are the kits."""
    classes = read_spec(find_model("default")).classes
    home = tmp_path_factory.mktemp("reader")
    presets(home).mkdir(parents=True)
    for name in ("studio", "hybrids", "last", "mine"):
        (presets(home) / f"{name}.yaml").write_text("pads:\n  1: {kick: 1, steps: 1}\n  3: {snare: 1, steps: 1}\n")
    small_model(home, "default", classes, 7168, steps=1, bands=64)
    tiny.published(home, 3072)
    for name, own in zip(("kick", "Big Boings"), drums(12, 7).split(6)):
        (home / "my_samples" / name).mkdir(parents=True)
        for number, sound in enumerate(own):
            soundfile.write(home / "my_samples" / name / f"{number}.wav", sound[:7168], 44100)
    return home


@pytest.fixture(scope="module")
def running(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """The daemon of that user; it has no speaker."""
    with Daemon(home, tmp_path_factory.mktemp("out"), "--preset", "studio") as daemon:
        yield daemon


@pytest.fixture
def scratch(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the pages take for given: sounds, a kit and drums to train on."""
    for name, value in environment(home).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    for name in ("kick", "snare", "tom", "cymbal"):
        soundfile.write(f"{name}.wav", drums(1, 5)[0], 44100)
    rows = ["path,class,split"]
    for number, sound in enumerate(drums(36, 6)):
        name = ("kick", "snare", "cymbal")[number % 3]
        place = Path("my_drums", name, f"{number}.wav")
        place.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(place, sound[:7168], 44100)
        rows.append(f"{name}/{number}.wav,{name},{'train' if number < 18 else 'test'}")
    Path("my_drums", "MANIFEST.csv").write_text("\n".join(rows))
    Path("my_samples").symlink_to(home / "my_samples")
    Path("small.toml").write_text(SMALL)
    for name in ("kicks.ckpt", "kicks.yaml"):
        Path(name).symlink_to(home / name)
    Path("my.yaml").write_text("pads:\n  1: {kick: 1}\n")
    return tmp_path


def send(line: str, osc: OscClient, port: int) -> None:
    """Send by oscsend, as it stands, and see that nothing is refused but a play, since there is no speaker."""
    need("oscsend", "liblo-tools")
    subprocess.run(shlex.split(line.replace("9001", str(port))), check=True)
    heard = osc.barrier()
    after = len(osc.heard)
    if "/render" in line:
        osc.ask("/sync", 1, answers="/synced")
    refused = [answer for answer in [*heard, *osc.heard[after:]] if answer.address == "/fail"]
    assert all("audio is off" in str(answer.values[1]) for answer in refused), refused


def run(line: str, osc: OscClient, port: int) -> None:
    """One line of a page."""
    if line.startswith("oscsend "):
        send(line, osc, port)
    elif line.startswith("make "):
        words = [word for word in shlex.split(line) if not word.startswith("ARGS=")]
        subprocess.run([*words, "--dry-run"], cwd=ROOT, check=True, capture_output=True)
    elif line.startswith("printf "):
        subprocess.run(line, shell=True, check=True)
        with open(shlex.split(line)[-1], "a") as config:  # of training, which only has to be smaller
            config.write(SMALL)
    else:
        assert line.startswith("driftkit "), f"nobody runs {line!r}; run it here, or say in NOT_RUN why not"
        parse(line)
        if not line.startswith(tuple(ONLY_PARSED)):
            for what, less in QUICKER:
                line = re.sub(what, less, line)
            cli.main(shlex.split(line)[1:], prog_name="driftkit", standalone_mode=False)


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_the_commands_of_a_page_run(page: Path, scratch: Path, running: Daemon) -> None:
    with OscClient(running.port) as osc:
        osc.ask("/notify", 1, answers="/done")
        for line in lines(page):
            if not line.startswith(tuple(NOT_RUN)):
                run(line.removeprefix(".venv/bin/"), osc, running.port)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_in_the_text_of_a_page_have_such_options(page: Path) -> None:
    for line in INLINE.findall(page.read_text(encoding="utf-8")):
        parse(line.replace("\n", " "))


def test_every_exception_is_still_needed() -> None:
    told = [line.removeprefix(".venv/bin/driftkit") for page in PAGES for line in lines(page)]
    told += [line for page in PAGES for line in lines(page)]
    unused = [start for start in (*NOT_RUN, *ONLY_PARSED) if not any(line.startswith(start) for line in told)]
    assert not unused
