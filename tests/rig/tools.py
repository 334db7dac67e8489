"""Programs of other people that tests talk to."""

import os
import shutil

import pytest


def need(program: str, package: str, *, optional: bool = False) -> None:
    """Skip with one line where a program is missing; in CI, which installs what is not optional, fail."""
    if shutil.which(program):
        return
    missing = f"{program} is not installed; on Debian it is in {package}"
    if os.environ.get("DRIFTKIT_CI") and not optional:
        pytest.fail(missing)
    pytest.skip(missing)
