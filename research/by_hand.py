"""Pages of which a script writes the upper part and a person the lower: the script keeps what is below the mark."""

import sys
from pathlib import Path

MARK = "<!-- below: written by hand, kept by the script -->"


def write(file: Path, text: str, about: str) -> None:
    """The page anew, its lower part as it is; said where that part does not name what the page is now about."""
    kept = file.read_text(encoding="utf-8").partition(MARK)[2] if file.is_file() else ""
    note = ""
    if kept.strip() and about not in kept:
        note = f"What follows was written about other weights than `{about}`.\n\n"
        print(f"{file.name}: look again at what is written by hand; it does not name {about}", file=sys.stderr)
    file.write_text(f"{text.rstrip()}\n\n{note}{MARK}{kept or chr(10)}", encoding="utf-8")
