"""`driftkit patches`: whose files it writes over, for which model, and what it says where it cannot."""

import json
from pathlib import Path

import pytest
from rig.models import small_model

from driftkit.daemon.cli.main import main


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(map(str, words)))
    assert isinstance(left.value.code, int)
    return left.value.code


def test_files_of_somebody_else_are_left_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "Größe 🥁"
    assert run("patches", "pd", "--out", out, "--json") == 0
    written = [Path(json.loads(line)["path"]) for line in capsys.readouterr().out.splitlines()]
    assert written and all(path.parent == out and path.stat().st_size for path in written)
    assert run("patches", "pd", "--out", out) == 0, "the same again is no harm"
    first, second = sorted(written)[:2]
    first.write_text("mine")
    second.unlink()
    (out / "other.txt").write_text("mine, too")
    capsys.readouterr()
    assert run("patches", "pd", "--out", out) == 2
    said = capsys.readouterr().err
    assert f"holds other files than driftkit would write: {first.name}; choose another --out, or give --force" in said
    assert first.read_text() == "mine" and not second.exists(), "nothing is written"
    assert run("patches", "pd", "--check", "--out", out) == 2
    assert run("patches", "pd", "--force", "--out", out) == 0
    assert first.read_text() != "mine" and second.exists() and (out / "other.txt").read_text() == "mine, too"
    assert run("patches", "pd", "--check", "--out", out) == 0


def test_a_place_where_nothing_can_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert run("patches", "reaper", "--out", tmp_path / "file" / "below") == 2
    said = capsys.readouterr().err
    assert said.startswith("driftkit: ") and len(said.splitlines()) == 1
    assert run("patches", "live", "--out", tmp_path) == 2 and "is not one of 'max', 'pd'" in capsys.readouterr().err


def test_a_model_of_ones_own_has_its_own_knobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    small_model(tmp_path, "mine", ("bongo", "cowbell"), 4096, steps=1)
    assert run("patches", "max", "--model", "mine", "--out", tmp_path / "out") == 0
    assert run("patches", "pd", "--model", "mine", "--out", tmp_path / "out") == 0
    for name in ("driftkit.maxpat", "driftkit.pd"):
        text = (tmp_path / "out" / name).read_text()
        assert "cowbell" in text and "hihat_closed" not in text
