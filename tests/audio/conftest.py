"""One sound server for all tests that listen, and a daemon for each file of tests that plays into it."""

from collections.abc import Iterator

import pytest
from rig.daemon import Daemon
from rig.listening import home_with_kits, opened
from rig.osc import OscClient
from rig.sound_server import SoundServer, sound_server


@pytest.fixture(scope="session")
def server() -> Iterator[SoundServer]:
    """A sound card that is recorded; skipped, with the reason, where there can be none."""
    with sound_server() as running:
        yield running


@pytest.fixture
def sound(server: SoundServer) -> Iterator[SoundServer]:
    """The same, alive again after tests that kill it."""
    yield server
    server.revive()


@pytest.fixture(scope="module")
def daemon(server: SoundServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """One that plays; pads 1 and 2 have Sounds, in files of full precision."""
    home = home_with_kits(tmp_path_factory.mktemp("user"))
    options = ("--preset", "two", "--audio", "pulse", "--audio-block", 512, "--depth", "float")
    with Daemon(home, tmp_path_factory.mktemp("out"), *options) as running:
        assert running.ready["audio"] == "pulse"
        yield running


@pytest.fixture
def osc(daemon: Daemon) -> Iterator[OscClient]:
    """A client of that daemon, its kit `two` opened and rendered."""
    with OscClient(daemon.port) as client:
        opened(client, "two")
        yield client
