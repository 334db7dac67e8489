"""Files that driftkit did not write survive whatever is written beside or over them, and what it wrote is replaced."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from rig.models import small_model
from rig.wavs import recipe

from driftkit.daemon.bench.page import free as page_is_free
from driftkit.daemon.cli.main import main
from driftkit.daemon.cli.sweeping import kept
from driftkit.sampler.errors import Error
from driftkit.sampler.files import appearing, drop_staged, free, replaceable
from driftkit.sampler.hit import Hit
from driftkit.sampler.importers import import_checkpoint
from driftkit.sampler.model import load
from driftkit.sampler.sound import Sound
from driftkit.sampler.training.checkpoints import save
from driftkit.sampler.training.export import check_free, export
from driftkit.sampler.training.judge import train_judge
from driftkit.sampler.training.log import Log
from driftkit.sampler.training.targets import TARGETS, TrainConfig
from driftkit.sampler.training.train import train

MINE = b"of somebody else"
SMALL = TrainConfig(length=2000, bands=10, widths=(8,), embedding=8, batch=2, precision="float32", evaluate_every=0)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_model(tmp_path_factory.mktemp("home"), "small", ("kick",), 4096)


@pytest.fixture
def mine(tmp_path: Path) -> Callable[[str], Path]:
    """A file of somebody else's, by its name."""

    def make(name: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(MINE)
        return path

    return make


def command(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([*map(str, words)])
    return int(left.value.code or 0)


def checkpoint(path: Path, **more: object) -> Path:
    state = {
        "target": "unet",
        "config": SMALL.as_dict(),
        "samples": 2,
        "ema": TARGETS["unet"].build(SMALL).state_dict(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, state | more)
    return path


def test_a_free_name_is_the_first_that_nobody_has(tmp_path: Path) -> None:
    (tmp_path / "a.wav").symlink_to("nowhere")
    (tmp_path / "a_2.wav").mkdir()
    assert free(tmp_path / "a.wav").name == "a_3.wav" and free(tmp_path / "b.wav").name == "b.wav"


def test_only_what_was_being_written_is_cleared(tmp_path: Path) -> None:
    for name in ("mine.part", ".mine.part", ".a_1_2.part", "a.wav_1_1234567.part"):
        (tmp_path / name).write_bytes(MINE)
    (tmp_path / ".a.wav_1_1234567.part").write_bytes(b"half")
    (tmp_path / ".b.wav_1_1234567.part").mkdir()
    drop_staged(tmp_path)
    assert not (tmp_path / ".a.wav_1_1234567.part").exists() and len(list(tmp_path.iterdir())) == 5
    with appearing(tmp_path / "c.wav") as staged:
        staged.write_bytes(b"half")
        drop_staged(tmp_path)
        assert not staged.exists(), "names are made and known in one place"
        staged.write_bytes(b"whole")


def test_a_sound_is_saved_over_a_sound_of_driftkits_alone(tmp_path: Path, mine: Callable[[str], Path]) -> None:
    one, other = (Sound(np.zeros((1, 9), np.float32), 44100, Hit(seed=seed)) for seed in (1, 2))
    for sound in (one, other):
        sound.save(tmp_path / "a.wav")
    assert recipe(tmp_path / "a.wav")["hit"]["seed"] == 2
    (tmp_path / "empty.wav").touch()  # as one makes a temporary file
    one.save(tmp_path / "empty.wav")
    (tmp_path / "link.wav").symlink_to(tmp_path / "a.wav")
    for path in (mine("kick.wav"), tmp_path / "link.wav"):
        with pytest.raises(Error, match=f"{path.name} is there already, and driftkit did not write it; choose another"):
            one.save(path)
    assert mine("kick.wav").read_bytes() == MINE and (tmp_path / "link.wav").is_symlink()


def test_commands_give_a_number_to_what_would_take_a_name(
    model: Path, mine: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rendered, latent = mine("out/kick_s000007.wav"), mine("out/kick_s000007_2_latent.npy")
    words = ("--model", model, "--device", "cpu", "--out", tmp_path / "out", "--json")
    assert command("render", "--kick", 1, "--seed", 7, *words) == 0
    second = tmp_path / "out" / "kick_s000007_2.wav"
    assert json.loads(capsys.readouterr().out)["path"] == str(second)
    assert command("encode", second, "--steps", 2, *words) == 0
    assert json.loads(capsys.readouterr().out)["path"].endswith("kick_s000007_2_latent_2.npy")
    assert rendered.read_bytes() == latent.read_bytes() == MINE


def test_a_page_replaces_pages_of_its_command_alone(tmp_path: Path, mine: Callable[[str], Path]) -> None:
    page_is_free(tmp_path)
    picture = mine("bench.png")
    with pytest.raises(Error, match=r"bench\.png is there already, and driftkit bench --page did not write it"):
        page_is_free(tmp_path)
    (tmp_path / "bench.md").write_text("# What it costs\n\nWritten by `driftkit bench --page`, from one run\n")
    page_is_free(tmp_path)
    with pytest.raises(Error, match=r"bench\.md is there already, and Model card did not write it"):
        replaceable(tmp_path / "bench.md", "Model card")
    assert picture.read_bytes() == MINE


def test_a_sweep_of_other_settings_or_another_program_is_not_written_over(mine: Callable[[str], Path]) -> None:
    file = mine("sweep.json")
    with pytest.raises(Error, match=r"sweep\.json is not a sweep of driftkit; give another folder with --sweep"):
        kept(file, {"steps": 4})
    file.write_text(json.dumps({"settings": {"steps": 5}, "rows": [1]}))
    with pytest.raises(Error, match="is a sweep of other settings; give another folder with --sweep"):
        kept(file, {"steps": 4})
    assert kept(file, {"steps": 5}) == [1] and kept(file.with_name("none.json"), {}) == []


def test_an_export_replaces_what_the_same_run_exported_alone(tmp_path: Path, mine: Callable[[str], Path]) -> None:
    run, folder = checkpoint(tmp_path / "run" / "checkpoint.pt"), tmp_path / "model"
    export(run, None, folder)
    checkpoint(run, samples=4)
    export(run, None, folder)
    assert json.loads((folder / "model.json").read_text())["trained"]["sounds_shown"] == 4
    other = checkpoint(tmp_path / "other" / "checkpoint.pt")
    edited = (folder / "model.json").read_text() + "\n"
    with pytest.raises(Error, match=rf"{folder} holds a model that was not exported from {tmp_path / 'other'}"):
        export(other, None, folder)
    (folder / "model.json").write_text(edited)
    with pytest.raises(Error, match="or was changed since; give another folder, or move it away"):
        export(run, None, folder)
    weights = mine("theirs/network.safetensors")
    with pytest.raises(Error, match="holds a model that was not exported from"):
        export(run, None, weights.parent)
    assert weights.read_bytes() == MINE and (folder / "model.json").read_text() == edited
    shutil.move(run.with_name("exported.json"), run.with_name("x.json"))
    record = mine("run/exported.json")
    with pytest.raises(Error, match="is not the record of exported models that driftkit keeps there; move it away"):
        export(run, None, folder)
    assert record.read_bytes() == MINE


def test_a_run_of_before_there_was_a_record_replaces_its_own_model(tmp_path: Path) -> None:
    run, folder = checkpoint(tmp_path / "run" / "checkpoint.pt"), tmp_path / "model"
    export(run, None, folder)
    run.with_name("exported.json").unlink()
    other = checkpoint(tmp_path / "other" / "checkpoint.pt", samples=4)
    with pytest.raises(Error, match=rf"{folder} holds a model that was not exported from {tmp_path / 'other'}"):
        check_free(folder, other.parent)
    assert not other.with_name("exported.json").exists()
    check_free(folder, run.parent)  # as the command does before it trains on
    checkpoint(run, samples=4)
    export(run, None, folder)
    assert json.loads((folder / "model.json").read_text())["trained"]["sounds_shown"] == 4
    run.with_name("exported.json").unlink()
    file = folder / "network.safetensors"
    file.write_bytes(file.read_bytes()[:-1] + b"\x55")
    with pytest.raises(Error, match="or was changed since; give another folder, or move it away"):
        export(run, None, folder)


def test_an_import_takes_no_place_that_has_weights(tmp_path: Path, mine: Callable[[str], Path]) -> None:
    weights = mine("model/classifier.safetensors")
    with pytest.raises(Error, match=r"there is a model in .* already"):
        import_checkpoint(tmp_path / "none.pt", weights.parent)
    assert weights.read_bytes() == MINE


def test_a_graph_of_somebody_elses_is_not_written_over(model: Path, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from driftkit.sampler.engines import example
    from driftkit.sampler.graphs import write_graph

    folder = Path(shutil.copytree(model, tmp_path / "small"))
    loaded = load(str(folder), "cpu")
    inputs = example(loaded.spec, loaded.kind.conditional)
    write_graph(loaded.module, folder, inputs)
    before = write_graph(loaded.module, folder, inputs).read_bytes()
    assert sorted(path.name for path in folder.glob("*.onnx*")) == ["network.onnx"] and before
    (folder / "network.onnx").write_bytes(MINE)
    with pytest.raises(Error, match=r"network\.onnx is there already, and `driftkit onnx` did not write it"):
        write_graph(loaded.module, folder, inputs)
    assert (folder / "network.onnx").read_bytes() == MINE


@pytest.mark.parametrize("name", ["checkpoint.pt", "log.jsonl"])
def test_a_run_begins_beside_no_files_of_another_program(
    packed: Path, tmp_path: Path, mine: Callable[[str], Path], name: str
) -> None:
    file = mine(name)
    with pytest.raises(Error, match=f"{name} (cannot be read|is not the log of a run of driftkit)"):
        train("unet", packed, tmp_path, SMALL)
    assert file.read_bytes() == MINE


def test_a_run_leaves_names_of_others_alone(packed: Path, tmp_path: Path, mine: Callable[[str], Path]) -> None:
    files = [mine(name) for name in ("checkpoint.part", "best.part", "log.part", "sounds.part.npz", "sounds/mine.wav")]
    (tmp_path / ".checkpoint.pt_1_1234567.part").write_bytes(b"of a run that was killed")
    train("unet", packed, tmp_path, SMALL.changed(samples=4))
    assert all(file.read_bytes() == MINE for file in files)
    assert (tmp_path / "checkpoint.pt").exists() and not list(tmp_path.glob(".*.part"))


def test_a_checkpoint_of_another_program_is_said(tmp_path: Path) -> None:
    torch.save({"state_dict": {}}, tmp_path / "checkpoint.pt")
    with pytest.raises(Error, match=r"checkpoint\.pt is not a checkpoint of driftkit; give another folder"):
        export(tmp_path / "checkpoint.pt", None, tmp_path / "model")


@pytest.mark.parametrize("text", ["hello\n", '[1]\n{"samples": 3}\n', '{"samples": 1}\nx\n{"samples": 3}\n', "{}\n"])
def test_a_log_that_is_none_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / "log.jsonl").write_text(text)
    with pytest.raises(Error, match="is not the log of a run of driftkit; give another folder, or move it away"):
        Log(tmp_path, 0)
    assert (tmp_path / "log.jsonl").read_text() == text


def test_a_pack_of_another_folder_is_not_written_over(
    sounds: Path, mine: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = mine("run/sounds.npz")
    assert command("train", "--data", sounds, "--out", file.parent) == 2
    assert f"{file} does not hold the sounds of {sounds}; give another --out" in capsys.readouterr().err
    assert file.read_bytes() == MINE


@pytest.mark.parametrize("name", ["judge.json", "judge.safetensors"])
def test_a_judge_takes_no_place_that_is_taken(
    packed: Path, tmp_path: Path, mine: Callable[[str], Path], name: str
) -> None:
    file = mine(name)
    with pytest.raises(Error, match=f"{name} is there already; give another folder, or move it away"):
        train_judge(packed, tmp_path, samples=8, batch=8)
    assert file.read_bytes() == MINE
