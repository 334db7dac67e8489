"""OSCQuery found by itself: zeroconf (Bonjour, Avahi) tells the network where driftkit answers.

Nobody is told of a port on this machine alone: it would be another one's 127.0.0.1.
"""

import ipaddress
import logging
import platform
import threading
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from .served import loopback

QUERY, OSC = "_oscjson._tcp.local.", "_osc._udp.local."
LEAVE_S = 1.0  # to take back what was announced
log = logging.getLogger("driftkit")


def announced(host: str, http_port: int, osc_port: int) -> AbstractContextManager[object]:
    """Inside the `with`, programs in the network find both ports; nothing where `host` is this machine alone."""
    return nullcontext() if loopback(host) else Announcer(host, http_port, osc_port)


class Announcer:
    """Has a thread of its own, since the network takes its time; what fails there is told once and costs nothing."""

    def __init__(self, host: str, http_port: int, osc_port: int) -> None:
        self._host, self._ports = host, {QUERY: http_port, OSC: osc_port}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)

    def __enter__(self) -> "Announcer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(LEAVE_S)

    def _run(self) -> None:
        try:
            from zeroconf import IPVersion, Zeroconf

            addresses = reachable(self._host)
            if not addresses:
                raise OSError(f"no network reaches {self._host}")
            version = IPVersion.All if any(":" in one for one in addresses) else IPVersion.V4Only
            with Zeroconf(addresses, ip_version=version) as network:
                for kind, port in self._ports.items():
                    network.register_service(service(kind, port, addresses), allow_name_change=True)
                log.info("OSCQuery is announced to the network as %s", name())
                self._stop.wait()
                network.unregister_all_services()
        except Exception as reason:  # of a library that may meet any network
            log.warning("OSCQuery is not announced to the network (%s); give programs its address", reason)


def name() -> str:
    """What the announced services are called."""
    return f"driftkit on {machine()}"


def machine() -> str:
    """The name of this machine, without that of its network."""
    return platform.node().partition(".")[0] or "localhost"


def service(kind: str, port: int, addresses: list[str]) -> Any:
    """What is told of a port."""
    from zeroconf import ServiceInfo

    about = {"txtvers": "1", "version": "1.1", "types": "ifsdhTF"} if kind == OSC else {"txtvers": "1"}
    server = f"{machine()}.local."
    return ServiceInfo(kind, f"{name()}.{kind}", port, properties=about, server=server, parsed_addresses=addresses)


def reachable(host: str) -> list[str]:
    """The addresses of this machine under which others reach what listens on `host`: that one, or all of them."""
    import ifaddr

    found = [one.ip for adapter in ifaddr.get_adapters() for one in adapter.ips if isinstance(one.ip, str)]
    own = [ip for ip in dict.fromkeys(found) if not loopback(ip) and not ipaddress.ip_address(ip).is_link_local]
    return own if ipaddress.ip_address(host).is_unspecified else [ip for ip in own if ip == host]
