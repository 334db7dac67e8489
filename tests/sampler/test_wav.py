"""WAV files, byte by byte, and by the eyes of other readers."""

import io
import struct
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from driftkit.sampler.errors import Error
from driftkit.sampler.wav import MAX_TEXT, flac, read_sound, read_wav_info, write_wav

TEXTS: dict[str, Any] = {"name": "Kick", "recipe": '{"seed": 7}', "note": 36, "software": "driftkit 0.1.0"}


def noise(channels: int = 1, length: int = 301) -> np.ndarray:
    return np.random.default_rng(0).uniform(-1, 1, (channels, length)).astype(np.float32)


def chunks(data: bytes) -> dict[str, bytes]:
    """Chunk id -> body, by the letter of the format and nothing else."""
    assert data[:4] == b"RIFF" and data[8:12] == b"WAVE"
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    found, at = {}, 12
    while at < len(data):
        size = struct.unpack("<I", data[at + 4 : at + 8])[0]
        found[data[at : at + 4].decode()] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    assert at == len(data)
    return found


@pytest.mark.parametrize(("depth", "tag", "bits"), [("16", 1, 16), ("24", 1, 24), ("float", 3, 32)])
@pytest.mark.parametrize("channels", [1, 2])
def test_the_layout_is_exact(tmp_path: Path, depth: str, tag: int, bits: int, channels: int) -> None:
    write_wav(tmp_path / "a.wav", noise(channels), 48000, depth=depth, **TEXTS)
    found = chunks((tmp_path / "a.wav").read_bytes())
    assert list(found) == ["fmt ", "data", "smpl", "LIST"]
    step = channels * bits // 8
    assert found["fmt "] == struct.pack("<HHIIHH", tag, channels, 48000, 48000 * step, step, bits)
    assert len(found["data"]) == 301 * step
    assert struct.unpack("<9I", found["smpl"]) == (0, 0, 20833, 36, 0, 0, 0, 0, 0)
    assert found["LIST"][:4] == b"INFO"


