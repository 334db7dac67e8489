"""Address patterns of OSC 1.0: which addresses one message is for.

A pattern is matched part by part, since no wildcard stands for a slash:

    ?  any character      [a-z]  one of these      [!a-z]  none of these
    *  any characters     {a,b}  one of these words

No pattern is slow: a name is read once along its pattern, and what has been read so far is one whole number whose
bit i says that the first i characters of the name can be what the pattern began with.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from .packets import BadPacket, Message

MAX_PATTERNS = 64  # in one packet
MAX_MEANT = 2_000  # messages of one packet once its patterns stand for addresses

SPECIAL = frozenset("*?[]{}")
_ASCII = [chr(code) for code in range(128)]  # of which all our names are made

Step = Callable[[int, str], int]  # (what has been read, the name) -> what has been read


def is_pattern(address: str) -> bool:
    """Is there a wildcard in it?"""
    return not SPECIAL.isdisjoint(address)


class Space:
    """A set of addresses, none of which has a wildcard in it."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        for address in addresses:
            below = self._root
            for part in address.split("/")[1:]:
                below = below.setdefault(part, {})

    def find(self, pattern: str) -> list[str]:
        """The addresses that a pattern matches, in their order; none where it is no pattern."""
        found = {"": self._root}
        for part in pattern.split("/")[1:]:
            fits = matcher(part)
            known: dict[str, bool] = {}  # the pads' controls have the same names
            further = {}
            for path, below in found.items():
                for name, node in below.items():
                    if name not in known:
                        known[name] = fits(name)
                    if known[name]:
                        further[f"{path}/{name}"] = node
            found = further
        return [path for path, below in found.items() if not below]

    def spread(self, messages: list[Message]) -> list[Message]:
        """The messages, with one for each address that a pattern matches; a pattern that matches none stays.

        Raises BadPacket where that would be too many.
        """
        patterns = sum(is_pattern(message.address) for message in messages)
        meant: list[Message] = []
        for message in messages:
            found = self.find(message.address) if is_pattern(message.address) else []
            meant += [replace(message, address=address) for address in found] or [message]
            if len(meant) > MAX_MEANT or patterns > MAX_PATTERNS:
                sentence = f"A packet may hold {MAX_PATTERNS} patterns for {MAX_MEANT} addresses; send several packets."
                raise BadPacket(sentence, message.address)
        return meant


def matcher(part: str) -> Callable[[str], bool]:
    """Does a name match one part of a pattern? What is no pattern (a bracket that is left open) matches nothing."""
    steps = _steps(part)

    def fits(name: str) -> bool:
        read = 1  # nothing of the name, and that is right
        for step in steps or ():
            read = step(read, name)
            if not read:
                return False
        return steps is not None and bool(read >> len(name) & 1)

    return fits


def _steps(part: str) -> list[Step] | None:
    steps: list[Step] = []
    at = 0
    while at < len(part):
        character = part[at]
        if character in "]}":
            return None
        if character in "[{":
            end = part.find("]" if character == "[" else "}", at + 1)
            inside = part[at + 1 : end]
            if end < 0 or not inside or not SPECIAL.isdisjoint(inside):
                return None
            steps.append(_one_of(_class(inside)) if character == "[" else _words(inside.split(",")))
            at = end
        elif character == "*":
            steps.append(_any_number)
        else:
            steps.append(_any_one if character == "?" else _words([character]))
        at += 1
    return steps


def _class(inside: str) -> frozenset[str]:
    """The characters of [a-cx] or [!a-cx]; a minus at an end stands for itself."""
    inside, without = (inside[1:], True) if inside[0] == "!" else (inside, False)
    chosen: set[str] = set()
    at = 0
    while at < len(inside):
        if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            chosen.update(c for c in _ASCII if inside[at] <= c <= inside[at + 2])
            at += 3
        else:
            chosen.add(inside[at])
            at += 1
    return frozenset(_ASCII) - chosen if without else frozenset(chosen)


def _any_number(read: int, name: str) -> int:
    return ((2 << len(name)) - 1) & -(read & -read)  # from the first place on, every place


def _any_one(read: int, name: str) -> int:
    return read << 1 & ((2 << len(name)) - 1)


def _one_of(characters: frozenset[str]) -> Step:
    return lambda read, name: (read & sum(1 << i for i, c in enumerate(name) if c in characters)) << 1


def _words(words: list[str]) -> Step:
    def step(read: int, name: str) -> int:
        found = 0
        for word in words:
            for place in range(len(name) + 1):
                if read >> place & 1 and name.startswith(word, place):
                    found |= 1 << place + len(word)
        return found

    return step
