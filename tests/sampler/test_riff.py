"""WAVs as recorders, editors, taggers and streams leave them: read, recalled, or told in a sentence."""

import io
import re
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.riff import Window
from driftkit.sampler.sound import Sound, load_sound
from driftkit.sampler.wav import read_sound, read_wav_info

FRAMES = np.sin(np.arange(601) / 9).astype(np.float32)
PCM = np.rint(FRAMES * 32000).astype("<i2").tobytes()
FMT = struct.pack("<HHIIHH", 1, 1, 44100, 88200, 2, 16)


def chunk(key: bytes, data: bytes, size: int | None = None, pad: bool = True) -> bytes:
    told = struct.pack("<I", len(data) if size is None else size)
    return key + told + data + (b"\0" if pad and len(data) % 2 else b"")


def riff(*parts: bytes, size: int | None = None, form: bytes = b"RIFF") -> bytes:
    body = b"WAVE" + b"".join(parts)
    return form + struct.pack("<I", len(body) if size is None else size) + body


def swapped() -> bytes:
    """RIFX: every number from the high byte."""
    fmt = struct.pack(">HHIIHH", 1, 1, 44100, 88200, 2, 16)
    body = b"WAVEfmt " + struct.pack(">I", 16) + fmt + b"data" + struct.pack(">I", len(PCM))
    body += np.frombuffer(PCM, "<i2").astype(">i2").tobytes()
    return b"RIFX" + struct.pack(">I", len(body)) + body


DS64 = chunk(b"ds64", struct.pack("<QQQI", 0, len(PCM), 601, 0))
DATA, FORMAT = chunk(b"data", PCM), chunk(b"fmt ", FMT)
ID3 = b"ID3\3\0\0\0\0\1\1" + bytes(129)
READ = {
    "by the book": riff(FORMAT, DATA),
    "cut off at once": riff(FORMAT, chunk(b"data", PCM, 0), size=0),
    "cut off, the header's own size told": riff(FORMAT, chunk(b"data", PCM, 0), size=36),
    "cut off, the whole's size told": riff(FORMAT, chunk(b"data", PCM, 0)),
    "streamed": riff(FORMAT, chunk(b"data", PCM, 0xFFFFFFFF), size=0xFFFFFFFF),
    "streamed to another number": riff(FORMAT, chunk(b"data", PCM, 0x7FFFF000), size=0x7FFFF024),
    "the size of the file": riff(FORMAT, DATA, size=len(PCM) + 44),
    "eight too few": riff(FORMAT, DATA, size=len(PCM) + 28),
    "tags in front": ID3 + riff(FORMAT, DATA),
    "two tags in front": ID3 + ID3 + riff(FORMAT, DATA),
    "tags inside": riff(chunk(b"id3 ", ID3), FORMAT, DATA),
    "RF64": riff(DS64, FORMAT, chunk(b"data", PCM, 0xFFFFFFFF), size=0xFFFFFFFF, form=b"RF64"),
    "BW64": riff(DS64, FORMAT, chunk(b"data", PCM, 0xFFFFFFFF), chunk(b"axml", b"<a/>"), size=0xFFFFFFFF, form=b"BW64"),
    "RIFX": swapped(),
    "samples first": riff(DATA, FORMAT),
    "an empty chunk of samples first": riff(FORMAT, chunk(b"data", b""), DATA),
    "an odd chunk without its pad byte": riff(FORMAT, chunk(b"bext", b"x" * 603, pad=False), DATA),
    "an odd list without its pad byte": riff(chunk(b"LIST", b"INFOIART\1\0\0\0x", pad=False), FORMAT, DATA),
    "a pad byte that is a letter": riff(FORMAT, chunk(b"bext", b"x" * 603, pad=False) + b"x", DATA),
    "zeros at the end": riff(FORMAT, DATA) + bytes(6),
    "zeros at the end, inside": riff(FORMAT, DATA, bytes(600)),
    "something else at the end": riff(FORMAT, DATA) + b"\r\n-- \r\nsent from my recorder\r\n",
    "many chunks": riff(*[chunk(b"JUNK", b"")] * 900, FORMAT, DATA),
    "a format of 40 bytes": riff(
        chunk(b"fmt ", struct.pack("<HHIIHHHHI", 0xFFFE, 1, 44100, 88200, 2, 16, 22, 16, 4)
              + b"\1\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71"), DATA),
}  # fmt: skip


