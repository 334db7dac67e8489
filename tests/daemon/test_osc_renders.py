"""A render over OSC: queued, progress, then exactly one end; ids, newest wins, cancel."""

import contextlib
from collections.abc import Iterator

import pytest
from rig import wavs
from rig.daemon import Daemon
from rig.osc import ENDS, Answer, OscClient

LONG = 400  # steps: seconds, so that there is something to cancel


@pytest.fixture
def other(daemon: Daemon) -> Iterator[OscClient]:
    """A second client."""
    with OscClient(daemon.port) as client:
        yield client


def story(osc: OscClient, number: int | str) -> list[Answer]:
    """All that was heard of one render."""
    told = {"/queued": 0, "/progress": 0, **ENDS}
    return [a for a in osc.heard if a.address in told and a.values[told[a.address]] == number]


@contextlib.contextmanager
def busy(osc: OscClient, pad: int, number: int) -> Iterator[None]:
    """While a long render of a pad is under way."""
    osc.send(f"/pad/{pad}/steps", LONG)
    osc.send("/render", pad, number)
    osc.wait_for("/progress", where=lambda answer: answer.values[0] == number)
    try:
        yield
    finally:
        osc.send(f"/pad/{pad}/steps", 2)


def test_a_render_is_queued_progresses_and_ends_once(daemon: Daemon, osc: OscClient) -> None:
    end = osc.render(10, 500, steps=16, seed=77)
    assert osc.barrier() == []
    told = story(osc, 500)
    assert [told[0].address, told[-1].address] == ["/queued", "/sound"]
    assert told[0].tags == "ii" and told[0].values == (500, 10)
    assert {answer.address for answer in told[1:-1]} <= {"/progress"}
    fractions = [answer.values[1] for answer in told[1:-1]]
    assert fractions == sorted(fractions) and all(0 <= fraction <= 1 for fraction in fractions)
    assert end.tags == "iisifsf"
    _, pad, path, seed, ms, label, confidence = end.values
    assert (pad, path, seed) == (10, str(daemon.live(10).resolve()), 77)
    assert ms > 0 and isinstance(label, str) and 0 <= confidence <= 1
    assert wavs.recipe(daemon.live(10))["hit"]["seed"] == 77


def test_the_seed_reported_is_the_seed_used(daemon: Daemon, osc: OscClient) -> None:
    seeds = [osc.render(10, steps=2, seed=-1).values[3] for _ in range(3)]
    assert len(set(seeds)) > 1 and all(0 <= seed <= 999_999 for seed in seeds)
    assert wavs.recipe(daemon.live(10))["hit"]["seed"] == seeds[-1]
    osc.send("/pad/10/lock_seed", 1)
    assert osc.render(10).values[3] == seeds[-1], "locked, the last seed is used again"
    osc.send("/pad/10/lock_seed", 0)


def test_ids_count_up_per_client_or_are_the_clients_own(osc: OscClient, other: OscClient) -> None:
    assert osc.render(10, steps=2).values[0] == 1
    assert osc.render(10).values[0] == 2
    assert osc.render(10, 4711).values[0] == 4711
    assert osc.render(10, "kick-7").values[0] == "kick-7"
    assert other.render(10).values[0] == 1
    assert osc.render(10).values[0] == 3


def test_render_without_a_pad_means_the_selected_one(osc: OscClient) -> None:
    osc.ask("/select", 11, answers="/done")
    osc.send("/steps", 2)
    assert osc.ask("/render", answers="/queued").values == (1, 11)
    assert osc.end_of(1).values[1] == 11


def test_newest_wins_for_a_pad(osc: OscClient) -> None:
    with busy(osc, 11, 900):
        for number in (901, 902, 903):
            osc.send("/render", 12, number)
        osc.send("/pad/12/steps", 2)
        osc.send("/render", 12, 904)
        osc.send("/cancel", 900)
        assert osc.end_of(904).address == "/sound"
    osc.barrier()
    for number in (901, 902, 903):
        assert [answer.address for answer in story(osc, number)] == ["/queued", "/cancelled"]
        assert story(osc, number)[-1].values == (number, 12, "superseded")
    assert osc.end_of(900).values == (900, 11, "cancelled")


def test_cancel_reaches_only_ones_own_renders(osc: OscClient, other: OscClient) -> None:
    with busy(osc, 11, 1):
        osc.send("/render", 12, 2)
        other.send("/render", 13, 2)
        other.wait_for("/queued")
        assert osc.ask("/cancel", answers="/done").values == ("/driftkit/cancel", 2)
        assert osc.end_of(1).values == (1, 11, "cancelled")
        assert other.end_of(2).address == "/sound"


def test_cancel_by_id(osc: OscClient) -> None:
    with busy(osc, 11, 1):
        osc.send("/render", 12, "mine")
        assert osc.ask("/cancel", "mine", answers="/done").values == ("/driftkit/cancel", 1)
        assert osc.ask("/cancel", 1, answers="/done").values == ("/driftkit/cancel", 1)
    assert osc.ask("/cancel", 12345, answers="/done").values == ("/driftkit/cancel", 0)


def test_cancel_star_reaches_everybodys(osc: OscClient, other: OscClient) -> None:
    with busy(osc, 11, 1):
        osc.send("/render", 12, 2)
        osc.wait_for("/queued", where=lambda answer: answer.values[0] == 2)
        assert other.ask("/cancel", "*", answers="/done").values == ("/driftkit/cancel", 2)
        assert {osc.end_of(number).values[2] for number in (1, 2)} == {"cancelled"}


def test_a_cancelled_render_leaves_the_pads_sound(daemon: Daemon, osc: OscClient) -> None:
    osc.render(11, steps=2, seed=5)
    before = daemon.live(11).read_bytes()
    with busy(osc, 11, 1):
        osc.send("/cancel", 1)
        assert osc.end_of(1).address == "/cancelled"
    osc.ask("/sync", 1, answers="/synced")
    assert daemon.live(11).read_bytes() == before


def test_a_pad_set_to_render_on_change_does(daemon: Daemon, osc: OscClient) -> None:
    osc.render(12, steps=2, seed=1)
    osc.send("/pad/12/auto_render", "on_change")
    osc.send("/pad/12/seed", 4321)
    osc.ask("/sync", 1, answers="/synced")
    assert wavs.recipe(daemon.live(12))["hit"]["seed"] == 4321
    before = osc.ask("/status", answers="/status.reply").values[3]
    osc.send("/pad/12/seed", 4321)
    osc.send("/pad/12/note", 60)
    osc.ask("/sync", 2, answers="/synced")
    assert osc.ask("/status", answers="/status.reply").values[3] == before, (
        "neither the same value nor a player control renders"
    )
    osc.send("/pad/12/auto_render", "off")
