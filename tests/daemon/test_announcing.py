"""OSCQuery found by itself, by a client that driftkit did not write: the browser of python-oscquery."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from rig.daemon import Daemon, presets, until
from rig.tools import library

from driftkit.daemon.inputs.web.announcing import Announcer, announced, reachable, service


@pytest.fixture
def outward(tmp_path: Path) -> Iterator[Daemon]:
    """A daemon that the network may ask."""
    if not reachable("0.0.0.0"):
        pytest.skip("this machine is in no network")
    presets(tmp_path).mkdir(parents=True)
    (presets(tmp_path) / "one.yaml").write_text("pads:\n  1: {kick: 1, steps: 1}\n")
    with Daemon(tmp_path, tmp_path / "out", "--preset", "one", "--bind", "0.0.0.0") as running:
        yield running


def test_a_browser_finds_the_daemon_and_its_controls_until_it_leaves(
    outward: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    browser = library("pythonoscquery.osc_query_browser").OSCQueryBrowser()
    try:

        def ours(found: list, port: int) -> list:
            return [one for one in found if one is not None and one.port == port]

        http, osc = outward.ready["http"][1], outward.port
        until(lambda: ours(browser.get_discovered_oscquery(), http), "the HTTP port")
        until(lambda: ours(browser.get_discovered_osc(), osc), "the OSC port")
        assert "127.0.0.1" not in ours(browser.get_discovered_oscquery(), http)[0].parsed_addresses()
        found = [one for one in browser.find_nodes_by_endpoint_address("/driftkit/pad/1/kick") if one[0].port == http]
        ((_, host, node),) = found
        assert (host.name, host.osc_port) == ("driftkit", osc)
        assert (node.full_path, node.value) == ("/driftkit/pad/1/kick", [1.0])
        outward.stop()
        until(lambda: not ours(browser.get_discovered_oscquery(), http), "its leave")
    finally:
        browser.zc.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_nobody_is_told_of_what_only_this_machine_reaches(host: str) -> None:
    assert isinstance(announced(host, 9010, 9001), nullcontext)


def test_what_cannot_be_announced_is_one_sentence(caplog: pytest.LogCaptureFixture) -> None:
    with Announcer("203.0.113.7", 9010, 9001) as announcer:
        until(lambda: not announcer._thread.is_alive(), "its end")
    (said,) = caplog.messages
    why = "no network reaches 203.0.113.7"
    assert said == f"OSCQuery is not announced to the network ({why}); give programs its address"


def test_what_is_told_of_the_osc_port_is_what_osc_1_1_asks_for() -> None:
    library("zeroconf")
    told = service("_osc._udp.local.", 9001, ["192.0.2.7", "2001:db8::7"])
    assert told.properties == {b"txtvers": b"1", b"version": b"1.1", b"types": b"ifsdhTF"}
    assert told.parsed_addresses() == ["192.0.2.7", "2001:db8::7"] and told.server.endswith(".local.")
