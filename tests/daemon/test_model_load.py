"""Another model in a running daemon: its controls, its sounds, and what stays."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
import yaml
from rig import wavs
from rig.daemon import Daemon, environment, presets, until
from rig.models import models, small_model
from rig.osc import OscClient
from rig.packs import drums
from rig.udp import resident
from rig.web import SocketClient, node

from driftkit.daemon.cli.main import main

KITS = {
    "aa": "pads:\n  1: {kick: 1, seed: 11}\n  2: {name: Blip, blip: 1, kick: 0.5, seed: 12}\n",
    "bb": "pads:\n  1: {zap: 1, blip: 0.25, seed: 21}\n",
}
MS = {"first": 4096 / 44.1, "other": 8192 / 44.1}
ALIKE = 1e-5


def install(home: Path) -> None:
    """Two small models that share one class, and a user's kits for either."""
    small_model(home, "first", ("kick", "blip"), 4096, steps=2)
    small_model(home, "other", ("kick", "zap", "boom"), 8192, steps=3)
    presets(home).mkdir(parents=True)
    for name, text in KITS.items():
        (presets(home) / f"{name}.yaml").write_text(text)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon of a user with these models."""
    home = tmp_path_factory.mktemp("two")
    install(home)
    with Daemon(home, tmp_path_factory.mktemp("two_out"), "--model", "first", "--preset", "aa") as running:
        yield running


@pytest.fixture
def osc(two: Daemon) -> Iterator[OscClient]:
    """A client of it; the model `first` is in, its kit `aa` opened and rendered."""
    with OscClient(two.port) as client:
        load(client, "first")
        client.ask("/preset/load", "aa", answers="/done")
        client.ask("/sync", 0, answers="/synced")
        yield client


def load(osc: OscClient, name: str) -> None:
    """Put a model in, and wait until it is."""
    answer = osc.ask("/model/load", name, answers="/done")
    assert (answer.address, answer.values) == ("/done", ("/driftkit/model/load", name))


def model(osc: OscClient) -> str:
    """The model's name, as the status tells it."""
    return str(osc.ask("/status", answers="/status.reply").values[5])


def test_another_model_brings_its_controls_and_renders_and_the_first_comes_back(two: Daemon, osc: OscClient) -> None:
    osc.render(1, seed=5)
    before = wavs.samples(two.live(1))
    load(osc, "other")
    assert model(osc) == "other"
    assert osc.refusal("/pad/1/blip").startswith("blip is not a control;")
    assert osc.ask("/pad/1/boom").values == (0,) and osc.ask("/pad/1/steps").values == (3,)
    assert osc.ask("/pad/1/inpaint_end_ms").values[0] == pytest.approx(MS["other"], abs=1e-2)
    assert osc.ask("/pad/1/length_ms").values[0] == pytest.approx(MS["other"], abs=1e-2)
    assert osc.render(1, boom=0.5, seed=6).address == "/sound"
    hit = wavs.recipe(two.live(1))["hit"]
    assert hit["model"].startswith("other@") and hit["classes"] == {"kick": 2 / 3, "boom": 1 / 3} and hit["steps"] == 3
    assert wavs.samples(two.live(1)).shape == (1, 8192)
    load(osc, "first")
    assert osc.render(1, seed=5).address == "/sound"
    assert wavs.recipe(two.live(1))["hit"]["model"] == two.ready["model"]
    assert np.array_equal(wavs.samples(two.live(1)), before)


def test_who_browses_is_told_that_the_tree_is_another_one(two: Daemon, osc: OscClient) -> None:
    with SocketClient(two) as browser:
        browser.say("LISTEN", "/pad/1/kick")
        browser.wait_for("/pad/1/kick")
        load(osc, "other")
        browser.wait_for("/pad/1/kick")  # told again, behind the news
        assert browser.told == [{"COMMAND": "PATH_CHANGED", "DATA": "/driftkit"}]
    below = node(two, "/driftkit/pad/1")["CONTENTS"]
    assert "boom" in below and "blip" not in below