@pytest.mark.parametrize("what", READ)
def test_the_samples_are_read(tmp_path: Path, what: str) -> None:
    (tmp_path / "a.wav").write_bytes(READ[what])
    np.testing.assert_array_equal(read_sound(tmp_path / "a.wav", 44100)[0], np.frombuffer(PCM, "<i2") / 32768)


TOLD = {
    "no samples": (riff(FORMAT), "has no chunk data, without which it is no sound"),
    "no format": (riff(DATA), "has no chunk fmt, without which it is no sound"),
    "a format of two bytes": (riff(chunk(b"fmt ", b"\1\0"), DATA), "has 0 channels at 0 Hz"),
    "no channels": (riff(chunk(b"fmt ", FMT[:2] + b"\0\0" + FMT[4:]), DATA), "has 0 channels at 44100 Hz"),
    "no rate": (riff(chunk(b"fmt ", FMT[:4] + bytes(4) + FMT[8:]), DATA), "has 1 channels at 0 Hz"),
    "floats of 16 bits": (riff(chunk(b"fmt ", b"\3" + FMT[1:]), DATA), "16 bits of the format 3, which cannot be"),
    "an unknown format": (riff(chunk(b"fmt ", b"\x99\x99" + FMT[2:]), DATA), "cannot be read"),
    "cut off before the samples": (riff(FORMAT, size=12036), "is cut off: its header tells of 12044 bytes, 36 came"),
    "an empty one": (riff(FORMAT, chunk(b"data", b"")), "is empty"),
    "cut off in the format": (riff(FORMAT)[:30], "its chunk fmt  tells of 16 bytes, 10 are left"),
    "a page instead of a file": (b"<!DOCTYPE html><html>404</html>", "cannot be read"),
    "a pointer instead of a file": (b"version https://git-lfs.github.com/spec/v1\n", "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOLD)
def test_what_is_no_sound_is_a_sentence(tmp_path: Path, what: str) -> None:
    data, told = TOLD[what]
    (tmp_path / "a.wav").write_bytes(data)
    with pytest.raises(Error, match=re.escape(told)):
        read_sound(tmp_path / "a.wav", 44100)


def test_a_sound_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(riff(FORMAT, DATA)[:-201])
    read = read_sound(tmp_path / "a.wav", 44100)[0]
    np.testing.assert_array_equal(read, np.frombuffer(PCM[:1000], "<i2") / 32768)


@pytest.mark.parametrize("subtype", sorted(soundfile.available_subtypes("WAV").keys() - {"MPEG_LAYER_III", "GSM610"}))
def test_every_encoding_comes_out_as_libsndfile_reads_the_file_itself(tmp_path: Path, subtype: str) -> None:
    soundfile.write(tmp_path / "a.wav", np.tile(0.5 * FRAMES, 5), 44100, subtype=subtype)
    with soundfile.SoundFile(tmp_path / "a.wav") as file:
        own = file.read(44100, dtype="float32", always_2d=True).T
    np.testing.assert_array_equal(read_sound(tmp_path / "a.wav", 44100), own)


def test_a_flac_whose_length_nobody_knew_is_read(tmp_path: Path) -> None:
    """What `flac -` writes into a pipe."""
    soundfile.write(tmp_path / "a.flac", FRAMES, 44100)
    data = bytearray((tmp_path / "a.flac").read_bytes())
    data[21] &= 0xF0  # the number of samples, 36 bits
    data[22:26] = bytes(4)
    (tmp_path / "a.flac").write_bytes(data)
    assert read_sound(tmp_path / "a.flac", 44100).shape == (1, 601)


@pytest.mark.parametrize(("rate_hz", "channels", "seconds"), [(384_000, 8, 2), (48_000, 2, 61), (48_000, 8, 16)])
def test_what_a_small_file_unfolds_to_is_bounded(tmp_path: Path, rate_hz: int, channels: int, seconds: int) -> None:
    with soundfile.SoundFile(tmp_path / "a.flac", "w", rate_hz, channels) as file:
        for _ in range(seconds):
            file.write(np.zeros((rate_hz, channels), np.int16))
    assert (tmp_path / "a.flac").stat().st_size < 1e6
    with pytest.raises(Error, match=f"the most that a file of {channels} channels at {rate_hz} Hz may have; cut it"):
        read_sound(tmp_path / "a.flac", 44100)


@pytest.mark.parametrize("ending", ["wav", "flac", "mp3"])
def test_a_name_that_is_no_utf8_is_a_name(tmp_path: Path, ending: str) -> None:
    soundfile.write(tmp_path / f"a.{ending}", np.tile(FRAMES, 9), 44100)
    odd = (tmp_path / f"a.{ending}").rename(tmp_path / f"k\udce4.{ending}")
    assert read_sound(odd, 44100).shape[1] >= 601 * 9


RECALLED: dict[str, Callable[[bytes], bytes]] = {
    "as written": lambda data: data,
    "tags in front": lambda data: ID3 + data,
    "the size of the file": lambda data: data[:4] + struct.pack("<I", len(data)) + data[8:],
    "the size of the file and eight": lambda data: data[:4] + struct.pack("<I", len(data) + 8) + data[8:],
    "eight too few": lambda data: data[:4] + struct.pack("<I", len(data) - 16) + data[8:],
    "no size": lambda data: data[:4] + bytes(4) + data[8:],
    "the size of streams": lambda data: data[:4] + b"\xff\xff\xff\xff" + data[8:],
    "zeros inside": lambda data: data[:4] + struct.pack("<I", len(data) - 2) + data[8:] + bytes(6),
    "zeros outside": lambda data: data + bytes(700),
    "a tag behind": lambda data: data + b"TAG" + b"x" * 125,
    "a chunk behind that is cut off": lambda data: data + b"iXML" + struct.pack("<I", 5000) + b"<?xml",
    "RF64": lambda data: b"RF64\xff\xff\xff\xffWAVE" + DS64 + data[12:],
}


@pytest.mark.parametrize("what", RECALLED)
def test_a_recipe_that_is_whole_is_found(tmp_path: Path, what: str) -> None:
    made = Sound(FRAMES[None, :333], 44100, Hit(seed=11, model="default@0"), "kick", 0.5)
    made.save(tmp_path / "a.wav")
    (tmp_path / "b.wav").write_bytes(RECALLED[what]((tmp_path / "a.wav").read_bytes()))
    found, own = load_sound(tmp_path / "b.wav"), load_sound(tmp_path / "a.wav")
    assert found.recipe == own.recipe and found.hit.seed == 11
    np.testing.assert_array_equal(found.samples, own.samples)


def test_texts_without_their_pad_bytes_are_read(tmp_path: Path) -> None:
    parts = [chunk(key, text, pad=False) for key, text in ((b"INAM", b"abc"), (b"ICMT", b"{}\0"), (b"ISFT", b"x\0"))]
    (tmp_path / "a.wav").write_bytes(riff(FORMAT, DATA, chunk(b"LIST", b"INFO" + b"".join(parts))))
    assert read_wav_info(tmp_path / "a.wav") == {"INAM": "abc", "ICMT": "{}", "ISFT": "x"}


def test_a_window_is_a_file_of_its_own() -> None:
    window = Window(b"head", io.BytesIO(b"..tail.."), 2, 4)
    assert window.read() == b"headtail" and window.read() == b""
    assert window.seek(2) == 2 and window.read(4) == b"adta" and window.tell() == 6
    assert window.seek(-1, 2) == 7 and window.read(9) == b"l"
    assert window.seek(-99) == 0 and window.seek(99) == 8, "libsndfile asks for places that are not there"
