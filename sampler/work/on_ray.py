"""Workers as actors of Ray: of a Ray of this machine's own, or of the cluster that RAY_ADDRESS names.

Each has a GPU where the cluster has some, else some of its cores. Nothing is told to anybody: the dashboard and the
statistics of use are off, and a Ray that is begun here listens on this machine alone.
"""

import logging
import os
import socket
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from ..errors import Error, brings
from .crew import Places
from .job import Answer, Job, Span, Worker

CORES = 2  # of an actor without a GPU
ANSWERS_S = 10.0  # within which a cluster must answer: Ray itself tries for twenty minutes
STORE = 512 << 20  # bytes of a Ray begun here for what is on its way: a batch of hits takes some MB


class Actors(Places):
    """So many actors, or as many as there is room for. One that is lost is begun anew, elsewhere if need be."""

    def __init__(self, count: int = 0) -> None:
        super().__init__(count)
        self._actors: list[Any] = []

    def start(self, job: Job) -> None:
        """`Error` where Ray is missing, or the cluster is not there or another's."""
        ray = self._ray = connected()
        has = ray.cluster_resources()
        gpus, cores = int(has.get("GPU", 0)), int(has.get("CPU", 1))
        size = self.size or gpus or max(1, cores // CORES)
        needs: dict[str, float] = {"num_gpus": min(1.0, gpus / size)} if gpus else {}
        each = max(1, min(CORES, cores // size))
        if each * size > cores:
            self.close()
            raise Error(f"--workers is ray:{size}, and the Ray cluster has {cores} cores; at most ray:{cores} fit")
        super().__init__(size)
        actor = ray.remote(**needs, num_cpus=each, max_restarts=-1)(Actor)
        self._job, self._threads = ray.put(job), each
        self._actors = [actor.remote() for _ in range(size)]

    def close(self) -> None:
        """End the actors, and a Ray that was begun here."""
        for actor in self._actors:
            self._ray.kill(actor)
        self._actors = []
        self._ray.shutdown()

    def _ask(self, place: int, spans: Sequence[Span]) -> Future[Answer]:
        future: Future[Answer] = self._actors[place].make.remote(self._job, self._threads, spans).future()
        return future


class Actor:
    """What an actor is: a worker, begun with its first part, and so again after it was lost."""

    def __init__(self) -> None:
        self._worker: Worker | None = None

    def make(self, job: Job, threads: int, spans: Sequence[Span]) -> Answer:
        """A part of the job."""
        self._worker = self._worker or Worker(job, threads)
        return self._worker.make(spans)


def connected() -> Any:
    """The library, connected."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # before its import, which reads it
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # what it will do by itself one day, and warns of
    try:
        import ray
    except ImportError:
        raise Error(f"--workers ray needs Ray; install it with: {brings('cluster')}") from None
    address = os.environ.get("RAY_ADDRESS", "")
    try:
        if address:
            host, _, port = address.removeprefix("ray://").rpartition(":")
            if port.isdecimal():
                socket.create_connection((host.strip("[]"), int(port)), ANSWERS_S).close()
            ray.init(log_to_driver=False, logging_level=logging.ERROR)
        else:
            ray.init(
                address="local", include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR,
                object_store_memory=STORE, _node_ip_address="127.0.0.1",
            )  # fmt: skip
    except Exception as reason:  # Ray raises many kinds; of another Python or Ray there, a RuntimeError
        first = next(iter(str(reason).strip().splitlines()), type(reason).__name__)
        where = f"the Ray cluster {address} cannot be used" if address else "Ray cannot be started here"
        hint = "start one with `ray start --head`, or unset RAY_ADDRESS" if address else "take --workers 2"
        raise Error(f"{where} ({first[:200]}); {hint}") from None
    return ray
