"""One thread for torch and for numpy, workers that are forks of one Python, and the files that take longest first.

The tests' arrays are small, and threads would cost more than they give. Workers take whole files, one after the other:
a long one that came last would leave the others without work. Some files go to one worker, as if they were one: the
panel's share a browser and a daemon, and what ends JACK has none of another file beside it.
"""

import gc
import os
import shlex
import sys

import pytest
from rig import warm

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read as numpy is first imported
os.environ.setdefault("OMP_NUM_THREADS", "1")  # what the processes of the tests inherit

LONG = (
    "test_playing.py", "panel", "test_packs.py", "test_training_processes.py", "test_tasks_over_osc.py",
    "test_bench.py", "test_speaker.py", "test_model.py", "test_docs_commands.py", "test_graph_engine.py",
    "test_tiny_training.py", "test_every_way.py", "test_training_watch.py", "test_guided.py",
    "test_bad_input.py", "test_training.py", "test_importers.py", "test_gpu_check.py", "test_adaptive.py",
    "test_studies.py", "test_gpu_training.py", "test_student.py", "test_captured.py", "test_jumps.py",
    "test_crash_training.py", "test_evaluate.py", "test_notebooks.py", "test_keys.py", "test_midi_ports.py",
)  # fmt: skip
TOGETHER = {"tests/audio/test_keys.py": "JACK", "tests/daemon/test_midi_ports.py": "JACK"}


def pytest_configure(config: pytest.Config) -> None:
    """Whoever runs tests has one thread; who only hands them to workers has these fork, and needs no torch."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", 0):
        import torch

        torch.set_num_threads(1)
    else:
        warm.server()
        python = shlex.join([sys.executable, "-I", "-S", warm.__file__])
        config.option.tx = [f"popen//python={python}"] * len(config.option.tx)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files and folders of LONG in its order, then the others in theirs."""
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: min(place.get(name, len(LONG)) for name in (item.path.name, item.path.parent.name)))


def pytest_collection_finish() -> None:
    """What was collected stays until the end, and is no garbage to look for."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """As `--dist loadfile`, but for the panel and for TOGETHER."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return "tests/panel" if file.startswith("tests/panel/") else TOGETHER.get(file, file)

    return Scheduling(config, log)
