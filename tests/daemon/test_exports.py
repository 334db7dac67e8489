"""Kits for other programs, read back by programs that driftkit did not write: sfizz, Hydrogen, XML and zip readers."""

import gzip
import json
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import soundfile
from rig import wavs
from rig.exporting import HARD, NAMES, export, exporter
from rig.hydrogen import bar
from rig.tools import library, need
from scipy.signal import correlate

from driftkit.daemon.cli.main import cli
from driftkit.daemon.exports.formats import FORMATS
from driftkit.daemon.exports.layers import brightness
from driftkit.sampler.errors import Error
from driftkit.sampler.sound import load_sound, read_recipe

LAYERS, TURNS, PADS = 3, 4, 5
FILES = LAYERS * TURNS * PADS
LAYERED = [form for form in FORMATS if form != "drumrack"]


@pytest.fixture(scope="module", autouse=True)
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Who exports."""
    yield from exporter(tmp_path_factory)


@pytest.fixture(scope="module")
def made(user: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The kit in every format that has layers."""
    root = tmp_path_factory.mktemp("kits")
    for form in LAYERED:
        export(root / form, form, "--layers", LAYERS, "--round-robin", TURNS)
    assert not list(root.glob(".*")), "nothing is left of what was staged"
    return {form: root / form for form in LAYERED}


def mono(path: Path) -> np.ndarray:
    return soundfile.read(path, always_2d=True)[0][:, 0]


def heard(sound: np.ndarray, files: list[Path]) -> tuple[str, float]:
    """Which of the files a sound is most like, and its gain."""
    found = []
    for file in files:
        own = mono(file)
        curve = correlate(sound, own, "full")
        at = int(np.argmax(np.abs(curve)))
        likeness = abs(curve[at]) / np.linalg.norm(own) / np.linalg.norm(sound)
        found.append((likeness, file.stem.partition("_")[0] + file.stem[-6:], float(curve[at] / (own @ own))))
    likeness, name, gain = max(found)
    assert likeness > 0.9
    return name, gain


# -- what every format has ----------------------------------------------------------------------------------


def test_every_wav_holds_the_recipe_of_its_own_seed(made: dict[str, Path]) -> None:
    files = sorted((made["sfz"] / "samples").glob("*.wav"))
    assert len(files) == FILES
    hits = [read_recipe(file)[0] for file in files]
    assert {hit.task for hit in hits} == {"generate", "vary"} and len({repr(hit) for hit in hits}) == FILES
    assert [hit.seed for hit, file in zip(hits, files) if hit.task == "generate"] == [5, 6, 7, 8, 9]
    assert all("The sounds are yours" in wavs.texts(file)["ICOP"] for file in files)
    assert {wavs.texts(file)["INAM"] for file in files} == set(NAMES.values())
    with pytest.raises(Error, match="as a pad played it"):
        load_sound(files[-1])  # an octave higher than its recipe says
    assert load_sound(files[0]).hit == hits[0]


def test_a_variation_is_recalled_bit_by_bit(made: dict[str, Path], tmp_path: Path) -> None:
    file = made["sfz"] / "samples" / "02_crack-2_v1_r2.wav"
    words = ["recall", str(file), "--device", "cpu", "--out", str(tmp_path)]
    cli.main(words, prog_name="driftkit", standalone_mode=False)
    (again,) = tmp_path.glob("*.wav")
    assert wavs.apart(file, again) <= 1e-5


@pytest.mark.parametrize("form", ["hydrogen", "bitwig", "strudel"])
def test_a_variation_out_of_an_archive_or_a_folder_of_strudel_is_recalled(
    made: dict[str, Path], tmp_path: Path, form: str
) -> None:
    kit = Path(shutil.copytree(made[form], tmp_path / "kit"))
    for archive in kit.glob("*.h2drumkit"):
        with tarfile.open(archive) as packed:
            packed.extractall(kit, filter="data")
    for archive in kit.glob("*.multisample"):
        zipfile.ZipFile(archive).extractall(kit)
    inside = [file for file in kit.rglob("*.wav") if file.parent.name != "sources" and "crack" in file.name]
    file = next(file for file in sorted(inside) if read_recipe(file)[0].task == "vary")
    words = ["recall", str(file), "--device", "cpu", "--out", str(tmp_path / "again")]
    cli.main(words, prog_name="driftkit", standalone_mode=False)
    (again,) = (tmp_path / "again").glob("*.wav")
    hit, other = read_recipe(file)[0], read_recipe(again)[0]
    assert hit.task == other.task == "vary" and hit.source_a == other.source_a and hit.seed == other.seed


