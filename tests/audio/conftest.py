"""A sound server for the tests of this folder, and a daemon that plays into it for each file of them."""

from collections.abc import Iterator

import pytest
from rig.daemon import Daemon
from rig.listening import home_with_kits, opened
from rig.osc import OscClient
from rig.sound_server import SoundServer, sound_server

AGAIN = 5  # takes of one test


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test again where a comparison failed and the server says that a stream came too late meanwhile.

    What was recorded then says nothing; a take that is as it should be counts, and one that is not, though no
    stream was late, fails at once.
    """
    server = pyfuncitem.funcargs.get("server")
    if server is None:
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    for left in reversed(range(AGAIN)):
        before = server.torn
        try:
            pyfuncitem.obj(**arguments)
            return True
        except (AssertionError, ValueError):
            if server.torn == before or not left:
                raise
    return True


@pytest.fixture(scope="package")
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
