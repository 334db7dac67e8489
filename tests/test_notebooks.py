"""Notebooks run from top to bottom, and are kept without what they put out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rig.daemon import environment
from rig.models import small_model, stand_in
from rig.tools import library

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
QUICK = 'MODEL = "default"\nBEGIN_WITH = "small"\nMINUTES = 0.005\nCOUNT = 1\n'
RUN = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
for cell in notebook.cells:
    if "parameters" in cell.metadata.get("tags", ()):
        cell.source = sys.argv[2]
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
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
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    told = environment(home) | {"PATH": path, "JUPYTER_PLATFORM_DIRS": "1"}
    words = [sys.executable, "-c", RUN, ROOT / "notebooks" / "first_sounds.ipynb", QUICK, tmp_path / "out.ipynb"]
    done = subprocess.run(words, env=told, capture_output=True, text=True, cwd=ROOT / "notebooks")
    assert done.returncode == 0, done.stderr[-3000:]
    cells = json.loads((tmp_path / "out.ipynb").read_text())["cells"]
    shown = [one["data"] for cell in cells for one in cell.get("outputs", ()) if "data" in one]
    assert sum("image/png" in data for data in shown) == sum("<audio" in str(data) for data in shown) == 7