def test_the_same_command_gives_the_same_files(made: dict[str, Path], tmp_path: Path) -> None:
    export(tmp_path / "again", "sfz", "--layers", LAYERS, "--round-robin", TURNS)
    for file in sorted((made["sfz"]).rglob("*.*")):
        assert (tmp_path / "again" / file.relative_to(made["sfz"])).read_bytes() == file.read_bytes()


def test_softer_layers_are_darker(made: dict[str, Path]) -> None:
    for pad in ("01", "02", "03", "04"):
        layers = [sorted((made["sfz"] / "samples").glob(f"{pad}_*_v{layer}_r*.wav")) for layer in (1, 2)]
        soft, middle = ([brightness(mono(file)[None], 44100) for file in files] for files in layers)
        assert len(soft) == TURNS and max(soft) <= min(middle)


def test_what_a_format_does_not_say_is_in_its_files(made: dict[str, Path]) -> None:
    plain, loud = (made[form] for form in ("sfz", "folder"))
    dry = mono(plain / "samples" / "01_groe-a-b-x-key-3-y_v3_r1.wav")
    np.testing.assert_allclose(mono(loud / "01_groe-a-b-x-key-3-y_v3_r1.wav"), dry * 10 ** (-6 / 20), atol=2 * wavs.LSB)
    assert soundfile.info(loud / "02_crack-2_v3_r1.wav").channels == 2, "panned"
    assert soundfile.info(plain / "samples" / "02_crack-2_v3_r1.wav").channels == 1
    assert json.loads(wavs.texts(loud / "02_crack-2_v3_r1.wav")["ICMT"])["played"] == {"pan": 0.5}


# -- SFZ, by sfizz ------------------------------------------------------------------------------------------


def test_sfizz_plays_layers_turns_levels_and_pan(made: dict[str, Path]) -> None:
    pysfizz = library("pysfizz")
    synth = pysfizz.Synth(44100, 256)
    assert synth.load_sfz_file(made["sfz"] / "mine.sfz") and synth.playable_keys == [36, 38, 42, 45, 46]
    files = sorted((made["sfz"] / "samples").glob("*.wav"))

    def hit(note: int, velocity: int) -> np.ndarray:
        return synth.render_note(note, velocity, 0.01, 0.3)  # a one-shot rings on

    kicks, hats = (files[pad * LAYERS * TURNS :][: LAYERS * TURNS] for pad in (0, 3))
    loud = [heard(hit(36, 127)[0], kicks) for _ in range(TURNS + 1)]
    assert [name for name, _ in loud] == ["01_v3_r1", "01_v3_r2", "01_v3_r3", "01_v3_r4", "01_v3_r1"]
    soft = [heard(hit(36, velocity)[0], kicks)[0][:5] for velocity in (1, 42, 43, 85, 86)]
    assert soft == ["01_v1", "01_v1", "01_v2", "01_v2", "01_v3"]
    left, right = np.abs(hit(38, 127)).max(1)
    assert right / left == pytest.approx(np.tan(1.5 * np.pi / 4), rel=0.01), "of constant power"
    full = [heard(hit(46, 127)[0], hats)[1] for _ in range(TURNS)]
    half = [heard(hit(46, 100)[0], hats)[1] for _ in range(TURNS)]
    assert half == pytest.approx(full, rel=0.02), "fixed"


def test_sfizz_chokes_hats_and_nothing_else(made: dict[str, Path]) -> None:
    pysfizz = library("pysfizz")

    def played(*notes: int) -> np.ndarray:
        """Notes 23 ms apart, and what is heard after the last of them."""
        synth = pysfizz.Synth(44100, 256)
        synth.load_sfz_file(made["sfz"] / "mine.sfz")
        out: list[np.ndarray] = []
        for note in notes:
            synth._synth.note_on(0, note, 127)
            out = [synth._synth.render_block()[0] for _ in range(4)]
        return np.concatenate([*out, *(synth._synth.render_block()[0] for _ in range(8))])

    silent = 127  # no pad has it
    for first, second, ended in ((46, 42, True), (42, 46, True), (46, 36, False), (36, 38, False)):
        rest = np.abs(played(first, second) - played(silent, second))
        assert rest[:200].any() and bool(rest[2 * 256 :].max() < 1e-5) == ended, (first, second)


