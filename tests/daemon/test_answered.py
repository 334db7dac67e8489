"""The table of what driftkit says, from which the panel's types are made, held against what it says."""

import pytest
from rig.osc import OscClient

from driftkit.daemon.inputs.osc.answered import ANSWERS

ASKED = {
    "version.reply": "/version", "status.reply": "/status", "traffic.reply": "/traffic", "health.reply": "/health",
    "holds": "/sounds", "slot": "/slot/list", "preset": "/preset/list", "model": "/model/list",
    "midi/status.reply": "/midi/status",
}  # fmt: skip


def fits(told: str, tags: str) -> bool:
    """Are these the OSC types that a row of the table promises? `*` is any one, and at the end any number."""
    kinds = [part.partition(":")[2] for part in told.split()]
    if told.endswith(" *"):
        kinds, tags = kinds[:-1], tags[: len(kinds) - 1]
    return len(kinds) == len(tags) and all(kind in ("*", tag) for kind, tag in zip(kinds, tags))


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_has_the_arguments_of_its_row(little: OscClient, name: str) -> None:
    assert fits(ANSWERS[name], little.ask(ASKED[name], answers=f"/{name}").tags)


def test_what_a_render_and_a_subscription_bring_has_them_too(little: OscClient) -> None:
    little.ask("/notify", 1, answers="/done")
    start = len(little.heard)
    little.render(1, 7, steps=64)  # progress is told every 30 ms
    little.ask("/sync", 1, answers="/synced")
    little.ask("/clock", "now", answers="/clock.reply")
    little.send("/take/list", 3)
    little.wait_for("/done", where=lambda answer: answer.values[0] == "/driftkit/take/list")
    little.refusal("/nonsense")
    little.send("/sounds")
    little.wait_for("/holds")
    little.ask("/notify", 0, answers="/done")
    heard = {one.address[1:]: one.tags for one in little.heard[start:] if not one.address.startswith("/pad/")}
    assert {"queued", "progress", "sound", "take", "clock.reply", "fail", "done", "synced", "holds"} <= set(heard)
    assert {name for name, tags in heard.items() if not fits(ANSWERS[name], tags)} == set()


def test_the_clock_is_that_of_timetags(little: OscClient) -> None:
    import time

    before = time.time()
    token, seconds, microseconds = little.ask("/clock", 5, answers="/clock.reply").values
    assert token == 5 and before - 1 <= seconds + microseconds / 1e6 <= time.time() + 1
