"""What people give the trainer: configs, packs and folders of sounds, told in a sentence where they cannot be used."""

import re
import zlib
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from driftkit.daemon.cli.main import main
from driftkit.sampler.errors import Error
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.data import Corpus, changed, pack, packs, paths, splits
from driftkit.sampler.training.folders import list_sounds
from driftkit.sampler.training.targets import RECIPES, TARGETS, TrainConfig, load_config
from driftkit.sampler.training.train import train as run


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("warmup = 0", "warmup is 0; it must be a whole number from 1 to 1000000000"),
        ("batch = 0", "batch is 0; it must be a whole number from 2 to 65536"),
        ("samples = 0", "samples is 0; it must be a whole number from 1"),
        ("length = 44101", "length is 44101; it must be a whole number from 64 to 44100"),
        ("length = 2048.0", "length is 2048.0; it must be a whole number"),
        ("cooldown = 1.5", "cooldown is 1.5; it must be a number from 0 to 1"),
        ("cooldown = nan", "cooldown is nan; it must be a number from 0 to 1"),
        ("tones = 1", "tones is 1; it must be true or false"),
        ("batch = true", "batch is True; it must be a whole number"),
        ('schedule = ["vp_cos"]', "it must be a word"),
        ('precision = "float16"', "precision is float16; it must be bfloat16 or float32"),
        ("widths = 64", "widths is 64; it must be a list, each of it a whole number from 4 to 8192"),
        ("widths = []", "it must be a list, each of it a whole number"),
        ("widths = [64, 0]", "it must be a list, each of it a whole number from 4"),
        ('jump_levels = ["a"]', "it must be a list, each of it a number"),
        ("[length]\na = 1", "it must be a whole number from 64"),
    ],
)
def test_a_value_that_cannot_be_trained_with_is_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "run.toml").write_text(text)
    with pytest.raises(Error, match=re.escape(told)):
        load_config(tmp_path / "run.toml")


def test_what_is_whole_may_stand_for_a_number_and_every_default_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "run.toml").write_bytes("\ufeff# größer\nlearning_rate = 1\njump_levels = []".encode())
    assert load_config(tmp_path / "run.toml").learning_rate == 1
    assert TrainConfig().checked() == TrainConfig()
    lengths = {recipe.stem: load_config(Path(recipe.stem)).length for recipe in RECIPES.glob("*.toml")}
    assert lengths == {"crash": 21000, "finetune": 44032, "student": 44032, "tiny": 32768}


def test_what_cannot_be_written_or_read_is_told_before_anything_is_made(
    packed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    train, here = ["train", "--data", packed, "--out", tmp_path / "run"], tmp_path / "file" / "in"
    distill = ["distill", "--name", "few"]
    for words, told in (
        ([*train[:3], "--out", here], f"the folder {here} cannot be written: Not a directory; give another with --out"),
        ([*train, "--export", here], f"the folder {here} cannot be written: Not a directory; give another with --exp"),
        ([*train, "--export", tmp_path / "m", "--classifier", "none.pt"], "the checkpoint none.pt cannot be read"),
        ([*train, "--from", "none"], "there is no model none"),
        ([*distill, "--out", here], f"the folder {here} cannot be written: Not a directory; give another with --out"),
        ([*distill, "--out", tmp_path, "--steps", 1, "--no-jumps"], "steps is 1; it must be from 2 to 32"),
    ):
        with pytest.raises(SystemExit) as left:
            main(list(map(str, words)))
        said = capsys.readouterr().err
        assert left.value.code == 2 and told in said and "Traceback" not in said and "many steps ..." not in said
    assert not list((tmp_path / "run").glob("*"))
    with pytest.raises(Error, match=r"the folder .* cannot be written: Not a directory; give another"):
        run("unet", packed, here, TrainConfig())


def test_a_config_that_is_no_utf8_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "run.toml").write_bytes(b"# gr\xf6\xdfer\n")
    with pytest.raises(Error, match=r"the training config .*run\.toml cannot be read: 'utf-8'"):
        load_config(tmp_path / "run.toml")


