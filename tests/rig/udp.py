"""What the system tells about a UDP socket: what waits in it, what it dropped. Linux only."""

import os
from pathlib import Path

TABLE = Path("/proc/net/udp")


def backlog(port: int) -> tuple[int, int] | None:
    """Bytes that wait in the socket of a port, and packets dropped so far; None where the system does not tell."""
    if not TABLE.exists():
        return None
    for line in TABLE.read_text().splitlines()[1:]:
        words = line.split()
        if int(words[1].split(":")[1], 16) == port:
            return int(words[4].split(":")[1], 16), int(words[-1])
    return None


def dropped(port: int) -> int:
    """Packets that the system dropped since its socket was opened; 0 where it does not tell."""
    return (backlog(port) or (0, 0))[1]


def resident(pid: int) -> int:
    """Resident memory in bytes; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
