"""Ableton Link: a session shared with another program."""

from collections.abc import Iterator
from typing import Any

import pytest
from rig.daemon import until
from rig.link import Other, alone, another
from rig.osc import OscClient

AGAIN = 3  # programs that agree on the beat alone are in the same bar by chance


@pytest.fixture
def other() -> Iterator[Other]:
    pytest.importorskip("aalink")
    with alone(), another() as one:
        yield one


def told(osc: OscClient, *arguments: Any) -> tuple[Any, ...]:
    return osc.ask("/link/session", *arguments, answers="/link/session.reply").values


def off(osc: OscClient, other: Other) -> float:
    """By how many beats the daemon's place in the bar is not that of the other program."""
    _, _, tempo, phase, seconds, microseconds = told(osc)
    _, _, theirs, at = other.look()
    due = phase + (at - seconds - microseconds / 1e6) * tempo / 60
    return float(abs((theirs - due + 2) % 4 - 2))


def test_a_session_is_joined_followed_led_and_left(little: OscClient, other: Other) -> None:
    assert told(little) == (0, 0, 0, 0, 0, 0)
    assert "there is no Link session here" in little.refusal("/link/tempo", 120)
    little.ask("/notify", 1, answers="/done")
    try:
        assert told(little, 1)[0] == 1
        little.wait_for("/link/session.reply", where=lambda answer: answer.values[1] == 1)
        until(lambda: other.look()[0] == 1, "each sees the other")
        other.look(133)
        little.wait_for("/link/session.reply", where=lambda answer: abs(answer.values[2] - 133) < 0.01)
        assert little.ask("/link/tempo", 141.5, answers="/link/session.reply").values[2] == pytest.approx(
            141.5, abs=0.01
        )
        until(lambda: abs(other.look()[1] - 141.5) < 0.01, "the tempo of all")
        assert off(little, other) < 0.1, "they are at the same place of the bar"
        assert "bpm is 5; it must be from 20 to 999 beats a minute" in little.refusal("/link/tempo", 5)
    finally:
        little.send("/link/session", 0)  # a change of before may be told meanwhile
        little.wait_for("/link/session.reply", where=lambda answer: answer.values[:2] == (0, 0))
        little.ask("/notify", 0, answers="/done")
    until(lambda: other.look()[0] == 0, "it has left")
    for _ in range(AGAIN):
        told(little, 1)
        until(lambda: told(little)[1] == 1, "it has come again")
        assert off(little, other) < 0.1, "at the same place of the bar, whenever it comes"
        told(little, 0)
        until(lambda: other.look()[0] == 0, "it has left")