@pytest.mark.parametrize(
    ("target", "wrong", "told"),
    [
        ("unet", {"widths": (16, 30)}, "widths is [16, 30]; each must be a multiple of 4"),
        ("classifier", {"classifier_widths": (8, 18, 8)}, "classifier_widths is [8, 18, 8]; each must be a multiple"),
        ("classifier", {"length": 2050}, "length is 2050; it must be a multiple of bands, which is 32"),
        ("unet", {"length": 2080, "widths": (16, 24)}, "length is 2080; it must be a multiple of 64 samples"),
        ("unet", {"bands": 21, "length": 2100, "widths": (16,)}, "bands is 21; it must be even"),
        ("unet", {"front": "dct"}, "front is dct; it must be one of mdct, patches"),
    ],
)
def test_a_shape_that_does_not_fit_is_a_sentence(target: str, wrong: dict[str, object], told: str) -> None:
    with pytest.raises(Error, match=re.escape(told)):
        TARGETS[target].build(load_config(None, **wrong))


def sound(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pitch = 8 + zlib.crc32(f"{path.parent.name}/{path.name}".encode()) % 4000 / 100
    soundfile.write(path, 0.5 * np.sin(np.arange(2048) / pitch), 44100)
    return path


def test_the_class_is_the_first_folder_that_names_one_and_what_is_hidden_is_no_sound(tmp_path: Path) -> None:
    for name in ("kick/808/a.wav", "mine/snare/kick/b.wav", "cymbal_other/c.wav", "tom/d.wav"):
        sound(tmp_path / name)
    for name in ("kick/._a.wav", "__MACOSX/kick/a.wav", "kick/.cache/a.wav"):
        sound(tmp_path / name)
    found = {str(path.relative_to(tmp_path)): label for path, label, *_ in list_sounds(tmp_path).rows}
    assert found == {
        "cymbal_other/c.wav": "cymbal", "kick/808/a.wav": "kick", "mine/snare/kick/b.wav": "snare", "tom/d.wav": "tom",
    }  # fmt: skip
    assert [label for _, label, *_ in list_sounds(tmp_path / "kick").rows] == ["kick"]
    own = tmp_path / "My Sounds"
    for name in ("loose.wav", "Big Boings/soft/a.wav", "kit/kick/b.wav"):
        sound(own / name)
    assert {row.path.name: row.label for row in list_sounds(own).rows} == {
        "loose.wav": "my_sounds", "a.wav": "big_boings", "b.wav": "kick",
    }  # fmt: skip
    sound(own / "render" / "c.wav")
    with pytest.raises(Error, match="has folders render, which no class can be called: such a name has at most 24"):
        list_sounds(own)


def test_a_run_may_lie_in_a_folder_that_is_called_as_its_recipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tiny").mkdir()
    assert load_config(Path("tiny")).length == 32768


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Error, match=r"there is no folder .*nowhere; give a folder of sounds"):
        pack(tmp_path / "nowhere", tmp_path / "sounds.npz")


def test_how_a_sound_was_made_is_told_by_a_folder_a_plus_or_its_source(tmp_path: Path) -> None:
    for name in ("electronic/kick/a.wav", "snare/electronic/b.wav", "tom/c.wav", "percussion/Bongos-2.wav"):
        sound(tmp_path / name)
    found = {row.path.name: (row.label, row.manner) for row in list_sounds(tmp_path).rows}
    assert found == {
        "a.wav": ("kick", "electronic"), "b.wav": ("snare", "electronic"), "c.wav": ("tom", ""),
        "Bongos-2.wav": ("conga", ""),
    }  # fmt: skip
    (tmp_path / "MANIFEST.csv").write_text(
        "path,class,split,source\ntom/c.wav,Tom + Electronic,train,\nsnare/electronic/b.wav,snare,train,uzu\n"
        "electronic/kick/a.wav,kick,test,gogodze2\n"
    )
    assert pack(tmp_path, tmp_path / "sounds.npz") == 3
    corpus = Corpus.load(tmp_path / "sounds.npz", "train", 2048, torch.device("cpu"))
    assert [CLASSES[i] for i in corpus.manners] == ["electronic", "electronic"]
    assert corpus.members("electronic").all() and corpus.members("tom").tolist() == [True, False]
    assert corpus.soft(torch.tensor([0])).nonzero()[:, 1].tolist() == [CLASSES.index(n) for n in ("tom", "electronic")]
    (tmp_path / "MANIFEST.csv").write_text("path,class,split\ntom/c.wav,tom+loud,train\n")
    with pytest.raises(Error, match=r"line 2: the class is tom\+loud; behind a plus may stand electronic"):
        pack(tmp_path, tmp_path / "more.npz")


