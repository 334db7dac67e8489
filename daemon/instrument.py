"""The instrument without its inputs: the parts between a command and a Sound, each made of those before it."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..sampler.errors import Error
from .audio.speaker import Silence, Speaker
from .commands import Commands
from .effects import Rack
from .kits.library import Library
from .kits.restoring import Restoring
from .kits.session import Session
from .pads.board import Board
from .reading.lane import Lane
from .reading.sources import Sources
from .rendering.engine import Steps
from .rendering.models import Models
from .rendering.renders import Renders
from .replies import Replies
from .sinks.folder import Folder
from .sinks.playing import Live
from .sinks.publisher import Publisher
from .sinks.sounds import Sink, Sounds
from .sinks.takes import Takes
from .state import Prepare, State


@dataclass(frozen=True)
class Instrument:
    """Every part. What has a thread of its own is entered by who runs it: publisher, renders, models, lane."""

    state: State
    replies: Replies
    live: Live
    publisher: Publisher
    sounds: Sounds
    renders: Renders
    models: Models
    session: Session
    lane: Lane
    commands: Commands

    def run(self, stack: ExitStack) -> None:
        """Have everything run inside a stack, for who needs no order of his own."""
        for part in (self.publisher, self.renders, self.models, self.lane):
            stack.enter_context(part)


def no_model(folder: Path) -> Any:
    """In place of what reads models."""
    raise Error(f"{folder.name} cannot be read; there are no models here")


def assemble(
    board: Board, folder: Folder, sources: Sources, library: Library, prepare: Prepare, tag: str, steps: Steps, *,
    speaker: Speaker | Silence | None = None, rack: Rack | None = None, sinks: Sequence[Sink] = (),
    place: Path = Path("none"), load: Callable[[Path], Any] = no_model, engine: str = "auto",
) -> Instrument:  # fmt: skip
    """Wire the parts. prepare, tag, steps: of the model that is in; place, load, engine: see `Models`.

    sinks: who else is given every Sound.
    """
    state = State(board, prepare, tag)
    replies = Replies(board)
    live = Live(state, speaker, rack)
    publisher = Publisher(board, folder, state.pending)
    sounds = Sounds(state, [live, publisher, *sinks])
    renders = Renders(state, replies, sounds, sources, steps, folder.slot, live.audition)
    models = Models(state, renders, place, load, engine)
    restoring = Restoring(state, renders, sounds, models, sources, folder)
    lane = Lane(state.pending)
    session = Session(state, replies, renders, sounds, restoring, publisher, sources, library, lane)
    commands = Commands(state, replies, renders, sounds, live, publisher, sources, models, session, lane,
                        Takes(folder, publisher))  # fmt: skip
    return Instrument(state, replies, live, publisher, sounds, renders, models, session, lane, commands)
