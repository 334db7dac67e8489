"""What cannot be exported is refused before anything is rendered, and leaves nothing behind."""

import os
import re
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from rig.exporting import LONG, export, exporter
from rig.tools import need

from driftkit.daemon.cli.main import cli
from driftkit.daemon.exports.formats import FORMATS, Format
from driftkit.daemon.exports.kit import chokes, plain, velocities
from driftkit.daemon.exports.staging import bounded
from driftkit.sampler.errors import Error


@pytest.fixture(scope="module", autouse=True)
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Who exports."""
    yield from exporter(tmp_path_factory)


def test_a_folder_that_is_not_empty_is_refused_before_anything_is_rendered(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "song.txt").write_text("mine")
    with pytest.raises(Error, match=r"mine is there already and not an empty folder; give another place with --out"):
        export(tmp_path / "mine", "sfz")
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["song.txt"]
    (tmp_path / "empty").mkdir()
    export(tmp_path / "empty", "sfz")
    assert (tmp_path / "empty" / "mine.sfz").is_file()


@pytest.mark.parametrize("how", [("-t", "tmpfs", "none"), ("--bind", "other")])
def test_a_disk_of_its_own_takes_a_kit(how: tuple[str, ...], tmp_path: Path) -> None:
    need("mount", "mount")
    disk = tmp_path / "disk"
    for folder in (disk, tmp_path / "other"):
        folder.mkdir()
    assert not bounded(disk) and not bounded(tmp_path / "none")
    if os.geteuid() or subprocess.run(["mount", *how, disk], cwd=tmp_path, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        assert bounded(disk)
        export(disk, "hydrogen")
        assert sorted(file.name for file in disk.iterdir()) == ["LICENCE.txt", "mine.h2drumkit"]
        with pytest.raises(Error, match=r"disk is there already and not an empty folder; give another place"):
            export(disk, "hydrogen")
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize(
    ("form", "layers", "turns", "words"),
    [
        ("hydrogen", 2, 10, "make 20 sounds of a pad; this format takes 16"),
        ("drumrack", 2, 1, "make 2 .* takes 1 at most"),
    ],
)
def test_more_sounds_than_a_format_takes_are_refused_before_any_is_rendered(
    form: str, layers: int, turns: int, words: str, tmp_path: Path
) -> None:
    with pytest.raises(Error, match=words):
        export(tmp_path / "many", form, "--layers", layers, "--round-robin", turns, "--model", "not/there")
    assert not list(tmp_path.iterdir())


def test_a_format_whose_package_is_missing_names_the_extra() -> None:
    with pytest.raises(Error, match=r'needs the extra toy of driftkit; pip install "driftkit\[toy\]"'):
        Format("", lambda kit, folder: [], package="no_such_package", extra="toy").permit(1, 1)


@pytest.mark.parametrize("form", FORMATS)
def test_a_disk_that_fills_leaves_nothing_behind(form: str, tmp_path: Path) -> None:
    """No file may grow beyond 24,000 bytes, one less than a sound has: the system refuses as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (24_000, before[1]))
    try:
        with pytest.raises(Error, match="cannot be written") as refused:
            export(tmp_path / "full", form)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ".part" not in str(refused.value) and "Traceback" not in str(refused.value)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_a_kit_without_pads_and_a_format_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Error, match="the kit none has no pads"):
        cli.main(["export", "none", "--out", str(tmp_path)], prog_name="driftkit", standalone_mode=False)
    with pytest.raises(click.BadParameter, match="'kontakt' is not one of"):
        export(tmp_path, "kontakt")


def test_the_page_lists_every_format() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exporting.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (?:yes|files|no) ", page, flags=re.MULTILINE)
    assert rows == [(name, form.about) for name, form in FORMATS.items()]


def test_hats_choke_each_other_unless_the_kit_says_otherwise() -> None:
    notes = {1: 36, 2: 42, 3: 44, 4: 46}
    assert chokes({1: None, 2: None, 3: None, 4: None}, notes) == {1: 0, 2: 1, 3: 1, 4: 1}
    assert chokes({1: 1, 2: None, 3: None, 4: 0}, notes) == {1: 1, 2: 2, 3: 2, 4: 0}
    assert chokes({1: None, 2: 7, 3: None, 4: None}, notes) == {1: 0, 2: 7, 3: 7, 4: 7}


def test_velocities_are_shared_out_without_a_gap() -> None:
    for layers in range(1, 9):
        spans = velocities(layers)
        assert [v for low, high in spans for v in range(low, high + 1)] == list(range(1, 128))


@pytest.mark.parametrize(("name", "file"), [("Größe", "groe"), ("Crash 🥁", "crash"), ("鼓", ""), (LONG, plain(LONG))])
def test_file_names_are_plain(name: str, file: str) -> None:
    assert plain(name) == file and len(file) <= 32 and file.isascii()
