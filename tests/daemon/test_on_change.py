"""auto_render on_change: a knob that is turned, and what comes of it."""

from rig import wavs
from rig.daemon import Daemon
from rig.osc import OscClient


def test_a_burst_of_changes_ends_with_the_last_value_and_few_renders(small: Daemon, little: OscClient) -> None:
    before = little.ask("/status", answers="/status.reply").values[3]
    little.send("/pad/1/auto_render", "on_change")
    for step in range(1, 201):
        little.send("/pad/1/guidance", step / 100)
    little.ask("/sync", 1, answers="/synced")
    assert wavs.recipe(small.live(1))["hit"]["guidance"] == 2
    assert 1 <= little.ask("/status", answers="/status.reply").values[3] - before < 100
    little.send("/pad/1/auto_render", "off")
