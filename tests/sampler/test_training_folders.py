"""Folders of sounds as people have them: manifests of every program, and sounds that nothing can be learnt from."""

import os
import re
import zlib
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from driftkit.daemon.cli.main import main
from driftkit.sampler.errors import Error
from driftkit.sampler.training.data import changed, classes_in, opened, pack, paths
from driftkit.sampler.training.folders import list_sounds

TONE = 0.5 * np.sin(np.arange(2048) / 20).astype(np.float32)


def sound(path: Path, samples: np.ndarray | None = None) -> Path:
    """A sound in a file, by default of a pitch that comes from the file's name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pitch = 8 + zlib.crc32(f"{path.parent.name}/{path.name}".encode()) % 4000 / 100
    soundfile.write(path, 0.5 * np.sin(np.arange(2048) / pitch) if samples is None else samples, 44100, "FLOAT")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four sounds that can be learnt from, and no manifest yet."""
    for name in ("kick/0.wav", "kick/1.wav", "snare/0.wav", "snare/1.wav"):
        sound(tmp_path / "mine" / name)
    return tmp_path / "mine"


MANIFESTS = {
    "by the book": b"path,class,split\nkick/0.wav,kick,train\nsnare/1.wav,snare,test\n",
    "of Windows": b"path,class,split\r\nkick\\0.wav,kick,train\r\nsnare\\1.wav,snare,test\r\n",
    "of a spreadsheet": b"\xef\xbb\xbfpath;class;split\r\nkick/0.wav;kick;train\r\nsnare/1.wav;snare;test\r\n",
    "with its own line": b"sep=;\r\npath;class;split\r\nkick/0.wav;kick;train\r\nsnare/1.wav;snare;test",
    "as Unicode text": "path\tclass\tsplit\r\nkick/0.wav\tkick\ttrain\r\nsnare/1.wav\tsnare\ttest\r\n".encode("utf-16"),
    "quoted": b'"path","class","split"\n"kick/0.wav","kick","train"\n"snare/1.wav","snare","test"\n',
    "with more columns": b"no, Class ,split,path\n1,Kick,Train,kick/0.wav\n\n2,SNARE,test,snare/1.wav,\n,,,\n",
    "of old Macs": b"path,class,split\rkick/0.wav,kick,train\rsnare/1.wav,snare,test\r",
}


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_manifest_of_any_program_is_read(folder: Path, what: str) -> None:
    (folder / "MANIFEST.csv").write_bytes(MANIFESTS[what])
    rows, faults = list_sounds(folder)
    assert [(row.path.relative_to(folder).as_posix(), row.label, row.split) for row in rows] == [
        ("kick/0.wav", "kick", "train"), ("snare/1.wav", "snare", "test"),
    ]  # fmt: skip
    assert not faults and pack(folder, folder / "pack.npz") == 2


def test_every_bad_line_of_a_manifest_is_named(folder: Path) -> None:
    lines = {
        "kick/\0.wav,kick,train": "line 2: it holds a NUL",
        "kick/0.wav,kick,train": "",
        "kick/1.wav,bon-go,train": "line 4: the class is 'bon-go'; known are kick, snare",
        "kick/1.wav,kick,trian": "line 5: the split is 'trian'; did you mean train?",
        "kick/0.wav,kick,test": "line 6: kick/0.wav stands in line 3 already",
        "kick/1.wav,kick": "line 7: the split is ''; did you mean train or test?",
        ",kick,train": "line 8: it names no file",
        "kick,kick,train": f"there is no file {folder}/kick",
        "kick/9.wav,kick,train": f"there is no file {folder}/kick/9.wav",
        "snare/0.wav,snare,train": "",
    }
    (folder / "MANIFEST.csv").write_text("\n".join(["path,class,split", *lines]))
    with pytest.raises(Error) as refused:
        pack(folder, folder / "pack.npz")
    told = str(refused.value)
    assert told.startswith(f"8 of 10 sounds of {folder} cannot be learnt from") and "--skip-bad" in told
    assert all(words in told for words in lines.values())
    said: list[str] = []
    assert pack(folder, folder / "pack.npz", True, said.append) == 2 and len(said) == 8
    assert paths(folder / "pack.npz", "train") == ["kick/0.wav", "snare/0.wav"]
    assert not changed(folder / "pack.npz", folder), "a file that is not there is not news"


