"""Subscribers: what they are told at first, then, and for how long."""

import subprocess
import time
from collections.abc import Iterator

import pytest
from rig.daemon import PATIENCE_S, Daemon, until
from rig.osc import Answer, OscClient
from rig.tools import need

PAD = 13


@pytest.fixture
def mover(daemon: Daemon) -> Iterator[OscClient]:
    """Somebody who moves knobs."""
    with OscClient(daemon.port) as client:
        yield client


@pytest.fixture
def subscriber(osc: OscClient) -> Iterator[OscClient]:
    """Somebody who has asked to be told, and has had the snapshot."""
    assert osc.ask("/notify", 1, answers="/done").values[0] == "/driftkit/notify"
    osc.barrier()
    yield osc
    osc.ask("/notify", 0, answers="/done")


def moved(answers: list[Answer], name: str) -> list[float]:
    """The values of a control of the pad that were pushed."""
    return [answer.values[0] for answer in answers if answer.address == f"/pad/{PAD}/{name}"]


def test_a_subscriber_gets_done_then_every_control_of_every_pad(osc: OscClient) -> None:
    osc.heard.clear()
    osc.send("/notify", 1)
    first, *rest = osc.barrier()
    assert (first.address, first.values[0]) == ("/done", "/driftkit/notify")
    told = [answer.address for answer in rest]
    assert len(told) == len(set(told)) and all(address.startswith("/pad/") for address in told)
    names = {address.split("/")[3] for address in told}
    assert {"kick", "guidance", "steps", "seed", "source_a", "name", "note"} <= names
    assert len(told) == 16 * len(names)
    for answer in rest[:: len(names) + 1]:
        assert osc.ask(answer.address).values == answer.values
    osc.ask("/notify", 0, answers="/done")


def test_a_change_is_pushed_to_others_but_not_to_its_sender(subscriber: OscClient, mover: OscClient) -> None:
    mover.ask("/notify", 1, answers="/done")
    mover.barrier()
    mover.heard.clear()
    mover.send(f"/pad/{PAD}/guidance", 2.5)
    assert subscriber.wait_for(f"/pad/{PAD}/guidance").values == (2.5,)
    assert moved(mover.barrier(), "guidance") == []
    mover.ask("/notify", 0, answers="/done")


def test_of_many_changes_the_last_always_arrives(subscriber: OscClient, mover: OscClient) -> None:
    subscriber.heard.clear()  # the snapshot
    values = [round(i / 400, 4) for i in range(400)]
    for value in values:
        mover.send(f"/pad/{PAD}/variation", value)
    answer = subscriber.wait_for(f"/pad/{PAD}/variation", where=lambda a: a.values[0] == pytest.approx(values[-1]))
    pushed = moved(subscriber.heard, "variation")
    assert pushed == sorted(pushed) and len(pushed) < len(values), "latest wins, never an older one after it"
    assert mover.ask(f"/pad/{PAD}/variation").values == answer.values


def test_synced_comes_behind_every_change_before_it(subscriber: OscClient, mover: OscClient) -> None:
    for i in range(20):
        mover.send(f"/pad/{PAD}/variation", i / 20)
        mover.send("/sync", i)
        subscriber.wait_for("/synced", where=lambda answer: answer.values == (i,))  # noqa: B023
        assert moved(subscriber.heard, "variation")[-1] == pytest.approx(i / 20)


def test_an_address_is_pushed_at_most_30_times_a_second(subscriber: OscClient, mover: OscClient) -> None:
    subscriber.heard.clear()
    started = time.monotonic()
    for i in range(500):
        mover.send(f"/pad/{PAD}/variation", i / 500)
        mover.send(f"/pad/{PAD}/interpolation", i / 500)
        time.sleep(0.001)
    last = pytest.approx(499 / 500)
    for name in ("variation", "interpolation"):  # each has its own thirty
        answers = [a for a in subscriber.heard if a.address == f"/pad/{PAD}/{name}"]
        if not answers or answers[-1].values[0] != last:
            subscriber.wait_for(f"/pad/{PAD}/{name}", where=lambda a: a.values[0] == last)
    most = 30 * (time.monotonic() - started) + 2  # a slow machine only makes it looser
    for name in ("variation", "interpolation"):
        assert 2 < len(moved(subscriber.heard, name)) <= most