def test_the_texts_lie_padded_in_the_list(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", noise(), 44100, **(TEXTS | {"name": "ab", "recipe": "abc", "software": "x"}))
    expected = b"INFO" + b"INAM\3\0\0\0ab\0\0" + b"ICMT\4\0\0\0abc\0" + b"ISFT\2\0\0\0x\0"
    assert chunks((tmp_path / "a.wav").read_bytes())["LIST"] == expected


def test_pcm_is_rounded_to_the_nearest_step_and_clipped(tmp_path: Path) -> None:
    steps = np.array([[-40000, -32768, -1.6, -0.4, 0, 0.4, 0.6, 32766.6, 32768, 40000]]) / 32768
    write_wav(tmp_path / "a.wav", steps.astype(np.float32), 44100, depth="16", **TEXTS)
    got = np.frombuffer(chunks((tmp_path / "a.wav").read_bytes())["data"], "<i2")
    assert got.tolist() == [-32768, -32768, -2, 0, 0, 0, 1, 32767, 32767, 32767]


@pytest.mark.parametrize(("depth", "tolerance"), [("16", 2.0**-16), ("24", 2.0**-24), ("float", 0.0)])
def test_soundfile_reads_the_samples_and_the_texts(tmp_path: Path, depth: str, tolerance: float) -> None:
    samples = 0.99 * noise(2)
    write_wav(tmp_path / "a.wav", samples, 44100, depth=depth, licence="CC0", **TEXTS)
    with soundfile.SoundFile(tmp_path / "a.wav") as file:
        got = file.read(dtype="float64", always_2d=True).T
        assert (file.samplerate, file.title, file.comment) == (44100, "Kick", TEXTS["recipe"])
        assert (file.software, file.copyright) == (TEXTS["software"], "CC0")
    assert np.abs(got - samples).max() <= tolerance


@pytest.mark.parametrize(("depth", "width"), [("16", 2), ("24", 3)])
def test_the_standard_library_reads_pcm(tmp_path: Path, depth: str, width: int) -> None:
    write_wav(tmp_path / "a.wav", noise(2), 44100, depth=depth, **TEXTS)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert file.getparams()[:4] == (2, width, 44100, 301)
        frames = np.frombuffer(file.readframes(301), np.uint8).reshape(301, 2, width)
    top = frames[..., -1].view(np.int8).astype(float)  # the highest byte alone gives 8 bits
    assert np.abs(top.T / 128 - noise(2)).max() <= 1 / 128


@pytest.mark.parametrize("name", ["Kick", "Große Trommel", "太鼓 🥁", "odd", "even"])
@pytest.mark.parametrize("depth", ["24", "float"])
def test_the_texts_come_back(tmp_path: Path, name: str, depth: str) -> None:
    write_wav(tmp_path / "a.wav", noise(), 44100, depth=depth, **(TEXTS | {"name": name}))
    expected = {"INAM": name, "ICMT": TEXTS["recipe"], "ISFT": TEXTS["software"]}
    assert read_wav_info(tmp_path / "a.wav") == expected


def test_a_wav_without_texts_has_none(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", noise().T, 44100)
    assert read_wav_info(tmp_path / "a.wav") == {}


def test_texts_before_the_samples_are_found(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", noise(), 44100, **TEXTS)
    found = chunks((tmp_path / "a.wav").read_bytes())
    body = b"WAVE"
    for key in ("LIST", "fmt ", "data"):
        body += key.encode() + struct.pack("<I", len(found[key])) + found[key] + b"\0" * (len(found[key]) % 2)
    (tmp_path / "b.wav").write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    assert read_wav_info(tmp_path / "b.wav") == read_wav_info(tmp_path / "a.wav")


def test_a_cut_file_is_an_error_wherever_it_is_cut(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", noise(1, 21), 44100, **TEXTS)
    whole = (tmp_path / "a.wav").read_bytes()
    for length in range(len(whole)):
        # once with the size of the whole file in the header, once with that of the rest
        for size in (whole[4:8], struct.pack("<I", max(0, length - 8))):
            (tmp_path / "b.wav").write_bytes((whole[:4] + size + whole[8:])[:length])
            try:
                found = read_wav_info(tmp_path / "b.wav")
            except Error as error:
                assert "b.wav" in str(error)
            else:  # cut between two chunks, or a header that already tells so
                assert size != whole[4:8] and set(found) <= {"INAM", "ICMT", "ISFT"}


def test_spoilt_bytes_are_an_error_or_texts(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", noise(1, 21), 44100, **TEXTS)
    whole = (tmp_path / "a.wav").read_bytes()
    for at in range(len(whole)):
        for value in (0, 1, 128, 255):
            (tmp_path / "b.wav").write_bytes(whole[:at] + bytes([value]) + whole[at + 1 :])
            try:
                read_wav_info(tmp_path / "b.wav")
            except Error:
                pass


def riff(*parts: bytes) -> bytes:
    body = b"WAVE" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is not a WAV"),
        (b"FORM\0\0\0\0AIFF", "is not a WAV"),
        (riff(b"smpl\xff\xff\xff\xff"), "chunk smpl tells of 4294967295 bytes, 0 are left"),
        (riff(b"\1\0\0\0\0\0\0\0"), "where a chunk of 4 letters"),
        (riff(b"junk\0\0\0\0" * 1001), "more than 1000 chunks"),
        (riff(b"LIST" + struct.pack("<I", 300004) + b"INFO" + bytes(300000)), "300004 bytes of texts"),
        (riff(b"LIST\x0c\0\0\0INFOICMT\xff\xff\0\0"), "text b'ICMT' tells of 65535 bytes"),
    ],
)
def test_malformed_files_give_sentences(tmp_path: Path, data: bytes, sentence: str) -> None:
    (tmp_path / "a.wav").write_bytes(data)
    with pytest.raises(Error, match=sentence):
        read_wav_info(tmp_path / "a.wav")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"depth": "8"}, "one of 16, 24, float"),
        ({"note": 128}, "from 0 to 127"),
        ({"recipe": "x" * MAX_TEXT}, f"at most {MAX_TEXT}"),
        ({"name": "a\0b"}, "no NUL"),
        ({"name": "\ud800"}, "not valid Unicode"),
        ({"samples": noise()[0]}, "must be .channels, N."),
        ({"samples": noise() * np.float32("nan")}, "not finite"),
        ({"rate_hz": 0}, "from 1000 to 384000 Hz"),
    ],
)
def test_what_cannot_be_written_is_refused(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Error, match=sentence):
        write_wav(tmp_path / "a.wav", **(TEXTS | {"samples": noise(), "rate_hz": 44100} | change))
    assert not (tmp_path / "a.wav").exists()


