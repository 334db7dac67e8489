"""`driftkit pack`: the same files whoever renders them, and finished whatever happened meanwhile."""

import csv
import json
import os
import signal
import tarfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image
from rig import warm, wavs
from rig.daemon import MAIN, PATIENCE_S, driftkit, environment, here, until
from rig.models import stand_in
from rig.tools import library

from driftkit.daemon.packs.near import Neighbours
from driftkit.daemon.packs.plan import shared
from driftkit.sampler.wav import read_wav_info

WORDS = ("pack", "--engine", "torch", "--device", "cpu", "--seed", 5)
CLASSES = ("--classes", "kick=.4,snare=.4,tom=.2")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user whose model renders in milliseconds."""
    home = tmp_path_factory.mktemp("home")
    stand_in(home)
    return home


def packed(home: Path, out: Path, *words: object, code: int = 0) -> str:
    """What the command says on stderr; workers import torch anew, which may take minutes on a busy machine."""
    told = warm.run([*MAIN, *WORDS, "--name", "test", "--out", out, *words], environment(home), timeout=10 * PATIENCE_S)
    assert told.returncode == code and "Traceback" not in told.stderr, told.stderr
    return told.stderr


def hashes(out: Path) -> dict[str, str]:
    """Every file of a pack, but for what driftkit notes for itself."""
    files = (path for path in out.rglob("*") if path.is_file() and ".driftkit" not in path.parts)
    return {str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in files}


def rows(out: Path) -> list[dict[str, str]]:
    with open(out / "pack.csv", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def one(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of twenty by one process."""
    out = tmp_path_factory.mktemp("packs") / "one"
    packed(home, out, "-n", 20, *CLASSES)
    return out


def test_a_pack_is_sorted_named_and_told(one: Path) -> None:
    files = hashes(one)
    assert sorted(files) == sorted(
        [f"Kick/Kick_{n:03d}.wav" for n in range(1, 9)]
        + [f"Snare/Snare_{n:03d}.wav" for n in range(1, 9)]
        + [f"Tom/Tom_{n:03d}.wav" for n in range(1, 5)]
        + ["LICENCE.txt", "contact_sheet.png", "index.html", "pack.csv", "pack.json"]
    )
    told = json.loads((one / "pack.json").read_text())
    assert (told["name"], told["made"], told["kept"], told["engine"]) == ("test", 20, 20, "torch")
    assert [kind["count"] for kind in told["kinds"]] == [8, 8, 4]
    for row, line in zip(rows(one), told["sounds"], strict=True):
        assert files[row["file"]] == row["sha256"] == line["sha256"]
        assert row["class"] == row["file"].partition("/")[0].lower()
        assert int(row["seed"]) == 5 + int(row["hit"]) == line["seed"]
    ranks = [(-line["sure"], -line["judged"], line["hit"]) for line in sorted(told["sounds"], key=lambda x: x["file"])]
    assert ranks[:8] == sorted(ranks[:8]) and ranks[8:16] == sorted(ranks[8:16])
    assert not list((one / ".driftkit" / "pack").glob("0*"))


def test_each_file_holds_recipe_root_note_and_licence_and_can_be_recalled(
    one: Path, home: Path, tmp_path: Path
) -> None:
    file = one / "Snare" / "Snare_003.wav"
    info = read_wav_info(file)
    assert info["INAM"] == "Snare" and info["ISFT"].startswith("driftkit") and "yours" in info["ICOP"]
    recipe = json.loads(info["ICMT"])
    (row,) = [row for row in rows(one) if row["file"] == "Snare/Snare_003.wav"]
    assert recipe["hit"]["classes"] == {"snare": 1.0} and recipe["hit"]["seed"] == int(row["seed"])
    at = file.read_bytes().index(b"smpl")
    assert int.from_bytes(file.read_bytes()[at + 20 : at + 24], "little") == 38
    assert int.from_bytes(file.read_bytes()[at + 36 : at + 40], "little") == 0  # loops
    told = driftkit("recall", file, "--out", tmp_path, "--json", "--device", "cpu", home=home)
    again = wavs.samples(Path(json.loads(told.stdout)["path"]))
    assert np.abs(again - wavs.samples(file)).max() <= 1e-5 + wavs.LSB


def test_the_page_names_every_sound_and_the_sheet_pictures_them(one: Path) -> None:
    page = (one / "index.html").read_text()
    assert all(f'data-file="{row["file"]}"' in page for row in rows(one)) and page.count("<button") == 20
    assert "http" not in page  # nothing from elsewhere
    with Image.open(one / "contact_sheet.png") as sheet:
        assert sheet.size[0] == 8 * (44 + 2) and len(sheet.getcolors()) > 10


@pytest.mark.slow
def test_two_processes_and_actors_of_ray_make_the_same_files(one: Path, home: Path, tmp_path: Path) -> None:
    library("ray")
    for workers in ("2", "ray:2"):
        packed(home, tmp_path / "out", "-n", 20, *CLASSES, "--workers", workers)
        assert hashes(tmp_path / "out") == hashes(one)
        (tmp_path / "out").rename(tmp_path / workers.replace(":", ""))