# -- Hydrogen, by its own command line ----------------------------------------------------------------------


def test_hydrogen_finds_the_kit_valid_and_plays_a_bar(made: dict[str, Path], tmp_path: Path) -> None:
    need("h2cli", "hydrogen")
    kit = made["hydrogen"] / "mine.h2drumkit"
    hits = [(0, 1.0)] * (TURNS + 1) + [(0, 0.2), (0, 0.5), (3, 1.0)]  # instrument, velocity
    checked, played = bar(kit, hits, tmp_path)
    assert "is valid" in checked
    with tarfile.open(kit) as archive:
        archive.extractall(tmp_path / "kit", filter="data")
    files = sorted((tmp_path / "kit" / "mine").glob("*.wav"))
    assert len(files) == FILES
    per_pad = LAYERS * TURNS
    found = [heard(part[:9000], files[pad * per_pad :][:per_pad]) for (pad, _), part in zip(hits, played)]
    turns = [f"01_v3_r{1 + (turn + 1) % TURNS}" for turn in range(TURNS + 1)]  # it begins with the second
    assert [name for name, _ in found[: TURNS + 1]] == turns
    assert [name[:5] for name, _ in found[TURNS + 1 :]] == ["01_v1", "01_v2", "04_v3"]
    own = next(gain for name, gain in found if name == "01_v3_r1")
    assert own == pytest.approx(0.5 * 10 ** (-6 / 20), rel=0.01), "of the song's volume"


def test_hydrogen_reads_a_kit_whose_name_is_hard_to_write(tmp_path: Path) -> None:
    need("h2cli", "hydrogen")
    export(tmp_path / "kit", "hydrogen", kit=HARD)
    checked, (played,) = bar(tmp_path / "kit" / f"{HARD}.h2drumkit", [(0, 1.0)], tmp_path)
    assert "is valid" in checked and played.any()


def test_hydrogens_file_says_names_licence_and_mute_groups(made: dict[str, Path]) -> None:
    with tarfile.open(made["hydrogen"] / "mine.h2drumkit") as archive:
        file = archive.extractfile("mine/drumkit.xml")
        assert file
        root = ET.parse(file).getroot()
    space = {"h": "http://www.hydrogen-music.org/drumkit"}
    assert root.findtext("h:info", "", space) == 'Für <alle> & "jeden" 🥁'
    assert "The sounds are yours" in root.findtext("h:license", "", space)
    told = {
        int(one.findtext("h:midiOutNote", "", space)): (
            one.findtext("h:name", "", space), int(one.findtext("h:muteGroup", "", space)),
        )
        for one in root.iterfind(".//h:instrument", space)
    }  # fmt: skip
    groups = dict(zip((36, 38, 42, 46, 45), (-1, -1, 1, 1, -1)))
    assert told == {note: (NAMES[pad], groups[note]) for pad, note in zip(NAMES, groups)}


# -- the others, by readers of XML, zip and JSON -----------------------------------------------------------------


def test_decent_sampler_has_a_group_per_layer_that_counts_its_turns(made: dict[str, Path]) -> None:
    root = ET.parse(made["decentsampler"] / "mine.dspreset").getroot()
    groups = root.findall("groups/group")
    assert [group.get("name") for group in groups] == [name for name in NAMES.values() for _ in range(LAYERS)]
    for group in groups:
        samples = group.findall("sample")
        assert (group.get("seqMode"), group.get("seqLength")) == ("round_robin", str(TURNS))
        assert [sample.get("seqPosition") for sample in samples] == ["1", "2", "3", "4"]
        assert all((made["decentsampler"] / str(sample.get("path"))).is_file() for sample in samples)
    spans = [
        (one.get("loVel"), one.get("hiVel"))
        for one in (group.find("sample") for group in groups[:3])
        if one is not None
    ]
    assert spans == [("1", "42"), ("43", "85"), ("86", "127")]
    assert [group.get("silencedByTags") for group in groups[::LAYERS]] == [None, None, "choke1", "choke1", None]
    assert [group.get("ampVelTrack") for group in groups[::LAYERS]] == ["1", "1", "1", "0", "1"]


