"""Folders below which files may be read for whoever asks over a network, and nowhere else."""

import os
from collections.abc import Iterable
from pathlib import Path

from ...sampler.errors import Error
from ...sampler.home import expanded

LINKS = 40  # that a path may lead through


class Roots:
    """Finds files below some folders; what lies outside is not even looked at.

    Its disk may be asleep, or a server of somebody's that is told who asks.

    kind: what the folders are, for sentences. flag: the option that adds one.
    """

    def __init__(self, folders: Iterable[Path], kind: str, flag: str) -> None:
        given = [expanded(folder) for folder in folders]
        self._kind, self._flag = kind, flag
        self._roots = list(dict.fromkeys(folder.resolve() for folder in given))
        self._named = {Path(os.path.normpath(folder)): folder.resolve() for folder in given}  # as their user does

    def find(self, name: str, beside: Path | None = None) -> Path:
        """Where a path leads, links followed; a relative one counts from `beside`. `Error` names the flag."""
        try:
            path = Path(name).expanduser()
            at, left = self._begin(beside / path if beside else path.absolute(), name)
            links = 0
            while left:
                at /= left.pop(0)
                if any(root.is_relative_to(at) for root in self._roots) or not at.is_symlink():
                    continue
                links += 1
                if links > LINKS:
                    raise OSError("its links lead in a circle")
                at, left = self._begin(Path(os.path.join(at.parent, os.readlink(at), *left)), name, begun=False)
        except Error:
            raise
        except (OSError, RuntimeError, ValueError) as reason:
            raise Error(f"{name[:80]} cannot be a file here: {reason}") from None
        return at

    def _begin(self, path: Path, name: str, begun: bool = True) -> tuple[Path, list[str]]:
        """The anchor and the parts of a path that by its letters alone is below a root; `Error` for any other.

        begun: is it the name itself, and not where a link on its way leads?
        """
        path = Path(os.path.normpath(path))
        for root, place in (*((root, root) for root in self._roots), *self._named.items()):
            if path.is_relative_to(root):
                path = place / path.relative_to(root)
                return Path(path.anchor), list(path.parts[1:])
        roots = ", ".join(map(str, self._roots)) or "none"
        lies, own = ("lies", "its folder") if begun else (f"leads by a link to {path}, which lies", f"{path.parent}")
        raise Error(f"{name} {lies} outside the folders {self._kind} ({roots}); allow {own} with {self._flag}")
