"""OSC packets that are none: cut, broken, too deep or drawn at random, each is refused with a sentence."""

import random
import struct

import pytest
from rig.packets import NOW, PLAY, STOP, bundle, nested

from driftkit.daemon.inputs.osc.packets import BadPacket, Message, decode


@pytest.mark.parametrize(
    ("packet", "reason"),
    [
        (b"", "0 bytes"),
        (b"/ab", "3 bytes"),
        (b"/" * 65_508, "65508 bytes"),
        (b"\0\0\0\0", "begin with /"),
        (b"play\0\0\0\0", "begin with /"),
        (b"#bundl\0\0", "begin with /"),
        (b"/abc", "address does not end in NUL"),
        (b"/a\0x", "address is padded"),
        (b"/\xff\0\0", "address is not UTF-8"),
        (b"/a\0\0" + b",iii", "type tag string does not end in NUL"),
        (b"/a\0\0\0\0\0\x01", "type tag string is padded"),
        (b"/a\0\0" + b"i\0\0\0" + b"\0\0\0\x01", "comma"),
        (b"/a\0\0" + b",\xff\0\0", "type tag string is not UTF-8"),
        (b"/a\0\0" + b",i\0\0", "ends before its argument 1"),
        (b"/a\0\0" + b",ih\0" + b"\0\0\0\x01" + b"\0\0\0\x01", "ends before its argument 2"),
        (b"/a\0\0" + b",s\0\0", "Argument 1 does not end in NUL"),
        (b"/a\0\0" + b",s\0\0" + b"abcd", "Argument 1 does not end in NUL"),
        (b"/a\0\0" + b",s\0\0" + b"a\0b\0", "Argument 1 is padded"),
        (b"/a\0\0" + b",s\0\0" + b"\xc3\x28\0\0", "Argument 1 is not UTF-8"),
        (b"/a\0\0" + b",s\0\0" + b"\xed\xa0\x80\0", "Argument 1 is not UTF-8"),  # a lone surrogate
        (b"/a\0\0" + b",i\0\0" + b"\0\0\0\x01" + b"\0\0\0\x02", "4 bytes follow"),
        (b"#bundle\0", "before its timetag"),
        (b"#bundle\0" + b"\0\0\0\0", "before its timetag"),
    ],
)
def test_broken_messages(packet: bytes, reason: str) -> None:
    with pytest.raises(BadPacket, match=reason):
        decode(packet)


@pytest.mark.parametrize("tag", ["N", "I"])
def test_nil_and_impulse_alone_are_no_argument(tag: str) -> None:
    assert decode(b"/a\0\0" + f",{tag}\0\0".encode()) == [Message("/a", (), None)]


