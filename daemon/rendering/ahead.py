"""Sounds rendered ahead of a player's hits, so that a pad set to after_hit never gives the same hit twice.

A pad that is played takes the next Sound of its pool, and the pool is filled again in the background.
A Sound in the pool is good while the pad still asks for the very same thing: a knob that moves, or a
source that changes, makes it stale, and stale Sounds are dropped. No threads: the caller holds the lock.
"""

from collections import defaultdict, deque
from collections.abc import Callable

from ...sampler.errors import Error
from ...sampler.hit import TASKS, Hit
from ...sampler.sound import Sound
from ..pads.board import Board

SIZE = 3  # Sounds ahead of a pad: a roll is faster than a render
Asked = tuple[Hit, tuple[Sound | None, ...]]
"""What a pad asks for: its hit as it stands, and the Sounds of the pads that it names as sources."""


class Ahead:
    """The pools of all pads of a board.

    submit(pad): render the pad in the background, from what `begin` says, and tell `arrived` or `ended`.
    put(pad, sound): the pad's new Sound, as if just rendered. say(pad, sentence): tell the player.
    """

    def __init__(
        self,
        board: Board,
        submit: Callable[[int], None],
        put: Callable[[int, Sound], None],
        say: Callable[[int, str], None],
    ) -> None:
        self._board, self._submit, self._put, self._say = board, submit, put, say
        self._pools: dict[int, deque[tuple[Asked, Sound]]] = defaultdict(deque)
        self._making: dict[int, Asked] = {}
        self._owed: dict[int, Sound | None] = {}  # what was played last of pads whose pool was empty
        self._told: set[int] = set()  # pads whose fixed seed has been remarked on

    def played(self, number: int) -> None:
        """A pad has been played: make its next Sound ready, if it is set to after_hit."""
        if not self._wanted(number) or self._board.pad(number).awaiting:
            return
        asked = self._asked(number)
        if asked[0].seed >= 0:
            if number not in self._told:
                self._told.add(number)
                self._say(
                    number,
                    f"auto_render is after_hit, but the seed of pad {number} is fixed to {asked[0].seed}: "
                    "every hit would be the same, so nothing is rendered; set seed to -1 and lock_seed to 0",
                )
            return
        pool = self._fresh(number, asked)
        if pool:
            self._put(number, pool.popleft()[1])
        else:
            self._owed[number] = self._board.pad(number).sound
        self.fill(number)

    def fill(self, number: int) -> None:
        """Have one more Sound rendered where the pool of a pad is not full; to be called after any change."""
        pad = self._board.pad(number)
        if number in self._making or not self._wanted(number) or pad.sound is None or pad.awaiting:
            return
        asked = self._asked(number)
        if asked[0].seed >= 0:
            return
        self._told.discard(number)
        size = 1 if pad.sound in asked[1] else SIZE  # made of the Sound now: each makes the next one stale
        if len(self._fresh(number, asked)) >= size and number not in self._owed:
            return
        self._making[number] = asked
        try:
            self._submit(number)
        except Error:  # shutting down
            self.ended(number)

    def begin(self, number: int) -> Hit:
        """The render of a pad begins: what it asks for by now."""
        asked = self._asked(number)
        if number in self._making:  # else it was cancelled just now, and nothing will arrive
            self._making[number] = asked
        return asked[0]

    def arrived(self, number: int, sound: Sound, stale: bool = False) -> None:
        """A Sound is ready: onto the pad where a hit waits for it, else into the pool, unless it is stale."""
        made = self._making.pop(number, None)
        if self._wanted(number) and made == self._asked(number) and not stale:
            played = self._owed.pop(number, None)
            if played is not None and played is self._board.pad(number).sound:
                self._put(number, sound)
            else:  # nobody waits for it, or the pad has got another Sound meanwhile
                self._pools[number].append((made, sound))
        self.fill(number)

    def ended(self, number: int) -> None:
        """A render failed or was cancelled; the next hit tries again."""
        self._making.pop(number, None)
        self._owed.pop(number, None)

    def renew(self) -> None:
        """Another model: every Sound in the pools is stale."""
        self._pools.clear()
        for number in self._board.pads:
            self.fill(number)

    def _wanted(self, number: int) -> bool:
        wanted = self._board.get(number, "auto_render") == "after_hit"
        if not wanted:
            self._pools.pop(number, None)
            self._owed.pop(number, None)
        return wanted

    def _fresh(self, number: int, asked: Asked) -> deque[tuple[Asked, Sound]]:
        """The pool of a pad, what is stale dropped."""
        self._pools[number] = deque(entry for entry in self._pools[number] if entry[0] == asked)
        return self._pools[number]

    def _asked(self, number: int) -> Asked:
        hit, _ = self._board.snapshot(number)
        held = {f"pad:{n}": pad.sound for n, pad in self._board.pads.items()}
        names = [getattr(hit, slot) for slot in TASKS[hit.task]]
        if names and not names[0]:
            names[0] = f"pad:{number}"
        return hit, tuple(held[name] for name in names if name in held)
