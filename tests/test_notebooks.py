"""Notebooks run from top to bottom, and are kept without what they put out."""

import json
import os
import shlex
import sys
from pathlib import Path

import pytest
from rig import warm
from rig.daemon import MAIN, environment
from rig.models import small_model, stand_in
from rig.tools import library

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# a kernel that has matplotlib before it begins must be told where pictures go
QUICK = 'MODEL = "default"\nBEGIN_WITH = "small"\nMINUTES = 0.005\nCOUNT = 1\n%matplotlib inline\n'
RUN = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
for cell in notebook.cells:
    if "parameters" in cell.metadata.get("tags", ()):
        cell.source = sys.argv[2]
NotebookClient(notebook, timeout=300, kernel_name="warm").execute()
nbformat.write(notebook, sys.argv[3])
"""


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.name)
def test_it_is_kept_without_what_it_put_out(file: Path) -> None:
    for cell in json.loads(file.read_text())["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None


@pytest.mark.slow
def test_the_first_sounds_are_made_from_top_to_bottom(tmp_path: Path) -> None:
    """On a model of the shipped one's form, whose sounds are quick; what is trained begins with a small one."""
    library("nbclient")
    home = tmp_path / "home"
    stand_in(home)
    small_model(home, "small", ("kick", "snare"), 8192, bands=64)
    warm.server()
    python = [sys.executable, "-I", "-S", warm.__file__]  # a kernel and a command that need not import torch anew
    kernel = tmp_path / "jupyter" / "kernels" / "warm"
    kernel.mkdir(parents=True)
    argv = [*python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "warm", "language": "python"}))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "driftkit").write_text(f'#!/bin/sh\nexec {shlex.join([*python, *MAIN])} "$@"\n')
    (tmp_path / "bin" / "driftkit").chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    told = environment(home) | {
        "PATH": path, "JUPYTER_PLATFORM_DIRS": "1", "JUPYTER_PATH": str(tmp_path / "jupyter"),
    }  # fmt: skip
    words = ["-c", RUN, ROOT / "notebooks" / "first_sounds.ipynb", QUICK, tmp_path / "out.ipynb"]
    done = warm.run(words, told, ROOT / "notebooks")
    assert done.returncode == 0, done.stderr[-3000:]
    cells = json.loads((tmp_path / "out.ipynb").read_text())["cells"]
    shown = [one["data"] for cell in cells for one in cell.get("outputs", ()) if "data" in one]
    assert sum("image/png" in data for data in shown) == sum("<audio" in str(data) for data in shown) == 7
