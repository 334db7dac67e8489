"""OSC commands that answer at once, and what sync, undo and recall promise, over a real socket."""

import numpy as np
import pytest
from rig import wavs
from rig.daemon import Daemon
from rig.osc import OscClient


@pytest.mark.parametrize("token", [7, 0.5, "hello", "ö" * 10])
def test_ping_gives_the_token_back(osc: OscClient, token: object) -> None:
    assert osc.ask("/ping", token, answers="/pong").values == (token,)


def test_ping_without_a_token(osc: OscClient) -> None:
    assert osc.ask("/ping", answers="/pong").values == ()


def test_version(osc: OscClient) -> None:
    answer = osc.ask("/version", answers="/version.reply")
    assert answer.tags == "siiis" and answer.values[0] == "driftkit"


def test_status_has_its_twelve_fields(daemon: Daemon, osc: OscClient) -> None:
    answer = osc.ask("/status", answers="/status.reply")
    assert answer.tags == "siiiisssiisi"
    state, queued, rendering, done, failed, model, device, audio, xruns, _, kit, http = answer.values
    assert (state, queued, rendering) == ("ready", 0, 0) and done >= 16 and failed >= 0
    assert (model, device, audio, xruns, http) == ("default", "cpu", "", 0, daemon.ready["http"][1])
    assert kit


@pytest.mark.parametrize(("tags", "value"), [("i", 3), ("f", 3.0), ("d", 3.0), ("h", 3), ("s", "3")])
def test_select_takes_any_number(osc: OscClient, tags: str, value: float) -> None:
    osc.send("/select", value, tags=tags)
    assert osc.wait_for("/done").values == ("/driftkit/select", 3)


def test_the_selected_pad_is_the_one_that_short_addresses_mean(osc: OscClient) -> None:
    for pad in (3, 4):
        osc.ask("/select", pad, answers="/done")
        osc.send("/variation", pad / 10)
    assert osc.ask("/pad/3/variation").values == pytest.approx((0.3,))
    assert osc.ask("/variation").values == pytest.approx((0.4,))
    assert osc.ask("/select", 17, answers="/fail").values[1] == "pad is 17; it must be from 1 to 16"
    assert osc.ask("/variation").values == pytest.approx((0.4,)), "a refused selection changes nothing"


def test_sync_answers_after_the_sounds_asked_for_before(osc: OscClient) -> None:
    for pad in (5, 6):
        osc.send(f"/pad/{pad}/steps", 2)
        osc.send("/render", pad)
    osc.send("/sync", 99)
    assert osc.wait_for("/synced").values == (99,)
    ended = [answer.values[1] for answer in osc.heard if answer.address == "/sound"]
    assert sorted(ended) == [5, 6]


def test_sync_with_nothing_to_wait_for(osc: OscClient) -> None:
    assert osc.ask("/sync", 1, answers="/synced").values == (1,)


def test_undo_and_redo_bring_the_sound_and_the_file_but_not_the_knobs(daemon: Daemon, osc: OscClient) -> None:
    slot = daemon.live(7)
    osc.render(7, steps=2, seed=1)
    first = wavs.samples(slot)
    osc.render(7, seed=2)
    second = wavs.samples(slot)
    assert not np.array_equal(first, second)
    osc.send("/undo", 7)
    assert osc.wait_for("/done").values == ("/driftkit/undo", 7)
    assert np.array_equal(wavs.samples(slot), first) and wavs.recipe(slot)["hit"]["seed"] == 1
    assert osc.ask("/pad/7/seed").values == (2,)
    osc.send("/redo", 7)
    assert osc.wait_for("/done").values == ("/driftkit/redo", 7)
    assert np.array_equal(wavs.samples(slot), second)
    assert osc.refusal("/redo", 7) == "pad 7 has nothing to redo"


def test_recall_sets_a_pad_from_a_take(daemon: Daemon, osc: OscClient) -> None:
    osc.render(8, steps=2, seed=81, tom=0, snare=0.5)
    before = wavs.samples(daemon.live(8))
    osc.ask("/sync", 1, answers="/synced")  # the take is written after the slot
    (take,) = (daemon.out / "takes").glob("*/*_s0081.wav")
    osc.render(8, steps=3, seed=82, snare=0, kick=1)
    assert osc.ask("/recall", 8, str(take), answers="/done").values == ("/driftkit/recall", 8)
    assert np.array_equal(wavs.samples(daemon.live(8)), before)
    wanted = {"seed": 81, "steps": 2, "snare": 0.5}
    assert {name: osc.ask(f"/pad/8/{name}").values[0] for name in wanted} == wanted
    osc.render(8)
    assert wavs.apart(daemon.live(8), take) <= 1e-5, "and rendering it gives that sound again"


def test_recall_takes_a_path_from_the_folder(daemon: Daemon, osc: OscClient) -> None:
    assert osc.ask("/recall", 8, "live/01.wav", answers="/done").address == "/done"
    assert wavs.recipe(daemon.live(8)) == wavs.recipe(daemon.live(1))


def test_the_model_list_names_the_model(osc: OscClient) -> None:
    index, total, name = osc.ask("/model/list", answers="/model").values
    assert (index, name) == (0, "default") and total >= 1


def test_the_files_of_the_pads_are_listed(small: Daemon, little: OscClient) -> None:
    little.heard.clear()
    assert little.ask("/slot/list", answers="/done").values == ("/driftkit/slot/list", 2)
    told = [answer.values for answer in little.heard if answer.address == "/slot"]
    assert told == [(1, str(small.live(1)), "kick"), (2, str(small.live(2)), "Crack")]
    assert all(small.live(pad).exists() for pad in (1, 2))
    for pad, count in ((2, 1), (3, 0)):
        assert little.ask("/slot/list", pad, answers="/done").values == ("/driftkit/slot/list", count)
