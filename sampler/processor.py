"""The processor: its name, how many of its cores this process may use, and how many others use them meanwhile."""

import ctypes
import math
import os
import platform
import sys
import time
from contextlib import suppress
from pathlib import Path

TIMES = Path("/proc/stat")  # what each core has done, on Linux
LOOK_S = 0.1  # from one look to the next at least: those times are told in hundredths of a second
SLIGHT = 0.3  # of a core: what a machine at rest does
MOST_THREADS = 8  # more have nothing to do in networks of this size
QUOTA = Path("/sys/fs/cgroup/cpu.max")  # of a container or a service on Linux: microseconds of each so many


def processor() -> str:
    """The processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def cores() -> int:
    """How many this process may use: of its affinity, and no more than its quota of time comes to."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # no quota: "max 100000"
        share, period = map(int, QUOTA.read_text().split())
        found = min(found, math.ceil(share / period))
    return max(1, found)


def has_gpu() -> bool:
    """May torch find a GPU of NVIDIA or AMD here? Asked of the driver, which is there at once."""
    if Path("/dev/kfd").exists():
        return True
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True


def threads() -> int:
    """How many compute: one for each core that may be used, up to `MOST_THREADS`, unless OMP_NUM_THREADS says less."""
    told = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0]
    return max(1, min(cores(), MOST_THREADS, int(told) if told.isdecimal() else MOST_THREADS))


class Others:
    """How many cores of those that this process may use other programs compute on, where the system tells."""

    def __init__(self) -> None:
        self._seen = self._times()
        self._found = 0

    def look(self) -> int:
        """As it was since the last look, or at the one before where that is less than `LOOK_S` ago."""
        busy, own, at = self._times()
        seconds = at - self._seen[2]
        if seconds >= LOOK_S:
            used = (busy - self._seen[0] - (own - self._seen[1])) / seconds
            self._found = max(0, math.ceil(used - SLIGHT))
            self._seen = busy, own, at
        return self._found

    @staticmethod
    def _times() -> tuple[float, float, float]:
        """Seconds: of the cores that were busy, of this process, of the clock."""
        own = time.process_time()
        try:
            lines = TIMES.read_text().splitlines()
            names = {f"cpu{core}" for core in os.sched_getaffinity(0)}
        except (OSError, AttributeError):
            return own, own, time.monotonic()
        ticks = 0
        for name, *spent in map(str.split, filter(None, lines)):
            if name in names:
                user, nice, system, _idle, _waits, *interrupts = map(int, spent)
                ticks += user + nice + system + sum(interrupts[:2])
        return ticks / os.sysconf("SC_CLK_TCK"), own, time.monotonic()
