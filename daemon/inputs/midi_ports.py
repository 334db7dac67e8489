"""MIDI inputs of the system, through python-rtmidi: found by name, opened, and opened again when they return.

One thread does all of it: CoreMIDI tells of new devices only on the thread that asked first. It keeps one
client that lists the ports, which is also the virtual port named driftkit, so that nothing flickers in patch bays.
"""

import glob
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ...sampler.errors import Error

NAME = "driftkit"
EVERY_S = 0.5  # how often ports are looked for
LOOPBACK = "midi through"  # ALSA's own loop: opened only where it is named
Receive = Callable[[str, list[int]], None]
log = logging.getLogger("driftkit")


class MidiPorts:
    """Inputs whose name contains one of `wanted`, or every input where nothing is wanted.

    receive(port, bytes) is called for each message, on the system's own thread; gone(port) when a port vanishes.
    """

    def __init__(self, wanted: tuple[str, ...], receive: Receive, gone: Callable[[str], None]) -> None:
        self.wanted = wanted
        self._receive = receive
        self._gone = gone
        self._lister: Any = None
        self._virtual = False
        self._mark: object = None
        self._open: dict[str, Any] = {}
        self._refused: set[str] = set()
        self._said: set[str] = set()
        self._missed: set[str] = set()  # words of `wanted` that no port had, each said once
        self._looked = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="midi ports", daemon=True)

    @property
    def names(self) -> list[str]:
        """The inputs that are open now, the virtual one last."""
        return [*list(self._open), *([NAME] if self._virtual else [])]

    def start(self) -> None:
        """Look for ports until `stop`; returns when it has looked once."""
        self._thread.start()
        self._looked.wait(5)

    def stop(self) -> None:
        """Close every port."""
        self._closing.set()
        self._thread.join(timeout=1)

    def _watch(self) -> None:
        while True:
            try:
                self._look()
            except Exception:  # a system of another kind must not end the looking
                log.exception("looking for MIDI inputs made driftkit stumble; please report this")
            self._looked.set()
            if self._closing.wait(EVERY_S):
                break
        self._close()

    def _look(self) -> None:
        if self._lister is not None and system_mark(self._lister.get_current_api()) != self._mark:
            log.warning("the MIDI system has gone")
            self._close()
        if self._lister is None:
            try:
                self._connect()
            except Error as reason:
                self._say(f"no MIDI: {reason}")
                return
        try:
            there = numbered(self._lister.get_ports())
        except OSError as reason:
            self._say(f"MIDI inputs cannot be listed: {reason}")
            self._close()
            return
        chosen = [name for name in there if self._is_wanted(name)]
        for name in [name for name in self._open if name not in chosen]:
            self._drop(name)
            log.warning("the MIDI input %s is gone; it is opened again when it returns", name)
        self._refused &= set(chosen)
        for name in chosen:
            if name not in self._open:
                self._try(name)
        for word in self.wanted:
            if not any(word.casefold() in name.casefold() for name in there):
                self._missing(word, there)

    def _is_wanted(self, name: str) -> bool:
        low = name.casefold()
        return any(word.casefold() in low for word in self.wanted) if self.wanted else LOOPBACK not in low

    def _connect(self) -> None:
        self._lister = client()
        self._mark = system_mark(self._lister.get_current_api())
        self._said.clear()
        try:
            self._lister.open_virtual_port(NAME)
            self._lister.set_callback(self._callback(NAME))
            self._virtual = True
        except (OSError, NotImplementedError) as reason:  # Windows has none
            log.debug("no virtual MIDI port: %s", reason)

    def _try(self, name: str) -> None:
        port = None
        try:
            port = client(self._lister.get_current_api())
            there = numbered(port.get_ports())
            if name not in there:  # gone again in the meantime
                raise OSError("it has just gone")
            port.open_port(there.index(name), name)
            port.set_callback(self._callback(name))
        except (OSError, Error) as reason:  # on Windows, a port belongs to one program alone
            if port is not None:
                port.delete()
            if name not in self._refused:
                self._refused.add(name)
                log.warning("the MIDI input %s cannot be opened: %s; another program may have it", name, reason)
            return
        self._refused.discard(name)
        self._open[name] = port
        log.info("the MIDI input %s is open", name)

    def _callback(self, name: str) -> Callable[[tuple[list[int], float], object], None]:
        def heard(event: tuple[list[int], float], _: object) -> None:
            try:
                self._receive(name, event[0])
            except Exception:  # rtmidi would swallow it
                log.exception("a MIDI message made driftkit stumble; please report this")

        return heard

    def _drop(self, name: str) -> None:
        self._open.pop(name).delete()
        self._gone(name)

    def _close(self) -> None:
        for name in list(self._open):
            self._drop(name)
        self._virtual = False
        if self._lister is not None:
            self._lister.delete()
            self._lister = None

    def _missing(self, word: str, there: list[str]) -> None:
        if word not in self._missed:
            self._missed.add(word)
            found = f"there is {', '.join(there)}" if there else "there is none at all"
            log.warning("no MIDI input has %s in its name (%s); it is opened when it appears", word, found)

    def _say(self, sentence: str) -> None:
        """Once, until the system is found anew."""
        if sentence not in self._said:
            log.warning("%s", sentence)
        self._said.add(sentence)


