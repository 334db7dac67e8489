"""Kits as files: read once while they do not change, saved over what a person wrote, and through links."""

import logging
import os
from pathlib import Path

import pytest

from driftkit.daemon.kits.library import Kit, Library, PadKit
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.spec import find_model, read_spec

CONTROLS = controls(read_spec(find_model("default")))
BY_HAND = """\
# my comment
# and a second line
name: mine   # the name
about: "it's # no comment"

pads:
  # the first
  1: {kick: 1, note: 036}   # main kick
  010: {snare: 1}  # ten
  3:
    kick: 1e0  # one
    tom: 0.5
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "mine.yaml").write_text(BY_HAND)
    return Library(dict(CONTROLS), tmp_path)


def old(path: Path) -> None:
    """As if it had been written an hour ago."""
    at = path.stat().st_mtime - 3600
    os.utime(path, (at, at))


def test_a_kit_is_read_once_while_its_file_and_the_controls_stay(library: Library) -> None:
    path = library.user / "mine.yaml"
    old(path)
    kit = library.load("mine")
    assert library.load("mine") is kit
    path.write_text(BY_HAND.replace("note: 036", "note: 37"))
    assert library.load("mine").pads[1].values["note"] == 37
    old(path)
    again = library.load("mine")
    library.controls = dict(CONTROLS)
    assert library.load("mine") is not again, "another table may take other values"


def test_a_file_that_has_just_been_written_is_read_again(library: Library) -> None:
    """It may be written once more without its time or its size telling."""
    path = library.user / "mine.yaml"
    library.load("mine")
    before = path.stat()
    path.write_text(BY_HAND.replace("kick: 1,", "kick: 0,"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert library.load("mine").pads[1].values["kick"] == 0


def test_what_the_list_says_of_a_kit(library: Library) -> None:
    (library.user / "mine.yaml").write_text("program: 7\nabout: hard\npads:\n  1: {kick: 1}\n")
    (library.user / "wrong.yaml").write_text("pads:\n  1: {kick: 7}\n")
    for name in ("mine", "wrong"):
        old(library.user / f"{name}.yaml")
    head = library.heads()["mine"]
    assert (head.about, head.program, head.pads, head.wrong) == ("hard", 7, 1, "")
    assert library.heads()["mine"] is head
    assert library.heads()["wrong"].wrong == f"{library.user / 'wrong.yaml'}, line 2: kick is 7; it must be from 0 to 1"
    assert library.heads()["wrong"] is library.heads()["wrong"] and library.heads()["wrong"].program is None


def test_saving_over_a_kit_keeps_what_a_person_wrote(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    hit = Hit(kick=1, seed=5, steps=3, model="default@0123456789abcdef")
    pads = {
        1: PadKit({"kick": 1.0, "note": 36}, hit),
        3: PadKit({"kick": 0.25, "name": "08"}),
        10: PadKit({"snare": 1.0}),
    }
    kit = Kit("mine", pads, model="default", about="it's # no comment")
    text = library.save(kit).text
    assert Library(CONTROLS, library.user).load("mine") == kit
    for line in ("# my comment", "# and a second line", "name: mine   # the name", "  # the first", "# main kick"):
        assert line in text, text
    assert "note: 036" in text and "010: {snare: 1}  # ten" in text, "what says the same stays as it is written"
    assert "kick: 0.25" in text and "# one" in text and "could not be kept" not in caplog.text
    assert "hit:" in text


def test_comments_that_cannot_be_kept_are_named(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        text = library.save(Kit("mine", {1: PadKit({"kick": 1.0})})).text
    assert "# my comment" in text and "# ten" not in text
    assert "of its comments these could not be kept: " in caplog.text and "# ten" in caplog.text


@pytest.mark.parametrize(
    "before", [b"# mine\npads: [", b"\xff\xfe\xfa# x", b"# mine\npads: {1: {kick: 1}, 1: {}}\n", b""]
)
def test_a_kit_is_saved_over_whatever_lies_there(library: Library, before: bytes) -> None:
    (library.user / "mine.yaml").write_bytes(before)
    kit = Kit("mine", {1: PadKit({"kick": 1.0})})
    library.save(kit)
    assert Library(CONTROLS, library.user).load("mine") == kit


def test_a_kit_just_saved_is_the_one_that_is_loaded(library: Library) -> None:
    (library.user / "mine.yaml").write_text("# mine\npads: {1: {kick: 1}}\n")
    saved = library.save(Kit("mine", {1: PadKit({"kick": 0.5})}))
    assert library.load("mine") is saved
    assert saved.text == (library.user / "mine.yaml").read_text() and saved.text.startswith("# mine")


def test_a_link_is_followed_and_stays(library: Library, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("dotfiles") / "kit.yaml"
    elsewhere.write_text(BY_HAND)
    elsewhere.chmod(0o600)
    link = library.user / "linked.yaml"
    link.symlink_to(elsewhere)
    library.save(Kit("linked", {1: PadKit({"kick": 0.5})}))
    assert link.is_symlink() and elsewhere.stat().st_mode & 0o777 == 0o600
    assert "# my comment" in elsewhere.read_text() and "kick: 0.5" in elsewhere.read_text()
    assert [path.name for path in elsewhere.parent.iterdir()] == ["kit.yaml"]
    elsewhere.unlink()
    library.save(Kit("linked", {2: PadKit({"kick": 0.5})}))
    assert link.is_symlink() and library.load("linked").pads[2].values == {"kick": 0.5}


def test_a_link_to_nowhere_or_to_itself_is_refused(library: Library, tmp_path: Path) -> None:
    (library.user / "gone.yaml").symlink_to(tmp_path / "no" / "kit.yaml")
    with pytest.raises(Error, match="whose folder is not there; make it or remove the link"):
        library.save(Kit("gone", {}))
    assert not (tmp_path / "no").exists()
    (library.user / "round.yaml").symlink_to(library.user / "round.yaml")
    with pytest.raises(Error, match="the preset round cannot be saved"):
        library.save(Kit("round", {}))
    assert (library.user / "round.yaml").is_symlink()
