"""The script for Reaper, run by Lua in front of a stand-in for the calls of Reaper that it uses, and no other.

What the real Reaper does with them nobody has seen; docs/reaper.md says so.
"""

import subprocess
from pathlib import Path

import pytest
from rig.tools import need

SCRIPT = Path(__file__).parents[2] / "clients" / "reaper" / "driftkit.lua"
STAND_IN = r"""
local folder, answer, harm = arg[1], arg[2], arg[3]
local tracks, clock, turns = {}, 0, 0
local function told(...) print(table.concat({...}, "\t")) end
reaper = setmetatable({
  GetExtState = function() return "" end,
  SetExtState = function(section, key, value) told("kept", section, key, value) end,
  GetUserInputs = function(title, count, captions, values) return answer ~= "cancel", folder end,
  MB = function() return answer == "yes" and 6 or 7 end,
  ShowConsoleMsg = function(text) io.write(text) end,
  CountTracks = function() return #tracks end,
  InsertTrackAtIndex = function(index) table.insert(tracks, index + 1, {fx = {}}) end,
  GetTrack = function(project, index) return tracks[index + 1] end,
  GetSetMediaTrackInfo_String = function(track, key, value) track.name = value; return true, value end,
  TrackFX_GetCount = function(track) return #track.fx end,
  TrackFX_AddByName = function(track, name)
    if harm == "no sampler" then return -1 end
    table.insert(track.fx, {name = name, params = {0, 0, 0, 0, 0}})
    return #track.fx - 1
  end,
  TrackFX_GetNamedConfigParm = function(track, fx, key)
    local file = track.fx[fx + 1][key]
    return file ~= nil, file or ""
  end,
  TrackFX_SetNamedConfigParm = function(track, fx, key, value)
    if key == "+FILE0" then key = "FILE0" end
    track.fx[fx + 1][key] = value
    if key == "DONE" then told("loaded", fx, track.fx[fx + 1].FILE0) end
    return true
  end,
  TrackFX_GetNumParams = function(track, fx) return 5 end,
  TrackFX_GetParamName = function(track, fx, param)
    return true, ({"Volume", "Pan", "Minimum volume", "Note range start", "Note range end"})[param + 1]
  end,
  TrackFX_SetParamNormalized = function(track, fx, param, value)
    track.fx[fx + 1].params[param + 1] = value
    told("param", fx, param, math.floor(value * 127 + 0.5))
    return true
  end,
  Undo_BeginBlock = function() end,
  Undo_EndBlock = function(name) told("undo", name) end,
  time_precise = function() clock = clock + 0.2; return clock end,
  defer = function(again)
    turns = turns + 1
    if turns == 4 then os.rename(folder .. "/new.wav", folder .. "/03.wav") end
    if turns == 8 then os.remove(folder .. "/05.wav") end
    if turns < 12 then again() end
  end,
}, {__index = function(_, name) error("Reaper has no " .. name) end})
dofile(arg[0]:match("^(.*)/") .. "/driftkit.lua")
"""


def run(folder: Path, tmp_path: Path, answer: str = "yes", harm: str = "") -> str:
    need("lua5.4", "lua5.4")
    (tmp_path / "driftkit.lua").write_bytes(SCRIPT.read_bytes())
    (tmp_path / "reaper.lua").write_text(STAND_IN)
    command = ["lua5.4", tmp_path / "reaper.lua", folder, answer, harm]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """A folder of driftkit with fifteen sounds, the sixteenth pad being empty, and a new sound for pad 3."""
    folder = tmp_path / "li ve"
    folder.mkdir()
    (folder / "index.json").write_text("{}")
    for pad in range(1, 16):
        (folder / f"{pad:02d}.wav").write_bytes(b"RIFF" + bytes(8000) + f"recipe {pad}".encode())
    (folder / "new.wav").write_bytes(b"RIFF" + bytes(8000) + b"recipe 99")
    return folder


def test_a_sampler_for_each_pad_is_added_and_a_new_sound_is_loaded_once(live: Path, tmp_path: Path) -> None:
    lines = [line.split("\t") for line in run(live, tmp_path).splitlines()]
    loaded = [(int(line[1]), line[2]) for line in lines if line[0] == "loaded"]
    assert loaded[:16] == [(pad, f"{live}/{pad + 1:02d}.wav") for pad in range(16)]
    assert loaded[16:] == [(2, f"{live}/03.wav")], "the new one alone; one that vanished is left as it is"
    notes = [tuple(map(int, line[1:])) for line in lines if line[0] == "param"]
    assert notes == [(pad, param, 36 + pad) for pad in range(16) for param in (3, 4)]
    assert ["kept", "driftkit", "live", str(live)] in lines


def test_no_is_an_answer(live: Path, tmp_path: Path) -> None:
    assert "loaded" not in run(live, tmp_path, "no") and run(live, tmp_path, "cancel") == ""


def test_a_folder_that_is_none_of_driftkit_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "is no folder of driftkit; give the folder `live`" in run(tmp_path, tmp_path)


def test_a_reaper_without_the_sampler_is_told(live: Path, tmp_path: Path) -> None:
    assert "there is no ReaSamplOmatic5000 (Cockos) here" in run(live, tmp_path, harm="no sampler")


def test_the_script_compiles() -> None:
    need("luac5.4", "lua5.4")
    assert subprocess.run(["luac5.4", "-p", str(SCRIPT)]).returncode == 0
