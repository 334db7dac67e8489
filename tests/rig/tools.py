"""Programs of other people that tests talk to."""

import os
import shutil
from importlib import import_module
from types import ModuleType

import pytest


def need(program: str, package: str, *, optional: bool = False) -> None:
    """Skip with one line where a program is missing; in CI, which installs what is not optional, fail."""
    if shutil.which(program):
        return
    missing = f"{program} is not installed; on Debian it is in {package}"
    if os.environ.get("DRIFTKIT_CI") and not optional:
        pytest.fail(missing)
    pytest.skip(missing)


def library(name: str) -> ModuleType:
    """A module that not every machine can have: skip where it is missing; in CI, fail."""
    return import_module(name) if os.environ.get("DRIFTKIT_CI") else pytest.importorskip(name)
