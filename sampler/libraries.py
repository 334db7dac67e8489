"""Large shared libraries, loaded before the packages that bring them are imported.

An import holds Python's lock while the system loads a library, which for that of torch takes a third of a second. In a
daemon that plays already every note would wait for it; `ctypes` lets others go on.
"""

import ctypes
import importlib.util
from contextlib import suppress
from pathlib import Path

LARGE = {"torch": "lib/libtorch_cpu.*"}  # by package, within its folder


def preload(package: str) -> None:
    """Have the large library of a package in memory; where it is not found its import will load it.

    Windows finds libraries by folders that the packages name as they are imported, so nothing is done there.
    """
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return
    for file in sorted(Path(found.origin).parent.glob(LARGE[package])):
        if ".so" in file.suffixes or file.suffix == ".dylib":
            with suppress(OSError):
                ctypes.CDLL(str(file))
                return
