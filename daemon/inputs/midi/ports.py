"""MIDI inputs of the system, through RtMidi: found by name, opened, and opened again when they return.

One thread finds, opens and closes: CoreMIDI tells of new devices only on the thread that asked first. It keeps one
client that lists the ports, which is also the virtual port named driftkit, so that nothing flickers in patch bays.
Messages wait in RtMidi until `drain` fetches them. It could call back, but from a thread of the system, which would
wait for Python's lock: JACK misses its deadline then, and closing a port that is played never ends.
"""

import ctypes
import glob
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ....sampler.errors import Error

NAME = "driftkit"
EVERY_S = 0.5  # how often ports are looked for
LOOPBACK = "midi through"  # ALSA's own loop: opened only where it is named
WAITING = 8192  # messages that a port keeps until they are fetched
Receive = Callable[[str, list[int]], None]
log = logging.getLogger("driftkit")


class MidiPorts:
    """Inputs whose name contains one of `wanted`, or every input where nothing is wanted.

    receive(port, bytes) is called for each message by `drain`; gone(port) when a port vanishes.
    """

    def __init__(self, wanted: tuple[str, ...], receive: Receive, gone: Callable[[str], None]) -> None:
        self.wanted = wanted
        self._receive = receive
        self._gone = gone
        self._lister: Any = None
        self._virtual = False
        self._mark: object = None
        self._open: dict[str, Any] = {}
        self._reading = threading.Lock()  # no port is deleted while it is read
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

    def drain(self) -> bool:
        """Hand over what has come since the last time; is any port open?

        One thread calls it, every millisecond or so while one is.
        """
        with self._reading:
            there = [*self._open.items(), *([(NAME, self._lister)] if self._virtual else [])]
            for name, port in there:
                while (heard := port.get_message()) is not None:
                    self._receive(name, heard[0])
        return bool(there)

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
            there = self._list()
        except faults() as reason:
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

    def _list(self) -> list[str]:
        try:
            return numbered(self._lister.get_ports())
        except faults():  # one that went between being counted and being named
            return numbered(self._lister.get_ports())

    def _is_wanted(self, name: str) -> bool:
        low = name.casefold()
        return any(word.casefold() in low for word in self.wanted) if self.wanted else LOOPBACK not in low

    def _connect(self) -> None:
        self._lister = client()
        self._mark = system_mark(self._lister.get_current_api())
        self._said.clear()
        try:
            self._lister.open_virtual_port(NAME)
            self._virtual = True
        except faults() as reason:  # Windows has none
            log.debug("no virtual MIDI port: %s", reason)

    def _try(self, name: str) -> None:
        port = None
        try:
            port = client(self._lister.get_current_api())
            there = numbered(port.get_ports())
            if name not in there:  # gone again in the meantime
                raise OSError("it has just gone")
            port.open_port(there.index(name), name)
        except faults() as reason:  # on Windows, a port belongs to one program alone
            if port is not None:
                port.delete()
            if name not in self._refused:
                self._refused.add(name)
                log.warning("the MIDI input %s cannot be opened: %s; another program may have it", name, reason)
            return
        self._refused.discard(name)
        with self._reading:
            self._open[name] = port
        log.info("the MIDI input %s is open", name)

    def _drop(self, name: str) -> None:
        with self._reading:
            port = self._open.pop(name)
        port.delete()
        self._gone(name)

    def _close(self) -> None:
        for name in list(self._open):
            self._drop(name)
        with self._reading:
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
        port = library().MidiOut(finder.get_current_api(), name)
        port.open_virtual_port(name)
    except faults() as reason:
        raise Error(f"there are no virtual MIDI ports here: {reason}") from None
    finally:
        finder.delete()
    try:
        yield port.send_message
    finally:
        port.delete()


def library() -> Any:
    """supriya_midi, which is RtMidi for Python; `Error` where it is not installed.

    Its wheels carry an old libjack, which newer servers refuse; the system's own, PipeWire's too, is to be found first.
    """
    if sys.platform.startswith("linux") and "supriya_midi" not in sys.modules:
        with suppress(OSError):  # no JACK on this machine
            ctypes.CDLL("libjack.so.0", mode=ctypes.RTLD_GLOBAL)
    try:
        import supriya_midi
    except ImportError as reason:
        raise Error(
            f"supriya-midi is not installed ({reason}); `{sys.executable} -m pip install --pre supriya-midi` brings it"
        ) from None
    return supriya_midi


def faults() -> tuple[type[Exception], ...]:
    """What the library raises: of its own, of C++, NotImplementedError; and what `client` makes of it."""
    return library().RtMidiError, RuntimeError, OSError, Error


def client(api: Any = None) -> Any:
    """An RtMidi input on the system's MIDI; `Error` with one sentence where there is none.

    Of several systems (Linux: ALSA, then JACK) the first that is there is taken; the environment variable
    MIDO_BACKEND chooses, as in mido: mido.backends.rtmidi/UNIX_JACK.
    """
    rtmidi = library()
    backend = os.environ.get("MIDO_BACKEND", "")
    chosen = backend.rpartition("/")[2] if "/" in backend else ""
    there = [api] if api is not None else [one for one in rtmidi.get_compiled_apis() if one.name != "RTMIDI_DUMMY"]
    why = "this supriya-midi was built for no MIDI system"
    for one in there:
        if chosen and one.name != chosen:
            why = f"MIDO_BACKEND asks for {chosen}, which this supriya-midi does not have"
            continue
        why = missing(one.name)
        if not why:
            os.environ.setdefault("JACK_NO_START_SERVER", "1")  # driftkit joins a server and never starts one
            try:
                return rtmidi.MidiIn(one, NAME, WAITING)
            except faults() as reason:
                why = str(reason)
    if sys.platform.startswith("linux") and not chosen:
        why = "this machine has neither the ALSA sequencer (/dev/snd/seq) nor a JACK server that can be reached"
    raise Error(f"{why}; driftkit looks again by itself, and --midi none ends that")


def missing(api: str) -> str:
    """Why a MIDI system cannot be there, or nothing: trying would make its library write on stderr."""
    if api == "LINUX_ALSA" and not os.access("/dev/snd/seq", os.R_OK | os.W_OK):
        return "the ALSA sequencer /dev/snd/seq is not there or not allowed"
    if api == "UNIX_JACK" and sys.platform.startswith("linux") and not jack_sockets():
        return "no JACK server runs"
    return ""


def jack_sockets() -> list[str]:
    """The sockets of the user's JACK server on Linux, one or none."""
    server = os.environ.get("JACK_DEFAULT_SERVER", "default")
    return sorted(glob.glob(f"/dev/shm/jack_{glob.escape(server)}_[0-9]*_0"))


def system_mark(api: Any) -> object:
    """Changes when the MIDI system is another than before: JACK does not tell its clients that it has ended."""
    if api.name != "UNIX_JACK" or not sys.platform.startswith("linux"):
        return None
    try:
        return [(path, Path(path).stat().st_ino, Path(path).stat().st_ctime_ns) for path in jack_sockets()]
    except OSError:
        return []
