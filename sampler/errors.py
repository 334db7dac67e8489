"""The one exception that driftkit raises on purpose, and what its sentences have in common."""

import sys


class Error(ValueError):
    """A sentence for the user: what, what came, what is allowed, what to do."""


def brings(extra: str) -> str:
    """The command that installs an extra, for the Python that runs: `pip` alone may be the system's."""
    return f'{sys.executable} -m pip install "driftkit[{extra}]"'
