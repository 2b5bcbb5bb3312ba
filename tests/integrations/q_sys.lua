-- A stand-in for the objects that a Q-SYS Core gives to scripts, as its help describes them. Requests are printed, one
-- a line: method, address, headers, body; the answer to each is read from standard input: status, body.
-- lua q_sys.lua SCRIPT CONTROL VALUE
local Stand = { controls = {}, timers = {} }

local function control() return { String = "", Boolean = false, EventHandler = nil } end
Controls = setmetatable({}, { __index = function(all, name) local made = control() rawset(all, name, made) return made end })

Timer = { New = function()
  local made = { EventHandler = nil }
  function made:Start(seconds) assert(seconds > 0) Stand.timers[#Stand.timers + 1] = self end
  return made
end }

local function quoted(text) return '"' .. text:gsub('[%c"\\]', function(c) return string.format("\\u%04x", c:byte()) end) .. '"' end
local function encode(value)
  if type(value) ~= "table" then return type(value) == "string" and quoted(value) or tostring(value) end
  local names, parts = {}, {}
  for name in pairs(value) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do parts[#parts + 1] = quoted(name) .. ":" .. encode(value[name]) end
  return "{" .. table.concat(parts, ",") .. "}"
end

-- Lua that is made of the JSON by whoever runs this: no parser is needed here.
package.preload["rapidjson"] = function()
  return { encode = encode, decode = function(text) return load("return " .. text)() end }
end

local function request(asked)
  local seen = { method = asked.Method or "GET", url = asked.Url, headers = asked.Headers, body = asked.Data or "" }
  assert(type(asked.EventHandler) == "function" and asked.Timeout > 0)
  print(encode(seen))
  io.stdout:flush()
  local status, body = tonumber(io.read("l")), io.read("l")
  asked.EventHandler(asked, status, body, status == 0 and "no route to host" or nil, {})
end
HttpClient = { Download = request, Upload = request }

dofile(arg[1])
if arg[2] then
  Controls[arg[2]].Boolean = arg[3] == "true"
  Controls[arg[2]].EventHandler(Controls[arg[2]])
end
print(encode({ state = Controls.State.String, mute = Controls.Mute.Boolean, in_call = Controls.InCall.Boolean, timers = #Stand.timers }))