def test_of_many_bad_ones_ten_are_named_and_all_counted(folder: Path) -> None:
    for i in range(25):
        (folder / "kick" / f"bad{i:02d}.wav").write_text("version https://git-lfs.github.com/spec/v1")
    with pytest.raises(Error) as refused:
        pack(folder, folder / "pack.npz")
    told = str(refused.value)
    assert told.startswith("25 of 29 sounds") and told.endswith("and 15 more") and told.count("/bad0") == 10


SILENT = {
    "empty": (np.zeros((0, 1)), "is empty"),
    "zeros": (np.zeros((4000, 1)), "it is silent"),
    "a constant": (np.full((4000, 1), 0.4), "it is silent"),
    "very quiet": (TONE[:, None] * 1e-3, "it is silent"),
    "one sample": (np.full((1, 1), 0.4), "it is silent"),
    "a loop": (np.tile(np.pad(TONE * np.linspace(1, 0, 2048), (0, 6000)), 4)[:, None], "has 4 hits in its first 3 s"),
    "twenty minutes": (np.tile(TONE, 1300)[:, None], "lasts longer than 60 s, the most that a file"),
    "antiphase": (np.stack([TONE, -TONE], 1), "its channels cancel one another out"),
    "not a number": (np.where(np.arange(2048) == 9, np.nan, TONE)[:, None], "values that are not finite"),
    "whole numbers as floats": (TONE[:, None] * 32768, "peaks at 16384, and full scale is 1"),
}


@pytest.mark.parametrize("what", SILENT)
def test_a_sound_that_is_none_is_never_learnt_from(folder: Path, what: str) -> None:
    samples, told = SILENT[what]
    bad = sound(folder / "kick" / "bad.wav", samples.astype(np.float32))
    with pytest.raises(Error, match=f"1 of 5 sounds(.|\n)*{re.escape(str(bad))}.*{told}"):
        pack(folder, folder / "pack.npz")
    said: list[str] = []
    assert pack(folder, folder / "pack.npz", True, said.append) == 4
    assert len(said) == 1 and said[0].startswith("left out: ") and told in said[0]


def test_one_channel_alone_is_learnt_and_what_is_too_loud_is_not_clipped(folder: Path) -> None:
    sound(folder / "kick" / "left.wav", np.stack([TONE, 0 * TONE], 1))
    over = sound(folder / "kick" / "over.wav", 3 * TONE[::-1])
    pack(folder, folder / "pack.npz")
    with opened(folder / "pack.npz") as packed:
        by = dict(zip(packed["paths"].tolist(), packed["sounds"][:, :2048] / 32767))
    np.testing.assert_allclose(by["kick/left.wav"], 0.98 * TONE / TONE.max(), atol=1e-3)
    np.testing.assert_allclose(by["kick/over.wav"], 0.98 * TONE[::-1] / TONE.max(), atol=1e-3)
    assert np.abs(soundfile.read(over)[0]).max() > 1


def test_every_sound_is_as_loud_and_begins_at_its_hit(tmp_path: Path) -> None:
    late = np.concatenate([1e-3 * np.sin(np.arange(50_000) / 9), 0.1 * TONE])
    sound(tmp_path / "kick" / "late.wav", late)
    sound(tmp_path / "kick" / "other.wav")
    pack(tmp_path, tmp_path / "pack.npz")
    with opened(tmp_path / "pack.npz") as packed:
        found = dict(zip(packed["paths"].tolist(), packed["sounds"] / 32767))["kick/late.wav"]
    begun = int(np.argmax(np.abs(found) > 0.1))
    assert begun <= 40 and np.abs(found).max() == pytest.approx(0.98, abs=1e-3)


def test_what_is_there_twice_is_told_and_learnt_once(folder: Path) -> None:
    samples, _ = soundfile.read(folder / "kick" / "0.wav")
    rounded = np.round(samples * 127) / 127
    for name, same in (
        ("quieter.flac", 0.3 * samples),
        ("later.wav", np.pad(samples, (900, 0))),
        ("rounded.aiff", rounded),
    ):
        soundfile.write(folder / "snare" / name, same, 44100)
    soundfile.write(folder / "snare" / "eight_bits.wav", samples, 44100, "PCM_U8")
    soundfile.write(folder / "snare" / "fast.wav", soxr.resample(samples, 44100, 192_000), 192_000)
    said: list[str] = []
    assert pack(folder, folder / "pack.npz", say=said.append) == 4
    names = ("eight_bits.wav", "fast.wav", "later.wav", "quieter.flac", "rounded.aiff")
    assert sorted(said) == [f"left out: snare/{name} is the same sound as kick/0.wav" for name in names]