def test_bitwigs_archive_holds_what_its_list_names(made: dict[str, Path]) -> None:
    with zipfile.ZipFile(made["bitwig"] / "mine.multisample") as archive:
        assert archive.testzip() is None
        root = ET.fromstring(archive.read("multisample.xml"))
        samples = root.findall("sample")
        assert {sample.get("file") for sample in samples} | {"multisample.xml"} == set(archive.namelist())
    assert len(samples) == FILES and len(root.findall("group")) == LAYERS * PADS
    assert {sample.get("zone-logic") for sample in samples} == {"round-robin"}
    key = samples[-1].find("key")
    assert key is not None and (key.get("low"), key.get("high"), key.get("root")) == ("45", "45", "45")
    assert {str(group.get("name")).rpartition(" ")[0] for group in root.findall("group")} == set(NAMES.values())


def test_a_drum_rack_has_each_pad_on_its_note_with_its_sound(tmp_path: Path) -> None:
    creator = library("ableton_device_creator.drum_racks")
    export(tmp_path / "rack", "drumrack")
    rack = creator.DrumRackModifier(tmp_path / "rack" / "mine.adg")
    notes = {1: 36, 2: 38, 3: 42, 4: 46, 5: 45}
    assert sorted(128 - note for note in rack.get_note_mappings().values()) == sorted(notes.values())
    text = gzip.decompress((tmp_path / "rack" / "mine.adg").read_bytes())
    assert b"/Users/" not in text and b"KeyMidi" not in text, "nothing of whose rack it was"
    root = ET.fromstring(text)
    found = {}
    for pad in root.iter("DrumBranchPreset"):

        def said(path: str, pad: ET.Element = pad) -> str:
            node = pad.find(path)
            assert node is not None
            return str(node.get("Value"))

        cell = "DevicePresets/AbletonDevicePreset/Device/DrumCell"
        file = tmp_path / "rack" / said(f"{cell}/UserSample/Value/SampleRef/FileRef/RelativePath")
        assert said(f"{cell}/UserSample/Value/SampleRef/DefaultDuration") == str(soundfile.info(file).frames)
        levels = tuple(float(said(f"{cell}/{name}/Manual")) for name in ("Volume", "Pan"))
        note = 128 - int(said("ZoneSettings/ReceivingNote"))
        found[note] = (said("Name"), int(said("ZoneSettings/ChokeGroup")), levels)
    assert {note: name for note, (name, *_) in found.items()} == {notes[pad]: NAMES[pad] for pad in NAMES}
    assert [found[note][1] for note in (36, 42, 46)] == [0, 1, 1]
    assert found[36][2] == (-6, 0) and found[38][2] == (0, 0.5)


def test_tidal_and_strudel_find_folders_of_short_names(made: dict[str, Path]) -> None:
    names = json.loads((made["strudel"] / "strudel.json").read_text())
    assert sorted(names) == ["bd", "hh", "lt", "oh", "sd"]
    for name, paths in names.items():
        there = sorted(file.name for file in (made["strudel"] / name).iterdir())  # as SuperDirt counts them
        assert [path.rpartition("/")[2] for path in paths] == there and len(there) == LAYERS * TURNS
        assert all(path.startswith(f"/{name}/") for path in paths)
    assert names["bd"][0].endswith("_v3_r1.wav"), "the pad's own Sound comes first"


def test_pads_of_no_class_are_called_what_they_sound_like(tmp_path: Path) -> None:
    export(tmp_path / "bare", "strudel", kit="bare")
    labels = [load_sound(file).label for file in sorted((tmp_path / "bare").rglob("*.wav"))]
    names = json.loads((tmp_path / "bare" / "strudel.json").read_text())
    assert len(labels) == 3 and {name for name in names if name != "perc"} <= {"bd", "sd", "hh", "oh", "lt", "mt", "ht"}