def test_subscribers_of_one_host_are_each_told_once(daemon: Daemon, subscriber: OscClient) -> None:
    with OscClient(daemon.port) as second, OscClient(daemon.port) as third:
        for other in (second, third):
            for _ in range(3):  # asking again is no second subscription
                other.ask("/notify", 1, answers="/done")
            other.barrier()
        subscriber.ask("/notify", 1, second.port, answers="/done")  # nor is another's wish for the same port
        for client in (subscriber, second, third):
            client.barrier()
            client.heard.clear()
        third.send("/select", 4)
        for client in (subscriber, second, third):
            client.wait_for("/done")
            client.barrier()
            assert [a.values for a in client.heard if a.address == "/done"] == [("/driftkit/select", 4)]
        third.ask("/notify", 0, answers="/done")
        subscriber.ask("/notify", 0, second.port, answers="/done")


def test_a_text_too_long_for_an_answer_is_shortened(daemon: Daemon, subscriber: OscClient, mover: OscClient) -> None:
    """`receive` asserts 1,024 bytes of every packet."""
    mover.send(f"/pad/{PAD}/source_a", "long " * 200)
    pushed = subscriber.wait_for(f"/pad/{PAD}/source_a")
    assert pushed.values[0].startswith("long long ") and pushed.values[0].endswith("…")
    with OscClient(daemon.port) as late:  # the snapshot holds it too, which is more than a bundle has room for
        late.send("/notify", 1)
        assert late.wait_for(f"/pad/{PAD}/source_a").values == pushed.values
        late.barrier()
        late.ask("/notify", 0, answers="/done")
    mover.send(f"/pad/{PAD}/source_a", "")
    mover.barrier()


def test_a_subscriber_hears_the_renders_of_others_once(subscriber: OscClient, mover: OscClient) -> None:
    subscriber.heard.clear()
    ended = mover.render(PAD, 321, steps=2)
    subscriber.wait_for("/sound")
    heard = [answer for answer in subscriber.barrier() if answer.address in ("/queued", "/sound")]
    everything = [answer for answer in subscriber.heard if answer.address in ("/queued", "/sound")]
    assert [answer.address for answer in everything] == ["/queued", "/sound"] and not heard
    assert everything[1].values == ended.values


def test_who_asks_and_subscribes_is_told_once(subscriber: OscClient) -> None:
    subscriber.heard.clear()
    subscriber.render(PAD, 322, steps=2)
    subscriber.barrier()
    assert [a.address for a in subscriber.heard if a.address in ("/queued", "/sound")] == ["/queued", "/sound"]


def test_one_can_ask_whether_one_is_subscribed(osc: OscClient, mover: OscClient) -> None:
    def where() -> tuple[object, ...]:
        return osc.ask("/notify", answers="/done").values

    assert where() == ("/driftkit/notify", 0)
    osc.ask("/notify", 1, answers="/done")
    assert where() == ("/driftkit/notify", osc.port)
    osc.ask("/notify", 0, answers="/done")
    osc.ask("/notify", 1, mover.port, answers="/done")
    assert where() == ("/driftkit/notify", mover.port), "told there, by a wish of this one"
    osc.ask("/notify", 0, answers="/done")
    assert where() == ("/driftkit/notify", 0)


def test_notify_0_ends_it(osc: OscClient, mover: OscClient) -> None:
    osc.ask("/notify", 1, answers="/done")
    osc.ask("/notify", 0, answers="/done")
    osc.heard.clear()
    mover.ask("/notify", 1, answers="/done")
    osc.send(f"/pad/{PAD}/guidance", 3.5)
    mover.wait_for(f"/pad/{PAD}/guidance", where=lambda answer: answer.values == (3.5,))
    mover.ask("/select", 1, answers="/done")
    assert [answer.address for answer in osc.barrier()] == []
    mover.ask("/notify", 0, answers="/done")


