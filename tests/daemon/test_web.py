"""The HTTP port against strangers and nuisances: other hosts and origins, garbage, the slow, the many."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from rig import web
from rig.daemon import PATIENCE_S, Daemon, until
from rig.osc import OscClient
from rig.udp import resident
from rig.web import SocketClient
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from driftkit.daemon.inputs.web.port import WebServer
from driftkit.daemon.inputs.web.served import refusal
from driftkit.sampler.errors import Error

UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"


@pytest.fixture
def osc(small: Daemon) -> Iterator[OscClient]:
    """Somebody who plays meanwhile."""
    with OscClient(small.port) as client:
        yield client


@pytest.fixture(scope="module")
def host(small: Daemon) -> str:
    return f"127.0.0.1:{small.ready['http'][1]}"


@pytest.mark.parametrize(
    "name", ["evil.example", "evil.example:9010", "127.0.0.1.evil.example", "localhost.evil", "", "[", "10.1.2.3"]
)
def test_a_host_that_is_not_this_machine_is_refused(small: Daemon, name: str) -> None:
    """What a page sends that has its own name point to 127.0.0.1."""
    reply = web.ask(small, "/driftkit?VALUE", Host=name)
    assert reply.status == 403 and b"is not this machine" in reply.body


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:9010", "127.0.0.2:1"])
def test_names_of_this_machine_are_served(small: Daemon, name: str) -> None:
    assert web.ask(small, "/?HOST_INFO", Host=name).status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://localhost", "null", "file://", "", "http://127.0.0.1:1"]
)
def test_a_page_of_another_origin_can_neither_ask_nor_connect(small: Daemon, origin: str) -> None:
    assert web.ask(small, "/", Origin=origin).status == 403
    with pytest.raises(InvalidStatus) as refused:
        SocketClient(small, additional_headers={"Origin": origin})
    assert refused.value.response.status_code == 403


def test_a_page_of_its_own_may(small: Daemon, host: str) -> None:
    assert web.ask(small, "/", Origin=f"http://{host}").status == 200
    with SocketClient(small, origin=f"http://{host}") as client:
        assert client.ask("/ping", 1, answers="/pong").values == (1,)


def test_a_socket_under_another_name_is_refused(small: Daemon) -> None:
    """DNS rebinding: the page's origin and the host agree, but the name is not this machine's."""
    asked = f"GET / HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n{UPGRADE}{KEY}\r\n"
    said = raw(small, asked.encode())
    assert said.startswith(b"HTTP/1.1 403 ") and b"evil.example is not this machine" in said


@pytest.mark.parametrize(
    ("hosts", "here", "bind", "words"),
    [
        (["127.0.0.1:9010"], "127.0.0.1", "127.0.0.1", ""),
        (["192.168.1.5:9010"], "192.168.1.5", "0.0.0.0", ""),
        (["192.168.1.6:9010"], "192.168.1.5", "0.0.0.0", "is not this machine; ask for 192.168.1.5"),
        ([f"{socket.gethostname()}.local"], "192.168.1.5", "0.0.0.0", ""),
        ([f"{socket.gethostname()}.local"], "127.0.0.1", "127.0.0.1", "is not this machine"),
        (["[fe80::1]:9010"], "fe80::1", "::", ""),
        ([], "127.0.0.1", "127.0.0.1", "has 0 Host headers"),
        (["localhost", "evil.example"], "127.0.0.1", "127.0.0.1", "has 2 Host headers"),
    ],
)
def test_which_names_are_this_machines(hosts: list[str], here: str, bind: str, words: str) -> None:
    said = refusal(hosts, [], here, bind)
    assert words in said if words else not said


def raw(daemon: Daemon, request: bytes, last: bool = False) -> bytes:
    """All that comes back for some bytes until the daemon ends the connection; `last` says that no more come."""
    with socket.create_connection(tuple(daemon.ready["http"]), PATIENCE_S) as one:
        said = b""
        with suppress(ConnectionError):  # it may hang up before it has read everything
            one.sendall(request)
            if last:
                one.shutdown(socket.SHUT_WR)
            while more := one.recv(65536):
                said += more
        return said


GARBAGE = {
    "noise": bytes(range(256)) * 40 + b"\r\n\r\n",
    "no request": b"hello\r\n\r\n",
    "an OSC packet": b"/driftkit/ping\0\0,\0\0\0",
    "TLS": bytes.fromhex("16030100a5010000a10303") + bytes(300),
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n",
    "a long line": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 10_000 + b"\r\n",
    "a body": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n0123456789",
    "a WebSocket without a key": f"GET / HTTP/1.1\r\nHost: localhost\r\n{UPGRADE}\r\n".encode(),
    "frames that are not": f"GET / HTTP/1.1\r\nHost: localhost\r\n{UPGRADE}{KEY}\r\n".encode() + b"\xff" * 1000,
    "a frame of 2**63 bytes": f"GET / HTTP/1.1\r\nHost: localhost\r\n{UPGRADE}{KEY}\r\n".encode()
    + b"\x82\xff\x7f" + b"\xff" * 7 + bytes(100),
}  # fmt: skip


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_refused_and_the_next_one_served(small: Daemon, name: str) -> None:
    said = raw(small, GARBAGE[name], last=True)
    assert b"HTTP/1.1 200 " not in said
    assert web.ask(small, "/driftkit/pad/1/kick?TYPE").json == {"TYPE": "f"}
    assert small.alive and "Traceback" not in small.stderr


BODIES = {
    "a body": b"Content-Length: 10\r\n\r\n0123456789",
    "a body that comes later": b"Content-Length: 10\r\n\r\n",
    "a large body": b"content-length:  3000000\r\n\r\n" + bytes(3_000_000),
    "chunks": b"Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n0\r\n\r\n",
    "a question first": b"Expect: 100-continue\r\nContent-Length: 10\r\n\r\n",
    "two lengths": b"Content-Length: 10\r\nContent-Length: 11\r\n\r\n0123456789",
    "no body": b"Content-Length: 0\r\n\r\n",
    "nothing": b"\r\n",
}


@pytest.mark.parametrize("what", BODIES)
@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "BREW"])
def test_another_method_hears_which_are_served_whatever_comes_with_it(small: Daemon, method: str, what: str) -> None:
    head = f"{method} /driftkit/pad/1/kick HTTP/1.1\r\nHost: localhost\r\n".encode()
    said = raw(small, head + BODIES[what])
    assert said.startswith(b"HTTP/1.1 405 ") and b"\r\nAllow: GET, HEAD\r\n" in said
    assert f"\r\n\r\n{method} is not served; it must be GET or HEAD".encode() in said


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_nobody_asked_for_does_no_harm(small: Daemon, what: str) -> None:
    head = b"GET /driftkit/pad/1/kick?TYPE HTTP/1.1\r\nHost: localhost\r\n"
    said = raw(small, head + BODIES[what])
    assert said.startswith(b"HTTP/1.1 200 ") and said.endswith(b'{"TYPE": "f"}')
    evil = head.replace(b"localhost", b"evil.example")
    assert raw(small, evil + BODIES[what]).startswith(b"HTTP/1.1 403 ")


def test_a_request_in_pieces_and_one_through_a_proxy_are_served(small: Daemon) -> None:
    asked = (
        b"GET http://localhost:1/driftkit/pad/1/kick?TYPE HTTP/1.1\r\nHost: localhost:1\r\nContent-Length: 3\r\n\r\nabc"
    )
    with socket.create_connection(tuple(small.ready["http"]), PATIENCE_S) as one:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(0, len(asked), 3):
            one.sendall(asked[at : at + 3])
        assert one.recv(100).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"a" * 9000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"431"),
    ],
)
def test_what_is_too_long_is_said(small: Daemon, request_: bytes, status: bytes) -> None:
    assert raw(small, request_).startswith(b"HTTP/1.1 " + status)


def test_a_frame_larger_than_a_packet_ends_the_connection(small: Daemon) -> None:
    with SocketClient(small) as client:
        client.raw(bytes(65_508))
        with pytest.raises(ConnectionClosed) as ended:
            client.receive()
        assert ended.value.rcvd and ended.value.rcvd.code == 1009


def test_the_silent_and_the_slow_keep_nobody_waiting(small: Daemon, osc: OscClient) -> None:
    with ExitStack() as stack:
        for _ in range(20):
            one = stack.enter_context(socket.create_connection(tuple(small.ready["http"]), PATIENCE_S))
            one.sendall(b"GET / HTTP/1.1\r\nHo")
        for _ in range(20):  # asked for everything, and read nothing
            one = stack.enter_context(socket.create_connection(tuple(small.ready["http"]), PATIENCE_S))
            one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert web.ask(small, "/driftkit/pad/1/kick?TYPE").status == 200
        with SocketClient(small) as client:
            assert client.ask("/ping", 1, answers="/pong").values == (1,)
        assert osc.ask("/ping", 2, answers="/pong").values == (2,)


def test_more_connections_than_there_is_room_for_are_ended_at_once(small: Daemon, osc: OscClient) -> None:
    with ExitStack() as stack:
        opened = [socket.create_connection(tuple(small.ready["http"]), PATIENCE_S) for _ in range(100)]
        for one in opened:
            stack.enter_context(one)
        for one in opened[-20:]:
            with suppress(ConnectionError):
                assert one.recv(1) == b""
        assert osc.ask("/ping", 2, answers="/pong").values == (2,)
    served(small)


def served(daemon: Daemon) -> None:
    """Wait until there is room again."""

    def asked() -> bool:
        with suppress(OSError):
            return web.ask(daemon, "/?HOST_INFO").status == 200
        return False

    until(asked, "an answer")


def test_a_33rd_socket_is_refused_with_503(small: Daemon, osc: OscClient) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(SocketClient(small)) for _ in range(32)]
        for number, client in enumerate(clients):
            assert client.ask("/ping", number, answers="/pong").values == (number,)
        with pytest.raises(InvalidHandshake, match="503"):
            SocketClient(small)
        assert osc.ask("/ping", 2, answers="/pong").values == (2,)
    served(small)


def test_who_asks_and_does_not_read_is_disconnected_and_memory_stays(small: Daemon, osc: OscClient) -> None:
    memory = resident(small.ready["pid"])
    one = socket.create_connection(tuple(small.ready["http"]), PATIENCE_S)
    one.sendall(f"GET / HTTP/1.1\r\nHost: localhost\r\n{UPGRADE}{KEY}\r\n".encode())
    packet = b"/driftkit/ping\0\0,s\0\0" + b"a" * 900 + bytes(4)
    frame = b"\x82\xfe" + len(packet).to_bytes(2, "big") + bytes(4) + packet  # masked with zeros
    with one, suppress(ConnectionError):
        for _ in range(50_000):
            one.sendall(frame)
        pytest.fail("50,000 answers were kept for somebody who reads none")
    until(lambda: "does not read what it asked for" in small.stderr, "a word about it")
    assert osc.ask("/ping", 2, answers="/pong").values == (2,)
    assert resident(small.ready["pid"]) - memory < 50e6


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("web_home")


def test_a_taken_port_is_a_sentence(small: Daemon) -> None:
    port = small.ready["http"][1]
    words = f"the HTTP port {port} on 127.0.0.1 cannot be opened: .*another driftkit may be running.* --http-port"
    with pytest.raises(Error, match=words):
        WebServer("127.0.0.1", port, [], None)  # type: ignore[arg-type]


def test_none_does_without(home: Path, tmp_path: Path) -> None:
    with Daemon(home, tmp_path, "--http-port", "none") as without, OscClient(without.port) as osc:
        assert without.ready["http"] is None
        assert osc.ask("/status", answers="/status.reply").values[-1] == 0


@pytest.mark.slow
def test_it_stops_with_everybody_connected_and_starts_again_on_the_same_port(home: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        with Daemon(home, tmp_path) as first:
            port = first.ready["http"][1]
            clients = [SocketClient(first) for _ in range(5)]
            clients[0].ask("/notify", 1, answers="/done")
            clients[0].barrier()
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE_S))
            slow.sendall(b"GET / HTTP/1.1\r\n")
        for client in clients[1:]:
            with pytest.raises(ConnectionClosed) as ended:
                client.receive()
            assert ended.value.rcvd and ended.value.rcvd.code == 1001
        assert slow.recv(1) == b""
        with Daemon(home, tmp_path, "--http-port", port) as second:
            assert web.ask(second, "/?HOST_INFO").json["OSC_PORT"] == second.port
