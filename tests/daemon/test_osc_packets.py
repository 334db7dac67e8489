"""OSC packets as bytes to check against the OSC 1.0 specification, and against python-osc's own builders."""

import pytest
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder, build_msg
from rig.packets import PLAY, STOP, bundle, nested

from driftkit.daemon.inputs.osc.packets import BadPacket, Message, decode, encode
from driftkit.sampler.errors import Error

# What comes in


def test_the_two_messages_printed_in_the_specification() -> None:
    frequency = bytes.fromhex("2f6f7363 696c6c61 746f722f 342f6672 65717565 6e637900 2c660000 43dc0000")
    assert decode(frequency) == [Message("/oscillator/4/frequency", (440.0,), None)]

    foo = bytes.fromhex("2f666f6f 00000000 2c696973 66660000 000003e8 ffffffff 68656c6c 6f000000 3f9df3b6 40b5b22d")
    (message,) = decode(foo)
    assert message.address == "/foo"
    assert message.arguments[:3] == (1000, -1, "hello")
    assert message.arguments[3:] == pytest.approx((1.234, 5.678))


@pytest.mark.parametrize(
    ("tag", "data", "value"),
    [
        ("i", "7fffffff", 2147483647),
        ("i", "80000000", -2147483648),
        ("f", "3f000000", 0.5),
        ("f", "bf800000", -1.0),
        ("d", "3fe00000 00000000", 0.5),
        ("h", "00000001 00000000", 4294967296),
        ("h", "ffffffff ffffffff", -1),
        ("s", "00000000", ""),
        ("s", "61626300", "abc"),
        ("s", "61626364 00000000", "abcd"),
        ("S", "61626300", "abc"),
        ("s", "c3a90000", "é"),
        ("T", "", True),
        ("F", "", False),
    ],
)
def test_each_tag(tag: str, data: str, value: object) -> None:
    packet = b"/a\0\0" + b"," + tag.encode() + b"\0\0" + bytes.fromhex(data)
    (argument,) = decode(packet)[0].arguments
    assert argument == value
    assert type(argument) is type(value)


def test_arguments_keep_their_order_around_those_without_data() -> None:
    packet = b"/a\0\0" + b",TiFs\0\0\0" + b"\0\0\0\x01" + b"x\0\0\0"
    assert decode(packet) == [Message("/a", (True, 1, False, "x"), None)]


def test_a_message_without_type_tags_has_no_arguments() -> None:
    assert decode(b"/ping\0\0\0") == [Message("/ping", (), None)]


@pytest.mark.parametrize("packet", [PLAY, STOP, b"/stop\0\0\0", bundle(PLAY, STOP), bundle(PLAY, bundle(STOP))])
@pytest.mark.parametrize("zeros", [4, 8, 1_024])
def test_zeros_behind_a_packet_are_nothing(packet: bytes, zeros: int) -> None:
    assert decode(packet + bytes(zeros)) == decode(packet)


def test_the_items_of_an_array_are_arguments() -> None:
    data = b"\0\0\0\x01" + b"\0\0\0\x02" + b"\0\0\0\x03"
    assert decode(b"/a\0\0" + b",i[ii]\0\0" + data) == [Message("/a", (1, 2, 3), None)]
    for tags in (b",[\0\0", b",]\0\0", b",][\0", b",[[]]\0\0\0", b",[T\0"):
        with pytest.raises(BadPacket, match="array") as refused:
            decode(b"/a\0\0" + tags)
        assert refused.value.address == "/a"


def test_the_address_may_have_256_bytes() -> None:
    longest = "/" + "a" * 255
    assert decode(build_msg(longest).dgram)[0].address == longest
    with pytest.raises(BadPacket, match="256"):
        decode(build_msg(longest + "a").dgram)


@pytest.mark.parametrize(
    ("timetag", "time"),
    [
        ("00000000 00000001", None),  # immediately
        ("00000000 00000000", None),  # what some senders take for it
        ("83aa7e80 00000000", 0.0),  # 1970
        ("83aa7e81 80000000", 1.5),
        ("83aa7e7f 00000000", -1.0),
        ("e5000000 40000000", 1632993664.25),
        ("ffffffff 00000000", 2085978495.0),  # the far future is for the caller to clamp
    ],
)
def test_timetags(timetag: str, time: float | None) -> None:
    assert decode(bundle(PLAY, timetag=bytes.fromhex(timetag))) == [Message("/play", (3,), time)]


def test_a_nested_bundle_has_its_own_timetag_and_messages_keep_their_order() -> None:
    at_1_s, at_2_s = bytes.fromhex("83aa7e8100000000"), bytes.fromhex("83aa7e8200000000")
    packet = bundle(PLAY, bundle(STOP, timetag=at_2_s), bundle(STOP), PLAY, timetag=at_1_s)
    assert [(one.address, one.time) for one in decode(packet)] == [
        ("/play", 1.0),
        ("/stop", 2.0),
        ("/stop", None),
        ("/play", 1.0),
    ]


def test_an_empty_bundle_is_no_message() -> None:
    assert decode(bundle()) == []


