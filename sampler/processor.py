"""Which engine was the fastest, remembered between starts: per machine, libraries and network.

Measuring takes a second of every start. And sounds of different engines differ, if hardly, so it should not depend on
how busy a machine happens to be which of them renders a kit that is opened again.
"""

import hashlib
import importlib.metadata
import json
import platform
from contextlib import suppress
from pathlib import Path

from .files import appearing
from .graphs import GRAPH, digest

MOST = 64  # situations that are remembered


def memory() -> Path:
    """The file, in the user's cache; it may be deleted. Raises `ImportError` without platformdirs."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("driftkit", appauthor=False)) / "engines.json"


def situation(folder: Path, threads: int) -> str:
    """What the answer depends on, as a digest: the processor, threads, libraries, a model's network and its graph."""
    libraries = []
    for name in ("torch", "openvino"):
        with suppress(importlib.metadata.PackageNotFoundError):
            libraries.append(f"{name} {importlib.metadata.version(name)}")
    graph = folder / GRAPH
    written = graph.stat().st_mtime_ns if graph.is_file() else 0  # its size says nothing of its weights
    words = [platform.node(), processor(), threads, *libraries, digest(folder), written]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]


def processor() -> str:
    """The processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def remembered(key: str) -> tuple[str, int] | None:
    """The engine and its threads, None where nothing is remembered of that situation."""
    engine, threads = _read().get(key, ("", 0))
    return (engine, threads) if engine else None


def remember(key: str, engine: str, threads: int) -> None:
    """Keep them; where the cache cannot be written the next start measures again."""
    known = _read()
    known.pop(key, None)
    _write(known | {key: (engine, threads)})


def forget(key: str) -> None:
    """Have the engines measured anew in that situation."""
    known = _read()
    if known.pop(key, None):
        _write(known)


def _write(known: dict[str, tuple[str, int]]) -> None:
    with suppress(OSError, ImportError), appearing(memory()) as staged:
        staged.write_text(json.dumps(dict(list(known.items())[-MOST:])))


def _read() -> dict[str, tuple[str, int]]:
    try:
        found = json.loads(memory().read_text())
        return {str(key): (str(engine), int(threads)) for key, (engine, threads) in found.items() if int(threads) > 0}
    except (OSError, ImportError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return {}  # it is missing, or not what was written
