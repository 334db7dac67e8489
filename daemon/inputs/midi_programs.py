"""Program Change: which kit a bank and a program stand for."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ...sampler.errors import Error
from ..kits import Library, read_kit


class Programs:
    """The kits of a library by program number; a kit's file is read again only when it has changed."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._read: dict[Path, tuple[tuple[int, int, object], int | None]] = {}

    def kit(self, program: int, bank_msb: int | None, bank_lsb: int | None) -> str:
        """The name of the kit; program as MIDI has it, 0 to 127. `Error` where there is none."""
        kits = self.library.list()
        declared: dict[int, str] = {}
        for name, path in kits.items():
            number = self._number(path)
            if number is not None:
                declared.setdefault(number, name)
        return choose(program, bank_msb, bank_lsb, list(kits), declared)

    def _number(self, path: Path) -> int | None:
        try:
            found = path.stat()
            mark = (found.st_mtime_ns, found.st_size, self.library.controls)
            if self._read.get(path, (None,))[0] != mark:
                self._read[path] = mark, read_kit(path, self.library.controls).program
            return self._read[path][1]
        except (Error, OSError):  # a wrong kit has no number; who opens it by name is told why
            return None


def choose(
    program: int, bank_msb: int | None, bank_lsb: int | None, names: Sequence[str], declared: Mapping[int, str]
) -> str:
    """Bank 0: the kit that declares program + 1, as displayed. Else kit 128 bank + program in alphabetical order.

    The bank is CC 32 where that is not 0, else CC 0; a bank that has no kits, such as the 121 of General MIDI,
    is left out of account.
    """
    banks = [bank for bank in (bank_lsb, bank_msb) if bank and 128 * bank < len(names)]
    bank = banks[0] if banks else 0
    if bank == 0 and program + 1 in declared:
        return declared[program + 1]
    index = 128 * bank + program
    if index >= len(names):
        raise Error(f"program {program + 1} of bank {bank} has no kit; there are {len(names)} kits")
    return names[index]