def test_a_share_of_each_class_is_held_out_whatever_the_files_are_called(tmp_path: Path) -> None:
    for i in range(20):
        sound(tmp_path / "boing" / f"{i}.wav")
    sound(tmp_path / "kick" / "a.wav")
    pack(tmp_path, tmp_path / "pack.npz")
    tests = paths(tmp_path / "pack.npz", "test")
    assert len(tests) == 3 and classes_in(tmp_path / "pack.npz") == ("kick", "boing")
    (tmp_path / tests[0]).rename(tmp_path / "boing" / "aaa.wav")
    pack(tmp_path, tmp_path / "again.npz")
    assert sorted(paths(tmp_path / "again.npz", "test")) == sorted(["boing/aaa.wav", *tests[1:]])


def test_one_sound_is_too_few_and_ten_thousand_are_listed_in_a_moment(tmp_path: Path) -> None:
    sound(tmp_path / "one" / "kick.wav")
    with pytest.raises(Error, match="holds one sound to learn from; give two at least"):
        pack(tmp_path / "one", tmp_path / "pack.npz")
    many = tmp_path / "many" / "Big Boings"
    many.mkdir(parents=True)
    for i in range(10_000):
        (many / f"{i}.wav").touch()
    rows, faults = list_sounds(tmp_path / "many")
    assert len(rows) == 10_000 and {row.label for row in rows} == {"big_boings"} and not faults


def test_what_only_looks_like_a_sound_is_passed_by_or_named(folder: Path) -> None:
    (folder / "kick" / "808.wav").mkdir()
    sound(folder / "kick" / "808.wav" / "a.wav")
    (folder / "kick" / "gone.wav").symlink_to(folder / "nowhere.wav")
    with pytest.raises(Error, match=r"1 of 6 sounds(.|\n)*there is no file .*gone\.wav"):
        pack(folder, folder / "pack.npz")
    assert pack(folder, folder / "pack.npz", True) == 5


def test_classes_may_be_written_in_capitals(tmp_path: Path) -> None:
    for name in ("Kick/a.wav", "SNARE/Vintage/b.wav", "Cymbal_Other/c.wav"):
        sound(tmp_path / name)
    assert [row.label for row in list_sounds(tmp_path).rows] == ["cymbal", "kick", "snare"]


def test_names_that_are_no_utf8_are_read_and_told(folder: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder / "kick") + b"/k\xe4.wav"))
    sound(folder / "kick" / "a.wav").rename(odd)
    assert pack(folder, folder / "pack.npz") == 5
    assert "kick/k\ufffd.wav" in paths(folder / "pack.npz", "train") + paths(folder / "pack.npz", "test")
    (folder / "MANIFEST.csv").write_bytes(b"path,class,split\nkick/k\xe4.wav,kick,train\n")
    assert pack(folder, folder / "pack.npz") == 1
    odd.write_bytes(b"")
    with pytest.raises(Error, match=re.escape("k\ufffd.wav cannot be read")):
        pack(folder, folder / "pack.npz")


def test_train_names_them_and_goes_on_without_them(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    for i in range(9):
        sound(folder / "kick" / f"more{i}.wav")
    sound(folder / "snare" / "zeros.wav", 0 * TONE)
    (tmp_path / "run.toml").write_text("length = 2048\nwidths = [8]\nembedding = 8\nbatch = 2\nevaluate_every = 0\n")
    words = ["train", "--data", folder, "--out", tmp_path / "run", "--config", tmp_path / "run.toml", "--samples", 2]

    def run(*more: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main([*map(str, words), "--device", "cpu", *more])
        said = capsys.readouterr().err
        assert "Warning" not in said and "Traceback" not in said
        return int(left.value.code or 0), said

    code, said = run()
    assert code == 2 and "1 of 14 sounds" in said and "zeros.wav" in said and "--skip-bad" in said
    code, said = run("--skip-bad")
    assert code == 0 and "left out: the sound" in said
