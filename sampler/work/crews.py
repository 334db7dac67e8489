"""The kinds of crews by name, as `--workers` has them: a number for processes of this machine, `ray` or `ray:4` for
actors of Ray, `slurm` or `slurm:8` for jobs of Slurm.
"""

import re
from collections.abc import Callable

from ..errors import Error
from .crew import Crew, Here
from .on_ray import Actors
from .on_slurm import Jobs
from .processes import Processes

MOST = 1024  # workers
ALLOWED = "a number of processes, such as 2, or ray, ray:4, slurm or slurm:8"


def crew_for(workers: str) -> Crew:
    """The crew that `--workers` names, not begun yet; `Error` where it names none."""
    name, colon, number = workers.strip().partition(":")
    count = int(number) if re.fullmatch(r"[0-9]{1,4}", number) else -1
    if re.fullmatch(r"[0-9]{1,4}", name) and not colon and 1 <= int(name) <= MOST:
        return Processes(int(name)) if int(name) > 1 else Here()
    if name in CREWS and (not colon or 1 <= count <= MOST):
        return CREWS[name](max(count, 0))
    raise Error(f"--workers is {workers}; it must be {ALLOWED}, and at most {MOST}")


CREWS: dict[str, Callable[[int], Crew]] = {"ray": Actors, "slurm": Jobs}  # of so many, 0 for as many as it chooses
