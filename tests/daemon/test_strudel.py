"""What Strudel asks for over HTTP, and from which pages it may."""

import click
import pytest
from rig import web
from rig.daemon import Daemon
from rig.osc import OscClient
from rig.web import SocketClient
from websockets.exceptions import InvalidStatus

from driftkit.daemon.cli.options import Origin
from driftkit.daemon.kits.library import SHIPPED, read_kit
from driftkit.daemon.pads.board import Board
from driftkit.daemon.pads.dirt import short_names
from driftkit.daemon.pads.pad import Pad
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.spec import find_model, read_spec

PAGE = {"Origin": "https://strudel.cc"}


def listed(daemon: Daemon) -> dict:
    reply = web.ask(daemon, "/strudel.json", **PAGE)
    assert reply.status == 200 and reply.headers["Access-Control-Allow-Origin"] == PAGE["Origin"]
    assert (reply.headers["Vary"], reply.headers["Cross-Origin-Resource-Policy"]) == ("Origin", "cross-origin")
    return reply.json


def test_a_page_that_was_named_reads_the_pads_by_their_short_names(small: Daemon, little: OscClient) -> None:
    found = listed(small)
    assert found.pop("_base") == "http://{}:{}".format(*small.ready["http"])
    assert {name: [path.partition("?")[0] for path in paths] for name, paths in found.items()} == {
        "bd": ["/sounds/01.wav"], "sd": ["/sounds/02.wav"],
    }  # fmt: skip
    sound = web.ask(small, found["bd"][0], **PAGE)
    assert (sound.status, sound.headers["Content-Type"]) == (200, "audio/wav")
    assert sound.body == small.live(1).read_bytes()


def test_another_sound_has_another_address(small: Daemon, little: OscClient) -> None:
    before = listed(small)
    little.render(1, seed=77)
    after = listed(small)
    assert after["bd"] != before["bd"] and after["sd"] == before["sd"]
    assert web.ask(small, after["bd"][0], **PAGE).body == small.live(1).read_bytes()


def test_an_empty_pad_is_a_sentence_and_the_disk_is_not_asked(small: Daemon, little: OscClient) -> None:
    reply = web.ask(small, "/sounds/03.wav", **PAGE)
    assert (reply.status, reply.body) == (404, b"pad 3 has no sound; render it with /driftkit/render 3\n")
    assert web.ask(small, "/sounds/17.wav").status == 404
    away = small.live(2).with_suffix(".away")
    small.live(2).rename(away)
    reply = web.ask(small, "/sounds/02.wav", **PAGE)
    away.rename(small.live(2))
    assert reply.body == small.live(2).read_bytes()


@pytest.mark.parametrize("path", ["/", "/driftkit/pad/1", "/?HOST_INFO", "/nothing"])
def test_such_a_page_reads_nothing_else_and_steers_nothing(small: Daemon, path: str) -> None:
    reply = web.ask(small, path, **PAGE)
    assert reply.status == 403 and "Access-Control-Allow-Origin" not in reply.headers
    with pytest.raises(InvalidStatus) as refused:
        SocketClient(small, additional_headers=PAGE)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["https://strudel.cc.evil.example", "http://strudel.cc", "https://strudel.cc:444"])
def test_no_other_page_reads_them(small: Daemon, origin: str) -> None:
    for path in ("/strudel.json", "/sounds/01.wav"):
        assert web.ask(small, path, Origin=origin).status == 403
        assert web.ask(small, path, "OPTIONS", Origin=origin).status == 403
    assert "Access-Control-Allow-Origin" not in web.ask(small, "/strudel.json").headers


def test_a_browser_that_asks_beforehand_hears_what_it_may(small: Daemon) -> None:
    reply = web.ask(small, "/sounds/01.wav", "OPTIONS", **PAGE, **{"Access-Control-Request-Method": "GET"})
    assert reply.status == 204 and reply.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert reply.headers["Access-Control-Allow-Private-Network"] == "true"
    assert web.ask(small, "/driftkit", "OPTIONS", **PAGE).status == 403


@pytest.mark.parametrize("origin", ["*", "strudel.cc", "https://strudel.cc/page", "ftp://a", "https://*.cc", "null"])
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(click.BadParameter, match=r"it must be like https://strudel\.cc"):
        Origin().convert(origin, None, None)


def test_every_pad_of_the_shipped_kit_has_the_name_of_its_drum() -> None:
    known = controls(read_spec(find_model("default")))
    board, kit = Board(known), read_kit(SHIPPED / "studio.yaml", known)
    for number, entry in kit.pads.items():
        board.replace(number, entry.values)
    names = {name: [pad.number for pad in pads] for name, pads in short_names(board.pads.values()).items()}
    assert names == {
        "bd": [1], "rim": [2], "sd": [3, 5], "cp": [4], "hh": [7, 9], "oh": [11], "cr": [14], "rd": [16],
        "lt": [6, 8], "mt": [10, 12], "ht": [13, 15],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "short"),
    [("Bass drum 2", "bd"), ("Side stick", "rim"), ("Offenes Öl", "offenesl"), ("鼓", "perc"), ("Cowbell", "cb")],
)
def test_a_pad_without_a_class_is_named_by_its_name(name: str, short: str) -> None:
    assert list(short_names([Pad(1, {"name": name})])) == [short]