def test_eight_bundles_may_be_nested() -> None:
    assert decode(nested(8)) == [Message("/stop", (), None)]
    with pytest.raises(BadPacket, match="deep"):
        decode(nested(9))


def test_a_packet_may_have_1000_messages() -> None:
    assert len(decode(bundle(*[STOP] * 1_000))) == 1_000
    with pytest.raises(BadPacket, match="1000"):
        decode(bundle(*[STOP] * 1_001))
    with pytest.raises(BadPacket, match="1000"):
        decode(bundle(bundle(*[STOP] * 600), bundle(*[STOP] * 600)))


# python-osc writes, we read


def test_messages_of_python_osc() -> None:
    builder = OscMessageBuilder("/driftkit/render")
    sent: list[tuple[int | float | str, str]] = [
        (2, "i"),
        (0.25, "f"),
        (0.1, "d"),
        (2**40, "h"),
        ("größer", "s"),
        (True, "T"),
        (False, "F"),
    ]
    for value, tag in sent:
        builder.add_arg(value, tag)
    assert decode(builder.build().dgram) == [Message("/driftkit/render", tuple(v for v, _ in sent), None)]


def test_bundles_of_python_osc() -> None:
    inner = OscBundleBuilder(1_800_000_000.5)  # type: ignore[arg-type]  # its hint says int, its text float
    inner.add_content(build_msg("/play", [2, 0.5]))
    outer = OscBundleBuilder(IMMEDIATELY)
    outer.add_content(build_msg("/stop"))
    outer.add_content(inner.build())
    assert decode(outer.build().dgram) == [
        Message("/stop", (), None),
        Message("/play", (2, 0.5), 1_800_000_000.5),
    ]


# What goes out


def test_a_reply_as_bytes() -> None:
    assert encode("/done", 1, 0.5, "kick") == (
        b"/done\0\0\0" + b",ifs\0\0\0\0" + b"\0\0\0\x01" + b"\x3f\0\0\0" + b"kick\0\0\0\0"
    )
    assert encode("/pong") == b"/pong\0\0\0" + b",\0\0\0"


@pytest.mark.parametrize(
    ("value", "arrives"),
    [
        (True, 1),
        (False, 0),
        (2**31 - 1, 2**31 - 1),
        (-(2**31), -(2**31)),
        (2**31, "2147483648"),
        (-(2**31) - 1, "-2147483649"),
        (10**30, "1" + "0" * 30),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (3.4028234663852886e38, 3.4028234663852886e38),  # the largest float32
        ("", ""),
        ("a\0b", "ab"),
        ("caf\udce9.wav", "caf?.wav"),  # a file name that is not UTF-8, as Python reads it
    ],
)
def test_replies_hold_only_i_f_and_s(value: int | float | str, arrives: object) -> None:
    packet = encode("/a", value)
    (argument,) = decode(packet)[0].arguments
    assert argument == arrives
    assert type(argument) is type(arrives)
    assert packet[5:6] == {int: b"i", float: b"f", str: b"s"}[type(argument)]


def test_python_osc_reads_our_replies_and_so_do_we() -> None:
    values: list[int | float | str] = [7, -0.25, "größer", 2**20]
    packet = encode("/driftkit/sound", *values)
    assert list(OscMessage(packet)) == values
    assert decode(packet) == [Message("/driftkit/sound", tuple(values), None)]
    assert OscBundle(bundle(packet)).num_contents == 1


@pytest.mark.parametrize("character", ["a", "é", "€", "🥁"])
@pytest.mark.parametrize("length", range(240, 262))
def test_a_long_string_is_shortened_between_characters(character: str, length: int) -> None:
    text = character * (4 * length // len(character.encode()))
    packet = encode("/fail", "/driftkit/render", text, 7)
    assert len(packet) <= 1_024
    command, sentence, ticket = decode(packet)[0].arguments
    assert (command, ticket) == ("/driftkit/render", 7)
    assert sentence == text or str(sentence) == character * (len(str(sentence)) - 1) + "…"
    if sentence != text:
        assert len(packet) > 1_024 - 8  # no more is cut than has to be


def test_a_string_of_the_full_length_is_kept() -> None:
    fits = "a" * 1_011  # 4 for the address, 4 for the tags, 1,012 with NUL, 4 for the number
    assert len(encode("/a", fits, 7)) == 1_024
    assert decode(encode("/a", fits, 7))[0].arguments == (fits, 7)
    assert decode(encode("/a", fits + "a", 7))[0].arguments == ("a" * 1_008 + "…", 7)


def test_several_long_strings_are_shortened_from_the_longest() -> None:
    packet = encode("/a", "a" * 5_000, "b" * 900, "c" * 300)
    assert len(packet) <= 1_024
    first, second, third = decode(packet)[0].arguments
    assert first == "…"
    assert str(second).endswith("b…")
    assert third == "c" * 300


def test_what_cannot_be_shortened_is_an_error() -> None:
    with pytest.raises(Error, match="300 arguments"):
        encode("/a", *range(300))
    with pytest.raises(Error, match="begin with /"):
        encode("done")
    with pytest.raises(Error, match="256 bytes"):
        encode("/" + "a" * 256)
