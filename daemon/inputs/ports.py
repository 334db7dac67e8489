"""Ports that cannot be opened, as a sentence for whoever started driftkit."""

import errno
import socket

from ...sampler.errors import Error


def family(host: str) -> socket.AddressFamily:
    """IPv6 for an address with colons, else IPv4."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def unopened(kind: str, host: str, port: int, reason: Exception) -> Error:
    """Why a port of driftkit (`kind`: OSC, HTTP) is not open, and what to do about it."""
    why = getattr(reason, "strerror", None) or reason
    hint = "give an address of this machine with --bind"
    if getattr(reason, "errno", None) in (errno.EADDRINUSE, errno.EACCES):
        flag = f"--{kind.lower()}-port (0 picks a free one)"
        hint = f"another driftkit may be running; stop it or choose another with {flag}"
    return Error(f"the {kind} port {port} on {host} cannot be opened: {why}; {hint}")