def test_pads_keep_their_sounds_and_undo_goes_back_over_the_change(two: Daemon, osc: OscClient) -> None:
    before = {pad: two.live(pad).read_bytes() for pad in (1, 2)}
    load(osc, "other")
    assert {pad: two.live(pad).read_bytes() for pad in (1, 2)} == before
    assert osc.render(1).address == "/sound"
    assert two.live(1).read_bytes() != before[1]
    osc.ask("/undo", 1, answers="/done")
    assert two.live(1).read_bytes() == before[1]


def test_a_sound_of_one_model_is_a_source_for_another(two: Daemon, osc: OscClient) -> None:
    load(osc, "other")
    assert osc.render(1, task="vary", variation=0, seed=3).address == "/sound"
    varied = wavs.samples(two.live(1))
    osc.ask("/undo", 1, answers="/done")
    assert np.abs(varied[:, :4096] - wavs.samples(two.live(1))).max() <= 2 * wavs.LSB and not varied[:, 4096:].any()


def test_what_was_asked_for_before_is_rendered_by_the_model_before(two: Daemon, osc: OscClient) -> None:
    osc.send("/pad/1/steps", 400)
    osc.send("/render", 1, 77)
    osc.send("/render", 2, 78)
    load(osc, "other")
    osc.send("/render", 3, 79)
    for pad, number in ((1, 77), (2, 78), (3, 79)):
        assert osc.end_of(number).address == "/sound"
        name = "other" if pad == 3 else "first"
        assert wavs.recipe(two.live(pad))["hit"]["model"].startswith(f"{name}@")


def test_the_model_that_is_in_is_answered_at_once(two: Daemon, osc: OscClient) -> None:
    state = osc.ask("/status", answers="/status.reply").values
    load(osc, "first")
    assert osc.ask("/status", answers="/status.reply").values == state


def test_a_model_that_was_trained_anew_is_read_again(two: Daemon, osc: OscClient) -> None:
    small_model(two.home, "growing", ("kick",), 4096)
    load(osc, "growing")
    small_model(two.home, "growing", ("kick", "more"), 4096, steps=7)
    load(osc, "growing")
    assert osc.ask("/pad/1/more").values == (0,) and osc.ask("/pad/1/steps").values == (7,)


