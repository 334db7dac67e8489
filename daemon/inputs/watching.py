"""Watched folders: when something in them changed and it is quiet again, somebody looks.

Which event came is not believed: editors write in place, truncate, or move a new file in, and networked
folders tell nothing at all. Whoever looks compares what is there with what it knows.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

QUIET_S = 0.15  # an editor's several steps are one change
LONGEST_S = 0.6  # somebody looks after this long, quiet or not
IDLE_S = 2.0  # and this often, whatever events say
READING = ("opened", "closed_no_write")  # events of who only reads, as we do ourselves
log = logging.getLogger("driftkit")


class Watcher(FileSystemEventHandler):
    """Calls every function of `looks` after changes in `folders`; True from one asks for another look soon."""

    def __init__(self, folders: Sequence[Path], looks: Sequence[Callable[[], bool]]) -> None:
        self._folders, self._looks = folders, looks
        self._woken = threading.Event()
        self._closing = False
        self._observer = Observer()
        self._thread = threading.Thread(target=self._work, name="watcher", daemon=True)

    def __enter__(self) -> "Watcher":
        try:
            self._observe()
        except OSError as reason:  # such as the system's limit of watches
            log.warning("files cannot be watched here (%s); driftkit looks every second instead", reason.strerror)
            self._observer.unschedule_all()
            self._observer = PollingObserver()
            self._observe()
        self._thread.start()
        return self

    def _observe(self) -> None:
        for folder in self._folders:
            if folder.is_dir():
                self._observer.schedule(self, str(folder))
        self._observer.daemon = True
        self._observer.start()

    def __exit__(self, *_: object) -> None:
        self._closing = True
        self._woken.set()
        self._observer.stop()
        self._thread.join(timeout=1)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Something happened in a folder."""
        if event.event_type not in READING:
            self._woken.set()

    def _work(self) -> None:
        soon = False
        while not self._closing:
            self._woken.wait(QUIET_S if soon else IDLE_S)
            begun = time.monotonic()
            while self._woken.is_set() and not self._closing and time.monotonic() - begun < LONGEST_S:
                self._woken.clear()
                time.sleep(QUIET_S)
            try:
                soon = any([look() for look in self._looks])
            except Exception:  # the thread never dies
                log.exception("looking at a changed file made driftkit stumble; please report this")
