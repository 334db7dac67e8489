"""Learn and forget: the next knob that moves is bound to a target, in the user's file. Called by one thread."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ....sampler.errors import Error
from ...pads.board import Board
from ...pads.midi_map import MapFile, Target, UserMap, defaults, effective, forgotten, learned, parse_target, spoken
from ...pads.surfaces import PREFIX
from ...replies import Replies

LEARN_S = 10.0  # how long learn waits for a knob
log = logging.getLogger("driftkit")


class Learning(NamedTuple):
    """A target that waits for its knob."""

    target: str
    client: Any
    until: float


class Bindings:
    """What each knob moves now: the map of the open kit over the user's over the table's."""

    def __init__(self, file: MapFile, kit: Callable[[], Mapping[str, str]], board: Board, replies: Replies) -> None:
        self.file = file
        self.kit = kit
        self._board, self._replies = board, replies
        self.user = UserMap({})
        self._learning: Learning | None = None
        self._laid: tuple[tuple[object, ...], dict[str, Target]] = ((), {})
        board.on_reshape.append(self._reshaped)

    def _reshaped(self) -> None:
        self.file.controls = self._board.controls

    @property
    def _defaults(self) -> dict[str, str]:
        return defaults(self._board.controls)

    def start(self) -> None:
        """Read the user's map; a wrong one is named in the log and left as it is."""
        try:
            self.user = self.file.read()
        except Error as reason:
            log.error("%s; the default map is used until that is mended", reason)

    def targets(self) -> Mapping[str, Target]:
        """Source to target, laid anew where the kit, the user's map or the model's table is another one."""
        user, kit, controls = made_of = self.user, self.kit(), self._board.controls
        before = self._laid[0]
        if not before or any(now is not then for now, then in zip(made_of, before)):
            self._laid = made_of, effective(defaults(controls), user.map, kit, controls=controls)
        return self._laid[1]

    @property
    def waiting(self) -> bool:
        """Does a target wait for its knob?"""
        return self._learning is not None

    def learn(self, target: str, client: Any) -> None:
        """Bind the next knob that moves to a target; no target ends the waiting."""
        self._end(f"learn was {'asked for ' + target if target else 'ended'} before a knob moved")
        if target:
            self._learning = Learning(target, client, time.monotonic() + LEARN_S)
        else:
            self._replies.answer(client, "/done", f"{PREFIX}/learn")

    def tick(self) -> None:
        """End a waiting that has lasted too long."""
        if self._learning and time.monotonic() > self._learning.until:
            self._end(f"no knob has moved within {LEARN_S:.0f} s; send learn again and turn one")

    def moved(self, source: str) -> bool:
        """A knob moved: True where a target waited for it."""
        if not self._learning:
            return False
        target, client, _ = self._learning
        taken = self.kit().get(source, target)
        if taken != target:
            self._end(f"the kit gives {spoken(source)} to {taken}; turn another, or change the midi table of the kit")
            return True
        try:
            user = learned(self.file.read(), self._defaults, source, target)
            self.file.write(user)
        except Error as reason:
            self._end(str(reason))
            return True
        self.user, self._learning = user, None
        knob = int(source) if source.isdigit() else source
        self._replies.answer(client, "/done", f"{PREFIX}/learn", target, knob)
        return True

    def forget(self, target: str, client: Any) -> None:
        """No CC moves the target any more; NRPNs of the table stay, being addresses."""
        waited = self._learning is not None and self._learning.target == target
        if waited:
            self._end("it was forgotten before a knob moved")
        wanted = parse_target(target, self._board.controls)
        try:
            for source in self.kit():
                if self.targets().get(source) == wanted:
                    raise Error(f"the kit gives {spoken(source)} to {target}; change the midi table of the kit")
            before = self.file.read()
            user = forgotten(before, self._defaults, target)
            if not waited and user == before:
                raise Error(f"{target} has no CC; there is nothing to forget")
            self.file.write(user)
        except Error as reason:
            self._replies.fail(client, f"{PREFIX}/forget", str(reason))
            return
        self.user = user
        self._replies.answer(client, "/done", f"{PREFIX}/forget", target)

    def _end(self, why: str) -> None:
        if self._learning:
            waiting, self._learning = self._learning, None
            self._replies.fail(waiting.client, f"{PREFIX}/learn", f"{waiting.target}: {why}")