def test_a_folder_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Error, match="cannot be written"):
        write_wav(tmp_path / "no" / "a.wav", noise(), 44100, **TEXTS)


@pytest.mark.parametrize("ending", ["wav", "aiff", "flac", "ogg", "mp3"])
def test_a_sine_keeps_its_frequency_and_level(tmp_path: Path, ending: str) -> None:
    seconds = np.arange(48000) / 48000
    sine = 0.5 * np.sin(2 * np.pi * 1000 * seconds)
    soundfile.write(tmp_path / f"a.{ending}", np.stack([sine, 0.5 * sine], 1), 48000)
    got = read_sound(tmp_path / f"a.{ending}", 44100)
    assert got.dtype == np.float32 and got.shape[0] == 2 and abs(got.shape[1] - 44100) < 2500  # mp3 pads
    middle = got[:, 11025 : 11025 + 22050] * np.hanning(22050)
    spectrum = np.abs(np.fft.rfft(middle, axis=1)) * 4 / 22050
    tolerance = 0.02 if ending in ("ogg", "mp3") else 1e-4
    assert spectrum.argmax(1).tolist() == [500, 500]  # bins of 2 Hz
    assert np.allclose(spectrum.max(1), [0.5, 0.25], rtol=tolerance)


def test_a_written_sound_is_read_back_bit_by_bit(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", noise(2), 44100, depth="float", **TEXTS)
    assert np.array_equal(read_sound(tmp_path / "a.wav", 44100), noise(2))


def test_sounds_that_cannot_be_used_give_sentences(tmp_path: Path) -> None:
    cases: list[tuple[str, np.ndarray, int, str]] = [
        ("empty.wav", np.zeros((0, 1)), 44100, "is empty"),
        ("nan.wav", np.full((9, 1), np.nan), 44100, "not finite"),
        ("huge.wav", np.tile([[3e38], [-3e38]], (50, 1)), 48000, "not finite|cannot be read"),
        ("long.wav", np.zeros((61 * 8000, 1)), 8000, "lasts longer than 60 s, the most that a file of 1 channel at"),
        ("grows.wav", np.zeros((17_500, 8)), 1000, "longer than 16 s, the most that a file of 8 channels at 1000 Hz"),
        ("wide.wav", np.zeros((9, 9)), 44100, "9 channels; at most 8"),
        ("slow.wav", np.zeros((9, 1)), 500, "500 Hz; allowed are 1000"),
    ]
    for name, samples, rate_hz, sentence in cases:
        soundfile.write(tmp_path / name, samples, rate_hz, subtype="FLOAT")
        with pytest.raises(Error, match=f"{name}.*({sentence})"):
            read_sound(tmp_path / name, 44100)
    for name, data in [
        ("text.wav", b"hello"),
        ("none.raw", bytes(99)),
        ("cut.flac", b"fLaC"),
        ("cut.ogg", b"OggS"),
    ]:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Error, match=f"{name} cannot be read.*give a WAV, AIFF, FLAC, OGG or MP3"):
            read_sound(tmp_path / name, 44100)
    with pytest.raises(Error, match="there is no file"):
        read_sound(tmp_path / "nothing.wav", 44100)
    soundfile.write(tmp_path / "a.au", noise().T, 44100)
    with pytest.raises(Error, match="of the format AU"):
        read_sound(tmp_path / "a.au", 44100)


@pytest.mark.parametrize("licence", ["", "CC0-1.0"])
def test_a_flac_holds_samples_and_texts(licence: str) -> None:
    data = flac(0.5 * noise(), 44100, name="Kick", recipe="{}", software="driftkit", licence=licence)
    with soundfile.SoundFile(io.BytesIO(data)) as file:
        assert (file.title, file.comment, file.license, file.samplerate) == ("Kick", "{}", licence, 44100)
        assert np.abs(file.read(dtype="float32", always_2d=True).T - 0.5 * noise()).max() < 2**-23