def numbered(names: list[str]) -> list[str]:
    """Names that are all different, as two of the same keyboard are not everywhere."""
    return [
        name if name not in names[:index] else f"{name} ({names[:index].count(name) + 1})"
        for index, name in enumerate(names)
    ]


def inputs() -> list[str]:
    """The inputs of this machine by name; `Error` where it has no MIDI."""
    one = client()
    try:
        return numbered(one.get_ports())
    finally:
        one.delete()


@contextmanager
def outlet(name: str) -> Iterator[Callable[[list[int]], None]]:
    """A virtual output, as a keyboard that is plugged in: what sends bytes through it. `Error` without such a thing."""
    finder = client()
    try:
        import rtmidi

        port = rtmidi.MidiOut(finder.get_current_api(), name)
        port.open_virtual_port(name)
    except (OSError, NotImplementedError) as reason:
        raise Error(f"there are no virtual MIDI ports here: {reason}") from None
    finally:
        finder.delete()
    try:
        yield port.send_message
    finally:
        port.delete()


def client(api: int | None = None) -> Any:
    """An rtmidi input on the system's MIDI; `Error` with one sentence where there is none.

    Of several systems (Linux: ALSA, then JACK) the first that is there is taken; the environment variable
    MIDO_BACKEND chooses, as in mido: mido.backends.rtmidi/UNIX_JACK.
    """
    try:
        import rtmidi
    except ImportError as reason:
        raise Error(
            f"python-rtmidi is not installed ({reason}); `{sys.executable} -m pip install python-rtmidi` brings it, "
            "where Python is newer than 3.12 with a C++ compiler (docs/midi.md)"
        ) from None
    known = {getattr(rtmidi, name): name[4:] for name in dir(rtmidi) if name.startswith("API_")}
    chosen = os.environ.get("MIDO_BACKEND", "").rpartition("/")[2] if "/" in os.environ.get("MIDO_BACKEND", "") else ""
    there = [api] if api is not None else rtmidi.get_compiled_api()
    why = "this python-rtmidi was built for no MIDI system"
    for number in there:
        if chosen and known.get(number) != chosen:
            why = f"MIDO_BACKEND asks for {chosen}, which this python-rtmidi does not have"
            continue
        why = missing(number, rtmidi)
        if not why:
            os.environ.setdefault("JACK_NO_START_SERVER", "1")  # driftkit joins a server and never starts one
            try:
                return rtmidi.MidiIn(number, NAME)
            except OSError as reason:
                why = str(reason)
    if sys.platform.startswith("linux") and not chosen:
        why = "this machine has neither the ALSA sequencer (/dev/snd/seq) nor a JACK server that can be reached"
    raise Error(f"{why}; driftkit looks again by itself, and --midi none ends that")


def missing(api: int, rtmidi: Any) -> str:
    """Why a MIDI system cannot be there, or nothing: trying would make its library write on stderr."""
    if api == rtmidi.API_LINUX_ALSA and not os.access("/dev/snd/seq", os.R_OK | os.W_OK):
        return "the ALSA sequencer /dev/snd/seq is not there or not allowed"
    if api == rtmidi.API_UNIX_JACK and sys.platform.startswith("linux") and not jack_sockets():
        return "no JACK server runs"
    return ""


def jack_sockets() -> list[str]:
    """The sockets of the user's JACK server on Linux, one or none."""
    server = os.environ.get("JACK_DEFAULT_SERVER", "default")
    return sorted(glob.glob(f"/dev/shm/jack_{glob.escape(server)}_[0-9]*_0"))


def system_mark(api: int) -> object:
    """Changes when the MIDI system is another than before: JACK does not tell its clients that it has ended."""
    import rtmidi

    if api != rtmidi.API_UNIX_JACK or not sys.platform.startswith("linux"):
        return None
    try:
        return [(path, Path(path).stat().st_ino, Path(path).stat().st_ctime_ns) for path in jack_sockets()]
    except OSError:
        return []