def test_a_model_given_by_its_path_is_known_by_its_name(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    install(tmp_path / "home")
    folder = small_model(elsewhere, "mine", ("kick",), 4096)
    with Daemon(tmp_path / "home", tmp_path / "out", "--model", folder, "--preset", "aa") as one:
        with OscClient(one.port) as osc:
            load(osc, "first")
            load(osc, "mine")
            osc.send("/model/list")
            names = {answer.values[2] for answer in osc.barrier() if answer.address == "/model"}
            assert names == {"first", "other", "mine", "default"}


# -- failing ----------------------------------------------------------------------------------------------


def spoil(folder: Path, **changes: object) -> None:
    """Change a model.json; arguments of the network by network_NAME."""
    spec = json.loads((folder / "model.json").read_text())
    for name, value in changes.items():
        if name.startswith("network_"):
            spec["network"][name.removeprefix("network_")] = value
        else:
            spec[name] = value
    (folder / "model.json").write_text(json.dumps(spec))


def cut(file: Path) -> None:
    """Leave the beginning of a file."""
    file.write_bytes(file.read_bytes()[:5000])


BROKEN = {
    "no_json": (lambda folder: (folder / "model.json").write_text("{"), "is missing or damaged"),
    "no_weights": (lambda folder: (folder / "network.safetensors").unlink(), "are missing; install the model again"),
    "cut": (lambda folder: cut(folder / "network.safetensors"), "are damaged"),
    "other_shape": (lambda folder: spoil(folder, network_widths=[16, 32]), "do not fit their model.json"),
    "other_kind": (lambda folder: spoil(folder, network={"kind": "later"}), "which this driftkit does not have"),
    "odd_argument": (lambda folder: spoil(folder, network_wings=2), "is broken (TypeError"),
    "odd_length": (lambda folder: spoil(folder, length="long"), "length is 'long'; it must be a whole number above 0"),
    "other_length": (lambda folder: spoil(folder, length=6000), "length is 6000; the network's is 4096"),
    "other_classes": (lambda folder: spoil(folder, classes=["kick", "blip", "tom"]), "is broken ("),
    "no_class": (lambda folder: spoil(folder, classes=[5]), "names a class 5"),
    "huge": (  # more bytes than a process has addresses for
        lambda folder: spoil(folder, length=2**25, network_bands=2**24, network_length=2**25),
        "there is not enough memory for the model huge",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_model_is_refused_with_a_sentence_and_the_old_one_plays_on(
    two: Daemon, osc: OscClient, name: str
) -> None:
    breaks, words = BROKEN[name]
    breaks(small_model(two.home, name, ("kick", "blip"), 4096))
    said = osc.refusal("/model/load", name)
    assert words in said and "\n" not in said, said
    assert model(osc) == "first" and osc.render(1, blip=0.5).address == "/sound"
    assert wavs.recipe(two.live(1))["hit"]["model"] == two.ready["model"]


def test_a_name_that_is_none_is_refused_with_the_nearest_and_a_path_is_no_name(two: Daemon, osc: OscClient) -> None:
    said = osc.refusal("/model/load", "frist")
    assert said == "there is no model frist; did you mean first? (`driftkit models` lists them)"
    for name in (models(two.home) / "other", "../models/other", "", "judge", "x" * 5000):
        assert osc.refusal("/model/load", str(name)).startswith("there is no model ")
    assert "has no name; give it as text" in osc.refusal("/model/load")
    assert model(osc) == "first"


# -- two at once, and everything meanwhile ----------------------------------------------------------------


def test_of_many_wishes_each_is_answered_once_and_the_newest_stays(two: Daemon, osc: OscClient) -> None:
    wishes = ["other", "first", "other", "other", "first", "other"]
    osc.heard.clear()
    for name in wishes:
        osc.send("/model/load", name)
    osc.send("/sync", 1)
    osc.wait_for("/synced")
    told = [a for a in osc.heard if "/driftkit/model/load" in a.values]
    assert len(told) == len(wishes) and {a.address for a in told} <= {"/done", "/fail"}
    assert all("was asked for before this one was in" in a.values[1] for a in told if a.address == "/fail")
    assert [a.values[1] for a in told if a.address == "/done"][-1] == "other" and model(osc) == "other"


def test_a_sync_waits_for_a_model(osc: OscClient) -> None:
    osc.send("/model/load", "other")
    osc.send("/sync", 5)
    osc.wait_for("/synced")
    assert ("/done", ("/driftkit/model/load", "other")) in [(a.address, a.values) for a in osc.heard]


def test_a_subscriber_is_told_done_and_then_every_control_of_the_new_table(two: Daemon, osc: OscClient) -> None:
    with OscClient(two.port) as subscriber:
        subscriber.ask("/notify", 1, answers="/done")
        subscriber.barrier()
        osc.send("/pad/4/blip", 0.75)  # waits to be pushed while its control goes
        osc.send("/model/load", "other")
        assert subscriber.wait_for("/done").values == ("/driftkit/model/load", "other")
        subscriber.heard.clear()
        subscriber.wait_for("/pad/16/effects")
        told = [answer.address.split("/")[3] for answer in subscriber.heard if answer.address.startswith("/pad/")]
        assert {"kick", "zap", "boom", "steps"} <= set(told) and "blip" not in told
        assert all(told.count(name) == 16 for name in ("zap", "boom"))
        osc.send("/pad/3/zap", 0.5)
        assert subscriber.wait_for("/pad/3/zap", where=lambda answer: answer.values[0] == 0.5)
        subscriber.ask("/notify", 0, answers="/done")
    assert "stumble" not in two.stderr


def test_knobs_move_and_pads_render_while_models_come_and_go(two: Daemon, osc: OscClient) -> None:
    for turn in range(12):
        osc.send("/model/load", "other" if turn % 2 else "first")
        osc.send("/pad/1/guidance", turn / 10)
        osc.send("/pad/1/guidance")
        assert osc.wait_for("/pad/1/guidance").values[0] == pytest.approx(turn / 10)
        assert osc.render(turn % 16 + 1, turn, kick=1).address == "/sound"
    osc.send("/sync", 1)
    osc.wait_for("/synced")
    assert model(osc) == "other" and "stumble" not in two.stderr


# -- kits and the session ---------------------------------------------------------------------------------


def test_weights_of_another_model_stay_in_the_kit_and_are_named_once(two: Daemon, osc: OscClient) -> None:
    load(osc, "other")
    osc.render(2)
    assert wavs.recipe(two.live(2))["hit"]["classes"] == {"kick": 0.5}
    assert two.stderr.count("the model other does not have the class blip; what pads say beyond that is kept") == 1
    osc.ask("/preset/save", "mixed", answers="/done")
    saved = yaml.safe_load((presets(two.home) / "mixed.yaml").read_text())
    assert saved["model"] == "other" and saved["pads"][2]["blip"] == 1
    assert saved["pads"][1]["hit"]["model"].startswith("first@")
    load(osc, "first")
    osc.ask("/preset/load", "mixed", answers="/done")
    assert osc.ask("/pad/2/blip").values == (1,)


def test_a_kit_brings_the_very_sound_of_another_model_back_by_rendering_it(two: Daemon, osc: OscClient) -> None:
    osc.render(1, seed=31)
    osc.render(2, task="vary", variation=0.5, source_a="pad:1", seed=32)
    before = {pad: (wavs.samples(two.live(pad)), wavs.recipe(two.live(pad))["hit"]) for pad in (1, 2)}
    osc.ask("/preset/save", "made_by_first", answers="/done")
    load(osc, "other")
    osc.ask("/preset/load", "bb", answers="/done")  # its renders take the slots
    osc.ask("/sync", 1, answers="/synced")
    for take in (two.out / "takes").glob("*/*.wav"):
        take.unlink()
    osc.ask("/preset/load", "made_by_first", answers="/done")
    osc.ask("/sync", 2, answers="/synced")
    for pad, (samples, hit) in before.items():
        assert np.abs(wavs.samples(two.live(pad)) - samples).max() <= ALIKE and wavs.recipe(two.live(pad))["hit"] == hit
    assert model(osc) == "other", "which lends a hand only"
    assert osc.render(1, zap=1).address == "/sound"
    assert wavs.recipe(two.live(1))["hit"]["model"].startswith("other@")


def test_a_sound_whose_model_is_gone_stays_in_the_kit(two: Daemon, osc: OscClient) -> None:
    hit = {"kick": 1, "seed": 5, "model": "gone@0123456789abcdef"}
    (presets(two.home) / "gone.yaml").write_text(yaml.safe_dump({"pads": {1: {"kick": 1, "hit": hit}}}))
    osc.ask("/preset/load", "gone", answers="/done")
    osc.ask("/sync", 1, answers="/synced")
    assert "pad 1: its sound was made by gone@0123456789abcdef; first@" in two.stderr
    assert wavs.recipe(two.live(1))["hit"]["seed"] == 5


def test_a_recalled_wav_of_another_model_sets_its_sound_and_what_fits(two: Daemon, osc: OscClient) -> None:
    load(osc, "other")
    osc.render(1, zap=1, seed=41)
    osc.ask("/sync", 1, answers="/synced")
    (take,) = (two.out / "takes").glob("*/*_s0041.wav")
    load(osc, "first")
    assert osc.ask("/recall", 3, str(take), answers="/done").address == "/done"
    assert np.array_equal(wavs.samples(two.live(3)), wavs.samples(take))
    assert osc.ask("/pad/3/seed").values == (41,)
    assert osc.ask("/pad/3/inpaint_end_ms").values[0] == pytest.approx(MS["first"], abs=1e-2)
    assert osc.render(3).address == "/sound"


@pytest.mark.slow
def test_after_a_restart_the_session_opens_with_the_model_that_is_asked_for(tmp_path: Path) -> None:
    """Also where what was set is beyond the limits of that model: nothing of the session is lost."""
    home, out = tmp_path / "home", tmp_path / "out"
    install(home)
    with Daemon(home, out, "--model", "first", "--preset", "aa") as one, OscClient(one.port) as osc:
        osc.ask("/sync", 1, answers="/synced")
        load(osc, "other")
        assert osc.render(1, zap=0.5, seed=3).address == "/sound"
        osc.send("/pad/1/inpaint_end_ms", 150)
        osc.send("/pad/5/name", "Fifth")
        osc.barrier()
    before = {pad: wavs.samples(out / "live" / f"{pad:02d}.wav") for pad in (1, 2)}
    last = yaml.safe_load((presets(home) / "last.yaml").read_text())
    assert last["model"] == "other" and last["kit"] == "aa"
    with Daemon(home, out, "--model", "first") as two, OscClient(two.port) as osc:
        osc.send("/pad/6/name", "Sixth")  # the session is kept anew, with this model's name and what is beyond it
        osc.barrier()
    with Daemon(home, out, "--model", "first") as two, OscClient(two.port) as osc:
        assert osc.ask("/pad/6/name").values == ("Sixth",)
        assert model(osc) == "first" and osc.ask("/pad/5/name").values == ("Fifth",)
        osc.ask("/sync", 1, answers="/synced")
        for pad, samples in before.items():
            assert np.array_equal(wavs.samples(two.live(pad)), samples)
        assert osc.ask("/pad/1/inpaint_end_ms").values[0] == pytest.approx(MS["first"], abs=1e-2)
        assert osc.render(1, task="inpaint", seed=4).address == "/sound"
        assert "the model first takes only inpaint_end_ms from 0 to 92.88 ms;" in two.stderr
        load(osc, "other")
        assert osc.ask("/pad/1/inpaint_end_ms").values == (150,) and osc.ask("/pad/1/zap").values == (0.5,)


# -- memory -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_models_that_come_and_go_leave_no_memory_behind(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    install(home)
    sizes = []
    for name in ("large", "larger"):
        folder = small_model(home, name, ("kick",), 4096, widths=(512, 512))
        sizes.append(sum(file.stat().st_size for file in folder.glob("*.safetensors")))
    assert min(sizes) > 20_000_000
    with Daemon(home, out, "--model", "large", "--preset", "aa") as one, OscClient(one.port) as osc:

        def alternate(times: int) -> int:
            for _ in range(times):
                for name in ("larger", "large"):
                    load(osc, name)
                    assert osc.render(1, steps=1).address == "/sound"
            return resident(one.ready["pid"])

        before = alternate(2)  # what the allocator keeps, it has by now
        if not before:
            pytest.skip("this system does not tell")
        grown = alternate(3) - before
        print(f"models of {sizes}, {before} bytes resident, {grown} more after six of them")
    assert grown < min(sizes), f"{grown} bytes more after six models of {min(sizes)}"


def test_it_stops_cleanly_while_a_model_is_on_its_way(tmp_path: Path) -> None:
    install(tmp_path / "home")
    with Daemon(tmp_path / "home", tmp_path / "out", "--model", "first", "--preset", "aa") as one:
        with OscClient(one.port) as osc:
            until(one.live(1).exists, "the first pad")
            osc.send("/model/load", "default")
            osc.barrier()
            one.stop()


def test_a_model_of_ones_own_made_meanwhile_brings_its_class_and_no_pad_falls_silent(
    two: Daemon, osc: OscClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    osc.render(1, seed=5)
    before = wavs.samples(two.live(1))
    for name, value in environment(two.home).items():
        monkeypatch.setenv(name, value)
    for number, sound in enumerate(drums(8, 3)):
        place = tmp_path / "Garage" / "Big Boings" / f"{number}.wav"
        place.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(place, sound[:4096], 44100)
    words = ("train", "--finetune", "first", "--data", tmp_path / "Garage", "--samples", 8, "--device", "cpu")
    with pytest.raises(SystemExit) as left:
        main(list(map(str, words)))
    assert left.value.code == 0
    load(osc, "garage")
    assert np.array_equal(wavs.samples(two.live(1)), before), "the pad keeps its sound"
    assert osc.render(1, kick=0.5, big_boings=0.5, seed=6).address == "/sound"
    hit = wavs.recipe(two.live(1))["hit"]
    assert hit["model"].startswith("garage@") and hit["classes"] == {"kick": 0.5, "big_boings": 0.5}