def test_a_manifest_may_lie_apart_from_its_sounds_and_be_written_on_windows(tmp_path: Path) -> None:
    far = sound(tmp_path / "far" / "größer.wav")
    sound(tmp_path / "here" / "a.wav")
    manifest = tmp_path / "here" / "MANIFEST.csv"
    manifest.write_bytes(f"\ufeffpath,class,split\r\na.wav,kick,test\r\n{far},snare,train\r\n".encode())
    assert pack(tmp_path / "here", tmp_path / "sounds.npz") == 2
    assert paths(tmp_path / "sounds.npz", "train") == [str(far)] and paths(tmp_path / "sounds.npz", "test") == ["a.wav"]
    for text in ("", "path,class\na.wav,kick\n", "\xe4", '"path,class,split\n'):
        manifest.write_bytes(text.encode("latin-1"))
        with pytest.raises(Error, match=r"MANIFEST\.csv is damaged .*; it needs the columns path, class and split"):
            list_sounds(tmp_path / "here")


def test_a_pack_that_is_none_is_a_sentence_whatever_it_is(packed: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    file = tmp_path / "bad.npz"
    for content in (b"", b"nothing", whole[: len(whole) // 2], whole[:200] + b"\0" * 900 + whole[1100:]):
        file.write_bytes(content)
        assert not packs(file, tmp_path)
        with pytest.raises(Error, match="is not a pack of sounds"):
            Corpus.load(file, "train", 2048, torch.device("cpu"))
    with file.open("wb") as array:
        np.save(array, np.zeros(3))
    with pytest.raises(Error, match="is not a pack of sounds"):
        splits(file)
    np.savez(file, sounds=np.zeros((4, 1000), np.int16), labels=np.zeros(4, int), split=np.array(["train"] * 4))
    with pytest.raises(Error, match=r"its sounds are \(1000,\) samples long, and 2048 are needed"):
        Corpus.load(file, "train", 2048, torch.device("cpu"))


def test_a_run_says_that_it_keeps_the_sounds_it_began_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for i in range(12):
        sound(tmp_path / "mine" / "kick" / f"{i:02d}.wav")
    (tmp_path / "run.toml").write_text("length = 2048\nwidths = [8]\nembedding = 8\nbatch = 2\nevaluate_every = 0\n")
    words = ["train", "--data", tmp_path / "mine", "--out", tmp_path / "run", "--config", tmp_path / "run.toml"]

    def told(samples: int) -> str:
        with pytest.raises(SystemExit) as left:
            main([*map(str, words), "--samples", str(samples), "--device", "cpu"])
        assert left.value.code == 0
        return capsys.readouterr().err

    kept = tmp_path / "run" / "sounds.npz"
    assert "reading" in told(2) and not changed(kept, tmp_path / "mine")
    assert "has changed" not in told(4) + told(6)
    sound(tmp_path / "mine" / "kick" / "new.wav")
    assert f"has changed since this run began, which goes on with the sounds that it had then; remove {kept}" in told(8)
    assert sum(len(paths(kept, split)) for split in splits(kept)) == 12
    kept.unlink()
    assert "has changed" not in told(10) and sum(len(paths(kept, split)) for split in splits(kept)) == 13