def test_a_pack_that_was_killed_and_damaged_is_finished_the_same(one: Path, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = [*WORDS, "--name", "test", "--out", out, "-n", 20, *CLASSES]
    process = warm.Process([*MAIN, *words], environment(home))
    until(lambda: list(out.glob(".driftkit/pack/0*/0*.wav")), "a first sound")
    process.kill()
    process.wait(60)
    for file in list(out.glob(".driftkit/pack/0*/0*.wav"))[:1]:
        with open(file, "r+b") as broken:
            broken.truncate(100)
    packed(home, out, "-n", 20, *CLASSES)
    assert hashes(out) == hashes(one)
    (out / "Tom" / "Tom_002.wav").unlink()
    (out / "Kick" / "Kick_001.wav").write_bytes(b"not a drum")
    (out / "index.html").unlink()
    assert "2 sounds of the pack are missing or changed, and are made again" in packed(home, out, "-n", 20, *CLASSES)
    assert hashes(out) == hashes(one)
    assert "20 sounds of 20 that were made" in packed(home, out, "-n", 20, *CLASSES)


def test_a_ctrl_c_ends_after_the_hits_in_flight(home: Path, tmp_path: Path) -> None:
    process = warm.Process([*MAIN, *WORDS, "--out", tmp_path / "out", "-n", 3000], environment(home), stderr=-1)
    until(lambda: list(tmp_path.glob("out/.driftkit/pack/0*/0*.wav")), "a first sound")
    busy = driftkit(*WORDS, "--out", tmp_path / "out", "-n", 3000, home=home)
    assert f"is in use by another driftkit (process {process.pid})" in busy.stderr and busy.returncode == 2
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    assert "of 3000 hits are there; the same command goes on" in process.stderr.read()
    process.stderr.close()


def test_what_is_alike_or_unsure_goes_and_numbers_stay_without_gaps(home: Path, one: Path, tmp_path: Path) -> None:
    packed(home, tmp_path / "keep", "-n", 20, *CLASSES, "--keep", 0.5, "--flac", "--normalise")
    best = {row["hit"] for row in rows(one) if int(row["number"]) <= (2 if row["class"] == "tom" else 4)}
    assert {row["hit"] for row in rows(tmp_path / "keep")} == best
    file = tmp_path / "keep" / "Tom" / "Tom_002.flac"
    samples, _ = soundfile.read(file)
    assert np.abs(samples).max() == pytest.approx(0.98, abs=1e-4) and soundfile.info(file).subtype == "PCM_24"
    assert json.loads(read_wav_info(file)["ICMT"])["played"]["gain_db"] > 0
    packed(home, tmp_path / "unlike", "-n", 20, *CLASSES, "--unlike", 0.05, "--tar")
    left = rows(tmp_path / "unlike")
    assert 3 <= len(left) < 20
    inside = {}
    for archive in (tmp_path / "unlike").glob("sounds_*.tar"):
        with tarfile.open(archive) as tar:
            inside |= {name: sha256(tar.extractfile(name).read()).hexdigest() for name in tar.getnames()}
    assert inside == {row["file"]: row["sha256"] for row in left}
    (archive, *_) = (tmp_path / "unlike").glob("sounds_*.tar")
    before = archive.read_bytes()
    archive.write_bytes(before[:5000])
    packed(home, tmp_path / "unlike", "-n", 20, *CLASSES, "--unlike", 0.05, "--tar")
    assert archive.read_bytes() == before


def test_neighbours_of_sounds_and_grids_between_them(home: Path, one: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for number, name in enumerate(("Fat Kick.wav", "thin.wav"), 1):
        os.link(one / "Kick" / f"Kick_{number:03d}.wav", mine / name)
    (mine / "notes.txt").write_text("no sound")
    out = tmp_path / "near"
    packed(home, out, "-n", 5, "--vary", mine, "--variation", 0.2)
    names = [f"fat-kick/fat-kick_00{n}.wav" for n in (1, 2, 3)] + [f"thin/thin_00{n}.wav" for n in (1, 2)]
    assert sorted(row["file"] for row in rows(out)) == names
    assert len(list((out / "sources").iterdir())) == 2
    told = driftkit("recall", out / "thin" / "thin_001.wav", "--out", tmp_path, "--json", "--device", "cpu", home=home)
    assert json.loads(told.stdout)["hit"]["task"] == "vary"
    axes = ("--grid", "variation=0:1:3", "interpolation=0:1:2")
    sources = ("--source-a", mine / "thin.wav", "--source-b", mine / "Fat Kick.wav")
    packed(home, tmp_path / "grid", *axes, *sources)
    grid = tmp_path / "grid" / "Grid"
    assert sorted(path.name for path in grid.iterdir()) == [f"Grid_0{y}_0{x}.wav" for y in (1, 2) for x in (1, 2, 3)]
    for row, name in ((1, "thin.wav"), (2, "Fat Kick.wav")):  # no noise: the sounds themselves
        assert np.abs(wavs.samples(grid / f"Grid_0{row}_01.wav") - wavs.samples(mine / name)).max() <= 2 * wavs.LSB
    assert not np.allclose(wavs.samples(grid / "Grid_01_03.wav"), wavs.samples(mine / "thin.wav"), atol=0.01)


def test_a_dry_run_says_what_it_will_take_and_makes_nothing(home: Path, tmp_path: Path) -> None:
    told = driftkit(*WORDS, "--out", tmp_path / "out", "-n", 100_000, "--dry-run", "--json", home=home)
    line = json.loads(told.stdout)
    assert line["sounds"] == 100_000 and line["gb"] == pytest.approx(100_000 * (44032 * 3 + 2000) / 1e9, rel=0.01)
    assert line["hours"] == pytest.approx(line["seconds_per_sound"] * 100_000 / 3600, rel=0.05) and line["hours"] > 0
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words, sentence",
    [
        (("-n", 0), "-n is 0; it must be from 1 to 16777216, as every sound has a seed of its own"),
        (("-n", 10**9), "-n is 1000000000 (134,096 GB); it must be from 1 to 16777216, as every sound"),
        ((), "-n is missing; say how many sounds are to be made, such as -n 500"),
        (("-n", 4, "--classes", "kik=1"), "--classes names 'kik', which the model default has not; did you mean kick?"),
        (("-n", 4, "--classes", "kick=0,tom=0"), "the shares of --classes (kick=0,tom=0) sum to nothing; give one"),
        (("-n", 4, "--classes", "kick=x"), "--classes has kick=x; each class stands there once, as NAME=SHARE"),
        (("-n", 4, "--classes", "kick", "--snare", 1), "--classes and --snare both say what the sounds are; give one"),
        (("-n", 4, "--unlike", 3), "--unlike is 3 and --keep 1; they must be from 0 to 2, and above 0 to 1"),
        (("-n", 4, "--steps", 900), "steps is 900; it must be from 1 to 400"),
        (("-n", 4, "--vary", "nowhere"), "--vary is nowhere, which is no folder; give one of sounds"),
        (("-n", 4, "--flac", "--depth", "float"), "--depth is float, which FLAC does not know; take 16 or 24"),
        (("-n", 4, "--workers", "many"), "--workers is many; it must be a number of processes, such as 2, or ray"),
        (("--grid", "variation", "guidance=0:1:2"), "--grid has variation; an axis is NAME=LOW:HIGH:COUNT, such as"),
        (("--grid", "guidance=0:99:3", "kick=0:1:2"), "guidance is 99; it must be from 0 to 10"),
        (
            ("--grid", "guidense=0:1:3", "kick=0:1:2"),
            "--grid names guidense, which is no control with numbers; did you",
        ),
        (("--grid", "kick=0:1:2", "kick=0:1:2"), "--grid names kick twice; take two controls"),
        (("-n", 4, "--source-a", "x.wav"), "--source-a and --source-b belong to --grid; for neighbours of sounds take"),
    ],
)
def test_what_cannot_be_is_a_sentence(home: Path, tmp_path: Path, words: tuple[object, ...], sentence: str) -> None:
    refused = here(*WORDS, "--name", "test", "--out", tmp_path / "out", *words, home=home)
    told = refused.stderr
    assert refused.returncode == 2 and told.startswith(f"driftkit: {sentence}"), told
    assert not (tmp_path / "out").exists()


def test_a_folder_of_something_else_is_refused(one: Path, home: Path, tmp_path: Path) -> None:
    assert "was begun with another groups" in packed(home, one, "-n", 41, *CLASSES, code=2)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "song.txt").write_text("la")
    told = packed(home, tmp_path / "mine", "-n", 4, code=2)
    assert "is there already and not an empty folder; give another place with --out" in told
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["song.txt"]


def test_shares_are_whole_and_make_up_the_count() -> None:
    assert shared(10, [0.4, 0.4, 0.2]) == [4, 4, 2] and shared(1, [1, 1, 1]) == [1, 0, 0]
    assert shared(500, [1.0] * 13) == [39] * 6 + [38] * 7


@pytest.mark.parametrize("most", [2000, 10**6])
def test_neighbours_in_cells_are_those_of_all_pairs(most: int) -> None:
    draw = np.random.default_rng(3)
    places = draw.normal(size=(1500, 16)).astype(np.float32)
    places[700:] = places[:800] + 0.05 * draw.normal(size=(800, 16))  # all of them near an earlier one
    places[1400:] = draw.normal(size=(100, 16))
    found = Neighbours(0.02, most).add(places)
    kept: list[int] = []
    for i, place in enumerate(places / np.linalg.norm(places, axis=1, keepdims=True)):
        others = places[kept] / np.linalg.norm(places[kept], axis=1, keepdims=True)
        if not kept or (1 - others @ place).min() >= 0.02:
            kept.append(i)
    wrong = int((found != np.isin(np.arange(1500), kept)).sum())
    assert 750 < len(kept) < 850 and wrong <= (0 if most == 2000 else 8)  # cells may miss a few