@pytest.mark.parametrize("tag", list("bcartmNIX,é"))
def test_unknown_tags_are_refused_rather_than_skipped(tag: str) -> None:
    tags = f",{tag}i".encode()
    packet = b"/a\0\0" + tags.ljust(len(tags) // 4 * 4 + 4, b"\0") + bytes(8)
    with pytest.raises(BadPacket, match=f"type tag '{tag}'") as refused:
        decode(packet)
    assert refused.value.address == "/a", "its sender can be told"


@pytest.mark.parametrize(
    ("packet", "address"),
    [
        (b"/driftkit/ping", "/driftkit/ping"),  # written by a person, with netcat
        (b"/driftkit/ping\n", "/driftkit/ping"),
        (b"/driftkit/kick\0\0,f\0\0", "/driftkit/kick"),  # the value is missing
        (b"/driftkit/kick\0\0f\0\0\0\x3f\x80\0\0", "/driftkit/kick"),  # the comma is missing
        (b"/driftkit/pad/1/kick\0\0\0\0,i\0\0\0\0\0\x01\0\0\0\x02", "/driftkit/pad/1/kick"),
        (b"/driftkit/pad/1/name\0\0\0\0,s\0\0Caf\xe9\0\0\0\0", "/driftkit/pad/1/name"),  # Latin-1
        (bundle(PLAY, STOP[:8] + b",Q\0\0"), "/stop"),
        (bundle(PLAY) + b"\0\0\0\x03", "/play"),
        (nested(9), ""),
        (bytes(8), ""),
        (b"hello OSC..!", ""),
    ],
)
def test_a_refusal_knows_the_address_where_there_is_one(packet: bytes, address: str) -> None:
    with pytest.raises(BadPacket) as refused:
        decode(packet)
    assert refused.value.address == address


@pytest.mark.parametrize(
    ("tag", "data"),
    [
        ("f", "7fc00000"),  # NaN
        ("f", "7f800000"),  # infinity
        ("f", "ff800000"),
        ("d", "7ff80000 00000000"),
        ("d", "7ff00000 00000000"),
    ],
)
def test_numbers_are_finite(tag: str, data: str) -> None:
    with pytest.raises(BadPacket, match="finite"):
        decode(b"/a\0\0" + b"," + tag.encode() + b"\0\0" + bytes.fromhex(data))


@pytest.mark.parametrize("size", [-(2**31), -16, -4, -1, 0, 1, 10, 16, 2**31 - 4])
def test_element_sizes(size: int) -> None:
    packet = b"#bundle\0" + NOW + struct.pack(">i", size) + STOP  # the right size is 12
    with pytest.raises(BadPacket, match=f"claims {size} bytes"):
        decode(packet)


def test_a_bundle_element_of_nothing_but_its_size() -> None:
    with pytest.raises(BadPacket, match="at most the 0 bytes"):
        decode(b"#bundle\0" + NOW + b"\0\0\0\x04")


def test_2500_nested_bundles() -> None:
    packet = nested(2_500)
    assert len(packet) <= 65_507
    with pytest.raises(BadPacket, match="deep"):
        decode(packet)


def test_a_full_packet_of_type_tags() -> None:
    packet = b"/a\0\0" + b"," + b"T" * 65_000 + b"\0\0\0"
    assert decode(packet)[0].arguments == (True,) * 65_000


def test_one_bad_message_spoils_its_bundle() -> None:
    with pytest.raises(BadPacket, match="type tag 'c'"):
        decode(bundle(PLAY, b"/a\0\0" + b",c\0\0" + b"\0\0\0x"))


def test_a_message_cut_anywhere() -> None:
    whole = b"/a\0\0" + b",isd\0\0\0\0" + b"\0\0\0\x01" + b"kick\0\0\0\0" + b"\x3f\xe0\0\0\0\0\0\0"
    assert readable(whole) == [4, 32]  # the address alone is a message without tags


def test_a_bundle_cut_anywhere() -> None:
    whole = bundle(PLAY, bundle(STOP), STOP)
    assert len(whole) == 16 + (4 + 16) + (4 + 16 + 4 + 12) + (4 + 12)
    assert readable(whole) == [16, 36, 72, 88]  # between elements it is a shorter bundle


def readable(whole: bytes) -> list[int]:
    """The lengths at which the packet, cut there, still is one."""
    lengths = []
    for length in range(len(whole) + 1):
        try:
            decode(whole[:length])
        except BadPacket:
            continue
        lengths.append(length)
    return lengths


def test_10000_random_and_mutated_packets() -> None:
    rng = random.Random(0)
    valid = [
        PLAY,
        bundle(PLAY, STOP),
        bundle(bundle(bundle(PLAY), STOP), PLAY),
        b"/a\0\0" + b",ihfdsTF\0\0\0\0" + bytes(24) + b"kick\0\0\0\0",
    ]
    refused = 0
    for number in range(10_000):
        if number % 4 == 0:
            packet = bytearray(rng.randbytes(rng.randrange(0, 200)))
        else:
            packet = bytearray(rng.choice(valid))
            for _ in range(rng.randint(1, 4)):
                at = rng.randrange(len(packet) + 1)
                match rng.randrange(4):
                    case 0:
                        packet[at : at + 1] = rng.randbytes(1)
                    case 1:
                        packet[at // 4 * 4 : at // 4 * 4 + 4] = rng.choice([-4, 0, 4, 8, 2**31 - 1]).to_bytes(
                            4, "big", signed=True
                        )
                    case 2:
                        del packet[at // 4 * 4 : at // 4 * 4 + 4]
                    case 3:
                        packet[at // 4 * 4 : at // 4 * 4] = rng.choice([b"#bundle\0", b",ifs", bytes(4)])
        try:
            messages = decode(bytes(packet))
        except BadPacket as error:
            refused += 1
            assert str(error).endswith(".")
        else:
            assert all(isinstance(one, Message) and one.address.startswith("/") for one in messages)
    assert 5_000 < refused < 9_900  # some came through, so the mutations reach deep
