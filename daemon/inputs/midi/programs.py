"""Program Change: which kit a bank and a program stand for."""

from collections.abc import Mapping, Sequence

from ....sampler.errors import Error
from ...kits.library import Library


class Programs:
    """The kits of a library by program number."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def kit(self, program: int, bank_msb: int | None, bank_lsb: int | None) -> str:
        """The name of the kit; program as MIDI has it, 0 to 127. `Error` where there is none."""
        heads = self.library.heads()
        declared: dict[int, str] = {}
        for name, head in heads.items():
            if head.program is not None:
                declared.setdefault(head.program, name)
        return choose(program, bank_msb, bank_lsb, list(heads), declared)


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
