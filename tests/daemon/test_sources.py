"""What may be read over a network: only below the roots, and what lies elsewhere is not even looked at."""

import os
from pathlib import Path
from typing import Any

import pytest

from driftkit.daemon.reading.sources import Sources
from driftkit.daemon.sinks.folder import Folder
from driftkit.daemon.sinks.ledger import Ledger
from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A root behind a link, a folder that is none, and links of every kind between them."""
    root, other = tmp_path / "disk" / "samples", tmp_path / "other"
    for folder in (root / "drums", other):
        folder.mkdir(parents=True)
    for file in (root / "drums" / "kick.wav", other / "secret.wav"):
        file.write_bytes(b"")
    (tmp_path / "link").symlink_to(root)
    (root / "out").symlink_to(other)
    (root / "up").symlink_to("../../other/secret.wav")
    (root / "within").symlink_to("drums/../drums")
    (root / "circle").symlink_to("circle")
    return tmp_path


@pytest.fixture
def sources(place: Path) -> Sources:
    folder = Folder(place / "OUT")
    return Sources(folder, [place / "link", folder.root], Ledger(place / "kits", ""))


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every path that the system is asked about."""
    seen: list[str] = []
    for name in ("stat", "lstat", "readlink", "open", "access"):
        asked = getattr(os, name)

        def spy(path: Any, *rest: Any, _asked: Any = asked, **named: Any) -> Any:
            seen.append(os.fspath(path) if not isinstance(path, int) else "")
            return _asked(path, *rest, **named)

        monkeypatch.setattr(os, name, spy)
    return seen


@pytest.mark.parametrize(
    "name", ["link/drums/kick.wav", "disk/samples/drums/kick.wav", "link/within/../within/kick.wav"]
)
def test_a_file_below_a_root_is_found_by_either_of_its_names(sources: Sources, place: Path, name: str) -> None:
    assert sources.allowed(str(place / name)) == place / "disk" / "samples" / "drums" / "kick.wav"


def test_a_link_within_a_root_is_followed_and_a_relative_name_counts_from_out(sources: Sources, place: Path) -> None:
    assert sources.allowed(str(place / "link/within/kick.wav")).samefile(place / "disk/samples/drums/kick.wav")
    assert sources.allowed("live/01.wav") == place / "OUT" / "live" / "01.wav"


@pytest.mark.parametrize(
    "name",
    [
        "{0}/other/secret.wav", "{0}/link/../other/secret.wav", "{0}/link/out/secret.wav", "{0}/link/up",
        "{0}/link2/x", "../other/secret.wav", "{0}/disk/samples_too/x.wav", "/", "~/x.wav",
    ],
)  # fmt: skip
def test_what_lies_outside_is_refused_and_not_looked_at(
    sources: Sources, place: Path, looked: list[str], name: str
) -> None:
    linked = name in ("{0}/link/out/secret.wav", "{0}/link/up")  # whose own folder is allowed already
    end = place / "other" / "secret.wav"
    lies, allow = (f"leads by a link to {end}, which lies", end.parent) if linked else ("lies", "its folder")
    with pytest.raises(Error, match=rf"{lies} outside the folders that may be read \(.*; allow {allow} with --samples"):
        sources.allowed(name.format(place))
    roots = (str(place / "disk" / "samples"), str(place / "OUT"))
    assert [path for path in looked if path and not path.startswith(roots)] == []


def test_links_in_a_circle_are_said(sources: Sources, place: Path) -> None:
    with pytest.raises(Error, match="cannot be a file here: its links lead in a circle"):
        sources.allowed(str(place / "link/circle"))


def test_a_source_is_named_by_a_hash_alone(sources: Sources, place: Path, looked: list[str]) -> None:
    for name in ("sha256:../../other/secret", f"sha256:{'0' * 63}", "sha256:"):
        with pytest.raises(Error, match="names no source; a source's name is sha256: and 64 hexadecimal digits"):
            sources.reader({})(name, 44100)
        with pytest.raises(Error, match="names no source"):
            sources.near(place / "disk/samples/drums/kick.wav", Hit(task="vary", source_a=name))
    assert not any("secret" in path for path in looked)
