"""One sound server for all tests that listen."""

from collections.abc import Iterator

import pytest
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
