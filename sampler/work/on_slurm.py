"""Workers as jobs of Slurm, by submitit: a job for each shard, which loads its model once.

What a job asks of Slurm is said by the environment, as for any `sbatch` (SBATCH_PARTITION, SBATCH_GRES and so on).
Where there is no sbatch, submitit runs the jobs as processes of this machine.
"""

import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..errors import Error, brings
from .job import Answer, Job, Span, Worker, shared_threads

USUAL = 8  # jobs at once
MINUTES = 24 * 60


class Jobs:
    """So many jobs at once; the folder of submitit lies where every machine of the cluster can read it."""

    portion = 0

    def __init__(self, count: int = 0) -> None:
        self.size = count or USUAL
        self._under_way: list[Any] = []

    def start(self, job: Job) -> None:
        """`Error` where submitit is missing."""
        try:
            import submitit
        except ImportError:
            raise Error(f"--workers slurm needs submitit; install it with: {brings('cluster')}") from None
        self._job, self._slurm = job, shutil.which("sbatch") is not None
        self._folder = Path(tempfile.mkdtemp(prefix=".driftkit_jobs_", dir=Path.cwd()))
        self._executor = submitit.AutoExecutor(self._folder, cluster="slurm" if self._slurm else "local")
        self._executor.update_parameters(name="driftkit", timeout_min=MINUTES)
        self._threads = ThreadPoolExecutor(self.size, "slurm jobs")

    def give(self, spans: Sequence[Span]) -> Future[Answer]:
        """A job, awaited."""
        worker = Worker(self._job, 0 if self._slurm else shared_threads(self.size))
        given = self._executor.submit(worker.make, list(spans))
        self._under_way = [job for job in self._under_way if not job.done()] + [given]
        return self._threads.submit(given.result)

    def close(self) -> None:
        """Cancel what is under way and remove the folder."""
        for job in self._under_way:
            if not job.done():
                job.cancel(check=False)
        self._threads.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)
