"""Programs that compute beside what is measured, as a user has them."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

BESIDE = "programs that compute beside it"  # in the results: how many
# until the bench has gone, however it went
COMPUTE = "import os; parent = os.getppid()\nwhile os.getppid() == parent: sum(range(100_000))"


@contextmanager
def computing(programs: int) -> Iterator[None]:
    """So many processes that only compute run inside the `with`, each as fast as the system lets it, on any core."""
    with ExitStack() as stack:
        for _ in range(programs):
            process = stack.enter_context(subprocess.Popen([sys.executable, "-c", COMPUTE]))
            stack.callback(process.kill)
        time.sleep(0.5 if programs else 0)  # they have started
        yield
