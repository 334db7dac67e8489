"""Workers as processes of this machine, one engine each. The cores are shared out among them by a rule."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from .crew import Places
from .job import Answer, Job, Span, Worker, shared_threads

_worker: Worker | None = None  # of a process that is one


class Processes(Places):
    """So many processes, each the only one of its executor, so that it is known which part was lost with which."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self._executors: list[ProcessPoolExecutor] = []

    def start(self, job: Job) -> None:
        """Processes start as they get their first part."""
        self._job = job
        self._executors = [self._executor() for _ in range(self.size)]

    def close(self) -> None:
        """End them."""
        for executor in self._executors:
            working = list((executor._processes or {}).values())  # the only way to end who is at work
            executor.shutdown(wait=False, cancel_futures=True)
            for process in working:
                process.terminate()
        for executor in self._executors:
            executor.shutdown(wait=True)
        self._executors = []

    def _ask(self, place: int, spans: Sequence[Span]) -> Future[Answer]:
        try:
            return self._executors[place].submit(work, spans)
        except BrokenProcessPool:  # killed since its last part
            self._executors[place].shutdown(wait=False)
            self._executors[place] = self._executor()
            return self._executors[place].submit(work, spans)

    def _executor(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            1, multiprocessing.get_context("spawn"), begin, (self._job, shared_threads(self.size))
        )


def begin(job: Job, threads: int) -> None:
    """Be a worker, which a Ctrl-C of the terminal does not concern, and which ends with the process that began it."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=outlive_nobody, name="end with", daemon=True).start()
    _worker = Worker(job, threads)


def outlive_nobody() -> None:
    """End this process as soon as its parent has, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def work(spans: Sequence[Span]) -> Answer:
    """A part, in the worker's process."""
    assert _worker is not None
    return _worker.make(spans)
