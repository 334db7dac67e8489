-- Keeps the ReaSamplOmatic5000 of each pad at driftkit's newest sound, as long as this action runs.
-- Start it from the action list: it asks once for driftkit's folder `live`, and adds a track with sixteen samplers
-- where the project has none that plays a file of that folder. Reaper 6.37 or newer. docs/reaper.md tells more.

local PADS, FIRST_NOTE = 16, 36
local EVERY_S, TAIL = 0.25, 4096 -- how often files are looked at; bytes at their end, where the recipe stands
local SAMPLER = "ReaSamplOmatic5000 (Cockos)"

local function say(sentence)
  reaper.ShowConsoleMsg("driftkit: " .. sentence .. "\n")
end

-- what decides a sound stands at the end of its file; nil where there is no file
local function fingerprint(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local size = file:seek("end")
  file:seek("set", math.max(0, size - TAIL))
  local tail = file:read("a")
  file:close()
  return size .. tail
end

local function slot(folder, pad)
  return string.format("%s/%02d.wav", folder, pad)
end

local function same(path, other)
  return path:gsub("\\", "/"):lower() == other:gsub("\\", "/"):lower()
end

-- every sampler of the project that plays a file: calls found(track, fx)
local function samplers_of(path, found)
  for t = 0, reaper.CountTracks(0) - 1 do
    local track = reaper.GetTrack(0, t)
    for fx = 0, reaper.TrackFX_GetCount(track) - 1 do
      local ok, file = reaper.TrackFX_GetNamedConfigParm(track, fx, "FILE0")
      if ok and same(file, path) then found(track, fx) end
    end
  end
end

local function count_of(folder)
  local count = 0
  for pad = 1, PADS do
    samplers_of(slot(folder, pad), function() count = count + 1 end)
  end
  return count
end

local function set_note(track, fx, note)
  local set = 0
  for param = 0, reaper.TrackFX_GetNumParams(track, fx) - 1 do
    local _, name = reaper.TrackFX_GetParamName(track, fx, param, "")
    if name == "Note range start" or name == "Note range end" then
      reaper.TrackFX_SetParamNormalized(track, fx, param, note / 127)
      set = set + 1
    end
  end
  return set == 2
end

local function add_track(folder)
  reaper.Undo_BeginBlock()
  local index, named = reaper.CountTracks(0), true
  reaper.InsertTrackAtIndex(index, true)
  local track = reaper.GetTrack(0, index)
  reaper.GetSetMediaTrackInfo_String(track, "P_NAME", "driftkit", true)
  for pad = 1, PADS do
    local fx = reaper.TrackFX_AddByName(track, SAMPLER, false, -1)
    if fx < 0 then
      say("there is no " .. SAMPLER .. " here; put one on a track by hand, and load " .. slot(folder, pad))
      break
    end
    reaper.TrackFX_SetNamedConfigParm(track, fx, "+FILE0", slot(folder, pad))
    reaper.TrackFX_SetNamedConfigParm(track, fx, "MODE", "1") -- a sample, at its own pitch
    reaper.TrackFX_SetNamedConfigParm(track, fx, "DONE", "")
    named = set_note(track, fx, FIRST_NOTE + pad - 1) and named
  end
  if not named then say("set Note start and Note end of each sampler by hand: 36 for pad 1, and so on") end
  reaper.Undo_EndBlock("Add driftkit", -1)
end

local known, looked = {}, 0

local function watch(folder)
  local now = reaper.time_precise()
  if now - looked >= EVERY_S then
    looked = now
    for pad = 1, PADS do
      local path = slot(folder, pad)
      local print = fingerprint(path)
      if print and known[pad] ~= print then
        if known[pad] ~= nil then
          samplers_of(path, function(track, fx)
            reaper.TrackFX_SetNamedConfigParm(track, fx, "FILE0", path)
            reaper.TrackFX_SetNamedConfigParm(track, fx, "DONE", "")
          end)
        end
        known[pad] = print
      end
    end
  end
  reaper.defer(function() watch(folder) end)
end

local function start()
  local kept = reaper.GetExtState("driftkit", "live")
  local ok, folder = reaper.GetUserInputs("driftkit", 1, "Folder live of driftkit,extrawidth=300", kept)
  if not ok then return end
  folder = folder:gsub("[/\\]+$", "")
  if not fingerprint(folder .. "/index.json") then
    say(folder .. " is no folder of driftkit; give the folder `live` below the one that `driftkit serve` names")
    return
  end
  reaper.SetExtState("driftkit", "live", folder, true)
  for pad = 1, PADS do known[pad] = fingerprint(slot(folder, pad)) or "" end
  if count_of(folder) == 0 then
    if reaper.MB("Add a track with a sampler for each pad?", "driftkit", 4) == 6 then add_track(folder) end
  end
  watch(folder)
end

start()
