"""A pack from its plan to its finished folder; the same call goes on wherever an earlier one has stopped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...sampler.errors import Error
from ...sampler.sound import RATE_HZ
from ...sampler.work.crew import Crew
from ...sampler.work.runner import Outcome, Runner, Stopped, patiently
from ...sampler.work.shards import PLAN, Shards
from ..exports.staging import vacant
from ..sinks.ledger import HIDDEN
from .choosing import chosen
from .documents import PAGE, SHEET, TOLD, write_page, write_sheet, write_sources, write_told
from .filing import LIST, Archives, Filing, Loose, rows, write_list
from .making import PackJob


@dataclass(frozen=True)
class Choice:
    """What becomes of the sounds of a pack that were made."""

    name: str
    unlike: float = 0.0
    keep: float = 1.0
    tar: bool = False


class Pack:
    """A pack in its folder, which nobody else may be writing to.

    say: hears sentences; tick: hears how many hits are there; stop: True for an end after the hits in flight.
    """

    def __init__(
        self, job: PackJob, choice: Choice, out: Path, stop: Callable[[], bool], say: Callable[[str], None],
        tick: Callable[[int], None],
    ) -> None:  # fmt: skip
        self._job, self._choice, self._out = job, choice, out
        self._stop, self._say, self._tick = stop, say, tick
        self._shards = Shards(kept_in(out), job, out)
        self._filing: Filing = (Archives if choice.tar else Loose)(out, self._shards)

    def make(self, crew: Crew) -> Outcome:
        """Have everything made that is lacking, and put the pack together once all is there.

        `Error` where the folder holds something else, or where no worker can work.
        """
        listed = self._listed()
        if not listed:
            outcome = Runner(self._shards, crew, self._stop, self._say, self._tick).run()
        else:
            broken = self._filing.lacking()
            outcome = Outcome(self._job.count, [], False)
            if broken:
                self._say(f"{len(broken)} sounds of the pack are missing or changed, and are made again")
                outcome = Runner(self._shards, crew, self._stop, self._say).run(broken)
                outcome = outcome._replace(there=self._job.count)
            elif (self._out / TOLD).exists() and (self._out / SHEET).exists() and (self._out / PAGE).exists():
                return outcome
        if not outcome.lost and not outcome.stopped:
            try:
                patiently(self._put_together, self._out, self._stop, self._say)
            except Stopped:
                return outcome._replace(stopped=True)
        return outcome

    def _listed(self) -> bool:
        """Has it been chosen which sounds stay? `Error` where the folder is not this pack's."""
        if not self._shards.load():
            fresh(self._out)
        return (self._out / LIST).exists()

    def _put_together(self) -> None:
        """All that is not there yet, in an order in which it can be gone on with."""
        out, plan = self._out, self._job.plan
        if not (out / LIST).exists():
            numbers, _ = chosen(self._shards.entries(), plan, self._choice.unlike, self._choice.keep)
            write_list(out, plan, self._shards, numbers)
        licence = self._job.form.licence
        (out / "LICENCE.txt").write_text(licence + "\n", encoding="utf-8")
        write_sources(out, self._job.sources, RATE_HZ)
        write_sheet(out, plan, self._shards)
        self._filing.place()
        if not self._choice.tar:
            write_page(out, plan, self._choice.name, licence)
        write_told(out, self._told())
        self._shards.clear()

    def _told(self) -> Mapping[str, Any]:
        kept = sum(1 for _ in rows(self._out))
        said = {name: value for name, value in self._job.said().items() if name != "groups"}
        head = {"name": self._choice.name, "made": self._job.count, "kept": kept, **said, **self._shards.about}
        kinds = [vars(group) | {"controls": dict(group.controls)} for group in self._job.plan.groups]
        return head | {"kinds": kinds}


def kept_in(out: Path) -> Path:
    """Where a pack's plan lies, and its shards until it is finished."""
    return out / HIDDEN / "pack"


def begun(out: Path) -> bool:
    """Is there a pack that can be gone on with?"""
    return (kept_in(out) / PLAN).is_file()


def fresh(out: Path) -> None:
    """`Error` where something lies in a folder in which no pack was begun."""
    if (out / TOLD).exists():
        raise Error(f"{out} holds a pack whose plan ({HIDDEN}) is gone; give another folder with --out")
    if not out.is_dir() or [path for path in out.iterdir() if path.name != HIDDEN]:
        vacant(out)
