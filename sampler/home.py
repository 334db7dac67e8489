"""Where a user's own things lie: models, kits, caches, music; and what stands there where no user has a home.

In a container HOME may be missing, lead to a folder that nobody may enter, or the user be in no list of users. Then
`NOWHERE` stands for the home: it holds nothing, and what is to be written there is told by its own name.
"""

import os
from pathlib import Path
from typing import Literal

from .errors import Error

NOWHERE = Path(os.devnull) / "no-home-folder-so-set-HOME"
XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_MUSIC_DIR")


def home_of(kind: Literal["config", "data", "cache", "music"]) -> Path:
    """The folder of the user for one kind of thing; of music everybody's, else driftkit's own.

    It need not be there. Raises `ImportError` without platformdirs.
    """
    import platformdirs

    for name in XDG:
        if os.environ.get(name) and not os.path.isabs(os.environ[name]):
            del os.environ[name]  # the specification has relative ones ignored: kits would change with the folder
    try:
        if kind == "music":
            found = Path(platformdirs.user_music_dir())
        else:
            found = Path(getattr(platformdirs, f"user_{kind}_dir")("driftkit", appauthor=False))
        found.stat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, RuntimeError, ValueError, KeyError):
        found = NOWHERE
    return found if found.is_absolute() else NOWHERE


def expanded(path: Path) -> Path:
    """A path that is absolute, its `~` replaced; `Error` where it cannot be."""
    try:
        return path.expanduser().absolute()
    except (OSError, RuntimeError, ValueError) as reason:
        raise Error(f"{str(path)[:80]} cannot be a folder here: {reason}") from None


def named(path: object) -> str:
    """A path, or a sentence about one, as it can be written anywhere: bytes that are not UTF-8 as U+FFFD."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
