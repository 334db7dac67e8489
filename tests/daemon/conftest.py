"""One daemon for most tests, started without a preset: what it does first is a test of its own."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig import changing
from rig.daemon import Daemon, presets, until
from rig.osc import OscClient


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a user who has never started driftkit."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def daemon(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon that has rendered its first kit."""
    out = tmp_path_factory.mktemp("out")
    samples = tmp_path_factory.mktemp("samples")
    with Daemon(home, out, "--samples", samples) as running:
        running.samples = samples
        until(lambda: all(running.live(pad).exists() for pad in range(1, 17)), "a first kit")
        yield running


@pytest.fixture
def osc(daemon: Daemon) -> Iterator[OscClient]:
    """A client of that daemon; pad 1 is selected."""
    with OscClient(daemon.port) as client:
        client.ask("/select", 1, answers="/done")
        yield client


@pytest.fixture
def free_port() -> int:
    """A UDP port that nobody has now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


KITS = {
    "aa": "pads:\n  1: {kick: 1, steps: 2, seed: 11}\n  2: {name: Crack, snare: 1, steps: 2, seed: 12}\n",
    "bb": "pads:\n  1: {clap: 1, steps: 2, seed: 21}\n",
}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon of a user with two kits of their own, started with `aa`: most of its pads are empty."""
    home = tmp_path_factory.mktemp("small")
    presets(home).mkdir(parents=True)
    for name, text in KITS.items():
        (presets(home) / f"{name}.yaml").write_text(text)
    options = ("--preset", "aa", "--allow-origin", "https://Strudel.cc/")
    with Daemon(home, tmp_path_factory.mktemp("small_out"), *options) as running:
        yield running


@pytest.fixture
def little(small: Daemon) -> Iterator[OscClient]:
    """A client of that daemon, its kit `aa` opened and rendered."""
    with OscClient(small.port) as client:
        client.ask("/cancel", "*", answers="/done")
        client.ask("/preset/load", "aa", answers="/done")
        client.ask("/sync", 0, answers="/synced")
        yield client


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon of a user with two models, started with `first`."""
    home = tmp_path_factory.mktemp("two")
    changing.install(home)
    with Daemon(home, tmp_path_factory.mktemp("two_out"), "--model", "first", "--preset", "aa") as running:
        yield running


@pytest.fixture
def both(two: Daemon) -> Iterator[OscClient]:
    """A client of that daemon; the model `first` is in, its kit `aa` opened and rendered."""
    with OscClient(two.port) as client:
        changing.load(client, "first")
        client.ask("/preset/load", "aa", answers="/done")
        client.ask("/sync", 0, answers="/synced")
        yield client