def test_a_subscription_expires_unless_a_packet_of_its_host_renews_it(osc: OscClient, mover: OscClient) -> None:
    osc.ask("/notify", 1, osc.port, 1, answers="/done")
    for _ in range(30):  # longer than its second, but never silent for one
        time.sleep(0.05)
        mover.send("/ping")
    mover.ask("/select", 2, answers="/done")
    assert osc.wait_for("/done", where=lambda answer: answer.values == ("/driftkit/select", 2))
    time.sleep(1.3)
    mover.ask("/select", 3, answers="/done")
    mover.send(f"/pad/{PAD}/guidance", 4.5)
    mover.ask("/select", 1, answers="/done")
    osc.heard.clear()
    assert osc.barrier() == [], "a packet after the silence does not bring it back"


def test_a_subscriber_may_be_told_on_another_port(daemon: Daemon, osc: OscClient, mover: OscClient) -> None:
    assert osc.ask("/notify", 1, mover.port, answers="/done").values == ("/driftkit/notify", mover.port)
    assert mover.wait_for("/done").values == ("/driftkit/notify", mover.port)
    assert mover.wait_for(f"/pad/{PAD}/guidance")
    with OscClient(daemon.port) as third:
        third.send(f"/pad/{PAD}/guidance", 5.5)
        assert mover.wait_for(f"/pad/{PAD}/guidance", where=lambda answer: answer.values == (5.5,))
        osc.send(f"/pad/{PAD}/guidance", 4.5)  # its own dial is not echoed, wherever it listens
        third.send(f"/pad/{PAD}/guidance", 3.5)
        assert mover.wait_for(f"/pad/{PAD}/guidance").values == (3.5,)
        osc.ask("/notify", 0, answers="/done")  # without a port: all that this client asked for
        mover.barrier()
        third.send(f"/pad/{PAD}/guidance", 2.5)
        third.barrier()
        with pytest.raises(TimeoutError):
            mover.receive(0.2)


def test_queries_are_answered_to_the_port_that_listens_too(daemon: Daemon, osc: OscClient, mover: OscClient) -> None:
    osc.ask("/notify", 1, mover.port, answers="/done")
    osc.send("/ping", "here")
    assert mover.wait_for("/pong").values == ("here",)
    osc.send(f"/pad/{PAD}/steps")
    assert osc.wait_for(f"/pad/{PAD}/steps").values == mover.wait_for(f"/pad/{PAD}/steps").values
    osc.ask("/notify", 0, answers="/done")


def test_oscsend_moves_renders_and_oscdump_hears_it(daemon: Daemon, osc: OscClient, free_port: int) -> None:
    """liblo, which is not python-osc, on both ends."""
    need("oscsend", "liblo-tools")

    def oscsend(address: str, *arguments: str) -> None:
        subprocess.run(["oscsend", "localhost", str(daemon.port), f"/driftkit{address}", *arguments], check=True)

    heard = daemon.home / "oscdump.txt"
    with heard.open("w") as file:
        dump = subprocess.Popen(["oscdump", "-L", str(free_port)], stdout=file, stderr=subprocess.DEVNULL)
    try:
        until(
            lambda: (oscsend("/notify", "iii", "1", str(free_port), "60"), "/pad/16/" in heard.read_text())[1],
            "snapshot",
        )
        oscsend(f"/pad/{PAD}/steps", "i", "2")
        oscsend(f"/pad/{PAD}/snare", "f", "0.25")
        oscsend(f"/pad/{PAD}/kick", "T")
        oscsend(f"/pad/{PAD}/seed", "h", "12345")
        oscsend("/render", "ii", str(PAD), "77")
        oscsend("/nonsense", "s", "x")
        oscsend("/sync", "i", "5")
        until(lambda: "/driftkit/synced" in heard.read_text(), "synced")
    finally:
        dump.terminate()
        dump.wait(PATIENCE_S)
        osc.ask("/notify", 0, free_port, answers="/done")
    lines = [line.split(" ", 1)[1] for line in heard.read_text().splitlines()]
    assert any(line.startswith(f"/driftkit/queued ii 77 {PAD}") for line in lines)
    assert any(line.startswith(f"/driftkit/sound iisifsf 77 {PAD} ") and " 12345 " in line for line in lines)
    assert f"/driftkit/pad/{PAD}/snare f 0.250000" in lines and f"/driftkit/pad/{PAD}/kick f 1.000000" in lines
    assert any(line.startswith('/driftkit/fail ss "/driftkit/nonsense" "nonsense is not a control;') for line in lines)
    assert [line for line in lines if not line.startswith("/driftkit/holds")][-1] == "/driftkit/synced i 5"
